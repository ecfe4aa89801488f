"""What one may see in the whole database: its forces, and technologies by words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from horizon.model.errors import BadInput
from horizon.model.wording import listed
from horizon.store.places import Server, checked_force
from horizon.store.postgres.connecting import Connection, Line, Result
from horizon.store.postgres.versions import check_version


@dataclass(frozen=True, slots=True)
class Force:
    """A force in a shared register, and how many of its technologies one may see."""

    force: str
    name: str
    own: bool
    technologies: int


@dataclass(frozen=True, slots=True)
class Found:
    """A technology found by words, in one's own register or among what others share."""

    force: str
    id: str
    label: str
    name: str
    stage: str
    marking: str
    likeness: float


def forces(server: Server) -> list[Force]:
    """The forces whose technologies one may see, one's own first. Raises `StoreFault`."""

    def work(connection: Connection) -> list[Force]:
        check_version(connection)
        rows = connection.execute(
            b"select c.force, c.name, c.force in (select horizon.my_forces()), "
            b"(select count(*) from horizon.seen t where t.force = c.force) "
            b"from horizon.chain c order by 3 desc, 1"
        )
        return [Force(*row) for row in rows.fetchall() if row[2] or row[3]]

    return _ask(server, work)


def refuse_unknown(server: Server, names: Iterable[str]) -> None:
    """Refuse the name of a force that has no register in the database: to share with a force that
    is spelt wrongly shares with nobody. Raises `BadInput` or `StoreFault`."""

    def work(connection: Connection) -> list[str]:
        check_version(connection)
        rows = connection.execute(b"select force from horizon.chain order by 1").fetchall()
        return [row[0] for row in rows]

    known = _ask(server, work)
    for each in names:
        if checked_force(each) not in known:
            raise BadInput(
                f"There is no force {each.upper()} in this database",
                do=f"Use {listed(known, 'or')}",
            )


def find(server: Server, words: str, *, most: int) -> list[Found]:
    """The technologies with names, aliases or suppliers like all of `words`, likest first."""

    def work(connection: Connection) -> list[Found]:
        check_version(connection)
        rows = connection.execute(
            b"select * from horizon.find(%s, %s)", (words.replace("\0", ""), most)
        )
        return [Found(*row) for row in rows.fetchall()]

    return _ask(server, work)


def _ask(server: Server, work: Callable[[Connection], Result]) -> Result:
    line = Line(server)
    try:
        return line.read(work)
    finally:
        line.close()
