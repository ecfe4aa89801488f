"""The journal from its end: what each line is about, without reading what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from horizon.store import journal
from horizon.store.files import FileStore, journal_path
from tests.store.making import Desk, facts, proposed


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A register of lines of several lengths, some with many events."""
    desk = Desk.begun(tmp_path / "register.json", technologies=6)
    desk.write(*[proposed(number, summary="long " * 40) for number in range(10, 30)])
    desk.write(facts(1, 2), facts(2, 2))
    desk.write(facts(1, 3))
    return desk


@pytest.mark.parametrize("block", [1, 7, 300, 5000, 1 << 18])
def test_newest_first_is_the_history_backwards_whatever_is_read_at_once(
    desk: Desk, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "BLOCK", block)
    found = list(desk.store.outline())
    forwards = list(desk.store.history())
    assert [each.line for each in found] == [line for line, _ in reversed(forwards)]
    for each, (_, commit) in zip(found, reversed(forwards), strict=True):
        assert desk.store.commit_at(each.place) == commit
        assert [(e.seq, e.at, e.by, e.kind, e.subject) for e in each.events] == [
            (e.seq, e.at, e.by, e.kind, e.subject) for e in commit.events
        ]


def test_a_store_that_has_read_nothing_yet_outlines_nothing(desk: Desk) -> None:
    assert list(FileStore(desk.store.path).outline()) == []


def test_what_is_written_meanwhile_is_outlined_by_the_next_reading(desk: Desk) -> None:
    reading = desk.store.outline()
    newest = next(reading)
    desk.write(facts(1, 4))
    assert next(reading).line == newest.line - 1
    assert next(desk.store.outline()).line == newest.line + 1


def test_a_line_that_was_torn_at_the_end_is_not_part_of_it(desk: Desk) -> None:
    before = len(list(desk.store.outline()))
    with journal_path(desk.store.path).open("ab") as file:
        file.write(b'{"events":[{"at":')
    again = Desk(desk.store.path)
    assert len(list(again.store.outline())) == before


def test_a_line_of_another_form_ends_the_outline(desk: Desk) -> None:
    path = journal_path(desk.store.path)
    lines = path.read_bytes().splitlines(keepends=True)
    lines[3] = b"x" * (len(lines[3]) - 1) + b"\n"
    path.write_bytes(b"".join(lines))
    assert [each.line for each in desk.store.outline()] == list(range(len(lines), 4, -1))


def test_a_place_in_a_journal_that_was_rewritten_gives_nothing_false(desk: Desk) -> None:
    newest = next(desk.store.outline())
    desk.store.empty({3})
    found = desk.store.commit_at(newest.place)
    assert found is None or found.events[-1].seq != newest.events[-1].seq


def test_the_faults_of_each_line_are_told_of_as_they_are_looked_for(desk: Desk) -> None:
    seen: list[int] = []
    assert list(desk.store.faults(seen.append)) == []
    assert seen == list(range(1, len(list(desk.store.history())) + 1))
