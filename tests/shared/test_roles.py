"""What each role may do and may not, through Horizon and with psql: the database holds to it."""

from __future__ import annotations

import itertools
import re
from datetime import date

import pytest

from horizon.framework.loading import from_copy, shipped
from horizon.framework.schema import Framework
from horizon.model.assessment import Score
from horizon.model.errors import BadInput, RuleBroken, StoreFault
from horizon.model.events import EVENT_TYPES
from horizon.register import Register, sharing
from horizon.register.checking import verify
from horizon.store.postgres.roles import FROM_ADMINISTRATOR, FROM_SECRETARY, Role, permits
from horizon.store.postgres.schema import CALLERS, statements
from tests.clocks import StandingClock
from tests.shared.using import OWNER, PEOPLE, Database

DENIED = "permission denied"
POLICY = "violates row-level security policy"


@pytest.fixture
def colp(database: Database) -> Database:
    """A force's register with one technology, and a person in each role."""
    database.begin("COLP")
    for role in Role:
        database.grant(role)
    with database.open("asha") as register:
        register.propose(name="Speech analytics")
    return database


def test_no_function_can_be_called_by_everybody() -> None:
    made = re.findall(
        r"create or replace function horizon\.(\w+)", "\n".join(statements(trigrams=""))
    )
    assert made
    assert sorted(made) == sorted(each.partition("(")[0] for each in CALLERS)


def insert_event(colp: Database, kind: str, by: str, line: int = 99, seq: int = 99) -> str:
    """SQL that puts an event into the chain by hand."""
    return (
        "insert into horizon.line (force, line, first_seq, last_seq, prev, hash) values "
        f"('COLP', {line}, {seq}, {seq}, 'p', 'h'); "
        "insert into horizon.event values "
        f"('COLP', {line}, {seq}, 'e-1', 'now', '{by}', '{kind}', 't-1', 1, 'd')"
    )


def person(colp: Database, role: Role) -> str:
    with colp.open() as register:
        (found,) = [e.id for e in register.state.people.values() if e.name == PEOPLE[role][1]]
        return found


def test_every_kind_of_event_has_a_role_that_may_record_it() -> None:
    assert FROM_SECRETARY.isdisjoint(FROM_ADMINISTRATOR)
    assert set(EVENT_TYPES) > FROM_SECRETARY | FROM_ADMINISTRATOR
    assert {kind for role, kind in permits() if role == "administrator"} == set(EVENT_TYPES)
    assert not [kind for role, kind in permits() if role == "reader"]


def test_a_reader_sees_everything_and_changes_nothing(colp: Database) -> None:
    with colp.open("rita") as register:
        assert [each.name for each in register.state.technologies.headers()] == ["Speech analytics"]
        assert "rita is a reader" in register.read_only
        with pytest.raises(StoreFault, match="rita is a reader"):
            register.propose(name="Mine")
        register.store.read_only = ""  # a changed program gets no further
        with pytest.raises(StoreFault, match="does not let you"):
            register.propose(name="Mine")
    mine = person(colp, Role.READER)
    for statement in (
        insert_event(colp, "facts-set", mine),
        "update horizon.technology set name = 'x'",
        "update horizon.chain set seq = 0",
        "delete from horizon.technology",
        "update horizon.member set role = 'administrator'",
        "select horizon.erase('COLP', '{5}')",
    ):
        colp.refuses("rita", statement, saying=DENIED)
    assert verify(colp.place(force="COLP")).faults == ()


def test_an_assessor_scores_and_neither_decides_nor_shares(colp: Database) -> None:
    with colp.open("asha") as register:
        register.set_facts("T-0001", {"personal_data": "yes"})
        with pytest.raises(RuleBroken, match=r"only a secretary of COLP.*asha is an assessor"):
            register.call_meeting(body="ai-sub-group", on=date(2026, 12, 8), items=[])
        with pytest.raises(RuleBroken, match="only a secretary"):
            register.share("T-0001", ["all"], reason="Why not")
        with pytest.raises(RuleBroken, match="only an administrator"):
            register.adopt_framework(changed_framework(), reason="Better")
        register.amend("T-0001", {"summary": "Still at work after being refused"})
    mine = person(colp, Role.ASSESSOR)
    colp.refuses("asha", insert_event(colp, "decision-recorded", mine), saying=POLICY)
    colp.refuses("asha", "insert into horizon.sharing values ('COLP', 't-1', '*')", saying=DENIED)
    colp.refuses("asha", "select horizon.erase('COLP', '{5}')", saying=DENIED)
    assert verify(colp.place(force="COLP")).faults == ()


