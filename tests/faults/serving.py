"""Faults of a server and of the wire to it, played on a register in a database and counted."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from horizon.model.errors import StoreFault
from horizon.register import Register
from horizon.register.checking import verify
from horizon.store.places import server
from horizon.store.postgres.roles import Role
from horizon.store.postgres.schema import VERSION
from tests.clocks import StandingClock
from tests.postgres import TestServer
from tests.shared.cutting import Moment, Wire
from tests.shared.using import Database

ROOT = Path(__file__).parent.parent.parent

WRITING = """
import sys, time
from horizon.model.errors import HorizonError
from horizon.register import Register
from horizon.store.places import server

address, own = sys.argv[1:]
number, register = 0, None
while True:
    try:
        if register is None:
            register = Register.open(server(address), acting="")
        if register.read_only:
            register.refresh()
        name = f"{own}-{number}"
        if name not in {each.name for each in register.state.technologies.headers()}:
            register.propose(name=name, duplicate_reason="Made by a test")
        print(name, flush=True)
        number += 1
    except HorizonError as error:
        if "Traceback" in str(error) or not str(error):
            raise
        time.sleep(0.02)
"""


@dataclass
class Tally:
    """What became of changes: names of those `confirmed`, and of those `refused` with the words
    for it. Afterwards what is `lost` (confirmed and not there), `doubled`, and `faults` found."""

    confirmed: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    lost: int = 0
    doubled: int = 0
    faults: int = 0

    def look(self, database: Database) -> Tally:
        """Compare with what the database holds, and verify it."""
        held = names(database)
        self.lost = len(set(self.confirmed) - set(held))
        self.doubled = len(held) - len(set(held))
        self.faults = len(verify(database.place(force="COLP")).faults)
        return self

    def propose(self, register: Register, name: str, **more: str) -> bool:
        """Try one change; whether it was confirmed."""
        try:
            register.propose(name=name, duplicate_reason="Made by a test", **more)
        except StoreFault as fault:
            self.refused.append(str(fault))
            return False
        self.confirmed.append(name)
        return True


def names(database: Database) -> list[str]:
    """The names of the technologies of the force, as its owner reads them."""
    with database.open() as register:
        return [each.name for each in register.state.technologies.headers()]


def begun(server: TestServer) -> Database:
    """A database with a register of one force and an assessor."""
    database = Database.made(server, "horizon")
    database.prepare()
    database.begin("COLP")
    database.grant(Role.ASSESSOR)
    return database


@contextmanager
def running(*, safe: bool = True) -> Iterator[TestServer]:
    """A server of its own; a `safe` one waits for its disk."""
    server = TestServer(safe=safe)
    try:
        server.start()
        yield server
    finally:
        server.throw_away()


def try_again(register: Register) -> None:
    """Look at the server now, without waiting for the next try."""
    register.store._line._not_before = 0.0  # type: ignore[attr-defined]
    register.refresh()


def killed_under_load(server: TestServer, *, kills: int, writers: int = 4) -> Tally:
    """The whole server killed with -9 again and again, while several programs write."""
    database, tally = begun(server), Tally()
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", WRITING, database.address("asha"), f"w{number}"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(writers)
    ]

    def listen(program: subprocess.Popen[str]) -> None:
        assert program.stdout is not None
        tally.confirmed.extend(line.strip() for line in program.stdout)

    listeners = [threading.Thread(target=listen, args=(each,)) for each in programs]
    for each in listeners:
        each.start()
    try:
        for kill in range(kills + 1):
            wanted = len(tally.confirmed) + (25 if kill < kills else 10)
            _wait_until(lambda wanted=wanted: len(tally.confirmed) >= wanted)
            if kill < kills:
                server.kill()
                time.sleep(0.1)
                server.start()
    finally:
        for program in programs:
            program.kill()
        for each in listeners:
            each.join()
    for program in programs:
        assert program.stderr is not None
        assert "Traceback" not in program.stderr.read()
    return tally.look(database)


def _wait_until(holds: Callable[[], bool], patience: float = 60.0) -> None:
    until = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.02)


def cut_again_and_again(
    server: TestServer, moment: Moment, *, times: int, stays_down: bool = False
) -> Tally:
    """The wire cut at one moment of each change. Either it is there again at once, or it stays
    down, and what nobody could say of is tried again once it is seen not to be there."""
    database, tally = begun(server), Tally()
    wire = Wire(server.folder)
    address = database.address("asha").replace(str(server.folder), str(wire.folder))
    try:
        with Register.open(_server(address), acting="", clock=StandingClock()) as register:
            for number in range(times):
                name = f"Change {number}"
                wire.cut_at = moment
                wire.meanwhile = (lambda: _down(wire, True)) if stays_down else (lambda: None)
                while not tally.propose(register, name):
                    _down(wire, False)
                    try_again(register)
                    if name in {e.name for e in register.state.technologies.headers()}:
                        tally.confirmed.append(name)  # it had been kept, and the register shows it
                        break
        return tally.look(database)
    finally:
        wire.close()


_server = server
"""The address of a register in a database; a server is another thing here."""


def _down(wire: Wire, is_down: bool) -> None:
    wire.is_down = is_down


def full_disk(server: TestServer) -> Tally:
    """The largest file that the server may write stands for the disk; then there is room."""
    database, tally = begun(server), Tally()
    server.stop()
    server.limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (17 << 20, 17 << 20))
    server.start()
    with database.open("asha") as register:
        number = 0
        while tally.propose(register, f"Large {number}", **_large()):
            number += 1
    server.stop()
    server.limit = None
    server.start()
    with database.open("asha") as register:
        tally.propose(register, "Room again")
    return tally.look(database)


def _large() -> dict[str, str]:
    return {name: os.urandom(45_000).hex() for name in ("summary", "problem")}


def password_changed(server: TestServer, secrets: Path) -> Tally:
    """The password changed while a window is open, and its connection ended. `secrets` is the file
    of passwords that PGPASSFILE names."""
    database, tally = begun(server), Tally()
    rules = (server.data / "pg_hba.conf").read_text()
    (server.data / "pg_hba.conf").write_text("local all asha scram-sha-256\n" + rules)
    database.psql("owner", "alter role asha password 'first'", "select pg_reload_conf()")
    _write_down(secrets, "first")
    with database.open("asha") as register:
        tally.propose(register, "With the first")
        database.psql("owner", "alter role asha password 'second'")
        tally.propose(register, "Still signed in")
        database.psql(
            "owner", "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'asha'"
        )
        tally.propose(register, "With the second")
        _write_down(secrets, "second")
        try_again(register)
        tally.propose(register, "With the second")
    return tally.look(database)


def _write_down(secrets: Path, password: str) -> None:
    secrets.write_text(f"*:*:*:asha:{password}\n")
    secrets.chmod(0o600)


def other_version(server: TestServer, number: int) -> Tally:
    """The tables made by another version of Horizon while a window is open, and put back."""
    database, tally = begun(server), Tally()
    with database.open("asha") as register:
        tally.propose(register, "Before")
        database.psql("owner", f"update horizon.version set number = {number}")
        tally.propose(register, "Meanwhile")
        try_again(register)
        database.psql("owner", f"update horizon.version set number = {VERSION}")
        try_again(register)
        tally.propose(register, "After")
    return tally.look(database)


def scenarios(kills: int, times: int, secrets: Path) -> Sequence[tuple[str, Callable[[], Tally]]]:
    """Every fault by name, each played on a server of its own."""

    def play(fault: Callable[[TestServer], Tally], *, safe: bool = False) -> Callable[[], Tally]:
        def played() -> Tally:
            with running(safe=safe) as server:
                return fault(server)

        return played

    def cut(moment: Moment, stays_down: bool) -> Callable[[], Tally]:
        return play(
            lambda server: cut_again_and_again(server, moment, times=times, stays_down=stays_down)
        )

    return [
        (
            f"Killed with -9 under load, {kills} times",
            play(lambda server: killed_under_load(server, kills=kills), safe=True),
        ),
        *((f"Cut {moment.value}", cut(moment, False)) for moment in Moment),
        *(("... and down for a while", cut(moment, True)) for moment in Moment),
        ("Disk full, then room", play(full_disk)),
        ("Password changed", play(lambda server: password_changed(server, secrets))),
        ("Tables of a newer Horizon", play(lambda server: other_version(server, VERSION + 1))),
        ("Tables of an older Horizon", play(lambda server: other_version(server, VERSION - 1))),
    ]
