"""Events that take a change back, and notes, to state."""

from __future__ import annotations

from horizon.model import undo_events as ev
from horizon.model.applying import on, update
from horizon.model.base import canonical
from horizon.model.envelope import Event
from horizon.model.state import State
from horizon.model.technology import Note, Technology


@on(ev.ChangeTakenBack)
def _change_taken_back(state: State, event: Event, data: ev.ChangeTakenBack) -> None:
    held = state.technologies[event.subject].model_dump(mode="json") | data.values
    whole = Technology.model_validate_json(canonical(held))
    update(state, event, **{name: getattr(whole, name) for name in data.values})


@on(ev.EntryTakenBack)
def _entry_taken_back(state: State, event: Event, data: ev.EntryTakenBack) -> None:
    del state.technologies[event.subject]


@on(ev.NoteAdded)
def _note_added(state: State, event: Event, data: ev.NoteAdded) -> None:
    note = Note(text=data.text, by=event.by, at=event.at)
    update(state, event, notes=(*state.technologies[event.subject].notes, note))
