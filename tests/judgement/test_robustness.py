"""How much a ranking rests on weights and evidence: the same figures on every machine."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from horizon.judgement import counting, draws, robustness
from horizon.judgement.comparison import compare
from horizon.judgement.robustness import plain_tally, tally
from horizon.judgement.samples import EVERY_RANK_UP_TO, Candidate, View, said, to_total
from tests.judgement.comparing import by_chance, candidate

np = counting.numpy()
assert np is not None, "the tests compare with numpy, which their extra brings"

EVEN = (20, 20, 20, 20, 20)
VIEWS = {
    "any weights": View.any_weights(5),
    "near the board's": View.near(EVEN),
    "with evidence": View.near(EVEN, evidence=True),
    "one set of weights": View.at(EVEN),
}


# Random numbers


def test_the_random_numbers_are_those_of_splitmix64() -> None:
    """The first numbers for the seed 1234567, as the generator's reference code gives them."""
    assert [draws.number(1234567, counter) for counter in range(5)] == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
        4593380528125082431,
        16408922859458223821,
    ]


def test_a_sample_does_not_depend_on_the_samples_drawn_before_it() -> None:
    alphas = draws.near(EVEN)
    forwards = [draws.weights_of(9, sample, alphas) for sample in range(20)]
    backwards = [draws.weights_of(9, sample, alphas) for sample in reversed(range(20))]
    assert forwards == backwards[::-1]
    assert len(set(forwards)) == 20


@given(
    st.integers(0, draws.MASK),
    st.integers(0, 10_000),
    st.lists(st.integers(1, 12), min_size=1, max_size=8),
)
@settings(max_examples=60)
def test_weights_are_whole_and_add_up_to_the_same_every_time(
    seed: int, sample: int, alphas: list[int]
) -> None:
    weights = draws.weights_of(seed, sample, alphas)
    assert sum(weights) == draws.TOTAL
    assert min(weights) >= 0
    assert len(weights) == len(alphas)


def test_weights_near_the_boards_stay_about_seven_points_from_a_quarter() -> None:
    alphas = draws.near((25, 25, 25, 25))
    drawn = [100 * draws.weights_of(1, at, alphas)[0] / draws.TOTAL for at in range(2000)]
    mean = sum(drawn) / len(drawn)
    spread = (sum((each - mean) ** 2 for each in drawn) / len(drawn)) ** 0.5
    assert mean == pytest.approx(25, abs=0.5)
    assert spread == pytest.approx(6.8, abs=0.4)


def test_a_weight_of_nothing_still_gets_a_little_near_the_boards_weights() -> None:
    assert draws.near((50, 50, 0)) == (20, 20, 1)


