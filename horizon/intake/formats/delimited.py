"""CSV and TSV, whatever wrote it: encoding, delimiter, cover rows and faults are found out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from horizon.intake.fields import plain
from horizon.intake.formats import Asked
from horizon.intake.given import NOT_JSON, Given
from horizon.intake.heading import Heading, Record, find_heading
from horizon.intake.table import Row, RowFault, Table
from horizon.model.errors import BadInput
from horizon.model.spreadsheet import unguarded
from horizon.model.wording import count

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
"""What may separate cells, most usual first."""

LOOKED_AT = 200
"""Records that are read to find out the delimiter."""

LONGEST_CELL = 1_000_000
"""Characters. A longer cell means a quote that is opened and never closed."""

Found = tuple[int, int, Sequence[str] | str]
"""A record's number, the line it begins on, and its cells or why it cannot be read."""


def fits(given: Given) -> bool:
    """Every text that no other format claimed is tried as a table."""
    return not given.is_folder


def read(given: Given, asked: Asked) -> Table:
    """The table in a delimited text. Raises `BadInput` when it is not text, is something else,
    has no header, or has a quote that is never closed."""
    if given.content.startswith(b"%PDF-"):
        raise BadInput(
            "This is a PDF, and no list",
            where=given.name,
            do="Ask for the list as an Excel workbook or as CSV",
        )
    if given.is_zipped:
        raise BadInput(
            "This is a zipped file, and no Excel workbook (.xlsx)",
            where=given.name,
            do="Unpack it, or save the sheet as an Excel workbook or as CSV",
        )
    text = given.text
    if given.json is not NOT_JSON:
        raise BadInput(
            "There is no list of records in this JSON",
            where=given.name,
            do='Give a list such as [{"name": "..."}], or an object that holds one',
        )
    delimiter = delimiter_of(text)
    found = list(_records(text, delimiter, given.name))
    good = [Record(n, line, tuple(cells)) for n, line, cells in found if not isinstance(cells, str)]
    heading = find_heading(good, given.name, asked=asked.header_row, wanted=asked.headers)
    first = good[heading.body].number if heading.body < len(good) else None
    rows, faults = _body(found, heading, first)
    return Table(
        format="CSV",
        header=heading.names,
        rows=tuple(rows),
        faults=tuple(faults),
        layout=f"{given.decoded.encoding}, {DELIMITERS[delimiter]} between cells",
        notices=(*given.decoded.notices, *heading.notices),
        header_row=heading.row,
    )


def _body(
    found: Sequence[Found], heading: Heading, first: int | None
) -> tuple[list[Row], list[RowFault]]:
    """The records from number `first` on (from none, when it is `None`) as rows or faults.

    A record that cannot be read is told wherever it stands.
    """
    width = len(heading.names)
    names = [plain(each) for each in heading.names]
    below = _below(found, width)
    rows: list[Row] = []
    faults: list[RowFault] = []
    at = 0
    for number, line, cells in found:
        why, do = "", ""
        if isinstance(cells, str):
            why, do = cells, "Put the whole cell in quotes"
        elif first is None or number < first or not any(cells):
            continue
        elif (len(cells) > width and any(cells[width:])) or len(cells) < width:
            why = f"it has {count(len(cells), 'cell')} and the header has {width}"
            do = "Put a cell that contains the delimiter or a line end in quotes"
        if not why and not isinstance(cells, str):
            why, do = beside(cells, names, number in below)
        at += 1
        if why:
            faults.append(RowFault(at, number, line, why, do))
        elif not isinstance(cells, str):
            rows.append(Row(at, number, line, tuple(map(unguarded, cells[:width]))))
    return rows, faults


def beside(cells: Sequence[str], names: Sequence[str], below: bool) -> tuple[str, str]:
    """Why a record is no row of the table although it could be one, and what to do; else empty.

    `names` are the column names, plain; `below` says that it stands alone under the table.
    """
    if len(names) > 1 and [plain(each) for each in cells[: len(names)]] == names:
        return "it repeats the header", "Nothing is to be done"
    if below:
        return (
            "it stands below the table and fills one cell",
            "Fill its other cells and take out the blank row above it, if it is a technology",
        )
    return "", ""


def _below(found: Sequence[Found], width: int) -> set[int]:
    """The numbers of the records that stand under a table of some width like a note: after a
    blank record, with one cell each, until the end."""
    if width < 3:
        return set()
    tail: list[int] = []
    blank = False
    for number, _, cells in reversed(found):
        filled = -1 if isinstance(cells, str) else sum(1 for cell in cells if cell)
        if filled > 1 or filled < 0:
            break
        if filled == 1:
            tail.append(number)
            blank = False
        else:
            blank = True
    return set(tail) if tail and blank else set()


def delimiter_of(text: str) -> str:
    """The delimiter under which most records are equally wide; a comma if there is none."""
    sep = text[:6].lower()
    if sep.startswith("sep=") and len(text) > 4 and text[4] in DELIMITERS:
        return text[4]

    def fit(delimiter: str) -> tuple[int, int]:
        widths: list[int] = []
        try:
            for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
                if any(record):
                    widths.append(len(record))
                if len(widths) == LOOKED_AT:
                    break
        except csv.Error:
            pass
        wide = [width for width in widths if width > 1]
        if not wide:
            return (0, 0)
        usual = max(set(wide), key=lambda width: (wide.count(width), width))
        return (wide.count(usual), usual)

    return max(DELIMITERS, key=fit)


def _records(text: str, delimiter: str, source: str) -> Iterator[Found]:
    """Each record with its row number and the line it begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    limit = csv.field_size_limit(LONGEST_CELL)
    number, started = 0, 1
    try:
        while True:
            number += 1
            started = reader.line_num + 1
            try:
                record = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                if "field larger" in str(error) and '"' not in text:
                    raise BadInput(
                        f"Row {number} (line {started}) has a cell of more than "
                        f"{LONGEST_CELL:,} characters, which is too long to keep",
                        where=source,
                        do="Shorten it, and attach the rest as evidence",
                    ) from None
                if "expected after" not in str(error):
                    raise BadInput(
                        f"Row {number} (line {started}) opens a quote that is never closed",
                        where=source,
                        do="Close it, or double every quote inside a quoted cell",
                    ) from None
                yield number, started, "text follows the closing quote of a cell"
                continue
            if number == 1 and len(record) <= 2 and record and record[0][:4].lower() == "sep=":
                continue
            yield number, started, [_trimmed(cell) for cell in record]
    finally:
        csv.field_size_limit(limit)


def _trimmed(cell: str) -> str:
    """A cell without the white space around it, with one kind of line end."""
    return cell.replace("\r\n", "\n").replace("\r", "\n").strip()
