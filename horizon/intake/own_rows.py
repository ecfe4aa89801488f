"""Rows of the register's own export that come back, beside what the register held then and holds
now: an edited cell is a change of that field, and nothing else is one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from horizon.intake.columns import Columns
from horizon.intake.comparing import shown
from horizon.intake.own import LEFT, REVIEW
from horizon.intake.own_cells import (
    Cell,
    CellRefused,
    cells_of,
    place_of,
    review_cell,
    seen_otherwise,
)
from horizon.intake.reading import Read, Unread
from horizon.intake.report import Change, Outcome, RowReport
from horizon.intake.rows import report_of
from horizon.intake.table import Table
from horizon.model.errors import BadInput
from horizon.model.state import State
from horizon.model.technology import Technology
from horizon.model.words import Edition
from horizon.register import Register
from horizon.register.as_at import state_after
from horizon.register.batches import RowInput

_WITHHELD = re.compile(r"\[Withheld(?: [0-9]+)?: |\[Name withheld\]")
"""What stands in a public edition in place of what it does not show."""


@dataclass(frozen=True, slots=True)
class Edited:
    """What was edited in a row: changes of details and the review date, all of it in words, and
    what cannot be taken."""

    changes: Mapping[str, Any]
    review_by: date | None
    told: tuple[Change, ...]
    left: str

    @property
    def in_conflict(self) -> bool:
        return any(each.kept for each in self.told)

    @property
    def has_news(self) -> bool:
        return bool(self.changes) or self.review_by is not None


@dataclass(frozen=True)
class Own:
    """The rows about technologies that the register holds, by their place in the import
    (`Row.at`), and the register as it was when they were exported, where the file says when."""

    register: Register
    rows: Mapping[int, str] = field(default_factory=dict)
    before: State | None = None

    @classmethod
    def of(cls, register: Register, reads: Sequence[Read], table: Table, file: str) -> Own:
        """Raises `BadInput` for a public edition."""
        held = register.state.technologies
        rows = {each.row.at: each.key for each in reads if each.key in held}
        said = table.exported
        public = said is not None and said.edition == Edition.PUBLIC
        for each in reads:
            if each.row.at in rows and (public or any(map(_WITHHELD.search, each.row.cells))):
                raise BadInput(
                    "This is a public edition of this register, and leaves out what is not public",
                    where=file,
                    do="Export an internal edition, edit that and import it",
                )
        before = state_after(register, said.head) if rows and said is not None else None
        return cls(register, rows, before)

    @property
    def notice(self) -> str:
        """What to say where changes are not known to be edits."""
        if self.before is not None or not self.rows:
            return ""
        return (
            "The file does not say which state of this register it was exported from, so whatever "
            "differs from the register now counts as an edit. A workbook or JSON says it."
        )

    def left_since(self, read: Read) -> bool:
        """Whether a row is about a technology that has left the register since the export."""
        before = self.before
        return before is not None and read.key in before.technologies and not self.is_own(read)

    def shows(self, columns: Columns) -> dict[str, str]:
        """What is taken beyond the fields that other files give too, with its header."""
        place = place_of(columns, REVIEW)
        return {REVIEW: columns.header[place]} if self.rows and place >= 0 else {}

    def is_own(self, read: Read) -> bool:
        return read.row.at in self.rows

    def first_of(self, read: Read) -> int:
        """The first row (`Row.at`) that has the id of this one."""
        return self._first[read.key]

    @cached_property
    def _first(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for at, key in self.rows.items():
            found.setdefault(key, at)
        return found

    def edited(self, read: Read, columns: Columns, take: frozenset[str], whole: bool) -> Edited:
        """What was edited in a row since it was exported, or, where the file does not say when
        that was, what it says otherwise than the register.

        Where the register was changed in the same field meanwhile, its value stays, unless the
        field is in `take`, or the `whole` row is. Raises `CellRefused`.
        """
        now = self.register.state.technologies[read.key]
        before = self.before
        then = (
            now
            if before is None or read.key not in before.technologies
            else (before.technologies[read.key])
        )
        changes: dict[str, Any] = {}
        told: list[Change] = []
        refused: list[CellRefused] = []
        for cell in cells_of(read, columns):
            was, is_ = self._value(then, cell.field, before), self._value(now, cell.field)
            if cell.says(was) or cell.says(is_):
                continue
            moved = shown(was) != shown(is_)
            kept = moved and not whole and cell.field not in take
            try:
                new = cell.value() if kept else self._taken(cell, now)
            except CellRefused as error:
                refused.append(error)
                continue
            if kept:
                told.append(Change(cell.field, shown(is_), shown(new), kept=True, since=True))
                continue
            changes[cell.field] = new
            told.append(Change(cell.field, shown(is_), shown(new)))
        if refused:
            first, *others = refused
            first.more = tuple(others)
            raise first
        review_by = changes.pop(REVIEW, None)
        left = filter(None, [self._left(read, columns, then, now), seen_otherwise(read, now)])
        return Edited(changes, review_by, tuple(told), "; ".join(left))

    def _taken(self, cell: Cell, technology: Technology) -> Any:
        """What was typed into a cell. Raises `CellRefused`."""
        value = cell.value()
        if cell.field == REVIEW:
            self._refuse_review(technology, value, cell.column)
        return value

    def with_review(self, unread: Unread, columns: Columns) -> Unread:
        """A row that is refused, with its review date among what is wrong if it cannot be."""
        held = self.register.state.technologies
        if unread.key not in held:
            return unread
        technology = held[unread.key]
        for cell in review_cell(unread.row, columns):
            if not cell.says(technology.review_by):
                try:
                    self._taken(cell, technology)
                except CellRefused as error:
                    return replace(unread, faults=(*unread.faults, error.fault))
        return unread

    def _value(self, technology: Technology, name: str, state: State | None = None) -> Any:
        if name == "owner":
            people = state or self.register.state
            return people.person_name(technology.owner) if technology.owner else ""
        return getattr(technology, name)

    def _left(self, read: Read, columns: Columns, then: Technology, now: Technology) -> str:
        """Why edits of what an export shows and no import changes are left."""
        stages = [self.register.framework.route.stage(each.stage) for each in (then, now)]
        held = {"label": (then.label, now.label), "stage": [s.name for s in stages if s]}
        found = []
        for name, do in LEFT.items():
            place = place_of(columns, name)
            said = read.row.cells[place] if place >= 0 else ""
            if said and said not in held[name]:
                found.append(f"its {name} is not changed by an import; {do}")
        return "; ".join(found)

    def _refuse_review(self, technology: Technology, day: date, column: str) -> None:
        stage = self.register.framework.route.stage(technology.stage)
        if stage is not None and stage.ended:
            why, do = "it has left the route and is not reviewed", "Set the cell back"
            raise CellRefused(column, day.isoformat(), why, do)
        if day < self.register.today:
            do = f"Use {self.register.today} or later"
            raise CellRefused(column, day.isoformat(), "the day has already passed", do)


def told(read: Read, found: Edited, technology: Technology) -> RowReport:
    """What becomes of a row."""
    still = Outcome.CONFLICT if found.in_conflict else Outcome.UNCHANGED
    outcome = Outcome.CHANGED if found.has_news else still
    return report_of(read, outcome, label=technology.label, changes=found.told, why=found.left)


def taken_in(found: Edited, technology: Technology, place: str) -> RowInput:
    """What the register is asked to take in of a row."""
    return RowInput(
        place=place,
        fields={},
        technology=technology.id,
        expect=technology.revision,
        changes=found.changes,
        own=True,
        review_by=found.review_by,
    )


def refused_cell(read: Read, error: CellRefused) -> RowReport:
    """A row that is refused for one of its cells."""
    return report_of(
        read,
        Outcome.REFUSED,
        column=error.column,
        value=error.value,
        why=error.why,
        do=error.do,
        more=tuple(each.fault for each in error.more),
    )
