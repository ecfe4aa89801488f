"""Meetings from a shell: a whole one by commands alone, what is refused, what is printed."""

from __future__ import annotations

from datetime import date

import pytest

from horizon.register.checking import verify
from tests.cli.sitting import MEETING, PEOPLE, SECRETARY, convene, decide, secretary, sit
from tests.cli.using import CommandLine
from tests.papers.reading import text_of


def standing(horizon: CommandLine, ref: str) -> str:
    """How a technology stands, as everybody is told."""
    listed = {each["name"]: each["standing"] for each in horizon.well("list", "--json").json}
    return str(listed[ref])


def test_a_meeting_of_six_items_is_run_by_commands_alone(before: CommandLine) -> None:
    assert standing(before, "Shift swaps") == "Approved for trial until 31 March 2027"
    sit(before)
    shown = before.well("meeting", "show", MEETING)
    assert all(len(line) <= 80 for line in shown.lines)
    for words in (
        "Apologies:     Dan Example",
        "Outcome:  Approve (AISG/2026/002)",
        "Quorum:   3 needed, 3 there",
        "Read in:  Dan Example: I am content",
        "Outcome:  Approve with conditions (AISG/2026/003)",
        "Outcome:  Defer for information (AISG/2026/004)",
        "Outcome:  No decision: No quorum once a member had left",
        "Quorum:   3 needed, 2 there, so no decision could be made",
        "Lapsed, because not ratified here",
        "Confirm the minutes, at the next meeting or in writing",
    ):
        assert words in shown.out, words
    read = before.well("meeting", "show", MEETING, "--json").json["reading"]
    assert [each["decision"] for each in read["items"]] == [
        "AISG/2026/002",
        "AISG/2026/003",
        "AISG/2026/004",
        None,
        None,
        None,
    ]
    assert read["lapsed"] == ["AISG/2026/001"]
    assert standing(before, "Shift swaps") == (
        "Not approved: AISG/2026/001 lapsed, because it was not ratified at the next meeting"
    )
    assert verify(before.path).faults == ()


def test_a_condition_that_passes_its_date_ends_the_approval_everywhere(after: CommandLine) -> None:
    group = convene(after, "FDG", "2026-11-24", "Case search")
    until = ("--reasons", "There is room for it", "--expires", "2027-03-31")
    decide(after, "Case search", group, "trial-ready", *until)
    after.well("move", "Case search", "trial-approved")
    for day in (date(2027, 1, 14), date(2027, 1, 15)):
        after.clock.go_to(day)
        assert standing(after, "Case search") == "Approved for trial until 31 March 2027"
    after.clock.go_to(date(2027, 1, 16))
    lapsed = "Not approved: condition 1 of AISG/2026/003 overdue since 16 January 2027"
    assert standing(after, "Case search") == lapsed
    assert lapsed in " ".join(after.well("show", "Case search").out.split())
    assert "Not approved: condition 1" in after.well("list").out
    record = " ".join(after.well("record", "AISG/2026/003").out.split())
    assert "Condition 1: OVERDUE since 16 January 2027, by 1 day: Keep a log" in record
    assert "To be accepted as met by: Futures Delivery Group" in record
    assert "If it is missed: The trial stops" in record
    listed = " ".join(after.well("condition", "list").out.split())
    assert "15 January 2027, overdue" in listed
    accepted = "To be accepted as met by the Futures Delivery Group."
    assert f"{accepted} If it is missed: The trial stops" in listed
    made = after(
        *("export", "paper", "Case search", "--body", "AISG", "--date", "2027-01-20"),
        *("-o", "paper.md"),
    )
    assert made.code == 0
    assert "is called for 20 January 2027, and none is to come." in made.err
    paper = (after.folder / "paper.md").read_text(encoding="utf-8")
    assert "Not approved: condition 1 of AISG/2026/003 overdue" in paper.replace("\\", "")
    held = after.well("evidence", "Case search", "Log of the first month", "--json").json["id"]
    discharge = ("condition", "discharge", "Case search", "AISG/2026/003", "1", "--evidence", held)
    refused = after(*discharge, "--body", "AISG")
    assert refused.code == 3
    assert "accepted as met by the Futures Delivery Group, not by the AI Sub-Group" in refused.err
    after.well(*discharge, "--body", "FDG")
    assert standing(after, "Case search") == "Approved for trial until 31 March 2027"
    assert "Discharged on 16 January 2027" in after.well("record", "AISG/2026/003").out


