"""What a radar's rings are, from the centre outwards, and its numbers: on screen as on paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from horizon.framework.route import Route, Stage
from horizon.model.triage import WHEN_IN_USE
from horizon.model.words import Phase, TimeHorizon

Rings = Literal["stage", "time horizon"]
Sectors = Literal["kind", "objective"]

RINGS: Rings = "stage"
SECTORS: Sectors = "kind"
"""What a radar shows unless somebody says otherwise, on the screen and wherever it leaves."""

IN_USE, TRIAL, LOOKED_AT, OTHER = range(4)
"""The rings by stage. `OTHER` holds what is in use no more, though it has not left the route."""

NAMES = ("In use", "Trial and approval", "Being looked at")
SHORT = ("Use", "Trial", "Look", "Out")
"""The rings by stage, and what each is called where there is no room."""

HORIZONS: Mapping[TimeHorizon | None, str] = {
    **{each: f"{each} {words}" for each, words in WHEN_IN_USE.items()},
    None: "No time horizon recorded",
}
"""The rings by time horizon, with their names."""

NOT_SCORED = "Not scored for an objective"
"""The sector of what was not scored for any objective."""


def stage_rings(route: Route) -> dict[str, int]:
    """The ring of each stage of a route."""
    order = [each.id for each in route.stages]
    first_use = next((at for at, each in enumerate(route.stages) if each.in_use), len(order))
    return {each.id: _ring(each, at < first_use) for at, each in enumerate(route.stages)}


def _ring(stage: Stage, before_use: bool) -> int:
    """Only what is in use is in the middle: an approval that waits to be used, a trial and its
    results stand around it, and what was taken out of use is the furthest from it."""
    if stage.in_use:
        return IN_USE
    if stage.ended:
        return OTHER
    if stage.rests_on is not None or (before_use and stage.phase is Phase.ADOPTION):
        return TRIAL
    return LOOKED_AT if stage.phase is Phase.TRIAL else OTHER


def stage_ring_names(route: Route) -> tuple[str, ...]:
    """The names of the rings by stage; the outermost is called after the stages in it."""
    rings = stage_rings(route)
    outermost = [
        each.name.lower() for each in route.stages if rings[each.id] == OTHER and not each.ended
    ]
    return (*NAMES, ", ".join(outermost).capitalize() or "Other")


def label_number(label: str) -> int:
    """The number of a technology on a radar: 13 for T-0013."""
    return int(label.rpartition("-")[2])
