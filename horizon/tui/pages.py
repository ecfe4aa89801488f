"""A technology in words and figures, tab by tab. No meaning by colour alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from horizon.judgement.agreement import agreement_of, leniency
from horizon.judgement.checklist import Finding, ItemReading, RedLine
from horizon.judgement.scoring import Cell, ScoresReading
from horizon.judgement.waterfall import waterfall
from horizon.model.facts import FactValue
from horizon.model.technology import Evidence, Origin, Technology
from horizon.model.wording import count, day, in_words
from horizon.model.words import EvidenceGrade, TimeHorizon
from horizon.register import Register
from horizon.register.views import carried
from horizon.tui.widgets.page import LABEL, MUTED, Line, Lines

HORIZONS = {
    TimeHorizon.H1: "H1, in ordinary use within 2 years",
    TimeHorizon.H2: "H2, in ordinary use in 2 to 5 years",
    TimeHorizon.H3: "H3, in ordinary use later",
}
"""Time horizons in words."""


def line(text: str = "", style: str = "", *, indent: int = 0) -> Lines:
    """One paragraph."""
    return (Line(text, style, lead=" " * indent),)


def field(name: str, value: str, style: str = "") -> Lines:
    """A name and its value; nothing where there is no value."""
    named = f"{name}: " if name else ""
    lead = f"{named:<{LABEL}}"
    return (Line(value, style, lead=lead, lead_style=MUTED),) if value else ()


def heading(text: str) -> Lines:
    return (Line(), Line(text, "bold $primary"))


def joined(parts: Iterable[Lines]) -> Lines:
    return tuple(each for part in parts for each in part)


def stage_name(register: Register, stage_id: str) -> str:
    stage = register.framework.route.stage(stage_id)
    return stage.name if stage else stage_id


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
    parts.append(field("Ended", technology.ended_reason))
    parts.append(first_look(technology))
    for title, text in (("Problem", technology.problem), ("Summary", technology.summary)):
        if text:
            parts += [heading(title), line(text)]
    parts += [heading("Facts"), facts(register, technology)]
    parts.append(heading("Sightings"))
    parts += [
        line(f"{day(each.seen_on)}  {each.source} ({each.source_type}): {each.title} {each.url}")
        for each in technology.sightings
    ] or [line("None yet. Press o to add one.", MUTED)]
    parts.append(heading("Evidence"))
    nothing = [line("None yet. Press v to attach a document.", MUTED)]
    parts += [line(document(register, each)) for each in technology.evidence] or nothing
    if technology.notes:
        parts.append(heading("Notes"))
        parts += [
            line(f"{each.at[:10]}  {register.name(each.by)}: {each.text}")
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


GRADES = {
    EvidenceGrade.A: "own measured trial",
    EvidenceGrade.B: "independent evaluation or another force's pilot",
    EvidenceGrade.C: "documents reviewed",
    EvidenceGrade.D: "supplier claim or opinion",
}

CELLS = f"{'':<5}{'Scores':<8}{'Median':<8}{'Evidence':<10}Criterion"

BAR = 30
"""Characters of an interval as it is drawn."""

FIGURES = 38
"""Characters that a principle's name and figures take."""


