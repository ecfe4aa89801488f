"""A question with a few answers, over the screen it is about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Label

from horizon.register.near_names import NEW, new_beside
from horizon.tui.keymap import Binding
from horizon.tui.widgets.keys import Keys

KEEP, DISCARD = "Keep working", "Throw it away"


class Answer(Button):
    """One of the answers."""

    BINDINGS = [Binding("enter", "press", "Answer")]


class Ask(ModalScreen[str]):
    """Answer the question, or press Esc for the first answer."""

    BINDINGS = [
        Binding("left", "app.focus_previous", "Choose", key_display="← →"),
        Binding("right", "app.focus_next", "Next", show=False),
        Binding("escape", "first", "Cancel"),
    ]

    def __init__(self, question: str, answers: Sequence[str]) -> None:
        super().__init__()
        self._question, self._answers = question, tuple(answers)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog ask"):
            yield Label(Content(self._question))
            with Horizontal(classes="buttons"):
                for number, answer in enumerate(self._answers):
                    yield Answer(answer, id=f"answer-{number}")
        yield Keys()

    def on_mount(self) -> None:
        self.query_one("#answer-0", Button).focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        self.dismiss(self._answers[int((event.button.id or "answer-0").split("-")[1])])

    def action_first(self) -> None:
        self.dismiss(self._answers[0])


def ask_to_leave(app: App[Any], question: str, leave: Callable[[], object]) -> None:
    """Ask whether unsaved work is to be thrown away, and `leave` if so."""

    def answered(answer: str | None) -> None:
        if answer == DISCARD:
            leave()

    app.push_screen(Ask(question, (KEEP, DISCARD)), answered)


BACK = "Back"


def ask_whom(app: App[Any], name: str, near: str, meant: Callable[[str], object]) -> None:
    """Ask whether a name that nobody has is meant, or the one that it nearly is, if any. Calls
    `meant` with the one of the two, or with nothing where it is to be written again."""

    def answered(answer: str | None) -> None:
        meant(name if answer == NEW else near if answer == near else "")

    question = (
        f"{new_beside(name, near)} Whom do you mean?"
        if near
        else f"Nobody in the register is called {name}. Is that a person?"
    )
    app.push_screen(Ask(question, (BACK, near, NEW) if near else (BACK, NEW)), answered)
