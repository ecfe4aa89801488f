"""Minutes and decision records as papers: complete, marked, recorded, the same bytes again."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from horizon.model.errors import BadInput, RuleBroken
from horizon.model.meeting import InterestAction, InterestKind
from horizon.model.record import Quorum
from horizon.model.words import Marking
from horizon.papers.blocks import Heading, Notice, Paragraph, Table
from horizon.papers.decision_paper import decision_paper
from horizon.papers.issuing import issue_minutes, issue_record
from horizon.papers.minutes import minutes_paper
from horizon.papers.template import RECORDED, find_template, read_template
from horizon.papers.writers import WRITERS
from horizon.register.checking import verify
from horizon.register.inputs import ConditionInput, ItemInput
from horizon.register.records import seal_of
from tests.example.committees import SECRETARY, convened, put_on_agenda
from tests.example.journey import CONSIDERED
from tests.papers.reading import text_of
from tests.papers.registers import TODAY, make

FIELDS = {
    "author": "Sam Example",
    "marking": Marking.OFFICIAL,
    "foi": "Disclosable, subject to review",
}


@pytest.fixture
def register(tmp_path):
    """A register in which the AI Sub-Group has met: one item decided on, one ended without."""
    with make(tmp_path / "register.json") as made:
        ref = convened(made, "ai-sub-group", TODAY)
        first = put_on_agenda(made, ref, made.technology("T-0001").id)
        second = put_on_agenda(made, ref, made.technology("T-0002").id)
        made.declare(
            ref,
            second,
            person="Hugo Example",
            kind=InterestKind.SUPPLIER,
            nature="Holds shares",
            action=InterestAction.LEFT,
        )
        made.minute(ref, second, "It was discussed.\nAt length.", outcome="no decision",
                    no_decision="Legal has not said")  # fmt: skip
        made.decide(
            "T-0001",
            body="ai-sub-group",
            gate="G2",
            outcome="approve-with-conditions",
            decided_on=TODAY,
            meeting=ref,
            item=first,
            considered=CONSIDERED,
            reasons="The use is fair.",
            conditions=[
                ConditionInput(
                    text="Keep a log",
                    owner="Mei Example",
                    due=date(2027, 1, 31),
                    evidence_needed="The log",
                )
            ],
        )
        yield made


def minutes(register, **changes):
    meeting = register.meeting(f"AISG/{TODAY.isoformat()}")
    return minutes_paper(register, meeting, **(FIELDS | {"reference": "R/1"} | changes))


def words(paper):
    return [
        "".join(run.text for run in each.runs)
        for each in paper.blocks
        if isinstance(each, Paragraph)
    ]


def headings(paper):
    return [each.text for each in paper.blocks if isinstance(each, Heading)]


def table(paper, caption):
    return next(e for e in paper.blocks if isinstance(e, Table) and e.caption == caption)


def test_the_outcome_of_each_item_comes_first(register):
    paper = minutes(register)
    outcomes = [each for each in words(paper) if each.startswith("Outcome:")]
    number = register.technology("T-0001").decisions[-1].number
    assert outcomes == [
        f"Outcome: Approve with conditions ({number}).",
        "Outcome: No decision: Legal has not said.",
    ]
    assert {"It was discussed.", "At length."} < set(words(paper))
    assert headings(paper)[:5] == [
        "The meeting",
        "Who was there",
        "Quorum",
        "Declarations of interest",
        "Minutes of the previous meeting",
    ]
    assert "Item 1: Meeting room booking (T-0001)" in headings(paper)


def test_people_are_there_with_seat_role_and_organisation(register):
    rows = table(minutes(register), "Members present").rows
    assert [each.text for each in rows[0]] == [
        "Grace Example",
        "Chair",
        "",
        "Example Police (illustrative)",
    ]
    attending = table(minutes(register), "In attendance").rows
    assert [row[0].text for row in attending] == [SECRETARY, "Ivy Example"]
    assert attending[1][1].note == "Data protection officer: advises"


def test_interests_and_conditions_are_in_tables(register):
    interest = table(minutes(register), "Interests declared").rows[0]
    assert [each.text for each in interest] == [
        "2",
        "Hugo Example",
        "Holds shares",
        "Left the room",
    ]
    action = table(minutes(register), "Conditions set at this meeting").rows[0]
    assert [each.text for each in action] == ["Keep a log", "Mei Example", "31 January 2027"]
    condition = next(
        e
        for e in minutes(register).blocks
        if isinstance(e, Table) and e.caption.startswith("Conditions of")
    ).rows[0]
    assert condition[1].note == "To be accepted as met by the AI Sub-Group"


OWN = """
[[sections]]
part = "text"
heading = "Of the record"
text = ["These are {marking} minutes of the {body}, chaired by {chair}."]
"""


def own_minutes(tmp_path, change):
    """A template of somebody's own: the one that ships with something changed."""
    path = tmp_path / "mine.toml"
    path.write_text(change(find_template("minutes").text), encoding="utf-8")
    return find_template(str(path), makes="minutes")


