"""A technology and everything recorded about it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, StrictInt

from horizon.model.assessment import Answer, Evidence, Round
from horizon.model.base import Model
from horizon.model.decision import Decision
from horizon.model.facts import Fact, FactValue
from horizon.model.release import Release
from horizon.model.scalars import PersonId, TechnologyId, Text, Words
from horizon.model.triage import Triage
from horizon.model.words import Kind, Marking, Posture, Regime, SourceType, TimeHorizon


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
