"""Recording a decision line by line. What is refused is asked again, field by field."""

from __future__ import annotations

from typing import Any

from horizon.cli.plain.talk import Talk
from horizon.cli.signing import signed, signed_words
from horizon.framework.route import Body, Gate
from horizon.judgement.recording import touched
from horizon.model.errors import BadInput, Conflict, RuleBroken
from horizon.model.meeting import Meeting
from horizon.model.technology import Technology
from horizon.model.wording import count, day

WEIGHED = {
    "options": "Which options were considered? With semicolons between",
    "legal_basis": "Which power and condition is relied on",
    "proportionality": "Why is the end worth the means",
    "equality": "Which equality information was looked at",
    "dpo_advice": "What did the data protection officer advise",
    "independent_advice": "What did the independent advisers say",
    "trade_offs": "What was weighed against what",
}
"""What a body weighs, by the names that a gate asks for, and the question for each."""

ADVICE = ("dpo_advice", "independent_advice")


def decide(talk: Talk) -> None:
    """Ask for a body's decision and record it."""
    technology = talk.technology()
    register = talk.register
    gates = [register.framework.route.gate(each) for each in register.gates_here(technology.id)]
    here = {f"{each.id}, {each.name}": each for each in gates if each is not None}
    if not here:
        talk.say(f"No body can decide on {technology.label} at its present stage.")
        return
    gate = here[talk.choose("At which gate", list(here), needed=True)]
    _read_gate(talk, technology, gate)
    body, meeting = _where(talk, technology, gate)
    given: dict[str, Any] = {"body": body.id, "gate": gate.id}
    if meeting is not None:
        given["meeting"] = meeting.ref
        item = meeting.item_on(technology.id)
        given["item"] = item.number if item else None
        given["decided_on"] = meeting.on
    else:
        given["decided_on"] = talk.day("Decided on which day", held=register.today)
        if body.quorum:
            given["chair"] = talk.ask("Who decided alone, as the chair", needed=True)
    outcomes = {each.name: each for each in body.outcomes}
    outcome = outcomes[talk.choose("What did it decide", list(outcomes), needed=True)]
    given["outcome"] = outcome.id
    given["reasons"] = talk.ask("Why", needed=True)
    if outcome.effect.approves:
        given["considered"] = {name: _weighed(talk, name) for name in WEIGHED}
        given["conditions"] = _conditions(talk)
        given["expires_on"] = talk.day("The last day on which it holds", ahead=True)
    given["review_by"] = talk.day("When is it looked at again", ahead=True)
    _record(talk, technology, gate, given)


def _read_gate(talk: Talk, technology: Technology, gate: Gate) -> None:
    reading = talk.register.gate(technology.id, gate.id)
    missing = reading.missing
    talk.say(f"{count(len(missing), 'thing')} missing at gate {gate.id}." if missing else
             f"Gate {gate.id} is passed.")  # fmt: skip
    for each in missing:
        who = f" {each.who}" if each.who else ""
        talk.say(f"Missing: {each.words}.{who}")


def _where(talk: Talk, technology: Technology, gate: Gate) -> tuple[Body, Meeting | None]:
    """The body that decides, and the meeting at which, where it has the technology on its
    agenda."""
    route = talk.register.framework.route
    bodies = [each for each in route.bodies if each.id in gate.bodies]
    body = bodies[0]
    if len(bodies) > 1:
        named = {each.name: each for each in bodies}
        body = named[talk.choose("Which body decides", list(named), needed=True)]
    open_ = [
        each
        for each in talk.register.state.meetings.values()
        if each.body == body.id and not each.closed_at and each.item_on(technology.id)
    ]
    if not open_:
        if body.quorum:
            talk.say(f"{body.name} has no open meeting with {technology.label} on its agenda.")
        return body, None
    refs = {f"{each.ref}, {day(each.on)}": each for each in open_}
    return body, refs[talk.choose("At which meeting", list(refs), needed=True)]


def _weighed(talk: Talk, name: str) -> Any:
    """What was said of one thing that is weighed."""
    said = talk.ask(WEIGHED[name])
    if name == "options":
        return tuple(each.strip() for each in said.split(";") if each.strip())
    if name not in ADVICE:
        return said
    if not said:
        return {}
    followed = talk.choose("Was it followed", ["yes", "partly", "no"], needed=True)
    why_not = talk.ask("Why not", needed=True) if followed != "yes" else ""
    return {"given": said, "followed": followed, "why_not": why_not}


def _conditions(talk: Talk) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while True:
        text = talk.ask(f"Condition {len(found) + 1}", ways="empty where there is none more")
        if not text:
            return found
        found.append(
            {
                "text": text,
                "owner": talk.person("Who owns it", needed=True),
                "due": talk.day("Due on which day", needed=True, ahead=True),
                "evidence_needed": talk.ask("Which evidence shows that it is met", needed=True),
            }
        )


def _record(talk: Talk, technology: Technology, gate: Gate, given: dict[str, Any]) -> None:
    """Record what was said; ask again for whatever a refusal names, as often as it takes."""
    expect = talk.register.technology(technology.id).revision
    while True:
        try:
            recorded = talk.register.decide(technology.id, expect=expect, **given)
        except Conflict as error:
            talk.refused(error)
            if not talk.yes("Record the decision on what there is now?"):
                raise talk.GivenUp from None
            expect = error.found
        except (RuleBroken, BadInput) as error:
            talk.refused(error)
            if not _mended(talk, technology, gate, given, error):
                raise talk.GivenUp from None
        else:
            decision = signed(talk.register, recorded)
            carrying = count(len(decision.conditions), "condition")
            talk.say(f"{decision.number} recorded, with {carrying}.")
            for flag in decision.flags:
                talk.say(f"Flagged: {flag}.")
            if decision.signatures:
                talk.say(signed_words(talk.register, decision))
            return


def _mended(
    talk: Talk,
    technology: Technology,
    gate: Gate,
    given: dict[str, Any],
    error: RuleBroken | BadInput,
) -> bool:
    """Ask for what a refusal misses; `False` where that cannot be supplied here."""
    fields = error.fields if isinstance(error, RuleBroken) else {}
    asked = [name for name in fields if name in WEIGHED]
    considered = given.setdefault("considered", {})
    for name in asked:
        considered[name] = _weighed(talk, name)
    reasons = given.setdefault("item_reasons", {})
    held = talk.register.technology(technology.id)
    open_ = [e.item.id for e in touched(talk.register.framework, held, gate)]
    wanted = [each for each in open_ if each not in reasons]
    if isinstance(error, RuleBroken) and any(each in " ".join(error.missing) for each in wanted):
        for item in wanted:
            said = talk.ask(f"Why, in view of {item}", needed=True)
            reasons[item] = said
        return True
    return bool(asked)
