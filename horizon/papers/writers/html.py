"""One HTML file that needs nothing else: no script, no network, readable by anything.

Its structure is what a screen reader goes by: one main part with a link that skips to it, headings
in order, tables with captions and scopes, pictures with a description. Its print style gives
pages with the marking at head and foot.
"""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
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
    Tone,
)
from horizon.papers.writers.metadata import metadata

WIDE = 5
"""Columns from which a table may be wider than a narrow screen, and scrolls there."""

CONTENTS_FROM = 4
"""Parts from which a paper begins with a list of them."""


def to_html(paper: Paper) -> bytes:
    """The paper as one HTML document in UTF-8."""
    return "".join(_document(paper)).encode("utf-8")


@cache
def _style() -> str:
    return Path(__file__).with_name("paper.css").read_text(encoding="utf-8")


def _document(paper: Paper) -> Iterator[str]:
    banner = _text(paper.banner)
    yield f'<!DOCTYPE html>\n<html lang="{paper.language}">\n<head>\n<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield (
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n"
    )
    yield f"<title>{_line(paper.title)}</title>\n"
    for name, said in metadata(paper).items():
        yield f'<meta name="{name}" content="{_line(said)}">\n'
    yield f"<style>\n{_style()}{_page_style(paper)}</style>\n</head>\n<body>\n"
    yield '<a class="skip" href="#main">Skip to the paper</a>\n'
    yield f'<header><p class="marking">{banner}</p></header>\n<main id="main" tabindex="-1">\n'
    yield f"<h1>{_text(paper.title)}</h1>\n"
    setter = _Setter()
    yield from setter.set(paper.opening)
    yield from _contents(paper)
    yield from setter.set(paper.blocks)
    yield f'</main>\n<footer><p class="foot">{_text(paper.footer)}</p>\n'
    yield f'<p class="marking">{banner}</p></footer>\n</body>\n</html>\n'


def _page_style(paper: Paper) -> str:
    """What printed pages say at head and foot, as the names of the paper are known only here."""
    marked = _css(paper.banner)
    return (
        f"@media print {{ @page {{ @top-center {{ content: {marked}; font: bold 9.5pt Arial; }}\n"
        f"@bottom-center {{ content: {marked}; font: bold 9.5pt Arial; }}\n"
        f"@bottom-left {{ content: {_css(paper.footer)}; font: 8pt Arial; color: #4a5560; "
        "width: 35%; }\n"
        '@bottom-right { content: "Page " counter(page) " of " counter(pages); font: 8pt Arial; '
        "color: #4a5560; width: 35%; } }\n.marking, .foot { display: none; } }\n"
    )


def _css(text: str) -> str:
    """`text` as a CSS string that cannot end the string, the rule or the style element."""
    return '"' + re.sub(r"[^A-Za-z0-9 .,:|/()-]", lambda c: f"\\{ord(c[0]):06x}", text) + '"'


def _text(text: str) -> str:
    return html.escape(text)


def _line(text: str) -> str:
    return html.escape(" ".join(text.split()))


def _contents(paper: Paper) -> Iterator[str]:
    """Links to the parts of a long paper."""
    parts = [each for each in paper.blocks if isinstance(each, Heading) and each.level == 1]
    if len(parts) < CONTENTS_FROM:
        return
    yield '<nav class="contents" aria-labelledby="contents"><h2 id="contents">Contents</h2>\n<ul>\n'
    for number, part in enumerate(parts, 1):
        yield f'<li><a href="#part-{number}">{_text(part.text)}</a></li>\n'
    yield "</ul></nav>\n"


