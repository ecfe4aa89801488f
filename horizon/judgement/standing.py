"""Whether a technology reads as approved, on a given day.

An approval with an overdue condition, or past its expiry, reads as not approved from the day after
the date (domain reference 4.3: "Expired = not approved"). Nothing is stored: the day is an
argument, so every screen and paper agrees the moment a date passes.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from horizon.judgement.holding import said, suspending, why_not
from horizon.model.headers import DecisionHeader, TechnologyHeader
from horizon.model.wording import day
from horizon.model.words import Effect, Phase

if TYPE_CHECKING:
    from horizon.framework.route import Stage
    from horizon.framework.schema import Framework
    from horizon.model.decision import Decision
    from horizon.model.technology import Technology

Subject: TypeAlias = "Technology | TechnologyHeader"


class StandingKind(StrEnum):
    """How a technology stands with the bodies that approve."""

    NONE = "no approval"
    APPROVED_FOR_TRIAL = "approved for trial"
    APPROVED_FOR_ADOPTION = "approved for adoption"
    NOT_APPROVED = "not approved"
    LEGACY = "in use, no recorded approval"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a technology stands. `words` say it whole; `decision` is the number it rests on, or the
    one that no longer holds."""

    kind: StandingKind
    words: str
    approved: bool
    decision: str | None


def standing(framework: Framework, subject: Subject, today: date) -> Standing:
    """How a technology, or its header, stands on the day `today`."""
    stage = framework.route.stage(subject.stage)
    if stage is not None and stage.ended:
        return Standing(StandingKind.ENDED, stage.name, approved=False, decision=None)
    phase = stage.rests_on if stage is not None else None
    if phase and subject.legacy is not None and subject.legacy.cleared_on is None:
        return _legacy(subject, phase)
    relied_on = tuple(standing_decisions(subject, phase)) if phase else ()
    if not relied_on:
        return _plain(StandingKind.NOT_APPROVED if phase else StandingKind.NONE)
    for decision in relied_on:
        lapsed = why_not(decision, today)
        if lapsed:
            return _not_approved(lapsed, decision.number)
    since = said(suspending(subject, today))
    if since:
        return _not_approved(since, relied_on[-1].number)
    late = _review_lapsed(framework, subject, stage, today)
    if late:
        return _not_approved(late, relied_on[-1].number)
    kind = (
        StandingKind.APPROVED_FOR_TRIAL
        if phase is Phase.TRIAL
        else StandingKind.APPROVED_FOR_ADOPTION
    )
    ends = [each.expires_on for each in relied_on if each.expires_on is not None]
    until = f" until {day(min(ends))}" if ends else ""
    words = f"{kind.capitalize()}{until}"
    return Standing(kind, words, approved=True, decision=relied_on[-1].number)


def _not_approved(why: str, decision: str) -> Standing:
    words = f"Not approved: {why}"
    return Standing(StandingKind.NOT_APPROVED, words, approved=False, decision=decision)


def _review_lapsed(framework: Framework, subject: Subject, stage: Stage | None, today: date) -> str:
    """What is in use is reviewed by its date, and reads as not approved once the days of grace
    that the route gives have passed too (domain reference 4.3, gate G7)."""
    if stage is None or not stage.in_use or subject.review_by is None:
        return ""
    grace = framework.route.review_grace_days
    if grace is None or today <= subject.review_by + timedelta(days=grace):
        return ""
    return f"its review was due on {day(subject.review_by)}, more than {grace} days ago"


def _plain(kind: StandingKind) -> Standing:
    return Standing(kind, kind.capitalize(), approved=False, decision=None)


def _legacy(subject: Subject, phase: Phase) -> Standing:
    """Never approved until it has passed a gate, but a rejection is said at once."""
    words = StandingKind.LEGACY.capitalize()
    for decision in standing_decisions(subject, phase):
        if decision.effect is Effect.REJECT:
            words = f"{words}: {decision.number} rejected it"
            return Standing(StandingKind.LEGACY, words, approved=False, decision=decision.number)
    return _plain(StandingKind.LEGACY)


_WEIGHING = frozenset(each for each in Effect if each.approves or each is Effect.REJECT)


def standing_decisions(
    subject: Subject, *phases: Phase | None
) -> Collection[Decision | DecisionHeader]:
    """The newest decision of each body at each gate of the phases that weighs and still stands.

    Those weigh that approve or reject, and those of any effect that supersede one that weighs: an
    approval replaced by a deferral is gone.
    """
    latest: dict[tuple[str, str], Decision | DecisionHeader] = {}
    replacing: set[str] = set()
    for decision in subject.decisions:
        if decision.phase is None or decision.phase not in phases:
            continue
        if decision.effect not in _WEIGHING and decision.number not in replacing:
            continue
        if decision.superseded_by is None:
            latest[decision.body, decision.gate] = decision
        else:
            replacing.add(decision.superseded_by)
    return latest.values()
