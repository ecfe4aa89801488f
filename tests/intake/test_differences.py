"""The same list again: what changed at the source, what was edited here, what is gone."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from horizon.intake.choices import WhenAlike
from horizon.intake.matching import called
from horizon.intake.report import Outcome, Report, as_csv
from horizon.model.errors import BadInput, Conflict, RuleBroken
from horizon.register import Register
from horizon.register.checking import verify
from tests.intake.using import load, loaded, outcomes, planned

DATA = Path(__file__).parent.parent / "data"

FIRST = (
    "id,name,summary,supplier,url,published\n"
    "a1,Gait,Walks,A,https://old.example/1,2026-01-01\n"
    "a2,Lip,Lips,B,https://old.example/2,2026-01-02\n"
    "a3,Ear,Ears,C,https://old.example/3,2026-01-03\n"
)


def told(report: Report) -> list[str]:
    """The changes of a report, in words."""
    return [f"{row.label} {change.words}" for row in report.rows for change in row.changes]


def lines(register: Register) -> int:
    return len(list(register.history()))


def test_the_same_file_twice_changes_nothing_not_even_the_journal(register: Register) -> None:
    loaded(register, FIRST)
    before = lines(register)
    again = loaded(register, FIRST)
    assert again.counts == {
        "new": 0,
        "changed": 0,
        "conflict": 0,
        "unchanged": 3,
        "possible duplicate": 0,
        "refused": 0,
    }
    assert lines(register) == before


@pytest.mark.parametrize("ids", [True, False])
def test_rows_that_moved_are_the_same_rows(register: Register, ids: bool) -> None:
    text = FIRST if ids else "\n".join(row.partition(",")[2] for row in FIRST.splitlines())
    loaded(register, text)
    header, *rows = text.strip().split("\n")
    before = lines(register)
    moved = loaded(register, "\n".join([header, *reversed(rows)]))
    assert len(moved.of(Outcome.UNCHANGED)) == 3
    assert not moved.gone
    assert lines(register) == before


def test_a_newer_file_gives_the_true_differences_and_flags_what_is_gone(
    register: Register,
) -> None:
    loaded(register, FIRST, "tools_2026-01.csv")
    newer = (
        "id,name,summary,supplier,url,published\n"
        "a9,Nose,Noses,D,https://old.example/9,2026-05-01\n"
        "a2,Lip reading,Lips,B,https://old.example/2,2026-05-02\n"
        "a1,Gait,Walks and runs,A,https://old.example/1,2026-01-01\n"
    )
    report = loaded(register, newer, "tools_2026-05.csv")
    assert outcomes(report) == [(2, "new"), (3, "changed"), (4, "changed")]
    assert told(report) == [
        "T-0002 name 'Lip' becomes 'Lip reading'",
        "T-0002 date '2026-01-02' becomes '2026-05-02'",
        "T-0001 summary 'Walks' becomes 'Walks and runs'",
    ]
    assert [(each.label, each.name) for each in report.gone] == [("T-0003", "Ear")]
    lip = register.technology("T-0002")
    assert lip.name == "Lip reading"
    assert len(lip.sightings) == 1
    assert lip.sightings[0].seen_on == date(2026, 5, 2)
    gone = register.technology("T-0003")
    assert gone.stage == "signal"
    assert gone.origins[0].gone_on == date(2026, 11, 24)
    again = loaded(register, newer, "tools_2026-06.csv")
    assert len(again.of(Outcome.UNCHANGED)) == 3
    assert not again.gone


def test_what_comes_back_to_the_source_is_no_longer_gone(register: Register) -> None:
    loaded(register, FIRST)
    loaded(register, "\n".join(FIRST.split("\n")[:3]))
    back = loaded(register, FIRST)
    assert [row.words for row in back.of(Outcome.CHANGED)] == [
        "T-0003 Ear: the source lists it again"
    ]
    assert register.technology("T-0003").origins[0].gone_on is None


def test_a_part_of_the_list_makes_nothing_gone(register: Register) -> None:
    loaded(register, FIRST)
    part = loaded(register, "\n".join(FIRST.split("\n")[:2]), partial=True)
    assert not part.gone
    assert register.technology("T-0003").origins[0].gone_on is None


def test_a_row_that_is_refused_is_not_gone(register: Register) -> None:
    loaded(register, FIRST)
    report = loaded(register, FIRST.replace("2026-01-03", "soon"))
    assert len(report.of(Outcome.REFUSED)) == 1
    assert not report.gone


def test_an_edit_here_stays_and_the_sources_word_is_shown(register: Register) -> None:
    loaded(register, FIRST)
    register.amend("T-0001", {"summary": "Ours", "supplier": "Ours Ltd"})
    newer = FIRST.replace("Walks,A", "Theirs,A").replace("Lips", "Lips again")
    report = loaded(register, newer)
    assert told(report) == [
        "T-0001 summary stays 'Ours', edited here; the source says 'Theirs'",
        "T-0002 summary 'Lips' becomes 'Lips again'",
    ]
    assert register.technology("T-0001").summary == "Ours"
    assert register.technology("T-0001").supplier == "Ours Ltd"
    again = loaded(register, newer)
    assert len(again.of(Outcome.UNCHANGED)) == 3, "what was decided is not asked again"


def test_the_source_can_be_let_win(register: Register) -> None:
    loaded(register, FIRST)
    register.amend("T-0001", {"summary": "Ours"})
    loaded(register, FIRST.replace("Walks", "Theirs"), take=frozenset({"summary"}))
    assert register.technology("T-0001").summary == "Theirs"


def test_a_cell_that_was_emptied_empties_the_field_and_names_add_up(register: Register) -> None:
    text = "name,summary,aliases,trl\nGait,Walks,One; Two,5\n"
    loaded(register, text)
    register.amend("T-0001", {"aliases": ("One", "Two", "Ours")})
    report = loaded(register, "name,summary,aliases,trl\nGait,,Three,\n")
    assert told(report) == [
        "T-0001 summary 'Walks' becomes ''",
        "T-0001 aliases 'One; Two; Ours' becomes 'One; Two; Ours; Three'",
    ]
    assert register.technology("T-0001").trl == 5, "an empty cell for a level says nothing"


def test_a_column_that_changed_on_every_row_does_not_bury_the_real_edits(
    register: Register,
) -> None:
    rows = [f"Tool {n},Does {n},https://old.example/{n}" for n in range(40)]
    loaded(register, "name,summary,url\n" + "\n".join(rows))
    moved = [each.replace("old.example", "new.example") for each in rows]
    moved[7] = moved[7].replace("Does 7", "Does something else")
    report = loaded(register, "name,summary,url\n" + "\n".join(moved))
    assert report.swept == {"url": 40}
    assert [row.name for row in report.rows if not report.is_swept(row)] == ["Tool 7"]
    assert register.technology("Tool 3").sightings[0].url == "https://new.example/3"


def test_two_editions_of_a_published_radar_differ_in_what_moved(register: Register) -> None:
    old, new = "zalando_radar_2026-03-26.json", "zalando_radar_2026-05-06.json"
    loaded(register, (DATA / old).read_bytes(), old)
    report = loaded(register, (DATA / new).read_bytes(), new)
    assert report.source == "zalando radar"
    assert sorted(row.name for row in report.of(Outcome.NEW)) == [
        "AWS EKS",
        "AWS Transcribe",
        "Agentgateway",
        "LiteLLM",
    ]
    assert {row.name: row.changes[0].after for row in report.of(Outcome.CHANGED)} == {
        "Amazon Redshift": "Ring: Adopt; Quadrant: Datastores",
        "Amazon Bedrock": "Ring: Trial; Quadrant: Infrastructure",
        "GraalVM": "Ring: Hold; Quadrant: Infrastructure",
    }
    assert [each.name for each in report.gone] == ["Amazon Pinpoint"]
    assert verify(register.path).faults == ()


def test_the_same_records_in_another_format_are_an_edition_of_the_same_list(
    register: Register, atrs: bytes
) -> None:
    loaded(register, atrs, "uk_atrs_extract.csv")
    content = (DATA / "uk_atrs_extract.json").read_bytes()
    report = loaded(register, content, "records.json")
    assert report.source == "uk atrs extract"
    assert any("read as a newer edition" in notice for notice in report.notices)
    assert report.counts["changed"] == 20
    assert report.swept == {"summary": 20}
    assert register.technology("DARAT").summary


def test_columns_are_read_as_the_last_time_and_a_new_one_is_taken(register: Register) -> None:
    loaded(register, "Werkzeug,Vendor\nGait,A\n", mapped={"name": "Werkzeug", "supplier": ""})
    report = planned(register, "Werkzeug,Vendor,Summary\nGait,A,Walks\n")
    assert report.columns == {"name": "Werkzeug", "summary": "Summary"}
    assert told(report) == ["T-0001 summary '' becomes 'Walks'"]


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("zalando_radar_2026-05-06.json", "zalando radar"),
        ("zalando_radar_2026-03.json", "zalando radar"),
        ("Tools v2 (1).xlsx", "tools"),
        ("tools_final_2025.csv", "tools"),
        ("20260506-tools.csv", "tools"),
        ("us_federal_ai_inventory_2023.csv", "us federal ai inventory"),
        ("v2.csv", "v2"),
        ("standard input", "standard input"),
    ],
)
def test_editions_of_a_list_are_known_by_the_name_of_their_file(file: str, name: str) -> None:
    assert called(file) == name


def test_decisions_send_rows_where_they_belong(register: Register) -> None:
    register.propose(name="Chatbot")
    text = "name,supplier\nChatbot,A\nChat bot,B\nChatbot,C\n"
    report = loaded(register, text, decide={"2": "T-0001", "3": "new", "4": "skip"})
    assert outcomes(report) == [(2, "changed"), (3, "new"), (4, "possible duplicate")]
    assert [row.label for row in report.rows] == ["T-0001", "T-0002", ""]
    first = register.technology("T-0001")
    assert [each.source for each in first.sightings] == ["list.csv"]
    assert first.supplier == "", "a row that is only added to a technology does not describe it"
    before = lines(register)
    again = loaded(register, text)
    assert outcomes(again) == [(2, "unchanged"), (3, "unchanged"), (4, "possible duplicate")]
    assert lines(register) == before
    with pytest.raises(BadInput, match="nothing to decide on row 9"):
        planned(register, text, decide={"9": "new"})
    with pytest.raises(BadInput, match="There is no technology 'T-0099'"):
        planned(register, text, decide={"4": "T-0099"})


def test_rows_of_one_name_can_all_be_sightings_of_one_technology(register: Register) -> None:
    content = (DATA / "nl_algorithms_extract.json").read_bytes()
    report = loaded(register, content, "nl.json", duplicates=WhenAlike.SIGHTING)
    assert sum(report.counts.values()) == 18
    assert report.counts["possible duplicate"] == 0
    tool = register.technology("Anonimiseringstool")
    assert [each.source for each in tool.sightings] == [
        "Gemeente Noord-Beveland",
        "DCMR Milieudienst Rijnmond",
    ]
    assert [(each.number, each.leads) for each in tool.origins] == [(1, True), (2, False)]
    before = lines(register)
    again = loaded(register, content, "nl.json")
    assert again.counts["unchanged"] == 18
    assert lines(register) == before
    moved = json.loads(content)
    for record in moved["algoritmes"]:
        record["doel"] += " Nieuw."
    newer = loaded(register, json.dumps(moved), "nl.json")
    assert newer.swept["summary"] == len(register.state.technologies)
    assert len(register.technology("Anonimiseringstool").sightings) == 2


def test_rows_of_one_name_can_all_be_entered_as_their_own(register: Register) -> None:
    content = (DATA / "nl_algorithms_extract.json").read_bytes()
    loaded(register, content, "nl.json", duplicates=WhenAlike.NEW)
    assert len(register.state.technologies) == 18
    assert loaded(register, content, "nl.json").counts["unchanged"] == 18


def test_a_new_name_that_another_technology_has_is_refused(register: Register) -> None:
    loaded(register, FIRST)
    report = loaded(register, FIRST.replace("a2,Lip", "a2,Gait"))
    assert report.rows[1].outcome is Outcome.REFUSED
    assert "T-0001 is already called that, and this row was T-0002 before" in report.rows[1].words


def test_a_plan_that_somebody_overtook_is_refused_as_a_whole(register: Register) -> None:
    loaded(register, FIRST)
    report = planned(register, FIRST.replace("Walks", "Runs") + "a4,Toe,Toes,D,,\n")
    register.amend("T-0001", {"trl": 4})
    with pytest.raises(Conflict):
        load(register, report)
    assert len(register.state.technologies) == 3


def test_the_report_as_csv_has_a_line_for_each_row_and_no_formula(register: Register) -> None:
    loaded(register, FIRST)
    newer = FIRST.replace("a3,Ear", "a4,=cmd").replace("Walks", "-1+1").replace("a2,Lip", "a2,")
    report = planned(register, newer)
    rows = as_csv(report).split("\r\n")
    assert rows[0].startswith("row,place,outcome,label,name,changed fields,before,after")
    assert rows[1].startswith("2,row 2,changed,T-0001,Gait,summary,Walks,'-1+1,")
    assert rows[2].startswith("3,row 3,refused,,,,,,,name,,it is empty,Give the technology a name")
    assert rows[3].startswith("4,row 4,new,,'=cmd,")
    assert rows[4].startswith(",,gone,T-0003,Ear,")


# Undoing


def state(register: Register) -> dict[str, object]:
    tables = register.state.tables()
    return {
        "technologies": {
            key: json.loads(each)["name"] for key, each in tables["technologies"].items()
        },
        "details": {
            key: register.state.technologies[key].model_dump(exclude={"revision", "changed_at"})
            for key in register.state.technologies
        },
    }


def test_an_import_is_undone_as_one_step_and_the_journal_keeps_both(register: Register) -> None:
    loaded(register, FIRST)
    register.propose(name="Ours")
    before = state(register)
    loaded(register, FIRST.replace("Walks", "Runs").replace("old.example/2", "x") + "a4,Toe,,,,\n")
    assert state(register) != before
    held = lines(register)
    kept, entered, changed = register.undo_import("2", reason="The wrong file")
    assert (entered, changed) == (1, 2)
    assert state(register) == before
    assert lines(register) == held + 1
    assert register.state.head.imports[1].undone_at
    assert kept.file == "list.csv"
    assert verify(register.path).faults == ()
    with pytest.raises(BadInput):
        register.technology("Toe")
    with pytest.raises(RuleBroken, match="already undone"):
        register.undo_import("2", reason="Again")
    again = loaded(register, FIRST.replace("Walks", "Runs") + "a4,Toe,,,,\n")
    assert [row.label for row in again.of(Outcome.NEW)] == ["T-0006"], "no label is given twice"


def test_an_import_somebody_worked_on_is_not_undone_as_a_whole(register: Register) -> None:
    loaded(register, FIRST)
    register.amend("T-0002", {"trl": 4})
    register.propose(name="Ours")
    register.supersede("Ours", "T-0003", reason="It is better")
    with pytest.raises(RuleBroken, match="somebody has worked on T-0002 and T-0003 since"):
        register.undo_import("1", reason="Wrong")
    register.undo_import("1", reason="Wrong", keep_changed=True)
    names = [each.name for each in register.state.technologies.headers()]
    assert names == ["Lip", "Ear", "Ours"]
    assert verify(register.path).faults == ()


def test_an_undone_import_does_not_say_how_columns_are_read(register: Register) -> None:
    loaded(register, "Werkzeug,Title\nGait,A\n", mapped={"name": "Werkzeug"})
    register.undo_import("1", reason="Wrong columns")
    assert planned(register, "Werkzeug,Title\nGait,A\n").columns["name"] == "Title"


def test_a_register_with_undone_imports_is_read_from_its_journal_alone(register: Register) -> None:
    loaded(register, FIRST)
    register.undo_import("1", reason="Wrong")
    loaded(register, FIRST)
    register.save_snapshot()
    before = register.state.tables()
    register.path.unlink()
    with Register.open(register.path, acting="Sam Example") as again:
        assert again.state.tables() == before


def test_imported_rows_can_be_erased_like_anything_else(register: Register) -> None:
    loaded(register, FIRST)
    rows = [
        event.seq
        for _, commit in register.history()
        for event in commit.events
        if event.kind in ("row-imported", "technology-proposed")
    ]
    register.erase(rows[:2], reason="Asked to")
    assert verify(register.path).faults == ()
    assert register.technology("T-0001").name == "Name erased"
    structural = next(
        event.seq
        for _, commit in register.history()
        for event in commit.events
        if event.kind == "import-made"
    )
    with pytest.raises(RuleBroken):
        register.erase([structural], reason="Asked to")
    register.undo_import("1", reason="Wrong", keep_changed=True)
    assert verify(register.path).faults == ()


def test_planning_can_be_stopped_and_tells_how_far_it_is(register: Register) -> None:
    rows = "".join(f"Tool {n},Does {n}\n" for n in range(1000))
    heard: list[tuple[int, int]] = []

    def stop(done: int, all: int) -> None:
        heard.append((done, all))
        if done >= 1200:
            raise KeyboardInterrupt

    from horizon.intake.given import Given
    from horizon.intake.load import plan

    before = lines(register)
    with pytest.raises(KeyboardInterrupt):
        plan(register, Given("list.csv", f"name,summary\n{rows}".encode()), progress=stop)
    assert heard[0] == (0, 2000)
    assert heard[-1] == (1200, 2000)
    assert lines(register) == before
