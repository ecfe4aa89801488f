"""The route of a technology in words: where it stands, its gates, what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from horizon.framework.route import Body, Gate, Transition
from horizon.judgement.gate_needs import GateFinding
from horizon.judgement.gates import GateReading
from horizon.judgement.holding import why_not_now
from horizon.model.decision import Condition, Decision
from horizon.model.technology import Technology
from horizon.model.wording import day
from horizon.register import Register
from horizon.tui.pages import field, heading, joined, line, stage_name, successor
from horizon.tui.widgets.page import MUTED, Line, Lines

LEGS = {
    "ethics": "Decisions on the ethics leg",
    "delivery": "Decisions on the delivery leg",
    "joint": "Decisions where the legs meet",
    "outside": "Decisions from outside",
}

SUPPLIED_BY = {
    "sighting": "o",
    "problem": "a",
    "owner": "a",
    "time_horizon": "a",
    "trl": "a",
    "posture": "a",
    "facts": "f",
    "core_answered": "e",
    "checklist": "e",
    "review_date": "r",
    "minimums": "s",
    "round_closed": "s",
    "conditions_met": "c",
    "trial_end_date": "v",
    "document": "v",
    "decision": "d",
    "rejection": "d",
}
"""The key of the Technology screen that supplies what a gate needs."""


def route(register: Register, technology: Technology) -> Lines:
    """Where it stands on the route, what each way on asks for, and what was decided."""
    stage = register.framework.route.stage(technology.stage)
    parts = [
        line(
            f"Now: {stage_name(register, technology.stage)}, since {day(technology.stage_since)}",
            "bold",
        ),
        line(stage.text if stage else ""),
        field("Goes on as", successor(register, technology), "bold"),
    ]
    parts.append(legs(register, technology))
    found = register.framework.route.ways_from(technology.stage)
    ways = [
        each
        for each in found
        if each.origin != "*"
        and (each.after != "lapse" or not register.way(technology.id, each.to))
    ]
    if not ways:
        parts.append(line("There is no way on from here.", MUTED))
    for each in ways:
        parts.append(heading(f"To {stage_name(register, each.to).lower()}: {each.text}"))
        parts.append(way(register, technology, each, keys=True))
        free = not register.way(technology.id, each.to)
        parts.append(line("Press g to move it." if free else "It cannot move yet.", MUTED))
    return joined([*parts, decisions(register, technology)])


MET, LACKS, NOT_ASKED = "[x]", "[ ]", " - "


def legs(register: Register, technology: Technology) -> Lines:
    """The two legs side by side and where they meet, drawn for the next gate that asks for both:
    which decisions it asks for, and which it has."""
    route = register.framework.route
    depth = register.reading(technology.id).tier.tier.depth
    for each in route.ways_from(technology.stage):
        gate = route.gate(each.gate) if each.gate else None
        if gate is None or not gate.decisions:
            continue
        met = {f.need for f in register.gate(technology.id, gate.id).findings if f.met}
        boxes: dict[str, list[str]] = {leg: [] for leg in LEGS}
        bodies: list[Body] = []
        for asked in gate.decisions:
            body = route.body(asked.body)
            state = MET if f"decision:{asked.body}@{asked.gate}" in met else LACKS
            if asked.from_tier.depth > depth:
                state = NOT_ASKED
            if body is not None:
                bodies.append(body)
                boxes[body.leg].append(f"{state} {body.abbreviation} {asked.gate}")
        gates = dict.fromkeys(asked.gate for asked in gate.decisions)
        return _drawn(boxes) + spelt_out(bodies, [g for g in route.gates if g.id in gates])
    return ()


def _drawn(boxes: dict[str, list[str]]) -> Lines:
    """Ethics above, delivery below, and behind them what they lead to."""
    ethics, delivery = (" ─ ".join(boxes[leg]) or "nothing asked" for leg in ("ethics", "delivery"))
    after = " ─ ".join([*boxes["joint"], *boxes["outside"]])
    width = max(len(ethics), len(delivery))
    onward = f"├─ {after}" if after else "│"
    parts = [
        heading("The legs"),
        line(f"Ethics    {ethics:─<{width}}─┐"),
        line(f"{'':10}{'':<{width}} {onward}"),
        line(f"Delivery  {delivery:─<{width}}─┘"),
        line(f"{MET} current, {LACKS} asked for,{NOT_ASKED}not asked at this tier", MUTED),
    ]
    return joined(parts)


def spelt_out(bodies: Iterable[Body], gates: Iterable[Gate]) -> Lines:
    """What the short names of bodies and gates stand for."""
    return joined(
        line("; ".join(names), MUTED)
        for names in (
            [f"{each.abbreviation}: {each.name}" for each in bodies],
            [f"{each.id}: {each.name}" for each in gates],
        )
    )


def way(
    register: Register, technology: Technology, each: Transition, *, keys: bool = False
) -> Lines:
    """What a way on asks for: its gate, the gates of the other leg that it waits for, and any
    decision beside them."""
    parts: list[Lines] = []
    told: set[str] = set()
    for gate_id in (each.gate, *_asked_gates(register, each.gate)) if each.gate else ():
        reading = register.gate(technology.id, gate_id)
        if parts:
            parts.append(line())
        parts.append(gate(reading, keys=keys))
        told.update(finding.words for finding in reading.missing)
    for lack, who in register.way(technology.id, each.to):
        if lack not in told:
            parts.append(_missing(GateFinding("decision", lack, met=False, who=who), keys=keys))
    return joined(parts) or line("Nothing is asked for.", MUTED)


def _asked_gates(register: Register, gate_id: str) -> Sequence[str]:
    """Other gates whose decisions this one asks for: the other leg."""
    found = register.framework.route.gate(gate_id)
    asked = found.decisions if found else ()
    return tuple(dict.fromkeys(each.gate for each in asked if each.gate != gate_id))


def gate(reading: GateReading, *, keys: bool = False) -> Lines:
    """A gate's findings: what is missing and who can supply it, then what is there.

    `keys` adds the key of the Technology screen that supplies a thing.
    """
    missing, met = reading.missing, [each for each in reading.findings if each.met]
    passed = "passed" if reading.passes else "not passed"
    parts = [
        line(f"Gate {reading.gate.id}: {reading.gate.name}", "bold"),
        line(reading.gate.question),
        field("Decides", reading.deciders),
        line(f"The gate is {passed}: {len(missing)} missing, {len(met)} met.", "bold"),
    ]
    parts += [_missing(each, keys=keys) for each in missing]
    parts += [(Line(each.text, MUTED, lead="  met      ", lead_style=MUTED),) for each in met]
    return joined(parts)


def _missing(finding: GateFinding, *, keys: bool) -> Lines:
    key = SUPPLIED_BY.get(finding.need.split(":")[0], "") if keys else ""
    action = f"app.simulate_key('{key}')" if key else ""
    who = f"{finding.who} Press {key}.".strip() if key else finding.who
    lines = [Line(finding.text, "bold", lead="  MISSING  ", lead_style="bold", action=action)]
    if finding.detail:
        lines.append(Line(f"Needs: {finding.detail}", lead=" " * 11, action=action))
    if who:
        lines.append(Line(who, MUTED, lead=" " * 11, action=action))
    return tuple(lines)


def decisions(register: Register, technology: Technology) -> Lines:
    """What each leg decided, newest first."""
    legs: dict[str, list[Decision]] = {leg: [] for leg in LEGS}
    for each in technology.decisions:
        body = register.framework.route.body(each.body)
        legs[body.leg if body else "outside"].append(each)
    stage = register.framework.route.stage(technology.stage)
    ended = stage is not None and stage.ended
    none = "None." if ended else "None yet. Press d to record one."
    parts: list[Lines] = []
    for leg, found in legs.items():
        if found:
            parts.append(heading(LEGS[leg]))
            parts += [decision(register, technology, each) for each in reversed(found)]
        elif leg in ("ethics", "delivery"):
            parts += [heading(LEGS[leg]), line(none, MUTED)]
    return joined(parts)


def decision(register: Register, technology: Technology, each: Decision) -> Lines:
    """A decision with its reasons and conditions."""
    body = register.framework.route.body(each.body)
    name = body.name if body else each.body
    said = register.framework.route.outcome_name(each.body, each.outcome)
    gate = register.framework.route.gate(each.gate)
    named = f" ({gate.name})" if gate else ""
    parts = [
        line(f"{each.number}  {name}: {said}{_lapsed(register, technology, each)}", "bold"),
        line(
            f"Gate {each.gate}{named}, {day(each.decided_on)}"
            + (f", holds until {day(each.expires_on)}" if each.expires_on else "")
            + (f", review by {day(each.review_by)}" if each.review_by else ""),
            MUTED,
            indent=2,
        ),
        line(each.reasons, indent=2),
    ]
    parts += [condition(register, every) for every in each.conditions]
    parts += [
        line(
            f"Sets {override.item} aside until {day(override.expires_on)}: "
            f"{override.reason} ({register.name(override.siro)})",
            indent=2,
        )
        for override in each.overrides
    ]
    return joined(parts)


def _lapsed(register: Register, technology: Technology, each: Decision) -> str:
    if each.superseded_by:
        return f" (superseded by {each.superseded_by})"
    if each.has_expired(register.today) and each.expires_on:
        return f" (expired on {day(each.expires_on)})"
    if each.overdue_conditions(register.today):
        return " (does not hold: a condition is overdue)"
    if each.effect.approves and each.phase is not None:
        why = why_not_now(technology, each, register.today)
        return f" (does not hold: {why})" if why else ""
    return ""


def condition(register: Register, each: Condition) -> Lines:
    """A condition: what it asks for, how it stands, who owns it."""
    late = each.is_overdue(register.today)
    owner = register.name(each.owner)
    lead = f"  Condition {each.number}: "
    asked = f"{state_of(register, each)}. Owner: {owner}. Needed: {each.evidence_needed}"
    return (
        Line(each.text, "bold" if late else "", lead=lead),
        Line(asked, "bold" if late else MUTED, lead=" " * len(lead)),
    )


def state_of(register: Register, each: Condition) -> str:
    """How a condition stands, in words."""
    if each.discharge is not None:
        evidence = ", ".join(each.discharge.evidence)
        return f"Met on {day(each.discharge.on)}, on {evidence}"
    if each.is_overdue(register.today):
        return f"Overdue since {day(each.due + timedelta(days=1))}"
    return f"Open, due {day(each.due)}"
