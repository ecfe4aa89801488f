"""One technology on one page, and the annex with everything about it."""

from __future__ import annotations

from collections.abc import Iterator

from horizon.judgement.checklist import Finding
from horizon.model.facts import Fact, FactValue, value_of
from horizon.model.wording import count, day
from horizon.papers.annex import annex
from horizon.papers.assessment import principle_rows
from horizon.papers.blocks import (
    Block,
    Bullets,
    Cell,
    Heading,
    KeyValues,
    PageBreak,
    Paragraph,
    Runs,
    Table,
    Tone,
    bold,
    runs,
)
from horizon.papers.items import Item
from horizon.papers.occasion import Occasion
from horizon.papers.parts.asked import ask
from horizon.papers.status_words import standing_tone, status_cell
from horizon.papers.template import Annexes, Part

MOST = 6
"""Things in the way that a sheet names; the rest are counted, so that it stays one page."""

ADVICE = ("dpo-advice", "independent-advice", "legal-advice")
"""Documents in which somebody advises the body."""


def annexes(occasion: Occasion, part: Annexes) -> Iterator[Block]:
    """An annex for each technology, on a page of its own."""
    for item in occasion.items:
        yield from annex(occasion.register, item, occasion.as_at, part.shows)


def sheets(occasion: Occasion, _: Part) -> Iterator[Block]:
    """A page for each technology: what is asked, what it is, what stands in the way, how it
    scores, who advised what, and a draft of the minute."""
    for item in occasion.items:
        yield PageBreak()
        yield Heading(level=1, text=f"Annex {item.annex}: {item.named}")
        yield Paragraph(runs=ask(item))
        yield _particulars(occasion, item)
        yield Heading(level=2, text="What stands in the way")
        yield from _in_the_way(item)
        yield Heading(level=2, text="Scores")
        yield from _scores(item)
        yield Heading(level=2, text="Advice")
        yield Paragraph(runs=runs(" ".join(_advice(occasion, item))))
        yield Heading(level=2, text="Draft minute")
        yield Paragraph(runs=_minute(occasion, item))


def _particulars(occasion: Occasion, item: Item) -> KeyValues:
    technology, reading, register = item.technology, item.reading, occasion.register
    names = register.framework.fact_names
    yes = [names[each] for each in Fact if value_of(technology.facts, each) is FactValue.YES]
    unknown = sum(value_of(technology.facts, each) is FactValue.UNKNOWN for each in Fact)
    facts = "; ".join(yes) or "None known to be true"
    pairs = {
        "What it is": Cell(text=technology.summary),
        "Problem": Cell(text=technology.problem),
        "Status": status_cell(reading),
        "Stage": Cell(
            text=register.framework.route.stage_name(technology.stage),
            note=reading.standing.words,
            tone=standing_tone(reading.standing) if item.lapsed else Tone.PLAIN,
        ),
        "Tier of review": Cell(text=register.framework.tier_depth(reading.tier.tier).name),
        "Facts": Cell(
            text=facts, note=f"{unknown} not known, so counted as yes" if unknown else ""
        ),
        "Owner": Cell(text=register.name(technology.owner) if technology.owner else "Nobody"),
    }
    return KeyValues(
        summary=f"What the register holds about {technology.name}.",
        pairs=tuple((name, cell) for name, cell in pairs.items() if cell.text),
    )


def _in_the_way(item: Item) -> Iterator[Block]:
    found = [*_obstacles(item)]
    if not found:
        yield Paragraph(runs=runs("Nothing. No red line is crossed, and nothing is missing."))
        return
    shown = found[:MOST]
    if len(found) > MOST:
        shown.append(runs(f"And {len(found) - MOST} more, which the register lists."))
    yield Bullets(items=tuple(shown))


def _obstacles(item: Item) -> Iterator[Runs]:
    """Red lines first, then blockers, then what the gate misses, then the rest of the checklist."""
    checklist = item.reading.checklist
    for each in checklist.red_lines:
        if each.line not in (None, "not crossed"):
            yield runs(bold(f"Red line {each.item.id} {each.line}: "), each.item.question)
    for each in checklist.blockers:
        if not each.red_line and not each.is_open:
            yield runs(bold(f"{each.item.id} blocks: "), each.item.question)
    for lapse in item.lapses:
        yield runs(bold("Lapsed: "), f"{lapse}.")
    missing = [found for gate in item.gates for found in gate.missing]
    checked = ("checklist", "minimums")
    for lack in missing:
        if lack.need not in checked:
            yield runs(bold("Missing: "), f"{lack.text.rstrip('.')}. {lack.who}".rstrip())
    waiting = [
        each.item.id
        for each in checklist.applicable
        if each.finding is Finding.OPEN and not each.red_line
    ]
    if waiting:
        yield runs(bold("Not answered: "), f"{count(len(waiting), 'question')} of the checklist.")


def _scores(item: Item) -> Iterator[Block]:
    scores = item.reading.scores
    if scores.round is None:
        yield Paragraph(runs=runs("Not scored yet: no scoring round has been closed."))
        return
    yield Table(
        caption=f"Guiding principles, out of 100 (round {scores.round}, "
        f"{count(scores.assessors, 'assessor')})",
        summary="Each principle with its score, the range it may lie in and how much is scored.",
        header=("Principle", "Score", "Range", "Scored"),
        widths=(7, 3, 4, 3),
        rows=principle_rows(scores),
    )


def _advice(occasion: Occasion, item: Item) -> Iterator[str]:
    route = occasion.register.framework.route
    for each in ADVICE:
        document = route.document(each)
        if document is None:
            continue
        held = [e for e in item.technology.evidence if e.document == each]
        where = f"held ({held[-1].id}, {day(held[-1].dated)})" if held else "not held"
        yield f"{document.name}: {where}."


def _minute(occasion: Occasion, item: Item) -> Runs:
    """Words for the minute, with the outcomes that the body may record to choose from."""
    outcomes = [each.name for each in occasion.body.outcomes]
    where = f" at {item.at_gates}" if item.gates else ""
    return runs(
        f"The {occasion.body.name} considered {item.named}{where} and resolved: ",
        bold(" / ".join(outcomes)),
        ". Reasons: … Conditions, each with owner and day: … Review by: …",
    )
