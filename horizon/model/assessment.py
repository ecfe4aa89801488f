"""What a technology is assessed by: documents, answers to the checklist, and scores."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StrictInt, StringConstraints

from horizon.model.base import Model
from horizon.model.scalars import Digest, PersonId, Text, Words
from horizon.model.words import AnswerValue, EvidenceGrade

NOT_APPLICABLE: Literal["na"] = "na"


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
