"""Which force's register somebody opens in a database, and as whom."""

from __future__ import annotations

from horizon.model.errors import BadInput, HorizonError
from horizon.store.interface import Store
from horizon.store.places import Server
from horizon.store.postgres.connecting import Connection, Line
from horizon.store.postgres.reading import Member
from horizon.store.postgres.roles import Role
from horizon.store.postgres.shown import ShownStore
from horizon.store.postgres.store import PostgresStore
from horizon.store.postgres.versions import check_version


def store_of(server: Server) -> Store:
    """The register of a force: one's own to work in, another's as far as it is shared.

    Without a force it is one's own, if there is only one. Raises `BadInput` when that cannot be
    told or the account belongs to no force, `StoreFault` when the database cannot be used.
    """
    line = _asked.pop(server, None) or Line(server)
    try:
        members, forces = line.read(_who_and_where)
        own = _own(server, members)
        if own is not None:
            return PostgresStore(server.of(own.force), own, line)
        if server.force not in forces:
            raise BadInput(
                f"There is no register of {server.force} in {server.name}",
                do=f"Use one of: {', '.join(sorted(forces)) or 'none is there yet'}",
            )
        return ShownStore(server, members[0], line)
    except HorizonError:
        line.close()
        raise


_asked: dict[Server, Line] = {}
"""Connections on which somebody asked whether there is a register: the next to open it takes them,
as making one takes longer than what is asked."""


def _own(server: Server, members: list[Member]) -> Member | None:
    """The membership that the address means; `None` for the register of another force."""
    if not members:
        raise BadInput(
            f"Your account belongs to no force in {server.name}",
            do="Ask for the right with: horizon shared grant",
        )
    if server.force:
        return next((each for each in members if each.force == server.force), None)
    if len(members) > 1:
        named = ", ".join(each.force for each in members)
        raise BadInput(
            f"Your account belongs to several forces: {named}",
            do=f"Say which in the address: {server.of(members[0].force)}",
        )
    return members[0]


def own_force(server: Server) -> str:
    """The force of whoever signs in. Raises as `store_of`."""
    line = Line(server)
    try:
        own = _own(server, line.read(of_account))
    finally:
        line.close()
    assert own is not None  # a force was not named
    return own.force


def has_register(server: Server) -> bool:
    """Whether the database holds a register that this address means. Raises as `store_of`."""
    line = _asked.pop(server, None) or Line(server)
    try:
        members, forces = line.read(_who_and_where)
    except HorizonError:
        line.close()
        raise
    force = server.force or (members[0].force if len(members) == 1 else "")
    found = forces.get(force, 0) > 0
    if found:
        _asked[server] = line
    else:
        line.close()
    return found


def of_account(connection: Connection) -> list[Member]:
    """What whoever is signed in may do, in each force they belong to. Raises `StoreFault`."""
    check_version(connection)
    rows = connection.execute(
        b"select login, force, role, coalesce(person, ''), sensitive from horizon.member "
        b"where login = session_user order by force"
    )
    return [
        Member(login, force, Role(role), person, sensitive)
        for login, force, role, person, sensitive in rows.fetchall()
    ]


def _who_and_where(connection: Connection) -> tuple[list[Member], dict[str, int]]:
    return of_account(connection), _forces(connection)


def _forces(connection: Connection) -> dict[str, int]:
    rows = connection.execute(b"select force, seq from horizon.chain")
    return {row[0]: row[1] for row in rows.fetchall()}
