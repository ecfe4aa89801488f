"""The Import screen: a file read and planned, row by row, then taken in as one change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.css.query import NoMatches
from textual.widgets import Input, OptionList, Static

from horizon import settings
from horizon.intake.choices import Choices
from horizon.intake.report import Outcome, RowReport
from horizon.model.errors import HorizonError
from horizon.model.wording import count, printable
from horizon.tui.importing.files import ENDINGS, Entry, entries, start
from horizon.tui.importing.words import counted, in_app, left_out
from horizon.tui.keymap import Binding
from horizon.tui.pages.imports import (
    ALL,
    COLUMNS,
    WHOLE,
    PlanRows,
    about,
    detail,
    recognised,
)
from horizon.tui.screens.ask import Ask, ask_to_leave
from horizon.tui.screens.import_choices import ChoosingScreen
from horizon.tui.screens.panel import PanelScreen
from horizon.tui.widgets.banner import Banner
from horizon.tui.widgets.filter_line import FilterLine
from horizon.tui.widgets.keys import Keys
from horizon.tui.widgets.page import Page, Said
from horizon.tui.widgets.path_line import PathLine
from horizon.tui.widgets.register_table import RegisterTable

NOTICES = 3
"""Lines that say how a file was read; the rest is a key away."""

IMPORT, NOT_YET = "Import", "Not yet"

NOT_IMPORTED = "You have not imported this, and have decided something."


class PlanTable(RegisterTable):
    """The rows of a plan."""

    CAN_SORT = False
    BINDINGS = [Binding("enter", "open", "Whole row")]


class ImportScreen(ChoosingScreen):
    """Bring in technologies from a file: look at the plan row by row, then import it."""

    CSS_PATH = "../styles/import.tcss"
    UNSAVED = NOT_IMPORTED
    BINDINGS = [
        Binding("ctrl+s", "save_in_turn", "Import", priority=True),
        *(
            Binding(
                str(n), f"show({n})", "Show only", show=n == 0, key_display="0-7", id=f"show-{n}"
            )
            for n in range(8)
        ),
        Binding("i", "recognised", "How it was read"),
        Binding("o", "other", "Other file"),
        Binding("escape", "leave", "Back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._group = ALL
        self._files: list[Entry] = []
        self._listing = 0

    def compose(self) -> ComposeResult:
        yield Banner(self.register)
        yield PathLine(ENDINGS, placeholder="The path of a file or a folder", id="path")
        yield Said()
        yield Static(id="about", markup=False)
        yield FilterLine(id="counts")
        with Container(id="body"):
            yield OptionList(id="files")
            yield PlanTable(COLUMNS, "", id="rows")
            with VerticalScroll(id="side", can_focus=False):
                yield Page(id="text")
        yield Static(id="progress", markup=False)
        yield Keys()

    def on_mount(self) -> None:
        self.query_one(PathLine).value = start(settings.load().importing)
        self._choose_file()

    # Choosing a file

    @property
    def is_choosing(self) -> bool:
        """Whether a file is being chosen."""
        return self.has_class("choosing")

    def _choose_file(self) -> None:
        self.add_class("choosing")
        said = "Import  ·  Which file? CSV, Excel, JSON, YAML or Markdown. Enter opens it."
        self.query_one("#about", Static).update(said)
        line = self.query_one(PathLine)
        line.focus()
        line.cursor_position = len(line.value)
        self._list_files()
        self.refresh_bindings()

    @on(Input.Changed, "#path")
    def _list_files(self) -> None:
        self._listing += 1
        typed, number = self.query_one(PathLine).value, self._listing
        self.run_worker(lambda: self._look_for(typed, number), thread=True, group="files")

    def _look_for(self, typed: str, number: int) -> None:
        """Runs in a thread of its own."""
        found = entries(typed)
        if number == self._listing:
            self.app.call_from_thread(self._offer, found, number)

    def _offer(self, found: list[Entry], number: int) -> None:
        if number != self._listing or not self.is_attached:
            return
        self._files = found
        try:
            options = self.query_one("#files", OptionList)
        except NoMatches:
            return
        options.clear_options()
        options.add_options(Content(printable(each.words)) for each in found)
        if found:
            options.highlighted = 0

    @on(PathLine.ToList)
    def _to_files(self) -> None:
        self.query_one("#files").focus()

    @on(OptionList.OptionSelected, "#files")
    def _file_chosen(self, event: OptionList.OptionSelected) -> None:
        chosen = self._files[event.option_index]
        self._put_path(chosen.text)
        if chosen.whole or not chosen.text.endswith("/"):
            self._read(chosen.text)

    @on(Input.Submitted, "#path")
    def _path_given(self, event: Input.Submitted) -> None:
        """A folder is looked into: the list says how to read it as a whole."""
        text = event.value.strip()
        if text and Path(text).expanduser().is_dir():
            self._put_path(text if text.endswith("/") else f"{text}/")
            self._to_files()
        elif text:
            self._read(text)

    def _put_path(self, text: str) -> None:
        line = self.query_one(PathLine)
        line.value = text
        line.cursor_position = len(text)

    def _read(self, text: str) -> None:
        self.say("")
        self.forget()
        self.plan(Path(text).expanduser(), Choices())

    def action_other(self) -> None:
        """Choose another file. What was decided on this one is lost, so it is asked first."""

        def other() -> None:
            self.forget()
            self._choose_file()

        if self.has_work:
            ask_to_leave(self.app, NOT_IMPORTED, other)
        else:
            other()

    # The plan

    def show_plan(self) -> None:
        held = self.planned
        assert held is not None
        if held.table is None:
            self.say(in_app(held))
            self._choose_file()
            return
        self.remove_class("choosing")
        settings.save(importing={"folder": str(held.path.absolute().parent)})
        self.say(in_app(held) if held.error else self.told)
        self._show()
        self.query_one(PlanTable).focus()
        if self._then_save:
            self._then_save = False
            self.action_save()

    def show_plan_again(self) -> None:
        self._then_save = False
        self._show()

    def show_done(self) -> None:
        done = self.done
        assert done is not None
        said = f"Imported, as one change in the journal: {counted(done)}. {left_out(done)}"
        self.say(f"{said.rstrip()} Press u to undo it as one step, or Ctrl+Z on the register.")
        self.query_one("#message").add_class("good")
        self._show()

    def say(self, words: str) -> None:
        super().say(words)
        self.query_one("#message").remove_class("good")

    @property
    def lines(self) -> PlanRows | None:
        """The rows that are shown."""
        plan = self.current_plan
        return PlanRows(plan, self._group) if plan else None

    def _show(self) -> None:
        """Show what was read and planned, the cursor on the row it was on."""
        held, plan = self.planned, self.current_plan
        if held is None:
            return
        lines = [printable(each).replace("\n", " ") for each in about(held, self.report)]
        if len(lines) > NOTICES:
            more = len(lines) - NOTICES + 1
            lines = [*lines[: NOTICES - 1], f"{count(more, 'note')} more on how it was read: i"]
        self.query_one("#about", Static).update(Content("\n".join(lines)))
        table = self.query_one(PlanTable)
        if plan is None:
            self.query_one(FilterLine).show((), 0)
            table.show((), columns=COLUMNS, empty="There is no plan yet.", sorted_by=None)
            self.query_one(Page).show(())
            self.refresh_bindings()
            return
        if self._group not in plan.groups:
            self._group = ALL
        words = [plan.counted(each) for each in plan.groups]
        self.query_one(FilterLine).show(words, plan.groups.index(self._group))
        rows, keep = PlanRows(plan, self._group), table.current
        at = rows.line_of(keep) if keep else 0
        empty = "No row is like that. 0 shows all."
        table.show(rows, columns=COLUMNS, empty=empty, sorted_by=None, at=at)
        self.refresh_bindings()

    @on(RegisterTable.Highlighted)
    def _look_closer(self) -> None:
        at, plan = self.under_cursor, self.current_plan
        page = self.query_one("#text", Page)
        page.show(detail(plan, at, self.register) if plan and at is not None else ())
        self.query_one("#side", VerticalScroll).scroll_home(animate=False)
        self.refresh_bindings()

    @property
    def under_cursor(self) -> int | None:
        """Where in the plan the row under the cursor stands."""
        rows = self.query_one(PlanTable).rows
        at = self.query_one(PlanTable).cursor
        return rows.at(at) if isinstance(rows, PlanRows) and 0 <= at < len(rows) else None

    @property
    def row(self) -> RowReport | None:
        at, plan = self.under_cursor, self.current_plan
        return plan.row(at) if plan and at is not None else None

    def move_on(self) -> None:
        """Show a decision, and go to the next row that waits for one."""
        plan, at = self.current_plan, self.under_cursor
        table = self.query_one(PlanTable)
        self._show()
        if plan is None or at is None:
            return
        rows = PlanRows(plan, self._group)
        for line in range(table.cursor + 1, len(rows)):
            row = plan.row(rows.at(line))
            if row and row.outcome is Outcome.DUPLICATE and row.ref not in self.choices.decide:
                table.cursor = line
                return

    def action_show(self, number: int) -> None:
        """Show only the rows of one count, or all."""
        plan = self.current_plan
        if plan and number < len(plan.groups):
            self._group = plan.groups[number]
            self._show()

    @on(FilterLine.Chosen)
    def _count_clicked(self, event: FilterLine.Chosen) -> None:
        self.action_show(event.number)

    @on(RegisterTable.Opened)
    def _open(self) -> None:
        """Show the row under the cursor whole."""
        at, plan = self.under_cursor, self.current_plan
        if plan and at is not None:
            lines = detail(plan, at, self.register, most=WHOLE)
            self.app.push_screen(PanelScreen("The whole row", lines))

    def action_recognised(self) -> None:
        """Say everything about how the file was read."""
        if self.planned:
            lines = recognised(self.planned, self.report)
            self.app.push_screen(PanelScreen("How the file was read", lines))

    # Importing

    def action_save(self) -> None:
        """Import, once it has been said what that does."""
        report, self.told = self.report, ""
        if report is None or self.done or self._writing:
            return
        if self.is_behind:
            self.save_when_planned()
            return
        if not report.batch.has_news:
            self.say(f"There is nothing to import. {left_out(report)}".rstrip())
            return

        def answered(answer: str | None) -> None:
            if answer == IMPORT and self.report is report and not self.is_behind:
                self.say("")
                self.take_in(report)
            elif answer == IMPORT:
                self.say("The plan was made anew meanwhile: look at it again.")

        question = f"Import this as one change? {counted(report)}. {left_out(report)}".rstrip()
        self.app.push_screen(Ask(question, (NOT_YET, IMPORT)), answered)

    def refused(self, error: HorizonError) -> None:
        """Say why nothing was imported. The plan is being made anew."""
        self.told = f"{error} Nothing was imported. The plan was made anew: look at it again."
        self.say(self.told)

    def action_leave(self) -> None:
        """Stop what is being done, go back to the plan, or leave."""
        if self._writing:
            self.notify("It is being written and cannot be stopped halfway.")
        elif self.is_busy:
            self.cancel()
            self.say("Cancelled. Nothing was changed.")
            if self.report is None:
                self._choose_file()
        elif self.is_choosing and self.planned and self.planned.table:
            self.show_plan()
        else:
            super().action_leave()

    def key_of(self, action: str) -> str:
        """The digits of the counts that there are."""
        plan = self.current_plan
        return f"0-{len(plan.groups) - 1}" if plan and action.startswith("show(") else ""

    def check_action(self, action: str, parameters: tuple[Any, ...]) -> bool | None:
        plan = self.current_plan
        if action == "show" and plan and int(str(parameters[0])) >= len(plan.groups):
            return False
        if action in ("save_in_turn", "show", "recognised", "other"):
            if not self.is_mounted or self.is_choosing or self.planned is None:
                return False
            return action != "save_in_turn" or self.done is None
        return super().check_action(action, parameters)
