"""Commands of decisions: record one with all that was on the table, or set a record right."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from horizon.framework.route import Body, Gate, Outcome, Route
from horizon.judgement.gates import GateReading, read_gate
from horizon.judgement.recording import assessed_late
from horizon.judgement.tiers import read_tier
from horizon.model.decision import Condition, Decision, OnTheTable, Override
from horizon.model.errors import BadInput, RuleBroken
from horizon.model.events import DecisionRecorded, ReviewDateSet
from horizon.model.meeting import Comment, PaperReference
from horizon.model.record import Dissent
from horizon.model.technology import Technology
from horizon.model.words import Effect
from horizon.register.actions import decision_rules as rules
from horizon.register.actions.moving import bodies_of, gates_open_to
from horizon.register.actions.seating import Seating, seated
from horizon.register.desk import Desk, decision_of
from horizon.register.inputs import DecisionInput, one_of


def decide(desk: Desk, technology: Technology, given: DecisionInput) -> Decision:
    """Draft a body's decision with all that was on the table, frozen under one digest."""
    body, gate, outcome = _asked(desk, technology, given)
    if not given.reasons.strip():
        raise RuleBroken(
            "A decision is recorded with its reasons", missing=["the reasons"],
            who=f"The chair of {body.name} supplies them.",
        )  # fmt: skip
    desk.happened(given.decided_on, "A decision cannot be dated")
    overrides = rules.overrides(desk, technology, gate, given)
    reading = read_gate(
        desk.framework,
        technology,
        gate.id,
        given.decided_on,
        overrides=overrides,
        for_decision_by=body.id,
    )
    if outcome.effect.approves and not reading.passes:
        raise RuleBroken(
            f"{body.name} cannot record {outcome.name!r} at gate {gate.id} ({gate.name}) yet",
            lacks=[(each.words, each.who) for each in reading.missing],
        )
    rules.check_dates(gate, outcome, given)
    superseded = rules.superseded(desk, technology, given)
    rules.check_shortfalls(body, gate, outcome, reading)
    seating = seated(desk, technology, given, body, gate)
    rules.check_record(desk, technology, given, gate, outcome, seating)
    decision = _decision(
        desk, technology, given, body, gate, outcome, overrides, superseded, reading, seating
    )
    desk.draft(technology.id, DecisionRecorded(decision=decision))
    return decision


def _asked(desk: Desk, technology: Technology, given: DecisionInput) -> tuple[Body, Gate, Outcome]:
    """The body, gate and outcome that are named. Raises where they do not go together."""
    route = desk.framework.route
    one_of(given.body, [each.id for each in route.bodies], "body")
    body = next(each for each in route.bodies if each.id == given.body)
    one_of(given.gate, [each.id for each in route.gates], "gate")
    gate = next(each for each in route.gates if each.id == given.gate)
    if body.id not in gate.bodies:
        raise RuleBroken(
            f"{body.name} does not decide at gate {gate.id} ({gate.name})",
            who=f"{bodies_of(route, gate)} does.",
        )
    one_of(given.outcome, [each.id for each in body.outcomes], f"outcome of {body.name}")
    outcome = next(each for each in body.outcomes if each.id == given.outcome)
    here = gates_open_to(route, technology)
    if gate.id not in here:
        stage = route.stage(technology.stage)
        again = stage is not None and gate.phase is not None and gate.phase is stage.rests_on
        reopen = f" To decide at {gate.id} again, reopen it first and say why." if again else ""
        raise RuleBroken(
            f"{technology.label} is at stage {technology.stage}, and gate {gate.id} "
            f"({gate.name}) is not before it",
            who=f"Gates here: {', '.join(here) or 'none'}.{reopen}",
        )
    return body, gate, outcome


def _decision(
    desk: Desk,
    technology: Technology,
    given: DecisionInput,
    body: Body,
    gate: Gate,
    outcome: Outcome,
    overrides: tuple[Override, ...],
    superseded: str | None,
    reading: GateReading,
    seating: Seating,
) -> Decision:
    table = _table(desk, technology, reading)
    item = seating.item
    return Decision(
        number=_next_number(desk, f"{body.abbreviation}/{given.decided_on.year}"),
        body=body.id,
        gate=gate.id,
        phase=gate.phase,
        decided_on=given.decided_on,
        outcome=outcome.id,
        effect=outcome.effect,
        reasons=given.reasons,
        conditions=tuple(
            Condition(
                number=number,
                text=each.text,
                owner=desk.person(each.owner),
                due=each.due,
                evidence_needed=each.evidence_needed,
                discharged_by=each.discharged_by or body.id,
                if_missed=each.if_missed,
            )
            for number, each in enumerate(given.conditions, start=1)
        ),
        overrides=overrides,
        effective_from=given.effective_from,
        review_by=rules.review_date(desk, technology, given, gate, outcome, body),
        expires_on=given.expires_on,
        supersedes=superseded,
        method=seating.method,
        meeting=seating.meeting.ref if seating.meeting else None,
        item=item.number if item else None,
        question=given.question or gate.question,
        considered=given.considered,
        item_reasons=given.item_reasons,
        papers=given.papers or (item.papers if item else ()) or _papers_of(technology),
        room=seating.room,
        votes=given.votes,
        dissent=tuple(
            Dissent(person=person, reason=reason)
            for person, reason in rules.named_dissent(desk, given, seating.room)
        ),
        comments=(
            *(item.comments if item else ()),
            *(Comment(person=desk.person(e.person), text=e.text) for e in given.comments),
        ),
        next_step=given.next_step,
        summary=given.summary,
        redactions=given.redactions,
        settles=_settled(desk.framework.route, technology, given.decided_on, body, gate, outcome),
        flags=tuple(assessed_late(desk.framework.route, technology.evidence, given.decided_on)),
        ratify_by=seating.ratify_by,
        marking=given.marking,
        on_the_table=table,
        digest=table.fingerprint,
        by=desk.by,
        at=desk.at,
    )