def test_a_value_is_drawn_evenly_from_its_interval_with_both_ends() -> None:
    top = 1 << draws.VALUE_BITS
    found = [draws.value_of(3, 6, draw) for draw in range(top)]
    assert {each: found.count(each) for each in range(3, 7)} == dict.fromkeys(range(3, 7), top // 4)
    assert {draws.value_of(7, 7, draw) for draw in (0, top - 1)} == {7}


# The same counts everywhere


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
@pytest.mark.parametrize("step", [1, 250], ids=["apart", "with ties"])
def test_plain_python_and_numpy_count_the_same(view: View, step: int) -> None:
    candidates = by_chance(9, give=60, step=step)
    plain = plain_tally(candidates, view, k=3, seed=5, samples=400)
    for block, dtype in [(400, "float32"), (7, "float64"), (128, "float32")]:
        assert plain == counting.tally(
            candidates, view, k=3, seed=5, samples=400, block=block, dtype=dtype
        )


def test_they_count_the_same_where_ranks_are_read_from_every_fourth_sample() -> None:
    candidates = by_chance(EVERY_RANK_UP_TO + 1, step=10)
    view = View.any_weights(5)
    plain = plain_tally(candidates, view, k=5, seed=5, samples=50)
    assert plain is not None
    assert plain.ranked == 13
    for block in (50, 7, 3):
        assert plain == counting.tally(candidates, view, k=5, seed=5, samples=50, block=block)


def test_the_largest_value_there_can_be_is_exact_in_32_bits() -> None:
    assert 1000 * draws.TOTAL < 1 << 24
    assert int(np.float32(1000 * draws.TOTAL - 1)) == 1000 * draws.TOTAL - 1


PRINTED = """
from tests.judgement.comparing import by_chance
from horizon.judgement.robustness import plain_tally
from horizon.judgement.samples import View
print(plain_tally(by_chance(6, give=90), View.near((1, 2, 3, 4, 5), evidence=True), k=2, seed=3,
                  samples=200))
"""


def test_another_process_with_another_hash_seed_counts_the_same() -> None:
    root = Path(__file__).parent.parent.parent
    found = {
        subprocess.run(
            [sys.executable, "-c", PRINTED],
            cwd=root,
            env={"PYTHONHASHSEED": seed, "PATH": ""},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1


def test_the_counts_of_a_run_are_these() -> None:
    """Written down once, so that a change of machine, library or code shows."""
    candidates = [
        candidate("a", 740, 700, 720, 810, 760, give=100),
        candidate("b", 900, 620, 640, 800, 640, give=180),
        candidate("c", 500, 800, 560, 700, 900, give=60),
    ]
    for view, expected in [
        (View.any_weights(5), (587, 208, 205)),
        (View.near(EVEN), (929, 58, 13)),
        (View.near(EVEN, evidence=True), (670, 260, 70)),
    ]:
        found = tally(candidates, view, k=1, seed=2026, samples=1000)
        assert found is not None
        assert found.top == expected


# The published table


DRUGS = {
    # efficacy (log-normal), then diarrhoea, dizziness, headache, insomnia, nausea: mean and sd
    "Fluoxetine": [(0, 0), (11.7, 2.5), (7.2, 1.45), (16.6, 3.27), (13.7, 1.89), (18.6, 1.79)],
    "Paroxetine": [
        (0.086, 0.056), (9.2, 1.86), (10.6, 1.58), (21.2, 5.15), (14.3, 2.93), (18.3, 3.7),
    ],
    "Sertraline": [
        (0.095, 0.044), (15.4, 2.65), (7.5, 1.48), (20.2, 3.78), (15.0, 3.21), (19.5, 2.6),
    ],
    "Venlafaxine": [
        (0.113, 0.048), (5.5, 2.32), (15.7, 4.44), (12.8, 2.45), (11.2, 3.98), (31.0, 1.68),
    ],
}  # fmt: skip
RANKS = [(0.20, 0.28, 0.30, 0.22), (0.25, 0.29, 0.27, 0.19), (0.17, 0.25, 0.29, 0.30),
         (0.39, 0.18, 0.15, 0.29)]  # fmt: skip
CENTRAL = [
    (0.08, 0.14, 0.23, 0.18, 0.16, 0.22), (0.18, 0.17, 0.15, 0.13, 0.15, 0.22),
    (0.21, 0.10, 0.22, 0.13, 0.15, 0.20), (0.18, 0.21, 0.12, 0.21, 0.19, 0.09),
]  # fmt: skip
CONFIDENCE = (0.48, 0.44, 0.34, 0.74)


def measured(samples: int, block: int) -> Iterator[Any]:
    """Each drug's partial values, 0 to 1000, as drawn from its measurements."""
    dice = np.random.default_rng(2011)
    means = np.array([[mean for mean, _ in each] for each in DRUGS.values()])
    spread = np.array([[sd for _, sd in each] for each in DRUGS.values()])
    low, high = means - 1.96 * spread, means + 1.96 * spread
    low[:, 0], high[:, 0] = np.exp(low[:, 0]), np.exp(high[:, 0])
    worst, best = low.min(axis=0), high.max(axis=0)
    worst[1:], best[1:] = high[:, 1:].max(axis=0), low[:, 1:].min(axis=0)
    for _ in range(0, samples, block):
        drawn = dice.normal(means, spread, size=(block, *means.shape))
        drawn[:, :, 0] = np.exp(drawn[:, :, 0])
        yield np.rint(1000 * np.clip((drawn - worst) / (best - worst), 0, 1)).astype(np.int64)


def test_the_smaa_table_of_four_antidepressants_comes_out_as_published() -> None:
    """JSMAA's benefit-risk model (SMAA2SimulationTest.testCorrectResultsWithBRModel), within its
    own tolerances: .02 for ranks and weights, .03 for confidence."""
    samples, block = 40_000, 1000
    values = list(measured(samples, block))
    alphas = draws.anywhere(6)
    weights = [
        np.array([draws.weights_of(7, at, alphas) for at in range(start, start + block)])
        for start in range(0, samples, block)
    ]
    within = [counting.count(zip(weights, values, strict=True), k, 4) for k in (1, 2, 3, 4)]
    for drug in range(4):
        shares = [0.0, *(each.top[drug] / samples for each in within)]
        found = [after - before for before, after in pairwise(shares)]
        assert found == pytest.approx(RANKS[drug], abs=0.02)
        central = within[0].central(drug)
        assert [each / draws.TOTAL for each in central] == pytest.approx(CENTRAL[drug], abs=0.02)
        fixed = (np.tile(np.array(central), (block, 1)) for _ in values)
        sure = counting.count(zip(fixed, values, strict=True), 1, 4).first[drug] / samples
        assert sure == pytest.approx(CONFIDENCE[drug], abs=0.03)
    plain = robustness.count(zip(weights[0].tolist(), values[0].tolist(), strict=True), 2, 4)
    assert plain == counting.count([(weights[0], values[0])], 2, 4)


# Edge cases (scoring method 3.8) and how figures are said


def test_those_who_tie_share_the_better_rank_so_more_than_k_can_be_among_the_first_k() -> None:
    same = [candidate("a", *EVEN), candidate("b", *EVEN), candidate("c", 1, 1, 1, 1, 1)]
    found = tally(same, View.any_weights(5), k=1, seed=1, samples=100)
    assert found is not None
    assert found.top == (100, 100, 0)
    assert [found.expected_rank(at) for at in range(3)] == [1, 1, 3]


def test_whoever_is_never_first_has_no_central_weights() -> None:
    found = tally(
        [candidate("a", *[900] * 5), candidate("b", *[100] * 5)],
        View.any_weights(5), k=1, seed=1, samples=100,
    )  # fmt: skip
    assert found is not None
    assert found.central(1) is None
    assert sum(found.central(0) or ()) == draws.TOTAL


@pytest.mark.parametrize("k", [3, 9])
def test_with_places_for_all_everybody_has_one(k: int) -> None:
    found = tally(by_chance(3), View.any_weights(5), k=k, seed=1, samples=50)
    assert found is not None
    assert found.top == (50, 50, 50)


def test_one_candidate_alone_is_first_always() -> None:
    found = tally(by_chance(1), View.any_weights(5), k=1, seed=1, samples=50)
    assert found is not None
    assert (found.first, found.ranks) == ((50,), (50,))


def test_values_that_evidence_cannot_move_are_counted_as_without_it() -> None:
    candidates = by_chance(5)
    sure = tally(candidates, View.near(EVEN), k=2, seed=4, samples=300)
    assert sure == tally(candidates, View.near(EVEN, evidence=True), k=2, seed=4, samples=300)


def test_a_wider_interval_makes_the_leader_less_sure() -> None:
    def first(give: int) -> int:
        candidates = [candidate("a", *[620] * 5, give=give), candidate("b", *[600] * 5, give=give)]
        found = tally(candidates, View.near(EVEN, evidence=True), k=1, seed=1, samples=500)
        assert found is not None
        return found.first[0]

    assert first(0) == 500 > first(40) > first(400) > 250


def test_confidence_is_the_chance_of_first_place_when_the_weights_are_given() -> None:
    candidates = [candidate("a", 800, 0, give=10), candidate("b", 0, 900, give=10)]
    ours, theirs = (3, 1), (0, 5)
    assert robustness.confidence(candidates, 0, ours, seed=1, samples=50) == 50
    assert robustness.confidence(candidates, 0, theirs, seed=1, samples=50) == 0


@pytest.mark.parametrize("count", [plain_tally, counting.tally], ids=["plain", "numpy"])
def test_counting_stops_when_nobody_waits_for_it(count: Any) -> None:
    asked = []

    def stop() -> bool:
        asked.append(1)
        return len(asked) > 1

    stopped = count(by_chance(5), View.any_weights(5), k=1, seed=1, samples=10_000, stop=stop)
    assert stopped is None
    assert len(asked) == 2


def test_what_is_rare_is_not_said_to_be_impossible() -> None:
    assert [said(part, 1000) for part in (0, 1, 4, 5, 500, 994, 995, 996, 999, 1000)] == [
        "0%", "<1%", "<1%", "1%", "50%", "99%", "100%", ">99%", ">99%", "100%",
    ]  # fmt: skip


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=8).filter(any), st.integers(1, 20_000))
def test_shares_in_whole_numbers_add_up(weights: list[int], total: int) -> None:
    found = to_total(weights, total)
    assert sum(found) == total
    assert all(
        abs(each - weight * total / sum(weights)) < 1
        for each, weight in zip(found, weights, strict=True)
    )


def test_the_figures_come_without_numpy_too() -> None:
    program = (
        "import sys; sys.modules['numpy'] = None\n"
        "from tests.judgement.comparing import by_chance\n"
        "from horizon.judgement.robustness import tally\n"
        "from horizon.judgement.samples import View\n"
        "print(tally(by_chance(4, give=50), View.any_weights(5), k=2, seed=1, samples=200))"
    )
    root = Path(__file__).parent.parent.parent
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True
    )
    with_numpy = tally(by_chance(4, give=50), View.any_weights(5), k=2, seed=1, samples=200)
    assert done.stdout.strip() == str(with_numpy)


