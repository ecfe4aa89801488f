"""What is drawn, and what is counted of it: what plain Python and numpy share.

Everything is whole numbers, so that any machine, in blocks of any size, counts the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from horizon.judgement import draws

SAMPLES = 10_000
"""How many sets of weights are drawn. A share of 50 per cent is then right to about a point."""

EVERY_RANK_UP_TO = 256
"""Candidates up to which the rank is read from every sample, and beyond which from every fourth:
a rank needs the whole order, which costs three times what the first k do."""

WEIGHTS, VALUES = 1, 2
"""Names of the streams that weights and values are drawn from."""

Stop = Callable[[], bool]
"""Whether nobody waits for the figures any more."""

Row = Sequence[int]
Sample = tuple[Row, Sequence[Row]]
"""A set of weights, and each candidate's values under it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is compared: its values on each principle, 0 to 1000, and the intervals they lie in."""

    id: str
    mid: tuple[int, ...]
    low: tuple[int, ...]
    high: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class View:
    """Which weights are thought possible: a Dirichlet's whole parameters. `evidence` also draws
    each value from its interval, evenly. `fixed` are weights, together `draws.TOTAL`, that stand
    in every sample."""

    alphas: tuple[int, ...]
    evidence: bool = False
    fixed: tuple[int, ...] | None = None

    @classmethod
    def any_weights(cls, size: int) -> View:
        """All weights on `size` principles, as if nothing were known of them."""
        return cls(draws.anywhere(size))

    @classmethod
    def near(cls, weights: Sequence[int], *, evidence: bool = False) -> View:
        """Weights near given ones."""
        return cls(draws.near(weights), evidence)

    @classmethod
    def at(cls, weights: Sequence[int]) -> View:
        """These weights alone, in proportion, and the evidence uncertain."""
        return cls(draws.anywhere(len(weights)), evidence=True, fixed=to_total(weights))


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted, for each candidate in turn.

    `top` how often it came among the first k, `first` how often nobody was better, `ranks` its
    ranks added up over `ranked` samples, `weights` the weights added up with which it came first.
    Those who tie share the better rank, so `top` may add up to more than k for each sample.
    """

    samples: int
    ranked: int
    top: tuple[int, ...]
    first: tuple[int, ...]
    ranks: tuple[int, ...]
    weights: tuple[tuple[int, ...], ...]

    def evened(self, alike: Iterable[Sequence[int]]) -> Tally:
        """The same with one figure for candidates that are alike, at these places: what they
        differ by is the luck of the draw."""
        top, first, ranks = list(self.top), list(self.first), list(self.ranks)
        weights = list(self.weights)
        for places in alike:
            for counted in (top, first, ranks):
                mean = _mean([counted[at] for at in places])
                for at in places:
                    counted[at] = mean
            known = [weights[at] for at in places if weights[at]]
            mean_weights = tuple(_mean(each) for each in zip(*known, strict=True))
            for at in places:
                weights[at] = mean_weights if first[at] else ()
        return replace(
            self, top=tuple(top), first=tuple(first), ranks=tuple(ranks), weights=tuple(weights)
        )

    def share(self, at: int) -> int:
        """How often it came among the first k, in whole per cent."""
        return percent(self.top[at], self.samples)

    def expected_rank(self, at: int) -> int:
        """Its mean rank, to the nearest whole."""
        return (2 * self.ranks[at] + self.ranked) // (2 * self.ranked)

    def central(self, at: int) -> tuple[int, ...] | None:
        """The mean of the weights with which it came first, in shares of `draws.TOTAL`; `None`
        when it never did."""
        times = self.first[at]
        if not times:
            return None
        return to_total(self.weights[at])


def _mean(counted: Sequence[int]) -> int:
    """The mean, to the nearest whole."""
    return (2 * sum(counted) + len(counted)) // (2 * len(counted))


def percent(part: int, whole: int) -> int:
    """Whole per cent, rounded half up."""
    return (200 * part + whole) // (2 * whole)


def said(part: int, whole: int) -> str:
    """A share as people read it. What is rare is not said to be impossible."""
    if part > 0 and 200 * part < whole:
        return "<1%"
    if part < whole and 200 * (whole - part) < whole:
        return ">99%"
    return f"{percent(part, whole)}%"


def to_total(weights: Sequence[int], total: int = draws.TOTAL) -> tuple[int, ...]:
    """`weights` in proportion, as whole numbers that add up to `total` (largest remainder)."""
    whole = sum(weights)
    found = [each * total // whole for each in weights]
    short = total - sum(found)
    order = sorted(range(len(found)), key=lambda at: (-(weights[at] * total % whole), at))
    for at in order[:short]:
        found[at] += 1
    return tuple(found)


def stride(candidates: int) -> int:
    """From which samples ranks are read: 1 for all of them."""
    return 1 if candidates <= EVERY_RANK_UP_TO else 4
