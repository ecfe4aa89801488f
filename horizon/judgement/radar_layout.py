"""Where each technology stands on a radar that is drawn in characters.

Rings from the centre outwards, sectors clockwise from the top, any number of each. A place follows
from the technology's id, so that the picture stays the same from one day to the next and a
newcomer moves few others. No mark ever covers another; where a part of the picture has no room for
all of its technologies, the rest share one mark with their count, and none is dropped in silence.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import atan2, cos, hypot, pi, sin

TALL, TALLEST = 2.0, 2.7
"""How much taller a character is than wide, and how far a picture that has room at its sides is
drawn out."""

CROWD = 0.65
"""The power that makes inner rings wider than they would be in step, for there is least room."""

Cell = tuple[int, int]
"""Row and column, from 0."""

Segment = tuple[int, int]
"""Ring, from the centre, and sector, from the top clockwise, both from 0."""


@dataclass(frozen=True, slots=True)
class Blip:
    """A technology to be placed. `text` is what is drawn for it."""

    id: str
    ring: int
    sector: int
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Something drawn: the text from `column` on, for one technology or for several. `strayed`
    says that it stands beside its own part of the picture, which is too small for it."""

    row: int
    column: int
    text: str
    ids: tuple[str, ...]
    strayed: bool = False

    @property
    def middle(self) -> tuple[float, float]:
        """Where it stands, in lines down and to the right."""
        return self.row, (self.column + len(self.text) / 2) / TALL


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole picture. `beyond` are those for which there is no room anywhere on it."""

    shape: Shape
    marks: tuple[Mark, ...]
    beyond: tuple[str, ...]

    def mark_of(self, id: str) -> int | None:
        """Which mark a technology has."""
        return next((at for at, mark in enumerate(self.marks) if id in mark.ids), None)


@dataclass(frozen=True, slots=True)
class Shape:
    """The size of a picture in characters, and how many rings and sectors it has."""

    width: int
    height: int
    rings: int
    sectors: int

    @property
    def centre(self) -> tuple[float, float]:
        """Row and column of the middle."""
        return (self.height - 1) / 2, (self.width - 1) / 2

    @property
    def radius(self) -> float:
        """Lines from the middle to the outermost ring, with room for a letter outside it."""
        return max(1.0, min((self.height - 2) / 2, (self.width - 4) / (2 * TALL)))

    @property
    def tall(self) -> float:
        """Characters to the side for each line down: a circle is a little wider than round where
        there is room."""
        return max(TALL, min(TALLEST, (self.width - 4) / (2 * self.radius)))

    def outer(self, ring: int) -> float:
        """The radius of a ring's outer edge, as a part of the whole."""
        return float(((ring + 1) / self.rings) ** CROWD)

    def inner(self, ring: int) -> float:
        return self.outer(ring - 1) if ring else 0.0

    def point(self, radius: float, turn: float) -> tuple[float, float]:
        """Row and column of a place: `radius` in parts of the whole, `turn` in turns clockwise
        from the top."""
        row, column = self.centre
        reach, angle = radius * self.radius, 2 * pi * turn
        return row - reach * cos(angle), column + self.tall * reach * sin(angle)

    def segment(self, row: float, column: float) -> Segment | None:
        """Which part of the picture a place is in; `None` outside it."""
        middle, centre = self.centre
        up, right = middle - row, (column - centre) / self.tall
        reach = hypot(up, right) / self.radius
        ring = next((at for at in range(self.rings) if reach <= self.outer(at)), None)
        if ring is None:
            return None
        turn = atan2(right, up) / (2 * pi) % 1.0
        return ring, min(int(turn * self.sectors), self.sectors - 1)


def lay_out(blips: Sequence[Blip], shape: Shape, taken: Sequence[Cell] = ()) -> Layout:
    """Find a place for every technology. Cells that are `taken` (by a label) are kept free."""
    held: dict[Segment, list[Blip]] = {}
    for blip in sorted(blips, key=lambda each: _digest(each.id)):
        held.setdefault((blip.ring, blip.sector), []).append(blip)
    board = _Board(shape, set(taken))
    marks: list[Mark] = []
    homeless: list[tuple[Segment, list[Blip]]] = []
    for segment in sorted(held):
        placed, rest = board.fill(segment, held[segment])
        marks += placed
        if rest:
            homeless.append((segment, rest))
    beyond: list[str] = []
    for segment, rest in homeless:
        text = rest[0].text if len(rest) == 1 else f"+{len(rest)}"
        cell = board.find(text, _middle(shape, segment), None)
        if cell is None:
            beyond += [each.id for each in rest]
        else:
            marks.append(board.put(text, cell, rest, strayed=True))
    marks.sort(key=lambda each: (each.row, each.column))
    return Layout(shape, tuple(marks), tuple(beyond))


