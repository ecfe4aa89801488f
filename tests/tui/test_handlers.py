"""Textual calls the handlers of all classes: one that calls its base's too runs that one twice."""

from __future__ import annotations

import re
from pathlib import Path

import horizon.tui

TUI = Path(horizon.tui.__file__).parent

TO_BASE = re.compile(r"super\(\)\._?on_(?!event\b)\w+")
"""A call of a base's handler. `on_event` is none: it is what calls the handlers."""


def test_no_handler_calls_what_textual_calls_by_itself() -> None:
    found = {
        path.name: calls
        for path in TUI.rglob("*.py")
        if (calls := TO_BASE.findall(path.read_text(encoding="utf-8")))
    }
    assert found == {}
