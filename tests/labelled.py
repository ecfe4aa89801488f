"""The labelled pairs: which entries of real lists are one technology, as a person sees it."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from horizon.register.aliases import Aliases
from horizon.register.likeness import Card, likeness, prepared

FILE = Path(__file__).parent / "data" / "duplicates_labelled.csv"

Scored = tuple[int, bool, int, int]
"""A score, whether the two are one, and their positions."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How well pairs are told: of those pointed out, how many are one (precision); of those that
    are one, how many are pointed out (recall); and the harmonic mean of the two."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def __str__(self) -> str:
        return f"P {self.precision:.3f}  R {self.recall:.3f}  F1 {self.f1:.3f}"


def labelled() -> tuple[list[Card], list[str]]:
    """The entries, and the group of each: entries of one group are one technology."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    cards = [
        Card(
            id=row["id"],
            name=row["name"],
            supplier=row["supplier"],
            owner=row["owner"],
            summary=row["summary"],
            urls=(row["url"],) if row["url"] else (),
        )
        for row in rows
    ]
    return cards, [row["group"] for row in rows]


def scored(cards: Sequence[Card], groups: Sequence[str], table: Aliases) -> list[Scored]:
    """The score of every two entries."""
    made = [prepared(each, table) for each in cards]
    return [
        (likeness(made[one], made[other]).score, groups[one] == groups[other], one, other)
        for one, other in itertools.combinations(range(len(made)), 2)
    ]


def figures(pairs: Iterable[Scored], threshold: int) -> Figures:
    """What pointing out the pairs from a score on would get right."""
    right = wrong = missed = 0
    for score, same, *_ in pairs:
        right += score >= threshold and same
        wrong += score >= threshold and not same
        missed += score < threshold and same
    return Figures(right / max(right + wrong, 1), right / max(right + missed, 1))
