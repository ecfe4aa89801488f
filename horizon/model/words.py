"""The closed vocabularies of the register. Their spelling here is their spelling in every file."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What sort of technology it is."""

    AI = "ai"
    MACHINE_LEARNING = "machine-learning"
    GENERATIVE_AI = "generative-ai"
    BIG_DATA_PLATFORM = "big-data-platform"
    ANALYTICS = "analytics"
    AUTOMATION = "automation"
    SENSING = "sensing"
    OTHER = "other"


class SourceType(StrEnum):
    """Where a sighting comes from. One whose sort nobody said is another."""

    VENDOR = "vendor"
    RESEARCH = "research"
    PEER_FORCE = "peer-force"
    REGULATOR = "regulator"
    MEDIA = "media"
    THREAT = "threat"
    INTERNAL = "internal"
    OTHER = "other"


class TimeHorizon(StrEnum):
    """When it could be in ordinary use: H1 within 2 years, H2 2 to 5, H3 later."""

    H1 = "H1"
    H2 = "H2"
    H3 = "H3"


class Posture(StrEnum):
    """What the force does about it after triage (NPCC Science and Technology Strategy)."""

    LEAD = "lead"
    COLLABORATE = "collaborate"
    FOLLOW = "follow"
    WATCH = "watch"
    PARK = "park"


class Regime(StrEnum):
    """Which data-protection regime the processing falls under."""

    LAW_ENFORCEMENT = "law-enforcement"
    UK_GDPR = "uk-gdpr"
    BOTH = "both"
    UNKNOWN = "unknown"


class AnswerValue(StrEnum):
    """An answer to one item of the data-ethics checklist."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not applicable"


class EvidenceGrade(StrEnum):
    """How good the evidence behind a score is (scoring method 3.1).

    A own measured trial; B independent evaluation or another force's pilot; C documents
    reviewed; D supplier claim or opinion.
    """

    A = "A"
    B = "B"
    C = "C"
    D = "D"


class Tier(StrEnum):
    """Depth of review, lightest first."""

    LIGHT = "light"
    STANDARD = "standard"
    FULL = "full"
    BOARD = "board"

    @property
    def depth(self) -> int:
        """0 for light to 3 for board."""
        return _DEPTHS[self]


_DEPTHS = {each: at for at, each in enumerate(Tier)}


class Marking(StrEnum):
    """Government security classification of a record or a paper."""

    OFFICIAL = "OFFICIAL"
    OFFICIAL_SENSITIVE = "OFFICIAL-SENSITIVE"


class Edition(StrEnum):
    """Whom a paper is for: everybody, the force itself, or those who may see what is withheld."""

    PUBLIC = "public"
    INTERNAL = "internal"
    NON_PUBLIC = "non-public"


class Phase(StrEnum):
    """Which set of minimums and blockers a gate tests."""

    TRIAL = "trial"
    ADOPTION = "adoption"


class Effect(StrEnum):
    """What an outcome does, whatever a body calls it."""

    APPROVE = "approve"
    APPROVE_WITH_CONDITIONS = "approve with conditions"
    DEFER = "defer"
    REFER = "refer"
    REJECT = "reject"
    NOTE = "note"

    @property
    def approves(self) -> bool:
        """Whether the outcome lets a technology go on."""
        return self in (Effect.APPROVE, Effect.APPROVE_WITH_CONDITIONS)
