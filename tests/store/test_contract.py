"""What every store promises the register, asked of the files and of PostgreSQL alike."""

from __future__ import annotations

import itertools
import json
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from horizon.model.base import canonical
from horizon.model.envelope import Draft
from horizon.model.errors import BadInput, StoreFault
from horizon.model.events import DetailsAmended
from horizon.model.fold import fold
from horizon.register import Register
from horizon.register.checking import verify
from horizon.register.copying import copy
from horizon.store.files import FileStore, journal_path
from horizon.store.interface import Store
from horizon.store.places import Place
from horizon.store.stores import exists, store_at
from tests.clocks import StandingClock
from tests.shared.using import OWNER, Database
from tests.store.making import AT, PERSON, Desk, beginning, facts, proposed, technology_id
from tests.store.test_journal import person, text

STORES = ("files", "postgresql")


@pytest.fixture(params=STORES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Where a register can begin: a path, or a force's place in a database."""
    if request.param == "files":
        return tmp_path / "register.json"
    database: Database = request.getfixturevalue("database")
    return database.enrolled("COLP")


@pytest.fixture(params=STORES)
def begun(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """A register with a framework and a person in it."""
    if request.param == "files":
        path = tmp_path / "register.json"
        Register.create(path, name="Try", acting=OWNER, clock=StandingClock()).close()
        return path
    database: Database = request.getfixturevalue("database")
    database.begin("COLP", name="Try")
    return database.place(force="COLP")


def faults(place: Place) -> list[tuple[int, str]]:
    return [(each.line, each.what) for each in store_at(place).faults()]


@st.composite
def changes(draw: st.DrawFn) -> list[list[Draft]]:
    """Any commits that add up: people renamed, technologies proposed and amended, in any words."""
    people: dict[int, int] = {}
    technologies: dict[int, int] = {}
    made = []
    for _ in range(draw(st.integers(1, 6))):
        line = []
        for _ in range(draw(st.integers(1, 3))):
            number = draw(st.integers(1, 3))
            if draw(st.booleans()):
                people[number] = people.get(number, 0) + 1
                line.append(person(number, people[number], draw(text)))
            elif number not in technologies:
                technologies[number] = 1
                line.append(proposed(number, name="N" + draw(text), summary=draw(text)))
            else:
                technologies[number] += 1
                amended = DetailsAmended(changes={"summary": draw(text)}, reason=draw(text))
                revision = technologies[number]
                line.append(Draft(subject=technology_id(number), revision=revision, data=amended))
        made.append(line)
    return made


@pytest.mark.parametrize("kind", STORES)
def test_any_sequence_of_commits_reads_back_as_it_was_written(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    numbers = itertools.count(1)
    database: Database | None = None
    if kind == "postgresql":
        database = request.getfixturevalue("database")

    @given(changes())
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def reads_back(made: list[list[Draft]]) -> None:
        number = next(numbers)
        place: Place = tmp_path / f"{number}.json"
        if database is not None:
            place = database.enrolled(f"F{number}")
        store = store_at(place)
        written = [store.append(beginning(), by=PERSON, at=AT)]
        written += [store.append(line, by=PERSON, at=AT) for line in made]
        assert store_at(place).since(0) == written
        assert [commit for _, commit in store_at(place).history()] == written
        stated = [[draft.data.model_dump(mode="json") for draft in line] for line in made]
        read = [[event.data for event in commit.events] for commit in written[1:]]
        assert canonical(read) == canonical(stated)
        assert faults(place) == []
        store.close()

    reads_back()


def test_both_stores_spell_the_same_lines_and_hashes(
    tmp_path: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the same salts and ids, as they are random, every byte is the same."""

    def written(place: Place) -> list[bytes]:
        numbers = itertools.count(1)
        monkeypatch.setattr(secrets, "token_hex", lambda length: f"{next(numbers):0{2 * length}x}")
        desk = Desk.begun(place, technologies=2)
        desk.write(facts(1, 2), facts(2, 2))
        desk.write(proposed(3, name='Nul \0, emoji \U0001f600, “quotes” and \\ "', summary="\t\n"))
        return list(desk.store.lines())

    files = written(tmp_path / "register.json")
    assert files == written(database.enrolled("COLP"))
    assert files == journal_path(tmp_path / "register.json").read_bytes().splitlines()
    assert len({json.loads(line)["hash"] for line in files}) == len(files) == 5


def test_what_is_kept_beside_the_events_is_what_they_add_up_to(place: Place) -> None:
    desk = Desk.begun(place, technologies=12)
    desk.write(facts(3, 2))
    desk.save()
    fresh = Desk(place)
    assert fresh.caught_up == []
    assert fresh.names == [f"Technology {number}" for number in range(1, 13)]
    assert fresh.state.tables() == desk.state.tables()
    assert fold(commit for _, commit in fresh.store.history()).tables() == desk.state.tables()


def test_two_stores_on_one_register_see_what_the_other_wrote(place: Place) -> None:
    one = Desk.begun(place, technologies=1)
    two = Desk(place)
    assert not two.store.changed()
    one.write(facts(1, 2))
    assert two.store.changed()
    assert [commit.events[0].seq for commit in two.catch_up()] == [4]
    assert not two.store.changed()
    two.write(facts(1, 3))
    assert not two.store.changed()
    assert one.store.changed()


def test_an_append_by_one_who_is_behind_is_refused_and_can_be_tried_again(place: Place) -> None:
    one = Desk.begun(place, technologies=1)
    two = Desk(place)
    one.write(facts(1, 2))
    with pytest.raises(StoreFault, match="Try again"):
        two.store.append([facts(1, 2)], by=PERSON, at=AT)
    assert [commit.events[0].revision for commit in two.catch_up()] == [2]
    two.write(facts(1, 3))
    assert faults(place) == []


def test_a_revision_out_of_step_is_refused_before_anything_is_written(place: Place) -> None:
    desk = Desk.begun(place, technologies=1)
    before = list(desk.store.lines())
    with pytest.raises(StoreFault, match="revision 5"):
        desk.write(facts(1, 5))
    assert list(desk.store.lines()) == before
    desk.write(facts(1, 2))


def test_text_that_nothing_can_hold_is_refused_and_nothing_is_written(place: Place) -> None:
    desk = Desk.begun(place, technologies=1)
    before = list(desk.store.lines())
    half = DetailsAmended(changes={"name": "half \ud83d"})
    with pytest.raises(BadInput, match="only half there"):
        desk.write(Draft(subject=technology_id(1), revision=2, data=half))
    assert list(desk.store.lines()) == before
    desk.write(proposed(2, name="whole \U0001f600"))


def test_several_changes_may_be_made_in_one_turn(place: Place) -> None:
    desk = Desk.begun(place)
    with desk.store.lock():
        desk.write(proposed(1))
        desk.write(proposed(2))
    assert Desk(place).names == ["Technology 1", "Technology 2"]


def test_history_of_one_technology_gives_its_lines_alone(place: Place) -> None:
    desk = Desk.begun(place, technologies=3)
    desk.write(facts(2, 2))
    desk.write(facts(1, 2), facts(2, 3))
    assert [line for line, _ in desk.store.history(technology_id(2))] == [3, 5, 6]
    assert [line for line, _ in desk.store.history()] == [1, 2, 3, 4, 5, 6]


def test_the_outline_names_every_event_newest_first_and_finds_its_commit(place: Place) -> None:
    desk = Desk.begun(place, technologies=3)
    desk.write(facts(1, 2), facts(2, 2))
    outlined = list(desk.store.outline())
    assert [each.line for each in outlined] == [5, 4, 3, 2, 1]
    assert [[e.kind for e in each.events] for each in outlined[:2]] == [
        ["facts-set", "facts-set"],
        ["technology-proposed"],
    ]
    found = desk.store.commit_at(outlined[0].place)
    assert found is not None
    assert [each.seq for each in found.events] == [each.seq for each in outlined[0].events]
    assert found.events[0].payload() == facts(1, 2).data


def test_a_store_is_read_beside_itself(place: Place) -> None:
    desk = Desk.begun(place, technologies=2)
    beside: Store = desk.store.reopened()
    assert [commit for _, commit in beside.history()] == [c for _, c in desk.store.history()]
    beside.close()
    desk.write(facts(1, 2))


def test_what_was_erased_is_gone_from_the_events_and_from_what_they_add_up_to(
    begun: Place,
) -> None:
    with Register.open(begun, acting=OWNER, clock=StandingClock()) as register:
        register.propose(name="Kept")
        found = register.propose(name="A hush-hush name", summary="Quite hush-hush")
        (seq,) = [e.seq for _, c in register.history(found.id) for e in c.events]
        beside = Register.open(begun, acting=OWNER, clock=StandingClock())
        register.erase([seq], reason="It must not be here")
        assert beside.refresh() >= {found.id}
        assert beside.technology("T-0002").name == "Name erased"
        beside.close()
    assert all(b"hush-hush" not in line for line in store_at(begun).lines())
    assert "hush-hush" not in str(store_at(begun).snapshot())
    assert verify(begun).faults == ()
    with Register.open(begun, acting=OWNER, clock=StandingClock()) as register:
        assert register.technology("T-0002").name == "Name erased"


def test_nothing_is_emptied_that_is_not_there(begun: Place) -> None:
    with pytest.raises(BadInput, match="no event 99"):
        store_at(begun).empty([99])
    assert verify(begun).faults == ()


def drafts_of(path: Path) -> Iterator[tuple[list[Draft], str, str]]:
    """The commits of a register as somebody would write them again."""
    for _, commit in FileStore(path).history():
        drafts = []
        for event in commit.events:
            data = event.payload()
            assert data is not None
            drafts.append(Draft(subject=event.subject, revision=event.revision, data=data))
        yield drafts, commit.events[0].by, commit.events[0].at


@pytest.mark.parametrize("kind", STORES)
def test_a_long_register_written_commit_by_commit_adds_up_to_the_same(
    kind: str, made_example: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """The example: meetings, decisions, merges, imports. Rows in a database are folded one change
    at a time; files are folded in memory."""
    place: Place = tmp_path / "again.json"
    if kind == "postgresql":
        place = request.getfixturevalue("database").enrolled("COLP")
    store = store_at(place)
    for drafts, by, at in drafts_of(made_example):
        store.append(drafts, by=by, at=at)
    state = fold(commit for _, commit in store.history())
    if kind == "files":
        store.save_snapshot(state.tables())
    tables = store_at(place).snapshot()
    assert tables == state.tables()
    assert len(state.technologies) == 29
    assert verify(place).faults == ()
    assert exists(place)


def test_a_register_goes_into_a_database_and_back_and_every_byte_is_the_same(
    example: Path, tmp_path: Path, database: Database
) -> None:
    there = database.place(force="COLP")
    carried = copy(example, there, acting=OWNER)
    back = tmp_path / "back" / "register.json"
    returned = copy(there, back, acting=OWNER)
    assert carried.head == returned.head == verify(example).head
    assert journal_path(back).read_bytes() == journal_path(example).read_bytes()
    with (
        Register.open(example, acting=OWNER) as one,
        Register.open(there, acting=OWNER) as two,
        Register.open(back, acting=OWNER) as three,
    ):
        assert one.state.tables() == two.state.tables() == three.state.tables()
