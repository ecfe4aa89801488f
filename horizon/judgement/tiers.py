"""Depth of review: the highest trigger wins, and every rule that spoke is named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from horizon.framework.schema import Framework, TierRule
from horizon.judgement.facts import applies, in_sentence
from horizon.model.facts import Fact, FactValue
from horizon.model.words import Tier


@dataclass(frozen=True, slots=True)
class RuleSpoke:
    """A tier rule that applies. `unknown` are the facts that only count as yes."""

    rule: TierRule
    yes: tuple[Fact, ...]
    unknown: tuple[Fact, ...]
    words: str


@dataclass(frozen=True, slots=True)
class TierReading:
    """The tier, and the rules that spoke, deepest first."""

    tier: Tier
    spoke: tuple[RuleSpoke, ...]

    @property
    def because(self) -> tuple[RuleSpoke, ...]:
        """The rules that set the tier: those that ask for exactly this depth."""
        return tuple(each for each in self.spoke if each.rule.tier is self.tier)


def read_tier(framework: Framework, facts: Mapping[Fact, FactValue]) -> TierReading:
    """The tier that these facts ask for. Facts nobody has set count as yes."""
    spoke = []
    for rule in framework.tier_rules:
        found = applies(rule.applies, facts)
        if found.yes:
            known = tuple(fact for fact in found.because if fact not in found.unknown)
            words = rule.text
            if found.unknown:
                names = ", ".join(in_sentence(framework.fact_names[fact]) for fact in found.unknown)
                words = f"{rule.text} Not known yet, so counted as yes: {names}."
            spoke.append(RuleSpoke(rule, known, found.unknown, words))
    spoke.sort(key=lambda each: -each.rule.tier.depth)
    return TierReading(spoke[0].rule.tier if spoke else Tier.LIGHT, tuple(spoke))
