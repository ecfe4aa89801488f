"""Events to state. `apply` is the only thing that changes a `State`.

The fold checks nothing: rules are checked before an event is written. What it does with an event
whose data was erased is the least that keeps the rest of the register standing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from horizon.model import events as ev
from horizon.model import (
    fold_brought,
    fold_intake,
    fold_leaving,  # noqa: F401  (its handlers count too)
    fold_meetings,
    fold_route,  # noqa: F401  (and its)
    fold_sharing,  # noqa: F401  (and its)
    fold_signing,  # noqa: F401  (and its)
    fold_undo,  # noqa: F401  (and its)
)
from horizon.model.applying import HANDLERS, MISFITS, not_understood, on, update
from horizon.model.envelope import Commit, Event
from horizon.model.fold_assessing import with_round
from horizon.model.fold_deciding import count_decision
from horizon.model.fold_entering import enter
from horizon.model.formats import refuse_unreadable
from horizon.model.people import Person
from horizon.model.state import FrameworkCopy, State

HORIZON = "horizon"
"""The `by` of what the program does itself."""


def fold(commits: Iterable[Commit], state: State | None = None) -> State:
    """The state after `commits`, from `state` on, or from nothing."""
    state = state or State()
    for commit in commits:
        apply(state, commit)
    return state


def apply(state: State, commit: Commit) -> None:
    """Take one line of the journal into `state`.

    Raises `NotUnderstood` for an event that cannot be taken in; then `state` is no good any more.
    """
    for event in commit.events:
        take(state, event)
    last = commit.events[-1]
    update: dict[str, Any] = {"seq": last.seq, "hash": commit.hash, "last_at": last.at}
    if commit.brings:
        fold_brought.finish(state, commit)
        update["last_at"] = commit.events[0].at
    papers = not commit.brings and any(e.kind == ev.PaperIssued.kind for e in commit.events)
    if not papers:
        update |= {"paper_seq": last.seq, "paper_hash": commit.hash, "paper_at": last.at}
    elif any(event.kind == ev.PersonNamed.kind for event in commit.events):
        *earlier, paper = state.head.papers
        update["papers"] = (*earlier, paper.model_copy(update={"newcomer": True}))
    state.head = state.head.model_copy(update=update)


def take(state: State, event: Event) -> None:
    """Take one event of a line into `state`; the line's own end is for `apply`. Raises as that."""
    try:
        payload = event.payload()
        if event.is_set_aside:
            fold_brought.count(state, event)
        elif payload is None:
            _apply_erased(state, event)
        else:
            HANDLERS[event.kind](state, event, payload)
    except MISFITS as error:
        raise not_understood(event, error) from error
    if event.subject == state.head.register_id:
        state.head = state.head.model_copy(update={"revision": event.revision})


@on(ev.RegisterCreated)
def _register_created(state: State, event: Event, data: ev.RegisterCreated) -> None:
    state.head = state.head.model_copy(
        update={
            "register_id": event.subject,
            "format": data.schema_version,
            "name": data.name,
            "illustrative": data.illustrative,
            "created_at": event.at,
            "missing_history": data.carried_head or "",
        }
    )


@on(ev.FormatRaised)
def _format_raised(state: State, event: Event, data: ev.FormatRaised) -> None:
    refuse_unreadable(data.to, "This register")
    state.head = state.head.model_copy(update={"format": data.to})


@on(ev.HistoryAccepted)
def _history_accepted(state: State, event: Event, data: ev.HistoryAccepted) -> None:
    state.head = state.head.model_copy(update={"history_accepted": data.reason})


@on(ev.FrameworkAdopted)
def _framework_adopted(state: State, event: Event, data: ev.FrameworkAdopted) -> None:
    state.frameworks[event.subject] = FrameworkCopy(
        digest=event.subject,
        content=data.framework,
        adopted_at=event.at,
        adopted_by=event.by,
        reason=data.reason,
        revision=event.revision,
    )
    state.head = state.head.model_copy(update={"adopted_framework": event.subject})


@on(ev.PersonNamed)
def _person_named(state: State, event: Event, data: ev.PersonNamed) -> None:
    state.people[event.subject] = Person(
        id=event.subject,
        name=data.name,
        role=data.role,
        email=data.email,
        organisation=data.organisation,
        dpo=data.dpo,
        ties=data.ties,
        revision=event.revision,
    )


@on(ev.DataErased)
def _data_erased(state: State, event: Event, data: ev.DataErased) -> None:
    state.head = state.head.model_copy(update={"erased": (*state.head.erased, *data.events)})
    for number in data.decision_numbers:
        count_decision(state, number)
    for key, kept in data.stages.items():
        keep_stage(state, key, kept)


def keep_stage(state: State, key: str, kept: ev.StageKept) -> None:
    """Let a technology stand where it stood, though what led there was erased."""
    changes: dict[str, Any] = {"stage": kept.stage, "stage_since": kept.since}
    if kept.links is not None:
        proposers = fold_intake.co_proposers(state, kept.links.merged)
        changes |= dict(kept.links) | {"co_proposers": proposers}
    state.technologies[key] = state.technologies[key].model_copy(update=changes)


def _apply_erased(state: State, event: Event) -> None:
    """An event whose data is gone: its subject stays, what it said does not."""
    if event.kind == ev.PersonNamed.kind or event.subject in state.people:
        state.people[event.subject] = Person.forgotten(event.subject, event.revision)
        return
    if event.kind in (ev.TechnologyProposed.kind, ev.LegacyEntered.kind):
        enter(
            state,
            event,
            name="Name erased",
            stage=_first_stage(state),
            stage_since=date.fromisoformat(event.at[:10]),
            erased=(event.seq,),
        )
        return
    if event.subject in state.meetings:
        fold_meetings.erased(state, event)
        return
    technology = state.technologies[event.subject]
    changes: dict[str, Any] = {"erased": (*technology.erased, event.seq)}
    if event.kind == ev.RoundClosed.kind and technology.open_round is not None:
        number = technology.open_round.number
        changes["rounds"] = with_round(technology, number, closed_at=event.at, closed_by=event.by)
    update(state, event, **changes)


def _first_stage(state: State) -> str:
    framework = state.frameworks[state.head.adopted_framework].content
    return str(framework["route"]["first_stage"])
