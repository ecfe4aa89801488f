"""The rows of a sheet as XML: a register has a hundred thousand cells, and an object for each takes
ten times as long."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from html import escape

from horizon.model.cleaning import clean
from horizon.papers.tables import Column, FlatTable, Value

LONGEST = 32_767
"""Characters that Excel keeps in a cell."""

TALLEST = 409
"""Points that Excel allows a row."""

WRAPS_FROM = 30
"""Characters from which a column is wide enough to hold running text."""

_DAY_NOUGHT = date(1899, 12, 30)
_FIRST_DAY = date(1900, 3, 1)
"""Before this Excel's count of days is wrong, as it believes in 29 February 1900."""

_CODE = re.compile("(_x[0-9a-fA-F]{4}_)")
"""What Excel would read as the code of a character."""

LookOf = Callable[[Column, Value], int]
"""The number of the look of a cell."""


class Strings:
    """The texts of a workbook, each kept once and named by its number."""

    def __init__(self, part: str) -> None:
        """`part` is the workbook's own list, which goes on here."""
        self._before, self._end = part.removesuffix("</sst>"), "</sst>"
        self._first = part.count("<si>")
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        """The number of a text."""
        return self._numbers.setdefault(text, self._first + len(self._numbers))

    @property
    def part(self) -> str:
        """The list with everything that was asked for."""
        more = (
            f'<si><t xml:space="preserve">{escape(fitted(each), quote=False)}</t></si>'
            for each in self._numbers
        )
        head = re.sub(
            r' (?:uniqueC|c)ount="\d+"', "", self._before, count=2
        )  # both may be left out
        return "".join([head, *more, self._end])


def with_rows(sheet: str, table: FlatTable, look: LookOf, strings: Strings) -> str:
    """A sheet's XML with the table's rows below its header, in place of those it has."""
    sheet = re.sub(r'(?<=<dimension ref=")[^"]*', _range(table), sheet, count=1)
    before, _, rest = sheet.partition('<row r="2"')
    after = rest[rest.index("</sheetData>") :]
    return f"{before}{''.join(_rows(table, look, strings))}{after}"


def whole_range(part: str, table: FlatTable) -> str:
    """The XML of a table's frame and filter, which are to go round all of its rows."""
    return re.sub(r'(?<= ref="A1:)[A-Z]+\d+', _range(table).removeprefix("A1:"), part)


def _range(table: FlatTable) -> str:
    return f"A1:{letters(len(table.columns) - 1)}{max(len(table.rows), 1) + 1}"


def _rows(table: FlatTable, look: LookOf, strings: Strings) -> Iterator[str]:
    """The rows. What a cell of a column says is worked out once for each thing that it says."""
    places = [
        (f'<c r="{letters(at)}', _Known(column, look, strings))
        for at, column in enumerate(table.columns)
    ]
    wide = room_of(table.columns)
    for number, cells in enumerate(table.rows, 2):
        parts = [
            f"{begin}{number}{known[value]}"
            for value, (begin, known) in zip(cells, places, strict=True)
        ]
        head = f'<row r="{number}" ht="{height(wide, cells)}" customHeight="1">'
        yield f"{head}{''.join(parts)}</row>"


class _Known(dict[Value, str]):
    """What a cell of a column looks like and says, from its address on, for each thing it says."""

    def __init__(self, column: Column, look: LookOf, strings: Strings) -> None:
        super().__init__()
        self._column, self._look, self._strings = column, look, strings

    def __missing__(self, value: Value) -> str:
        look = self._look(self._column, value)
        self[value] = said = f'" s="{look}"{_said(value, self._strings)}'
        return said


def _said(value: Value, strings: Strings) -> str:
    """What a cell says, and its end."""
    match value:
        case None:
            return "/>"
        case bool():
            return f' t="s"><v>{strings.number("Yes" if value else "No")}</v></c>'
        case int():
            return f"><v>{value}</v></c>"
        case date() if value >= _FIRST_DAY:
            return f"><v>{(value - _DAY_NOUGHT).days}</v></c>"
        case _:
            return f' t="s"><v>{strings.number(str(value))}</v></c>'


def fitted(text: str) -> str:
    """`text` as a cell can hold it: clean, never a code, and not too long. What does not fit says
    how much is left out."""
    plain = clean(text)
    if "_x" in plain:
        plain = _CODE.sub(r"_x005F\1", plain)
    if len(plain) <= LONGEST:
        return plain
    left = f" [cut: {len(text):,} characters, whole in the JSON export]"
    return plain[: LONGEST - len(left)] + left


Rooms = Sequence[tuple[int, int]]


def room_of(columns: Sequence[Column]) -> Rooms:
    """Where the columns stand that hold running text, and how many letters go in a line there."""
    return [
        (at, each.width * 9 // 10) for at, each in enumerate(columns) if each.width >= WRAPS_FROM
    ]


def height(rooms: Rooms, cells: Sequence[Value]) -> int:
    """How high a row must be for its longest text, in points: not every program works it out."""
    lines = 1
    for at, room in rooms:
        cell = cells[at]
        if isinstance(cell, str) and (len(cell) >= room or "\n" in cell):
            lines = max(lines, sum(1 + len(each) // room for each in cell.split("\n")))
    return min(3 + 13 * lines, TALLEST)


@cache
def letters(at: int) -> str:
    """What a spreadsheet calls a column: `A` for 0, `AA` for 26."""
    before, last = divmod(at, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + last)
