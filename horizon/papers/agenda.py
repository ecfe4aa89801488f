"""What a body is to look at: the agenda of its meeting, else what the route asks of it next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from horizon.framework.route import Body, Gate
from horizon.framework.schema import Framework
from horizon.judgement.gates import GateReading, read_gate
from horizon.judgement.holding import comes_after, opens
from horizon.judgement.ratifying import can_ratify
from horizon.judgement.tiers import read_tier
from horizon.model.decision import Decision
from horizon.model.errors import BadInput
from horizon.model.meeting import AgendaItem, Meeting
from horizon.model.technology import Technology
from horizon.model.wording import day
from horizon.model.words import Effect, Tier
from horizon.register.reader import Reader


def agenda(
    register: Reader, body_id: str, *, today: date | None = None, meeting_on: date | None = None
) -> tuple[Technology, ...]:
    """The technologies on the agenda of the body's meeting on that day, in its order; where none is
    called, or none is on it, those that wait for the body."""
    items = called_for(register, body_id, meeting_on)
    called = dict.fromkeys(each.technology for each in items if each.technology)
    held = register.state.technologies
    on_it = tuple(held[each] for each in called if each in held)
    return on_it or waiting(register, body_id, today=today, meeting_on=meeting_on)


def called_for(register: Reader, body_id: str, meeting_on: date | None) -> tuple[AgendaItem, ...]:
    """The items about technologies on the agenda of the body's meeting on that day."""
    meetings = [
        each
        for each in register.state.meetings.values()
        if (each.body, each.on) == (body_id, meeting_on)
    ]
    meetings.sort(key=lambda each: each.ref)
    return tuple(item for each in meetings for item in each.agenda if item.technology)


def is_called(register: Reader, body_id: str, on: date) -> bool:
    """Whether a meeting of the body on that day is in the register."""
    meetings = register.state.meetings.values()
    return any((each.body, each.on) == (body_id, on) for each in meetings)


def coming_meeting(register: Reader, body_id: str = "") -> Meeting | None:
    """The next meeting that is called, of one body or of any; `None` where there is none."""
    called = [
        each
        for each in register.state.meetings.values()
        if not each.is_closed and each.on >= register.today and body_id in ("", each.body)
    ]
    return min(called, key=lambda each: (each.on, each.ref), default=None)


def not_called(register: Reader, body_id: str, on: date) -> str:
    """That the body has no meeting on that day, and when its next one is; nothing where it has, or
    where its meetings are minuted elsewhere."""
    body = body_of(register, body_id)
    if not body.quorum or is_called(register, body_id, on):
        return ""
    coming = coming_meeting(register, body_id)
    then = f". The next is on {day(coming.on)}." if coming else ", and none is to come."
    return f"No meeting of the {body.name} is called for {day(on)}{then}"


def passed_over(register: Reader, body_id: str, meeting_on: date) -> tuple[Technology, ...]:
    """The technologies that wait for the body and are not on the agenda of that day."""
    called = {each.technology for each in called_for(register, body_id, meeting_on)}
    if not called:
        return ()
    wait = waiting(register, body_id, meeting_on=meeting_on)
    return tuple(each for each in wait if each.id not in called)


def waiting(
    register: Reader, body_id: str, *, today: date | None = None, meeting_on: date | None = None
) -> tuple[Technology, ...]:
    """The technologies that this body decides on next, those it approved whose approval no longer
    holds, and those it decided on between meetings, in the order of the register.

    They are judged on the day `today` (the register's own unless given); a review belongs on the
    agenda when it is due by `meeting_on`. Raises `BadInput` for a body that the framework does not
    have.
    """
    body_of(register, body_id)
    today = today or register.today
    found = []
    for header in register.state.technologies.headers():
        gates, decided = register.gates_here(header.id), header.decisions
        if not gates and all(each.body != body_id for each in decided):
            continue
        technology = register.state.technologies[header.id]
        due = any(True for _ in gates_for(register, technology, body_id, today, meeting_on))
        ratifies = to_ratify(register, technology, body_id, max(today, meeting_on or today))
        if due or ratifies or lapses(register.framework, technology, body_id, today):
            found.append(technology)
    return tuple(found)


def body_of(register: Reader, body_id: str) -> Body:
    """The body of that id. Raises `BadInput` for one that the framework does not have."""
    body = register.framework.route.body(body_id)
    if body is None:
        known = ", ".join(each.id for each in register.framework.route.bodies)
        raise BadInput(f"{body_id!r} is not a body", do=f"Use one of: {known}")
    return body


def to_ratify(
    register: Reader, technology: Technology, body_id: str, on: date
) -> tuple[Decision, ...]:
    """What the body decided between meetings, that lapses unless one on this day ratifies it."""
    meetings = register.state.meetings.values()
    return tuple(
        each
        for each in technology.decisions
        if each.body == body_id and can_ratify(register.framework, each, on, meetings)
    )


