"""Rows become technologies, all in one change, or are refused aloud."""

from __future__ import annotations

from datetime import date

import pytest

from horizon.intake.load import load
from horizon.intake.report import Outcome
from horizon.model.errors import BadInput, RuleBroken
from horizon.model.words import Kind, SourceType
from horizon.register import Register
from horizon.register.checking import verify
from tests.intake.using import loaded, outcomes, planned


def test_published_records_become_technologies_with_their_source_as_a_sighting(
    register: Register, atrs: bytes
) -> None:
    report = loaded(register, atrs, "uk_atrs_extract.csv")
    assert report.columns == {
        "name": "tool_name",
        "source": "publishing_body",
        "url": "url",
        "date": "published",
    }
    assert [each.outcome for each in report.rows] == [Outcome.NEW] * 20
    assert [each.label for each in report.rows] == [f"T-{n:04}" for n in range(1, 21)]
    darat = register.technology("DARAT")
    sighting = darat.sightings[0]
    assert sighting.source == "Hampshire and Thames Valley Police"
    assert sighting.seen_on == date(2024, 2, 29)
    assert sighting.url.endswith("/hampshire-and-thames-valley-police-darat")
    assert darat.origins[0].place == "row 13 of uk_atrs_extract.csv"
    assert darat.stage == "signal"
    assert register.technology("TrustID").sightings[0].source == "uk_atrs_extract.csv"
    assert register.technology("Food Hygiene Rating Scheme – AI")
    assert register.technology("Access Assure, Technology Enabled Care")


def test_an_import_is_one_line_of_the_journal(register: Register, atrs: bytes) -> None:
    before = list(register.history())
    loaded(register, atrs, "uk_atrs_extract.csv")
    after = list(register.history())
    assert len(after) == len(before) + 1
    assert verify(register.path).faults == ()


def test_importing_the_same_file_again_adds_nothing(register: Register, atrs: bytes) -> None:
    loaded(register, atrs, "uk_atrs_extract.csv")
    before = list(register.history())
    again = loaded(register, atrs, "uk_atrs_extract.csv")
    assert [each.outcome for each in again.rows] == [Outcome.UNCHANGED] * 20
    assert again.rows[0].label == "T-0001"
    assert not again.gone
    assert list(register.history()) == before


def test_a_plan_changes_nothing(register: Register, atrs: bytes) -> None:
    before = list(register.history())
    report = planned(register, atrs, "uk_atrs_extract.csv")
    assert len(report.of(Outcome.NEW)) == 20
    assert not report.done
    assert list(register.history()) == before


def test_rows_that_moved_are_still_known_by_their_names(register: Register, atrs: bytes) -> None:
    loaded(register, atrs, "uk_atrs_extract.csv")
    header, *rows = atrs.splitlines(keepends=True)
    turned = b"".join([header, *reversed(rows), b'New Body,"New, thing",2026-01-02T03:04:05Z,\n'])
    report = loaded(register, turned, "uk_atrs_extract.csv")
    assert [each.name for each in report.of(Outcome.NEW)] == ["New, thing"]


def test_every_field_of_a_row_is_taken(register: Register) -> None:
    text = (
        "name,summary,problem,supplier,kind,aliases,owner,horizon,trl,marking,source,url,date\n"
        '"Voice  to\ntext","First line\nsecond line",Typing,Someone Ltd,LLM,Dictation; V2T,'
        "Asha Example,h1,TRL 8,official-sensitive,Trade press,https://example.org,3 April 2026\n"
    )
    loaded(register, text, source="Scan", source_type=SourceType.MEDIA)
    made = register.technology("Dictation")
    assert made.name == "Voice to text"
    assert made.summary == "First line\nsecond line"
    assert (made.problem, made.supplier, made.kind) == ("Typing", "Someone Ltd", "generative-ai")
    assert made.owner is not None
    assert register.name(made.owner) == "Asha Example"
    assert (made.time_horizon, made.trl, made.marking) == ("H1", 8, "OFFICIAL-SENSITIVE")
    sighting = made.sightings[0]
    assert (sighting.source, sighting.source_type) == ("Trade press, Scan", "media")
    assert (sighting.url, sighting.seen_on) == ("https://example.org", date(2026, 4, 3))


def test_what_no_column_says_is_given_for_all_rows(register: Register) -> None:
    loaded(register, "name\nOne\nTwo\n", kind=Kind.SENSING)
    for name in ("One", "Two"):
        made = register.technology(name)
        assert made.kind == "sensing"
        assert made.sightings[0].seen_on == date(2026, 11, 24)
        assert made.sightings[0].source == "list.csv"


