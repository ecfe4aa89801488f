"""The data-ethics checklist: what is asked, and what an answer does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from horizon.framework.loading import shipped
from horizon.framework.schema import Framework
from horizon.judgement.checklist import (
    ChecklistReading,
    Finding,
    ItemReading,
    RedLine,
    may_be_not_applicable,
    read_checklist,
)
from horizon.model.facts import Fact, FactValue
from horizon.model.words import AnswerValue, Phase
from tests.judgement.making import SMALL, answers, facts, technology

DEEP = facts(Fact.PERSONAL_DATA)
"""Facts of the standard tier: every item that applies is asked."""

TRIAL, ADOPTION = Phase.TRIAL, Phase.ADOPTION
MET, BLOCKS, CONDITION = Finding.MET, Finding.BLOCKS, Finding.CONDITION
ADVISORY, OPEN, NOT_ASKED = Finding.ADVISORY, Finding.OPEN, Finding.NOT_APPLICABLE


def read(
    phase: Phase, known: dict[Fact, FactValue] | None = None, **given: str
) -> dict[str, ItemReading]:
    subject = technology(facts=DEEP if known is None else known, answers=answers(**given))
    return {each.item.id: each for each in read_checklist(SMALL, subject, phase).items}


@pytest.mark.parametrize(
    ("item", "phase", "findings"),
    [
        # answer:            yes  partly     no         unknown    not applicable  none
        ("RED", TRIAL, (MET, BLOCKS, BLOCKS, BLOCKS, BLOCKS, BLOCKS)),
        ("RED", ADOPTION, (MET, BLOCKS, BLOCKS, BLOCKS, BLOCKS, BLOCKS)),
        ("BLOCK", TRIAL, (MET, CONDITION, BLOCKS, BLOCKS, MET, BLOCKS)),
        ("BLOCK", ADOPTION, (MET, BLOCKS, BLOCKS, BLOCKS, MET, BLOCKS)),
        ("LATE", TRIAL, (MET, CONDITION, CONDITION, CONDITION, CONDITION, OPEN)),
        ("LATE", ADOPTION, (MET, BLOCKS, BLOCKS, BLOCKS, BLOCKS, BLOCKS)),
        ("GROWS", TRIAL, (MET, CONDITION, CONDITION, CONDITION, CONDITION, OPEN)),
        ("GROWS", ADOPTION, (MET, BLOCKS, BLOCKS, BLOCKS, BLOCKS, BLOCKS)),
        ("MILD", TRIAL, (MET, ADVISORY, ADVISORY, ADVISORY, MET, OPEN)),
        ("MILD", ADOPTION, (MET, CONDITION, CONDITION, CONDITION, MET, OPEN)),
        ("THEN", TRIAL, (NOT_ASKED,) * 6),
        ("THEN", ADOPTION, (MET, CONDITION, CONDITION, CONDITION, MET, OPEN)),
    ],
)
def test_what_each_answer_does_at_each_phase(
    item: str, phase: Phase, findings: tuple[Finding, ...]
) -> None:
    given = [{item: value} for value in AnswerValue] + [{}]
    assert tuple(read(phase, **each)[item].finding for each in given) == findings


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        ({}, RedLine.UNKNOWN),
        ({"RED": "unknown"}, RedLine.UNKNOWN),
        ({"RED": "partly"}, RedLine.UNKNOWN),
        ({"RED": "not applicable"}, RedLine.UNKNOWN),
        ({"RED": "no"}, RedLine.CROSSED),
        ({"RED": "yes"}, RedLine.NOT_CROSSED),
    ],
)
def test_a_red_line_is_crossed_by_no_and_cleared_by_yes_alone(
    answer: dict[str, str], line: RedLine
) -> None:
    assert read(TRIAL, **answer)["RED"].line is line


def test_a_red_line_of_adoption_is_none_at_trial() -> None:
    assert read(TRIAL, LATE="no")["LATE"].line is None
    assert read(ADOPTION, LATE="no")["LATE"].line is RedLine.CROSSED


def test_light_review_asks_only_the_core_items() -> None:
    light = read(ADOPTION, facts())
    assert [name for name, each in light.items() if each.applies] == ["RED", "BLOCK"]
    assert "not one of the core questions" in light["LATE"].because
    assert light["LATE"].line is None
    deep = read(ADOPTION, DEEP)
    assert [name for name, each in deep.items() if not each.applies] == ["LINE"]


def test_an_unknown_fact_makes_an_item_apply_and_says_so() -> None:
    found = read(TRIAL, facts(Fact.PERSONAL_DATA, Fact.AI, unknown=[Fact.SENSITIVE]))["LINE"]
    assert found.applies
    assert found.line is RedLine.UNKNOWN
    assert found.because == (
        "Applies because of sensitive and ai (not known, so counted as yes: sensitive)."
    )


def test_why_an_item_applies_or_not_is_said() -> None:
    found = read(TRIAL)
    assert found["RED"].because == "Applies always."
    assert found["GROWS"].because == "Applies because of personal data."
    assert found["LINE"].because == "Does not apply: sensitive, ai and camera are no."
    assert found["THEN"].because == "Not tested for trial."
    with_ai = read(TRIAL, facts(Fact.PERSONAL_DATA, Fact.AI))
    assert with_ai["LINE"].because == "Does not apply: sensitive is no."


def test_a_fact_that_hides_an_item_takes_its_effect_away_and_gives_it_back() -> None:
    shown = facts(Fact.PERSONAL_DATA, Fact.SENSITIVE, Fact.AI)
    assert read(TRIAL, shown, LINE="no")["LINE"].finding is BLOCKS
    hidden = read(TRIAL, {**shown, Fact.SENSITIVE: FactValue.NO}, LINE="no")["LINE"]
    assert (hidden.finding, hidden.line, hidden.applies) == (NOT_ASKED, None, False)
    assert read(TRIAL, shown, LINE="no")["LINE"].line is RedLine.CROSSED


def test_not_applicable_is_an_answer_only_where_no_fact_and_no_red_line_says_otherwise() -> None:
    allowed = [name for name, item in SMALL.items.items() if may_be_not_applicable(item)]
    assert allowed == ["BLOCK", "MILD", "THEN"]


def test_the_lists_hold_what_their_names_say() -> None:
    subject = technology(
        facts=DEEP, answers=answers(RED="no", BLOCK="partly", GROWS="unknown", LATE="yes")
    )
    found = read_checklist(SMALL, subject, TRIAL)

    def names(items: tuple[ItemReading, ...]) -> list[str]:
        return [each.item.id for each in items]

    assert names(found.applicable) == ["RED", "LATE", "BLOCK", "GROWS", "MILD"]
    assert names(found.open) == ["GROWS", "MILD"]
    assert names(found.unanswered) == ["MILD"]
    assert names(found.blockers) == ["RED"]
    assert names(found.conditions) == ["BLOCK", "GROWS"]
    assert names(found.advisories) == []
    assert names(found.red_lines) == ["RED"]


some_facts = st.dictionaries(st.sampled_from(Fact), st.sampled_from(FactValue))
some_answers = st.dictionaries(
    st.sampled_from(sorted(shipped().items)), st.sampled_from([str(each) for each in AnswerValue])
)
phases = st.sampled_from(Phase)


def whole(known: dict[Fact, FactValue], given: dict[str, str], phase: Phase) -> ChecklistReading:
    return read_checklist(shipped(), technology(facts=known, answers=answers(**given)), phase)


@given(some_facts, some_answers, phases)
def test_an_item_that_does_not_apply_does_nothing(
    known: dict[Fact, FactValue], given: dict[str, str], phase: Phase
) -> None:
    for each in whole(known, given, phase).items:
        if not each.applies:
            assert each.finding is NOT_ASKED
            assert each.line is None
            assert not each.is_open


@given(some_facts, some_answers, phases, st.sampled_from(Fact))
def test_nothing_is_gained_by_leaving_a_fact_unknown(
    known: dict[Fact, FactValue], given: dict[str, str], phase: Phase, fact: Fact
) -> None:
    unknown = whole({**known, fact: FactValue.UNKNOWN}, given, phase)
    for value in (FactValue.YES, FactValue.NO):
        settled = whole({**known, fact: value}, given, phase)
        assert {each.item.id for each in settled.blockers} <= {
            each.item.id for each in unknown.blockers
        }
        assert {each.item.id for each in settled.red_lines} <= {
            each.item.id for each in unknown.red_lines
        }


@given(some_facts, some_answers, phases, st.sampled_from(sorted(shipped().items)))
def test_no_answer_does_better_than_yes_and_none_better_than_unknown_at_a_blocker(
    known: dict[Fact, FactValue], given: dict[str, str], phase: Phase, item: str
) -> None:
    without = {name: value for name, value in given.items() if name != item}
    blocked = len(whole(known, without, phase).blockers)
    for value in AnswerValue:
        assert len(whole(known, {**without, item: str(value)}, phase).blockers) <= blocked
    assert len(whole(known, {**without, item: "unknown"}, phase).blockers) == blocked


@given(some_facts, some_answers, phases)
def test_every_red_line_that_is_not_cleared_blocks(
    known: dict[Fact, FactValue], given: dict[str, str], phase: Phase
) -> None:
    found = whole(known, given, phase)
    for each in found.red_lines:
        assert (each.line is RedLine.NOT_CROSSED) == (each.finding is MET)
        assert each.finding in (MET, BLOCKS)


KNOWN = st.dictionaries(st.sampled_from(Fact), st.sampled_from(FactValue))


@given(others=st.lists(KNOWN, max_size=4), known=KNOWN, phase=st.sampled_from(Phase))
def test_what_was_read_of_others_before_changes_nothing(
    others: list[dict[Fact, FactValue]], known: dict[Fact, FactValue], phase: Phase
) -> None:
    used, fresh = (Framework.model_validate(SMALL.content) for _ in range(2))
    given_ = answers(**dict.fromkeys(list(SMALL.items)[:2], "no"))
    for each in others:
        read_checklist(used, technology(facts=each, answers=given_), phase)
    subject = technology(facts=known, answers=given_)
    found, anew = (read_checklist(each, subject, phase) for each in (used, fresh))
    assert found == anew
    assert [each.because for each in found.items] == [each.because for each in anew.items]
