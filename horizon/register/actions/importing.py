"""Commands of imports: take a batch of rows in, and undo an import as a whole."""

from __future__ import annotations

from dataclasses import dataclass

from horizon.model.base import new_id
from horizon.model.intake_events import (
    ImportMade,
    MarkedDifferent,
    RowGone,
    RowImported,
)
from horizon.register.actions import proposing
from horizon.register.batches import Batch, RowInput
from horizon.register.desk import Desk


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
