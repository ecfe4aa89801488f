"""The order of candidates under given weights, and which of them cannot be told apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from horizon.judgement.rivals import Overall, are_clear, beats, overall
from horizon.judgement.samples import Candidate


@dataclass(frozen=True, slots=True)
class Place:
    """A candidate in the order. Those who tie share the better rank.

    Candidates of one `band` (from 1) cannot be told apart. `undominated` says that nobody is at
    least as good on every principle and better on one.
    """

    candidate: Candidate
    rank: int
    shared: bool
    band: int
    undominated: bool

    @property
    def words(self) -> str:
        """`2`, or `2=` for one of several."""
        return f"{self.rank}{'=' if self.shared else ''}"


def in_order(candidates: Sequence[Candidate], weights: Sequence[int]) -> tuple[Place, ...]:
    """The candidates, best first, by the weighted mean of their middles.

    Those who tie stand in the order they came in. Weights are whole, and not all of them 0.
    """
    found = sorted(
        ((overall(each, weights), each) for each in candidates), key=lambda each: -each[0].mid
    )
    bands = _bands([reached for reached, _ in found], [each for _, each in found])
    best = front(candidates)
    mids = [reached.mid for reached, _ in found]
    return tuple(
        Place(
            candidate=each,
            rank=mids.index(reached.mid) + 1,
            shared=mids.count(reached.mid) > 1,
            band=band,
            undominated=each.id in best,
        )
        for (reached, each), band in zip(found, bands, strict=True)
    )


def _bands(reached: Sequence[Overall], candidates: Sequence[Candidate]) -> list[int]:
    """The band of each of the candidates, which come best first.

    A band ends where everybody before the cut can be told apart from everybody behind it.
    """
    highest = [0] * (len(reached) + 1)
    for at in range(len(reached) - 1, -1, -1):
        highest[at] = max(reached[at].high, highest[at + 1])
    bands: list[int] = []
    band, lowest = 1, 0
    for at, each in enumerate(reached):
        if at and lowest > highest[at] and _all_clear(candidates, at):
            band += 1
        bands.append(band)
        lowest = min(lowest, each.low) if at else each.low
    return bands


def _all_clear(candidates: Sequence[Candidate], cut: int) -> bool:
    return all(
        are_clear(beats(before.mid, after.mid))
        for before in reversed(candidates[:cut])
        for after in candidates[cut:]
    )


def front(candidates: Sequence[Candidate]) -> frozenset[str]:
    """The ids of those whom nobody surpasses: at least as good everywhere and better somewhere.

    Told on the principles, not on their criteria, where nearly all would stand.
    """
    kept: list[Candidate] = []
    for each in sorted(candidates, key=lambda each: -sum(each.mid)):
        if not any(_surpasses(other.mid, each.mid) for other in kept):
            kept.append(each)
    return frozenset(each.id for each in kept)


def _surpasses(one: Sequence[int], other: Sequence[int]) -> bool:
    return one != other and all(a >= b for a, b in zip(one, other, strict=True))
