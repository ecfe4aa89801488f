"""The technology radar: rings and sectors, any number of each, with every technology in its place.

Where a blip stands follows from its technology's id, so that people find it again in the next
paper. Blips never overlap: each ring of each sector offers places on arcs, a blip takes the place
that its id asks for or the nearest that is free, and the radar grows until all have one. Numbers
are those of the labels (13 is T-0013).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import asin, ceil, cos, dist, pi, sin, sqrt

from horizon.model.wording import count, listed
from horizon.papers.pictures.drawing import Point, room


class Movement(StrEnum):
    """What happened to a technology since the radar was last drawn."""

    NEW = "new"
    INWARD = "moved in"
    OUTWARD = "moved out"
    NONE = "not moved"


@dataclass(frozen=True, slots=True)
class Blip:
    """A technology on the radar: `ring` and `sector` are places in the radar's lists."""

    id: str
    number: int
    name: str
    ring: int
    sector: int
    movement: Movement = Movement.NONE


@dataclass(frozen=True, slots=True)
class Radar:
    """What the radar shows. Rings are named from the middle outwards; `since` says in words when
    movement is told from, or is empty."""

    title: str
    rings: tuple[str, ...]
    sectors: tuple[str, ...]
    blips: tuple[Blip, ...]
    since: str = ""

    @property
    def about(self) -> str:
        """What the radar shows, in words: how many there are in each ring of each sector."""
        said = [f"{count(len(self.blips), 'technology', 'technologies')}."]
        for at, sector in enumerate(self.sectors):
            rings = Counter(each.ring for each in self.blips if each.sector == at)
            held = [f"{rings[at]} in {name}" for at, name in enumerate(self.rings) if rings[at]]
            said.append(f"{sector}: {listed(held) if held else 'none'}.")
        moved = Counter(each.movement for each in self.blips)
        if self.since:
            told = [f"{moved[each]} {each}" for each in Movement if moved[each]]
            said.append(f"Since {self.since}: {listed(told)}.")
        return " ".join(said)


BLIP = 11.0
"""Radius of a blip."""

SPACING = 27.0
"""Distance between two places: the blip, and room for it to stand a little off."""

ASTRAY = (SPACING - 2 * BLIP) / 2 - 0.5
"""How far a blip may stand from its place."""

EDGE = BLIP + ASTRAY + 2
"""How far a place keeps from the edges of its ring and sector."""

SMALLEST = 200.0
CORE = 12.0
"""Radius in the middle where nothing stands."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything stands, the middle at 0, 0. `radii` are the outer edges of the rings,
    `places` where each blip's middle is, by id."""

    radii: tuple[float, ...]
    places: dict[str, Point]

    @property
    def radius(self) -> float:
        return self.radii[-1]


def layout(radar: Radar) -> Layout:
    """Places for all blips, without any overlap, each within its own ring and sector."""
    radius = SMALLEST
    while True:
        radii = _radii(radar, radius)
        found = _places(radar, radii)
        if found is not None:
            return Layout(radii, found)
        radius = ceil(radius * 1.08)


def _radii(radar: Radar, radius: float) -> tuple[float, ...]:
    """The rings' outer edges: a ring has area for its fullest sector. Counts go in steps, so that
    one technology more seldom moves a ring."""
    fullest = Counter((each.ring, each.sector) for each in radar.blips)
    weights = []
    for ring in range(len(radar.rings)):
        most = max((fullest[ring, sector] for sector in range(len(radar.sectors))), default=0)
        weights.append(5 * ceil(most / 5) + 4)
    total, sum_, edges = sum(weights), 0, []
    for weight in weights:
        sum_ += weight
        edges.append(radius * sqrt(sum_ / total))
    return tuple(edges)


def _places(radar: Radar, radii: Sequence[float]) -> dict[str, Point] | None:
    """A place for each blip, or `None` when the rings are too small for that."""
    labels = [*label_boxes(radar, radii)]
    found: dict[str, Point] = {}
    for ring in range(len(radii)):
        for sector in range(len(radar.sectors)):
            here = [each for each in radar.blips if (each.ring, each.sector) == (ring, sector)]
            if not here:
                continue
            free = [
                place
                for place in _slots(radii, ring, sector, len(radar.sectors))
                if not any(_touches(place, label) for label in labels)
            ]
            if len(free) < len(here):
                return None
            for blip in sorted(here, key=lambda each: each.number):
                wanted = free[_dice(blip.id, 0) % len(free)]
                place = min(free, key=lambda each: (dist(each, wanted), each))
                free.remove(place)
                found[blip.id] = _astray(place, blip.id)
    return found


def _slots(radii: Sequence[float], ring: int, sector: int, sectors: int) -> Iterator[Point]:
    """Places on arcs within a ring of a sector, far enough apart and from every edge."""
    inner = radii[ring - 1] if ring else CORE
    deep = radii[ring] - inner - 2 * EDGE
    if deep < 0:
        return
    rows = int(deep // SPACING) + 1
    begin, width = 2 * pi * sector / sectors - pi / 2, 2 * pi / sectors
    for row in range(rows):
        r = inner + EDGE + (deep - (rows - 1) * SPACING) / 2 + row * SPACING
        if r < EDGE:
            continue
        apart = 2 * asin(min(1.0, SPACING / (2 * r)))
        if sectors == 1:
            held = max(int(width / apart), 1)
            step, first = width / held, begin
        else:
            arc = width - 2 * asin(EDGE / r)
            if arc < 0:
                continue
            held = int(arc / apart) + 1
            step = arc / (held - 1) if held > 1 else 0.0
            first = begin + (width - arc) / 2 if held > 1 else begin + width / 2
        for at in range(held):
            turn = first + at * step
            yield (r * cos(turn), r * sin(turn))


def _dice(id_: str, which: int) -> int:
    return int.from_bytes(hashlib.sha256(f"{which}:{id_}".encode()).digest()[:4], "big")


def _astray(place: Point, id_: str) -> Point:
    """A point near a place, so that blips do not stand in rows like soldiers."""
    turn = 2 * pi * (_dice(id_, 1) % 1000) / 1000
    far = ASTRAY * sqrt((_dice(id_, 2) % 1000) / 1000)
    return round(place[0] + far * cos(turn), 2), round(place[1] + far * sin(turn), 2)


Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

RING_SIZE = 12.0
"""Size of the type of ring names."""


def label_boxes(radar: Radar, radii: Sequence[float]) -> Iterator[Box]:
    """Where the rings' names stand: on the line straight up, within their ring."""
    inner = CORE
    for name, outer in zip(radar.rings, radii, strict=True):
        middle = -(inner + outer) / 2
        half = room(name, RING_SIZE, bold=True) / 2 + 3
        yield (-half, middle - 9, half, middle + 6)
        inner = outer


def _touches(place: Point, label: Box) -> bool:
    reach = BLIP + ASTRAY + 1
    left, top, right, bottom = label
    return left - reach < place[0] < right + reach and top - reach < place[1] < bottom + reach
