"""Whether one decision still carries what it said, on a given day, and whether what happened since
has been answered by one that does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from horizon.model.headers import DecisionHeader, ReopeningHeader, TechnologyHeader
from horizon.model.wording import day, listed
from horizon.model.words import Effect

if TYPE_CHECKING:
    from horizon.framework.route import Route, Transition
    from horizon.model.decision import Decision
    from horizon.model.technology import Reopening, Technology


def why_not(decision: Decision | DecisionHeader, today: date) -> str:
    """Why a decision is no approval that holds on the day `today`; empty when it is.

    Nothing is stored of it, so that every screen and paper agrees the moment a date passes. A date
    itself still counts: what is due on it is overdue from the day after (domain reference 4.3 and
    4.4).
    """
    number = decision.number
    if decision.effect is Effect.REJECT:
        return f"{number} rejected it"
    if not decision.effect.approves:
        return f"{number} replaced an approval and does not approve"
    begins = decision.effective_from
    if begins is not None and today < begins:
        return f"{number} takes effect on {day(begins)}"
    if decision.lapsed is not None:
        return f"{number} lapsed, because it was not ratified at the next meeting"
    if decision.ratified is None and decision.ratify_by is not None and today > decision.ratify_by:
        return f"{number} lapsed, because it was not ratified by {day(decision.ratify_by)}"
    if decision.expires_on is not None and today > decision.expires_on:
        return f"{number} expired on {day(decision.expires_on)}"
    for override in decision.overrides:
        if today > override.expires_on:
            return f"{number} set {override.item} aside until {day(override.expires_on)}"
    late = [each for each in decision.conditions if each.discharge is None and today > each.due]
    if late:
        since = day(min(each.due for each in late) + timedelta(days=1))
        numbers = ", ".join(str(each.number) for each in late)
        named = "condition" if len(late) == 1 else "conditions"
        return f"{named} {numbers} of {number} overdue since {since}"
    return ""


def suspending(
    subject: Technology | TechnologyHeader, today: date
) -> Iterator[Reopening | ReopeningHeader]:
    """What has happened by the day `today` that keeps an approval from holding until a body has
    decided again. An answer that lapsed, or was replaced by no answer, is none."""
    for each in subject.reopenings:
        if each.suspends and today >= each.on and not _answers(subject, each.settled_by, today):
            yield each


def reopened_since(
    subject: Technology | TechnologyHeader, decision: Decision | DecisionHeader, today: date
) -> Iterator[Reopening | ReopeningHeader]:
    """What has suspended a decision since it was made, and no body has answered by `today`."""
    return (each for each in suspending(subject, today) if comes_after(each, decision))


def said(reopenings: Iterable[Reopening | ReopeningHeader], *, why: bool = True) -> str:
    """What reopened an approval, in words: `reopened on 1 May 2026: a leak; and on 3 May 2026: a
    complaint`. Empty where nothing did."""
    found = [
        f"on {day(each.on)}" + (f": {each.reason.rstrip('.')}" if why else "")
        for each in reopenings
    ]
    return f"reopened {'; and '.join(found) if why else listed(found)}" if found else ""


def comes_after(
    reopening: Reopening | ReopeningHeader, decision: Decision | DecisionHeader
) -> bool:
    """Whether something happened after a decision, or was only found out after it."""
    return reopening.on >= decision.decided_on or reopening.at > decision.at


def approves_now(
    subject: Technology | TechnologyHeader, decision: Decision | DecisionHeader, today: date
) -> bool:
    """Whether a decision approves and holds on the day `today`, whatever happened since."""
    return (
        decision.effect.approves
        and decision.superseded_by is None
        and not why_not_now(subject, decision, today)
    )


def why_not_now(
    subject: Technology | TechnologyHeader, decision: Decision | DecisionHeader, today: date
) -> str:
    """Why a decision is no approval that holds, of itself or for what happened since; empty when
    it is."""
    since = reopened_since(subject, decision, today)
    return why_not(decision, today) or said(since, why=False)


def made_here(technology: Technology, decision: Decision) -> bool:
    """Whether a decision was made, or recorded, since the technology came to its stage."""
    latest = max(decision.decided_on.isoformat(), decision.at[:10])
    return latest >= technology.stage_since.isoformat()


def opens(route: Route, technology: Technology, way: Transition, decision: Decision) -> bool:
    """Whether a decision was made for this way: one that led here leads no further, and what was
    taken out of use comes back on a review that was held since. A rejection always stands."""
    if decision.effect is Effect.REJECT:
        return True
    here, there = route.stage(technology.stage), route.stage(way.to)
    if there is not None and there.in_use and (here is None or not here.in_use):
        return decision.decided_on >= technology.stage_since
    return made_here(technology, decision)


def _answers(subject: Technology | TechnologyHeader, number: str, today: date) -> bool:
    decisions: Sequence[Decision | DecisionHeader] = subject.decisions
    by_number = {each.number: each for each in decisions}
    found = by_number.get(number)
    while found is not None and found.superseded_by is not None:
        found = by_number.get(found.superseded_by)
    if found is None:
        return False
    weighs = found.effect.approves or found.effect is Effect.REJECT
    late = found.ratify_by is not None and today > found.ratify_by
    return weighs and found.lapsed is None and (found.ratified is not None or not late)
