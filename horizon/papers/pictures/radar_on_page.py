"""A radar on the pages of a paper: in one picture, or in as many as it takes to read its type."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from horizon.papers.pictures.radar import Blip, Radar
from horizon.papers.pictures.radar_svg import NUMBERS, SMALL, to_svg

READABLE, LARGEST = 7.0, 9.0
"""Points that no type may be smaller than, and that the type of names need not be larger than."""

LINE, PAGE = 470.0, 645.0
"""Points that a picture may be across, and that it may be down so that its caption and a heading
stand above it."""

CROWD = 32
"""Blips from which one picture is not tried."""

_VIEW_BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_TYPE = re.compile(r'font-size="([\d.]+)"')


@dataclass(frozen=True, slots=True)
class Printed:
    """A radar drawn. `width` is its share of the line in whole per cent."""

    radar: Radar
    svg: str
    width: int

    @property
    def type_size(self) -> float:
        """The size of its smallest type on the page, in points. Numbers of four digits, which a
        blip has no more room for, are not counted."""
        across, _ = _size(self.svg)
        smallest = min(each for each in map(float, _TYPE.findall(self.svg)) if each >= NUMBERS[3])
        return smallest * LINE * self.width / 100 / across

    @property
    def is_readable(self) -> bool:
        return self.type_size >= READABLE


def on_page(radar: Radar, *, legend: bool = True) -> tuple[Printed, ...]:
    """The radar whole where it can be read so, or else some of its sectors at a time."""
    if len(radar.blips) <= CROWD:
        whole = _printed(radar, legend)
        if whole.is_readable:
            return (whole,)
    shown: list[tuple[Blip, ...]] = []
    found: list[Printed] = []
    for crowd, alone in _crowds(radar, legend):
        together = (*shown[-1], *crowd) if shown else ()
        if 0 < len(together) <= CROWD:
            tried = _printed(_only(radar, together), legend)
            if tried.is_readable:
                shown[-1], found[-1] = together, tried
                continue
        shown.append(crowd)
        found.append(alone)
    return tuple(found)


def _crowds(radar: Radar, legend: bool) -> Iterator[tuple[tuple[Blip, ...], Printed]]:
    """The blips of each sector, no more at a time than one picture holds, with that picture."""
    for at in range(len(radar.sectors)):
        here = sorted((e for e in radar.blips if e.sector == at), key=lambda each: each.number)
        waiting = [tuple(here[start : start + CROWD]) for start in range(0, len(here), CROWD)]
        while waiting:
            crowd = waiting.pop(0)
            alone = _printed(_only(radar, crowd), legend)
            if alone.is_readable or len(crowd) == 1:
                yield crowd, alone
            else:
                half = len(crowd) // 2
                waiting[:0] = [crowd[:half], crowd[half:]]


def _only(radar: Radar, blips: tuple[Blip, ...]) -> Radar:
    """The radar of some blips, with no other sectors than theirs."""
    kept = sorted({each.sector for each in blips})
    return replace(
        radar,
        sectors=tuple(radar.sectors[each] for each in kept),
        blips=tuple(replace(each, sector=kept.index(each.sector)) for each in blips),
    )


def _printed(radar: Radar, legend: bool) -> Printed:
    """A radar as wide as the line, or less where its type would be too large or it too high."""
    svg = to_svg(radar, legend=legend)
    across, down = _size(svg)
    share = min(LINE / across, PAGE / down, LARGEST / SMALL) * across / LINE
    return Printed(radar, svg, int(100 * share))


def _size(svg: str) -> tuple[float, float]:
    found = _VIEW_BOX.search(svg)
    assert found is not None
    return float(found[1]), float(found[2])
