"""The route as a board: its columns, and what each card says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from horizon.judgement.deadlines import deadlines
from horizon.judgement.legs import NOTHING, Leg, legs
from horizon.model.headers import TechnologyHeader
from horizon.model.wording import count, printable, span
from horizon.register import Register
from horizon.tui.widgets.route_board import Card, Lane

ENDED = "ended"


def lanes(register: Register, *, ended: bool) -> tuple[Lane, ...]:
    """A column for each stage that has not ended, in the order of the route, and at the end one
    for all that has; `ended` shows them stage by stage. Within a column the longest there comes
    first."""
    cards: dict[str, list[TechnologyHeader]] = {}
    for header in register.state.technologies.headers():
        cards.setdefault(header.stage, []).append(header)
    found, folded = [], 0
    for stage in register.framework.route.stages:
        here = sorted(cards.get(stage.id, []), key=lambda each: (each.stage_since, each.label))
        if stage.ended and not ended:
            folded += len(here)
            continue
        found.append(Lane(stage.id, stage.name, tuple(each.id for each in here)))
    if not ended:
        found.append(Lane(ENDED, "Ended", (), folded=folded))
    return tuple(found)


def ended_lanes(register: Register, shown: Sequence[Lane]) -> list[Lane]:
    """The columns of the stages that end the route."""
    ended = {each.id for each in register.framework.route.stages if each.ended}
    return [each for each in shown if each.id in ended]


@dataclass(frozen=True, slots=True)
class Blocked:
    """What keeps a card from going on: short for the card, and whole with who can supply it."""

    short: str
    whole: str


def card(register: Register, technology_id: str, blocked: Blocked | None) -> Card:
    """A technology on the board. `blocked` is `None` while that is looked up."""
    header = register.state.technologies.header(technology_id)
    late = _is_late(register, header)
    age = span((register.today - header.stage_since).days)
    if _has_ended(register, header):
        lines = (f"{age} ago", "", "")
    else:
        said = legs(register.framework, header, register.today)
        overdue = "  OVERDUE" if late else ""
        words = blocked.short if blocked else "..."
        lines = (f"{age} here{overdue}", f"E {said['ethics']}  D {said['delivery']}", words)
    return Card(_one_line(f"{header.label} {header.name}"), lines, late)


def whole(register: Register, technology_id: str, blocked: Blocked | None) -> str:
    """A card in full words, for the line below the board."""
    header = register.state.technologies.header(technology_id)
    said = f"{header.label} {header.name}."
    if not _has_ended(register, header):
        found = legs(register.framework, header, register.today)
        said += f" {_decided(found)}"
        said += f" {blocked.whole}" if blocked else ""
    return _one_line(said)


def _decided(found: Mapping[Leg, str]) -> str:
    """What each leg has decided, in words."""
    if set(found.values()) == {NOTHING}:
        return "No decision yet on ethics or delivery."
    said = {leg: "no decision yet" if word == NOTHING else word for leg, word in found.items()}
    return f"Ethics: {said['ethics']}. Delivery: {said['delivery']}."


def _is_late(register: Register, header: TechnologyHeader) -> bool:
    return any(each.overdue for each in deadlines(register.framework, header, register.today))


def _has_ended(register: Register, header: TechnologyHeader) -> bool:
    stage = register.framework.route.stage(header.stage)
    return stage is not None and stage.ended


def _one_line(text: str) -> str:
    return printable(text).replace("\n", " ").replace("\t", " ")


def blocked(register: Register, technology_id: str) -> Blocked:
    """The first thing that the gate of its way on misses. Reading one takes milliseconds."""
    header = register.state.technologies.header(technology_id)
    ways = [w for w in register.framework.route.ways_from(header.stage) if w.origin != "*"]
    if not ways:
        return Blocked("No way on", "There is no way on from here.")
    way = next((each for each in ways if each.gate), ways[0])
    missing = register.way(technology_id, way.to)
    to = register.framework.route.stage_name(way.to).lower()
    if not missing:
        return Blocked(f"Ready: to {to}", f"Nothing is missing on the way to {to}.")
    lack, who = missing[0]
    others = len(missing) - 1
    more = f" (+{others})" if others else ""
    rest = f" And {count(others, 'thing')} more." if others else ""
    return Blocked(
        f"Needs{more}: {_one_line(lack)}", f"Needs for {to}: {_one_line(lack)}. {who}{rest}"
    )
