"""Excel workbooks (.xlsx): the sheets with a table, their values as text.

A workbook comes from outside and may be hostile. What unpacks to far more than it weighs, declares
XML entities, takes values from other files or is locked is refused before it is parsed. Formulas
are never worked out: the value that was last computed is taken. Where the file holds none, as
when a program wrote it that computes nothing, a cell that an import needs is refused.
"""

from __future__ import annotations

import html
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from horizon.intake.cells import FORMULA
from horizon.intake.fields import NAMES, plain
from horizon.intake.formats import Asked
from horizon.intake.formats.delimited import beside
from horizon.intake.given import Given
from horizon.intake.heading import Heading, Record, find_heading
from horizon.intake.own import REGISTER, exported
from horizon.intake.table import Exported, Row, RowFault, Table
from horizon.model.errors import BadInput
from horizon.model.wording import count, listed

UNPACKED = 80_000_000
"""Bytes that all parts of a workbook may have together."""

FOLDED = 250
"""Times that a part of some size may be larger than its packed form."""

PARTS = 2_000
ROWS = 200_000
COLUMNS = 1_000

_MERGED = re.compile(
    rb'<(?:\w{1,20}:)?mergeCell\b[^>]{0,200}?\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"'
)
_FORMULA = re.compile(
    rb'<(?:\w{1,20}:)?c\b[^>]{0,200}?\br="([A-Z]{1,3})(\d{1,7})"[^>]{0,200}>\s{0,20}'
    rb"<(?:\w{1,20}:)?f\b[^>]{0,200}?(?:/>|>([^<]{0,9000})</(?:\w{1,20}:)?f>)\s{0,20}"
    rb"(<(?:\w{1,20}:)?v>[^<])?"
)
"""What openpyxl leaves out when it reads row by row. Each part is bounded, so that no text makes
the search slow."""


