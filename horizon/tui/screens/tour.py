"""Horizon in six cards, for somebody who opens it for the first time."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from horizon import settings
from horizon.tui.keymap import Binding
from horizon.tui.widgets.keys import Keys


@dataclass(frozen=True, slots=True)
class Card:
    """A title, what it says, and keys with what they do."""

    title: str
    words: str
    keys: tuple[tuple[str, str], ...]


CARDS = (
    Card(
        "What this is",
        "One register of candidate technologies: what was seen, how it scores, what each board "
        "decided and on which conditions. Everything anybody does is written to a journal that "
        "cannot be switched off, so the answer to 'who decided this, and why?' is always there.",
        (("Enter", "the next card"), ("Esc", "leave the tour"), ("F3", "come back to it")),
    ),
    Card(
        "Finding your way",
        "The register opens on what needs somebody today. The line at the bottom always says which "
        "keys work where you are. Arrow keys move, Enter opens, Esc goes back. A mouse works too.",
        (("/", "search"), ("v", "other views"), ("?", "all keys of a screen"),
         ("Ctrl+P", "find a command by its name")),
    ),
    Card(
        "Writing something down",
        "You saw something? Write it down in one line, wherever you are: its name, where you saw "
        "it, why it matters. It is recorded under your name, which stands at the top.",
        (("F2", "one line, from anywhere"), ("n", "the whole form"), ("Ctrl+S", "save a form"),
         ("Ctrl+Z", "take it back"), (",", "settings: another name")),
    ),
    Card(
        "Getting it ready",
        "Open a technology. Set its facts first: they decide how deep the review goes and which "
        "questions apply. Unknown counts as yes. The gate says what is missing and who has it.",
        (("f", "facts"), ("e", "data-ethics questions"), ("s", "score"), ("v", "documents"),
         ("g", "the gate")),
    ),
    Card(
        "Deciding",
        "A body decides at a meeting, with enough members and with reasons. What was on the table "
        "is frozen into the decision, and a decision is never edited: a later one takes its place. "
        "A condition that is overdue makes an approval read as not approved.",
        (("m", "meetings"), ("d", "decide"), ("D", "conditions, by date")),
    ),
    Card(
        "Looking at the whole",
        "Where everything stands on the route, how near each is to use, how sure the ranking "
        "is, everything that happened, and the register as it was on any day.",
        (("b", "board"), ("R", "radar"), ("C", "compare"), ("A", "audit"),
         ("T", "another day"), (",", "settings")),
    ),
)  # fmt: skip


class TourScreen(ModalScreen[None]):
    """Horizon in six cards. Enter turns to the next, Esc leaves."""

    BINDINGS = [
        Binding("enter,right,space,pagedown", "turn(1)", "Go on", key_display="Enter"),
        Binding("left,backspace,pageup", "turn(-1)", "Card before", key_display="←"),
        Binding("escape,q", "leave", "Leave the tour", key_display="Esc"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._at = 0

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog tour"):
            yield Static(id="tour-title", classes="dialog-title")
            yield Static(id="tour-words")
            yield Static(id="tour-keys")
        yield Keys()

    def on_mount(self) -> None:
        settings.save(toured=True)
        self._show()

    def _show(self) -> None:
        card = CARDS[self._at]
        self.query_one("#tour-title", Static).update(
            Content(f"{self._at + 1} of {len(CARDS)}  {card.title}")
        )
        self.query_one("#tour-words", Static).update(Content(card.words))
        width = max(len(key) for key, _ in card.keys) + 2
        lines = [
            Content.styled(f"{key:<{width}}", "bold $accent") + Content(words)
            for key, words in card.keys
        ]
        self.query_one("#tour-keys", Static).update(Content("\n").join(lines))

    def action_turn(self, by: int) -> None:
        """Show the next card or the one before; after the last one the tour is over."""
        if self._at + by >= len(CARDS):
            self.dismiss()
            return
        self._at = max(0, self._at + by)
        self._show()

    def action_leave(self) -> None:
        self.dismiss()
