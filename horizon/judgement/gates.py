"""What a gate finds: each thing that must be present, whether it is, and who can supply it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from horizon.framework.route import Gate
from horizon.framework.schema import Framework
from horizon.judgement.checklist import ChecklistReading, ItemReading, read_checklist
from horizon.judgement.facts import applies
from horizon.judgement.holding import made_here, reopened_since, said, why_not
from horizon.judgement.scoring import GateState, read_scores
from horizon.judgement.sources import lacking_sources
from horizon.judgement.tiers import read_tier
from horizon.model.errors import BadInput
from horizon.model.facts import Fact
from horizon.model.technology import Decision, Override, Round, Technology
from horizon.model.wording import count, day
from horizon.model.words import Effect, Phase, Tier

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


@dataclass(frozen=True, slots=True)
class GateReading:
    """A gate, read for one technology on one day.

    `conditions` are the checklist items whose shortfall an approval here turns into a condition
    with an owner and a due date; they do not keep the gate shut.
    """

    gate: Gate
    findings: tuple[GateFinding, ...]
    conditions: tuple[ItemReading, ...] = ()

    @property
    def passes(self) -> bool:
        return all(each.met for each in self.findings)

    @property
    def missing(self) -> tuple[GateFinding, ...]:
        return tuple(each for each in self.findings if not each.met)


@dataclass(frozen=True)
class _Case:
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


def read_gate(
    framework: Framework,
    technology: Technology,
    gate_id: str,
    today: date,
    *,
    overrides: Collection[Override] = (),
    for_decision_by: str | None = None,
) -> GateReading:
    """What the gate finds on the day `today`.

    `overrides` are blockers the deciding body sets aside with this decision. Those of approvals in
    the gate's phase count until they, or the approval, lapse. While a body decides
    (`for_decision_by`), the other bodies' decisions at the same gate are not asked for: they meet
    when the technology moves; and its own earlier overrides here do not count, since the new
    decision takes their place. Raises `BadInput` for a gate the framework does not have.
    """
    gate = framework.route.gate(gate_id)
    if gate is None:
        known = ", ".join(each.id for each in framework.route.gates)
        raise BadInput(f"{gate_id!r} is not a gate", do=f"Use one of: {known}")
    standing = _standing_overrides(technology, gate, today, for_decision_by)
    case = _Case(
        framework=framework,
        technology=technology,
        gate=gate,
        tier=read_tier(framework, technology.facts).tier,
        today=today,
        overridden=frozenset(
            each.item for each in (*standing, *overrides) if today <= each.expires_on
        ),
    )
    findings = [_NEEDS[need](case) for need in gate.needs]
    findings += _asked_again(case)
    findings += _documents(case, for_decision_by)
    findings += _decisions(case, for_decision_by)
    findings += _rejections(case, for_decision_by)
    conditions = case.checklist.conditions if "checklist" in gate.needs else ()
    return GateReading(gate, tuple(findings), conditions)


def _standing_overrides(
    technology: Technology, gate: Gate, today: date, for_decision_by: str | None
) -> Iterator[Override]:
    for decision in technology.decisions:
        replaced = (decision.body, decision.gate) == (for_decision_by, gate.id)
        stands = decision.superseded_by is None and not why_not(decision, today)
        if stands and decision.phase is gate.phase and not replaced:
            yield from decision.overrides


Read = Callable[[_Case], GateFinding]
_NEEDS: dict[str, Read] = {}


def _need(name: str) -> Callable[[Read], Read]:
    def keep(read: Read) -> Read:
        _NEEDS[name] = read
        return read

    return keep


def _finding(need: str, text: str, lack: str, who: str) -> GateFinding:
    """Met when nothing is lacking. What is lacking is not said twice."""
    detail = "" if lack.casefold() == text.casefold() else lack
    return GateFinding(need, text, met=not lack, detail=detail, who=who if lack else "")


@_need("sighting")
def _sighting(case: _Case) -> GateFinding:
    lack = "" if case.technology.sightings else "a dated source where it was seen"
    return _finding(
        "sighting", "A dated source where it was seen", lack, "The futures team adds a sighting."
    )


@_need("two_sources")
def _two_sources(case: _Case) -> GateFinding:
    lack = lacking_sources(case.technology.sightings)
    return _finding(
        "two_sources",
        "Two independent sources, or an internal sponsor",
        lack,
        "The futures team adds a sighting; a sponsor in the force is an internal one.",
    )


@_need("problem")
def _problem(case: _Case) -> GateFinding:
    lack = "" if case.technology.problem else "a sentence that says which problem it would solve"
    return _finding("problem", "The problem it would solve", lack, "The proposer writes it.")


@_need("owner")
def _owner(case: _Case) -> GateFinding:
    lack = "" if case.technology.owner else "a named owner"
    return _finding("owner", "A named owner", lack, "The futures team names one.")


@_need("facts")
def _facts(case: _Case) -> GateFinding:
    unset = [fact for fact in Fact if fact not in case.technology.facts]
    names = ", ".join(case.framework.fact_names[fact].lower() for fact in unset)
    lack = f"{count(len(unset), 'fact')} to set: {names}" if unset else ""
    return _finding("facts", "Every fact set to yes, no or unknown", lack, "The owner sets facts.")


@_need("core_answered")
def _core_answered(case: _Case) -> GateFinding:
    unanswered = [each.item.id for each in case.checklist.unanswered if each.item.core]
    lack = f"answers to {', '.join(unanswered)}" if unanswered else ""
    text = "The core questions answered (unknown is an answer)"
    return _finding("core_answered", text, lack, "The owner answers them.")


@_need("time_horizon")
def _time_horizon(case: _Case) -> GateFinding:
    lack = "" if case.technology.time_horizon else "a time horizon: H1, H2 or H3"
    return _finding("time_horizon", "A time horizon", lack, FUTURES)


@_need("trl")
def _trl(case: _Case) -> GateFinding:
    lack = "" if case.technology.trl else "a technology readiness level from 1 to 9"
    return _finding("trl", "A technology readiness level", lack, FUTURES)


@_need("posture")
def _posture(case: _Case) -> GateFinding:
    lack = "" if case.technology.posture else "a posture: lead, collaborate, follow, watch or park"
    return _finding("posture", "A posture", lack, FUTURES)


@_need("review_date")
def _review_date(case: _Case) -> GateFinding:
    review = case.technology.review_by
    lack = "" if review else "a review date"
    if review and review < case.today:
        lack = f"a review date that has not passed (it was {day(review)})"
    return _finding("review_date", "A review date", lack, FUTURES)


@_need("checklist")
def _checklist(case: _Case) -> GateFinding:
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
    return _finding("checklist", text, "; ".join(lacks), who)


@_need("minimums")
def _minimums(case: _Case) -> GateFinding:
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
    return _finding("minimums", text, lack, who)


@_need("round_closed")
def _round_closed(case: _Case) -> GateFinding:
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
    return _finding("round_closed", text, lack, "The futures team opens a round.")


def _assessors(case: _Case, closed: Round) -> int:
    """How many scored: every gating criterion that applies takes so many."""
    facts, sheets = case.technology.facts, closed.submissions.values()
    asked = [e.id for e in case.framework.gating(case.phase) if applies(e.applies, facts).yes]
    return min([len(sheets), *(sum(key in each.scores for each in sheets) for key in asked)])


@_need("trial_end_date")
def _trial_end_date(case: _Case) -> GateFinding:
    ends = [each.ends_on for each in case.technology.evidence if each.ends_on]
    lack = "" if ends else "a trial protocol with an end date"
    if ends and max(ends) < case.today:
        lack = f"a trial end date that has not passed (it was {day(max(ends))})"
    return _finding("trial_end_date", "A trial with an end date", lack, OWNER)


@_need("conditions_met")
def _conditions_met(case: _Case) -> GateFinding:
    overdue = [
        f"condition {condition.number} of {decision.number} (due {day(condition.due)})"
        for decision in case.technology.decisions
        if decision.superseded_by is None
        for condition in decision.overdue_conditions(case.today)
    ]
    lack = f"the discharge of {', '.join(overdue)}" if overdue else ""
    return _finding("conditions_met", "No condition overdue", lack, "Its owner supplies evidence.")


def _asked_again(case: _Case) -> Iterator[GateFinding]:
    """The questions that a reopening asked again and nobody has answered since, at a gate that
    does not read the whole checklist: an approval would make their old answers count again."""
    if case.gate.phase is None or "checklist" in case.gate.needs:
        return
    again = [each.item.id for each in case.checklist.unanswered if each.again]
    if again:
        text, lack = "What was asked again is answered", f"answers to {', '.join(again)}"
        yield _finding("asked_again", text, lack, "The owner answers with evidence.")


def _documents(case: _Case, for_decision_by: str | None) -> Iterator[GateFinding]:
    latest: dict[str, date] = {}
    for each in case.technology.evidence:
        latest[each.document] = max(each.dated, latest.get(each.document, each.dated))
    renewed = any(each.renewed for each in case.gate.documents)
    since = _approved_on(case, for_decision_by) if renewed else None
    for asked in case.gate.documents:
        if asked.from_tier.depth > case.tier.depth:
            continue
        if not applies(asked.applies, case.technology.facts).yes:
            continue
        kind = case.framework.route.document(asked.document)
        name = kind.name if kind else asked.document
        dated = latest.get(asked.document)
        old = asked.renewed and dated is not None and since is not None and dated <= since
        there = dated is not None and not old
        detail = f"one dated after {day(since)}, when it was last approved" if old and since else ""
        who = "" if there else f"{kind.who} can supply it." if kind else OWNER
        yield GateFinding(f"document:{asked.document}", name, met=there, detail=detail, who=who)


def _approved_on(case: _Case, for_decision_by: str | None) -> date | None:
    """The day of the last approval in the gate's phase: what is renewed comes after it.

    Once a body has decided here, its decision rests on what was renewed and is no measure of it.
    """
    days = [
        each.decided_on
        for each in case.technology.decisions
        if each.phase is case.gate.phase
        and each.effect.approves
        and not each.superseded_by
        and (
            for_decision_by is not None
            or each.gate != case.gate.id
            or not made_here(case.technology, each)
        )
    ]
    return max(days, default=None)


def _decisions(case: _Case, for_decision_by: str | None) -> Iterator[GateFinding]:
    for asked in case.gate.decisions:
        if asked.from_tier.depth > case.tier.depth:
            continue
        if for_decision_by is not None and asked.gate == case.gate.id:
            continue
        body = case.framework.route.body(asked.body)
        name = body.name if body else asked.body
        latest = _latest(case, asked.body, asked.gate)
        approved = latest is not None and latest.effect.approves
        lack = ""
        if latest is not None:
            since = said(reopened_since(case.technology, latest, case.today))
            lack = why_not(latest, case.today) or (f"it was {since}" if since else "")
        yield GateFinding(
            f"decision:{asked.body}@{asked.gate}",
            f"A current approval by the {name} at gate {asked.gate}",
            met=approved and not lack,
            detail=lack,
            who="" if approved and not lack else f"The {name} decides.",
        )


def _latest(case: _Case, body: str, gate: str) -> Decision | None:
    """The newest decision of a body at a gate that approves or rejects and still stands. What was
    decided later than the day in question is not known on it."""
    return next(
        (
            each
            for each in reversed(case.technology.decisions)
            if (each.body, each.gate) == (body, gate)
            and each.superseded_by is None
            and each.decided_on <= case.today
            and (each.effect.approves or each.effect is Effect.REJECT)
        ),
        None,
    )


def _rejections(case: _Case, for_decision_by: str | None) -> Iterator[GateFinding]:
    """Rejections at this gate by bodies whose approval is not asked for above."""
    asked = {
        each.body
        for each in case.gate.decisions
        if for_decision_by is None
        and each.gate == case.gate.id
        and each.from_tier.depth <= case.tier.depth
    }
    for body_id in case.gate.bodies:
        if body_id in asked:
            continue
        latest = _latest(case, body_id, case.gate.id)
        if latest is None or latest.effect is not Effect.REJECT or body_id == for_decision_by:
            continue
        yield _finding(
            f"rejection:{latest.number}",
            "Not rejected at this gate",
            f"a decision that supersedes {latest.number}, which rejected it",
            "The same body can record one.",
        )
