"""Events about meetings. Their envelope's subject is the meeting's id, but for `DecisionRatified`,
which is about a technology."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from horizon.model.event_base import EventData
from horizon.model.meeting import (
    AgendaItem,
    Attendance,
    Comment,
    Interest,
    ItemOutcome,
    Meeting,
)
from horizon.model.record import Ratified
from horizon.model.scalars import Digest, Text, Words

ItemNumber = Annotated[int, Field(ge=1)]


class MeetingCarried(EventData):
    """A meeting taken over whole from a register.json whose journal was not beside it."""

    kind = "meeting-carried"
    meeting: Meeting


class MeetingCalled(EventData):
    """A body is to meet, or to answer in writing. `quorum` is the framework's."""

    kind = "meeting-called"
    ref: Words
    body: Words
    on: date
    place: Text = ""
    by_correspondence: bool = False
    framework: Digest
    quorum: Annotated[int, Field(ge=0)]
    items: tuple[AgendaItem, ...] = ()


class MeetingRescheduled(EventData):
    """A meeting that has not begun moves to another day or place. It keeps its reference."""

    kind = "meeting-rescheduled"
    on: date
    place: Text = ""
    reason: Text = ""


class AgendaSet(EventData):
    """The agenda, whole: what was taken already stays as it is."""

    kind = "agenda-set"
    items: tuple[AgendaItem, ...]


class AttendanceSet(EventData):
    """Who is there, who sent apologies, in which seats; whole."""

    kind = "attendance-set"
    attendance: tuple[Attendance, ...]


class InterestDeclared(EventData):
    """Somebody declares an interest in an item, in place of what they declared in it before."""

    kind = "interest-declared"
    item: ItemNumber
    interest: Interest


class ItemMinuted(EventData):
    """What was said on an item; and, where it ended without a decision, that it did and why."""

    kind = "item-minuted"
    item: ItemNumber
    minute: Text = ""
    comments: tuple[Comment, ...] = ()
    outcome: ItemOutcome = ""
    no_decision: Text = ""


class MeetingClosed(EventData):
    """The meeting is over: nothing more is decided at it."""

    kind = "meeting-closed"
    on: date


class MinutesConfirmed(EventData):
    """The minutes were agreed as accurate."""

    kind = "minutes-confirmed"
    on: date
    at_meeting: Text = ""


class DecisionRatified(EventData):
    """A decision made out of a meeting was ratified. Subject: the technology."""

    kind = "decision-ratified"
    decision: Words
    ratified: Ratified
