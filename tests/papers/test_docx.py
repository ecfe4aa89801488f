"""The Word document: what a secretary's program, and a screen reader, find in it."""

import io
import zipfile
from datetime import datetime

import pytest
from docx import Document
from docx.oxml.ns import qn

from horizon.papers.writers import WRITERS
from tests.papers.making import paper


@pytest.fixture(scope="module")
def content():
    return WRITERS[".docx"](paper())


@pytest.fixture(scope="module")
def document(content):
    return Document(io.BytesIO(content))


def styles(document, name):
    return [each.text for each in document.paragraphs if each.style.name == name]


def test_headings_are_headings(document):
    assert styles(document, "Title") == ["New technology for decision"]
    assert styles(document, "Heading 1") == [
        "Summary",
        "Recommendations",
        "Main report",
        "Annex 1: Fraud report triage",
    ]
    assert styles(document, "Heading 2") == ["Background", "Scores"]


def test_no_heading_stands_alone_at_the_foot_of_a_page(document):
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3", "Caption"):
        assert document.styles[name].paragraph_format.keep_with_next


def test_an_annex_starts_a_page_without_an_empty_paragraph(document):
    annex = next(each for each in document.paragraphs if each.text.startswith("Annex 1"))
    assert annex.paragraph_format.page_break_before


def test_recommendations_and_paragraphs_are_lists_that_word_counts(document):
    numbering = document.part.numbering_part.element
    forms = {
        each.get(qn("w:abstractNumId")): each.find(f".//{qn('w:numFmt')}").get(qn("w:val"))
        for each in numbering.findall(qn("w:abstractNum"))
    }
    used = [
        forms[str(each._p.pPr.numPr.numId.val)]
        for each in document.paragraphs
        if each._p.pPr is not None and each._p.pPr.numPr is not None
    ]
    assert used.count("lowerLetter") == 28
    assert used.count("decimal") == 3
    assert used.count("bullet") == 2


def test_tables_repeat_their_header_and_keep_rows_whole(document):
    headed = [
        each
        for each in document.tables
        if each.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
    ]
    assert len(headed) == 2
    for table in document.tables:
        assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in table.rows)


def test_tables_are_described_for_people_who_do_not_see_them(document):
    for table in document.tables:
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
        assert table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val"))


def test_columns_have_the_widths_they_ask_for(document):
    table = next(each for each in document.tables if len(each.columns) == 5)
    widths = [column.width for column in table.columns]
    assert widths[1] == pytest.approx(3 * widths[0], rel=0.01)


def test_the_marking_is_on_every_page(document):
    section = document.sections[0]
    assert [each.text for each in section.header.paragraphs] == ["OFFICIAL-SENSITIVE"]
    assert section.footer.paragraphs[0].text == "OFFICIAL-SENSITIVE"
    assert not section.different_first_page_header_footer


def test_pages_are_numbered_by_fields(document):
    footer = document.sections[0].footer._element
    codes = [each.text.strip() for each in footer.iter(qn("w:instrText"))]
    assert codes == ["PAGE", "NUMPAGES"]


def test_the_document_says_its_title_language_and_day(document):
    properties = document.core_properties
    assert properties.title == "New technology for decision"
    assert properties.language == "en-GB"
    assert properties.author == properties.last_modified_by == "Farah Example"
    assert (
        properties.created
        == properties.modified
        == datetime.fromisoformat("2026-11-24T00:00+00:00")
    )
    assert not properties.comments
    languages = {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))} - {
        None
    }
    assert languages == {"en-GB"}


def test_status_is_a_word_before_it_is_a_colour(document):
    table = next(each for each in document.tables if len(each.columns) == 5)
    words = {row.cells[4].text for row in table.rows[1:]}
    assert words == {"Stop", "Held", "Below gate", "Clear"}


def test_every_entry_of_the_file_carries_the_day_of_the_data(content):
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert {each.date_time for each in file.infolist()} == {(2026, 11, 24, 0, 0, 0)}
        assert file.testzip() is None
        assert not any("thumbnail" in each for each in file.namelist())


def test_word_does_not_open_it_in_compatibility_mode(document):
    modes = [
        each.get(qn("w:val"))
        for each in document.settings.element.iter(qn("w:compatSetting"))
        if each.get(qn("w:name")) == "compatibilityMode"
    ]
    assert modes == ["15"]


def test_a_picture_is_there_with_what_it_shows(document):
    picture = next(document.element.body.iter(qn("wp:docPr")))
    assert picture.get("descr") == "A bar of one and a bar of two."
    assert len(document.inline_shapes) == 1


def test_it_says_to_programs_where_it_comes_from(content):
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        said = file.read("docProps/custom.xml").decode()
    assert 'name="register-head"><vt:lpwstr>3f8a' in said
    assert f'name="content-digest"><vt:lpwstr>{paper().content_digest}' in said
