"""ODT, the open standard that government asks for, written without any other program."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from html import escape
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
    may_split,
)
from horizon.papers.writers.metadata import metadata
from horizon.papers.writers.odt_base import (
    HEAD,
    LINE_WIDTH,
    MIMETYPE,
    SPACES,
    automatic_styles,
    manifest,
    name_of,
    properties,
    styles,
)
from horizon.papers.writers.packing import packed
from horizon.papers.writers.setting import png_of

_SPECIAL = re.compile(r"\n|\t|(?:(?<=[ \n\t])|^) +")


def to_odt(paper: Paper) -> bytes:
    """The paper as an OpenDocument text (ODF 1.3)."""
    setter = _Setter()
    body = "".join(
        (
            f'<text:p text:style-name="Title">{_text(paper.title)}</text:p>',
            *(part for block in (*paper.opening, *paper.blocks) for part in setter.set(block)),
        )
    )
    content = (
        f'{HEAD}<office:document-content {SPACES} office:version="1.3">'
        f"{automatic_styles(setter.widths)}<office:body><office:text>{body}</office:text>"
        "</office:body></office:document-content>"
    )
    return packed(
        [
            ("mimetype", MIMETYPE.encode("ascii")),  # must come first
            ("content.xml", content.encode("utf-8")),
            ("styles.xml", styles(paper).encode("utf-8")),
            ("meta.xml", properties(paper, metadata(paper)).encode("utf-8")),
            *((f"Pictures/{at}.png", each) for at, each in enumerate(setter.pictures, 1)),
            ("META-INF/manifest.xml", manifest(len(setter.pictures)).encode("utf-8")),
        ],
        paper.as_at,
    )


def _text(text: str) -> str:
    """`text` with line ends, tabs and runs of spaces as ODF spells them."""
    return _SPECIAL.sub(_spelt, escape(text, quote=False))


def _spelt(found: re.Match[str]) -> str:
    match found[0]:
        case "\n":
            return "<text:line-break/>"
        case "\t":
            return "<text:tab/>"
        case spaces:
            return f'<text:s text:c="{len(spaces)}"/>'


def _span(style: str, text: str) -> str:
    if not style:
        return _text(text)
    return f'<text:span text:style-name="{style}">{_text(text)}</text:span>'


def _runs(runs: Runs) -> str:
    return "".join(_span("Strong" if run.bold else "", run.text) for run in runs)


class _Setter:
    """Sets one block after another. `widths` are the columns' styles, `pictures` their PNGs."""

    def __init__(self) -> None:
        self.widths: dict[str, float] = {}
        self.pictures: list[bytes] = []
        self.tables = 0
        self.break_before = False
        self.setters: dict[type[Block], Callable[[Any], Iterator[str]]] = {
            Heading: self._heading,
            Paragraph: self._paragraph,
            Numbered: self._numbered,
            Recommendations: self._recommendations,
            Bullets: self._bullets,
            Table: self._table,
            KeyValues: self._key_values,
            Notice: self._notice,
            Figure: self._figure,
            PageBreak: self._page_break,
        }

    def set(self, block: Block) -> Iterator[str]:
        """The block as ODF. A page that must begin here begins with a heading or a line."""
        if self.break_before and not isinstance(block, Heading | PageBreak):
            self.break_before = False
            yield '<text:p text:style-name="New_20_page_20_Text_20_body"/>'
        yield from self.setters[type(block)](block)

    def _heading(self, block: Heading) -> Iterator[str]:
        style = name_of(f"Heading {block.level}")
        if self.break_before and block.level < 3:
            style, self.break_before = f"New_20_page_20_{style}", False
        yield (
            f'<text:h text:style-name="{style}" text:outline-level="{block.level}">'
            f"{_text(block.text)}</text:h>"
        )

    def _paragraph(self, block: Paragraph) -> Iterator[str]:
        style = "Small_20_print" if block.small else "Text_20_body"
        yield f'<text:p text:style-name="{style}">{_runs(block.runs)}</text:p>'

    def _numbered(self, block: Numbered) -> Iterator[str]:
        style = "Introduction" if block.introduces else "List_20_item"
        yield (
            f'<text:list text:style-name="Paragraphs"><text:list-item '
            f'text:start-value="{block.number}"><text:p text:style-name="{style}">'
            f"{_runs(block.runs)}</text:p></text:list-item></text:list>"
        )

    def _recommendations(self, block: Recommendations) -> Iterator[str]:
        yield f'<text:p text:style-name="Introduction">{_text(block.lead)}</text:p>'
        yield _list("Letters", block.items)

    def _bullets(self, block: Bullets) -> Iterator[str]:
        yield _list("Bullets", block.items)

    def _table(self, block: Table) -> Iterator[str]:
        yield f'<text:p text:style-name="Caption">{_text(block.caption)}</text:p>'
        yield from self._begin(block.caption, block.summary, block.widths, block.keeps_together)
        yield '<table:table-header-rows><table:table-row table:style-name="Row">'
        yield from (_cell("heading", _paragraph("Table_20_heading", h)) for h in block.header)
        yield "</table:table-row></table:table-header-rows>"
        for row in block.rows:
            yield _row(row, (_filled(cell) for cell in row))
        yield "</table:table>"

    def _key_values(self, block: KeyValues) -> Iterator[str]:
        yield from self._begin("Details", block.summary, block.widths, block.keeps_together)
        for name, value in block.pairs:
            first = _cell("", _paragraph("Table_20_heading", name))
            yield _row([value], (first, _filled(value)))
        yield "</table:table>"

    def _begin(self, title: str, summary: str, widths: Sequence[int], whole: bool) -> Iterator[str]:
        self.tables += 1
        style = "Table_20_whole" if whole else "Table"
        yield f'<table:table table:name="Table{self.tables}" table:style-name="{style}">'
        yield f"<table:title>{escape(title)}</table:title>"
        yield f"<table:desc>{escape(summary)}</table:desc>"
        for width in widths:
            share = LINE_WIDTH * width / sum(widths)
            name = f"W{round(1000 * share)}"
            self.widths[name] = share
            yield f'<table:table-column table:style-name="{name}"/>'

    def _notice(self, block: Notice) -> Iterator[str]:
        yield f'<text:p text:style-name="Notice_20_{block.tone}">{_span("Strong", block.title)}'
        yield f"<text:line-break/>{_text(block.text)}</text:p>"

    def _figure(self, block: Figure) -> Iterator[str]:
        wide, high = block.size
        width = LINE_WIDTH * block.width / 100
        self.pictures.append(png_of(block.svg, width))
        number = len(self.pictures)
        yield f'<text:p text:style-name="Caption">{_text(block.caption)}</text:p>'
        yield (
            f'<text:p text:style-name="Text_20_body"><draw:frame draw:name="Picture{number}" '
            f'draw:style-name="Graphics" text:anchor-type="as-char" svg:width="{width:.2f}cm" '
            f'svg:height="{width * high / wide:.2f}cm"><draw:image '
            f'xlink:href="Pictures/{number}.png" xlink:type="simple" xlink:show="embed" '
            f'xlink:actuate="onLoad"/><svg:title>{escape(block.caption)}</svg:title>'
            f"<svg:desc>{escape(block.alt)}</svg:desc></draw:frame></text:p>"
        )

    def _page_break(self, _: PageBreak) -> Iterator[str]:
        self.break_before = True
        yield ""


