"""A technology as text, for people at a command line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from horizon.cli.output import cells, wrapped
from horizon.judgement.checklist import ItemReading
from horizon.judgement.gates import GateReading
from horizon.judgement.holding import why_not_now
from horizon.judgement.reading import Reading
from horizon.model.decision import Decision
from horizon.model.facts import FactValue
from horizon.model.technology import Technology
from horizon.model.wording import count, day, in_words, listed
from horizon.register import Register
from horizon.register.views import carried

INDENT = "  "
FIELD = 13
"""Columns of a field's name."""

LACKS = 5
"""How many missing things are named for each way onward."""


def described(register: Register, technology: Technology) -> Iterator[str]:
    """Everything a person wants to know of a technology, fitted to the terminal."""
    reading = register.reading(technology.id)
    yield from wrapped(f"{technology.label}  {technology.name}", rest=" " * 8)
    yield f"{register.framework.status_line}."
    if technology.illustrative:
        yield "Illustrative: not a real technology of a real force."
    yield ""
    yield from _standing(register, technology, reading)
    yield ""
    yield from _details(register, technology)
    yield from _section("Scores", _scores(register, technology, reading))
    yield from _section("Ethics checklist", _checklist(reading))
    yield from _section("Next", _next(register, technology))
    decisions = [
        line for each in technology.decisions for line in _decision(register, technology, each)
    ]
    yield from _section("Decisions", decisions)
    yield from _section("Reopened", _reopenings(register, technology))
    yield from _section("Sightings", _sightings(technology))
    yield from _section("Evidence", _evidence(technology))
    for each in carried(register, technology):
        merged = f"Merged into it: {each.label} {each.name}"
        held = [*_first_look(each), *_legacy(each), *_sightings(each), *_evidence(each)]
        yield from _section(merged, held or ["Nothing recorded."])
    yield from _section("From", _origins(technology))
    yield ""
    yield f"Revision {technology.revision}"


def _standing(register: Register, technology: Technology, reading: Reading) -> Iterator[str]:
    name = register.framework.route.stage_name(technology.stage)
    yield from _field("Stage", f"{name}, since {day(technology.stage_since)}")
    yield from _field("Standing", f"{reading.standing.words}.")
    if technology.superseded_by:
        successor = register.header(technology.superseded_by)
        name, by = ("Merged", "into") if technology.merged_into else ("Superseded", "by")
        yield from _field(name, f"{by} {successor.label} {successor.name}")
    yield from _field("Ended", technology.ended_reason)
    yield from _first_look(technology)
    status = " ".join([f"{reading.status.status.capitalize()}.", *reading.status.reasons])
    yield from _field("Status", status)
    yield from _field("Tier", _tier(register, reading))
    for deadline in reading.deadlines:
        yield from _field("OVERDUE" if deadline.overdue else "Due", f"{deadline.words}.")


def _first_look(technology: Technology) -> Iterator[str]:
    yield from _field("First look", technology.triage.words if technology.triage else "")


def _tier(register: Register, reading: Reading) -> str:
    spoke = reading.tier.because
    held = (each.rule.text for each in spoke if not each.unknown)
    words = [f"{reading.tier.tier.capitalize()}.", *held]
    unknown = dict.fromkeys(fact for each in spoke for fact in each.unknown)
    if unknown:
        open_ = (each.rule.text for each in spoke if each.unknown)
        words += ["Not ruled out, since facts are not known:", *open_]
        names = ", ".join(register.framework.fact_names[fact].lower() for fact in unknown)
        words.append(f"Not known, so counted as yes: {names}.")
    return " ".join(words)


def _legacy(technology: Technology) -> Iterator[str]:
    """What is known of its use before the register."""
    if technology.legacy:
        yield from _field("In use since", technology.legacy.in_use_since)
        yield from _field("Authority", technology.legacy.authority)
        yield from _field("Known of it", technology.legacy.known)


