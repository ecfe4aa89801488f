"""What was judged of one technology: red lines, checklist and scores, as an annex shows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from horizon.framework.schema import Framework
from horizon.judgement.checklist import ChecklistReading, Finding, ItemReading, RedLine
from horizon.judgement.scoring import GateState, ScoresReading, ValueReading
from horizon.model.technology import Technology
from horizon.model.wording import count, listed
from horizon.model.words import AnswerValue
from horizon.papers.blocks import (
    Block,
    Cell,
    Figure,
    Heading,
    KeyValues,
    Paragraph,
    Table,
    Tone,
    bold,
    runs,
)
from horizon.papers.pictures.charts import principle_bars
from horizon.papers.status_words import minimum_cell, red_line_cell

MANY = 12
"""More questions without an answer than this are named by theme, not each put in full."""

_COUNTED = {
    Finding.MET: "met",
    Finding.BLOCKS: "blocking",
    Finding.CONDITION: "to become conditions",
    Finding.ADVISORY: "advisory",
    Finding.OPEN: "open",
}


def red_lines(checklist: ChecklistReading) -> Iterator[Block]:
    """The red lines that apply, and in full those that are not cleared."""
    lines = checklist.red_lines
    yield Heading(level=2, text="Red lines")
    if not lines:
        yield Paragraph(runs=runs(f"No red line applies for {_phase(checklist)}."))
        return
    held = [each.item.id for each in lines if each.line is RedLine.NOT_CROSSED]
    short = [each for each in lines if each.line is not RedLine.NOT_CROSSED]
    apply = f"{count(len(lines), 'red line')} {'applies' if len(lines) == 1 else 'apply'}"
    cleared = f"Cleared: {listed(held)}." if held else "None is cleared."
    yield Paragraph(
        runs=runs(
            f"{apply} for {_phase(checklist)}. ",
            cleared if short else f"All are cleared: {listed(held)}.",
        )
    )
    if not short:
        return
    yield _questions(
        ((each, red_line_cell(each.line)) for each in short if each.line is not None),
        "Red line",
        caption="Red lines that are crossed or not cleared",
        summary="Each red line with its question, the answer given and where it stands.",
    )


def checklist_section(framework: Framework, checklist: ChecklistReading) -> Iterator[Block]:
    """How many questions are met, and what those that are not do."""
    others = [each for each in checklist.applicable if not each.red_line]
    short = [each for each in others if each.finding is not Finding.MET]
    found = Counter(each.finding for each in checklist.applicable)
    said = listed([f"{found[each]} {words}" for each, words in _COUNTED.items() if found[each]])
    unanswered = len(checklist.open)
    yield Heading(level=2, text="Data-ethics checklist")
    asked = len(checklist.applicable)
    applies = f"{count(asked, 'question')} {'applies' if asked == 1 else 'apply'}"
    have = "has" if unanswered == 1 else "have"
    counts_as_no = f" {unanswered} {have} no answer, which counts as no." if unanswered else ""
    yield Paragraph(runs=runs(f"{applies} for {_phase(checklist)}: {said}.{counts_as_no}"))
    silent = [each for each in short if each.answer is None]
    if len(silent) > MANY:
        yield _by_theme(framework, silent)
        short = [each for each in short if each.answer is not None]
    if not short:
        return
    order = list(Finding)
    short.sort(key=lambda each: order.index(each.finding))
    yield _questions(
        ((each, _effect(each)) for each in short),
        "Effect",
        caption="Questions that are not met, red lines apart",
        summary="Each question that is not met, with its answer and what that does.",
    )


def _questions(
    found: Iterable[tuple[ItemReading, Cell]], last: str, *, caption: str, summary: str
) -> Table:
    """Questions with their answers, and a cell under `last` that says what follows from each."""
    return Table(
        caption=caption,
        summary=summary,
        header=("Item", "Question", "Answer", last),
        widths=(2, 10, 3, 3),
        rows=tuple(
            (
                Cell(text=each.item.id),
                Cell(text=each.item.question, note=_note(each)),
                Cell(text=_answer(each)),
                cell,
            )
            for each, cell in found
        ),
    )


def _by_theme(framework: Framework, silent: Sequence[ItemReading]) -> KeyValues:
    themes = {
        theme.name: [each.item.id for each in silent if each.theme == theme.id]
        for theme in framework.themes
    }
    return KeyValues(
        summary="Questions without an answer, red lines apart, by theme.",
        pairs=tuple(
            (name, Cell(text=f"No answer yet: {listed(ids)}"))
            for name, ids in themes.items()
            if ids
        ),
    )


def _phase(checklist: ChecklistReading) -> str:
    return "a trial" if checklist.phase == "trial" else "adoption"


def _note(reading: ItemReading) -> str:
    return reading.answer.note if reading.answer else ""


def _answer(reading: ItemReading) -> str:
    if reading.answer is None:
        return "No answer"
    if reading.value is AnswerValue.UNKNOWN:
        return "Not known"
    return reading.value.capitalize()


def _effect(reading: ItemReading) -> Cell:
    tones = {Finding.BLOCKS: Tone.BAD, Finding.CONDITION: Tone.CARE}
    return Cell(text=reading.finding.capitalize(), tone=tones.get(reading.finding, Tone.PLAIN))


def scores_section(technology: Technology, scores: ScoresReading) -> Iterator[Block]:
    """Principles with their ranges and coverage, minimums not reached, and strategic fit. Scores
    of a round that is open are sealed and never shown."""
    yield Heading(level=2, text="Scores")
    if scores.round is None:
        sealed = technology.open_round is not None
        why = "A round is open. Its scores stay sealed until it is closed." if sealed else ""
        yield Paragraph(runs=runs(f"No scoring round has been closed. {why}".strip()))
        return
    yield Paragraph(
        runs=runs(
            f"Round {scores.round}, {count(scores.assessors, 'assessor')}. The range shows what "
            "weak evidence, disagreement and gaps leave open. It is not an error of measurement.",
            *(f" {each}" for each in scores.flags),
        )
    )
    yield Table(
        caption="Guiding principles, out of 100",
        summary="Each principle with its score, the range it may lie in and how much is scored.",
        header=("Principle", "Score", "Range", "Scored"),
        widths=(7, 3, 4, 3),
        rows=principle_rows(scores),
    )
    short = [each for each in scores.gates if each.state is not GateState.PASS]
    phase = "a trial" if scores.phase == "trial" else "adoption"
    if not short:
        yield Paragraph(runs=runs(f"Every minimum for {phase} is reached."))
    else:
        yield Table(
            caption=f"Minimum scores for {phase} that are not reached, or not shown to be",
            summary="Each minimum, the scores given with their grades of evidence, and the result.",
            header=("Criterion", "Minimum", "Scores (evidence)", "Result"),
            widths=(7, 3, 4, 3),
            rows=tuple(
                (
                    Cell(text=f"{each.criterion.id} {each.criterion.name}"),
                    Cell(text=str(each.minimum)),
                    Cell(text=scores.cells[each.criterion.id].text),
                    minimum_cell(each.state),
                )
                for each in short
            ),
        )
    fit = [f"{each.name} {each.cell.text}" for each in scores.objectives]
    if fit:
        yield Paragraph(
            runs=runs(bold("Fit with the strategy's objectives, 0 to 5: "), f"{listed(fit)}.")
        )


def principle_rows(scores: ScoresReading) -> tuple[tuple[Cell, ...], ...]:
    """Each principle and the overall reading: name, point, range, how much is scored."""
    overall = _principle(scores.overall, strong=True)
    return (*(_principle(each) for each in scores.principles), overall)


def _principle(reading: ValueReading, *, strong: bool = False) -> tuple[Cell, ...]:
    point = "Not shown" if reading.point is None else str(reading.point)
    low, high = reading.low // 10, -(-reading.high // 10)
    return (
        Cell(text=reading.name, bold=strong),
        Cell(text=point, bold=strong),
        Cell(text=f"{low} to {high}", bold=strong),
        Cell(text=f"{reading.coverage}%", bold=strong),
    )


def score_bars(scores: ScoresReading) -> Iterator[Block]:
    """One technology's scores as ranges, where a round has been closed."""
    if scores.round is not None:
        svg, about = principle_bars(scores)
        yield Figure(caption="Guiding principles, out of 100: range and score", alt=about, svg=svg)
