"""Which column says what: given by the user, else guessed from the header and checked against
what stands in the column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from horizon.intake.cells import READERS, Dates, Unreadable
from horizon.intake.fields import FIELDS, plain
from horizon.intake.own import own_columns
from horizon.intake.table import Table
from horizon.model.errors import BadInput
from horizon.register.inputs import one_of


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each field comes from: `places` counts columns from 0. `notices` say what was guessed
    and then left, `dates` how the date column is written."""

    places: Mapping[str, int]
    header: tuple[str, ...]
    dates: Dates
    notices: tuple[str, ...]

    @property
    def named(self) -> dict[str, str]:
        """Field to header."""
        return {field: self.header[place] for field, place in self.places.items()}

    @property
    def unused(self) -> tuple[str, ...]:
        """The columns that no field is taken from."""
        used = set(self.places.values())
        return tuple(name for place, name in enumerate(self.header) if place not in used)


@dataclass(frozen=True, slots=True)
class Before:
    """How an earlier import of the same list read its columns, and which it left."""

    columns: Mapping[str, str]
    unused: frozenset[str]


def find_columns(
    table: Table,
    given: Mapping[str, str],
    source: str,
    *,
    before: Before | None = None,
) -> Columns:
    """The column of each field: as `given` (field to header; an empty header leaves the field
    out), else as Horizon's own export has it, else as `before` by an earlier import of the list,
    else as the format has it, else guessed.

    A guess counts only where at least half of the column can be read as what the field holds. A
    column that an earlier import left stays out. Raises `BadInput` for a field or column there is
    none of, and when nothing gives the name.
    """
    places: dict[str, int] = {}
    for field, header in given.items():
        one_of(field, FIELDS, "field")
        if header:
            places[field] = _place(table, header, source)
    own = own_columns(table)
    if own is not None:
        before = Before(own, frozenset(table.header) - set(own.values()))
    left = before.unused if before else frozenset()
    settled = {field: header for field, header in table.known.items() if header not in left}
    for field, header in (settled | dict(before.columns if before else {})).items():
        if field not in given and header in table.header:
            at = table.header.index(header)
            if at not in places.values():
                places[field] = at
    notices = []
    for field, known in FIELDS.items():
        if field in given or field in places:
            continue
        taken = {at for at, name in enumerate(table.header) if name in left}
        place = _guess(table.header, known, taken | set(places.values()))
        if place is None:
            continue
        if _fits(table, field, place):
            places[field] = place
        else:
            notices.append(
                f"Column {table.header[place]!r} was not taken for {field}, because most of it "
                "cannot be read as one."
            )
    if "name" not in places:
        raise BadInput(
            "No column gives the name",
            where=source,
            why=f"The columns are: {', '.join(table.header)}",
            do="Say which one does with: --map name=COLUMN, or which row is the header: "
            "--header-row ROW",
        )
    dates = Dates.of(_texts(table, places["date"])) if "date" in places else Dates()
    return Columns(
        {field: places[field] for field in FIELDS if field in places},
        table.header,
        dates,
        (*notices, *dates.notices),
    )


def _place(table: Table, header: str, source: str) -> int:
    named = [place for place, name in enumerate(table.header) if name == header]
    if not named:
        named = [p for p, name in enumerate(table.header) if plain(name) == plain(header)]
    if not named:
        one_of(header, table.header, f"column of {source}")
    if len(named) > 1:
        raise BadInput(
            f"{len(named)} columns are called {header!r}", where=source, do="Rename one of them"
        )
    return named[0]


def _guess(header: Sequence[str], known: Sequence[str], taken: set[int]) -> int | None:
    names = [plain(each) for each in header]
    for name in known:
        if name in names and names.index(name) not in taken:
            return names.index(name)
    return None


def _texts(table: Table, place: int) -> list[str]:
    return [row.cells[place] for row in table.rows if row.cells[place]]


def _fits(table: Table, field: str, place: int) -> bool:
    texts = _texts(table, place)
    dates = Dates.of(texts)

    def reads(text: str) -> bool:
        try:
            if field == "date":
                dates.read(text)
            else:
                READERS[field](text)
        except Unreadable:
            return False
        return True

    return not texts or 2 * sum(map(reads, texts)) >= len(texts)
