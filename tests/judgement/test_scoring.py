"""Scores as intervals, by numbers worked out by hand (scoring method 3.1 to 3.4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from horizon.framework.schema import Framework
from horizon.judgement.scoring import GateState, ScoresReading, preview, read_scores
from horizon.judgement.waterfall import waterfall
from horizon.model.assessment import Score
from horizon.model.facts import Fact
from horizon.model.words import Phase
from tests.judgement.making import QUIET, SMALL, facts, reworked, round_of, score, technology

FIRM = {"S1": score(5), "S2": score(4), "E1": score(4), "E3": score(1), "SO1": score(3)}
"""One assessor's scores on everything that applies to a quiet use, all on measured trials."""


def read(*given: Mapping[str, Score], phase: Phase = Phase.TRIAL, **more: Any) -> ScoresReading:
    return read_scores(SMALL, technology(rounds=(round_of(*given),), **more), phase)


def principle(reading: ScoresReading, name: str) -> tuple[int, int, int, int, int | None]:
    each = next(each for each in reading.principles if each.id == name)
    return each.low, each.mid, each.high, each.coverage, each.point


def test_principles_are_weighted_means_and_so_is_the_whole() -> None:
    found = read(FIRM)
    assert principle(found, "S") == (850, 850, 850, 100, 85)
    assert principle(found, "E") == (900, 900, 900, 100, 90)
    assert (found.overall.low, found.overall.mid, found.overall.high) == (870, 870, 870)
    assert found.overall.text == "87 (87-87)"


def test_nothing_scored_is_the_whole_scale_and_no_point() -> None:
    found = read_scores(SMALL, technology())
    assert (found.round, found.assessors) == (None, 0)
    assert (found.overall.low, found.overall.high, found.overall.coverage) == (0, 1000, 0)
    assert found.overall.point is None
    assert found.overall.text == "0-100, 0% scored"
    assert [each.state for each in found.gates] == [GateState.OPEN]


@pytest.mark.parametrize(
    ("criterion", "value", "grade", "low", "mid", "high"),
    [
        ("S1", 3, "A", 600, 600, 600),
        ("S1", 3, "B", 500, 600, 700),
        ("S1", 3, "C", 400, 600, 800),
        ("S1", 3, "D", 200, 600, 1000),
        ("S1", 0, "D", 0, 0, 400),
        ("S1", 5, "D", 600, 1000, 1000),
        ("E1", 3, "B", 375, 500, 700),
        ("E1", 4, "C", 500, 900, 1000),
    ],
)
def test_weaker_evidence_widens_a_cell_and_leaves_its_middle(
    criterion: str, value: int, grade: str, low: int, mid: int, high: int
) -> None:
    cell = read({criterion: score(value, grade)}).cells[criterion]
    assert (cell.low, cell.mid, cell.high) == (low, mid, high)


@pytest.mark.parametrize(
    ("levels", "low", "mid", "high", "disagree"),
    [
        ((2,), 400, 400, 400, False),
        ((2, 3), 400, 500, 600, False),
        ((3, 2, 2), 400, 400, 600, False),
        ((4, 2, 3), 400, 600, 800, True),
        ((5, 0), 0, 500, 1000, True),
    ],
)
def test_several_assessors_are_read_by_their_median_and_their_spread(
    levels: tuple[int, ...], low: int, mid: int, high: int, disagree: bool
) -> None:
    cell = read(*({"S1": score(level)} for level in levels)).cells["S1"]
    assert (cell.low, cell.mid, cell.high, cell.disagree) == (low, mid, high, disagree)
    assert cell.spread == max(levels) - min(levels)


def test_a_half_level_lies_between_its_value_points() -> None:
    assert read({"E1": score(3)}, {"E1": score(4)}).cells["E1"].mid == 700


def with_criteria(*criteria: dict[str, Any]) -> Framework:
    """The small framework with other criteria in its first principle."""
    safe, efficient = SMALL.content["principles"]
    plain = safe["criteria"][1]
    named = [
        {**plain, "id": f"P{number}", "weight": 1, **each}
        for number, each in enumerate(criteria, start=1)
    ]
    return reworked(principles=[{**safe, "criteria": named}, efficient])


def test_what_does_not_come_out_whole_is_rounded_outwards() -> None:
    framework = with_criteria({"points": [0, 201, 402, 603, 804, 1000]})
    cell = preview(framework, {"P1": score(2, "B")}).cells["P1"]
    assert (cell.low, cell.mid, cell.high) == (301, 402, 503)


def test_a_middle_is_rounded_to_the_nearest_and_its_ends_outwards() -> None:
    scored = {"P1": score(3), "P2": score(3), "P3": score(4)}
    found = preview(with_criteria({}, {}, {}), scored)
    assert principle(found, "S") == (666, 667, 667, 100, 67)


