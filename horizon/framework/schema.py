"""What a framework is: the content of `criteria/` as one immutable value.

Sources of the content are named in the files themselves (`source`). The types refuse what the
files must not say; `loading` turns each refusal into a line a committee can act on.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, StrictBool, StrictInt

from horizon.model.base import Model, digest
from horizon.model.facts import Fact
from horizon.model.technology import Text, Words
from horizon.model.words import Effect, Phase, Tier

Level = Annotated[StrictInt, Field(ge=0, le=5)]
"""A score or a minimum on the 0 to 5 scale."""

Weight = Annotated[StrictInt, Field(ge=0)]
"""A whole-number weight; 0 means shown and able to gate, but not scored."""


class Applicability(Model):
    """When something applies: every fact in `all_of`, and at least one of `any_of` if it lists any.

    Both empty: always.
    """

    all_of: tuple[Fact, ...] = ()
    any_of: tuple[Fact, ...] = ()


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


class Outcome(Model):
    """Something a body may record, in its own words, and what that does."""

    id: Words
    name: Words
    effect: Effect


class Body(Model):
    """A body on the route. `abbreviation` starts its decision numbers (`AISG/2026/014`)."""

    id: Words
    name: Words
    abbreviation: Words
    chair: Text = ""
    leg: Literal["ethics", "delivery", "joint", "outside"]
    authority: Literal["decides", "recommends", "advises"]
    question: Words
    outcomes: Annotated[tuple[Outcome, ...], Field(min_length=1)]
    source: Words

    def outcome(self, outcome_id: str) -> Outcome | None:
        return next((each for each in self.outcomes if each.id == outcome_id), None)


class DocumentType(Model):
    """A kind of document that gates ask for and evidence references name."""

    id: Words
    name: Words
    who: Words


Need = Literal[
    "sighting",
    "problem",
    "owner",
    "facts",
    "core_answered",
    "time_horizon",
    "trl",
    "posture",
    "review_date",
    "checklist",
    "minimums",
    "trial_end_date",
    "conditions_met",
    "round_closed",
]
"""What a gate can ask for beside documents and decisions:

`sighting` a dated source; `problem` a problem sentence; `owner` a named owner; `facts` every fact
set, yes or no or unknown, by someone; `core_answered` each applicable core item answered (unknown
allowed); `time_horizon`, `trl`, `posture`, `review_date` recorded; `checklist` no blocker of the
gate's phase; `minimums` every gating criterion at its minimum for the phase; `trial_end_date` a
trial protocol with an end date; `conditions_met` no condition overdue; `round_closed` a closed
scoring round with as many assessors as the tier asks for.
"""


class GateDocument(Model):
    """A document a gate asks for, from some tier on."""

    document: Words
    from_tier: Tier = Tier.LIGHT


class GateDecision(Model):
    """A current approving decision that a gate asks for: by which body, at which gate."""

    body: Words
    gate: Words
    from_tier: Tier = Tier.LIGHT


class Gate(Model):
    """What must be present before a body may decide, in the College of Policing's five parts.

    The five parts are `objective`, `decision_maker`, `question`, `advice` and `documents`.
    `bodies` may record decisions at this gate. `needs`, `documents` and `decisions` are checked;
    the rest is for people to read.
    """

    id: Words
    name: Words
    bodies: Annotated[tuple[Words, ...], Field(min_length=1)]
    phase: Phase | None = None
    objective: Words
    decision_maker: Words
    question: Words
    advice: tuple[Words, ...] = ()
    needs: tuple[Need, ...] = ()
    documents: tuple[GateDocument, ...] = ()
    decisions: tuple[GateDecision, ...] = ()
    fails_if: tuple[Words, ...] = ()
    life_months: Annotated[StrictInt, Field(ge=1)] | None = None
    expiry_required: StrictBool = False
    source: Words


class Stage(Model):
    """A place on the route. `phase` is what a technology here is judged for next."""

    id: Words
    name: Words
    phase: Phase
    ended: StrictBool = False
    in_use: StrictBool = False
    text: Words


class Transition(Model):
    """A way from one stage to another. `gate` guards it; `approval` says what kind it needs.

    `origin = "*"` stands for every stage that has not ended. `after` is the kind of decision that
    opens the way: `reject` for rejection.
    """

    origin: Words
    to: Words
    gate: Text = ""
    after: Literal["", "approve", "reject"] = ""
    text: Words


class Route(Model):
    """Bodies, stages, the ways between them, gates and the documents gates ask for."""

    first_stage: Words
    legacy_stage: Words
    withdrawn_stage: Words
    superseded_stage: Words
    documents: tuple[DocumentType, ...]
    bodies: tuple[Body, ...]
    stages: tuple[Stage, ...]
    transitions: tuple[Transition, ...]
    gates: tuple[Gate, ...]

    def body(self, body_id: str) -> Body | None:
        return next((each for each in self.bodies if each.id == body_id), None)

    def stage(self, stage_id: str) -> Stage | None:
        return next((each for each in self.stages if each.id == stage_id), None)

    def gate(self, gate_id: str) -> Gate | None:
        return next((each for each in self.gates if each.id == gate_id), None)

    def document(self, document_id: str) -> DocumentType | None:
        return next((each for each in self.documents if each.id == document_id), None)

    def ways_from(self, stage_id: str) -> tuple[Transition, ...]:
        """The transitions open to a technology at this stage, gates not considered."""
        stage = self.stage(stage_id)
        anywhere = stage is not None and not stage.ended
        return tuple(
            each
            for each in self.transitions
            if each.origin == stage_id or (anywhere and each.origin == "*" and each.to != stage_id)
        )


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

    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))

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
        """The whole framework as plain JSON values: what the register keeps and digests."""
        return self.model_dump(mode="json")

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON of `content`."""
        return digest(self.content)

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
        return {wording.id: wording.name for wording in self.facts}

    def tier_depth(self, tier: Any) -> TierDepth:
        return next(each for each in self.tiers if each.id == tier)

    def gating(self, phase: Phase) -> Iterator[Criterion]:
        """The criteria of the principles that have a minimum in this phase."""
        for principle in self.principles:
            for criterion in principle.criteria:
                if criterion.minimum(phase) is not None:
                    yield criterion
