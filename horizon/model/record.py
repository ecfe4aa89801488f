"""The parts of a decision's record that let it stand up years later.

Content: domain reference 4.4, and R (Bridges) v South Wales Police [2020] EWCA Civ 1058 for what is
lost where a record lacks them.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, get_args

from pydantic import Field

from horizon.model.base import Model
from horizon.model.meeting import Attendance, Interest
from horizon.model.scalars import PersonId, Text, Words


class Method(StrEnum):
    """How a decision was come to.

    `OWN_RECORD` is for bodies whose meetings are minuted elsewhere, or that do not meet.
    """

    MEETING = "meeting"
    CORRESPONDENCE = "correspondence"
    CHAIRS_ACTION = "chair's action"
    OWN_RECORD = "own record"

    @property
    def needs_ratifying(self) -> bool:
        """Whether it lapses unless the body's next meeting ratifies it."""
        return self in (Method.CORRESPONDENCE, Method.CHAIRS_ACTION)


class Advice(Model):
    """Advice that was given, and whether it was followed; where not wholly, why not."""

    given: Text = ""
    followed: Literal["", "yes", "partly", "no"] = ""
    why_not: Text = ""

    @property
    def is_told(self) -> bool:
        return bool(self.given and self.followed)


class Considerations(Model):
    """What a body weighed.

    `options` are the ways it considered, doing nothing among them. `equality` says which equality
    information was looked at (Equality Act 2010, s.149). The names of the fields are the names a
    gate in `route.toml` asks for.
    """

    options: tuple[Words, ...] = ()
    legal_basis: Text = ""
    proportionality: Text = ""
    equality: Text = ""
    dpo_advice: Advice = Advice()
    independent_advice: Advice = Advice()
    trade_offs: Text = ""

    def is_told(self, name: str) -> bool:
        """Whether something was recorded under this name."""
        held = getattr(self, name)
        return held.is_told if isinstance(held, Advice) else bool(held)


class Dissent(Model):
    """A disagreement that goes into the record. Without a person it is "a member"."""

    person: PersonId | None = None
    reason: Words


class Votes(Model):
    """A count, where a vote was taken."""

    in_favour: Annotated[int, Field(ge=0)]
    against: Annotated[int, Field(ge=0)] = 0
    abstained: Annotated[int, Field(ge=0)] = 0

    @property
    def cast(self) -> int:
        return self.in_favour + self.against + self.abstained


Ground = Literal[
    "FOIA s.24",
    "FOIA s.27",
    "FOIA s.31",
    "FOIA s.36",
    "FOIA s.40",
    "FOIA s.43",
    "LGA Sch 12A para 1",
    "LGA Sch 12A para 2",
    "LGA Sch 12A para 3",
    "LGA Sch 12A para 4",
    "LGA Sch 12A para 5",
    "LGA Sch 12A para 6",
    "LGA Sch 12A para 7",
]
"""On what ground something is left out of what is published: Freedom of Information Act 2000, or
Local Government Act 1972, Schedule 12A."""

GROUNDS: tuple[str, ...] = get_args(Ground)


class Redaction(Model):
    """A part of the record that is left out of what is published, and on what ground."""

    part: Words
    ground: Ground


class Quorum(Model):
    """Who could decide on the item, beside how many the body needs."""

    needed: Annotated[int, Field(ge=0)]
    counted: tuple[PersonId, ...] = ()

    @property
    def is_met(self) -> bool:
        return len(self.counted) >= self.needed

    @property
    def words(self) -> str:
        """`3 needed, 4 there`: how many the body needs, and how many are there who may decide."""
        return f"{self.needed} needed, {len(self.counted)} there"


class Room(Model):
    """Who was there when the item was taken, frozen: attendance, interests and quorum."""

    chair: PersonId | None = None
    attendance: tuple[Attendance, ...] = ()
    interests: tuple[Interest, ...] = ()
    quorum: Quorum = Quorum(needed=0)


class Ratified(Model):
    """A decision made out of a meeting was ratified at one."""

    meeting: Words
    on: date
    by: str
    at: str


class Lapsed(Model):
    """A decision made out of a meeting was not ratified at the next one."""

    meeting: Words
    on: date


class Signature(Model):
    """Who signed a decision, when, and the fingerprint of their SSH key (`SHA256:...`). Whether it
    holds is for `horizon verify` to say."""

    by: str
    at: str
    key: Words
