"""The keys of a screen, in words."""

from __future__ import annotations

import inspect

from textual import binding, getters
from textual.app import ComposeResult
from textual.binding import ActiveBinding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, Static

from horizon.register.reader import Reader
from horizon.tui.keymap import MOVES, Binding
from horizon.tui.pages import heading
from horizon.tui.pages.glossary import glossary
from horizon.tui.still_there import still_there
from horizon.tui.typed_ahead import TypedAhead
from horizon.tui.widgets.keys import Keys
from horizon.tui.widgets.page import Line, Lines, Page

Rows = dict[str, list[str]]
"""What is done, and the keys that do it."""

TEXTUALS = {
    "Focus Next": "Next part of the screen",
    "Focus Previous": "Part of the screen before",
    "Scroll Up": "Up",
    "Scroll Down": "Down",
    "Scroll Left": "Left",
    "Scroll Right": "Right",
    "Scroll Home": "To the top",
    "Scroll End": "To the end",
    "Move cursor right or accept the completion suggestion": "Move cursor right, or take what is "
    "suggested",
}
"""What Textual calls its own keys, as people call what they do."""

SIDEWAYS = frozenset(("Scroll Left", "Scroll Right", "Page Left", "Page Right"))
"""Keys of Textual's that do nothing where nothing is wider than the screen."""


MORE = (
    "A capital letter is pressed with Shift. j k h l move as the arrows do, and g and G go to the "
    "first and last, wherever a screen does not use the letter itself. Everything is also in the "
    "command list (Ctrl+P), by name, and can be done with the mouse. Unknown counts as yes. "
    "Nothing you typed is lost when you press Esc: you are asked first."
)

BEFORE = 20
"""Characters that keys take at most before the words stand further right."""


class HelpScreen(ModalScreen[None]):
    """What each key does on the screen that is in front."""

    app = getters.app(TypedAhead)

    BINDINGS = [Binding("escape,question_mark,f1,q", "dismiss", "Close", key_display="Esc")]

    def __init__(self, about: Screen[object]) -> None:
        super().__init__()
        self._about = about
        self.is_whole = False

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="dialog help"):
            yield Static(Content(self._intro()), classes="dialog-title")
            yield Page(id="keys")
        yield Keys()

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        """Put the words in once the dialog stands: both at once would hold the next key up."""
        if not still_there(self):
            return
        here, everywhere, moving = self._keys()
        lines = [*drawn(here), *explained(self._about)]
        for title, rows in (("On every screen", everywhere), ("To move about", moving)):
            if rows:
                lines += [*heading(title), *drawn(rows)]
        self.query_one(Page).show((*lines, Line(), Line(MORE), *self._words()))
        self.is_whole = True
        self.app.call_later(self.app.press_early)

    def _intro(self) -> str:
        first = inspect.cleandoc(self._about.__class__.__doc__ or "Keys").split("\n\n")[0]
        return " ".join(first.split())

    def _words(self) -> Lines:
        """What the short words of the register say, where one is on the screen."""
        register = getattr(self._about, "register", None)
        return glossary(register.framework.route) if isinstance(register, Reader) else ()

    def _keys(self) -> tuple[Rows, Rows, Rows]:
        """What does what: here, on every screen, and to move about. Of Textual's own keys, which
        have no name of ours, only what moves."""
        here: Rows = {}
        everywhere: Rows = {}
        moving: Rows = {}
        key_of = getattr(self._about, "key_of", lambda action: "")
        for active in self._about.active_bindings.values():
            bound = active.binding
            if not bound.description or bound.system or is_idle(active):
                continue
            rows = everywhere if active.node is self.app else here
            if not bound.id or bound.description in MOVES:
                rows = moving
            shown = key_of(bound.action) or self.app.get_key_display(bound)
            rows.setdefault(in_full(bound), []).append(shown)
        return here, everywhere, moving


def is_idle(active: ActiveBinding) -> bool:
    """Whether a key would move sideways where there is nothing to the side, or scroll a line that
    is written."""
    said = active.binding.description
    if active.binding.id:
        return False
    if said in SIDEWAYS:
        return not getattr(active.node, "allow_horizontal_scroll", False)
    return isinstance(active.node, Input) and said.startswith(("Scroll ", "Page "))


def in_full(bound: binding.Binding) -> str:
    """What a key does: `Records: the whole record of each decision`."""
    more, said = bound.tooltip, bound.description
    if not bound.id:  # one of Textual's own, which writes every word with a capital
        return TEXTUALS.get(said, said.capitalize())
    return f"{said}: {more[0].lower()}{more[1:]}" if more else said


def explained(about: Screen[object]) -> Lines:
    """What the columns of a screen say, where it tells."""
    told: dict[str, str] = getattr(about, "EXPLAINED", {})
    if not told:
        return ()
    width = max(map(len, told))
    rows = (Line(f"{said}.", lead=f"{name:<{width}}  ") for name, said in told.items())
    return (*heading("What the columns say"), *rows)


def drawn(rows: Rows) -> Lines:
    """Keys in front of what they do, a line each."""
    named = {what: ", ".join(dict.fromkeys(keys)) for what, keys in rows.items()}
    width = min(max((len(keys) for keys in named.values()), default=0), BEFORE)
    return tuple(Line(what, lead=f"{keys:<{width}}  ") for what, keys in named.items())
