"""Commands of meetings: call one, set its agenda, take attendance, minute it, close it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from string import ascii_lowercase

from horizon.framework.route import Body
from horizon.judgement.committee import barred
from horizon.model.base import new_id
from horizon.model.errors import BadInput, RuleBroken
from horizon.model.meeting import (
    TAKEN_OFF,
    AgendaItem,
    Attendance,
    Comment,
    Interest,
    InterestAction,
    InterestKind,
    ItemOutcome,
    Meeting,
)
from horizon.model.meeting_events import (
    AgendaSet,
    AttendanceSet,
    InterestDeclared,
    ItemMinuted,
    MeetingCalled,
    MeetingRescheduled,
)
from horizon.model.technology import Technology
from horizon.model.wording import count, day
from horizon.register.actions.moving import gates_open_to
from horizon.register.desk import Desk
from horizon.register.inputs import AttendanceInput, CommentInput, ItemInput, one_of


def call(
    desk: Desk,
    *,
    body: str,
    on: date,
    place: str,
    by_correspondence: bool,
    items: Sequence[ItemInput],
) -> str:
    """Draft a meeting of a body and give its id back."""
    route = desk.framework.route
    one_of(body, [each.id for each in route.bodies], "body")
    found = next(each for each in route.bodies if each.id == body)
    if found.quorum == 0:
        raise RuleBroken(
            f"Meetings of the {found.name} are not kept here: its decisions are recorded from its "
            "own minutes"
        )
    meeting_id = new_id("m")
    desk.draft(
        meeting_id,
        MeetingCalled(
            ref=_ref(desk, found, on),
            body=body,
            on=on,
            place=place,
            by_correspondence=by_correspondence,
            framework=desk.framework.digest,
            quorum=found.quorum,
            items=tuple(_numbered(desk, found, items, 0)),
        ),
    )
    return meeting_id


def _ref(desk: Desk, body: Body, on: date) -> str:
    """The body's abbreviation and the day, and a letter from the second one that day on."""
    stem = f"{body.abbreviation}/{on.isoformat()}"
    taken = {each.ref for each in desk.state.meetings.values()}
    for letter in ("", *ascii_lowercase[1:]):
        if stem + letter not in taken:
            return f"{stem}{letter}"
    raise BadInput(
        f"{body.name} has met {count(len(ascii_lowercase), 'time')} on {day(on)} already"
    )


def _numbered(desk: Desk, body: Body, items: Sequence[ItemInput], last: int) -> list[AgendaItem]:
    made = []
    for number, each in enumerate(items, start=last + 1):
        technology = desk.technology(each.technology) if each.technology else None
        if technology is not None and technology.merged_into:
            into = desk.state.technologies.header(technology.merged_into).label
            raise RuleBroken(
                f"{technology.label} was merged into {into}", who=f"Put {into} on the agenda."
            )
        gate = each.gate.upper() or (_gate_for(desk, body, technology) if technology else "")
        if gate:
            one_of(gate, [each.id for each in desk.framework.route.gates], "gate")
        title = each.title or (technology.name if technology else "")
        if not title:
            raise BadInput("An item has neither a title nor a technology", do="Give one")
        made.append(
            AgendaItem(
                number=number,
                title=title,
                technology=technology.id if technology else None,
                gate=gate if each.purpose == "for decision" else "",
                purpose=each.purpose,
                papers=each.papers,
            )
        )
    return made


def _gate_for(desk: Desk, body: Body, technology: Technology) -> str:
    """The first gate here at which the body may decide on the technology, if there is one."""
    route = desk.framework.route
    here = list(gates_open_to(route, technology))
    if technology.open_reopenings:  # what it rests on is approved again before anything else
        approved = {
            each.gate
            for each in technology.decisions
            if each.body == body.id and each.phase is not None and each.effect.approves
        }
        here.sort(key=lambda each: each not in approved)
    for gate_id in here:
        gate = route.gate(gate_id)
        if gate is not None and body.id in gate.bodies:
            return gate_id
    return ""


def refuse_closed(meeting: Meeting, what: str) -> None:
    if meeting.is_closed:
        raise RuleBroken(
            f"{meeting.ref} has been closed, so {what}",
            who="Its minutes are confirmed at the next meeting; a correction is minuted there.",
        )


def reschedule(desk: Desk, meeting: Meeting, *, on: date, place: str, reason: str) -> None:
    """Draft another day or place for a meeting at which nothing was taken yet."""
    refuse_closed(meeting, "it cannot be moved")
    if any(each.outcome for each in meeting.agenda):
        raise RuleBroken(f"{meeting.ref} has begun, so it cannot be moved to another day")
    desk.draft(meeting.id, MeetingRescheduled(on=on, place=place or meeting.place, reason=reason))


def add_items(desk: Desk, meeting: Meeting, items: Sequence[ItemInput]) -> None:
    """Draft more items at the end of the agenda."""
    refuse_closed(meeting, "its agenda stays as it is")
    body = next(each for each in desk.framework.route.bodies if each.id == meeting.body)
    last = max((each.number for each in meeting.items), default=0)
    added = _numbered(desk, body, items, last)
    held = {each.technology for each in meeting.items if each.technology and not each.outcome}
    for each in added:
        if each.technology in held:
            raise RuleBroken(f"{each.title} is on the agenda of {meeting.ref} already")
    desk.draft(meeting.id, AgendaSet(items=(*meeting.items, *added)))


