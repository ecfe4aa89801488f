"""What a kept register holds, in words that outlive the models: `expected.json` beside it."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from horizon.model.decision import Decision
from horizon.model.meeting import Meeting
from horizon.model.technology import Technology
from horizon.register import Register
from horizon.register.views import history
from tests.clocks import StandingClock


def summary(register: Register) -> dict[str, Any]:
    """Everything that people look for in a register, by plain values."""
    state = register.state
    return {
        "head": {
            "events": state.head.seq,
            "hash": state.head.hash,
            "name": state.head.name,
            "labels": state.head.labels,
            "decision numbers": state.head.decision_numbers,
            "erased": list(state.head.erased),
            "imports": [[e.source, e.rows, bool(e.undone_at)] for e in state.head.imports],
            "frameworks": sorted(state.frameworks),
        },
        "people": sorted([e.name, e.role, e.dpo] for e in state.people.values()),
        "technologies": [_technology(register, state.technologies[e]) for e in state.technologies],
        "meetings": [_meeting(e) for e in state.meetings.values()],
        "events": dict(sorted(Counter(each.kind for each in history(register)).items())),
    }


def _technology(register: Register, each: Technology) -> dict[str, Any]:
    return {
        "label": each.label,
        "name": each.name,
        "aliases": list(each.aliases),
        "supplier": each.supplier,
        "summary": each.summary,
        "owner": register.name(each.owner) if each.owner else "",
        "stage": [each.stage, each.stage_since.isoformat()],
        "revision": each.revision,
        "facts": {fact.value: value.value for fact, value in sorted(each.facts.items())},
        "sightings": [[e.source, e.seen_on.isoformat()] for e in each.sightings],
        "evidence": [[e.id, e.title] for e in each.evidence],
        "answers": {k: [e.answer.value, e.note] for k, e in sorted(each.answers.items())},
        "rounds": [
            {
                register.name(person): {k: [e.value, e.grade.value] for k, e in s.scores.items()}
                for person, s in sorted(e.submissions.items())
            }
            | {"closed": e.is_closed}
            for e in each.rounds
        ],
        "decisions": [_decision(register, e) for e in each.decisions],
        "notes": [e.text for e in each.notes],
        "merged into": register.label(each.merged_into) if each.merged_into else "",
        "ended": each.ended_reason,
        "erased": list(each.erased),
    }


def _decision(register: Register, each: Decision) -> dict[str, Any]:
    return {
        "number": each.number,
        "outcome": [each.body, each.gate, each.outcome, each.effect.value],
        "decided on": each.decided_on.isoformat(),
        "reasons": each.reasons,
        "meeting": each.meeting,
        "conditions": [
            [e.text, register.name(e.owner), e.due.isoformat(), e.discharge is not None]
            for e in each.conditions
        ],
        "on the table": each.digest,
        "still fits": each.on_the_table.fingerprint == each.digest,
    }


def _meeting(each: Meeting) -> dict[str, Any]:
    return {
        "ref": each.ref,
        "closed": each.is_closed,
        "there": len(each.present),
        "items": [[e.number, e.title, e.outcome, e.decision] for e in each.items],
    }


def of(path: Path) -> dict[str, Any]:
    """The summary of the register at `path`."""
    with Register.open(path, acting="Farah Example", clock=StandingClock()) as register:
        assert register.notices == []
        found: dict[str, Any] = json.loads(json.dumps(summary(register)))
        return found


def write(folder: Path) -> None:
    """Keep the summary of the register in a folder beside it."""
    text = json.dumps(of(folder / "register.json"), indent=1, sort_keys=True, ensure_ascii=False)
    (folder / "expected.json").write_text(text + "\n", encoding="utf-8")
