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
from horizon.register.happening import happened
from horizon.register.images import History, lines_about
from horizon.register.record_case import moment
from horizon.register.telling_parts import Said
from horizon.register.views import HistoryEntry
from horizon.tui import pages
from horizon.tui.keymap import Binding
from horizon.tui.screens.on_register import OnRegister
from horizon.tui.widgets.keys import Keys
from horizon.tui.widgets.page import LABEL, MUTED, Lines, Page

Found = tuple[Commit, Event]


class LineScreen(OnRegister, ModalScreen[None]):
    """What one event changed, then its place in the journal, its data and the hashes that chain
    it."""

    BINDINGS = [Binding("escape,enter,q", "dismiss", "Close", key_display="Esc")]

    def __init__(self, entry: HistoryEntry, found: Found | None = None) -> None:
        """`found` is the event with its commit, where that is at hand."""
        super().__init__()
        self._entry, self._found = entry, found

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="dialog line"):
            yield Static("What happened", classes="dialog-title")
            yield Page(id="line")
        yield Keys()

    def on_mount(self) -> None:
        self.query_one(Page).show(line_of(self.register, self._entry, self._found))
        self.query_one(VerticalScroll).focus()


def line_of(register: Register, entry: HistoryEntry, found: Found | None = None) -> Lines:
    """What happened, in words with values; then how the journal holds it. Scores of a round that
    is still open are left out."""
    history = lines_about(register, [entry.subject])[entry.subject]
    found = found or _find(history, entry)
    if found is None:
        return pages.line("The journal has been rewritten since. Go back and look again.")
    commit, event = found
    hidden = _hidden(register, event)
    parts = [
        pages.line(entry.words[:1].upper() + entry.words[1:], "bold"),
        pages.line(f"{entry.by}, {moment(event.at)}", MUTED),
    ]
    if hidden:
        parts += [pages.line(), pages.line(hidden)]
    else:
        parts += [pages.line(), *map(_part, happened(register, event, history))]
    parts += [
        pages.heading("In the journal"),
        pages.field("Line", str(entry.line)),
        pages.field("Event", f"{event.seq}, revision {event.revision} of its subject"),
        pages.field("Kind", event.kind),
        pages.field("Written", f"{event.at} by {event.by}"),
        pages.field("Subject", event.subject),
        pages.field("With it", _beside(commit)),
        pages.field("Digest", event.digest),
        pages.field("Line's hash", commit.hash),
        pages.field("Hash before", commit.prev),
        pages.heading("Its data, as it is kept"),
    ]
    data = [hidden] if hidden else _data(event)
    return pages.joined([*parts, *(pages.line(each) for each in data)])


def _part(said: Said) -> Lines:
    """One thing that changed: its name, beside it or below it what it was and is."""
    notes = [pages.line(each, MUTED, indent=LABEL) for each in said.notes]
    if len(said.name) < LABEL - 1:
        return pages.joined([pages.field(said.name, said.text), *notes])
    named = (pages.line(said.name), pages.line(said.text, "bold", indent=LABEL))
    return pages.joined([*named, *notes])


def _find(history: History, entry: HistoryEntry) -> Found | None:
    for _, commit in history:
        for event in commit.events:
            if event.seq == entry.seq:
                return commit, event
    return None


def _beside(commit: Commit) -> str:
    others = len(commit.events) - 1
    return f"{others} more in the same line" if others else "nothing else in the line"


def _hidden(register: Register, event: Event) -> str:
    """Why what it said is not shown, if it is not."""
    if event.is_erased:
        return "Erased. The digest shows that it was not changed."
    if event.kind == ScoresSubmitted.kind and _is_sealed(register, event):
        return "Sealed until the round is closed."
    return ""


def _data(event: Event) -> list[str]:
    return json.dumps(event.data, indent=2, ensure_ascii=False, sort_keys=True).split("\n")


def _is_sealed(register: Register, event: Event) -> bool:
    current = register.technology(event.subject).open_round
    payload = event.payload()
    return (
        current is not None
        and isinstance(payload, ScoresSubmitted)
        and payload.round == current.number
    )
