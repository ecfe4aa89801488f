"""What fuzzing begins with breaks nothing, nor does a little damage to it; see tests/fuzz."""

from __future__ import annotations

import random

import pytest

from tests.fuzz.targets import TARGETS, seeds


@pytest.mark.parametrize("target", TARGETS)
def test_what_fuzzing_begins_with_and_a_little_damage_to_it_breaks_nothing(target: str) -> None:
    dice, begun = random.Random(target), list(seeds(target))
    assert begun
    for seed in begun[:12]:
        TARGETS[target](seed)
        for _ in range(5):
            spoilt = bytearray(seed)
            spoilt[dice.randrange(len(spoilt))] = dice.randrange(256)
            TARGETS[target](bytes(spoilt[: dice.randrange(1, len(spoilt) + 1)]))
