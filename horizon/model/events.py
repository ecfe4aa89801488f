"""The closed set of events. Everything that happens to the register is one of these.

The envelope in which each of them travels is in `envelope`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import Field

from horizon.model import (
    intake_events,  # noqa: F401  (its events belong to the closed set)
    meeting_events,  # noqa: F401  (so do its)
    sharing_events,  # noqa: F401  (and its)
    undo_events,  # noqa: F401  (and its)
)
from horizon.model.base import Model
from horizon.model.envelope import GENESIS as GENESIS
from horizon.model.envelope import Commit as Commit
from horizon.model.envelope import Draft as Draft
from horizon.model.envelope import Event as Event
from horizon.model.envelope import commit_hash as commit_hash
from horizon.model.envelope import data_digest as data_digest
from horizon.model.envelope import new_salt as new_salt
from horizon.model.event_base import EventData
from horizon.model.facts import Fact, FactValue
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
    Technology,
)
from horizon.model.words import AnswerValue, Edition, Marking


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
    """A framework comes into force, kept whole. The envelope's subject is its digest.

    `decided_by` is the body that adopted it, with the day and the reference of its decision, where
    it was one.
    """

    kind = "framework-adopted"
    framework: dict[str, Any]
    reason: Words
    decided_by: Text = ""
    decided_on: date | None = None
    reference: Text = ""


class PersonNamed(EventData):
    """A person is named, or their name, role or e-mail changes. Subject: the person's id."""

    kind = "person-named"
    name: Words
    role: Text = ""
    email: Text = ""
    organisation: Text = ""
    dpo: bool = False
    ties: tuple[Words, ...] = ()


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


class LinksKept(Model):
    """Which entries took its place or turned out to be the same."""

    superseded_by: TechnologyId | None = None
    merged_into: TechnologyId | None = None
    merged: tuple[TechnologyId, ...] = ()


class StageKept(Model):
    """Where a technology stands, whatever its erased events said; its `links`, where they spoke of
    other entries."""

    stage: Words
    since: date
    links: LinksKept | None = None


class DataErased(EventData):
    """The data of earlier events was emptied (data-protection rights, a spill).

    What the register still needs of them stays here: `decision_numbers`, so that no number is
    given twice, and the `stages` of the technologies they were about.
    """

    kind = "data-erased"
    events: tuple[int, ...]
    decision_numbers: tuple[str, ...] = ()
    stages: dict[TechnologyId, StageKept] = Field(default_factory=dict)
    reason: Words


class ReleasedText(Model):
    """One typed text as it may be published. An empty `text` keeps it back whole; `ground` says
    why something is left out."""

    original: Digest
    text: Text = ""
    ground: Text = ""


class TextsReleased(EventData):
    """Somebody read typed texts and said how each may stand in a public edition, by its place.
    Subject: the technology or the meeting whose texts they are."""

    kind = "texts-released"
    publication: Digest
    texts: dict[str, ReleasedText]


class PaperIssued(EventData):
    """Something left the register: what it showed, to whom, and the digests of content and file.

    `what` is `paper` for a board paper, `minutes` for those of a meeting, `record` for that of a
    decision, else what was exported (`register`, `star`, `radar`). `about` is the reference of the
    meeting or the number of the decision. `body` and `meeting_on` are those of the meeting that a
    paper is for, or that minutes or a record are of. `template` names the template and its digest.
    `as_at` is the day the register was judged on. `technologies` are those a paper is about; none
    stands for the whole register. `files` are the digests of the files of an export that is more
    than one.
    """

    kind = "paper-issued"
    reference: Words
    what: Words = "paper"
    about: Text = ""
    body: Text = ""
    meeting_on: date | None = None
    marking: Marking
    edition: Edition = Edition.INTERNAL
    template: Text = ""
    as_at: date | None = None
    format: Words
    content_digest: Digest
    file_digest: Digest
    head: str
    technologies: tuple[TechnologyId, ...]
    files: dict[str, Digest] = Field(default_factory=dict)


EVENT_TYPES: Mapping[str, type[EventData]] = {
    each.kind: each for each in EventData.__subclasses__()
}
