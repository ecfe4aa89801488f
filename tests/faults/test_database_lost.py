"""What was acknowledged is never lost or doubled, whatever becomes of the server or the wire."""

from __future__ import annotations

import re
import threading
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
from tests.faults.serving import (
    begun,
    cut_again_and_again,
    full_disk,
    killed_under_load,
    names,
    password_changed,
    running,
)
from tests.postgres import TestServer
from tests.shared.cutting import Moment, Wire
from tests.shared.using import Database

KILLS = 3


@pytest.fixture
def safe(postgres: TestServer) -> Iterator[TestServer]:
    """A server that waits for its disk, for this test alone."""
    with running() as server:
        yield server


def test_a_server_killed_under_load_loses_nothing_that_was_acknowledged(safe: TestServer) -> None:
    tally = killed_under_load(safe, kills=KILLS)
    assert len(tally.confirmed) > KILLS * 25
    assert (tally.lost, tally.doubled, tally.faults) == (0, 0, 0)


@pytest.mark.parametrize("moment", list(Moment))
@pytest.mark.parametrize("stays_down", [False, True])
def test_a_wire_cut_at_every_change_loses_and_doubles_nothing(
    safe: TestServer, moment: Moment, stays_down: bool
) -> None:
    tally = cut_again_and_again(safe, moment, times=4, stays_down=stays_down)
    assert len(tally.confirmed) == 4
    assert bool(tally.refused) is stays_down
    assert (tally.lost, tally.doubled, tally.faults) == (0, 0, 0)


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
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "pgpass"))
    tally = password_changed(safe, tmp_path / "pgpass")
    assert tally.confirmed == ["With the first", "Still signed in", "With the second"]
    assert re.search(r"does not accept the password.*pgpass", tally.refused[0])
    assert (tally.lost, tally.doubled, tally.faults) == (0, 0, 0)


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


def test_a_full_disk_refuses_the_change_and_keeps_what_was_there(safe: TestServer) -> None:
    """The largest file that the server may write stands for the disk: it fills a table."""
    tally = full_disk(safe)
    assert len(tally.confirmed) > 2
    assert tally.confirmed[-1] == "Room again"
    assert re.search(r"disk of .* is full", tally.refused[0])
    assert len(tally.refused) == 1
    assert (tally.lost, tally.doubled, tally.faults) == (0, 0, 0)


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
