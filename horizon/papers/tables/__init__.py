"""The register as flat tables, for spreadsheets and dashboards: what columns and rows are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Value = str | int | bool | date | None
"""What a cell holds. `None` is an empty cell: not recorded, or nothing to say."""

Sort = Literal["text", "number", "day", "flag"]
"""What all cells of a column hold."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name for programs, its title for people, what it holds and what that means.

    `key` marks what only joins tables, `refers` is the table and column that it points to, `width`
    is in characters.
    """

    name: str
    title: str
    about: str
    sort: Sort = "text"
    key: bool = False
    refers: str = ""
    width: int = 14


@dataclass(frozen=True, slots=True)
class FlatTable:
    """One table. `title` is what people call it; rows are as long as `columns`."""

    name: str
    title: str
    about: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]

    def column(self, name: str) -> list[Value]:
        """All that stands in a column."""
        at = [each.name for each in self.columns].index(name)
        return [row[at] for row in self.rows]

    def without(self, *names: str) -> FlatTable:
        """The same table with some columns left out."""
        return self._of([at for at, each in enumerate(self.columns) if each.name not in names])

    def with_last(self, name: str) -> FlatTable:
        """The same table with the column of that name as its last."""
        return self._of(
            sorted(range(len(self.columns)), key=lambda at: self.columns[at].name == name)
        )

    def _of(self, places: Sequence[int]) -> FlatTable:
        columns = tuple(self.columns[at] for at in places)
        if list(places) == list(range(len(self.columns))):
            return self
        rows = tuple(tuple([row[at] for at in places]) for row in self.rows)
        return FlatTable(self.name, self.title, self.about, columns, rows)


def flat(
    name: str, title: str, about: str, columns: tuple[Column, ...], rows: Iterable[Iterable[Value]]
) -> FlatTable:
    """A table of these rows. Empty text is an empty cell."""
    said = (
        tuple([(each or None) if type(each) is str else _said(each) for each in row])
        for row in rows
    )
    return FlatTable(name, title, about, columns, tuple(said))


def _said(value: Value) -> Value:
    return (str(value) or None) if isinstance(value, str) else value
