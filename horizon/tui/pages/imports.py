"""The plan of an import as the screen shows it: what was recognised, the counts, a line for each
row, and one row in full."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from horizon.intake.choices import SKIP, WhenAlike
from horizon.intake.report import Change, Outcome, Report, RowReport
from horizon.intake.table import Row as FileRow
from horizon.model.errors import BadInput
from horizon.model.wording import count, printable, spoken_day
from horizon.register import Register
from horizon.tui.importing.words import DECIDED, SAME, field_name
from horizon.tui.importing.work import Planned
from horizon.tui.pages import field, heading, joined, line
from horizon.tui.widgets.page import MUTED, Line, Lines
from horizon.tui.widgets.register_table import Column, Row

COLUMNS = (
    Column("Row", 6),
    Column("Outcome", 11),
    Column("Name", share=2),
    Column("What", share=3),
)

TELLING = ("supplier", "summary", "source", "note", "url")
"""The fields that tell most of a row that is new."""

SHOWN, WHOLE = 400, 5_000
"""Characters of a value that are shown beside the list, and on the whole row."""

LIKE, BESIDE = 3, 200
"""What a row may be the same as: how many are told of, and characters of a text of each."""

SHORT = {Outcome.DUPLICATE: "duplicate?"}


@dataclass(frozen=True, slots=True)
class Group:
    """Rows with something in common, as the counts name them."""

    id: str
    name: str


ALL, NEW, CHANGED, ALIKE, UNCHANGED, TWICE, REFUSED, GONE = GROUPS = (
    Group("all", "All"),
    Group("new", "New"),
    Group("changed", "Changed"),
    Group("alike", "Changed alike"),
    Group("unchanged", "Unchanged"),
    Group("duplicate", "Possible duplicates"),
    Group("refused", "Refused"),
    Group("gone", "Gone"),
)
ONLY_WHERE_ANY = (ALIKE, GONE)
"""Groups that are named only where there are some."""


class Plan:
    """A report as lists of rows. `decide` are the decisions made so far, also those that the
    report does not know yet."""

    def __init__(self, planned: Planned, report: Report, decide: Mapping[str, str]) -> None:
        self.planned, self.report, self.decide = planned, report, decide

    @cached_property
    def places(self) -> dict[Group, list[int]]:
        """Where the rows of each group stand. What is gone stands behind the rows of the file. A
        row that was decided on stays among the possible duplicates too."""
        found: dict[Group, list[int]] = {each: [] for each in GROUPS}
        known = {Outcome.NEW: NEW, Outcome.CHANGED: CHANGED, Outcome.UNCHANGED: UNCHANGED}
        known |= {Outcome.DUPLICATE: TWICE, Outcome.REFUSED: REFUSED}
        swept = bool(self.report.swept)
        for at, row in enumerate(self.report.rows):
            group = ALIKE if swept and self.report.is_swept(row) else known[row.outcome]
            found[group].append(at)
            if group is not TWICE and row.ref in self.decide:
                found[TWICE].append(at)
        after = range(len(self.report.rows), len(self.report.rows) + len(self.report.gone))
        found[GONE] = list(after)
        found[ALL] = [*range(len(self.report.rows)), *after]
        return found

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups to name, in their order."""
        return tuple(each for each in GROUPS if each not in ONLY_WHERE_ANY or self.places[each])

    def count(self, group: Group) -> int:
        """How many rows of a group there are now: a decided one is no possible duplicate."""
        if group is ALL:
            return len(self.report.rows)
        if group is TWICE:
            return len(self.report.of(Outcome.DUPLICATE))
        return len(self.places[group])

    def counted(self, group: Group) -> str:
        """A group with how many rows of it there are now, and how many it shows beside them."""
        decided = len(self.places[group]) - self.count(group) if group is TWICE else 0
        return f"{group.name} {self.count(group)}" + (f" and {decided} decided" if decided else "")

    @property
    def undecided(self) -> int:
        """Possible duplicates that nobody has decided on."""
        return sum(each.ref not in self.decide for each in self.report.of(Outcome.DUPLICATE))

    def row(self, at: int) -> RowReport | None:
        """What becomes of a row, or `None` for what is gone."""
        return self.report.rows[at] if at < len(self.report.rows) else None

    def ref(self, at: int) -> str:
        """What a row is called in decisions, or the label of what is gone."""
        row = self.row(at)
        return row.ref if row else self.report.gone[at - len(self.report.rows)].label

    @cached_property
    def by_place(self) -> dict[str, RowReport]:
        """The rows by where they stand, in words."""
        return {each.place: each for each in self.report.rows}

    def value(self, row: RowReport, name: str) -> str:
        """What the file says in a row about a field."""
        found = self.planned.by_ref.get(row.ref)
        table = self.planned.table
        column = self.report.taken.get(name)
        if found is None or table is None or column not in table.header:
            return ""
        return found.cells[table.header.index(column)]


