"""Krippendorff's alpha against published and independently computed numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from horizon.judgement.agreement import Level, agreement_of, alpha, leniency
from tests.judgement.making import round_of, score, technology

N = None

# Krippendorff, K. (2011), "Computing Krippendorff's alpha-reliability", examples A, B and C.
BINARY = [
    [0, 1, 0, 0, 0, 0, 0, 0, 1, 0],
    [1, 1, 1, 0, 0, 1, 0, 0, 0, 0],
]
LETTERS = [[ord(each) for each in row] for row in ("aabbdcccedda", "babbbccceddd")]
FOUR_CODERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, 3],
    [N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, N],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N],
]


@pytest.mark.parametrize(
    ("ratings", "level", "published"),
    [
        (BINARY, "nominal", 0.095),
        (LETTERS, "nominal", 0.692),
        (FOUR_CODERS, "nominal", 0.743),
        (FOUR_CODERS, "ordinal", 0.815),
        (FOUR_CODERS, "interval", 0.849),
    ],
)
def test_the_published_examples_come_out(
    ratings: list[list[float | None]], level: Level, published: float
) -> None:
    assert alpha(ratings, level) == pytest.approx(published, abs=0.0005)


# Computed with the PyPI package krippendorff 0.9.0 (S. Castro).
THREE_WHO_DIFFER = [[1, 2, 3, 4, 5], [5, 4, 3, 2, 1], [1, 1, 3, 5, 5]]
GAPS = [[0, 5, 3, 3, 2, N, 4], [1, 5, 3, 2, 2, 0, 4], [N, 4, 3, 5, 1, 0, N]]
TWO_CATEGORIES = [
    [1, 1, 0, 1, 0, 0, 1, 1, 0, 1, 1, 0, 1, 0],
    [1, 1, 0, 1, 0, 1, 1, 0, 0, 1, 1, 0, 1, 1],
]


@pytest.mark.parametrize(
    ("ratings", "nominal", "ordinal", "interval"),
    [
        (FOUR_CODERS, 0.743421052631579, 0.8153875037548814, 0.8491071428571428),
        (THREE_WHO_DIFFER, 0.20454545454545447, -0.1885143570536829, -0.19259259259259265),
        (GAPS, 0.42910447761194026, 0.8019874970511913, 0.8121546961325967),
        (TWO_CATEGORIES, 0.5668449197860963, 0.5668449197860963, 0.5668449197860963),
    ],
)
def test_it_agrees_with_another_program(
    ratings: list[list[float | None]], nominal: float, ordinal: float, interval: float
) -> None:
    assert alpha(ratings, "nominal") == pytest.approx(nominal, abs=1e-12)
    assert alpha(ratings, "ordinal") == pytest.approx(ordinal, abs=1e-12)
    assert alpha(ratings, "interval") == pytest.approx(interval, abs=1e-12)


@pytest.mark.parametrize(
    "ratings",
    [
        [],
        [[]],
        [[1, 2, 3]],
        [[1, N, 3], [N, 2, N]],
        [[N, N], [N, N]],
        [[3, 3, 3], [3, 3, 3]],
    ],
    ids=["no raters", "no units", "one rater", "no unit twice", "nothing", "no variation"],
)
def test_it_is_undefined_where_nothing_can_be_compared(ratings: list[list[float | None]]) -> None:
    assert alpha(ratings, "ordinal") is None


def test_raters_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        alpha([[1, 2], [1]], "nominal")


scores = st.one_of(st.none(), st.integers(0, 5))
levels = st.sampled_from(["nominal", "ordinal", "interval"])


@given(st.lists(st.integers(0, 5), min_size=2, max_size=8), st.integers(2, 4), levels)
def test_raters_who_agree_on_everything_give_one(row: list[int], raters: int, level: Level) -> None:
    found = alpha([row] * raters, level)
    assert found is None if len(set(row)) == 1 else found == pytest.approx(1)


@given(st.lists(st.tuples(scores, scores, scores), max_size=8), levels)
def test_neither_the_order_of_raters_nor_of_units_matters(
    units: list[tuple[int | None, int | None, int | None]], level: Level
) -> None:
    found = alpha(list(zip(*units, strict=True)), level)
    turned = alpha(list(zip(*reversed(units), strict=True))[::-1], level)
    assert found == (turned if turned is None else pytest.approx(turned))
    assert found is None or found <= 1 + 1e-12


def test_agreement_of_a_round_is_the_ordinal_alpha_of_its_scores() -> None:
    names = [f"C{at}" for at in range(12)]
    alike = round_of(*({name: score(at % 6) for at, name in enumerate(names)} for _ in range(2)))
    assert agreement_of(alike) == 1
    few = round_of(*({name: score(3) for name in names[:9]} for _ in range(2)))
    assert agreement_of(few) is None
    alone = round_of({name: score(3) for name in names})
    assert agreement_of(alone) is None


def test_leniency_is_told_after_ten_technologies_and_not_before() -> None:
    sheets = ({"S1": score(4), "E1": score(3)}, {"S1": score(2), "E1": score(2)})
    scored = [technology(rounds=(round_of(*sheets),)) for _ in range(10)]
    people = list(scored[0].rounds[0].submissions)
    told = leniency(scored)
    assert told == {people[0]: (1.5, 10), people[1]: (-1.5, 10)}
    assert leniency(scored[:9]) == {}
