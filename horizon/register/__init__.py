"""The one writer: commands become rule checks, then events, then a line of the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from horizon.register.register import Register

if TYPE_CHECKING:
    from horizon.register.inputs import ConditionInput, OverrideInput, Proposal

__all__ = ["ConditionInput", "OverrideInput", "Proposal", "Register"]


def __getattr__(name: str) -> Any:
    """What commands are given, loaded when somebody gives one."""
    if name in __all__:
        from horizon.register import inputs

        return getattr(inputs, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
