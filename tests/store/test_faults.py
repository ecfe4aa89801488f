"""Everything that does not add up is found, with its line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from horizon.model.base import canonical
from horizon.model.envelope import commit_hash
from horizon.store.files import journal_path
from tests.store.making import Desk, facts, found


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("faults") / "register.json"
    desk = Desk.begun(path, technologies=3)
    desk.write(facts(1, 2), facts(2, 2))
    return path


def lines_of(path: Path) -> list[bytes]:
    return journal_path(path).read_bytes().splitlines(keepends=True)


def faults_with(register: Path, folder: Path, lines: list[bytes]) -> list[tuple[int, str]]:
    path = folder / "register.json"
    journal_path(path).write_bytes(b"".join(lines))
    return found(path)


@given(data=st.data())
@settings(max_examples=400)
def test_any_single_byte_that_changes_is_found_with_its_line(
    register: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    lines = lines_of(register)
    line = data.draw(st.integers(0, len(lines) - 1), label="line")
    place = data.draw(st.integers(0, len(lines[line]) - 1), label="place")
    value = data.draw(st.integers(0, 255).filter(lambda v: v != lines[line][place]), label="value")
    changed = bytearray(lines[line])
    changed[place] = value
    path = tmp_path_factory.getbasetemp() / "flip" / "register.json"
    path.parent.mkdir(exist_ok=True)
    faults = faults_with(register, path.parent, [*lines[:line], bytes(changed), *lines[line + 1 :]])
    assert faults
    assert min(number for number, _ in faults) == line + 1


def test_every_byte_of_one_line_counts(register: Path, tmp_path: Path) -> None:
    lines = lines_of(register)
    for place in range(0, len(lines[2]), 3):
        changed = bytearray(lines[2])
        changed[place] ^= 1
        faults = faults_with(register, tmp_path, [*lines[:2], bytes(changed), *lines[3:]])
        assert min(number for number, _ in faults) == 3, (place, faults)


Change = Callable[[list[bytes]], list[bytes]]


def removed(lines: list[bytes]) -> list[bytes]:
    return [*lines[:2], *lines[3:]]


def repeated(lines: list[bytes]) -> list[bytes]:
    return [*lines[:3], *lines[2:]]


def swapped(lines: list[bytes]) -> list[bytes]:
    return [*lines[:2], lines[3], lines[2], *lines[4:]]


def forked(lines: list[bytes]) -> list[bytes]:
    """Another event 5 beside the one that is there, as two machines would write them."""
    other = json.loads(lines[3])
    other["events"][0]["by"] = "p-ffffffffffffffff"
    return [*lines[:4], rehashed(other), *lines[4:]]


def respaced(lines: list[bytes]) -> list[bytes]:
    return [*lines[:2], json.dumps(json.loads(lines[2])).encode() + b"\n", *lines[3:]]


def blank(lines: list[bytes]) -> list[bytes]:
    return [*lines[:2], b"\n", *lines[3:]]


def marked_by_a_merge(lines: list[bytes]) -> list[bytes]:
    return [*lines[:2], b"<<<<<<< HEAD\n", *lines[2:]]


def rehashed(line: dict[str, object]) -> bytes:
    """The line as somebody would write it who knows how the hash is made."""
    events = line["events"]
    assert isinstance(events, list)
    sealed = [{k: v for k, v in event.items() if k not in ("salt", "data")} for event in events]
    line["hash"] = commit_hash(str(line["prev"]), sealed)
    return canonical(line) + b"\n"


def rewritten_with_its_hash(lines: list[bytes]) -> list[bytes]:
    """A forger who changes who did it and makes the hash anew is caught by the next line."""
    line = json.loads(lines[2])
    line["events"][0]["by"] = "p-ffffffffffffffff"
    return [*lines[:2], rehashed(line), *lines[3:]]


def without_half_its_data(lines: list[bytes]) -> list[bytes]:
    line = json.loads(lines[2])
    line["events"][0]["data"] = None
    return [*lines[:2], canonical(line) + b"\n", *lines[3:]]


@pytest.mark.parametrize(
    ("change", "line", "words"),
    [
        (removed, 3, "does not follow from the line before it"),
        (removed, 3, "event 4 is missing"),
        (repeated, 4, "although event 4 came before it"),
        (swapped, 3, "does not follow"),
        (forked, 5, "does not follow"),
        (forked, 5, "although event 5 came before it"),
        (respaced, 3, "is not spelled as Horizon writes it"),
        (blank, 3, "cannot be read"),
        (marked_by_a_merge, 3, "cannot be read"),
        (rewritten_with_its_hash, 4, "does not follow"),
        (without_half_its_data, 3, "has lost its salt or its data"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_what_was_done_to_the_journal_is_named(
    register: Path, tmp_path: Path, change: Change, line: int, words: str
) -> None:
    faults = faults_with(register, tmp_path, change(lines_of(register)))
    assert min(number for number, _ in faults) == line
    assert any(number == line and words in what for number, what in faults), faults


def test_a_journal_without_its_first_line_does_not_begin_anywhere(
    register: Path, tmp_path: Path
) -> None:
    faults = faults_with(register, tmp_path, lines_of(register)[1:])
    assert {number for number, _ in faults} == {1}


def test_a_forged_revision_is_found_though_every_hash_fits(register: Path, tmp_path: Path) -> None:
    lines = lines_of(register)
    last = json.loads(lines[-1])
    last["events"][0]["revision"] = 7
    faults = faults_with(register, tmp_path, [*lines[:-1], rehashed(last)])
    assert [(number, "revision 7" in what) for number, what in faults] == [(5, True)]


def test_a_number_written_as_text_is_found_though_every_hash_fits(
    register: Path, tmp_path: Path
) -> None:
    lines = lines_of(register)
    last = json.loads(lines[-1])
    last["events"][0]["revision"] = "2"
    faults = faults_with(register, tmp_path, [*lines[:-1], rehashed(last)])
    assert [number for number, _ in faults] == [5]


@pytest.mark.parametrize("junk", [b"null", b"[]", b"{}", b"[" * 100_000, b'{"events":[]}', b"\xff"])
def test_a_line_of_junk_is_one_fault_and_never_a_crash(
    register: Path, tmp_path: Path, junk: bytes
) -> None:
    lines = lines_of(register)
    faults = faults_with(register, tmp_path, [*lines[:2], junk + b"\n", *lines[2:]])
    assert [number for number, _ in faults] == [3]
