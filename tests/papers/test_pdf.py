"""The PDF: what a screen reader and an archive find in it."""

import io

import pikepdf
import pypdf
import pytest

from horizon.papers.blocks import Paragraph, runs
from horizon.papers.writers import WRITERS
from horizon.papers.writers.setting import FONTS
from tests.papers.making import paper
from tests.papers.outside import verapdf


@pytest.fixture(scope="module")
def content():
    return WRITERS[".pdf"](paper())


@pytest.fixture(scope="module")
def file(content):
    with pikepdf.open(io.BytesIO(content)) as opened:
        yield opened


def elements(node):
    """The elements of the structure tree, in order."""
    if isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node.K)
    elif isinstance(node, pikepdf.Array):
        for each in node:
            yield from elements(each)


def tags(node):
    return [str(each.S) for each in elements(node)]


def test_it_claims_pdf_ua_1_and_pdf_a_2a(file):
    with file.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert metadata["dc:title"] == "New technology for decision"


def test_it_is_tagged_and_says_its_language_and_title(file):
    assert file.Root.MarkInfo.Marked
    assert str(file.Root.Lang) == "en-GB"
    assert file.Root.ViewerPreferences.DisplayDocTitle


def test_its_parts_are_tagged_as_what_they_are(file):
    found = tags(file.Root.StructTreeRoot.K)
    for tag in ("/Title", "/H1", "/H2", "/P", "/L", "/LI", "/Lbl", "/LBody", "/Table", "/THead",
                "/TH", "/TD", "/Caption"):  # fmt: skip
        assert tag in found, tag
    assert found.count("/TH") == 10


def test_a_picture_is_tagged_with_what_it_shows(file):
    figures = [each for each in elements(file.Root.StructTreeRoot.K) if each.S == "/Figure"]
    assert [str(each.Alt) for each in figures] == ["A bar of one and a bar of two."]


def test_it_says_to_programs_where_it_comes_from(file):
    assert f"content-digest: {paper().content_digest}" in str(file.docinfo["/Keywords"])
    assert "register-head: 3f8a3f8a" in str(file.docinfo["/Keywords"])


def test_its_headings_are_bookmarks(content):
    outline = pypdf.PdfReader(io.BytesIO(content)).outline
    named = [each.title for each in outline if not isinstance(each, list)]
    assert named == ["Summary", "Recommendations", "Main report", "Annex 1: Fraud report triage"]


def test_its_fonts_are_our_own_and_inside_it(file):
    fonts = {}
    for page in file.pages:
        for font in page.Resources.Font.values():
            inner = font.DescendantFonts[0]
            fonts[str(inner.BaseFont).rpartition("+")[2]] = inner.FontDescriptor
    assert set(fonts) == {"LiberationSans", "LiberationSans-Bold"}
    assert all("/FontFile2" in each or "/FontFile3" in each for each in fonts.values())


def test_the_fonts_travel_with_their_licence():
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / "LICENSE-OFL.txt").read_text("utf-8")
    assert len(list(FONTS.glob("*.ttf"))) == 2


def test_its_day_is_that_of_the_data(file):
    assert str(file.docinfo["/CreationDate"]).startswith("D:20261124")


def test_the_marking_is_at_the_head_and_the_foot_of_every_page(content):
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        said = page.extract_text()
        assert said.count("OFFICIAL-SENSITIVE") >= 2
        assert f"Page {number} of {len(pages)}" in said


def test_a_table_over_two_pages_has_its_header_on_both(content):
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    headed = [
        page
        for page in pages
        if "Ref Technology Stage Tier Status" in " ".join(page.extract_text().split())
    ]
    assert len(headed) >= 3


def test_characters_no_font_can_show_are_spelt_as_codes():
    made = WRITERS[".pdf"](paper(blocks=(Paragraph(runs=runs("Made by 華為 😀 for café")),)))
    said = pypdf.PdfReader(io.BytesIO(made)).pages[0].extract_text()
    assert "[U+83EF]" in said
    assert "[U+1F600]" in said
    assert "for café" in said


def test_symbols_that_our_font_lacks_come_from_those_inside_typst():
    made = WRITERS[".pdf"](paper(blocks=(Paragraph(runs=runs("Done ✓ ≥ 5")),)))
    said = pypdf.PdfReader(io.BytesIO(made)).pages[0].extract_text()
    assert "Done ✓ ≥ 5" in " ".join(said.split())


@pytest.mark.parametrize("flavour", ["ua1", "2a"])
def test_verapdf_finds_it_fit_for_screen_readers_and_for_the_archive(content, flavour):
    assert verapdf(content, flavour) == "compliant"


def test_verapdf_is_not_blind(content):
    with pikepdf.open(io.BytesIO(content)) as opened:
        del opened.Root.MarkInfo
        spoilt = io.BytesIO()
        opened.save(spoilt)
    assert verapdf(spoilt.getvalue(), "ua1") != "compliant"