def drop_item(desk: Desk, meeting: Meeting, number: int) -> None:
    """Draft that an item that was not taken is off the agenda. No other gets its number, and what
    somebody declared in it is kept."""
    refuse_closed(meeting, "its agenda stays as it is")
    item = _item(meeting, number)
    if why := stays(item):
        raise RuleBroken(
            f"Item {number} of {meeting.ref} stays on the agenda: {why}",
            who="" if item.outcome else "Minute instead that there was no decision on it.",
        )
    off = item.model_copy(update={"outcome": TAKEN_OFF})
    items = tuple(off if each is item else each for each in meeting.items)
    desk.draft(meeting.id, AgendaSet(items=items))


def stays(item: AgendaItem) -> str:
    """Why an item can no longer be taken off the agenda, in words; empty where it can."""
    if item.is_off:
        return "it was taken off already, and its number is kept"
    if item.outcome:
        return f"it has ended ({item.decision or item.outcome})"
    if item.minute:
        return "a minute was written on it"
    return "comments of absent members were read in on it" if item.comments else ""


def _item(meeting: Meeting, number: int) -> AgendaItem:
    found = meeting.item(number)
    if found is None:
        numbers = ", ".join(str(each.number) for each in meeting.items) or "none"
        raise BadInput(f"{meeting.ref} has no item {number}", do=f"Its items: {numbers}")
    return found


def attend(desk: Desk, meeting: Meeting, people: Sequence[AttendanceInput]) -> None:
    """Draft who is there and in which seat, in place of what was known of the same people."""
    refuse_closed(meeting, "its attendance stays as it is")
    known = {each.person: each for each in meeting.attendance}
    for each in people:
        person = desk.person(each.person)
        held, before = desk.state.people.get(person), known.get(person)
        known[person] = Attendance(
            person=person,
            seat=each.seat,
            presence=each.presence,
            role=each.role or (held.role if held else "") or (before.role if before else ""),
            organisation=each.organisation
            or (held.organisation if held else "")
            or (before.organisation if before else ""),
            dpo=held.dpo if held else False,
        )
    attendance = tuple(known.values())
    if attendance != meeting.attendance:
        desk.draft(meeting.id, AttendanceSet(attendance=attendance))


def declare(
    desk: Desk,
    meeting: Meeting,
    number: int,
    *,
    person: str,
    kind: InterestKind,
    nature: str,
    action: InterestAction,
) -> None:
    """Draft an interest in an item, and what the person does about it."""
    refuse_closed(meeting, "no interest can be declared at it any more")
    item = _item(meeting, number)
    if item.outcome:
        raise RuleBroken(f"Item {number} of {meeting.ref} has ended: interests come before it")
    who = desk.person(person)
    seat = next((each for each in meeting.attendance if each.person == who), None)
    if seat is None:
        raise RuleBroken(
            f"{person} is not among those at {meeting.ref}",
            missing=["their attendance"],
            who="The secretary takes it first.",
        )
    known = desk.state.people.get(who)
    technology = desk.state.technologies[item.technology] if item.technology else None
    why = barred(technology, known) if known else ""
    if (kind.bars or why) and action is InterestAction.STAYED and seat.seat.decides:
        raise RuleBroken(
            f"{desk.name_of(who)} {why or 'declares an interest of this kind'} and cannot stay as "
            "one of those who decide",
            missing=["that they leave, or take no part in the vote"],
            who=f"{desk.name_of(who)} or the chair.",
        )
    if not nature.strip():
        raise BadInput("The nature of the interest is empty", do="Say in a few words what it is")
    interest = Interest(person=who, kind=kind, nature=nature, action=action)
    if item.interest_of(who) != interest:
        desk.draft(meeting.id, InterestDeclared(item=number, interest=interest))


def minute(
    desk: Desk,
    meeting: Meeting,
    number: int,
    *,
    text: str | None,
    comments: Sequence[CommentInput],
    outcome: ItemOutcome | None,
    no_decision: str,
) -> None:
    """Draft what was said on an item. `outcome` "no decision" or "noted" ends it.

    What is not given stays as it was.
    """
    refuse_closed(meeting, "its minutes stay as they are")
    item = _item(meeting, number)
    if item.outcome == TAKEN_OFF:
        raise RuleBroken(f"Item {number} of {meeting.ref} was taken off the agenda")
    ends = item.outcome if outcome is None else outcome
    if outcome == "decided":
        raise BadInput("An item is decided by recording the decision, not by a minute")
    if item.outcome == "decided" and outcome is not None:
        raise RuleBroken(f"Item {number} of {meeting.ref} was decided: {item.decision}")
    if outcome == "no decision" and not no_decision.strip():
        why = "the reason: no quorum, more information wanted, time"
        raise RuleBroken(
            "An item that ends without a decision says why",
            missing=[why],
            who="The chair says it.",
            fields={"no_decision": why},
        )
    added = tuple(Comment(person=desk.person(each.person), text=each.text) for each in comments)
    minuted = ItemMinuted(
        item=number,
        minute=item.minute if text is None else text,
        comments=(*item.comments, *added),
        outcome=ends,
        no_decision=no_decision or item.no_decision,
    )
    held = (item.minute, item.comments, item.outcome, item.no_decision)
    if (minuted.minute, minuted.comments, minuted.outcome, minuted.no_decision) != held:
        desk.draft(meeting.id, minuted)
