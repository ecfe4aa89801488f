"""The strategy's own measure of objective 4: submissions to the Strategic Change Board.

Data Strategy 2025-2030, Appendix C: "Data is used effectively to inform and evaluate change
proposals (measured through submissions to Strategic Change Board)".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from horizon.framework.schema import Framework
from horizon.model.decision import Decision
from horizon.model.errors import BadInput
from horizon.model.technology import Technology
from horizon.model.wording import day
from horizon.model.words import EvidenceGrade, Phase
from horizon.register.reader import Reader

BOARD = "strategic-change-board"
"""The body whose submissions are counted."""


@dataclass(frozen=True, slots=True)
class Submission:
    """One technology before the board on one day, and what it brought with it.

    `scored`: a closed scoring round; `evidenced`: every gating criterion scored on evidence of
    grade C or better; `evaluation_planned`: a document that plans an evaluation; `evaluated`: a
    report of one, dated after the decision, held today.
    """

    number: str
    label: str
    name: str
    decided_on: date
    outcome: str
    scored: bool
    evidenced: bool
    evaluation_planned: bool
    evaluated: bool


@dataclass(frozen=True, slots=True)
class Measure:
    """The submissions of a period, both days included."""

    first: date
    last: date
    submissions: tuple[Submission, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many submissions there were, and how many carried each thing."""
        found = self.submissions
        return {
            "submissions": len(found),
            "scored": sum(each.scored for each in found),
            "evidenced": sum(each.evidenced for each in found),
            "evaluation_planned": sum(each.evaluation_planned for each in found),
            "evaluated": sum(each.evaluated for each in found),
        }


WORDS = {
    "submissions": "Submissions to the Strategic Change Board",
    "scored": "carried a scored assessment",
    "evidenced": "rested on evidence of grade C or better on every gating criterion",
    "evaluation_planned": "carried an evaluation plan",
    "evaluated": "have been evaluated since",
}


def financial_year(until: date) -> date:
    """1 April on or before a day: the force's financial year."""
    return date(until.year if until.month >= 4 else until.year - 1, 4, 1)


def objective_4(register: Reader, first: date, last: date) -> Measure:
    """The measure for a period. A record that was corrected counts once.

    Raises `BadInput` for a period that ends before it begins.
    """
    if last < first:
        raise BadInput(
            f"The period ends on {day(last)}, before it begins on {day(first)}", do="Swap them"
        )
    found = []
    for header in register.state.technologies.headers():
        if any(each.body == BOARD for each in header.decisions):
            technology = register.state.technologies[header.id]
            found += list(_submissions(register, technology, first, last))
    found.sort(key=lambda each: (each.decided_on, each.number))
    return Measure(first, last, tuple(found))


def _submissions(
    register: Reader, technology: Technology, first: date, last: date
) -> Iterator[Submission]:
    corrected = {each.supersedes for each in technology.decisions if each.correction}
    for decision in technology.decisions:
        if decision.body != BOARD or decision.number in corrected:
            continue
        if not first <= decision.decided_on <= last:
            continue
        framework = register.framework_of(decision.on_the_table.framework)
        board = framework.route.body(BOARD)
        outcome = board.outcome(decision.outcome) if board else None
        yield Submission(
            number=decision.number,
            label=technology.label,
            name=technology.name,
            decided_on=decision.decided_on,
            outcome=outcome.name if outcome else decision.outcome,
            scored=bool(decision.on_the_table.rounds),
            evidenced=_evidenced(framework, decision),
            evaluation_planned=_has(framework, decision, "plan"),
            evaluated=_evaluated(register.framework, technology, decision),
        )


def _evidenced(framework: Framework, decision: Decision) -> bool:
    """Whether every gating criterion was scored, and by nobody on a claim alone."""
    if not decision.on_the_table.rounds:
        return False
    sheets = [each.scores for each in decision.on_the_table.rounds[-1].submissions.values()]
    for criterion in framework.gating(decision.phase or Phase.TRIAL):
        scores = [each[criterion.id] for each in sheets if criterion.id in each]
        if not scores or any(each.grade is EvidenceGrade.D for each in scores):
            return False
    return True


def _has(framework: Framework, decision: Decision, what: str) -> bool:
    kinds = {each.id for each in framework.route.documents if each.evaluation == what}
    return any(each.document in kinds for each in decision.on_the_table.evidence)


def _evaluated(framework: Framework, technology: Technology, decision: Decision) -> bool:
    kinds = {each.id for each in framework.route.documents if each.evaluation == "report"}
    return any(
        each.document in kinds and each.dated > decision.decided_on for each in technology.evidence
    )
