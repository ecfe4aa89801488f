"""The illustrative committees, and how the script has them meet. Nobody in them is real."""

from __future__ import annotations

from datetime import date, timedelta

from horizon.judgement.committee import sitting
from horizon.model.meeting import InterestAction, InterestKind, Presence, Seat
from horizon.register import Register
from horizon.register.inputs import AttendanceInput, ItemInput

SECRETARY = "Sam Example"
DPO = "Ivy Example"
FORCE = "Example Police (illustrative)"

COMMITTEES: dict[str, tuple[str, ...]] = {
    "ai-sub-group": ("Grace Example", "Asha Example", "Hugo Example", "Lena Example"),
    "futures-delivery-group": ("Dev Example", "Kit Example", "Ros Example", "Nia Example"),
    "dip-board": ("Carys Example", "Dev Example", "Omar Example", "Rita Example"),
    "ddat-board": ("Olu Example", "Grace Example", "Omar Example", "Tom Example"),
    "strategic-change-board": ("Wren Example", "Carys Example", "Olu Example", "Pat Example"),
}
"""For each body its chair, then its members."""

WEEKDAYS = {
    "strategic-change-board": 0,
    "ai-sub-group": 1,
    "dip-board": 2,
    "futures-delivery-group": 3,
    "ddat-board": 4,
}
"""The day of the week on which a body meets, Monday being 0."""

KINDS = {
    "proposed it": InterestKind.PROPOSER,
    "owns it": InterestKind.PROPOSER,
}


def meeting_day(body: str, day: date) -> date:
    """The body's first day of meeting from `day` on."""
    wanted = WEEKDAYS.get(body, day.weekday())
    return day + timedelta(days=(wanted - day.weekday()) % 7)


def convened(register: Register, body: str, on: date) -> str:
    """The reference of the body's meeting on this day, called and attended if it is not yet;
    empty for a body that keeps its minutes elsewhere."""
    found = register.framework.route.body(body)
    assert found is not None
    if found.quorum == 0:
        return ""
    for meeting in register.state.meetings.values():
        if (meeting.body, meeting.on, meeting.is_closed) == (body, on, False):
            return meeting.ref
    register.acting = SECRETARY
    register.name_person(DPO, role="Data protection officer", dpo=True)
    meeting = register.call_meeting(body=body, on=on, place="Room 1 and online")
    register.attend(meeting.ref, people_of(body))
    return meeting.ref


def people_of(body: str) -> list[AttendanceInput]:
    """The committee in its seats, all present."""
    chair, *members = COMMITTEES[body]
    seats = [(chair, Seat.CHAIR), *((each, Seat.MEMBER) for each in members)]
    seats += [(SECRETARY, Seat.MINUTE_TAKER)]
    if body == "ai-sub-group":
        seats.append((DPO, Seat.ADVISER))
    return [
        AttendanceInput(person=name, seat=seat, presence=Presence.PRESENT, organisation=FORCE)
        for name, seat in seats
    ]


def put_on_agenda(register: Register, ref: str, technology: str) -> int:
    """The number of the item on a technology, put on the agenda if it is not there; those who may
    not decide on it have left the room."""
    register.acting = SECRETARY
    meeting = register.meeting(ref)
    item = meeting.item_on(technology)
    if item is None:
        meeting = register.add_items(ref, [ItemInput(technology=technology)])
        item = meeting.item_on(technology)
    assert item is not None
    found = sitting(meeting, item, register.technology(technology), register.state.people)
    for person, why in found.undeclared:
        register.declare(
            ref,
            item.number,
            person=register.name(person),
            kind=KINDS.get(why, InterestKind.SUPPLIER),
            nature=f"{why[:1].upper()}{why[1:]}",
            action=InterestAction.LEFT,
        )
    return item.number


def close_past(register: Register, day: date) -> None:
    """Close the meetings before `day`, and confirm their minutes at the body's next one."""
    before, register.acting = register.acting, SECRETARY
    past = [each for each in register.state.meetings.values() if each.on < day]
    for meeting in past:
        if not meeting.is_closed:
            register.close_meeting(meeting.ref)
    for meeting in past:
        later = [
            each
            for each in register.state.meetings.values()
            if each.body == meeting.body and each.on > meeting.on and each.on <= day
        ]
        if later and register.meeting(meeting.ref).confirmed is None:
            following = min(later, key=lambda each: each.on)
            register.confirm_minutes(meeting.ref, on=following.on, at_meeting=following.ref)
    register.acting = before
