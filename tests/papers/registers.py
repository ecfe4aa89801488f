"""A small register, made by its commands, with something in every state that a paper shows."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from horizon.model.assessment import Score
from horizon.model.words import EvidenceGrade, Marking
from horizon.register import Register
from tests.example.journey import Journey, ScriptClock

TODAY = date(2026, 11, 24)
MEETING = date(2026, 12, 8)

COMMON: dict[str, Any] = {
    "kind": "analytics",
    "pace": 5,
    "owner": "Mei Example",
    "summary": "A thing that helps.",
    "problem": "Work takes too long.",
    "time_horizon": "H1",
    "trl": 8,
    "posture": "follow",
    "review_by": date(2027, 6, 1),
    "sightings": [{"source": "Us", "source_type": "internal", "seen_on": date(2025, 12, 1)}],
}
TRIAL = {
    "name": "Fraud report triage",
    "yes": ["personal_data"],
    "start": date(2026, 8, 15),
    "to": "in-trial",
    "conditions": {
        "ai-sub-group@G2": [
            {
                "text": "Publish the test results",
                "owner": "Asha Example",
                "due": date(2026, 10, 30),
                "evidence_needed": "The report",
            }
        ]
    },
}
READY = {
    "name": "Meeting room booking",
    "yes": [],
    "start": date(2026, 8, 1),
    "to": "assessing",
    "prepare": "G2",
}
UNREADY = {
    "name": "Live facial recognition",
    "yes": ["personal_data", "biometric"],
    "unknown": ["vulnerable"],
    "start": date(2026, 3, 3),
    "to": "assessing",
    "answers": {"LB1": "no: Legal has not said."},
    "prepare": "answers",
}
SIGNAL = {"name": "Quantum sensing", "start": date(2026, 3, 4)}


def make(path: Path, *, illustrative: bool = False) -> Register:
    """A register open on `TODAY`, with four technologies: T-0001 ready for gate G2, T-0002 not,
    T-0003 a signal and T-0004 in a trial with a condition overdue."""
    clock = ScriptClock(date(2026, 3, 1))
    register = Register.create(
        path, name="Test Police", acting="Farah Example", illustrative=illustrative, clock=clock
    )
    for entry in (READY, UNREADY, SIGNAL, TRIAL):
        walk(register, clock, COMMON | entry)
    clock.forward_to(TODAY)
    register.acting = "Farah Example"
    return register


def walk(register: Register, clock: ScriptClock, entry: dict[str, Any]) -> None:
    """Take one technology as far as its entry says."""
    journey = Journey(register, entry)
    for day in journey.steps():
        clock.forward_to(day)
    gate = register.framework.route.gate("G2")
    assert gate is not None
    if entry.get("prepare") == "G2":
        for day in journey._prepare(gate):
            clock.forward_to(day)
    elif entry.get("prepare") == "answers":
        journey._answer(gate)


def seal(register: Register, ref: str, note: str) -> None:
    """Hand in scores for a round that stays open."""
    register.open_round(ref, ["Asha Example", "Ben Example"])
    register.acting = "Asha Example"
    register.submit_scores(ref, {"S1": Score(value=5, grade=EvidenceGrade.A, note=note)})
    register.acting = "Farah Example"


def asked(**changes: Any) -> dict[str, Any]:
    """What a paper for the AI Sub-Group is built with."""
    return {
        "body_id": "ai-sub-group",
        "meeting_on": MEETING,
        "author": "Farah Example",
        "marking": Marking.OFFICIAL,
        "foi": "Disclosable, subject to review",
    } | changes
