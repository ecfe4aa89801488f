"""Rows to technologies: what each row would do, then all of it as one change, or none."""

from __future__ import annotations

from dataclasses import replace

from horizon.intake import formats
from horizon.intake.choices import Choices, Progress
from horizon.intake.given import Given
from horizon.intake.planning import Plan
from horizon.intake.report import Report
from horizon.intake.table import Table
from horizon.register import Register


def plan(
    register: Register,
    given: Given,
    choices: Choices | None = None,
    progress: Progress = lambda done, all: None,
) -> Report:
    """What importing a file would do, row by row. Changes nothing.

    Raises `BadInput` when the file as a whole cannot be understood.
    """
    chosen = choices or Choices()
    return Plan(register, given, chosen, table_of(given, chosen), progress).made()


def table_of(given: Given, chosen: Choices) -> Table:
    """The table in a file, read as somebody chose. Raises `BadInput` where there is none."""
    asked = replace(chosen.asked, headers=tuple(filter(None, chosen.mapped.values())))
    return formats.read(given, asked, format=chosen.format)


def load(register: Register, report: Report) -> Report:
    """Take a plan's rows in as one change, all of them or none; gives the labels they got."""
    if not report.batch.has_news:
        return replace(report, done=True)
    taken = register.take_in(report.batch)
    rows = tuple(
        replace(row, label=register.label(taken.technologies[report.positions[at]]))
        if at in report.positions
        else row
        for at, row in enumerate(report.rows)
    )
    return replace(report, rows=rows, done=True, import_id=taken.import_id)
