"""What an import would do, or did: a line for each row, and for what the source lists no more."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from horizon.model.spreadsheet import guarded
from horizon.register.batches import Batch

SWEEP = 0.8
"""Share of the rows known before from which a change of one field is told once for all."""

SWEPT_FROM = 5
"""Rows that must have changed in a field, at least, for that."""


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    CONFLICT = "conflict"
    UNCHANGED = "unchanged"
    DUPLICATE = "possible duplicate"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Change:
    """A field of a technology that a row changes, from what to what.

    `kept` says that the register's own value stays, because somebody changed it here too, and
    `since` that they did so since the file was exported from here.
    """

    field: str
    before: str
    after: str
    kept: bool = False
    since: bool = False

    @property
    def words(self) -> str:
        name = self.field.replace("_", " ")
        if self.since:
            said = f"the file says {short(self.after)}"
            return f"{name} stays {short(self.before)}, changed here since the export; {said}"
        if self.kept:
            said = f"the source says {short(self.after)}"
            return f"{name} stays {short(self.before)}, edited here; {said}"
        if self.before == self.after:
            return f"{name} is {short(self.after)} here already"
        return f"{name} {short(self.before)} becomes {short(self.after)}"


@dataclass(frozen=True, slots=True)
class CellFault:
    """A cell that is refused: the header of its column, what it says, why, and what would mend
    it. Without a column, something about the row."""

    column: str
    value: str
    why: str
    do: str

    @property
    def words(self) -> str:
        cell = f"{self.column} {short(self.value)}: " if self.column else ""
        return f"{cell}{self.why}. {self.do}".rstrip(" .") + "."


@dataclass(frozen=True, slots=True)
class RowReport:
    """What becomes of one row.

    `ref` names the row in decisions. `label` is the technology it makes, changes or is already.
    `like` are the technologies or rows it may be the same as, each with why. `column` and `value`
    are the cell that was refused, `more` the others that are wrong in the row.
    """

    place: str
    ref: str
    row: int
    line: int
    name: str
    outcome: Outcome
    label: str = ""
    changes: tuple[Change, ...] = ()
    like: tuple[str, ...] = ()
    column: str = ""
    value: str = ""
    why: str = ""
    do: str = ""
    more: tuple[CellFault, ...] = ()

    @property
    def faults(self) -> tuple[CellFault, ...]:
        """All that is wrong with a row that is refused."""
        return (CellFault(self.column, self.value, self.why, self.do), *self.more)

    @property
    def words(self) -> str:
        """What there is to say beside the outcome, in one line."""
        if self.outcome is Outcome.REFUSED:
            return " ".join(each.words for each in self.faults)
        if self.outcome is Outcome.DUPLICATE:
            return f"{self.name}: {'; '.join(self.like)}"
        about = " ".join(each for each in (self.label, self.name) if each)
        more = "; ".join(
            [*(each.words for each in self.changes), *([self.why] if self.why else [])]
        )
        return f"{about}: {more}" if more else about


@dataclass(frozen=True, slots=True)
class Gone:
    """A technology that an earlier edition of the source listed and this one does not."""

    label: str
    name: str


@dataclass(frozen=True)
class Report:
    """What an import did, or would do.

    `columns` maps fields to columns, and so does `shown`, for what only the register's own export
    gives. `batch` is what the register is asked to take in, with the
    place in the batch of each row; `done` says that it has. `import_id` names it then.
    """

    file: str
    source: str
    format: str
    layout: str
    columns: Mapping[str, str]
    unused: tuple[str, ...]
    notices: tuple[str, ...]
    rows: tuple[RowReport, ...]
    gone: tuple[Gone, ...]
    batch: Batch = field(repr=False)
    positions: Mapping[int, int] = field(default_factory=dict, repr=False)
    done: bool = False
    import_id: str = ""
    shown: Mapping[str, str] = field(default_factory=dict)

    @property
    def taken(self) -> dict[str, str]:
        """Every field that is taken, with its column."""
        return {**self.columns, **self.shown}

    def of(self, outcome: Outcome) -> list[RowReport]:
        """The rows with this outcome, in the order of the file."""
        return [each for each in self.rows if each.outcome is outcome]

    @property
    def counts(self) -> dict[str, int]:
        """Rows by outcome, all outcomes."""
        found = Counter(each.outcome for each in self.rows)
        return {each.value: found[each] for each in Outcome}

    @cached_property
    def swept(self) -> dict[str, int]:
        """Fields that changed on nearly every row known before, with how often: a moved address
        or a new spelling, told once so that it does not bury the real edits."""
        known = sum(each.outcome in (Outcome.CHANGED, Outcome.UNCHANGED) for each in self.rows)
        found = Counter(
            change.field for each in self.rows for change in each.changes if not change.kept
        )
        return {
            field: number
            for field, number in found.items()
            if number >= SWEPT_FROM and number >= SWEEP * known
        }

    def is_swept(self, row: RowReport) -> bool:
        """Whether a row changed only in what changed on nearly every row."""
        swept = self.swept
        return (
            row.outcome is Outcome.CHANGED
            and bool(row.changes)
            and not row.why
            and all(each.field in swept and not each.kept for each in row.changes)
        )


COLUMNS = (
    "row",
    "place",
    "outcome",
    "label",
    "name",
    "changed fields",
    "before",
    "after",
    "possible duplicate of",
    "column",
    "value",
    "reason",
    "what would fix it",
    "decide",
)
"""The columns of a report as CSV. `decide` is for the person: new, skip, or a label."""


def as_csv(report: Report) -> str:
    """The report with one line for each row and each technology gone. No cell can be run as a
    formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for cells in _lines(report):
        writer.writerow([guarded(each) for each in cells])
    return out.getvalue()


def _lines(report: Report) -> Iterator[Sequence[str]]:
    for row in report.rows:
        conflicts = [each for each in row.changes if each.kept]
        why = row.why or (_kept(conflicts[0]) if conflicts else "")
        do = row.do or (f"Take it with: --take {conflicts[0].field}" if conflicts else "")
        yield (
            row.ref,
            row.place,
            row.outcome.value,
            row.label,
            row.name,
            "; ".join(each.field for each in row.changes),
            "\n".join(each.before for each in row.changes),
            "\n".join(each.after for each in row.changes),
            "; ".join(row.like),
            "; ".join(filter(None, [row.column, *(each.column for each in row.more)])),
            "\n".join([row.value, *(each.value for each in row.more)]),
            "\n".join([why, *(each.why for each in row.more)]),
            "\n".join([do, *(each.do for each in row.more)]),
            "",
        )
    for each in report.gone:
        why, do = "the source does not list it any more", "Nothing is deleted; look at it"
        yield ("", "", "gone", each.label, each.name, *[""] * 6, why, do, "")


def _kept(change: Change) -> str:
    return f"{'changed here since the export' if change.since else 'edited here too'}, and kept"


def short(value: str) -> str:
    """A value as a report quotes it."""
    shown = " ".join(value.split())
    return repr(shown if len(shown) <= 60 else shown[:59] + "…")
