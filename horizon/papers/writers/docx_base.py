"""The empty Word document that papers are set into: styles, lists, page furniture, properties."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime, time
from html import escape
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from horizon.papers.blocks import Paper
from horizon.papers.palette import ACCENT, INK, LINE, QUIET
from horizon.papers.writers.metadata import metadata
from horizon.papers.writers.packing import entries_of, packed

FONT = "Arial"

PAPER_TABLE = "Paper table"
MARGIN = 2.2
LINE_WIDTH = 21 - 2 * MARGIN
"""Centimetres between the margins of an A4 page."""

# name: based on, size, bold, colour, before, after, left indent, hanging, keep with next
_STYLES: dict[str, tuple[str, float, bool, str, float, float, float, float, bool]] = {
    "Title": ("Normal", 21, True, ACCENT, 0, 10, 0, 0, True),
    "Heading 1": ("Normal", 15, True, ACCENT, 14, 4, 0, 0, True),
    "Heading 2": ("Normal", 12.5, True, ACCENT, 11, 3, 0, 0, True),
    "Heading 3": ("Normal", 10.5, True, ACCENT, 9, 2, 0, 0, True),
    "Body Text": ("Normal", 10.5, False, INK, 2, 4, 0, 0, False),
    "Small print": ("Normal", 8.5, False, QUIET, 3, 3, 0, 0, False),
    "List Number": ("Normal", 10.5, False, INK, 1, 4, 0.9, 0.9, False),
    "List Bullet": ("Normal", 10.5, False, INK, 1, 3, 0.6, 0.6, False),
    "Caption": ("Normal", 9, True, ACCENT, 7, 2, 0, 0, True),
    "Table heading": ("Normal", 9, True, ACCENT, 2, 2, 0, 0, False),
    "Table text": ("Normal", 9, False, INK, 2, 2, 0, 0, False),
    "Table note": ("Normal", 8.5, False, QUIET, 0, 2, 0, 0, False),
    "Notice": ("Normal", 9.5, False, INK, 8, 8, 0.25, 0, False),
    "After table": ("Normal", 4, False, INK, 0, 4, 0, 0, False),
    "Header": ("Normal", 9.5, True, INK, 0, 0, 0, 0, False),
    "Footer": ("Normal", 8.5, False, QUIET, 0, 0, 0, 0, False),
}


def blank(paper: Paper) -> Document:
    """An empty document with our styles and pages, and the paper's marking on every one."""
    document = docx.Document()
    _set_properties(document, paper)
    _set_settings(document, paper.language)
    _set_styles(document, paper.language)
    _set_page(document, paper)
    return document


def finished(document: Document, body: str, paper: Paper) -> bytes:
    """The document's file with `body` as its text.

    The text is put in as XML, since adding it piece by piece through an object for each cell takes
    a hundred times as long.
    """
    loose = io.BytesIO()
    document.save(loose)
    parts = dict(entries_of(loose.getvalue()))
    text = parts["word/document.xml"].decode("utf-8")
    before, mark, after = text.partition("<w:sectPr")
    parts["word/document.xml"] = f"{before}{body}{mark}{after}".encode()
    _define_properties(parts, metadata(paper))
    return packed(parts.items(), paper.as_at)


def _define_properties(parts: dict[str, bytes], named: Mapping[str, str]) -> None:
    """Put properties of our own into the file, which python-docx has no word for."""
    form = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
    values = "".join(
        f'<property fmtid="{form}" pid="{number}" name="{name}">'
        f"<vt:lpwstr>{escape(said)}</vt:lpwstr></property>"
        for number, (name, said) in enumerate(named.items(), 2)
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006"
    parts["docProps/custom.xml"] = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties '
        f'xmlns="{office}/custom-properties" xmlns:vt="{office}/docPropsVTypes">{values}'
        "</Properties>"
    ).encode()
    kind = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    for name, end, more in (
        (
            "[Content_Types].xml",
            "</Types>",
            f'<Override PartName="/docProps/custom.xml" ContentType="{kind}"/>',
        ),
        (
            "_rels/.rels",
            "</Relationships>",
            f'<Relationship Id="rIdOwn" Type="{office}/relationships/custom-properties" '
            'Target="docProps/custom.xml"/>',
        ),
    ):
        said = parts[name].decode("utf-8")
        parts[name] = said.replace(end, more + end).encode()


class Numbering:
    """The document's numbered lists, each counted on its own."""

    def __init__(self, document: Document) -> None:
        self.numbering = document.part.numbering_part.element
        for old in list(self.numbering):
            self.numbering.remove(old)
        self.bullets = self.add("bullet", "\u2022", indent=0.6)

    def add(self, form: str, text: str, *, indent: float = 0.9) -> int:
        """A new list. `form` is Word's name of the count, `text` how a number looks (`(%1)`)."""
        number = len(self.numbering.findall(qn("w:num"))) + 1
        left = Cm(indent).twips
        level = f"""<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">
            <w:multiLevelType w:val="singleLevel"/>
            <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/>
            <w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>
            <w:pPr><w:tabs><w:tab w:val="num" w:pos="{left}"/></w:tabs>
            <w:ind w:left="{left}" w:hanging="{left}"/></w:pPr></w:lvl></w:abstractNum>"""
        first = self.numbering.find(qn("w:num"))
        abstract = parse_xml(level)
        if first is None:
            self.numbering.append(abstract)
        else:
            first.addprevious(abstract)
        uses = f'<w:abstractNumId w:val="{number}"/>'
        self.numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}">{uses}</w:num>'))
        return number


