"""Meetings as a secretary runs them from a shell."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.cli.using import CommandLine, Done

SECRETARY = "Mina Example"
"""Who takes minutes. Somebody else proposes."""

PEOPLE = """# Who is there
chair: Grace Example, Chair, Example Police
member: Hugo Example, Frontline policing, Example Police
member: Lena Example, Equality and inclusion, Example Police
minute taker: Mina Example, Secretary, Example Police
adviser: Ivy Example, Data protection officer, Example Police
"""

WEIGHED = (
    *("--option", "Do nothing", "--option", "Go on by hand"),
    *("--legal-basis", "The power that Legal named"),
    *("--proportionality", "The effect on people is small"),
    *("--equality", "The equality impact assessment of 1 November"),
    *("--dpo-advice", "Proceed with the measures named", "--dpo-followed", "yes"),
    *("--trade-offs", "Speed against more checking"),
)
"""What the record of an approval has to say was weighed, up to the full tier."""


def secretary(horizon: CommandLine, *arguments: str, typed: str = "") -> Done:
    """A command by the secretary that must do what it is asked."""
    return horizon.well("--as", SECRETARY, *arguments, typed=typed)


def convene(horizon: CommandLine, body: str, on: str, *items: str, people: str = PEOPLE) -> str:
    """The reference of a meeting that was called, with these items, and is attended."""
    asked = [word for item in items for word in ("--item", item)]
    ref = secretary(horizon, "meeting", "call", body, on, *asked, "--json").json["ref"]
    secretary(horizon, "meeting", "attend", ref, "--from", "-", typed=people)
    return str(ref)


def decide(horizon: CommandLine, ref: str, meeting: str, outcome: str, *more: str) -> Any:
    """A decision at a meeting, as JSON."""
    return secretary(
        horizon, "decide", ref, "--meeting", meeting, "--outcome", outcome, *more, "--json"
    ).json


DAY = date(2026, 11, 24)
MEETING = "AISG/2026-11-24"
EQUALITY = ("--equality", "The assessment of 2 November was looked at")
RECORD = """outcome = "Approve with conditions"
reasons = "Searching is lawful once the logs are kept"
next_step = "The Futures Delivery Group decides on the trial"
summary = "A trial of searching case notes was agreed, on one condition."

[considered]
options = ["Do nothing", "Search by hand", "Try this"]
equality = "The assessment of 2 November was looked at"

[[conditions]]
text = "Keep a log of every search"
owner = "Olu Example"
due = 2027-01-15
evidence_needed = "The log of the first month"
discharged_by = "FDG"
if_missed = "The trial stops"

