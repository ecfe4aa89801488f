"""How deep the review must go."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from horizon.framework.loading import shipped
from horizon.judgement.tiers import read_tier
from horizon.model.facts import Fact, FactValue
from horizon.model.words import Tier
from tests.judgement.making import SMALL, facts

known_facts = st.dictionaries(st.sampled_from(Fact), st.sampled_from(FactValue))


def test_the_highest_trigger_wins_and_every_rule_that_spoke_is_named() -> None:
    found = read_tier(SMALL, facts(Fact.PERSONAL_DATA, Fact.BIOMETRIC))
    assert found.tier is Tier.BOARD
    assert [each.rule.id for each in found.spoke] == ["T2", "T0"]
    assert [each.rule.id for each in found.because] == ["T2"]


def test_a_use_that_triggers_nothing_is_light() -> None:
    found = read_tier(SMALL, facts())
    assert (found.tier, found.spoke, found.because) == (Tier.LIGHT, (), ())


def test_a_blank_form_is_as_deep_as_it_gets() -> None:
    assert read_tier(SMALL, {}).tier is Tier.BOARD
    assert read_tier(shipped(), {}).tier is Tier.BOARD


def test_a_rule_says_which_facts_only_count_as_yes() -> None:
    (spoke,) = read_tier(SMALL, facts(unknown=[Fact.PERSONAL_DATA])).spoke
    assert spoke.yes == ()
    assert spoke.unknown == (Fact.PERSONAL_DATA,)
    assert spoke.words == (
        "It touches personal data. Not known yet, so counted as yes: personal data."
    )


@given(known_facts, st.sampled_from(Fact))
def test_saying_no_to_a_fact_never_raises_the_tier(
    known: dict[Fact, FactValue], fact: Fact
) -> None:
    for framework in (SMALL, shipped()):
        before = read_tier(framework, known).tier
        assert read_tier(framework, {**known, fact: FactValue.NO}).tier.depth <= before.depth


@given(known_facts, st.sampled_from(Fact))
def test_leaving_a_fact_unknown_is_never_better_than_any_answer(
    known: dict[Fact, FactValue], fact: Fact
) -> None:
    unknown = read_tier(shipped(), {**known, fact: FactValue.UNKNOWN}).tier
    for value in FactValue:
        assert read_tier(shipped(), {**known, fact: value}).tier.depth <= unknown.depth


@given(known_facts)
def test_the_tier_is_that_of_the_deepest_rule_that_spoke(known: dict[Fact, FactValue]) -> None:
    found = read_tier(shipped(), known)
    depths = [each.rule.tier.depth for each in found.spoke]
    assert depths == sorted(depths, reverse=True)
    assert found.tier.depth == max(depths, default=0)
