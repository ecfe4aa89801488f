"""What a gate can need of a technology besides documents and decisions: `NEEDS`, by the names that
`route.toml` uses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from horizon.framework.route import Gate
from horizon.framework.schema import Framework
from horizon.judgement.checklist import ChecklistReading, read_checklist
from horizon.judgement.facts import applies
from horizon.judgement.scoring import GateState, read_scores
from horizon.judgement.sources import lacking_source
from horizon.model.assessment import Round
from horizon.model.facts import Fact
from horizon.model.technology import Technology
from horizon.model.wording import count, day
from horizon.model.words import Phase, Tier

OWNER = "The owner supplies it."
FUTURES = "The futures team records it."


@dataclass(frozen=True, slots=True)
class GateFinding:
    """One thing the gate asks for.

    `detail` says what is missing where `text` does not say it all; `who` can supply it.
    """

    need: str
    text: str
    met: bool
    detail: str = ""
    who: str = ""

    @property
    def words(self) -> str:
        """What it is, and what is missing of it."""
        return f"{self.text}: {self.detail}" if self.detail else self.text


@dataclass(frozen=True)
class Case:
    """What a need is read from. The checklist is read once, and only where it is asked for."""

    framework: Framework
    technology: Technology
    gate: Gate
    tier: Tier
    today: date
    overridden: frozenset[str]

    @property
    def phase(self) -> Phase:
        return self.gate.phase or Phase.TRIAL

    @cached_property
    def checklist(self) -> ChecklistReading:
        return read_checklist(self.framework, self.technology, self.phase)


Read = Callable[[Case], GateFinding]
NEEDS: dict[str, Read] = {}


def need(name: str) -> Callable[[Read], Read]:
    def keep(read: Read) -> Read:
        NEEDS[name] = read
        return read

    return keep


def finding(need: str, text: str, lack: str, who: str) -> GateFinding:
    """Met when nothing is lacking. What is lacking is not said twice."""
    detail = "" if lack.casefold() == text.casefold() else lack
    return GateFinding(need, text, met=not lack, detail=detail, who=who if lack else "")


@need("sighting")
def _sighting(case: Case) -> GateFinding:
    lack = "" if case.technology.sightings else "a dated source where it was seen"
    return finding(
        "sighting", "A dated source where it was seen", lack, "The futures team adds a sighting."
    )


@need("two_sources")
def _two_sources(case: Case) -> GateFinding:
    lack = lacking_source(case.technology.sightings)
    return finding(
        "two_sources",
        "Two independent sources, or an internal sponsor",
        lack,
        "The futures team adds a sighting; one from a sponsor in the force is enough.",
    )


@need("problem")
def _problem(case: Case) -> GateFinding:
    lack = "" if case.technology.problem else "a sentence that says which problem it would solve"
    return finding("problem", "The problem it would solve", lack, "The proposer writes it.")


@need("owner")
def _owner(case: Case) -> GateFinding:
    lack = "" if case.technology.owner else "a named owner"
    return finding("owner", "A named owner", lack, "The futures team names one.")


@need("facts")
def _facts(case: Case) -> GateFinding:
    unset = [fact for fact in Fact if fact not in case.technology.facts]
    names = ", ".join(case.framework.fact_names[fact].lower() for fact in unset)
    lack = f"{count(len(unset), 'fact')} to set: {names}" if unset else ""
    return finding("facts", "Every fact set to yes, no or unknown", lack, "The owner sets facts.")


@need("core_answered")
def _core_answered(case: Case) -> GateFinding:
    unanswered = [each.item.id for each in case.checklist.unanswered if each.item.core]
    lack = f"answers to {', '.join(unanswered)}" if unanswered else ""
    text = "The core questions answered (unknown is an answer)"
    return finding("core_answered", text, lack, "The owner answers them.")


@need("time_horizon")
def _time_horizon(case: Case) -> GateFinding:
    lack = "" if case.technology.time_horizon else "a time horizon: H1, H2 or H3"
    return finding("time_horizon", "A time horizon", lack, FUTURES)


@need("trl")
def _trl(case: Case) -> GateFinding:
    lack = "" if case.technology.trl else "a technology readiness level from 1 to 9"
    return finding("trl", "A technology readiness level", lack, FUTURES)


@need("posture")
def _posture(case: Case) -> GateFinding:
    lack = "" if case.technology.posture else "a posture: lead, collaborate, follow, watch or park"
    return finding("posture", "A posture", lack, FUTURES)


@need("review_date")
def _review_date(case: Case) -> GateFinding:
    review = case.technology.review_by
    lack = "" if review else "a review date"
    if review and review < case.today:
        lack = f"a review date that has not passed (it was {day(review)})"
    return finding("review_date", "A review date", lack, FUTURES)


@need("checklist")
def _checklist(case: Case) -> GateFinding:
    reading = case.checklist
    lacks = []
    unanswered = [each.item.id for each in reading.unanswered]
    if unanswered:
        lacks.append(f"answers to {', '.join(unanswered)}")
    blocking = [
        each
        for each in reading.blockers
        if each.answer is not None and (each.red_line or each.item.id not in case.overridden)
    ]
    lines = [f"{each.item.id} ({each.value})" for each in blocking if each.red_line]
    if lines:
        lacks.append(f"red lines that are not cleared: {', '.join(lines)}")
    others = [f"{each.item.id} ({each.value})" for each in blocking if not each.red_line]
    if others:
        lacks.append(f"blockers: {', '.join(others)}")
    article = "an" if case.phase is Phase.ADOPTION else "a"
    text = f"The checklist answered, with nothing that blocks {article} {case.phase} approval"
    who = "The owner answers with evidence. No red line can be waived."
    return finding("checklist", text, "; ".join(lacks), who)


@need("minimums")
def _minimums(case: Case) -> GateFinding:
    scores = read_scores(case.framework, case.technology, case.phase)
    short = [each for each in scores.gates if each.state is not GateState.PASS]
    said = [
        f"{each.criterion.id} {each.criterion.name} "
        f"(needs {each.minimum}, has {scores.cells[each.criterion.id].text})"
        for each in short
    ]
    lack = f"minimum scores on {'; '.join(said)}" if said else ""
    text = f"Every gating criterion at its minimum for {case.phase}, evidence counted"
    who = "Assessors score them; better evidence narrows the interval."
    return finding("minimums", text, lack, who)


@need("round_closed")
def _round_closed(case: Case) -> GateFinding:
    wanted = case.framework.tier_depth(case.tier).assessors
    closed = case.technology.closed_round
    had = _assessors(case, closed) if closed else 0
    lack = ""
    if case.technology.open_round is not None:
        lack = f"the end of scoring round {case.technology.open_round.number}, which is still open"
    elif had < wanted:
        lack = f"a closed scoring round with {count(wanted, 'assessor')} (there are {had})"
        if closed and had < len(closed.submissions):
            each = "on each gating criterion"
            lack = f"a closed scoring round with {count(wanted, 'assessor')} {each} (one has {had})"
    text = f"A closed scoring round with {count(wanted, 'assessor')}, as the {case.tier} tier asks"
    return finding("round_closed", text, lack, "The futures team opens a round.")


def _assessors(case: Case, closed: Round) -> int:
    """How many scored: every gating criterion that applies takes so many."""
    facts, sheets = case.technology.facts, closed.submissions.values()
    asked = [e.id for e in case.framework.gating(case.phase) if applies(e.applies, facts).yes]
    return min([len(sheets), *(sum(key in each.scores for each in sheets) for key in asked)])


@need("trial_end_date")
def _trial_end_date(case: Case) -> GateFinding:
    ends = [each.ends_on for each in case.technology.evidence if each.ends_on]
    lack = "" if ends else "a trial protocol with an end date"
    if ends and max(ends) < case.today:
        lack = f"a trial end date that has not passed (it was {day(max(ends))})"
    return finding("trial_end_date", "A trial with an end date", lack, OWNER)


@need("conditions_met")
def _conditions_met(case: Case) -> GateFinding:
    overdue = [
        f"condition {condition.number} of {decision.number} (due {day(condition.due)})"
        for decision in case.technology.decisions
        if decision.superseded_by is None
        for condition in decision.overdue_conditions(case.today)
    ]
    lack = f"the discharge of {', '.join(overdue)}" if overdue else ""
    return finding(
        "conditions_met", "Every condition met in time", lack, "Its owner supplies evidence."
    )
