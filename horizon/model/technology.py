"""A technology and everything recorded about it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StrictInt, StringConstraints

from horizon.model.base import Model
from horizon.model.facts import Fact, FactValue
from horizon.model.words import (
    AnswerValue,
    Effect,
    EvidenceGrade,
    Kind,
    Marking,
    Phase,
    Posture,
    Regime,
    SourceType,
    Tier,
    TimeHorizon,
)

Text = Annotated[str, StringConstraints(strip_whitespace=True)]
"""Text as typed, without the white space around it."""

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""Text that must say something."""

PersonId = Annotated[str, StringConstraints(pattern=r"^p-[0-9a-f]{16}$")]
TechnologyId = Annotated[str, StringConstraints(pattern=r"^t-[0-9a-f]{16}$")]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]

NOT_APPLICABLE: Literal["na"] = "na"


class Sighting(Model):
    """One dated source where the technology was seen."""

    source: Words
    source_type: SourceType
    seen_on: date
    title: Text = ""
    url: Text = ""
    note: Text = ""


class Evidence(Model):
    """A reference to a document that supports an answer, a score or a decision.

    `id` is `E1`, `E2`, ... within its technology. `document` is the kind of document a gate asks
    for (an id from `route.toml`), or empty. `ends_on` is the end date that a trial protocol sets.
    `sha256` is of the file's bytes, where it could be read.
    """

    id: Annotated[str, StringConstraints(pattern=r"^E[1-9][0-9]*$")]
    title: Words
    version: Text = ""
    dated: date
    owner: PersonId | None = None
    document: Text = ""
    location: Text = ""
    sha256: Digest | None = None
    ends_on: date | None = None


class Answer(Model):
    """The current answer to one checklist item, with who gave it, when, on which framework."""

    answer: AnswerValue
    note: Text = ""
    evidence: tuple[str, ...] = ()
    by: str
    at: str
    framework: Digest


class Score(Model):
    """One assessor's score on one criterion: 0 to 5 against its anchors, or `na` with a note."""

    value: Annotated[StrictInt, Field(ge=0, le=5)] | Literal["na"]
    grade: EvidenceGrade
    note: Text = ""


class Submission(Model):
    """What one assessor handed in for one round. Fixed when made."""

    at: str
    scores: dict[str, Score]


class Round(Model):
    """One sealed scoring round: nobody's scores are shown until it is closed."""

    number: Annotated[int, Field(ge=1)]
    framework: Digest
    assessors: tuple[PersonId, ...]
    opened_at: str
    opened_by: str
    submissions: dict[PersonId, Submission] = Field(default_factory=dict)
    closed_at: str | None = None
    closed_by: str | None = None
    close_reason: Text = ""

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def waiting_for(self) -> tuple[str, ...]:
        """The assessors who have not submitted yet."""
        return tuple(person for person in self.assessors if person not in self.submissions)


class Discharge(Model):
    """How a condition was met: on which day, accepted by which body, on what evidence."""

    on: date
    body: Words
    evidence: tuple[str, ...] = ()
    note: Text = ""
    by: str
    at: str


class Condition(Model):
    """Something a decision demands. `number` counts from 1 within its decision."""

    number: Annotated[int, Field(ge=1)]
    text: Words
    owner: PersonId
    due: date
    evidence_needed: Words
    discharge: Discharge | None = None

    def is_overdue(self, today: date) -> bool:
        """Whether the due date has passed without the condition being discharged."""
        return self.discharge is None and today > self.due


class Override(Model):
    """A blocker (never a red line) that the deciding body set aside, and until when."""

    item: Words
    reason: Words
    siro: PersonId
    expires_on: date


class OnTheTable(Model):
    """What a decision was made on, frozen: nothing here follows later changes."""

    revision: int
    framework: Digest
    facts: dict[Fact, FactValue]
    tier: Tier
    answers: dict[str, Answer]
    rounds: tuple[Round, ...]
    evidence: tuple[Evidence, ...]
    gate_findings: tuple[str, ...] = ()


