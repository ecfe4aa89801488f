"""Scores as intervals (scoring method 3.1 to 3.4). Integers throughout, in thousandths.

Missing is an interval, not zero. Evidence and disagreement widen the interval and never move its
middle.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import lcm

from horizon.framework.schema import Criterion, Framework, Policy, Principle
from horizon.judgement.facts import applies
from horizon.model.assessment import NOT_APPLICABLE, Round, Score
from horizon.model.facts import Fact, FactValue
from horizon.model.technology import Technology
from horizon.model.words import Phase

FULL = 1000
"""The top of the value scale; 0 is its bottom."""


class GateState(StrEnum):
    """A minimum, three-valued: passed when the low end reaches it, failed when the high end does
    not, else open."""

    PASS = "pass"
    FAIL = "fail"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Cell:
    """One criterion over all assessors. Values 0 to 1000; `mid` is `None` when nobody scored.

    `levels` are the scored levels, lowest first; `spread` the levels between lowest and highest.
    """

    criterion: Criterion
    low: int
    high: int
    mid: int | None
    levels: tuple[int, ...]
    grades: tuple[str, ...]
    applicable: bool
    disagree: bool

    @property
    def spread(self) -> int:
        return self.levels[-1] - self.levels[0] if self.levels else 0

    @property
    def text(self) -> str:
        """`4` or `3-5` with its evidence grades, or words."""
        if not self.applicable:
            return "not applicable"
        if not self.levels:
            return "not scored"
        low, high = self.levels[0], self.levels[-1]
        levels = str(low) if low == high else f"{low}-{high}"
        return f"{levels} ({'/'.join(dict.fromkeys(self.grades))})"


@dataclass(frozen=True, slots=True)
class ValueReading:
    """A principle, or the overall reading. Values 0 to 1000; `coverage` in per cent of weight;
    `point` 0 to 100, or `None` where too little is scored to print one."""

    id: str
    name: str
    weight: int
    low: int
    high: int
    mid: int
    coverage: int
    point: int | None

    @property
    def text(self) -> str:
        """`74 (64-84)`, or `30-95, 60% scored` where no point may be printed."""
        low, high = self.low // 10, -(-self.high // 10)
        if self.point is None:
            return f"{low}-{high}, {self.coverage}% scored"
        return f"{self.point} ({low}-{high})"


@dataclass(frozen=True, slots=True)
class ObjectiveReading:
    """How well it fits one strategic objective."""

    id: str
    name: str
    cell: Cell


@dataclass(frozen=True, slots=True)
class CriterionGate:
    """One criterion's minimum for a phase, and how the scores stand to it."""

    criterion: Criterion
    minimum: int
    state: GateState


@dataclass(frozen=True, slots=True)
class ScoresReading:
    """The scores of the newest closed round. `round` is `None` when there is none."""

    round: int | None
    assessors: int
    phase: Phase
    cells: Mapping[str, Cell]
    principles: tuple[ValueReading, ...]
    overall: ValueReading
    objectives: tuple[ObjectiveReading, ...]
    gates: tuple[CriterionGate, ...]
    flags: tuple[str, ...]


def read_scores(
    framework: Framework, technology: Technology, phase: Phase | None = None
) -> ScoresReading:
    """The newest closed round under `framework`; `phase` (by default that of the technology's
    stage) says which minimums are read. Sealed rounds are never looked into."""
    stage = framework.route.stage(technology.stage)
    phase = phase or (stage.phase if stage else Phase.TRIAL)
    closed = technology.closed_round
    given = [each.scores for each in closed.submissions.values()] if closed else []
    flags = []
    if closed is not None and closed.framework != framework.digest:
        changed = other_scales(framework, closed)
        given = [
            {name: each for name, each in scores.items() if name not in changed} for scores in given
        ]
        flags.append(
            f"Round {closed.number} was scored under an earlier framework "
            f"({closed.framework[:12]}); it is read here with the one in force."
        )
        if changed:
            flags.append(
                f"The scale of {', '.join(changed)} has changed since, so those scores count as "
                "not given until they are scored again."
            )
    number = closed.number if closed else None
    return _read(framework, given, technology.facts, phase, number, flags)


