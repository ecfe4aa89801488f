"""The two legs of the route, side by side: what each has last decided about a technology."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from horizon.framework.schema import Framework
from horizon.judgement.holding import approves_now
from horizon.judgement.standing import Subject
from horizon.model.decision import Decision
from horizon.model.headers import DecisionHeader
from horizon.model.words import Effect

Leg = Literal["ethics", "delivery"]

LEGS: tuple[Leg, ...] = ("ethics", "delivery")

NOTHING = "none"

_SAID: Mapping[Effect, str] = {
    Effect.APPROVE: "approved",
    Effect.APPROVE_WITH_CONDITIONS: "conditions",
    Effect.DEFER: "deferred",
    Effect.REFER: "referred",
    Effect.REJECT: "rejected",
    Effect.NOTE: "noted",
}


def legs(framework: Framework, subject: Subject, today: date) -> dict[Leg, str]:
    """How each leg stands with a technology, or its header, at its stage: one word.

    Decisions count that are about what the stage rests on or is judged for next and that nobody
    has superseded; the newest of a leg is said. What was decided at triage approves nothing yet. An
    approval that does not hold, for whatever reason, is `lapsed`; without any decision the word is
    `none`.
    """
    stage = framework.route.stage(subject.stage)
    phases = {stage.phase, stage.rests_on} - {None} if stage else set()
    found: dict[Leg, str] = dict.fromkeys(LEGS, NOTHING)
    for decision in subject.decisions:
        if decision.superseded_by is not None or decision.phase not in phases:
            continue
        body = framework.route.body(decision.body)
        if body is not None and (body.leg == "ethics" or body.leg == "delivery"):
            found[body.leg] = _said(subject, decision, today)
    return found


def _said(subject: Subject, decision: Decision | DecisionHeader, today: date) -> str:
    if decision.effect.approves and not approves_now(subject, decision, today):
        return "lapsed"
    return _SAID[decision.effect]