def test_a_refused_row_says_which_cell_why_and_what_to_do(register: Register) -> None:
    text = (
        "name,kind,date,url,TRL\n"
        "Good,ai,2026-01-02,https://example.org,5\n"
        ",ai,2026-01-02,,5\n"
        "Bad kind,magic,2026-01-02,,5\n"
        "Bad day,ai,2026-02-31,,5\n"
        "Tomorrow,ai,2026-11-25,,5\n"
        "Bad link,ai,2026-01-02,brochure,5\n"
        "Bad level,ai,2026-01-02,,11\n"
        "Ragged,ai\n"
        "Also good,,,,\n"
    )
    report = loaded(register, text)
    assert [each.name for each in report.of(Outcome.NEW)] == ["Good", "Also good"]
    words = {each.row: each.words for each in report.of(Outcome.REFUSED)}
    assert words == {
        3: "name '': it is empty. Give the technology a name.",
        4: f"kind 'magic': it is not a kind of technology. Use one of: {', '.join(Kind)}.",
        5: "date '2026-02-31': it is not a date. Use a date such as 2026-11-24, or leave it empty.",
        6: "date '2026-11-25': it is in the future, and a sighting has happened. "
        "Use 2026-11-24 or an earlier date, or leave it empty.",
        7: "url 'brochure': it is not a web address. Write it as https://example.org.",
        8: "TRL '11': it is not a technology readiness level. Use a number from 1 to 9.",
        9: "it has 2 cells and the header has 5. Put a cell that contains the delimiter or a line "
        "end in quotes.",
    }
    assert len(register.state.technologies) == 2


def test_a_row_of_a_name_that_is_taken_waits_for_a_decision(register: Register) -> None:
    text = "name,supplier\nChatbot,A\nchat-bot,A\nCHATBOT,B\nOther,A\nChatbot,A\n"
    report = loaded(register, text)
    assert outcomes(report) == [
        (2, "new"),
        (3, "possible duplicate"),
        (4, "possible duplicate"),
        (5, "new"),
        (6, "refused"),
    ]
    assert report.rows[1].like == ("row 2 has the same name",)
    assert report.rows[4].words == "it says the same as row 2. Nothing is to be done."
    assert len(register.state.technologies) == 2


def test_names_are_compared_without_case_spaces_and_dots(register: Register) -> None:
    register.propose(name="Voice to text", aliases=("V2T",))
    report = planned(register, "name\nvoice-TO-text\nv.2.t\nKeyboard\n")
    assert outcomes(report) == [
        (2, "possible duplicate"),
        (3, "possible duplicate"),
        (4, "new"),
    ]
    assert report.rows[1].like == ("T-0001 Voice to text has the same name",)


def test_an_alias_that_belongs_to_another_waits_for_a_decision_too(register: Register) -> None:
    register.propose(name="Voice to text")
    text = "name,aliases\nOne,Voice to Text\nTwo,Deux; Zwei\nThree,Zwei\nDeux,\n"
    report = loaded(register, text)
    assert outcomes(report) == [
        (2, "possible duplicate"),
        (3, "new"),
        (4, "possible duplicate"),
        (5, "possible duplicate"),
    ]
    assert report.rows[2].like == ("row 3 has the same name",)


def test_cells_that_look_like_formulas_stay_text(register: Register) -> None:
    text = 'name,summary\n"=HYPERLINK(""x"")",+1\n@SUM(A1),-2\n'
    report = loaded(register, text)
    assert [each.name for each in report.rows] == ['=HYPERLINK("x")', "@SUM(A1)"]
    assert register.technology('=HYPERLINK("x")').summary == "+1"


def test_when_someone_was_quicker_nothing_of_the_import_is_written(register: Register) -> None:
    report = planned(register, "name\nOne\nTwo\n")
    register.propose(name="two")
    before = list(register.history())
    with pytest.raises(RuleBroken):
        load(register, report)
    assert list(register.history()) == before
    again = loaded(register, "name\nOne\nTwo\n")
    assert outcomes(again) == [(2, "new"), (3, "possible duplicate")]


def test_a_file_without_a_name_column_is_refused_with_its_columns(register: Register) -> None:
    with pytest.raises(BadInput, match="The columns are: Werkzeug, Hersteller"):
        planned(register, "Werkzeug;Hersteller\na;b\n")
    report = planned(register, "Werkzeug;Hersteller\na;b\n", mapped={"name": "Werkzeug"})
    assert outcomes(report) == [(2, "new")]


def test_a_long_list_is_planned_and_loaded_quickly(register: Register) -> None:
    rows = "".join(f"Tool {n},Summary of tool {n}\n" for n in range(2000))
    report = loaded(register, f"name,summary\n{rows}")
    assert len(report.of(Outcome.NEW)) == 2000
    assert len(register.state.technologies) == 2000


def test_what_speaks_against_a_name_being_one_technology_is_said_with_it(
    register: Register,
) -> None:
    register.propose(name="Gait", supplier="Acme Vision")
    rows = planned(register, "Name,Vendor\nVoice,Alpha\nVoice,Bravo\nVoice,Alpha Ltd\nGait,Other\n")
    assert [each.like for each in rows.rows[1:]] == [
        ("row 2 has the same name, but suppliers differ: Bravo and Alpha",),
        ("row 2 has the same name",),
        ("T-0001 Gait has the same name, but suppliers differ: Other and Acme Vision",),
    ]
