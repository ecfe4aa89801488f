"""What a source changed since it was last taken in, beside what was changed here meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from horizon.intake.fields import SIGHTING
from horizon.intake.matching import OriginPart
from horizon.intake.reading import Read, Reading, digest_of
from horizon.intake.report import Change
from horizon.model.technology import Sighting, Technology

ADDED_TO = ("aliases", "tags")
"""Fields to which a source adds and from which it never takes away."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What a row changes: details, the sighting it gives, each change in words, and the digests
    to keep."""

    changes: Mapping[str, Any]
    sighting: Sighting | None
    told: list[Change]
    fields: dict[str, str]


def compared(
    read: Read,
    origin: OriginPart,
    technology: Technology,
    reading: Reading,
    *,
    owner: str,
    take: frozenset[str],
) -> Compared:
    """A row beside what its origin said before and what the register holds now.

    Where the source and somebody here changed the same field, the register's value stays unless
    the field is in `take`. `owner` is the name of the technology's owner.
    """
    changes: dict[str, Any] = {}
    told: list[Change] = []
    details = read.details if origin.leads else {}
    for field, new in details.items():
        if read.fields[field] == origin.fields.get(field):
            continue
        current = owner if field == "owner" else getattr(technology, field)
        if field in ADDED_TO:
            new = (*current, *(each for each in new if each not in current))
        change = Change(field, shown(current), shown(new))
        if digest_of(current) == digest_of(new):
            if field not in ADDED_TO:
                told.append(change)
        elif field in ADDED_TO or _is_untouched(field, current, origin) or field in take:
            changes[field] = new
            told.append(change)
        else:
            told.append(Change(field, shown(current), shown(new), kept=True))
    sighting = None
    seen = next((each for each in technology.sightings if each.origin == origin.number), None)
    moved = [
        field
        for field in SIGHTING
        if field in read.fields and read.fields[field] != origin.fields.get(field)
    ]
    if moved:
        sighting = reading.sighting(read, seen.seen_on if seen else None)
        told += [Change(each, _of(seen, each), _of(sighting, each)) for each in moved]
    return Compared(changes, sighting, told, {**origin.fields, **read.fields})


def _is_untouched(field: str, current: Any, origin: OriginPart) -> bool:
    """Whether the register still says what the source said, or nothing."""
    if field not in origin.fields:
        return current in ("", (), None)
    return digest_of(current) == origin.fields[field]


def _of(sighting: Sighting | None, field: str) -> str:
    if sighting is None:
        return ""
    return shown(getattr(sighting, {"date": "seen_on"}.get(field, field)))


def shown(value: Any) -> str:
    """A field's value as people read it."""
    if value is None:
        return ""
    if isinstance(value, tuple | list):
        return "; ".join(map(shown, value))
    return value.isoformat() if isinstance(value, date) else str(value)