def _list(style: str, items: Sequence[Runs]) -> str:
    said = "".join(
        f'<text:list-item><text:p text:style-name="List_20_item">{_runs(each)}</text:p>'
        "</text:list-item>"
        for each in items
    )
    return f'<text:list text:style-name="{style}">{said}</text:list>'


def _paragraph(style: str, text: str) -> str:
    return f'<text:p text:style-name="{style}">{_text(text)}</text:p>'


def _row(cells: Sequence[Cell], set_cells: Iterator[str] | tuple[str, ...]) -> str:
    """A row that no page's end cuts, unless it may be longer than a page."""
    style = "Row_20_long" if any(may_split(cell.bulk) for cell in cells) else "Row"
    return f'<table:table-row table:style-name="{style}">{"".join(set_cells)}</table:table-row>'


def _cell(style: str, said: str) -> str:
    return (
        f'<table:table-cell table:style-name="Cell{style}" office:value-type="string">{said}'
        "</table:table-cell>"
    )


def _filled(cell: Cell) -> str:
    toned = cell.tone is not Tone.PLAIN
    ink = str(cell.tone) if toned else ""
    words = _span(f"Strong{ink}" if cell.bold or toned else "", cell.text)
    said = f'<text:p text:style-name="Table_20_text">{words}</text:p>'
    if cell.note:
        note = _span(f"Ink{ink}" if toned else "", cell.note)
        said += f'<text:p text:style-name="Table_20_note">{note}</text:p>'
    return _cell(ink, said)