def _table(desk: Desk, technology: Technology, reading: GateReading) -> OnTheTable:
    return OnTheTable(
        revision=technology.revision,
        framework=desk.framework.digest,
        facts=technology.facts,
        tier=read_tier(desk.framework, technology.facts).tier,
        answers=technology.answers,
        rounds=tuple(each for each in technology.rounds if each.is_closed),
        evidence=technology.evidence,
        gate_findings=tuple(
            f"{'met' if each.met else 'missing'}: {each.text}" for each in reading.findings
        ),
    )


def _papers_of(technology: Technology) -> tuple[PaperReference, ...]:
    """The documents attached to a technology, as the papers a body had before it."""
    return tuple(
        PaperReference(title=each.title, version=each.version, dated=each.dated)
        for each in technology.evidence
    )


def _settled(
    route: Route, technology: Technology, on: date, body: Body, gate: Gate, outcome: Outcome
) -> tuple[int, ...]:
    """The reopenings that a decision of the ethics leg answers, one way or the other. Where the
    technology rests on an approval, it takes a decision on that same kind of approval. What has
    happened after the day of the decision is not answered by it, however late it is recorded."""
    answers = outcome.effect.approves or outcome.effect is Effect.REJECT
    stage = route.stage(technology.stage)
    rests_on = stage.rests_on if stage is not None else None
    if body.leg != "ethics" or not answers or rests_on not in (None, gate.phase):
        return ()
    return tuple(each.number for each in technology.open_reopenings if each.on <= on)


def _next_number(desk: Desk, series: str) -> str:
    """The next number of a body and year: `AISG/2026` gives `AISG/2026/015`."""
    return f"{series}/{desk.state.head.decision_numbers.get(series, 0) + 1:03d}"


CORRECTABLE = frozenset(
    {
        "reasons", "question", "considered", "item_reasons", "papers", "votes", "dissent",
        "comments", "next_step", "summary", "redactions",
    }
)  # fmt: skip
"""What a correction may change. A different outcome, condition or date is a new decision."""


def correct(
    desk: Desk, technology: Technology, number: str, changes: Mapping[str, Any], why: str
) -> Decision:
    """Draft a new record that sets an earlier one right and points back to it.

    What was decided, when, by whom and on what stays as it was recorded.
    """
    earlier = decision_of(technology, number)
    if earlier.superseded_by is not None:
        raise RuleBroken(
            f"{number} was superseded by {earlier.superseded_by}",
            who=f"Correct {earlier.superseded_by} instead.",
        )
    if not why.strip():
        raise RuleBroken(
            "A record is corrected with a reason", missing=["the reason"], who="You supply it."
        )
    for field in changes:
        one_of(field, sorted(CORRECTABLE), "part of a record that can be corrected")
    if not any(getattr(earlier, field) != value for field, value in changes.items()):
        raise BadInput(f"Nothing in {number} would change")
    reasons = changes.get("reasons", earlier.reasons)
    emptied = isinstance(reasons, str) and not reasons.strip()
    corrected = Decision.model_validate(
        {
            **dict(earlier),
            **changes,
            "reasons": earlier.reasons if emptied else reasons,
            "number": _next_number(desk, number.rpartition("/")[0]),
            "supersedes": number,
            "correction": why,
            "signatures": (),
            "by": desk.by,
            "at": desk.at,
        }
    )
    if emptied:  # the rule says what is missing
        corrected = corrected.model_copy(update={"reasons": ""})
    _refuse_strangers(desk, corrected)
    rules.check_correction(desk, technology, earlier, corrected)
    desk.draft(technology.id, DecisionRecorded(decision=corrected))
    held = technology.review_by
    if held is not None and corrected.review_by not in (None, held):  # what was said of it stays
        desk.draft(technology.id, ReviewDateSet(review_by=held, reason=technology.review_reason))
    return corrected


def _refuse_strangers(desk: Desk, decision: Decision) -> None:
    """People are named by the ids that the register knows them by."""
    known = desk.state.people.keys() | {each.subject for each in desk.drafts}
    named = [each.person for each in decision.dissent if each.person]
    for person in (*named, *(each.person for each in decision.comments)):
        if person not in known:
            raise BadInput(f"Nobody here has the id {person}", do="Use an id of the register")
