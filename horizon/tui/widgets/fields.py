"""The fields of a form: a label, what to write, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.suggester import Suggester, SuggestFromList
from textual.widgets import Input, Select, SelectionList, Static, TextArea
from textual.widgets.selection_list import Selection

from horizon.model.days import example, read_day
from horizon.model.errors import BadInput
from horizon.model.scalars import LONGEST
from horizon.model.wording import printable
from horizon.tui.widgets.ticks import Ticks

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.dom import DOMNode

Kind = Literal["line", "text", "choice", "many", "names", "day", "number"]

BEGINNING = 300
"""Characters that are shown of a text that is too long to be edited."""

BETWEEN = ", "
"""What stands between several names, or several ticked choices."""


class SuggestLast(Suggester):
    """Completes the last of several names."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self._names = tuple(names)

    async def get_suggestion(self, value: str) -> str | None:
        before, comma, last = value.rpartition(",")
        typed = last.strip()
        found = (each for each in self._names if typed and each.casefold().startswith(typed))
        name = next(found, None)
        if name is None:
            return None
        earlier = [self._spelt(each) for each in before.split(",")] if comma else []
        return BETWEEN.join([*earlier, name])

    def _spelt(self, typed: str) -> str:
        """A name as it is known, where it is: what comes here has lost its capitals."""
        wanted = typed.strip()
        return next((each for each in self._names if each.casefold() == wanted), wanted)


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a form asks for.

    `choices` are (shown, value) pairs, of which a `choice` takes one and `many` takes several;
    `suggestions` complete a line as it is typed, and each of several `names`. `person` says that
    it names people of the register. A day that is asked for lies `after` another.
    """

    name: str
    label: str
    kind: Kind = "line"
    help: str = ""
    value: str = ""
    required: bool = False
    choices: Sequence[tuple[str, str]] = ()
    suggestions: Sequence[str] = ()
    person: bool = False
    after: date | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading between the fields of a long form."""

    title: str


class Paragraph(TextArea):
    """Several lines of text. Textual's own is kept by the app for as long as the app runs, with all
    that belongs to it, because it watches the app's theme; this one is let go with its form."""

    def watch(
        self, obj: DOMNode, attribute_name: str, callback: Callable[..., Any], init: bool = True
    ) -> None:
        if obj is self.app and attribute_name == "theme":
            self.app.theme_changed_signal.subscribe(self, lambda _: callback())
        else:
            super().watch(obj, attribute_name, callback, init)

    def on_unmount(self) -> None:
        self.app.theme_changed_signal.unsubscribe(self)


