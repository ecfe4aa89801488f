"""One event as the journal holds it."""

from __future__ import annotations

import json

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from horizon.model.envelope import Commit, Event
from horizon.model.events import ScoresSubmitted
from horizon.register import Register
from horizon.register.views import HistoryEntry
from horizon.tui import pages
from horizon.tui.keymap import Binding
from horizon.tui.screens.on_register import OnRegister
from horizon.tui.widgets.keys import Keys
from horizon.tui.widgets.page import Lines, Page

Found = tuple[Commit, Event]


class LineScreen(OnRegister, ModalScreen[None]):
    """An event with its place in the journal, its data and the hashes that chain it."""

    BINDINGS = [Binding("escape,enter,q", "dismiss", "Close", key_display="Esc")]

    def __init__(self, entry: HistoryEntry, found: Found | None = None) -> None:
        """`found` is the event with its commit, where that is at hand."""
        super().__init__()
        self._entry, self._found = entry, found

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="dialog line"):
            yield Static(f"Line {self._entry.line} of the journal", classes="dialog-title")
            yield Page(id="line")
        yield Keys()

    def on_mount(self) -> None:
        self.query_one(Page).show(line_of(self.register, self._entry, self._found))
        self.query_one(VerticalScroll).focus()


def line_of(register: Register, entry: HistoryEntry, found: Found | None = None) -> Lines:
    """The event's part of its line. Scores of a round that is still open are left out."""
    found = found or _find(register, entry)
    if found is None:
        return pages.line("The journal has been rewritten since. Go back and look again.")
    commit, event = found
    parts = [
        pages.line(entry.words[:1].upper() + entry.words[1:], "bold"),
        pages.line(),
        pages.field("Event", f"{event.seq}, revision {event.revision} of its subject"),
        pages.field("Kind", event.kind),
        pages.field("Written", f"{event.at} by {entry.by} ({event.by})"),
        pages.field("Subject", event.subject),
        pages.field("With it", _beside(commit)),
        pages.field("Digest", event.digest),
        pages.field("Line's hash", commit.hash),
        pages.field("Hash before", commit.prev),
        pages.heading("Data"),
    ]
    parts += [pages.line(each) for each in _data(register, event)]
    return pages.joined(parts)


def _find(register: Register, entry: HistoryEntry) -> Found | None:
    for _, commit in register.history(entry.subject):
        for event in commit.events:
            if event.seq == entry.seq:
                return commit, event
    return None


def _beside(commit: Commit) -> str:
    others = len(commit.events) - 1
    return f"{others} more in the same line" if others else "nothing else in the line"


def _data(register: Register, event: Event) -> list[str]:
    if event.is_erased:
        return ["Erased. The digest shows that it was not changed."]
    if event.kind == ScoresSubmitted.kind and _is_sealed(register, event):
        return ["Sealed until the round is closed."]
    return json.dumps(event.data, indent=2, ensure_ascii=False, sort_keys=True).split("\n")


def _is_sealed(register: Register, event: Event) -> bool:
    current = register.technology(event.subject).open_round
    payload = event.payload()
    return (
        current is not None
        and isinstance(payload, ScoresSubmitted)
        and payload.round == current.number
    )
