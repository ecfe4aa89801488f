"""What is marked, kept back or left out of a shared technology reaches nobody of another force but
those who are cleared for it: through Horizon and with psql, whatever their role."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from datetime import date

import pytest

from horizon.model.assessment import Score
from horizon.model.base import digest
from horizon.model.events import ReleasedText
from horizon.model.outward import NOT_SHOWN
from horizon.model.technology import Sighting
from horizon.model.words import SourceType
from horizon.register.checking import verify
from horizon.register.views import history
from horizon.store.postgres import finding
from horizon.store.postgres.roles import Role
from tests.postgres import TestServer
from tests.shared.using import OWNER, PEOPLE, Database

SECRET = "zqwyvernqz"
"""In every text that must not get out. Nothing else has it."""

READABLE = ("line", "event", "event_data", "head", "technology", "shown", "person", "framework",
            "meeting", "sharing", "seen", "register", "chain")  # fmt: skip


def everything(database: Database, login: str) -> str:
    """All that psql shows to an account."""
    done = database.psql(
        login,
        *(f"select * from horizon.{each}" for each in READABLE),
        "select * from horizon.people_shown('COLP')",
        f"select * from horizon.find('{SECRET}', 20)",
        "select * from horizon.find('analytics', 20)",
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def in_horizon(database: Database, login: str) -> str:
    """All that Horizon has in hand of the register of COLP for an account."""
    with database.open(login, "COLP") as register:
        tables = {
            name: {key: str(each) for key, each in table.items()}
            for name, table in register.state.tables().items()
        }
        told = [each.words for each in history(register)]
        events = [c.model_dump_json() for _, c in register.history()]
        return json.dumps([tables, told, events])


_numbers = itertools.count(1)
"""For the name of a database: a worker may leave a file and come back to it."""


@pytest.fixture(scope="module")
def kept(postgres: TestServer, prepared: str) -> Database:
    """COLP shares a technology with a secret in each part that is not for others, and with one in
    a summary that somebody kept back. MPS has a person in each role, without clearance, and BTP
    with it."""
    database = Database.made(postgres, f"markings_kept{next(_numbers)}", template=prepared)
    for force in ("COLP", "MPS", "BTP"):
        database.begin(force)
    for role in Role:
        database.grant(role, "COLP")
        database.grant(role, "MPS")
        database.grant(role, "BTP", sensitive=True)
    with database.open("asha") as register:
        register.propose(name="Speech analytics", summary=f"Of {SECRET} calls", problem="Queues")
    with database.open(force="COLP") as register:
        seen = Sighting(
            source="A paper", source_type=SourceType.MEDIA, seen_on=date(2026, 11, 1), note=SECRET
        )
        register.add_sighting("T-0001", seen)
        register.attach_evidence(
            "T-0001", title="Test report", dated=date(2026, 11, 2), version=SECRET, location=SECRET
        )
        register.add_note("T-0001", SECRET)
        register.open_round("T-0001", [OWNER])
        criterion = next(iter(register.framework.criteria))
        register.submit_scores("T-0001", {criterion: Score(value=3, grade="B", note=SECRET)})
        text = register.technology("T-0001").summary
        gone = ReleasedText(original=digest(text), text="", ground="security")
        register.release_texts("T-0001", {"summary": gone})
        register.share("T-0001", ["MPS", "BTP"], reason="A joint trial")
    return database


OTHERS = [(role, force) for force in ("MPS", "BTP") for role in Role]


@pytest.mark.parametrize(("role", "force"), OTHERS)
def test_only_those_who_are_cleared_see_what_is_not_for_others(
    kept: Database, role: Role, force: str
) -> None:
    login = f"{PEOPLE[role][0]}_{force.lower()}"
    printed, held = everything(kept, login), in_horizon(kept, login)
    assert "Speech analytics" in printed
    assert "Speech analytics" in held
    assert "A paper" in held
    cleared = force == "BTP"
    assert (SECRET in printed) == cleared
    assert (SECRET in held) == cleared
    with kept.open(login, "COLP") as register:
        assert (register.technology("T-0001").summary == NOT_SHOWN) == (not cleared)
        assert ("cleared for OFFICIAL-SENSITIVE" in register.read_only) == (not cleared)
    assert verify(kept.place(force="COLP")).faults == ()


@pytest.mark.parametrize("role", list(Role))
def test_the_force_itself_sees_all_of_it(kept: Database, role: Role) -> None:
    with kept.open(PEOPLE[role][0]) as register:
        assert SECRET in register.technology("T-0001").summary
    assert everything(kept, PEOPLE[role][0]).count(SECRET) > 6


@pytest.fixture
def two(database: Database) -> Iterator[Database]:
    """COLP shares a technology with MPS, with nothing in it to keep back."""
    for force in ("COLP", "MPS"):
        database.begin(force)
        database.grant(Role.SECRETARY, force)
    with database.open("sam") as register:
        register.propose(name="Speech analytics", summary="Of calls")
        register.share("T-0001", ["all"], reason="A joint trial")
    yield database
    assert verify(database.place(force="COLP")).faults == ()


def test_what_is_kept_back_later_is_gone_at_once_with_what_events_said(two: Database) -> None:
    with two.open("sam") as ours, two.open("sam_mps", "COLP") as theirs:
        assert theirs.technology("T-0001").summary == "Of calls"
        assert "proposed 'Speech analytics'" in {each.words for each in history(theirs)}
        gone = ReleasedText(original=digest("Of calls"), text="", ground="security")
        ours.release_texts("T-0001", {"summary": gone})
        theirs.refresh()
        assert theirs.technology("T-0001").summary == NOT_SHOWN
        words = {each.words for each in history(theirs)}
        assert "not shown to other forces (technology proposed)" in words
        assert "Of calls" not in everything(two, "sam_mps")
        back = ReleasedText(original=digest("Of calls"), text="Of calls", ground="")
        ours.release_texts("T-0001", {"summary": back})
        theirs.refresh()
        assert theirs.technology("T-0001").summary == "Of calls"


def test_a_name_that_was_kept_back_is_not_found(two: Database) -> None:
    with two.open("sam") as register:
        gone = ReleasedText(original=digest("Speech analytics"), text="", ground="security")
        register.release_texts("T-0001", {"name": gone})
    assert finding.find(two.place("sam_mps"), "speech", most=5) == []
    assert [each.name for each in finding.find(two.place("sam"), "speech", most=5)] == [
        "Speech analytics"
    ]


def test_what_is_not_shared_any_more_leaves_nothing_behind(two: Database) -> None:
    with two.open("sam") as register:
        register.share("T-0001", [], reason="The trial is over")
    assert two.psql("owner", "select count(*) from horizon.shown").stdout.strip() == "0"


def test_another_forces_own_name_is_all_it_learns_of_whom_else_it_is_shared_with(
    two: Database,
) -> None:
    with two.open("sam") as register:
        register.share("T-0001", ["MPS", "BTP"], reason="A joint trial")
    assert "BTP" not in everything(two, "sam_mps")
    with two.open("sam") as register:
        register.share("T-0001", ["MPS"], reason="BTP left")
    with two.open("sam_mps", "COLP") as register:
        told = [each.words for each in history(register)]
    assert told[-2:] == [
        "not shown to other forces (sharing set)",
        "shared it with MPS, because: BTP left",
    ]


@pytest.mark.parametrize(
    "tampering",
    [
        "update horizon.shown set record = replace(record, 'Of calls', 'Of others')",
        "update horizon.shown set marking = 'OFFICIAL-SENSITIVE'",
        "delete from horizon.shown",
        "insert into horizon.shown select force, 't-1', label, name, stage, marking, words, record,"
        " whole from horizon.shown",
    ],
)
def test_what_others_see_is_verified_and_mended(two: Database, tampering: str) -> None:
    done = two.psql("owner", tampering)
    assert done.returncode == 0, done.stderr
    words = [each.what for each in verify(two.place(force="COLP")).faults]
    assert any("is not what its events and markings let them see" in each for each in words), words
    with two.open("sam") as register:
        register.store.remake()


def test_tables_made_before_markings_counted_are_brought_up_to_date(two: Database) -> None:
    made = two.psql(
        "owner",
        "update horizon.version set number = 1",
        "delete from horizon.shown",
    )
    assert made.returncode == 0, made.stderr
    two.prepare()
    with two.open("sam_mps", "COLP") as register:
        assert register.technology("T-0001").summary == "Of calls"
