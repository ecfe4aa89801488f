"""Depth of review: the highest trigger wins, and every rule that spoke is named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from horizon.framework.schema import Framework, TierRule
from horizon.judgement.facts import Applies, applies, in_sentence
from horizon.model.facts import Fact, FactValue
from horizon.model.words import Tier


@dataclass(frozen=True, slots=True)
class RuleSpoke:
    """A tier rule that applies. `names` are the facts in words."""

    rule: TierRule
    found: Applies
    names: Mapping[Fact, str]

    @property
    def yes(self) -> tuple[Fact, ...]:
        """The facts that make it apply and are known."""
        return tuple(fact for fact in self.found.because if fact not in self.found.unknown)

    @property
    def unknown(self) -> tuple[Fact, ...]:
        """The facts that only count as yes."""
        return self.found.unknown

    @property
    def words(self) -> str:
        if not self.unknown:
            return self.rule.text
        names = ", ".join(in_sentence(self.names[fact]) for fact in self.unknown)
        return f"{self.rule.text} Not known yet, so counted as yes: {names}."


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
    names = framework.fact_names
    spoke = []
    for rule in framework.deepest_first:
        found = applies(rule.applies, facts)
        if found.yes:
            spoke.append(RuleSpoke(rule, found, names))
    return TierReading(spoke[0].rule.tier if spoke else Tier.LIGHT, tuple(spoke))
