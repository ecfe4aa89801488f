"""What must hold of any scores at all."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from horizon.framework.loading import shipped
from horizon.framework.schema import Framework
from horizon.judgement.scoring import (
    GateState,
    ScoresReading,
    ValueReading,
    preview,
    read_scores,
)
from horizon.judgement.waterfall import waterfall
from horizon.model.assessment import Score
from horizon.model.facts import Fact, FactValue
from horizon.model.words import EvidenceGrade
from tests.judgement.making import SMALL, reworked, round_of, technology

Scores = dict[str, Score]

frameworks = st.sampled_from([SMALL, shipped()])
values = st.one_of(st.integers(0, 5), st.just("na"))
grades = st.sampled_from(EvidenceGrade)
some_scores = st.builds(Score, value=values, grade=grades)
levels = st.builds(Score, value=st.integers(0, 5), grade=grades)
some_facts = st.dictionaries(st.sampled_from(Fact), st.sampled_from(FactValue))


@st.composite
def judged(draw: st.DrawFn) -> tuple[Framework, dict[Fact, FactValue], list[Scores]]:
    """A framework, facts, and what up to three assessors handed in."""
    framework = draw(frameworks)
    sheet = st.dictionaries(st.sampled_from(sorted(framework.criteria)), some_scores)
    return framework, draw(some_facts), draw(st.lists(sheet, max_size=3))


def read(framework: Framework, known: dict[Fact, FactValue], sheets: list[Scores]) -> ScoresReading:
    return read_scores(framework, technology(facts=known, rounds=(round_of(*sheets),)))


def lines(reading: ScoresReading) -> list[Any]:
    """Everything that has a low and a high end, in a fixed order."""
    return [*reading.cells.values(), *reading.principles, reading.overall]


def within(inner: ScoresReading, outer: ScoresReading) -> bool:
    return all(
        wide.low <= narrow.low and narrow.high <= wide.high
        for narrow, wide in zip(lines(inner), lines(outer), strict=True)
    )


@given(judged())
def test_every_interval_is_in_order_and_on_the_scale(
    case: tuple[Framework, dict[Fact, FactValue], list[Scores]],
) -> None:
    reading = read(*case)
    for each in lines(reading):
        assert 0 <= each.low <= (each.low if each.mid is None else each.mid) <= each.high <= 1000
        for number in (each.low, each.high):
            assert type(number) is int
    for each in (*reading.principles, reading.overall):
        assert 0 <= each.coverage <= 100
        if each.point is not None:
            assert each.coverage >= 80
            assert each.low // 10 <= each.point <= -(-each.high // 10)


@given(judged(), st.data())
def test_an_interval_contains_every_way_of_filling_in_what_is_missing(
    case: tuple[Framework, dict[Fact, FactValue], list[Scores]], data: st.DataObject
) -> None:
    framework, known, sheets = case
    sheets = sheets or [{}]
    scored = {name for sheet in sheets for name in sheet}
    missing = sorted(set(framework.criteria) - scored)
    filled = data.draw(st.fixed_dictionaries(dict.fromkeys(missing, some_scores)))
    before = read(framework, known, sheets)
    after = read(framework, known, [{**sheets[0], **filled}, *sheets[1:]])
    for narrow, wide in zip(
        (*after.principles, after.overall), (*before.principles, before.overall), strict=True
    ):
        assert wide.low <= narrow.low <= narrow.mid <= narrow.high <= wide.high


@given(judged(), grades)
def test_better_evidence_never_widens_and_never_moves_the_middle(
    case: tuple[Framework, dict[Fact, FactValue], list[Scores]], best: EvidenceGrade
) -> None:
    framework, known, sheets = case
    better = [
        {
            name: each.model_copy(update={"grade": min(each.grade, best)})
            for name, each in sheet.items()
        }
        for sheet in sheets
    ]
    before, after = read(framework, known, sheets), read(framework, known, better)
    assert within(after, before)
    for old, new in zip(before.cells.values(), after.cells.values(), strict=True):
        assert old.mid == new.mid


@given(judged(), st.data())
def test_raising_a_score_never_lowers_anything(
    case: tuple[Framework, dict[Fact, FactValue], list[Scores]], data: st.DataObject
) -> None:
    framework, known, sheets = case
    places = [
        (at, name)
        for at, sheet in enumerate(sheets)
        for name, each in sheet.items()
        if each.value not in ("na", 5)
    ]
    if not places:
        return
    at, name = data.draw(st.sampled_from(places))
    raised = [dict(sheet) for sheet in sheets]
    old = sheets[at][name]
    raised[at][name] = old.model_copy(update={"value": int(old.value) + 1})
    before, after = read(framework, known, sheets), read(framework, known, raised)
    for less, more in zip(lines(before), lines(after), strict=True):
        assert less.low <= more.low
        assert less.high <= more.high
        assert (less.mid or 0) <= (more.mid or 0)


@given(judged(), st.randoms())
def test_the_order_of_assessors_does_not_matter_and_neither_does_a_twin(
    case: tuple[Framework, dict[Fact, FactValue], list[Scores]], random: Any
) -> None:
    framework, known, sheets = case
    shuffled = list(sheets)
    random.shuffle(shuffled)
    before, after = read(framework, known, sheets), read(framework, known, shuffled)
    assert lines(before) == lines(after)
    if len(sheets) == 1:
        twin = read(framework, known, sheets * 2)
        assert (twin.principles, twin.overall) == (before.principles, before.overall)


@given(judged(), st.sampled_from(Fact))
def test_a_fact_that_takes_a_criterion_away_takes_its_effect_away(
    case: tuple[Framework, dict[Fact, FactValue], list[Scores]], fact: Fact
) -> None:
    framework, known, sheets = case
    known = {**known, fact: FactValue.NO}
    hidden = {name for name, each in framework.criteria.items() if fact in each.applies.all_of}
    without = [
        {name: each for name, each in sheet.items() if name not in hidden} for sheet in sheets
    ]
    with_, bare = read(framework, known, sheets), read(framework, known, without)
    assert lines(with_) == lines(bare)
    assert with_.gates == bare.gates


@given(judged())
def test_a_minimum_that_is_passed_is_passed_by_the_whole_interval(
    case: tuple[Framework, dict[Fact, FactValue], list[Scores]],
) -> None:
    reading = read(*case)
    for gate in reading.gates:
        cell = reading.cells[gate.criterion.id]
        wanted = gate.criterion.points[gate.minimum]
        if gate.state is GateState.PASS:
            assert cell.low >= wanted
        elif gate.state is GateState.FAIL:
            assert cell.high < wanted
        else:
            assert cell.low < wanted <= cell.high


weighted = st.lists(st.integers(0, 60), min_size=2, max_size=2).filter(any)


@settings(max_examples=500)
@given(weighted, st.dictionaries(st.sampled_from(sorted(SMALL.criteria)), levels))
def test_the_waterfall_always_adds_up_to_the_printed_total(
    weights: list[int], sheet: Scores
) -> None:
    parts = [
        {**each, "weight": weight}
        for each, weight in zip(SMALL.content["principles"], weights, strict=True)
    ]
    framework = reworked(principles=parts)
    reading = preview(framework, sheet)
    found = waterfall(reading)
    assert found.start + sum(step for _, step in found.steps) == found.total
    assert found.total == (reading.overall.mid + 5) // 10
    if reading.overall.point is not None:
        assert found.total == reading.overall.point
    for (_, step), each in zip(found.steps, reading.principles, strict=True):
        assert abs(step - exact(each, sum(weights))) <= 1


def exact(principle: ValueReading, total: int) -> float:
    """How far a principle carries the total, before rounding, in hundredths of the scale."""
    return principle.weight * (principle.mid - 500) / total / 10


@given(judged())
def test_the_shipped_waterfall_adds_up_too(
    case: tuple[Framework, dict[Fact, FactValue], list[Scores]],
) -> None:
    framework, known, sheets = case
    found = waterfall(read(framework, known, sheets))
    assert found.start + sum(step for _, step in found.steps) == found.total
