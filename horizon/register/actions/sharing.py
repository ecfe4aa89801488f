"""Which other forces may see a technology."""

from __future__ import annotations

from collections.abc import Sequence

from horizon.model.errors import BadInput, RuleBroken
from horizon.model.sharing_events import SharingSet
from horizon.model.technology import Technology
from horizon.register.desk import Desk
from horizon.store.places import checked_force

ALL = "*"
"""Stands for every force."""


def share(desk: Desk, technology: Technology, forces: Sequence[str], reason: str) -> None:
    """Draft that these forces and no others see the technology; none, if there are none.

    A marking above OFFICIAL goes to forces by name, never to all of them.
    """
    named = tuple(
        dict.fromkeys(
            ALL if each.casefold() in (ALL, "all") else checked_force(each) for each in forces
        )
    )
    if ALL in named and len(named) > 1:
        raise BadInput("All forces are meant already", do="Name all of them, or some by name")
    if ALL in named and technology.marking.value != "OFFICIAL":
        raise RuleBroken(
            f"{technology.label} is {technology.marking.value} and is not shared with every force",
            missing=["the forces that need it, by name"],
            fields={"forces": "Name them"},
        )
    if not reason.strip():
        raise RuleBroken("Sharing is set with a reason", missing=["the reason"])
    if named != technology.shared_with:
        desk.draft(technology.id, SharingSet(forces=named, reason=reason))
