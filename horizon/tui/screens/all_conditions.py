"""The Conditions of the whole register: what is owed, by whom, and since when."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from horizon.model.wording import brief, count, day, printable
from horizon.register.conditions import OpenCondition, open_conditions
from horizon.tui.keymap import Binding
from horizon.tui.messages import RegisterChanged
from horizon.tui.screens.conditions import ConditionsScreen
from horizon.tui.screens.on_register import EXPORT, Exported
from horizon.tui.widgets.banner import Banner
from horizon.tui.widgets.keys import Keys
from horizon.tui.widgets.register_table import Column, RegisterTable, Row
from horizon.tui.widgets.search_line import SearchLine

DUE = len("30 Sep 2026")

COLUMNS = (
    Column("Due", DUE),
    Column("", 7),
    Column("About", 6),
    Column("Condition", share=1),
    Column("Owner", 16, shown_from=60),
    Column("Decision", 21, shown_from=100),
)


class Owed(RegisterTable):
    """Conditions, the longest overdue first."""

    CAN_SORT = False


class AllConditionsScreen(Exported, Screen[None]):
    """Every condition that nobody has discharged, the longest overdue first."""

    CSS_PATH = "../styles/audit.tcss"
    EXPORTS = "conditions-list"
    BINDINGS = [
        Binding("slash", "search", "Search"),
        Binding("v", "overdue", "Overdue only"),
        EXPORT,
        Binding("escape", "clear", "Clear, back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._all: list[OpenCondition] = []
        self._shown: list[OpenCondition] = []
        self._overdue = False

    def compose(self) -> ComposeResult:
        yield Banner(self.register)
        yield Static(id="about", markup=False)
        yield SearchLine(Owed, placeholder="Search conditions and owners ( / )", id="search")
        yield Owed(COLUMNS, "", id="owed")
        yield Static(id="whole", markup=False)
        yield Keys()

    def on_mount(self) -> None:
        self.query_one(Owed).focus()
        self._reload()

    @on(RegisterChanged)
    def _reload(self) -> None:
        self._all = open_conditions(self.register)
        self._show()

    @on(Input.Changed, "#search")
    def _show(self) -> None:
        """Show the conditions that fit, every word found in what is written of them."""
        words = self.query_one(SearchLine).value.casefold().split()
        self._shown = [
            each
            for each in self._all
            if (each.overdue or not self._overdue) and all(word in _text(each) for word in words)
        ]
        table = self.query_one(Owed)
        table.show(
            [_row(each) for each in self._shown],
            columns=COLUMNS,
            empty=self._empty(),
            sorted_by=None,
            keep=table.current,
        )
        late = sum(each.overdue for each in self._shown)
        said = f"  ·  {count(len(self._shown), 'condition')} open, {late} overdue"
        if len(self._shown) < len(self._all):
            said += f"  ·  of {len(self._all)} in the register"
        about = Content.styled("Conditions", "bold") + Content(said)
        self.query_one("#about", Static).update(about)

    def _empty(self) -> str:
        if not self._all:
            return "No condition is open. Decisions that approve with conditions make them."
        return "None fits. Press Esc to see all."

    @on(RegisterTable.Highlighted)
    def _look_closer(self) -> None:
        each = self._current
        self.query_one("#whole", Static).update(self._whole(each) if each else "")

    def _whole(self, each: OpenCondition) -> str:
        """A condition in full words."""
        state = "Overdue, was due" if each.overdue else "Due"
        body = self.register.framework.route.body(each.decision.body)
        number, decision = each.condition.number, each.decision.number
        return _line(
            f"{each.technology.label} {each.technology.name}: {each.condition.text}. "
            f"{state} {day(each.condition.due)}. Owner: {each.owner}. Condition {number} of "
            f"{decision}, {body.name if body else each.decision.body}."
        )

    @property
    def _current(self) -> OpenCondition | None:
        at = self.query_one(Owed).cursor
        return self._shown[at] if at < len(self._shown) else None

    @on(RegisterTable.Opened)
    def _open(self) -> None:
        if self._current is not None:
            self.app.push_screen(ConditionsScreen(self._current.technology.id))

    def action_search(self) -> None:
        self.query_one(SearchLine).focus()

    def action_overdue(self) -> None:
        """Show only what is overdue, or all again."""
        self._overdue = not self._overdue
        self._show()

    def action_clear(self) -> None:
        """Show all again, or go back."""
        search = self.query_one(SearchLine)
        if not search.value and not self._overdue:
            self.dismiss()
            return
        self._overdue = False
        search.value = ""
        self._show()
        self.query_one(Owed).focus()


def _row(each: OpenCondition) -> Row:
    texts: Sequence[str] = (
        brief(day(each.condition.due), DUE),
        "OVERDUE" if each.overdue else "open",
        each.technology.label,
        each.condition.text,
        each.owner,
        f"{each.decision.number} no. {each.condition.number}",
    )
    return Row(each.id, tuple(_line(text) for text in texts), each.overdue)


def _text(each: OpenCondition) -> str:
    """Everything that a search looks in."""
    about = f"{each.technology.label} {each.technology.name} {each.owner} {each.decision.number}"
    due = each.condition.due
    return f"{about} {each.condition.text} {due} {day(due)}".casefold()


def _line(text: str) -> str:
    return printable(text).replace("\n", " ").replace("\t", " ")
