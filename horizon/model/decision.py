"""What a body decided on a technology, on which conditions, and what lay before it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from horizon.model.assessment import Answer, Evidence, Round
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
from horizon.model.scalars import Digest, PersonId, Text, Words
from horizon.model.words import Effect, Marking, Phase, Tier


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
