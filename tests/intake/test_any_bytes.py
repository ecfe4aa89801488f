"""Any bytes at all are rows and refusals: never a traceback, never a hang, nothing lost."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from horizon.intake import formats
from horizon.intake.choices import WhenAlike
from horizon.intake.columns import find_columns
from horizon.intake.formats import FORMATS
from horizon.intake.given import Given
from horizon.intake.reading import Read, Reading, read_all
from horizon.intake.table import Table
from horizon.model.errors import BadInput
from horizon.model.words import Kind, SourceType
from horizon.register import Register
from horizon.register.checking import verify
from tests.clocks import StandingClock
from tests.intake.using import loaded
from tests.papers.registers import TODAY

QUICK = settings(
    deadline=3000,
    max_examples=int(os.environ.get("FUZZ", "60")),
    suppress_health_check=[HealthCheck.too_slow],
)

NAMES = (
    "name title ring quadrant isNew label entries rings timeline date tool_name publishing_body "
    "algoritmes doel organisatie landscape items subcategories records id t-1 revision stage "
    "technologies head"
)
WORDS = st.sampled_from(NAMES.split())
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), WORDS
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=5),
    max_leaves=30,
)


def accounted(given: Given, format: str = "") -> None:
    """Read it, or be refused in one line; then every row is read or refused with a reason."""
    words = ""
    try:
        table = formats.read(given, format=format)
        columns = find_columns(table, {}, given.name)
    except BadInput as refused:
        words = str(refused)
    if words:
        assert "\n" not in words
        return
    assert_whole(table)
    reading = Reading(columns, given.name, "", SourceType.RESEARCH, Kind.OTHER, TODAY)
    for each in read_all(reading, table.rows, lambda done: None):
        assert isinstance(each, Read) or all(fault.why and fault.do for fault in each.faults)


def assert_whole(table: Table) -> None:
    places = [each.at for each in (*table.rows, *table.faults)]
    assert sorted(places) == list(range(1, len(places) + 1))
    assert all(len(row.cells) == len(table.header) for row in table.rows)
    assert all(fault.why and fault.do for fault in table.faults)
    assert all(row.place and row.ref for row in table.rows)


@QUICK
@given(st.binary(max_size=300), st.sampled_from(["", *FORMATS]))
def test_any_bytes_in_any_reader(content: bytes, format: str) -> None:
    accounted(Given("list", content), format)


@QUICK
@given(st.text(max_size=300), st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_any_text_in_any_encoding(text: str, encoding: str) -> None:
    accounted(Given("list.csv", text.encode(encoding, "replace")))


@QUICK
@given(
    st.lists(st.lists(st.text("ab,;\"'\n\r\t=| 1é\ufeff", max_size=6), max_size=5), max_size=8),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_any_lines_of_cells(rows: list[list[str]], delimiter: str, end: str) -> None:
    text = end.join(delimiter.join(cells) for cells in [["name", "id", "date"], *rows])
    accounted(Given("list.csv", text.encode()))


@QUICK
@given(JSON)
def test_any_json(value: Any) -> None:
    accounted(Given("list.json", json.dumps(value).encode()))


@pytest.mark.parametrize("format", ["zalando", "backstage", "atrs", "dutch", "byor", "horizon"])
@QUICK
@given(data=st.data())
def test_any_entries_of_a_known_format(format: str, data: st.DataObject) -> None:
    entry = st.dictionaries(WORDS, JSON, max_size=6)
    wanted: dict[str, dict[str, Any]] = {
        "zalando": {"label": "a", "ring": 1, "quadrant": 2},
        "backstage": {"title": "a", "timeline": []},
        "atrs": {"tool_name": "a", "publishing_body": "b"},
        "dutch": {"title": "a", "doel": "b", "organisatie": "c"},
        "byor": {"name": "a", "ring": "b", "quadrant": "c", "isNew": "TRUE"},
        "horizon": {"id": "t-1", "label": "T-1", "name": "a", "stage": "s", "revision": 1},
    }
    entries = [wanted[format], *data.draw(st.lists(entry | JSON, max_size=3))]
    around: Any = {
        "zalando": {"entries": entries, "rings": data.draw(JSON)},
        "backstage": {"entries": entries, "rings": data.draw(JSON), "quadrants": data.draw(JSON)},
        "atrs": {"records": entries},
        "dutch": {"algoritmes": entries},
    }.get(format, entries)
    given = Given("list.json", json.dumps(around).encode())
    assert formats.read(given).rows
    accounted(given)


@QUICK
@given(st.text("abc:-[]{}&*!|>%@#'\" \n\t,?~", max_size=200))
def test_any_yaml(text: str) -> None:
    accounted(Given("list.yml", f"landscape:\n{text}".encode()))
    accounted(Given("page.md", f"---\ntitle: a\n{text}\n---\nbody".encode()))


@QUICK
@given(JSON)
def test_any_landscape(value: Any) -> None:
    tree = [{"name": "c", "subcategories": [{"name": "s", "items": [value, {"name": "a"}]}]}, value]
    accounted(Given("list.yml", b"landscape:\n" + json.dumps(tree).encode()))


def workbook() -> bytes:
    made = openpyxl.Workbook()
    made.active.append(["Name", "Date", "Summary"])  # type: ignore[union-attr]
    made.active.append(["Gait", 4, "=1+1"])  # type: ignore[union-attr]
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


BOOK = workbook()


@QUICK
@given(st.integers(0, len(BOOK) - 1), st.binary(min_size=1, max_size=4), st.booleans())
def test_any_damage_to_a_workbook(at: int, bytes_: bytes, cut: bool) -> None:
    spoilt = BOOK[:at] + bytes_ + (b"" if cut else BOOK[at + len(bytes_) :])
    accounted(Given("list.xlsx", spoilt))


@QUICK
@given(st.data())
def test_any_damage_inside_a_part_of_a_workbook(data: st.DataObject) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as old, zipfile.ZipFile(out, "w") as new:
        names = old.namelist()
        spoilt = data.draw(st.sampled_from(names))
        for name in names:
            part = old.read(name)
            if name == spoilt:
                at = data.draw(st.integers(0, len(part)))
                part = part[:at] + data.draw(st.binary(max_size=6)) + part[at + 3 :]
            new.writestr(name, part)
    accounted(Given("list.xlsx", out.getvalue()))


CELL = st.sampled_from(["", "Gait", "gait", "Lip", "Ear 1", "Ear 2", "a", "b", "2026-01-02", "x"])


@settings(QUICK, max_examples=25)
@given(
    header=st.permutations(["name", "id", "supplier", "summary", "aliases", "url", "source"]),
    rows=st.lists(st.lists(CELL, min_size=7, max_size=7), max_size=9),
    duplicates=st.sampled_from(WhenAlike),
    order=st.randoms(use_true_random=False),
)
def test_any_table_twice_and_in_any_order_changes_nothing_the_second_time(
    header: list[str], rows: list[list[str]], duplicates: WhenAlike, order: random.Random
) -> None:
    def content(lines: list[list[str]]) -> str:
        out = io.StringIO()
        csv.writer(out).writerows([header, *lines])
        return out.getvalue()

    with (
        tempfile.TemporaryDirectory() as folder,
        Register.create(
            Path(folder) / "register.json", name="Fuzz", acting="Sam", clock=StandingClock()
        ) as register,
    ):
        first = loaded(register, content(rows), duplicates=duplicates)
        assert len(first.rows) == sum(1 for row in rows if any(row))
        before = register.store.history()
        lines = len(list(before))
        mixed = list(rows)
        order.shuffle(mixed)
        for again in (rows, mixed):
            report = loaded(register, content(again), duplicates=duplicates)
            assert report.counts["new"] == report.counts["changed"] == 0
            assert not report.gone
        assert len(list(register.store.history())) == lines
        assert verify(register.path).faults == ()
