"""Events that take a technology along the route, or off it, to state."""

from __future__ import annotations

from typing import Any

from horizon.model import events as ev
from horizon.model.applying import on, update
from horizon.model.envelope import Event
from horizon.model.intake_events import TechnologyMerged
from horizon.model.state import State

Leaving = ev.TechnologyWithdrawn | ev.TechnologySuperseded | TechnologyMerged


def leave(state: State, event: Event, data: Leaving, **changes: Any) -> None:
    """Take the event's technology off the route, with what else changes then."""
    ended = {"stage": data.stage, "stage_since": data.on, "ended_reason": data.reason}
    update(state, event, **ended, **changes)


@on(ev.StageMoved)
def _stage_moved(state: State, event: Event, data: ev.StageMoved) -> None:
    changes: dict[str, Any] = {"stage": data.to, "stage_since": data.on}
    legacy = state.technologies[event.subject].legacy
    if legacy is not None and data.gate:
        changes["legacy"] = legacy.model_copy(update={"cleared_on": data.on})
    update(state, event, **changes)


@on(ev.ReviewDateSet)
def _review_date_set(state: State, event: Event, data: ev.ReviewDateSet) -> None:
    update(state, event, review_by=data.review_by, review_reason=data.reason)


@on(ev.TechnologyWithdrawn)
def _technology_withdrawn(state: State, event: Event, data: ev.TechnologyWithdrawn) -> None:
    leave(state, event, data)


@on(ev.TechnologySuperseded)
def _technology_superseded(state: State, event: Event, data: ev.TechnologySuperseded) -> None:
    leave(state, event, data, superseded_by=data.successor)
