"""What is about to leave, as text on the screen."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from html import unescape

from horizon.model.wording import count
from horizon.model.words import Edition
from horizon.papers.blocks import (
    Block,
    Bullets,
    Figure,
    Heading,
    KeyValues,
    Notice,
    Numbered,
    PageBreak,
    Paper,
    Paragraph,
    Recommendations,
    Runs,
    Table,
)
from horizon.papers.issuing import Prepared, reminders
from horizon.tui.pages import field, heading, joined, line
from horizon.tui.widgets.page import MUTED, Line, Lines

ROWS = 6
"""Rows of a table that are shown."""

BLOCKS = 150
"""Blocks of a paper that are shown: a few screens full."""

FIRST = 25
"""Lines of a file of text that are shown."""

ACROSS = 160
"""Characters of such a line that are shown."""


def preview(prepared: Prepared) -> Lines:
    """What was prepared: what it is called and marked, then what it holds."""
    leaving, content = prepared.leaving, prepared.content
    if leaving.paper is not None:
        parts = [line(leaving.paper.banner, "bold")]
    else:
        edition = "" if leaving.edition is Edition.INTERNAL else f", {leaving.edition} edition"
        marking = field("Marking", f"{leaving.marking}{edition}", "bold")
        parts = [field("Reference", leaving.reference), marking]
    if leaving.technologies:
        parts.append(field("About", count(len(leaving.technologies), "technology", "technologies")))
    if left := reminders(leaving):
        parts.append(field("To write", f"{count(left, 'place')} left for the author"))
    parts.append(line())
    if leaving.paper is not None:
        parts.append(paper(leaving.paper))
    elif isinstance(content, bytes):
        parts.append(_file(content, prepared.path.suffix.lower()))
    else:
        parts.append(_files(content))
    return joined(parts)


def paper(paper: Paper) -> Lines:
    """A paper's title and its blocks, the first ones of a long paper."""
    parts = [line(paper.title, "bold"), line()]
    blocks = (*paper.opening, *paper.blocks)
    parts += [_block(each) for each in blocks[:BLOCKS]]
    if len(blocks) > BLOCKS:
        more = count(len(blocks) - BLOCKS, "part")
        parts.append(line(f"{more} more, in the file.", MUTED))
    return joined(parts)


def _block(block: Block) -> Lines:
    match block:
        case Heading():
            return heading(block.text) if block.level < 3 else line(block.text, "bold")
        case Paragraph():
            return line(_said(block.runs), MUTED if block.small else "")
        case Numbered():
            return (Line(_said(block.runs), lead=f"{f'{block.number}.':<4}"),)
        case Recommendations():
            letters = [
                (Line(_said(item), lead=f"  {letter}) "),) for letter, item in block.lettered
            ]
            return joined([line(block.lead), *letters])
        case Bullets():
            return tuple(Line(_said(item), lead="  - ") for item in block.items)
        case KeyValues():
            return joined(_pairs(block))
        case Notice():
            return joined([line(), line(f"{block.title}. {block.text}", "bold")])
        case Figure():
            said = f"[Picture: {block.caption}]"
            return joined([line(said, "bold"), line(block.alt, MUTED, indent=2)])
        case Table():
            return joined(_table(block))
        case PageBreak():
            return line("―――― new page ――――", MUTED)


def _said(runs: Runs) -> str:
    return "".join(each.text for each in runs)


def _pairs(block: KeyValues) -> Iterator[Lines]:
    for name, cell in block.pairs:
        note = f" ({cell.note})" if cell.note else ""
        if len(name) > 12:
            yield line(f"{name}{'' if name.endswith('?') else ':'} {cell.text}{note}")
        else:
            yield field(name, f"{cell.text}{note}") or line(f"{name}: -")


def _table(block: Table) -> Iterator[Lines]:
    """A table as a list: on a screen this narrow its columns would not fit beside each other."""
    yield line(f"[Table: {block.caption}]", "bold")
    yield line(" | ".join(block.header), MUTED, indent=2)
    for row in block.rows[:ROWS]:
        yield line(" | ".join(" ".join(cell.text.split()) for cell in row), indent=2)
    if len(block.rows) > ROWS:
        yield line(f"{count(len(block.rows) - ROWS, 'row')} more", MUTED, indent=2)


def _file(content: bytes, ending: str) -> Lines:
    if ending == ".xlsx":
        return _workbook(content)
    if ending == ".zip":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return _files({each: packed.read(each) for each in packed.namelist()})
    if ending == ".svg":
        return _drawing(content.decode("utf-8"))
    lines = content.decode("utf-8-sig").splitlines()
    parts = [line(each[:ACROSS]) for each in lines[:FIRST]]
    if len(lines) > FIRST:
        parts.append(line(f"{count(len(lines) - FIRST, 'line')} more, in the file.", MUTED))
    return joined(parts)


def _files(files: Mapping[str, bytes]) -> Lines:
    """Files by name, tables with the number of their rows."""
    parts = [line(count(len(files), "file"), "bold")]
    for name, content in files.items():
        rows = content.count(b"\n") - 1
        parts.append(line(f"{name}: {count(rows, 'row')}" if name.endswith(".csv") else name))
    return joined(parts)


def _workbook(content: bytes) -> Lines:
    """A workbook's sheets, with the number of their rows below the headings."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        names = re.findall(r'<sheet name="([^"]*)"', packed.read("xl/workbook.xml").decode())
        sheets = [packed.read(f"xl/worksheets/sheet{at}.xml") for at in range(1, len(names) + 1)]
    parts = [line(count(len(names), "sheet"), "bold")]
    for name, sheet in zip(names, sheets, strict=True):
        rows = sheet.count(b"<row ")
        said = f": {count(rows - 1, 'row')}" if b"<tableParts" in sheet else ""
        parts.append(line(f"{unescape(name)}{said}"))
    return joined(parts)


def _drawing(svg: str) -> Lines:
    """What a drawing says of itself to those who do not see it, and its legend."""
    title, about = (
        unescape(found[1]) if (found := re.search(rf"<{tag}[^>]*>([^<]*)</{tag}>", svg)) else ""
        for tag in ("title", "desc")
    )
    blips = [unescape(each) for each in re.findall(r"<g[^>]*><title>([^<]*)</title>", svg)]
    return joined([line(title, "bold"), line(about), line(), *_listed(blips)])


def _listed(names: Iterable[str]) -> Iterator[Lines]:
    for each in names:
        yield line(each)
