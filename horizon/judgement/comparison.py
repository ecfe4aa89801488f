"""A comparison of candidates: their order, how much it rests on weights and evidence, and what
would swap two of them (scoring method 3.5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from horizon.framework.schema import Framework
from horizon.judgement.ranking import Place, in_order
from horizon.judgement.rivals import (
    Cells,
    ScoreChange,
    WeightMove,
    beats,
    cheapest_change,
    least_move,
    overall,
    swap_points,
    told_apart,
)
from horizon.judgement.robustness import tally
from horizon.judgement.samples import SAMPLES, Candidate, Stop, Tally, View
from horizon.judgement.scoring import FULL, ValueReading

PLACES = 5
"""How many places there are unless somebody says otherwise."""


def seed_of(framework: Framework) -> int:
    """The seed of a run unless somebody gives one: it follows from the framework, so that nobody
    can be suspected of having looked for one that suits."""
    return int(framework.digest[:16], 16)


@dataclass(frozen=True, slots=True)
class Robustness:
    """Three views of who comes among the first k: under any weights, near the ones given, and
    near them with the evidence drawn from its intervals."""

    anywhere: Tally
    near: Tally
    evidence: Tally

    @property
    def views(self) -> tuple[Tally, Tally, Tally]:
        return self.anywhere, self.near, self.evidence


@dataclass(frozen=True, slots=True)
class Comparison:
    """The candidates in order under `weights`.

    `at` says where in each tally a candidate stands. `robustness` is `None` for a single
    candidate, and where there are places for all of them.
    """

    places: tuple[Place, ...]
    at: dict[str, int]
    weights: tuple[int, ...]
    k: int
    seed: int
    samples: int
    robustness: Robustness | None


def compare(
    candidates: Sequence[Candidate],
    weights: Sequence[int],
    *,
    k: int,
    seed: int,
    samples: int = SAMPLES,
    stop: Stop = lambda: False,
) -> Comparison | None:
    """Order the candidates and see how much that rests on. `None` when stopped.

    `weights` are whole, one for each principle and not all of them 0.
    """
    robustness = None
    if len(candidates) > 1 and k < len(candidates):
        tallies = []
        for view in (
            View.any_weights(len(weights)),
            View.near(weights),
            View.near(weights, evidence=True),
        ):
            counted = tally(candidates, view, k=k, seed=seed, samples=samples, stop=stop)
            if counted is None:
                return None
            tallies.append(counted.evened(_alike(candidates)))
        robustness = Robustness(*tallies)
    return Comparison(
        in_order(candidates, weights),
        {each.id: at for at, each in enumerate(candidates)},
        tuple(weights),
        k,
        seed,
        samples,
        robustness,
    )


def _alike(candidates: Sequence[Candidate]) -> list[list[int]]:
    """Where candidates stand of whom nothing tells one from another, a list for each sort."""
    found: dict[tuple[tuple[int, ...], ...], list[int]] = {}
    for at, each in enumerate(candidates):
        found.setdefault((each.mid, each.low, each.high), []).append(at)
    return list(found.values())


def under(reading: ValueReading, candidate: Candidate, weights: Sequence[int]) -> ValueReading:
    """The overall reading under other weights. A point is printed where it was before."""
    total, reached = sum(weights), overall(candidate, weights)
    mid = (2 * reached.mid + total) // (2 * total)
    return ValueReading(
        reading.id,
        reading.name,
        total,
        low=max(0, reached.low // total),
        high=min(FULL, -(-reached.high // total)),
        mid=mid,
        coverage=reading.coverage,
        point=None if reading.point is None else (mid + 5) // 10,
    )


@dataclass(frozen=True, slots=True)
class Pair:
    """Two candidates, of which `leader` is not behind under the weights given.

    `lead` is in thousandths of the scale. `ahead` are the shares of weights, in whole per cent as
    people read them, under which the leader comes to more: any, near the ones given, near them
    with the evidence. `move` and `change` are `None` where nothing of that sort swaps them.
    """

    leader: Candidate
    other: Candidate
    weights: tuple[int, ...]
    lead: Fraction
    ahead: tuple[Fraction, Fraction, Fraction]
    apart: bool
    move: WeightMove | None
    points: tuple[Fraction | None, ...]
    change: ScoreChange | None

    @property
    def level(self) -> bool:
        """Whether the two come to the same."""
        return self.lead == 0


def pair(
    framework: Framework,
    weights: Sequence[int],
    one: tuple[Candidate, Cells],
    other: tuple[Candidate, Cells],
    *,
    seed: int,
    samples: int = SAMPLES,
    stop: Stop = lambda: False,
) -> Pair | None:
    """What tells two candidates apart, and what would swap them. `None` when stopped."""
    if overall(one[0], weights).mid < overall(other[0], weights).mid:
        one, other = other, one
    leader, behind = one[0], other[0]
    lead = Fraction(overall(leader, weights).mid - overall(behind, weights).mid, sum(weights))
    drawn: list[Fraction] = []
    for evidence in (False, True):
        view = View.near(weights, evidence=evidence)
        counted = tally((leader, behind), view, k=1, seed=seed, samples=samples, stop=stop)
        if counted is None:
            return None
        # where the leader comes to more: all but those in which the other is first, or level
        drawn.append(Fraction(counted.samples - counted.first[1], counted.samples))
    move = least_move(leader.mid, behind.mid, weights) if lead else None
    change = None
    if lead:
        named = (leader.id, one[1]), (behind.id, other[1])
        change = cheapest_change(framework, weights, *named)
    return Pair(
        leader=leader,
        other=behind,
        weights=tuple(weights),
        lead=lead,
        ahead=(beats(leader.mid, behind.mid), drawn[0], drawn[1]),
        apart=told_apart(leader, behind, weights),
        move=move,
        points=swap_points(leader.mid, behind.mid, weights) if lead else (None,) * len(weights),
        change=change,
    )
