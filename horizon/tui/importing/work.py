"""What the Import screen has done in threads of their own: a file read and planned, a plan taken
in, an import undone. Nothing here draws."""

from __future__ import annotations

import contextlib
import stat
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from horizon.intake.choices import Choices, Progress
from horizon.intake.columns import find_columns
from horizon.intake.given import Given
from horizon.intake.load import load, table_of
from horizon.intake.maps import SavedMap
from horizon.intake.planning import Plan
from horizon.intake.report import Report, as_csv
from horizon.intake.table import Row, Table
from horizon.model.errors import BadInput, HorizonError, StoreFault
from horizon.register import Register
from horizon.tui.collecting import uncollected
from horizon.tui.exporting.exports import aside

Result = TypeVar("Result")

OFTEN = 0.1
"""Seconds between two words of how far the work has come."""


class Stopped(Exception):
    """The work is not wanted any more."""


@dataclass(frozen=True)
class Planned:
    """A file as it was read, and what importing it would do.

    `report` is missing where the table was read and yet cannot be planned, `table` where not even
    that went well; `error` then says why. `choices` are what was planned with: decisions on rows
    that nothing is to be decided on any more are left out of them.
    """

    path: Path
    given: Given
    choices: Choices
    table: Table | None = None
    report: Report | None = None
    error: HorizonError | None = None

    @cached_property
    def by_ref(self) -> dict[str, Row]:
        """The rows of the table by what a decision calls them."""
        return {each.ref: each for each in self.table.rows} if self.table else {}

    @property
    def lacks_name(self) -> bool:
        """Whether nothing is wrong but that no column gives the name."""
        return (
            self.table is not None
            and isinstance(self.error, BadInput)
            and (self.error.what == "No column gives the name")
        )

    def guessed(self) -> dict[str, str]:
        """The column of each field as far as it is known, also where none gives the name."""
        if self.report is not None:
            return dict(self.report.columns)
        header = self.table.header if self.table else ()
        once = next((each for each in header if header.count(each) == 1), "")
        if self.table is None or not once:
            return {}
        try:
            given = {**self.choices.mapped, "name": once}
            found = dict(find_columns(self.table, given, self.given.name).named)
        except BadInput:
            return {}
        del found["name"]
        return found


@dataclass
class Paced:
    """Progress told now and then. Raises `Stopped` once `is_wanted` says no."""

    tell: Callable[[int], None]
    is_wanted: Callable[[], bool]
    _told: float = field(default_factory=time.monotonic)

    def __call__(self, done: int, all: int) -> None:
        """Hears how many rows are done of how many; tells the share in hundredths."""
        if not self.is_wanted():
            raise Stopped
        time.sleep(0)  # a key that waits comes first
        if all and time.monotonic() - self._told > OFTEN:
            self._told = time.monotonic()
            self.tell(min(100, 100 * done // all))


def given_of(path: Path) -> Given:
    """The file or the folder at a path. Raises `BadInput` when it cannot be read."""
    try:
        if path.is_dir():
            return Given.of_folder(path)
        if not stat.S_ISREG(path.stat().st_mode):
            raise BadInput("This is no file", where=str(path), do="Choose a file or a folder")
        return Given.of_file(path)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise BadInput(
            "The file cannot be read", where=str(path), why=why, do="Check the path"
        ) from None


def planned(
    register: Register,
    path: Path,
    choices: Choices,
    progress: Progress,
    before: Planned | None = None,
) -> Planned:
    """Read a file and plan its import, on a register of its own. Raises what `progress` raises.

    What was read `before` is not read again where nothing changed in how it is to be read.
    """
    with uncollected(kept=True):
        found = Planned(path, Given(path.name), choices)
        try:
            given = before.given if before else given_of(path)
            found = replace(found, given=given)
            progress(0, 0)
            table = _held(before, choices) or table_of(given, choices)
            found = replace(found, table=table)
            progress(0, 0)
            with aside(register) as own:
                return _made(own, found, table, progress)
        except HorizonError as error:
            return replace(found, error=error)


def _held(before: Planned | None, choices: Choices) -> Table | None:
    """The table that was read before, if it would be read in the same way."""
    if before is None or before.table is None:
        return None
    was = before.choices
    same = (was.asked, was.format, was.mapped) == (choices.asked, choices.format, choices.mapped)
    return before.table if same else None


def _made(register: Register, found: Planned, table: Table, progress: Progress) -> Planned:
    """Plan, and once more without decisions on rows that are no possible duplicates now."""
    choices = found.choices
    while True:
        plan = Plan(register, found.given, choices, table, progress)
        try:
            return replace(found, choices=choices, report=plan.made())
        except BadInput:
            left = {ref: what for ref, what in choices.decide.items() if ref not in plan.decide}
            if len(left) == len(choices.decide):
                raise
            choices = replace(choices, decide=left)


def done_beside(
    register: Register, command: Callable[[Register], Result]
) -> tuple[Register, Result]:
    """Run a command on the same register opened a second time; gives both, for
    `Register.go_on_from`. Nothing is held open when the command raises."""
    with uncollected(kept=True):
        own = type(register).open(register.path, acting=register.acting, clock=register.clock)
        try:
            result = command(own)
            with contextlib.suppress(StoreFault):  # the journal has everything already
                own.save_snapshot()
        except BaseException:
            own.store.close()
            raise
    return own, result


def taken_in(register: Register, report: Report) -> tuple[Register, Report]:
    """Import what a plan says, as one change; see `done_beside`."""
    return done_beside(register, lambda own: load(own, report))


@dataclass(frozen=True, slots=True)
class Undone:
    """An import that was taken back: its file, and how many technologies left or were set back."""

    file: str
    left: int
    set_back: int


def undone(register: Register, import_id: str, *, keep_changed: bool) -> tuple[Register, Undone]:
    """Undo an import as one step; see `done_beside`."""

    def undo(own: Register) -> Undone:
        reason = "Taken back in the app"
        kept, left, back = own.undo_import(import_id, reason=reason, keep_changed=keep_changed)
        return Undone(kept.file, left, back)

    return done_beside(register, undo)


def keep_report(report: Report, path: Path) -> None:
    """Write the report as CSV, whole or not at all. Raises `BadInput`."""
    try:
        new = path.with_name(path.name + ".new")
        new.write_text(as_csv(report), encoding="utf-8-sig", newline="")
        new.replace(path)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise BadInput("The report cannot be saved", where=str(path), why=why) from None


def as_saved(choices: Choices, columns: Mapping[str, str]) -> SavedMap:
    """How a file was read, to be kept under a name."""
    left_out = {name: "" for name, header in choices.mapped.items() if not header}
    return SavedMap(
        columns={**columns, **left_out},
        format=choices.format,
        sheet=choices.asked.sheet,
        header_row=choices.asked.header_row,
        source=choices.source,
        source_type=choices.source_type,
        kind=choices.kind,
    )


def with_saved(choices: Choices, saved: SavedMap) -> Choices:
    """To read a file as another was read before. Decisions on rows stand."""
    return replace(
        choices,
        mapped=dict(saved.columns),
        format=saved.format,
        asked=replace(choices.asked, sheet=saved.sheet, header_row=saved.header_row),
        source=saved.source,
        source_type=saved.source_type,
        kind=saved.kind,
    )


def fits(saved: SavedMap, header: tuple[str, ...]) -> bool:
    """Whether a table has every column that a saved map names."""
    wanted = {each for each in saved.columns.values() if each}
    return bool(wanted) and wanted <= set(header)
