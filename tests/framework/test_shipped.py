"""The shipped framework says what the strategy and the domain reference say, in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, product
from typing import Any

import pytest

from horizon.framework.applicability import Applicability
from horizon.framework.loading import problems, shipped, shipped_folder
from horizon.framework.route import Route
from horizon.judgement.tiers import read_tier
from horizon.model.facts import Fact, FactValue
from horizon.model.words import Phase, Tier

FRAMEWORK = shipped()
ROUTE = FRAMEWORK.route

SIZES = {"LB": 4, "PR": 4, "FA": 5, "AC": 5, "TR": 4, "HO": 6, "DP": 4, "SU": 3, "MO": 5}
STAGES = """signal candidate triaged watching assessing trial-approved in-trial evaluated
    adoption-approved in-service suspended decommissioning retired expired rejected withdrawn
    merged"""
CORE = {"LB1", "LB3", "PR1", "PR4", "FA1", "HO1", "HO2", "DP1", "DP2", "MO3"}
RED_LINES = {
    Phase.TRIAL: {"LB1", "LB4", "HO1", "HO2", "DP1", "SU2", "MO1"},
    Phase.ADOPTION: {"LB1", "LB4", "FA2", "HO1", "HO2", "DP1", "SU2"},
}
BLOCKERS = {
    Phase.TRIAL: "LB1 LB4 HO1 HO2 DP1 DP2 DP4 SU2 MO1",
    Phase.ADOPTION: "LB1 LB2 LB3 LB4 PR2 PR3 PR4 FA1 FA2 FA3 AC1 AC2 AC5 TR1 TR4 HO1 HO2 HO3 HO4 "
    "DP1 DP2 DP3 DP4 SU1 SU2 MO2 MO3 MO4",
}


def test_the_shipped_files_have_no_mistake() -> None:
    assert problems(shipped_folder()) == []


def test_it_is_a_proposal_and_says_so() -> None:
    assert FRAMEWORK.status == "proposed"
    assert FRAMEWORK.status_line == "Proposed framework, not adopted by the force"


def test_there_are_five_principles_of_four_criteria_each() -> None:
    assert [each.id for each in FRAMEWORK.principles] == ["S", "E", "A", "EF", "F"]
    for principle in FRAMEWORK.principles:
        ids = [each.id for each in principle.criteria]
        assert ids == [f"{principle.id}{number}" for number in range(1, 5)]
        assert all(len(each.anchors) == 6 for each in principle.criteria)


def test_all_weights_are_equal_by_default() -> None:
    assert len({each.weight for each in FRAMEWORK.principles}) == 1
    assert len({c.weight for each in FRAMEWORK.principles for c in each.criteria}) == 1


def test_five_criteria_gate_a_trial_at_2_and_adoption_at_3() -> None:
    gating = {each.id for each in FRAMEWORK.gating(Phase.TRIAL)}
    assert gating == {each.id for each in FRAMEWORK.gating(Phase.ADOPTION)}
    assert gating == {"S1", "S2", "E1", "E2", "E4"}
    for criterion in FRAMEWORK.gating(Phase.TRIAL):
        assert (criterion.trial_minimum, criterion.adoption_minimum) == (2, 3)


def test_there_are_four_objectives_of_three_actions_with_a_scale_of_fit_each() -> None:
    assert [each.number for each in FRAMEWORK.objectives] == [1, 2, 3, 4]
    assert [each.fit.id for each in FRAMEWORK.objectives] == ["SO1", "SO2", "SO3", "SO4"]
    assert all(len(each.actions) == 3 for each in FRAMEWORK.objectives)
    assert all(len(each.fit.anchors) == 6 for each in FRAMEWORK.objectives)


def test_the_checklist_has_forty_questions_in_nine_themes() -> None:
    assert [each.id for each in FRAMEWORK.themes] == list(SIZES)
    assert [len(each.items) for each in FRAMEWORK.themes] == list(SIZES.values())
    for theme in FRAMEWORK.themes:
        ids = [each.id for each in theme.items]
        assert ids == [f"{theme.id}{number}" for number in range(1, len(ids) + 1)]


def test_ten_questions_are_core() -> None:
    assert {key for key, item in FRAMEWORK.items.items() if item.core} == CORE


@pytest.mark.parametrize("phase", Phase)
def test_the_red_lines_and_blockers_are_those_of_the_domain_reference(phase: Phase) -> None:
    items = FRAMEWORK.items.values()
    assert {each.id for each in items if each.is_red_line(phase)} == RED_LINES[phase]
    assert [each.id for each in items if each.effect(phase) == "blocker"] == BLOCKERS[phase].split()


def test_bodies_and_gates_have_the_ids_that_the_rest_of_horizon_knows() -> None:
    assert [each.id for each in ROUTE.bodies] == [
        "futures-team",
        "ai-sub-group",
        "independent-ethics",
        "futures-delivery-group",
        "dip-board",
        "ddat-board",
        "strategic-change-board",
        "police-authority-board",
    ]
    assert [each.id for each in ROUTE.gates] == [f"G{number}" for number in range(9)]
    assert [each.id for each in ROUTE.stages] == STAGES.split()


def test_every_gate_has_the_five_parts() -> None:
    for gate in ROUTE.gates:
        assert gate.objective
        assert gate.decision_maker
        assert gate.question.endswith("?")
        assert gate.advice
        # The fifth part: what must be there, as documents or as entries of the register.
        assert gate.documents or gate.needs
        assert gate.fails_if


def test_boards_and_groups_decide_with_three_and_their_chairs_alone_only_at_light_tiers() -> None:
    meeting = {each.id: each for each in ROUTE.bodies if each.quorum}
    assert set(meeting) == {
        "ai-sub-group",
        "futures-delivery-group",
        "dip-board",
        "ddat-board",
        "strategic-change-board",
    }
    assert {each.quorum for each in meeting.values()} == {3}
    alone = {key: each.chairs_action for key, each in meeting.items() if each.chairs_action}
    assert alone == {"ai-sub-group": Tier.STANDARD, "futures-delivery-group": Tier.LIGHT}
    assert (ROUTE.review_grace_days, ROUTE.ratify_days) == (30, 60)


def test_an_ethics_approval_says_what_was_weighed_the_deeper_the_more() -> None:
    for gate_id in ("G2", "G5"):
        gate = ROUTE.gate(gate_id)
        assert gate is not None
        depths = {each.weighs: each.from_tier for each in gate.record}
        assert depths == {
            "options": Tier.STANDARD,
            "legal_basis": Tier.STANDARD,
            "proportionality": Tier.STANDARD,
            "equality": Tier.LIGHT,
            "dpo_advice": Tier.STANDARD,
            "independent_advice": Tier.BOARD,
            "trade_offs": Tier.FULL,
        }


def test_what_happens_to_a_technology_in_use_reopens_it_and_harm_suspends_it() -> None:
    assert {each.id: each.suspends for each in ROUTE.triggers} == {
        "red-line": True,
        "monitoring": True,
        "change": True,
        "incident": True,
        "bias": True,
        "law": False,
        "finding": False,
        "peer-stops": False,
        "condition-missed": False,
        "date": False,
    }
    assert all(each.needed and each.source and each.days <= 30 for each in ROUTE.triggers)


def test_every_gate_can_be_come_to_from_the_first_stage() -> None:
    guarding = {way.gate for way in ROUTE.transitions if way.gate}
    asked = {each.gate for gate in ROUTE.gates for each in gate.decisions}
    assert guarding | asked == {gate.id for gate in ROUTE.gates}
    assert _stages_from(ROUTE, ROUTE.first_stage) >= {
        way.origin for way in ROUTE.transitions if way.gate
    }


def test_every_stage_but_those_that_have_ended_has_a_way_on() -> None:
    for stage in ROUTE.stages:
        onward = [way for way in ROUTE.ways_from(stage.id) if way.origin != "*"]
        assert bool(onward) is not stage.ended, stage.id


def test_every_stage_can_end() -> None:
    ended = {stage.id for stage in ROUTE.stages if stage.ended}
    for stage in ROUTE.stages:
        assert stage.ended or ended & _stages_from(ROUTE, stage.id)


def _stages_from(route: Route, start: str) -> set[str]:
    reached = {start}
    waiting = [start]
    while waiting:
        for way in route.ways_from(waiting.pop()):
            if way.to not in reached:
                reached.add(way.to)
                waiting.append(way.to)
    return reached


def test_a_trial_lasts_six_months_at_most_and_always_has_an_end() -> None:
    gate = ROUTE.gate("G3")
    assert gate is not None
    assert gate.expiry_required
    assert gate.life_months == 6


def test_each_body_can_record_what_the_gates_ask_of_it() -> None:
    for gate in ROUTE.gates:
        for asked in gate.decisions:
            body = ROUTE.body(asked.body)
            assert body is not None
            assert any(each.effect.approves for each in body.outcomes)


def test_a_gate_asks_for_nothing_less_at_a_deeper_tier() -> None:
    for gate in ROUTE.gates:
        asked = [{d.document for d in gate.documents if d.from_tier.depth <= t.depth} for t in Tier]
        for lighter, deeper in pairwise(asked):
            assert lighter <= deeper


def test_a_technology_in_use_before_the_register_is_reviewed_against_the_adoption_boards() -> None:
    """Else one body's review would make an approval of a use that was never approved."""
    adoption, review = ROUTE.gate("G6"), ROUTE.gate("G7")
    assert adoption is not None
    assert review is not None
    assert set(adoption.decisions) <= set(review.decisions)


