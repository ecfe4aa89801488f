"""Commands of imports: take a batch of rows in, and undo an import as a whole."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

import msgspec

from horizon.model.base import new_id
from horizon.model.errors import BadInput, RuleBroken
from horizon.model.events import Commit, PaperIssued
from horizon.model.fold import apply
from horizon.model.intake_events import (
    EntryUndone,
    ImportMade,
    ImportUndone,
    MarkedDifferent,
    RowGone,
    RowImported,
    RowUndone,
)
from horizon.model.state import ImportKept, State
from horizon.model.wording import listed
from horizon.register.actions import proposing
from horizon.register.batches import Batch, RowInput
from horizon.register.desk import Desk

SHOWN = 5
"""Labels that a refusal names."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a batch: the import's id, and the technology of each of its rows."""

    import_id: str
    technologies: tuple[str, ...]


def take(desk: Desk, batch: Batch) -> Taken:
    """Draft everything a batch does, then the record of the import."""
    import_id = new_id("i")
    numbers: dict[str, int] = {}
    found: list[str] = []
    for row in batch.rows:
        technology_id = _subject(desk, row, found, batch)
        found.append(technology_id)
        if row.own:
            continue
        number = row.number or _next_number(desk, technology_id, numbers)
        if row.number == 0:
            numbers[technology_id] = number
        desk.draft(
            technology_id,
            RowImported(
                import_id=import_id,
                number=number,
                source=batch.source,
                key=row.key,
                place=row.place,
                fields=dict(row.fields),
                leads=row.leads,
                sighting=row.sighting,
            ),
        )
        for other in row.different_from:
            reason = f"Decided on import of {batch.file}"
            desk.draft(technology_id, MarkedDifferent(other=other, reason=reason))
    for gone in batch.gone:
        desk.draft(gone.technology, RowGone(import_id=import_id, number=gone.number, on=desk.today))
    desk.draft(
        desk.state.head.register_id,
        ImportMade(
            id=import_id,
            source=batch.source,
            file=batch.file,
            file_digest=batch.file_digest,
            format=batch.format,
            columns=dict(batch.columns),
            unused=batch.unused,
            rows=dict(batch.counts),
        ),
    )
    return Taken(import_id, tuple(found))


def _subject(desk: Desk, row: RowInput, found: list[str], batch: Batch) -> str:
    """The technology that a row is about, entered or amended where the row says so."""
    if row.proposal is not None:
        return proposing.propose(desk, row.proposal)
    if row.joins is not None:
        return found[row.joins]
    reason = batch.reason or f"Import of {batch.file}"
    if row.changes:
        technology = desk.state.technologies[row.technology]
        proposing.amend(desk, technology, row.changes, reason)
    if row.review_by is not None:
        technology = desk.state.technologies[row.technology]
        proposing.set_review(desk, technology, row.review_by, reason)
    return row.technology


def _next_number(desk: Desk, technology_id: str, numbers: dict[str, int]) -> int:
    if technology_id in numbers:
        return numbers[technology_id] + 1
    if technology_id not in desk.state.technologies:
        return 1
    technology = desk.state.technologies[technology_id]
    used = [each.number for each in technology.origins]
    # An erased origin leaves its number unused: a sighting may still name it.
    return max(used, default=0) + len(technology.erased) + 1


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
    """An import found in the journal: the state before it, its line, and what was touched since."""

    before: State = field(default_factory=State)
    commit: Commit | None = None
    since: set[str] = field(default_factory=set)


def trace(history: Iterable[tuple[int, Commit]], import_id: str) -> Trace:
    """Follow the journal to the line of an import and on to its end."""
    found = Trace()
    for _, commit in history:
        if found.commit is not None:
            for event in commit.events:
                found.since.add(event.subject)
                payload = event.payload() if event.kind == PaperIssued.kind else None
                if isinstance(payload, PaperIssued):
                    found.since.update(payload.technologies)
        elif any(_makes(event.payload(), import_id) for event in commit.events):
            found.commit = commit
        else:
            apply(found.before, commit)
    return found


def _makes(payload: object, import_id: str) -> bool:
    return isinstance(payload, ImportMade) and payload.id == import_id


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
        raise RuleBroken(f"The import of {kept.file} was already undone on {kept.undone_at[:10]}")
    if found.commit is None:
        raise BadInput(f"The journal does not hold the import of {kept.file}")
    if found.commit.brings:
        raise RuleBroken(
            f"The import of {kept.file} came in with another copy of the register, so it is not "
            "undone as one step here",
            who="Withdraw what it entered instead, each with the reason.",
        )
    subjects = dict.fromkeys(
        event.subject for event in found.commit.events if event.subject in desk.state.technologies
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
