"""A meeting as people ask about it: who is there, whether they are enough for each item, what was
decided, and what is left to do. It knows no terminal and no paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from horizon.framework.route import Body
from horizon.framework.schema import Framework
from horizon.model.decision import Decision
from horizon.model.errors import BadInput
from horizon.model.headers import TechnologyHeader
from horizon.model.meeting import AgendaItem, Attendance, Interest, Meeting, Presence, Seat
from horizon.model.record import Method, Quorum
from horizon.model.wording import count, day, listed
from horizon.register.actions.ending_meetings import unratified
from horizon.register.inputs import AttendanceInput
from horizon.register.reader import Reader
from horizon.register.record_case import Case

SEATS = {
    Seat.CHAIR: "Chair",
    Seat.MEMBER: "Member",
    Seat.ADVISER: "Adviser",
    Seat.MINUTE_TAKER: "Minute-taker",
    Seat.OBSERVER: "Observer",
}
"""Seats in words."""

DID = {"stayed": "stayed", "left": "left the room", "no vote": "took no part in the vote"}
"""What somebody with an interest did, in words."""


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item of an agenda as it stands.

    `quorum` is that of the decision, or else of those who are there now; it is `None` where nothing
    is to be decided. `undeclared` are people who have to say what they do about an interest.
    `decision` is what was decided on it, with `outcome` in words.
    """

    item: AgendaItem
    technology: TechnologyHeader | None
    quorum: Quorum | None
    undeclared: tuple[str, ...]
    decision: Decision | None
    outcome: str

    @property
    def quorum_words(self) -> str:
        """`3 needed, 4 there`, and what follows where it is not met."""
        if self.quorum is None:
            return ""
        if self.undeclared:
            return f"{self.quorum.words}; first: {'; '.join(self.undeclared)}"
        could = "could" if self.item.outcome else "can"
        lacking = f", so no decision {could} be made"
        return self.quorum.words + ("" if self.quorum.is_met else lacking)

    @property
    def is_open(self) -> bool:
        """Whether a body has still to decide on it, or to say that it does not."""
        return self.item.is_undecided


@dataclass(frozen=True, slots=True)
class OutOfMeeting:
    """A decision that the body made out of a meeting, as it concerns this one."""

    decision: Decision
    technology: TechnologyHeader
    outcome: str
    how: str


@dataclass(frozen=True, slots=True)
class MeetingView:
    """A meeting with its body's name and its people by seat.

    `to_ratify` lapse if this meeting is closed without ratifying them; `ratified` and `lapsed` say
    what became of such decisions here. `left` is what is still to be done, in words.
    """

    meeting: Meeting
    body: Body | None
    body_name: str
    state: str
    chair: Attendance | None
    members: tuple[Attendance, ...]
    attending: tuple[Attendance, ...]
    apologies: tuple[Attendance, ...]
    items: tuple[ItemView, ...]
    to_ratify: tuple[OutOfMeeting, ...]
    ratified: tuple[OutOfMeeting, ...]
    lapsed: tuple[OutOfMeeting, ...]
    left: tuple[str, ...]


def read_meeting(register: Reader, ref: str) -> MeetingView:
    """The meeting that a reference or an id stands for. Raises `BadInput` for none."""
    meeting = register.meeting(ref)
    framework = framework_of(register, meeting)
    body = framework.route.body(meeting.body)
    name = body.name if body else meeting.body
    items = tuple(_item(register, meeting, each) for each in meeting.items)
    ours = tuple(_out_of_meeting(register, meeting.body))
    waiting = {number for _, number in unratified(register.state, register.framework, meeting)}
    to_ratify = () if _cannot_ratify(meeting) else _numbered(ours, waiting)
    return MeetingView(
        meeting=meeting,
        body=body,
        body_name=name,
        state=meeting_state(register, meeting),
        chair=next(iter(meeting.seated(Seat.CHAIR)), None),
        members=tuple(meeting.seated(Seat.MEMBER)),
        attending=tuple(each for each in meeting.present if not each.seat.decides),
        apologies=tuple(e for e in meeting.attendance if e.presence is Presence.APOLOGIES),
        items=items,
        to_ratify=to_ratify,
        ratified=tuple(
            each
            for each in ours
            if each.decision.ratified and each.decision.ratified.meeting == meeting.ref
        ),
        lapsed=tuple(
            each
            for each in ours
            if each.decision.lapsed and each.decision.lapsed.meeting == meeting.ref
        ),
        left=tuple(_left(register, meeting, items, to_ratify)),
    )


def framework_of(register: Reader, meeting: Meeting) -> Framework:
    """The framework that a meeting was called under, or today's where there is no copy of it."""
    held = meeting.framework in register.state.frameworks
    return register.framework_of(meeting.framework) if held else register.framework


