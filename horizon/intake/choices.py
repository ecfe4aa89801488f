"""What a person says about an import."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from horizon.intake.formats import Asked
from horizon.model.words import Kind, SourceType


class WhenAlike(StrEnum):
    """What is done with rows that may be technologies the register has, or earlier rows."""

    HOLD = "hold"
    SIGHTING = "sighting"
    NEW = "new"


SKIP = "skip"
"""A decision on a row: leave it out."""

TAKE = "file"
"""A decision on a row in conflict: what the file says counts."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person says about an import.

    `mapped` are fields to headers where the guess is wrong, `source` what the list is called and
    what to call it beside what a column says, `kind` the kind where no column says it. `decide`
    maps rows (`RowReport.ref`) to `new`, `skip` or the label of the technology that the row is
    about, or to `file` where the file and the register both changed it. `take` are fields in which
    the source counts although somebody edited them here.
    `partial` says that the file is not the whole list.
    """

    mapped: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    source_type: SourceType = SourceType.RESEARCH
    kind: Kind = Kind.OTHER
    asked: Asked = field(default_factory=Asked)
    format: str = ""
    duplicates: WhenAlike = WhenAlike.HOLD
    decide: Mapping[str, str] = field(default_factory=dict)
    take: frozenset[str] = frozenset()
    partial: bool = False


Progress = Callable[[int, int], None]
"""Hears how many rows are done, of how many. May stop the import by raising."""