def bar(low: int, high: int, mid: int | None, size: int = BAR) -> str:
    """An interval of 0 to 1000 as text, `size` characters and one long: `   ├──●──┤   `."""
    at = [" "] * (size + 1)
    first, last = low * size // 1000, -(-high * size // 1000)
    for place in range(first, last + 1):
        at[place] = "─"
    at[first], at[last] = "├", "┤"
    if first == last:
        at[first] = "┼"
    if mid is not None:
        at[mid * size // 1000] = "●"
    return "".join(at)


def scores_of(reading: ScoresReading, room: int = 80) -> Lines:
    """Principles with their intervals, for a round or a preview, drawn where `room` characters
    leave space for it."""
    size = min(BAR, room - FIGURES)
    parts = []
    for each in (*reading.principles, reading.overall):
        style = "bold" if each.id == "overall" else ""
        mid = each.mid if each.coverage else None
        drawn = f"{bar(each.low, each.high, mid, size)} " if size >= BAR // 3 else ""
        parts.append(line(f"{each.name:<16} {drawn}{each.text}", style))
    return joined(parts)


def scores(register: Register, technology: Technology) -> Lines:
    """The newest closed round, and who has still to submit to an open one."""
    parts: list[Lines] = []
    current = technology.open_round
    if current is not None:
        done = [register.name(each) for each in current.submissions]
        waiting = [register.name(each) for each in current.waiting_for]
        parts.append(line(f"Round {current.number} is open and sealed.", "bold"))
        parts.append(field("Submitted", ", ".join(done) or "nobody yet"))
        parts.append(field("Waiting for", ", ".join(waiting) or "nobody"))
        early = " early, with a reason" if waiting else ""
        parts.append(line(f"Shift+S closes it{early}. Then everybody sees the scores.", MUTED))
        parts.append(line())
    reading = register.reading(technology.id).scores
    if reading.round is None:
        hint = "" if current else " Press s to open a round and name its assessors."
        return joined([*parts, line(f"No round has been closed yet.{hint}", MUTED)])
    people = count(reading.assessors, "assessor")
    parts.append(line(f"Round {reading.round}, {people}", "bold"))
    parts.append(scores_of(reading))
    parts.append(line(waterfall(reading).text, MUTED))
    parts.append(line(_agreement(technology), MUTED))
    parts += _leniency(register, technology)
    parts += [line(f"Note: {flag}") for flag in reading.flags]
    parts.append(heading(f"Minimums for {reading.phase}"))
    for gate in reading.gates:
        cell = reading.cells[gate.criterion.id]
        parts.append(
            line(
                f"{gate.state.upper():<5} {gate.criterion.id:<4} {gate.criterion.name}: needs "
                f"{gate.minimum}, has {cell.text}"
            )
        )
    for principle in register.framework.principles:
        parts.append(heading(principle.name))
        parts.append(line(CELLS, MUTED))
        parts += [cell_line(reading.cells[each.id], each.name) for each in principle.criteria]
    parts.append(heading("Strategic fit (shown, not scored)"))
    parts.append(line(CELLS, MUTED))
    parts += [cell_line(each.cell, each.name) for each in reading.objectives]
    parts += [heading("Evidence"), *[line(f"{grade}  {text}") for grade, text in GRADES.items()]]
    return joined(parts)


def _agreement(technology: Technology) -> str:
    """How far the assessors of the newest closed round agree."""
    closed = technology.closed_round
    found = agreement_of(closed) if closed else None
    if found is None:
        return "Agreement: not enough to say."
    return f"Agreement of the assessors: {found:.2f} (ordinal alpha; 1 is perfect, 0 is chance)."


def _leniency(register: Register, technology: Technology) -> list[Lines]:
    """Who of the round's assessors scores higher or lower than others, over ten technologies."""
    closed = technology.closed_round
    told = register.kept("leniency", lambda: leniency(_scored(register)))
    found = []
    for person in closed.submissions if closed else ():
        if person in told:
            apart, over = told[person]
            way = "above" if apart >= 0 else "below"
            said = f"{abs(apart):.1f} levels {way} the others, over {over} technologies"
            found.append(line(f"{register.name(person)} scores {said}.", MUTED))
    return found


def _scored(register: Register) -> Iterator[Technology]:
    """The technologies with a scoring round."""
    for header in register.state.technologies.headers():
        if header.rounds:
            yield register.state.technologies[header.id]


def cell_line(cell: Cell, name: str) -> Lines:
    """One criterion: every score's range, its median, the grades of its evidence."""
    mark = ", assessors disagree" if cell.disagree else ""
    if not cell.applicable or not cell.levels:
        return (Line(name, lead=f"{cell.criterion.id:<5}{cell.text:<26}"),)
    low, high = cell.levels[0], cell.levels[-1]
    count_ = len(cell.levels)
    doubled = cell.levels[(count_ - 1) // 2] + cell.levels[count_ // 2]
    median = f"{doubled // 2}{'.5' if doubled % 2 else ''}"
    scored = str(low) if low == high else f"{low}-{high}"
    grades = ", ".join(dict.fromkeys(cell.grades))
    lead = f"{cell.criterion.id:<5}{scored:<8}{median:<8}{grades:<10}"
    return (Line(name + mark, "bold" if mark else "", lead=lead),)


def ethics(register: Register, technology: Technology) -> Lines:
    """Red lines and blockers first, then the rest by theme."""
    checklist = register.reading(technology.id).checklist
    parts = [
        line(
            f"Questions that apply for {checklist.phase}: {len(checklist.applicable)}. "
            f"Open: {len(checklist.open)}. Blocking: {len(checklist.blockers)}. "
            f"Becoming conditions: {len(checklist.conditions)}.",
            "bold",
        ),
        line("Press e to answer.", MUTED),
    ]
    if checklist.red_lines:
        parts.append(heading("Red lines: no score outweighs them and nobody can waive them"))
        parts += [item_line(each) for each in checklist.red_lines]
    groups = [
        ("Blocks", [each for each in checklist.blockers if not each.red_line]),
        ("Open: nobody has said yes, partly, no or not applicable", list(checklist.open)),
    ]
    groups += [
        (theme.name, [each for each in checklist.applicable if each.theme == theme.id])
        for theme in register.framework.themes
    ]
    shown = {each.item.id for each in checklist.red_lines}
    for title, group in groups:
        rest = [each for each in group if each.item.id not in shown]
        if rest:
            parts += [heading(title), *[item_line(each) for each in rest]]
        shown.update(each.item.id for each in rest)
    not_asked = [each.item.id for each in checklist.items if not each.applies]
    if not_asked:
        parts += [heading("Does not apply"), line(", ".join(not_asked), MUTED)]
    return joined(parts)


def item_line(each: ItemReading) -> Lines:
    """One question with its answer, what that does, and what it rests on."""
    said = each.value if each.answer else "not answered"
    does = f"red line {each.line}" if each.line is not None else each.finding
    style = "bold" if each.finding is Finding.BLOCKS or each.line is RedLine.CROSSED else ""
    head = (Line(f"{said}: {does}", style, lead=f"{each.item.id:<5}", lead_style=style),)
    rest = line(each.item.question, MUTED, indent=5)
    if each.answer and each.answer.note:
        rest += line(f"Note: {each.answer.note}", indent=5)
    if each.answer and each.answer.evidence:
        rest += line(f"Evidence: {', '.join(each.answer.evidence)}", MUTED, indent=5)
    return head + rest
