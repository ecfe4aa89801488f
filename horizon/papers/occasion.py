"""What a paper is for: whose meeting, which technologies, and when they were read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from horizon.framework.route import Body
from horizon.model.wording import day
from horizon.papers.blocks import Numbered, Purpose, runs
from horizon.papers.items import DueCondition, Item
from horizon.papers.template import Template, filled
from horizon.register.reader import Reader


@dataclass
class Count:
    """Numbers the paragraphs of a paper through from 1."""

    last: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What a template says in words of its own. `words` fill its braces."""

    template: Template
    words: Mapping[str, str]
    count: Count = field(default_factory=Count)

    def paragraph(self, text: str) -> Numbered:
        """The next numbered paragraph."""
        self.count.last += 1
        return Numbered(number=self.count.last, runs=runs(text))

    def said(self, text: str) -> str:
        """Text of the template with its braces filled in."""
        return filled(text, self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion(Saying):
    """What a paper is for.

    `meeting_on` is the day of the meeting, if it is for one. `due` are the conditions nobody has
    discharged, earliest first. `since` is the register as it stood when the body last met, where
    changes are told.
    """

    register: Reader
    body: Body
    purpose: Purpose
    meeting_on: date | None
    as_at: date
    items: tuple[Item, ...]
    due: tuple[DueCondition, ...]
    since: Reader | None = None

    @property
    def on(self) -> date:
        """The day of the meeting, or else that of the paper."""
        return self.meeting_on or self.as_at

    @property
    def by_then(self) -> str:
        """`by the meeting`, or by the day of the paper."""
        return "by the meeting" if self.meeting_on else f"by {day(self.as_at)}"

    @property
    def overdue(self) -> tuple[DueCondition, ...]:
        """The conditions whose day had passed when the register was read."""
        return tuple(each for each in self.due if each.condition.is_overdue(self.as_at))

    @property
    def ratified(self) -> tuple[Item, ...]:
        """The technologies that the body decided on between meetings, and is asked to ratify."""
        if self.purpose != "for decision":
            return ()
        return tuple(each for each in self.items if each.to_ratify)

    @property
    def decided(self) -> tuple[Item, ...]:
        """The technologies that the body is asked to decide on, those that are ready first."""
        if self.purpose != "for decision":
            return ()
        asked = (each for each in self.items if each.is_for_decision)
        return tuple(sorted(asked, key=lambda each: not each.is_ready))
