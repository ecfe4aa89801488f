"""The radar out of the register: as a picture, and in the formats that other radars read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from horizon.judgement.radar_rings import RINGS, SECTORS, Rings, Sectors, stage_rings
from horizon.model.base import digest
from horizon.model.errors import BadInput
from horizon.model.wording import day
from horizon.papers.editions import Public
from horizon.papers.exporting import PLAIN, DataOrder, leaving_as, reader_of
from horizon.papers.issuing import Left, Prepared, Tell, hand_over, next_reference, quietly
from horizon.papers.marking import check, highest
from horizon.papers.ordering import LETTERS
from horizon.papers.pictures.radar import Blip, Radar
from horizon.papers.pictures.radar_svg import Frame, to_svg
from horizon.papers.pictures.register_radar import register_radar
from horizon.papers.radar_drawn import Drawn
from horizon.papers.radar_formats import FORMS
from horizon.register import Register
from horizon.register.as_at import still
from horizon.register.reader import Still

ACROSS = 26.0
"""Centimetres across of a radar as PNG, so that its legend can be read."""


@dataclass(frozen=True, slots=True)
class RadarOrder:
    """A radar that somebody asks for. `since` is the day that movement is told from. `form` is the
    radar program that a .csv or .json is for."""

    rings: Rings = RINGS
    sectors: Sectors = SECTORS
    since: date | None = None
    form: str = "byor"
    data: DataOrder = PLAIN


def export_radar(register: Register, path: Path, order: RadarOrder) -> tuple[Left, int]:
    """Write the radar to `path` in the format of its extension, and record that it left. Gives
    what left, and how many sectors it has.

    Raises as `prepare_radar` and `hand_over` do; then the old file is as it was and nothing is
    recorded.
    """
    prepared, sectors = prepare_radar(register, path, order)
    return hand_over(register, prepared), sectors


def prepare_radar(
    register: Register, path: Path, order: RadarOrder, tell: Tell = quietly
) -> tuple[Prepared, int]:
    """The radar in the format of the extension of `path`, ready to be put there, and how many
    sectors it has.

    Raises `BadInput` for an extension there is no format for, and `RuleBroken` for a marking that
    is too low or a public edition that cannot be made.
    """
    tell("Placing technologies on the radar")
    writer = _writer(path, order.form)
    reader = reader_of(register, order.data)
    held = list(reader.state.technologies.values())
    if order.data.marking is not None:
        check(order.data.marking, held, what="export")
    marking = order.data.marking or highest(held)
    since = still(register, order.since) if order.since else None
    radar, about = _shown(reader, order, since)
    lines = _lines(reader, radar)
    content_digest = digest(
        {"radar": _plain(radar), "about": about, "marking": marking, "lines": lines}
    )
    reference = next_reference(
        register,
        f"RADAR/{reader.today.isoformat()}{LETTERS[order.data.edition]}",
        lambda made: made,
        lambda _: content_digest,
    )
    banner = f"{marking} | Public edition" if isinstance(reader, Public) else marking.value
    head = reader.state.head.hash
    frame = Frame(
        marking=banner,
        lines=lines,
        foot=f"{reference}  |  Register head {head[:12]}",
        note=f"reference: {reference}; register-head: {head}; content-digest: {content_digest}",
    )
    drawn = Drawn(radar, reader, _moves(register, reader, order, radar), about, frame)
    form = order.form if path.suffix.lower() in (".csv", ".json") else path.suffix.lower()[1:]
    leaving = leaving_as(reader, "radar", reference, marking, content_digest, form)
    if leaving.technologies:  # those that left the route are not on it
        leaving = replace(leaving, technologies=tuple(each.id for each in radar.blips))
    tell(f"Drawing it as {path.suffix.lower()}")
    return Prepared(path, writer(drawn), leaving), len(radar.sectors)


def _shown(reader: Still, order: RadarOrder, since: Still | None) -> tuple[Radar, dict[str, str]]:
    """The radar, and what each of its technologies is, as the edition may say it."""
    radar = register_radar(reader, rings=order.rings, sectors=order.sectors, since=since)
    about = {}
    for each in radar.blips:
        technology = reader.state.technologies[each.id]
        standing = reader.reading(each.id).standing.words
        said = (technology.summary or technology.problem).rstrip(".")
        about[each.id] = f"{said}. {standing}." if said else f"{standing}."
    if not isinstance(reader, Public):
        return radar, about
    names, _ = reader.revealed({each.id: each.name for each in radar.blips}, numbered=False)
    told, _ = reader.revealed(about, numbered=False)
    blips = tuple(
        Blip(each.id, each.number, names[each.id], each.ring, each.sector, each.movement)
        for each in radar.blips
    )
    public = Radar(radar.title, radar.rings, radar.sectors, blips, radar.since)
    return public, told


def _lines(reader: Still, radar: Radar) -> tuple[str, ...]:
    """Of which register and day a radar is, and what it must not be taken for."""
    head, held = reader.state.head, reader.state.technologies
    name = head.name
    if isinstance(reader, Public):
        name, _ = reader.revealed(name, numbered=False)
    said = reader.framework.status_line
    if head.illustrative or any(held[each.id].illustrative for each in radar.blips):
        said = f"Illustrative: made up to show how Horizon works. {said}"
    return f"{name}, {day(reader.today)}", said


def _plain(radar: Radar) -> dict[str, Any]:
    plain = asdict(radar)
    blips = [each | {"movement": str(each["movement"])} for each in plain["blips"]]
    return plain | {"blips": blips}


def _moves(
    register: Register, reader: Still, order: RadarOrder, radar: Radar
) -> dict[str, tuple[tuple[date, int, str], ...]]:
    """The rings that each technology on the radar came to, newest first."""
    from horizon.papers.tables.decisions import moves

    found: dict[str, list[tuple[date, int, str]]] = {each.id: [] for each in radar.blips}
    if order.rings == "stage":
        route = reader.framework.route
        rings = stage_rings(route)
        commits = (commit for _, commit in register.history())
        for _, key, on, _, to, _ in moves(reader, commits).rows:
            if str(key) in found and str(to) in rings and isinstance(on, date):
                said = f"Moved to {route.stage_name(str(to)).lower()}"
                found[str(key)].append((on, rings[str(to)], said))
    for each in radar.blips:
        technology = reader.state.technologies[each.id]
        if not found[each.id]:
            entered = date.fromisoformat(technology.proposed_at[:10])
            found[each.id].append((entered, each.ring, "Entered the register"))
        found[each.id].reverse()
    return {key: tuple(value) for key, value in found.items()}


def _svg(drawn: Drawn) -> bytes:
    return to_svg(drawn.radar, frame=drawn.frame).encode("utf-8")


def _png(drawn: Drawn) -> bytes:
    from horizon.papers.writers.setting import png_of

    return png_of(to_svg(drawn.radar, frame=drawn.frame), ACROSS)


Writer = Callable[[Drawn], bytes]
PICTURES: Mapping[str, Writer] = {".svg": _svg, ".png": _png}


def _writer(path: Path, form: str) -> Writer:
    known: dict[str, Writer] = {**PICTURES, **FORMS.get(form, {})}
    found = known.get(path.suffix.lower())
    if found is None:
        raise BadInput(
            f"A radar cannot be written as {path.suffix or 'a file without an extension'}",
            where=str(path),
            do=f"Use a name that ends in {', '.join(known)}",
        )
    return found
