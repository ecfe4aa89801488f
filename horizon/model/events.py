"""The closed set of events. Everything that happens to the register is one of these.

The envelope in which each of them travels is in `envelope`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import Field

from horizon.model import (
    brought_events,  # noqa: F401  (its events belong to the closed set)
    intake_events,  # noqa: F401  (its events belong to the closed set)
    meeting_events,  # noqa: F401  (so do its)
    sharing_events,  # noqa: F401  (and its)
    signing_events,  # noqa: F401  (and its)
    undo_events,  # noqa: F401  (and its)
)
from horizon.model.assessment import Evidence, Score
from horizon.model.base import Model
from horizon.model.decision import Decision, Discharge
from horizon.model.event_base import EventData
from horizon.model.facts import Fact, FactValue
from horizon.model.keeping_events import FormatRaised as FormatRaised
from horizon.model.keeping_events import FrameworkAdopted as FrameworkAdopted
from horizon.model.keeping_events import HistoryAccepted as HistoryAccepted
from horizon.model.keeping_events import PersonNamed as PersonNamed
from horizon.model.keeping_events import RegisterCreated as RegisterCreated
from horizon.model.keeping_events import TechnologyCarried as TechnologyCarried
from horizon.model.leaving_events import DataErased as DataErased
from horizon.model.leaving_events import LinksKept as LinksKept
from horizon.model.leaving_events import PaperIssued as PaperIssued
from horizon.model.leaving_events import ReleasedText as ReleasedText
from horizon.model.leaving_events import StageKept as StageKept
from horizon.model.leaving_events import TextsReleased as TextsReleased
from horizon.model.record import Lapsed
from horizon.model.scalars import Digest, PersonId, TechnologyId, Text, Words
from horizon.model.technology import Details, Legacy, Reopening, Sighting
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


class DischargeTakenBack(EventData):
    """A condition that was recorded as met was not met after all: it is open again."""

    kind = "discharge-taken-back"
    decision: Words
    condition: int
    reason: Words


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
