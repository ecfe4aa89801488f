"""Papers read back, as their readers' programs do."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser

import pypdf
from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree

ODF_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def text_of(extension: str, content: bytes) -> str:
    """All that a written paper says, line by line."""
    if extension == ".docx":
        return "\n".join(docx_text(content))
    if extension == ".pdf":
        reader = pypdf.PdfReader(io.BytesIO(content))
        pages = " ".join(page.extract_text() for page in reader.pages)
        return " ".join(pages.replace("\u200b", "").split())
    if extension == ".odt":
        return "\n".join(odt_text(content))
    if extension == ".html":
        return html_text(content.decode("utf-8"))
    return content.decode("utf-8").replace("\\", "")


def docx_text(content: bytes) -> Iterator[str]:
    """Paragraphs and cells in order, then headers and footers."""
    document = Document(io.BytesIO(content))
    for part in document.iter_inner_content():
        if isinstance(part, Paragraph):
            yield part.text
        elif isinstance(part, Table):
            for row in part.rows:
                yield from (cell.text for cell in row.cells)
    section = document.sections[0]
    yield from (each.text for each in section.header.paragraphs)
    yield from (each.text for each in section.footer.paragraphs)


def odt_text(content: bytes) -> Iterator[str]:
    """Paragraphs and headings in order, then headers and footers."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        for name in ("content.xml", "styles.xml"):
            root = etree.fromstring(file.read(name))
            for each in root.iter(f"{ODF_TEXT}p", f"{ODF_TEXT}h"):
                yield _odt_said(each)


def _odt_said(node: etree._Element) -> str:
    said = {"line-break": "\n", "tab": "\t"}.get(etree.QName(node).localname, node.text or "")
    if node.tag == f"{ODF_TEXT}s":
        said = " " * int(node.get(f"{ODF_TEXT}c", "1"))
    return said + "".join(_odt_said(each) + (each.tail or "") for each in node)


class _Said(HTMLParser):
    """The text of a page, a line for each element; what is in the style is not text."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.hidden = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden = tag == "style"
        if tag in ("p", "li", "td", "th", "h1", "h2", "h3", "h4", "caption", "div", "text"):
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.hidden = False

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(data)


def html_text(page: str) -> str:
    """All that a page says."""
    reader = _Said()
    reader.feed(page)
    reader.close()
    return "".join(reader.parts)
