"""Events about meetings to state."""

from __future__ import annotations

from typing import Any

from horizon.model import meeting_events as ev
from horizon.model.applying import on
from horizon.model.decision import Decision
from horizon.model.envelope import Event
from horizon.model.meeting import AgendaItem, Confirmed, Meeting
from horizon.model.state import State


def _update(state: State, event: Event, **changes: Any) -> None:
    meeting = state.meetings[event.subject]
    state.meetings[event.subject] = meeting.model_copy(
        update={"revision": event.revision, **changes}
    )


def _with_item(meeting: Meeting, number: int, **changes: Any) -> tuple[AgendaItem, ...]:
    return tuple(
        each.model_copy(update=changes) if each.number == number else each for each in meeting.items
    )


@on(ev.MeetingCarried)
def _meeting_carried(state: State, event: Event, data: ev.MeetingCarried) -> None:
    state.meetings[event.subject] = data.meeting


@on(ev.MeetingCalled)
def _meeting_called(state: State, event: Event, data: ev.MeetingCalled) -> None:
    state.meetings[event.subject] = Meeting(
        id=event.subject,
        revision=event.revision,
        called_at=event.at,
        called_by=event.by,
        **dict(data),
    )


@on(ev.MeetingRescheduled)
def _meeting_rescheduled(state: State, event: Event, data: ev.MeetingRescheduled) -> None:
    _update(state, event, on=data.on, place=data.place)


@on(ev.AgendaSet)
def _agenda_set(state: State, event: Event, data: ev.AgendaSet) -> None:
    _update(state, event, items=data.items)


@on(ev.AttendanceSet)
def _attendance_set(state: State, event: Event, data: ev.AttendanceSet) -> None:
    _update(state, event, attendance=data.attendance)


@on(ev.InterestDeclared)
def _interest_declared(state: State, event: Event, data: ev.InterestDeclared) -> None:
    meeting = state.meetings[event.subject]
    item = meeting.item(data.item)
    others = (
        [each for each in item.interests if each.person != data.interest.person] if item else []
    )
    _update(
        state,
        event,
        items=_with_item(meeting, data.item, interests=(*others, data.interest)),
    )


@on(ev.ItemMinuted)
def _item_minuted(state: State, event: Event, data: ev.ItemMinuted) -> None:
    meeting = state.meetings[event.subject]
    item = meeting.item(data.item)
    changes: dict[str, Any] = {
        "minute": data.minute,
        "comments": data.comments,
        "no_decision": data.no_decision,
    }
    if item is not None and item.outcome != "decided":
        changes["outcome"] = data.outcome
    _update(state, event, items=_with_item(meeting, data.item, **changes))


@on(ev.MeetingClosed)
def _meeting_closed(state: State, event: Event, data: ev.MeetingClosed) -> None:
    _update(state, event, closed_at=event.at, closed_by=event.by)


@on(ev.MinutesConfirmed)
def _minutes_confirmed(state: State, event: Event, data: ev.MinutesConfirmed) -> None:
    confirmed = Confirmed(on=data.on, at_meeting=data.at_meeting, by=event.by, at=event.at)
    _update(state, event, confirmed=confirmed)


def decided(state: State, decision: Decision) -> None:
    """Mark the agenda item that a decision was made on. The meeting's revision stays: the event is
    about the technology."""
    if decision.meeting is None or decision.item is None:
        return
    for key, meeting in state.meetings.items():
        if meeting.ref == decision.meeting:
            items = _with_item(meeting, decision.item, outcome="decided", decision=decision.number)
            state.meetings[key] = meeting.model_copy(update={"items": items})


def erased(state: State, event: Event) -> None:
    """An event about a meeting whose data is gone."""
    meeting = state.meetings[event.subject]
    _update(state, event, erased=(*meeting.erased, event.seq))
