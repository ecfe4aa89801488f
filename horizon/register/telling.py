"""Events in words: one plain sentence for each, for History, the audit and conflicts."""

from __future__ import annotations

from typing import Any

from horizon.model import events as ev
from horizon.model.envelope import Event
from horizon.model.facts import FactValue
from horizon.model.wording import count, day, field_in_words
from horizon.model.words import Edition
from horizon.register import (
    telling_brought,  # noqa: F401  (keeps its tellers)
    telling_intake,  # noqa: F401  (keeps its tellers)
    telling_meetings,  # noqa: F401  (so does it)
    telling_sharing,  # noqa: F401  (and so does it)
    telling_signing,  # noqa: F401  (and so does it)
    telling_undo,  # noqa: F401  (and so does it)
)
from horizon.register.tellers import (
    TELLERS,
    Speaker,
    because,
    body_name,
    kind_in_words,
    stage_name,
    telling,
)


def tell(event: Event, speaker: Speaker) -> str:
    """What an event says, without who and when. Scores themselves are never told: they may be
    sealed."""
    payload = event.payload()
    if payload is None:
        return f"erased ({kind_in_words(event.kind)})"
    return TELLERS[event.kind](payload, speaker)


@telling(ev.RegisterCreated)
def _(data: ev.RegisterCreated, speaker: Speaker) -> str:
    if data.carried_head:
        return f"took over the register {data.name!r} without its journal"
    return f"created the register {data.name!r}"


@telling(ev.FormatRaised)
def _(data: ev.FormatRaised, speaker: Speaker) -> str:
    kept = f"; what was there is kept as {data.kept}" if data.kept else ""
    return f"carried the register from format {data.origin} to format {data.to}{kept}"


@telling(ev.TechnologyCarried)
def _(data: ev.TechnologyCarried, speaker: Speaker) -> str:
    return f"carried {data.technology.label} over from a register whose journal is missing"


@telling(ev.HistoryAccepted)
def _(data: ev.HistoryAccepted, speaker: Speaker) -> str:
    return f"accepted that earlier history is missing{because(data.reason)}"


@telling(ev.FrameworkAdopted)
def _(data: ev.FrameworkAdopted, speaker: Speaker) -> str:
    title, version = data.framework.get("title", "framework"), data.framework.get("version", "?")
    return f"brought into use in this register: {title}, version {version}{because(data.reason)}"


@telling(ev.PersonNamed)
def _(data: ev.PersonNamed, speaker: Speaker) -> str:
    known = [data.role, data.organisation, "data protection officer" if data.dpo else ""]
    known += [f"tied to {each}" for each in data.ties]
    said = "; ".join(each for each in known if each)
    return f"named {data.name}" + (f" ({said})" if said else "")


@telling(ev.TechnologyProposed)
def _(data: ev.TechnologyProposed, speaker: Speaker) -> str:
    different = f"; not a duplicate{because(data.different_because)}"
    return f"proposed {data.details.name!r}" + (different if data.different_because else "")


@telling(ev.LegacyEntered)
def _(data: ev.LegacyEntered, speaker: Speaker) -> str:
    return f"entered {data.details.name!r} as already in use, review by {day(data.review_by)}"


@telling(ev.SightingAdded)
def _(data: ev.SightingAdded, speaker: Speaker) -> str:
    return f"added a sighting: {data.sighting.source}, {day(data.sighting.seen_on)}"


@telling(ev.DetailsAmended)
def _(data: ev.DetailsAmended, speaker: Speaker) -> str:
    def shown(field: str, value: Any) -> str:
        if field == "owner" and isinstance(value, str):
            value = speaker.name(value)
        if isinstance(value, list):
            value = ", ".join(map(str, value))
        named = field_in_words(field)
        return f"{named} to {value!r}" if value else f"{named} to nothing"

    changes = "; ".join(shown(field, value) for field, value in data.changes.items())
    return f"changed {changes}{because(data.reason)}"


@telling(ev.FactsSet)
def _(data: ev.FactsSet, speaker: Speaker) -> str:
    names = speaker.framework.fact_names
    groups = []
    for value in FactValue:
        facts = [
            names.get(fact, fact).lower() for fact, each in data.facts.items() if each is value
        ]
        if facts:
            groups.append(f"{value}: {', '.join(facts)}")
    note = f" ({data.note})" if data.note else ""
    return f"set facts to {'; '.join(groups)}{note}"


@telling(ev.RoundOpened)
def _(data: ev.RoundOpened, speaker: Speaker) -> str:
    people = ", ".join(speaker.name(each) for each in data.assessors)
    return f"opened scoring round {data.round} for {people}"


@telling(ev.ScoresSubmitted)
def _(data: ev.ScoresSubmitted, speaker: Speaker) -> str:
    return f"submitted {len(data.scores)} scores in round {data.round}"


