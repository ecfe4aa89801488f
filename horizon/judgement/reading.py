"""Everything judged about one technology on one day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from horizon.framework.schema import Framework
from horizon.judgement.checklist import ChecklistReading, read_checklist
from horizon.judgement.deadlines import Deadline, deadlines
from horizon.judgement.scoring import ScoresReading, read_scores
from horizon.judgement.standing import Standing, standing
from horizon.judgement.status import StatusReading, read_status
from horizon.judgement.tiers import TierReading, read_tier
from horizon.model.technology import Technology
from horizon.model.words import Phase


@dataclass(frozen=True, slots=True)
class Reading:
    """Four readings, never one number: scores, objectives (in scores), tier, and standing."""

    phase: Phase
    tier: TierReading
    checklist: ChecklistReading
    scores: ScoresReading
    status: StatusReading
    standing: Standing
    deadlines: tuple[Deadline, ...]


def read(framework: Framework, technology: Technology, today: date) -> Reading:
    """The technology as it stands on the day `today` under `framework`."""
    stage = framework.route.stage(technology.stage)
    phase = stage.phase if stage is not None else Phase.TRIAL
    tier = read_tier(framework, technology.facts)
    checklist = read_checklist(framework, technology, phase, tier.tier)
    scores = read_scores(framework, technology, phase)
    return Reading(
        phase=phase,
        tier=tier,
        checklist=checklist,
        scores=scores,
        status=read_status(checklist, scores),
        standing=standing(framework, technology, today),
        deadlines=deadlines(framework, technology, today),
    )
