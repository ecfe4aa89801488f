"""Backstage's technology radar: `{title, quadrants, rings, entries: [{id, key, title, timeline}]}`.

Format: the `TechRadarLoaderResponse` of the tech-radar plugin, github.com/backstage/
community-plugins. The timeline of an entry says when it came into which ring.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from horizon.intake.formats import Asked
from horizon.intake.formats.listing import Entry, mapping, said, sequence, spoken, table_of
from horizon.intake.given import Given
from horizon.intake.table import Table


def fits(given: Given) -> bool:
    document = mapping(given.json)
    entries = sequence(document.get("entries"))
    return "rings" in document and any("timeline" in mapping(each) for each in entries[:20])


def read(given: Given, asked: Asked) -> Table:
    """One row for each entry: its ring now and before, and the day of its latest move."""
    rings = _by_id(given.json.get("rings"))
    quadrants = _by_id(given.json.get("quadrants"))

    def entries() -> Iterator[Entry]:
        for number, each in enumerate(given.json["entries"], start=1):
            if not isinstance(each, dict):
                yield Entry(number, each)
                continue
            moves = [mapping(move) for move in sequence(each.get("timeline"))]
            moves.sort(key=lambda move: _day(move.get("date")), reverse=True)
            now, *before = moves or [{}]
            quadrant = said(each.get("quadrant"))
            words = spoken(
                Ring=_ring(rings, now),
                Quadrant=quadrants.get(quadrant, quadrant),
                Before=", ".join(
                    f"{_ring(rings, move)} from {_day(move.get('date'))}" for move in before
                ),
            )
            links = [said(mapping(link).get("url")) for link in sequence(each.get("links"))]
            yield Entry(
                number,
                {
                    "id": said(each.get("id")) or said(each.get("key")),
                    "title": each.get("title"),
                    "description": said(each.get("description")) or said(now.get("description")),
                    "url": _address(each.get("url")) or next(filter(_address, links), ""),
                    "moved on": _day(now.get("date")),
                    "ring and quadrant": words,
                },
            )

    title = said(given.json.get("title"))
    return table_of(
        given,
        entries(),
        format="Backstage technology radar",
        layout=f"Backstage technology radar{f' {title!r}' if title else ''}",
        known={
            "name": "title",
            "key": "id",
            "summary": "description",
            "url": "url",
            "date": "moved on",
            "note": "ring and quadrant",
        },
    )


def _by_id(value: Any) -> dict[str, str]:
    return {
        said(mapping(each).get("id")): said(mapping(each).get("name")) for each in sequence(value)
    }


def _ring(rings: Mapping[str, str], move: Mapping[str, Any]) -> str:
    ring = said(move.get("ringId"))
    return rings.get(ring, ring)


def _day(value: Any) -> str:
    """The day of a moment: dates are written with a time, in UTC."""
    text = said(value)
    return text[:10] if text[10:11] == "T" else text


def _address(value: Any) -> str:
    """An address, or empty for `#`, which radars use for none."""
    text = said(value)
    return text if "://" in text else ""
