"""The strategy's objective 4 measure for a period."""

from __future__ import annotations

from datetime import date

from textual import on
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from horizon.model.wording import day
from horizon.register.measures import WORDS, Measure, Submission, financial_year, objective_4
from horizon.tui import pages
from horizon.tui.keymap import Binding
from horizon.tui.messages import RegisterChanged
from horizon.tui.screens.sides import SidesScreen
from horizon.tui.widgets.page import MUTED, Line, Lines


class MeasureScreen(SidesScreen):
    """Submissions to the Strategic Change Board in a financial year, and what each carried.

    p and n go to another year; Enter opens the record of a submission.
    """

    FORM = False
    BINDINGS = [
        Binding("p", "year(-1)", "Year before"),
        Binding("n", "year(1)", "Year after"),
        Binding("ctrl+s", "save", "Record", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._first = date.min

    def on_mount(self) -> None:
        self._first = financial_year(self.register.today)
        self._list()
        self.query_one(OptionList).focus()

    @property
    def has_work(self) -> bool:
        return False

    @property
    def _measure(self) -> Measure:
        """That of the year, or of what has passed of it."""
        last, today = date(self._first.year + 1, 3, 31), self.register.today
        return objective_4(self.register, self._first, min(last, max(today, self._first)))

    @on(RegisterChanged)
    def _list(self) -> None:
        found = self._measure
        period = f"{day(found.first)} to {day(found.last)}"
        self.query_one("#heading", Static).update(Content(f"Objective 4 measure\n{period}"))
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_option(Option(Content("The measure")))
        for each in found.submissions:
            options.add_option(Option(Content(f"{each.number:<14}{each.label} {each.name}")))
        options.highlighted = 0
        self._show()

    @on(OptionList.OptionHighlighted)
    def _show(self) -> None:
        chosen = self._chosen
        self.show(_measured(self._measure) if chosen is None else _submitted(chosen))

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.action_save()

    @property
    def _chosen(self) -> Submission | None:
        at, found = self.query_one(OptionList).highlighted, self._measure.submissions
        return found[at - 1] if at and at <= len(found) else None

    def action_year(self, by: int) -> None:
        self._first = self._first.replace(year=self._first.year + by)
        self._list()

    def action_save(self) -> None:
        """Open the whole record of the submission under the cursor."""
        from horizon.tui.screens.record import RecordScreen

        chosen = self._chosen
        if chosen is not None:
            technology = self.register.technology(chosen.label)
            self.app.push_screen(RecordScreen(technology.id, chosen.number))


def _measured(found: Measure) -> Lines:
    parts: list[Lines] = [
        (Line(WORDS[name], "bold" if name == "submissions" else "", lead=f"{number:>4}  "),)
        for name, number in found.counts.items()
    ]
    parts.append(pages.line())
    parts.append(
        pages.line(
            "Data Strategy 2025-2030: data is used to inform and evaluate change proposals, "
            "measured through submissions to the Strategic Change Board.",
            MUTED,
        )
    )
    return pages.joined(parts)


def _submitted(each: Submission) -> Lines:
    held = {
        "Scored": each.scored,
        "Evidence": each.evidenced,
        "Plan": each.evaluation_planned,
        "Evaluated": each.evaluated,
    }
    return pages.joined(
        [
            pages.line(f"{each.number}: {each.outcome}", "bold"),
            pages.line(f"{each.label} {each.name}, {day(each.decided_on)}"),
            pages.line(),
            *[pages.field(name, "yes" if yes else "no") for name, yes in held.items()],
            pages.line(),
            pages.line("Press Enter for the whole record.", MUTED),
        ]
    )