# Tiers


def _tier(*yes: str, unknown: tuple[str, ...] = ()) -> Tier:
    facts = {fact: FactValue.YES if fact in yes else FactValue.NO for fact in Fact}
    facts |= {Fact(fact): FactValue.UNKNOWN for fact in unknown}
    return read_tier(FRAMEWORK, facts).tier


@pytest.mark.parametrize(
    ("yes", "tier"),
    [
        ((), Tier.LIGHT),
        (("ai", "learned_model"), Tier.LIGHT),
        (("personal_data",), Tier.STANDARD),
        (("personal_data", "supplier"), Tier.STANDARD),
        (("personal_data", "bespoke"), Tier.FULL),
        (("personal_data", "hard_to_reverse"), Tier.FULL),
        (("affects_individuals",), Tier.FULL),
        (("learned_model", "law_enforcement"), Tier.FULL),
        (("generative", "evidential"), Tier.BOARD),
        (("generative", "law_enforcement"), Tier.FULL),
        (("monitors_staff",), Tier.FULL),
        (("supplier", "shared_outside"), Tier.FULL),
        (("biometric",), Tier.BOARD),
        (("no_meaningful_human",), Tier.BOARD),
        (("sensitive", "learned_model"), Tier.BOARD),
        (("scores_people",), Tier.BOARD),
        (("public_space",), Tier.LIGHT),
        (("public_space", "camera"), Tier.BOARD),
        (("vulnerable",), Tier.BOARD),
        (("novel",), Tier.BOARD),
    ],
)
def test_facts_lead_to_the_tier_of_the_domain_reference(yes: tuple[str, ...], tier: Tier) -> None:
    assert _tier(*yes) is tier


