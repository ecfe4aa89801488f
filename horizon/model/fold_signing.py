"""Signatures to state."""

from __future__ import annotations

from horizon.model.applying import on, update
from horizon.model.envelope import Event
from horizon.model.record import Signature
from horizon.model.signing_events import DecisionSigned
from horizon.model.state import State


@on(DecisionSigned)
def _decision_signed(state: State, event: Event, data: DecisionSigned) -> None:
    """A decision that was erased since has nothing left to note its signature on."""
    made = Signature(by=event.by, at=event.at, key=data.key)
    decisions = tuple(
        each.model_copy(update={"signatures": (*each.signatures, made)})
        if each.number == data.decision
        else each
        for each in state.technologies[event.subject].decisions
    )
    update(state, event, decisions=decisions)
