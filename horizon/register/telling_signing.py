"""Signatures in words."""

from __future__ import annotations

from horizon.model.signing_events import DecisionSigned
from horizon.register.tellers import Speaker, telling


@telling(DecisionSigned)
def _(data: DecisionSigned, speaker: Speaker) -> str:
    return f"signed decision {data.decision} with key {data.key}"