def meeting_state(register: Reader, meeting: Meeting) -> str:
    """Where a meeting stands: `Called for 8 December 2026`, `Open`, `Closed`, `Confirmed`."""
    if meeting.confirmed is not None:
        at = meeting.confirmed.where
        return f"Closed; minutes confirmed on {day(meeting.confirmed.on)} {at}"
    if meeting.is_closed:
        return "Closed; minutes not confirmed yet"
    if meeting.on > register.today:
        return f"Called for {day(meeting.on)}"
    return "Open" if meeting.on == register.today else f"Open since {day(meeting.on)}"


def last_seats(register: Reader, meeting: Meeting) -> list[AttendanceInput]:
    """Everybody in the seat they had at the body's last meeting before this one, as present.

    Raises `BadInput` when there was none.
    """
    earlier = [
        each
        for each in register.state.meetings.values()
        if each.body == meeting.body
        and each.attendance
        and each.id != meeting.id
        and (each.on, each.ref) < (meeting.on, meeting.ref)
    ]
    if not earlier:
        raise BadInput(
            f"There is no attendance of an earlier meeting than {meeting.ref} to take over",
            do="Name who is there",
        )
    last = max(earlier, key=lambda each: (each.on, each.ref))
    people = register.state.people
    return [
        AttendanceInput(
            person=each.person,
            seat=each.seat,
            role="" if people[each.person].role else each.role,
            organisation="" if people[each.person].organisation else each.organisation,
        )
        for each in last.attendance
        if not people[each.person].erased
    ]


def interest_words(name: str, interest: Interest) -> str:
    """An interest and what the person did: `Asha Example, tied to the supplier: ... (left ...)`."""
    return f"{name}, {interest.kind}: {interest.nature} ({DID[interest.action]})"


def _item(register: Reader, meeting: Meeting, item: AgendaItem) -> ItemView:
    header = register.state.technologies.header(item.technology) if item.technology else None
    technology = register.state.technologies[item.technology] if item.technology else None
    decision = technology.decision(item.decision) if technology and item.decision else None
    quorum: Quorum | None = None
    undeclared: tuple[str, ...] = ()
    if decision is not None:
        quorum = decision.room.quorum
    elif item.purpose == "for decision" and not item.is_off:
        found = register.sitting(meeting.id, item.number)
        quorum = found.quorum
        if not item.outcome:
            undeclared = tuple(
                f"{register.name(person)} {why} and leaves or gives up the vote"
                for person, why in found.undeclared
            )
    return ItemView(
        item=item,
        technology=header,
        quorum=quorum,
        undeclared=undeclared,
        decision=decision,
        outcome=_outcome(register, item, decision),
    )


def _outcome(register: Reader, item: AgendaItem, decision: Decision | None) -> str:
    if item.outcome == "decided":
        if decision is None:
            return f"Decided ({item.decision})"
        technology = register.state.technologies[str(item.technology)]
        outcome = Case.of(register, technology, decision, register.today).outcome
        return f"{outcome} ({decision.number})"
    if item.outcome == "no decision":
        return f"No decision: {item.no_decision}"
    if item.outcome:
        return item.outcome.capitalize()
    return "To be decided" if item.purpose == "for decision" else "To be noted"


def _out_of_meeting(register: Reader, body: str) -> Iterator[OutOfMeeting]:
    """The decisions that a body made by its chair alone or by correspondence."""
    for header in register.state.technologies.headers():
        if all(each.ratify_by is None or each.body != body for each in header.decisions):
            continue
        technology = register.state.technologies[header.id]
        for decision in technology.decisions:
            later = technology.decision(decision.superseded_by or "")
            corrected = later is not None and later.correction
            if decision.ratify_by is None or decision.body != body or corrected:
                continue
            case = Case.of(register, technology, decision, register.today)
            how = "by correspondence"
            if decision.method is Method.CHAIRS_ACTION and decision.room.chair:
                how = f"chair's action of {register.name(decision.room.chair)}"
            yield OutOfMeeting(decision, header, case.outcome, how)


def _numbered(found: tuple[OutOfMeeting, ...], numbers: set[str]) -> tuple[OutOfMeeting, ...]:
    return tuple(each for each in found if each.decision.number in numbers)


def _cannot_ratify(meeting: Meeting) -> bool:
    return meeting.is_closed or meeting.by_correspondence


def _left(
    register: Reader,
    meeting: Meeting,
    items: tuple[ItemView, ...],
    to_ratify: tuple[OutOfMeeting, ...],
) -> Iterator[str]:
    if meeting.confirmed is not None:
        return
    if meeting.is_closed:
        yield "Confirm the minutes, at the next meeting or in writing"
        return
    if not meeting.attendance:
        yield "Take attendance"
    waiting = [str(each.item.number) for each in items if each.is_open]
    if waiting:
        yield f"Decide on {count(len(waiting), 'item')}, or minute why not: {listed(waiting)}"
    for each in to_ratify:
        yield (
            f"Ratify {each.decision.number} ({each.how}), or it lapses when the meeting is closed"
        )
    if not waiting and meeting.on <= register.today:
        yield "Close the meeting"
