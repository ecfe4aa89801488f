"""Events of decisions and their conditions to state."""

from __future__ import annotations

from typing import Any

from horizon.model import events as ev
from horizon.model import fold_meetings
from horizon.model.applying import on, update
from horizon.model.decision import Discharge
from horizon.model.envelope import Event
from horizon.model.meeting_events import DecisionRatified
from horizon.model.state import State


@on(ev.DecisionRecorded)
def _decision_recorded(state: State, event: Event, data: ev.DecisionRecorded) -> None:
    technology = state.technologies[event.subject]
    count_decision(state, data.decision.number)
    earlier = tuple(
        each.model_copy(update={"superseded_by": data.decision.number})
        if each.number == data.decision.supersedes
        else each
        for each in technology.decisions
    )
    settled = set(data.decision.settles)
    reopenings = tuple(
        each.model_copy(update={"settled_by": data.decision.number})
        if each.number in settled
        else each
        for each in technology.reopenings
    )
    changes: dict[str, Any] = {
        "decisions": (*earlier, data.decision),
        "reopenings": reopenings,
    }
    if data.decision.review_by is not None:
        changes |= {
            "review_by": data.decision.review_by,
            "review_reason": f"Set by decision {data.decision.number}.",
        }
    update(state, event, **changes)
    fold_meetings.decided(state, data.decision)


def count_decision(state: State, number: str) -> None:
    """See that no later decision gets this number."""
    series, _, count = number.rpartition("/")
    numbers = dict(state.head.decision_numbers)
    numbers[series] = max(numbers.get(series, 0), int(count))
    state.head = state.head.model_copy(update={"decision_numbers": numbers})


@on(ev.ConditionDischarged)
def _condition_discharged(state: State, event: Event, data: ev.ConditionDischarged) -> None:
    _put_discharge(state, event, data.decision, data.condition, data.discharge)


@on(ev.DischargeTakenBack)
def _discharge_taken_back(state: State, event: Event, data: ev.DischargeTakenBack) -> None:
    _put_discharge(state, event, data.decision, data.condition, None)


def _put_discharge(
    state: State, event: Event, number: str, condition: int, discharge: Discharge | None
) -> None:
    found = state.technologies[event.subject].decision(number)
    conditions = tuple(
        each.model_copy(update={"discharge": discharge}) if each.number == condition else each
        for each in (found.conditions if found else ())
    )
    _update_decision(state, event, number, conditions=conditions)


def _update_decision(state: State, event: Event, number: str, **changes: Any) -> None:
    """Replace fields of one decision of the event's technology."""
    technology = state.technologies[event.subject]
    decisions = tuple(
        each.model_copy(update=changes) if each.number == number else each
        for each in technology.decisions
    )
    update(state, event, decisions=decisions)


@on(DecisionRatified)
def _decision_ratified(state: State, event: Event, data: DecisionRatified) -> None:
    _update_decision(state, event, data.decision, ratified=data.ratified)


@on(ev.DecisionLapsed)
def _decision_lapsed(state: State, event: Event, data: ev.DecisionLapsed) -> None:
    """What a lapsed decision had answered is open again."""
    _update_decision(state, event, data.decision, lapsed=data.lapsed)
    technology = state.technologies[event.subject]
    reopenings = tuple(
        each.model_copy(update={"settled_by": ""}) if each.settled_by == data.decision else each
        for each in technology.reopenings
    )
    update(state, event, reopenings=reopenings)


@on(ev.TechnologyReopened)
def _technology_reopened(state: State, event: Event, data: ev.TechnologyReopened) -> None:
    technology = state.technologies[event.subject]
    changes: dict[str, Any] = {"reopenings": (*technology.reopenings, data.reopening)}
    if data.review_by is not None:
        changes |= {
            "review_by": data.review_by,
            "review_reason": f"Reopened: {data.reopening.reason}",
        }
    update(state, event, **changes)