class FieldBox(Vertical):
    """A field on the screen. `input` is the widget that is written in.

    A text that is longer than any that can be kept today is shown by how it begins, and is not
    written in: it would hold the screen up for a minute. It stays as it is (`kept`) unless
    something is written in its place.
    """

    def __init__(self, field: Field) -> None:
        super().__init__(id=f"box-{field.name}", classes=f"field field-{field.kind}")
        self.field = field
        self.kept = _too_long(field, field.value)
        self.input = _input(replace(field, value="") if self.kept else field)
        self._beginning: Static | None = _beginning(self.kept)
        self._line: Static | None = None

    def compose(self) -> ComposeResult:
        field = self.field
        yield Static(self._label, classes="field-label")
        if field.help:
            yield Static(Content(field.help), classes="field-help")
        if self._beginning is not None:
            yield self._beginning
        yield self.input

    @property
    def _label(self) -> Content:
        return Content(self.field.label + ("" if self.field.required else " (optional)"))

    def need(self, needed: bool) -> None:
        """Say that it must be filled in, or may be left empty. Whoever reads it sees to it."""
        self.field = replace(self.field, required=needed)
        self.query_one(".field-label", Static).update(self._label)

    @property
    def text(self) -> str:
        """What is written in it, or what is kept there."""
        return self._written or self.kept

    @property
    def _written(self) -> str:
        widget = self.input
        if isinstance(widget, TextArea):
            return widget.text
        if isinstance(widget, Select):
            return "" if widget.value is Select.NULL else str(widget.value)
        if isinstance(widget, SelectionList):
            ticked = set(widget.selected)
            return BETWEEN.join(value for _, value in self.field.choices if value in ticked)
        return widget.value

    def put(self, text: str) -> None:
        """Write other text in, as it would have been filled in from the beginning."""
        self.kept = _too_long(self.field, text)
        text = "" if self.kept else text
        if self._beginning is not None:
            self._beginning.remove()
        self._beginning = _beginning(self.kept)
        if self._beginning is not None:
            self.mount(self._beginning, before=self.input)
        widget = self.input
        if isinstance(widget, TextArea):
            widget.text = text
        elif isinstance(widget, Select):
            if text or not _is_set(self.field):
                widget.value = text or Select.NULL
        elif isinstance(widget, Input):
            widget.value = text

    def correct(self, name: str, right: str) -> None:
        """Write one of the names in it as it should be."""
        held = self.read()
        names = [held] if isinstance(held, str) else held
        self.put(BETWEEN.join(right if each == name else each for each in names))

    @property
    def is_changed(self) -> bool:
        return self.text != self.field.value

    def read(self) -> Any:
        """The value: text, a list of names or choices, a date, a whole number, or `None` for an
        empty date or number.

        Raises `BadInput` for what is missing or cannot be read.
        """
        text = self.text.strip()
        if not text:
            if self.field.required:
                raise BadInput(_wanted(self.field.label))
            if self.field.kind in ("many", "names"):
                return []
            return None if self.field.kind in ("day", "number") else ""
        if self.field.kind in ("many", "names"):
            between = ",;" if self.field.kind == "names" else ","
            return [each.strip() for each in re.split(f"[{between}]", text) if each.strip()]
        if self.field.kind == "day":
            return read_day(text)
        if self.field.kind == "number":
            if not text.isdecimal():
                raise BadInput(f"{text!r} is not a whole number", do="Use digits")
            return int(text)
        return text

    def blame(self, words: str) -> None:
        """Show what is wrong with it, or nothing."""
        self.tell(f"Error: {words}" if words else "")

    def tell(self, words: str) -> None:
        """Show a line below it, or take it away. It is only there while it says something."""
        line, self._line = self._line, None
        if line is not None and words:
            line.update(Content(words))
            self._line = line
        elif words:
            self._line = Static(Content(words), classes="field-fault")
            self.mount(self._line)
        elif line is not None:
            line.remove()

    def offer(self, choices: Sequence[tuple[str, str]], value: str = "") -> None:
        """Give a choice other things to choose from, with one chosen or none."""
        select = self.input
        assert isinstance(select, Select)
        self.field = replace(self.field, choices=tuple(choices))
        select.set_options([(Text(shown), each) for shown, each in choices])
        if value or not _is_set(self.field):
            select.value = value or Select.NULL

    def add_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer more to tick, ticked already."""
        ticks = self.input
        assert isinstance(ticks, SelectionList)
        self.field = replace(self.field, choices=(*self.field.choices, *choices))
        ticks.add_options([Selection(Content(shown), value, True) for shown, value in choices])

    def advise(self, words: str) -> None:
        """Say other words of help. The field must have been made with some."""
        self.query_one(".field-help", Static).update(Content(words))


def _wanted(label: str) -> str:
    """That a field with that label is needed."""
    if label.endswith("needed"):
        return f"{label} cannot be left empty"
    return f"{label} {'are' if label.endswith('s') else 'is'} needed"


def _too_long(field: Field, text: str) -> str:
    """The text, if it is too long to be written in such a field; else nothing."""
    return text if len(text) > LONGEST and field.kind in ("text", "line", "names") else ""


def _beginning(text: str) -> Static | None:
    """How a text begins that is too long to be edited, and what can be done with it."""
    if not text:
        return None
    said = (
        f"{printable(text[:BEGINNING])} …\nThis text has {len(text):,} characters, which is too "
        "long to be edited here. It stays as it is. To replace it, write what is to stand in its "
        "place below. Read all of it with: horizon show"
    )
    return Static(Content(said), classes="field-help")


def _is_set(field: Field) -> bool:
    """Whether one of its choices always holds: then there is no line that chooses none."""
    return field.required and bool(field.value)


def _input(field: Field) -> Input | TextArea | Select[str] | SelectionList[str]:
    """What a field is written in."""
    name = f"field-{field.name}"
    if field.kind == "text":
        area = Paragraph(field.value, id=name, tab_behavior="focus")
        area.show_line_numbers = False
        return area
    if field.kind == "choice":
        return Select(
            [(Text(shown), value) for shown, value in field.choices],
            id=name,
            value=field.value or Select.NULL,
            prompt="Choose",
            allow_blank=not _is_set(field),
        )
    if field.kind == "many":
        return Ticks[str](
            *[
                Selection(Content(shown), value, value in field.value.split(BETWEEN))
                for shown, value in field.choices
            ],
            id=name,
        )
    return Input(
        field.value,
        id=name,
        placeholder=f"a date such as {example(field.after)}" if field.kind == "day" else "",
        suggester=_suggester(field),
    )


def _suggester(field: Field) -> Suggester | None:
    if not field.suggestions:
        return None
    if field.kind == "names":
        return SuggestLast(field.suggestions)
    return SuggestFromList(field.suggestions, case_sensitive=False)
