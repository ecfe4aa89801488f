"""Whether an approval holds has one answer, whoever asks: the leg, the standing, the table."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from horizon.judgement.holding import approves_now
from horizon.judgement.legs import legs
from horizon.judgement.standing import standing
from horizon.model.decision import Decision
from horizon.model.headers import header_of
from horizon.model.technology import Reopening
from horizon.model.words import Effect
from tests.judgement.making import SMALL, TODAY, condition, decision, override, technology

LATER = "2026-11-24T10:00:00Z"
DAYS = st.integers(-2, 2).map(lambda days: TODAY + timedelta(days=days))
MAYBE = st.none() | DAYS


@st.composite
def held(draw: st.DrawFn) -> Decision:
    due, until = draw(MAYBE), draw(MAYBE)
    return decision(
        "ETH/1",
        effect=draw(st.sampled_from([Effect.APPROVE, Effect.REJECT])),
        conditions=[condition(due)] if due else (),
        overrides=[override("XA2", until)] if until else (),
        expires_on=draw(MAYBE),
        effective_from=draw(MAYBE),
        ratify_by=draw(MAYBE),
    )


@given(held(), st.none() | st.dates(date(2026, 1, 1), TODAY), st.booleans())
def test_the_leg_the_standing_and_the_table_agree(
    made: Decision, happened: date | None, suspends: bool
) -> None:
    reopened = Reopening(
        number=1, trigger="incident", reason="It was upheld", on=happened or TODAY,
        suspends=suspends, by="p-1", at=LATER,
    )  # fmt: skip
    subject = technology(
        decisions=(made,), stage="in-trial", reopenings=(reopened,) if happened else ()
    )
    holds = approves_now(subject, made, TODAY)
    for each in (subject, header_of(subject)):
        assert standing(SMALL, each, TODAY).approved is holds
        assert (legs(SMALL, each, TODAY)["ethics"] == "approved") is holds
