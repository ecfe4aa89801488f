"""How far assessors agree: Krippendorff's alpha.

Krippendorff, K. (2011), "Computing Krippendorff's alpha-reliability".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product
from typing import Literal

from horizon.model.assessment import NOT_APPLICABLE, Round, Score, Submission
from horizon.model.technology import Technology

Level = Literal["nominal", "ordinal", "interval"]


def alpha(ratings: Sequence[Sequence[float | None]], level: Level) -> float | None:
    """Agreement of several raters over the same units, 1 for perfect and 0 for chance.

    `ratings` has a row for each rater and a column for each unit; `None` is missing. Gives `None`
    where it is undefined: no unit with two ratings, or no variation at all.
    """
    units = [[each for each in unit if each is not None] for unit in zip(*ratings, strict=True)]
    pairable = [unit for unit in units if len(unit) > 1]
    coincidences: defaultdict[tuple[float, float], float] = defaultdict(float)
    for unit in pairable:
        for first, a in enumerate(unit):
            for second, b in enumerate(unit):
                if first != second:
                    coincidences[a, b] += 1 / (len(unit) - 1)
    marginal: defaultdict[float, float] = defaultdict(float)
    for (a, _), weight in coincidences.items():
        marginal[a] += weight
    total = sum(marginal.values())
    if total <= 1 or len(marginal) < 2:
        return None
    distance = _distance(level, marginal)
    observed = sum(weight * distance(a, b) for (a, b), weight in coincidences.items())
    expected = sum(
        marginal[a] * marginal[b] * distance(a, b) for a, b in product(marginal, repeat=2)
    )
    return 1 - (total - 1) * observed / expected


ENOUGH_UNITS, ENOUGH_TECHNOLOGIES = 10, 10
"""Below these, agreement and leniency are "not enough to say" (scoring method 3.8 and 6)."""


def agreement_of(scored: Round) -> float | None:
    """How far the assessors of a round agree: the ordinal alpha over its criteria, or `None` where
    fewer than two scored the same ten."""
    sheets = list(scored.submissions.values())
    names = sorted({name for each in sheets for name in each.scores})
    ratings = [[_level(each.scores.get(name)) for name in names] for each in sheets]
    shared = sum(sum(row[at] is not None for row in ratings) > 1 for at in range(len(names)))
    return alpha(ratings, "ordinal") if shared >= ENOUGH_UNITS else None


def leniency(technologies: Iterable[Technology]) -> dict[str, tuple[float, int]]:
    """By assessor: how many levels above (or below, negative) the others' mean they score, over how
    many technologies. Only who scored ten beside others is in it."""
    found: defaultdict[str, list[float]] = defaultdict(list)
    for technology in technologies:
        for scored in technology.rounds[-1:]:
            if not scored.is_closed:
                continue
            for person, given in scored.submissions.items():
                apart = _apart(scored, person, given)
                if apart is not None:
                    found[person].append(apart)
    return {
        person: (sum(each) / len(each), len(each))
        for person, each in found.items()
        if len(each) >= ENOUGH_TECHNOLOGIES
    }


def _apart(scored: Round, person: str, given: Submission) -> float | None:
    """An assessor's mean distance from the mean of the others on what they scored alike."""
    distances = []
    for name, score in given.scores.items():
        mine = _level(score)
        others = [
            level
            for other, sheet in scored.submissions.items()
            if other != person and (level := _level(sheet.scores.get(name))) is not None
        ]
        if mine is not None and others:
            distances.append(mine - sum(others) / len(others))
    return sum(distances) / len(distances) if distances else None


def _level(score: Score | None) -> float | None:
    return None if score is None or score.value == NOT_APPLICABLE else float(score.value)


def _distance(level: Level, marginal: Mapping[float, float]) -> Callable[[float, float], float]:
    values = sorted(marginal)

    def nominal(a: float, b: float) -> float:
        return float(a != b)

    def interval(a: float, b: float) -> float:
        return (a - b) ** 2

    def ordinal(a: float, b: float) -> float:
        low, high = min(a, b), max(a, b)
        between = sum(marginal[each] for each in values if low <= each <= high)
        return (between - (marginal[low] + marginal[high]) / 2) ** 2

    return {"nominal": nominal, "ordinal": ordinal, "interval": interval}[level]
