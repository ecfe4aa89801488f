"""What an import asks the register to take in: rows that stand or fall together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from horizon.model.technology import Sighting
from horizon.register.inputs import Proposal


@dataclass(frozen=True, slots=True)
class RowInput:
    """What one row of a source does.

    It enters a technology (`proposal`), or is about one that the register holds (`technology`, an
    id, at the revision `expect` that was seen), or about the one that an earlier row of the batch
    is about (`joins`, its position). `number` is the origin it is known by, 0 for a new one;
    `leads` says whether it describes the technology or is only added to it. `changes` are fields
    of `Details`. `fields` are digests of what the row says. `different_from` are technologies that
    somebody says it is not, however alike. A row that is the register's `own`, out of an export,
    gives changes and a review date, and leaves no origin.
    """

    place: str
    fields: Mapping[str, str]
    key: str = ""
    proposal: Proposal | None = None
    technology: str = ""
    expect: int = 0
    joins: int | None = None
    number: int = 0
    leads: bool = True
    changes: Mapping[str, Any] = field(default_factory=dict)
    sighting: Sighting | None = None
    different_from: tuple[str, ...] = ()
    own: bool = False
    review_by: date | None = None


@dataclass(frozen=True, slots=True)
class GoneInput:
    """An origin that a newer edition of its source does not list any more."""

    technology: str
    number: int


@dataclass(frozen=True, slots=True)
class Batch:
    """One import. `columns` maps fields to columns, `unused` are the columns that were left,
    `counts` maps outcomes to rows."""

    source: str
    file: str
    file_digest: str
    format: str
    columns: Mapping[str, str]
    counts: Mapping[str, int]
    rows: tuple[RowInput, ...] = ()
    gone: tuple[GoneInput, ...] = ()
    unused: tuple[str, ...] = ()
    reason: str = ""

    @property
    def has_news(self) -> bool:
        return bool(self.rows or self.gone)