class Decision(Model):
    """A body's recorded outcome on one technology at one gate. Never edited, only superseded.

    `number` is per body and year without gaps (`AISG/2026/014`). `digest` is the SHA-256 of the
    canonical JSON of `on_the_table`. `meeting` is the id of the meeting's record; until meetings
    are kept it is empty. `superseded_by` is filled when a later decision names this one.
    """

    number: Words
    body: Words
    gate: Words
    phase: Phase | None = None
    decided_on: date
    outcome: Words
    effect: Effect
    reasons: Words
    conditions: tuple[Condition, ...] = ()
    overrides: tuple[Override, ...] = ()
    review_by: date | None = None
    expires_on: date | None = None
    supersedes: str | None = None
    superseded_by: str | None = None
    meeting: str | None = None
    marking: Marking = Marking.OFFICIAL
    on_the_table: OnTheTable
    digest: Digest
    by: str
    at: str

    def is_current(self, today: date) -> bool:
        """Not superseded and not past its expiry (the expiry day itself still counts)."""
        return self.superseded_by is None and not self.has_expired(today)

    def has_expired(self, today: date) -> bool:
        return self.expires_on is not None and today > self.expires_on

    def overdue_conditions(self, today: date) -> tuple[Condition, ...]:
        return tuple(condition for condition in self.conditions if condition.is_overdue(today))


class Legacy(Model):
    """A technology the force already ran before it was registered, never shown as approved."""

    in_use_since: Text = ""
    authority: Text = ""
    known: Text = ""


class Details(Model):
    """What can be amended with a patch: every field that describes the technology."""

    name: Words
    kind: Kind = Kind.OTHER
    aliases: tuple[Words, ...] = ()
    summary: Text = ""
    problem: Text = ""
    supplier: Text = ""
    owner: PersonId | None = None
    time_horizon: TimeHorizon | None = None
    trl: Annotated[StrictInt, Field(ge=1, le=9)] | None = None
    posture: Posture | None = None
    regime: Regime = Regime.UNKNOWN
    marking: Marking = Marking.OFFICIAL


class Technology(Details):
    """One entry of the register, from first sighting to retirement.

    `id` is random and never changes; `label` (`T-0042`) is its number in this register;
    `revision` counts the events about it. `stage` is a stage id from `route.toml`. Dates that end
    something (`review_by`, a decision's expiry) are recorded; whether they have passed is judged
    against a day given as an argument, never stored.
    """

    id: TechnologyId
    label: Words
    revision: Annotated[int, Field(ge=1)]
    stage: Words
    stage_since: date
    proposed_at: str
    proposed_by: str
    changed_at: str
    illustrative: bool = False
    facts: dict[Fact, FactValue] = Field(default_factory=dict)
    sightings: tuple[Sighting, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    answers: dict[str, Answer] = Field(default_factory=dict)
    rounds: tuple[Round, ...] = ()
    decisions: tuple[Decision, ...] = ()
    review_by: date | None = None
    review_reason: Text = ""
    legacy: Legacy | None = None
    ended_reason: Text = ""
    superseded_by: TechnologyId | None = None
    erased: tuple[int, ...] = ()

    @property
    def details(self) -> Details:
        """The amendable part alone."""
        return Details.model_validate({name: getattr(self, name) for name in Details.model_fields})

    @property
    def open_round(self) -> Round | None:
        """The scoring round that still takes submissions, if there is one."""
        last = self.rounds[-1] if self.rounds else None
        return last if last is not None and not last.is_closed else None

    @property
    def closed_round(self) -> Round | None:
        """The newest closed round: the one whose scores are read."""
        return next((round_ for round_ in reversed(self.rounds) if round_.is_closed), None)

    def decision(self, number: str) -> Decision | None:
        """The decision with this number, if it is about this technology."""
        return next((each for each in self.decisions if each.number == number), None)
