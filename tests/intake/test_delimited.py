"""CSV files as they come: encodings, delimiters, quotes, rows that do not fit."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from horizon.model.errors import BadInput
from tests.intake.using import read_table

PLAIN = "name,summary\nGait,Knows people by their walk\nVoice,Hört zu\n"


@pytest.mark.parametrize(
    ("content", "encoding", "said"),
    [
        (PLAIN.encode("utf-8"), "UTF-8", ()),
        (PLAIN.encode("utf-8-sig"), "UTF-8", ()),
        (PLAIN.encode("utf-16"), "UTF-16", ()),
        (PLAIN.encode("cp1252"), "Windows-1252", ("Windows-1252",)),
        (PLAIN.replace("\n", "\r\n").encode(), "UTF-8", ()),
        (PLAIN.replace("\n", "\r").encode(), "UTF-8", ()),
    ],
)
def test_the_same_table_is_read_whatever_wrote_it(
    content: bytes, encoding: str, said: tuple[str, ...]
) -> None:
    table = read_table(content, "list.csv")
    assert table.header == ("name", "summary")
    assert [row.cells for row in table.rows] == [
        ("Gait", "Knows people by their walk"),
        ("Voice", "Hört zu"),
    ]
    assert table.layout == f"{encoding}, comma between cells"
    assert len(table.notices) == len(said)
    assert all(word in notice for word, notice in zip(said, table.notices, strict=True))


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("name,summary\na,b\n", "comma"),
        ("name;summary\na;b, with a comma\n", "semicolon"),
        ("name\tsummary\na\tb, c; d\n", "tab"),
        ("name|summary\na|b\n", "bar"),
        ("name,summary; purpose\na,b\nc,d\n", "comma"),
        ("sep=;\nname;summary\na;b\n", "semicolon"),
        ("name\na\nb\n", "comma"),
        ('name;summary\n"a;1";"b\n;;c"\n', "semicolon"),
    ],
)
def test_the_delimiter_is_found_out(text: str, delimiter: str) -> None:
    table = read_table(text.encode(), "list.csv")
    assert table.layout == f"UTF-8, {delimiter} between cells"
    assert table.header[0] == "name"
    assert table.rows
    assert table.faults == ()


def test_a_cell_can_hold_line_ends_quotes_and_the_delimiter() -> None:
    text = 'name,summary\n"A ""quoted"" name","one\r\ntwo, three"\nB,c\n'
    table = read_table(text.encode(), "list.csv")
    assert table.rows[0].cells == ('A "quoted" name', "one\ntwo, three")
    assert [(row.number, row.line) for row in table.rows] == [(2, 2), (3, 4)]


def test_rows_are_counted_as_a_spreadsheet_counts_them() -> None:
    table = read_table(b"\nname,summary\n\na,b\n,\nc,d\n", "list.csv")
    assert [row.number for row in table.rows] == [4, 6]


def test_a_row_with_too_many_or_too_few_cells_is_refused_with_its_number() -> None:
    table = read_table(b"name,summary\na,b,c\nd\ne,f\ng,h,,\n", "list.csv")
    assert [row.cells for row in table.rows] == [("e", "f"), ("g", "h")]
    assert [(fault.number, fault.why) for fault in table.faults] == [
        (2, "it has 3 cells and the header has 2"),
        (3, "it has 1 cell and the header has 2"),
    ]


def test_text_behind_a_closing_quote_refuses_that_row_alone() -> None:
    table = read_table(b'name,summary\n"a"x,b\nc,d\n', "list.csv")
    assert [row.cells for row in table.rows] == [("c", "d")]
    assert [fault.number for fault in table.faults] == [2]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "There is no header row"),
        (b"\n\n,,\n", "There is no header row"),
        (b"\xef\xbb\xbf", "There is no header row"),
        (b"PK\x03\x04rest", "This is a zipped file"),
        (b"%PDF-1.7\n\xff\xfe\x81", "This is a PDF, and no list"),
        (b"[\n1, 2\n]\n", "There is no list of records in this JSON"),
        (b'[\n{"name": "a",}\n]\n', "This is not JSON"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old or a password-protected workbook"),
        (b"name\n\x00\n", "not text"),
        (b"\x89PNG\r\n\x1a\n\x81", "neither UTF-8 nor Windows-1252"),
        (b'name,summary\na,b\n"c,d\ne,f\n', "Row 3 (line 3) opens a quote that is never closed"),
        (b'name,summary\na,"' + b"x" * 1_100_000 + b'"\n', "Row 2 (line 2) opens a quote"),
    ],
)
def test_a_file_that_is_no_table_is_refused_whole(content: bytes, said: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_table(content, "list.csv")
    assert said in str(refused.value)
    assert "list.csv" in str(refused.value)


@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_refused_in_words(content: bytes) -> None:
    with contextlib.suppress(BadInput):
        table = read_table(content, "list.csv")
        assert all(len(row.cells) == len(table.header) for row in table.rows)
