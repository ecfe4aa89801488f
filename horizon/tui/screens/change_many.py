"""Change one thing on several technologies: what, to what, what that does to each, save."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.suggester import SuggestFromList
from textual.timer import Timer
from textual.widgets import Input, Select, Static

from horizon.model.days import example
from horizon.model.errors import BadInput, Conflict, HorizonError
from horizon.model.facts import FactValue
from horizon.model.wording import count, in_words, printable
from horizon.register.many import (
    CAN_BE_EMPTY,
    FACT,
    WORDS,
    ManyEdit,
    Planned,
    Way,
    edit_of,
    preview,
)
from horizon.register.near_names import known_names, of_new
from horizon.tui.messages import RegisterChanged
from horizon.tui.screens.form import FormScreen
from horizon.tui.screens.propose import people
from horizon.tui.tags import known_tags
from horizon.tui.widgets.fields import Field, FieldBox

REST = 0.1
"""Seconds without a letter typed after which it is worked out what the change does."""

MOST_SHOWN = 200
"""Technologies of which the form says what happens to each."""

SAID = 6
"""Seconds for which it is said what was changed."""

PLAIN = (
    ("Owner", "owner"),
    ("Tags: add", "add tags"),
    ("Tags: take away", "remove tags"),
    ("Tags: replace", "tags"),
    ("Supplier", "supplier"),
    ("Kind", "kind"),
    ("Time horizon", "time_horizon"),
    ("Technology readiness level", "trl"),
    ("Posture", "posture"),
    ("Data-protection regime", "regime"),
    ("Marking", "marking"),
    ("Review by", "review_by"),
)
"""What can be changed, beside facts: as the form says it, and its name behind what is done."""

ADVICE = {
    "owner": "The name of a person in the force. Empty takes the owner away.",
    "tags": "Words, separated by commas.",
    "supplier": "Empty takes it away.",
    "trl": "1 to 9, or empty.",
}


class ChangeManyScreen(FormScreen):
    """Change one thing on all that was picked. It is one step, which Ctrl+Z takes back."""

    SAVE = "Change them"
    ASKS_OF_NEW = True

    def __init__(self, ids: Sequence[str]) -> None:
        super().__init__()
        self._ids = tuple(ids)
        self._planned: list[Planned] = []
        self._resting: Timer | None = None
        self.HEADING = f"Change {count(len(ids), 'technology', 'technologies')}"

    def fields(self) -> Sequence[Field]:
        facts = [(f"Fact: {e.name}", f"{FACT}{e.id}") for e in self.register.framework.facts]
        return [
            Field("field", "What to change", "choice", required=True, choices=[*PLAIN, *facts]),
            Field("word", "Its new value", "choice", help=" "),
            Field("text", "Its new value", help=" "),
            Field("reason", "Reason", help="Why it changes."),
        ]

    def extra(self) -> ComposeResult:
        yield Static(id="does", markup=False)

    def filled(self) -> None:
        self._ask("")

    @property
    def _field(self) -> tuple[str, Way]:
        """The name of the field that is changed, and what is done with the value."""
        way, _, name = self.box("field").text.rpartition(" ")
        return name, Way(way) if way else Way.SET

    @property
    def _box(self) -> FieldBox:
        """The field in which the new value is given."""
        return self.box("word" if self.box("word").display else "text")

    @property
    def _value(self) -> str:
        return self._box.text

    def _advice(self, name: str) -> str:
        """How a value is typed."""
        if name == "review_by":
            return f"A date such as {example(self.register.today)}."
        return ADVICE[name]

    @on(Select.Changed, "#field-field")
    def _chose(self) -> None:
        if not self.is_whole:
            return
        self._ask(self._field[0])
        self._look_soon()

    def _ask(self, name: str) -> None:
        """Ask for the value as the field takes it: one of a few words, or a line."""
        word, text = self.box("word"), self.box("text")
        words = [e.value for e in FactValue] if name.startswith(FACT) else WORDS.get(name, [])
        word.display, text.display = bool(words), bool(name) and not words
        word.need(bool(words))
        has_to = self._field[1] is not Way.SET or name not in CAN_BE_EMPTY
        text.need(text.display and has_to)
        if words:
            empty = [("(empty)", " ")] if name in ("time_horizon", "posture") else []
            shown = [(e if name in ("time_horizon", "marking") else in_words(e), e) for e in words]
            word.offer([*shown, *empty])
        elif name:
            text.advise(self._advice(name))
            known = {"owner": people, "tags": known_tags}.get(name)
            line = text.query_one(Input)
            line.value = ""
            line.suggester = (
                SuggestFromList(known(self.register), case_sensitive=False) if known else None
            )

    @on(Input.Changed, "#field-text")
    @on(Select.Changed, "#field-word")
    def _look_soon(self) -> None:
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(REST, self.look)

    @on(RegisterChanged)
    def _others(self) -> None:
        self._look_soon()

    def look(self) -> None:
        """Say what the change would do to each, or why there is none yet."""
        does = self.query_one("#does", Static)
        try:
            edit = self._edit()
            self._planned = preview(self.register, self._held, edit) if edit else []
        except BadInput as error:
            self._planned = []
            does.update(str(error) if self._value else "")
            return
        does.update("\n".join(map(printable, _lines(self._planned))))

    @property
    def _held(self) -> list[str]:
        return [each for each in self._ids if each in self.register.state.technologies]

    def _edit(self) -> ManyEdit | None:
        """The edit as it is filled in; `None` while nothing is chosen."""
        name, way = self._field
        waits = self.box("word").display and not self._value
        return edit_of(name, self._value, way) if name and not waits else None

    def people_boxes(self) -> list[FieldBox]:
        return [self.box("text")] if self._field[0] == "owner" else []

    def submit(self, values: dict[str, Any]) -> None:
        try:
            edit = self._edit()
        except BadInput as error:
            self.point_at(self._box, str(error))
            return
        if edit is None:
            raise BadInput("word is needed", do="Choose the new value")
        seen = [each for each in self._planned if each.changes]
        if not seen or seen[0].after != preview(self.register, [seen[0].id], edit)[0].after:
            self.look()  # saved before the preview was drawn: look first, save then
            if any(each.changes for each in self._planned):
                self.say("This is what it does. Save again to do it.")
            else:
                self.say("That changes nothing.")
            return
        known = known_names(self.register)
        done = self.app.act(
            lambda: self.register.change_many(edit, self._planned, reason=values["reason"])
        )
        if isinstance(done, HorizonError):
            self.refused(done)
            return
        changed = count(len(done), "technology", "technologies")
        words = f"{changed} changed, {edit.words}. Ctrl+Z takes it back."
        words = f"{words} {of_new(self.register, known)}".rstrip()
        self.app.notify(words, timeout=SAID, markup=False)
        self.dismiss("done")

    def refused(self, error: HorizonError) -> None:
        if isinstance(error, Conflict):
            self.look()
            self.say(
                f"{error.label} was changed by someone else meanwhile, so nothing was saved. "
                "This is what the change does now. Save again to do it."
            )
        else:
            super().refused(error)


def _lines(planned: Sequence[Planned]) -> list[str]:
    """What becomes of each technology, those that change first."""
    if not planned:
        return []
    changes = [each for each in planned if each.changes]
    left = [each for each in planned if each.left]
    same = len(planned) - len(changes) - len(left)
    already = f"; {same} as they are already" if same else ""
    lines = [f"Changes {len(changes)} of {len(planned)}{already}."]
    lines += [
        f"  {e.label} {e.name}: {e.before or 'empty'} becomes {e.after or 'empty'}"
        for e in changes[:MOST_SHOWN]
    ]
    if len(changes) > MOST_SHOWN:
        lines.append(f"  and {len(changes) - MOST_SHOWN} more")
    lines += [f"  {e.label} {e.name} stays as it is, because {e.left}" for e in left[:MOST_SHOWN]]
    return lines
