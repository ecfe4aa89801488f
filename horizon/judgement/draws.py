"""Random numbers and weights that are the same on every machine (scoring method 3.5).

SplitMix64, counted rather than stepped: what number `counter` of a stream is depends on nothing
else, so that samples may be drawn in any order and in blocks of any size.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

TOTAL = 1 << 14
"""What the weights of one sample add up to. Times 1000 it stays below 2**24, so that a weighted
value is exact even in a 32-bit float."""

WEIGHT_BITS, VALUE_BITS = 14, 16
"""Bits of one draw for a weight, and for a value inside its interval. A number gives four draws."""

PER_NUMBER = 4

GOLDEN = 0x9E3779B97F4A7C15
MIX = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB))
LAST = 31
MASK = (1 << 64) - 1

CONCENTRATION = 40
"""How near the weights drawn stay to given ones: about 7 points (standard deviation) on a weight
of 25 in 100."""


def number(seed: int, counter: int) -> int:
    """The 64-bit number at `counter`, from 0, of the stream that `seed` begins."""
    mixed = (seed + (counter + 1) * GOLDEN) & MASK
    for shift, factor in MIX:
        mixed = ((mixed ^ (mixed >> shift)) * factor) & MASK
    return mixed ^ (mixed >> LAST)


def stream(seed: int, name: int) -> int:
    """The seed of one of the streams that a run draws from."""
    return number(seed & MASK, name)


def draws(seed: int, first: int, count: int, bits: int) -> list[int]:
    """`count` whole numbers of `bits` bits, from the top of the numbers from counter `first` on."""
    found = []
    for at in range(count):
        place, part = divmod(at, PER_NUMBER)
        if part == 0:
            drawn = number(seed, first + place)
        found.append((drawn >> (64 - bits * (part + 1))) & ((1 << bits) - 1))
    return found


def numbers_for(count: int) -> int:
    """How many numbers it takes for `count` draws."""
    return -(-count // PER_NUMBER)


def near(weights: Sequence[int]) -> tuple[int, ...]:
    """The Dirichlet parameters of weights near given ones. Whole, and never below 1."""
    total = sum(weights)
    return tuple(max(1, (2 * CONCENTRATION * each + total) // (2 * total)) for each in weights)


def anywhere(size: int) -> tuple[int, ...]:
    """The Dirichlet parameters of `size` weights of which nothing is known."""
    return (1,) * size


def weights_of(seed: int, sample: int, alphas: Sequence[int]) -> tuple[int, ...]:
    """The weights of sample number `sample`: whole, from a Dirichlet of whole parameters, together
    `TOTAL`.

    By uniform spacings: draws are sorted, and the gaps between them added up in blocks as long as
    each parameter says.
    """
    count = sum(alphas) - 1
    sorted_draws = sorted(draws(seed, sample * numbers_for(count), count, WEIGHT_BITS))
    ends = [0, *(sorted_draws[end - 1] for end in list(accumulate(alphas))[:-1]), TOTAL]
    return tuple(after - before for before, after in pairwise(ends))


def value_of(low: int, high: int, draw: int) -> int:
    """A whole number from `low` to `high`, both included, that a draw of `VALUE_BITS` bits
    chooses."""
    return low + (((high - low + 1) * draw) >> VALUE_BITS)
