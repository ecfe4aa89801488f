"""The part of a technology that lists, searches and deadlines need, decoded without the rest.

Validating 10,000 whole records takes seconds; decoding these fields takes a twentieth of a second.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from horizon.model.triage import Nature, Verdict
from horizon.model.words import Effect, Kind, Marking, Phase, Posture, TimeHorizon

if TYPE_CHECKING:
    from horizon.model.technology import Technology


class ConditionHeader(msgspec.Struct, frozen=True):
    """A condition as deadlines need it."""

    number: int
    due: date
    text: str
    owner: str
    discharged_by: str = ""
    if_missed: str = ""
    discharge: Any = None


class OverrideHeader(msgspec.Struct, frozen=True):
    """A blocker set aside, and until when."""

    item: str
    expires_on: date


class DecisionHeader(msgspec.Struct, frozen=True):
    """A decision as deadlines and standing need it."""

    number: str
    body: str
    gate: str
    effect: Effect
    decided_on: date
    recorded_as: str = ""
    phase: Phase | None = None
    conditions: tuple[ConditionHeader, ...] = ()
    overrides: tuple[OverrideHeader, ...] = ()
    effective_from: date | None = None
    review_by: date | None = None
    expires_on: date | None = None
    superseded_by: str | None = None
    ratify_by: date | None = None
    ratified: Any = None
    lapsed: Any = None
    at: str = ""


class ReopeningHeader(msgspec.Struct, frozen=True):
    """A reopening as standing needs it."""

    number: int
    reason: str
    on: date
    suspends: bool = False
    settled_by: str = ""
    at: str = ""


class LegacyHeader(msgspec.Struct, frozen=True):
    """That a technology was in use before it was registered."""

    in_use_since: str = ""
    cleared_on: date | None = None


class RoundHeader(msgspec.Struct, frozen=True):
    """A scoring round as comparing needs it: under which framework, and whether it is closed."""

    number: int
    framework: str
    closed_at: str | None = None


class TriageHeader(msgspec.Struct, frozen=True):
    """A first look as lists and deadlines need it."""

    verdict: Verdict
    impact: int
    uncertainty: int
    at: str
    nature: Nature = Nature.OPPORTUNITY
    trigger: str = ""
    check_on: date | None = None


class OriginHeader(msgspec.Struct, frozen=True):
    """That an import knows a technology."""

    source: str = ""


class TechnologyHeader(msgspec.Struct, frozen=True):
    """A technology as lists need it. Attribute names are those of `Technology`."""

    id: str
    label: str
    name: str
    revision: int
    stage: str
    stage_since: date
    changed_at: str
    kind: Kind = Kind.OTHER
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    summary: str = ""
    supplier: str = ""
    owner: str | None = None
    posture: Posture | None = None
    time_horizon: TimeHorizon | None = None
    trl: int | None = None
    marking: Marking = Marking.OFFICIAL
    illustrative: bool = False
    review_by: date | None = None
    legacy: LegacyHeader | None = None
    decisions: tuple[DecisionHeader, ...] = ()
    reopenings: tuple[ReopeningHeader, ...] = ()
    rounds: tuple[RoundHeader, ...] = ()
    superseded_by: str | None = None
    triage: TriageHeader | None = None
    origins: tuple[OriginHeader, ...] = ()

    @property
    def is_imported(self) -> bool:
        """Whether it, or something of it, came from a list."""
        return bool(self.origins)

    @property
    def scored_under(self) -> str:
        """The digest of the framework of the newest closed round, or empty."""
        closed = (each.framework for each in reversed(self.rounds) if each.closed_at is not None)
        return next(closed, "")


_decoder = msgspec.json.Decoder(TechnologyHeader)


def header_from_json(record: bytes) -> TechnologyHeader:
    """The header of one stored record. Raises `msgspec.ValidationError` for one that is damaged."""
    return _decoder.decode(record)


def header_of(technology: Technology) -> TechnologyHeader:
    """The header of a technology held in memory."""
    return msgspec.convert(technology, TechnologyHeader, from_attributes=True)


Part = TypeVar("Part", bound=msgspec.Struct)


def part_from_json(record: bytes, kind: type[Part]) -> Part:
    """Those fields of one stored record that the struct `kind` names."""
    return msgspec.json.decode(record, type=kind)


def part_of(technology: Technology, kind: type[Part]) -> Part:
    """The same of a technology held in memory."""
    return msgspec.convert(technology, kind, from_attributes=True)
