"""Who may record what in a shared register. The database holds to this, not Horizon."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What somebody may do in a force's register. Each may do what the one before it may."""

    READER = "reader"
    ASSESSOR = "assessor"
    SECRETARY = "secretary"
    ADMINISTRATOR = "administrator"

    @property
    def group(self) -> str:
        """The database role that holds its rights."""
        return f"horizon_{self.value}"

    @property
    def rank(self) -> int:
        return list(Role).index(self)


FROM_SECRETARY = frozenset(
    {
        "decision-recorded",
        "decision-ratified",
        "decision-lapsed",
        "decision-signed",
        "condition-discharged",
        "discharge-taken-back",
        "technology-reopened",
        "meeting-called",
        "meeting-rescheduled",
        "agenda-set",
        "attendance-set",
        "interest-declared",
        "item-minuted",
        "meeting-closed",
        "minutes-confirmed",
        "sharing-set",
        "texts-released",
    }
)
"""Kinds of event that take a secretary or an administrator: decisions, meetings, sharing, and what
may be published."""

FROM_ADMINISTRATOR = frozenset(
    {
        "register-created",
        "technology-carried",
        "meeting-carried",
        "history-accepted",
        "format-raised",
        "copy-taken-in",
        "register-recovered",
        "record-settled",
        "entry-kept",
        "framework-adopted",
        "data-erased",
    }
)
"""Kinds of event that take an administrator."""

OPEN_TO_OTHERS = frozenset(
    {
        "technology-proposed",
        "legacy-entered",
        "details-amended",
        "facts-set",
        "answers-given",
        "stage-moved",
        "technology-reopened",
        "decision-ratified",
        "decision-lapsed",
        "review-date-set",
        "technology-withdrawn",
        "technology-superseded",
    }
)
"""Kinds of event that hold nothing marked OFFICIAL-SENSITIVE: their data is shown to the forces
with which the technology is shared, as long as nobody kept back a text of it."""


def least_role(kind: str) -> Role:
    """The least role that may record this kind of event."""
    if kind in FROM_ADMINISTRATOR:
        return Role.ADMINISTRATOR
    return Role.SECRETARY if kind in FROM_SECRETARY else Role.ASSESSOR


def permits() -> list[tuple[str, str]]:
    """Every role with every kind of event that it may record."""
    from horizon.model.events import EVENT_TYPES

    return [
        (role.value, kind)
        for kind in sorted(EVENT_TYPES)
        for role in Role
        if role.rank >= least_role(kind).rank
    ]
