"""The OpenDocument text: what LibreOffice, and a screen reader, find in it."""

import io
import re
import zipfile

import pytest
from lxml import etree

from horizon.papers.blocks import Paragraph, runs
from horizon.papers.writers import WRITERS
from tests.papers.making import paper
from tests.papers.outside import resaved
from tests.papers.reading import text_of

SPACES = {
    short: f"urn:oasis:names:tc:opendocument:xmlns:{full}:1.0"
    for short, full in {
        "text": "text", "table": "table", "draw": "drawing", "style": "style",
        "svg": "svg-compatible", "fo": "xsl-fo-compatible", "meta": "meta",
    }.items()
} | {"dc": "http://purl.org/dc/elements/1.1/"}  # fmt: skip


@pytest.fixture(scope="module")
def content():
    return WRITERS[".odt"](paper())


@pytest.fixture(scope="module")
def parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


@pytest.fixture(scope="module")
def text(parts):
    return etree.fromstring(parts["content.xml"])


def found(root, path):
    return root.xpath(path, namespaces=SPACES)


def test_its_kind_comes_first_so_that_any_program_knows_it(content, parts):
    assert content[30:38] == b"mimetype"
    assert parts["mimetype"] == b"application/vnd.oasis.opendocument.text"
    listed = found(
        etree.fromstring(parts["META-INF/manifest.xml"]), "//@*[local-name()='full-path']"
    )
    assert set(listed) - {"/"} == set(parts) - {"mimetype", "META-INF/manifest.xml"}


def test_headings_have_their_levels(text):
    level = f"{{{SPACES['text']}}}outline-level"
    levels = [(each.get(level), each.text) for each in found(text, "//text:h")]
    assert levels == [
        ("1", "Summary"), ("1", "Recommendations"), ("1", "Main report"), ("2", "Background"),
        ("1", "Annex 1: Fraud report triage"), ("2", "Scores"),
    ]  # fmt: skip


def test_tables_repeat_their_header_and_are_described(text):
    headed = found(text, "//table:table[table:table-header-rows]")
    assert len(headed) == 2
    for each in found(text, "//table:table"):
        assert each.findtext("table:title", namespaces=SPACES)
        assert each.findtext("table:desc", namespaces=SPACES)


def test_paragraphs_keep_their_numbers(text):
    starts = found(text, "//text:list[@text:style-name='Paragraphs']/*/@text:start-value")
    assert starts == ["1", "2", "3"]


def test_an_annex_starts_a_page(text):
    annex = next(each for each in found(text, "//text:h") if each.text.startswith("Annex"))
    style = annex.get(f"{{{SPACES['text']}}}style-name")
    breaks = f"//style:style[@style:name='{style}']/style:paragraph-properties/@fo:break-before"
    assert found(text, breaks) == ["page"]


def test_a_picture_is_there_with_what_it_shows(text, parts):
    assert parts["Pictures/1.png"].startswith(b"\x89PNG")
    assert found(text, "//draw:frame/svg:desc")[0].text == "A bar of one and a bar of two."


def test_the_marking_and_the_page_number_are_on_every_page(parts):
    styles = etree.fromstring(parts["styles.xml"])
    assert found(styles, "//style:header/text:p/text()") == ["OFFICIAL-SENSITIVE"]
    assert found(styles, "//style:footer/text:p/text()")[0] == "OFFICIAL-SENSITIVE"
    assert found(styles, "//style:footer//text:page-number")
    assert found(styles, "//style:footer//text:page-count")


def test_it_says_its_title_language_and_day(parts):
    meta = etree.fromstring(parts["meta.xml"])
    assert found(meta, "//dc:title/text()") == ["New technology for decision"]
    assert found(meta, "//dc:language/text()") == ["en-GB"]
    assert found(meta, "//dc:date/text()") == ["2026-11-24T00:00:00"]
    styles = etree.fromstring(parts["styles.xml"])
    assert found(styles, "//style:default-style//@fo:country") == ["GB"]


def test_spaces_tabs_and_line_ends_are_kept():
    typed = "  two  before,\tone tab\n and a line   end"
    made = WRITERS[".odt"](paper(blocks=(Paragraph(runs=runs(typed)),)))
    assert typed in text_of(".odt", made)


@pytest.mark.parametrize("extension", [".odt", ".docx"])
def test_libreoffice_opens_it_and_saves_it_again_with_every_word(extension):
    before = WRITERS[extension](paper())
    after = resaved(before, extension)
    words, again = (_words(text_of(extension, each)) for each in (before, after))
    assert words == again
    assert "OFFICIAL-SENSITIVE" in words


def _words(said):
    """The words, but for how many pages there are: a word processor counts them as it opens."""
    return re.sub(r"Page \d+ of \d+", "Page", said).split()
