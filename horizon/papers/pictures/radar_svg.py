"""The radar drawn: rings, sectors, blips that shape tells apart as well as colour, and a legend."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, pi, sin

from horizon.papers.blocks import Tone
from horizon.papers.editions import holds_a_mark
from horizon.papers.palette import ACCENT, HEAD_FILL, LINE, QUIET, TONES
from horizon.papers.pictures.drawing import (
    Point,
    circle,
    line,
    picture,
    polygon,
    regular,
    room,
    safe,
    titled,
    words,
    wrapped,
)
from horizon.papers.pictures.radar import (
    BLIP,
    RING_SIZE,
    Blip,
    Layout,
    Movement,
    Radar,
    label_boxes,
    layout,
)

INKS = {
    Movement.NONE: ACCENT,
    Movement.NEW: TONES[Tone.GOOD][1],
    Movement.INWARD: TONES[Tone.CARE][1],
    Movement.OUTWARD: TONES[Tone.BAD][1],
}
"""The colour of a blip. Its shape says the same: see `shape`."""

SECTOR = 92.0
"""Room for a line of a sector's name."""

ROW, COLUMNS, FEWER = 18.0, 3, 2
LEGEND = 690.0
"""How wide a picture is at least, so that most names of its legend stand on a line or two. Where
names are withheld there are fewer columns, as wide as the words that say so."""

SMALL, HEADING, TITLE = 12.0, 13.0, 16.0
LINE_HIGH = 16.0
NUMBERS = {1: 12.0, 2: 12.0, 3: 10.8}
"""Sizes of the type on blips, by how many digits there are: as large as fits."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a picture says that stands by itself: its marking above and below, what it shows of
    which register in the lines under its title, where it comes from at its foot, and `note` for
    programs."""

    marking: str
    lines: tuple[str, ...]
    foot: str
    note: str


def to_svg(radar: Radar, *, legend: bool = True, frame: Frame | None = None) -> str:
    """The radar as one SVG document. Without a legend the blips' numbers are those of a table."""
    placed = layout(radar)
    names = [wrapped(each, SECTOR, HEADING) for each in radar.sectors]
    side = 16 + max(room(line, HEADING, bold=True) for lines in names for line in lines)
    above = 20 + LINE_HIGH * max(map(len, names))
    width = max(2 * (placed.radius + side), LEGEND if legend else 0)
    head = _head(radar, frame, width) if frame else []
    top = 24.0 + LINE_HIGH * len(head) if frame else 0.0
    middle = (width / 2, placed.radius + above + top)
    low = middle[1] + placed.radius + above - 2
    parts = [*_rings(radar, placed, middle), *_sectors(radar, placed, middle)]
    parts += [_blip(radar, each, placed, middle, named=legend) for each in radar.blips]
    shapes, low = _shapes(radar, low)
    parts += shapes
    if legend:
        more, low = _legend(radar, low + 10, width)
        parts += more
    if frame:
        parts += _framed(frame, head, width, low + 22)
        low += 26
    return picture(width, low + 6, radar.title, radar.about, parts)


def _head(radar: Radar, frame: Frame, width: float) -> list[tuple[str, float]]:
    """The title and the lines under it as they fit, each with the size of its type."""
    said = [(radar.title, TITLE), *((each, SMALL) for each in frame.lines)]
    return [(each, size) for text, size in said for each in wrapped(text, width - 24, size)]


def _framed(frame: Frame, head: list[tuple[str, float]], width: float, low: float) -> Iterator[str]:
    for y in (18.0, low):
        yield words(width / 2, y, frame.marking, size=SMALL, anchor="middle", bold=True)
    for at, (said, size) in enumerate(head):
        yield words(12, 42.0 + LINE_HIGH * at, said, size=size, ink=ACCENT, bold=size == TITLE)
    yield words(12, low, frame.foot, size=SMALL, ink=QUIET)
    yield f"<metadata>{safe(frame.note)}</metadata>"


def _rings(radar: Radar, placed: Layout, middle: Point) -> Iterator[str]:
    """The rings from outside in, then their names."""
    fills = (HEAD_FILL, "ffffff")
    for at in reversed(range(len(placed.radii))):
        yield circle(middle, placed.radii[at], fill=fills[at % 2], edge=LINE)
    for name, (_, top, _, bottom) in zip(
        radar.rings, label_boxes(radar, placed.radii), strict=True
    ):
        y = middle[1] + (top + bottom) / 2 + 4
        yield words(middle[0], y, name, size=RING_SIZE, ink=ACCENT, anchor="middle", bold=True)


def _sectors(radar: Radar, placed: Layout, middle: Point) -> Iterator[str]:
    many = len(radar.sectors)
    for at, name in enumerate(radar.sectors):
        turn = 2 * pi * at / many - pi / 2
        if many > 1 and at:  # the names of rings stand on the first line
            far = placed.radius
            edge = (middle[0] + far * cos(turn), middle[1] + far * sin(turn))
            yield line(middle, edge, ink=LINE)
        yield from _sector_name(name, turn + pi / many, placed.radius, middle)


