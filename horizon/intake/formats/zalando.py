"""Zalando's technology radar: `{date, entries: [{quadrant, ring, label, link, active, moved}]}`.

Format: github.com/zalando/tech-radar, `config.json`. Quadrants and rings are numbers; their names
are those of Zalando's own page unless the file gives others.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from horizon.intake.formats import Asked
from horizon.intake.formats.listing import (
    Entry,
    at,
    mapping,
    said,
    sequence,
    spoken,
    table_of,
)
from horizon.intake.given import Given
from horizon.intake.table import Table

QUADRANTS = ("Languages", "Infrastructure", "Datastores", "Data Management")
RINGS = ("Adopt", "Trial", "Assess", "Hold")


def fits(given: Given) -> bool:
    entries = sequence(mapping(given.json).get("entries"))
    return any({"label", "ring", "quadrant"} <= set(mapping(each)) for each in entries[:20])


def read(given: Given, asked: Asked) -> Table:
    """One row for each blip; ring and quadrant are what the source says of it."""
    quadrants = _names(given.json.get("quadrants")) or QUADRANTS
    rings = _names(given.json.get("rings")) or RINGS
    date = said(given.json.get("date"))

    def entries() -> Iterator[Entry]:
        for number, each in enumerate(given.json["entries"], start=1):
            if not isinstance(each, dict):
                yield Entry(number, each)
                continue
            active = each.get("active", True)
            rest = {k: v for k, v in each.items() if k not in ("quadrant", "ring", "active")}
            if "://" not in said(rest.get("link", "://")):
                rest["link within the radar"] = rest.pop("link")
            words = spoken(
                Ring=at(rings, each.get("ring")),
                Quadrant=at(quadrants, each.get("quadrant")),
                Standing="" if active else "no longer active",
            )
            yield Entry(number, rest | {"ring and quadrant": words})

    return table_of(
        given,
        entries(),
        format="Zalando technology radar",
        layout=f"Zalando technology radar{f' of {date}' if date else ''}",
        known={"name": "label", "url": "link", "note": "ring and quadrant"},
    )


def _names(value: Any) -> tuple[str, ...]:
    return tuple(said(mapping(each).get("name")) for each in sequence(value))