def fits(given: Given) -> bool:
    if not given.is_zipped:
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(given.content)) as packed:
            return any(name.startswith("xl/") for name in packed.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return True  # refused in words when it is read


def read(given: Given, asked: Asked) -> Table:
    """The table of the sheet asked for, or of all sheets that have the header of the sheet whose
    header is known best. Raises `BadInput`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of styles that it leaves out
        try:
            sheets, left, said = _sheets(given, asked)
        except BadInput:
            raise
        except Exception as error:  # openpyxl raises whatever a broken part makes it stumble over
            raise BadInput(
                "This workbook is damaged and cannot be read",
                where=given.name,
                why=type(error).__name__,
                do="Open it in Excel, save it again, or save the sheet as CSV",
            ) from None
    return replace(_table(given, sheets, left), exported=said)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One sheet with a table in it."""

    name: str
    records: list[Record]
    heading: Heading
    computed: int

    @property
    def known(self) -> int:
        """How much its header looks like that of a list of technologies."""
        names = [plain(each) for each in self.heading.names]
        return sum(name in NAMES for name in names) + any(NAMES.get(n) == "name" for n in names)

    @property
    def plain_names(self) -> list[str]:
        return [plain(each) for each in self.heading.names]


def _table(given: Given, sheets: list[_Sheet], left: list[str]) -> Table:
    first = sheets[0]
    rows: list[Row] = []
    faults: list[RowFault] = []
    for sheet in sheets:
        within = f"sheet {sheet.name}" if len(sheets) > 1 else ""
        for record in sheet.records[sheet.heading.body :]:
            if not record.filled:
                continue
            at = len(rows) + len(faults) + 1
            cells = record.cells[: len(first.heading.names)]
            why, do = _no_row(record, first)
            if why:
                faults.append(RowFault(at, record.number, 0, why, do, within))
            else:
                padded = (*cells, *("" for _ in range(len(first.heading.names) - len(cells))))
                rows.append(Row(at, record.number, 0, padded, within))
    notices = [*dict.fromkeys(each for sheet in sheets for each in sheet.heading.notices)]
    computed = sum(sheet.computed for sheet in sheets)
    if computed:
        notices.append(
            f"{count(computed, 'cell holds', 'cells hold')} a formula. What it last came to is "
            "taken; where the file does not say that, the cell is refused."
        )
    if left:
        notices.append(f"Not read: {listed([f'sheet {each!r}' for each in left])}.")
    named = listed([repr(sheet.name) for sheet in sheets])
    return Table(
        format="Excel workbook",
        header=first.heading.names,
        rows=tuple(rows),
        faults=tuple(faults),
        layout=f"Excel workbook, sheet{'s' if len(sheets) > 1 else ''} {named}",
        notices=tuple(notices),
        header_row=first.heading.row,
        sheets=(*(sheet.name for sheet in sheets), *left),
    )


def _no_row(record: Record, sheet: _Sheet) -> tuple[str, str]:
    width = len(sheet.heading.names)
    across = any(span >= max(2, width // 2) for span in (record.spans or {}).values())
    if record.filled == 1 and across:
        return "it is a heading across the table", "Nothing is to be done"
    return beside(record.cells, sheet.plain_names, below=False)


def _sheets(given: Given, asked: Asked) -> tuple[list[_Sheet], list[str], Exported | None]:
    """The sheets to read, the names of those left out, and which export of Horizon it is."""
    import openpyxl

    _refuse_hostile(given)
    book = openpyxl.load_workbook(
        io.BytesIO(given.content), read_only=True, data_only=True, keep_links=False
    )
    try:
        said = exported(book)
        every = [each for each in book.worksheets if hasattr(each, "reset_dimensions")]
        shown = [each for each in every if each.sheet_state == "visible"]
        if asked.sheet:
            wanted = [each for each in every if each.title.casefold() == asked.sheet.casefold()]
            if not wanted:
                names = ", ".join(each.title for each in every)
                raise BadInput(
                    f"There is no sheet {asked.sheet!r}", where=given.name, do=f"Use one of {names}"
                )
        else:
            # Of Horizon's own export one sheet is read: the others are long, and follow from it.
            own = [each for each in shown if said and each.title == REGISTER]
            wanted = own or shown
        found: list[_Sheet] = []
        refused: BadInput | None = None
        for each in wanted:
            try:
                found.append(_sheet(given, each, asked))
            except BadInput as error:
                refused = error
        if not found:
            raise refused or BadInput("There is no sheet with a table", where=given.name)
        best = max(found, key=lambda sheet: (sheet.known, len(sheet.records)))
        chosen = [best, *(s for s in found if s is not best and s.plain_names == best.plain_names)]
        chosen.sort(key=lambda sheet: [each.title for each in every].index(sheet.name))
        taken = {sheet.name for sheet in chosen}
        return chosen, [e.title for e in every if e.title not in taken], said
    finally:
        book.close()


def _sheet(given: Given, sheet: Any, asked: Asked) -> _Sheet:
    """One sheet's records, merged cells filled in. Raises `BadInput` for one without a table."""
    with sheet.parent._archive.open(sheet._worksheet_path) as part:
        xml = part.read()
    where = f"{given.name}, sheet {sheet.title}"
    values: list[list[str]] = []
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
        if number > ROWS:
            raise BadInput(f"It has more than {ROWS:,} rows", where=where, do="Import it in parts")
        texts = [text_of(each) for each in cells[:COLUMNS]]
        while texts and not texts[-1]:
            texts.pop()
        values.append(texts)
    formulas = {
        (int(row), _column(letters)): html.unescape(text.decode("utf-8", "replace"))
        for letters, row, text, value in _FORMULA.findall(xml)
        if not value
    }
    computed = len(re.findall(rb"<(?:\w{1,20}:)?f[\s/>]", xml))
    for (row, column), formula in formulas.items():
        if formula and 0 < row <= len(values) and column < COLUMNS:
            line = values[row - 1]
            line.extend([""] * (column + 1 - len(line)))
            line[column] = line[column] or f"{FORMULA}={formula}"
    spans = _fill_merged(values, xml)
    while values and not values[-1]:
        values.pop()
    records = [
        Record(number, 0, tuple(cells), spans=spans.get(number - 1))
        for number, cells in enumerate(values, start=1)
    ]
    heading = find_heading(records, where, asked=asked.header_row, wanted=asked.headers)
    width = max((len(each.cells) for each in records[heading.body :]), default=0)
    names = heading.names
    names += tuple(f"column {place}" for place in range(len(names) + 1, width + 1))
    return _Sheet(sheet.title, records, replace(heading, names=names), computed)


def _fill_merged(values: list[list[str]], xml: bytes) -> dict[int, dict[int, int]]:
    """Fill cells merged down a column with what they say; gives the columns that merged cells
    cover: row, then first column, then how many."""
    spans: dict[int, dict[int, int]] = {}
    for left, top, right, bottom in _MERGED.findall(xml)[:100_000]:
        first, last = int(top) - 1, min(int(bottom) - 1, len(values) - 1)
        start, end = _column(left), _column(right)
        if first >= len(values) or end < start or end >= COLUMNS:
            continue
        if end > start:
            spans.setdefault(first, {})[start] = end - start + 1
            continue
        line = values[first]
        said = line[start] if start < len(line) else ""
        for row in range(first + 1, last + 1):
            below = values[row]
            if said and any(below):  # a row that is otherwise blank stays blank
                below.extend([""] * (start + 1 - len(below)))
                below[start] = below[start] or said
    return spans


def _column(letters: bytes) -> int:
    number = 0
    for each in letters[:4]:
        number = number * 26 + each - 64
    return number - 1


def text_of(value: Any) -> str:
    """A cell's value as the text that a person would type for it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        at_midnight = value.time() == time()
        return value.date().isoformat() if at_midnight else value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    text = str(value).replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
    return text.strip()


def _refuse_hostile(given: Given) -> None:
    """Raises `BadInput` for a workbook that nobody should parse."""
    try:
        packed = zipfile.ZipFile(io.BytesIO(given.content))
        parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise BadInput(
            "This workbook is damaged and cannot be read",
            where=given.name,
            do="Open it in Excel and save it again",
        ) from None
    with packed:
        for why, do in _hostile(packed, parts):
            raise BadInput(f"This workbook is refused: {why}", where=given.name, do=do)


def _hostile(packed: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> Iterator[tuple[str, str]]:
    if any(each.flag_bits & 1 for each in parts):
        yield "it is locked with a password", "Save it without one"
    size = sum(each.file_size for each in parts)
    folded = any(
        each.file_size > 1_000_000 and each.file_size > FOLDED * max(each.compress_size, 1)
        for each in parts
    )
    if size > UNPACKED or len(parts) > PARTS or folded:
        yield (
            f"it unpacks to {size // 1_000_000} MB in {len(parts)} parts, as files do that are "
            "made to fill a machine's memory",
            "Save the sheet as CSV, if you know where it comes from",
        )
    for each in parts:
        name = each.filename.lower()
        if "externallinks/" in name:
            yield (
                "it takes values from another file",
                "Break its links in Excel (Data, Edit Links, Break Link) and save it again",
            )
        if name.endswith((".xml", ".rels")):
            with packed.open(each) as part:
                prolog = part.read(4_000).replace(b"\x00", b"")
            if b"<!DOCTYPE" in prolog or b"<!ENTITY" in prolog:
                yield (
                    "it declares XML entities, which no spreadsheet does",
                    "Save the sheet as CSV, if you know where it comes from",
                )
