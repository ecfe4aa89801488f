"""PDF, to PDF/UA-1 and PDF/A-2a: tagged, titled, in a language, with its fonts inside.

Typst sets the page and refuses to make a file that breaks the standard. The paper reaches it as
JSON, so nothing anybody typed is ever read as code.
"""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Iterator
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import typst

from horizon.model.cleaning import spelt
from horizon.papers.blocks import (
    Block,
    Cell,
    KeyValues,
    Numbered,
    Paper,
    Recommendations,
    Table,
    may_split,
)
from horizon.papers.writers.metadata import metadata
from horizon.papers.writers.setting import FONTS, fonts

TEMPLATE = Path(__file__).with_name("paper.typ")

LINE = 92
"""Characters of table text that are sure to fit between the margins."""

BREAK = "\u200b"
_WORD = re.compile(r"\S+")


def to_pdf(paper: Paper) -> bytes:
    """The paper as a PDF.

    Characters that no font at hand can show are spelt out as codes, since a box in their place
    would say nothing (and PDF/UA forbids it).
    """
    content = _content(paper)
    try:
        return _compiled(paper, content)
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        return _compiled(paper, _spelt_out(content))


def _content(paper: Paper) -> dict[str, Any]:
    content = paper.model_dump(mode="json", exclude={"blocks"})
    blocks = [_broken(_block(each), LINE) for each in (*paper.opening, *paper.blocks)]
    keywords = [paper.reference, *(f"{name}: {said}" for name, said in metadata(paper).items())]
    return content | {
        "banner": paper.banner,
        "footer": paper.footer,
        "keywords": keywords,
        "blocks": blocks,
    }


def _block(block: Block) -> dict[str, Any]:
    """A block with what the template cannot work out for itself."""
    match block:
        case Recommendations():
            letters = [letter for letter, _ in block.lettered]
            return block.model_dump(mode="json") | {"letters": letters}
        case Numbered():
            return block.model_dump(mode="json") | {"introduces": block.introduces}
        case Table():
            return block.model_dump(mode="json", exclude={"rows"}) | {
                "keep": block.keeps_together,
                "rows": [[_cell(cell) for cell in row] for row in block.rows],
            }
        case KeyValues():
            return {
                "type": block.type,
                "keep": block.keeps_together,
                "widths": list(block.widths),
                "pairs": [[name, _cell(cell)] for name, cell in block.pairs],
            }
        case _:
            return block.model_dump(mode="json")


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "text": cell.text,
        "note": cell.note,
        "bold": cell.bold,
        "tone": cell.tone.value,
        "split": may_split(cell.bulk),
    }


def _broken(value: Any, room: int) -> Any:
    """`value` with places to break in words that are longer than a line of `room` characters."""
    match value:
        case str():
            if len(value) <= room:
                return value
            return _WORD.sub(lambda found: _cut(found[0], room), value)
        case {"type": "table", "widths": [*widths], "header": header, "rows": rows}:
            rooms = [LINE * width // sum(widths) - 2 for width in widths]
            cells = [[_broken(*each) for each in zip(row, rooms, strict=True)] for row in rows]
            named = [_broken(*each) for each in zip(header, rooms, strict=True)]
            return value | {"header": named, "rows": cells}
        case {"type": "key_values", "pairs": pairs, "widths": [names, said]}:
            rooms = [LINE * each // (names + said) - 2 for each in (names, said)]
            return value | {
                "pairs": [
                    [_broken(*each) for each in zip(pair, rooms, strict=True)] for pair in pairs
                ]
            }
        case dict():
            return {key: _broken(each, room) for key, each in value.items()}
        case list():
            return [_broken(each, room) for each in value]
        case _:
            return value


def _cut(word: str, room: int) -> str:
    room = max(room, 1)
    if len(word) <= room:
        return word
    return BREAK.join(word[at : at + room] for at in range(0, len(word), room))


def _compiled(paper: Paper, content: dict[str, Any]) -> bytes:
    made = typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"paper": json.dumps(content)},
        font_paths=fonts(),
        ignore_system_fonts=True,
        pdf_standards=["ua-1", "a-2a"],
        timestamp=datetime.combine(paper.as_at, time(), tzinfo=UTC),
    )
    assert isinstance(made, bytes)
    return made


def _spelt_out(value: Any) -> Any:
    """`value` with every character that our own font lacks spelt out as a code."""
    if isinstance(value, str):
        held = _held()
        return "".join(each if each in held or each in "\n\t" else spelt(each) for each in value)
    if isinstance(value, dict):
        return {key: _spelt_out(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_spelt_out(each) for each in value]
    return value


@cache
def _held() -> frozenset[str]:
    """The characters of the Basic Multilingual Plane that both weights of our font can show."""
    fonts = [path.read_bytes() for path in sorted(FONTS.glob("*.ttf"))]
    held = [frozenset(chr(code) for code in _mapped(font)) for font in fonts]
    return frozenset.intersection(*held)


def _mapped(font: bytes) -> Iterator[int]:
    """The code points in the font's character map (OpenType `cmap`, subtable format 4)."""
    count = struct.unpack_from(">H", font, 4)[0]
    entries = (struct.unpack_from(">4sLLL", font, 12 + 16 * at) for at in range(count))
    cmap = next(offset for tag, _, offset, _ in entries if tag == b"cmap")
    for at in range(struct.unpack_from(">H", font, cmap + 2)[0]):
        start = cmap + struct.unpack_from(">L", font, cmap + 4 + 8 * at + 4)[0]
        if struct.unpack_from(">H", font, start)[0] == 4:
            yield from _segments(font, start)
            return


def _segments(font: bytes, start: int) -> Iterator[int]:
    segments = struct.unpack_from(">H", font, start + 6)[0] // 2
    ends = struct.unpack_from(f">{segments}H", font, start + 14)
    begins = struct.unpack_from(f">{segments}H", font, start + 16 + 2 * segments)
    for begin, end in zip(begins, ends, strict=True):
        yield from range(begin, end + 1 if end < 0xFFFF else begin)
