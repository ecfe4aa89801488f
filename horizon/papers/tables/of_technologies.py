"""Tables whose rows each belong to a technology: the columns that name it, and its cells there."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from horizon.model.technology import Technology
from horizon.papers.tables import Column, FlatTable, Value, flat
from horizon.register.reader import Reader

TECHNOLOGY = Column(
    "technology_id", "Id", "The technology's own id, which never changes.", key=True,
    refers="dim_technology.technology_id",
)  # fmt: skip
LABEL = Column("label", "Label", "Its number in this register.", width=9)
NAME = Column("name", "Name", "What people call it.", width=34)
NAMING = (TECHNOLOGY, LABEL, NAME)


def named(technology: Technology) -> tuple[str, str, str]:
    """What stands under `NAMING`."""
    return technology.id, technology.label, technology.name


def of_technologies(
    reader: Reader,
    name: str,
    title: str,
    about: str,
    columns: tuple[Column, ...],
    rows: Callable[[Technology], Iterable[tuple[Value, ...]]],
) -> FlatTable:
    """A table of the rows of each technology, in the order of the register. What names the
    technology stands before `columns`, and before what `rows` gives."""
    cells = ((*named(t), *row) for t in reader.state.technologies.values() for row in rows(t))
    return flat(name, title, about, (*NAMING, *columns), cells)
