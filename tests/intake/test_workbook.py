"""Excel workbooks: sheets, merged headers, values as text, and files that mean harm."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from horizon.intake import formats
from horizon.intake.formats import Asked
from horizon.intake.given import LARGEST, Given
from horizon.intake.load import plan
from horizon.intake.report import Outcome
from horizon.intake.table import Table
from horizon.model.errors import BadInput
from horizon.register import Register


def book(fill: Callable[[Worksheet], Any], **sheets: Callable[[Worksheet], Any]) -> bytes:
    """A workbook whose first sheet is filled by `fill`, the others by name."""
    made = Workbook()
    first = made.active
    assert isinstance(first, Worksheet)
    first.title = "Tools"
    fill(first)
    for name, each in sheets.items():
        each(made.create_sheet(name))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def rows_of(*rows: tuple[Any, ...]) -> Callable[[Worksheet], None]:
    def fill(sheet: Worksheet) -> None:
        for row in rows:
            sheet.append(row)

    return fill


def read(content: bytes, asked: Asked | None = None) -> Table:
    return formats.read(Given("list.xlsx", content), asked)


def cells(table: Table) -> list[tuple[str, ...]]:
    return [row.cells for row in table.rows]


def repacked(content: bytes, **changed: bytes) -> bytes:
    """The workbook with parts added or replaced: `a__b_xml` stands for `a/b.xml`."""
    out = io.BytesIO()
    parts = {
        name.replace("__", "/").replace("_xml", ".xml"): each for name, each in changed.items()
    }
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for each in old.infolist():
            if each.filename not in parts:
                new.writestr(each, old.read(each))
        for name, part in parts.items():
            new.writestr(name, part)
    return out.getvalue()


PLAIN = rows_of(("Name", "Supplier"), ("Gait", "A"))


def test_values_are_read_as_a_person_would_type_them() -> None:
    made = book(
        rows_of(
            ("Name", "TRL", "Seen", "When", "Live", "Share", "Summary"),
            ("Gait", 7, date(2026, 1, 2), datetime(2026, 1, 2, 3, 4), True, 0.5, "one\ntwo "),
        )
    )
    table = read(made)
    assert table.layout == "Excel workbook, sheet 'Tools'"
    assert cells(table) == [
        ("Gait", "7", "2026-01-02", "2026-01-02 03:04:00", "yes", "0.5", "one\ntwo")
    ]
    assert table.rows[0].place == "row 2"


def test_blank_rows_and_short_rows_are_no_matter_and_a_column_without_a_name_is_kept() -> None:
    table = read(book(rows_of(("Name", "Supplier"), (), ("Gait",), ("Lip", "B", "extra"))))
    assert table.header == ("Name", "Supplier", "column 3")
    assert cells(table) == [("Gait", "", ""), ("Lip", "B", "extra")]
    assert [row.number for row in table.rows] == [3, 4]


def test_the_sheet_with_the_best_known_header_is_read_and_the_others_are_named() -> None:
    made = book(rows_of(("How to use this",), ("Fill in the next sheet",)), Data=PLAIN)
    table = read(made)
    assert cells(table) == [("Gait", "A")]
    assert "Not read: sheet 'Tools'." in table.notices
    assert read(made, Asked(sheet="tools")).header == ("How to use this",)
    with pytest.raises(BadInput, match="There is no sheet 'Else'"):
        read(made, Asked(sheet="Else"))


def test_sheets_with_the_same_header_are_read_together() -> None:
    made = book(PLAIN, North=rows_of(("name", "supplier"), ("Lip", "B")), Notes=rows_of(("x",)))
    table = read(made)
    assert cells(table) == [("Gait", "A"), ("Lip", "B")]
    assert [row.place for row in table.rows] == ["row 2 of sheet Tools", "row 2 of sheet North"]
    assert [row.ref for row in table.rows] == ["sheet Tools!2", "sheet North!2"]


def test_a_hidden_sheet_is_not_read_unless_it_is_asked_for() -> None:
    def hidden(sheet: Worksheet) -> None:
        PLAIN(sheet)
        sheet.sheet_state = "hidden"

    made = book(rows_of(("Name",), ("Lip",)), Old=hidden)
    assert cells(read(made)) == [("Lip",)]
    assert cells(read(made, Asked(sheet="Old"))) == [("Gait", "A")]


def test_merged_cells_make_groups_of_a_header_and_reach_down_a_column() -> None:
    def fill(sheet: Worksheet) -> None:
        rows_of(
            ("List of tools",),
            (),
            ("Technology", None, "Supplier", None),
            ("Name", "Area", "Name", "Website"),
            ("Gait", "Video", "A", "https://a.example"),
            ("Face", None, "A", None),
            ("Section two",),
            ("Lip", "Sound", "B", None),
        )(sheet)
        for merged in ("A1:D1", "A3:B3", "C3:D3", "B5:B6", "A7:D7"):
            sheet.merge_cells(merged)

    table = read(book(fill))
    assert table.header == (
        "Technology Name",
        "Technology Area",
        "Supplier Name",
        "Supplier Website",
    )
    assert [row[:2] for row in cells(table)] == [
        ("Gait", "Video"),
        ("Face", "Video"),
        ("Lip", "Sound"),
    ]
    assert [(each.number, each.why) for each in table.faults] == [
        (7, "it is a heading across the table")
    ]


def computed_once(*rows: tuple[Any, ...]) -> bytes:
    """A workbook in which 1+1 came to 2, and no other formula was worked out."""
    made = book(rows_of(*rows))
    sheet = zipfile.ZipFile(io.BytesIO(made)).read("xl/worksheets/sheet1.xml")
    computed = sheet.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>").replace(
        b"<f>1+1</f><v/>", b"<f>1+1</f><v>2</v>"
    )
    assert computed != sheet
    return repacked(made, xl__worksheets__sheet1_xml=computed)


def test_a_formula_is_what_it_last_came_to_and_is_never_worked_out(register: Register) -> None:
    content = computed_once(("Name", "Summary", "Other"), ("=1+1", "b", '=HYPERLINK("http://x")'))
    report = plan(register, Given("list.xlsx", content))
    assert [each.name for each in report.of(Outcome.NEW)] == ["2"]
    assert "2 cells hold a formula" in report.notices[-1]


def test_a_formula_without_a_value_is_refused_with_its_cell(register: Register) -> None:
    content = computed_once(("Name", "Supplier"), ("=1+1", "A"), ("Gait", "=CONCAT(A1,B1)"))
    (row,) = plan(register, Given("list.xlsx", content)).of(Outcome.REFUSED)
    assert (row.column, row.value) == ("Supplier", "=CONCAT(A1,B1)")
    assert "the file holds no value that it came to" in row.words
    assert "save it, or type the value" in row.words


def test_a_name_that_is_a_formula_without_a_value_is_refused(register: Register) -> None:
    content = computed_once(("Name", "Supplier"), ("=1+1", "A"), ("=A2&B2", "B"))
    (row,) = plan(register, Given("list.xlsx", content)).of(Outcome.REFUSED)
    assert (row.column, row.name) == ("Name", "=A2&B2")


@pytest.mark.parametrize("content", [b"PK\x03\x04garbage", b"\x8d\x81" * 50, b"", b"\x00" * 40])
def test_what_is_no_workbook_though_it_is_called_one_is_refused_in_a_line(content: bytes) -> None:
    with pytest.raises(BadInput) as refused:
        read(content)
    assert "\n" not in str(refused.value)
    assert "list.xlsx" in str(refused.value)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    large = tmp_path / "large.xlsx"
    with large.open("wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(BadInput, match="larger than 50 MB"):
        Given.of_file(large)


def test_text_that_looks_like_a_formula_stays_text() -> None:
    def fill(sheet: Worksheet) -> None:
        PLAIN(sheet)
        sheet["A2"].value = "=cmd|'/c calc'!A1"
        sheet["A2"].data_type = "s"

    assert cells(read(book(fill))) == [("=cmd|'/c calc'!A1", "A")]


def hostile() -> dict[str, tuple[bytes, str]]:
    made = book(PLAIN)
    sheet = zipfile.ZipFile(io.BytesIO(made)).read("xl/worksheets/sheet1.xml")
    locked = bytearray(made)
    for at in range(len(locked) - 4):
        if locked[at : at + 4] == b"PK\x01\x02":
            locked[at + 8] |= 1
    entity = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]>' + sheet[sheet.index(b"<w") :]
    far = sheet.replace(b'<row r="2"', b'<row r="4000000000"')
    return {
        "zip bomb": (repacked(made, xl__media__big_xml=b"<a>" + b"0" * 30_000_000), "unpacks to"),
        "external link": (
            repacked(made, xl__externalLinks__externalLink1_xml=b"<externalLink/>"),
            "it takes values from another file",
        ),
        "entities": (repacked(made, xl__worksheets__sheet1_xml=entity), "declares XML entities"),
        "entities in UTF-16": (
            repacked(
                made,
                xl__worksheets__sheet1_xml=entity.decode()
                .replace("?>", ' encoding="UTF-16"?>', 1)
                .encode("utf-16"),
            ),
            "declares XML entities",
        ),
        "password": (bytes(locked), "locked with a password"),
        "a row far down": (
            repacked(made, xl__worksheets__sheet1_xml=far),
            "more than 200,000 rows",
        ),
        "cut short": (made[: len(made) // 2], "damaged"),
        "no sheet": (repacked(made, xl__workbook_xml=b"<workbook/>"), "no sheet with a table"),
        "another zip": (repacked(b"PK\x05\x06" + bytes(18), readme_xml=b"<a/>"), "zipped file"),
    }


@pytest.mark.parametrize("harm", hostile())
def test_a_workbook_that_means_harm_is_refused_in_one_line_and_at_once(harm: str) -> None:
    content, said = hostile()[harm]
    started = time.monotonic()
    with pytest.raises(BadInput) as refused:
        read(content)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)
    assert time.monotonic() - started < 5


def test_a_cell_far_to_the_right_costs_nothing() -> None:
    def fill(sheet: Worksheet) -> None:
        PLAIN(sheet)
        sheet["XFD2"] = "far"

    assert cells(read(book(fill)))[0][:2] == ("Gait", "A")


def test_the_reader_leaves_no_warning_and_no_open_file(recwarn: pytest.WarningsRecorder) -> None:
    read(book(PLAIN))
    assert not list(recwarn)
    assert openpyxl.__version__ >= "3.1.5"