def test_headings_and_texts_of_minutes_are_a_template_that_people_can_edit(register, tmp_path):
    template = own_minutes(
        tmp_path, lambda text: text.replace("Who was there", "Attendance at {meeting}") + OWN
    )
    paper = minutes(register, template=template)
    assert "Attendance at 24 November 2026" in headings(paper)
    assert headings(paper)[-1] == "Of the record"
    assert "These are OFFICIAL minutes of the AI Sub-Group, chaired by Grace Example." in words(
        paper
    )
    assert paper.template == template.named


@pytest.mark.parametrize("part", RECORDED)
def test_no_template_can_leave_a_part_of_the_record_out(tmp_path, part):
    section = re.compile(rf'\[\[sections\]\]\npart = "{part}"\nheading = "[^"]*"\n')
    with pytest.raises(BadInput, match=f"hold the part '{part}' once, and here it is 0 times"):
        own_minutes(tmp_path, lambda text: section.sub("", text))


def test_a_template_for_minutes_is_told_from_one_for_board_papers(tmp_path):
    with pytest.raises(BadInput, match=r"for board papers, not for minutes.*export paper"):
        find_template("triage-list", makes="minutes")
    with pytest.raises(BadInput, match=r"for minutes, not for board papers.*export minutes"):
        find_template("minutes", makes="board papers")
    with pytest.raises(BadInput, match="minutes have no part 'triage list'"):
        own_minutes(tmp_path, lambda text: text.replace('"actions"', '"triage list"'))
    with pytest.raises(BadInput, match="minutes take no scope"):
        own_minutes(tmp_path, lambda text: text.replace('about = "', 'scope = "all"\nabout = "'))
    text = find_template("triage-list").text
    with pytest.raises(BadInput, match="board papers have no part 'quorum'"):
        read_template(text.replace('"triage list"', '"quorum"'), where="mine.toml")


def test_minutes_are_a_draft_until_they_are_confirmed(register):
    notices = [each.title for each in minutes(register).blocks if isinstance(each, Notice)]
    assert notices[:2] == ["The meeting is not closed", "Draft"]
    assert minutes(register).title.startswith("Draft minutes of the AI Sub-Group")
    register.acting = SECRETARY
    ref = register.close_meeting(f"AISG/{TODAY.isoformat()}").ref
    notices = [each.title for each in minutes(register).blocks if isinstance(each, Notice)]
    assert notices[0] == "Draft"
    register.confirm_minutes(ref, on=TODAY)
    paper = minutes(register)
    assert paper.title == "Minutes of the AI Sub-Group, 24 November 2026"
    assert paper.purpose == "for the record"
    notices = [each.title for each in paper.blocks if isinstance(each, Notice)]
    assert notices == ["Proposed framework, not adopted by the force"]


def test_minutes_say_so_where_a_record_was_set_right(register):
    first = register.technology("T-0001").decisions[-1].number
    register.acting = SECRETARY
    second = register.correct("T-0001", first, {"reasons": "It is fair."}, reason="A slip").number
    text = text_of(".md", WRITERS[".md"](minutes(register)))
    assert f"Approve with conditions ({second})." in text
    assert f"Sets {first} right: A slip" in text


@pytest.mark.parametrize("extension", sorted(WRITERS))
def test_minutes_and_records_can_be_made_again_byte_for_byte(register, tmp_path, extension):
    number = register.technology("T-0001").decisions[-1].number
    ref = f"AISG/{TODAY.isoformat()}"
    paths = [tmp_path / f"{name}{extension}" for name in "abcd"]
    made = [
        issue_minutes(register, paths[0], meeting=ref, **FIELDS),
        issue_minutes(register, paths[1], meeting=ref, **FIELDS),
        issue_record(register, paths[2], number=number, **FIELDS),
        issue_record(register, paths[3], number=number.lower(), **FIELDS),
    ]
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert paths[2].read_bytes() == paths[3].read_bytes()
    assert [each.reference for each in made] == [
        f"{ref}/minutes/1",
        f"{ref}/minutes/1",
        f"{number}/record/1",
        f"{number}/record/1",
    ]
    kept = register.state.head.papers[-4:]
    assert [each.about for each in kept] == [ref, ref, number, number]
    assert [each.what for each in kept] == ["minutes", "minutes", "record", "record"]
    assert {each.head for each in kept} == {register.state.head.paper_hash}
    assert not verify(register.path).faults