def test_a_gating_criterion_that_facts_take_away_keeps_no_point_back() -> None:
    gating = {"trial_minimum": 2, "weight": 0, "applies": {"all_of": ["camera"]}}
    framework = with_criteria({}, gating)
    scored = {"P1": score(4), "E1": score(3)}
    assert preview(framework, scored, QUIET).overall.point == 68
    assert preview(framework, scored, facts(Fact.CAMERA)).overall.point is None
    assert preview(framework, scored, QUIET).gates == ()


def test_each_score_is_widened_by_its_own_evidence() -> None:
    cell = read({"S1": score(3, "D")}, {"S1": score(3, "A")}).cells["S1"]
    assert (cell.low, cell.mid, cell.high) == (200, 600, 1000)
    assert cell.text == "3 (A/D)"


def test_those_who_left_a_criterion_out_do_not_count() -> None:
    cell = read({"S1": score(4)}, {}).cells["S1"]
    assert (cell.mid, cell.levels, cell.disagree) == (800, (4,), False)


def test_not_applicable_from_some_is_a_disagreement_and_from_all_takes_the_weight_away() -> None:
    some = read({"S2": score(4)}, {"S2": score("na")}).cells["S2"]
    assert (some.mid, some.applicable, some.disagree) == (800, True, True)
    everyone = read({"S1": score(3), "S2": score("na")})
    assert not everyone.cells["S2"].applicable
    assert everyone.cells["S2"].text == "not applicable"
    assert principle(everyone, "S") == (600, 600, 600, 100, 60)


def test_a_missing_score_widens_both_ends_and_gives_no_point_below_80_per_cent() -> None:
    found = read({"S1": score(5), "E1": score(4)})
    assert principle(found, "S") == (250, 625, 1000, 25, None)
    assert found.overall.coverage == 55
    assert found.overall.text == "51-96, 55% scored"


def test_exactly_80_per_cent_is_enough_though_its_parts_are_thirds() -> None:
    framework = with_criteria({}, {}, {})
    rounds = (round_of({"P1": score(3), "P2": score(3), "E1": score(3)}),)
    found = read_scores(framework, technology(rounds=rounds))
    assert [each.coverage for each in found.principles] == [66, 100]
    assert found.overall.coverage == 80
    assert found.overall.point == 54


def test_no_point_while_a_gating_criterion_is_unassessed_however_much_else_is() -> None:
    found = read({name: each for name, each in FIRM.items() if name != "S1"})
    assert found.overall.coverage == 85
    assert found.overall.point is None
    marked = read({**FIRM, "S1": score("na")})
    assert principle(marked, "S")[4] is None
    assert marked.overall.point is None
    assert [each.state for each in marked.gates] == [GateState.OPEN]


@pytest.mark.parametrize(
    ("value", "grade", "trial", "adoption"),
    [
        (1, "A", GateState.FAIL, GateState.FAIL),
        (1, "C", GateState.OPEN, GateState.FAIL),
        (2, "A", GateState.PASS, GateState.FAIL),
        (2, "B", GateState.OPEN, GateState.FAIL),
        (3, "A", GateState.PASS, GateState.PASS),
        (3, "C", GateState.PASS, GateState.OPEN),
        (3, "D", GateState.OPEN, GateState.OPEN),
        (4, "C", GateState.PASS, GateState.PASS),
        (4, "D", GateState.PASS, GateState.OPEN),
        (5, "D", GateState.PASS, GateState.PASS),
    ],
)
def test_a_minimum_is_reached_by_the_low_end_and_missed_by_the_high_end(
    value: int, grade: str, trial: GateState, adoption: GateState
) -> None:
    for phase, state in ((Phase.TRIAL, trial), (Phase.ADOPTION, adoption)):
        (gate,) = read({"S1": score(value, grade)}, phase=phase).gates
        assert gate.state is state


def test_a_criterion_that_facts_take_away_neither_scores_nor_widens() -> None:
    scored = {**FIRM, "E2": score(0)}
    assert read(scored).overall == read(FIRM).overall
    outside = read(scored, facts=facts(Fact.SHARED_OUTSIDE))
    assert principle(outside, "E") == (450, 450, 450, 100, 45)
    unknown = read(FIRM, facts=facts(unknown=[Fact.SHARED_OUTSIDE]))
    assert principle(unknown, "E") == (450, 700, 950, 50, None)


def test_weight_nought_is_shown_and_does_not_score() -> None:
    assert read({**FIRM, "E3": score(5)}).overall == read(FIRM).overall
    assert read(FIRM).cells["E3"].mid == 200