def _details(register: Register, technology: Technology) -> Iterator[str]:
    yield from _field("Kind", in_words(technology.kind))
    yield from _field("Also called", ", ".join(technology.aliases))
    yield from _field("Tags", ", ".join(technology.tags))
    yield from _field("Supplier", technology.supplier)
    yield from _field("Owner", register.name(technology.owner) if technology.owner else "Nobody")
    yield from _field("Problem", technology.problem)
    yield from _field("Summary", technology.summary)
    more = [
        f"horizon {technology.time_horizon}" if technology.time_horizon else "",
        f"TRL {technology.trl}" if technology.trl else "",
        f"posture {technology.posture}" if technology.posture else "",
        f"regime {in_words(technology.regime)}",
        technology.marking,
    ]
    yield from _field("Also", ", ".join(each for each in more if each))
    yield from _legacy(technology)
    yield from _field("Facts", _facts(register, technology))


def _facts(register: Register, technology: Technology) -> str:
    names = register.framework.fact_names
    groups: dict[str, list[str]] = {"yes": [], "unknown": [], "not set": []}
    for fact, name in names.items():
        value = technology.facts.get(fact)
        if value is not FactValue.NO:
            groups[value or "not set"].append(name.lower())
    if len(groups["not set"]) == len(names):
        return "None set yet, so each counts as yes."
    parts = [
        f"{value.capitalize()}: {', '.join(found)}" for value, found in groups.items() if found
    ]
    return ". ".join([*parts, "The rest: no" if parts else "All no"]) + "."


def _field(name: str, value: str) -> Iterator[str]:
    if value:
        yield from wrapped(value, first=f"{name + ':':<{FIELD}} ", rest=" " * (FIELD + 1))


def _section(name: str, lines: Iterable[str]) -> Iterator[str]:
    """A heading and its lines; a line that is wrapped goes on further in than it began."""
    found = list(lines)
    if not found:
        return
    yield ""
    yield name
    for line in found:
        text = line.lstrip(" ")
        begin = INDENT + line[: len(line) - len(text)]
        yield from wrapped(text, first=begin, rest=begin + INDENT * 2)


def _scores(register: Register, technology: Technology, reading: Reading) -> Iterator[str]:
    current = technology.open_round
    if current is not None:
        waiting = listed([register.name(each) for each in current.waiting_for])
        yield f"Round {current.number} is open and sealed. Waiting for {waiting or 'nobody'}."
    scores = reading.scores
    if scores.round is None:
        yield "No round has been closed yet."
        return
    yield f"Round {scores.round}, {count(scores.assessors, 'assessor')}:"
    readings = (*scores.principles, scores.overall)
    widest = max(cells(each.name) for each in readings)
    for each in readings:
        name = each.name + " " * (widest - cells(each.name))
        covered = "" if each.point is None else f", {each.coverage}% scored"
        yield f"  {name}  {each.text}{covered}"
    yield from scores.flags


def _checklist(reading: Reading) -> Iterator[str]:
    checklist = reading.checklist
    applying = count(len(checklist.applicable), "question applies", "questions apply")
    yield f"{applying} for {checklist.phase}, {len(checklist.open)} open."
    red = [f"{each.item.id} {each.line}" for each in checklist.red_lines]
    groups = (
        ("Red lines", ", ".join(red)),
        ("Blocks too", _ids([each for each in checklist.blockers if not each.red_line])),
        ("Becomes a condition", _ids(checklist.conditions)),
        ("Advisory", _ids(checklist.advisories)),
        ("Open", _ids(checklist.open)),
    )
    yield from (f"{name}: {text}" for name, text in groups if text)


def _ids(items: Sequence[ItemReading]) -> str:
    return ", ".join(each.item.id for each in items)


def _next(register: Register, technology: Technology) -> Iterator[str]:
    for way in register.framework.route.ways_from(technology.stage):
        if way.origin == "*":
            continue
        missing = register.way(technology.id, way.to)
        gate = register.framework.route.gate(way.gate) if way.gate else None
        name = f"To {register.framework.route.stage_name(way.to).lower()}"
        through = f" through gate {gate.id} ({gate.name})" if gate else ""
        yield f"{name}{through}: {f'{len(missing)} missing' if missing else 'the way is open'}"
        for lack, who in missing[:LACKS]:
            yield f"  {f'{lack}. {who}' if who else lack}"
        if len(missing) > LACKS:
            rest = f"  and {len(missing) - LACKS} more"
            yield rest + (f": horizon gate {technology.label} {gate.id}" if gate else "")