class PlanRows(Sequence[Row]):
    """The rows of a group as lines, made when they are drawn."""

    def __init__(self, plan: Plan, group: Group) -> None:
        self._plan, self._at = plan, plan.places[group]

    def __len__(self) -> int:
        return len(self._at)

    def at(self, number: int) -> int:
        """Where in the plan line `number` stands."""
        return self._at[number]

    def line_of(self, ref: str) -> int:
        """The line of the row called `ref`, or of the first."""
        return next((n for n, at in enumerate(self._at) if self._plan.ref(at) == ref), 0)

    def __getitem__(self, number: int) -> Row:  # type: ignore[override]
        at = self._at[number]
        row = self._plan.row(at)
        if row is None:
            gone = self._plan.report.gone[at - len(self._plan.report.rows)]
            what = f"{gone.label}: the source does not list it any more"
            return Row(gone.label, _cells(("", "gone", gone.name, what)))
        shown = row.ref.rpartition("!")[2]  # without the sheet: there is no room for it
        said = (shown, outcome(row, self._plan.decide), row.name, _what(self._plan, row))
        return Row(row.ref, _cells(said), row.outcome is Outcome.REFUSED)


def _cells(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(" ".join(printable(each[:200]).split()) for each in texts)


def outcome(row: RowReport, decide: Mapping[str, str]) -> str:
    """The outcome in a word; an arrow where somebody decided on it."""
    said = decide.get(row.ref, "")
    if not said:
        return SHORT.get(row.outcome, row.outcome.value)
    return {WhenAlike.NEW.value: "→ new", SKIP: "→ left out"}.get(said, "→ same")


def _what(plan: Plan, row: RowReport) -> str:
    if row.outcome is Outcome.REFUSED:
        cells = (f"{e.column} {e.value!r}: " if e.column else "" for e in row.faults)
        return "; ".join(f"{cell}{e.why}" for cell, e in zip(cells, row.faults, strict=True))
    if row.outcome is Outcome.DUPLICATE:
        return "; ".join(row.like)
    if row.outcome is Outcome.NEW:
        said = [row.why, row.label, *(plan.value(row, name) for name in TELLING)]
        return " · ".join(filter(None, said))
    parts = [f"{_lower(each)}{' stays' if each.kept else ''}" for each in row.changes]
    parts += [row.why] if row.why else []
    return f"{row.label}: {', '.join(parts)}" if parts else row.label


def _lower(change: Change) -> str:
    return field_name(change.field).lower()


# What was recognised


def about(planned: Planned, report: Report | None) -> Iterator[str]:
    """How the file was read, in lines, the most telling first."""
    table = planned.table
    if table is None:
        return
    layout = table.layout
    said = [layout if layout.startswith(table.format) else f"{table.format}, {layout}"]
    if table.header_row:
        said.append(f"names in row {table.header_row}")
    called = table.rows[0].called if table.rows else "row"
    said.append(count(len(table.rows) + len(table.faults), called, _many(called)))
    yield f"{planned.given.name}: {', '.join(said)}"
    if report is None:
        return
    taken = count(len(report.taken), "column")
    left = f", {len(report.unused)} left" if report.unused else ""
    yield f"Read as the list {report.source!r}. {taken} taken{left}."
    for name, number in report.swept.items():
        yield f"{field_name(name)} changed on {number} rows alike, so it stands apart."
    yield from report.notices


def _many(called: str) -> str:
    return "entries" if called == "entry" else f"{called}s"


def recognised(planned: Planned, report: Report | None) -> Lines:
    """Everything about how the file was read."""
    parts = [line(each) for each in about(planned, report)]
    if report is not None:
        parts.append(heading("Columns"))
        parts += [field(field_name(name), column) for name, column in report.taken.items()]
        parts.append(field("Not taken", ", ".join(report.unused)))
    return joined(parts)


# One row in full


def detail(plan: Plan, at: int, register: Register, *, most: int = SHOWN) -> Lines:
    """One row: what becomes of it and why, what would fix it, what it may be a duplicate of, and
    what the file says."""
    row = plan.row(at)
    if row is None:
        gone = plan.report.gone[at - len(plan.report.rows)]
        return joined(
            [
                line(f"{gone.label} {gone.name}: gone", "bold"),
                line("The last file of this list had it, and this one does not."),
                line("It stays in the register, with a mark. Look at it there."),
            ]
        )
    place = row.place if row.place == row.ref else f"{row.place[:1].upper()}{row.place[1:]}"
    parts = [line(f"{place}: {row.outcome}", "bold"), *_why(plan, row)]
    if row.outcome is Outcome.DUPLICATE:
        parts += [_other(plan, each, register) for each in row.like[:LIKE]]
    return joined([*parts, *_said(plan, row, most)])


def _why(plan: Plan, row: RowReport) -> Iterator[Lines]:
    decided = plan.decide.get(row.ref, "")
    if decided:
        yield field("You decided", DECIDED.get(decided, SAME))
    match row.outcome:
        case Outcome.REFUSED:
            for each in row.faults:
                yield field("Column", each.column)
                if each.column:
                    yield field("Value", cut(each.value, SHOWN) or "(empty)")
                yield field("Reason", each.why)
                yield field("Fix", each.do)
        case Outcome.DUPLICATE:
            yield from (field("" if n else "May be", each) for n, each in enumerate(row.like))
            if plan.report.done:
                yield line("It was held back. Import the file again to decide on it.", MUTED)
            elif not decided:
                yield line("s: the same, so one more sighting of it. d: different, so new.", MUTED)
                yield line("x: leave it out. Left open, it is held back.", MUTED)
        case Outcome.CHANGED | Outcome.UNCHANGED:
            earlier = row.label.startswith("as ")
            about = row.label.removeprefix("as ") if earlier else f"{row.label} {row.name}"
            yield field("About", about)
            yield from (_change(each, plan.report.done) for each in row.changes)
            if row.outcome is Outcome.UNCHANGED:
                yield line("The register has all of it already.")
            yield line(f"{row.why[:1].upper()}{row.why[1:]}.") if row.why else ()
        case Outcome.NEW:
            if row.label:
                yield field("Entered as", row.label)
            yield line(f"{row.why[:1].upper()}{row.why[1:]}.") if row.why else ()


def _other(plan: Plan, words: str, register: Register) -> Lines:
    """What a row may be a duplicate of: what the register says of it, or an earlier row."""
    label, place = words.split(" ", 1)[0], words.removesuffix(" has the same name")
    if place in plan.by_place:
        earlier = plan.by_place[place]
        said = {name: plan.value(earlier, name) for name in ("name", *TELLING)}
        parts = [line(f"{earlier.place[:1].upper()}{earlier.place[1:]} says", "bold $primary")]
        parts += [field(field_name(name), cut(value, BESIDE)) for name, value in said.items()]
        return joined(parts)
    try:
        found = register.technology(label)
    except BadInput:
        return ()
    return joined(
        [
            line(f"The register has {found.label}", "bold $primary"),
            field("Name", found.name),
            field("Other names", ", ".join(found.aliases)),
            field("Supplier", found.supplier),
            field("Summary", cut(found.summary or found.problem, BESIDE)),
            field("Sources", "; ".join(dict.fromkeys(e.source for e in found.sightings[:3]))),
        ]
    )


def _change(change: Change, done: bool) -> Lines:
    name = field_name(change.field)
    if change.field == "sighting":
        return field("One more", f"sighting: {cut(change.after, SHOWN)}")
    if change.kept:
        return joined(
            [
                field(name, f"stays {cut(change.before, SHOWN)}, because somebody edited it here"),
                field("", f"the source says {cut(change.after, SHOWN)}"),
                () if done else field("", "f lets the source win in a field"),
            ]
        )
    if change.before == change.after:
        return field(name, f"{cut(change.after, SHOWN)}, here already")
    before = cut(change.before, SHOWN) or "(empty)"
    return joined(
        [field(name, before), field("becomes", cut(change.after, SHOWN) or "(empty)", "bold")]
    )


def _said(plan: Plan, row: RowReport, most: int) -> Iterator[Lines]:
    """What the file says in the row, the columns that are taken first."""
    found: FileRow | None = plan.planned.by_ref.get(row.ref)
    table = plan.planned.table
    if found is None or table is None:
        return
    yield line("In the file", "bold $primary")
    for name in plan.report.taken:
        value = plan.value(row, name)
        yield field(field_name(name), cut(spoken_day(value) if name == "date" else value, most))
    taken = set(plan.report.taken.values())
    values = zip(table.header, found.cells, strict=False)
    left = [(column, value) for column, value in values if column not in taken and value]
    if left:
        yield line("Not taken", MUTED)
        for column, value in left:
            yield (Line(f"{column}: {cut(value, most)}", MUTED, lead="  "),)


def cut(text: str, most: int) -> str:
    """A value, cut where it is very long."""
    return text if len(text) <= most else f"{text[:most]}…"