def test_linear_algebra_runs_on_one_thread_and_the_environment_is_left_as_it_was() -> None:
    program = (
        "import os; os.environ['OPENBLAS_NUM_THREADS'] = '3'\n"
        "from horizon.judgement import counting\n"
        "before = len(os.listdir('/proc/self/task'))\n"
        "np = counting.numpy(); np.ones((500, 500)) @ np.ones((500, 500))\n"
        "print(len(os.listdir('/proc/self/task')) - before, os.environ['OPENBLAS_NUM_THREADS'])"
    )
    if not Path("/proc/self/task").exists():
        pytest.skip("needs /proc to count threads")
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).parent.parent.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["0", "3"]


def test_a_candidate_is_what_it_was_made_of() -> None:
    assert candidate("a", 30, 980, give=50) == Candidate("a", (30, 980), (0, 930), (80, 1000))


def test_candidates_that_nothing_tells_apart_have_the_same_figures() -> None:
    twins = [candidate(f"twin {at}", 600, 500, 400, give=150) for at in range(4)]
    others = by_chance(5, principles=3, give=100)
    found = compare([*twins, *others], (20, 20, 20), k=3, seed=5, samples=2_000)
    assert found is not None
    assert found.robustness is not None
    for view in found.robustness.views:
        for counted in (view.top, view.first, view.ranks, view.weights):
            assert len({counted[found.at[each.id]] for each in twins}) == 1
    alone = tally(
        [*twins, *others], View.near((20, 20, 20), evidence=True), k=3, seed=5, samples=2_000
    )
    assert alone is not None
    assert abs(sum(alone.top[:4]) - sum(found.robustness.evidence.top[:4])) <= 2