@telling(ev.RoundClosed)
def _(data: ev.RoundClosed, speaker: Speaker) -> str:
    return f"closed scoring round {data.round}{because(data.reason)}"


@telling(ev.AnswersGiven)
def _(data: ev.AnswersGiven, speaker: Speaker) -> str:
    answers = ", ".join(f"{item} {each.answer}" for item, each in data.answers.items())
    return f"answered {answers}"


@telling(ev.EvidenceAttached)
def _(data: ev.EvidenceAttached, speaker: Speaker) -> str:
    evidence = data.evidence
    version = f" {evidence.version}" if evidence.version else ""
    return f"attached {evidence.id}: {evidence.title}{version}, {day(evidence.dated)}"


@telling(ev.StageMoved)
def _(data: ev.StageMoved, speaker: Speaker) -> str:
    origin, to = stage_name(speaker, data.origin), stage_name(speaker, data.to)
    gate = f" through gate {data.gate}" if data.gate else ""
    return f"moved from {origin} to {to}{gate}{because(data.reason)}"


@telling(ev.DecisionRecorded)
def _(data: ev.DecisionRecorded, speaker: Speaker) -> str:
    decision = data.decision
    said = speaker.framework.route.outcome_name(decision.body, decision.outcome)
    conditions = len(decision.conditions)
    if decision.correction:
        return f"corrected {decision.supersedes} as {decision.number}{because(decision.correction)}"
    with_conditions = f", {conditions} condition{'s' if conditions > 1 else ''}"
    return (
        f"recorded decision {decision.number} of {body_name(speaker, decision.body)} at gate "
        f"{decision.gate} on {day(decision.decided_on)}: {said}"
        + (with_conditions if conditions else "")
    )


@telling(ev.DecisionLapsed)
def _(data: ev.DecisionLapsed, speaker: Speaker) -> str:
    return f"{data.decision} lapsed: it was not ratified at {data.lapsed.meeting}"


@telling(ev.TechnologyReopened)
def _(data: ev.TechnologyReopened, speaker: Speaker) -> str:
    found = speaker.framework.route.trigger(data.reopening.trigger)
    name = found.name.lower() if found else data.reopening.trigger
    asked = f", {', '.join(data.reopening.items)} to answer again" if data.reopening.items else ""
    return f"reopened it ({name}){asked}{because(data.reopening.reason)}"


@telling(ev.ConditionDischarged)
def _(data: ev.ConditionDischarged, speaker: Speaker) -> str:
    evidence = ", ".join(data.discharge.evidence)
    return f"discharged condition {data.condition} of {data.decision} on {evidence}"


@telling(ev.DischargeTakenBack)
def _(data: ev.DischargeTakenBack, speaker: Speaker) -> str:
    return (
        f"recorded that condition {data.condition} of {data.decision} was not met after all"
        f"{because(data.reason)}"
    )


@telling(ev.ReviewDateSet)
def _(data: ev.ReviewDateSet, speaker: Speaker) -> str:
    return f"set the review date to {day(data.review_by)}{because(data.reason)}"


@telling(ev.TechnologyWithdrawn)
def _(data: ev.TechnologyWithdrawn, speaker: Speaker) -> str:
    return f"withdrew it{because(data.reason)}"


@telling(ev.TechnologySuperseded)
def _(data: ev.TechnologySuperseded, speaker: Speaker) -> str:
    return f"superseded it by {speaker.label(data.successor)}{because(data.reason)}"


@telling(ev.TextsReleased)
def _(data: ev.TextsReleased, speaker: Speaker) -> str:
    kept_back = sum(not each.text for each in data.texts.values())
    released = len(data.texts) - kept_back
    said = [f"released {count(released, 'text')} for publication"]
    if kept_back:
        said.append(f"kept {kept_back} back")
    return " and ".join(said if released else said[1:])


@telling(ev.DataErased)
def _(data: ev.DataErased, speaker: Speaker) -> str:
    events = ", ".join(str(seq) for seq in data.events)
    return f"erased the data of event {events}{because(data.reason)}"


@telling(ev.PaperIssued)
def _(data: ev.PaperIssued, speaker: Speaker) -> str:
    edition = "" if data.edition is Edition.INTERNAL else f", {data.edition} edition"
    how = f"({data.format}{edition})"
    if data.about:
        return f"issued {data.what} {data.reference} of {data.about} {how}"
    if data.what != "paper":
        return f"exported {data.what} {data.reference} {how}"
    on = f", {day(data.meeting_on)}" if data.meeting_on else ""
    meeting = f" for {body_name(speaker, data.body)}{on}" if data.body else ""
    return f"issued paper {data.reference}{meeting} {how}"
