"""Events that enter a technology and say more of what it is to state."""

from __future__ import annotations

from typing import Any

from horizon.model import events as ev
from horizon.model.applying import on, update
from horizon.model.base import canonical
from horizon.model.envelope import Event
from horizon.model.fold_deciding import count_decision
from horizon.model.state import State
from horizon.model.technology import Technology


def _next_label(state: State, given: str) -> str:
    """Labels count what entered this register, so they survive the erasure of an entry. One that
    came from elsewhere has the label that it was `given`."""
    number = int(given.rpartition("-")[2]) if given else state.head.labels + 1
    state.head = state.head.model_copy(update={"labels": max(state.head.labels, number)})
    return f"T-{number:04d}"


def enter(state: State, event: Event, **fields: Any) -> None:
    """Put a technology in the register."""
    state.technologies[event.subject] = Technology(
        id=event.subject,
        label=_next_label(state, event.given_label),
        revision=event.revision,
        proposed_at=event.at,
        proposed_by=event.by,
        changed_at=event.at,
        **fields,
    )


def _enter_as_said(
    state: State, event: Event, data: ev.TechnologyProposed | ev.LegacyEntered, **fields: Any
) -> None:
    enter(
        state,
        event,
        **dict(data.details),
        stage=data.stage,
        stage_since=data.on,
        illustrative=data.illustrative,
        **fields,
    )


@on(ev.TechnologyProposed)
def _technology_proposed(state: State, event: Event, data: ev.TechnologyProposed) -> None:
    _enter_as_said(state, event, data)


@on(ev.LegacyEntered)
def _legacy_entered(state: State, event: Event, data: ev.LegacyEntered) -> None:
    reason = "In use before the register; no approval is recorded."
    _enter_as_said(
        state, event, data, legacy=data.legacy, review_by=data.review_by, review_reason=reason
    )


@on(ev.TechnologyCarried)
def _technology_carried(state: State, event: Event, data: ev.TechnologyCarried) -> None:
    state.technologies[event.subject] = data.technology
    number = int(data.technology.label.rpartition("-")[2])
    state.head = state.head.model_copy(update={"labels": max(state.head.labels, number)})
    for decision in data.technology.decisions:
        count_decision(state, decision.number)


@on(ev.SightingAdded)
def _sighting_added(state: State, event: Event, data: ev.SightingAdded) -> None:
    technology = state.technologies[event.subject]
    update(state, event, sightings=(*technology.sightings, data.sighting))


@on(ev.DetailsAmended)
def _details_amended(state: State, event: Event, data: ev.DetailsAmended) -> None:
    technology = state.technologies[event.subject]
    details = technology.details.model_dump(mode="json") | data.changes
    amended = type(technology.details).model_validate_json(canonical(details))
    update(state, event, **dict(amended))