class _Setter:
    """Sets one block after another, counting what needs a name of its own."""

    def __init__(self) -> None:
        self.parts = self.tables = self.figures = 0
        self.breaks = False
        self.setters: dict[type[Block], Callable[[Any], Iterator[str]]] = {
            Heading: self._heading,
            Paragraph: self._paragraph,
            Recommendations: self._recommendations,
            Bullets: self._bullets,
            Table: self._table,
            KeyValues: self._key_values,
            Notice: self._notice,
            Figure: self._figure,
            PageBreak: self._page_break,
        }

    def set(self, blocks: Iterable[Block]) -> Iterator[str]:
        """The blocks as HTML. Numbered paragraphs that follow each other are one list."""
        for kind, group in itertools.groupby(blocks, type):
            if kind is Numbered:
                yield from self._numbered(group)
                continue
            for block in group:
                yield from self.setters[kind](block)

    def _heading(self, block: Heading) -> Iterator[str]:
        named = ""
        if block.level == 1:
            self.parts += 1
            named = f' id="part-{self.parts}"'
        if self.breaks:
            named += ' class="new-page"'
            self.breaks = False
        yield f"<h{block.level + 1}{named}>{_text(block.text)}</h{block.level + 1}>\n"

    def _paragraph(self, block: Paragraph) -> Iterator[str]:
        kind = "pre small" if block.small else "pre"
        yield f'<p class="{kind}">{_runs(block.runs)}</p>\n'

    def _numbered(self, group: Iterable[Any]) -> Iterator[str]:
        yield '<ol class="marked" role="list">\n'
        for block in group:
            yield _marked(f"{block.number}.", block.runs)
        yield "</ol>\n"

    def _recommendations(self, block: Recommendations) -> Iterator[str]:
        yield f'<p class="pre">{_text(block.lead)}</p>\n<ol class="marked" role="list">\n'
        for letter, item in block.lettered:
            yield _marked(f"({letter})", item)
        yield "</ol>\n"

    def _bullets(self, block: Bullets) -> Iterator[str]:
        yield "<ul>\n"
        for item in block.items:
            yield f'<li class="pre">{_runs(item)}</li>\n'
        yield "</ul>\n"

    def _table(self, block: Table) -> Iterator[str]:
        self.tables += 1
        wide = len(block.header) >= WIDE
        if wide:  # a region that can be scrolled must be reachable by keyboard
            yield (
                f'<div class="wide" role="group" aria-labelledby="table-{self.tables}" '
                'tabindex="0">\n'
            )
        yield f'<table>\n<caption id="table-{self.tables}">{_text(block.caption)}'
        yield f'<span class="about">{_text(block.summary)}</span></caption>\n<colgroup>'
        whole = sum(block.widths)
        yield from (f'<col style="width:{100 * each / whole:.1f}%">' for each in block.widths)
        yield "</colgroup>\n<thead><tr>"
        yield from (f'<th scope="col">{_text(each)}</th>' for each in block.header)
        yield "</tr></thead>\n<tbody>\n"
        for row in block.rows:
            yield f"<tr>{''.join(map(_cell, row))}</tr>\n"
        yield "</tbody>\n</table>\n"
        if wide:
            yield "</div>\n"

    def _key_values(self, block: KeyValues) -> Iterator[str]:
        yield f'<table class="pairs">\n<caption class="unseen">{_text(block.summary)}</caption>\n'
        names, said = block.widths
        share = 100 * names // (names + said)
        yield f'<colgroup><col style="width:{share}%"><col></colgroup>\n<tbody>\n'
        for name, cell in block.pairs:
            yield f'<tr><th scope="row">{_text(name)}</th>{_cell(cell)}</tr>\n'
        yield "</tbody>\n</table>\n"

    def _notice(self, block: Notice) -> Iterator[str]:
        yield f'<div class="notice {block.tone}" role="note"><p><strong>{_text(block.title)}'
        yield f"</strong></p><p>{_text(block.text)}</p></div>\n"

    def _figure(self, block: Figure) -> Iterator[str]:
        self.figures += 1
        yield f'<figure style="width:{block.width}%"><figcaption>{_text(block.caption)}'
        yield f"</figcaption>\n{_own_names(block.svg, self.figures)}</figure>\n"

    def _page_break(self, _: PageBreak) -> Iterator[str]:
        self.breaks = True
        yield ""


def _own_names(svg: str, number: int) -> str:
    """A picture whose ids differ from those of the other pictures on the page."""
    return re.sub(
        r'\b(id|aria-labelledby)="([^"]+)"',
        lambda found: f'{found[1]}="{" ".join(f"f{number}-{each}" for each in found[2].split())}"',
        svg,
    )


def _marked(mark: str, item: Runs) -> str:
    return f'<li><span>{mark}</span><span class="pre">{_runs(item)}</span></li>\n'


def _runs(runs: Runs) -> str:
    return "".join(
        f"<strong>{_text(run.text)}</strong>" if run.bold else _text(run.text) for run in runs
    )


def _cell(cell: Cell) -> str:
    tone = f' class="{cell.tone}"' if cell.tone is not Tone.PLAIN else ""
    said = _text(cell.text)
    if cell.bold and said:
        said = f"<strong>{said}</strong>"
    if cell.note:
        said += f'<span class="note">{_text(cell.note)}</span>'
    return f"<td{tone}>{said}</td>"
