"""A register in which technologies were scored, each differently, by the ordinary commands."""

from __future__ import annotations

import random
from pathlib import Path

from horizon.framework.loading import from_copy, shipped
from horizon.framework.schema import Framework
from horizon.model.assessment import Score
from horizon.model.events import AnswerGiven
from horizon.model.facts import Fact
from horizon.model.words import AnswerValue, EvidenceGrade
from horizon.register import Register
from tests.clocks import StandingClock

PROPOSER, ASSESSORS = "Farah Example", ("Asha Example", "Ben Example")
NAMES = (
    "Redaction assistant", "Entity resolution", "Case summariser", "Number plate trends",
    "Call transcripts", "Witness translation", "Rota planner", "Drone mapping", "Evidence search",
    "Fraud triage", "Data quality monitor", "Custody forecasting", "Web archive", "Speech to text",
)  # fmt: skip


def scored(path: Path, size: int, *, seed: int = 1, clock: StandingClock | None = None) -> None:
    """Make a register with `size` scored technologies at `path`.

    The first is stopped by a red line, the second held by one that nobody has answered, the third
    scored under an earlier framework, the fourth not scored. The others can be ranked.
    """
    dice = random.Random(seed)
    clock = clock or StandingClock()
    earlier = from_copy(shipped().content | {"version": "0.0"})
    register = Register.create(
        path, name="Scored register", acting=PROPOSER, framework=earlier, clock=clock
    )
    with register:
        for number in range(size):
            if number == 3:
                register.adopt_framework(shipped(), reason="The next version.")
            name = NAMES[number % len(NAMES)]
            name = name if number < len(NAMES) else f"{name} {number}"
            ref = register.propose(name=name).id
            _enter(register, ref, number, dice)
        for number in (0, 1):
            _score(register, NAMES[number], dice)


def _enter(register: Register, ref: str, number: int, dice: random.Random) -> None:
    register.set_facts(ref, dict.fromkeys(Fact, "no"))
    checklist = register.reading(ref).checklist
    red_lines = [each.item.id for each in checklist.red_lines]
    answers = {each.item.id: "yes" for each in checklist.applicable}
    if number == 0:
        answers[red_lines[0]] = "no"
    if number == 1:
        del answers[red_lines[0]]
    shown = register.attach_evidence(ref, title="Assessment file", dated=register.today).id
    register.acting = ASSESSORS[0]
    register.answer(
        ref,
        {
            item: AnswerGiven(answer=AnswerValue(value), evidence=(shown,))
            for item, value in answers.items()
        },
    )
    register.acting = PROPOSER
    if number not in (0, 1, 3):
        _score(register, ref, dice)


def _score(register: Register, ref: str, dice: random.Random) -> None:
    """One round of two assessors, around a level that differs from principle to principle."""
    levels = principle_levels(register.framework, dice)
    register.open_round(ref, ASSESSORS)
    acting = register.acting
    for assessor in ASSESSORS:
        register.acting = assessor
        given = {
            criterion: Score(
                value=max(0, min(5, level + dice.choice((-1, 0, 0, 0, 1)))),
                grade=EvidenceGrade(dice.choice("ABBC")),
                note="As seen.",
            )
            for criterion, level in levels.items()
        }
        register.submit_scores(ref, given)
    register.acting = acting
    register.close_round(ref)


def principle_levels(framework: Framework, dice: random.Random) -> dict[str, int]:
    """A level for each criterion, alike within a principle."""
    levels = {}
    for principle in framework.principles:
        level = dice.choice((2, 3, 3, 4, 4, 5))
        for criterion in principle.criteria:
            least = max(criterion.trial_minimum or 0, 0) + 1
            levels[criterion.id] = max(level, min(least, 5))
    levels |= {each.fit.id: dice.choice((2, 3, 4)) for each in framework.objectives}
    return levels
