"""What assessors of the illustrative register note beside their scores."""

from __future__ import annotations

import tomllib
from pathlib import Path

NOTES: dict[str, dict[str, list[str]]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)
"""Notes by criterion and level."""


def noted(technology: str, criterion: str, level: int, assessor: int) -> str:
    """A note that fits the level, another for each assessor of a technology."""
    known = NOTES[criterion][str(level)]
    return known[(sum(map(ord, technology + criterion)) + assessor) % len(known)]