def test_a_technology_of_which_nothing_is_known_goes_to_the_deepest_tier() -> None:
    assert read_tier(FRAMEWORK, {}).tier is Tier.BOARD


def test_not_knowing_a_fact_never_makes_the_review_lighter() -> None:
    for one, other in product(Fact, Fact):
        assert _tier(one, unknown=(other,)).depth >= _tier(one, other).depth


def test_each_rule_says_something_that_no_lighter_rule_of_it_says_already() -> None:
    """A rule that fires only where one as deep fires already would be there for show."""
    for rule in FRAMEWORK.tier_rules:
        for other in FRAMEWORK.tier_rules:
            if other is not rule and other.tier.depth >= rule.tier.depth:
                assert not _implies(rule.applies, other.applies), (rule.id, other.id)


def _implies(one: Applicability, other: Applicability) -> bool:
    """Whether `other` holds in each of the least ways in which `one` can hold."""
    for choice in one.any_of or (None,):
        true = {*one.all_of, *((choice,) if choice else ())}
        some = not other.any_of or true & set(other.any_of)
        if not (set(other.all_of) <= true and some):
            return False
    return True


def test_the_depth_of_each_tier_is_as_the_domain_reference_proposes() -> None:
    depths = [(each.checklist, each.assessors, each.review_months) for each in FRAMEWORK.tiers]
    assert depths == [
        ("core", 1, 24),
        ("applicable", 1, 24),
        ("applicable", 2, 12),
        ("applicable", 2, 6),
    ]


