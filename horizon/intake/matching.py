"""Which row of a newer edition is which row of an older one: rows move, names change, ids stay."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import TypeVar

import msgspec

from horizon.intake.reading import Read, Unread, digest_of
from horizon.model.state import State
from horizon.register.desk import plain_name

ENOUGH = 3
"""Rows that two editions of a list must share, at least, to be taken for editions of one."""


class OriginPart(msgspec.Struct, frozen=True):
    """An origin as imports need it."""

    number: int
    source: str
    key: str = ""
    fields: dict[str, str] = {}
    leads: bool = True
    gone_on: date | None = None


class Held(msgspec.Struct, frozen=True):
    """A technology as imports need it."""

    id: str
    label: str
    name: str
    revision: int
    origins: tuple[OriginPart, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """A row that was taken in before: the technology, and its origin there."""

    technology: Held
    origin: OriginPart


def held(state: State) -> list[Held]:
    """Every technology, as imports need it."""
    return [state.technologies.part(key, Held) for key in state.technologies]


def editions(technologies: Iterable[Held]) -> dict[str, list[Taken]]:
    """The rows taken in so far, by the name of their source."""
    found: dict[str, list[Taken]] = defaultdict(list)
    for each in technologies:
        for origin in each.origins:
            found[origin.source].append(Taken(each, origin))
    return dict(found)


_DATE = re.compile(r"(?<!\d)(19|20)\d\d([-_. ]?[01]\d([-_. ]?[0-3]\d)?)?(?!\d)")
_COPY = re.compile(r"\(\d+\)|\b(copy|final|latest|new|old|draft|edition|version|v)\b|\bv?\d+\b")


def called(file: str) -> str:
    """What a list is called, whichever edition of it a file holds: the file's name without dates,
    numbers of versions and copies. `zalando_radar_2026-05-06.json`: `zalando radar`."""
    stem = PurePath(file).stem.casefold()
    spoken = re.sub(r"[-_.\s]+", " ", _DATE.sub(" ", stem))
    name = " ".join(_COPY.sub(" ", spoken).split())
    return name or " ".join(stem.split()) or file


def source_of(
    file: str, named: str, rows: Sequence[Read], known: dict[str, list[Taken]]
) -> tuple[str, str]:
    """The list that a file is an edition of, and what to say where that was found out.

    As `named` by the person, else by the file's name, else the list with which it shares at least
    half of its rows.
    """
    if named:
        return named, ""
    name = called(file)
    if name in known:
        return name, ""
    best, shared = "", 0
    for source, taken in known.items():
        common = len(match(rows, taken))
        if common > shared and common >= max(ENOUGH, min(len(rows), len(taken)) / 2):
            best, shared = source, common
    if not best:
        return name, ""
    return best, (
        f"{shared} of its {len(rows)} rows were taken in from {best!r} before, so it is read as a "
        "newer edition of that. Say otherwise with: --source NAME"
    )


def match(rows: Sequence[Read], taken: Sequence[Taken]) -> dict[int, Taken]:
    """The rows that were taken in before, by their place in the import (`Row.at`).

    By the source's own key; else by name, source and supplier together; else by name, where of
    several the one that says most of the same counts; else by address, where that fits one row and
    one origin and the source has no keys.
    """
    found: dict[int, Taken] = {}
    left_rows, left_taken = list(rows), list(taken)
    ways: list[tuple[Callable[[Read], Hashable], Callable[[Taken], Hashable]]] = [
        (lambda row: row.key, lambda old: old.origin.key),
        (
            lambda row: _all(row.fields, "name", "source", "supplier"),
            lambda old: _all(old.origin.fields, "name", "source", "supplier"),
        ),
        (lambda row: row.fields.get("name"), lambda old: old.origin.fields.get("name")),
        (lambda row: _address(row.fields), lambda old: _address(old.origin.fields)),
    ]
    for of_row, of_taken in ways:
        by_row, by_taken = _grouped(left_rows, of_row), _grouped(left_taken, of_taken)
        by_address = of_row is ways[-1][0]
        for value, others in by_taken.items():
            group = by_row.get(value, [])
            if not by_address:
                found |= _paired(group, others)
            elif len(group) == 1 == len(others) and not (group[0].key and others[0].origin.key):
                found[group[0].row.at] = others[0]
        gone = {id(each) for each in found.values()}
        left_rows = [each for each in left_rows if each.row.at not in found]
        left_taken = [each for each in left_taken if id(each) not in gone]
    return found


def _paired(rows: Sequence[Read], taken: Sequence[Taken]) -> dict[int, Taken]:
    """Rows and origins of one name in pairs: those that say most of the same first."""
    found: dict[int, Taken] = {}
    left = list(rows)
    for old in taken:
        if not left:
            break
        best = max(left, key=lambda row: len(row.fields.items() & old.origin.fields.items()))
        left.remove(best)
        found[best.row.at] = old
    return found


def _all(fields: Mapping[str, str], *names: str) -> Hashable:
    values = tuple(fields.get(name, "") for name in names)
    return values if values[0] else None


_NO_ADDRESS = digest_of("")


def _address(fields: Mapping[str, str]) -> str | None:
    found = fields.get("url")
    return found if found != _NO_ADDRESS else None


def not_listed(
    taken: Iterable[Taken], matched: Mapping[int, Taken], unread: Iterable[Unread]
) -> list[Taken]:
    """The rows that were taken in before and that a newer edition does not list any more."""
    still = {id(each) for each in matched.values()}
    keys = {each.key for each in unread if each.key}
    names = {plain_name(each.name) for each in unread if each.name}
    return [
        each
        for each in taken
        if id(each) not in still
        and each.origin.gone_on is None
        and not (each.origin.key and each.origin.key in keys)
        and plain_name(each.technology.name) not in names
    ]


Item = TypeVar("Item")


def _grouped(items: Iterable[Item], of: Callable[[Item], Hashable]) -> dict[Hashable, list[Item]]:
    """The items by what they are called; those without a name are left out."""
    found: dict[Hashable, list[Item]] = defaultdict(list)
    for each in items:
        if value := of(each):
            found[value].append(each)
    return found