@pytest.mark.parametrize("extension", [".md", ".docx", ".pdf"])
def test_the_minutes_say_what_was_decided_and_that_they_are_not_confirmed(
    after: CommandLine, extension: str
) -> None:
    made = after.well(
        *("export", "minutes", "--meeting", MEETING, "-o", f"minutes{extension}", "--json")
    ).json
    assert made["reference"] == "AISG/2026-11-24/minutes/1"
    content = (after.folder / f"minutes{extension}").read_bytes()
    text = " ".join(text_of(extension, content).replace("**", "").split())
    for words in (
        "Draft minutes of the AI Sub-Group, 24 November 2026",
        "have not been confirmed as accurate",
        "3 people who may decide are needed; 3 were there",
        "On item 4, only 2 could decide",
        "Worked there until 2025",
        "Outcome: Approve (AISG/2026/002).",
        "Dan Example: I am content",
        "2 in favour, 1 against, 0 abstained",
        "Dissent: Hugo Example: The old list was enough",
        "Outcome: No decision: No quorum once a member had left.",
        "Not ratified, so it has lapsed",
        "Keep a log of every search",
        made["head"],
    ):
        assert words in text, words
    assert "OFFICIAL" in text


def test_minutes_confirmed_at_the_next_meeting_are_a_draft_no_more(after: CommandLine) -> None:
    early = after("meeting", "confirm", MEETING, "--on", "2026-11-23")
    assert (early.code, len(early.err.splitlines())) == (2, 1)
    after.clock.go_to(date(2026, 12, 8))
    later = convene(after, "AISG", "2026-12-08")
    secretary(after, "meeting", "confirm", MEETING, "--at", later)
    after.well("export", "minutes", "--meeting", MEETING, "-o", "minutes.md")
    text = (after.folder / "minutes.md").read_text(encoding="utf-8").replace("\\", "")
    assert "# Minutes of the AI Sub-Group, 24 November 2026" in text
    assert "not been confirmed" not in text
    assert "Confirmed as accurate on 8 December 2026, at AISG/2026-12-08" in text
    after.well("export", "minutes", "--meeting", later, "-o", "later.md")
    text = (after.folder / "later.md").read_text(encoding="utf-8").replace("\\", "")
    assert "The minutes of AISG/2026-11-24 were agreed as accurate." in text
    assert verify(after.path).faults == ()


def test_a_chairs_action_that_is_ratified_holds(before: CommandLine) -> None:
    secretary(before, "meeting", "attend", MEETING, "--from", "-", typed=PEOPLE)
    left = before.well("meeting", "show", MEETING).out
    assert "Ratify AISG/2026/001 (chair's action of Grace Example), or it lapses" in left
    refused = before("--as", SECRETARY, "meeting", "ratify", MEETING, "AISG/2026/1")
    assert refused.code == 3
    assert "a quorum of 3 who may decide on it (2 are there)" in refused.err
    secretary(before, "meeting", "attend", MEETING, "Dan Example")
    secretary(
        before,
        *("meeting", "interest", MEETING, "5", "Lena Example", "--kind", "supplier"),
        *("--nature", "Worked there until 2025", "--no-vote"),
    )
    secretary(before, "meeting", "ratify", MEETING, "AISG/2026/1")
    for item in "12345":
        secretary(before, "meeting", "minute", MEETING, item, "--no-decision", "Time ran out")
    assert "lapsed" not in secretary(before, "meeting", "close", MEETING).out
    assert standing(before, "Shift swaps") == "Approved for trial until 31 March 2027"
    record = before.well("record", "AISG/2026/1").out
    assert "Ratified:         At AISG/2026-11-24, 24 November 2026" in record
    assert "How:              By chair's action, out of a meeting: Grace Example" in record


def test_the_record_answers_who_what_when_on_what_and_what_became_of_it(
    after: CommandLine,
) -> None:
    done = after.well("record", "aisg/2026/2")
    assert done.out == after.well("show", "AISG/2026/002").out
    assert all(len(line) <= 80 for line in done.lines)
    flat = " ".join(done.out.split())
    for words in (
        "How: At its meeting AISG/2026-11-24, item 1, Room 1 and online",
        "Chair: Grace Example (Chair, Example Police)",
        "Apologies: Dan Example",
        "Ivy Example (Data protection officer, Example Police; adviser)",
        "Quorum: 3 needed, 3 there: Grace Example, Hugo Example and Lena Example",
        "Votes: 2 in favour, 1 against, 0 abstained",
        "Dissent: Hugo Example: The old list was enough",
        "Written comment: Dan Example: I am content",
        "Equality information: The assessment of 2 November was looked at",
        "E1: The dpia-screening, version 1.0, 2 November 2026",
        "Check: It fits: nothing of what was on the table has changed",
        "Proposed framework, not adopted by the force",
    ):
        assert words in flat, words
    told = after.well("record", "AISG/2026/002", "--json").json
    assert (told["holds"], told["hash_fits"]) == (True, True)
    assert told["decision"]["votes"] == {"in_favour": 2, "against": 1, "abstained": 0}
    assert told["names"][told["decision"]["room"]["chair"]] == "Grace Example"
    keys = [each["key"] for each in told["parts"]]
    assert keys[:2] == ["decided", "since"]
    assert {"conditions", "disagreement", "room", "weighed", "evidence", "rules"} < set(keys)
    event = next(
        each
        for each in after.well("history", "--json").json
        if each["seq"] == told["event"] and each["line"] == told["line"]
    )
    assert event["kind"] == "decision-recorded"


