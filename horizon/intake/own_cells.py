"""Cells of the register's own export: what each says, beside what a technology holds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from horizon.intake.cells import Dates, Unreadable, words
from horizon.intake.columns import Columns
from horizon.intake.comparing import shown
from horizon.intake.fields import SIGHTING
from horizon.intake.own import REVIEW, SHOWN
from horizon.intake.reading import Read
from horizon.intake.report import CellFault
from horizon.intake.table import Row
from horizon.model.cleaning import clean
from horizon.model.several import in_one_cell, split_names
from horizon.model.technology import Sighting, Technology
from horizon.model.words import Regime

EMPTIED: Mapping[str, Any] = {
    "time_horizon": None,
    "trl": None,
    "posture": None,
    "regime": Regime.UNKNOWN,
}
"""What a cell that somebody emptied says, in the columns where an empty cell says nothing in other
files."""

_NOTHING = object()

_CUT = re.compile(r" \[cut: [0-9,]+ characters, whole in the JSON export\]$")
"""How a cell ends that was too long for a workbook."""

_LINE_ENDS = re.compile(r"\[U\+(?:000B|000C|0085)\]")


class CellRefused(Unreadable):
    """An edit that no technology can have, with the header of its column and the cell. `more` are
    others in the same row."""

    def __init__(self, column: str, value: str, why: str, do: str) -> None:
        super().__init__(why, do)
        self.column, self.value = column, value
        self.more: tuple[CellRefused, ...] = ()

    @property
    def fault(self) -> CellFault:
        return CellFault(self.column, self.value, self.why, self.do)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row, with what it was read as."""

    field: str
    column: str
    text: str
    read: Any

    def says(self, held: Any) -> bool:
        """Whether it says what a technology holds, spelt as an export spells it."""
        if self.field in ("aliases", "tags"):
            same = split_names(_plain(self.text)) == split_names(_plain(in_one_cell(held)))
            return same or self.read == held
        if self.field in ("summary", "problem"):
            return _same_text(self.text, held)
        if self.field in ("name", "supplier", "owner"):
            return words(_plain(self.text)) == words(_plain(held))
        return self.read is not _NOTHING and bool(self.read == held)

    def value(self) -> Any:
        """What was typed into it. Raises `CellRefused`."""
        if isinstance(self.read, Unreadable):
            raise CellRefused(self.column, self.text, self.read.why, self.read.do)
        if _CUT.search(self.text):
            why = "it was too long for a cell when it was exported"
            do = "Change it in Horizon, or take the sentence in square brackets off the end"
            raise CellRefused(self.column, self.text[-60:], why, do)
        if self.field == REVIEW and self.read is None:
            why = "it is empty, and a review date is moved, not taken away"
            raise CellRefused(self.column, "", why, "Give a later day, or set it back")
        if self.read is _NOTHING:
            raise CellRefused(self.column, "", "it is empty", "Fill it in, or set it back")
        return self.read


def cells_of(read: Read, columns: Columns) -> list[Cell]:
    """The cells of a row that give fields of a technology, and its review date."""
    details = [
        Cell(
            name,
            columns.header[place],
            read.row.cells[place],
            read.values.get(name, EMPTIED.get(name, _NOTHING)),
        )
        for name, place in columns.places.items()
        if name not in ("key", *SIGHTING)
    ]
    return [*details, *review_cell(read.row, columns)]


def review_cell(row: Row, columns: Columns) -> list[Cell]:
    """The cell of the review date, which only an export of the register has."""
    place = place_of(columns, REVIEW)
    if place < 0:
        return []
    column, text = columns.header[place], row.cells[place]
    if not text:
        return [Cell(REVIEW, column, text, None)]
    try:
        return [Cell(REVIEW, column, text, Dates().read(text))]
    except Unreadable as error:
        return [Cell(REVIEW, column, text, error)]


def place_of(columns: Columns, name: str) -> int:
    """The column of something that an export shows and other files do not give, or -1."""
    return next((at for at, each in enumerate(columns.header) if each in SHOWN[name]), -1)


def _same_text(text: str, current: str) -> bool:
    said, held = _plain(text), _plain(current)
    if cut := _CUT.search(said):
        return held.startswith(said[: cut.start()].rstrip()) and len(held) > cut.start()
    return said == held


def _plain(text: str) -> str:
    """A text as every export spells it. Some line ends are spelt out in some."""
    return _LINE_ENDS.sub("\n", clean(text.replace("_x000D_", ""))).strip()


def seen_otherwise(read: Read, technology: Technology) -> str:
    """Why what a row says of a sighting is not taken, where no sighting says the same."""
    held: Sequence[Sighting] = technology.sightings
    given = {
        name: read.values.get(said)
        for said, name in zip(SIGHTING, ("source", "url", "seen_on", "note"), strict=True)
        if said in read.values
    }
    if not any(given.values()) and not held:
        return ""
    for each in held:
        if all(_plain_words(value) == _plain_words(getattr(each, n)) for n, value in given.items()):
            return ""
    return "where it was seen is not changed by an import; add a sighting to it instead"


def _plain_words(value: Any) -> str:
    return words(_plain(shown(value)))
