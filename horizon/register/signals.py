"""Signals that want a first look, or another one, and what a look holds where little is said."""

from __future__ import annotations

from datetime import date, timedelta

from horizon.judgement.sources import lacking_sources
from horizon.model.technology import Technology
from horizon.model.triage import Looked, Verdict
from horizon.register.ledger import Ledger
from horizon.register.reader import Reader

NEXT_LOOK = timedelta(days=182)
"""How long a signal is watched before the next look, where nobody says otherwise."""


def queue(register: Reader) -> list[str]:
    """The ids of signals to look at: those whose next look is due first, then those that nobody
    has looked at, the longest-standing first."""
    route, today = register.framework.route, register.today
    due: list[tuple[date, str]] = []
    new: list[tuple[date, str]] = []
    for header in register.state.technologies.headers():
        if header.stage != route.first_stage or header.superseded_by:
            continue
        if header.triage is None:
            new.append((header.stage_since, header.id))
        elif header.triage.check_on is not None and header.triage.check_on <= today:
            due.append((header.triage.check_on, header.id))
    return [key for _, key in (*sorted(due, key=_day), *sorted(new, key=_day))]


def _day(each: tuple[date, str]) -> date:
    return each[0]


def lacking(register: Ledger, technology_id: str) -> str:
    """What keeps a signal from being taken forward, or empty."""
    return lacking_sources(register.whole(technology_id).sightings)


def filled(looked: Looked, technology: Technology, today: date) -> Looked:
    """A look with what a watch needs, where nobody said it: what would move us, and the day of
    the next look. A look that watches nothing has no such day."""
    if looked.verdict is not Verdict.WATCH:
        return looked.model_copy(update={"check_on": None})
    lack = lacking_sources(technology.sightings) or "a force that puts it to use"
    return looked.model_copy(
        update={
            "trigger": looked.trigger or lack[:1].upper() + lack[1:],
            "check_on": looked.check_on or today + NEXT_LOOK,
        }
    )
