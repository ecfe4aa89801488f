"""What has a date: reviews, expiries, conditions."""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from horizon.judgement.standing import Subject, standing_decisions
from horizon.judgement.tiers import read_tier
from horizon.model.wording import day
from horizon.model.words import Phase

if TYPE_CHECKING:
    from horizon.framework.schema import Framework
    from horizon.model.technology import Technology


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day by which something is due. The day itself is not yet overdue."""

    due: date
    kind: Literal["review", "expiry", "condition", "watch"]
    words: str
    overdue: bool


def deadlines(framework: Framework, subject: Subject, today: date) -> tuple[Deadline, ...]:
    """The dates that still matter to a technology, or its header, earliest first.

    One that has left the route has none. An approval's expiry matters while the technology's
    stage rests on it or is being judged for it; conditions matter until they are discharged; the
    next look at a signal until it moves.
    """
    if subject.review_by is None and not subject.decisions and subject.triage is None:
        return ()
    stage = framework.route.stage(subject.stage)
    if stage is not None and stage.ended:
        return ()
    found: list[Deadline] = []
    if subject.review_by is not None:
        found.append(_deadline(subject.review_by, "review", "Review", today))
    watched = subject.triage.check_on if subject.triage is not None else None
    if watched is not None and subject.stage == framework.route.first_stage:
        found.append(_deadline(watched, "watch", "Next look", today))
    if stage is not None:
        found += _expiries(subject, (stage.rests_on, stage.phase), today)
    for decision in subject.decisions:
        if decision.superseded_by is not None:
            continue
        for condition in decision.conditions:
            if condition.discharge is None:
                name = f"Condition {condition.number} of {decision.number}"
                found.append(_deadline(condition.due, "condition", name, today))
    return tuple(sorted(found, key=lambda each: (each.due, each.kind, each.words)))


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def latest_review(framework: Framework, technology: Technology, approved_on: date) -> date:
    """The last day for the next review of what was approved for lasting use on a day: so many
    months later, as its tier asks (domain reference 4.4, default lives)."""
    tier = read_tier(framework, technology.facts).tier
    return add_months(approved_on, framework.tier_depth(tier).review_months)


def _deadline(
    due: date, kind: Literal["review", "condition", "watch"], name: str, today: date
) -> Deadline:
    late = today > due
    said = f"{name} was due {day(due)}" if late else f"{name} due {day(due)}"
    return Deadline(due, kind, said, late)


def _expiries(
    subject: Subject, phases: Collection[Phase | None], today: date
) -> Iterator[Deadline]:
    """The first day on which an approval ends: it needs every one of its decisions. One that the
    same body has renewed since no longer matters."""
    ends = [
        (each.expires_on, each.number)
        for each in standing_decisions(subject, *phases)
        if each.expires_on is not None and each.effect.approves
    ]
    if ends:
        due, number = min(ends)
        late = today > due
        words = f"{number} {'expired on' if late else 'expires on'} {day(due)}"
        yield Deadline(due, "expiry", words, late)
