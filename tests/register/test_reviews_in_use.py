"""What is in use is reviewed, suspended and brought back on a review that was held for it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from horizon.judgement.standing import StandingKind
from horizon.papers.agenda import gates_for
from horizon.register import Register
from horizon.store.files import journal_path
from tests.clocks import StandingClock
from tests.register.in_use import ADOPTED, decided, make_in_use, opened, reported
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
    assert "an approving decision, made since it came to in-service" in refused(
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
    assert "made since it came to suspended" in refused(
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
