"""A small framework made by hand, and technologies to judge by it.

Small enough to reckon with in the head, and with at least one of everything a rule asks about.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from horizon.framework.schema import Framework
from horizon.model.assessment import Answer, Evidence, Round, Score, Submission
from horizon.model.decision import Condition, Decision, Discharge, OnTheTable, Override
from horizon.model.facts import Fact, FactValue
from horizon.model.technology import Technology
from horizon.model.words import AnswerValue, Effect, EvidenceGrade, Phase, Tier

TODAY = date(2026, 11, 24)
AT = "2026-11-24T09:00:00Z"
ASHA, BEN, CARYS = (f"p-{number:016x}" for number in (1, 2, 3))

QUIET: Mapping[Fact, FactValue] = dict.fromkeys(Fact, FactValue.NO)
"""Facts of a use that nothing applies to."""


def facts(*yes: Fact, unknown: Sequence[Fact] = ()) -> dict[Fact, FactValue]:
    """Every fact no, but for these."""
    return {
        **QUIET,
        **dict.fromkeys(yes, FactValue.YES),
        **dict.fromkeys(unknown, FactValue.UNKNOWN),
    }


def _criterion(name: str, **more: Any) -> dict[str, Any]:
    anchors = [f"{name} at {level}" for level in range(6)]
    return {"id": name, "name": f"Criterion {name}", "anchors": anchors, **more}


def _item(name: str, trial: str, adoption: str, **more: Any) -> dict[str, Any]:
    return {
        "id": name,
        "question": f"Is {name} so?",
        "evidence": "A document",
        "trial": trial,
        "adoption": adoption,
        "source": "Made for tests",
        **more,
    }


def _body(name: str, abbreviation: str, leg: str) -> dict[str, Any]:
    return {
        "id": name,
        "name": f"{name.capitalize()} group",
        "abbreviation": abbreviation,
        "leg": leg,
        "authority": "decides",
        "question": "May it go on?",
        "outcomes": [
            {"id": effect.replace(" ", "-"), "name": effect.capitalize(), "effect": effect}
            for effect in Effect
        ],
        "source": "Made for tests",
    }


def _gate(name: str, bodies: Sequence[str], **more: Any) -> dict[str, Any]:
    return {
        "id": name,
        "name": f"Gate {name}",
        "bodies": bodies,
        "objective": "To know",
        "decision_maker": "The bodies",
        "question": "May it go on?",
        "source": "Made for tests",
        **more,
    }


def _stage(name: str, phase: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "name": name.capitalize(), "phase": phase, "text": "A place.", **more}


NEEDS_OF_A_CANDIDATE = (
    "sighting", "problem", "owner", "facts", "core_answered", "time_horizon", "trl", "posture",
    "review_date",
)  # fmt: skip

_ROUTE: dict[str, Any] = {
    "first_stage": "assessing",
    "legacy_stage": "in-service",
    "withdrawn_stage": "ended",
    "superseded_stage": "ended",
    "documents": [
        {"id": "protocol", "name": "Trial protocol", "who": "The owner"},
        {"id": "group-tests", "name": "Group test results", "who": "The evaluator"},
        {"id": "advice", "name": "Independent advice", "who": "The advisers"},
    ],
    "bodies": [
        _body("ethics", "ETH", "ethics"),
        _body("delivery", "DEL", "delivery"),
        _body("board", "BRD", "joint"),
    ],
    "stages": [
        _stage("assessing", "trial"),
        _stage("in-trial", "adoption", rests_on="trial"),
        _stage("evaluated", "adoption"),
        _stage("in-service", "adoption", rests_on="adoption", in_use=True),
        _stage("ended", "trial", ended=True),
    ],
    "transitions": [
        {"origin": "assessing", "to": "in-trial", "gate": "GT", "text": "Try it"},
        {"origin": "in-trial", "to": "evaluated", "text": "Look"},
        {"origin": "evaluated", "to": "in-service", "gate": "GU", "text": "Use it"},
        {"origin": "evaluated", "to": "assessing", "gate": "GC", "text": "Once more"},
        {"origin": "in-service", "to": "ended", "text": "Stop it"},
    ],
    "gates": [
        _gate("GC", ["delivery"], needs=NEEDS_OF_A_CANDIDATE),
        _gate(
            "GE",
            ["ethics"],
            phase="trial",
            needs=["checklist", "minimums", "round_closed", "trial_end_date"],
            documents=[
                {"document": "protocol"},
                {"document": "advice", "from_tier": "board"},
                {"document": "group-tests", "applies": {"all_of": ["learned_model"]}},
            ],
        ),
        _gate(
            "GT",
            ["delivery", "board"],
            phase="trial",
            needs=["conditions_met"],
            decisions=[
                {"body": "ethics", "gate": "GE"},
                {"body": "delivery", "gate": "GT"},
                {"body": "board", "gate": "GT", "from_tier": "full"},
            ],
        ),
        _gate("GA", ["ethics"], phase="adoption", needs=["checklist", "minimums"]),
        _gate(
            "GU",
            ["board", "delivery"],
            phase="adoption",
            needs=["conditions_met"],
            decisions=[{"body": "ethics", "gate": "GA"}, {"body": "board", "gate": "GU"}],
        ),
    ],
}

_CONTENT: dict[str, Any] = {
    "id": "small",
    "version": "1",
    "dated": "2026-01-01",
    "status": "proposed",
    "title": "A small framework",
    "policy": {"half_widths": {"A": 0, "B": 5, "C": 10, "D": 20}},
    "principles": [
        {
            "id": "S",
            "name": "Safe",
            "text": "It is safe.",
            "weight": 3,
            "source": "Made for tests",
            "criteria": [
                _criterion("S1", weight=1, trial_minimum=2, adoption_minimum=3),
                _criterion("S2", weight=3),
            ],
        },
        {
            "id": "E",
            "name": "Efficient",
            "text": "It is efficient.",
            "weight": 2,
            "source": "Made for tests",
            "criteria": [
                _criterion("E1", weight=1, points=(0, 100, 250, 500, 900, 1000)),
                _criterion("E2", weight=1, applies={"all_of": ["shared_outside"]}),
                _criterion("E3", weight=0),
            ],
        },
    ],
    "objectives": [
        {
            "id": "O1",
            "number": 1,
            "name": "Platforms",
            "title": "Better platforms",
            "text": "They are better.",
            "actions": ["Make them better"],
            "fit": _criterion("SO1"),
            "source": "Made for tests",
        }
    ],
    "facts": [
        {"id": fact, "name": fact.replace("_", " ").capitalize(), "question": f"Is it {fact}?"}
        for fact in Fact
    ],
    "tier_rules": [
        {
            "id": f"T{number}",
            "tier": tier,
            "text": f"It touches {fact.replace('_', ' ')}.",
            "applies": {"all_of": [fact]},
            "source": "Made for tests",
        }
        for number, (tier, fact) in enumerate(
            [("standard", "personal_data"), ("full", "affects_individuals"), ("board", "biometric")]
        )
    ],
    "tiers": [
        {
            "id": tier,
            "name": tier.capitalize(),
            "text": "So deep.",
            "checklist": "core" if tier is Tier.LIGHT else "applicable",
            "assessors": 2 if tier.depth > 1 else 1,
            "review_months": 12,
        }
        for tier in Tier
    ],
    "themes": [
        {
            "id": "TH",
            "name": "Theme",
            "items": [
                _item("RED", "blocker", "blocker", red_line=["trial", "adoption"], core=True),
                _item("LATE", "condition", "blocker", red_line=["adoption"]),
                _item("BLOCK", "blocker", "blocker", core=True),
                _item("GROWS", "condition", "blocker", applies={"all_of": ["personal_data"]}),
                _item("MILD", "advisory", "condition"),
                _item("THEN", "none", "condition"),
                _item(
                    "LINE",
                    "blocker",
                    "blocker",
                    red_line=["trial", "adoption"],
                    applies={"all_of": ["sensitive"], "any_of": ["ai", "camera"]},
                ),
            ],
        }
    ],
    "route": _ROUTE,
}

SMALL = Framework.model_validate_json(json.dumps(_CONTENT))


def score(value: Any, grade: str = "A") -> Score:
    return Score(value=value, grade=EvidenceGrade(grade))


def round_of(
    *given: Mapping[str, Score], number: int = 1, closed: bool = True, framework: str = ""
) -> Round:
    """A scoring round with one submission for each set of scores."""
    people = [f"p-{each:016x}" for each in range(1, len(given) + 1)]
    return Round(
        number=number,
        framework=framework or SMALL.digest,
        assessors=tuple(people) or (ASHA,),
        opened_at=AT,
        opened_by=ASHA,
        submissions={
            person: Submission(at=AT, scores=dict(scores))
            for person, scores in zip(people, given, strict=True)
        },
        closed_at=AT if closed else None,
    )


def answers(**given: str) -> dict[str, Answer]:
    """Answers by item id: `answers(RED="yes", BLOCK="partly")`."""
    return {
        item: Answer(answer=AnswerValue(value), by=ASHA, at=AT, framework=SMALL.digest)
        for item, value in given.items()
    }


def condition(
    due: date, *, number: int = 1, discharged: date | None = None, body: str = "ethics"
) -> Condition:
    return Condition(
        number=number,
        text="Show it",
        owner=ASHA,
        due=due,
        evidence_needed="A report",
        discharge=Discharge(on=discharged, body=body, by=ASHA, at=AT) if discharged else None,
    )


def override(item: str, until: date) -> Override:
    return Override(item=item, reason="For now", siro=BEN, expires_on=until)


_TABLE = OnTheTable(
    revision=1,
    framework=SMALL.digest,
    facts={},
    tier=Tier.BOARD,
    answers={},
    rounds=(),
    evidence=(),
)


def decision(
    number: str,
    body: str = "ethics",
    gate: str = "GE",
    *,
    effect: Effect = Effect.APPROVE,
    conditions: Sequence[Condition] = (),
    overrides: Sequence[Override] = (),
    expires_on: date | None = None,
    superseded_by: str | None = None,
    supersedes: str | None = None,
    **more: Any,
) -> Decision:
    found = SMALL.route.gate(gate)
    phase: Phase | None = found.phase if found else None
    return Decision(
        number=number,
        body=body,
        gate=gate,
        phase=phase,
        decided_on=date(2026, 6, 1),
        outcome=effect.replace(" ", "-"),
        effect=effect,
        reasons="Because",
        conditions=tuple(conditions),
        overrides=tuple(overrides),
        expires_on=expires_on,
        superseded_by=superseded_by,
        supersedes=supersedes,
        on_the_table=_TABLE,
        digest="0" * 64,
        by=ASHA,
        at=AT,
        **more,
    )


def evidence(document: str = "", *, number: int = 1, ends_on: date | None = None) -> Evidence:
    return Evidence(
        id=f"E{number}",
        title="A document",
        dated=date(2026, 1, 1),
        document=document,
        ends_on=ends_on,
    )


def technology(**more: Any) -> Technology:
    """A technology at the first stage that nothing applies to and nobody has judged."""
    given: dict[str, Any] = {
        "id": "t-0000000000000001",
        "label": "T-0001",
        "name": "Redaction assistant",
        "revision": 1,
        "stage": "assessing",
        "stage_since": date(2026, 1, 1),
        "proposed_at": AT,
        "proposed_by": ASHA,
        "changed_at": AT,
        "facts": dict(QUIET),
    }
    return Technology(**given | more)


def reworked(**parts: Any) -> Framework:
    """The small framework with whole parts replaced, given as plain values."""
    return Framework.model_validate_json(json.dumps(SMALL.content | parts))
