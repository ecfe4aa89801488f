"""The route of a framework: bodies and their outcomes, documents, gates, stages and the ways
between them, and what makes a body look again. The content of `criteria/route.toml`."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StrictBool, StrictInt

from horizon.framework.applicability import Applicability
from horizon.model.base import Model
from horizon.model.scalars import Text, Words
from horizon.model.words import Effect, Phase, Tier


class Outcome(Model):
    """Something a body may record, in its own words, and what that does."""

    id: Words
    name: Words
    effect: Effect


class Body(Model):
    """A body on the route. `abbreviation` starts its decision numbers (`AISG/2026/014`).

    `quorum` is how many members who may decide must be there; 0 for a body that does not meet or
    whose meetings are minuted elsewhere. `chairs_action` is the deepest tier at which its chair may
    decide alone between meetings, absent where never.
    """

    id: Words
    name: Words
    abbreviation: Words
    chair: Text = ""
    leg: Literal["ethics", "delivery", "joint", "outside"]
    authority: Literal["decides", "recommends", "advises"]
    question: Words
    quorum: Annotated[StrictInt, Field(ge=0)] = 0
    chairs_action: Tier | None = None
    outcomes: Annotated[tuple[Outcome, ...], Field(min_length=1)]
    source: Words

    def outcome(self, outcome_id: str) -> Outcome | None:
        return next((each for each in self.outcomes if each.id == outcome_id), None)


class DocumentType(Model):
    """A kind of document that gates ask for and evidence references name.

    `before_decisions` marks an assessment that has to come before a decision is made (Equality Act
    2010, s.149; R (Bridges), grounds 3 and 5); `evaluation` says whether it plans or reports an
    evaluation, for the strategy's objective 4 measure.
    """

    id: Words
    name: Words
    who: Words
    before_decisions: StrictBool = False
    evaluation: Literal["", "plan", "report"] = ""


Need = Literal[
    "sighting",
    "two_sources",
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

`sighting` a dated source; `two_sources` two independent sources that are not suppliers alone, or an
internal sponsor; `problem` a problem sentence; `owner` a named owner; `facts` every fact
set, yes or no or unknown, by someone; `core_answered` each applicable core item answered (unknown
allowed); `time_horizon`, `trl`, `posture`, `review_date` recorded; `checklist` no blocker of the
gate's phase; `minimums` every gating criterion at its minimum for the phase; `trial_end_date` a
trial protocol with an end date; `conditions_met` no condition overdue; `round_closed` a closed
scoring round with as many assessors as the tier asks for.
"""


class GateDocument(Model):
    """A document a gate asks for, from some tier on, and where the facts make it apply.

    `renewed` asks for one that is dated after the approval it is to review.
    """

    document: Words
    from_tier: Tier = Tier.LIGHT
    applies: Applicability = Applicability()
    renewed: StrictBool = False


Consideration = Literal[
    "options",
    "legal_basis",
    "proportionality",
    "equality",
    "dpo_advice",
    "independent_advice",
    "trade_offs",
]
"""What a record can hold of what was weighed: the fields of `model.record.Considerations`."""


WEIGHED: dict[Consideration, str] = {
    "options": "the options considered, doing nothing among them",
    "legal_basis": "the legal basis",
    "proportionality": "why it is proportionate",
    "equality": "the equality information that was looked at",
    "dpo_advice": "the advice of the data protection officer, and whether it was followed",
    "independent_advice": "the independent ethics advice, and whether it was followed",
    "trade_offs": "the trade-offs considered",
}
"""What a gate can ask a record to say was weighed, in words."""


class GateConsideration(Model):
    """What the record of an approval at a gate must say was weighed, from some tier on."""

    weighs: Consideration
    from_tier: Tier = Tier.LIGHT
    applies: Applicability = Applicability()


class GateDecision(Model):
    """A current approving decision that a gate asks for: by which body, at which gate."""

    body: Words
    gate: Words
    from_tier: Tier = Tier.LIGHT


class Gate(Model):
    """What must be present before a body may decide, in the College of Policing's five parts.

    The five parts are `objective`, `decision_maker`, `question`, `advice` and `documents`.
    `bodies` may record decisions at this gate. `needs`, `documents`, `decisions` and `record` are
    checked; the rest is for people to read.
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
    record: tuple[GateConsideration, ...] = ()
    fails_if: tuple[Words, ...] = ()
    life_months: Annotated[StrictInt, Field(ge=1)] | None = None
    expiry_required: StrictBool = False
    source: Words


class Stage(Model):
    """A place on the route. `phase` is what a technology here is judged for next; `waiting` says
    what it waits for where that is somebody's next task (`Waiting for triage`); `rests_on` which
    kind of approval a technology must have to be here."""

    id: Words
    name: Words
    phase: Phase
    ended: StrictBool = False
    in_use: StrictBool = False
    waiting: Text = ""
    rests_on: Phase | None = None
    text: Words


class Transition(Model):
    """A way from one stage to another. `gate` guards it; `approval` says what kind it needs.

    `origin = "*"` stands for every stage that has not ended. `after` is the kind of decision that
    opens the way: `reject` for rejection, `defer` for watching until a date. `lapse` opens it when
    the approval that the stage rests on, or the date it was put off until, has passed.
    """

    origin: Words
    to: Words
    gate: Text = ""
    after: Literal["", "approve", "reject", "defer", "lapse"] = ""
    text: Words


class Trigger(Model):
    """Something that happens after a decision and makes a body look again.

    `needed` says what the owner is to supply, `days` by when a body looks at it. `suspends` means
    that an approval does not hold until a body has decided again.
    """

    id: Words
    name: Words
    needed: Words
    days: Annotated[StrictInt, Field(ge=1)] = 30
    suspends: StrictBool = False
    source: Words


class Route(Model):
    """Bodies, stages, the ways between them, gates and the documents gates ask for.

    `review_grace_days` is how long after its review date something in use still reads as approved;
    without it, for ever. `ratify_days` is how long a decision made out of a meeting holds, where no
    meeting comes sooner that could ratify it. `triggers` are the reasons to reopen.
    """

    model_config = ConfigDict(ignored_types=(cached_property,))

    first_stage: Words
    legacy_stage: Words
    withdrawn_stage: Words
    superseded_stage: Words
    review_grace_days: Annotated[StrictInt, Field(ge=0)] | None = None
    ratify_days: Annotated[StrictInt, Field(ge=1)] = 60
    documents: tuple[DocumentType, ...]
    bodies: tuple[Body, ...]
    stages: tuple[Stage, ...]
    transitions: tuple[Transition, ...]
    gates: tuple[Gate, ...]
    triggers: tuple[Trigger, ...] = ()

    def trigger(self, trigger_id: str) -> Trigger | None:
        return next((each for each in self.triggers if each.id == trigger_id), None)

    def stage_name(self, stage_id: str) -> str:
        """A stage in words, or its id where the framework does not have it."""
        found = self.stage(stage_id)
        return found.name if found else stage_id

    def outcome_name(self, body: str, outcome: str) -> str:
        """An outcome in the body's own words, or its id where the framework does not have it."""
        held = self.body(body)
        found = held.outcome(outcome) if held else None
        return found.name if found else outcome

    def body(self, body_id: str) -> Body | None:
        return next((each for each in self.bodies if each.id == body_id), None)

    @cached_property
    def _stages(self) -> dict[str, Stage]:
        return {each.id: each for each in self.stages}

    def stage(self, stage_id: str) -> Stage | None:
        return self._stages.get(stage_id)

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
