"""Events that bring others in from elsewhere to state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from horizon.model import brought_events as ev
from horizon.model.applying import on
from horizon.model.base import Model, canonical
from horizon.model.envelope import BroughtEvent, Commit, Event
from horizon.model.state import State

Record = TypeVar("Record", bound=Model)


@on(ev.CopyTakenIn)
def _copy_taken_in(state: State, event: Event, data: ev.CopyTakenIn) -> None:
    """What it brings follows; see `finish` for what holds after it."""


@on(ev.RegisterRecovered)
def _register_recovered(state: State, event: Event, data: ev.RegisterRecovered) -> None:
    changes = {"lost": data.lost, "erased": (*state.head.erased, *data.emptied)}
    if data.lost:
        changes["history_accepted"] = ""
    state.head = state.head.model_copy(update=changes)


@on(ev.EntryKept)
def _entry_kept(state: State, event: Event, data: ev.EntryKept) -> None:
    state.technologies[event.subject] = data.technology.model_copy(
        update={"revision": event.revision}
    )


@on(ev.RecordSettled)
def _record_settled(state: State, event: Event, data: ev.RecordSettled) -> None:
    key, values = event.subject, {**data.values, "revision": event.revision}
    if key in state.technologies:
        state.technologies[key] = changed(state.technologies[key], values, data.entries)
    elif key in state.meetings:
        state.meetings[key] = changed(state.meetings[key], values, data.entries)
    elif key in state.people:
        state.people[key] = changed(state.people[key], values, data.entries)


Entries = Mapping[str, Mapping[str, Mapping[str, Any]]]


def changed(record: Record, values: Mapping[str, Any], entries: Entries) -> Record:
    """The record with these fields and entries of its lists, given as JSON."""
    held = record.model_dump(mode="json") | dict(values)
    for name, changes in entries.items():
        key = ev.ENTRY_KEYS[name]
        held[name] = [{**each, **changes.get(str(each[key]), {})} for each in held[name]]
    whole = type(record).model_validate_json(canonical(held))
    return record.model_copy(update={name: getattr(whole, name) for name in (*values, *entries)})


def count(state: State, event: Event) -> None:
    """Take an event in for the record alone: it counts, and changes nothing."""
    key, revision = event.subject, {"revision": event.revision}
    if key in state.technologies:
        state.technologies[key] = state.technologies[key].model_copy(update=revision)
    elif key in state.meetings:
        state.meetings[key] = state.meetings[key].model_copy(update=revision)
    elif key in state.people:
        state.people[key] = state.people[key].model_copy(update=revision)
    elif key in state.frameworks:
        state.frameworks[key] = state.frameworks[key].model_copy(update=revision)


def finish(state: State, commit: Commit) -> None:
    """What holds at the end of a line that brought others, whatever they said."""
    for event in commit.events:
        if isinstance(event, BroughtEvent) and _with_copy(event):
            continue
        data = event.payload() if event.kind == ev.CopyTakenIn.kind else None
        if isinstance(data, ev.CopyTakenIn) and data.framework in state.frameworks:
            state.head = state.head.model_copy(update={"adopted_framework": data.framework})


def _with_copy(event: BroughtEvent) -> bool:
    """Whether it came in with a copy, whose own say what is in force there, not here."""
    return any(isinstance(step.bringing, ev.CopyTakenIn) for step in event.through.steps)
