"""What a damaged journal still holds: the lines that can be believed, and what is wrong with the
others."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from horizon.model.base import canonical
from horizon.model.envelope import GENESIS, Commit
from horizon.store.chain import emptied, read_line


@dataclass(frozen=True, slots=True)
class Whole:
    """A line that adds up by itself: its number in the damaged journal, its bytes and what it says.
    `emptied` are events whose data was damaged; the line is given without it."""

    number: int
    raw: bytes
    commit: Commit
    emptied: tuple[int, ...] = ()

    @property
    def first(self) -> int:
        return self.commit.events[0].seq

    @property
    def last(self) -> int:
        return self.commit.events[-1].seq


@dataclass(frozen=True, slots=True)
class Broken:
    """A line that cannot be believed: its number, why, and what it seems to have been. `seqs` are
    the first and the last event that it seems to have held, `entries` how many technologies it
    seems to have entered."""

    number: int
    why: str
    seems: str
    entries: int = 0
    seqs: tuple[int, int] = (0, 0)


@dataclass
class Salvaged:
    """A damaged journal. `chained` are the lines from its beginning that follow one from another,
    `behind` those that still hold beyond the damage, in order; `broken` are the others, `repeated`
    the numbers of lines that were there twice. `gaps` are first and last of events that no line
    holds."""

    chained: list[Whole] = field(default_factory=list)
    behind: list[Whole] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)
    gaps: list[tuple[int, int]] = field(default_factory=list)
    torn: bytes = b""

    @property
    def emptied(self) -> tuple[int, ...]:
        """Events that are there without their data, as that was damaged."""
        return tuple(seq for each in (*self.chained, *self.behind) for seq in each.emptied)

    @property
    def untold(self) -> list[tuple[int, int]]:
        """The gaps that no broken line accounts for."""
        told = [each.seqs for each in self.broken]
        return [each for each in self.gaps if each not in told]

    @property
    def is_whole(self) -> bool:
        """Whether all that was ever confirmed is there and in order."""
        return not (self.broken or self.behind or self.gaps or self.emptied)


def salvage(lines: Iterable[bytes]) -> Salvaged:
    """Read a journal (lines with their newlines) as far as it can be read, whatever happened to it.

    Lines that were moved are put in order again, and those that are there twice are taken once.
    """
    found = Salvaged()
    held: dict[str, Whole] = {}
    for number, raw in enumerate(lines, start=1):
        whole = _whole(number, raw.removesuffix(b"\n").removesuffix(b"\r"))
        if whole is None and not raw.endswith(b"\n"):
            found.torn = raw
        elif whole is None:
            found.broken.append(_broken(number, raw))
        elif whole.commit.hash in held:
            found.repeated.append(number)
        else:
            held[whole.commit.hash] = whole
    _order(found, sorted(held.values(), key=lambda each: (each.first, each.number)))
    return found


def _whole(number: int, raw: bytes) -> Whole | None:
    examined = read_line(raw)
    if examined.commit is None:
        return None
    if not examined.findings:
        return Whole(number, _respelled(raw), examined.commit)
    damaged = {seq for seq, what in examined.findings if "digest" in what or "lost its" in what}
    if None in damaged or len(damaged) != len(examined.findings):
        return None
    seqs = frozenset(seq for seq in damaged if seq is not None)
    left, _ = emptied(raw.removeprefix(b"\xef\xbb\xbf"), seqs)
    again = read_line(left)
    if again.commit is None or again.findings:
        return None
    return Whole(number, left, again.commit, tuple(sorted(seqs)))


def _respelled(raw: bytes) -> bytes:
    """A line that adds up as Horizon spells it: its spacing may have been changed."""
    return canonical(json.loads(raw.removeprefix(b"\xef\xbb\xbf")))


def _order(found: Salvaged, lines: list[Whole]) -> None:
    """Follow the chain from the beginning; where two lines claim one place, the one that more
    follows from."""
    named = {each.commit.prev for each in lines}
    seq, prev = 0, GENESIS
    for each in _one_for_each_place(found, lines, named):
        follows = each.commit.prev == prev and each.first == seq + 1
        if follows and not found.behind and not found.gaps:
            found.chained.append(each)
        else:
            found.behind.append(each)
            if each.first > seq + 1:
                found.gaps.append((seq + 1, each.first - 1))
        seq, prev = max(seq, each.last), each.commit.hash


def _one_for_each_place(found: Salvaged, lines: list[Whole], named: set[str]) -> Iterator[Whole]:
    last = 0
    places: dict[int, list[Whole]] = {}
    for each in lines:
        places.setdefault(each.first, []).append(each)
    for first in sorted(places):
        rivals = sorted(places[first], key=lambda each: each.commit.hash not in named)
        for rival in rivals[1:] if first > last else rivals:
            found.broken.append(_rival(rival))
        if first > last:
            last = rivals[0].last
            yield rivals[0]


def _rival(line: Whole) -> Broken:
    kinds = ", ".join(dict.fromkeys(each.kind for each in line.commit.events))
    return Broken(line.number, "belongs to another history of the same events", kinds)


_KIND = re.compile(rb'"kind":"([a-z-]{3,40})"')
_SEQ = re.compile(rb'"seq":(\d{1,9})')
_AT = re.compile(rb'"at":"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z)"')
_ENTERING = (b"technology-proposed", b"legacy-entered", b"technology-carried")


def _broken(number: int, raw: bytes) -> Broken:
    """What can still be told of a line that cannot be read."""
    examined = read_line(raw.rstrip(b"\r\n"))
    why = examined.findings[0][1] if examined.findings else "cannot be read"
    kinds = [each for each in _KIND.findall(raw) if b"-" in each]
    said = [", ".join(dict.fromkeys(each.decode() for each in kinds))]
    if seqs := [int(each) for each in _SEQ.findall(raw)]:
        said.append(f"event {seqs[0]}" if len(seqs) == 1 else f"events {seqs[0]} to {seqs[-1]}")
    if at := _AT.search(raw):
        said.append(f"of {at[1].decode()}")
    seems = " ".join(each for each in said if each) or "nothing that can be told"
    held = (seqs[0], seqs[-1]) if seqs else (0, 0)
    return Broken(number, why, seems, sum(each in _ENTERING for each in kinds), held)
