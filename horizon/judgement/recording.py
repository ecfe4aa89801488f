"""What the record of a decision has to say, and what is wrong with one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from horizon.framework.route import WEIGHED as WEIGHED
from horizon.framework.route import Consideration, Gate, Route
from horizon.framework.schema import Framework
from horizon.judgement.checklist import ItemReading, read_checklist
from horizon.judgement.facts import applies
from horizon.judgement.tiers import read_tier
from horizon.model.assessment import Evidence
from horizon.model.record import Considerations
from horizon.model.technology import Technology
from horizon.model.wording import day
from horizon.model.words import AnswerValue

SHORTFALLS = (AnswerValue.NO, AnswerValue.PARTLY)


def touched(framework: Framework, technology: Technology, gate: Gate) -> tuple[ItemReading, ...]:
    """The red lines and blockers that somebody answered no or partly: whatever a body decides, it
    says why in view of each (domain reference 4.4)."""
    if gate.phase is None:
        return ()
    reading = read_checklist(framework, technology, gate.phase)
    return tuple(
        each
        for each in reading.applicable
        if (each.red_line or each.effect == "blocker") and each.value in SHORTFALLS
    )


def unweighed(
    framework: Framework, technology: Technology, gate: Gate, considered: Considerations
) -> Iterator[Consideration]:
    """What the record of an approval at the gate must still say was weighed: keys of `WEIGHED`."""
    tier = read_tier(framework, technology.facts).tier
    for asked in gate.record:
        if asked.from_tier.depth > tier.depth:
            continue
        if not applies(asked.applies, technology.facts).yes:
            continue
        if not considered.is_told(asked.weighs):
            yield asked.weighs


def assessed_late(route: Route, evidence: Sequence[Evidence], decided_on: date) -> Iterator[str]:
    """Assessments that are dated after the decision they should have come before.

    Equality Act 2010, s.149: due regard comes first (R (Bridges), grounds 3 and 5).
    """
    for kind in route.documents:
        if not kind.before_decisions:
            continue
        days = [each.dated for each in evidence if each.document == kind.id]
        if days and min(days) > decided_on:
            yield (
                f"It was decided on {day(decided_on)}, before the {_lower(kind.name)} of "
                f"{day(min(days))}. Such an assessment has to come first."
            )


def unreasoned(
    found: Collection[ItemReading], reasons: Collection[str], overridden: Collection[str]
) -> list[str]:
    """The items touched that the record gives no reason for. An override has its own reason."""
    told = {*reasons, *overridden}
    return [each.item.id for each in found if each.item.id not in told]


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]
