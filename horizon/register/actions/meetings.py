"""Commands of meetings: call one, set its agenda, take attendance, minute it, close it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from string import ascii_lowercase

from horizon.framework.route import Body
from horizon.framework.schema import Framework
from horizon.judgement.committee import barred, sitting
from horizon.model.base import new_id
from horizon.model.errors import BadInput, RuleBroken
from horizon.model.events import DecisionLapsed
from horizon.model.headers import DecisionHeader
from horizon.model.meeting import (
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
    DecisionRatified,
    InterestDeclared,
    ItemMinuted,
    MeetingCalled,
    MeetingClosed,
    MeetingRescheduled,
    MinutesConfirmed,
)
from horizon.model.record import Lapsed, Ratified
from horizon.model.state import State
from horizon.model.technology import Decision, Technology
from horizon.model.wording import count
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
    raise BadInput(f"{body.name} has met {count(len(ascii_lowercase), 'time')} on {on} already")


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


def _open(meeting: Meeting, what: str) -> None:
    if meeting.is_closed:
        raise RuleBroken(
            f"{meeting.ref} has been closed, so {what}",
            who="Its minutes are confirmed at the next meeting; a correction is minuted there.",
        )


def reschedule(desk: Desk, meeting: Meeting, *, on: date, place: str, reason: str) -> None:
    """Draft another day or place for a meeting at which nothing was taken yet."""
    _open(meeting, "it cannot be moved")
    if any(each.outcome for each in meeting.items):
        raise RuleBroken(f"{meeting.ref} has begun, so it cannot be moved to another day")
    desk.draft(meeting.id, MeetingRescheduled(on=on, place=place or meeting.place, reason=reason))


def add_items(desk: Desk, meeting: Meeting, items: Sequence[ItemInput]) -> None:
    """Draft more items at the end of the agenda."""
    _open(meeting, "its agenda stays as it is")
    body = next(each for each in desk.framework.route.bodies if each.id == meeting.body)
    last = max((each.number for each in meeting.items), default=0)
    added = _numbered(desk, body, items, last)
    held = {each.technology for each in meeting.items if each.technology and not each.outcome}
    for each in added:
        if each.technology in held:
            raise RuleBroken(f"{each.title} is on the agenda of {meeting.ref} already")
    desk.draft(meeting.id, AgendaSet(items=(*meeting.items, *added)))


def drop_item(desk: Desk, meeting: Meeting, number: int) -> None:
    """Draft the agenda without an item that was not taken. The others keep their numbers."""
    _open(meeting, "its agenda stays as it is")
    item = _item(meeting, number)
    if item.outcome or item.minute or item.interests:
        raise RuleBroken(f"Item {number} of {meeting.ref} has begun, so it stays on the agenda")
    desk.draft(
        meeting.id, AgendaSet(items=tuple(each for each in meeting.items if each is not item))
    )


def _item(meeting: Meeting, number: int) -> AgendaItem:
    found = meeting.item(number)
    if found is None:
        numbers = ", ".join(str(each.number) for each in meeting.items) or "none"
        raise BadInput(f"{meeting.ref} has no item {number}", do=f"Its items: {numbers}")
    return found


def attend(desk: Desk, meeting: Meeting, people: Sequence[AttendanceInput]) -> None:
    """Draft who is there and in which seat, in place of what was known of the same people."""
    _open(meeting, "its attendance stays as it is")
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
    _open(meeting, "no interest can be declared at it any more")
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
    _open(meeting, "its minutes stay as they are")
    item = _item(meeting, number)
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


def close(desk: Desk, meeting: Meeting) -> None:
    """Draft the end of a meeting. What was decided between meetings and not ratified lapses."""
    _open(meeting, "it cannot be closed again")
    if meeting.on > desk.today:
        raise RuleBroken(f"{meeting.ref} is not until {meeting.on}, so it cannot be closed yet")
    asked = [each for each in meeting.items if each.purpose == "for decision"]
    waiting = [each for each in asked if not each.outcome]
    if waiting:
        numbers = ", ".join(str(each.number) for each in waiting)
        raise RuleBroken(
            f"{meeting.ref} has {count(len(waiting), 'item')} for decision that nobody ended",
            missing=[f"a decision, or a minute that there was none, on item {numbers}"],
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
        if each.ratify_by is not None
        and each.body == meeting.body
        and each.decided_on < meeting.on
        and each.ratified is None
        and each.lapsed is None
        and each.superseded_by is None
        and _in_time(state, framework, each, each.ratify_by, meeting)
    ]


def _in_time(
    state: State,
    framework: Framework,
    decision: Decision | DecisionHeader,
    ratify_by: date,
    meeting: Meeting,
) -> bool:
    """Whether a meeting can still ratify a decision: it is in time, or it is the body's next one
    and was moved to a later day."""
    if meeting.on <= ratify_by:
        return True
    return meeting.on - decision.decided_on <= timedelta(framework.route.ratify_days) and not any(
        each.body == meeting.body
        and not each.by_correspondence
        and decision.decided_on < each.on < meeting.on
        for each in state.meetings.values()
    )


def ratify(desk: Desk, technology: Technology, number: str, meeting: Meeting) -> Decision:
    """Draft that a decision made out of a meeting was ratified at one."""
    decision = technology.decision(number)
    if decision is None:
        raise BadInput(f"{technology.label} has no decision {number!r}")
    if decision.superseded_by is not None:
        raise RuleBroken(
            f"{number} was superseded by {decision.superseded_by}",
            who=f"Ratify {decision.superseded_by} where that was decided out of a meeting too.",
        )
    if not decision.method.needs_ratifying:
        raise RuleBroken(f"{number} was made at a meeting, so there is nothing to ratify")
    if decision.ratified is not None:
        raise RuleBroken(f"{number} was ratified already, at {decision.ratified.meeting}")
    by = decision.ratify_by
    late = by and not _in_time(desk.state, desk.framework, decision, by, meeting)
    if late or decision.lapsed is not None:
        raise RuleBroken(
            f"{number} has lapsed, because it was not ratified in time",
            who="The body can decide anew.",
        )
    if meeting.body != decision.body or meeting.by_correspondence:
        raise RuleBroken(f"{number} is ratified at a meeting of the body that decided it")
    _open(meeting, "nothing is ratified at it any more")
    if meeting.on <= decision.decided_on:
        raise BadInput(
            f"{meeting.ref} is not after {number}, which was decided on {decision.decided_on}"
        )
    if meeting.on > desk.today:
        raise RuleBroken(
            f"{meeting.ref} is not until {meeting.on}, so nothing is ratified at it yet"
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
    """Draft that the minutes were agreed as accurate, at a later meeting or by letter."""
    if not meeting.is_closed:
        raise RuleBroken(
            f"{meeting.ref} is not closed yet, so its minutes cannot be confirmed",
            who="Close it first.",
        )
    if meeting.confirmed is not None:
        raise RuleBroken(f"The minutes of {meeting.ref} were confirmed on {meeting.confirmed.on}")
    if on < meeting.on or on > desk.today:
        raise BadInput(
            f"Minutes of {meeting.on} cannot be confirmed on {on}",
            do=f"Use a date from {meeting.on} to {desk.today}",
        )
    later = desk.meeting(at_meeting) if at_meeting else None
    if later is not None and (later.id == meeting.id or later.body != meeting.body):
        raise BadInput(
            f"The minutes of {meeting.ref} cannot be confirmed at {later.ref}",
            do="Name a later meeting of the same body",
        )
    where = later.ref if later else ""
    desk.draft(meeting.id, MinutesConfirmed(on=on, at_meeting=where))
