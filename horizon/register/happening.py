"""What one event changed, with its values: what was scored, answered or decided, from what to
what. `telling` says the same in one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from horizon.framework.schema import Framework
from horizon.model import events as ev
from horizon.model.assessment import Answer
from horizon.model.decision import Decision
from horizon.model.envelope import Event
from horizon.model.errors import HorizonError
from horizon.model.facts import Fact, FactValue
from horizon.model.technology import Details, Technology
from horizon.model.wording import day, field_in_words, in_words
from horizon.register.images import History, image
from horizon.register.reader import Reader
from horizon.register.tellers import stage_name
from horizon.register.telling_parts import Said


def happened(register: Reader, event: Event, history: History) -> list[Said]:
    """What an event changed, part by part; nothing where its sentence says it all. `history` is
    that of its subject. Whether scores may be shown is for the caller to know."""
    payload = event.payload()
    if isinstance(payload, ev.ScoresSubmitted):
        return list(_scored(register.framework, payload))
    if isinstance(payload, ev.DecisionRecorded):
        return list(_decided(register, payload.decision))
    if isinstance(payload, ev.TechnologyReopened):
        return list(_reopened(register, payload))
    if event.subject not in register.state.technologies:
        return []
    try:
        old = image(register.state, event.subject, history, event.seq - 1)
        new = image(register.state, event.subject, history, event.seq)
    except HorizonError:  # what it speaks of is there no more
        return []
    if old is None or new is None:
        return []
    return list(_changed(_Change(register, old, new)))


def _scored(framework: Framework, data: ev.ScoresSubmitted) -> Iterator[Said]:
    for key, score in data.scores.items():
        found = framework.criteria.get(key)
        said = "not applicable" if score.value == "na" else f"{score.value} of 5"
        yield Said(
            f"{said}, evidence {score.grade}",
            f"{key} {found.name}" if found else key,
            notes=(score.note,) if score.note else (),
        )


def _decided(register: Reader, decision: Decision) -> Iterator[Said]:
    route = register.framework.route
    body, gate = route.body(decision.body), route.gate(decision.gate)
    named = f"{decision.gate} ({gate.name})" if gate else decision.gate
    yield Said(route.outcome_name(decision.body, decision.outcome), "Outcome")
    yield Said(f"{body.name if body else decision.body}, at gate {named}", "Decided by")
    yield Said(day(decision.decided_on), "Decided on")
    yield Said(decision.reasons, "Reasons")
    for name, on in (("Holds until", decision.expires_on), ("Review by", decision.review_by)):
        if on is not None:
            yield Said(day(on), name)
    for each in decision.conditions:
        yield Said(
            each.text,
            f"Condition {each.number}",
            notes=(f"Owner: {register.name(each.owner)}. Due {day(each.due)}.",),
        )


def _reopened(register: Reader, data: ev.TechnologyReopened) -> Iterator[Said]:
    found, items = data.reopening, register.framework.items
    yield Said(found.reason, "What happened")
    yield Said(day(found.on), "On")
    yield Said(found.needed, "Needed")
    for key in found.items:
        yield Said(items[key].question if key in items else key, f"Asked again: {key}")
    if data.review_by is not None:
        yield Said(day(data.review_by), "Review by")


@dataclass(frozen=True, slots=True)
class _Change:
    """A technology before and after an event."""

    register: Reader
    old: Technology
    new: Technology


def _changed(change: _Change) -> Iterator[Said]:
    old, new = change.old, change.new
    if old.stage != new.stage:
        yield Said(_from_to(*(stage_name(change.register, e.stage) for e in (old, new))), "Stage")
    for field in (*Details.model_fields, "review_by"):
        was, now = getattr(old, field), getattr(new, field)
        if was != now:
            name = field_in_words(field)
            words = _from_to(*(_plain(change.register, field, each) for each in (was, now)))
            yield Said(words, name[:1].upper() + name[1:])
    names = change.register.framework.fact_names
    for fact in Fact:
        if old.facts.get(fact) is not new.facts.get(fact):
            yield Said(_from_to(_word(old.facts, fact), _word(new.facts, fact)), names[fact])
    yield from _answers(change)
    yield from _discharged(change)


def _answers(change: _Change) -> Iterator[Said]:
    items = change.register.framework.items
    for key in dict.fromkeys((*change.new.answers, *change.old.answers)):
        was, now = change.old.answers.get(key), change.new.answers.get(key)
        if was == now:
            continue
        notes = (now.note, _evidence(now.evidence)) if now else ()
        named = f"{key} {items[key].question}" if key in items else key
        yield Said(_answered(was, now), named, notes=tuple(each for each in notes if each))


def _evidence(references: Sequence[str]) -> str:
    return f"Evidence: {', '.join(references)}" if references else ""


def _answered(was: Answer | None, now: Answer | None) -> str:
    if was is not None and now is not None and was.answer is now.answer:
        return f"{now.answer}, as before"
    return _from_to(*(each.answer.value if each else "not answered" for each in (was, now)))


def _discharged(change: _Change) -> Iterator[Said]:
    for old, new in zip(change.old.decisions, change.new.decisions, strict=False):
        for was, now in zip(old.conditions, new.conditions, strict=False):
            if was.discharge is None and now.discharge is not None:
                met = now.discharge
                notes = (_evidence(met.evidence), met.note)
                yield Said(
                    f"{now.text}: met on {day(met.on)}",
                    f"Condition {now.number} of {new.number}",
                    notes=tuple(each for each in notes if each),
                )


def _from_to(was: str, now: str) -> str:
    return f"from {was} to {now}"


def _word(held: Mapping[Fact, FactValue], fact: Fact) -> str:
    return held[fact].value if fact in held else "not set"


_CLOSED = frozenset(("kind", "posture", "regime"))
"""Details that are one of a few words."""


def _plain(register: Reader, field: str, value: object) -> str:
    """A value as people read it."""
    if value in (None, "", ()):
        return "nothing"
    if isinstance(value, date):
        return day(value)
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    if field == "owner":
        return register.name(str(value))
    return in_words(str(value)) if field in _CLOSED else str(value)
