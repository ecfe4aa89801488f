"""What a framework is: the content of `criteria/` as one immutable value.

Sources of the content are named in the files themselves (`source`). The types refuse what the
files must not say; `loading` turns each refusal into a line a committee can act on.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, StrictBool, StrictInt

from horizon.framework.applicability import Applicability
from horizon.framework.route import Route
from horizon.model.base import Model, digest
from horizon.model.facts import Fact
from horizon.model.scalars import Text, Words
from horizon.model.words import Phase, Tier

Level = Annotated[StrictInt, Field(ge=0, le=5)]
"""A score or a minimum on the 0 to 5 scale."""

Weight = Annotated[StrictInt, Field(ge=0)]
"""A whole-number weight; 0 means shown and able to gate, but not scored."""


class Criterion(Model):
    """One thing scored 0 to 5 against written anchors.

    `points` are the values of levels 0 to 5, rising from 0 to 1000. `trial_minimum` and
    `adoption_minimum` are gate levels, or absent where the criterion does not gate.
    """

    id: Words
    name: Words
    question: Text = ""
    anchors: Annotated[tuple[Words, ...], Field(min_length=6, max_length=6)]
    weight: Weight = 1
    points: Annotated[tuple[StrictInt, ...], Field(min_length=6, max_length=6)] = (
        0, 200, 400, 600, 800, 1000,
    )  # fmt: skip
    trial_minimum: Level | None = None
    adoption_minimum: Level | None = None
    applies: Applicability = Applicability()

    @property
    def gates(self) -> bool:
        """Whether a minimum is set for trial or adoption."""
        return self.trial_minimum is not None or self.adoption_minimum is not None

    @property
    def scale(self) -> str:
        """16 hexadecimal digits that change with the anchors or the value points: scores given on
        another scale mean something else."""
        return digest([self.anchors, self.points])[:16]

    def minimum(self, phase: Phase) -> int | None:
        """The gate level in this phase."""
        return self.trial_minimum if phase is Phase.TRIAL else self.adoption_minimum


class Principle(Model):
    """One of the strategy's five guiding principles."""

    id: Words
    name: Words
    text: Words
    weight: Weight = 1
    source: Words
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]


class Objective(Model):
    """One of the strategy's four objectives, with its actions and its strategic-fit scale."""

    id: Words
    number: Annotated[StrictInt, Field(ge=1)]
    name: Words
    title: Words
    text: Words
    actions: Annotated[tuple[Words, ...], Field(min_length=1)]
    fit: Criterion
    source: Words


ItemEffect = Literal["blocker", "condition", "advisory", "none"]


class ChecklistItem(Model):
    """One question of the data-ethics checklist.

    `trial` and `adoption` say what an answer short of yes does at each phase; `red_line` lists
    the phases in which no score can outweigh it and nobody can clear it inside Horizon.
    """

    model_config = ConfigDict(ignored_types=(cached_property,))

    id: Words
    question: Words
    evidence: Words
    trial: ItemEffect
    adoption: ItemEffect
    red_line: tuple[Phase, ...] = ()
    core: StrictBool = False
    applies: Applicability = Applicability()
    source: Words
    help: Text = ""

    @cached_property
    def found(self) -> dict[tuple[Any, ...], Any]:
        """Room for how it was read before, where nobody had answered it: see `Applicability`."""
        return {}

    def effect(self, phase: Phase) -> ItemEffect:
        return self.trial if phase is Phase.TRIAL else self.adoption

    def is_red_line(self, phase: Phase) -> bool:
        return phase in self.red_line


class Theme(Model):
    """A group of checklist items."""

    id: Words
    name: Words
    items: Annotated[tuple[ChecklistItem, ...], Field(min_length=1)]


class FactWording(Model):
    """How a fact is put to people. Every fact has exactly one wording."""

    id: Fact
    name: Words
    question: Words


class TierRule(Model):
    """A trigger: when it applies, the technology needs at least this tier."""

    id: Words
    tier: Tier
    text: Words
    applies: Applicability
    source: Words


