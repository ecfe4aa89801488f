"""A technology in words: what it is, how it stands, what its tier rests on."""

from __future__ import annotations

from horizon.model.assessment import Evidence
from horizon.model.facts import FactValue
from horizon.model.technology import Origin, Sighting, Technology
from horizon.model.triage import WHEN_IN_USE
from horizon.model.wording import day, in_words
from horizon.register import Register
from horizon.register.desk import written_on
from horizon.register.views import carried
from horizon.tui.pages import field, heading, joined, line, stage_name, successor
from horizon.tui.widgets.page import MUTED, Lines

HORIZONS = {each: f"{each}, in ordinary use {words}" for each, words in WHEN_IN_USE.items()}
"""Time horizons in words."""


NO_FACTS = "No fact is set yet, and what is not known counts as yes. Press f to set them."
"""Why the tier is what it is, in place of every rule that an unknown fact makes speak."""


def overview(register: Register, technology: Technology) -> Lines:
    """What it is, how it stands, what its tier rests on."""
    reading = register.reading(technology.id)
    parts = [
        field(
            "Stage",
            f"{stage_name(register, technology.stage)}, since {day(technology.stage_since)}",
        ),
        field("Standing", reading.standing.words, "bold"),
        field("Status", f"{reading.status.status}. {' '.join(reading.status.reasons)}".rstrip()),
        field("", reading.status.meaning, MUTED),
        field("Tier", reading.tier.tier, "bold"),
    ]
    because = [each.words for each in reading.tier.because]
    parts += [field("", each) for each in (because if technology.facts else (NO_FACTS,))]
    for deadline in reading.deadlines:
        parts.append(field("Overdue" if deadline.overdue else "Due", deadline.words))
    parts += [
        field("Kind", in_words(technology.kind)),
        field("Aliases", ", ".join(technology.aliases)),
        field("Tags", ", ".join(technology.tags)),
        field("Supplier", technology.supplier),
        field("Owner", register.name(technology.owner) if technology.owner else "nobody yet"),
        field("Readiness", f"TRL {technology.trl} of 9" if technology.trl else "not recorded"),
        field("Horizon", HORIZONS[technology.time_horizon] if technology.time_horizon else ""),
        field("Posture", technology.posture or ""),
        field("Regime", in_words(technology.regime)),
        field("Marking", technology.marking),
    ]
    for each in technology.open_reopenings:
        held = "its approval is suspended. " if each.suspends else ""
        said = f"{day(each.on)}: {each.reason} Now: {held}Needed: {each.needed}."
        parts.append(field("Reopened", said, "bold"))
    parts += legacy(technology)
    parts.append(field("Goes on as", successor(register, technology)))
    parts.append(field("Ended", technology.ended_reason))
    parts.append(first_look(technology))
    for title, text in (("Problem", technology.problem), ("Summary", technology.summary)):
        if text:
            parts += [heading(title), line(text)]
    parts += [heading("Facts"), facts(register, technology)]
    parts.append(heading("Sightings"))
    parts += [line(seen(each)) for each in technology.sightings] or [
        line("None yet. Press o to add one.", MUTED)
    ]
    parts.append(heading("Evidence"))
    nothing = [line("None yet. Press v to attach a document.", MUTED)]
    parts += [line(document(register, each)) for each in technology.evidence] or nothing
    if technology.notes:
        parts.append(heading("Notes"))
        parts += [
            line(f"{day(written_on(each.at))}  {register.name(each.by)}: {each.text}")
            for each in technology.notes
        ]
    for merged in carried(register, technology):
        parts.append(heading(f"Merged into it: {merged.label} {merged.name}"))
        parts += [first_look(merged), *legacy(merged)]
        parts += [line(f"{day(e.seen_on)}  {e.source} {e.url}") for e in merged.sightings]
        parts += [line(document(register, each)) for each in merged.evidence]
    if technology.origins:
        parts.append(heading("From"))
        parts += [line(origin(each)) for each in technology.origins]
    return joined(parts)


def seen(sighting: Sighting) -> str:
    """Where and when it was seen, and what was seen there if anybody said."""
    where = f"{day(sighting.seen_on)}  {sighting.source} ({sighting.source_type})"
    what = f"{sighting.title} {sighting.url}".strip()
    return f"{where}: {what}" if what else where


def first_look(technology: Technology) -> Lines:
    """What somebody found at a first look, if anybody took one."""
    return field("First look", technology.triage.words if technology.triage else "")


def legacy(technology: Technology) -> list[Lines]:
    """What is known of its use before the register."""
    known = technology.legacy
    if known is None:
        return []
    return [
        field("In use since", known.in_use_since),
        field("Authority", known.authority),
        field("Known", known.known),
    ]


def origin(each: Origin) -> str:
    """The row of an import in one line."""
    gone = f", which does not list it any more since {day(each.gone_on)}" if each.gone_on else ""
    return f"{each.place}, list {each.source!r}{gone}"


def document(register: Register, each: Evidence) -> str:
    """A reference to a document in one line."""
    kind = register.framework.route.document(each.document)
    named = f"{each.title} {each.version}".strip()
    parts = [f"{each.id}  {named}, {day(each.dated)}", kind.name if kind else ""]
    parts.append(f"kept at {each.location}" if each.location else "")
    parts.append(f"ends on {day(each.ends_on)}" if each.ends_on else "")
    parts.append(f"SHA-256 {each.sha256[:12]}" if each.sha256 else "")
    return "; ".join(part for part in parts if part)


def facts(register: Register, technology: Technology) -> Lines:
    names = register.framework.fact_names
    parts = []
    for value in FactValue:
        held = [names[f] for f in names if technology.facts.get(f) is value]
        if held:
            parts.append(field(value.capitalize(), ", ".join(held)))
    unset = [names[f] for f in names if f not in technology.facts]
    if unset:
        parts.append(field("Not set", f"{', '.join(unset)} (counted as yes). Press f to set."))
    return joined(parts)
