"""The register as a star of flat tables, ready for Power BI: facts in the middle, what their ids
stand for around them.

Every table has ids that never change, so that a dashboard built on one export works on the next.
`relationships.csv` says which column points to which table, `columns.csv` what every column means.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from horizon.model.envelope import Commit
from horizon.papers.tables import Column, FlatTable, Value, flat, judged
from horizon.papers.tables import decisions as decided
from horizon.papers.tables import dimensions as about
from horizon.papers.tables import technologies as entered
from horizon.papers.writers.csv_table import to_csv
from horizon.register.reader import Reader

Showing = Callable[[Iterable[FlatTable]], list[FlatTable]]
"""What an edition shows of some tables."""


def star(reader: Reader, commits: Iterable[Commit], *, shown: Showing = list) -> dict[str, bytes]:
    """The tables as CSV files by name. `commits` are the journal's, which tell of moves."""
    return {f"{each.name}.csv": to_csv(each) for each in tables(reader, commits, shown=shown)}


def tables(
    reader: Reader, commits: Iterable[Commit], *, shown: Showing = list
) -> tuple[FlatTable, ...]:
    """All tables of the star, those that describe it last."""
    facts = (
        decided.decisions(reader),
        decided.conditions(reader),
        decided.moves(reader, commits),
        judged.scores(reader),
        judged.principles(reader),
        judged.answers(reader),
        entered.facts(reader),
        entered.sightings(reader),
        entered.evidence(reader),
        entered.due(reader),
    )
    technologies = entered.technologies(reader)
    around = (
        technologies,
        about.stages(reader),
        about.bodies(reader),
        about.criteria(reader),
        about.questions(reader),
        about.people(reader),
        about.days((technologies, *facts)),
    )
    slim = tuple(each.without("label", "name") for each in facts)
    whole = tuple(shown((*around, *slim)))
    return (*whole, _relationships(whole), _columns(whole))


def _relationships(whole: tuple[FlatTable, ...]) -> FlatTable:
    """Which column of which table points to which: many to one throughout."""
    columns = (
        Column("from_table", "From table", "The table on the side of many."),
        Column("from_column", "From column", "Its column."),
        Column("to_table", "To table", "The table on the side of one."),
        Column("to_column", "To column", "Its column."),
        Column("active", "Active", "Whether it is the one a dashboard follows by itself.", "flag"),
    )
    what = "How the tables join, many to one."
    return flat("relationships", "Relationships", what, columns, _joins(whole))


def _joins(whole: tuple[FlatTable, ...]) -> Iterator[tuple[Value, ...]]:
    """A dashboard takes one way between two tables, so only the first from a fact to what is
    around it is active; the others are there to be asked for."""
    held = {each.name for each in whole}
    for table in whole:
        taken: set[str] = set()
        for column in table.columns:
            to, _, key = column.refers.partition(".")
            if column.sort == "day" and table.name.startswith("fact_"):
                to, key = "dim_date", "day"
            if to in held and to != table.name:
                star = table.name.startswith("fact_") and to.startswith("dim_")
                yield table.name, column.name, to, key, star and to not in taken
                taken.add(to)


def _columns(whole: tuple[FlatTable, ...]) -> FlatTable:
    """What every column of every table holds."""
    columns = (
        Column("table", "Table", "The table."),
        Column("column", "Column", "Its column."),
        Column("sort", "Sort", "text, number, day or flag."),
        Column("about", "About", "What it holds."),
    )
    rows = (
        (table.name, each.name, each.sort, each.about) for table in whole for each in table.columns
    )
    return flat("columns", "Columns", "What every column holds.", columns, rows)