def test_a_record_says_how_it_stands_on_the_day_it_is_made_for(register):
    decision = register.technology("T-0001").decisions[-1]
    due = decision.conditions[0].due

    def made(day):
        seal = seal_of(register, decision.number)
        return decision_paper(
            register, decision.number, seal=seal, reference="R/1", as_at=day, **FIELDS
        )

    def warned(day):
        return [e.text for e in made(day).blocks if isinstance(e, Notice)]

    assert not any("overdue" in each for each in warned(due))
    late = due + timedelta(days=1)
    assert f"condition 1 of {decision.number} overdue since 1 February 2027" in warned(late)[0]
    assert {"What was decided", "Conditions", "Who disagreed", "Evidence before the body"} < set(
        headings(made(due))
    )


def test_what_is_marked_higher_does_not_leave_in_a_lower_paper(register, tmp_path):
    register.amend("T-0002", {"marking": "OFFICIAL-SENSITIVE"})
    path = tmp_path / "minutes.md"
    with pytest.raises(RuleBroken, match="T-0002"):
        issue_minutes(register, path, meeting=f"AISG/{TODAY.isoformat()}", **FIELDS)
    assert not path.exists()
    number = register.technology("T-0001").decisions[-1].number
    made = issue_record(register, tmp_path / "record.md", number=number, **FIELDS)
    assert made.marking == "OFFICIAL"


@pytest.mark.parametrize("name", ["minutes.rtf", "minutes"])
def test_a_format_that_there_is_none_of_is_refused(register, tmp_path, name):
    before = register.state.head.seq
    with pytest.raises(BadInput):
        issue_minutes(register, tmp_path / name, meeting=f"AISG/{TODAY.isoformat()}", **FIELDS)
    assert register.state.head.seq == before


def test_a_meeting_at_which_nothing_has_happened_has_minutes_too(tmp_path):
    with make(tmp_path / "register.json") as register:
        register.acting = SECRETARY
        meeting = register.call_meeting(body="ddat-board", on=TODAY)
        paper = minutes_paper(register, meeting, reference="R/1", **FIELDS)
        assert "No attendance has been taken yet." in words(paper)
        assert "Nothing is on the agenda yet." in words(paper)
        assert "There is no earlier meeting in the register." in words(paper)
        for writer in WRITERS.values():
            assert writer(paper)
        closed = register.close_meeting(meeting.ref)
        paper = minutes_paper(register, closed, reference="R/1", **FIELDS)
        assert "No attendance was taken." in words(paper)
        assert "There was nothing on the agenda." in words(paper)


def test_minutes_say_which_items_were_taken_off_the_agenda(tmp_path):
    with make(tmp_path / "register.json") as register:
        register.acting = SECRETARY
        meeting = register.call_meeting(body="ddat-board", on=TODAY)
        register.add_items(meeting.ref, [ItemInput(title=name) for name in ("One", "Two")])
        register.drop_item(meeting.ref, 1)
        paper = minutes_paper(register, register.meeting(meeting.ref), reference="R/1", **FIELDS)
        assert "Item 1 was taken off the agenda." in words(paper)
        assert "Outcome: To be decided." in words(paper)
        assert words(paper).count("Outcome: To be decided.") == 1


def test_minutes_of_a_meeting_that_is_still_to_come_do_not_tell_the_past(tmp_path):
    with make(tmp_path / "register.json") as register:
        register.acting = SECRETARY
        meeting = register.call_meeting(body="ai-sub-group", on=TODAY + timedelta(days=8))
        put_on_agenda(register, meeting.ref, register.technology("T-0001").id)
        paper = minutes_paper(register, register.meeting(meeting.ref), reference="R/1", **FIELDS)
        said = paper.model_dump_json()
        assert "The meeting is still to come" in said
        assert "Nobody has taken the chair yet" in said
        assert "3 people who may decide are needed. No attendance has been taken yet." in said
        assert "No interest has been declared yet." in said
        for past in (" was taken", " was declared", " were there", "Nobody took", "there were"):
            assert past not in said


def test_the_quorum_of_an_item_reads_right_where_more_are_there_than_are_needed():
    counted = tuple(f"p-{each:016x}" for each in range(4))
    assert Quorum(needed=3, counted=counted).words == "3 needed, 4 there"
