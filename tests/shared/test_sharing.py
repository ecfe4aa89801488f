"""A force sees its own register and what others chose to share with it, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from horizon.model.errors import BadInput, RuleBroken, StoreFault
from horizon.model.technology import Sighting
from horizon.model.words import Marking, SourceType
from horizon.register.as_at import Archive, Moment
from horizon.register.checking import verify
from horizon.register.views import history
from horizon.store.postgres import finding
from horizon.store.postgres.roles import Role
from horizon.store.stores import store_at
from tests.shared.using import Database


@pytest.fixture
def two(database: Database) -> Database:
    """Two forces; COLP has a shared technology, an unshared one, and one that is sensitive."""
    for force in ("COLP", "MPS"):
        database.begin(force)
        database.grant(Role.SECRETARY, force)
        database.grant(Role.ASSESSOR, force, sensitive=force == "MPS")
    with database.open("sam") as register:
        register.propose(name="Speech analytics", owner="Farah Example", summary="Of calls")
        register.propose(name="Licence plate reader")
        register.propose(name="Covert sensor", marking=Marking.OFFICIAL_SENSITIVE)
        register.share("T-0001", ["MPS"], reason="A joint trial")
        register.share("T-0003", ["MPS"], reason="They asked")
    return database


def names(database: Database, login: str, force: str = "COLP") -> list[str]:
    with database.open(login, force) as register:
        return [each.name for each in register.state.technologies.headers()]


def test_another_force_sees_what_is_shared_with_it_and_nothing_else(two: Database) -> None:
    assert names(two, "sam_mps") == ["Speech analytics"]
    assert names(two, "sam_mps", "MPS") == []
    assert len(names(two, "sam")) == 3


def test_a_sensitive_technology_is_shown_only_to_those_cleared_for_it(two: Database) -> None:
    assert names(two, "asha_mps") == ["Speech analytics", "Covert sensor"]
    with two.open("sam") as register:
        with pytest.raises(RuleBroken, match="OFFICIAL-SENSITIVE and is not shared with every"):
            register.share("T-0003", ["all"], reason="Everybody")
        register.amend("T-0001", {"marking": "OFFICIAL-SENSITIVE"}, reason="It grew")
    with pytest.raises(StoreFault, match="COLP shares nothing with MPS"):
        names(two, "sam_mps")


def test_nothing_shared_nothing_seen(two: Database) -> None:
    two.begin("BTP")
    login = two.grant(Role.ADMINISTRATOR, "BTP", sensitive=True)
    with pytest.raises(StoreFault, match="COLP shares nothing with BTP"):
        two.open(login, "COLP")
    with two.open("sam") as register:
        register.share("T-0001", ["all"], reason="For everybody")
    assert names(two, login) == ["Speech analytics"]
    with two.open("sam") as register:
        register.share("T-0001", [], reason="The trial is over")
    with pytest.raises(StoreFault, match="shares nothing"):
        two.open(login, "COLP")


TABLES = (
    "technology", "shown", "event", "event_data", "line", "head", "person", "meeting", "framework",
)  # fmt: skip


def test_psql_shows_another_force_no_more_than_horizon_does(two: Database) -> None:
    def count(login: str, table: str, where: str = "true") -> int:
        done = two.psql(
            login, f"select count(*) from horizon.{table} where force = 'COLP' and {where}"
        )
        assert done.returncode == 0, done.stderr
        return int(done.stdout)

    two.begin("BTP")
    stranger = two.grant(Role.ADMINISTRATOR, "BTP", sensitive=True)
    assert {table: count(stranger, table) for table in TABLES} == dict.fromkeys(TABLES, 0)
    shown = {table: count("sam_mps", table) for table in TABLES}
    assert shown == {
        "technology": 0, "shown": 1, "event": 2, "event_data": 2, "line": 2, "head": 0, "person": 0,
        "meeting": 0, "framework": 1,
    }  # fmt: skip
    assert count("sam_mps", "event_data", "data like '%plate%'") == 0
    assert count("sam", "technology") == 3
    done = two.psql("sam_mps", "select record ->> 'name' from horizon.register")
    assert done.stdout.split("\n")[:1] == ["Speech analytics"]
    for statement in (
        "update horizon.technology set name = 'x' where force = 'COLP'",
        "update horizon.shown set name = 'x' where force = 'COLP'",
        "delete from horizon.sharing where force = 'COLP'",
        "update horizon.chain set seq = 0 where force = 'COLP'",
    ):
        done = two.psql("sam_mps", statement)
        assert done.stdout.strip() in ("UPDATE 0", "DELETE 0"), done.stderr
    two.refuses(
        "sam_mps",
        "insert into horizon.sharing select 'COLP', 't-1', 'MPS'",
        saying="violates row-level security policy",
    )


def test_what_is_shared_is_shown_whole_and_cannot_be_changed(two: Database) -> None:
    with two.open("sam") as register:
        seen = Sighting(
            source="A newspaper", source_type=SourceType.MEDIA, seen_on=date(2026, 11, 24)
        )
        register.add_sighting("T-0001", seen)
    with two.open("sam_mps", "COLP") as register:
        technology = register.technology("Speech analytics")
        assert technology.summary == "Of calls"
        assert register.name(technology.owner or "") == "Farah Example"
        assert register.name(technology.proposed_by) == "Sam Example"
        assert len(register.state.people) == 2
        assert not [each.email for each in register.state.people.values() if each.email]
        assert [each.kind for each in history(register, technology.id)] == [
            "technology-proposed",
            "sharing-set",
            "sighting-added",
        ]
        assert register.reading(technology.id).tier
        assert "Only COLP can change it" in register.read_only
        with pytest.raises(StoreFault, match="Only COLP can change it"):
            register.set_facts("T-0001", {"personal_data": "yes"})
        register.store.read_only = ""  # a changed program gets no further
        with pytest.raises(StoreFault):
            register.set_facts("T-0001", {"personal_data": "yes"})
    assert verify(two.place(force="COLP")).faults == ()


def test_links_to_what_is_not_shown_lead_nowhere(two: Database) -> None:
    with two.open("sam") as register:
        register.supersede("T-0001", "T-0002", reason="A better one came")
    with two.open("sam_mps", "COLP") as register:
        technology = register.technology("T-0001")
        assert technology.superseded_by is None
        assert technology.ended_reason == "A better one came"
        assert register.whole(technology.id).name == "Speech analytics"


def test_a_window_of_another_force_follows_what_is_shared(two: Database) -> None:
    with two.open("sam") as ours, two.open("sam_mps", "COLP") as theirs:
        assert theirs.refresh() == frozenset()
        ours.set_facts("T-0002", {"personal_data": "yes"})
        theirs.refresh()
        assert names_of(theirs) == ["Speech analytics"]
        ours.amend("T-0001", {"name": "Call analytics"})
        assert ours.technology("T-0001").id in theirs.refresh()
        assert names_of(theirs) == ["Call analytics"]
        ours.share("T-0002", ["all"], reason="Ready")
        theirs.refresh()
        assert names_of(theirs) == ["Call analytics", "Licence plate reader"]
        ours.share("T-0001", [], reason="Over")
        theirs.refresh()
        assert names_of(theirs) == ["Licence plate reader"]
        ours.share("T-0002", [], reason="Over")
        theirs.refresh()
        assert names_of(theirs) == []


def names_of(register) -> list[str]:  # type: ignore[no-untyped-def]
    return [each.name for each in register.state.technologies.headers()]


def test_what_is_shared_cannot_be_verified_copied_or_taken_back_in_time(two: Database) -> None:
    place = two.place("sam_mps", "COLP")
    with pytest.raises(StoreFault, match="Only COLP can verify its register"):
        verify(place)
    with pytest.raises(StoreFault, match="Only COLP can copy"):
        list(store_at(place).lines())
    with two.open("sam_mps", "COLP") as register, pytest.raises(BadInput, match="as it is now"):
        Archive(register).at(Moment(event=1))


def test_labels_and_numbers_are_each_forces_own(two: Database) -> None:
    with two.open("sam_mps", "MPS") as register:
        assert register.propose(name="Ours").label == "T-0001"
    with two.open("sam") as register:
        assert register.propose(name="Theirs").label == "T-0004"
    for force in ("COLP", "MPS"):
        assert verify(two.place(force=force)).faults == ()


def test_a_search_over_all_forces_finds_what_one_may_see(two: Database) -> None:
    with two.open("sam_mps", "MPS") as register:
        register.propose(name="Speech to text")
    found = finding.find(two.place("sam_mps"), "speach analytic", most=5)
    assert [(each.force, each.name) for each in found][:1] == [("COLP", "Speech analytics")]
    assert found[1:] == []
    (only,) = finding.find(two.place("sam_mps"), "spech text", most=5)
    assert only.name == "Speech to text"
    assert [each.name for each in finding.find(two.place("sam_mps"), "plate", most=5)] == []
    assert [each.name for each in finding.find(two.place("sam_mps"), "covert", most=5)] == []
    assert [each.name for each in finding.find(two.place("asha_mps"), "covert", most=5)] == [
        "Covert sensor"
    ]
    assert [each.name for each in finding.find(two.place("sam"), "plate", most=5)] == [
        "Licence plate reader"
    ]


def test_the_forces_of_a_database_are_listed_with_what_one_may_see(two: Database) -> None:
    two.begin("BTP")
    found = finding.forces(two.place("sam_mps"))
    assert [(each.force, each.own, each.technologies) for each in found] == [
        ("MPS", True, 0),
        ("COLP", False, 1),
    ]
