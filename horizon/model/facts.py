"""Facts: yes, no or unknown statements about the proposed use. They decide what applies.

Each is phrased as a risk, so that counting an unknown fact as a yes never helps anyone. The
identifiers are closed here; their wording for people is in `criteria/tiers.toml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Fact(StrEnum):
    """A statement about the proposed use of a technology."""

    PERSONAL_DATA = "personal_data"
    LAW_ENFORCEMENT = "law_enforcement"
    SENSITIVE = "sensitive"
    AI = "ai"
    LEARNED_MODEL = "learned_model"
    GENERATIVE = "generative"
    BIOMETRIC = "biometric"
    AFFECTS_INDIVIDUALS = "affects_individuals"
    SCORES_PEOPLE = "scores_people"
    NO_MEANINGFUL_HUMAN = "no_meaningful_human"
    PUBLIC_SPACE = "public_space"
    CAMERA = "camera"
    SUPPLIER = "supplier"
    SHARED_OUTSIDE = "shared_outside"
    MONITORS_STAFF = "monitors_staff"
    EVIDENTIAL = "evidential"
    TRIAL = "trial"
    VULNERABLE = "vulnerable"
    NOVEL = "novel"
    HARD_TO_REVERSE = "hard_to_reverse"
    BESPOKE = "bespoke"
    LEARNS_FROM_FORCE_DATA = "learns_from_force_data"


class FactValue(StrEnum):
    """What is known of a fact. Unknown counts as yes wherever a rule asks."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


def value_of(facts: Mapping[Fact, FactValue], fact: Fact) -> FactValue:
    """The recorded value of `fact`, or unknown when nobody has set it."""
    return facts.get(fact, FactValue.UNKNOWN)


def counts_as_yes(facts: Mapping[Fact, FactValue], fact: Fact) -> bool:
    """Whether a rule must treat `fact` as true: it is, or nobody knows that it is not."""
    return value_of(facts, fact) is not FactValue.NO