def lapses(
    framework: Framework, technology: Technology, body_id: str, today: date
) -> tuple[str, ...]:
    """Why what this body approved no longer holds, in words: conditions overdue, approvals ended.

    An approval's end matters while the technology's stage rests on it or is judged for it. A
    technology that has left the route has no lapses.
    """
    stage = framework.route.stage(technology.stage)
    if stage is None or stage.ended:
        return ()
    own = [
        each
        for each in technology.decisions
        if each.body == body_id and each.superseded_by is None and each.effect.approves
    ]
    found = [
        f"condition {condition.number} of {decision.number} is overdue since "
        f"{day(condition.due + timedelta(days=1))}"
        for decision in own
        for condition in decision.overdue_conditions(today)
    ]
    newest = {each.gate: each for each in own if each.phase in (stage.rests_on, stage.phase)}
    found += [
        f"{each.number} expired on {day(each.expires_on)}"
        for each in newest.values()
        if each.expires_on is not None and each.has_expired(today)
    ]
    found += [
        f"{each.number} lapsed, because it was not ratified"
        for each in newest.values()
        if each.is_unratified(today)
    ]
    found += [
        f"{each.number} set {override.item} aside until {day(override.expires_on)}"
        for each in newest.values()
        for override in each.ended_overrides(today)
    ]
    return tuple(found)


def gates_for(
    register: Reader,
    technology: Technology,
    body_id: str,
    today: date,
    meeting_on: date | None = None,
) -> Iterator[GateReading]:
    """The gates at which the body decides on the technology next, read for its decision: that of
    its meeting's agenda, where the item is still to be taken there."""
    framework = register.framework
    meeting = max(today, meeting_on or today)
    for item in called_for(register, body_id, meeting_on):
        if item.technology != technology.id or item.outcome:
            continue
        if item.purpose == "for information":
            return
        waits = to_ratify(register, technology, body_id, meeting)
        again = any(each.gate == item.gate for each in waits)
        if item.gate in register.gates_here(technology.id) and not again:
            whole = register.whole(technology.id)
            yield read_gate(framework, whole, item.gate, today, for_decision_by=body_id)
            return
    tier = read_tier(framework, technology.facts).tier
    for gate_id in register.gates_here(technology.id):
        gate = framework.route.gate(gate_id)
        if gate is None or not _is_asked(framework, gate, body_id, tier):
            continue
        if _is_review(framework, technology, gate):
            due = technology.review_by is not None and technology.review_by <= meeting
        else:
            due = _is_undecided(framework, technology, gate, body_id, today)
        if due or _is_reopened(framework, technology, gate, body_id):
            whole = register.whole(technology.id)
            reading = read_gate(framework, whole, gate_id, today, for_decision_by=body_id)
            if _earlier_gates_hold(reading):
                yield reading


def still_stands(
    framework: Framework, technology: Technology, body_id: str, gate: Gate, on: date
) -> str:
    """The number of what the body settled at the gate, where that needs no other decision on this
    day; else nothing."""
    latest = _latest(technology, gate, body_id)
    if (
        latest is None
        or _is_review(framework, technology, gate)
        or _is_undecided(framework, technology, gate, body_id, on)
        or _is_reopened(framework, technology, gate, body_id)
    ):
        return ""
    return latest.number


def _is_asked(framework: Framework, gate: Gate, body_id: str, tier: Tier) -> bool:
    """Whether the route wants this body's decision at the gate.

    Where no gate asks for a decision made at this one, any of its bodies may take it.
    """
    asked = [
        each for other in framework.route.gates for each in other.decisions if each.gate == gate.id
    ]
    if not asked:
        return body_id in gate.bodies
    return any(each.body == body_id and each.from_tier.depth <= tier.depth for each in asked)


def _is_review(framework: Framework, technology: Technology, gate: Gate) -> bool:
    """Whether the gate is a review of something in use: it guards the way back into use."""
    stage = framework.route.stage(technology.stage)
    in_use = stage is not None and stage.in_use
    back = any(
        each.to == technology.stage and each.gate == gate.id for each in framework.route.transitions
    )
    return in_use and back


def _is_undecided(
    framework: Framework, technology: Technology, gate: Gate, body_id: str, today: date
) -> bool:
    """Whether the body has not settled the matter: its approval has lapsed, was not made for where
    the technology stands now, or there is none."""
    latest = _latest(technology, gate, body_id)
    if latest is None:
        return True
    late = latest.overdue_conditions(today) or latest.ended_overrides(today)
    lapsed = not latest.is_current(today) or bool(late)
    ways = [e for e in framework.route.ways_from(technology.stage) if e.after and e.gate == gate.id]
    spent = any(not opens(framework.route, technology, each, latest) for each in ways)
    return latest.effect is not Effect.REJECT and (lapsed or spent)


def _is_reopened(framework: Framework, technology: Technology, gate: Gate, body_id: str) -> bool:
    """Whether something has happened since the body decided here, which it has to look at."""
    body, latest = framework.route.body(body_id), _latest(technology, gate, body_id)
    if body is None or body.leg != "ethics" or latest is None:
        return False
    return any(comes_after(each, latest) for each in technology.open_reopenings)


def _latest(technology: Technology, gate: Gate, body_id: str) -> Decision | None:
    settled = [
        each
        for each in technology.decisions
        if (each.body, each.gate) == (body_id, gate.id)
        and each.superseded_by is None
        and (each.effect.approves or each.effect is Effect.REJECT)
    ]
    return settled[-1] if settled else None


def _earlier_gates_hold(reading: GateReading) -> bool:
    return all(each.met for each in reading.findings if each.need.startswith("decision:"))