class _Board:
    """Which cells are free."""

    def __init__(self, shape: Shape, taken: set[Cell]) -> None:
        self._shape, self._taken = shape, taken

    def fill(self, segment: Segment, blips: Sequence[Blip]) -> tuple[list[Mark], list[Blip]]:
        """Marks for one part of the picture, and those for whom not even a shared one fits."""
        placed: list[Mark] = []
        waiting = list(blips)
        while waiting:
            blip = waiting[0]
            cell = self.find(blip.text, _home(self._shape, blip), segment)
            if cell is None:
                break
            placed.append(self.put(blip.text, cell, [waiting.pop(0)]))
        while waiting:
            text = f"+{len(waiting)}"
            cell = self.find(text, _middle(self._shape, segment), segment)
            if cell is not None:
                return [*placed, self.put(text, cell, waiting)], []
            if not placed:
                return [], waiting
            last = placed.pop()
            self._take(last, free=True)
            waiting.insert(0, next(each for each in blips if each.id == last.ids[0]))
        return placed, []

    def find(self, text: str, home: tuple[float, float], segment: Segment | None) -> Cell | None:
        """The free place for `text` that is nearest to a home: in one part of the picture, or
        anywhere."""
        best: tuple[float, Cell] | None = None
        for row, column in _starts(self._shape, len(text)).get(segment, ()):
            if any((row, at) in self._taken for at in range(column - 1, column + len(text) + 1)):
                continue
            far = hypot(row - home[0], (column + (len(text) - 1) / 2 - home[1]) / self._shape.tall)
            found = (round(far, 6), (row, column))
            if best is None or found < best:
                best = found
        return best[1] if best else None

    def put(self, text: str, cell: Cell, blips: Sequence[Blip], *, strayed: bool = False) -> Mark:
        mark = Mark(*cell, text, tuple(each.id for each in blips), strayed)
        self._take(mark)
        return mark

    def _take(self, mark: Mark, *, free: bool = False) -> None:
        cells = {(mark.row, mark.column + at) for at in range(len(mark.text))}
        if free:
            self._taken -= cells
        else:
            self._taken |= cells


@lru_cache(maxsize=8)
def _segments(shape: Shape) -> Mapping[Cell, Segment]:
    """Which part of the picture each cell is in."""
    found: dict[Cell, Segment] = {}
    for row in range(shape.height):
        for column in range(shape.width):
            segment = shape.segment(row, column)
            if segment is not None:
                found[row, column] = segment
    return found


@lru_cache(maxsize=32)
def _starts(shape: Shape, width: int) -> Mapping[Segment | None, Sequence[Cell]]:
    """Where a text of this width may begin, to lie whole in one part of the picture; under `None`
    everywhere."""
    cells = _segments(shape)
    found: dict[Segment | None, list[Cell]] = {None: []}
    for row in range(shape.height):
        here = [cells.get((row, column)) for column in range(shape.width)]
        for column in range(shape.width - width + 1):
            found[None].append((row, column))
            segment = here[column]
            if segment is not None and all(here[column + at] == segment for at in range(1, width)):
                found.setdefault(segment, []).append((row, column))
    return found


def _digest(id: str) -> bytes:
    return hashlib.sha256(id.encode("utf-8")).digest()


def _home(shape: Shape, blip: Blip) -> tuple[float, float]:
    """The place that follows from an id, evenly spread over its part of the picture."""
    drawn = _digest(blip.id)
    across, along = (int.from_bytes(drawn[start : start + 4], "big") / 2**32 for start in (0, 4))
    near, far = shape.inner(blip.ring) ** 2, shape.outer(blip.ring) ** 2
    return shape.point((near + across * (far - near)) ** 0.5, (blip.sector + along) / shape.sectors)


def _middle(shape: Shape, segment: Segment) -> tuple[float, float]:
    ring, sector = segment
    radius = (shape.inner(ring) + shape.outer(ring)) / 2
    return shape.point(radius, (sector + 0.5) / shape.sectors)


def toward(marks: Sequence[Mark], at: int, down: int, right: int) -> int:
    """The mark that an arrow key leads to from mark number `at`, or the same at the edge.

    Up and down lead to the nearest mark of the next line that has any; to the sides, to the next
    one on the same line, and from the last to the nearest further on. So the arrows reach every
    mark. One of `down` and `right` is 1 or -1, the other 0.
    """
    row, column = marks[at].middle
    others = [(number, *mark.middle) for number, mark in enumerate(marks) if number != at]
    if down:
        ahead = [each for each in others if down * (each[1] - row) > 0]
        nearest = min((abs(each[1] - row) for each in ahead), default=0)
        ahead = [each for each in ahead if abs(each[1] - row) == nearest]
        return min(ahead, key=lambda each: (abs(each[2] - column), each[0]), default=(at,))[0]
    ahead = [each for each in others if right * (each[2] - column) > 0]
    ahead = [each for each in ahead if each[1] == row] or ahead
    return min(
        ahead,
        key=lambda each: (abs(each[2] - column) + 2 * abs(each[1] - row), each[0]),
        default=(at,),
    )[0]
