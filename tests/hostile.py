"""A register in which whatever people typed is hostile: it tries to steer terminals and readers."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

from horizon.store.files import journal_path
from tests.faults.tampering import rebuilt

RAW = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]"
)
"""What must never reach a terminal as it is. Tabs and line ends may."""

HOSTILE = (
    " =1+1 \x1b[31mred\x1b[0m \x1b]8;;http://x\x1b\\ \x07 \x9b2J \x00 \x7f \r \u202egpj.exe \u2066 "
    "\u061c \u2028 [bold]x[/] [@click=app.quit]q[/] <script>alert(1)</script> ]]> --> <b>&amp; "
    '#import "x" $x$ {{7*7}} \\input{x} | a | `c` ![i](http://x/y)'
)


CLOSED = {"purpose", "effect", "kind", "method"}
"""Fields of several words that are chosen, not typed."""


def spoilt(value: Any) -> Any:
    """`value` with something hostile behind every text of several words: those were typed."""
    if isinstance(value, str):
        return value + HOSTILE if " " in value else value
    if isinstance(value, dict):
        return {key: each if key in CLOSED else spoilt(each) for key, each in value.items()}
    if isinstance(value, list):
        return [spoilt(each) for each in value]
    return value


def make_hostile(made: Path, folder: Path) -> Path:
    """A copy of the register at `made` in `folder`, spoilt all over but for its framework."""
    path = folder / "register.json"
    shutil.copy(journal_path(made), journal_path(path))

    def spoil(lines: list[dict[str, Any]]) -> None:
        for line in lines:
            for event in line["events"]:
                if event["kind"] != "framework-adopted":
                    event["data"] = spoilt(event["data"])

    rebuilt(path, spoil)
    return path
