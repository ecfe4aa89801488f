"""How a long record is said: titled parts, each of things that are said. Whoever shows one decides
how it looks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Weight(StrEnum):
    """How what is said weighs. It may be coloured; the words always say the same."""

    PLAIN = "plain"
    GOOD = "good"
    CARE = "care"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a record says.

    `name` is what it is about, empty where the text stands for itself. `notes` are said under it,
    each on a line of its own.
    """

    text: str
    name: str = ""
    notes: tuple[str, ...] = ()
    weight: Weight = Weight.PLAIN


@dataclass(frozen=True, slots=True)
class Part:
    """A titled part of a record. `key` names it for programs."""

    key: str
    title: str
    said: tuple[Said, ...]
