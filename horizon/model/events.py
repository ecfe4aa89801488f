"""The closed set of events. Everything that happens to the register is one of these.

An event travels in an envelope (`Event`) that says who, when and about what, and carries the
digest of its data. The data itself can be emptied by an erasure; the envelope never changes.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import Field, model_validator

from horizon.model import (
    brought_events,
    intake_events,  # noqa: F401  (its events belong to the closed set)
    meeting_events,  # noqa: F401  (so do its)
    sharing_events,  # noqa: F401  (and its)
    signing_events,  # noqa: F401  (and its)
    undo_events,  # noqa: F401  (and its)
)
from horizon.model.base import Model, canonical
from horizon.model.bringing import Bringing, Through
from horizon.model.event_base import EventData
from horizon.model.facts import Fact, FactValue
from horizon.model.keeping_events import (
    FormatRaised as FormatRaised,
)
from horizon.model.keeping_events import (
    FrameworkAdopted as FrameworkAdopted,
)
from horizon.model.keeping_events import (
    HistoryAccepted as HistoryAccepted,
)
from horizon.model.keeping_events import (
    PersonNamed as PersonNamed,
)
from horizon.model.keeping_events import (
    RegisterCreated as RegisterCreated,
)
from horizon.model.keeping_events import (
    TechnologyCarried as TechnologyCarried,
)
from horizon.model.leaving_events import (
    DataErased as DataErased,
)
from horizon.model.leaving_events import (
    LinksKept as LinksKept,
)
from horizon.model.leaving_events import (
    PaperIssued as PaperIssued,
)
from horizon.model.leaving_events import (
    ReleasedText as ReleasedText,
)
from horizon.model.leaving_events import (
    StageKept as StageKept,
)
from horizon.model.leaving_events import (
    TextsReleased as TextsReleased,
)
from horizon.model.record import Lapsed
from horizon.model.scalars import Digest, PersonId, TechnologyId, Text, Words
from horizon.model.technology import (
    Decision,
    Details,
    Discharge,
    Evidence,
    Legacy,
    Reopening,
    Score,
    Sighting,
)
from horizon.model.words import AnswerValue


class TechnologyProposed(EventData):
    """A technology enters the register. The fold gives it its label and the first stage."""

    kind = "technology-proposed"
    details: Details
    stage: Words
    on: date
    illustrative: bool = False
    different_because: Text = ""


class LegacyEntered(EventData):
    """A technology already in use enters the register: in use, no recorded approval."""

    kind = "legacy-entered"
    details: Details
    stage: Words
    on: date
    legacy: Legacy
    review_by: date
    illustrative: bool = False


class SightingAdded(EventData):
    kind = "sighting-added"
    sighting: Sighting


class DetailsAmended(EventData):
    """A patch: only the fields that change, with the values they now have."""

    kind = "details-amended"
    changes: dict[str, Any]
    reason: Text = ""


class FactsSet(EventData):
    kind = "facts-set"
    facts: dict[Fact, FactValue]
    note: Text = ""


class RoundOpened(EventData):
    """A sealed round begins. `scales` are those of the framework's criteria, by criterion: see
    `Criterion.scale`."""

    kind = "round-opened"
    round: Annotated[int, Field(ge=1)]
    assessors: tuple[PersonId, ...]
    framework: Digest
    scales: dict[str, Words] = Field(default_factory=dict)


class ScoresSubmitted(EventData):
    """One assessor's scores for one round, fixed when made."""

    kind = "scores-submitted"
    round: int
    assessor: PersonId
    scores: dict[str, Score]


class RoundClosed(EventData):
    kind = "round-closed"
    round: int
    reason: Text = ""


class AnswerGiven(Model):
    """One checklist item answered, as an event says it."""

    answer: AnswerValue
    note: Text = ""
    evidence: tuple[str, ...] = ()


class AnswersGiven(EventData):
    kind = "answers-given"
    framework: Digest
    answers: dict[str, AnswerGiven]


class EvidenceAttached(EventData):
    kind = "evidence-attached"
    evidence: Evidence


class StageMoved(EventData):
    """The technology moves along the route. `gate` is empty where the way has no gate."""

    kind = "stage-moved"
    origin: Words
    to: Words
    gate: Text = ""
    reason: Text = ""
    on: date


class DecisionRecorded(EventData):
    """A body's decision with the full image of what was decided on."""

    kind = "decision-recorded"
    decision: Decision


class DecisionLapsed(EventData):
    """A decision made out of a meeting was not ratified at the body's next one."""

    kind = "decision-lapsed"
    decision: Words
    lapsed: Lapsed


class TechnologyReopened(EventData):
    """Something happened that makes a body look again. `review_by` is when at the latest."""

    kind = "technology-reopened"
    reopening: Reopening
    review_by: date | None = None


class ConditionDischarged(EventData):
    kind = "condition-discharged"
    decision: Words
    condition: int
    discharge: Discharge


class ReviewDateSet(EventData):
    kind = "review-date-set"
    review_by: date
    reason: Text = ""


class TechnologyWithdrawn(EventData):
    kind = "technology-withdrawn"
    reason: Words
    stage: Words
    on: date


