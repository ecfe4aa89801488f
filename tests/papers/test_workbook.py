"""The workbook: what a spreadsheet program finds in it."""

import io
import re
import shutil
import zipfile
from datetime import datetime

import openpyxl
import pytest

from horizon.papers.exporting import export_register
from horizon.register import Register
from horizon.store.files import journal_path
from tests.clocks import StandingClock
from tests.papers.outside import resaved

FORMULA = '=HYPERLINK("https://example.org","x")'


@pytest.fixture(scope="module")
def content(tmp_path_factory, made_example):
    path = tmp_path_factory.mktemp("book") / "register.json"
    shutil.copy(made_example, path)
    shutil.copy(journal_path(made_example), journal_path(path))
    with Register.open(path, acting="Sam Example", clock=StandingClock()) as register:
        register.propose(
            name="Formula", summary=FORMULA, problem="x" * 40_000, supplier="a _x0041_ b"
        )
        export_register(register, path.with_name("out.xlsx"))
    return path.with_name("out.xlsx").read_bytes()


@pytest.fixture(scope="module")
def book(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def column(sheet, title):
    at = [each.value for each in sheet[1]].index(title)
    return [row[at] for row in sheet.iter_rows(min_row=2)]


def test_it_has_a_cover_and_a_sheet_for_each_sort_of_record(book):
    assert book.sheetnames == [
        "Cover", "Register", "Decisions", "Conditions", "Due", "Principles", "Answers",
        "Sightings", "Evidence",
    ]  # fmt: skip
    said = {row[0].value: row[1].value for row in book["Cover"].iter_rows()}
    assert said["Marking"] == "OFFICIAL"
    assert len(said["Register head"]) == 64
    assert "29" not in said["Holds"]
    assert said["Holds"] == "30 technologies"


def test_every_sheet_is_a_table_with_filters_and_a_header_that_stays(book):
    for sheet in book.worksheets[1:]:
        (table,) = sheet.tables.values()
        assert table.autoFilter is not None
        assert table.ref == sheet.dimensions
        assert sheet.freeze_panes.endswith("2")
        assert sheet.print_title_rows == "$1:$1"
        titles = [each.value.casefold() for each in sheet[1]]
        assert len(titles) == len(set(titles))


def test_dates_are_dates(book):
    days = [each.value for each in column(book["Register"], "Since")]
    assert all(isinstance(each, datetime) for each in days)


def test_text_is_never_run(book, content):
    cell = next(each for each in column(book["Register"], "Summary") if each.value == FORMULA)
    assert cell.data_type == "s"
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        for name in file.namelist():
            if name.startswith("xl/worksheets/sheet"):
                assert b"<f>" not in file.read(name), name


def test_what_looks_like_a_code_of_excel_stays_as_it_was_typed(content):
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        said = file.read("xl/sharedStrings.xml").decode()
    assert "a _x005F_x0041_ b" in said


def test_a_text_longer_than_a_cell_says_that_it_was_cut(book):
    longest = max((str(each.value) for each in column(book["Register"], "Problem")), key=len)
    assert len(longest) == 32_767
    assert longest.endswith("[cut: 40,000 characters, whole in the JSON export]")


def test_status_is_a_word_before_it_is_a_colour(book):
    words = {each.value for each in column(book["Register"], "Status")}
    assert {"held", "clear", "ended"} <= words


def test_the_marking_is_at_the_head_and_the_foot_of_every_printed_page(book):
    for sheet in book.worksheets:
        assert "OFFICIAL" in sheet.oddHeader.center.text
        assert "OFFICIAL" in sheet.oddFooter.center.text


def test_it_says_to_programs_where_it_comes_from(book):
    held = {each.name: each.value for each in book.custom_doc_props.props}
    assert held["reference"].startswith("REG/")
    assert re.fullmatch("[0-9a-f]{64}", held["register-head"])
    assert held["marking"] == "OFFICIAL"


def test_libreoffice_opens_it_and_saves_it_again_with_every_cell(content, book):
    again = openpyxl.load_workbook(io.BytesIO(resaved(content, ".xlsx")))
    assert again.sheetnames == book.sheetnames
    for sheet in book.worksheets[1:]:
        before = [[cell.value for cell in row] for row in sheet.iter_rows()]
        after = [[cell.value for cell in row] for row in again[sheet.title].iter_rows()]
        assert after == before
