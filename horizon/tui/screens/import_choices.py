"""The part of the Import screen that takes decisions: on possible duplicates, on columns, on how
the file is read, and on what becomes of the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from horizon.intake import maps
from horizon.intake.choices import SKIP, Choices, WhenAlike
from horizon.intake.report import Outcome, Report, RowReport
from horizon.model.errors import BadInput
from horizon.tui.importing.words import WHEN_ALIKE
from horizon.tui.importing.work import as_saved, fits, keep_report, with_saved
from horizon.tui.keymap import Binding
from horizon.tui.pages.imports import Plan
from horizon.tui.screens.ask import Ask
from horizon.tui.screens.choose_map import ColumnsScreen
from horizon.tui.screens.choose_one import ChooseOne, WriteLine
from horizon.tui.screens.import_planning import PlanningScreen
from horizon.tui.screens.import_settings import ImportSettings
from horizon.tui.screens.saved_maps import SavedMaps

ANOTHER = "another"
"""Chosen instead of a technology: its label is written."""

LEAVE, REPLACE = "Leave it", "Replace it"

ON_ROW = ("same", "different", "leave_out")
ON_TABLE = ("columns", "settings", "maps")


class ChoosingScreen(PlanningScreen):
    """Takes decisions on a plan. The plan follows a moment later."""

    BINDINGS = [
        Binding("s", "same", "Same"),
        Binding("d", "different", "Different"),
        Binding("x", "leave_out", "Leave out"),
        Binding("u", "take_back_here", "Undo", id="undo-here"),
        Binding("a", "all_alike", "All duplicates", tooltip="Decide on all possible duplicates"),
        Binding("c", "columns", "Columns", tooltip="Say which column is what"),
        Binding("f", "settings", "Settings", id="import-settings", tooltip="Sheet, header, kind"),
        Binding(
            "m", "maps", "Ways to read it", tooltip="Keep how this file is read, or use another"
        ),
        Binding("r", "save_report", "Save report", tooltip="The plan as CSV"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._held: tuple[Report, Mapping[str, str], Plan] | None = None

    @property
    def row(self) -> RowReport | None:
        """The row under the cursor."""
        raise NotImplementedError

    def move_on(self) -> None:
        """Show a decision, and go on to the next row that waits for one."""
        raise NotImplementedError

    @property
    def current_plan(self) -> Plan | None:
        """The newest report with the decisions made so far."""
        report, decide = self.report, self.choices.decide
        if self.planned is None or report is None:
            return None
        if self._held is None or self._held[0] is not report or self._held[1] is not decide:
            self._held = (report, decide, Plan(self.planned, report, decide))
        return self._held[2]

    # Possible duplicates

    def _decide(self, row: RowReport, what: str) -> None:
        self.choices = replace(self.choices, decide={**self.choices.decide, row.ref: what})
        self.touched, self.told = True, ""
        self.move_on()
        self.plan_soon()

    def _undecided_row(self) -> RowReport | None:
        """The row under the cursor, if it is one to decide on."""
        row = self.row
        waits = row and (row.outcome is Outcome.DUPLICATE or row.ref in self.choices.decide)
        return row if waits and self.done is None else None

    def action_different(self) -> None:
        """It is another technology: enter it as new."""
        if row := self._undecided_row():
            self._decide(row, WhenAlike.NEW.value)

    def action_leave_out(self) -> None:
        """Leave it out of the import."""
        if row := self._undecided_row():
            self._decide(row, SKIP)

    def action_same(self) -> None:
        """It is a technology that is here: add it there as one more sighting."""
        row = self._undecided_row()
        if row is None:
            return
        labels = [label for each in row.like if (label := self._label_in(each))]
        known = [(label, words) for label, words in zip(labels, row.like, strict=False)]
        if len(labels) != len(row.like):  # an earlier row of the file comes first, or is the one
            known = [(WhenAlike.SIGHTING.value, row.like[0])] if row.like else []
        if len(known) == 1:
            self._decide(row, known[0][0])
            return

        def chosen(label: str | None) -> None:
            if label == ANOTHER:
                self._ask_label(row)
            elif label:
                self._decide(row, label)

        choices = [*known, (ANOTHER, "Another technology of the register")]
        self.app.push_screen(ChooseOne(f"{row.name}: the same as which?", choices), chosen)

    def _label_in(self, words: str) -> str:
        """The label that a possible duplicate begins with, or empty."""
        first = words.split(" ", 1)[0]
        try:
            return self.register.header(first).label if first.startswith("T-") else ""
        except BadInput:
            return ""

    def _ask_label(self, row: RowReport) -> None:
        def written(ref: str | None) -> None:
            if not ref:
                return
            try:
                self._decide(row, self.register.header(ref).label)
            except BadInput as error:
                self.notify(str(error), severity="warning", markup=False)

        asked = WriteLine(f"{row.name}: the same as which?", placeholder="A label or a whole name")
        self.app.push_screen(asked, written)

    def action_all_alike(self) -> None:
        """Decide on all possible duplicates that nobody has decided on by itself."""

        def chosen(what: str | None) -> None:
            if what and what != self.choices.duplicates:
                self.choices = replace(self.choices, duplicates=WhenAlike(what))
                self.touched = True
                self.plan_again()

        choices = [(each.value, words) for each, words in WHEN_ALIKE.items()]
        below = "What you decided row by row stays as it is."
        asked = ChooseOne("All possible duplicates", choices, self.choices.duplicates.value, below)
        self.app.push_screen(asked, chosen)

    def action_take_back_here(self) -> None:
        """Take the decision on this row back; after the import, take all of it back."""
        if self.done is not None:
            self.undo_import()
            return
        row = self.row
        if row is not None and row.ref in self.choices.decide:
            left = {ref: what for ref, what in self.choices.decide.items() if ref != row.ref}
            self.choices = replace(self.choices, decide=left)
            self.touched = bool(left) or self.touched
            self.move_on()
            self.plan_soon()

    # How the file is read

    def _read_so(self, choices: Choices) -> None:
        if choices != self.choices:
            self.touched = True
            self.plan_again(choices)

    def action_columns(self) -> None:
        """Say which column is what."""
        held = self.planned
        if held is None or held.table is None:
            return

        def mapped(columns: Mapping[str, str]) -> None:
            self._read_so(replace(self.choices, mapped=dict(columns)))

        self.app.push_screen(ColumnsScreen(held, mapped))

    def action_settings(self) -> None:
        """Say which sheet, which header row, what sort of list it is."""
        if self.planned is not None:
            self.app.push_screen(ImportSettings(self.planned, self.choices, self._read_so))

    def action_maps(self) -> None:
        """Keep how this file is read under a name, or read it as another was read."""
        held = self.planned
        if held is None or held.table is None:
            return
        try:
            known = maps.saved_maps()
        except BadInput as error:
            self.say(str(error))
            return
        header = held.table.header
        fitting = frozenset(name for name, each in known.items() if fits(each, header))
        self.app.push_screen(SavedMaps(known, fitting), self._map_chosen)

    def _map_chosen(self, chosen: tuple[str, str] | None) -> None:
        if chosen is None:
            return
        what, name = chosen
        try:
            if what == "keep" and self.report is None:
                self.notify("Say first which column gives the name (c).")
            elif what == "keep" and self.report is not None:
                maps.save_map(name, as_saved(self.choices, self.report.columns))
                self.notify(f"Kept as a way to read a file: {name}.", markup=False)
            elif what == "forget":
                maps.forget_map(name)
                self.notify(f"Forgotten: {name}", markup=False)
            else:
                self._read_so(with_saved(self.choices, maps.saved_map(name)))
        except BadInput as error:
            self.say(str(error))

    # The report

    def action_save_report(self) -> None:
        """Save the report as CSV."""
        report, held = self.report, self.planned
        if report is None or held is None:
            return

        def written(text: str | None) -> None:
            if not text:
                return
            path = Path(text).expanduser()
            if not path.exists():
                self._keep(report, path)
                return

            def answered(answer: str | None) -> None:
                if answer == REPLACE:
                    self._keep(report, path)

            question = f"{path.name} is there already. Replace it?"
            self.app.push_screen(Ask(question, (LEAVE, REPLACE)), answered)

        name = f"{Path(held.given.name).stem}-report-{self.register.today.isoformat()}.csv"
        where = f"In {Path.cwd()}, or name another."
        asked = WriteLine("Save the report as", value=name, below=where, does="Save")
        self.app.push_screen(asked, written)

    def _keep(self, report: Report, path: Path) -> None:
        try:
            keep_report(report, path)
        except BadInput as error:
            self.notify(str(error), severity="error", timeout=12, markup=False)
        else:
            self.notify(f"Saved: {path.absolute()}", timeout=8, markup=False)

    def check_action(self, action: str, parameters: tuple[Any, ...]) -> bool | None:
        if not self.is_mounted:
            return super().check_action(action, parameters)
        ready = not self.has_class("choosing") and not self._writing
        if action in ON_ROW:
            return ready and self._undecided_row() is not None
        if action == "take_back_here":
            row = self.row if ready else None
            undoable = self.done is not None and bool(self.done.import_id)
            return ready and (undoable or bool(row and row.ref in self.choices.decide))
        if action == "all_alike":
            plan = self.current_plan
            held = self.choices.duplicates is not WhenAlike.HOLD
            waits = plan is not None and (held or bool(plan.undecided))
            return ready and self.done is None and waits
        if action == "save_report":
            return ready and self.report is not None
        if action in ON_TABLE:
            return ready and self.planned is not None and self.done is None
        return super().check_action(action, parameters)
