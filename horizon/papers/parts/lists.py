"""Parts that are lists over many technologies: triage, decisions, conditions and what is due."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from horizon.model.decision import Decision
from horizon.model.triage import Verdict
from horizon.model.wording import count, day, in_words, listed
from horizon.papers.blocks import Block, Cell, Paragraph, Table, Tone, runs
from horizon.papers.editions import Public
from horizon.papers.items import Item, condition_state, outcome_name, what_became
from horizon.papers.occasion import Occasion
from horizon.papers.template import Part

LATE = Tone.BAD


def triage_list(occasion: Occasion, _: Part) -> Iterator[Block]:
    """What waits for triage, with what is known of it and room for what the group decides."""
    framework = occasion.register.framework
    rows = []
    for item in occasion.items:
        technology = item.technology
        maturity = [
            f"TRL {technology.trl}" if technology.trl else "TRL not known",
            technology.time_horizon or "Horizon not known",
        ]
        rows.append(
            (
                Cell(text=technology.name, bold=True, note=technology.label),
                Cell(text=technology.problem or "No problem is recorded"),
                Cell(
                    text=in_words(technology.kind),
                    note=f"{framework.tier_depth(item.reading.tier.tier).name} tier",
                ),
                Cell(text=maturity[0], note=maturity[1]),
                Cell(text=day(technology.stage_since)),
                Cell(text=(technology.posture or "To be decided").capitalize()),
            )
        )
    yield Table(
        caption=f"Triage list: {count(len(rows), 'technology', 'technologies')}",
        summary="Each technology with the problem it would solve, its kind, maturity and since "
        "when it waits, and room for the posture that the group decides on.",
        header=("Technology", "Problem", "Kind", "Maturity", "Waits since", "Posture"),
        widths=(6, 8, 4, 4, 4, 4),
        rows=tuple(rows),
    )
    if said := _looked_at(occasion):
        yield Paragraph(runs=runs(said), small=True)


def _looked_at(occasion: Occasion) -> str:
    """The signals that are not on the list, as they had a first look and wait for nothing now."""
    register, shown = occasion.register, {each.technology.id for each in occasion.items}
    if isinstance(register, Public):
        return ""
    looked = Counter(
        header.triage.verdict
        for header in register.state.technologies.headers()
        if header.triage
        and header.stage == register.framework.route.first_stage
        and header.id not in shown
    )
    if not looked:
        return ""
    told = listed([f"{looked[each]} {_LOOKED[each]}" for each in _LOOKED if looked[each]])
    return f"Not on this list, as they had a first look and wait for nothing now: {told}."


_LOOKED = {
    Verdict.WATCH: "watched until a later day",
    Verdict.LOG: "logged",
    Verdict.PARK: "parked",
}


def decisions(occasion: Occasion, _: Part) -> Iterator[Block]:
    """Every decision on these technologies, newest first; those since a day, if one is named."""
    since = occasion.since.today if occasion.since is not None else None
    found = [
        (item, decision)
        for item in occasion.items
        for decision in item.technology.decisions
        if since is None or decision.decided_on > since
    ]
    found.sort(key=lambda each: (each[1].decided_on, each[1].number), reverse=True)
    if not found:
        when = f"No decision since {day(since)}." if since else "No decision has been recorded."
        yield Paragraph(runs=runs(when))
        return
    more = f" since {day(since)}" if since else ""
    yield Table(
        caption=f"{count(len(found), 'decision')}{more}, newest first",
        summary="Each decision with its number and day, body, technology, outcome and reasons.",
        header=("Decision", "Technology", "Body", "Outcome", "Reasons"),
        widths=(4, 5, 4, 5, 7),
        rows=tuple(_decision(occasion, *each) for each in found),
    )


def _decision(occasion: Occasion, item: Item, decision: Decision) -> tuple[Cell, ...]:
    technology = item.technology
    body = occasion.register.framework.route.body(decision.body)
    late = decision.overdue_conditions(occasion.as_at)
    notes = []
    if decision.conditions:
        notes.append(count(len(decision.conditions), "condition"))
    if late and not decision.superseded_by:
        notes.append(f"Reads as not approved: {count(len(late), 'condition')} overdue")
    elif became := what_became(technology, decision, occasion.as_at):
        notes.append(became)
    lapsed = item.lapsed and item.reading.standing.decision == decision.number
    return (
        Cell(text=decision.number, note=day(decision.decided_on)),
        Cell(text=technology.name, bold=True, note=technology.label),
        Cell(text=body.name if body else decision.body, note=f"Gate {decision.gate}"),
        Cell(
            text=outcome_name(occasion.register, decision),
            note=". ".join(notes),
            bold=True,
            tone=LATE if lapsed else Tone.PLAIN,
        ),
        Cell(text=decision.reasons),
    )


def conditions(occasion: Occasion, _: Part) -> Iterator[Block]:
    """Every open condition, then the reviews that are overdue and the approvals that expired."""
    yield from _conditions(occasion)
    yield from _overdue(occasion)


def _conditions(occasion: Occasion) -> Iterator[Block]:
    if not occasion.due:
        yield Paragraph(runs=runs("No condition is open."))
        return
    rows = []
    for each in occasion.due:
        state, tone = condition_state(each.condition, occasion.as_at)
        rows.append(
            (
                Cell(text=each.item.technology.name, bold=True, note=each.item.technology.label),
                Cell(
                    text=each.condition.text,
                    note=f"Condition {each.condition.number} of {each.decision.number}. Needed: "
                    f"{each.condition.evidence_needed}",
                ),
                Cell(text=occasion.register.name(each.condition.owner)),
                Cell(text=state, tone=tone, note=_due(tone, day(each.condition.due))),
            )
        )
    late = len(occasion.overdue)
    yield Table(
        caption=f"{count(len(rows), 'open condition')}, {late} overdue",
        summary="Each open condition with its technology, owner and state, earliest due first.",
        header=("Technology", "Condition", "Owner", "State"),
        widths=(5, 9, 4, 4),
        rows=tuple(rows),
    )


def _due(tone: Tone, when: str) -> str:
    return f"Due {when}" if tone is LATE else ""


def _overdue(occasion: Occasion) -> Iterator[Block]:
    found = sorted(
        (
            (deadline.due, item, deadline)
            for item in occasion.items
            for deadline in item.reading.deadlines
            if deadline.overdue and deadline.kind != "condition"
        ),
        key=lambda each: (each[0], each[1].technology.label),
    )
    if not found:
        yield Paragraph(runs=runs("No review is overdue, and no approval has expired."))
        return
    rows = []
    for due, item, deadline in found:
        technology = item.technology
        owner = occasion.register.name(technology.owner) if technology.owner else "Nobody"
        rows.append(
            (
                Cell(text=technology.name, bold=True, note=technology.label),
                Cell(text=deadline.words, tone=LATE),
                Cell(text=owner),
                Cell(text=count((occasion.as_at - due).days, "day") + " late"),
            )
        )
    yield Table(
        caption="Reviews overdue and approvals expired",
        summary="Each review that is overdue and each approval that has expired, longest first.",
        header=("Technology", "What", "Owner", "Late"),
        widths=(6, 8, 4, 3),
        rows=tuple(rows),
    )
