"""What was acknowledged is never lost or doubled, whatever becomes of the server or the wire."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

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
WRITERS = 4
KILLS = 3

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


@pytest.fixture
def safe(postgres: TestServer) -> Iterator[TestServer]:
    """A server that waits for its disk, for this test alone."""
    server = TestServer(safe=True)
    try:
        server.start()
        yield server
    finally:
        server.throw_away()


def begun(server: TestServer) -> Database:
    database = Database.made(server, "horizon")
    database.prepare()
    database.begin("COLP")
    database.grant(Role.ASSESSOR)
    return database


def test_a_server_killed_under_load_loses_nothing_that_was_acknowledged(safe: TestServer) -> None:
    database = begun(safe)
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITING, database.address("asha"), f"w{number}"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(WRITERS)
    ]
    acknowledged: list[str] = []

    def listen(writer: subprocess.Popen[str]) -> None:
        assert writer.stdout is not None
        acknowledged.extend(line.strip() for line in writer.stdout)

    listeners = [threading.Thread(target=listen, args=(each,)) for each in writers]
    for each in listeners:
        each.start()
    try:
        for _ in range(KILLS):
            before = len(acknowledged)
            _wait_until(lambda before=before: len(acknowledged) >= before + 25)
            safe.kill()
            time.sleep(0.1)
            safe.start()
        before = len(acknowledged)
        _wait_until(lambda: len(acknowledged) >= before + 10)
    finally:
        for writer in writers:
            writer.kill()
        for each in listeners:
            each.join()
    for writer in writers:
        assert writer.stderr is not None
        assert "Traceback" not in writer.stderr.read()
    assert len(acknowledged) > KILLS * 25
    place = database.place(force="COLP")
    assert verify(place).faults == ()
    with Register.open(place, acting="") as register:
        held = [each.name for each in register.state.technologies.headers()]
    assert len(held) == len(set(held)), "a change was made twice"
    assert set(acknowledged) <= set(held), "an acknowledged change is lost"


def _wait_until(holds, patience: float = 60.0) -> None:  # type: ignore[no-untyped-def]
    until = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.02)


@pytest.fixture
def wired(database: Database) -> Iterator[tuple[Database, Wire, Register]]:
    """A register that is open over a wire that can be cut, with one technology in it."""
    database.begin("COLP")
    database.grant(Role.ASSESSOR)
    wire = Wire(database.server.folder)
    address = database.address("asha").replace(str(database.server.folder), str(wire.folder))
    register = Register.open(server(address), acting="", clock=StandingClock())
    register.propose(name="Already here")
    yield database, wire, register
    register.close()
    wire.close()


def names(database: Database) -> list[str]:
    with database.open() as register:
        return [each.name for each in register.state.technologies.headers()]


@pytest.mark.parametrize("moment", list(Moment))
def test_a_wire_that_is_cut_and_comes_back_keeps_a_change_once(
    wired: tuple[Database, Wire, Register], moment: Moment
) -> None:
    database, wire, register = wired
    wire.cut_at = moment
    technology = register.propose(name="New")
    assert technology.label == "T-0002"
    assert wire.cut_at is None, "nothing was cut"
    register.amend("T-0002", {"summary": "Work goes on"})
    assert names(database) == ["Already here", "New"]
    assert verify(database.place(force="COLP")).faults == ()


def _stay_down(wire: Wire) -> None:
    wire.is_down = True


@pytest.mark.parametrize("moment", list(Moment))
def test_a_wire_that_stays_cut_says_that_nobody_knows_and_nothing_is_doubled(
    wired: tuple[Database, Wire, Register], moment: Moment
) -> None:
    database, wire, register = wired
    wire.cut_at = moment
    wire.meanwhile = lambda: _stay_down(wire)
    with pytest.raises(StoreFault, match=r"nobody can say whether it was.*still here"):
        register.propose(name="New")
    kept = moment is Moment.AFTER
    register.refresh()
    assert "cannot be reached" in register.read_only
    with pytest.raises(StoreFault, match="cannot be reached"):
        register.propose(name="Something else")
    wire.is_down = False
    register.store._line._not_before = 0.0  # do not wait for the next try
    register.refresh()
    assert register.read_only == ""
    assert len(register.state.technologies) == 1 + kept
    if kept:
        with pytest.raises(StoreFault, match=r"had been kept after all.*saved twice"):
            register.amend("T-0001", {"summary": "Next"})
    register.amend("T-0001", {"summary": "Next"})
    if not kept:
        register.propose(name="New")
    assert names(database) == ["Already here", "New"]
    assert verify(database.place(force="COLP")).faults == ()


def test_a_change_that_was_lost_is_not_put_on_top_of_somebody_elses(
    wired: tuple[Database, Wire, Register],
) -> None:
    database, wire, register = wired

    def somebody_else() -> None:
        with database.open() as other:
            other.amend("T-0001", {"name": "Renamed meanwhile"})

    wire.cut_at, wire.meanwhile = Moment.BEFORE, somebody_else
    revision = register.technology("T-0001").revision
    with pytest.raises(StoreFault, match=r"somebody else changed the register meanwhile"):
        register.amend("T-0001", {"name": "Mine"}, expect=revision)
    assert names(database) == ["Renamed meanwhile"]
    register.refresh()
    assert register.technology("T-0001").name == "Renamed meanwhile"
    assert verify(database.place(force="COLP")).faults == ()


def test_a_wire_cut_while_nobody_works_is_mended_without_a_word(
    wired: tuple[Database, Wire, Register],
) -> None:
    database, wire, register = wired
    wire.cut()
    assert register.refresh() == frozenset()
    assert register.read_only == ""
    wire.cut()
    register.propose(name="New")
    wire.cut()
    assert [c.events[0].kind for _, c in register.history(register.technology("New").id)]
    assert names(database) == ["Already here", "New"]


def test_a_server_that_is_away_for_one_reason_and_then_another_is_used_again(
    wired: tuple[Database, Wire, Register],
) -> None:
    """As one that was killed and, at the next try, is just starting."""
    database, wire, register = wired

    def next_try() -> str:
        register.store._line._not_before = 0.0
        register.refresh()
        return register.read_only

    wire.is_down = True
    wire.cut()
    assert "cannot be reached" in next_try()
    database.psql("owner", f"alter database {database.name} connection limit 0")
    wire.is_down = False
    assert "has no room" in next_try()
    database.psql("owner", f"alter database {database.name} connection limit -1")
    assert next_try() == ""
    register.propose(name="New")
    assert names(database) == ["Already here", "New"]


def test_a_server_that_stops_leaves_the_register_readable_and_says_so(safe: TestServer) -> None:
    database = begun(safe)
    with database.open("asha") as register:
        register.propose(name="Already here")
        safe.kill()
        register.refresh()
        assert "cannot be reached" in register.read_only
        assert register.technology("T-0001").name == "Already here"
        with pytest.raises(StoreFault, match="Nothing can be saved until it can be again"):
            register.propose(name="New")
        safe.start()
        register.store._line._not_before = 0.0
        register.refresh()
        assert register.read_only == ""
        register.propose(name="New")
    assert names(database) == ["Already here", "New"]


def test_a_password_that_was_changed_is_said_and_the_new_one_goes_on(
    safe: TestServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = begun(safe)
    rules = (safe.data / "pg_hba.conf").read_text()
    (safe.data / "pg_hba.conf").write_text("local all asha scram-sha-256\n" + rules)
    database.psql("owner", "alter role asha password 'first'", "select pg_reload_conf()")
    secrets = tmp_path / "pgpass"

    def write_down(password: str) -> None:
        secrets.write_text(f"*:*:*:asha:{password}\n")
        secrets.chmod(0o600)

    monkeypatch.setenv("PGPASSFILE", str(secrets))
    write_down("first")
    with database.open("asha") as register:
        register.propose(name="Already here")
        database.psql("owner", "alter role asha password 'second'")
        register.propose(name="Still signed in")
        database.psql(
            "owner", "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'asha'"
        )
        with pytest.raises(StoreFault, match=r"does not accept the password.*pgpass"):
            register.propose(name="New")
        register.refresh()
        write_down("second")
        register.store._line._not_before = 0.0
        register.refresh()
        register.propose(name="New")
    assert names(database) == ["Already here", "Still signed in", "New"]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (VERSION + 1, "made by a newer version of Horizon.*Update it"),
        (0, "older.*horizon shared init"),
    ],
)
def test_tables_of_another_version_are_left_alone(
    database: Database, number: int, words: str
) -> None:
    database.begin("COLP")
    database.psql("owner", f"update horizon.version set number = {number}")
    for attempt in (
        lambda: database.open(),
        lambda: verify(database.place(force="COLP")),
        lambda: database.begin("MPS"),
    ):
        with pytest.raises(StoreFault, match=f"(?s){words}"):
            attempt()
    if number > VERSION:
        with pytest.raises(StoreFault, match="newer version"):
            database.prepare()
    else:
        database.prepare()
        assert verify(database.place(force="COLP")).faults == ()


def test_a_window_that_is_open_while_the_tables_change_saves_nothing_until_they_fit(
    database: Database,
) -> None:
    """A program of another version would leave out what it does not know."""
    database.begin("COLP")
    database.grant(Role.ASSESSOR)
    with database.open("asha") as register:
        register.propose(name="Already here")
        database.psql("owner", "update horizon.version set number = number + 1")
        with pytest.raises(StoreFault, match=r"newer version of Horizon.*or saved\. Update it"):
            register.propose(name="New")
        register.refresh()
        assert "newer version of Horizon" in register.read_only
        assert register.technology("T-0001").name == "Already here"
        database.psql("owner", "update horizon.version set number = number - 1")
        register.refresh()
        register.propose(name="New")
    assert names(database) == ["Already here", "New"]


def _fill(register: Register) -> None:
    for number in range(400):
        register.propose(
            name=f"Large {number}",
            summary=os.urandom(45_000).hex(),
            problem=os.urandom(45_000).hex(),
            duplicate_reason="Made by a test",
        )


def test_a_full_disk_refuses_the_change_and_keeps_what_was_there(postgres: TestServer) -> None:
    """The largest file that the server may write stands for the disk: it fills a table."""
    import resource

    full = TestServer()
    full.start()
    try:
        database = begun(full)
        full.stop()
        limit = 17 << 20
        full.limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        full.start()
        with database.open("asha") as register:
            with pytest.raises(StoreFault, match=r"disk of .* is full"):
                _fill(register)
            kept = len(register.state.technologies)
            assert kept > 1
        full.stop()
        full.limit = None
        full.start()
        assert verify(database.place(force="COLP")).faults == ()
        assert len(names(database)) == kept
        with database.open("asha") as register:
            register.propose(name="Room again")
    finally:
        full.throw_away()


def test_events_and_what_they_add_up_to_are_one_transaction(database: Database) -> None:
    database.begin("COLP")
    database.grant(Role.ASSESSOR)
    written = (
        "select count(distinct xmin::text) from (select l.xmin from horizon.line l "
        "join horizon.chain c on c.force = l.force and c.line = l.line "
        "union all select e.xmin from horizon.event e join horizon.chain c using (force, line) "
        "union all select d.xmin from horizon.event_data d join horizon.chain c using (force, seq) "
        "union all select xmin from horizon.technology where name = 'New' "
        "union all select xmin from horizon.head union all select xmin from horizon.chain) each"
    )
    with database.open("asha") as register:
        register.propose(name="New")
        assert database.psql("owner", written).stdout.strip() == "1"
        for table, column in (("technology", "name"), ("event_data", "data"), ("head", "record")):
            before = database.psql("owner", "select seq, line, hash from horizon.chain").stdout
            refusing = (
                f"alter table horizon.{table} add constraint no check ({column} = '') not valid"
            )
            assert database.psql("owner", refusing).returncode == 0
            with pytest.raises(StoreFault, match="Nothing was saved"):
                register.propose(name="Refused")
            database.psql("owner", f"alter table horizon.{table} drop constraint no")
            left = database.psql("owner", "select seq, line, hash from horizon.chain").stdout
            assert left == before, table
            assert verify(database.place(force="COLP")).faults == ()
    assert names(database) == ["New"]


@pytest.mark.parametrize("isolation", ["read committed", "serializable"])
def test_writers_at_the_same_moment_wait_for_each_other_and_nothing_is_lost(
    database: Database, isolation: str
) -> None:
    """Where others come first under the strictest isolation, the same is tried again."""
    database.begin("COLP")
    database.grant(Role.ASSESSOR)
    acknowledged: list[str] = []

    def write(own: str) -> None:
        with database.open("asha") as register:
            connection = register.store._line.open()
            connection.execute(f"set default_transaction_isolation = '{isolation}'")
            for number in range(12):
                register.propose(name=f"{own} {number}", duplicate_reason="Made by a test")
                acknowledged.append(f"{own} {number}")

    writers = [threading.Thread(target=write, args=(own,)) for own in ("A", "B", "C", "D")]
    for each in writers:
        each.start()
    for each in writers:
        each.join()
    assert len(acknowledged) == 48
    assert sorted(names(database)) == sorted(acknowledged)
    assert verify(database.place(force="COLP")).faults == ()
