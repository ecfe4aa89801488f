"""What a body decides between its meetings: the next one ratifies it, or it lapses."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from horizon.framework.schema import Framework
from horizon.model.decision import Decision
from horizon.model.headers import DecisionHeader
from horizon.model.meeting import Meeting


def ratify_by(
    framework: Framework, body: str, decided_on: date, meetings: Iterable[Meeting]
) -> date:
    """Until when what a body decides between meetings is to be ratified: at its next meeting that
    is called, and within the days that the route gives at the latest."""
    latest = decided_on + timedelta(days=framework.route.ratify_days)
    return min([latest, *(each for each in _sittings(body, meetings) if each > decided_on)])


def can_ratify(
    framework: Framework,
    decision: Decision | DecisionHeader,
    on: date,
    meetings: Iterable[Meeting],
) -> bool:
    """Whether a decision waits to be ratified, and a meeting of its body on a day can do it."""
    return (
        decision.ratify_by is not None
        and decision.decided_on < on
        and decision.ratified is None
        and decision.lapsed is None
        and decision.superseded_by is None
        and is_in_time(framework, decision, on, meetings)
    )


def is_in_time(
    framework: Framework,
    decision: Decision | DecisionHeader,
    on: date,
    meetings: Iterable[Meeting],
) -> bool:
    """Whether a meeting on a day is not too late to ratify a decision: it keeps to the decision's
    day, or it is the body's next one, which was moved to a later day."""
    if decision.ratify_by is None or on <= decision.ratify_by:
        return True
    within = on - decision.decided_on <= timedelta(framework.route.ratify_days)
    return within and not any(
        decision.decided_on < each < on for each in _sittings(decision.body, meetings)
    )


def _sittings(body: str, meetings: Iterable[Meeting]) -> Iterable[date]:
    """The days on which a body meets, other than in writing."""
    return (each.on for each in meetings if each.body == body and not each.by_correspondence)