[[redactions]]
part = "The names of the systems searched"
ground = "FOIA s.31"
"""


def propose(horizon: CommandLine, *names: str) -> None:
    """Technologies, triaged by the Futures Delivery Group and being assessed."""
    for name in names:
        horizon.well(
            *("add", name, "--owner", "Olu Example", "--problem", "It is slow"),
            *("--source", "Us", "--source-type", "internal"),
            *("--horizon", "H1", "--trl", "8", "--supplier", "Supplier Z (illustrative)"),
        )
        horizon.well("facts", name, "--all", "no")
        horizon.well("move", name, "candidate")
        horizon.well("review", name, "2027-06-30")
        answers(horizon, name, "unknown")
    group = convene(horizon, "FDG", "2026-11-02", *names)
    for name in names:
        decide(horizon, name, group, "prioritise", "--reasons", "It answers a need")
        horizon.well("move", name, "triaged")
        horizon.well("move", name, "assessing")
    secretary(horizon, "meeting", "close", group)


def answers(horizon: CommandLine, name: str, answer: str) -> None:
    """The same answer to every question that applies, by somebody who did not propose it."""
    shown = horizon.well("answer", name, "--json").json
    lines = "".join(f"{item} {answer}\n" for item, each in shown.items() if each["applies"])
    secretary(horizon, "answer", name, "--from", "-", typed=lines)


def prepare(horizon: CommandLine, *names: str) -> None:
    """Everything that gate G2 and then gate G3 ask for."""
    criteria = horizon.well("criteria", "show", "--json").json
    scored = [each["id"] for principle in criteria["principles"] for each in principle["criteria"]]
    lines = "".join(f"{criterion} 4 A\n" for criterion in scored)
    documents = ("dpia-screening", "eqia", "dpo-advice", "trial-protocol", "cost-estimate")
    for name in names:
        for document in (*documents, "security-acceptance"):
            ends = ("--ends", "2027-03-31") if document == "trial-protocol" else ()
            horizon.well(
                *("evidence", name, f"The {document}", "--document", document),
                *("--dated", "2026-11-02", "--version", "1.0", *ends),
            )
        answers(horizon, name, "yes E1")
        horizon.well("score", "open", name, "Ben Example")
        horizon.well("--as", "Ben Example", "score", "submit", name, "--from", "-", typed=lines)
        horizon.well("score", "close", name)


def until_the_day(horizon: CommandLine) -> None:
    """Up to the day of the meeting: its agenda is out, and the chair has decided on one technology
    since the last one."""
    horizon.clock.go_to(date(2026, 11, 2))
    propose(horizon, "Room booking", "Case search", "Call bot", "Voice match", "Shift swaps")
    prepare(horizon, "Room booking", "Case search", "Shift swaps")
    horizon.well("person", "Ivy Example", "--role", "Data protection officer", "--dpo")
    horizon.well("person", "Lena Example", "--tie", "Supplier Z")
    horizon.well("amend", "Room booking", "--supplier", "Built in house")
    horizon.well("amend", "Case search", "--supplier", "Built in house")
    horizon.well("amend", "Call bot", "--supplier", "Built in house")
    horizon.clock.go_to(date(2026, 11, 12))
    alone = (
        *("decide", "Shift swaps", "--gate", "G2", "--outcome", "approve", "--chair"),
        *("Grace Example", "--body", "AISG", "--reasons", "It cannot wait", *EQUALITY),
    )
    done = secretary(horizon, *alone)
    assert "It lapses unless a meeting ratifies it by 11 January 2027." in done.out
    secretary(
        horizon,
        *("decide", "Shift swaps", "--body", "FDG", "--gate", "G3", "--outcome", "trial-ready"),
        *("--chair", "Kit Example", "--reasons", "Ready", "--expires", "2027-03-31"),
    )
    horizon.well("move", "Shift swaps", "trial-approved")
    secretary(
        horizon,
        *("meeting", "call", "AISG", "2026-11-24", "--place", "Room 1 and online"),
        *("--item", "Room booking", "--item", "Case search", "--item", "Call bot"),
        *("--item", "Voice match", "--item", "Shift swaps", "--item", "Training of members"),
    )
    horizon.clock.go_to(DAY)


def sit(horizon: CommandLine) -> None:
    """The whole meeting of six items."""
    secretary(horizon, "meeting", "attend", MEETING, "--from", "-", typed=PEOPLE)
    secretary(horizon, "meeting", "attend", MEETING, "Dan Example", "--apologies")
    secretary(
        horizon,
        *("meeting", "minute", MEETING, "1", "--text", "Members asked who clears the list."),
        *("--comment", "Dan Example | I am content"),
    )
    decide(
        horizon,
        "Room booking",
        MEETING,
        "approve",
        *("--reasons", "Nothing personal is kept", *EQUALITY, "--votes", "2-1-0"),
        *("--dissent", "Hugo Example | The old list was enough"),
    )
    secretary(horizon, "decide", "Case search", "--meeting", MEETING, "--record", "-", typed=RECORD)
    decide(
        horizon,
        "Call bot",
        MEETING,
        "Defer for information",
        *("--reasons", "The test plan is missing", "--review-by", "2027-02-01"),
        *("--next-step", "The owner brings the test plan in February"),
    )
    secretary(
        horizon,
        *("meeting", "interest", MEETING, "4", "Lena Example", "--kind", "supplier"),
        *("--nature", "Worked there until 2025", "--left"),
    )
    broken = horizon(
        *("--as", SECRETARY, "decide", "Voice match", "--meeting", MEETING),
        *("--outcome", "reject", "--reasons", "No"),
    )
    assert broken.code == 3
    assert "a quorum: 3 who may decide are needed, 2 are there" in broken.err
    secretary(
        horizon,
        *("meeting", "minute", MEETING, "4", "--no-decision", "No quorum once a member had left"),
    )
    secretary(
        horizon,
        *("meeting", "minute", MEETING, "5", "--no-decision", "Members would not ratify it"),
    )
    secretary(horizon, "meeting", "minute", MEETING, "6", "--noted")
    done = secretary(horizon, "meeting", "close", MEETING)
    assert done.out == f"{MEETING}: closed; not ratified, so lapsed: AISG/2026/001.\n"
