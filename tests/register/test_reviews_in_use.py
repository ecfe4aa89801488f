"""What is in use is reviewed, suspended and brought back on a review that was held for it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from horizon.judgement.standing import StandingKind
from horizon.model.events import AnswerGiven
from horizon.model.wording import day
from horizon.model.words import AnswerValue
from horizon.papers.agenda import gates_for
from horizon.register import Register
from horizon.store.files import journal_path
from tests.clocks import StandingClock
from tests.register.in_use import ADOPTED, decided, make_in_use, opened, reported, seated
from tests.register.using import SAM, acting, refused

AUTUMN = date(2026, 11, 2)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("in-use") / "register.json"
    make_in_use(path)
    return path


@pytest.fixture
def at_work(made: Path, tmp_path: Path) -> Iterator[tuple[Register, StandingClock]]:
    """A technology in use since spring, on a day in autumn, and the clock."""
    path = tmp_path / "register.json"
    shutil.copy(made, path)
    shutil.copy(journal_path(made), journal_path(path))
    register, clock = opened(path, AUTUMN)
    with register:
        yield register, clock


def approved(register: Register) -> bool:
    return register.reading(register.technology(ADOPTED).id).standing.approved


def test_a_review_rests_on_documents_from_before_it_and_confirms_the_use(
    at_work: tuple[Register, StandingClock],
) -> None:
    register, clock = at_work
    reported(register)
    clock.go_to(AUTUMN + timedelta(days=8))
    decided(register, "ai-sub-group", "G7", review_by=date(2027, 11, 1))
    clock.go_to(AUTUMN + timedelta(days=9))
    register.move(ADOPTED, "in-service")
    assert approved(register)
    # the next review asks for documents of its own
    clock.go_to(AUTUMN + timedelta(days=300))
    missing = [each.need for each in register.gate(register.technology(ADOPTED).id, "G7").missing]
    assert missing == ["document:monitoring-report", "document:eqia"]


def test_one_review_confirms_the_use_once(at_work: tuple[Register, StandingClock]) -> None:
    register, clock = at_work
    reported(register)
    decided(register, "ai-sub-group", "G7", review_by=date(2027, 11, 1))
    clock.go_to(AUTUMN + timedelta(days=5))
    register.move(ADOPTED, "in-service")
    clock.go_to(AUTUMN + timedelta(days=40))
    reported(register)
    assert "An approving decision, made since it came to In service" in refused(
        register, register.move, ADOPTED, "in-service"
    )


def test_what_was_suspended_comes_back_on_a_review_held_since(
    at_work: tuple[Register, StandingClock],
) -> None:
    register, clock = at_work
    reported(register)
    earlier = decided(register, "ai-sub-group", "G7", review_by=date(2027, 11, 1))
    clock.go_to(AUTUMN + timedelta(days=5))
    register.move(ADOPTED, "suspended", reason="An incident")
    assert register.reading(register.technology(ADOPTED).id).standing.kind is StandingKind.NONE
    clock.go_to(AUTUMN + timedelta(days=10))
    reported(register)
    assert "made since it came to Suspended" in refused(
        register, register.move, ADOPTED, "in-service"
    )
    asked = [
        each.gate.id
        for each in gates_for(
            register, register.technology(ADOPTED), "ai-sub-group", register.today
        )
    ]
    assert "G7" in asked
    decided(register, "ai-sub-group", "G7", supersedes=earlier.number)
    clock.go_to(AUTUMN + timedelta(days=11))
    register.move(ADOPTED, "in-service")
    assert approved(register)


def test_a_correction_of_an_old_record_leaves_the_review_date_as_it_is(
    at_work: tuple[Register, StandingClock],
) -> None:
    register, _ = at_work
    old = next(each for each in register.technology(ADOPTED).decisions if each.review_by)
    register.set_review(ADOPTED, date(2026, 12, 1), reason="Sooner")
    with acting(register, SAM):
        made = register.correct(ADOPTED, old.number, {"reasons": "Spelt right."}, reason="A slip")
    held = register.technology(ADOPTED)
    assert (held.review_by, held.review_reason) == (date(2026, 12, 1), "Sooner")
    assert made.review_by == old.review_by


def test_a_review_that_is_due_is_held_and_not_put_off(
    at_work: tuple[Register, StandingClock],
) -> None:
    register, clock = at_work
    due = register.technology(ADOPTED).review_by
    assert due is not None
    register.set_review(ADOPTED, due - timedelta(days=30), reason="Sooner")
    clock.go_to(due + timedelta(days=31))
    assert not approved(register)
    said = refused(register, register.set_review, ADOPTED, due + timedelta(days=99), reason="Busy")
    assert f"is reviewed by {day(due)} at the latest" in said


@pytest.mark.parametrize("named", [True, False])
def test_an_approval_for_lasting_use_is_reviewed_as_often_as_its_tier_asks(
    at_work: tuple[Register, StandingClock], named: bool
) -> None:
    register, _ = at_work
    reported(register)
    meeting = seated(register, "ai-sub-group")
    latest = date(2028, 11, 2)
    late = latest + timedelta(days=1)
    assert f"is reviewed by {day(latest)} at the latest" in refused(
        register,
        lambda: decided(register, "ai-sub-group", "G7", meeting=meeting, review_by=late),
    )
    review_by = latest if named else None
    made = decided(register, "ai-sub-group", "G7", meeting=meeting, review_by=review_by)
    assert made.review_by == register.technology(ADOPTED).review_by == latest


def test_what_a_new_law_asks_again_is_answered_before_a_review_confirms_the_use(
    at_work: tuple[Register, StandingClock],
) -> None:
    register, clock = at_work
    reported(register)
    register.reopen(ADOPTED, trigger="law", reason="A new act", items=["LB1"])
    meeting = seated(register, "ai-sub-group")
    said = refused(register, lambda: decided(register, "ai-sub-group", "G7", meeting=meeting))
    assert "What was asked again is answered: answers to LB1" in said
    clock.moment += timedelta(minutes=5)
    given = AnswerGiven(answer=AnswerValue.YES, evidence=("E1",))
    with acting(register, SAM):
        register.answer(ADOPTED, {"LB1": given})
    assert decided(register, "ai-sub-group", "G7", meeting=meeting).settles == (1,)


@pytest.mark.parametrize("days", [0, 1])
def test_taking_something_out_of_use_is_taken_back_on_the_same_day_alone(
    at_work: tuple[Register, StandingClock], days: int
) -> None:
    register, clock = at_work
    register.move(ADOPTED, "suspended", reason="An incident")
    clock.go_to(AUTUMN + timedelta(days=days))
    clock.moment += timedelta(hours=1)
    if days:
        assert "was taken out of use on" in refused(register, register.take_back, ADOPTED)
    else:
        register.take_back(ADOPTED)
    assert approved(register) is (days == 0)
