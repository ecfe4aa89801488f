"""Meetings of the bodies on the route, and what a record of one must hold.

Content: domain reference 1.5 and 4.4 (quorum, interests, written comments, minutes confirmed at the
next meeting), after the minutes that real ethics committees publish.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated, Final, Literal

from pydantic import Field, StringConstraints

from horizon.model.base import Model
from horizon.model.release import Release
from horizon.model.scalars import Digest, PersonId, TechnologyId, Text, Words

MeetingId = Annotated[str, StringConstraints(pattern=r"^m-[0-9a-f]{16}$")]


class Seat(StrEnum):
    """What somebody is at a meeting. The chair and members decide; the others never do."""

    CHAIR = "chair"
    MEMBER = "member"
    ADVISER = "adviser"
    MINUTE_TAKER = "minute-taker"
    OBSERVER = "observer"

    @property
    def decides(self) -> bool:
        return self in (Seat.CHAIR, Seat.MEMBER)


class Presence(StrEnum):
    """Whether somebody is at a meeting. Those who send apologies may send comments."""

    PRESENT = "present"
    APOLOGIES = "apologies"


class Attendance(Model):
    """One person at one meeting, in the role and for the organisation they had that day.

    `dpo` says that they hold the function of data protection officer: they advise, and are never
    counted as deciding, whatever seat they sit in.
    """

    person: PersonId
    seat: Seat
    presence: Presence = Presence.PRESENT
    role: Text = ""
    organisation: Text = ""
    dpo: bool = False

    @property
    def may_decide(self) -> bool:
        """Whether they count towards quorum and may vote, interests not considered."""
        return self.presence is Presence.PRESENT and self.seat.decides and not self.dpo


class InterestKind(StrEnum):
    """What ties somebody to an item. The first three keep them from deciding on it."""

    PROPOSER = "proposed or owns it"
    SUPPLIER = "tied to the supplier"
    LINE = "line management"
    OTHER = "other"

    @property
    def bars(self) -> bool:
        return self is not InterestKind.OTHER


class InterestAction(StrEnum):
    """What somebody with an interest did while the item was taken."""

    STAYED = "stayed"
    LEFT = "left"
    NO_VOTE = "no vote"


class Interest(Model):
    """An interest declared in one item, and what the person did."""

    person: PersonId
    kind: InterestKind
    nature: Words
    action: InterestAction


class Comment(Model):
    """What an absent member sent in, to be read to the meeting."""

    person: PersonId
    text: Words


class PaperReference(Model):
    """A paper that a body had before it."""

    title: Words
    version: Text = ""
    dated: date | None = None


ItemOutcome = Literal["", "decided", "no decision", "noted"]
"""How an item ended; empty while it has not been taken."""

TAKEN_OFF: Final = "taken off the agenda"
"""What an item ended in that keeps its number and is not taken."""


class AgendaItem(Model):
    """One item of an agenda. `decision` is the number of the decision made on it.

    `no_decision` says why there was none, where an item ended without one.
    """

    number: Annotated[int, Field(ge=1)]
    title: Words
    technology: TechnologyId | None = None
    gate: Text = ""
    purpose: Literal["for decision", "for information"] = "for decision"
    papers: tuple[PaperReference, ...] = ()
    interests: tuple[Interest, ...] = ()
    comments: tuple[Comment, ...] = ()
    minute: Text = ""
    outcome: ItemOutcome | Literal["taken off the agenda"] = ""
    no_decision: Text = ""
    decision: Text = ""

    @property
    def is_off(self) -> bool:
        """Whether it was taken off the agenda."""
        return self.outcome == TAKEN_OFF

    @property
    def is_undecided(self) -> bool:
        """Whether a body has still to decide on it, or to say that it does not."""
        return self.purpose == "for decision" and not self.outcome

    def interest_of(self, person: str) -> Interest | None:
        """What this person declared in the item."""
        return next((each for each in self.interests if each.person == person), None)


class Confirmed(Model):
    """The minutes were agreed as accurate, on a day, at a meeting or in writing."""

    on: date
    at_meeting: Text = ""
    by: str
    at: str

    @property
    def where(self) -> str:
        """Where that was: `at AISG/2026-12-08`, or `in writing`."""
        return f"at {self.at_meeting}" if self.at_meeting else "in writing"


class Meeting(Model):
    """A meeting of one body, from its calling to its confirmed minutes.

    `ref` is the body's abbreviation and the day (`AISG/2026-12-08`, a letter after it for a second
    one that day). `by_correspondence` means that members answered in writing: what they decide has
    to be ratified at the next meeting. `quorum` is the framework's on the day the meeting was
    called. `released` are the texts that may be published, by their place in the record.
    """

    id: MeetingId
    ref: Words
    revision: Annotated[int, Field(ge=1)]
    body: Words
    on: date
    place: Text = ""
    by_correspondence: bool = False
    framework: Digest
    quorum: Annotated[int, Field(ge=0)]
    called_at: str
    called_by: str
    attendance: tuple[Attendance, ...] = ()
    items: tuple[AgendaItem, ...] = ()
    closed_at: str | None = None
    closed_by: str | None = None
    confirmed: Confirmed | None = None
    released: dict[str, Release] = Field(default_factory=dict)
    erased: tuple[int, ...] = ()

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def present(self) -> tuple[Attendance, ...]:
        return tuple(each for each in self.attendance if each.presence is Presence.PRESENT)

    @property
    def agenda(self) -> tuple[AgendaItem, ...]:
        """The items that were not taken off it."""
        return tuple(each for each in self.items if not each.is_off)

    @property
    def undecided(self) -> tuple[AgendaItem, ...]:
        """The items for decision that have not ended."""
        return tuple(each for each in self.items if each.is_undecided)

    def follows(self, other: Meeting) -> bool:
        """Whether it is a later meeting of the same body."""
        return self.body == other.body and (self.on, self.ref) > (other.on, other.ref)

    def item(self, number: int) -> AgendaItem | None:
        """The item with this number on the agenda."""
        return next((each for each in self.items if each.number == number), None)

    def item_on(self, technology: str) -> AgendaItem | None:
        """The first item about a technology that has not ended."""
        return next(
            (each for each in self.items if each.technology == technology and not each.outcome),
            None,
        )

    def seated(self, seat: Seat) -> Iterator[Attendance]:
        """Who is present in this seat."""
        return (each for each in self.present if each.seat is seat)
