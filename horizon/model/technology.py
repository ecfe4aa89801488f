"""A technology and everything recorded about it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StrictInt, StringConstraints

from horizon.model.base import Model, digest
from horizon.model.facts import Fact, FactValue
from horizon.model.meeting import Comment, PaperReference
from horizon.model.record import (
    Considerations,
    Dissent,
    Lapsed,
    Method,
    Ratified,
    Redaction,
    Room,
    Signature,
    Votes,
)
from horizon.model.release import Release
from horizon.model.scalars import Digest, PersonId, TechnologyId, Text, Words
from horizon.model.triage import Triage
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

NOT_APPLICABLE: Literal["na"] = "na"


class Sighting(Model):
    """One dated source where the technology was seen. `origin` is the number of the row of an
    import that it comes from, or 0."""

    source: Words
    source_type: SourceType
    seen_on: date
    title: Text = ""
    url: Text = ""
    note: Text = ""
    origin: Annotated[StrictInt, Field(ge=0)] = 0


class Origin(Model):
    """The row of a source that an import took something from.

    `number` counts from 1 within the technology; `key` is what the source calls the row by, where
    it does. `fields` holds a digest of what the row said in each field when it was last taken, so
    that a later import can tell what changed at the source from what was changed here. The row
    that `leads` describes the technology; others were only added to it. `gone_on` is the day on
    which the source was found not to list it any more.
    """

    number: Annotated[StrictInt, Field(ge=1)]
    source: Words
    key: Text = ""
    place: Text = ""
    fields: dict[str, str] = Field(default_factory=dict)
    leads: bool = True
    gone_on: date | None = None


class Note(Model):
    """A remark that somebody wrote down: no evidence, and nothing is decided on it."""

    text: Words
    by: str
    at: str


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
    scales: dict[str, Words] = Field(default_factory=dict)
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
    """Something a decision demands. `number` counts from 1 within its decision.

    `discharged_by` is the body that has to accept it as met: the deciding body where it is empty.
    `if_missed` says what the body wants to happen then, beside the approval that reads as not
    approved in any case.
    """

    number: Annotated[int, Field(ge=1)]
    text: Words
    owner: PersonId
    due: date
    evidence_needed: Words
    discharged_by: Text = ""
    if_missed: Text = ""
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

    @property
    def fingerprint(self) -> str:
        """SHA-256 of its canonical JSON without what has its default value, so that a later
        Horizon, which knows more fields, still gives the same."""
        return digest(self.model_dump(mode="json", exclude_defaults=True))


class Decision(Model):
    """A body's recorded outcome on one technology at one gate. Never edited, only superseded.

    `number` is per body and year without gaps (`AISG/2026/014`). `recorded_as` is the number under
    which another copy of the register has it, where this one had given that away; of several
    copies, one after the other. `digest` is
    the fingerprint of `on_the_table`. `meeting` is the reference of the meeting and `item` the
    number on its agenda; both are empty for other ways of deciding (`method`). `item_reasons` give
    a reason for each red line or blocker that the decision touches. `superseded_by` is filled when
    a later decision names this one; `correction` says why a later one only sets the record right.
    `settles` are the reopenings it answers. `ratify_by` is the last day on which it holds without
    being ratified. `flags` are defects that Horizon saw as it was recorded. `signatures` were made
    after it was recorded.
    """

    number: Words
    recorded_as: Text = ""
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
    correction: Text = ""
    method: Method = Method.OWN_RECORD
    meeting: str | None = None
    item: int | None = None
    question: Text = ""
    considered: Considerations = Considerations()
    item_reasons: dict[str, Words] = Field(default_factory=dict)
    papers: tuple[PaperReference, ...] = ()
    room: Room = Room()
    votes: Votes | None = None
    dissent: tuple[Dissent, ...] = ()
    comments: tuple[Comment, ...] = ()
    effective_from: date | None = None
    next_step: Text = ""
    summary: Text = ""
    redactions: tuple[Redaction, ...] = ()
    settles: tuple[int, ...] = ()
    flags: tuple[Words, ...] = ()
    ratify_by: date | None = None
    ratified: Ratified | None = None
    lapsed: Lapsed | None = None
    signatures: tuple[Signature, ...] = ()
    marking: Marking = Marking.OFFICIAL
    on_the_table: OnTheTable
    digest: Digest
    by: str
    at: str

    def is_current(self, today: date) -> bool:
        """Not superseded, not past its expiry (the expiry day itself still counts), not lapsed."""
        return (
            self.superseded_by is None
            and not self.has_expired(today)
            and not self.is_unratified(today)
        )

    def has_expired(self, today: date) -> bool:
        return self.expires_on is not None and today > self.expires_on

    def is_unratified(self, today: date) -> bool:
        """Whether it was made out of a meeting and lapsed for want of being ratified."""
        if self.lapsed is not None:
            return True
        return self.ratified is None and self.ratify_by is not None and today > self.ratify_by

    def ended_overrides(self, today: date) -> tuple[Override, ...]:
        """The blockers that it set aside for a time which is over."""
        return tuple(each for each in self.overrides if today > each.expires_on)

    def overdue_conditions(self, today: date) -> tuple[Condition, ...]:
        return tuple(condition for condition in self.conditions if condition.is_overdue(today))


class Legacy(Model):
    """A technology the force already ran before it was registered, never shown as approved until
    it has passed a gate. `cleared_on` is the day it did."""

    in_use_since: Text = ""
    authority: Text = ""
    known: Text = ""
    cleared_on: date | None = None


class Reopening(Model):
    """Something happened after a decision that makes a body look again.

    `trigger` is an id from `route.toml`; `needed` says what the owner is to supply. `suspends`
    means that an approval does not hold until a body has decided again. Answers to `items` given
    before `on` count as unknown. `settled_by` is the number of the decision that answered it.
    """

    number: Annotated[int, Field(ge=1)]
    trigger: Words
    reason: Words
    on: date
    needed: Text = ""
    items: tuple[Words, ...] = ()
    suspends: bool = False
    settled_by: Text = ""
    by: str
    at: str


class Details(Model):
    """What can be amended with a patch: every field that describes the technology."""

    name: Words
    kind: Kind = Kind.OTHER
    aliases: tuple[Words, ...] = ()
    tags: tuple[Words, ...] = ()
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
    against a day given as an argument, never stored. `merged` are entries that turned out to be
    this one, `co_proposers` the people who proposed them; `different_from` are entries that
    somebody found to be another. `released` are the texts that may be published, by their place in
    the record. `shared_with` are other forces that may see it in a shared register, or `*` for all
    of them.
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
    triage: Triage | None = None
    origins: tuple[Origin, ...] = ()
    notes: tuple[Note, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    answers: dict[str, Answer] = Field(default_factory=dict)
    rounds: tuple[Round, ...] = ()
    decisions: tuple[Decision, ...] = ()
    review_by: date | None = None
    review_reason: Text = ""
    legacy: Legacy | None = None
    reopenings: tuple[Reopening, ...] = ()
    ended_reason: Text = ""
    superseded_by: TechnologyId | None = None
    released: dict[str, Release] = Field(default_factory=dict)
    merged_into: TechnologyId | None = None
    merged: tuple[TechnologyId, ...] = ()
    co_proposers: tuple[str, ...] = ()
    different_from: tuple[TechnologyId, ...] = ()
    shared_with: tuple[str, ...] = ()
    erased: tuple[int, ...] = ()

    @property
    def details(self) -> Details:
        """The amendable part alone."""
        return Details.model_validate({name: getattr(self, name) for name in Details.model_fields})

    @property
    def proposers(self) -> tuple[str, ...]:
        """Everyone who proposed it, under whatever name."""
        return (self.proposed_by, *self.co_proposers)

    @property
    def open_round(self) -> Round | None:
        """The scoring round that still takes submissions, if there is one."""
        last = self.rounds[-1] if self.rounds else None
        return last if last is not None and not last.is_closed else None

    @property
    def closed_round(self) -> Round | None:
        """The newest closed round: the one whose scores are read."""
        return next((round_ for round_ in reversed(self.rounds) if round_.is_closed), None)

    @property
    def open_reopenings(self) -> tuple[Reopening, ...]:
        """What nobody has decided on since it happened."""
        return tuple(each for each in self.reopenings if not each.settled_by)

    def decision(self, number: str) -> Decision | None:
        """The decision with this number, if it is about this technology."""
        return next((each for each in self.decisions if each.number == number), None)
