"""The strategy's own measure of objective 4, as a part of a paper."""

from __future__ import annotations

from collections.abc import Iterator

from horizon.model.wording import day
from horizon.papers.blocks import Block, Cell, Paragraph, Table, Tone, runs
from horizon.papers.occasion import Occasion
from horizon.papers.template import Part
from horizon.register import measures

HEADER = ("Decision", "Technology", "Outcome", "Scored", "Evidence", "Plan", "Evaluated")


def objective_4(occasion: Occasion, _: Part) -> Iterator[Block]:
    """Submissions to the Strategic Change Board in the financial year so far, and what each
    brought with it."""
    first = measures.financial_year(occasion.as_at)
    found = measures.objective_4(occasion.register, first, occasion.as_at)
    period = f"from {day(found.first)} to {day(found.last)}"
    yield Table(
        caption=f"Objective 4, {period}",
        summary="How many submissions there were, and how many of them carried each thing.",
        header=("Measure", "Submissions"),
        widths=(16, 4),
        rows=tuple(
            (
                Cell(text=measures.WORDS[name][:1].upper() + measures.WORDS[name][1:]),
                Cell(text=str(number), bold=True),
            )
            for name, number in found.counts.items()
        ),
    )
    if not found.submissions:
        yield Paragraph(runs=runs(f"Nothing was submitted to the board {period}."))
        return
    yield Table(
        caption="Each submission",
        summary="Whether it carried a scored assessment, evidence of grade C or better on every "
        "gating criterion and an evaluation plan, and whether it has been evaluated since.",
        header=HEADER,
        widths=(5, 6, 5, 3, 3, 3, 3),
        rows=tuple(
            (
                Cell(text=each.number, note=day(each.decided_on)),
                Cell(text=each.name, bold=True, note=each.label),
                Cell(text=each.outcome),
                *map(_held, (each.scored, each.evidenced, each.evaluation_planned)),
                _held(each.evaluated),
            )
            for each in found.submissions
        ),
    )


def _held(yes: bool) -> Cell:
    return Cell(text="Yes", tone=Tone.GOOD) if yes else Cell(text="No")
