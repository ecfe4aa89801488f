"""The radar of a register: which ring and sector each technology is in, and whether it moved."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from horizon.judgement.radar_rings import (
    HORIZONS,
    NOT_SCORED,
    OTHER,
    RINGS,
    SECTORS,
    Rings,
    Sectors,
    label_number,
    stage_ring_names,
    stage_rings,
)
from horizon.model.technology import Technology
from horizon.model.wording import day, in_words
from horizon.model.words import Kind
from horizon.papers.pictures.radar import Blip, Movement, Radar
from horizon.register.reader import Reader


def register_radar(
    reader: Reader,
    *,
    rings: Rings = RINGS,
    sectors: Sectors = SECTORS,
    since: Reader | None = None,
    technologies: Iterable[Technology] | None = None,
) -> Radar:
    """The radar of the technologies that have not left the route, or of those given.

    `since` is the register as it stood when it was last drawn: then each blip says whether its
    technology is new, has moved in or out, or stands where it stood.
    """
    ring_of = RING_OF[rings](reader)
    sector_of, names = SECTORS_OF[sectors](reader)
    ended = {each.id for each in reader.framework.route.stages if each.ended}
    held = reader.state.technologies.values() if technologies is None else technologies
    shown = [each for each in held if each.stage not in ended]
    placed = {each.id: (ring_of(each), sector_of(each)) for each in shown}
    used = [at for at in range(len(names)) if any(sector == at for _, sector in placed.values())]
    before = RING_OF[rings](since) if since is not None else None
    blips = [
        Blip(
            id=each.id,
            number=label_number(each.label),
            name=each.name,
            ring=placed[each.id][0],
            sector=used.index(placed[each.id][1]),
            movement=_movement(each, placed[each.id][0], since, before),
        )
        for each in shown
    ]
    by = f"Rings by {rings}, sectors by {sectors}"
    return Radar(
        title=f"Technology radar. {by}",
        rings=NAMES_OF[rings](reader),
        sectors=tuple(names[at] for at in used) or (names[0],),
        blips=tuple(blips),
        since=day(since.today) if since is not None else "",
    )


RingOf = Callable[[Technology], int]
SectorOf = Callable[[Technology], int]


def _movement(
    technology: Technology, ring: int, since: Reader | None, before: RingOf | None
) -> Movement:
    if since is None or before is None:
        return Movement.NONE
    held = since.state.technologies
    if technology.id not in held:
        return Movement.NEW
    was = before(held[technology.id])
    if was == ring:
        return Movement.NONE
    return Movement.INWARD if ring < was else Movement.OUTWARD


def _by_stage(reader: Reader) -> RingOf:
    rings = stage_rings(reader.framework.route)
    return lambda technology: rings.get(technology.stage, OTHER)


def _by_horizon(_: Reader) -> RingOf:
    order = list(HORIZONS)
    return lambda technology: order.index(technology.time_horizon)


def _by_kind(_: Reader) -> tuple[SectorOf, tuple[str, ...]]:
    order = list(Kind)
    return (lambda each: order.index(each.kind)), tuple(in_words(each) for each in order)


def _by_objective(reader: Reader) -> tuple[SectorOf, tuple[str, ...]]:
    """The objective that a technology fits best; the first of them where two fit alike."""
    names = tuple(each.name for each in reader.framework.objectives)

    def sector(technology: Technology) -> int:
        scored = reader.reading(technology.id).scores
        fits = [each.cell.mid for each in scored.objectives]
        if scored.round is None or all(each is None for each in fits):
            return len(names)
        return max(range(len(fits)), key=lambda at: (fits[at] or 0, -at))

    return sector, (*names, NOT_SCORED)


RING_OF: dict[str, Callable[[Reader], RingOf]] = {
    "stage": _by_stage,
    "time horizon": _by_horizon,
}
NAMES_OF: dict[str, Callable[[Reader], tuple[str, ...]]] = {
    "stage": lambda reader: stage_ring_names(reader.framework.route),
    "time horizon": lambda _: tuple(HORIZONS.values()),
}
SECTORS_OF: dict[str, Callable[[Reader], tuple[SectorOf, tuple[str, ...]]]] = {
    "kind": _by_kind,
    "objective": _by_objective,
}
