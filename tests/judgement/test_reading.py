"""Everything judged at once, and the shipped framework judged as a whole."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from horizon.framework.loading import shipped
from horizon.judgement.checklist import read_checklist
from horizon.judgement.gates import read_gate
from horizon.judgement.reading import read
from horizon.judgement.standing import StandingKind
from horizon.judgement.status import Status
from horizon.model.assessment import Score
from horizon.model.facts import Fact, FactValue
from horizon.model.words import AnswerValue, EvidenceGrade, Phase, Tier
from tests.judgement.making import (
    QUIET,
    SMALL,
    TODAY,
    answers,
    decision,
    evidence,
    facts,
    round_of,
    score,
    technology,
)

LIVE_FACE_RECOGNITION = facts(
    Fact.PERSONAL_DATA,
    Fact.LAW_ENFORCEMENT,
    Fact.SENSITIVE,
    Fact.AI,
    Fact.LEARNED_MODEL,
    Fact.BIOMETRIC,
    Fact.AFFECTS_INDIVIDUALS,
    Fact.PUBLIC_SPACE,
    Fact.CAMERA,
    Fact.SUPPLIER,
    Fact.TRIAL,
)
"""The facts of R (Bridges) v South Wales Police, for a check against the shipped framework."""


def everything(grade: str = "A", value: int = 5) -> dict[str, Any]:
    """The best that can be said of anything under the shipped framework."""
    framework = shipped()
    sheet = {name: score(value, grade) for name in framework.criteria}
    return {
        "answers": answers(**dict.fromkeys(framework.items, "yes")),
        "rounds": (round_of(sheet, sheet, framework=framework.digest),),
        "evidence": tuple(
            evidence(each.id, number=number, ends_on=date(2027, 3, 31))
            for number, each in enumerate(framework.route.documents, start=1)
        ),
    }


def test_a_reading_holds_what_each_part_says() -> None:
    subject = technology(
        stage="in-trial",
        facts=facts(Fact.PERSONAL_DATA),
        answers=answers(RED="no"),
        decisions=(decision("ETH/2026/001", expires_on=date(2027, 3, 31)),),
        review_by=date(2027, 1, 31),
    )
    found = read(SMALL, subject, TODAY)
    assert found.phase is Phase.ADOPTION
    assert found.tier.tier is Tier.STANDARD
    assert found.checklist == read_checklist(SMALL, subject, Phase.ADOPTION)
    assert found.scores.phase is Phase.ADOPTION
    assert found.status.status is Status.STOP
    assert found.standing.kind is StandingKind.APPROVED_FOR_TRIAL
    assert [each.kind for each in found.deadlines] == ["review", "expiry"]


def test_what_nobody_has_begun_is_held_at_the_deepest_tier_with_the_whole_scale_open() -> None:
    found = read(shipped(), technology(facts={}, stage="signal"), TODAY)
    assert found.tier.tier is Tier.BOARD
    assert found.status.status is Status.HELD
    assert (found.scores.overall.low, found.scores.overall.high) == (0, 1000)
    asked = [each.id for each in shipped().items.values() if each.trial != "none"]
    assert [each.item.id for each in found.checklist.applicable] == asked
    assert found.checklist.open == found.checklist.applicable


def test_the_best_of_everything_is_clear_and_passes_both_ethics_gates() -> None:
    for known in (dict(QUIET), LIVE_FACE_RECOGNITION, {}):
        subject = technology(facts=known, stage="assessing", **everything())
        assert read(shipped(), subject, TODAY).status.status is Status.CLEAR
        for name in ("G2", "G5"):
            assert read_gate(shipped(), subject, name, TODAY).missing == ()


def test_a_blank_form_passes_no_ethics_gate_and_every_lack_says_who_can_help() -> None:
    for gate in shipped().route.gates:
        found = read_gate(shipped(), technology(facts={}), gate.id, TODAY)
        assert not found.passes
        for each in found.missing:
            assert each.words
            assert each.who.endswith(".")


def test_full_marks_on_documents_pass_a_trial_and_a_three_on_documents_does_not_pass_adoption() -> (
    None
):
    on_paper = technology(facts=dict(QUIET), **everything("C", 3))
    minimums = {
        name: next(
            each
            for each in read_gate(shipped(), on_paper, name, TODAY).findings
            if each.need == "minimums"
        )
        for name in ("G2", "G5")
    }
    assert minimums["G2"].met
    assert not minimums["G5"].met


def test_live_face_recognition_gets_the_deepest_review_and_every_red_line() -> None:
    found = read(shipped(), technology(facts=LIVE_FACE_RECOGNITION, stage="evaluated"), TODAY)
    assert found.tier.tier is Tier.BOARD
    lines = {item.id for item in shipped().items.values() if item.is_red_line(Phase.ADOPTION)}
    assert {each.item.id for each in found.checklist.red_lines} == lines


@pytest.mark.parametrize(
    "item", [item.id for item in shipped().items.values() if item.is_red_line(Phase.TRIAL)]
)
def test_no_score_outweighs_a_red_line(item: str) -> None:
    best = everything()
    best["answers"] |= answers(**{item: "no"})
    subject = technology(facts=LIVE_FACE_RECOGNITION, stage="assessing", **best)
    found = read(shipped(), subject, TODAY)
    assert found.scores.overall.point == 100
    assert found.status.status is Status.STOP
    (missing,) = read_gate(shipped(), subject, "G2", TODAY).missing
    assert missing.detail == f"red lines that are not cleared: {item} (no)"


some_facts = st.fixed_dictionaries(dict.fromkeys(Fact, st.sampled_from(FactValue)))
some_answers = st.dictionaries(
    st.sampled_from(sorted(shipped().items)), st.sampled_from([str(each) for each in AnswerValue])
)
some_scores = st.builds(
    Score, value=st.one_of(st.integers(0, 5), st.just("na")), grade=st.sampled_from(EvidenceGrade)
)
sheets = st.dictionaries(st.sampled_from(sorted(shipped().criteria)), some_scores)


@settings(max_examples=60)
@given(some_facts, some_answers, sheets, st.sampled_from(Fact), st.sampled_from(["G2", "G5"]))
def test_not_knowing_a_fact_never_opens_a_gate_and_never_improves_the_status(
    known: dict[Fact, FactValue],
    given: dict[str, str],
    sheet: dict[str, Score],
    fact: Fact,
    name: str,
) -> None:
    def judged(value: FactValue) -> tuple[set[str], int]:
        subject = technology(
            stage="assessing",
            facts={**known, fact: value},
            answers=answers(**given),
            rounds=(round_of(sheet, sheet),),
        )
        reading = read_gate(shipped(), subject, name, TODAY)
        status = read(shipped(), subject, TODAY).status.status
        return {each.need for each in reading.missing}, status.gravity

    missing, gravity = judged(FactValue.UNKNOWN)
    for value in (FactValue.YES, FactValue.NO):
        settled, graver = judged(value)
        assert settled <= missing
        assert gravity <= graver
    assert judged(FactValue.YES) == (missing, gravity)


@settings(max_examples=60)
@given(some_facts, some_answers, st.sampled_from(Fact), st.sampled_from(Phase))
def test_a_fact_set_to_no_takes_away_what_it_brought_and_setting_it_back_restores_it(
    known: dict[Fact, FactValue], given: dict[str, str], fact: Fact, phase: Phase
) -> None:
    with_ = technology(facts={**known, fact: FactValue.YES}, answers=answers(**given))
    without = technology(facts={**known, fact: FactValue.NO}, answers=answers(**given))
    brought = {name for name, item in shipped().items.items() if fact in item.applies.all_of}
    after = {each.item.id: each for each in read_checklist(shipped(), without, phase).items}
    for name in brought:
        assert not after[name].applies
        assert after[name].line is None
    again = without.model_copy(update={"facts": dict(with_.facts)})
    assert read_checklist(shipped(), again, phase) == read_checklist(shipped(), with_, phase)
