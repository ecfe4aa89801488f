"""Parts of the main report: numbered paragraphs that hold for the paper as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from horizon.judgement.status import MEANINGS
from horizon.model.wording import count, day, listed
from horizon.papers.blocks import Block, Cell, KeyValues, Table, Tone
from horizon.papers.items import condition_state, uncapitalised
from horizon.papers.occasion import Occasion
from horizon.papers.parts.asked import is_
from horizon.papers.sources import sources as rests_on
from horizon.papers.status_words import status_cell
from horizon.papers.template import Part


def question(occasion: Occasion, _: Part) -> Iterator[Block]:
    """The body's question, what it may record, and who wrote this."""
    body = occasion.body
    yield occasion.paragraph(f"The question for the {body.name} is: {body.question}")
    if occasion.purpose == "for decision":
        outcomes = listed([uncapitalised(each.name) for each in body.outcomes], "or")
        yield occasion.paragraph(
            f"Under the framework the {body.name} {body.authority}. The outcomes it may record "
            f"are: {outcomes}."
        )
    yield occasion.paragraph(
        "Horizon, the register of new technologies, wrote this paper from what is recorded there. "
        f"It says what stands in the way of an approval. The outcome is for the {body.name}."
    )


def technologies(occasion: Occasion, _: Part) -> Iterator[Block]:
    """Where each technology stands, in one table."""
    annexed = any(each.part in ("annexes", "sheets") for each in occasion.template.content.sections)
    more = (
        "Each technology has an annex with its facts, scores, checklist, decisions and conditions. "
    )
    yield occasion.paragraph(
        f"{more if annexed else ''}The table shows where each technology stands:"
    )
    framework = occasion.register.framework
    rows = []
    for item in occasion.items:
        ready, tone = item.readiness
        gates = ", ".join(each.gate.id for each in item.gates)
        rows.append(
            (
                Cell(text=str(item.annex)),
                Cell(text=item.technology.name, bold=True, note=item.technology.label),
                Cell(
                    text=framework.route.stage_name(item.technology.stage),
                    note=item.reading.standing.words,
                    tone=Tone.BAD if item.lapsed else Tone.PLAIN,
                ),
                Cell(text=framework.tier_depth(item.reading.tier.tier).name),
                status_cell(item.reading),
                Cell(text=ready, tone=tone, note=f"Gate {gates}" if gates else ""),
            )
        )
    yield Table(
        caption="Technologies in this paper",
        summary="Each technology with its stage and standing, tier, status and whether its gate is "
        "ready.",
        header=("Annex" if annexed else "No.", "Technology", "Stage and standing", "Tier",
                "Status", "Gate"),
        widths=(6, 21, 19, 9, 10, 12),
        rows=tuple(rows),
    )  # fmt: skip


def status_words(occasion: Occasion, _: Part) -> Iterator[Block]:
    """What the status words mean."""
    yield occasion.paragraph("The status words mean, gravest first:")
    yield KeyValues(
        summary="What each status word means.",
        pairs=tuple((word.capitalize(), Cell(text=said)) for word, said in MEANINGS.items()),
    )


def conditions_due(occasion: Occasion, _: Part) -> Iterator[Block]:
    """The conditions of these technologies that are overdue, or fall due by the meeting."""
    as_at, register = occasion.as_at, occasion.register
    by = max(occasion.on, as_at)
    soon = [each for each in occasion.due if each.condition.due <= by]
    if not soon:
        yield occasion.paragraph(f"No condition is overdue, and none falls due {occasion.by_then}.")
        return
    yield occasion.paragraph(
        "An approval with an overdue condition reads as not approved. "
        f"{count(len(soon), 'condition')} {is_(len(soon))} overdue or due {occasion.by_then}:"
    )
    rows = []
    for each in soon:
        text, tone = condition_state(each.condition, as_at)
        rows.append(
            (
                Cell(text=each.item.technology.name, bold=True, note=each.item.technology.label),
                Cell(
                    text=each.condition.text,
                    note=f"Condition {each.condition.number} of {each.decision.number}",
                ),
                Cell(text=register.name(each.condition.owner)),
                Cell(
                    text=text,
                    tone=tone,
                    note=f"Due {day(each.condition.due)}" if tone is Tone.BAD else "",
                ),
            )
        )
    yield Table(
        caption=f"Conditions overdue or due {occasion.by_then}",
        summary="Each condition with its technology, owner and state, earliest due first.",
        header=("Technology", "Condition", "Owner", "State"),
        widths=(5, 7, 3, 4),
        rows=tuple(rows),
    )


def sources(occasion: Occasion, _: Part) -> Iterator[Block]:
    """The register and the framework that the paper was made from."""
    yield occasion.paragraph(
        "The register keeps every change in a journal that is only ever added to. If anything in "
        "it were changed later, its hash would no longer be the head hash here, which stands for "
        "all of it up to the day of this paper:"
    )
    yield from rests_on(occasion.register, occasion.as_at)
