"""Thoughtworks' Build Your Own Radar, as CSV or JSON: `name, ring, quadrant, isNew, description`.

Format: github.com/thoughtworks/build-your-own-radar, README. `status` may stand beside or instead
of `isNew`; `description` may hold HTML. Any rings and quadrants are taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from horizon.intake.fields import plain
from horizon.intake.formats import Asked, delimited
from horizon.intake.formats.listing import Entry, said, spoken, table_of, without_html
from horizon.intake.given import NOT_JSON, Given
from horizon.intake.table import Row, Table

NEEDED = {"name", "ring", "quadrant"}
MOVED = {"isnew", "status"}
"""What changes with every edition by itself, and is no news of the technology."""

FORMAT = "Build your own radar"
SAID = "ring and quadrant"


def fits(given: Given) -> bool:
    if given.is_folder or given.is_zipped:
        return False
    if given.json is not NOT_JSON:
        entries = given.json if isinstance(given.json, list) else []
        return any(isinstance(each, dict) and _fits(each) for each in entries[:20])
    first = next((line for line in given.text.split("\n", 50) if line.strip()), "")
    names = first.replace(";", ",").replace("\t", ",").split(",")
    return _fits([each.strip().strip('"') for each in names])


def _fits(names: Mapping[str, Any] | Sequence[str]) -> bool:
    lower = {plain(str(each)).replace(" ", "") for each in names}
    return lower >= NEEDED and bool(lower & MOVED)


def read(given: Given, asked: Asked) -> Table:
    """One row for each blip; ring and quadrant are what the source says of it."""
    if given.json is not NOT_JSON:
        entries = (
            Entry(number, _blip(each) if isinstance(each, dict) else each)
            for number, each in enumerate(given.json, start=1)
        )
        return table_of(given, entries, format=FORMAT, known=_known())
    table = delimited.read(given, asked)
    if not _fits(table.header):
        return table

    def blips() -> Iterator[Entry]:
        for row in table.rows:
            yield Entry(row.number, _blip(dict(zip(table.header, row.cells, strict=True))))

    made = table_of(given, blips(), format=FORMAT, known=_known()) if table.rows else None
    rows = tuple(
        Row(row.at, row.number, row.line, new.cells)
        for row, new in zip(table.rows, made.rows if made else (), strict=True)
    )
    return Table(
        format=FORMAT,
        header=made.header if made else table.header,
        rows=rows,
        faults=table.faults,
        layout=f"{FORMAT}, {table.layout}",
        notices=table.notices,
        known=made.known if made else {},
    )


def _known() -> dict[str, str]:
    return {"name": "name", "summary": "description", "note": SAID}


def _blip(values: Mapping[str, Any]) -> dict[str, str]:
    found = {plain(name).replace(" ", ""): said(value) for name, value in values.items()}
    rest = {
        name: said(value)
        for name, value in values.items()
        if plain(name).replace(" ", "") not in {*NEEDED, "description"}
    }
    words = spoken(Ring=found.get("ring", ""), Quadrant=found.get("quadrant", ""))
    described = without_html(found.get("description", ""))
    return {"name": found.get("name", ""), "description": described, SAID: words} | rest