def test_a_secretary_calls_meetings_and_shares_but_changes_no_framework(colp: Database) -> None:
    with colp.open("sam") as register:
        register.call_meeting(body="ai-sub-group", on=date(2026, 12, 8), items=[])
        register.share("T-0001", ["all"], reason="A joint trial")
        with pytest.raises(RuleBroken, match=r"only an administrator of COLP.*sam is a secretary"):
            register.adopt_framework(changed_framework(), reason="Better")
        with pytest.raises(RuleBroken, match="only an administrator"):
            register.erase([6], reason="It must not be here")
        assert not register.technology("T-0001").erased
    mine = person(colp, Role.SECRETARY)
    colp.refuses("sam", insert_event(colp, "framework-adopted", mine), saying=POLICY)
    colp.refuses("sam", "select horizon.erase('COLP', '{5}')", saying=DENIED)
    assert verify(colp.place(force="COLP")).faults == ()


def test_an_administrator_erases_by_saying_so_and_in_no_other_way(colp: Database) -> None:
    with colp.open("ada") as register:
        register.adopt_framework(changed_framework(), reason="Better")
        found = register.propose(name="Hush-hush")
        (seq,) = [e.seq for _, c in register.history(found.id) for e in c.events]
        colp.psql("ada", f"select horizon.erase('COLP', '{{{seq}}}')")
        assert register.technology("T-0002").name == "Hush-hush"
        assert verify(colp.place(force="COLP")).faults == ()
        register.erase([seq], reason="It must not be here")
    with colp.open("rita") as register:
        assert register.technology("T-0002").name == "Name erased"
    done = colp.psql("ada", f"select count(*) from horizon.event_data where seq = {seq}")
    assert done.stdout.strip() == "0"
    assert verify(colp.place(force="COLP")).faults == ()


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("table", ["line", "event", "event_data"])
def test_nobody_changes_or_removes_what_was_recorded(
    colp_kept: Database, role: Role, table: str
) -> None:
    login = PEOPLE[role][0]
    for statement in (
        f"update horizon.{table} set seq = seq"
        if table != "line"
        else "update horizon.line set prev = ''",
        f"delete from horizon.{table}",
        f"truncate horizon.{table} cascade",
        f"alter table horizon.{table} disable row level security",
        f"drop table horizon.{table}",
    ):
        done = colp_kept.psql(login, statement)
        assert done.returncode != 0, statement
        assert DENIED in done.stderr or "must be owner" in done.stderr, done.stderr


_numbers = itertools.count(1)
"""For the name of a database: a worker may leave a file and come back to it."""


@pytest.fixture(scope="module")
def colp_kept(postgres, prepared) -> Database:  # type: ignore[no-untyped-def]
    """As `colp`, made once for tests that leave it as it was."""
    database = Database.made(postgres, f"roles_kept{next(_numbers)}", template=prepared)
    database.begin("COLP")
    for role in Role:
        database.grant(role)
    return database


def test_nobody_records_under_another_name(colp: Database) -> None:
    asha, ada = person(colp, Role.ASSESSOR), person(colp, Role.ADMINISTRATOR)
    colp.refuses("asha", insert_event(colp, "facts-set", ada), saying=POLICY)
    colp.refuses(
        "asha",
        "insert into horizon.line (force, line, first_seq, last_seq, prev, hash, actor) "
        "values ('COLP', 99, 99, 99, 'p', 'h', 'ada')",
        saying=DENIED,
    )
    done = colp.psql("asha", "set role horizon_administrator")
    assert done.returncode != 0
    with colp.open("asha") as register:
        register.acting = PEOPLE[Role.ADMINISTRATOR][1]  # a changed program says who it likes
        technology = register.propose(name="Under whose name?")
        assert technology.proposed_by == asha
    done = colp.psql("asha", insert_event(colp, "facts-set", asha))
    assert done.returncode == 0, done.stderr  # their own name, but not a line that follows
    faults = verify(colp.place(force="COLP")).faults
    assert any(each.line == 99 and "form of a journal line" in each.what for each in faults)