def other_scales(framework: Framework, scored: Round) -> list[str]:
    """The criteria whose anchors or value points are not those of the round (scoring method
    3.7). Rounds that kept no scales are read as they are."""
    if not scored.scales:
        return []
    return [
        each.id
        for each in framework.criteria.values()
        if scored.scales.get(each.id) not in (None, each.scale)
    ]


def preview(
    framework: Framework,
    scores: Mapping[str, Score],
    facts: Mapping[Fact, FactValue] | None = None,
    phase: Phase = Phase.TRIAL,
) -> ScoresReading:
    """One assessor's scores as they would read if they stood alone."""
    return _read(framework, [scores] if scores else [], facts or {}, phase, None, [])


def _read(
    framework: Framework,
    given: Sequence[Mapping[str, Score]],
    facts: Mapping[Fact, FactValue],
    phase: Phase,
    number: int | None,
    flags: list[str],
) -> ScoresReading:
    policy = framework.policy
    asked = {key for key, each in framework.criteria.items() if applies(each.applies, facts).yes}
    cells = {
        key: _cell(criterion, given, policy, applies=key in asked)
        for key, criterion in framework.criteria.items()
    }
    gates = tuple(
        _gate(cells[criterion.id], phase)
        for criterion in framework.gating(phase)
        if criterion.id in asked
    )
    unassessed = frozenset(
        criterion.id
        for principle in framework.principles
        for criterion in principle.criteria
        if criterion.gates and criterion.id in asked and not cells[criterion.id].levels
    )
    principles = tuple(
        read_principle(each, cells, policy, unassessed) for each in framework.principles
    )
    return ScoresReading(
        round=number,
        assessors=len(given),
        phase=phase,
        cells=cells,
        principles=principles,
        overall=_overall(framework, cells, principles, unassessed),
        objectives=tuple(
            ObjectiveReading(each.id, each.name, cells[each.fit.id])
            for each in framework.objectives
        ),
        gates=gates,
        flags=(*flags, *_flags(framework, cells, len(given))),
    )


def _cell(
    criterion: Criterion,
    given: Sequence[Mapping[str, Score]],
    policy: Policy,
    *,
    applies: bool,
) -> Cell:
    half_widths = policy.half_widths
    levels: list[int] = []
    grades: list[str] = []
    some_not, low, high = False, 50, 0
    for scores in given:
        score = scores.get(criterion.id)
        if score is None:
            continue
        if score.value == NOT_APPLICABLE:
            some_not = True
            continue
        level, half = int(score.value), half_widths[score.grade.value]
        levels.append(level)
        grades.append(score.grade)
        low, high = min(low, 10 * level - half), max(high, 10 * level + half)
    levels.sort()
    if not applies or (not levels and some_not):
        return Cell(criterion, 0, FULL, None, (), (), applicable=False, disagree=False)
    if not levels:
        return Cell(criterion, 0, FULL, None, (), (), applicable=True, disagree=False)
    return Cell(
        criterion,
        low=value_at(criterion, max(0, low)),
        high=value_at(criterion, min(50, high), up=True),
        mid=_median(criterion, levels),
        levels=tuple(levels),
        grades=tuple(sorted(grades)),
        applicable=True,
        disagree=levels[-1] - levels[0] >= policy.disagreement or some_not,
    )


