"""A meeting as text and as JSON, for people and scripts at a command line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from horizon.cli.output import print_json, say, wrapped
from horizon.model.meeting import Attendance, Meeting
from horizon.model.wording import day
from horizon.register import Register
from horizon.register.meeting_words import (
    ItemView,
    MeetingView,
    OutOfMeeting,
    interest_words,
    read_meeting,
)
from horizon.register.record_case import titled
from horizon.register.record_grounds import person_named

FIELD = 14
"""Columns of a field's name."""


def told_meeting(register: Register, meeting: Meeting, as_json: bool, done: str) -> None:
    """Print the meeting that a command changed."""
    if as_json:
        print_json(meeting_record(register, read_meeting(register, meeting.ref)))
    else:
        for line in wrapped(f"{meeting.ref}: {done}.", rest="  "):
            say(line)


def meeting_record(register: Register, view: MeetingView) -> dict[str, Any]:
    """A meeting as a record: what is held, what is read of it, and the names of its people."""
    record: dict[str, Any] = view.meeting.model_dump(mode="json")
    record["reading"] = {
        "state": view.state,
        "items": [
            {
                "number": each.item.number,
                "label": each.technology.label if each.technology else None,
                "quorum": each.quorum_words,
                "quorum_met": each.quorum.is_met if each.quorum else None,
                "undeclared": each.undeclared,
                "outcome": each.outcome,
                "decision": each.decision.number if each.decision else None,
            }
            for each in view.items
        ],
        "to_ratify": [each.decision.number for each in view.to_ratify],
        "ratified": [each.decision.number for each in view.ratified],
        "lapsed": [each.decision.number for each in view.lapsed],
        "left": view.left,
    }
    people = sorted(set(re.findall(r'"(p-[0-9a-f]{16})"', view.meeting.model_dump_json())))
    record["names"] = {each: register.name(each) for each in people}
    return record


def meeting_text(register: Register, view: MeetingView) -> Iterator[str]:
    """Everything that is recorded of a meeting, fitted to the terminal."""
    meeting = view.meeting
    yield from wrapped(f"{meeting.ref}  {view.body_name}", rest="  ")
    yield from _field("On", day(meeting.on))
    yield from _field("Place", "By correspondence" if meeting.by_correspondence else meeting.place)
    yield from _field("State", view.state)
    yield from _field("Quorum", f"{meeting.quorum} who may decide")
    yield ""
    yield from _attendance(register, view)
    yield ""
    yield "Agenda"
    for each in view.items:
        yield from _item(register, each)
    if not view.items:
        yield "  Nothing is on it yet."
    yield from _out_of_meeting("To be ratified here", view.to_ratify)
    yield from _out_of_meeting("Ratified here", view.ratified)
    yield from _out_of_meeting("Lapsed, because not ratified here", view.lapsed)
    if view.left:
        yield ""
        yield "Left to do"
        for what in view.left:
            yield from wrapped(what, first="  ", rest="    ")
    yield ""
    yield f"Revision {meeting.revision}"


def _attendance(register: Register, view: MeetingView) -> Iterator[str]:
    if not view.meeting.attendance:
        yield "Nobody's attendance has been taken."
        return
    yield from _field("Chair", _people(register, [view.chair] if view.chair else []) or "Nobody")
    yield from _field("Members", _people(register, view.members))
    yield from _field("In attendance", _people(register, view.attending))
    yield from _field("Apologies", _people(register, view.apologies))


def _people(register: Register, seated: Iterable[Attendance]) -> str:
    return "; ".join(person_named(register.name(each.person), each) for each in seated)


def _item(register: Register, view: ItemView) -> Iterator[str]:
    item = view.item
    label = f" ({view.technology.label})" if view.technology else ""
    gate = f", gate {item.gate}" if item.gate else ""
    yield from wrapped(
        f"{item.title}{label}, {item.purpose}{gate}", first=f"{item.number:>3}  ", rest=" " * 5
    )
    yield from _under("Outcome", view.outcome)
    yield from _under("Quorum", view.quorum_words)
    for interest in item.interests:
        yield from _under("Interest", interest_words(register.name(interest.person), interest))
    for paper in item.papers:
        yield from _under("Paper", titled(paper.title, paper.version, paper.dated))
    yield from _under("Minute", item.minute)
    for comment in item.comments:
        yield from _under("Read in", f"{register.name(comment.person)}: {comment.text}")


def _under(name: str, text: str) -> Iterator[str]:
    if text:
        yield from wrapped(text, first=f"     {name + ':':<10}", rest=" " * 15)


def _out_of_meeting(title: str, found: tuple[OutOfMeeting, ...]) -> Iterator[str]:
    if not found:
        return
    yield ""
    yield title
    for each in found:
        yield from wrapped(
            f"{each.decision.number}  {each.technology.label} {each.technology.name}: "
            f"{each.outcome}, {day(each.decision.decided_on)}, {each.how}",
            first="  ",
            rest="    ",
        )


def _field(name: str, value: str) -> Iterator[str]:
    if value:
        yield from wrapped(value, first=f"{name + ':':<{FIELD}} ", rest=" " * (FIELD + 1))
