"""What a paper says has become of a decision, beside what the technology reads as."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from horizon.judgement.standing import standing
from horizon.model.decision import Decision
from horizon.papers.agenda import lapses
from horizon.papers.items import what_became
from tests.judgement.making import SMALL, TODAY, condition, decision, override, technology

YESTERDAY = TODAY - timedelta(days=1)


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (decision("ETH/1"), ""),
        (decision("ETH/1", conditions=[condition(TODAY)]), ""),
        (decision("ETH/1", expires_on=YESTERDAY), "Expired on"),
        (decision("ETH/1", ratify_by=YESTERDAY), "Lapsed, as it was not ratified"),
        (decision("ETH/1", conditions=[condition(YESTERDAY)]), "Reads as not approved: condition"),
        (decision("ETH/1", overrides=[override("XA2", YESTERDAY)]), "Reads as not approved: ETH/1"),
        (
            decision("ETH/1", effective_from=TODAY + timedelta(days=1)),
            "Reads as not approved: ETH/1 takes effect on",
        ),
    ],
)
def test_an_approval_that_reads_as_none_is_not_shown_as_one(held: Decision, said: str) -> None:
    subject = technology(decisions=(held,), stage="in-trial")
    became = what_became(subject, held, TODAY)
    assert became.startswith(said) if said else became == ""
    assert standing(SMALL, subject, TODAY).approved is not bool(said)


@pytest.mark.parametrize(("until", "lapsed"), [(TODAY, False), (YESTERDAY, True)])
def test_the_body_looks_again_when_what_it_set_aside_is_over(until: date, lapsed: bool) -> None:
    held = decision("ETH/1", overrides=[override("XA2", until)])
    subject = technology(decisions=(held,), stage="in-trial")
    assert bool(lapses(SMALL, subject, "ethics", TODAY)) is lapsed
    assert standing(SMALL, subject, TODAY).approved is not lapsed
