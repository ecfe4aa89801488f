"""A form: fields one below the other, saved with Ctrl+S."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Select, Static

from horizon.model.errors import BadInput, HorizonError, RuleBroken
from horizon.register.near_names import is_known, known_names, nearest
from horizon.tui.keymap import Binding
from horizon.tui.screens.ask import ask_whom
from horizon.tui.screens.conflict import Clash
from horizon.tui.screens.work import WorkScreen, field_of
from horizon.tui.still_there import still_there
from horizon.tui.widgets.banner import Banner
from horizon.tui.widgets.fields import Field, FieldBox, Section
from horizon.tui.widgets.keys import Keys
from horizon.tui.widgets.page import Said

FEW = 3
"""Fields that are put on a form in one go. More would keep the event loop for longer than a key may
wait."""


class FormScreen(WorkScreen):
    """Fill in the fields, then save with Ctrl+S. `is_whole` once all of them are there."""

    CSS_PATH = "../styles/form.tcss"
    AUTO_FOCUS = ""  # the first field, once it is there
    BINDINGS = [Binding("tab", "app.focus_next", "Next field")]
    HEADING = ""
    SAVE = "Save"
    ASKS_OF_NEW: ClassVar[bool] = False
    """Whether a person is asked about even if their name is like nobody's."""

    def __init__(self, technology_id: str = "") -> None:
        super().__init__(technology_id)
        self._seen: dict[str, Field] = {}
        self._meant: set[str] = set()
        self._to_come = iter(self.below())
        self.is_whole = False

    def words_of(self, action: str) -> str:
        """The key that saves says what that does, as the button does."""
        return self.SAVE if action == "save_in_turn" else ""

    def fields(self) -> Sequence[Field | Section]:
        """What the form asks for, under headings where it is long."""
        raise NotImplementedError

    def intro(self) -> str:
        """A sentence or two above the fields."""
        return ""

    def submit(self, values: dict[str, Any]) -> None:
        """Save what was filled in; called when every field could be read."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        yield Banner(self.register)
        with Horizontal(id="page"), VerticalScroll(id="form", can_focus=False):
            heading = self.HEADING
            if self.technology_id:
                heading = f"{heading}: {self.technology.label} {self.technology.name}"
            yield Static(Content(heading), classes="heading")
            if self.intro():
                yield Static(Content(self.intro()), classes="intro")
            yield Said()
        yield Keys()

    def below(self) -> ComposeResult:
        """The fields and what comes after them."""
        for field in self.fields():
            if isinstance(field, Section):
                yield Static(Content(field.title), classes="section")
            else:
                yield FieldBox(field)
        yield from self.extra()
        yield Button(f"{self.SAVE} (Ctrl+S)", variant="primary", id="save")

    def extra(self) -> ComposeResult:
        """Anything below the fields."""
        yield from ()

    def on_mount(self) -> None:
        self.call_after_refresh(self._fill)

    async def _fill(self) -> None:
        """Put the next few fields on the form, and go on when they are drawn.

        What is there when a screen opens is styled twice and drawn in one turn of the event loop,
        and nothing else happens meanwhile.
        """
        if not still_there(self):
            return
        form = self.query_one("#form", VerticalScroll)
        few = list(islice(self._to_come, FEW))
        await form.mount_all(few)
        if self.focused is None:
            self._write_first()
        if len(few) == FEW:
            self.call_after_refresh(self._fill)
        else:
            self.is_whole = True
            self.filled()
            self.app.call_later(self.app.press_early)

    def _write_first(self) -> None:
        """Write in the first field, with the top of the form in view."""
        first = next(iter(self.query(FieldBox)), None)
        if first is not None:
            first.input.focus(scroll_visible=False)
        form = self.query_one("#form", VerticalScroll)
        self.call_after_refresh(form.scroll_home, animate=False)

    def filled(self) -> None:
        """Called once, when the form is whole."""

    def box(self, name: str) -> FieldBox:
        """The field of this name."""
        return self.query_one(f"#box-{name}", FieldBox)

    def point_at(self, box: FieldBox, words: str) -> None:
        """Say what is wrong with a field, with the cursor in it and in view."""
        box.blame(words)
        box.input.focus(scroll_visible=False)
        self.call_after_refresh(box.scroll_visible, animate=False)

    @property
    def changed(self) -> frozenset[str]:
        """The names of the fields that do not stand as they were."""
        return frozenset(box.field.name for box in self.query(FieldBox) if box.is_changed)

    @property
    def has_work(self) -> bool:
        return bool(self.changed)

    @property
    def sent(self) -> frozenset[str]:
        """The fields that show what the register holds, and that saving would set."""
        return frozenset()

    def clashes(self) -> list[Clash]:
        now = self._seen = self._as_held()
        return [
            Clash(
                box.field.name,
                box.field.label,
                box.field.value,
                now[box.field.name].value,
                box.text,
            )
            for box in self.query(FieldBox)
            if box.field.name in self.sent and box.field.name in now
            if now[box.field.name].value not in (box.field.value, box.text)
        ]

    def _as_held(self) -> dict[str, Field]:
        """The fields as the register would fill them in now."""
        return {each.name: each for each in self.fields() if isinstance(each, Field)}

    def take_theirs(self, names: frozenset[str]) -> None:
        for box in self.query(FieldBox):
            field = self._seen.get(box.field.name)  # not what somebody wrote since it was shown
            if field is not None:
                if box.field.name in names or not box.is_changed:
                    box.put(field.value)
                box.field = field

    @on(Button.Pressed, "#save")
    def _pressed(self) -> None:
        self.action_save()

    def action_save(self) -> None:
        if not self.is_whole:
            self.call_after_refresh(self.action_save)
            return
        self.say("")
        values: dict[str, Any] = {}
        wrong: list[FieldBox] = []
        for box in self.query(FieldBox):
            try:
                values[box.field.name] = box.read()
                box.blame("")
            except BadInput as error:
                box.blame(str(error))
                wrong.append(box)
        if wrong:
            wrong[0].input.focus()
            return
        if self._ask_whom():
            return
        try:
            self.submit(values)
        except HorizonError as error:
            self.refused(error)

    def people_boxes(self) -> list[FieldBox]:
        """The fields that name people of the register."""
        return [box for box in self.query(FieldBox) if box.field.person]

    def _ask_whom(self) -> bool:
        """Ask about a name that nobody has and that is nearly somebody's, or about any that nobody
        has, then save. Gives whether there is one."""
        known = known_names(self.register)
        for box in self.people_boxes():
            held = box.read()
            for name in [held] if isinstance(held, str) else held:
                near = nearest(name, known)
                is_new = bool(name) and self.ASKS_OF_NEW and not is_known(name, known)
                if (near or is_new) and name not in self._meant:
                    self._ask_about(box, name, near)
                    return True
        return False

    def _ask_about(self, box: FieldBox, name: str, near: str) -> None:
        def meant(said: str) -> None:
            if not said:
                box.input.focus()
                return
            box.correct(name, said)
            self._meant.add(said)
            self.action_save()

        ask_whom(self.app, name, near, meant)

    def refused(self, error: HorizonError) -> None:
        if isinstance(error, BadInput):
            boxes = {box.field.name: box for box in self.query(FieldBox)}
            blamed = field_of(error, list(boxes))
            if blamed:
                box = boxes[blamed]
                box.blame(called(str(error), blamed, box.field.label))
                boxes[blamed].input.focus()
                return
        super().refused(error)
        wanted = self._wanted(error) if isinstance(error, RuleBroken) else []
        for box, words in wanted:
            box.blame(f"needs {words}")
        if wanted:
            first = wanted[0][0]
            first.input.focus(scroll_visible=False)
            self.call_after_refresh(first.scroll_visible, animate=False)
        else:
            if isinstance(self.focused, Select):  # its list would open where nobody looks now
                self.set_focus(None)
            self.query_one("#form", VerticalScroll).scroll_home(animate=False)

    def _wanted(self, error: RuleBroken) -> list[tuple[FieldBox, str]]:
        """The first empty field for each thing that a rule misses, and what that is in words."""
        found = []
        for name, words in error.fields.items():
            parts = [
                box
                for box in self.query(FieldBox)
                if box.field.name == name or box.field.name.startswith(f"{name}-")
            ]
            found += [(box, words) for box in parts if not box.read()][:1]
        return found


def called(words: str, name: str, label: str) -> str:
    """A refusal of a field with the label that the form has for it: `trl cannot be 99` is
    `Technology readiness level cannot be 99`."""
    return re.sub(rf"^{re.escape(name)}(?= (cannot|must|is) )", lambda _: label, words)