def test_objectives_stand_beside_the_score_and_never_in_it() -> None:
    found = read({**FIRM, "SO1": score(0)})
    assert found.overall == read(FIRM).overall
    (objective,) = found.objectives
    assert (objective.name, objective.cell.text) == ("Platforms", "0 (A)")


def test_a_sealed_round_is_not_looked_into() -> None:
    sealed = round_of(FIRM, number=2, closed=False)
    assert read_scores(SMALL, technology(rounds=(sealed,))).round is None
    both = read_scores(SMALL, technology(rounds=(round_of({"S1": score(1)}), sealed)))
    assert both.round == 1
    assert both.cells["S1"].mid == 200


def test_the_newest_closed_round_is_read() -> None:
    rounds = (round_of({"S1": score(1)}), round_of(FIRM, FIRM, number=2))
    found = read_scores(SMALL, technology(rounds=rounds))
    assert (found.round, found.assessors) == (2, 2)
    assert found.overall.point == 87


def test_a_round_closed_without_anybody_scores_nothing() -> None:
    found = read()
    assert (found.round, found.assessors) == (1, 0)
    assert found.overall.coverage == 0


def test_the_minimums_read_are_those_of_the_stage_unless_told() -> None:
    subject = technology(stage="in-trial", rounds=(round_of(FIRM),))
    assert read_scores(SMALL, subject).phase is Phase.ADOPTION
    assert read_scores(SMALL, subject).gates[0].minimum == 3
    assert read_scores(SMALL, subject, Phase.TRIAL).gates[0].minimum == 2


def flags(framework: Framework = SMALL, *given: Mapping[str, Score], **more: Any) -> str:
    return " ".join(read_scores(framework, technology(rounds=(round_of(*given),), **more)).flags)


def test_flags_say_what_a_reader_must_know() -> None:
    assert flags(SMALL, FIRM, FIRM) == ""
    assert flags(SMALL, FIRM) == "One assessor only."
    split = {**FIRM, "S2": score(2), "SO1": score(5)}
    assert flags(SMALL, FIRM, split) == "Assessors disagree on S2, SO1."
    claimed = {**FIRM, "S1": score(5, "D")}
    assert flags(SMALL, claimed, FIRM) == "15% of the weight rests on claims or opinion (D)."


def test_weight_marked_not_applicable_is_flagged_above_a_quarter() -> None:
    whole = facts(Fact.SHARED_OUTSIDE)
    scored = {**FIRM, "E2": score(3)}
    fifth = {**scored, "E2": score("na")}
    assert "not applicable" not in flags(SMALL, fifth, fifth, facts=whole)
    most = {**scored, "S2": score("na")}
    assert "45% of the weight is marked not applicable." in flags(SMALL, most, most, facts=whole)


def test_a_principle_in_which_nothing_applies_is_unknown_and_flagged() -> None:
    nothing = {**FIRM, "E1": score("na"), "E3": score("na")}
    found = read(nothing, nothing)
    assert principle(found, "E") == (0, 500, 1000, 0, None)
    assert "Nothing in Efficient applies, so nothing is known of it." in found.flags


def test_a_round_of_another_framework_is_flagged() -> None:
    older = technology(rounds=(round_of(FIRM, framework="ab" * 32),))
    (flag, _) = read_scores(SMALL, older).flags
    assert flag.startswith("Round 1 was scored under an earlier framework (abababababab)")


def test_a_preview_reads_like_one_assessor_who_stood_alone() -> None:
    unsent = preview(SMALL, FIRM, QUIET)
    closed = read(FIRM)
    assert unsent.round is None
    assert (unsent.overall, unsent.cells) == (closed.overall, closed.cells)
    assert preview(SMALL, {}).overall.coverage == 0


def test_the_waterfall_tells_the_total_line_by_line() -> None:
    found = waterfall(read(FIRM))
    assert (found.start, found.steps, found.total) == (50, (("Safe", 21), ("Efficient", 16)), 87)
    assert found.text == "50 start, Safe +21, Efficient +16 = 87"
    low = waterfall(read({**FIRM, "S1": score(0), "S2": score(0)}))
    assert low.text == "50 start, Safe -30, Efficient +16 = 36"


def test_what_is_left_over_goes_to_the_largest_remainder() -> None:
    safe, efficient = SMALL.content["principles"]
    framework = reworked(principles=[{**safe, "weight": 1}, {**efficient, "weight": 2}])
    sheet = {"S1": score(5), "S2": score(3)}
    given = ({**sheet, "E1": score(3)}, {**sheet, "E1": score(4)})
    found = read_scores(framework, technology(rounds=(round_of(*given),)))
    # 6 2/3 and 13 1/3 of the 20 between them.
    assert waterfall(found).text == "50 start, Safe +7, Efficient +13 = 70"
