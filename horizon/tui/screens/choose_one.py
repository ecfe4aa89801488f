"""Choose one of several things, or write a line, over the screen it is about."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from horizon.model.wording import printable
from horizon.tui.keymap import Binding
from horizon.tui.widgets.keys import Keys


class Choices(OptionList):
    """What is chosen from."""

    BINDINGS = [Binding("enter", "select", "Choose")]


class ChooseOne(ModalScreen[str]):
    """Enter chooses, Esc leaves it as it was."""

    BINDINGS = [Binding("escape", "leave", "Leave as it was")]

    def __init__(
        self, question: str, choices: Sequence[tuple[str, str]], held: str = "", below: str = ""
    ) -> None:
        """`choices` are values with the words for them, `held` the value that holds now, `below`
        a line under them."""
        super().__init__()
        self._question, self._choices = question, tuple(choices)
        self._held, self._below = held, below

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog choose-one"):
            yield Static(Content(printable(self._question)), classes="dialog-title")
            yield Choices(*[Option(Content(printable(words))) for _, words in self._choices])
            if self._below:
                yield Static(Content(printable(self._below)), classes="below")
        yield Keys()

    def on_mount(self) -> None:
        options = self.query_one(OptionList)
        options.focus()
        values = [value for value, _ in self._choices]
        options.highlighted = values.index(self._held) if self._held in values else 0

    @property
    def chosen(self) -> str:
        """The value under the cursor, or empty."""
        at = self.query_one(OptionList).highlighted
        return self._choices[at][0] if at is not None else ""

    def action_choose(self) -> None:
        self.dismiss(self.chosen)

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.action_choose()

    def action_leave(self) -> None:
        self.dismiss("")


class Line(Input):
    """The line that is written."""

    BINDINGS = [Binding("enter", "submit", "Done")]


class WriteLine(ModalScreen[str]):
    """Write a line and press Enter, or press Esc."""

    BINDINGS = [Binding("escape", "leave", "Cancel")]

    def __init__(
        self,
        question: str,
        *,
        value: str = "",
        placeholder: str = "",
        below: str = "",
        does: str = "",
    ) -> None:
        """`below` is a line under what is written, `does` what Enter does, where that is more than
        to be done with it."""
        super().__init__()
        self._question, self._value, self._placeholder = question, value, placeholder
        self._below, self._does = below, does

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog capture"):
            yield Static(Content(printable(self._question)), classes="dialog-title")
            yield Line(self._value, placeholder=self._placeholder, id="line")
            if self._below:
                yield Static(Content(printable(self._below)))
        yield Keys()

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    def words_of(self, action: str) -> str:
        """What a key does here."""
        return self._does if action == "submit" else ""

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_done()

    def action_done(self) -> None:
        self.dismiss(self.query_one(Input).value.strip())

    def action_leave(self) -> None:
        self.dismiss("")
