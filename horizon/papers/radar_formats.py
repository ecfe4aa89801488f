"""Files that other radar programs read: Build Your Own Radar, Zalando's, and Backstage's.

Field names are those programs' own. Build Your Own Radar takes exactly four rings and four
quadrants on its hosted page; the others draw four as well, and take what they are given.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from horizon.papers.pictures.radar import Blip, Movement
from horizon.papers.radar_drawn import Drawn
from horizon.papers.tables import Column, flat
from horizon.papers.writers.csv_table import to_csv

HOSTED = 4
"""Rings and quadrants that the programs' own pages draw."""

STATUS = {
    Movement.NEW: "New",
    Movement.INWARD: "Moved In",
    Movement.OUTWARD: "Moved Out",
    Movement.NONE: "No Change",
}
"""Movement as Build Your Own Radar says it."""

MOVED = {Movement.NEW: 2, Movement.INWARD: 1, Movement.OUTWARD: -1, Movement.NONE: 0}
"""Movement as Zalando's radar counts it."""


def _byor(drawn: Drawn) -> list[dict[str, str]]:
    """One entry for each technology; a description may hold HTML, so what was typed is escaped."""
    return [
        {
            "name": each.name,
            "ring": drawn.radar.rings[each.ring],
            "quadrant": drawn.radar.sectors[each.sector],
            "isNew": "TRUE" if each.movement is Movement.NEW else "FALSE",
            "status": STATUS[each.movement],
            "description": escape(drawn.about[each.id], quote=False),
        }
        for each in drawn.radar.blips
    ]


def byor_csv(drawn: Drawn) -> bytes:
    """Build Your Own Radar's CSV."""
    names = ("name", "ring", "quadrant", "isNew", "status", "description")
    columns = tuple(Column(each, each, each) for each in names)
    rows = ([entry[each] for each in names] for entry in _byor(drawn))
    return to_csv(flat("radar", "Radar", "Radar", columns, rows))


def byor_json(drawn: Drawn) -> bytes:
    """Build Your Own Radar's JSON: a list of the same entries."""
    return _json(_byor(drawn))


def zalando_json(drawn: Drawn) -> bytes:
    """Zalando's configuration: quadrants and rings by name, entries by their places in them."""
    radar = drawn.radar
    return _json(
        {
            "date": f"{drawn.reader.today:%Y.%m}",
            "quadrants": [{"name": each} for each in radar.sectors],
            "rings": [{"name": each} for each in radar.rings],
            "entries": [
                {
                    "quadrant": each.sector,
                    "ring": each.ring,
                    "label": each.name,
                    "active": True,
                    "moved": MOVED[each.movement],
                }
                for each in radar.blips
            ],
        }
    )


def backstage_json(drawn: Drawn) -> bytes:
    """Backstage's tech radar, each entry with its way through the rings, newest first."""
    radar = drawn.radar
    rings = [{"id": _id(each), "name": each, "color": ""} for each in radar.rings]
    for ring, color in zip(rings, ("#11492a", "#1d3557", "#5c3600", "#4a5560"), strict=False):
        ring["color"] = color
    return _json(
        {
            "title": radar.title,
            "quadrants": [{"id": _id(each), "name": each} for each in radar.sectors],
            "rings": rings,
            "entries": [_entry(drawn, each) for each in radar.blips],
        }
    )


def _entry(drawn: Drawn, blip: Blip) -> dict[str, Any]:
    label = f"T-{blip.number:04d}"
    timeline = []
    moves = drawn.moves[blip.id]
    for at, (on, ring, said) in enumerate(moves):
        before = moves[at + 1][1] if at + 1 < len(moves) else ring
        timeline.append(
            {
                "moved": (before > ring) - (before < ring),
                "ringId": _id(drawn.radar.rings[ring]),
                "date": on.isoformat(),
                "description": said,
            }
        )
    return {
        "id": label,
        "key": label,
        "title": blip.name,
        "description": drawn.about[blip.id],
        "quadrant": _id(drawn.radar.sectors[blip.sector]),
        "timeline": timeline,
    }


def _id(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")


def _json(value: Any) -> bytes:
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode("utf-8")


FORMS: Mapping[str, Mapping[str, Callable[[Drawn], bytes]]] = {
    "byor": {".csv": byor_csv, ".json": byor_json},
    "zalando": {".json": zalando_json},
    "backstage": {".json": backstage_json},
}
"""Formats by the radar they are for, and by file name extension."""
