"""What every format is read into: a header, rows of text with their places, rows that are none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


class Placed:
    """A record that has its place in a sheet or file."""

    __slots__ = ()
    called: str
    number: int
    line: int
    within: str

    @property
    def place(self) -> str:
        """Where it stands, in words: `row 12 (line 14)`, `row 3 of sheet Tools`, `entry 7`."""
        return place(self.called, self.number, self.line, self.within)

    @property
    def ref(self) -> str:
        """What to call it in a decision."""
        return ref(self.called, self.number, self.within)


@dataclass(frozen=True, slots=True)
class Row(Placed):
    """One record. `at` counts the records of the import from 1, `number` is the row as a
    spreadsheet counts it (or the entry of a list), `line` the line of the file on which it
    begins or 0, `cells` one text for each column, `within` the sheet or file it stands in."""

    at: int
    number: int
    line: int
    cells: tuple[str, ...]
    within: str = ""
    called: str = "row"


@dataclass(frozen=True, slots=True)
class RowFault(Placed):
    """A record that cannot be read as a row of this table: where, why not, and what to do."""

    at: int
    number: int
    line: int
    why: str
    do: str
    within: str = ""
    called: str = "row"


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export of Horizon says of itself: the head hash of the register that it was made
    from, and its edition."""

    head: str
    edition: str


@dataclass(frozen=True, slots=True)
class Table:
    """A header, the rows under it, the records that are no rows, and what to say about it all.

    `layout` says in words how it was read (`UTF-8, comma between cells`). `known` are the fields
    whose column the format itself settles; `exported` says which export of Horizon it is.
    `header_row` is the row that names the columns, 0 where there is none; `sheets` are all sheets
    of a workbook, those that were read first.
    """

    format: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    faults: tuple[RowFault, ...] = ()
    layout: str = ""
    notices: tuple[str, ...] = ()
    known: Mapping[str, str] = field(default_factory=dict)
    exported: Exported | None = None
    header_row: int = 0
    sheets: tuple[str, ...] = ()


def place(called: str, number: int, line: int = 0, within: str = "") -> str:
    """Where a record stands, in words."""
    if called == "file":
        return within
    at_line = f" (line {line})" if line and line != number else ""
    inside = f" of {within}" if within else ""
    return f"{called} {number}{at_line}{inside}"


def ref(called: str, number: int, within: str) -> str:
    """A record by its number, with the sheet where there are several: `12`, `sheet Tools!12`."""
    if called == "file":
        return within
    return f"{within}!{number}" if within else str(number)
