"""DOCX, for a secretary to edit: real styles, headings, lists and tables."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from html import escape
from typing import Any

from docx.document import Document
from docx.shared import Cm

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
    Run,
    Runs,
    Table,
    bold,
    may_split,
    runs,
)
from horizon.papers.palette import ACCENT, HEAD_FILL, TONES
from horizon.papers.writers.docx_base import LINE_WIDTH, PAPER_TABLE, Numbering, blank, finished
from horizon.papers.writers.setting import png_of

_CLOSE = ("Body Text", "Small print", "List Number", "List Bullet", "Notice")
"""Styles that need more space above when they follow a table."""

_BREAKS = re.compile(r"[\n\t]")
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"


def to_docx(paper: Paper) -> bytes:
    """The paper as a Word document that opens the same in Word and LibreOffice."""
    document = blank(paper)
    setter = _Setter(document)
    parts = [setter.paragraph("Title", runs(paper.title))]
    for block in (*paper.opening, *paper.blocks):
        parts += setter.set(block)
    parts += setter.end()
    return finished(document, "".join(parts), paper)


class _Setter:
    """Sets one block after another, as the XML of a Word document's body."""

    def __init__(self, document: Document) -> None:
        self.document, self.numbering = document, Numbering(document)
        self.numbered = self.numbering.add("decimal", "%1.")
        self.styles = {each.name: each.style_id for each in document.styles}
        self.break_before = self.after_table = False
        self.figures = 0
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

    def set(self, block: Block) -> list[str]:
        """The block's XML."""
        made = list(self.setters[type(block)](block))
        self.after_table = isinstance(block, Table | KeyValues)
        return made

    def end(self) -> list[str]:
        """Word wants a paragraph after a table that comes last."""
        return [self.paragraph("After table", ())] if self.after_table else []

    def paragraph(
        self,
        style: str,
        runs: Runs,
        *,
        number: int = 0,
        keep: bool = False,
        more: str = "",
        ink: str = "",
    ) -> str:
        """A paragraph of a style. `number` is its list, `keep` keeps it with the next, `more` are
        properties of its own, `ink` is the colour of its text."""
        said = [f'<w:pStyle w:val="{self.styles[style]}"/>']
        if keep:
            said.append("<w:keepNext/>")
        if self.break_before:
            said.append("<w:pageBreakBefore/>")
            self.break_before = False
        if number:
            said.append(f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>')
        said.append(more)
        if self.after_table and style in _CLOSE:
            said.append('<w:spacing w:before="200"/>')
            self.after_table = False
        return f"<w:p><w:pPr>{''.join(said)}</w:pPr>{''.join(_run(run, ink) for run in runs)}</w:p>"

    def _heading(self, block: Heading) -> Iterator[str]:
        yield self.paragraph(f"Heading {block.level}", runs(block.text))

    def _paragraph(self, block: Paragraph) -> Iterator[str]:
        yield self.paragraph("Small print" if block.small else "Body Text", block.runs)

    def _numbered(self, block: Numbered) -> Iterator[str]:
        yield self.paragraph("List Number", block.runs, number=self.numbered, keep=block.introduces)

    def _recommendations(self, block: Recommendations) -> Iterator[str]:
        yield self.paragraph("Body Text", runs(block.lead), keep=True)
        letters = self.numbering.add("lowerLetter", "(%1)")
        for _, item in block.lettered:
            yield self.paragraph("List Number", item, number=letters)

    def _bullets(self, block: Bullets) -> Iterator[str]:
        for item in block.items:
            yield self.paragraph("List Bullet", item, number=self.numbering.bullets)

    def _table(self, block: Table) -> Iterator[str]:
        yield self.paragraph("Caption", runs(block.caption))
        widths = _widths(block.widths)
        yield _begin(block.caption, block.summary, widths, self.styles[PAPER_TABLE])
        whole = block.keeps_together
        heads = [
            self._cell(width, [("Table heading", runs(name))], HEAD_FILL, keep=True)
            for width, name in zip(widths, block.header, strict=True)
        ]
        yield _row(heads, (), header=True)
        for at, row in enumerate(block.rows, 1):
            keep = at < len(block.rows) if whole else at == 1
            cells = (self._filled(w, c, keep=keep) for w, c in zip(widths, row, strict=True))
            yield _row(cells, row)
        yield "</w:tbl>"

    def _key_values(self, block: KeyValues) -> Iterator[str]:
        if self.after_table:  # else Word joins the two tables
            yield self.paragraph("After table", ())
        widths = _widths(block.widths)
        yield _begin("Details", block.summary, widths, self.styles[PAPER_TABLE])
        whole = block.keeps_together
        for at, (name, value) in enumerate(block.pairs, 1):
            keep = at < len(block.pairs) if whole else at <= 2
            first = self._cell(widths[0], [("Table heading", runs(name))], "", keep=keep)
            yield _row((first, self._filled(widths[1], value, keep=keep)), [value])
        yield "</w:tbl>"

    def _filled(self, width: int, cell: Cell, *, keep: bool) -> str:
        fill, ink = TONES.get(cell.tone, ("", ""))
        weight = cell.bold or bool(ink)
        said = [("Table text", runs(bold(cell.text) if weight else cell.text))]
        if cell.note:
            said.append(("Table note", runs(cell.note)))
        return self._cell(width, said, fill, ink, keep=keep)

    def _cell(
        self, width: int, said: Sequence[tuple[str, Runs]], fill: str, ink: str = "", *, keep: bool
    ) -> str:
        shading = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
        next_ = "<w:keepNext/>" if keep else ""
        lines = "".join(
            f'<w:p><w:pPr><w:pStyle w:val="{self.styles[style]}"/>{next_}</w:pPr>'
            f"{''.join(_run(run, ink) for run in line)}</w:p>"
            for style, line in said
        )
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shading}</w:tcPr>{lines}</w:tc>'

    def _notice(self, block: Notice) -> Iterator[str]:
        fill, ink = TONES.get(block.tone, (HEAD_FILL, ACCENT))
        above, below = (
            f'<w:{side} w:val="single" w:sz="8" w:space="4" w:color="{fill}"/>'
            for side in ("top", "bottom")
        )
        bar = f'<w:left w:val="single" w:sz="24" w:space="6" w:color="{ink}"/>'
        more = (
            f"<w:pBdr>{above}{bar}{below}</w:pBdr>"
            f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'
        )
        said = runs(bold(block.title), f"\n{block.text}")
        yield self.paragraph("Notice", said, more=more, ink=ink)

    def _figure(self, block: Figure) -> Iterator[str]:
        yield self.paragraph("Caption", runs(block.caption))
        wide, high = block.size
        width = LINE_WIDTH * block.width / 100
        png = io.BytesIO(png_of(block.svg, width))
        relation, _ = self.document.part.get_or_add_image(png)
        self.figures += 1
        across, down = Cm(width), Cm(width * high / wide)
        named = (
            f'id="{self.figures}" name="Picture {self.figures}" '
            f'descr="{escape(block.alt)}" title="{escape(block.caption)}"'
        )
        yield (
            f'<w:p><w:pPr><w:pStyle w:val="{self.styles["Body Text"]}"/></w:pPr><w:r><w:drawing>'
            '<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
            'wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent cx="{across}" cy="{down}"/><wp:docPr {named}/>'
            f'<a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/picture">'
            f'<pic:pic xmlns:pic="{_DRAWING}/picture"><pic:nvPicPr><pic:cNvPr {named}/>'
            "<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>"
            f'<a:blip r:embed="{relation}" xmlns:r="http://schemas.openxmlformats.org/'
            'officeDocument/2006/relationships"/><a:stretch><a:fillRect/></a:stretch>'
            '</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
            f'<a:ext cx="{across}" cy="{down}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
            "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>"
            "</w:drawing></w:r></w:p>"
        )

    def _page_break(self, _: PageBreak) -> Iterator[str]:
        self.break_before = True
        yield ""


