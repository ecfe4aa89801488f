"""The strategy's objective 4 measure: what went to the Strategic Change Board, and what it brought
with it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from horizon.model.errors import BadInput
from horizon.register import Register
from horizon.register.measures import objective_4
from tests.clocks import StandingClock

YEARS = (date(2025, 1, 1), date(2026, 12, 31))


def test_each_submission_is_counted_with_what_it_carried(example: Path) -> None:
    with Register.open(example, acting="Sam Example", clock=StandingClock()) as register:
        found = objective_4(register, *YEARS)
        decisions = [
            each.number
            for header in register.state.technologies.headers()
            for each in header.decisions
            if each.body == "strategic-change-board"
        ]
        assert sorted(each.number for each in found.submissions) == sorted(decisions)
        assert found.counts["submissions"] == len(decisions) > 1
        assert found.counts["scored"] == found.counts["evaluation_planned"] == len(decisions)


def test_a_period_counts_its_first_and_last_day(example: Path) -> None:
    with Register.open(example, acting="Sam Example", clock=StandingClock()) as register:
        day = objective_4(register, *YEARS).submissions[0].decided_on
        assert objective_4(register, day, day).counts["submissions"] == 1
        with pytest.raises(BadInput, match="before it begins"):
            objective_4(register, YEARS[1], YEARS[0])


def test_a_correction_counts_once_and_an_evaluation_afterwards_is_seen(example: Path) -> None:
    with Register.open(example, acting="Sam Example", clock=StandingClock()) as register:
        before = objective_4(register, *YEARS)
        first = before.submissions[0]
        assert not first.evaluated
        register.correct(first.label, first.number, {"next_step": "Report in May"}, reason="Slip")
        register.attach_evidence(
            first.label, title="Evaluation", dated=register.today, document="evaluation-report"
        )
        after = objective_4(register, *YEARS)
        assert after.counts["submissions"] == before.counts["submissions"]
        assert after.submissions[0].evaluated
