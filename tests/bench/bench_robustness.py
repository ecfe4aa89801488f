"""How long it takes to see how much a ranking rests on its weights.

    pip install -e ".[test,bench]"
    python -m tests.bench.bench_robustness [--candidates 1000] [--samples 10000] [--rounds 7]

Prints, from one run, the time of Horizon's three views with numpy and of the first without it,
beside the same question asked of pymcdm: the weighted sum of as many candidates under as many sets
of weights. Limit: 150 ms for weights, at 1,000 candidates and 10,000 samples.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from horizon.judgement import counting, draws
from horizon.judgement.robustness import plain_tally
from horizon.judgement.samples import View
from tests.judgement.comparing import by_chance

LIMIT = 0.150
EVEN = (20, 20, 20, 20, 20)
PYMCDM_SAMPLES = 200
"""Sets of weights that pymcdm is asked about; its time for all of them is reckoned from that."""


def seconds(work: Callable[[], object], rounds: int) -> float:
    """The median time that `work` takes, after once to warm up."""
    work()
    taken = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def pymcdm_seconds(candidates: Any, samples: int, rounds: int) -> float | None:
    """What pymcdm's weighted sum and ranks take for as many samples, or `None` without it."""
    try:
        from pymcdm.helpers import rrankdata
        from pymcdm.methods import WSM
    except ImportError:
        return None
    np = counting.numpy()
    assert np is not None
    values = np.array([each.mid for each in candidates], dtype=float) / 1000
    types = np.ones(values.shape[1])
    seed, alphas = draws.stream(1, 1), draws.anywhere(values.shape[1])
    some = min(samples, PYMCDM_SAMPLES)
    weights = [
        np.array(draws.weights_of(seed, at, alphas), dtype=float) / draws.TOTAL
        for at in range(some)
    ]
    method = WSM(normalization_function=lambda values, cost: values)  # they are on one scale
    top = np.zeros(len(candidates))

    def work() -> None:
        for each in weights:
            top[rrankdata(method(values, each, types, validation=False)) <= 5] += 1

    return seconds(work, rounds) * samples / some


def main() -> int:
    """Measure and print; 1 when the limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--candidates", type=int, default=1000)
    parser.add_argument("--samples", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=7)
    given = parser.parse_args()
    candidates = by_chance(given.candidates, give=100)
    views = {
        "any weights": View.any_weights(5),
        "near the board's weights": View.near(EVEN),
        "and evidence": View.near(EVEN, evidence=True),
    }
    print(
        f"{given.candidates} candidates, 5 principles, {given.samples} samples, "
        f"{datetime.now(UTC):%Y-%m-%d}"
    )
    if counting.numpy() is None:
        print("numpy is not installed.")
        return 1
    taken = {}
    for name, view in views.items():

        def work(view: View = view) -> object:
            return counting.tally(candidates, view, k=5, seed=1, samples=given.samples)

        taken[name] = seconds(work, given.rounds)
        print(f"numpy, {name:<26} {1000 * taken[name]:8.0f} ms")
    started = time.perf_counter()
    plain_tally(candidates, views["any weights"], k=5, seed=1, samples=given.samples)
    print(f"plain Python, any weights         {1000 * (time.perf_counter() - started):8.0f} ms")
    other = pymcdm_seconds(candidates, given.samples, max(1, given.rounds // 3))
    if other is None:
        print('pymcdm is not installed: pip install -e ".[bench]"')
    else:
        base = taken["any weights"]
        print(f"pymcdm, any weights               {1000 * other:8.0f} ms   {other / base:.0f}x")
    worst = max(taken["any weights"], taken["near the board's weights"])
    print(f"Limit for weights {1000 * LIMIT:.0f} ms: {worst / LIMIT:.2f} of it")
    return int(worst > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
