"""Two candidates side by side: how sure it is that one leads, and what would swap them (scoring
method 3.5). Exact throughout: whole numbers and fractions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from math import comb

from horizon.framework.schema import Framework
from horizon.judgement.samples import Candidate
from horizon.judgement.scoring import Cell, read_principle, value_at

UNSURE = Fraction(1, 20)
"""How near 0 or 1 the share of weights must be under which one beats the other, for the two to be
told apart."""


def beats(first: Sequence[int], second: Sequence[int]) -> Fraction:
    """The share of all possible weights under which `first` comes to more than `second`.

    For weights evenly spread on the simplex the share is the divided difference of x_+^(n-1) at
    the differences of the values: their weighted sum has a B-spline for its density (Curry and
    Schoenberg 1966). Exact, also where differences repeat.
    """
    return _share(tuple(sorted(a - b for a, b in zip(first, second, strict=True))))


@lru_cache(maxsize=200_000)
def _share(nodes: tuple[int, ...]) -> Fraction:
    if nodes[-1] <= 0:
        return Fraction(0)
    if nodes[0] >= 0:
        return Fraction(1)  # more on something, and less on nothing
    order = len(nodes) - 1
    column = [_derivative(node, order, 0) for node in nodes]
    for width in range(1, len(nodes)):
        column = [
            (column[at + 1] - column[at]) / (nodes[at + width] - nodes[at])
            if nodes[at + width] != nodes[at]
            else _derivative(nodes[at], order, width)
            for at in range(len(nodes) - width)
        ]
    return column[0]


def _derivative(x: int, order: int, times: int) -> Fraction:
    """The derivative of x_+^order, taken so many times and divided by that many factorial."""
    return Fraction(comb(order, times) * x ** (order - times)) if x > 0 else Fraction(0)


@dataclass(frozen=True, slots=True)
class Overall:
    """An overall reading as a weighted mean: times the sum of the weights, so that it is whole."""

    low: int
    mid: int
    high: int


def overall(candidate: Candidate, weights: Sequence[int]) -> Overall:
    """What a candidate comes to under these weights."""

    def total(values: Sequence[int]) -> int:
        return sum(weight * value for weight, value in zip(weights, values, strict=True))

    return Overall(total(candidate.low), total(candidate.mid), total(candidate.high))


def told_apart(first: Candidate, second: Candidate, weights: Sequence[int]) -> bool:
    """Whether the two can be distinguished: their overall intervals do not overlap, and one of
    them comes to more under nearly all weights."""
    one, other = overall(first, weights), overall(second, weights)
    if one.low <= other.high and other.low <= one.high:
        return False
    return are_clear(beats(first.mid, second.mid))


def are_clear(share: Fraction) -> bool:
    """Whether one of two comes to more under nearly all weights."""
    return share <= UNSURE or share >= 1 - UNSURE


@dataclass(frozen=True, slots=True)
class WeightMove:
    """The least weight to move for the two to draw level: how much from which principle, all to
    `to`. Amounts are on the scale of the weights given; anything more swaps the two."""

    taken: tuple[tuple[int, Fraction], ...]
    to: int

    @property
    def amount(self) -> Fraction:
        return sum((each for _, each in self.taken), Fraction(0))


def least_move(
    leader: Sequence[int], other: Sequence[int], weights: Sequence[int]
) -> WeightMove | None:
    """The least weight that must move from one principle to another until the leader leads no
    more. `None` where no weights reverse it: the leader is at least as good on every principle.
    """
    better = [a - b for a, b in zip(leader, other, strict=True)]
    lead = Fraction(sum(weight * each for weight, each in zip(weights, better, strict=True)))
    to = min(range(len(better)), key=lambda at: (better[at], at))
    if better[to] >= 0:
        return None
    taken = []
    for at in sorted(range(len(better)), key=lambda at: (-better[at], at)):
        gain = better[at] - better[to]
        if lead <= 0 or gain == 0:
            break
        amount = min(Fraction(weights[at]), lead / gain)
        if amount:
            taken.append((at, amount))
            lead -= amount * gain
    return WeightMove(tuple(taken), to)


def swap_points(
    leader: Sequence[int], other: Sequence[int], weights: Sequence[int]
) -> tuple[Fraction | None, ...]:
    """For each principle, the share of all weight at which the two draw level, the others keeping
    their proportions. `None` where there is no such share between 0 and 1."""
    better = [a - b for a, b in zip(leader, other, strict=True)]
    points: list[Fraction | None] = []
    for at, each in enumerate(better):
        rest = sum(weights) - weights[at]
        if not rest:
            points.append(None)
            continue
        led = sum(w * d for w, d in zip(weights, better, strict=True)) - weights[at] * each
        without = Fraction(led, rest)
        point = without / (without - each) if without != each else None
        points.append(point if point is not None and 0 <= point <= 1 else None)
    return tuple(points)


@dataclass(frozen=True, slots=True)
class ScoreChange:
    """One criterion of one candidate, scored `levels` higher (lower where negative)."""

    candidate: str
    criterion: str
    levels: int


Cells = Mapping[str, Cell]


def cheapest_change(
    framework: Framework,
    weights: Sequence[int],
    leader: tuple[str, Cells],
    other: tuple[str, Cells],
) -> ScoreChange | None:
    """The fewest levels on one criterion, of either candidate, that close the leader's lead.

    Only what somebody scored is moved, and by its median; of several as cheap, the first in the
    order of the framework, the other's scores before the leader's. `None` where no single
    criterion closes it.
    """
    lead = _total(framework, weights, leader[1]) - _total(framework, weights, other[1])
    best: ScoreChange | None = None
    for (name, cells), sign in ((other, 1), (leader, -1)):
        for at, principle in enumerate(framework.principles):
            before = _principle(framework, at, cells)
            for criterion in principle.criteria:
                most = abs(best.levels) - 1 if best else 5
                for levels in range(1, most + 1):
                    moved = _moved(cells, criterion.id, sign * levels)
                    if moved is None:
                        break
                    gained = sign * (_principle(framework, at, moved) - before)
                    if weights[at] * gained >= lead:
                        best = ScoreChange(name, criterion.id, sign * levels)
                        break
    return best


def _total(framework: Framework, weights: Sequence[int], cells: Cells) -> int:
    places = range(len(framework.principles))
    return sum(weights[at] * _principle(framework, at, cells) for at in places)


def _principle(framework: Framework, at: int, cells: Cells) -> int:
    return read_principle(framework.principles[at], cells, framework.policy).mid


def _moved(cells: Cells, criterion: str, levels: int) -> Cells | None:
    """The cells with one median so many levels higher, or `None` where it cannot go there."""
    cell = cells[criterion]
    if not cell.levels or not cell.applicable:
        return None
    count = len(cell.levels)
    median = 5 * (cell.levels[(count - 1) // 2] + cell.levels[count // 2]) + 10 * levels
    if not 0 <= median <= 50:
        return None
    return {**cells, criterion: replace(cell, mid=value_at(cell.criterion, median))}
