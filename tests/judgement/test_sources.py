"""What a signal rests on to be taken forward: two sources or a sponsor, not suppliers alone."""

from __future__ import annotations

from datetime import date

import pytest

from horizon.judgement.sources import independent, lacking_sources
from horizon.model.technology import Sighting
from horizon.model.words import SourceType

DAY = date(2026, 11, 1)


def seen(source: str, kind: SourceType = SourceType.RESEARCH, url: str = "") -> Sighting:
    return Sighting(source=source, source_type=kind, seen_on=DAY, url=url)


VENDOR, MEDIA, OTHER = SourceType.VENDOR, SourceType.MEDIA, SourceType.OTHER


@pytest.mark.parametrize(
    ("sightings", "lack"),
    [
        ([], "a source, or an internal sponsor"),
        ([seen("A paper")], "a second, independent source, or an internal sponsor"),
        ([seen("A paper"), seen("a-paper")], "a second, independent source"),
        ([seen("A", url="https://x.example/1"), seen("B", url="http://www.x.example/1/")],
         "a second, independent source"),
        ([seen("Acme", VENDOR)], "a source beside suppliers, who never count alone"),
        ([seen("Acme", VENDOR), seen("Other Ltd", VENDOR)], "a source beside suppliers"),
        ([seen("Police Expo", OTHER)], "a source that is said not to be a supplier's"),
        ([seen("Acme", VENDOR), seen("Police Expo", OTHER)], "a source that is said not to be"),
        ([seen("Police Expo", OTHER), seen("Trade press", MEDIA)], ""),
        ([seen("Acme", VENDOR), seen("Trade press", MEDIA)], ""),
        ([seen("A paper"), seen("Trade press", MEDIA)], ""),
        ([seen("Acme", VENDOR), seen("Sponsored by Asha", SourceType.INTERNAL)], ""),
        ([seen("A", url="https://x.example/1"), seen("B", url="https://x.example/2")], ""),
    ],
)  # fmt: skip
def test_two_independent_sources_or_a_sponsor_are_enough(
    sightings: list[Sighting], lack: str
) -> None:
    found = lacking_sources(sightings)
    assert found.startswith(lack) if lack else found == ""


def test_a_source_that_is_named_twice_is_one() -> None:
    twice = [seen("A paper"), seen("A Paper", url="https://x.example"), seen("B")]
    assert [each.source for each in independent(twice)] == ["A paper", "B"]
