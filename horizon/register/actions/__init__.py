"""The commands: each checks its rule against the desk and drafts the events that follow.

None of them writes. They raise `BadInput` for what cannot be understood and `RuleBroken` for what
a rule refuses. A module of them is loaded when the first of its commands is given, so that
whoever only reads does not wait for it.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from horizon.register.actions import assessing as assessing
    from horizon.register.actions import conditions as conditions
    from horizon.register.actions import deciding as deciding
    from horizon.register.actions import ending_meetings as ending_meetings
    from horizon.register.actions import import_undoing as import_undoing
    from horizon.register.actions import importing as importing
    from horizon.register.actions import keeping as keeping
    from horizon.register.actions import meetings as meetings
    from horizon.register.actions import merging as merging
    from horizon.register.actions import moving as moving
    from horizon.register.actions import proposing as proposing
    from horizon.register.actions import releasing as releasing
    from horizon.register.actions import reopening as reopening
    from horizon.register.actions import sharing as sharing
    from horizon.register.actions import steps as steps
    from horizon.register.actions import triaging as triaging
    from horizon.register.actions import undoing as undoing


def __getattr__(name: str) -> ModuleType:
    if not name.startswith("_"):
        try:
            return import_module(f"{__name__}.{name}")
        except ModuleNotFoundError as error:
            if error.name != f"{__name__}.{name}":
                raise
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
