"""Events that take a change back, and notes.

Nothing is ever rewritten: what was recorded stays in the journal, and a later event says that it
was taken back and what holds instead.
"""

from __future__ import annotations

from typing import Any

from horizon.model.event_base import EventData
from horizon.model.scalars import Text, Words


class ChangeTakenBack(EventData):
    """Who made a change to a technology takes it back, or makes it again.

    `events` are those of the change. `values` are the fields of the technology that it had changed,
    with what they hold now. `again` says that it was taken back before and holds again.
    """

    kind = "change-taken-back"
    events: tuple[int, ...]
    values: dict[str, Any]
    again: bool = False


class EntryTakenBack(EventData):
    """Who entered a technology takes the entry back: it leaves the register, the journal keeps it.
    `label` was its label, which is not given again."""

    kind = "entry-taken-back"
    label: Text


class NoteAdded(EventData):
    """Somebody writes down a remark that is no evidence and decides nothing."""

    kind = "note-added"
    text: Words
