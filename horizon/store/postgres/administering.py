"""Making the tables and roles of a shared register, and giving people the right to use it.

Every function gives the SQL that it ran, statement by statement, for whoever has to answer for the
database.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import psycopg
from psycopg import sql

from horizon.model.envelope import GENESIS
from horizon.model.errors import BadInput, StoreFault
from horizon.store.places import Server
from horizon.store.postgres import schema
from horizon.store.postgres.connecting import Connection, Line, trouble
from horizon.store.postgres.roles import Role
from horizon.store.postgres.rows import show_anew
from horizon.store.postgres.versions import check_version

LEAST_SERVER = 15
"""The oldest PostgreSQL whose views ask for the rights of whoever looks."""

WITH_SHOWN = 2
"""The first version of the tables with what other forces see."""


def prepare(server: Server) -> list[str]:
    """Make schema, tables, policies, functions and roles, or bring them up to date.

    Needs an account that may create roles and a schema. All tables are made in one transaction.
    Raises `StoreFault`.
    """
    line = Line(server)
    try:
        connection = line.open()
        if connection.info.server_version < LEAST_SERVER * 10_000:
            raise StoreFault(
                f"{server.name} runs PostgreSQL {connection.info.server_version // 10_000}. A "
                f"shared register needs {LEAST_SERVER} or newer."
            )
        found = _version(connection)
        ran = _roles(connection)
        trigrams = _trigrams(connection)
        made = schema.statements(trigrams=trigrams)
        connection.execute(b"begin")
        for statement in made:
            connection.execute(statement.encode())
        if 0 < found < WITH_SHOWN:
            for (force,) in connection.execute(b"select force from horizon.chain").fetchall():
                show_anew(connection, force)
        connection.execute(b"commit")
        if trigrams:
            made += _run(connection, schema.trigram_statements()[1:])
        return ran + (schema.trigram_statements()[:1] if trigrams else []) + made
    except psycopg.Error as error:
        line.roll_back()
        raise StoreFault(trouble(server, error)) from None
    finally:
        line.close()


def _version(connection: Connection) -> int:
    """The version of the tables that are there, or 0. Raises `StoreFault` for a newer one."""
    row = connection.execute(b"select to_regclass('horizon.version') is not null").fetchone()
    if row is None or not row[0]:
        return 0
    found = connection.execute(b"select number from horizon.version").fetchone()
    if found is not None and found[0] > schema.VERSION:
        check_version(connection)
    return int(found[0]) if found is not None else 0


def _run(connection: Connection, statements: Iterable[str]) -> list[str]:
    made = list(statements)
    for statement in made:
        connection.execute(statement.encode())
    return made


def _roles(connection: Connection) -> list[str]:
    rows = connection.execute(b"select rolname from pg_roles where rolname like 'horizon%'")
    ran = []
    for statement in schema.group_statements(frozenset(row[0] for row in rows.fetchall())):
        try:
            ran += _run(connection, [statement])
        except (psycopg.errors.DuplicateObject, psycopg.errors.UniqueViolation):
            continue  # somebody else made it at this moment
    return ran


def _trigrams(connection: Connection) -> str:
    """The schema that pg_trgm is in; empty where it cannot be had, and the search does without."""
    try:
        _run(connection, schema.trigram_statements()[:1])
    except psycopg.Error:
        return ""
    row = connection.execute(
        b"select n.nspname from pg_extension e join pg_namespace n on n.oid = e.extnamespace "
        b"where e.extname = 'pg_trgm'"
    ).fetchone()
    return str(row[0]) if row else ""


def enrol(server: Server) -> list[str]:
    """Make room for the register of `server.force`, with whoever is signed in as its first
    administrator. Raises `BadInput` when there is one already."""
    force = server.force
    statements = [
        sql.SQL("insert into horizon.chain (force, hash) values ({}, {})").format(force, GENESIS),
        sql.SQL(
            "insert into horizon.member (login, force, role) values (session_user, {}, {})"
        ).format(force, Role.ADMINISTRATOR.value),
    ]
    line = Line(server)
    try:
        connection = line.open()
        check_version(connection)
        row = connection.execute(
            b"select seq from horizon.chain where force = %s", (force,)
        ).fetchone()
        if row is not None and row[0]:
            raise BadInput(f"There is a register of {force} in {server.name} already", do="Open it")
        if row is not None:  # begun before and stopped
            return []
        return _all_or_nothing(line, statements)
    except psycopg.Error as error:
        raise StoreFault(trouble(server, error)) from None
    finally:
        line.close()


def act_as(server: Server, person: str) -> list[str]:
    """Tie the account that is signed in to a person of the register, for what it records."""
    statement = sql.SQL(
        "update horizon.member set person = {} where login = session_user and force = {}"
    ).format(person, server.force)
    line = Line(server)
    try:
        return _all_or_nothing(line, [statement])
    except psycopg.Error as error:
        raise StoreFault(trouble(server, error)) from None
    finally:
        line.close()


def grant(
    server: Server,
    login: str,
    role: Role,
    *,
    person: str,
    sensitive: bool,
    password: str = "",
) -> list[str]:
    """Let an account use a force's register in a role, under the name of a person of it.

    The account is made when the server does not know it. Raises `BadInput` when it acts as
    somebody else already, `StoreFault` when the right to do this is missing.
    """
    line = Line(server)
    try:
        connection = line.open()
        check_version(connection)
        _refuse_another_person(connection, server, login, person)
        known = connection.execute(
            b"select 1 from pg_roles where rolname = %s", (login,)
        ).fetchone()
        name, group = sql.Identifier(login), sql.Identifier(role.group)
        statements: list[sql.Composed] = []
        if known is None:
            statements.append(sql.SQL("create role {} login").format(name))
        if password:
            sealed = connection.pgconn.encrypt_password(
                password.encode(), login.encode(), b"scram-sha-256"
            ).decode()
            statements.append(sql.SQL("alter role {} password {}").format(name, sealed))
        statements += [
            sql.SQL("revoke {} from {}").format(sql.Identifier(each.group), name)
            for each in _held(connection, server, login)
            if each is not role
        ]
        statements.append(sql.SQL("grant {} to {}").format(group, name))
        statements.append(
            sql.SQL(
                "insert into horizon.member (login, force, role, person, sensitive) "
                "values ({}, {}, {}, {}, {}) on conflict (login, force) do update "
                "set role = excluded.role, person = excluded.person, "
                "sensitive = excluded.sensitive"
            ).format(login, server.force, role.value, person, sensitive)
        )
        return _all_or_nothing(line, statements)
    except psycopg.Error as error:
        raise StoreFault(trouble(server, error)) from None
    finally:
        line.close()


def _held(connection: Connection, server: Server, login: str) -> list[Role]:
    """The roles that an account has in this force alone, and so loses with a new one."""
    rows = connection.execute(
        b"select force, role from horizon.member where login = %s", (login,)
    ).fetchall()
    elsewhere = {role for force, role in rows if force != server.force}
    return [Role(role) for force, role in rows if force == server.force and role not in elsewhere]


def _refuse_another_person(connection: Connection, server: Server, login: str, person: str) -> None:
    row = connection.execute(
        b"select m.login, p.name from horizon.member m left join horizon.person p "
        b"on p.force = m.force and p.id = m.person where m.force = %s and m.person is not null "
        b"and ((m.login = %s and m.person <> %s) or (m.login <> %s and m.person = %s))",
        (server.force, login, person, login, person),
    ).fetchone()
    if row is not None:
        raise BadInput(
            f"The account {row[0]} acts as {row[1]} in {server.force}",
            why="What was recorded stays under that name",
            do="Use another account for another person",
        )


def withdraw(server: Server, login: str) -> list[str]:
    """Take from an account the right to use a force's register. Raises `BadInput`."""
    line = Line(server)
    try:
        connection = line.open()
        check_version(connection)
        held = _held(connection, server, login)
        row = connection.execute(
            b"select role from horizon.member where login = %s and force = %s",
            (login, server.force),
        ).fetchone()
        if row is None:
            raise BadInput(f"The account {login!r} has no rights in {server.force}")
        statements = [
            sql.SQL("delete from horizon.member where login = {} and force = {}").format(
                login, server.force
            ),
            *(
                sql.SQL("revoke {} from {}").format(
                    sql.Identifier(each.group), sql.Identifier(login)
                )
                for each in held
            ),
        ]
        return _all_or_nothing(line, statements)
    except psycopg.Error as error:
        raise StoreFault(trouble(server, error)) from None
    finally:
        line.close()


def _all_or_nothing(line: Line, statements: Sequence[sql.Composed]) -> list[str]:
    connection = line.open()
    try:
        connection.execute(b"begin")
        for statement in statements:
            connection.execute(statement)
        connection.execute(b"commit")
    except psycopg.Error:
        line.roll_back()
        raise
    return [statement.as_string(connection) for statement in statements]