def value_at(criterion: Criterion, tenths: int, *, up: bool = False) -> int:
    """The value, 0 to 1000, at a level given in tenths, between two value points in proportion.
    What is not whole is rounded down, or `up`."""
    level, part = divmod(tenths, 10)
    below = criterion.points[level]
    if part == 0:
        return below
    rise = (criterion.points[level + 1] - below) * part
    return below + (-(-rise // 10) if up else rise // 10)


def _median(criterion: Criterion, levels: Sequence[int]) -> int:
    middle = levels[(len(levels) - 1) // 2] + levels[len(levels) // 2]
    return value_at(criterion, middle * 5)


def read_principle(
    principle: Principle,
    cells: Mapping[str, Cell],
    policy: Policy,
    unassessed: Collection[str] = (),
) -> ValueReading:
    """One principle as its criteria's cells add up. No point stands while a gating criterion is
    `unassessed`, whatever else is scored."""
    total = low = high = doubled = 0
    for each in principle.criteria:
        cell = cells[each.id]
        if cell.applicable:
            share = cell.criterion.weight
            total += share
            low += share * cell.low
            high += share * cell.high
            doubled += share * (cell.low + cell.high if cell.mid is None else 2 * cell.mid)
    if total == 0:
        low, high, mid = 0, FULL, FULL // 2
    else:
        low, high, mid = low // total, -(-high // total), (doubled + total) // (2 * total)
    scored, whole = _covered(principle, cells)
    coverage = 100 * scored // whole
    gated = any(each.id in unassessed for each in principle.criteria)
    shown = total > 0 and coverage >= policy.coverage_needed and not gated
    return ValueReading(
        principle.id,
        principle.name,
        principle.weight,
        low,
        high,
        mid,
        coverage,
        hundredths(mid) if shown else None,
    )


def _covered(principle: Principle, cells: Mapping[str, Cell]) -> tuple[int, int]:
    """How much of a principle's applicable weight somebody scored, and all of it, which is at
    least 1."""
    scored = whole = 0
    for criterion in principle.criteria:
        cell = cells[criterion.id]
        if cell.applicable:
            whole += criterion.weight
            if cell.mid is not None:
                scored += criterion.weight
    return scored, whole or 1


def _overall(
    framework: Framework,
    cells: Mapping[str, Cell],
    principles: Sequence[ValueReading],
    unassessed: Collection[str],
) -> ValueReading:
    total = sum(each.weight for each in principles)
    low = sum(each.weight * each.low for each in principles) // total
    high = -(-sum(each.weight * each.high for each in principles) // total)
    mid = (2 * sum(each.weight * each.mid for each in principles) + total) // (2 * total)
    parts = [(each.weight, *_covered(each, cells)) for each in framework.principles]
    scale = lcm(*(whole for _, _, whole in parts))
    covered = sum(weight * scored * (scale // whole) for weight, scored, whole in parts)
    coverage = 100 * covered // (scale * total)
    shown = coverage >= framework.policy.coverage_needed and not unassessed
    return ValueReading(
        "overall", "Overall", total, low, high, mid, coverage, hundredths(mid) if shown else None
    )


def hundredths(value: int) -> int:
    """A value from 0 to 1000 as one from 0 to 100."""
    return (value + 5) // 10


def _gate(cell: Cell, phase: Phase) -> CriterionGate:
    """A gating criterion marked not applicable stays open: only a fact can take a gate away."""
    minimum = cell.criterion.minimum(phase)
    assert minimum is not None
    wanted = cell.criterion.points[minimum]
    state = GateState.OPEN
    if cell.applicable and cell.low >= wanted:
        state = GateState.PASS
    elif cell.applicable and cell.high < wanted:
        state = GateState.FAIL
    return CriterionGate(cell.criterion, minimum, state)


def _flags(framework: Framework, cells: Mapping[str, Cell], assessors: int) -> list[str]:
    flags = []
    if assessors == 1:
        flags.append("One assessor only.")
    split = [cell.criterion.id for cell in cells.values() if cell.disagree]
    if split:
        flags.append(f"Assessors disagree on {', '.join(split)}.")
    for principle in framework.principles:
        if not any(cells[each.id].applicable for each in principle.criteria):
            flags.append(f"Nothing in {principle.name} applies, so nothing is known of it.")
    outside = {each for each, cell in cells.items() if not cell.applicable}
    dropped = _share(framework, outside) if outside else 0
    if 100 * dropped > framework.policy.not_applicable_flag:
        flags.append(f"{int(100 * dropped)}% of the weight is marked not applicable.")
    claimed = {each for each, cell in cells.items() if "D" in cell.grades}
    claims = _share(framework, claimed) if claimed else 0
    if claims:
        flags.append(f"{int(100 * claims)}% of the weight rests on claims or opinion (D).")
    return flags


def _share(framework: Framework, chosen: Collection[str]) -> Fraction:
    """The share of all weight, 0 to 1, that these criteria carry."""
    share = Fraction(0)
    for principle in framework.principles:
        within = sum(each.weight for each in principle.criteria)
        if within:
            carried = sum(each.weight for each in principle.criteria if each.id in chosen)
            share += Fraction(principle.weight * carried, within)
    return share / sum(each.weight for each in framework.principles)
