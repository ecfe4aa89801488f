"""A technology as it stood at a moment, out of the journal's lines about it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from horizon.model.envelope import Commit, Event
from horizon.model.events import DataErased, StageKept
from horizon.model.fold import keep_stage, take
from horizon.model.state import State
from horizon.model.technology import Technology

if TYPE_CHECKING:
    from horizon.register.ledger import Ledger

History = Sequence[tuple[int, Commit]]
"""Lines of the journal, each with its number."""


def image(state: State, subject: str, history: History, last: int) -> Technology | None:
    """A technology as it stood after event `last`, out of the journal's lines about it; `None`
    where it was not in the register then."""
    beside = State()
    beside.head, beside.people, beside.meetings = state.head, state.people, dict(state.meetings)
    beside.frameworks = state.frameworks
    beside.technologies = state.technologies.without(subject)
    for _, commit in history:
        for event in commit.events:
            if event.seq > last:
                continue
            if event.subject == subject:
                take(beside, event)
            elif (kept := _kept(event).get(subject)) is not None:
                keep_stage(beside, subject, kept)
    return beside.technologies.get(subject)


def lines_about(register: Ledger, subjects: Collection[str]) -> dict[str, History]:
    """The journal's lines about each technology, with those that say where it stood when what was
    said of it was erased; of several, the journal is read once."""
    if len(subjects) == 1:
        (subject,) = subjects
        lines = list(register.history(subject))
        if not any(each.is_erased for _, commit in lines for each in commit.events):
            return {subject: lines}
    found: dict[str, list[tuple[int, Commit]]] = {each: [] for each in subjects}
    for line in register.history() if subjects else ():
        spoken = {key for each in line[1].events for key in (each.subject, *_kept(each))}
        for subject in spoken.intersection(found):
            found[subject].append(line)
    return dict(found)


def _kept(event: Event) -> Mapping[str, StageKept]:
    """Where technologies stood, if that is what an erasure kept."""
    data = event.payload() if event.kind == DataErased.kind else None
    return data.stages if isinstance(data, DataErased) else {}
