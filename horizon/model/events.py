"""The closed set of events. Everything that happens to the register is one of these.

An event travels in an envelope (`Event`) that says who, when and about what, and carries the
digest of its data. The data itself can be emptied by an erasure; the envelope never changes.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import Field

from horizon.model.base import Model, canonical
from horizon.model.facts import Fact, FactValue
from horizon.model.technology import (
    Decision,
    Details,
    Digest,
    Discharge,
    Evidence,
    Legacy,
    PersonId,
    Score,
    Sighting,
    Technology,
    TechnologyId,
    Text,
    Words,
)
from horizon.model.words import AnswerValue, Marking


class EventData(Model):
    """What one kind of event says. Subclasses are the closed set."""

    kind: ClassVar[str]


class RegisterCreated(EventData):
    """The first event of every journal. Its envelope's subject is the register's random id."""

    kind = "register-created"
    name: Words
    illustrative: bool = False
    schema_version: int = 1
    carried_register: str | None = None
    carried_seq: int | None = None
    carried_head: str | None = None


class TechnologyCarried(EventData):
    """A technology taken over whole from a register.json whose journal was not beside it."""

    kind = "technology-carried"
    technology: Technology


class HistoryAccepted(EventData):
    """Somebody accepts, with a reason, that the history before this journal is not here."""

    kind = "history-accepted"
    reason: Words


class FrameworkAdopted(EventData):
    """A framework comes into force, kept whole. The envelope's subject is its digest."""

    kind = "framework-adopted"
    framework: dict[str, Any]
    reason: Words


class PersonNamed(EventData):
    """A person is named, or their name, role or e-mail changes. Subject: the person's id."""

    kind = "person-named"
    name: Words
    role: Text = ""
    email: Text = ""


class TechnologyProposed(EventData):
    """A technology enters the register. The fold gives it its label and the first stage."""

    kind = "technology-proposed"
    details: Details
    stage: Words
    on: date
    illustrative: bool = False


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
    kind = "round-opened"
    round: Annotated[int, Field(ge=1)]
    assessors: tuple[PersonId, ...]
    framework: Digest


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


class DataErased(EventData):
    """The data of earlier events was emptied (data-protection rights, a spill)."""

    kind = "data-erased"
    events: tuple[int, ...]
    reason: Words


class PaperIssued(EventData):
    """A board paper was made: what it showed and the digest of its content and its file."""

    kind = "paper-issued"
    reference: Words
    body: Words
    meeting_on: date
    marking: Marking
    format: Words
    content_digest: Digest
    file_digest: Digest
    head: str
    technologies: tuple[TechnologyId, ...]


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

    def payload(self) -> EventData | None:
        """The typed data, or `None` when it was erased.

        Raises `KeyError` for a kind this version does not know and `pydantic.ValidationError`
        for data that does not fit its kind.
        """
        if self.data is None:
            return None
        return EVENT_TYPES[self.kind].model_validate(self.data)

    def sealed_part(self) -> dict[str, Any]:
        """What the line's hash covers: everything but salt and data."""
        return self.model_dump(mode="json", exclude={"salt", "data"})


class Draft(Model):
    """An event that has not been written yet: the store gives it its place in the journal."""

    subject: Words
    revision: int
    data: EventData


class Commit(Model):
    """One line of the journal: events that stand or fall together, chained to what came before.

    `hash` is SHA-256 over `prev` and the sealed parts of the events.
    """

    prev: Digest
    events: tuple[Event, ...]
    hash: Digest


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
