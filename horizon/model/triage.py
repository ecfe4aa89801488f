"""The first look at a signal: how much it matters, how sure that is, and what is done about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StrictInt

from horizon.model.base import Model
from horizon.model.wording import day
from horizon.model.words import TimeHorizon


class Verdict(StrEnum):
    """What is done about a signal after a first look."""

    ASSESS = "assess"
    WATCH = "watch"
    LOG = "log"
    PARK = "park"


class Nature(StrEnum):
    """What a signal is to the force. Criminals use technology too."""

    OPPORTUNITY = "opportunity"
    THREAT = "threat"


class Pestle(StrEnum):
    """The sides of the world that a signal touches: PESTLE, and ethics."""

    POLITICAL = "political"
    ECONOMIC = "economic"
    SOCIAL = "social"
    TECHNOLOGICAL = "technological"
    LEGAL = "legal"
    ENVIRONMENTAL = "environmental"
    ETHICAL = "ethical"


class Driver(StrEnum):
    """The trends of the College of Policing's Future Operating Environment 2040."""

    INEQUALITY = "inequality"
    INFORMATION = "unregulated-information"
    TRUST = "trust"
    TECHNOLOGY = "accelerating-technology"
    AI = "ai"
    AUTOMATION = "workforce-automation"
    DEMOGRAPHICS = "demographics"
    ECONOMIES = "changing-economies"
    PRIVATE_SECURITY = "private-security"
    CLIMATE = "climate"


Degree = Annotated[StrictInt, Field(ge=1, le=5)]
"""From 1, hardly, to 5, very."""


WHEN_IN_USE: Mapping[TimeHorizon, str] = {
    TimeHorizon.H1: "within 2 years",
    TimeHorizon.H2: "in 2 to 5 years",
    TimeHorizon.H3: "later",
}
"""When it could be in ordinary use, in words."""


class Looked(Model):
    """What somebody found at a first look.

    `impact` is on the Policing Plan; `uncertainty` is how unsure the signal still is, both from 1
    to 5; `mainstream` is when it could be in ordinary use. What is watched carries a `trigger`
    (what would make us move) and the day on which it is looked at next.
    """

    verdict: Verdict
    impact: Degree
    uncertainty: Degree
    mainstream: TimeHorizon | None = None
    nature: Nature = Nature.OPPORTUNITY
    pestle: tuple[Pestle, ...] = ()
    drivers: tuple[Driver, ...] = ()
    trigger: str = ""
    check_on: date | None = None
    note: str = ""

    @property
    def words(self) -> str:
        """What was found and is done, in one line."""
        parts = [
            f"{self.verdict.capitalize()}: impact {self.impact}, uncertainty {self.uncertainty}",
            self.nature.value if self.nature is Nature.THREAT else "",
            f"in ordinary use {WHEN_IN_USE[self.mainstream]}" if self.mainstream else "",
            f"touches {', '.join(self.pestle)}" if self.pestle else "",
            f"driven by {', '.join(self.drivers)}" if self.drivers else "",
            f"next look {day(self.check_on)}" if self.check_on else "",
            f"moved by: {self.trigger}" if self.trigger else "",
            self.note,
        ]
        return "; ".join(part for part in parts if part)


class Triage(Looked):
    """The same, with who looked and when."""

    by: str
    at: str


QUADRANTS: Mapping[tuple[bool, bool], Verdict] = {
    (True, False): Verdict.ASSESS,
    (True, True): Verdict.WATCH,
    (False, False): Verdict.LOG,
    (False, True): Verdict.PARK,
}
"""Whether impact and uncertainty are high, and what follows (domain reference, section 5)."""

HIGH = 3
"""The degree from which impact or uncertainty counts as high."""


def suggested(impact: int, uncertainty: int) -> Verdict:
    """What the place in the two-by-two suggests."""
    return QUADRANTS[impact >= HIGH, uncertainty >= HIGH]
