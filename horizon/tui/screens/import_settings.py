"""How a file is read where that was not found out, and what is said of all its rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from horizon.intake.choices import Choices, WhenAlike
from horizon.intake.formats import FORMATS
from horizon.intake.report import Report
from horizon.model.wording import in_words
from horizon.model.words import Kind, SourceType
from horizon.tui.importing.words import WHEN_ALIKE, field_name
from horizon.tui.importing.work import Planned
from horizon.tui.keymap import Binding
from horizon.tui.screens.form import FormScreen
from horizon.tui.widgets.fields import BETWEEN, Field, Section

FOUND_OUT = "auto"
WHOLE, PART = "whole", "part"


class ImportSettings(FormScreen):
    """Say how the file is to be read, and what holds for all its rows."""

    HEADING = "How the file is read"
    SAVE = "Read it this way"
    BINDINGS = [Binding("ctrl+s", "save_in_turn", "Read it this way", priority=True)]

    def __init__(self, planned: Planned, choices: Choices, done: Callable[[Choices], None]) -> None:
        """`done` hears the choices as they are then."""
        super().__init__()
        self._planned, self._choices, self._then = planned, choices, done

    def intro(self) -> str:
        return f"{self._planned.given.name}. Leave a field empty and Horizon finds it out."

    def fields(self) -> Sequence[Field | Section]:
        held, table = self._choices, self._planned.table
        found = [*self._on_reading(), Section("About all its rows")]
        source = self._planned.report.source if self._planned.report else ""
        now = f" Now: {source}." if source else ""
        found += [
            Field(
                "source",
                "What the list is called",
                help=f"A later file of the same list is compared with this one.{now}",
                value=held.source,
            ),
            _choice("source_type", "Sort of source", SourceType, held.source_type),
            _choice("kind", "Kind, where no column says it", Kind, held.kind),
            Field(
                "whole",
                "Is it the whole list?",
                "choice",
                help="What is missing in a whole list is marked as gone from it.",
                value=PART if held.partial else WHOLE,
                required=True,
                choices=[("Yes", WHOLE), ("No, a part of it", PART)],
            ),
            Field(
                "duplicates",
                "Possible duplicates",
                "choice",
                value=held.duplicates.value,
                required=True,
                choices=[(words, each.value) for each, words in WHEN_ALIKE.items()],
            ),
        ]
        kept = _kept(self._planned.report) | held.take
        if table is not None and kept:
            found.append(
                Field(
                    "take",
                    "Let the source win in",
                    "many",
                    help="These were edited here and changed at the source too. Space ticks.",
                    value=BETWEEN.join(sorted(held.take)),
                    choices=[(field_name(each), each) for each in sorted(kept)],
                )
            )
        return found

    def _on_reading(self) -> list[Field | Section]:
        held, table = self._choices, self._planned.table
        formats = [("Found out from what is in it", FOUND_OUT)]
        formats += [(words, each) for each, words in FORMATS.items()]
        found: list[Field | Section] = [
            Field(
                "format",
                "Format",
                "choice",
                help=f"Now: {table.format}" if table else "",
                value=held.format or FOUND_OUT,
                required=True,
                choices=formats,
            )
        ]
        sheets = table.sheets if table else ()
        if sheets:
            every = [("The best one, and others like it", FOUND_OUT)]
            found.append(
                Field(
                    "sheet",
                    "Sheet",
                    "choice",
                    value=held.asked.sheet if held.asked.sheet in sheets else FOUND_OUT,
                    required=True,
                    choices=[*every, *((each, each) for each in sheets)],
                )
            )
        elif table is None or held.asked.sheet:
            help = "The name of a workbook's sheet."
            found.append(Field("sheet", "Sheet", help=help, value=held.asked.sheet))
        if table is None or table.header_row or held.asked.header_row:
            now = f" Now: {table.header_row}." if table else ""
            found.append(
                Field(
                    "header_row",
                    "Row that names the columns",
                    "number",
                    help=f"As a spreadsheet counts rows.{now}",
                    value=str(held.asked.header_row or ""),
                )
            )
        return found

    def submit(self, values: dict[str, Any]) -> None:
        held = self._choices
        chosen = replace(
            held,
            source=values["source"],
            source_type=SourceType(values["source_type"]),
            kind=Kind(values["kind"]),
            format=_said(values["format"]),
            asked=replace(
                held.asked,
                sheet=_said(values.get("sheet", held.asked.sheet)),
                header_row=values.get("header_row", held.asked.header_row) or 0,
            ),
            duplicates=WhenAlike(values["duplicates"]),
            take=frozenset(values.get("take", held.take)),
            partial=values["whole"] == PART,
        )
        self.dismiss("")
        self._then(chosen)


def _choice(name: str, label: str, words: type[Kind] | type[SourceType], held: str) -> Field:
    return Field(
        name,
        label,
        "choice",
        value=held,
        required=True,
        choices=[(in_words(each), each.value) for each in words],
    )


def _said(value: str) -> str:
    return "" if value == FOUND_OUT else value


def _kept(report: Report | None) -> frozenset[str]:
    """Fields in which the register's own value stays although the source says another."""
    rows = report.rows if report else ()
    return frozenset(change.field for row in rows for change in row.changes if change.kept)
