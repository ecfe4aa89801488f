"""Whether a technology reads as approved: the day before, on the day, the day after."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from horizon.judgement.standing import Standing, StandingKind, standing
from horizon.model.decision import Decision
from horizon.model.headers import header_from_json, header_of
from horizon.model.record import Lapsed, Ratified
from horizon.model.technology import Legacy, Reopening
from horizon.model.words import Effect
from tests.judgement.making import (
    ASHA,
    AT,
    SMALL,
    TODAY,
    condition,
    decision,
    override,
    reworked,
    technology,
)

DUE = date(2027, 3, 31)
BEFORE, AFTER = DUE - timedelta(days=1), DUE + timedelta(days=1)
TRIAL = StandingKind.APPROVED_FOR_TRIAL
NOT = StandingKind.NOT_APPROVED


def stand(
    *decisions: Decision, stage: str = "in-trial", today: date = TODAY, **more: Any
) -> Standing:
    """How it stands; the same whether read from the whole record or from either header."""
    subject = technology(stage=stage, decisions=decisions, **more)
    found = standing(SMALL, subject, today)
    assert standing(SMALL, header_of(subject), today) == found
    stored = header_from_json(subject.model_dump_json().encode())
    assert standing(SMALL, stored, today) == found
    return found


def test_nothing_decided_is_no_approval() -> None:
    found = stand(stage="assessing")
    assert (found.kind, found.words, found.approved) == (StandingKind.NONE, "No approval", False)


def test_an_approval_counts_where_the_stage_rests_on_it() -> None:
    found = stand(decision("ETH/2026/001"), decision("DEL/2026/001", "delivery", "GT"))
    assert (found.kind, found.approved, found.decision) == (TRIAL, True, "DEL/2026/001")
    assert found.words == "Approved for trial"
    adopted = stand(decision("BRD/2026/001", "board", "GU"), stage="in-service")
    assert adopted.words == "Approved for adoption"


def test_an_approval_waits_for_the_move_and_ends_with_the_stage_that_rested_on_it() -> None:
    approval = decision("ETH/2026/001")
    assert stand(approval, stage="assessing").kind is StandingKind.NONE
    assert stand(approval, stage="evaluated").kind is StandingKind.NONE
    assert stand(approval, stage="ended").words == "Ended"
    assert stand(approval, stage="ended").kind is StandingKind.ENDED


def test_a_trial_approval_is_no_approval_to_be_in_service() -> None:
    found = stand(decision("ETH/2026/001"), stage="in-service")
    assert (found.kind, found.words, found.approved) == (NOT, "Not approved", False)


@pytest.mark.parametrize(("today", "approved"), [(BEFORE, True), (DUE, True), (AFTER, False)])
def test_an_approval_holds_to_the_end_of_its_last_day(today: date, approved: bool) -> None:
    found = stand(decision("ETH/2026/001", expires_on=DUE), today=today)
    assert found.approved is approved
    assert found.words == (
        "Approved for trial until 31 March 2027"
        if approved
        else "Not approved: ETH/2026/001 expired on 31 March 2027"
    )


@pytest.mark.parametrize(("today", "approved"), [(BEFORE, True), (DUE, True), (AFTER, False)])
def test_a_condition_is_overdue_from_the_day_after_it_was_due(today: date, approved: bool) -> None:
    found = stand(decision("ETH/2026/001", conditions=[condition(DUE)]), today=today)
    assert found.approved is approved
    if not approved:
        assert (found.kind, found.decision) == (NOT, "ETH/2026/001")
        assert found.words == (
            "Not approved: condition 1 of ETH/2026/001 overdue since 1 April 2027"
        )


def test_a_discharged_condition_lets_the_approval_count_even_if_it_was_late() -> None:
    late = condition(DUE, discharged=AFTER)
    assert stand(decision("ETH/2026/001", conditions=[late]), today=AFTER).approved


def test_every_body_must_still_approve() -> None:
    ends = decision("DEL/2026/001", "delivery", "GT", expires_on=DUE)
    found = stand(decision("ETH/2026/001", expires_on=AFTER), ends, today=AFTER)
    assert found.words == "Not approved: DEL/2026/001 expired on 31 March 2027"
    found = stand(decision("ETH/2026/001", expires_on=AFTER), ends, today=DUE)
    assert found.words == "Approved for trial until 31 March 2027"


def test_the_newest_rejection_takes_the_approval_away() -> None:
    found = stand(decision("ETH/2026/001"), decision("ETH/2026/002", effect=Effect.REJECT))
    assert (found.kind, found.words) == (NOT, "Not approved: ETH/2026/002 rejected it")
    again = decision("ETH/2026/003")
    assert stand(decision("ETH/2026/002", effect=Effect.REJECT), again).approved


@pytest.mark.parametrize("effect", [Effect.DEFER, Effect.REFER, Effect.NOTE])
def test_a_body_that_says_nothing_new_leaves_the_approval(effect: Effect) -> None:
    assert stand(decision("ETH/2026/001"), decision("ETH/2026/002", effect=effect)).approved


@pytest.mark.parametrize("effect", [Effect.DEFER, Effect.REFER, Effect.NOTE])
def test_an_approval_that_was_superseded_is_gone_whatever_the_other_bodies_said(
    effect: Effect,
) -> None:
    found = stand(
        decision("ETH/2026/001", superseded_by="ETH/2026/002"),
        decision("DEL/2026/001", "delivery", "GT"),
        decision("ETH/2026/002", effect=effect, supersedes="ETH/2026/001"),
    )
    assert found.words == ("Not approved: ETH/2026/002 replaced an approval and does not approve")


def test_what_replaces_a_replacement_still_speaks_for_the_body() -> None:
    chain = [
        decision("ETH/2026/001", superseded_by="ETH/2026/002"),
        decision("ETH/2026/002", effect=Effect.DEFER, superseded_by="ETH/2026/003"),
        decision("ETH/2026/003", effect=Effect.NOTE),
        decision("DEL/2026/001", "delivery", "GT"),
    ]
    assert not stand(*chain).approved
    assert stand(*chain, decision("ETH/2026/004")).approved


def test_a_renewed_approval_counts_and_the_lapsed_one_is_forgotten() -> None:
    lapsed = decision("ETH/2026/001", expires_on=DUE, conditions=[condition(DUE)])
    found = stand(lapsed, decision("ETH/2027/001", expires_on=date(2027, 9, 30)), today=AFTER)
    assert found.words == "Approved for trial until 30 September 2027"


def test_a_technology_in_use_before_the_register_was_never_approved() -> None:
    legacy = Legacy(in_use_since="2019")
    found = stand(stage="in-service", legacy=legacy)
    assert (found.kind, found.approved) == (StandingKind.LEGACY, False)
    assert found.words == "In use, no recorded approval"
    decided = stand(decision("BRD/2026/001", "board", "GU"), stage="in-service", legacy=legacy)
    assert not decided.approved
    refused = decision("BRD/2026/001", "board", "GU", effect=Effect.REJECT)
    assert stand(refused, stage="in-service", legacy=legacy).words == (
        "In use, no recorded approval: BRD/2026/001 rejected it"
    )


def test_one_in_use_before_the_register_is_approved_once_it_has_passed_a_gate() -> None:
    cleared = Legacy(in_use_since="2019", cleared_on=TODAY)
    approval = decision("BRD/2026/001", "board", "GU")
    assert stand(approval, stage="in-service", legacy=cleared).approved
    assert stand(stage="in-service", legacy=cleared).kind is NOT


def test_a_stage_the_framework_does_not_know_is_no_approval() -> None:
    assert stand(decision("ETH/2026/001"), stage="somewhere").kind is StandingKind.NONE


offsets = st.integers(-60, 60)


@st.composite
def dated(draw: st.DrawFn) -> Decision:
    end = draw(st.none() | offsets)
    conditions = [
        condition(
            TODAY + timedelta(days=draw(offsets)),
            number=number,
            discharged=draw(st.none() | st.just(TODAY)),
        )
        for number in range(1, draw(st.integers(0, 2)) + 1)
    ]
    body, gate = draw(st.sampled_from([("ethics", "GE"), ("delivery", "GT"), ("board", "GT")]))
    return decision(
        f"N/{draw(st.integers(1, 999))}",
        body,
        gate,
        effect=draw(st.sampled_from(Effect)),
        conditions=conditions,
        expires_on=None if end is None else TODAY + timedelta(days=end),
    )


@given(st.lists(dated(), max_size=4), st.integers(-61, 61), st.integers(0, 60))
def test_time_alone_never_brings_an_approval_back(
    decisions: Sequence[Decision], start: int, later: int
) -> None:
    first = TODAY + timedelta(days=start)
    if not stand(*decisions, today=first).approved:
        assert not stand(*decisions, today=first + timedelta(days=later)).approved


@given(st.lists(dated(), max_size=4), offsets)
def test_an_approval_rests_on_decisions_that_all_hold(
    decisions: Sequence[Decision], start: int
) -> None:
    today = TODAY + timedelta(days=start)
    found = stand(*decisions, today=today)
    newest = {(each.body, each.gate): each for each in decisions if each.effect.approves}
    if found.approved:
        for each in newest.values():
            assert each.is_current(today)
            assert not each.overdue_conditions(today)


@pytest.mark.parametrize(("today", "holds"), [(BEFORE, True), (DUE, True), (AFTER, False)])
def test_what_was_decided_between_meetings_lapses_unratified(today: date, holds: bool) -> None:
    alone = decision("ETH/2026/001").model_copy(update={"ratify_by": DUE})
    found = stand(alone, today=today)
    assert found.approved is holds
    if not holds:
        assert found.words == (
            "Not approved: ETH/2026/001 lapsed, because it was not ratified by 31 March 2027"
        )
    ratified = Ratified(meeting="ETH/2027-01-05", on=date(2027, 1, 5), by=ASHA, at=AT)
    assert stand(alone.model_copy(update={"ratified": ratified}), today=today).approved


def test_what_the_next_meeting_let_lapse_has_lapsed_at_once() -> None:
    lapsed = Lapsed(meeting="ETH/2027-01-05", on=date(2027, 1, 5))
    found = stand(decision("ETH/2026/001").model_copy(update={"lapsed": lapsed}))
    assert found.words.endswith("lapsed, because it was not ratified at the next meeting")


@pytest.mark.parametrize(("today", "holds"), [(BEFORE, True), (DUE, False), (AFTER, False)])
def test_a_suspending_reopening_counts_from_its_day_until_it_is_settled(
    today: date, holds: bool
) -> None:
    reopened = Reopening(
        number=1, trigger="incident", reason="A complaint", on=DUE, suspends=True, by=ASHA, at=AT
    )
    assert stand(decision("ETH/2026/001"), today=today, reopenings=(reopened,)).approved is holds
    settled = reopened.model_copy(update={"settled_by": "ETH/2026/001"})
    assert stand(decision("ETH/2026/001"), today=today, reopenings=(settled,)).approved
    mild = reopened.model_copy(update={"suspends": False})
    assert stand(decision("ETH/2026/001"), today=today, reopenings=(mild,)).approved


@pytest.mark.parametrize(("days", "holds"), [(29, True), (30, True), (31, False)])
def test_what_is_in_use_reads_as_not_approved_once_its_review_is_long_overdue(
    days: int, holds: bool
) -> None:
    subject = technology(
        stage="in-service", decisions=(decision("BRD/2026/001", "board", "GU"),), review_by=DUE
    )
    route = SMALL.content["route"] | {"review_grace_days": 30}
    found = standing(reworked(route=route), subject, DUE + timedelta(days=days))
    assert found.approved is holds
    assert standing(SMALL, subject, DUE + timedelta(days=days)).approved
    assert ("its review was due on 31 March 2027" in found.words) is not holds


@pytest.mark.parametrize(("today", "holds"), [(BEFORE, True), (DUE, True), (AFTER, False)])
def test_an_approval_that_set_a_blocker_aside_holds_no_longer_than_that(
    today: date, holds: bool
) -> None:
    found = stand(decision("ETH/2026/001", overrides=[override("FA3", DUE)]), today=today)
    assert found.approved is holds
    if not holds:
        assert found.words == "Not approved: ETH/2026/001 set FA3 aside until 31 March 2027"
