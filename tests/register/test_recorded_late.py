"""Minutes are typed days after a meeting: a decision rests on what was known on its own day, and
answers nothing that came after it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from horizon.judgement.deadlines import add_months
from horizon.papers.agenda import gates_for
from horizon.register import Register
from horizon.register.records import read_record
from tests.clocks import StandingClock
from tests.papers.registers import TODAY
from tests.register.in_use import decided, seated
from tests.register.using import SAM, acting, misread, refused

TRIAL = "T-0004"
READY = "T-0001"
"""Ready for gate G2."""


@pytest.fixture
def running(worked: Register) -> Iterator[Register]:
    """T-0004 is in a trial, and its condition is met."""
    with acting(worked, SAM):
        found = next(each for each in worked.technology(TRIAL).decisions if each.conditions)
        worked.discharge(
            TRIAL,
            decision=found.number,
            condition=1,
            body="ai-sub-group",
            on=TODAY,
            evidence=["E1"],
        )
        yield worked


def approved(register: Register, ref: str = TRIAL) -> bool:
    return register.reading(register.technology(ref).id).standing.approved


@pytest.mark.parametrize(("days", "answered"), [(-3, True), (0, True), (4, False)])
def test_a_decision_answers_what_had_happened_by_its_day(
    running: Register, clock: StandingClock, days: int, answered: bool
) -> None:
    meeting = seated(running, "ai-sub-group", TRIAL)
    clock.go_to(TODAY + timedelta(days=6))
    running.reopen(
        TRIAL, trigger="incident", reason="It was upheld", on=TODAY + timedelta(days=days)
    )
    earlier = next(e for e in running.technology(TRIAL).decisions if e.gate == "G2")
    made = decided(
        running,
        "ai-sub-group",
        "G2",
        technology=TRIAL,
        decided_on=TODAY,
        meeting=meeting,
        supersedes=earlier.number,
    )
    assert bool(made.settles) is answered
    assert approved(running) is answered


def test_no_body_builds_on_what_another_decided_later(
    worked: Register, clock: StandingClock
) -> None:
    for each in ("cost-estimate", "security-acceptance"):
        worked.attach_evidence(READY, title=each, dated=TODAY, document=each)
    meeting = seated(worked, "futures-delivery-group", READY)
    clock.go_to(TODAY + timedelta(days=7))
    decided(worked, "ai-sub-group", "G2", technology=READY)
    late = {"technology": READY, "decided_on": TODAY, "meeting": meeting}
    ends = add_months(TODAY, 5)
    assert "A current approval by the AI Sub-Group at gate G2" in refused(
        worked,
        lambda: decided(
            worked, "futures-delivery-group", "G3", "trial-ready", expires_on=ends, **late
        ),
    )
    decided(
        worked, "futures-delivery-group", "G3", "trial-ready", technology=READY, expires_on=ends
    )


def test_a_decision_never_takes_the_place_of_a_later_one(
    worked: Register, clock: StandingClock
) -> None:
    meeting = seated(worked, "ai-sub-group", READY)
    clock.go_to(TODAY + timedelta(days=7))
    later = decided(worked, "ai-sub-group", "G2", "reject", technology=READY)
    for supersedes in (later.number, None):
        assert "cannot take its place" in refused(
            worked,
            lambda number=supersedes: decided(
                worked,
                "ai-sub-group",
                "G2",
                technology=READY,
                decided_on=TODAY,
                meeting=meeting,
                supersedes=number,
            ),
        )


def test_an_approval_holds_from_the_day_on_which_it_takes_effect(
    worked: Register, clock: StandingClock
) -> None:
    begins = TODAY + timedelta(days=10)
    decided(worked, "ai-sub-group", "G2", technology=READY, effective_from=begins)

    def lacks() -> list[str]:
        missing = worked.gate(worked.technology(READY).id, "G3").missing
        return [each.detail for each in missing if each.need == "decision:ai-sub-group@G2"]

    clock.go_to(begins - timedelta(days=1))
    assert lacks() == ["AISG/2026/002 takes effect on 4 December 2026"]
    clock.go_to(begins)
    assert lacks() == []


def test_a_decision_does_not_end_before_it_takes_effect(worked: Register) -> None:
    meeting = seated(worked, "ai-sub-group", READY)
    assert "before it takes effect" in misread(
        worked,
        lambda: decided(
            worked,
            "ai-sub-group",
            "G2",
            technology=READY,
            meeting=meeting,
            effective_from=TODAY + timedelta(days=30),
            expires_on=TODAY + timedelta(days=20),
        ),
    )


def test_what_is_found_out_after_a_decision_was_not_answered_by_it(running: Register) -> None:
    held = next(e for e in running.technology(TRIAL).decisions if e.gate == "G2")
    before = held.decided_on - timedelta(days=9)
    running.reopen(TRIAL, trigger="incident", reason="It came out now", on=before)
    technology = running.technology(TRIAL)
    assert not approved(running)
    assert not read_record(running, held.number).holds
    missing = [each.need for each in running.gate(technology.id, "G3").missing]
    assert "decision:ai-sub-group@G2" in missing
    asked = gates_for(running, technology, "ai-sub-group", running.today)
    assert "G2" in [each.gate.id for each in asked]
