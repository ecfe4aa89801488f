"""The register's entries that may be the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from horizon.framework.route import Route
from horizon.register.aliases import aliases
from horizon.register.duplicates import Duplicates, Suggestion
from horizon.register.likeness import Card
from horizon.register.reader import Reader

Progress = Callable[[int, int], None]


class _Seen(msgspec.Struct, frozen=True):
    source: str = ""
    url: str = ""


class _Entry(msgspec.Struct, frozen=True):
    """A technology as the look for duplicates needs it."""

    id: str
    name: str
    stage: str
    aliases: tuple[str, ...] = ()
    supplier: str = ""
    owner: str | None = None
    summary: str = ""
    sightings: tuple[_Seen, ...] = ()
    superseded_by: str | None = None
    different_from: tuple[str, ...] = ()


def cards(register: Reader) -> Iterator[Card]:
    """Every entry that is not superseded by another."""
    for each in _entries(register):
        yield _card(register, each)


def _entries(register: Reader) -> Iterator[_Entry]:
    held = register.state.technologies
    for key in held:
        each = held.part(key, _Entry)
        if each.superseded_by is None:
            yield each


def card_held(register: Reader, technology_id: str) -> Card:
    """An entry as it is compared with others."""
    return _card(register, register.state.technologies.part(technology_id, _Entry))


def _card(register: Reader, each: _Entry) -> Card:
    seen = [sighting.source for sighting in each.sightings if sighting.source]
    return Card(
        id=each.id,
        name=each.name,
        aliases=each.aliases,
        supplier=each.supplier,
        owner=register.name(each.owner) if each.owner else (seen[0] if seen else ""),
        summary=each.summary,
        urls=tuple(sighting.url for sighting in each.sightings if sighting.url),
    )


def index(register: Reader, progress: Progress = lambda done, all: None) -> Duplicates:
    """The entries prepared for comparison, kept as long as nothing changes.

    Raises `BadInput` when an aliases.toml beside the register cannot be understood.
    """
    return register.kept(
        "duplicates",
        lambda: Duplicates(list(cards(register)), aliases(_folder(register)), progress),
    )


def _folder(register: Reader) -> Path:
    """Where an aliases.toml is looked for: beside the register, or here for one in a database."""
    return register.path.resolve().parent if isinstance(register.path, Path) else Path.cwd()


def suggestions(register: Reader, progress: Progress = lambda done, all: None) -> list[Suggestion]:
    """Pairs that may be the same and that nobody has decided on, likeliest first.

    Two that have both left the route are left alone, and so are pairs marked as different. Raises
    `BadInput` when an aliases.toml beside the register cannot be understood.
    """
    apart: set[frozenset[str]] = set()
    ended: set[str] = set()
    route = register.framework.route
    for each in _entries(register):
        apart.update(frozenset((each.id, other)) for other in each.different_from)
        if _is_ended(route, each.stage):
            ended.add(each.id)
    found = Duplicates(list(cards(register)), aliases(_folder(register)), progress)
    pairs = found.suggestions(apart)
    return [each for each in pairs if not (each.first in ended and each.second in ended)]


def _is_ended(route: Route, stage_id: str) -> bool:
    stage = route.stage(stage_id)
    return stage is not None and stage.ended


def alike(register: Reader, name: str, supplier: str = "") -> list[tuple[str, int, str]]:
    """What the register holds that a newcomer of this name may be: id, score and why."""
    if len(name.strip()) < 2:
        return []
    new = Card(id="", name=name, supplier=supplier)
    return [
        (key, found.score, "; ".join(found.reasons)) for key, found in index(register).like(new)
    ]
