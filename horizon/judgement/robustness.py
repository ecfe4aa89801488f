"""How much a ranking rests on the weights and on the evidence (scoring method 3.5).

Weights are drawn many times, and it is counted how often each candidate comes among the first k.
numpy is loaded in `counting` and nowhere else, and only when it is installed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import mul

from horizon.judgement import counting, draws
from horizon.judgement.samples import (
    SAMPLES,
    VALUES,
    WEIGHTS,
    Candidate,
    Row,
    Sample,
    Stop,
    Tally,
    View,
    stride,
)

SLICE = 2000
"""Values reckoned in plain Python, about a millisecond, between two looks at whether to stop."""


def samples_of(
    candidates: Sequence[Candidate], view: View, seed: int, numbers: Iterable[int]
) -> Iterator[Sample]:
    """The samples with these numbers, from 0, of the run that `seed` begins."""
    weights, values = draws.stream(seed, WEIGHTS), draws.stream(seed, VALUES)
    mids = [each.mid for each in candidates]
    cells = [
        (low, high) for each in candidates for low, high in zip(each.low, each.high, strict=True)
    ]
    width = len(view.alphas)
    step = draws.numbers_for(len(cells))
    for at in numbers:
        drawn: Sequence[Row] = mids
        if view.evidence:
            bits = draws.draws(values, at * step, len(cells), draws.VALUE_BITS)
            flat = [draws.value_of(*cell, bit) for cell, bit in zip(cells, bits, strict=True)]
            drawn = [flat[start : start + width] for start in range(0, len(flat), width)]
        yield view.fixed or draws.weights_of(weights, at, view.alphas), drawn


def count(samples: Iterable[Sample], k: int, size: int) -> Tally:
    """Count in plain Python, sample by sample, what `size` candidates come to."""
    top, first, ranks = [0] * size, [0] * size, [0] * size
    weights: list[list[int]] = [[] for _ in range(size)]
    every, number, ranked = stride(size), 0, 0
    for number, (given, values) in enumerate(samples, start=1):
        reached = [sum(map(mul, given, row)) for row in values]
        ordered = sorted(reached, reverse=True)
        best, enough = ordered[0], ordered[min(k, size) - 1]
        for at, value in enumerate(reached):
            if value >= enough:
                top[at] += 1
                if value == best:
                    first[at] += 1
                    held = weights[at] or [0] * len(given)
                    weights[at] = [a + b for a, b in zip(held, given, strict=True)]
        if (number - 1) % every == 0:
            ranked += 1
            places: dict[int, int] = {}
            for place, value in enumerate(ordered, start=1):
                places.setdefault(value, place)
            for at, value in enumerate(reached):
                ranks[at] += places[value]
    return Tally(
        number,
        ranked,
        tuple(top),
        tuple(first),
        tuple(ranks),
        tuple(tuple(each) for each in weights),
    )


def tally(
    candidates: Sequence[Candidate],
    view: View,
    *,
    k: int,
    seed: int,
    samples: int = SAMPLES,
    stop: Stop = lambda: False,
) -> Tally | None:
    """Draw and count: with numpy where it is installed, else in plain Python. Both count the same.

    `k` is how many places there are, 1 or more; there must be a candidate. `None` when stopped.
    """
    if counting.numpy() is not None:
        return counting.tally(candidates, view, k=k, seed=seed, samples=samples, stop=stop)
    return plain_tally(candidates, view, k=k, seed=seed, samples=samples, stop=stop)


class Stopped(Exception):
    """Nobody waits for the figures any more."""


def plain_tally(
    candidates: Sequence[Candidate],
    view: View,
    *,
    k: int,
    seed: int,
    samples: int = SAMPLES,
    stop: Stop = lambda: False,
) -> Tally | None:
    """As `tally`, in plain Python: the reference."""

    every = max(1, SLICE // len(candidates))

    def numbers() -> Iterator[int]:
        for at in range(samples):
            if at % every == 0 and stop():
                raise Stopped
            yield at

    try:
        return count(samples_of(candidates, view, seed, numbers()), k, len(candidates))
    except Stopped:
        return None


def confidence(
    candidates: Sequence[Candidate],
    at: int,
    weights: Sequence[int],
    *,
    seed: int,
    samples: int = SAMPLES,
) -> int:
    """In how many samples the candidate comes first when these weights stand and only the
    evidence is uncertain: with its central weights, SMAA's confidence factor."""
    found = tally(candidates, View.at(weights), k=1, seed=seed, samples=samples)
    assert found is not None
    return found.first[at]
