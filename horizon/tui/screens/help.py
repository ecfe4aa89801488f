"""The keys of a screen, in words."""

from __future__ import annotations

from collections.abc import Iterator

from textual import binding
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from horizon.tui.keymap import Binding
from horizon.tui.still_there import still_there
from horizon.tui.widgets.keys import Keys

Rows = dict[str, list[str]]
"""What is done, and the keys that do it."""

MOVES = frozenset(("Up", "Down", "Page up", "Page down", "First", "Last", "Right", "Next column"))
"""Keys of our own that only move."""


class HelpScreen(ModalScreen[None]):
    """What each key does on the screen that is in front."""

    BINDINGS = [Binding("escape,question_mark,f1,q", "dismiss", "Close", key_display="Esc")]

    def __init__(self, about: Screen[object]) -> None:
        super().__init__()
        self._about = about
        self.is_whole = False

    def compose(self) -> ComposeResult:
        yield VerticalScroll(classes="dialog help")
        yield Keys()

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()
        self.call_after_refresh(self._fill)

    async def _fill(self) -> None:
        """Put the words in once the dialog stands: both at once would hold the next key up."""
        if still_there(self):
            await self.query_one(VerticalScroll).mount_all(self._words())
            self.is_whole = True
            self.app.call_later(self.app.press_early)  # type: ignore[attr-defined]

    def _words(self) -> Iterator[Static]:
        here, everywhere, moving = self._keys()
        yield Static(Content(self._intro()), classes="dialog-title")
        yield Static(Content(drawn(here)))
        if everywhere:
            yield Static(Content("\nOn every screen\n" + drawn(everywhere)))
        if moving:
            yield Static(Content("\nTo move about\n" + drawn(moving)))
        yield Static(
            Content(
                "\nA capital letter is pressed with Shift. j k h l move as the arrows do, and "
                "g and G go to the first and last, wherever a screen does not use the letter "
                "itself. "
                "Everything is also in the command list (Ctrl+P), by name, and can be done "
                "with the mouse. Unknown counts as yes. "
                "Nothing you typed is lost when you press Esc: you are asked first."
            )
        )

    def _intro(self) -> str:
        return (self._about.__class__.__doc__ or "Keys").splitlines()[0]

    def _keys(self) -> tuple[Rows, Rows, Rows]:
        """What does what: here, on every screen, and to move about. Of Textual's own keys, which
        have no name of ours, only what moves."""
        here: Rows = {}
        everywhere: Rows = {}
        moving: Rows = {}
        for active in self._about.active_bindings.values():
            bound = active.binding
            if not bound.description or bound.system:
                continue
            rows = everywhere if active.node is self.app else here
            if not bound.id or bound.description in MOVES:
                rows = moving
            rows.setdefault(in_full(bound), []).append(self.app.get_key_display(bound))
        return here, everywhere, moving


def in_full(bound: binding.Binding) -> str:
    """What a key does: `Records: the whole record of each decision`."""
    more = bound.tooltip
    return f"{bound.description}: {more[0].lower()}{more[1:]}" if more else bound.description


def drawn(rows: Rows) -> str:
    """Keys in front of what they do, a line each."""
    named = {what: ", ".join(dict.fromkeys(keys)) for what, keys in rows.items()}
    width = max((len(keys) for keys in named.values()), default=0)
    return "\n".join(f"{keys:<{width + 2}}{what}" for what, keys in named.items())
