"""Whether a signal rests on enough to be taken forward.

Two independent sources, or somebody in the force who sponsors it; what suppliers alone say is never
enough (domain reference, section 5, promotion rule).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from horizon.model.technology import Sighting
from horizon.model.words import SourceType

SPONSORED = "Sponsored by "
"""How the source of a sponsor's sighting begins; the sponsor's name follows."""

UNSURE = (SourceType.VENDOR, SourceType.OTHER)
"""Sorts of source that may be a supplier's."""


def independent(sightings: Sequence[Sighting]) -> list[Sighting]:
    """One sighting of each source. Two that name the same source, or lie at the same address, are
    one source."""
    kept: list[Sighting] = []
    seen: set[str] = set()
    for each in sightings:
        keys = {f"name {_plain(each.source)}"}
        if address := _address(each.url):
            keys.add(f"at {address}")
        if not keys & seen:
            kept.append(each)
        seen |= keys
    return kept


def lacking_source(sightings: Sequence[Sighting]) -> str:
    """The source that keeps a signal from being taken forward without a sponsor, or empty."""
    if any(each.source_type is SourceType.INTERNAL for each in sightings):
        return ""
    sources = independent(sightings)
    if not sources:
        return "a source"
    if all(each.source_type is SourceType.VENDOR for each in sources):
        return "a source beside suppliers, who never count alone"
    if all(each.source_type in UNSURE for each in sources):
        return "a source that is said not to be a supplier's"
    return "a second, independent source" if len(sources) < 2 else ""


def lacking_sources(sightings: Sequence[Sighting]) -> str:
    """What keeps a signal from being taken forward, or empty."""
    lack = lacking_source(sightings)
    return f"{lack}, or an internal sponsor" if lack else ""


def sponsor(sighting: Sighting) -> str:
    """The name of who sponsors with this sighting, or empty."""
    named = sighting.source.startswith(SPONSORED)
    internal = sighting.source_type is SourceType.INTERNAL
    return sighting.source.removeprefix(SPONSORED).strip() if named and internal else ""


def _plain(source: str) -> str:
    return "".join(each for each in source.casefold() if each.isalnum())


def _address(url: str) -> str:
    """An address without what is spelt differently."""
    plain = re.sub(r"^[a-z]+://|^www\.", "", url.strip().casefold())
    return re.sub(r"^www\.", "", plain).partition("#")[0].rstrip("/")
