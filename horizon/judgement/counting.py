"""The counting of `robustness` in numpy: the same counts, some hundred times as fast."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate
from typing import Any

from horizon.judgement import draws
from horizon.judgement.samples import (
    VALUES,
    WEIGHTS,
    Candidate,
    Stop,
    Tally,
    View,
    stride,
)

BLOCK = 128
"""Samples drawn and counted together: what they take stays in a processor's cache."""

CELLS = 1 << 20
"""Values drawn together at most."""

Array = Any
"""A numpy array. The types of a library that may not be there are not leant on."""


@cache
def numpy() -> Any | None:
    """numpy, loaded with one thread for its linear algebra, or `None` where it is not installed.

    The products here are too small to gain from more, and the threads would wait in a busy loop.
    """
    names = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    held = {name: os.environ.get(name) for name in names}
    os.environ.update(dict.fromkeys(names, "1"))
    try:
        import numpy as found
    except ImportError:
        return None
    finally:
        for name, value in held.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
    return found


def tally(
    candidates: Sequence[Candidate],
    view: View,
    *,
    k: int,
    seed: int,
    samples: int,
    stop: Stop = lambda: False,
    block: int = BLOCK,
    dtype: str = "float32",
) -> Tally | None:
    """As `robustness.tally`. `block` and `dtype` change the speed and nothing else."""
    size = len(candidates)
    if view.evidence:
        block = max(1, min(block, CELLS // (size * len(view.alphas))))
    drawn = blocks_of(candidates, view, seed, samples, block)
    return count(drawn, k, size, stop=stop, dtype=dtype)


def blocks_of(
    candidates: Sequence[Candidate], view: View, seed: int, samples: int, block: int
) -> Iterator[tuple[Array, Array]]:
    """Weights, a row for each sample, and values: a row for each candidate, or that for each
    sample where the evidence is drawn."""
    np = _numpy()
    weights, values = draws.stream(seed, WEIGHTS), draws.stream(seed, VALUES)
    mids = np.array([each.mid for each in candidates], dtype=np.int64)
    low = np.array([each.low for each in candidates], dtype=np.int64)
    span = np.array([each.high for each in candidates], dtype=np.int64) - low + 1
    for start in range(0, samples, block):
        many = min(block, samples - start)
        if view.fixed is None:
            given = _weights(weights, start, many, view.alphas)
        else:
            given = np.tile(np.array(view.fixed, dtype=np.int64), (many, 1))
        if not view.evidence:
            yield given, mids
            continue
        bits = _draws(values, start, many, mids.size, draws.VALUE_BITS)
        bits = bits.reshape(many, *mids.shape)
        yield given, low + ((span * bits) >> draws.VALUE_BITS)


def _weights(seed: int, start: int, many: int, alphas: Sequence[int]) -> Array:
    np = _numpy()
    drawn = _draws(seed, start, many, sum(alphas) - 1, draws.WEIGHT_BITS)
    drawn.sort(axis=1)
    ends = np.zeros((many, len(alphas) + 1), dtype=np.int64)
    ends[:, -1] = draws.TOTAL
    ends[:, 1:-1] = drawn[:, [end - 1 for end in list(accumulate(alphas))[:-1]]]
    return np.diff(ends, axis=1)


def _draws(seed: int, start: int, many: int, width: int, bits: int) -> Array:
    """`width` draws for each of `many` samples from number `start` on."""
    np = _numpy()
    step = draws.numbers_for(width)
    counters = np.arange(start * step + 1, (start + many) * step + 1, dtype=np.uint64)
    mixed = counters * np.uint64(draws.GOLDEN) + np.uint64(seed)
    for shift, factor in draws.MIX:
        mixed ^= mixed >> np.uint64(shift)
        mixed *= np.uint64(factor)
    mixed ^= mixed >> np.uint64(draws.LAST)
    shifts = np.array([64 - bits * (part + 1) for part in range(draws.PER_NUMBER)], dtype=np.uint64)
    found = (mixed[:, None] >> shifts) & np.uint64((1 << bits) - 1)
    return found.astype(np.int64).reshape(many, step * draws.PER_NUMBER)[:, :width]


def count(
    blocks: Iterable[tuple[Array, Array]],
    k: int,
    size: int,
    *,
    stop: Stop = lambda: False,
    dtype: str = "float32",
) -> Tally | None:
    """Count what `size` candidates come to, block by block. `None` when stopped."""
    np = _numpy()
    top, first, ranks = (np.zeros(size, dtype=np.int64) for _ in range(3))
    weights: Array = None
    samples = ranked = 0
    every = stride(size)
    contenders: Array = None
    for given, values in blocks:
        if stop():
            return None
        if contenders is None:
            contenders = _contenders(values, k) if values.ndim == 2 else np.arange(size)
            weights = np.zeros((given.shape[1], size), dtype=np.int64)
        real, values = given.astype(dtype), values.astype(dtype)
        some = len(contenders) < size
        reached = _reached(real, values[contenders] if some else values)
        rows, among, best = _leaders(reached, min(k, size))
        columns = contenders[among]
        top += np.bincount(columns, minlength=size)
        rows, columns = rows[best], columns[best]
        first += np.bincount(columns, minlength=size)
        for total, each in zip(weights, given[rows].T, strict=True):
            total += np.bincount(columns, weights=each, minlength=size).astype(np.int64)
        chosen = slice(-samples % every, None, every)
        ranks += _ranks(_reached(real[chosen], values) if some else reached[chosen], size)
        ranked += len(real[chosen])
        samples += len(given)
    return Tally(
        samples,
        ranked,
        tuple(map(int, top)),
        tuple(map(int, first)),
        tuple(map(int, ranks)),
        tuple(
            tuple(map(int, row)) if times else ()
            for row, times in zip(np.array(weights).T, first, strict=True)
        ),
    )


def _contenders(values: Array, k: int) -> Array:
    """Who can ever be among the first k: those whom fewer than k others surpass on everything."""
    np = _numpy()
    better = np.ones((len(values), len(values)), dtype=bool)
    for each in values.T:
        better &= each[None, :] > each[:, None]
    return np.flatnonzero(np.count_nonzero(better, axis=1) < k)


def _reached(weights: Array, values: Array) -> Array:
    """What each candidate comes to, a row for each sample."""
    np = _numpy()
    if values.ndim == 2:
        return weights @ values.T
    return np.matmul(values, weights[:, :, None])[:, :, 0]


def _leaders(reached: Array, k: int) -> tuple[Array, Array, Array]:
    """Sample and column of all that are among the first k, and whether nobody is better."""
    np = _numpy()
    width = reached.shape[1]
    place = width - min(k, width)
    enough = np.partition(reached, place, axis=1)[:, place, None]
    found = np.flatnonzero(reached >= enough)
    rows, columns = np.divmod(found, width)
    return rows, columns, reached.ravel()[found] == reached.max(axis=1)[rows]


def _ranks(reached: Array, size: int) -> Array:
    """Each candidate's ranks added up over the rows. Value and candidate are sorted as one number,
    which a 64-bit float holds exactly."""
    np = _numpy()
    room = 1 << max(1, (size - 1).bit_length())
    packed = reached.astype(np.float64)
    packed *= -room
    packed += np.arange(size)
    packed.sort(axis=1)
    whole = packed.astype(np.int64)
    who = whole & (room - 1)
    whole -= who
    places = np.broadcast_to(np.arange(1.0, size + 1), whole.shape)
    tied = whole[:, 1:] == whole[:, :-1]
    if tied.any():
        places = places.copy()
        places[:, 1:][tied] = 0
        places = np.maximum.accumulate(places, axis=1)
    counted = np.bincount(who.ravel(), weights=places.ravel(), minlength=size)
    return counted.astype(np.int64)


def _numpy() -> Any:
    found = numpy()
    assert found is not None
    return found
