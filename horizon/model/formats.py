"""Which format journals are written in, and how what older ones say is read.

The first event of a journal names its format (`RegisterCreated.schema_version`); a `FormatRaised`
event says that what follows is in a newer one. What was written is never rewritten: older events
are carried forward, step by step, whenever they are read.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from horizon.model.errors import StoreFault

CURRENT = 1
"""The format that this Horizon writes."""

Step = Callable[[str, dict[str, Any]], dict[str, Any]]
"""Given an event's kind and its data in one format, gives the data in the next."""

STEPS: dict[int, Step] = {}
"""The step from each older format to the next. Empty, as only one format was ever released."""


def carried_forward(kind: str, data: dict[str, Any], version: int) -> dict[str, Any]:
    """The data of an event that was written in format `version`, as this Horizon writes it."""
    for each in range(version, CURRENT):
        data = STEPS[each](kind, data)
    return data


def refuse_unreadable(version: int, where: str) -> None:
    """Raise `StoreFault` for a format that this Horizon does not know."""
    if version > CURRENT:
        raise StoreFault(
            f"{where} was written by a newer Horizon: it is in format {version}, and this one "
            f"reads up to {CURRENT}. Nothing was changed. Install the newer Horizon to open it."
        )
    if any(each not in STEPS for each in range(version, CURRENT)):
        raise StoreFault(
            f"{where} is in format {version}, which no released Horizon wrote. Nothing was changed."
        )
