"""Commands of the first look: say what a signal is worth and what is done about it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from horizon.judgement.sources import lacking_sources
from horizon.model.envelope import Commit
from horizon.model.errors import BadInput, RuleBroken
from horizon.model.intake_events import SignalTriaged, TriageTakenBack
from horizon.model.technology import Technology
from horizon.model.triage import Looked, Triage, Verdict
from horizon.model.undo_events import ChangeTakenBack
from horizon.model.wording import day
from horizon.register.desk import Desk


def triage(desk: Desk, technology: Technology, looked: Looked) -> None:
    """Draft what somebody found at a first look at a signal.

    A signal is taken forward on two independent sources or an internal sponsor, never on suppliers
    alone; what is watched carries what would move us and the day of the next look (domain
    reference, section 5).
    """
    route = desk.framework.route
    if technology.stage != route.first_stage:
        name = route.stage_name(technology.stage).lower()
        raise RuleBroken(
            f"{technology.label} is past its first look: it stands at {name}",
            who="What is on the route is scored, decided on and reviewed instead.",
        )
    if looked.verdict is Verdict.ASSESS:
        lack = lacking_sources(desk.state.whole(technology).sightings)
        if lack:
            raise RuleBroken(
                f"{technology.label} cannot be taken forward yet",
                missing=[lack],
                who="Add a sighting; one from a sponsor in the force is enough.",
            )
    if looked.verdict is Verdict.WATCH:
        missing = []
        if not looked.trigger.strip():
            missing.append("what would make us move (the trigger)")
        if looked.check_on is None:
            missing.append("the day of the next look")
        if missing:
            raise RuleBroken(f"{technology.label} cannot be watched without end", missing=missing)
    if looked.check_on is not None and looked.check_on < desk.today:
        raise BadInput(
            f"The next look on {day(looked.check_on)} has already passed",
            do=f"Use {day(desk.today)} or later",
        )
    held = technology.triage
    if held is None or any(
        getattr(held, field) != getattr(looked, field) for field in Looked.model_fields
    ):
        desk.draft(technology.id, SignalTriaged(looked=looked))


def look_before(history: Iterable[tuple[int, Commit]], technology_id: str) -> Triage | None:
    """The look that counted before the last one. One whose data was erased counts for nothing."""
    looks: list[Triage | None] = [None]
    for _, commit in history:
        for event in commit.events:
            payload = event.payload() if event.subject == technology_id else None
            if isinstance(payload, SignalTriaged):
                looks.append(Triage(**dict(payload.looked), by=event.by, at=event.at))
            elif isinstance(payload, TriageTakenBack) and len(looks) > 1:
                looks.pop()
            elif isinstance(payload, ChangeTakenBack) and "triage" in payload.values:
                _set(looks, payload.values["triage"])
    return looks[-2] if len(looks) > 1 else None


def _set(looks: list[Triage | None], value: Any) -> None:
    """Count a look as taken back, or as there again: `value` is what counts now."""
    held = None if value is None else Triage.model_validate(value)
    if len(looks) > 1 and looks[-2] == held:
        looks.pop()
    else:
        looks.append(held)


def take_back(desk: Desk, technology: Technology, before: Triage | None) -> None:
    """Draft that the last look is taken back."""
    if technology.triage is None:
        raise RuleBroken(f"Nobody has taken a first look at {technology.label} yet")
    desk.draft(technology.id, TriageTakenBack(before=before))
