"""What somebody may do to a journal on purpose, line by line and bit by bit, and what is found.

Lines are put to the chain from the place before them, as `horizon verify` does, so that every
change can be tried on every line without reading the whole journal each time.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from horizon.model.base import canonical
from horizon.model.envelope import commit_hash, data_digest
from horizon.store.chain import Chain
from horizon.store.checking import faults_of_snapshot
from horizon.store.files import journal_path
from horizon.store.journal import JournalFile
from horizon.store.quick import doubtful
from horizon.store.snapshot import SnapshotStorage


@dataclass
class Tried:
    """How many changes were tried, how many were found, how many under the right line.

    `missed` says where the others were.
    """

    tried: int = 0
    found: int = 0
    named: int = 0
    missed: list[str] = field(default_factory=list)

    def count(self, where: str, wanted: int, first: int | None) -> None:
        self.tried += 1
        self.found += first is not None
        self.named += first == wanted
        if first != wanted and len(self.missed) < 20:
            self.missed.append(f"{where}: {first}")


class Journal:
    """The lines of a journal, with the chain as it stands before each of them."""

    def __init__(self, path: Path) -> None:
        self.lines = journal_path(path).read_bytes().splitlines(keepends=True)
        self.places: list[tuple[int | None, frozenset[str]]] = []
        chain = Chain()
        for raw in self.lines:
            self.places.append((chain.seq, chain.hashes))
            examined = chain.examine(raw[:-1], strict=True)
            assert examined.commit is not None
            assert not examined.findings
            chain.advance(examined.commit, examined.hashes)

    def before(self, line: int) -> Chain:
        """The chain before line `line`, counted from 1."""
        return Chain(*self.places[line - 1])

    def first_fault(self, line: int, instead: bytes) -> int | None:
        """The first line that does not add up when `instead` stands from line `line` on."""
        chain = self.before(line)
        for number, raw in enumerate(instead.splitlines(keepends=True), start=line):
            examined = chain.examine(raw.removesuffix(b"\n"), strict=True)
            if examined.findings or not raw.endswith(b"\n"):
                return number
            chain.advance(examined.commit, examined.hashes)
        return None

    def first_doubt(self, line: int, instead: bytes) -> int | None:
        """The same by the check of the chain alone."""
        raws = instead.splitlines(keepends=True)
        for number, _ in doubtful(raws, self.before(line), lambda heard: None):
            return line - 1 + number
        return None


def every_bit(journal: Journal, *, quick: bool = False, at_most: int | None = None) -> Tried:
    """Flip every bit of every line, one at a time; or of `at_most` bytes of each, evenly spread."""
    tried = Tried()
    look = journal.first_doubt if quick else journal.first_fault
    for number, raw in enumerate(journal.lines, start=1):
        if quick and number == 1:
            continue  # the chain alone leaves the first line to the whole check
        for place in range(0, len(raw), max(1, len(raw) // (at_most or len(raw)))):
            changed = bytearray(raw)
            for bit in range(8):
                changed[place] ^= 1 << bit
                tried.count(f"{number}:{place}:{bit}", number, look(number, bytes(changed)))
                changed[place] ^= 1 << bit
    return tried


def removed(journal: Journal) -> Tried:
    """Take each line out but the last, which only a paper tells."""
    tried = Tried()
    for number in range(1, len(journal.lines)):
        tried.count(f"{number}", number, journal.first_fault(number, journal.lines[number]))
    return tried


def inserted(journal: Journal) -> Tried:
    """Put each line in a second time, behind itself and at the very end."""
    tried = Tried()
    end = len(journal.lines)
    last = journal.lines[-1]
    for number, raw in enumerate(journal.lines, start=1):
        tried.count(f"{number} twice", number + 1, journal.first_fault(number, raw + raw))
        tried.count(f"{number} at the end", end + 1, journal.first_fault(end, last + raw))
    return tried


def swapped(journal: Journal) -> Tried:
    """Swap each line with the next."""
    tried = Tried()
    for number in range(1, len(journal.lines)):
        one, other = journal.lines[number - 1 : number + 1]
        tried.count(f"{number}", number, journal.first_fault(number, other + one))
    return tried


def shortened(journal: Journal) -> Tried:
    """Cut each line short: its last byte, its last ten, half of it, all but one byte."""
    tried = Tried()
    for number, raw in enumerate(journal.lines, start=1):
        for kept in (len(raw) - 2, len(raw) - 11, len(raw) // 2, 1):
            cut = raw[:kept] + b"\n"
            tried.count(f"{number}:{kept}", number, journal.first_fault(number, cut))
    return tried


def texts(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where a record holds text that is not empty."""
    if isinstance(value, str) and value:
        yield path
    pairs: Iterable[tuple[Any, Any]] = ()
    if isinstance(value, dict):
        pairs = value.items()
    elif isinstance(value, list):
        pairs = enumerate(value)
    for key, each in pairs:
        yield from texts(each, (*path, key))


def with_text_changed(record: Any, path: tuple[Any, ...]) -> Any:
    """A copy of the record with the text at `path` spelled differently."""
    made = json.loads(json.dumps(record))
    place = made
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = place[path[-1]] + "x"
    return made


def snapshot_edited(path: Path) -> Tried:
    """Change one text in every record of register.json, a record at a time."""
    tried, journal = Tried(), JournalFile(journal_path(path))
    whole = path.read_bytes()
    tables = json.loads(whole)
    try:
        for table, records in tables.items():
            for key, record in records.items():
                place = next(texts(record), None)
                if place is None:
                    continue
                edited = {**records, key: with_text_changed(record, place)}
                path.write_bytes(canonical({**tables, table: edited}))
                fault = next(faults_of_snapshot(journal, SnapshotStorage(path)), None)
                tried.count(f"{table} {key}", 0, fault and fault.line)
    finally:
        path.write_bytes(whole)
    return tried


def rebuilt(path: Path, change: Callable[[list[dict[str, Any]]], None]) -> None:
    """Change the journal's lines and make every digest and hash anew, as somebody would who has
    read how they are made. register.json is made anew too."""
    lines = [json.loads(raw) for raw in journal_path(path).read_bytes().splitlines()]
    change(lines)
    prev = "0" * 64
    with open(journal_path(path), "wb") as file:
        for line in lines:
            for event in line["events"]:
                if event["data"] is not None:
                    event["digest"] = data_digest(event["salt"], event["data"])
            sealed = [
                {key: value for key, value in event.items() if key not in ("salt", "data")}
                for event in line["events"]
            ]
            line["prev"], line["hash"] = prev, commit_hash(prev, sealed)
            prev = line["hash"]
            file.write(canonical(line) + b"\n")
    path.unlink(missing_ok=True)


KINDS: dict[str, Callable[[Journal], Tried]] = {
    "A line removed": removed,
    "A line put in twice": inserted,
    "Two lines swapped": swapped,
    "A line cut short": shortened,
}
