"""What commands take, as people say it: names instead of ids, checked field by field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, Field, ValidationError

from horizon.model.base import Model
from horizon.model.errors import BadInput
from horizon.model.meeting import PaperReference, Presence, Seat
from horizon.model.record import Considerations, Redaction, Votes
from horizon.model.scalars import Text, Words
from horizon.model.technology import Details, Legacy, Sighting
from horizon.model.words import Marking


class ConditionInput(Model):
    """A condition of a decision. `owner` is a person's name."""

    text: Words
    owner: Words
    due: date
    evidence_needed: Words
    discharged_by: Text = ""
    if_missed: Text = ""


class OverrideInput(Model):
    """A blocker that the deciding body sets aside. `siro` is the name of the risk owner."""

    item: Words
    reason: Words
    siro: Words
    expires_on: date


class DissentInput(Model):
    """A disagreement for the record. `person` is a name, or empty for "a member"."""

    person: Text = ""
    reason: Words


class CommentInput(Model):
    """What an absent member sent in. `person` is a name."""

    person: Words
    text: Words


class DecisionInput(Model):
    """A decision as it is recorded. Ids are the framework's; people are names.

    `meeting` is the reference of the meeting it was made at, `item` its number on the agenda where
    the technology stands there twice; `chair` names who decided alone between meetings. All stay
    empty for bodies whose meetings are minuted elsewhere.
    """

    body: Words
    gate: Words
    outcome: Words
    decided_on: date
    reasons: Text
    meeting: Text = ""
    item: int | None = None
    chair: Text = ""
    question: Text = ""
    considered: Considerations = Considerations()
    item_reasons: dict[str, Words] = Field(default_factory=dict)
    papers: tuple[PaperReference, ...] = ()
    votes: Votes | None = None
    dissent: tuple[DissentInput, ...] = ()
    comments: tuple[CommentInput, ...] = ()
    conditions: tuple[ConditionInput, ...] = ()
    overrides: tuple[OverrideInput, ...] = ()
    effective_from: date | None = None
    review_by: date | None = None
    expires_on: date | None = None
    supersedes: str | None = None
    next_step: Text = ""
    summary: Text = ""
    redactions: tuple[Redaction, ...] = ()
    marking: Marking = Marking.OFFICIAL


class AttendanceInput(Model):
    """Somebody at a meeting. `person` is a name; an empty role or organisation is what the
    register knows of them."""

    person: Words
    seat: Seat = Seat.MEMBER
    presence: Presence = Presence.PRESENT
    role: Text = ""
    organisation: Text = ""


class ItemInput(Model):
    """Something for an agenda. `technology` is a reference, or empty; an empty title is its
    name."""

    technology: Text = ""
    title: Text = ""
    gate: Text = ""
    purpose: Literal["for decision", "for information"] = "for decision"
    papers: tuple[PaperReference, ...] = ()


class Proposal(Model):
    """A technology as it is proposed.

    `details.owner` stays empty; `owner` is a person's name. `legacy` and `review_by` make it an
    entry of a technology already in use. `duplicate_reason` says why it is not the technology of
    the same name that the register already holds.
    """

    details: Details
    owner: Text = ""
    sightings: tuple[Sighting, ...] = ()
    duplicate_reason: Text = ""
    legacy: Legacy | None = None
    review_by: date | None = None


Checked = TypeVar("Checked", bound=BaseModel)


def checked(model: type[Checked], values: Mapping[str, Any], *, where: str = "") -> Checked:
    """`values` as a `model`. Raises `BadInput` with one sentence for each field that is wrong."""
    try:
        return model.model_validate(dict(values))
    except ValidationError as error:
        raise BadInput(said(error), where=where) from None


def said(error: ValidationError) -> str:
    """What is wrong with each field, in one line."""
    return "; ".join(_fault(fault) for fault in error.errors())


def said_each(error: ValidationError) -> list[tuple[tuple[str | int, ...], str]]:
    """What is wrong with each field: the way to it, and one sentence."""
    return [(fault["loc"], _fault(fault)) for fault in error.errors()]


LIMITS = {
    "less_than_equal": "{le} or less",
    "greater_than_equal": "{ge} or more",
    "less_than": "less than {lt}",
    "greater_than": "more than {gt}",
}
"""What may be written instead of a number out of bounds, by pydantic's name of the fault."""


def _fault(fault: Any) -> str:
    field = ".".join(str(part) for part in fault["loc"]) or "value"
    kind, context = fault["type"], fault.get("ctx", {})
    shown = repr(fault["input"])
    shown = shown if len(shown) <= 60 else shown[:57] + "..."
    if kind == "string_too_short":
        return f"{field} must not be empty"
    if kind == "missing":
        return f"{field} is needed"
    if kind == "extra_forbidden":
        return f"{field} is not a field"
    if kind in ("enum", "literal_error"):
        return f"{field} cannot be {shown}; use {context['expected']}"
    if kind.startswith("date"):
        return f"{field} cannot be {shown}; use a date such as 2026-11-24"
    if kind in LIMITS:
        return f"{field} cannot be {shown}; use {LIMITS[kind].format(**context)}"
    return f"{field} cannot be {shown}: {fault['msg'].lower()}"


def one_of(value: str, allowed: Iterable[str], what: str) -> str:
    """`value` if it is allowed. Raises `BadInput` that lists what is and the nearest spelling."""
    choices = list(allowed)
    if value in choices:
        return value
    from rapidfuzz import fuzz, process

    near = process.extractOne(value, choices, scorer=fuzz.ratio, score_cutoff=60)
    hint = f"Did you mean {near[0]}? " if near else ""
    article = "an" if what[0] in "aeiou" else "a"
    use = f"Use one of: {', '.join(choices)}" if choices else "There is none yet"
    raise BadInput(f"{value!r} is not {article} {what}", do=hint + use)
