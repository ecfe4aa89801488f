"""Emptying events: the bytes are gone, the chain holds, and open windows find out."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from horizon.model.envelope import Draft
from horizon.model.errors import BadInput, StoreFault
from horizon.model.events import DataErased, PersonNamed
from horizon.store.files import FileStore, journal_path
from tests.store.making import AT, PERSON, REGISTER, Desk, facts, found, proposed

SECRET = "Zephyr Nonesuch"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Event 3 and, in one line with others, event 5 hold the secret."""
    desk = Desk.begun(tmp_path / "register.json")
    desk.write(named("p-00000000000000aa", SECRET))
    desk.write(proposed(1), named("p-00000000000000bb", f"{SECRET} junior"))
    desk.write(facts(1, 2))
    desk.save()
    return desk


def named(person: str, name: str) -> Draft:
    return Draft(subject=person, revision=1, data=PersonNamed(name=name))


def files_with(folder: Path, words: str) -> list[str]:
    return [each.name for each in folder.iterdir() if words.encode() in each.read_bytes()]


def test_what_is_emptied_is_gone_from_every_file_and_the_chain_holds(desk: Desk) -> None:
    folder = desk.store.path.parent
    assert files_with(folder, SECRET) == ["register.json", "register.journal.jsonl"] or files_with(
        folder, SECRET
    ) == ["register.journal.jsonl", "register.json"]
    before = [json.loads(line) for line in journal_path(desk.store.path).read_bytes().splitlines()]
    desk.store.empty({3, 5})
    assert files_with(folder, SECRET) == []
    assert found(desk.store.path) == []
    after = [json.loads(line) for line in journal_path(desk.store.path).read_bytes().splitlines()]
    assert [line["hash"] for line in after] == [line["hash"] for line in before]
    emptied = [e for line in after for e in line["events"] if e["data"] is None]
    assert [(event["seq"], event["salt"]) for event in emptied] == [(3, None), (5, None)]
    for line in before:
        for event in line["events"]:
            if event["seq"] in (3, 5):
                event["salt"] = event["data"] = None
    assert after == before


def test_the_register_goes_on_after_an_erasure(desk: Desk) -> None:
    desk.store.empty([3])
    assert desk.catch_up() == []
    assert desk.store.generation == 1
    desk.write(facts(1, 3))
    fresh = Desk(desk.store.path)
    assert fresh.state.head.seq == 7
    assert fresh.state.people["p-00000000000000aa"].erased
    fresh.save()
    assert found(desk.store.path) == []
    assert files_with(desk.store.path.parent, f'{SECRET}"') == []


def test_emptying_again_changes_nothing(desk: Desk) -> None:
    desk.store.empty([3])
    once = journal_path(desk.store.path).read_bytes()
    desk.store.empty([3])
    assert journal_path(desk.store.path).read_bytes() == once


def test_an_event_that_is_not_there_is_refused_and_nothing_is_emptied(desk: Desk) -> None:
    before = journal_path(desk.store.path).read_bytes()
    with pytest.raises(BadInput, match="no event 0, 99"):
        desk.store.empty([3, 99, 0])
    assert journal_path(desk.store.path).read_bytes() == before


def test_another_window_learns_that_what_it_read_was_emptied(desk: Desk) -> None:
    other = Desk(desk.store.path)
    desk.store.empty([3])
    desk.catch_up()
    desk.write(facts(1, 3))
    assert other.store.changed()
    assert [commit.events[0].revision for commit in other.catch_up()] == [3]
    assert other.store.generation == 1
    assert other.store.read_only == ""
    other.write(facts(1, 4))
    assert [commit.events[0].revision for commit in desk.catch_up()] == [4]
    assert found(desk.store.path) == []


def test_lines_that_others_wrote_before_the_erasure_are_not_lost_to_the_eraser(desk: Desk) -> None:
    other = Desk(desk.store.path)
    other.write(facts(1, 3))
    desk.store.empty([3])
    assert [commit.events[0].revision for commit in desk.catch_up()] == [3]


def test_a_snapshot_from_before_an_erasure_is_rebuilt_and_not_kept(desk: Desk) -> None:
    path = desk.store.path
    saved = path.read_bytes()
    desk.store.empty([3])
    path.write_bytes(saved)  # as when the program stops between the two
    assert any(line == 0 and "erasure" in what for line, what in found(path))
    fresh = Desk(path)
    assert any("erasure" in each for each in fresh.store.notices)
    assert fresh.state.people["p-00000000000000aa"].erased
    fresh.save()
    fresh.store.empty([5])
    assert files_with(path.parent, SECRET) == []
    assert list(path.parent.glob("*damaged*")) == []


def test_files_that_were_set_aside_are_named_since_they_may_hold_it_too(desk: Desk) -> None:
    with open(journal_path(desk.store.path), "ab") as journal:
        journal.write(b'{"torn')
    fresh = Desk(desk.store.path)
    fresh.store.empty([3])
    (aside,) = desk.store.path.parent.glob("*.torn-*")
    assert any(aside.name in each and "delete it" in each for each in fresh.store.notices)
    assert found(desk.store.path) == []
    assert fresh.catch_up() == []


def test_an_erasure_of_a_damaged_journal_is_refused(desk: Desk) -> None:
    journal = journal_path(desk.store.path)
    content = journal.read_bytes().replace(b"junior", b"senior")
    journal.write_bytes(content)
    fresh = FileStore(desk.store.path)
    with pytest.raises(StoreFault, match="Line 3"):
        fresh.empty([3])
    assert journal.read_bytes() == content


def test_the_rewritten_journal_keeps_its_mode(desk: Desk) -> None:
    journal = journal_path(desk.store.path)
    journal.chmod(0o640)
    desk.store.empty([3])
    assert stat.S_IMODE(journal.stat().st_mode) == 0o640


def test_the_record_of_an_erasure_is_an_event_like_any_other(desk: Desk) -> None:
    erased = DataErased(events=(3,), reason="asked for")
    with desk.store.lock():
        desk.catch_up()
        desk.store.append([Draft(subject=REGISTER, revision=2, data=erased)], by=PERSON, at=AT)
        desk.store.empty([3])
    assert [commit.events[0].kind for commit in Desk(desk.store.path).caught_up][
        -1
    ] == "data-erased"
