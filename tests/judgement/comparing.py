"""Candidates to compare, made by hand and by chance."""

from __future__ import annotations

import random

from horizon.judgement.samples import Candidate


def candidate(name: str, *mid: int, give: int = 0) -> Candidate:
    """A candidate with these middles, and intervals that reach `give` further both ways."""
    return Candidate(
        name,
        mid,
        tuple(max(0, each - give) for each in mid),
        tuple(min(1000, each + give) for each in mid),
    )


def by_chance(
    size: int, *, principles: int = 5, give: int = 0, seed: int = 1, step: int = 1
) -> list[Candidate]:
    """So many candidates. A large `step` makes ties."""
    dice = random.Random(seed)
    return [
        candidate(
            f"c{number}",
            *(dice.randrange(0, 1001, step) for _ in range(principles)),
            give=give,
        )
        for number in range(size)
    ]
