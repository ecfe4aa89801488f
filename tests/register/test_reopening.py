"""Something happens after a decision: a technology is reopened, and a body decides again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from horizon.judgement.checklist import asked_of
from horizon.judgement.standing import StandingKind
from horizon.model.decision import Decision
from horizon.model.events import AnswerGiven
from horizon.model.words import AnswerValue
from horizon.register import Register
from horizon.register.inputs import ItemInput
from horizon.register.views import attention
from tests.clocks import StandingClock
from tests.example.journey import CONSIDERED
from tests.papers.registers import TODAY
from tests.register.in_use import decided, seated
from tests.register.using import acting, given, met, misread, refused
from tests.register.using import approved as approved_at_g2

TRIAL = "T-0004"


@pytest.fixture
def sam(worked: Register) -> Iterator[Register]:
    """T-0004 is in a trial; its overdue condition is met first."""
    with acting(worked, "Sam Example"):
        decision = next(each for each in worked.technology(TRIAL).decisions if each.conditions)
        worked.discharge(
            TRIAL, decision=decision.number, condition=1, body="ai-sub-group", on=TODAY,
            evidence=["E1"],
        )  # fmt: skip
        yield worked


def approved(register: Register) -> bool:
    return register.reading(register.technology(TRIAL).id).standing.approved


def approval_of_ethics(register: Register) -> str:
    """The number of the first decision of the AI Sub-Group on the trial."""
    decisions = register.technology(TRIAL).decisions
    found = (e.number for e in decisions if (e.body, e.gate) == ("ai-sub-group", "G2"))
    return next(found)


def test_a_reopening_says_what_happened_and_what_is_needed(sam: Register) -> None:
    assert "'storm' is not a reason to reopen" in misread(
        sam, sam.reopen, TRIAL, trigger="storm", reason="x"
    )
    assert "what happened" in refused(sam, sam.reopen, TRIAL, trigger="incident", reason=" ")
    tomorrow = TODAY + timedelta(days=1)
    assert "in the future" in misread(
        sam, sam.reopen, TRIAL, trigger="incident", reason="x", on=tomorrow
    )
    made = sam.reopen(TRIAL, trigger="incident", reason="A complaint was upheld")
    assert made.needed.startswith("The finding, who was affected")
    assert sam.technology(TRIAL).review_by == TODAY + timedelta(days=14)


def test_a_suspending_reopening_takes_the_approval_until_a_body_decides(
    sam: Register, clock: StandingClock
) -> None:
    assert approved(sam)
    sam.reopen(TRIAL, trigger="incident", reason="A complaint was upheld")
    reading = sam.reading(sam.technology(TRIAL).id)
    assert reading.standing.kind is StandingKind.NOT_APPROVED
    assert "reopened on 24 November 2026: A complaint was upheld" in reading.standing.words
    asked = [each.detail for each in sam.gate(sam.technology(TRIAL).id, "G3").missing]
    assert "it was reopened on 24 November 2026: A complaint was upheld" in asked
    earlier = approval_of_ethics(sam)
    ref = met(sam)
    sam.add_items(ref, [ItemInput(technology=TRIAL)])
    made = sam.decide(TRIAL, **given(meeting=ref, supersedes=earlier, considered=CONSIDERED))
    assert made.settles == (1,)
    assert sam.technology(TRIAL).open_reopenings == ()
    assert approved(sam)


def test_what_reopened_an_approval_is_said_of_each(sam: Register) -> None:
    sam.reopen(TRIAL, trigger="incident", reason="A complaint was upheld.")
    sam.reopen(TRIAL, trigger="incident", reason="A disk was lost", on=TODAY - timedelta(days=1))
    both = (
        "reopened on 24 November 2026: A complaint was upheld; "
        "and on 23 November 2026: A disk was lost"
    )
    assert sam.reading(sam.technology(TRIAL).id).standing.words == f"Not approved: {both}"
    asked = [each.detail for each in sam.gate(sam.technology(TRIAL).id, "G3").missing]
    assert f"it was {both}" in asked


def test_a_reopening_that_does_not_suspend_leaves_the_approval_and_asks_for_a_review(
    sam: Register,
) -> None:
    sam.reopen(TRIAL, trigger="peer-stops", reason="Example Force stopped")
    assert approved(sam)
    due = [each.words for each in attention(sam) if each.technology.label == TRIAL]
    assert any("Review" in each for each in due)


def test_a_later_review_date_is_never_pushed_out(sam: Register) -> None:
    sam.set_review(TRIAL, TODAY + timedelta(days=3))
    sam.reopen(TRIAL, trigger="finding", reason="A court decided")
    assert sam.technology(TRIAL).review_by == TODAY + timedelta(days=3)


def test_a_new_law_has_its_question_answered_again_everywhere_it_applies(sam: Register) -> None:
    found = sam.reopen_all(trigger="law", reason="The code came into force", items=["HO1"])
    labels = [each.label for each in found]
    assert labels == ["T-0001", "T-0002", "T-0003", TRIAL]
    (item,) = [
        each
        for each in sam.reading(sam.technology(TRIAL).id).checklist.items
        if each.item.id == "HO1"
    ]
    assert item.is_open
    assert "Asked again, because it was reopened." in item.because


def test_what_has_left_the_route_is_not_reopened(sam: Register) -> None:
    sam.withdraw("T-0003", reason="No longer wanted")
    assert "has left the route" in refused(sam, sam.reopen, "T-0003", trigger="date", reason="x")


def test_no_approval_stands_past_a_red_line_whenever_it_is_crossed(sam: Register) -> None:
    assert approved(sam)
    sam.answer(TRIAL, {"HO1": AnswerGiven(answer=AnswerValue.NO, note="The owner left.")})
    words = sam.reading(sam.technology(TRIAL).id).standing.words
    assert words.startswith("Not approved: reopened on 24 November 2026: Red lines are not cleared")
    assert sam.technology(TRIAL).open_reopenings[0].trigger == "red-line"
    sam.answer(TRIAL, {"HO1": AnswerGiven(answer=AnswerValue.YES, evidence=("E1",))})
    assert not approved(sam), "a body has to say so"


def test_facts_that_ask_for_a_deeper_review_suspend_an_approval(sam: Register) -> None:
    sam.set_facts(TRIAL, {"biometric": "yes"})
    assert not approved(sam)
    reasons = [each.reason for each in sam.technology(TRIAL).open_reopenings]
    assert any("ask for the board tier" in each for each in reasons)


def test_a_trial_is_not_approved_past_a_red_line_that_was_crossed_before_it_began(
    worked: Register,
) -> None:
    approved_at_g2(worked)
    worked.answer("T-0001", {"HO1": AnswerGiven(answer=AnswerValue.NO, note="Nobody")})
    missing = worked.gate(worked.technology("T-0001").id, "G3").missing
    assert any("it was reopened" in each.detail for each in missing)


def events_of(register: Register, kind: str) -> list[int]:
    return [
        event.seq
        for _, commit in register.history()
        for event in commit.events
        if event.kind == kind
    ]


def test_erasing_the_record_of_a_rejection_brings_no_approval_back(sam: Register) -> None:
    earlier = next(each for each in sam.technology(TRIAL).decisions if each.gate == "G2")
    sam.reopen(TRIAL, trigger="law", reason="A new act")
    refusal = decided(
        sam, "ai-sub-group", "G2", "reject", technology=TRIAL, supersedes=earlier.number
    )
    sam.erase(events_of(sam, "decision-recorded")[-1:], reason="It named a victim")
    standing = sam.reading(sam.technology(TRIAL).id).standing
    assert not standing.approved
    assert f"The record of {refusal.number} was erased" in standing.words
    again = decided(sam, "ai-sub-group", "G2", technology=TRIAL, supersedes=earlier.number)
    assert again.settles
    assert approved(sam)


def test_erasing_why_it_was_reopened_answers_nothing(sam: Register) -> None:
    sam.reopen(TRIAL, trigger="incident", reason="It concerns A. Victim", items=["HO1"])
    sam.erase(events_of(sam, "technology-reopened")[-1:], reason="It named a victim")
    (held,) = sam.technology(TRIAL).open_reopenings
    assert (held.trigger, held.items, held.suspends) == ("incident", ("HO1",), True)
    assert "Victim" not in held.reason
    assert not approved(sam)


def test_the_number_of_a_reopening_is_not_given_again_when_one_was_erased(sam: Register) -> None:
    first = sam.reopen(TRIAL, trigger="law", reason="A new act")
    earlier = next(each for each in sam.technology(TRIAL).decisions if each.gate == "G2")
    decided(sam, "ai-sub-group", "G2", technology=TRIAL, supersedes=earlier.number)
    sam.erase(events_of(sam, "technology-reopened")[-1:], reason="It named a victim")
    assert sam.technology(TRIAL).reopenings == ()
    assert sam.reopen(TRIAL, trigger="law", reason="Another act").number == first.number + 1


def test_that_a_decision_lapsed_is_not_erased(sam: Register, clock: StandingClock) -> None:
    made = sam.decide("T-0001", **given(chair="Grace Example"))
    clock.go_to(TODAY + timedelta(days=14))
    ref = met(sam, on=sam.today)
    sam.drop_item(ref, 1)
    sam.close_meeting(ref)
    assert "holds the register together" in refused(
        sam, sam.erase, events_of(sam, "decision-lapsed"), reason="Why not"
    )
    held = sam.technology("T-0001").decision(made.number)
    assert held is not None
    assert held.lapsed is not None


def test_a_trial_that_is_to_go_on_is_reopened_and_approved_again(
    sam: Register, clock: StandingClock
) -> None:
    held = next(each for each in sam.technology(TRIAL).decisions if each.gate == "G3")
    assert held.expires_on is not None
    clock.go_to(held.expires_on)
    ref = seated(sam, "futures-delivery-group", TRIAL)
    longer: dict[str, Any] = {
        "technology": TRIAL,
        "meeting": ref,
        "supersedes": held.number,
        "expires_on": sam.today + timedelta(days=90),
    }

    def extended() -> Decision:
        return decided(sam, "futures-delivery-group", "G3", "trial-ready", **longer)

    assert "reopen it first" in refused(sam, extended)
    sam.reopen(TRIAL, trigger="date", reason="The trial needs three more months")
    assert extended().supersedes == held.number


def test_what_was_asked_again_stays_open_until_it_is_answered_whatever_is_decided(
    sam: Register,
) -> None:
    sam.reopen(TRIAL, trigger="red-line", reason="The supplier was bought", items=["LB1"])
    ref = met(sam)
    sam.add_items(ref, [ItemInput(technology=TRIAL)])
    earlier = approval_of_ethics(sam)
    sam.decide(
        TRIAL,
        **given(meeting=ref, outcome="reject", supersedes=earlier),
        item_reasons={"LB1": "Nobody has looked again."},
    )
    assert sam.technology(TRIAL).open_reopenings == ()
    reading = sam.reading(sam.technology(TRIAL).id)
    assert "LB1" in [each.item.id for each in reading.checklist.red_lines if each.is_open]
    assert "LB1" in " ".join(reading.status.reasons)
    held = sam.technology(TRIAL).answers["LB1"]
    same = AnswerGiven(answer=held.answer, note=held.note, evidence=held.evidence)
    sam.answer(TRIAL, {"LB1": same})
    assert "LB1" not in " ".join(sam.reading(sam.technology(TRIAL).id).status.reasons)


def test_an_approval_that_does_not_hold_any_more_needs_someone(sam: Register) -> None:
    def said() -> list[str]:
        return [each.words for each in attention(sam) if each.technology.label == TRIAL]

    assert not any("Not approved" in each for each in said())
    sam.reopen(TRIAL, trigger="incident", reason="A complaint was upheld")
    assert "Not approved: reopened on 24 November 2026" in said()
    ref = met(sam)
    sam.add_items(ref, [ItemInput(technology=TRIAL)])
    earlier = approval_of_ethics(sam)
    made = sam.decide(TRIAL, **given(meeting=ref, outcome="reject", supersedes=earlier))
    assert f"Not approved: {made.number} rejected it" in said()


def test_only_what_a_technology_is_asked_can_be_asked_again(sam: Register) -> None:
    technology = sam.technology(TRIAL)
    asked = [each.item.id for each in asked_of(sam.framework, technology)]
    other = next(each for each in sam.framework.items if each not in asked)
    said = misread(sam, sam.reopen, TRIAL, trigger="law", reason="A new act", items=[other])
    assert f"{other} is not asked of {TRIAL}, so it cannot be asked again." in said
    assert sam.reopen(TRIAL, trigger="law", reason="A new act", items=asked).items == tuple(asked)
