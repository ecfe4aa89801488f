"""Commands that end a meeting, and what was decided between two: ratify, close, confirm minutes."""

from __future__ import annotations

from datetime import date

from horizon.framework.schema import Framework
from horizon.judgement.committee import sitting
from horizon.judgement.ratifying import can_ratify, is_in_time
from horizon.model.decision import Decision
from horizon.model.errors import BadInput, RuleBroken
from horizon.model.events import DecisionLapsed
from horizon.model.meeting import AgendaItem, Meeting
from horizon.model.meeting_events import DecisionRatified, MeetingClosed, MinutesConfirmed
from horizon.model.record import Lapsed, Ratified
from horizon.model.state import State
from horizon.model.technology import Technology
from horizon.model.wording import day, listed
from horizon.register.actions.meetings import refuse_closed
from horizon.register.desk import Desk, decision_of


def close(desk: Desk, meeting: Meeting) -> None:
    """Draft the end of a meeting. What was decided between meetings and not ratified lapses."""
    refuse_closed(meeting, "it cannot be closed again")
    if meeting.on > desk.today:
        raise RuleBroken(
            f"{meeting.ref} is not until {day(meeting.on)}, so it cannot be closed yet"
        )
    if waiting := meeting.undecided:
        named = listed([f"item {each.number} ({each.title})" for each in waiting])
        raise RuleBroken(
            f"{meeting.ref} cannot be closed yet",
            missing=[f"a decision, or a minute that there was none, on {named}"],
            who="The secretary minutes it.",
        )
    desk.draft(meeting.id, MeetingClosed(on=desk.today))
    if meeting.by_correspondence:
        return
    for technology_id, decision in unratified(desk.state, desk.framework, meeting):
        lapsed = Lapsed(meeting=meeting.ref, on=meeting.on)
        desk.draft(technology_id, DecisionLapsed(decision=decision, lapsed=lapsed))


def unratified(state: State, framework: Framework, meeting: Meeting) -> list[tuple[str, str]]:
    """Decisions that the body made out of a meeting before this one and has not ratified:
    technology and number."""
    return [
        (header.id, each.number)
        for header in state.technologies.headers()
        for each in header.decisions
        if each.body == meeting.body
        and can_ratify(framework, each, meeting.on, state.meetings.values())
    ]


def ratify(desk: Desk, technology: Technology, number: str, meeting: Meeting) -> Decision:
    """Draft that a decision made out of a meeting was ratified at one."""
    decision = decision_of(technology, number)
    if decision.superseded_by is not None:
        raise RuleBroken(
            f"{number} was superseded by {decision.superseded_by}",
            who=f"Ratify {decision.superseded_by} where that was decided out of a meeting too.",
        )
    if not decision.method.needs_ratifying:
        raise RuleBroken(f"{number} was made at a meeting, so there is nothing to ratify")
    if decision.ratified is not None:
        raise RuleBroken(f"{number} was ratified already, at {decision.ratified.meeting}")
    held = desk.state.meetings.values()
    in_time = is_in_time(desk.framework, decision, meeting.on, held)
    if not in_time or decision.lapsed is not None:
        raise RuleBroken(
            f"{number} has lapsed, because it was not ratified in time",
            who="The body can decide anew.",
        )
    if meeting.body != decision.body or meeting.by_correspondence:
        raise RuleBroken(f"{number} is ratified at a meeting of the body that decided it")
    refuse_closed(meeting, "nothing is ratified at it any more")
    if meeting.on <= decision.decided_on:
        raise BadInput(
            f"{meeting.ref} is not after {number}, which was decided on {day(decision.decided_on)}"
        )
    if meeting.on > desk.today:
        raise RuleBroken(
            f"{meeting.ref} is not until {day(meeting.on)}, so nothing is ratified at it yet"
        )
    item = next(
        (each for each in meeting.items if each.technology == technology.id),
        AgendaItem(number=1, title=technology.name, technology=technology.id),
    )
    found = sitting(meeting, item, technology, desk.state.people)
    if found.undeclared or not found.quorum.is_met:
        needed, there = found.quorum.needed, len(found.quorum.counted)
        raise RuleBroken(
            f"{number} cannot be ratified at {meeting.ref}",
            missing=[f"a quorum of {needed} who may decide on it ({there} are there)"],
            who="Without it the decision lapses when the meeting is closed.",
        )
    ratified = Ratified(meeting=meeting.ref, on=meeting.on, by=desk.by, at=desk.at)
    desk.draft(technology.id, DecisionRatified(decision=number, ratified=ratified))
    return decision


def confirm(desk: Desk, meeting: Meeting, *, on: date, at_meeting: str) -> None:
    """Draft that the minutes were agreed as accurate, at a later meeting or in writing."""
    if not meeting.is_closed:
        raise RuleBroken(
            f"{meeting.ref} is not closed yet, so its minutes cannot be confirmed",
            who="Close it first.",
        )
    if meeting.confirmed is not None:
        raise RuleBroken(
            f"The minutes of {meeting.ref} were confirmed on {day(meeting.confirmed.on)}"
        )
    if on < meeting.on or on > desk.today:
        raise BadInput(
            f"Minutes of {day(meeting.on)} cannot be confirmed on {day(on)}",
            do=f"Use a date from {day(meeting.on)} to {day(desk.today)}",
        )
    later = desk.meeting(at_meeting) if at_meeting else None
    if later is not None and not later.follows(meeting):
        raise BadInput(
            f"The minutes of {meeting.ref} cannot be confirmed at {later.ref}",
            do="Name a later meeting of the same body",
        )
    where = later.ref if later else ""
    desk.draft(meeting.id, MinutesConfirmed(on=on, at_meeting=where))
