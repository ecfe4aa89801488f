"""The journal: what is appended is there, in order, whatever is done to the end of the file."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from horizon.model.base import canonical
from horizon.model.envelope import GENESIS, Draft, commit_hash, data_digest
from horizon.model.errors import BadInput, StoreFault
from horizon.model.events import EVENT_TYPES, DetailsAmended, PersonNamed
from horizon.store.chain import CARRIED, FIRST, FREE_FORM
from horizon.store.files import FileStore, journal_path
from tests.store.making import (
    AT,
    PERSON,
    Desk,
    beginning,
    facts,
    found,
    proposed,
    technology_id,
)

few = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
text = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)
json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=8,
)


def person(number: int, revision: int, role: str) -> Draft:
    data = PersonNamed(name="Sam Example", role=role)
    return Draft(subject=f"p-{number:016x}", revision=revision, data=data)


@st.composite
def commits(draw: st.DrawFn) -> list[list[Draft]]:
    """Any sequence of commits: people renamed, details amended with any JSON."""
    revisions: dict[int, int] = {}
    made = []
    for _ in range(draw(st.integers(1, 6))):
        line = []
        for _ in range(draw(st.integers(1, 3))):
            number = draw(st.integers(1, 3))
            revisions[number] = revisions.get(number, 0) + 1
            if draw(st.booleans()):
                line.append(person(number, revisions[number], draw(text)))
            else:
                changes = draw(st.dictionaries(text, json_values, max_size=3))
                line.append(
                    Draft(
                        subject=f"p-{number:016x}",
                        revision=revisions[number],
                        data=DetailsAmended(changes=changes),
                    )
                )
        made.append(line)
    return made


@given(commits())
@few
def test_any_sequence_of_commits_reads_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, made: list[list[Draft]]
) -> None:
    path = tmp_path_factory.mktemp("journal") / "register.json"
    store = FileStore(path)
    written = [store.append(beginning(), by=PERSON, at=AT)]
    written += [store.append(line, by=PERSON, at=AT) for line in made]

    assert FileStore(path).since(0) == written
    assert [commit for _, commit in FileStore(path).history()] == written
    assert found(path) == []
    stated = [[draft.data.model_dump(mode="json") for draft in line] for line in made]
    read = [[event.data for event in commit.events] for commit in written[1:]]
    assert canonical(read) == canonical(stated)
    last = written[-1].events[-1].seq
    assert [e.seq for commit in written for e in commit.events] == list(range(1, last + 1))


def test_a_line_is_canonical_json_whose_hashes_anyone_can_compute_again(tmp_path: Path) -> None:
    Desk.begun(tmp_path / "register.json", technologies=2)
    prev = GENESIS
    for raw in journal_path(tmp_path / "register.json").read_bytes().splitlines():
        line = json.loads(raw)
        assert canonical(line) == raw
        for event in line["events"]:
            assert event["digest"] == data_digest(event["salt"], event["data"])
        sealed = [
            {key: value for key, value in event.items() if key not in ("salt", "data")}
            for event in line["events"]
        ]
        assert line["prev"] == prev
        assert line["hash"] == commit_hash(prev, sealed)
        prev = line["hash"]


def test_kinds_of_event_that_are_spelled_fast_hold_no_fractions() -> None:
    """Two JSON writers agree on everything but fractions; events that may hold one are named."""

    def could_hold_one(schema: object) -> bool:
        if isinstance(schema, dict):
            if schema.get("type") == "number" or schema.get("additionalProperties") is True:
                return True
            return any(could_hold_one(each) for each in schema.values())
        return isinstance(schema, list) and any(could_hold_one(each) for each in schema)

    free = {kind for kind, each in EVENT_TYPES.items() if could_hold_one(each.model_json_schema())}
    assert free == FREE_FORM


def test_text_that_no_file_can_hold_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    desk = Desk.begun(tmp_path / "register.json")
    before = journal_path(desk.store.path).read_bytes()
    half = DetailsAmended(changes={"name": "half \ud83d"})
    with pytest.raises(BadInput, match="only half there"):
        desk.write(Draft(subject=technology_id(1), revision=1, data=half))
    assert journal_path(desk.store.path).read_bytes() == before
    desk.write(proposed(1, name="whole \U0001f600"))


@pytest.mark.parametrize("lines_cut", [1, 2])
def test_cutting_the_file_at_any_byte_leaves_every_complete_line(
    tmp_path: Path, lines_cut: int
) -> None:
    path = tmp_path / "register.json"
    desk = Desk.begun(path, technologies=3)
    whole = journal_path(path).read_bytes()
    lines = whole.splitlines(keepends=True)
    start = len(whole) - sum(len(line) for line in lines[-lines_cut:])
    for end in range(start, len(whole), 7 if lines_cut > 1 else 1):
        journal_path(path).write_bytes(whole[:end])
        store = FileStore(path)
        complete = whole[:end].count(b"\n")
        assert len(store.since(0)) == complete
        torn = not whole[:end].endswith(b"\n")
        assert any("breaks off" in each for each in store.notices) is torn
        assert store.read_only == ""
    assert desk.names == ["Technology 1", "Technology 2", "Technology 3"]


def test_a_torn_last_line_is_set_aside_by_the_next_change_and_reported(tmp_path: Path) -> None:
    path = tmp_path / "register.json"
    Desk.begun(path, technologies=2)
    whole = journal_path(path).read_bytes()
    journal_path(path).write_bytes(whole + b'{"events":[{"at"')

    assert found(path) == [(4, found(path)[0][1])]
    assert "breaks off" in found(path)[0][1]
    desk = Desk(path)
    assert desk.names == ["Technology 1", "Technology 2"]
    assert not list(tmp_path.glob("*.torn-*"))
    desk.write(proposed(3))

    (aside,) = tmp_path.glob("register.journal.torn-*")
    assert aside.read_bytes() == b'{"events":[{"at"'
    assert any(aside.name in each for each in desk.store.notices)
    assert found(path) == []
    assert Desk(path).names == ["Technology 1", "Technology 2", "Technology 3"]


def test_a_damaged_line_that_is_ended_is_never_taken_for_a_torn_one(tmp_path: Path) -> None:
    path = tmp_path / "register.json"
    Desk.begun(path, technologies=2)
    whole = journal_path(path).read_bytes()
    joined = whole[: whole[:-1].rindex(b"\n")] + b" " + whole[whole[:-1].rindex(b"\n") + 1 :]
    journal_path(path).write_bytes(joined)

    desk = Desk(path)
    assert desk.names == []
    assert "Line 2" in desk.store.read_only
    with pytest.raises(StoreFault, match="Line 2"):
        desk.store.append([proposed(9)], by=PERSON, at=AT)
    assert journal_path(path).read_bytes() == joined
    assert not list(tmp_path.glob("*.torn-*"))


def test_reading_ends_before_a_changed_line_and_nothing_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / "register.json"
    Desk.begun(path, technologies=4)
    lines = journal_path(path).read_bytes().splitlines(keepends=True)
    lines[3] = lines[3].replace(b"Technology 3", b"Technology X")
    journal_path(path).write_bytes(b"".join(lines))

    desk = Desk(path)
    assert desk.names == ["Technology 1", "Technology 2"]
    assert desk.store.read_only.startswith("Line 4 of register.journal.jsonl was changed")
    assert desk.store.read_only in desk.store.notices
    assert [line for line, _ in FileStore(path).history()] == [1, 2, 3]


def test_a_changed_line_behind_the_snapshot_is_noticed_on_opening(tmp_path: Path) -> None:
    path = tmp_path / "register.json"
    desk = Desk.begun(path, technologies=2)
    desk.save()
    desk.write(proposed(3))
    content = journal_path(path).read_bytes().replace(b"Technology 3", b"Technology X")
    journal_path(path).write_bytes(content)

    fresh = Desk(path)
    assert fresh.names == ["Technology 1", "Technology 2"]
    assert fresh.store.read_only.startswith("Line 4 ")
    assert fresh.store.generation == 0


def test_a_copy_of_the_same_journal_put_in_its_place_changes_nothing(tmp_path: Path) -> None:
    desk = Desk.begun(tmp_path / "register.json", technologies=2)
    journal = journal_path(desk.store.path)
    copy = tmp_path / "copy"
    copy.write_bytes(journal.read_bytes())
    os.replace(copy, journal)
    assert desk.store.changed()
    assert desk.catch_up() == []
    assert desk.store.generation == 0
    desk.write(proposed(3))
    assert len(list(desk.store.history())) == 4


def test_history_of_one_technology_gives_its_lines_alone(tmp_path: Path) -> None:
    desk = Desk.begun(tmp_path / "register.json", technologies=3)
    desk.write(facts(2, 2))
    desk.write(facts(1, 2), facts(2, 3))
    assert [line for line, _ in desk.store.history(technology_id(2))] == [3, 5, 6]
    assert [line for line, _ in desk.store.history()] == [1, 2, 3, 4, 5, 6]
    assert list(FileStore(tmp_path / "none.json").history()) == []


def test_a_revision_out_of_step_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    desk = Desk.begun(tmp_path / "register.json", technologies=1)
    before = journal_path(desk.store.path).read_bytes()
    with pytest.raises(StoreFault, match="revision 5"):
        desk.write(facts(1, 5))
    assert journal_path(desk.store.path).read_bytes() == before
    desk.write(facts(1, 2))


def test_two_stores_on_one_file_see_what_the_other_wrote(tmp_path: Path) -> None:
    one = Desk.begun(tmp_path / "register.json", technologies=1)
    two = Desk(tmp_path / "register.json")
    assert not two.store.changed()
    one.write(facts(1, 2))
    assert two.store.changed()
    assert [commit.events[0].seq for commit in two.catch_up()] == [4]
    assert not two.store.changed()
    two.write(facts(1, 3))
    assert not two.store.changed()
    assert one.store.changed()


def test_an_append_by_one_who_is_behind_is_refused_and_can_be_tried_again(tmp_path: Path) -> None:
    one = Desk.begun(tmp_path / "register.json", technologies=1)
    two = Desk(tmp_path / "register.json")
    one.write(facts(1, 2))
    with pytest.raises(StoreFault, match="Try again"):
        two.store.append([facts(1, 2)], by=PERSON, at=AT)
    assert [commit.events[0].revision for commit in two.catch_up()] == [2]
    two.write(facts(1, 3))
    assert found(tmp_path / "register.json") == []


def test_windows_line_ends_and_a_byte_order_mark_are_read_and_reported(tmp_path: Path) -> None:
    path = tmp_path / "register.json"
    Desk.begun(path, technologies=2).save()
    whole = journal_path(path).read_bytes()
    journal_path(path).write_bytes(b"\xef\xbb\xbf" + whole.replace(b"\n", b"\r\n"))

    desk = Desk(path)
    assert desk.names == ["Technology 1", "Technology 2"]
    assert desk.store.read_only == ""
    desk.write(proposed(3))
    assert {line for line, _ in found(path) if line} == {1, 2, 3}


def test_the_journal_replaced_by_another_register_is_noticed_and_refused(tmp_path: Path) -> None:
    desk = Desk.begun(tmp_path / "register.json", technologies=2)
    Desk.begun(tmp_path / "other.json", technologies=6)
    os.replace(tmp_path / "other.journal.jsonl", tmp_path / "register.journal.jsonl")
    assert desk.store.changed()
    assert desk.catch_up() == []
    assert "replaced by another journal" in desk.store.read_only
    assert not desk.store.changed()
    with pytest.raises(StoreFault, match="replaced by another journal"):
        desk.write(proposed(7))


def test_a_journal_that_vanishes_makes_the_register_read_only_until_it_is_back(
    tmp_path: Path,
) -> None:
    desk = Desk.begun(tmp_path / "register.json", technologies=1)
    journal = journal_path(desk.store.path)
    os.rename(journal, tmp_path / "elsewhere")
    assert not desk.store.changed()
    assert "cannot be reached" in desk.store.read_only
    with pytest.raises(StoreFault, match="gone"):
        desk.store.since(desk.state.head.seq)
    os.rename(tmp_path / "elsewhere", journal)
    assert not desk.store.changed()
    assert desk.store.read_only == ""
    desk.write(proposed(2))


def test_a_journal_cut_while_open_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "register.json"
    desk = Desk.begun(path, technologies=3)
    lines = journal_path(path).read_bytes().splitlines(keepends=True)
    journal_path(path).write_bytes(b"".join(lines[:-1]))
    assert desk.store.changed()
    assert desk.catch_up() == []
    assert "replaced by another journal" in desk.store.read_only


def test_a_register_behind_a_symbolic_link_keeps_its_journal_beside_the_real_file(
    tmp_path: Path,
) -> None:
    (tmp_path / "real").mkdir()
    Desk.begun(tmp_path / "real" / "register.json", technologies=1).save()
    link = tmp_path / "link.json"
    link.symlink_to(tmp_path / "real" / "register.json")
    desk = Desk(link)
    desk.write(proposed(2))
    desk.save()
    assert link.is_symlink()
    assert Desk(tmp_path / "real" / "register.json").names == ["Technology 1", "Technology 2"]
    assert sorted(each.name for each in tmp_path.iterdir()) == ["link.json", "real"]


def test_what_begins_a_register_and_what_carries_a_record_are_kinds_of_event() -> None:
    assert {FIRST, *CARRIED} <= set(EVENT_TYPES)
