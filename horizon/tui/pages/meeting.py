"""A meeting and its items in words. No meaning by colour alone."""

from __future__ import annotations

from horizon.judgement.committee import Sitting, lacks
from horizon.model.decision import Decision
from horizon.model.meeting import (
    TAKEN_OFF,
    AgendaItem,
    Attendance,
    Interest,
    Meeting,
    Presence,
)
from horizon.model.technology import Technology
from horizon.model.wording import count, day
from horizon.register import Register
from horizon.register.meeting_words import DID, SEATS
from horizon.tui.pages import field, heading, joined, line, stage_name
from horizon.tui.pages import route as route_page
from horizon.tui.widgets.page import MUTED, Line, Lines

STATES = {
    "": "not taken yet",
    "decided": "decided",
    "no decision": "no decision",
    "noted": "noted",
    TAKEN_OFF: TAKEN_OFF,
}
"""How an item stands, in words."""


def state_of(meeting: Meeting) -> str:
    """How a meeting stands, in a word or two."""
    if meeting.confirmed is not None:
        return "confirmed"
    if meeting.is_closed:
        return "closed"
    return "in writing" if meeting.by_correspondence else "open"


def body_name(register: Register, body_id: str) -> str:
    body = register.framework.route.body(body_id)
    return body.name if body else body_id


def quorum_words(found: Sitting) -> str:
    """Whether enough are there who may decide: `Quorum: 3 may decide, 3 needed`."""
    quorum = found.quorum
    said = f"{len(quorum.counted)} may decide, {quorum.needed} needed"
    if found.undeclared:
        return f"NOT YET: {count(len(found.undeclared), 'interest')} to declare ({said})"
    return f"Quorum: {said}" if quorum.is_met else f"NO QUORUM: {said}"


def meeting_lines(register: Register, meeting: Meeting, *, keys: bool = True) -> Lines:
    """The meeting: when and where, who is there, what is on the agenda. `keys` names the keys that
    add to it, as long as it is open."""
    keys = keys and not meeting.is_closed
    parts = [
        line(f"{body_name(register, meeting.body)}, {day(meeting.on)}", "bold"),
        line(),
        field("Meeting", f"{meeting.ref} ({state_of(meeting)})"),
        field("Place", "Answers in writing" if meeting.by_correspondence else meeting.place),
        field("Quorum", f"{meeting.quorum} who may decide"),
    ]
    if meeting.confirmed:
        where = meeting.confirmed.where
        parts.append(field("Minutes", f"confirmed on {day(meeting.confirmed.on)} {where}"))
    parts += [heading("Attendance"), attendance_lines(register, meeting, keys=keys)]
    parts.append(heading("Agenda"))
    parts += [_agenda_line(register, each) for each in meeting.items]
    if not meeting.items:
        parts.append(
            line(_nothing("Nothing", "Press + to put something on it.", meeting, keys), MUTED)
        )
    before = None if meeting.is_closed else register.last_meeting(meeting.body, meeting.on)
    if before is not None and before.is_closed and before.confirmed is None:
        parts.append(heading("Minutes of the last meeting"))
        parts.append(line(f"Those of {before.ref}, {day(before.on)}, are not confirmed yet."))
        if keys:
            how = f"Once they are agreed here, go back, open {before.ref} and press Shift+F."
            parts.append(line(how, MUTED))
    waiting = [] if meeting.is_closed else register.unratified(meeting.ref)
    if waiting:
        parts.append(heading("Decided between meetings, to be ratified here or to lapse"))
        parts += [
            line(f"{number}: {register.label(key)} {register.header(key).name}")
            for key, number in waiting
        ]
        if keys:
            parts.append(line("Press r to ratify one.", MUTED))
    return joined(parts)


def _nothing(what: str, hint: str, meeting: Meeting, keys: bool) -> str:
    """That there is nothing yet and which key changes that, or that there was nothing."""
    return f"{what}." if meeting.is_closed else f"{what} yet. {hint if keys else ''}".rstrip()


def attendance_lines(register: Register, meeting: Meeting, *, keys: bool = True) -> Lines:
    """Who is there, in which seat; then who sent apologies."""
    present = [each for each in meeting.attendance if each.presence is Presence.PRESENT]
    away = [each for each in meeting.attendance if each.presence is Presence.APOLOGIES]
    parts = [_person_line(register, each) for each in present]
    if away:
        parts.append(line("Apologies", "bold"))
        parts += [_person_line(register, each) for each in away]
    return joined(parts) or line(
        _nothing("Nobody", "Press a to take attendance.", meeting, keys), MUTED
    )