def _set_properties(document: Document, paper: Paper) -> None:
    properties, moment = document.core_properties, datetime.combine(paper.as_at, time())
    properties.title = paper.title[:255]
    properties.subject = paper.reference[:255]
    properties.author = properties.last_modified_by = paper.author[:255]
    properties.keywords = paper.marking.value
    properties.language = paper.language
    properties.comments, properties.category, properties.revision = "", "Board paper", 1
    properties.created = properties.modified = moment
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del package.rels[key]


def _set_settings(document: Document, language: str) -> None:
    settings = document.settings.element
    settings.find(qn("w:zoom")).set(qn("w:percent"), "100")
    settings.find(qn("w:themeFontLang")).set(qn("w:val"), language)
    for each in settings.iter(qn("w:compatSetting")):
        if each.get(qn("w:name")) == "compatibilityMode":
            each.set(qn("w:val"), "15")  # else Word opens the paper in compatibility mode


def _set_styles(document: Document, language: str) -> None:
    styles = document.styles
    for style in list(styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name != "Normal Table":
            style.delete()
    defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    defaults.find(qn("w:lang")).set(qn("w:val"), language)
    for name in ("Normal", *_STYLES):
        if name not in styles:
            styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        fonts = styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        fonts.attrib.clear()
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{script}"), FONT)
    normal = styles["Normal"]
    normal.font.size = Pt(10.5)
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = 1.12
    normal.paragraph_format.widow_control = True
    for name, (base, size, bold, colour, before, after, left, hanging, keep) in _STYLES.items():
        style = styles[name]
        style.base_style = styles[base]
        style.font.size, style.font.bold = Pt(size), bold
        style.font.italic = False
        style.font.color.rgb = RGBColor.from_string(colour)
        form = style.paragraph_format
        form.space_before, form.space_after = Pt(before), Pt(after)
        form.left_indent, form.first_line_indent = Cm(left), Cm(-hanging)
        form.keep_with_next = keep
    _plain_title(styles["Title"])
    _spaced_lists(styles["List Number"])
    _spaced_lists(styles["List Bullet"])
    for name in ("Table heading", "Table text", "Table note"):
        styles[name].paragraph_format.line_spacing = 1.0
    styles["Notice"].paragraph_format.keep_together = True
    _add_table_style(document)


def _spaced_lists(style: Any) -> None:
    """Items keep their distance: the template lets neighbours of one style close up."""
    found = style.element.pPr.find(qn("w:contextualSpacing"))
    if found is not None:
        style.element.pPr.remove(found)


def _plain_title(style: Any) -> None:
    """The title without the rule and the wide letters of the template."""
    for parent, tag in ((style.element.pPr, "w:pBdr"), (style.element.rPr, "w:spacing")):
        found = parent.find(qn(tag))
        if found is not None:
            parent.remove(found)


def _add_table_style(document: Document) -> None:
    style = document.styles.add_style(PAPER_TABLE, WD_STYLE_TYPE.TABLE)
    edge = f'w:val="single" w:sz="4" w:space="0" w:color="{LINE}"'
    style.element.append(
        parse_xml(
            f"""<w:tblPr {nsdecls("w")}><w:tblBorders><w:top {edge}/><w:bottom {edge}/>
            <w:insideH {edge}/></w:tblBorders><w:tblCellMar>
            <w:top w:w="14" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>
            <w:bottom w:w="14" w:type="dxa"/><w:right w:w="85" w:type="dxa"/>
            </w:tblCellMar></w:tblPr>"""
        )
    )


def _set_page(document: Document, paper: Paper) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(MARGIN)
    section.top_margin, section.bottom_margin = Cm(2.4), Cm(2.3)
    section.header_distance, section.footer_distance = Cm(1.1), Cm(0.9)
    header, footer = section.header.paragraphs[0], section.footer.paragraphs[0]
    header.add_run(paper.banner)
    header.alignment = WD_ALIGN_PARAGRAPH.CENTER
    marking = footer.insert_paragraph_before(style="Header")
    marking.add_run(paper.banner)
    marking.alignment = WD_ALIGN_PARAGRAPH.CENTER
    stops = footer.paragraph_format.tab_stops
    stops.add_tab_stop(Cm(LINE_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    footer.add_run(f"{paper.footer}\tPage ")
    _field(footer, "PAGE")
    footer.add_run(" of ")
    _field(footer, "NUMPAGES")
    for name in ("Header", "Footer"):
        tabs = document.styles[name].element.pPr.find(qn("w:tabs"))
        if tabs is not None:
            document.styles[name].element.pPr.remove(tabs)


def _field(paragraph: Paragraph, code: str) -> None:
    """A field that the word processor fills in."""
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("shown", "1"), ("end", "")):
        run = paragraph.add_run("1" if kind == "shown" else "")
        if kind == "":
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = f" {text} "
        elif kind != "shown":
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        else:
            continue
        run._r.append(element)
