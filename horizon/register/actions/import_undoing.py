"""Undoing an import as a whole, also one that was made in another copy and came in with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

import msgspec

from horizon.model.brought_events import RecordSettled
from horizon.model.envelope import BroughtEvent, Commit, Event
from horizon.model.errors import BadInput, RuleBroken
from horizon.model.events import PaperIssued
from horizon.model.fold import apply, take
from horizon.model.intake_events import EntryUndone, ImportMade, ImportUndone, RowUndone
from horizon.model.state import ImportKept, State
from horizon.model.wording import listed, spoken_day
from horizon.register.desk import Desk

SHOWN = 5
"""Labels that a refusal names."""


class _Follows(msgspec.Struct, frozen=True):
    """What a technology says of others."""

    superseded_by: str | None = None
    merged: tuple[str, ...] = ()
    different_from: tuple[str, ...] = ()


def _named_by(each: _Follows) -> Iterator[str]:
    if each.superseded_by:
        yield each.superseded_by
    yield from each.merged
    yield from each.different_from


@dataclass(slots=True)
class Trace:
    """An import found in the journal: the state before it, its events, and what was touched since.
    There are no events where the journal does not hold it."""

    before: State = field(default_factory=State)
    events: tuple[Event, ...] = ()
    since: set[str] = field(default_factory=set)

    def follow(self, commit: Commit, made: Event) -> None:
        """Take the line that holds the import, which `made` records: all of it, or of a line that
        brought in another copy the events that were one line there."""
        own = _line_of(commit, made)
        self.events = tuple(each for each in commit.events if each.id in own)
        first, last = self.events[0].seq, self.events[-1].seq
        for event in commit.events:
            if event.seq < first:
                take(self.before, event)
            elif event.seq > last and not _only_named(event):
                self.touch(event)

    def touch(self, event: Event) -> None:
        """Note what an event after the import is about."""
        self.since.add(event.subject)
        payload = event.payload() if event.kind == PaperIssued.kind else None
        if isinstance(payload, PaperIssued):
            self.since.update(payload.technologies)


def trace(history: Iterable[tuple[int, Commit]], import_id: str) -> Trace:
    """Follow the journal to an import and on to its end."""
    found = Trace()
    for _, commit in history:
        if found.events:
            for event in commit.events:
                found.touch(event)
        elif (made := _made(commit, import_id)) is not None:
            found.follow(commit, made)
        else:
            apply(found.before, commit)
    return found


def _made(commit: Commit, import_id: str) -> Event | None:
    for event in commit.events:
        data = event.payload() if event.kind == ImportMade.kind else None
        if isinstance(data, ImportMade) and data.id == import_id:
            return event
    return None


def _line_of(commit: Commit, event: Event) -> set[str]:
    """The ids of the events that were one line with this one where it was written."""
    lines = event.through.bringing.lines if isinstance(event, BroughtEvent) else ()
    for line in lines:
        ids = {key for key, _, _ in line.events}
        if event.id in ids:
            return ids
    return {each.id for each in commit.events}


def _only_named(event: Event) -> bool:
    """Whether it says of a technology that came with a copy no more than what it is called."""
    data = event.payload() if event.kind == RecordSettled.kind else None
    if not isinstance(data, RecordSettled):
        return False
    return not (data.values.keys() - {"aliases"} or data.entries or data.disagreements)


def _spoken_of(state: State, subjects: Collection[str]) -> Iterator[str]:
    """What entries other than `subjects` name, and what is on an agenda."""
    for key in state.technologies:
        if key not in subjects:
            yield from _named_by(state.technologies.part(key, _Follows))
    for meeting in state.meetings.values():
        yield from (each.technology for each in meeting.items if each.technology)


def undo(
    desk: Desk, kept: ImportKept, found: Trace, *, reason: str, keep_changed: bool
) -> tuple[list[str], list[str]]:
    """Draft the undoing of an import; gives the ids of what it entered and of what it changed.

    What somebody worked on since is left as it is with `keep_changed`, and else refuses the whole.
    """
    if not reason.strip():
        raise RuleBroken("An import is undone with a reason", missing=["the reason"])
    if kept.undone_at:
        raise RuleBroken(
            f"The import of {kept.file} was already undone on {spoken_day(kept.undone_at)}"
        )
    if not found.events:
        raise BadInput(f"The journal does not hold the import of {kept.file}")
    subjects = dict.fromkeys(
        event.subject for event in found.events if event.subject in desk.state.technologies
    )
    stays = found.before.technologies
    # What was here before the import goes on being here, whoever names it.
    leaving = {each for each in _spoken_of(desk.state, subjects) if each not in stays}
    moved = [each for each in subjects if each in found.since or each in leaving]
    if moved and not keep_changed:
        labels = [desk.state.technologies.header(each).label for each in moved]
        rest = f" and {len(labels) - SHOWN} more" if len(labels) > SHOWN else ""
        raise RuleBroken(
            f"The import of {kept.file} cannot be undone as a whole, because somebody has worked "
            f"on {listed(labels[:SHOWN]) if not rest else ', '.join(labels[:SHOWN])}{rest} since",
            who="Undo the rest and leave these as they are with: --keep-changed.",
        )
    entered: list[str] = []
    changed: list[str] = []
    for subject in subjects:
        if subject in moved:
            continue
        if subject not in found.before.technologies:
            label = desk.state.technologies.header(subject).label
            desk.draft(subject, EntryUndone(import_id=kept.id, label=label))
            entered.append(subject)
            continue
        before = found.before.technologies[subject]
        desk.draft(
            subject,
            RowUndone(
                import_id=kept.id,
                details=before.details,
                sightings=before.sightings,
                origins=before.origins,
            ),
        )
        changed.append(subject)
    desk.draft(desk.state.head.register_id, ImportUndone(import_id=kept.id, reason=reason))
    return entered, changed