def _sector_name(name: str, turn: float, radius: float, middle: Point) -> Iterator[str]:
    """A sector's name outside the rings, at the middle of its edge."""
    x, y = middle[0] + (radius + 10) * cos(turn), middle[1] + (radius + 10) * sin(turn)
    lines = wrapped(name, SECTOR, HEADING)
    right, left = cos(turn) > 0.3, cos(turn) < -0.3
    anchor = "start" if right else "end" if left else "middle"
    if sin(turn) < -0.7:
        y -= LINE_HIGH * (len(lines) - 1)
    elif sin(turn) > 0.7:
        y += 10
    else:
        y -= LINE_HIGH * (len(lines) - 1) / 2 - 4
    for at, said in enumerate(lines):
        y_at = y + LINE_HIGH * at
        yield words(x, y_at, said, size=HEADING, ink=ACCENT, anchor=anchor, bold=True)


def shape(movement: Movement, at: Point, radius: float) -> str:
    """A circle for what has not moved, a star of eight for what is new, and a house whose gable
    points up for what moved in and down for what moved out."""
    ink = INKS[movement]
    match movement:
        case Movement.NEW:
            outer = regular(at, radius * 1.18, 8)
            inner = regular(at, radius * 0.95, 8, turned=1 / 16)
            points = [point for pair in zip(outer, inner, strict=True) for point in pair]
            return polygon(points, fill=ink)
        case Movement.INWARD:
            return polygon(regular(at, radius * 1.16, 5), fill=ink)
        case Movement.OUTWARD:
            return polygon(regular(at, radius * 1.16, 5, turned=0.5), fill=ink)
        case _:
            return circle(at, radius, fill=ink)


def _blip(radar: Radar, blip: Blip, placed: Layout, middle: Point, *, named: bool) -> str:
    x, y = placed.places[blip.id]
    at = (middle[0] + x, middle[1] + y)
    digits = str(blip.number)
    size = NUMBERS.get(len(digits), 8.4)
    drawn = shape(blip.movement, at, BLIP - 1)
    label = f"T-{blip.number:04d}"
    said = f"{label} {blip.name}" if named else label
    text = words(
        at[0], at[1] + size * 0.36, digits, size=size, ink="ffffff", anchor="middle", bold=True
    )
    said += f", {radar.rings[blip.ring]}, {radar.sectors[blip.sector]}"
    return titled(drawn + text, f"{said}, {blip.movement}" if radar.since else said)


def _shapes(radar: Radar, low: float) -> tuple[list[str], float]:
    """What the shapes mean, on a line below the radar, where movement is told."""
    if not radar.since:
        return [], low - 18
    parts = [words(12, low + 4, f"Since {radar.since}:", size=SMALL, ink=QUIET)]
    x = 12 + room(f"Since {radar.since}:", SMALL) + 16
    for each in Movement:
        parts.append(shape(each, (x, low), 6))
        parts.append(words(x + 12, low + 4, each, size=SMALL))
        x += room(each, SMALL) + 34
    return parts, low + 12


def _legend(radar: Radar, top: float, width: float) -> tuple[list[str], float]:
    """Numbers and names in columns, by sector and then by ring, each entry as high as it needs."""
    columns = FEWER if any(holds_a_mark(each.name) for each in radar.blips) else COLUMNS
    column = (width - 24) / columns
    entries = [*_entries(radar, column - 44)]
    total = sum(high for _, high in entries)
    parts: list[str] = []
    at, y, lowest = 0, top, top
    for draw, high in entries:
        with_next = high if draw.blip else high + 2 * ROW  # no sector's name stands alone
        if y - top + with_next > total / columns + 2 * ROW and at < columns - 1:
            at, y = at + 1, top
        parts += draw(12 + at * column, y)
        y += high
        lowest = max(lowest, y)
    return parts, lowest


@dataclass(frozen=True, slots=True)
class _Entry:
    """One thing in the legend, drawn where it is told to: a sector's name, or a blip's."""

    lines: tuple[str, ...]
    blip: Blip | None = None

    def __call__(self, x: float, y: float) -> Iterator[str]:
        if self.blip is None:
            for at, said in enumerate(self.lines):
                yield words(x, y + 16 + LINE_HIGH * at, said, size=HEADING, ink=ACCENT, bold=True)
            return
        yield shape(self.blip.movement, (x + 7, y + 9), 5.5)
        digits = str(self.blip.number)
        yield words(x + 36, y + 13, digits, size=SMALL, anchor="end", bold=True)
        for at, said in enumerate(self.lines):
            yield words(x + 41, y + 13 + 14 * at, said, size=SMALL)


def _entries(radar: Radar, width: float) -> Iterator[tuple[_Entry, float]]:
    for at, sector in enumerate(radar.sectors):
        here = [each for each in radar.blips if each.sector == at]
        if not here:
            continue
        lines = tuple(wrapped(sector, width, HEADING))
        yield _Entry(lines), LINE_HIGH * len(lines) + 8
        for blip in sorted(here, key=lambda each: (each.ring, each.number)):
            ring = f"({radar.rings[blip.ring]})"
            lines = tuple(wrapped(f"{blip.name} {ring}", width, SMALL))
            if holds_a_mark(blip.name):  # what is put in its place is longer, and no line is cut
                lines = (blip.name, ring)
            yield _Entry(lines, blip), max(ROW, 14 * len(lines) + 4)
