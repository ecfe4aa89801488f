"""Registers of several forces in one database: begun, and opened to people."""

from __future__ import annotations

from horizon.model.errors import BadInput
from horizon.model.people import Person
from horizon.register.desk import person_id
from horizon.register.ledger import Clock, utc_now
from horizon.register.register import Register
from horizon.store.places import Server
from horizon.store.postgres import administering
from horizon.store.postgres.roles import Role


def begin(server: Server, *, name: str, acting: str, clock: Clock = utc_now) -> list[str]:
    """Begin the register of `server.force`, as whoever owns the tables, and give the SQL.

    `acting` is the name under which this account works from now on.
    """
    ran = administering.enrol(server)
    with Register.create(server, name=name, acting=acting, clock=clock) as register:
        person = person_id(register.state, acting)
    assert person is not None
    return ran + administering.act_as(server, person)


def grant(
    server: Server,
    login: str,
    role: Role,
    *,
    name: str,
    acting: str,
    sensitive: bool = False,
    password: str = "",
    clock: Clock = utc_now,
) -> list[str]:
    """Let an account use a force's register in a role, as the person of this name; give the SQL.

    The register names the person first, so that the event says who let them in.
    """
    if not login.strip() or "\0" in login:
        raise BadInput("An account needs a name", do="Give the name that people sign in with")
    with Register.open(server, acting=acting, clock=clock) as register:
        found = person_id(register.state, name)
        person: Person = (
            register.state.people[found] if found else register.name_person(name, role=role.value)
        )
    return administering.grant(
        server, login, role, person=person.id, sensitive=sensitive, password=password
    )
