"""Two candidates side by side: who leads under which weights, and what would swap them."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from horizon.framework.schema import Framework
from horizon.judgement import draws
from horizon.judgement.ranking import front, in_order
from horizon.judgement.rivals import (
    ScoreChange,
    beats,
    cheapest_change,
    least_move,
    overall,
    swap_points,
    told_apart,
)
from horizon.judgement.scoring import preview
from horizon.model.assessment import Score
from tests.judgement.comparing import by_chance, candidate
from tests.judgement.making import SMALL, score

VALUES = st.lists(st.integers(0, 1000), min_size=3, max_size=3)
WEIGHTS = st.lists(st.integers(0, 40), min_size=3, max_size=3).filter(any)


# The exact share of weights


@pytest.mark.parametrize(
    ("first", "second", "share"),
    [
        ((2, 0), (0, 1), Fraction(2, 3)),
        ((1, 0, 0), (0, 1, 1), Fraction(1, 4)),
        ((1, 1, 0), (0, 0, 1), Fraction(3, 4)),
        ((5, 5), (5, 5), Fraction(0)),
        ((5, 6), (5, 5), Fraction(1)),
        ((1, 0), (0, 1), Fraction(1, 2)),
        ((3, 0, 0, 0), (0, 1, 1, 1), Fraction(27, 64)),
    ],
)
def test_shares_that_can_be_worked_out_by_hand(
    first: tuple[int, ...], second: tuple[int, ...], share: Fraction
) -> None:
    assert beats(first, second) == share


def test_the_share_agrees_with_drawing_weights_many_times() -> None:
    dice = random.Random(3)
    for size in (2, 3, 5, 8, 20):
        one = [dice.randrange(1001) for _ in range(size)]
        other = [dice.choice((each, dice.randrange(1001))) for each in one]
        drawn = 4000
        won = sum(
            sum(w * (a - b) for w, a, b in zip(weights, one, other, strict=True)) > 0
            for weights in (draws.weights_of(5, at, draws.anywhere(size)) for at in range(drawn))
        )
        assert float(beats(one, other)) == pytest.approx(won / drawn, abs=0.03)


@given(VALUES, VALUES)
def test_one_of_two_that_differ_leads_under_any_weights(one: list[int], other: list[int]) -> None:
    both = beats(one, other) + beats(other, one)
    assert both == (0 if one == other else 1)


@given(VALUES, VALUES, st.integers(1, 9))
def test_the_share_does_not_depend_on_the_unit_or_on_the_order(
    one: list[int], other: list[int], unit: int
) -> None:
    plain = beats(one, other)
    assert beats([unit * each for each in one], [unit * each for each in other]) == plain
    assert beats(one[::-1], other[::-1]) == plain


@given(VALUES, VALUES, st.integers(0, 2))
def test_a_better_value_never_lowers_the_share(one: list[int], other: list[int], at: int) -> None:
    higher = [each + (place == at) for place, each in enumerate(one)]
    assert beats(higher, other) >= beats(one, other)


# The least weight to move


def lead_of(one: list[int], other: list[int], weights: list[Fraction]) -> Fraction:
    return sum((w * (a - b) for w, a, b in zip(weights, one, other, strict=True)), Fraction(0))


def moved_least(one: list[int], other: list[int], weights: list[int]) -> int | None:
    """By trying every whole move: the least weight that takes the lead away, or `None`."""
    best, whole = None, sum(weights)
    better = [a - b for a, b in zip(one, other, strict=True)]
    for first, second in product(range(whole + 1), repeat=2):
        target = (first, second, whole - first - second)
        if target[2] < 0:
            continue
        if sum(w * each for w, each in zip(target, better, strict=True)) <= 0:
            amount = sum(max(0, w - t) for w, t in zip(weights, target, strict=True))
            best = amount if best is None else min(best, amount)
    return best


def test_the_least_move_is_what_trying_every_move_finds() -> None:
    """200 pairs with whole weights of 60 in all: no whole move takes less than the exact answer,
    and the best of them takes hardly more."""
    dice, tried = random.Random(11), 0
    while tried < 200:
        weights = [dice.randrange(1, 30), dice.randrange(1, 30)]
        weights.append(60 - sum(weights))
        one, other = ([dice.randrange(1001) for _ in range(3)] for _ in range(2))
        if lead_of(one, other, [Fraction(each) for each in weights]) <= 0:
            continue
        tried += 1
        found, best = least_move(one, other, weights), moved_least(one, other, weights)
        if found is None:
            assert best is None or all(a >= b for a, b in zip(one, other, strict=True))
            continue
        assert best is not None
        assert found.amount <= best < found.amount + 2


@given(VALUES, VALUES, WEIGHTS)
def test_the_move_makes_the_two_draw_level_and_takes_no_more_than_there_is(
    one: list[int], other: list[int], weights: list[int]
) -> None:
    if lead_of(one, other, [Fraction(each) for each in weights]) < 0:
        one, other = other, one
    found = least_move(one, other, weights)
    if found is None:
        assert all(a >= b for a, b in zip(one, other, strict=True))
        return
    after = [Fraction(each) for each in weights]
    for at, amount in found.taken:
        assert 0 < amount <= weights[at]
        assert at != found.to
        after[at] -= amount
        after[found.to] += amount
    assert lead_of(one, other, after) == 0


def test_no_weights_reverse_a_lead_that_holds_on_every_principle() -> None:
    assert least_move((5, 5, 7), (5, 5, 5), (1, 1, 1)) is None
    assert least_move((5, 6, 7), (4, 5, 5), (1, 1, 1)) is None


# Where one weight alone swaps them


@given(VALUES, VALUES, WEIGHTS)
def test_at_a_swap_point_the_two_draw_level_with_the_others_in_proportion(
    one: list[int], other: list[int], weights: list[int]
) -> None:
    for at, share in enumerate(swap_points(one, other, weights)):
        if share is None:
            continue
        rest = sum(weights) - weights[at]
        after = [
            share if place == at else (1 - share) * Fraction(each, rest)
            for place, each in enumerate(weights)
        ]
        assert lead_of(one, other, after) == 0


def test_a_principle_on_which_the_leader_leads_swaps_them_only_below_its_weight() -> None:
    assert swap_points((9, 3), (3, 5), (1, 1)) == (Fraction(1, 4), Fraction(3, 4))
    assert swap_points((9, 9), (3, 5), (1, 1)) == (None, None)
    assert swap_points((9, 3), (3, 5), (1, 0)) == (None, Fraction(3, 4))


# The cheapest score


def weighed(framework: Framework) -> list[int]:
    return [each.weight for each in framework.principles]


def total(framework: Framework, given: dict[str, Score]) -> int:
    read = preview(framework, given)
    return sum(w * each.mid for w, each in zip(weighed(framework), read.principles, strict=True))


def changed_least(one: dict[str, Score], other: dict[str, Score]) -> int | None:
    """By trying every score of both: the fewest levels of one score that close the lead."""
    best: int | None = None
    for which, scores, sign in (("other", other, 1), ("one", one, -1)):
        for criterion in ("S1", "S2", "E1", "E2", "E3"):
            for levels in range(1, 6):
                if criterion not in scores:
                    continue
                value = int(scores[criterion].value) + sign * levels
                if not 0 <= value <= 5:
                    continue
                moved = {**scores, criterion: score(value)}
                left = total(SMALL, moved if which == "one" else one)
                right = total(SMALL, moved if which == "other" else other)
                if left <= right and (best is None or levels < best):
                    best = levels
    return best


def scores_by_chance(dice: random.Random) -> dict[str, Score]:
    given = {each: score(dice.randrange(6)) for each in ("S1", "S2", "E1", "E2", "E3")}
    if dice.random() < 0.3:
        del given[dice.choice(list(given))]
    return given


def test_the_cheapest_score_is_what_trying_every_score_finds() -> None:
    dice = random.Random(5)
    found_some = 0
    for _ in range(200):
        one, other = scores_by_chance(dice), scores_by_chance(dice)
        if total(SMALL, one) < total(SMALL, other):
            one, other = other, one
        cells = preview(SMALL, one).cells, preview(SMALL, other).cells
        found = cheapest_change(SMALL, weighed(SMALL), ("one", cells[0]), ("other", cells[1]))
        expected = changed_least(one, other)
        assert (abs(found.levels) if found else None) == expected
        if found:
            found_some += 1
            assert (found.levels > 0) == (found.candidate == "other")
    assert found_some > 100


def test_one_level_that_closes_a_small_lead_is_named() -> None:
    one = preview(SMALL, {"S1": score(4), "S2": score(3), "E1": score(3)}).cells
    other = preview(SMALL, {"S1": score(3), "S2": score(3), "E1": score(3)}).cells
    found = cheapest_change(SMALL, (3, 2), ("one", one), ("other", other))
    assert found == ScoreChange("other", "S1", 1)


def test_a_lead_that_no_single_score_closes_says_so() -> None:
    one = preview(SMALL, {each: score(5) for each in ("S1", "S2", "E1", "E2")}).cells
    other = preview(SMALL, {each: score(0) for each in ("S1", "S2", "E1", "E2")}).cells
    assert cheapest_change(SMALL, (3, 2), ("one", one), ("other", other)) is None


# Told apart, ranks, bands, front


def test_intervals_that_meet_keep_two_from_being_told_apart() -> None:
    clear = candidate("a", 800, 800, give=50), candidate("b", 600, 600, give=50)
    touching = candidate("a", 800, 800, give=100), candidate("b", 600, 600, give=100)
    assert told_apart(*clear, (1, 1))
    assert not told_apart(*touching, (1, 1))


def test_a_lead_that_rests_on_the_weights_keeps_two_from_being_told_apart() -> None:
    one, other = candidate("a", 900, 500), candidate("b", 100, 600)
    assert overall(one, (1, 1)).low > overall(other, (1, 1)).high
    assert beats(one.mid, other.mid) == Fraction(8, 9)
    assert not told_apart(one, other, (1, 1))


def test_ties_share_the_better_rank() -> None:
    found = in_order(
        [candidate("a", 5, 5), candidate("b", 9, 9), candidate("c", 6, 4), candidate("d", 1, 1)],
        (1, 1),
    )
    assert [(each.candidate.id, each.words) for each in found] == [
        ("b", "1"), ("a", "2="), ("c", "2="), ("d", "4"),
    ]  # fmt: skip


def test_a_band_ends_where_all_above_are_told_apart_from_all_below() -> None:
    found = in_order(
        [
            candidate("a", 900, 900, give=20),
            candidate("b", 870, 870, give=20),
            candidate("c", 840, 840, give=20),
            candidate("d", 500, 500, give=20),
        ],
        (1, 1),
    )
    assert [each.band for each in found] == [1, 1, 1, 2]


@given(st.lists(st.tuples(VALUES, st.integers(0, 300)), min_size=1, max_size=7), WEIGHTS)
@settings(max_examples=150)
def test_two_that_cannot_be_told_apart_are_always_in_one_band(
    given: list[tuple[list[int], int]], weights: list[int]
) -> None:
    candidates = [candidate(f"c{at}", *mid, give=give) for at, (mid, give) in enumerate(given)]
    found = in_order(candidates, weights)
    assert [each.band for each in found] == sorted(each.band for each in found)
    for one, other in product(found, repeat=2):
        if one.band != other.band:
            assert told_apart(one.candidate, other.candidate, weights)
    for before, after in pairwise(found):
        if before.band != after.band:
            continue
        above = [each for each in found if found.index(each) <= found.index(before)]
        below = [each for each in found if found.index(each) >= found.index(after)]
        assert not all(
            told_apart(one.candidate, other.candidate, weights)
            for one, other in product(above, below)
        )


def test_the_front_is_what_comparing_everybody_with_everybody_finds() -> None:
    candidates = by_chance(120, principles=3, step=100)
    plain = {
        each.id
        for each in candidates
        if not any(
            other.mid != each.mid and all(a >= b for a, b in zip(other.mid, each.mid, strict=True))
            for other in candidates
        )
    }
    assert front(candidates) == plain
    assert 1 < len(plain) < 60


def test_a_newcomer_never_changes_the_order_of_the_others() -> None:
    candidates = by_chance(12, step=50)
    before = [each.candidate.id for each in in_order(candidates, (1, 2, 3, 4, 5))]
    newcomer = by_chance(1, seed=99)[0]
    renamed = candidate("new", *newcomer.mid)
    after = [each.candidate.id for each in in_order([*candidates, renamed], (1, 2, 3, 4, 5))]
    assert [each for each in after if each != "new"] == before
