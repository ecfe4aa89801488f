"""Bars and lines: scores with their ranges, how many stand at each stage, decisions over time.

Every value stands beside its mark in words, and the same facts stand in a table or in text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from horizon.judgement.scoring import ScoresReading, ValueReading
from horizon.model.wording import count, day, listed
from horizon.model.words import Effect
from horizon.papers.blocks import Tone
from horizon.papers.palette import ACCENT, INK, LINE, QUIET, TONES
from horizon.papers.pictures.drawing import (
    Point,
    box,
    circle,
    line,
    picture,
    polygon,
    regular,
    titled,
    words,
    wrapped,
)
from horizon.register.reader import Reader

WIDTH = 640.0
NAMES = 170.0
"""Room for the names at the left of bars."""

SIZE, SMALL = 11.0, 10.0
RANGE = "9db0c6"
"""The fill of a range: 3 to 1 or better against its ground, and edged in a darker ink."""


def principle_bars(scores: ScoresReading) -> tuple[str, str]:
    """The principles' ranges and points from 0 to 100, and what they show in words."""
    rows = [*scores.principles, scores.overall]
    about = " ".join(f"{each.name}: {_value(each)}." for each in rows)
    high = 30 + 26 * len(rows) + 26
    left, right = NAMES, WIDTH - 130
    parts = [*_scale(left, right, 22, high - 26)]
    for at, each in enumerate(rows):
        y = 30 + 26 * at
        parts.append(words(8, y + 14, each.name, size=SIZE, bold=each is scores.overall))
        parts += _range(each, left, right, y)
        parts.append(words(right + 12, y + 14, _value(each), size=SIZE))
    return picture(WIDTH, high, "Guiding principles, out of 100", about, parts), about


def _value(reading: ValueReading) -> str:
    low, high = reading.low // 10, -(-reading.high // 10)
    if reading.point is None:
        return f"{low} to {high} ({reading.coverage}% scored)"
    return f"{reading.point} ({low} to {high})"


def _scale(left: float, right: float, top: float, bottom: float) -> Iterator[str]:
    for value in (0, 25, 50, 75, 100):
        x = left + (right - left) * value / 100
        yield line((x, top), (x, bottom), ink=LINE)
        yield words(x, bottom + 15, str(value), size=SMALL, ink=QUIET, anchor="middle")


def _range(reading: ValueReading, left: float, right: float, y: float) -> Iterator[str]:
    """The range as a bar, and the point as a line across it, where there is one to print."""
    scale = (right - left) / 1000
    start, width = left + reading.low * scale, max((reading.high - reading.low) * scale, 1.5)
    yield box(start, y + 4, width, 12, fill=RANGE, edge=QUIET)
    if reading.point is not None:
        x = left + reading.point * 10 * scale
        yield line((x, y + 1), (x, y + 19), ink=ACCENT, width=3)


def stage_bars(reader: Reader) -> tuple[str, str]:
    """How many technologies stand at each stage of the route, and the same in words."""
    counts = Counter(each.stage for each in reader.state.technologies.headers())
    stages = [each for each in reader.framework.route.stages if counts[each.id]]
    most = max(counts.values(), default=1)
    said = [f"{each.name} {counts[each.id]}" for each in stages]
    about = f"Technologies at each stage: {listed(said)}." if said else "No technology."
    high = 14 + 24 * len(stages)
    parts = []
    for at, stage in enumerate(stages):
        y = 10 + 24 * at
        width = (WIDTH - NAMES - 60) * counts[stage.id] / most
        parts.append(words(8, y + 13, stage.name, size=SIZE))
        parts.append(box(NAMES, y + 2, width, 15, fill=QUIET if stage.ended else ACCENT))
        parts.append(words(NAMES + width + 8, y + 14, str(counts[stage.id]), size=SIZE, bold=True))
    return picture(WIDTH, high, "Technologies at each stage", about, parts), about


@dataclass(frozen=True, slots=True)
class _Decided:
    """A decision as the timeline shows it."""

    body: str
    on: date
    number: str
    label: str
    effect: Effect


EFFECTS = {
    Effect.APPROVE: ("approves", TONES[Tone.GOOD][1]),
    Effect.APPROVE_WITH_CONDITIONS: ("approves with conditions", TONES[Tone.CARE][1]),
    Effect.DEFER: ("defers", QUIET),
    Effect.REFER: ("refers", QUIET),
    Effect.REJECT: ("rejects", TONES[Tone.BAD][1]),
    Effect.NOTE: ("notes", QUIET),
}
"""What each effect is called below the timeline, and its ink. Its shape says the same."""

MARK, STEP = 5.0, 12.0


