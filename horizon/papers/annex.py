"""The annex of one technology: everything a member needs to decide on it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from horizon.framework.schema import Framework
from horizon.judgement.gate_needs import GateFinding
from horizon.judgement.gates import GateReading
from horizon.judgement.standing import StandingKind
from horizon.judgement.tiers import TierReading
from horizon.model.facts import Fact, FactValue, value_of
from horizon.model.technology import Technology
from horizon.model.wording import count, day, in_words
from horizon.model.words import Marking, Regime
from horizon.papers.assessment import checklist_section, red_lines, score_bars, scores_section
from horizon.papers.blocks import (
    Block,
    Cell,
    Heading,
    KeyValues,
    PageBreak,
    Paragraph,
    Table,
    Tone,
    bold,
    runs,
)
from horizon.papers.items import Item, condition_state, outcome_name, what_became
from horizon.papers.status_words import standing_tone, status_cell
from horizon.papers.template import ALL_SHOWN, Shown
from horizon.register.reader import Reader

_REGIMES = {
    Regime.LAW_ENFORCEMENT: "Law enforcement (Data Protection Act 2018, Part 3)",
    Regime.UK_GDPR: "UK GDPR",
    Regime.BOTH: "Law enforcement (Data Protection Act 2018, Part 3), and UK GDPR",
    Regime.UNKNOWN: "Not known",
}


def annex(
    register: Reader, item: Item, as_at: date, shows: Collection[Shown] = ALL_SHOWN
) -> Iterator[Block]:
    """The annex of one item, on a page of its own, with what it is to show."""
    on_route = item.reading.standing.kind is not StandingKind.ENDED
    yield PageBreak()
    yield Heading(level=1, text=f"Annex {item.annex}: {item.named}")
    if "particulars" in shows:
        yield _particulars(register, item, as_at)
    if "gate" in shows:
        for gate in item.gates:
            yield from _gate(gate)
    if "red lines" in shows and on_route:
        yield from red_lines(item.reading.checklist)
    if "checklist" in shows and on_route:
        yield from checklist_section(register.framework, item.reading.checklist)
    if "scores" in shows:
        yield from scores_section(item.technology, item.reading.scores)
    if "bars" in shows:
        yield from score_bars(item.reading.scores)
    if "facts" in shows:
        yield from _facts(register.framework, item.technology)
    if "decisions" in shows:
        yield from _decisions(register, item.technology, as_at)
        yield from _reopenings(register, item.technology)


def _particulars(register: Reader, item: Item, as_at: date) -> KeyValues:
    technology, reading = item.technology, item.reading
    stage_name = register.framework.route.stage_name(technology.stage)
    depth = register.framework.tier_depth(reading.tier.tier)
    ready = [
        f"Readiness level {technology.trl} of 9" if technology.trl else "",
        f"Time horizon {technology.time_horizon}" if technology.time_horizon else "",
        f"Posture: {technology.posture}" if technology.posture else "",
    ]
    pairs = {
        "What it is": Cell(text=technology.summary),
        "Problem": Cell(text=technology.problem),
        "Status": status_cell(reading, " ".join(reading.status.reasons)),
        "Standing": Cell(text=reading.standing.words, tone=standing_tone(reading.standing)),
        "Stage": Cell(text=f"{stage_name}, since {day(technology.stage_since)}"),
        "Tier of review": Cell(text=depth.name, bold=True, note=_spoke(reading.tier)),
        "Owner": Cell(text=register.name(technology.owner) if technology.owner else "Nobody"),
        "Supplier": Cell(text=technology.supplier),
        "Kind": Cell(text=in_words(technology.kind)),
        "Maturity": Cell(text=". ".join(each for each in ready if each)),
        "Data protection": Cell(text=_REGIMES[technology.regime]),
        "Next review": _review(technology, as_at),
    }
    if technology.marking is not Marking.OFFICIAL:
        pairs["Marking"] = Cell(text=technology.marking)
    if technology.ended_reason:
        pairs["Why it ended"] = Cell(text=technology.ended_reason)
    if technology.legacy is not None:
        pairs["In use since"] = Cell(text=technology.legacy.in_use_since)
    return KeyValues(
        summary=f"What the register holds about {technology.name}.",
        pairs=tuple((name, cell) for name, cell in pairs.items() if cell.text),
    )


def _spoke(tier: TierReading) -> str:
    """Every rule that asks for a depth of review: those that hold, then those not ruled out."""
    held = [each.rule.text for each in tier.spoke if not each.unknown]
    open_ = [each.rule.text for each in tier.spoke if each.unknown]
    if not open_:
        return " ".join(held)
    return " ".join([*held, "Not ruled out, since facts are not known:", *open_])


def _review(technology: Technology, as_at: date) -> Cell:
    if technology.review_by is None:
        return Cell(text="")
    if technology.review_by < as_at:
        return Cell(text=f"Overdue since {day(technology.review_by)}", tone=Tone.BAD)
    return Cell(text=day(technology.review_by))


def _gate(reading: GateReading) -> Iterator[Block]:
    gate = reading.gate
    yield Heading(level=2, text=f"Gate {gate.id}: {gate.name}")
    yield Paragraph(runs=runs(gate.question))
    if reading.passes:
        yield Paragraph(runs=runs(bold("Ready."), " Everything that this gate asks for is there."))
        return
    number = count(len(reading.missing), "thing")
    yield Table(
        caption=f"Missing for gate {gate.id}: {number}",
        summary="Each thing that is missing, and who can supply it.",
        header=("What the gate asks for", "Who can supply it"),
        widths=(11, 5),
        rows=tuple(
            (Cell(text=each.text, note=_lack(each)), Cell(text=each.who))
            for each in reading.missing
        ),
    )


def _lack(finding: GateFinding) -> str:
    return f"Missing: {finding.detail}" if finding.detail else ""


def _facts(framework: Framework, technology: Technology) -> Iterator[Block]:
    named = {
        value: [framework.fact_names[f] for f in Fact if value_of(technology.facts, f) is value]
        for value in FactValue
    }
    words = {
        FactValue.YES: "Yes",
        FactValue.UNKNOWN: "Not known, so counted as yes",
        FactValue.NO: "No",
    }
    yield Heading(level=2, text="Facts about the proposed use")
    yield KeyValues(
        summary="Which facts about the proposed use are true, not known and not true.",
        pairs=tuple(
            (words[value], Cell(text="; ".join(named[value]) or "None")) for value in words
        ),
    )


def _decisions(register: Reader, technology: Technology, as_at: date) -> Iterator[Block]:
    yield Heading(level=2, text="Decisions and conditions")
    if not technology.decisions:
        yield Paragraph(runs=runs("No decision has been recorded."))
        return
    route = register.framework.route
    rows = []
    for decision in technology.decisions:
        body = route.body(decision.body)
        rows.append(
            (
                Cell(text=decision.number, note=day(decision.decided_on)),
                Cell(text=body.name if body else decision.body, note=f"Gate {decision.gate}"),
                Cell(
                    text=outcome_name(register, decision),
                    bold=True,
                    note=what_became(technology, decision, as_at),
                ),
                Cell(text=decision.reasons),
            )
        )
    yield Table(
        caption="Decisions",
        summary="Each decision with its number, body, outcome and reasons, oldest first.",
        header=("Decision", "Body", "Outcome", "Reasons"),
        widths=(4, 4, 4, 6),
        rows=tuple(rows),
    )
    conditions = [
        (decision, condition)
        for decision in technology.decisions
        if decision.superseded_by is None
        for condition in decision.conditions
    ]
    if not conditions:
        return
    found = []
    for decision, condition in conditions:
        text, tone = condition_state(condition, as_at)
        found.append(
            (
                Cell(
                    text=condition.text, note=f"Condition {condition.number} of {decision.number}"
                ),
                Cell(text=condition.evidence_needed),
                Cell(text=register.name(condition.owner)),
                Cell(text=text, tone=tone),
            )
        )
    yield Table(
        caption="Conditions",
        summary="Each condition with the evidence it needs, its owner and what became of it.",
        header=("Condition", "Evidence needed", "Owner", "State"),
        widths=(6, 5, 3, 4),
        rows=tuple(found),
    )


def _reopenings(register: Reader, technology: Technology) -> Iterator[Block]:
    """What has happened since, and nobody has decided on."""
    if not technology.open_reopenings:
        return
    rows = []
    for each in technology.open_reopenings:
        found = register.framework.route.trigger(each.trigger)
        again = f"To answer again: {', '.join(each.items)}" if each.items else ""
        rows.append(
            (
                Cell(text=day(each.on), note="Suspends an approval" if each.suspends else ""),
                Cell(text=each.reason, note=found.name if found else each.trigger),
                Cell(text=each.needed, note=again),
            )
        )
    yield Heading(level=2, text="Reopened")
    yield Table(
        caption="What has happened, and is still to be decided on",
        summary="Each thing that happened, with its day and what the owner is to supply.",
        header=("On", "What happened", "What the owner supplies"),
        widths=(4, 7, 7),
        rows=tuple(rows),
    )