def _widths(shares: Sequence[int]) -> list[int]:
    """Columns that share the line, in twentieths of a point."""
    line = int(Cm(LINE_WIDTH).twips)
    return [line * share // sum(shares) for share in shares]


def _begin(caption: str, summary: str, widths: Sequence[int], style: str) -> str:
    """The head of a table, with the title and description that a screen reader speaks."""
    named = "".join(
        f'<w:{tag} w:val="{escape(" ".join(text.split()))}"/>'
        for tag, text in (("tblCaption", caption), ("tblDescription", summary))
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        f'w:lastColumn="0" w:noHBand="1" w:noVBand="1" w:val="0620"/>{named}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
    )


def _row(
    cells: Iterator[str] | Sequence[str], said: Sequence[Cell], *, header: bool = False
) -> str:
    """A row that no page's end cuts, unless it may be longer than a page. The header row stands at
    the top of every page that the table reaches."""
    kept = "" if any(may_split(cell.bulk) for cell in said) else "<w:cantSplit/>"
    repeated = "<w:tblHeader/>" if header else ""
    return f"<w:tr><w:trPr>{kept}{repeated}</w:trPr>{''.join(cells)}</w:tr>"


def _run(run: Run, ink: str = "") -> str:
    look = ("<w:b/>" if run.bold else "") + (f'<w:color w:val="{ink}"/>' if ink else "")
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{_text(run.text)}</w:r>"


def _text(text: str) -> str:
    parts = []
    at = 0
    for found in _BREAKS.finditer(text):
        parts.append(_piece(text[at : found.start()]))
        parts.append("<w:br/>" if found[0] == "\n" else "<w:tab/>")
        at = found.end()
    parts.append(_piece(text[at:]))
    return "".join(parts)


def _piece(text: str) -> str:
    if not text:
        return ""
    return f'<w:t xml:space="preserve">{escape(text, quote=False)}</w:t>'
