"""Spreadsheets as people keep them: covers, two rows of headers, notes below, mixed encodings."""

from __future__ import annotations

import pytest

from horizon.intake import formats
from horizon.intake.columns import find_columns
from horizon.intake.formats import Asked
from horizon.intake.given import Given
from horizon.model.errors import BadInput
from horizon.model.spreadsheet import guarded, unguarded
from tests.intake.using import read


def test_a_cover_above_the_table_is_passed_over_and_said() -> None:
    text = (
        "Register of tools,,,\nPrepared by,Asha Example,,\n,,,\n"
        "Tool,Supplier,Description,TRL\nGait,A,Walks,3\nLip,B,Lips,4\n"
    )
    table = read(text)
    assert table.header == ("Tool", "Supplier", "Description", "TRL")
    assert [row.number for row in table.rows] == [5, 6]
    assert "The header is taken from row 4" in table.notices[0]


def test_a_header_in_foreign_words_is_the_first_row_as_wide_as_the_table() -> None:
    table = read("Liste der Werkzeuge;;\nWerkzeug;Hersteller;Zweck\nGang;A;Sehen\nLippe;B;Lesen\n")
    assert table.header == ("Werkzeug", "Hersteller", "Zweck")
    assert len(table.rows) == 2


def test_a_person_can_say_which_row_is_the_header() -> None:
    text = b"a,b\nc,d\ne,f\n"
    table = formats.read(Given("x.csv", text), Asked(header_row=2))
    assert table.header == ("c", "d")
    assert [row.cells for row in table.rows] == [("e", "f")]
    with pytest.raises(BadInput, match="There is nothing in row 9"):
        formats.read(Given("x.csv", text), Asked(header_row=9))


def test_the_headers_that_a_person_names_help_to_find_the_header() -> None:
    text = b"Stand 2026,Berlin,x\nWerkzeug,Hersteller,Zweck\nGang,A,Sehen\n"
    table = formats.read(Given("x.csv", text), Asked(headers=("Werkzeug", "Hersteller")))
    assert table.header == ("Werkzeug", "Hersteller", "Zweck")


def test_a_header_over_two_rows_is_joined() -> None:
    text = "Technology,,Supplier,\nName,Description,Name,Website\nGait,Walks,A,https://a.example\n"
    table = read(text)
    assert table.header == (
        "Technology Name",
        "Technology Description",
        "Supplier Name",
        "Supplier Website",
    )
    columns = find_columns(table, {}, "list")
    assert columns.named["name"] == "Technology Name"
    assert columns.named["supplier"] == "Supplier Name"
    assert table.rows[0].number == 3
    assert "Rows 1 and 2 together" in table.notices[-1]


def test_an_unnamed_column_is_no_second_header_row() -> None:
    table = read("name,,supplier\nGait,x,A\nLip,y,B\n")
    assert table.header == ("name", "column 2", "supplier")
    assert len(table.rows) == 2


def test_notes_below_the_table_and_repeated_headers_are_no_technologies() -> None:
    text = (
        "name,supplier,trl\nGait,A,3\nname,supplier,trl\nLip,B,4\n,,\n"
        "Source: the futures team,,\nDraft,,\n"
    )
    table = read(text)
    assert [row.cells[0] for row in table.rows] == ["Gait", "Lip"]
    assert [(each.number, each.why) for each in table.faults] == [
        (3, "it repeats the header"),
        (6, "it stands below the table and fills one cell"),
        (7, "it stands below the table and fills one cell"),
    ]


def test_lines_in_another_encoding_are_read_for_themselves() -> None:
    text = "name,summary\nGait,Größe\n".encode() + "Lip,Schön\n".encode("cp1252")
    table = read(text)
    assert [row.cells[1] for row in table.rows] == ["Größe", "Schön"]
    assert (
        "1 line is not UTF-8 and was read as Windows-1252 (the first is line 3)"
        in (table.notices[0])
    )


@pytest.mark.parametrize("spelling", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_known_without_its_mark(spelling: str) -> None:
    table = read("name,summary\nGait,Größe\n".encode(spelling))
    assert table.layout == "UTF-16, comma between cells"
    assert table.rows[0].cells == ("Gait", "Größe")


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+44 20", "-5", "@SUM(A1)", "\tx", "\rx", "\nx", "'quoted'", "''", "  =1", "plain",
     "", "a'b", "\x00x", "＝1"],
)  # fmt: skip
def test_what_the_guard_writes_is_read_back_as_it_was(text: str) -> None:
    assert unguarded(guarded(text)) == text
    written = guarded(text)
    assert not written.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))


def test_a_guarded_cell_is_read_without_its_apostrophe() -> None:
    table = read("name,summary\n'=HYPERLINK,'-5\n'Tis,'quoted'\n")
    assert [row.cells for row in table.rows] == [("=HYPERLINK", "-5"), ("'Tis", "'quoted'")]
