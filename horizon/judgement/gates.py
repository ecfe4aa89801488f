"""What a gate finds: each thing that must be present, whether it is, and who can supply it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from horizon.framework.route import Gate
from horizon.framework.schema import Framework
from horizon.judgement.checklist import ItemReading
from horizon.judgement.facts import applies
from horizon.judgement.gate_needs import NEEDS, OWNER, Case, GateFinding, finding
from horizon.judgement.holding import made_here, reopened_since, said, why_not
from horizon.judgement.tiers import read_tier
from horizon.model.decision import Decision, Override
from horizon.model.errors import BadInput
from horizon.model.technology import Technology
from horizon.model.wording import day, listed
from horizon.model.words import Effect


@dataclass(frozen=True, slots=True)
class GateReading:
    """A gate, read for one technology on one day.

    `conditions` are the checklist items whose shortfall an approval here turns into a condition
    with an owner and a due date; they do not keep the gate shut. `deciders` says who decides here,
    at the tier of the technology.
    """

    gate: Gate
    findings: tuple[GateFinding, ...]
    conditions: tuple[ItemReading, ...] = ()
    deciders: str = ""

    @property
    def passes(self) -> bool:
        return all(each.met for each in self.findings)

    @property
    def missing(self) -> tuple[GateFinding, ...]:
        return tuple(each for each in self.findings if not each.met)


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
    case = Case(
        framework=framework,
        technology=technology,
        gate=gate,
        tier=read_tier(framework, technology.facts).tier,
        today=today,
        overridden=frozenset(
            each.item for each in (*standing, *overrides) if today <= each.expires_on
        ),
    )
    findings = [NEEDS[need](case) for need in gate.needs]
    findings += _asked_again(case)
    findings += _documents(case, for_decision_by)
    findings += _decisions(case, for_decision_by)
    findings += _rejections(case, for_decision_by)
    conditions = case.checklist.conditions if "checklist" in gate.needs else ()
    return GateReading(gate, tuple(findings), conditions, _deciders(case))


def _deciders(case: Case) -> str:
    """Who decides at a gate: in the framework's words or, where that depends on the tier, the
    bodies that the tier of the technology asks for."""
    here = [each for each in case.gate.decisions if each.gate == case.gate.id]
    if len({each.from_tier for each in here}) < 2:
        return case.gate.decision_maker
    asked = [each.body for each in here if each.from_tier.depth <= case.tier.depth]
    bodies = [each for each in case.framework.route.bodies if each.id in asked]
    names = [e.name if e.authority != "advises" else f"{e.name} (consulted)" for e in bodies]
    return f"{listed(names)}, as the {case.tier} tier asks"


def _standing_overrides(
    technology: Technology, gate: Gate, today: date, for_decision_by: str | None
) -> Iterator[Override]:
    for decision in technology.decisions:
        replaced = (decision.body, decision.gate) == (for_decision_by, gate.id)
        stands = decision.superseded_by is None and not why_not(decision, today)
        if stands and decision.phase is gate.phase and not replaced:
            yield from decision.overrides


def _asked_again(case: Case) -> Iterator[GateFinding]:
    """The questions that a reopening asked again and nobody has answered since, at a gate that
    does not read the whole checklist: an approval would make their old answers count again."""
    if case.gate.phase is None or "checklist" in case.gate.needs:
        return
    again = [each.item.id for each in case.checklist.unanswered if each.again]
    if again:
        text, lack = "What was asked again is answered", f"answers to {', '.join(again)}"
        yield finding("asked_again", text, lack, "The owner answers with evidence.")


def _documents(case: Case, for_decision_by: str | None) -> Iterator[GateFinding]:
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


def _approved_on(case: Case, for_decision_by: str | None) -> date | None:
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


def _decisions(case: Case, for_decision_by: str | None) -> Iterator[GateFinding]:
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


def _latest(case: Case, body: str, gate: str) -> Decision | None:
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


def _rejections(case: Case, for_decision_by: str | None) -> Iterator[GateFinding]:
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
        yield finding(
            f"rejection:{latest.number}",
            "Not rejected at this gate",
            f"a decision that supersedes {latest.number}, which rejected it",
            "The same body can record one.",
        )