def decision_timeline(reader: Reader) -> tuple[str, str]:
    """The decisions of each body over time, none hidden behind another, and the same in words."""
    found = [
        _Decided(decision.body, decision.decided_on, decision.number, header.label, decision.effect)
        for header in reader.state.technologies.headers()
        for decision in header.decisions
    ]
    if not found:
        about = "No decision has been recorded."
        return picture(WIDTH, 30, "Decisions over time", about, [words(8, 20, about)]), about
    days = [each.on for each in found]
    first, last = date(min(days).year, 1, 1), date(max(days).year, 12, 31)
    span = (last - first).days or 1
    left, right = NAMES, WIDTH - 14
    bodies = _by_body(reader, found)
    parts: list[str] = []
    y, rows = 26.0, []
    for name, decided in bodies:
        marks, levels = _stacked(decided, first, span, left, right)
        high = max(STEP * levels + 10, 13 * len(wrapped(name, NAMES - 20, SIZE)) + 8)
        rows.append((name, marks, y, high))
        y += high
    parts += _months(first, last, span, left, right, y)
    for name, marks, top, high in rows:
        for at, said in enumerate(wrapped(name, NAMES - 20, SIZE)):
            parts.append(words(8, top + 14 + 13 * at, said, size=SIZE))
        parts.append(line((left, top + high), (right, top + high), ink=LINE))
        for each, x, level in marks:
            at_ = (x, top + high - 8 - STEP * level)
            said = f"{each.number}, {each.label}, {day(each.on)}: {EFFECTS[each.effect][0]}"
            parts.append(titled(effect_mark(each.effect, at_), said))
    parts += _key(y + 34, found)
    told = [f"{name} {len(decided)}" for name, decided in bodies]
    about = (
        f"{count(len(found), 'decision')} from {day(min(days))} to {day(max(days))}: "
        f"{listed(told)}."
    )
    return picture(WIDTH, y + 52, "Decisions over time", about, parts), about


def _by_body(reader: Reader, found: Sequence[_Decided]) -> list[tuple[str, list[_Decided]]]:
    """The decisions of each body that took any, bodies in the order of the route."""
    rows = []
    for body in reader.framework.route.bodies:
        own = [each for each in found if each.body == body.id]
        if own:
            rows.append((body.name, sorted(own, key=lambda each: (each.on, each.number))))
    return rows


def _stacked(
    decided: Sequence[_Decided], first: date, span: int, left: float, right: float
) -> tuple[list[tuple[_Decided, float, int]], int]:
    """Each decision at its day, on the lowest level where it touches no other."""
    ends: list[float] = []
    marks = []
    for each in decided:
        x = left + 8 + (right - left - 16) * (each.on - first).days / span
        level = next((at for at, end in enumerate(ends) if x - end >= STEP), len(ends))
        if level == len(ends):
            ends.append(x)
        else:
            ends[level] = x
        marks.append((each, x, level))
    return marks, max(len(ends), 1)


def _months(
    first: date, last: date, span: int, left: float, right: float, bottom: float
) -> Iterator[str]:
    """A line at each quarter, its month below, the year at each January."""
    months = ("Jan", "Apr", "Jul", "Oct")
    crowded = last.year - first.year > 2
    for year in range(first.year, last.year + 1):
        for at, name in enumerate(months):
            if crowded and at:
                continue
            x = left + 8 + (right - left - 16) * (date(year, 3 * at + 1, 1) - first).days / span
            yield line((x, 18), (x, bottom), ink=LINE if at else QUIET, dashed=bool(at))
            said = f"{name} {year}" if not at else name
            yield words(x, bottom + 14, said, size=SMALL, ink=QUIET, anchor="middle")


def effect_mark(effect: Effect, at: Point) -> str:
    """A shape for an effect: a circle approves, a ring does so on conditions, a square defers, a
    diamond refers, a cross rejects, a small circle notes."""
    ink = EFFECTS[effect][1]
    match effect:
        case Effect.APPROVE:
            return circle(at, MARK, fill=ink)
        case Effect.APPROVE_WITH_CONDITIONS:
            return circle(at, MARK - 0.5, fill="ffffff", edge=ink, width=2.5)
        case Effect.DEFER:
            return box(at[0] - 4, at[1] - 4, 8, 8, fill=ink)
        case Effect.REFER:
            return polygon(regular(at, 5.5, 4), fill=ink)
        case Effect.REJECT:
            x, y = at
            return line((x - 4, y - 4), (x + 4, y + 4), ink=ink, width=2.5) + line(
                (x - 4, y + 4), (x + 4, y - 4), ink=ink, width=2.5
            )
        case _:
            return circle(at, 2.5, fill=ink)


def _key(y: float, found: Sequence[_Decided]) -> Iterator[str]:
    x = 14.0
    for effect, (name, _) in EFFECTS.items():
        if any(each.effect is effect for each in found):
            yield effect_mark(effect, (x, y))
            yield words(x + 10, y + 4, name, size=SMALL, ink=INK)
            x += 10 + len(name) * 5.6 + 20
