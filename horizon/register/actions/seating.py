"""Who decided, in which room and in which way, and whether they could."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from horizon.framework.route import Body, Gate
from horizon.judgement.committee import barred, lacks, sitting
from horizon.judgement.ratifying import ratify_by
from horizon.judgement.tiers import read_tier
from horizon.model.errors import BadInput, RuleBroken
from horizon.model.meeting import AgendaItem, Attendance, Meeting, Seat
from horizon.model.record import Method, Room
from horizon.model.technology import Technology
from horizon.model.wording import day
from horizon.register.desk import Desk
from horizon.register.inputs import DecisionInput


@dataclass(frozen=True, slots=True)
class Seating:
    """How a body came to its decision: the way, the room, and until when it holds unratified."""

    method: Method
    room: Room = field(default_factory=Room)
    meeting: Meeting | None = None
    item: AgendaItem | None = None
    ratify_by: date | None = None


def seated(
    desk: Desk, technology: Technology, given: DecisionInput, body: Body, gate: Gate
) -> Seating:
    """Who decided, and whether they could. Raises `RuleBroken` or `BadInput`."""
    if given.meeting and given.chair:
        raise BadInput(
            "A decision is made at a meeting or by the chair alone, not both",
            do="Give the meeting or the chair",
        )
    own = body.quorum == 0 and not given.meeting and not given.chair
    if not own or gate.phase is not None:
        refuse_own_minutes(desk, technology)
    if own:
        return Seating(Method.OWN_RECORD)
    if given.chair:
        return _by_the_chair(desk, technology, given, body)
    if not given.meeting:
        alone = " or by chair's action" if body.chairs_action else ""
        raise RuleBroken(
            f"The {body.name} decides at a meeting, by correspondence{alone}",
            missing=["the meeting at which it decided"],
            fields={"way": "the meeting at which it decided"},
            who="Its secretary calls one and puts the technology on the agenda.",
        )
    return _at_the_meeting(desk, technology, given, body)


def refuse_own_minutes(desk: Desk, technology: Technology) -> None:
    if desk.by in technology.proposers:
        name = desk.name_of(desk.by)
        raise RuleBroken(
            f"{name} proposed {technology.label} and cannot record a decision on it",
            missing=["somebody else who takes the minute"],
            who="Anyone who did not propose it.",
        )


def _by_the_chair(desk: Desk, technology: Technology, given: DecisionInput, body: Body) -> Seating:
    tier = read_tier(desk.framework, technology.facts).tier
    deepest = body.chairs_action
    if deepest is None or tier.depth > deepest.depth:
        allowed = f"only up to the {deepest} tier" if deepest else "at no tier"
        raise RuleBroken(
            f"The chair of the {body.name} may decide alone {allowed}, and {technology.label} is "
            f"at the {tier} tier",
            missing=["a meeting, or a decision by correspondence"],
            who="The secretary calls one.",
        )
    chair = desk.person(given.chair)
    known = desk.state.people.get(chair)
    if known is not None:
        why = barred(technology, known)
        if known.dpo:
            why = "holds the function of data protection officer, who advises and never decides"
        if why:
            raise RuleBroken(f"{known.name} {why}, and so cannot decide on {technology.label}")
    seat = Attendance(
        person=chair,
        seat=Seat.CHAIR,
        role=known.role if known else "",
        organisation=known.organisation if known else "",
    )
    return Seating(
        Method.CHAIRS_ACTION,
        Room(chair=chair, attendance=(seat,)),
        ratify_by=_ratify_by(desk, body, given.decided_on),
    )


def _at_the_meeting(
    desk: Desk, technology: Technology, given: DecisionInput, body: Body
) -> Seating:
    meeting = desk.meeting(given.meeting)
    if meeting.body != body.id:
        raise RuleBroken(f"{meeting.ref} is not a meeting of the {body.name}")
    if meeting.is_closed:
        raise RuleBroken(
            f"{meeting.ref} has been closed, so nothing more is decided at it",
            who=f"The {body.name} decides at its next meeting.",
        )
    if given.decided_on < meeting.on or (
        given.decided_on != meeting.on and not meeting.by_correspondence
    ):
        raise BadInput(
            f"{meeting.ref} is on {day(meeting.on)}, and the decision is dated "
            f"{day(given.decided_on)}",
            do=f"Date it {day(meeting.on)}",
        )
    item = meeting.item(given.item) if given.item else meeting.item_on(technology.id)
    if item is None or item.technology != technology.id:
        raise RuleBroken(
            f"{technology.label} is not on what is left of the agenda of {meeting.ref}",
            missing=[f"an item on {technology.label}"],
            who="The secretary puts it on the agenda.",
        )
    if item.outcome:
        raise RuleBroken(f"Item {item.number} of {meeting.ref} has ended already: {item.outcome}")
    if item.purpose != "for decision":
        raise RuleBroken(
            f"Item {item.number} of {meeting.ref} is for information, so nothing is decided on it",
            missing=[f"an item on {technology.label} for decision"],
            who="The secretary notes that item, and puts the technology on the agenda again.",
        )
    for each in meeting.seated(Seat.MINUTE_TAKER):
        if each.person in technology.proposers:
            raise RuleBroken(
                f"{desk.name_of(each.person)} takes the minutes of {meeting.ref} and proposed "
                f"{technology.label}",
                missing=["another minute-taker for this item"],
                who="The chair names one.",
            )
    found = sitting(meeting, item, technology, desk.state.people)
    missing = list(lacks(found, desk.state.people))
    if missing:
        raise RuleBroken(
            f"The {body.name} cannot decide on item {item.number} of {meeting.ref}",
            lacks=missing,
        )
    by_letter = meeting.by_correspondence
    return Seating(
        Method.CORRESPONDENCE if by_letter else Method.MEETING,
        found.room,
        meeting,
        item,
        _ratify_by(desk, body, given.decided_on) if by_letter else None,
    )


def _ratify_by(desk: Desk, body: Body, decided_on: date) -> date:
    return ratify_by(desk.framework, body.id, decided_on, desk.state.meetings.values())