def test_an_account_acts_under_the_name_it_was_granted(colp: Database) -> None:
    with colp.open("asha") as register:
        assert register.acting == "Asha Example"
        assert register.person_id == person(colp, Role.ASSESSOR)
    done = colp.psql("asha", "select actor from horizon.line order by line desc limit 1")
    assert done.stdout.strip() == "asha"


def test_an_account_is_not_passed_on_to_another_person(colp: Database) -> None:
    with pytest.raises(BadInput, match="The account asha acts as Asha Example"):
        sharing.grant(
            colp.place(force="COLP"),
            "asha",
            Role.READER,
            name="Somebody New",
            acting=OWNER,
            clock=StandingClock(),
        )
    with pytest.raises(BadInput, match="The account asha acts as Asha Example"):
        sharing.grant(
            colp.place(force="COLP"),
            "another",
            Role.READER,
            name="Asha Example",
            acting=OWNER,
            clock=StandingClock(),
        )


def test_a_role_that_was_raised_or_taken_away_counts_at_once(colp: Database) -> None:
    with colp.open("asha") as register:
        colp_grant(colp, Role.SECRETARY)
        register.share("T-0001", ["all"], reason="Now a secretary")
        colp_grant(colp, Role.READER)
        with pytest.raises(StoreFault, match="does not let you"):
            register.propose(name="One more")
        assert len(register.state.technologies) == 1
    with colp.open("asha") as register:
        assert "asha is a reader" in register.read_only


def colp_grant(colp: Database, role: Role) -> None:
    sharing.grant(
        colp.place(force="COLP"),
        "asha",
        role,
        name="Asha Example",
        acting=OWNER,
        clock=StandingClock(),
    )


@pytest.mark.parametrize(
    ("tampering", "found"),
    [
        ("update horizon.event_data set data = replace(data, 'Speech', 'Voice')", "does not fit"),
        ("update horizon.event set by = 'p-0000000000000000' where seq = 8", "was changed"),
        ("delete from horizon.event_data where seq = 8", "no event says that it was erased|erased"),
        ("delete from horizon.event_data where seq = 8; delete from horizon.event where seq = 8; "
         "delete from horizon.line where last_seq = 8", "its history ends with event"),
        ("update horizon.technology set record = replace(record, 'Speech', 'Voice')",
         "the tables differs? from the journal|differ"),
        ("update horizon.chain set seq = seq - 1, line = line - 1", "stands at event"),
        ("grant delete on horizon.event to horizon_assessor",
         "horizon_assessor has the right to DELETE"),
        ("alter table horizon.event_data disable row level security", "open to every force"),
        ("insert into horizon.sharing select force, id, '*' from horizon.technology",
         "shown to \\*, but its events say no other force"),
    ],
)  # fmt: skip
def test_what_the_owner_tampers_with_is_found_by_verify(
    colp: Database, tampering: str, found: str
) -> None:
    place = colp.place(force="COLP")
    assert verify(place).faults == ()
    done = colp.psql("owner", tampering)
    assert done.returncode == 0, done.stderr
    words = [each.what for each in verify(place).faults]
    assert any(re.search(found, each) for each in words), words


def test_rounds_and_scores_are_kept_under_the_accounts_that_gave_them(colp: Database) -> None:
    with colp.open("sam") as register:
        register.open_round("T-0001", ["Ada Example"])
    with colp.open("ada") as register:
        criterion = next(iter(register.framework.criteria))
        register.submit_scores("T-0001", {criterion: Score(value=3, grade="B", note="Seen in use")})
        (only,) = register.technology("T-0001").rounds[0].submissions
        assert only == person(colp, Role.ADMINISTRATOR)


def changed_framework() -> Framework:
    """The shipped framework as another version."""
    return from_copy({**shipped().content, "version": "9.0"})


def test_no_name_can_be_given_where_people_sign_in(colp: Database) -> None:
    with Register.open(colp.place("asha"), acting="Ada Example") as register:
        assert register.acting == "Asha Example"