def _person_line(register: Register, each: Attendance) -> Lines:
    known = ", ".join(part for part in (each.role, each.organisation) if part)
    dpo = "; data protection officer: advises, is not counted" if each.dpo else ""
    lead = f"{SEATS[each.seat]:<13}"
    said = register.name(each.person) + (f" ({known})" if known else "") + dpo
    return (Line(said, lead=lead, lead_style=MUTED),)


def _decision(register: Register, item: AgendaItem) -> tuple[Technology, Decision] | None:
    """What was decided on an item, with what it was decided on; `None` where it cannot be shown."""
    held = register.state.technologies
    if not item.decision or not item.technology or item.technology not in held:
        return None
    technology = register.technology(item.technology)
    decision = technology.decision(item.decision)
    return (technology, decision) if decision is not None else None


def _agenda_line(register: Register, item: AgendaItem) -> Lines:
    outcome = item.decision or STATES[item.outcome]
    decided = _decision(register, item)
    if decided is not None:
        said = register.framework.route.outcome_name(decided[1].body, decided[1].outcome)
        outcome = f"{outcome}: {said}"
    return line(f"{item.number}. {item.title}: {item.purpose}, {outcome}")


def item_lines(register: Register, meeting: Meeting, item: AgendaItem) -> Lines:
    """One item: what it asks, who decides, what was said, how it ended."""
    parts = [line(f"{item.number}. {item.title}", "bold"), line()]
    parts.append(field("State", _ended(item)))
    if item.technology:
        parts += _about(register, item, meeting.body)
    if item.is_undecided:
        found = register.sitting(meeting.ref, item.number)
        parts.append(field("Who decides", quorum_words(found), "bold"))
        for lack, who in lacks(found, register.state.people):
            parts += [line(f"Needs {lack}.", indent=13), line(who, MUTED, indent=13)]
    decided = _decision(register, item)
    if decided is not None:
        parts += [heading("Decision"), route_page.decision(register, *decided)]
    keys = not meeting.is_closed and not item.is_off
    parts += [heading("Interests"), interest_lines(register, item, keys=keys)]
    if item.comments:
        parts.append(heading("Comments of absent members"))
        parts += [line(f"{register.name(each.person)}: {each.text}") for each in item.comments]
    if item.papers:
        parts.append(heading("Papers"))
        parts += [line(f"{each.title} {each.version}".strip()) for each in item.papers]
    parts.append(heading("Minute"))
    unwritten = "Press m to write it." if keys else "Nothing was minuted."
    parts.append(line(item.minute) if item.minute else line(unwritten, MUTED))
    if item.no_decision:
        parts.append(line(f"No decision: {item.no_decision}", "bold"))
    return joined(parts)


def _ended(item: AgendaItem) -> str:
    if item.outcome == "decided":
        return f"decided: {item.decision}"
    return f"{item.purpose}, {STATES[item.outcome]}"


def _about(register: Register, item: AgendaItem, body: str) -> list[Lines]:
    technology = register.technology(item.technology or "")
    reading = register.reading(technology.id)
    parts = [
        field("Technology", f"{technology.label} {technology.name}"),
        field("Stage", stage_name(register, technology.stage)),
        field("Tier", reading.tier.tier),
        field("Status", f"{reading.status.status}. {reading.status.meaning}"),
    ]
    gate = register.framework.route.gate(item.gate)
    if gate is not None:
        parts.append(field("Question", f"{gate.id} {gate.name}: {gate.question}"))
        if not item.outcome:
            found = register.gate(technology.id, gate.id, for_decision_by=body)
            missing = len(found.missing)
            state = f"{count(missing, 'thing')} missing" if missing else "nothing missing"
            parts.append(field("Gate", state))
    return parts


def interest_lines(register: Register, item: AgendaItem, *, keys: bool = True) -> Lines:
    """Who declared what, and what they did."""
    none = "None declared." + (" Press i to declare one." if keys else "")
    declared = [line(_interest(register, each)) for each in item.interests]
    return joined(declared) or line(none, MUTED)


def _interest(register: Register, each: Interest) -> str:
    return f"{register.name(each.person)}: {each.nature} ({each.kind}); {DID[each.action]}"
