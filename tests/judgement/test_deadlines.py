"""What has a date."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from horizon.judgement.deadlines import Deadline, deadlines
from horizon.model.decision import Decision
from horizon.model.headers import header_of
from horizon.model.words import Effect
from tests.judgement.making import SMALL, TODAY, condition, decision, technology

DUE = date(2027, 3, 31)
BEFORE, AFTER = DUE - timedelta(days=1), DUE + timedelta(days=1)


def due(
    *decisions: Decision, today: date = TODAY, stage: str = "in-trial", **more: Any
) -> tuple[Deadline, ...]:
    """The deadlines; the same whether read from the whole record or its header."""
    subject = technology(stage=stage, decisions=decisions, **more)
    found = deadlines(SMALL, subject, today)
    assert deadlines(SMALL, header_of(subject), today) == found
    return found


@pytest.mark.parametrize(
    ("today", "overdue", "review", "expiry", "met"),
    [
        (BEFORE, False, "Review due", "expires on", "due"),
        (DUE, False, "Review due", "expires on", "due"),
        (AFTER, True, "Review was due", "expired on", "was due"),
    ],
)
def test_the_day_itself_is_not_yet_overdue(
    today: date, overdue: bool, review: str, expiry: str, met: str
) -> None:
    approval = decision("ETH/2026/001", conditions=[condition(DUE)], expires_on=DUE)
    found = due(approval, today=today, review_by=DUE)
    assert [(each.due, each.kind, each.overdue) for each in found] == [
        (DUE, "condition", overdue),
        (DUE, "expiry", overdue),
        (DUE, "review", overdue),
    ]
    assert [each.words for each in found] == [
        f"Condition 1 of ETH/2026/001 {met} 31 March 2027",
        f"ETH/2026/001 {expiry} 31 March 2027",
        f"{review} 31 March 2027",
    ]


def test_the_earliest_comes_first() -> None:
    late, soon = condition(AFTER, number=1), condition(BEFORE, number=2)
    found = due(decision("ETH/2026/001", conditions=[late, soon]), review_by=DUE)
    assert [each.due for each in found] == [BEFORE, DUE, AFTER]


def test_what_is_discharged_superseded_or_ended_is_no_longer_due() -> None:
    assert due(decision("ETH/2026/001", conditions=[condition(DUE, discharged=TODAY)])) == ()
    gone = decision(
        "ETH/2026/001", conditions=[condition(DUE)], expires_on=DUE, superseded_by="ETH/2026/002"
    )
    assert due(gone) == ()
    live = decision("ETH/2026/001", conditions=[condition(DUE)], expires_on=DUE)
    assert due(live, stage="ended", review_by=DUE) == ()


def test_an_approval_ends_with_the_first_of_its_decisions() -> None:
    found = due(
        decision("ETH/2026/001", expires_on=AFTER),
        decision("DEL/2026/001", "delivery", "GT", expires_on=DUE),
    )
    assert [(each.due, each.words) for each in found] == [
        (DUE, "DEL/2026/001 expires on 31 March 2027")
    ]


def test_an_approval_that_its_body_has_renewed_is_not_said_to_have_expired() -> None:
    lapsed = decision("ETH/2026/001", expires_on=DUE)
    renewed = decision("ETH/2027/001", expires_on=date(2027, 9, 30))
    (found,) = due(lapsed, renewed, today=AFTER)
    assert found.words == "ETH/2027/001 expires on 30 September 2027"


def test_the_end_of_a_trial_no_longer_matters_to_what_is_in_service() -> None:
    trial = decision("ETH/2026/001", expires_on=DUE)
    assert due(trial, stage="in-service") == ()
    assert len(due(trial, stage="assessing")) == 1
    adoption = decision("ETH/2026/002", gate="GA", expires_on=DUE)
    assert len(due(trial, adoption, stage="in-service")) == 1


def test_a_rejection_has_no_end_to_look_out_for() -> None:
    assert due(decision("ETH/2026/001", effect=Effect.REJECT, expires_on=DUE)) == ()


def test_a_condition_outlives_the_stage_it_was_set_for() -> None:
    trial = decision("ETH/2026/001", conditions=[condition(DUE)])
    assert [each.kind for each in due(trial, stage="in-service")] == ["condition"]
