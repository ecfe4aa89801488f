"""XLSX: the register's tables as a workbook that can be filtered, sorted and printed.

Text is only ever text, so nothing that somebody typed is run as a formula.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from horizon.papers.blocks import Tone
from horizon.papers.palette import ACCENT, HEAD_FILL, LINE, TONES
from horizon.papers.tables import Column, FlatTable, Value
from horizon.papers.writers.packing import entries_of, packed
from horizon.papers.writers.sheet_rows import WRAPS_FROM, Strings, whole_range, with_rows

STRINGS = "xl/sharedStrings.xml"
"""Where a workbook keeps its texts."""

PAGE = 150
"""Characters across a printed page that can still be read."""

_WEIGHTS: Mapping[str, Tone] = {
    "stop": Tone.BAD,
    "overdue": Tone.BAD,
    "crossed": Tone.BAD,
    "held": Tone.CARE,
    "below gate": Tone.CARE,
    "clear": Tone.GOOD,
    "met": Tone.GOOD,
    "not crossed": Tone.GOOD,
}
"""Words that are coloured too. The word says it alone."""

_WEIGHED = ("status", "state", "red_line")
"""The columns in which such words stand."""


@dataclass(frozen=True, slots=True)
class Cover:
    """What the first sheet says: what this is, and where it comes from, name by name."""

    title: str
    marking: str
    as_at: date
    author: str
    pairs: Mapping[str, str]
    properties: Mapping[str, str]


def to_xlsx(cover: Cover, tables: Sequence[FlatTable]) -> bytes:
    """The tables as sheets behind a cover, the same bytes every time."""
    loose = io.BytesIO()
    book = xlsxwriter.Workbook(
        loose,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        },
    )
    moment = datetime.combine(cover.as_at, time())
    book.set_properties(
        {
            "title": cover.title,
            "author": cover.author,
            "keywords": cover.marking,
            "category": "Register",
            "created": moment,
        }
    )
    for name, said in cover.properties.items():
        book.set_custom_property(name, said, "text")
    looks = _Looks(book)
    _cover(book, looks, cover, tables)
    for table in tables:
        _sheet(book, looks, cover, table)
    book.close()
    parts = dict(entries_of(loose.getvalue()))
    strings = Strings(parts[STRINGS].decode("utf-8"))
    for number, table in enumerate(tables, 2):  # the cover is the first
        name = f"xl/worksheets/sheet{number}.xml"
        sheet = with_rows(parts[name].decode("utf-8"), table, looks.number, strings)
        parts[name] = sheet.encode("utf-8")
        name = f"xl/tables/table{number - 1}.xml"
        parts[name] = whole_range(parts[name].decode("utf-8"), table).encode("utf-8")
    parts[STRINGS] = strings.part.encode("utf-8")
    return packed(parts.items(), cover.as_at)


class _Looks:
    """The formats of one workbook, made once each."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def __call__(self, **properties: Any) -> Format:
        whole = {"font_name": "Arial", "font_size": 10, "valign": "top"} | properties
        if "font_size" not in properties:
            whole |= {"bottom": 1, "bottom_color": f"#{LINE}"}
        key = tuple(sorted(whole.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(whole)
        return self._made[key]

    def of(self, column: Column, value: Value = None) -> Format:
        """How a cell of a column looks."""
        tone = _WEIGHTS.get(str(value)) if column.name in _WEIGHED else None
        if tone is not None:
            fill, ink = TONES[tone]
            return self(bold=True, bg_color=f"#{fill}", font_color=f"#{ink}")
        if column.sort == "day":
            return self(num_format="dd mmm yyyy", align="left")
        if column.sort == "number":
            return self(align="right", indent=1)
        return self(text_wrap=True) if column.width >= WRAPS_FROM else self()

    def number(self, column: Column, value: Value) -> int:
        """The number by which the finished workbook knows the look of a cell."""
        number: int = self.of(column, value).xf_index
        return number


def _cover(book: Any, looks: _Looks, cover: Cover, tables: Sequence[FlatTable]) -> None:
    sheet = book.add_worksheet("Cover")
    _page(sheet, cover, landscape=False)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 70)
    name = looks(bold=True, font_color=f"#{ACCENT}")
    sheet.write_string(0, 0, cover.title, looks(bold=True, font_size=16, font_color=f"#{ACCENT}"))
    row = 2
    for key, said in cover.pairs.items():
        sheet.write_string(row, 0, key, name)
        sheet.write_string(row, 1, said, looks(text_wrap=True))
        row += 1
    row += 1
    sheet.write_string(row, 0, "Sheet", name)
    sheet.write_string(row, 1, "What it holds", name)
    for table in tables:
        row += 1
        sheet.write_url(
            row, 0, f"internal:'{table.title}'!A1", looks(font_color=f"#{ACCENT}", underline=1),
            table.title,
        )  # fmt: skip
        rows = f"{len(table.rows):,} row{'' if len(table.rows) == 1 else 's'}"
        sheet.write_string(row, 1, f"{table.about} {rows}.", looks(text_wrap=True))


def _sheet(book: Any, looks: _Looks, cover: Cover, table: FlatTable) -> None:
    sheet = book.add_worksheet(table.title)
    columns = table.columns
    named = next((at + 1 for at, each in enumerate(columns) if each.name == "name"), 1)
    width = sum(each.width for each in columns)
    _page(sheet, cover, landscape=True, across=max(1, round(width / PAGE)))
    sheet.repeat_rows(0)
    sheet.repeat_columns(0, named - 1)
    sheet.freeze_panes(1, named)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width)
    heading = looks(bold=True, bg_color=f"#{HEAD_FILL}", font_color=f"#{ACCENT}", text_wrap=True)
    # The rows come in later, and the library would look at each cell of the whole range.
    sheet.add_table(
        0, 0, 1, len(columns) - 1,
        {
            "name": f"T{table.title.replace(' ', '')}",
            "style": None,
            "columns": [{"header": each.title, "header_format": heading} for each in columns],
            "title": table.title,
            "description": table.about,
        },
    )  # fmt: skip
    for at, column in enumerate(columns):
        sheet.write_blank(1, at, None, looks.of(column))  # so that the workbook keeps the look
    if any(each.name in _WEIGHED for each in columns):
        at = next(at for at, each in enumerate(columns) if each.name in _WEIGHED)
        for row, word in enumerate(_WEIGHTS, 2):
            sheet.write_blank(row, at, None, looks.of(columns[at], word))


def _page(sheet: Worksheet, cover: Cover, *, landscape: bool, across: int = 1) -> None:
    """How the sheet is printed: A4, so many pages across, the marking at head and foot."""
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(across, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.8)
    marking = cover.marking.replace("&", "&&")
    sheet.set_header(f'&C&"Arial,Bold"{marking}')
    sheet.set_footer(f'&L&"Arial,Regular"&8&A&C&"Arial,Bold"{marking}&R&8Page &P of &N')
