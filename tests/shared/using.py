"""Databases with forces and people in them."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from datetime import date

from horizon.register import Register, sharing
from horizon.store.places import Server, server
from horizon.store.postgres import administering
from horizon.store.postgres.roles import Role
from tests.clocks import StandingClock
from tests.postgres import TestServer

OWNER = "Olu Example"
PEOPLE = {
    Role.READER: ("rita", "Rita Example"),
    Role.ASSESSOR: ("asha", "Asha Example"),
    Role.SECRETARY: ("sam", "Sam Example"),
    Role.ADMINISTRATOR: ("ada", "Ada Example"),
}
"""An account and a name for each role; in another force the account has that force behind it."""


@dataclass(frozen=True)
class Database:
    """One database on a server."""

    server: TestServer
    name: str

    @classmethod
    def made(cls, server: TestServer, name: str, template: str = "template0") -> Database:
        done = server.psql("postgres", "owner", f"create database {name} template {template}")
        assert done.returncode == 0, done.stderr
        return cls(server, name)

    def prepare(self) -> list[str]:
        return administering.prepare(self.place())

    def address(self, login: str = "owner", force: str = "") -> str:
        return self.server.address(self.name, login, force)

    def place(self, login: str = "owner", force: str = "") -> Server:
        return server(self.address(login, force))

    def enrolled(self, force: str) -> Server:
        """Room for a force's register, with nothing in it yet."""
        place = self.place(force=force)
        administering.enrol(place)
        return place

    def begin(self, force: str = "COLP", name: str = "") -> None:
        """Begin a force's register, as the owner of the database."""
        sharing.begin(
            self.place(force=force),
            name=name or f"Register of {force}",
            acting=OWNER,
            clock=StandingClock(),
        )

    def grant(self, role: Role, force: str = "COLP", *, sensitive: bool = False) -> str:
        """Give a role to its person, and the person's account."""
        login, name = PEOPLE[role]
        login = login if force == "COLP" else f"{login}_{force.lower()}"
        sharing.grant(
            self.place(force=force),
            login,
            role,
            name=name,
            acting=OWNER,
            sensitive=sensitive,
            clock=StandingClock(),
        )
        return login

    def open(self, login: str = "owner", force: str = "", day: date | None = None) -> Register:
        """The register as an account opens it."""
        clock = StandingClock(day) if day else StandingClock()
        return Register.open(self.place(login, force), acting="Somebody Else", clock=clock)

    def psql(self, login: str, *statements: str) -> subprocess.CompletedProcess[str]:
        return self.server.psql(self.name, login, *statements)

    def refuses(self, login: str, statement: str, *, saying: str) -> None:
        """Psql must not be let do this."""
        done = self.psql(login, statement)
        assert done.returncode != 0, done.stdout
        assert saying in done.stderr, done.stderr
