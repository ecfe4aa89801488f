"""What a gate asks for, what is missing, and who can supply it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any, get_args

import pytest

from horizon.framework.route import Need
from horizon.judgement.gate_needs import GateFinding
from horizon.judgement.gates import GateReading, read_gate
from horizon.model.decision import Decision, Override
from horizon.model.errors import BadInput
from horizon.model.facts import Fact, FactValue
from horizon.model.technology import Sighting
from horizon.model.words import Effect, Posture, SourceType, TimeHorizon
from tests.judgement.making import (
    ASHA,
    NEEDS_OF_A_CANDIDATE,
    QUIET,
    SMALL,
    TODAY,
    answers,
    condition,
    decision,
    evidence,
    facts,
    override,
    reworked,
    round_of,
    score,
    technology,
)

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
STANDARD = facts(Fact.PERSONAL_DATA)
FULL = facts(Fact.PERSONAL_DATA, Fact.AFFECTS_INDIVIDUALS)
BOARD = facts(Fact.PERSONAL_DATA, Fact.BIOMETRIC)

CANDIDATE: dict[str, Any] = {
    "sightings": (Sighting(source="Journal", source_type=SourceType.RESEARCH, seen_on=TODAY),),
    "problem": "Redaction takes days.",
    "owner": ASHA,
    "answers": answers(RED="unknown", BLOCK="no"),
    "time_horizon": TimeHorizon.H1,
    "trl": 7,
    "posture": Posture.LEAD,
    "review_by": TODAY,
}
"""Everything the gate of a candidate asks for."""

READY: dict[str, Any] = {
    "facts": STANDARD,
    "answers": answers(RED="yes", LATE="yes", BLOCK="yes", GROWS="yes", MILD="yes"),
    "rounds": (round_of({"S1": score(3)}),),
    "evidence": (evidence("protocol", ends_on=TODAY),),
}
"""Everything the ethics gate of a trial asks for at the standard tier."""


def gate(name: str, today: date = TODAY, **more: Any) -> GateReading:
    return read_gate(SMALL, technology(**more), name, today)


def only(reading: GateReading) -> GateFinding:
    """The one thing that is missing."""
    (finding,) = reading.missing
    assert finding.who
    assert not reading.passes
    return finding


def test_a_gate_the_framework_does_not_have_is_refused_with_those_it_has() -> None:
    with pytest.raises(BadInput, match=r"'G9' is not a gate\. Use one of: GC, GE, GT"):
        gate("G9")


def test_a_candidate_with_everything_passes() -> None:
    found = gate("GC", **CANDIDATE)
    assert found.passes
    assert found.missing == ()
    assert [each.need for each in found.findings] == list(NEEDS_OF_A_CANDIDATE)
    assert all((each.detail, each.who) == ("", "") for each in found.findings)


@pytest.mark.parametrize(
    ("lack", "need", "detail", "who"),
    [
        (
            {"sightings": ()},
            "sighting",
            "",
            "The futures team adds a sighting.",
        ),
        (
            {"problem": ""},
            "problem",
            "a sentence that says which problem it would solve",
            "The proposer writes it.",
        ),
        ({"owner": None}, "owner", "", "The futures team names one."),
        (
            {"facts": {fact: value for fact, value in QUIET.items() if fact is not Fact.TRIAL}},
            "facts",
            "1 fact to set: trial",
            "The owner sets facts.",
        ),
        (
            {"answers": answers(RED="unknown")},
            "core_answered",
            "answers to BLOCK",
            "The owner answers them.",
        ),
        (
            {"time_horizon": None},
            "time_horizon",
            "a time horizon: H1, H2 or H3",
            "The futures team records it.",
        ),
        (
            {"trl": None},
            "trl",
            "a technology readiness level from 1 to 9",
            "The futures team records it.",
        ),
        (
            {"posture": None},
            "posture",
            "a posture: lead, collaborate, follow, watch or park",
            "The futures team records it.",
        ),
        ({"review_by": None}, "review_date", "", "The futures team records it."),
        (
            {"review_by": YESTERDAY},
            "review_date",
            "a review date that has not passed (it was 23 November 2026)",
            "The futures team records it.",
        ),
    ],
)
def test_what_a_candidate_lacks_is_named_with_who_can_supply_it(
    lack: dict[str, Any], need: str, detail: str, who: str
) -> None:
    found = only(gate("GC", **CANDIDATE | lack))
    assert (found.need, found.detail, found.who) == (need, detail, who)
    assert found.words == (f"{found.text}: {detail}" if detail else found.text)


def test_an_unknown_fact_is_set_and_an_unknown_answer_is_given() -> None:
    unknown = dict.fromkeys(Fact, FactValue.UNKNOWN)
    given = answers(RED="unknown", BLOCK="unknown")
    assert gate("GC", **CANDIDATE | {"facts": unknown, "answers": given}).passes


def test_every_need_the_schema_knows_can_be_read() -> None:
    every = reworked(
        route={
            **SMALL.content["route"],
            "gates": [
                {**each, "needs": get_args(Need)} for each in SMALL.content["route"]["gates"]
            ],
        }
    )
    for name in ("GC", "GE", "GU"):
        found = read_gate(every, technology(), name, TODAY)
        assert {*get_args(Need)} <= {each.need for each in found.findings}
        assert all(each.who for each in found.missing)


def test_the_ethics_gate_opens_when_everything_is_there() -> None:
    found = gate("GE", **READY)
    assert found.passes, found.missing
    assert [each.need for each in found.findings] == [
        "checklist", "minimums", "round_closed", "trial_end_date", "document:protocol",
    ]  # fmt: skip


def given(**changed: str) -> dict[str, Any]:
    return READY | {"answers": READY["answers"] | answers(**changed)}


@pytest.mark.parametrize(
    ("changed", "detail"),
    [
        ({"RED": "no"}, "red lines that are not cleared: RED (no)"),
        ({"RED": "partly"}, "red lines that are not cleared: RED (partly)"),
        ({"RED": "unknown"}, "red lines that are not cleared: RED (unknown)"),
        ({"RED": "not applicable"}, "red lines that are not cleared: RED (not applicable)"),
        ({"BLOCK": "no"}, "blockers: BLOCK (no)"),
        ({"BLOCK": "unknown"}, "blockers: BLOCK (unknown)"),
        (
            {"RED": "no", "BLOCK": "no"},
            "red lines that are not cleared: RED (no); blockers: BLOCK (no)",
        ),
    ],
)
def test_red_lines_and_blockers_are_named_with_their_answers(
    changed: dict[str, str], detail: str
) -> None:
    found = only(gate("GE", **given(**changed)))
    assert (found.need, found.detail) == ("checklist", detail)
    assert "No red line can be waived." in found.who


@pytest.mark.parametrize("value", ["partly", "not applicable"])
def test_a_blocker_partly_met_is_a_condition_of_a_trial(value: str) -> None:
    assert gate("GE", **given(BLOCK=value)).passes


def test_the_gate_names_what_an_approval_turns_into_a_condition() -> None:
    found = gate("GE", **given(BLOCK="partly", GROWS="no", MILD="no"))
    assert found.passes
    assert [each.item.id for each in found.conditions] == ["BLOCK", "GROWS"]
    assert gate("GT", **given(BLOCK="partly")).conditions == ()


def test_the_same_answers_that_pass_a_trial_can_fail_adoption() -> None:
    found = gate("GA", **given(BLOCK="partly", GROWS="no", LATE="partly", THEN="no"))
    (checklist, minimums) = found.findings
    assert checklist.detail == (
        "red lines that are not cleared: LATE (partly); blockers: BLOCK (partly), GROWS (no)"
    )
    assert minimums.met


def test_questions_without_an_answer_are_named_once() -> None:
    asked = {name: each for name, each in READY["answers"].items() if name in ("RED", "LATE")}
    found = only(gate("GE", **READY | {"answers": asked}))
    assert found.detail == "answers to BLOCK, GROWS, MILD"


def test_a_light_review_tests_the_core_questions_alone() -> None:
    light = {"facts": facts(), "answers": answers(RED="yes", BLOCK="yes")}
    assert gate("GE", **READY | light).passes
    deeper = {**light, "facts": STANDARD}
    assert only(gate("GE", **READY | deeper)).detail == "answers to LATE, GROWS, MILD"


def test_a_fact_set_to_no_takes_a_red_line_out_of_the_gate() -> None:
    shown = facts(Fact.PERSONAL_DATA, Fact.SENSITIVE, Fact.AI)
    crossed = given(LINE="no") | {"facts": shown}
    assert only(gate("GE", **crossed)).detail == "red lines that are not cleared: LINE (no)"
    assert gate("GE", **crossed | {"facts": {**shown, Fact.AI: FactValue.NO}}).passes


@pytest.mark.parametrize(
    ("value", "grade", "has"),
    [(1, "A", "1 (A)"), (2, "B", "2 (B)"), (3, "D", "3 (D)"), ("na", "A", "not applicable")],
)
def test_a_minimum_must_be_reached_by_the_low_end(value: Any, grade: str, has: str) -> None:
    rounds = (round_of({"S1": score(value, grade)}),)
    found = only(gate("GE", **READY | {"rounds": rounds}))
    assert found.detail == f"minimum scores on S1 Criterion S1 (needs 2, has {has})"
    assert gate("GE", **READY | {"rounds": (round_of({"S1": score(3, "C")}),)}).passes


def test_as_many_assessors_as_the_tier_asks_for_must_have_scored() -> None:
    one = READY | {"facts": FULL}
    found = only(gate("GE", **one))
    assert (found.need, found.text) == (
        "round_closed",
        "A closed scoring round with 2 assessors, as the full tier asks",
    )
    assert found.detail == "a closed scoring round with 2 assessors (there are 1)"
    sheet = {"S1": score(3)}
    assert gate("GE", **one | {"rounds": (round_of(sheet, sheet),)}).passes


def test_an_assessor_counts_who_scored_what_the_gate_reads() -> None:
    rounds = (round_of({"S1": score(3)}, {"S2": score(3)}),)
    found = only(gate("GE", **READY | {"facts": FULL, "rounds": rounds}))
    assert found.detail == (
        "a closed scoring round with 2 assessors on each gating criterion (one has 1)"
    )


def test_a_round_that_is_still_open_holds_the_gate() -> None:
    rounds = (*READY["rounds"], round_of(number=2, closed=False))
    found = only(gate("GE", **READY | {"rounds": rounds}))
    assert found.detail == "the end of scoring round 2, which is still open"


def test_a_trial_has_an_end_date_that_is_still_to_come() -> None:
    without = READY | {"evidence": (evidence("protocol"),)}
    assert only(gate("GE", **without)).detail == "a trial protocol with an end date"
    assert gate("GE", TODAY, **READY).passes
    found = only(gate("GE", TOMORROW, **READY))
    assert found.detail == "a trial end date that has not passed (it was 24 November 2026)"


def test_documents_are_asked_for_by_tier_and_by_fact() -> None:
    missing = [each.need for each in gate("GE").missing if each.need.startswith("document")]
    assert missing == ["document:protocol"]
    deep = READY | {"facts": {**BOARD, Fact.LEARNED_MODEL: FactValue.UNKNOWN}}
    lacking = [each for each in gate("GE", **deep).missing if each.need.startswith("document")]
    assert [(each.words, each.who) for each in lacking] == [
        ("Independent advice", "The advisers can supply it."),
        ("Group test results", "The evaluator can supply it."),
    ]


APPROVED = (decision("ETH/2026/001"), decision("DEL/2026/001", "delivery", "GT"))


def moving(*decisions: Decision, today: date = TODAY, **more: Any) -> GateReading:
    return gate("GT", today, decisions=decisions, **{"facts": STANDARD} | more)


def test_to_move_every_decision_the_tier_asks_for_must_be_there() -> None:
    assert moving(*APPROVED).passes
    missing = moving().missing
    assert [(each.words, each.who) for each in missing] == [
        ("A current approval by the Ethics group at gate GE", "The Ethics group decides."),
        ("A current approval by the Delivery group at gate GT", "The Delivery group decides."),
    ]
    assert only(moving(*APPROVED, facts=FULL)).need == "decision:board@GT"


def test_a_body_that_decides_waits_for_earlier_gates_and_not_for_its_neighbours() -> None:
    subject = technology(facts=FULL)
    found = read_gate(SMALL, subject, "GT", TODAY, for_decision_by="board")
    assert only(found).need == "decision:ethics@GE"
    earlier = technology(facts=FULL, decisions=(decision("ETH/2026/001"),))
    assert read_gate(SMALL, earlier, "GT", TODAY, for_decision_by="board").passes


@pytest.mark.parametrize(("today", "passes"), [(YESTERDAY, True), (TODAY, True), (TOMORROW, False)])
def test_an_expired_approval_does_not_open_a_gate(today: date, passes: bool) -> None:
    found = moving(decision("ETH/2026/001", expires_on=TODAY), APPROVED[1], today=today)
    assert found.passes is passes
    if not passes:
        assert only(found).detail == "ETH/2026/001 expired on 24 November 2026"


@pytest.mark.parametrize(("today", "passes"), [(YESTERDAY, True), (TODAY, True), (TOMORROW, False)])
def test_an_overdue_condition_closes_the_gate(today: date, passes: bool) -> None:
    approval = decision("ETH/2026/001", conditions=[condition(TODAY)])
    found = moving(approval, APPROVED[1], today=today)
    assert found.passes is passes
    if not passes:
        assert [each.detail for each in found.missing] == [
            "the discharge of condition 1 of ETH/2026/001 (due 24 November 2026)",
            "condition 1 of ETH/2026/001 overdue since 25 November 2026",
        ]


def test_a_rejection_that_is_the_newest_word_closes_the_gate_and_is_said_once() -> None:
    refused = decision("ETH/2026/002", effect=Effect.REJECT)
    found = only(moving(*APPROVED, refused))
    assert (
        found.words == "A current approval by the Ethics group at gate GE: ETH/2026/002 rejected it"
    )
    assert moving(*APPROVED, refused, decision("ETH/2026/003")).passes


def test_a_rejection_at_the_gate_itself_is_said_once_too() -> None:
    refused = decision("DEL/2026/002", "delivery", "GT", effect=Effect.REJECT)
    assert only(moving(*APPROVED, refused)).need == "decision:delivery@GT"


def test_a_rejection_by_a_body_the_tier_does_not_ask_still_closes_the_gate() -> None:
    refused = decision("BRD/2026/001", "board", "GT", effect=Effect.REJECT)
    found = only(moving(*APPROVED, refused))
    assert found.need == "rejection:BRD/2026/001"
    assert found.detail == "a decision that supersedes BRD/2026/001, which rejected it"


def test_a_body_may_change_its_own_mind_but_not_pass_over_another_s_rejection() -> None:
    refused = decision("BRD/2026/001", "board", "GT", effect=Effect.REJECT)
    subject = technology(facts=FULL, decisions=(decision("ETH/2026/001"), refused))
    assert read_gate(SMALL, subject, "GT", TODAY, for_decision_by="board").passes
    other = read_gate(SMALL, subject, "GT", TODAY, for_decision_by="delivery")
    assert only(other).need == "rejection:BRD/2026/001"


def test_a_superseded_approval_is_none() -> None:
    gone = decision("ETH/2026/001", superseded_by="ETH/2026/002")
    deferred = decision("ETH/2026/002", effect=Effect.DEFER, supersedes="ETH/2026/001")
    assert only(moving(gone, deferred, APPROVED[1])).need == "decision:ethics@GE"


def blocked(
    *overrides: Override,
    decisions: Collection[Decision] = (),
    name: str = "GE",
    body: str | None = None,
    **changed: str,
) -> bool:
    more = given(BLOCK="no", **changed) | {"decisions": tuple(decisions)}
    reading = read_gate(
        SMALL, technology(**more), name, TODAY, overrides=overrides, for_decision_by=body
    )
    return not next(each for each in reading.findings if each.need == "checklist").met


def test_a_blocker_can_be_set_aside_until_a_day() -> None:
    assert not blocked(override("BLOCK", TODAY))
    assert blocked(override("BLOCK", YESTERDAY))
    assert blocked(override("MILD", TODAY))


def test_no_red_line_is_ever_set_aside() -> None:
    for value in ("no", "partly", "unknown", "not applicable"):
        assert blocked(override("BLOCK", TODAY), override("RED", TODAY), RED=value)


def test_an_override_lives_as_long_as_the_approval_that_made_it() -> None:
    aside = [override("BLOCK", TOMORROW)]
    assert not blocked(decisions=[decision("ETH/2026/001", overrides=aside)])
    for ended in (
        decision("ETH/2026/001", overrides=aside, expires_on=YESTERDAY),
        decision("ETH/2026/001", overrides=aside, superseded_by="ETH/2026/002"),
        decision("ETH/2026/001", overrides=aside, conditions=[condition(YESTERDAY)]),
        decision("ETH/2026/001", overrides=aside, effect=Effect.REJECT),
    ):
        assert blocked(decisions=[ended])


def test_an_override_for_a_trial_is_none_for_adoption() -> None:
    trial = decision("ETH/2026/001", overrides=[override("BLOCK", TOMORROW)])
    assert blocked(decisions=[trial], name="GA", THEN="yes")


def test_a_body_that_decides_anew_must_set_aside_anew() -> None:
    earlier = decision("ETH/2026/001", overrides=[override("BLOCK", TOMORROW)])
    assert blocked(decisions=[earlier], body="ethics")
    assert not blocked(override("BLOCK", TODAY), decisions=[earlier], body="ethics")
