"""The one writer: commands become rule checks, then events, then a line of the journal."""

from horizon.register.inputs import ConditionInput, OverrideInput, Proposal
from horizon.register.register import Register

__all__ = ["ConditionInput", "OverrideInput", "Proposal", "Register"]
