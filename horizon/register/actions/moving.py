"""Commands of the route: move a technology to another stage, if the gate on the way lets it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from horizon.framework.route import Gate, Route, Transition
from horizon.framework.schema import Framework
from horizon.judgement.gates import read_gate
from horizon.judgement.holding import opens
from horizon.judgement.standing import standing_decisions
from horizon.model.errors import RuleBroken
from horizon.model.events import StageMoved
from horizon.model.headers import TechnologyHeader
from horizon.model.technology import Technology
from horizon.model.wording import day
from horizon.model.words import Effect
from horizon.register.desk import Desk
from horizon.register.inputs import one_of


def move(desk: Desk, technology: Technology, to: str, reason: str) -> None:
    """Draft a move to the stage `to`, if there is a way there and its gate is passed."""
    route = desk.framework.route
    ways = {way.to: way for way in route.ways_from(technology.stage)}
    one_of(to, [stage.id for stage in route.stages], "stage")
    way = ways.get(to)
    if way is None:
        onward = ", ".join(ways) or "nowhere: it has left the route"
        raise RuleBroken(
            f"There is no way from {technology.stage} to {to} for {technology.label}",
            who=f"From here it can go to: {onward}.",
        )
    missing = list(unmet(desk.framework, technology, way, desk.today))
    if missing:
        gate = f"gate {way.gate}" if way.gate else f"the way to {to}"
        raise RuleBroken(f"{technology.label} does not pass {gate}", lacks=missing)
    desk.draft(
        technology.id,
        StageMoved(origin=technology.stage, to=to, gate=way.gate, reason=reason, on=desk.today),
    )


def unmet(
    framework: Framework, technology: Technology, way: Transition, today: date
) -> Iterator[tuple[str, str]]:
    """What keeps a technology from taking a way: each lack, and who can supply it."""
    if way.gate:
        reading = read_gate(framework, technology, way.gate, today)
        for finding in reading.missing:
            yield finding.words, finding.who
    if way.after:
        gate = framework.route.gate(way.gate) if way.gate else None
        if way.after == "lapse":
            yield from _unlapsed(framework, technology, today)
            return
        kind, fits = _AFTER[way.after]
        for decision in technology.decisions:
            at_gate = gate is None or decision.gate == gate.id
            stands = at_gate and fits(decision.effect) and decision.is_current(today)
            if stands and opens(framework.route, technology, way, decision):
                return
        stage = framework.route.stage(technology.stage)
        wanted = f"{kind}, made since it came to {stage.name if stage else technology.stage}"
        if way.after == "reject":
            wanted = f"{kind} that stands"
        yield wanted, f"{bodies_of(framework.route, gate)} can record one."


_AFTER: dict[str, tuple[str, Callable[[Effect], bool]]] = {
    "approve": ("An approving decision", lambda effect: effect.approves),
    "reject": ("A rejecting decision", lambda effect: effect is Effect.REJECT),
    "defer": ("A deferring decision", lambda effect: effect is Effect.DEFER),
}
"""The kind of decision that opens a way, in words and as a test of its effect."""


def _unlapsed(
    framework: Framework, technology: Technology, today: date
) -> Iterator[tuple[str, str]]:
    """Why a technology has not run out: what it stands on holds, or its date has not come."""
    stage = framework.route.stage(technology.stage)
    if stage is not None and stage.rests_on is not None:
        held = standing_decisions(technology, stage.rests_on)
        ended = [
            each
            for each in technology.decisions
            if each in held and (each.has_expired(today) or each.is_unratified(today))
        ]
        if not ended:
            yield "the end of its approval, which has not come", ""
    elif technology.review_by is None or today <= technology.review_by:
        until = f", which is {day(technology.review_by)}" if technology.review_by else ""
        yield f"the passing of the date it was put off until{until}", ""


def bodies_of(route: Route, gate: Gate | None) -> str:
    """The bodies that may decide at a gate, in words; without a gate, any."""
    bodies = [body for body in route.bodies if gate is None or body.id in gate.bodies]
    return " or ".join(body.name for body in bodies) if gate else "A body on the route"


def gates_open_to(route: Route, subject: Technology | TechnologyHeader) -> tuple[str, ...]:
    """The gates at which bodies may decide on a technology as it stands: those before it and, once
    it was reopened, those at which what it rests on was approved."""
    found = list(gates_before(route, subject.stage))
    stage = route.stage(subject.stage)
    if stage is not None and any(not each.settled_by for each in subject.reopenings):
        found += [
            each.gate
            for each in subject.decisions
            if each.phase is not None and each.phase is stage.rests_on and not each.superseded_by
        ]
    return tuple(dict.fromkeys(found))


def gates_before(route: Route, stage: str) -> tuple[str, ...]:
    """The gates at which a technology at this stage may be decided on.

    Those that guard a way out of the stage, those whose decisions such a gate asks for, and for
    a technology in use also those that guard the way back into use, which are its reviews.
    """
    found = [way.gate for way in route.ways_from(stage) if way.gate]
    here = route.stage(stage)
    if here is not None and here.in_use:
        found += [way.gate for way in route.transitions if way.to == stage and way.gate]
    for gate_id in found:  # grows while it is read: what a gate asks for may itself ask
        gate = route.gate(gate_id)
        found += [each.gate for each in gate.decisions if each.gate not in found] if gate else []
    return tuple(dict.fromkeys(found))
