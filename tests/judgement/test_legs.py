"""The two legs of the route, side by side."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from horizon.judgement.legs import legs
from horizon.model.headers import header_of
from horizon.model.words import Effect
from tests.judgement.making import SMALL, TODAY, condition, decision, override, technology


def said(**more: object) -> dict[str, str]:
    """How the legs stand, which a technology and its header must agree on."""
    subject = technology(**more)
    found = legs(SMALL, subject, TODAY)
    assert legs(SMALL, header_of(subject), TODAY) == found
    return dict(found)


def test_without_a_decision_neither_leg_has_said_anything() -> None:
    assert said() == {"ethics": "none", "delivery": "none"}


@pytest.mark.parametrize(
    ("effect", "word"),
    [
        (Effect.APPROVE, "approved"),
        (Effect.APPROVE_WITH_CONDITIONS, "conditions"),
        (Effect.DEFER, "deferred"),
        (Effect.REFER, "referred"),
        (Effect.REJECT, "rejected"),
        (Effect.NOTE, "noted"),
    ],
)
def test_each_outcome_has_its_word(effect: Effect, word: str) -> None:
    assert said(decisions=(decision("ETH/1", effect=effect),))["ethics"] == word


def test_the_newest_decision_of_a_leg_is_said_and_the_other_leg_is_left_alone() -> None:
    found = said(
        decisions=(
            decision("ETH/1", effect=Effect.DEFER),
            decision("DEL/1", body="delivery", gate="GT", effect=Effect.REJECT),
            decision("ETH/2"),
        )
    )
    assert found == {"ethics": "approved", "delivery": "rejected"}


def test_a_board_where_the_legs_meet_is_neither_of_them() -> None:
    found = said(decisions=(decision("BRD/1", body="board", gate="GT"),))
    assert found == {"ethics": "none", "delivery": "none"}


def test_a_decision_about_another_phase_or_one_that_was_superseded_is_not_said() -> None:
    later = decision("ETH/1", gate="GA")
    replaced = decision("ETH/2", superseded_by="ETH/3")
    assert said(decisions=(later, replaced))["ethics"] == "none"
    assert said(decisions=(later,), stage="evaluated")["ethics"] == "approved"


def test_what_the_stage_rests_on_is_said_too() -> None:
    assert said(decisions=(decision("ETH/1"),), stage="in-trial")["ethics"] == "approved"


@pytest.mark.parametrize(("days", "word"), [(0, "approved"), (1, "lapsed")])
def test_an_approval_lapses_on_the_day_after_its_end(days: int, word: str) -> None:
    ends: date = TODAY - timedelta(days=days)
    assert said(decisions=(decision("ETH/1", expires_on=ends),))["ethics"] == word


def test_an_overdue_condition_makes_an_approval_lapse_and_a_met_one_does_not() -> None:
    late, met = TODAY - timedelta(days=1), TODAY
    overdue = decision("ETH/1", conditions=[condition(late)])
    assert said(decisions=(overdue,))["ethics"] == "lapsed"
    kept = decision("ETH/1", conditions=[condition(late, discharged=met)])
    assert said(decisions=(kept,))["ethics"] == "approved"


@pytest.mark.parametrize(
    "more",
    [
        {"ratify_by": TODAY - timedelta(days=1)},
        {"effective_from": TODAY + timedelta(days=1)},
        {"overrides": (override("XA2", TODAY - timedelta(days=1)),)},
    ],
)
def test_a_leg_never_reads_approved_on_what_does_not_hold(more: dict[str, object]) -> None:
    assert said(decisions=(decision("ETH/1", **more),))["ethics"] == "lapsed"


def test_what_was_decided_at_a_gate_of_no_phase_is_no_approval_of_a_leg() -> None:
    triage = decision("DEL/1", body="delivery", gate="triage")
    assert triage.phase is None
    assert said(decisions=(triage,))["delivery"] == "none"