class TechnologySuperseded(EventData):
    """Another technology takes this one's place; this one leaves the route."""

    kind = "technology-superseded"
    successor: TechnologyId
    reason: Words
    stage: Words
    on: date


EVENT_TYPES: Mapping[str, type[EventData]] = {
    each.kind: each for each in EventData.__subclasses__()
}


class Event(Model):
    """One event in its envelope.

    `seq` counts all events of the register from 1; `revision` counts the events about `subject`
    from 1; `at` is UTC; `by` is a person's id, or `horizon` for what the program does itself.
    `digest` is SHA-256 over `salt` and the canonical JSON of `data`. `salt` and `data` are
    `None` once erased.
    """

    seq: Annotated[int, Field(ge=1)]
    id: Words
    at: Words
    by: Words
    kind: Words
    subject: Words
    revision: Annotated[int, Field(ge=0)]
    salt: str | None
    data: dict[str, Any] | None
    digest: Digest

    @property
    def is_erased(self) -> bool:
        return self.data is None

    @property
    def is_set_aside(self) -> bool:
        """Whether it was brought in from elsewhere for the record alone, and changes nothing."""
        return False

    @property
    def given_label(self) -> str:
        """The label of the technology that it enters, where what brought it in says so."""
        return ""

    def payload(self) -> EventData | None:
        """The typed data, or `None` when it was erased.

        Raises `KeyError` for a kind this version does not know and `pydantic.ValidationError`
        for data that does not fit its kind.
        """
        if self.data is None:
            return None
        return EVENT_TYPES[self.kind].model_validate(self.data)

    @property
    def bringing(self) -> Bringing | None:
        """What it says of the events that it brings in, where it does that."""
        found: Any = self.payload() if self.kind in BRINGING else None
        return found if isinstance(found, Bringing) else None

    def sealed_part(self) -> dict[str, Any]:
        """What the line's hash covers: everything but salt and data."""
        return self.model_dump(mode="json", exclude={"salt", "data"})


class BroughtEvent(Event):
    """An event that was written elsewhere and brought in: it is read `through` what brought it.

    `by` is the person's id here; `written_by` the one under which it was written.
    """

    through: Through = Field(exclude=True)
    written_by: str = Field(exclude=True)

    @property
    def is_set_aside(self) -> bool:
        return self.id in self.through.aside

    @property
    def given_label(self) -> str:
        return self.through.bringing.labels.get(self.subject, "")

    def payload(self) -> EventData | None:
        if self.data is None:
            return None
        read = self.through.data(self.kind, self.subject, self.data)
        return EVENT_TYPES[self.kind].model_validate(read)

    def sealed_part(self) -> dict[str, Any]:
        return super().sealed_part() | {"by": self.written_by}


BRINGING = frozenset((brought_events.CopyTakenIn.kind, brought_events.RegisterRecovered.kind))
"""Kinds of event that bring others in with them."""


class Draft(Model):
    """An event that has not been written yet: the store gives it its place in the journal."""

    subject: Words
    revision: int
    data: EventData


class Brought(Model):
    """An event that was written elsewhere, to be kept as it is at a place of its own here."""

    revision: int
    original: Event

    @property
    def subject(self) -> str:
        return self.original.subject

    @property
    def data(self) -> EventData | None:
        """What it says, or `None` where that was erased."""
        return self.original.payload()


AnyDraft = Draft | Brought


class Commit(Model):
    """One line of the journal: events that stand or fall together, chained to what came before.

    `hash` is SHA-256 over `prev` and the sealed parts of the events.
    """

    prev: Digest
    events: tuple[Event, ...]
    hash: Digest

    @property
    def brings(self) -> bool:
        """Whether it brings events in that were written elsewhere."""
        return any(event.kind in BRINGING for event in self.events)

    @model_validator(mode="after")
    def _read_through(self) -> Commit:
        if not self.brings:
            return self
        events: list[Event] = []
        through: dict[str, Through] = {}
        for event in self.events:
            brought = through.get(event.id)
            events.append(_brought(event, brought) if brought else event)
            if bringing := event.bringing:
                found = Through.of(bringing, ((e.id, e.seq) for e in self.events))
                keys = (key for line in bringing.lines for key, _, _ in line.events)
                through |= dict.fromkeys(keys, found)
        self.__dict__["events"] = tuple(events)
        return self


def _brought(event: Event, through: Through) -> BroughtEvent:
    values = dict(event) | {"by": through.name(event.by), "written_by": event.by}
    return BroughtEvent.model_construct(**values, through=through)


GENESIS = "0" * 64
"""The `prev` of the first line."""


def data_digest(salt: str, data: Mapping[str, Any]) -> str:
    """SHA-256 over the salt's text and the canonical JSON of `data`."""
    return hashlib.sha256(salt.encode("ascii") + canonical(data)).hexdigest()


def commit_hash(prev: str, sealed_parts: list[dict[str, Any]]) -> str:
    """The hash that chains one line to the one before it."""
    return hashlib.sha256(prev.encode("ascii") + canonical(sealed_parts)).hexdigest()


def new_salt() -> str:
    """32 hexadecimal digits that keep short data from being guessed from its digest."""
    return secrets.token_hex(16)
