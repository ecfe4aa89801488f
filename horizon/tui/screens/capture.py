"""Write a technology down in one line, from anywhere."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from horizon.model.errors import BadInput, HorizonError, RuleBroken
from horizon.model.headers import TechnologyHeader
from horizon.model.technology import Technology
from horizon.model.wording import printable
from horizon.register.capturing import SHAPE, capture, read_line, sighting_of
from horizon.register.desk import plain_name
from horizon.register.duplicates import Duplicates
from horizon.register.likely import alike, index
from horizon.tui.aside import Aside, is_large
from horizon.tui.keymap import Binding
from horizon.tui.screens.ask import ask_to_leave
from horizon.tui.screens.on_register import OnRegister
from horizon.tui.widgets.keys import Keys

HOW = (
    "For instance: Gait checker | Police Expo | Shown at a stand\n"
    "Only the name is needed. A link may stand anywhere in the line."
)

SAID, SAID_NEAR = 6, 15
"""Seconds for which it is said what was written down, and what it may be the same as."""


class OneLine(Input):
    """What is written down."""

    BINDINGS = [Binding("enter,ctrl+s", "submit", "Write it down", key_display="Enter")]


class CaptureScreen(OnRegister, ModalScreen[str]):
    """Name, where it was seen, and why it matters, in one line. Only the name is needed."""

    BINDINGS = [
        Binding("escape", "leave", "Leave"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._same = ""
        self._ready = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog capture"):
            yield Static("Write a technology down", classes="dialog-title")
            yield OneLine(id="capture", placeholder=SHAPE)
            yield Static(Content(HOW), id="capture-said")
        yield Keys()

    def on_mount(self) -> None:
        self.query_one(Input).focus()
        self._ready = not is_large(self.register)
        if not self._ready:
            Aside(self).begin(self.register, index, self._prepared)

    def _prepared(self, _: Duplicates) -> None:
        self._ready = True
        self._look(self.query_one(Input).value)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._same = ""
        self._look(event.value)

    def _look(self, line: str) -> None:
        """Say what may be the same, once that is found at once."""
        names = self._near(line)
        self._say(f"It may be in the register already: {names}." if names else HOW)

    def _near(self, line: str) -> str:
        """What the register holds that may be the same, once that is found at once."""
        try:
            name = read_line(line).name
        except BadInput:
            return ""  # nothing yet that could be entered
        found = alike(self.register, name) if self._ready else ()
        header = self.register.state.technologies.header
        return ", ".join(f"{header(key).label} {header(key).name}" for key, _, _ in found[:3])

    @on(Input.Submitted)
    def action_save(self) -> None:
        line = self.query_one(Input).value
        app = self.app
        same = self._same
        names = "" if same else self._near(line)  # for whoever did not wait for it before
        near = f"It may be the same as {names}. " if names else ""
        command = (lambda: self._seen_again(same)) if same else (lambda: self._entered(line))
        technology = app.act(command)
        if isinstance(technology, HorizonError):
            self._refused(technology)
            return
        what = "Seen again" if same else "Written down"
        app.notify(
            f"{what}: {technology.label} {technology.name}. {near}Ctrl+Z takes it back.",
            timeout=SAID_NEAR if near else SAID,
            markup=False,
        )
        self.dismiss(technology.id)

    def _entered(self, line: str) -> Technology:
        return capture(self.register, line)

    def _seen_again(self, technology_id: str) -> Technology:
        said = read_line(self.query_one(Input).value)
        return self.register.add_sighting(technology_id, sighting_of(self.register, said))

    def _refused(self, error: HorizonError) -> None:
        """Say why; a name that is there already can be kept as one more sighting."""
        words = str(error)
        if isinstance(error, RuleBroken):
            found = self._called(read_line(self.query_one(Input).value).name)
            if len(found) == 1:
                self._same, label = found[0].id, found[0].label
                words = f"{label} is called that already. Enter again adds a sighting to it."
        elif isinstance(error, BadInput):
            words = f"{error.what}. {error.do}."
        self._say(words)

    def _say(self, words: str) -> None:
        self.query_one("#capture-said", Static).update(Content(printable(words)))

    def _called(self, name: str) -> list[TechnologyHeader]:
        """The technologies of that name, however it is spelt."""
        wanted = plain_name(name)
        return [
            each
            for each in self.register.state.technologies.headers()
            if wanted in map(plain_name, (each.name, *each.aliases))
        ]

    def action_leave(self) -> None:
        """Leave at once where nothing is written, else ask."""
        if not self.query_one(Input).value.strip():
            self.dismiss("")
            return
        question = "You have not written this down. Leave all the same?"
        ask_to_leave(self.app, question, lambda: self.dismiss(""))