def test_every_question_applies_to_some_use_and_every_fact_matters_somewhere() -> None:
    asked = [each.applies for each in FRAMEWORK.items.values()]
    asked += [each.applies for each in FRAMEWORK.tier_rules]
    asked += [each.applies for gate in ROUTE.gates for each in gate.documents]
    named = {fact for each in asked for fact in (*each.all_of, *each.any_of)}
    assert named == set(Fact)


# Words

QUOTED = ("text", "actions", "source")
"""Where other people's words stand, as they wrote them."""

IDENTIFIERS = ("id", "document", "body", "gate", "origin", "to", "bodies", "needs", "effect")


def _words(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str) and key not in IDENTIFIERS:
        yield key, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _words(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _words(inner, key)


def test_words_are_plain() -> None:
    shorthand = re.compile(r"\bvs\b|\betc\b|\bnil\b|\bn/a\b|\band/or\b|\bSOP\b|\bMI\b|\bAPD\b| \+ ")
    for key, words in _words(FRAMEWORK.content):
        assert "—" not in words, words
        assert "  " not in words, words
        if key not in QUOTED:
            assert not shorthand.search(words), words
            assert "–" not in words, words
            assert not re.search(r"\b\w+i[sz]ation of\b.*\b\w+i[z]e\b", words), words


def test_words_are_spelt_the_british_way() -> None:
    american = re.compile(r"\b(organiz|prioritiz|recogniz|minimiz|analyz|behavior|color|center)\w*")
    for _, words in _words(FRAMEWORK.content):
        assert not american.search(words), words


def test_questions_are_questions_and_names_begin_with_a_capital() -> None:
    questions = [each.question for each in FRAMEWORK.items.values()]
    questions += [each.question for each in FRAMEWORK.criteria.values()]
    questions += [each.question for each in FRAMEWORK.facts]
    questions += [each.question for each in (*ROUTE.gates, *ROUTE.bodies)]
    assert all(each.endswith("?") and each[0].isupper() for each in questions)
    names = [each.name for each in (*ROUTE.gates, *ROUTE.bodies, *ROUTE.stages, *ROUTE.documents)]
    names += [each.name for each in (*FRAMEWORK.facts, *FRAMEWORK.criteria.values())]
    assert all(each[0].isupper() for each in names)


def test_anchors_fit_beside_their_level_on_a_small_screen() -> None:
    for criterion in FRAMEWORK.criteria.values():
        assert len(set(criterion.anchors)) == 6
        for anchor in criterion.anchors:
            assert len(anchor) <= 90, anchor
            assert anchor[0].isupper(), anchor
            assert not anchor.endswith("."), anchor


def test_help_never_repeats_the_question() -> None:
    for item in FRAMEWORK.items.values():
        assert item.help.endswith("."), item.id
        assert item.help[:40] not in item.question


def test_every_rule_names_its_source() -> None:
    for principle in FRAMEWORK.principles:
        assert principle.source.endswith("Guiding principles, page 9")
    for objective, page in zip(FRAMEWORK.objectives, (10, 10, 11, 11), strict=True):
        assert objective.source.endswith(f"objective {objective.number}, page {page}")
    sources = [each.source for each in FRAMEWORK.items.values()]
    sources += [each.source for each in (*ROUTE.gates, *ROUTE.bodies, *FRAMEWORK.tier_rules)]
    assert all(len(each) > 10 for each in sources)
