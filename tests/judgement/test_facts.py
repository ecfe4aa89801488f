"""What applies, given what is known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from horizon.framework.applicability import Applicability
from horizon.judgement.facts import applies, in_sentence
from horizon.model.facts import Fact, FactValue
from tests.judgement.making import facts

PERSONAL, SENSITIVE, AI, CAMERA = Fact.PERSONAL_DATA, Fact.SENSITIVE, Fact.AI, Fact.CAMERA
LINE = Applicability(all_of=(SENSITIVE,), any_of=(AI, CAMERA))

any_facts = st.dictionaries(st.sampled_from(Fact), st.sampled_from(FactValue))
rules = st.builds(
    Applicability,
    all_of=st.lists(st.sampled_from(Fact), max_size=3).map(tuple),
    any_of=st.lists(st.sampled_from(Fact), max_size=3).map(tuple),
)


def test_what_names_no_fact_always_applies() -> None:
    found = applies(Applicability(), facts())
    assert (found.yes, found.certain, found.because, found.unknown) == (True, True, (), ())


def test_all_of_needs_every_fact_and_any_of_needs_one() -> None:
    assert applies(LINE, facts(SENSITIVE, CAMERA)).yes
    assert not applies(LINE, facts(SENSITIVE)).yes
    assert not applies(LINE, facts(AI, CAMERA)).yes
    assert applies(Applicability(any_of=(AI, CAMERA)), facts(AI)).yes
    assert not applies(Applicability(all_of=(AI, CAMERA)), facts(AI)).yes


def test_a_fact_nobody_has_set_counts_as_yes() -> None:
    found = applies(LINE, {})
    assert found.yes
    assert not found.certain
    assert found.unknown == (SENSITIVE, AI, CAMERA)


def test_what_a_known_fact_makes_apply_is_certain_whatever_else_is_unknown() -> None:
    found = applies(LINE, facts(SENSITIVE, AI, unknown=[CAMERA]))
    assert found.certain
    assert found.because == (SENSITIVE, AI, CAMERA)
    assert found.unknown == (CAMERA,)


@pytest.mark.parametrize(
    ("yes", "because"),
    [
        ((SENSITIVE,), (AI, CAMERA)),
        ((AI,), (SENSITIVE,)),
        ((), (SENSITIVE, AI, CAMERA)),
    ],
)
def test_what_does_not_apply_names_the_facts_that_keep_it_away(
    yes: tuple[Fact, ...], because: tuple[Fact, ...]
) -> None:
    assert applies(LINE, facts(*yes)).because == because


@given(rules, any_facts)
def test_unknown_reads_as_yes(rule: Applicability, known: dict[Fact, FactValue]) -> None:
    yes = {
        fact: FactValue.NO if known.get(fact) is FactValue.NO else FactValue.YES for fact in Fact
    }
    assert applies(rule, known).yes == applies(rule, yes).yes


@given(rules, any_facts, st.sampled_from(Fact))
def test_saying_no_never_makes_anything_apply(
    rule: Applicability, known: dict[Fact, FactValue], fact: Fact
) -> None:
    after = applies(rule, {**known, fact: FactValue.NO})
    assert not (after.yes and not applies(rule, known).yes)


@given(rules, any_facts)
def test_what_is_certain_stays_whatever_the_unknown_turns_out_to_be(
    rule: Applicability, known: dict[Fact, FactValue]
) -> None:
    found = applies(rule, known)
    settled = {
        fact: FactValue.YES if known.get(fact) is FactValue.YES else FactValue.NO for fact in Fact
    }
    if found.certain:
        assert applies(rule, settled).yes == found.yes
    else:
        assert found.unknown
        assert not applies(rule, settled).yes


def test_names_go_into_sentences_without_their_capital() -> None:
    assert in_sentence("Personal data") == "personal data"
    assert in_sentence("AI") == "AI"
