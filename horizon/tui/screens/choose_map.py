"""Say which column of a file is what."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from horizon.intake.columns import find_columns
from horizon.intake.fields import FIELDS
from horizon.intake.table import Table
from horizon.model.errors import BadInput
from horizon.model.wording import printable
from horizon.tui import pages
from horizon.tui.importing.words import FIELD_WORDS, field_name
from horizon.tui.importing.work import Planned
from horizon.tui.keymap import Binding
from horizon.tui.screens.choose_one import ChooseOne
from horizon.tui.screens.work import WorkScreen
from horizon.tui.widgets.banner import Banner
from horizon.tui.widgets.keys import Keys
from horizon.tui.widgets.page import MUTED, Page, Said
from horizon.tui.widgets.register_table import Column, RegisterTable, Row

COLUMNS = (Column("Column", share=2), Column("Is taken as", 13), Column("Says", share=3))

NONE = "-"
"""Chosen instead of a field: the column is not taken."""

SAMPLES, LOOKED_AT = 8, 500
"""Different values of a column that are shown, and rows that are looked through for them."""


class MapRows(Sequence[Row]):
    """The columns of a table as lines, made when they are drawn."""

    def __init__(
        self,
        header: Sequence[str],
        fields: Mapping[str, str],
        samples: Callable[[int], Sequence[str]],
    ) -> None:
        self._header, self._samples = header, samples
        self._taken = {column: name for name, column in fields.items()}

    def __len__(self) -> int:
        return len(self._header)

    def __getitem__(self, at: int) -> Row:  # type: ignore[override]
        header = self._header[at]
        taken = self._taken.get(header, "")
        says = "; ".join(self._samples(at)[:3])
        words = field_name(taken) if taken else NONE
        return Row(str(at), (printable(header), words, printable(says)))


class MapTable(RegisterTable):
    """The columns of a file."""

    CAN_SORT = False
    BINDINGS = [Binding("enter", "open", "Say what it gives")]


class ColumnsScreen(WorkScreen):
    """Say which column is what: Enter on a column, then choose what it gives."""

    CSS_PATH = "../styles/import.tcss"
    BINDINGS = [
        Binding("ctrl+s", "save_in_turn", "Use these columns", priority=True),
        Binding("delete,backspace", "leave_out", "Do not take", key_display="Del"),
    ]

    def __init__(self, planned: Planned, done: Callable[[Mapping[str, str]], None]) -> None:
        """`done` hears the header of each field, empty where a field is taken from none."""
        super().__init__()
        self._planned, self._then = planned, done
        assert planned.table is not None
        self._table: Table = planned.table
        self._held = planned.guessed()
        self._fields = dict(self._held)
        self._shown = dict(planned.report.shown) if planned.report else {}
        self._samples = lru_cache(maxsize=None)(self._looked_up)

    def compose(self) -> ComposeResult:
        yield Banner(self.register)
        yield Static(id="about", markup=False)
        yield Said()
        with Container(id="body"):
            yield MapTable(COLUMNS, "The file has no columns.", id="rows")
            with VerticalScroll(id="side", can_focus=False):
                yield Page(id="text")
        yield Keys()

    def on_mount(self) -> None:
        self._show()
        self.query_one(MapTable).focus()

    @property
    def has_work(self) -> bool:
        return self._fields != self._held

    def _looked_up(self, place: int) -> tuple[str, ...]:
        """Different values of a column, the first ones."""
        found: dict[str, None] = {}
        for row in self._table.rows[:LOOKED_AT]:
            if row.cells[place]:
                found.setdefault(" ".join(row.cells[place][:200].split()))
            if len(found) == SAMPLES:
                break
        return tuple(found)

    @property
    def _taken(self) -> dict[str, str]:
        """What is taken from which column, with what only an export of the register gives."""
        return {**self._fields, **self._shown}

    def _field_of(self, header: str) -> str:
        return next((name for name, column in self._fields.items() if column == header), "")

    def _show(self) -> None:
        table = self.query_one(MapTable)
        table.show(
            MapRows(self._table.header, self._taken, self._samples),
            columns=COLUMNS,
            empty="The file has no columns.",
            sorted_by=None,
            at=table.cursor,
        )
        missing = "" if "name" in self._fields else " No column gives the name yet."
        said = f"Columns of {self._planned.given.name}: {len(self._taken)} taken.{missing}"
        self.query_one("#about", Static).update(
            Content(printable(f"{said}\nEnter on a column says what it gives."))
        )

    @on(RegisterTable.Highlighted)
    def _look_closer(self) -> None:
        place = self._place
        if place is None:
            return
        header = self._table.header[place]
        taken = self._field_of(header)
        parts = [pages.line(header, "bold")]
        if taken:
            parts.append(pages.line(f"Taken as {field_name(taken)}: {FIELD_WORDS[taken][1]}."))
        elif header in self._shown.values():
            parts.append(pages.line("Taken where it was edited: the register's own export."))
        else:
            parts.append(pages.line("Not taken."))
        parts.append(pages.heading("It says, for example"))
        says = self._samples(place)
        parts += [pages.line(each) for each in says] or [pages.line("nothing", MUTED)]
        self.query_one("#text", Page).show(pages.joined(parts))

    @property
    def _place(self) -> int | None:
        current = self.query_one(MapTable).current
        return int(current) if current else None

    @on(RegisterTable.Opened)
    def _choose(self) -> None:
        """Choose what the column under the cursor gives."""
        place = self._place
        if place is None:
            return
        header = self._table.header[place]
        choices = [(NONE, "Nothing: do not take it")]
        for name in FIELDS:
            held = self._fields.get(name, "")
            said = f"{field_name(name)}: {FIELD_WORDS[name][1]}"
            choices.append((name, f"{said} (now {held})" if held and held != header else said))

        def chosen(name: str | None) -> None:
            if name:
                self._give(header, "" if name == NONE else name)

        question = f"What does the column {header!r} give?"
        self.app.push_screen(ChooseOne(question, choices, self._field_of(header) or NONE), chosen)

    def _give(self, header: str, name: str) -> None:
        """Take a field, or none, from a column."""
        self._fields = {f: column for f, column in self._fields.items() if column != header}
        if name:
            self._fields[name] = header
        self._show()

    def action_leave_out(self) -> None:
        """Take nothing from the column under the cursor."""
        if self._place is not None:
            self._give(self._table.header[self._place], "")

    def action_save(self) -> None:
        """Use these columns, if they can be used."""
        left_out = {name: "" for name in self._held if name not in self._fields}
        asked = {**self._planned.choices.mapped, **left_out, **self._fields}
        asked = {f: c for f, c in asked.items() if f in self._fields or not c or f in left_out}
        if "name" not in self._fields:
            self.say("No column gives the name. Go to the one that does, and press Enter.")
            return
        try:
            find_columns(self._table, asked, self._planned.given.name)
        except BadInput as error:
            self.say(str(error))
            return
        self.dismiss("")
        self._then(asked)
