"""The quick look at the chain passes what adds up, and leaves nothing else unsaid."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from horizon.store.chain import Chain
from horizon.store.checking import faults_of_lines
from horizon.store.files import FileStore, journal_path
from horizon.store.journal import JournalFile
from horizon.store.quick import doubtful
from tests.store.making import Desk, facts, proposed
from tests.store.test_faults import Change, removed, repeated, respaced, swapped

ROOT = Path(__file__).parents[2]


def alone(path: Path) -> list[tuple[int, str]]:
    """Line and words of every fault in the chain alone."""
    found = faults_of_lines(JournalFile(journal_path(path)), chain_alone=True)
    return [(each.line, each.what) for each in found]


def examined(path: Path) -> list[int]:
    """The lines that the quick look leaves to a closer one."""
    chain, numbers = Chain(), []
    lines = JournalFile(journal_path(path)).lines()
    for number, raw in doubtful(lines, chain, lambda line: None):
        numbers.append(number)
        looked = chain.examine(raw.removesuffix(b"\n"), strict=True)
        chain.advance(looked.commit, looked.hashes)
    return numbers


@pytest.fixture
def register(tmp_path: Path) -> Path:
    path = tmp_path / "register.json"
    desk = Desk.begun(path, technologies=3)
    desk.write(facts(1, 2), facts(2, 2), facts(3, 2))
    text = 'says ,"data": and ,"digest":"x", ,"salt":"y" and \\ é \u2028 \U0001f600'
    desk.write(proposed(4, summary=text), proposed(5, summary=text * 3))
    desk.write(proposed(6, summary=text))
    return path


def test_lines_that_horizon_wrote_pass_but_for_the_first(register: Path) -> None:
    assert alone(register) == []
    assert examined(register) == [1]


def test_the_illustrative_register_passes() -> None:
    assert alone(ROOT / "register.json") == []
    assert examined(ROOT / "register.json") == [1]


def test_lines_emptied_by_an_erasure_are_looked_at_and_are_no_fault(register: Path) -> None:
    FileStore(register).empty([3, 6, 9])
    assert alone(register) == []
    assert examined(register) == [1, 2, 5, 6]


@pytest.mark.parametrize("change", [removed, repeated, swapped, respaced])
def test_it_names_the_same_line_first_as_the_whole_check(register: Path, change: Change) -> None:
    lines = journal_path(register).read_bytes().splitlines(keepends=True)
    journal_path(register).write_bytes(b"".join(change(lines)))
    whole = [(each.line, each.what) for each in FileStore(register).faults()]
    assert alone(register)[0] == whole[0]
    assert alone(register) == whole


def test_a_torn_last_line_is_said(register: Path) -> None:
    journal_path(register).write_bytes(journal_path(register).read_bytes()[:-1])
    assert [line for line, what in alone(register) if "breaks off" in what] == [7]


def test_two_lines_after_a_changed_one_still_count(register: Path) -> None:
    lines = journal_path(register).read_bytes().splitlines(keepends=True)
    for each in (2, 5):
        line = json.loads(lines[each])
        line["events"][0]["by"] = "p-ffffffffffffffff"
        lines[each] = json.dumps(line, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"
    journal_path(register).write_bytes(b"".join(lines))
    assert {line for line, _ in alone(register)} == {3, 6}