def _decision(register: Register, technology: Technology, decision: Decision) -> Iterator[str]:
    why, today = "", register.today
    if decision.effect.approves and decision.phase is not None and not decision.superseded_by:
        why = "" if decision.is_unratified(today) else why_not_now(technology, decision, today)
    body = register.framework.route.body(decision.body)
    said = register.framework.route.outcome_name(decision.body, decision.outcome)
    words = [
        f"{decision.number}  {body.name if body else decision.body}, gate {decision.gate}",
        f"{day(decision.decided_on)}: {said}",
        f"expires {day(decision.expires_on)}" if decision.expires_on else "",
        f"review by {day(decision.review_by)}" if decision.review_by else "",
        f"superseded by {decision.superseded_by}" if decision.superseded_by else "",
        f"DOES NOT HOLD ({why})" if why else "",
        _ratification(register, decision),
        f"{count(len(decision.dissent), 'dissent')} recorded" if decision.dissent else "",
    ]
    yield ", ".join(each for each in words if each)
    for condition in decision.conditions:
        state = "discharged" if condition.discharge else f"due {day(condition.due)}"
        if condition.is_overdue(register.today):
            state = f"OVERDUE, was due {day(condition.due)}"
        owner = register.name(condition.owner)
        yield f"  Condition {condition.number} ({state}, {owner}): {condition.text}"
    for override in decision.overrides:
        siro, until = register.name(override.siro), day(override.expires_on)
        yield f"  {override.item} set aside until {until} ({siro}): {override.reason}"


def _ratification(register: Register, decision: Decision) -> str:
    """What became of a decision made out of a meeting."""
    if decision.ratified is not None:
        return f"ratified at {decision.ratified.meeting}"
    if decision.is_unratified(register.today):
        return "LAPSED, as it was not ratified"
    if decision.ratify_by is not None:
        return f"lapses unless ratified by {day(decision.ratify_by)}"
    return ""


def _reopenings(register: Register, technology: Technology) -> Iterator[str]:
    """What has happened that makes a body look again, and what the owner is to supply."""
    for each in technology.reopenings:
        found = register.framework.route.trigger(each.trigger)
        name = found.name if found else each.trigger
        yield f"{day(each.on)}  {name}: {each.reason}"
        if each.settled_by:
            yield f"  Answered by {each.settled_by}"
            continue
        owner = register.name(technology.owner) if technology.owner else "Its owner, once named,"
        holds = " Until a body decides again, no approval holds." if each.suspends else ""
        yield f"  {owner} supplies: {each.needed}.{holds}"
        if each.items:
            yield f"  To answer again: {', '.join(each.items)}"


def _sightings(technology: Technology) -> Iterator[str]:
    for each in technology.sightings:
        said = ": ".join(part for part in (each.source, each.title) if part)
        yield "  ".join(part for part in (day(each.seen_on), said, each.url) if part)


def _origins(technology: Technology) -> Iterator[str]:
    """The rows of imports that it comes from."""
    for each in technology.origins:
        gone = (
            f", which does not list it any more since {day(each.gone_on)}" if each.gone_on else ""
        )
        yield f"{each.place}, list {each.source!r}{gone}"


def _evidence(technology: Technology) -> Iterator[str]:
    for each in technology.evidence:
        version = f", version {each.version}" if each.version else ""
        ends = f", ends {day(each.ends_on)}" if each.ends_on else ""
        yield f"{each.id}  {each.title}{version}, {day(each.dated)}{ends}"


def gate_text(reading: GateReading) -> Iterator[str]:
    """A gate's findings, met and missing."""
    yield from wrapped(f"Gate {reading.gate.id}: {reading.gate.name}")
    yield from wrapped(reading.gate.question)
    for finding in reading.findings:
        mark = "met    " if finding.met else "MISSING"
        text = finding.text if finding.met else f"{finding.words}. {finding.who}"
        yield from wrapped(text, first=f"  {mark}  ", rest=" " * 11)
    yield "The gate is passed." if reading.passes else "The gate is not passed."
