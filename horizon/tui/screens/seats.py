"""Who can decide on a technology now, at which gate, and what was decided there before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from horizon.framework.route import Body, Gate
from horizon.judgement.checklist import ChecklistReading
from horizon.judgement.gates import GateReading
from horizon.model.decision import Decision
from horizon.model.technology import Technology
from horizon.model.wording import count, day
from horizon.model.words import Effect, Phase
from horizon.register import Register

Seat = tuple[Body, Gate]
"""A body, and the gate at which it decides."""


def seats(register: Register, technology: Technology) -> list[Seat]:
    """The bodies that can decide now, each with its gate: first those whose decision the way on
    still asks for at this tier, last those that only may decide."""
    gates = [register.framework.route.gate(g) for g in register.gates_here(technology.id)]
    found = [
        (body, gate)
        for gate in gates
        for body in register.framework.route.bodies
        if gate is not None and body.id in gate.bodies
    ]
    depth = register.reading(technology.id).tier.tier.depth
    asked = [
        (each.body, each.gate)
        for gate in gates
        if gate is not None
        for each in sorted(gate.decisions, key=lambda each: each.gate == gate.id)
        if each.from_tier.depth <= depth
    ]
    decided = {
        (each.body, each.gate)
        for each in technology.decisions
        if each.effect.approves and each.is_current(register.today)
    }
    gates_asked = {gate for _, gate in asked}

    def place(seat: Seat) -> tuple[bool, bool, int]:
        key = (seat[0].id, seat[1].id)
        wanted = key in asked or seat[1].id not in gates_asked
        return not wanted, key in decided, asked.index(key) if key in asked else len(asked)

    return sorted(found, key=place)


def earlier(technology: Technology, seat: Seat) -> list[Decision]:
    """The decisions that one of this body at this gate can supersede."""
    return [
        each
        for each in technology.decisions
        if (each.body, each.gate) == (seat[0].id, seat[1].id) and not each.superseded_by
    ]


def standing(technology: Technology, seat: Seat, today: date) -> str:
    """The number of the decision that a new one has to supersede, or nothing."""
    found = (
        each.number
        for each in earlier(technology, seat)
        if (each.effect.approves or each.effect is Effect.REJECT) and each.is_current(today)
    )
    return next(found, "")


def key_of(seat: Seat) -> str:
    """What a seat is called among the choices of a form."""
    return f"{seat[0].id}@{seat[1].id}"


def phase_of(seat: Seat) -> Phase:
    """The phase in whose light the seat's gate reads the checklist."""
    return seat[1].phase or Phase.TRIAL


def outcomes(body: Body, *, passes: bool) -> list[tuple[str, str]]:
    """What a body can decide, to choose from. Where the gate is not passed, what approves is
    marked."""
    return [
        (f"{each.name} (not yet)" if each.effect.approves and not passes else each.name, each.id)
        for each in body.outcomes
    ]


def option(decision: Decision) -> tuple[str, str]:
    """A decision, to choose from."""
    return f"{decision.number} of {day(decision.decided_on)}", decision.number


def superseding(found: Sequence[Decision]) -> str:
    """What to say beside the choice of the decision that is replaced."""
    if not found:
        return "This body has not decided at this gate before."
    return "The earlier decision that this one replaces."


def life(gate: Gate) -> str:
    """What to say beside the day until which a decision holds."""
    if gate.life_months:
        asked = ", and an approval needs a day" if gate.expiry_required else ""
        return f"At this gate {count(gate.life_months, 'month')} at most{asked}."
    return "An approval here needs a day." if gate.expiry_required else "Empty if it has no end."


def summary(reading: GateReading, checklist: ChecklistReading) -> str:
    """How the gate stands, in a sentence or two."""
    gate = f"Gate {reading.gate.id}"
    missing = len(reading.missing)
    if missing:
        things = count(missing, "thing is", "things are")
        return (
            f"{gate} is not passed: {things} missing (Ctrl+G shows them) beside this decision, so "
            "no outcome that approves can be recorded yet. Others can."
        )
    asked = [each.item.id for each in checklist.conditions]
    also = f" Conditions are due for {', '.join(asked)}." if asked else ""
    return f"{gate} is passed.{also}"
