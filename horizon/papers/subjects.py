"""What a paper can be about: what a body is to decide, what a meeting decided, one decision.

Each knows the technologies it is about, how its paper is built from a register, whole or made
public, and what the whole paper holds on technologies that a public edition leaves out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from horizon.model.errors import RuleBroken
from horizon.model.technology import Technology
from horizon.model.words import Edition, Marking
from horizon.papers.agenda import body_of
from horizon.papers.annex import annex
from horizon.papers.blocks import Block, Paper, Purpose
from horizon.papers.board_paper import about, build
from horizon.papers.decision_paper import decision_paper
from horizon.papers.items import items
from horizon.papers.minutes import left_out_items, minutes_paper, technologies_at
from horizon.papers.template import Template
from horizon.register.reader import Reader, Still
from horizon.register.records import Seal, find_decision


@dataclass(frozen=True, slots=True)
class Imprint:
    """What is printed on a paper that the register does not know: its reference, who wrote it, its
    marking, and what it says of the Freedom of Information Act."""

    reference: str
    author: str
    marking: Marking
    foi: str


class Subject(Protocol):
    """What a paper is about. `what`, `about`, `body` and `meeting_on` are as its event says them
    (`model.events.PaperIssued`); `stem` begins its reference, and `says_reference` tells whether
    the reference is among its own words."""

    @property
    def what(self) -> str: ...

    @property
    def about(self) -> str: ...

    @property
    def body(self) -> str: ...

    @property
    def meeting_on(self) -> date | None: ...

    @property
    def stem(self) -> str: ...

    @property
    def says_reference(self) -> bool: ...

    def technologies(self, whole: Still) -> tuple[Technology, ...]:
        """The technologies that the paper is about."""
        ...

    def check(self, edition: Edition, shown: Sequence[Technology]) -> None:
        """Raise `RuleBroken` where there can be no such edition; `shown` are the technologies that
        it could show."""
        ...

    def built(self, reader: Reader, shown: Sequence[Technology], imprint: Imprint) -> Paper:
        """The paper on those technologies. Raises `BadInput` or `RuleBroken`."""
        ...

    def left_out(self, whole: Still, technologies: Sequence[Technology]) -> Iterator[Block]:
        """What the whole paper holds on those technologies."""
        ...


@dataclass(frozen=True, slots=True)
class BoardPaper:
    """What a body is asked or told. `named` are the technologies it is about; without any it is
    about those that the template's scope names. `on` is the day it is made for, and `meets` says
    whether the body meets on it. `since` is the register as it stood when changes
    are told from. The template's purpose holds unless another is given."""

    body: str
    on: date
    meets: bool
    template: Template
    abbreviation: str
    named: tuple[Technology, ...] = ()
    purpose: Purpose | None = None
    since: Still | None = None
    what: str = field(default="paper", init=False)
    about: str = field(default="", init=False)

    @property
    def meeting_on(self) -> date | None:
        return self.on if self.meets else None

    @property
    def stem(self) -> str:
        return f"{self.abbreviation}/{self.on.isoformat()}"

    @property
    def says_reference(self) -> bool:
        return self.template.says("reference")

    def technologies(self, whole: Still) -> tuple[Technology, ...]:
        scope, body = self.template.called.scope, body_of(whole, self.body)
        return self.named or about(whole, scope, body, whole.today, self.on)

    def check(self, edition: Edition, shown: Sequence[Technology]) -> None:
        _refuse_empty(shown)

    def built(self, reader: Reader, shown: Sequence[Technology], imprint: Imprint) -> Paper:
        return build(
            reader,
            body_id=self.body,
            meeting_on=self.meeting_on,
            technologies=shown,
            author=imprint.author,
            purpose=self.purpose,
            template=self.template,
            since=self.since,
            marking=imprint.marking,
            foi=imprint.foi,
            reference=imprint.reference,
        )

    def left_out(self, whole: Still, technologies: Sequence[Technology]) -> Iterator[Block]:
        for item in items(whole, tuple(technologies), "", whole.today, self.on):
            yield from annex(whole, item, whole.today)


@dataclass(frozen=True, slots=True)
class Minutes:
    """The minutes of a meeting."""

    about: str
    body: str
    meeting_on: date
    closed: bool
    template: Template
    what: str = field(default="minutes", init=False)

    @classmethod
    def of(cls, whole: Still, ref: str, template: Template) -> Minutes:
        """Those of the meeting that a reference stands for. Raises `BadInput` for none."""
        meeting = whole.meeting(ref)
        return cls(meeting.ref, meeting.body, meeting.on, meeting.is_closed, template)

    @property
    def says_reference(self) -> bool:
        return self.template.says("reference")

    @property
    def stem(self) -> str:
        return f"{self.about}/minutes"

    def technologies(self, whole: Still) -> tuple[Technology, ...]:
        return tuple(technologies_at(whole, self.about))

    def check(self, edition: Edition, shown: Sequence[Technology]) -> None:
        """Minutes are published once nothing more is decided at the meeting."""
        if edition is not Edition.INTERNAL and not self.closed:
            raise RuleBroken(
                f"{self.about} is not closed yet, so its minutes are not published",
                who="Close it first, or make the internal edition.",
            )

    def built(self, reader: Reader, shown: Sequence[Technology], imprint: Imprint) -> Paper:
        return minutes_paper(
            reader,
            reader.meeting(self.about),
            template=self.template,
            author=imprint.author,
            marking=imprint.marking,
            foi=imprint.foi,
            reference=imprint.reference,
        )

    def left_out(self, whole: Still, technologies: Sequence[Technology]) -> Iterator[Block]:
        return left_out_items(whole, self.about, technologies)


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """The whole record of a decision. `seal` is where the journal holds it."""

    about: str
    body: str
    meeting_on: date
    seal: Seal
    what: str = field(default="record", init=False)
    says_reference: bool = field(default=False, init=False)

    @property
    def stem(self) -> str:
        return f"{self.about}/record"

    def technologies(self, whole: Still) -> tuple[Technology, ...]:
        return (find_decision(whole, self.about)[0],)

    def check(self, edition: Edition, shown: Sequence[Technology]) -> None:
        _refuse_empty(shown)

    def built(self, reader: Reader, shown: Sequence[Technology], imprint: Imprint) -> Paper:
        return decision_paper(
            reader,
            self.about,
            seal=self.seal,
            author=imprint.author,
            marking=imprint.marking,
            foi=imprint.foi,
            reference=imprint.reference,
        )

    def left_out(self, whole: Still, technologies: Sequence[Technology]) -> Iterator[Block]:
        """A record whose technology is left out is not published at all."""
        yield from ()


def _refuse_empty(shown: Sequence[Technology]) -> None:
    if not shown:
        raise RuleBroken(
            f"Every technology of this paper is marked {Marking.OFFICIAL_SENSITIVE}, so there is "
            "nothing to publish",
            who="Make the internal edition.",
        )