def test_a_record_is_set_right_by_a_new_one_that_points_back(after: CommandLine) -> None:
    secretary(
        after,
        *("correct", "AISG/2026/2", "votes=3-0-0", "dissent=Hugo Example | As after"),
        *("legal_basis=No personal data", "--reason", "The vote was miscounted"),
    )
    old = " ".join(after.well("record", "AISG/2026/002").out.split())
    assert "State: Corrected by AISG/2026/005 on 24 November 2026." in old
    assert "It changed the votes" in old
    new = " ".join(after.well("record", "AISG/2026/005").out.split())
    assert "It sets AISG/2026/002 right, because: The vote was miscounted" in new
    assert "Votes: 3 in favour, 0 against, 0 abstained" in new
    assert "Legal basis: No personal data" in new
    assert "Quorum: 3 needed, 3 there" in new
    again = after("correct", "AISG/2026/2", "summary=x", "--reason", "y")
    assert again.code == 3
    assert "superseded by AISG/2026/005" in again.err
    assert verify(after.path).faults == ()


def test_what_happens_later_reopens_and_suspends_the_approval(before: CommandLine) -> None:
    before.well(
        *("reopen", "Shift swaps", "--trigger", "incident", "--item", "LB3"),
        *("--reason", "A complaint was upheld"),
    )
    suspended = "Not approved: reopened on 24 November 2026: A complaint was upheld"
    assert standing(before, "Shift swaps") == suspended
    shown = " ".join(before.well("show", "Shift swaps").out.split())
    assert "Olu Example supplies: The finding, who was affected" in shown
    assert "To answer again: LB3" in shown
    record = " ".join(before.well("record", "AISG/2026/001").out.split())
    assert "State: Not approved: reopened on 24 November 2026" in record
    reopened = before.well(
        *("reopen", "--all", "--item", "LB3", "--trigger", "law", "--reason", "New guidance")
    )
    assert reopened.lines[0] == "5 technologies reopened."
    listed = before.well(
        *("reopen", "--all", "--item", "lb3", "--trigger", "law", "--reason", "More", "--json")
    ).json
    assert [each["label"] for each in listed] == [f"T-000{number}" for number in range(1, 6)]


def test_seats_are_taken_over_from_the_last_meeting(before: CommandLine) -> None:
    refused = before("--as", SECRETARY, "meeting", "attend", MEETING, "--as-last")
    assert refused.code == 2
    assert "There is no attendance of an earlier meeting" in refused.err
    secretary(before, "meeting", "attend", MEETING, "--from", "-", typed=PEOPLE)
    later = secretary(before, "meeting", "call", "AISG", "2026-12-08", "--json").json["ref"]
    done = secretary(before, "meeting", "attend", later, "Hugo Example", "--apologies", "--as-last")
    assert done.out == "AISG/2026-12-08: 4 present, 1 apology.\n"
    shown = before.well("meeting", "show", later).out
    assert "Chair:         Grace Example (Chair, Example Police)" in shown
    assert "Apologies:     Hugo Example (Frontline policing, Example Police)" in shown


def test_attendance_is_read_from_a_table_too(before: CommandLine) -> None:
    table = "Name;Seat;Role;Apologies\nGrace Example;chair;Chair;\nHugo Example;;Patrol;yes\n"
    (before.folder / "people.csv").write_text(table, encoding="utf-8")
    secretary(before, "meeting", "attend", MEETING, "--from", "people.csv")
    held = before.well("meeting", "show", MEETING, "--json").json
    seats = {held["names"][each["person"]]: each for each in held["attendance"]}
    assert seats["Grace Example"]["seat"] == "chair"
    assert (seats["Hugo Example"]["seat"], seats["Hugo Example"]["presence"]) == (
        "member",
        "apologies",
    )


