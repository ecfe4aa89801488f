"""Scores in figures and bars. No meaning by colour alone."""

from __future__ import annotations

from collections.abc import Iterator

from horizon.judgement.agreement import agreement_of, leniency
from horizon.judgement.scoring import Cell, ScoresReading
from horizon.judgement.waterfall import waterfall
from horizon.model.assessment import NOT_APPLICABLE
from horizon.model.technology import Technology
from horizon.model.wording import count
from horizon.model.words import EvidenceGrade
from horizon.register import Register
from horizon.tui.pages import field, heading, joined, line
from horizon.tui.widgets.page import MUTED, Line, Lines

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
        parts.append(line(f"S closes it{early}. Then everybody sees the scores.", MUTED))
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
        for each in principle.criteria:
            cell = reading.cells[each.id]
            parts += [cell_line(cell, each.name), *_by_assessor(register, technology, cell)]
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
    return (
        f"Agreement of the assessors: {found:.2f} (ordinal alpha: 1 is perfect, 0 no better than "
        "chance, below 0 worse)."
    )


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


def _by_assessor(register: Register, technology: Technology, cell: Cell) -> Iterator[Lines]:
    """What each assessor gave and noted, where anybody noted something or they disagree."""
    closed = technology.closed_round
    given = {
        person: each.scores[cell.criterion.id]
        for person, each in (closed.submissions if closed else {}).items()
        if cell.criterion.id in each.scores
    }
    if not cell.disagree and not any(each.note for each in given.values()):
        return
    for person, score in sorted(given.items(), key=lambda each: register.name(each[0])):
        said = "n/a" if score.value == NOT_APPLICABLE else f"{score.value} {score.grade}"
        note = f". {score.note}" if score.note else ""
        yield line(f"{register.name(person)}: {said}{note}", MUTED, indent=5)


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
