"""Markdown (CommonMark with GitHub's tables), for wikis and for reading in a terminal."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from horizon.papers.blocks import (
    Block,
    Bullets,
    Cell,
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

_MARKUP = re.compile(r"[\\`*_{}\[\]<>|~&$^]")
_LINE_START = re.compile(r"^(\s*)([#+=\-:]|\d+(?=[.)]))", re.MULTILINE)


def to_markdown(paper: Paper) -> bytes:
    """The paper as Markdown, in UTF-8. What people typed is escaped and stays text."""
    marking = f"**{_text(paper.banner)}**"
    parts = [marking, f"# {_line(paper.title)}"]
    parts += [_SETTERS[type(block)](block) for block in (*paper.opening, *paper.blocks)]
    parts += ["---", _text(paper.footer), marking]
    return ("\n\n".join(part for part in parts if part) + "\n").encode("utf-8")


def _text(text: str) -> str:
    """`text` with everything that Markdown would act on escaped; line ends become hard breaks."""
    return _LINE_START.sub(_escape_start, _MARKUP.sub(r"\\\g<0>", text)).replace("\n", "\\\n")


def _escape_start(found: re.Match[str]) -> str:
    space, mark = found[1].replace("\t", " "), found[2]
    return f"{space.strip(' ')}{mark}\\" if mark.isdigit() else f"{space.strip(' ')}\\{mark}"


def _line(text: str) -> str:
    return _text(" ".join(text.split("\n")))


def _cell(text: str) -> str:
    return _text(text).replace("\\\n", "<br>").replace("\t", " ")


def _runs(runs: Runs) -> str:
    return "".join(_strong(run.text) if run.bold else _text(run.text) for run in runs)


def _strong(text: str) -> str:
    """Bold, with the spaces at its ends outside: `**so **` is not bold in Markdown."""
    inner = text.strip()
    if not inner:
        return text
    before, _, after = text.partition(inner)
    return f"{before}**{_text(inner)}**{after}"


def _heading(block: Heading) -> str:
    return f"{'#' * (block.level + 1)} {_line(block.text)}"


def _paragraph(block: Paragraph) -> str:
    return _runs(block.runs)


def _numbered(block: Numbered) -> str:
    return f"{block.number}. {_indented(_runs(block.runs))}"


def _recommendations(block: Recommendations) -> str:
    items = (f"({letter}) {_runs(item)}" for letter, item in block.lettered)
    return "\n\n".join([_text(block.lead), *items])


def _bullets(block: Bullets) -> str:
    return "\n".join(f"- {_indented(_runs(item))}" for item in block.items)


def _indented(text: str) -> str:
    return text.replace("\n", "\n   ")


def _table(block: Table) -> str:
    rows = [[_said(cell) for cell in row] for row in block.rows]
    return f"**{_line(block.caption)}**\n\n{_grid([_cell(each) for each in block.header], rows)}"


def _key_values(block: KeyValues) -> str:
    rows = [[f"**{_cell(name)}**", _said(cell)] for name, cell in block.pairs]
    return _grid(["", ""], rows)


def _said(cell: Cell) -> str:
    words = _cell(cell.text)
    bold = (cell.bold or cell.tone != "plain") and words
    return (f"**{words}**" if bold else words) + (f"<br>{_cell(cell.note)}" if cell.note else "")


def _grid(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines: Iterator[Sequence[str]] = iter([header, ["---"] * len(header), *rows])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _notice(block: Notice) -> str:
    return f"> **{_text(block.title)}**\\\n> " + _text(block.text).replace("\n", "\n> ")


def _figure(block: Figure) -> str:
    """What the picture shows, in words: Markdown has no place for the picture itself."""
    return f"**{_line(block.caption)}**\n\n{_text(block.alt)}"


def _page_break(_: PageBreak) -> str:
    return "---"


_SETTERS: dict[type[Block], Callable[[Any], str]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Numbered: _numbered,
    Recommendations: _recommendations,
    Bullets: _bullets,
    Table: _table,
    KeyValues: _key_values,
    Notice: _notice,
    Figure: _figure,
    PageBreak: _page_break,
}