def test_meetings_are_listed_by_day_and_moved_and_their_agenda_changed(
    before: CommandLine,
) -> None:
    called = ("meeting", "call", "FDG", "2026-12-10", "--by-correspondence")
    secretary(before, *called, "--item", "Call bot")
    secretary(before, *called)
    listed = before.well("meeting", "list", "--coming", "--json").json
    assert [each["ref"] for each in listed] == [
        "AISG/2026-11-24",
        "FDG/2026-12-10",
        "FDG/2026-12-10b",
    ]
    assert [each["to_decide"] for each in listed] == [5, 1, 0]
    assert "Called for 10 December 2026" in before.well("meeting", "list", "--body", "FDG").out
    secretary(before, "meeting", "drop", MEETING, "3")
    secretary(
        before,
        *("meeting", "add", MEETING, "Call bot", "--for-information"),
        *("--paper", "Where it stands | 2.0 | 2026-11-20"),
    )
    shown = before.well("meeting", "show", MEETING).out
    assert "  7  Call bot (T-0003), for information" in shown
    assert "Paper:    Where it stands, version 2.0, 20 November 2026" in shown
    secretary(before, "meeting", "reschedule", MEETING, "2026-11-26", "--reason", "Illness")
    assert (
        "now on 26 November 2026"
        in secretary(before, "meeting", "reschedule", "FDG/2026-12-10", "2026-11-26").out
    )
    assert before.well("meeting", "show", MEETING, "--json").json["on"] == "2026-11-26"


def test_a_meeting_that_moved_on_is_a_conflict(before: CommandLine) -> None:
    revision = before.well("meeting", "show", MEETING, "--json").json["revision"]
    seen = ("--expect", str(revision))
    secretary(before, "meeting", "attend", MEETING, "Grace Example", "--seat", "chair", *seen)
    done = before("--as", SECRETARY, "meeting", "attend", MEETING, "Hugo Example", *seen)
    assert done.code == 4
    assert f"{MEETING} was changed by someone else" in done.err
    assert "Mina Example: took attendance: present Grace Example" in done.err


def test_a_marking_too_low_keeps_minutes_and_records_in(after: CommandLine) -> None:
    after.well("amend", "Room booking", "--marking", "OFFICIAL-SENSITIVE")
    for paper in (
        ("minutes", "--meeting", MEETING, "-o", "paper.md"),
        ("record", "AISG/2026/002", "-o", "paper.md"),
    ):
        done = after("export", *paper)
        assert done.code == 3
        assert "cannot carry what is marked OFFICIAL-SENSITIVE: T-0001" in done.err
        assert not (after.folder / "paper.md").exists()
        after.well("export", *paper, "--marking", "OFFICIAL-SENSITIVE")
        (after.folder / "paper.md").unlink()


def test_a_person_has_ties_and_an_office_and_keeps_what_is_not_named(
    horizon: CommandLine,
) -> None:
    horizon.well("person", "Lena Example", "--role", "Equality lead", "--tie", "One Ltd")
    horizon.well("person", "lena example", "--tie", "Two Ltd", "--organisation", "The force")
    held = horizon.well("person", "Lena Example", "--dpo", "--json").json
    assert held["ties"] == ["One Ltd", "Two Ltd"]
    assert (held["role"], held["organisation"], held["dpo"]) == ("Equality lead", "The force", True)
    assert "The force; data protection officer; tied" in horizon.well("people").out
    held = horizon.well("person", "Lena Example", "--not-dpo", "--no-ties", "--json").json
    assert (held["ties"], held["dpo"]) == ([], False)


def test_the_history_says_what_was_done_at_a_meeting(after: CommandLine) -> None:
    done = after.well("history", MEETING)
    flat = " ".join(done.out.split())
    for words in (
        "Mina Example: called AISG/2026-11-24 of the AI Sub-Group with 6 items",
        "item 4: Lena Example declared an interest (Worked there until 2025) and left",
        "minuted item 4: no decision, because: No quorum once a member had left",
        "closed the meeting",
    ):
        assert words in flat, words
    assert f"Mina Example: {MEETING} closed the meeting" in " ".join(
        after.well("history").out.split()
    )
    assert {each["kind"] for each in after.well("history", MEETING.lower(), "--json").json} == {
        "meeting-called",
        "attendance-set",
        "item-minuted",
        "interest-declared",
        "meeting-closed",
    }


def test_a_name_that_is_one_slip_from_a_known_one_is_pointed_out(before: CommandLine) -> None:
    done = before(
        "--as", SECRETARY, "meeting", "attend", MEETING, "Grace Exampel", "Nobody Like Them"
    )
    assert done.err.splitlines() == [
        "Note: Grace Exampel is new to the register, which knows Grace Example."
    ]
    secretary(before, "meeting", "attend", MEETING, "GRACE EXAMPLE")
    asked = before("--as", SECRETARY, "score", "open", "T-0001", "Hugo Exmple")
    assert "which knows Hugo Example" in asked.err
