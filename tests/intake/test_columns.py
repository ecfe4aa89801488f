"""Which column says what, and how its cells are read."""

from __future__ import annotations

from datetime import date

import pytest

from horizon.intake.cells import Dates, Unreadable, kind, marking, time_horizon, trl, url
from horizon.intake.columns import Columns, find_columns
from horizon.intake.fields import FIELDS
from horizon.intake.report import as_csv
from horizon.model.errors import BadInput
from horizon.model.several import split_names
from horizon.register import Register
from tests.intake.using import loaded, planned, read_table


def found(text: str, **mapped: str) -> Columns:
    return find_columns(read_table(text.encode(), "list.csv"), mapped, "list.csv")


def test_columns_are_known_by_their_usual_names() -> None:
    columns = found("Tool_Name,Vendor,Description,Website URL,Date published,Cost\na,b,c,,,\n")
    assert columns.named == {
        "name": "Tool_Name",
        "summary": "Description",
        "supplier": "Vendor",
        "url": "Website URL",
        "date": "Date published",
    }
    assert columns.unused == ("Cost",)


def test_the_likelier_of_two_names_is_taken() -> None:
    assert found("Title,Name\na,b\n").named["name"] == "Name"
    assert found("Title,Label\na,b\n").named["name"] == "Title"


def test_a_map_goes_before_every_guess() -> None:
    columns = found("Name,Tool,Vendor\na,b,c\n", name="tool", summary="Name", supplier="")
    assert columns.named == {"name": "Tool", "summary": "Name"}


def test_a_guess_counts_only_where_the_column_fits() -> None:
    columns = found("name,type,date,url\na,Pilot,yesterday,none\nb,Pilot,2026-01-02,\n")
    assert columns.named == {"name": "name", "date": "date"}
    assert "Column 'type' was not taken for kind" in columns.notices[0]
    assert len(columns.notices) == 2


@pytest.mark.parametrize(
    ("text", "mapped", "said"),
    [
        ("a,b\n1,2\n", {}, "No column gives the name"),
        ("a,b\n1,2\n", {}, "The columns are: a, b"),
        ("name,b\n1,2\n", {"name": ""}, "No column gives the name"),
        ("name,b\n1,2\n", {"nam": "b"}, "Did you mean name?"),
        ("name,suppliers\n1,2\n", {"supplier": "supplier"}, "Did you mean suppliers?"),
        ("name,x,x\n1,2,3\n", {"supplier": "x"}, "2 columns are called 'x'"),
    ],
)
def test_a_map_that_cannot_be_followed_is_refused(
    text: str, mapped: dict[str, str], said: str
) -> None:
    with pytest.raises(BadInput) as refused:
        found(text, **mapped)
    assert said in str(refused.value)


def test_no_header_is_claimed_by_two_fields() -> None:
    known = [name for names in FIELDS.values() for name in names]
    assert len(known) == len(set(known))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-24", date(2026, 11, 24)),
        ("2025-06-26T07:39:09Z", date(2025, 6, 26)),
        ("2025-06-26 07:39", date(2025, 6, 26)),
        ("24/11/2026", date(2026, 11, 24)),
        ("3.4.2026", date(2026, 4, 3)),
        ("3 April 2026", date(2026, 4, 3)),
        ("03-Apr-2026", date(2026, 4, 3)),
    ],
)
def test_dates_are_read_as_people_write_them(text: str, day: date) -> None:
    assert Dates.of([text]).read(text) == day


@pytest.mark.parametrize("text", ["2026", "2026-13-01", "31/02/2026", "soon", "2026-11-24x", "1/2"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        Dates.of([text]).read(text)


def test_a_column_shows_whether_day_or_month_comes_first() -> None:
    british = Dates.of(["03/04/2026", "24/11/2026"])
    american = Dates.of(["03/04/2026", "11/24/2026"])
    mixed = Dates.of(["03/04/2026", "24/11/2026", "11/24/2026"])
    assert british.read("03/04/2026") == date(2026, 4, 3)
    assert american.read("03/04/2026") == date(2026, 3, 4)
    assert mixed.read("11/24/2026") == mixed.read("24/11/2026") == date(2026, 11, 24)
    assert mixed.read("04/04/2026") == date(2026, 4, 4)
    with pytest.raises(Unreadable):
        mixed.read("03/04/2026")
    assert "day first, as in 24/11/2026" in british.notices[0]
    assert "month first, as in 11/24/2026" in american.notices[0]


def test_words_for_kinds_levels_and_markings_are_understood() -> None:
    assert kind("Artificial Intelligence") == "ai"
    assert kind("generative ai") == kind("LLM") == "generative-ai"
    assert trl("TRL 7") == trl("7") == 7
    assert time_horizon("h2") == "H2"
    assert marking("Official: Sensitive") == "OFFICIAL-SENSITIVE"
    assert split_names("DFR; Drone response|DFR\nUAS") == ("DFR", "Drone response", "UAS")
    assert url("https://example.org/a?b=c") == "https://example.org/a?b=c"


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (kind, "magic"),
        (trl, "0"),
        (trl, "10"),
        (trl, "7.5"),
        (time_horizon, "H4"),
        (marking, "SECRET"),
        (url, "javascript:alert(1)"),
        (url, "see the brochure"),
        (url, "https://example.org/a b"),
    ],
)
def test_what_a_field_cannot_hold_is_refused(read: object, text: str) -> None:
    assert callable(read)
    with pytest.raises(Unreadable):
        read(text)


def test_a_row_whose_owner_is_nearly_somebody_known_says_so(register: Register) -> None:
    register.propose(name="Lip reading", owner="Ben Example")
    text = b"name,owner\nGait,Ben Exmaple\nNose,Ida Other\n"
    report = planned(register, text, "list.csv")
    assert [row.words for row in report.rows] == [
        "Gait: Ben Exmaple is new to the register, which knows Ben Example",
        "Nose",
    ]


def test_all_that_is_wrong_with_a_row_is_said_at_once(register: Register) -> None:
    text = b"name,kind,url,date\n,gadget,here,2027-01-01\nLip reading,gadget,www.example.org,\n"
    report = planned(register, text, "list.csv", mapped={"name": "name", "kind": "kind"})
    first, second = report.rows
    assert [each.column for each in first.faults] == ["kind", "url", "date", "name"]
    assert [each.column for each in second.faults] == ["kind"]
    for said in ("'gadget': it is not a kind", "'here': it is not a web", "name '': it is empty"):
        assert said in first.words
        assert said.split(": ")[1] in as_csv(report)


def test_a_row_is_told_of_one_of_its_name_that_is_held_back(register: Register) -> None:
    register.propose(name="Lip reading")
    text = b"name,supplier\nLip reading,A\nlip-reading,B\n"
    report = planned(register, text, "list.csv")
    assert [len(row.like) for row in report.rows] == [1, 2]
    assert report.rows[0].like[0].startswith("T-0001 Lip reading has the same name")
    assert report.rows[1].like[1].startswith("row 2 has the same name")
    loaded(register, text, "list.csv", decide={"3": "sighting"})
    assert len(register.technology("T-0001").sightings) == 1
