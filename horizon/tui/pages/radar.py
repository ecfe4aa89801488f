"""The radar of the register: what its rings and sectors are, and what each mark and row says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from string import ascii_uppercase

from horizon.framework.schema import Framework
from horizon.judgement.radar_layout import Blip, Cell, Layout, Shape, lay_out
from horizon.judgement.radar_rings import (
    HORIZONS,
    NOT_SCORED,
    OTHER,
    SHORT,
    Rings,
    Sectors,
    label_number,
    stage_ring_names,
    stage_rings,
)
from horizon.model.headers import TechnologyHeader
from horizon.model.state import State
from horizon.model.wording import in_words, printable
from horizon.model.words import Kind
from horizon.register.comparing import on_the_route
from horizon.register.reader import Reader
from horizon.tui.widgets.register_table import Column, Row

LATELY = timedelta(days=90)
"""How far back a movement is looked for."""

SAME, NEW, NEARER, FURTHER = "●", "★", "▲", "▼"

SHAPES = {
    SAME: "no change",
    NEW: "new in 90 days",
    NEARER: "moved nearer",
    FURTHER: "moved out",
}
"""What a shape says of the last 90 days."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The rings or the sectors: their names in order, the short form of each, and which one a
    technology is in."""

    names: tuple[str, ...]
    short: tuple[str, ...]
    of: Callable[[TechnologyHeader], int]


@dataclass(frozen=True, slots=True)
class Entry:
    """A technology on the radar. `number` is that of its label: 13 is T-0013."""

    header: TechnologyHeader
    number: int
    ring: int
    sector: int
    shape: str

    @property
    def text(self) -> str:
        return f"{self.shape}{self.number}"


@dataclass(frozen=True, slots=True)
class Radar:
    """Everything that is drawn and listed. `left` have left the route and are not on it."""

    rings: Scale
    sectors: Scale
    entries: tuple[Entry, ...]
    left: int

    def shape(self, width: int, height: int) -> Shape:
        return Shape(width, height, len(self.rings.names), len(self.sectors.names))


def radar(
    register: Reader,
    rings: Rings,
    sectors: Sectors,
    *,
    fits: Mapping[str, int],
    before: State | None,
) -> Radar:
    """The radar of what is on the route. `fits` says which objective a technology serves best;
    `before` is the register 90 days ago, or `None` while that is not known."""
    headers = on_the_route(register)
    framework = register.framework
    ring = _horizons(headers) if rings == "time horizon" else _stages(framework)
    sector = _kinds(headers) if sectors == "kind" else _objectives(framework, headers, fits)
    found = (
        Entry(
            each,
            label_number(each.label),
            ring.of(each),
            sector.of(each),
            _shape(each, ring, before),
        )
        for each in headers
    )
    entries = tuple(sorted(found, key=lambda each: (each.sector, each.ring, each.number)))
    left = len(register.state.technologies) - len(headers)
    return Radar(ring, sector, entries, left)


def _shape(header: TechnologyHeader, rings: Scale, before: State | None) -> str:
    """How a technology moved, told by where it was."""
    if before is None:
        return SAME
    if header.id not in before.technologies:
        return NEW
    was, now = rings.of(before.technologies.header(header.id)), rings.of(header)
    return SAME if was == now else NEARER if now < was else FURTHER


def _horizons(headers: Sequence[TechnologyHeader]) -> Scale:
    unrecorded = any(each.time_horizon is None for each in headers)
    order = [each for each in HORIZONS if each is not None or unrecorded]
    names = tuple(HORIZONS[each] for each in order)
    short = tuple(each.value if each else "?" for each in order)
    places = {each: at for at, each in enumerate(HORIZONS)}
    return Scale(names, short, lambda header: places[header.time_horizon])


def _stages(framework: Framework) -> Scale:
    rings, names = stage_rings(framework.route), stage_ring_names(framework.route)
    return Scale(names, SHORT, lambda header: rings.get(header.stage, OTHER))


def _kinds(headers: Sequence[TechnologyHeader]) -> Scale:
    present = {each.kind for each in headers}
    kinds = [each for each in Kind if each in present] or [Kind.OTHER]
    order = {each: at for at, each in enumerate(kinds)}
    names = tuple(in_words(each) for each in kinds)
    return Scale(names, letters(len(kinds)), lambda header: order[header.kind])


def _objectives(
    framework: Framework, headers: Sequence[TechnologyHeader], fits: Mapping[str, int]
) -> Scale:
    """The objective that a technology fits best, as it was scored."""
    names = [each.name for each in framework.objectives]
    unscored = len(names)
    if any(each.id not in fits for each in headers) or not names:
        names.append(NOT_SCORED)
    return Scale(tuple(names), letters(len(names)), lambda header: fits.get(header.id, unscored))


def fits_of(register: Reader, headers: Sequence[TechnologyHeader]) -> Iterator[tuple[str, int]]:
    """For each technology that was scored, the number of the objective it fits best."""
    for header in headers:
        if not header.scored_under:
            continue
        found = register.reading(header.id).scores.objectives
        mids = [each.cell.mid if each.cell.mid is not None else -1 for each in found]
        if mids and max(mids) >= 0:
            yield header.id, mids.index(max(mids))


def letters(count: int) -> tuple[str, ...]:
    """A, B, C and so on; numbers once the alphabet is through."""
    named = ascii_uppercase[:count]
    return (*named, *(str(number) for number in range(27, count + 1)))


Label = tuple[int, int, str]
"""Row, column and text of something written on the picture itself."""


def labels(radar: Radar, shape: Shape) -> list[Label]:
    """The short name of each ring, on the line upwards from the centre, and of each sector, just
    outside the outermost ring."""
    found: list[Label] = []
    for ring, short in enumerate(radar.rings.short):
        row, column = shape.point(shape.outer(ring), 0)
        found.append((round(row), round(column - (len(short) - 1) / 2), short))
    for sector, short in enumerate(radar.sectors.short):
        turn = (sector + 0.5) / shape.sectors
        row, column = shape.point(1 + 1 / shape.radius, turn)
        inside = min(max(round(column), 0), shape.width - len(short))
        found.append((min(max(round(row), 0), shape.height - 1), inside, short))
    return found


def layout(radar: Radar, width: int, height: int) -> tuple[Layout, list[Label]]:
    """Where everything stands in a picture of that many characters."""
    shape = radar.shape(width, height)
    named = labels(radar, shape)
    taken: list[Cell] = [
        (row, column + at) for row, column, text in named for at in range(len(text))
    ]
    blips = [Blip(each.header.id, each.ring, each.sector, each.text) for each in radar.entries]
    return lay_out(blips, shape, taken), named


COLUMNS = (
    Column("No", 5),
    Column("Name", share=1),
    Column("Ring", 5),
    Column("Stage", 17, shown_from=56),
)


def rows(register: Reader, radar: Radar) -> list[Row]:
    """Every technology under its sector: the list that shows what the picture cannot."""
    made: list[Row] = []
    sector = -1
    for entry in radar.entries:
        if entry.sector != sector:
            sector = entry.sector
            name = radar.sectors.names[sector]
            made.append(Row("", words=f"{radar.sectors.short[sector]}  {name}"))
        stage = register.framework.route.stage(entry.header.stage)
        name = printable(entry.header.name).replace("\n", " ").replace("\t", " ")
        cells = (entry.text, name, radar.rings.short[entry.ring], stage.name if stage else "")
        made.append(Row(entry.header.id, cells))
    made.append(Row("", words="Rings, from the centre"))
    for short, name in zip(radar.rings.short, radar.rings.names, strict=True):
        made.append(Row("", words=f"  {name if name.startswith(short) else f'{short}  {name}'}"))
    if radar.left:
        made.append(Row("", words=f"  {radar.left} have left the route"))
    return made


@dataclass(frozen=True, slots=True)
class Drawing:
    """A radar with all that its screen shows of it."""

    radar: Radar
    rows: list[Row]
    layout: Layout
    labels: list[Label]


def drawing(
    register: Reader,
    rings: Rings,
    sectors: Sectors,
    *,
    fits: Mapping[str, int],
    before: State | None,
    size: tuple[int, int],
) -> Drawing:
    """Make everything that the screen shows, in a picture of `size` characters across and down:
    see `radar`."""
    found = radar(register, rings, sectors, fits=fits, before=before)
    return Drawing(found, rows(register, found), *layout(found, *size))


def said(radar: Radar, ids: Sequence[str]) -> str:
    """What is under the cursor, in full words."""
    entries = {each.header.id: each for each in radar.entries}
    found = [entries[each] for each in ids if each in entries]
    if not found:
        return ""
    first = found[0]
    ring, sector = radar.rings.names[first.ring], radar.sectors.names[first.sector]
    if len(found) > 1:
        named = ", ".join(str(each.number) for each in sorted(found, key=lambda e: e.number))
        return f"{len(found)} share this mark ({ring}; {sector}). In the list: {named}."
    header = first.header
    name = printable(header.name).replace("\n", " ")
    return f"{first.number}  {header.label} {name}. {ring}; {sector}; {SHAPES[first.shape]}."


KEY = "  ".join(f"{shape} {words}" for shape, words in SHAPES.items()) + "  + more"
"""What the shapes mean."""
