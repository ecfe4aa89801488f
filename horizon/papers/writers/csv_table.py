"""CSV as RFC 4180 has it, in UTF-8: for programs, and safe to open in a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from horizon.model.cleaning import spelt
from horizon.model.spreadsheet import guarded
from horizon.papers.tables import FlatTable, Value

KEPT = 80
"""Characters from which a text is not kept."""

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def to_csv(table: FlatTable) -> bytes:
    """The table with one header row, CRLF at line ends, and dates as 2026-11-24.

    Text stands in quotes, and what a spreadsheet might run has an apostrophe before it, which an
    import takes away again. Control characters are spelt out, since they would steer whatever
    shows them. Numbers and empty cells stand bare.
    """
    texts = _Texts()
    rows: list[Iterable[Value]] = [[each.name for each in table.columns], *table.rows]
    lines = [
        ",".join([texts[each] if type(each) is str else _cell(each) for each in cells])
        for cells in rows
    ]
    return "\r\n".join([*lines, ""]).encode("utf-8")


class _Texts(dict[str, str]):
    """Texts as they are written. Short ones come again and again, so they are kept."""

    def __missing__(self, text: str) -> str:
        said = _text(text)
        if len(text) < KEPT:
            self[text] = said
        return said


def _cell(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case date():
            return value.isoformat()
        case _:
            return _text(value)


def _text(text: str) -> str:
    if _CONTROLS.search(text):
        text = _CONTROLS.sub(lambda found: spelt(found[0]), re.sub("\r\n?", "\n", text))
    return '"' + guarded(text).replace('"', '""') + '"'