class TierDepth(Model):
    """What a tier asks for. `checklist` is which items its gates test."""

    id: Tier
    name: Words
    text: Words
    checklist: Literal["core", "applicable"]
    assessors: Annotated[StrictInt, Field(ge=1)] = 1
    review_months: Annotated[StrictInt, Field(ge=1)]


class Policy(Model):
    """Numbers of the scoring method that a committee may change.

    `half_widths` are tenths of a level by evidence grade (scoring method 3.1); `coverage_needed`
    the per cent of weight that must be scored before a point is printed; `not_applicable_flag`
    the per cent of weight above which "not applicable" is flagged; `disagreement` the spread in
    levels that is flagged.
    """

    half_widths: dict[Literal["A", "B", "C", "D"], Annotated[StrictInt, Field(ge=0, le=50)]]
    coverage_needed: Annotated[StrictInt, Field(ge=0, le=100)] = 80
    not_applicable_flag: Annotated[StrictInt, Field(ge=0, le=100)] = 25
    disagreement: Annotated[StrictInt, Field(ge=1, le=5)] = 2


class Framework(Model):
    """One dated, versioned set of `criteria/`."""

    model_config = ConfigDict(ignored_types=(cached_property,))

    id: Words
    version: Words
    dated: date
    status: Literal["proposed", "adopted", "retired"]
    title: Words
    notice: Text = ""
    policy: Policy
    principles: Annotated[tuple[Principle, ...], Field(min_length=1)]
    objectives: tuple[Objective, ...]
    facts: tuple[FactWording, ...]
    tier_rules: tuple[TierRule, ...]
    tiers: Annotated[tuple[TierDepth, ...], Field(min_length=4, max_length=4)]
    themes: Annotated[tuple[Theme, ...], Field(min_length=1)]
    route: Route

    @cached_property
    def content(self) -> dict[str, Any]:
        """The whole framework as plain JSON values: what the register keeps."""
        return self.model_dump(mode="json")

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON of what the files say: what they leave out is left out, so
        that a later Horizon, which knows more fields, still gives the same digest."""
        return digest(self.model_dump(mode="json", exclude_defaults=True))

    @property
    def is_adopted(self) -> bool:
        return self.status == "adopted"

    @property
    def status_line(self) -> str:
        """What the app and every paper say about the framework until it is adopted."""
        if self.is_adopted:
            return f"{self.title}, version {self.version}"
        return "Proposed framework, not adopted by the force"

    @cached_property
    def items(self) -> dict[str, ChecklistItem]:
        """Checklist items by id, in the order of the files."""
        return {item.id: item for theme in self.themes for item in theme.items}

    @cached_property
    def criteria(self) -> dict[str, Criterion]:
        """Everything that is scored, by id: the principles' criteria, then strategic fit."""
        scored = {each.id: each for principle in self.principles for each in principle.criteria}
        return scored | {objective.fit.id: objective.fit for objective in self.objectives}

    @cached_property
    def fact_names(self) -> dict[Fact, str]:
        """Facts in words. A framework older than a fact leaves it its plain identifier."""
        plain = {fact: fact.replace("_", " ").capitalize() for fact in Fact}
        return plain | {wording.id: wording.name for wording in self.facts}

    @cached_property
    def deepest_first(self) -> tuple[TierRule, ...]:
        """The rules that set the tier, those that ask for most depth first."""
        return tuple(sorted(self.tier_rules, key=lambda each: -each.tier.depth))

    def tier_depth(self, tier: Any) -> TierDepth:
        return next(each for each in self.tiers if each.id == tier)

    def gating(self, phase: Phase) -> tuple[Criterion, ...]:
        """The criteria of the principles that have a minimum in this phase."""
        return self._gating[phase is Phase.TRIAL]

    @cached_property
    def _gating(self) -> tuple[tuple[Criterion, ...], ...]:
        """Those of adoption, and those of a trial."""
        every = [each for principle in self.principles for each in principle.criteria]
        return (
            tuple(each for each in every if each.adoption_minimum is not None),
            tuple(each for each in every if each.trial_minimum is not None),
        )
