"""Events about sharing to state."""

from __future__ import annotations

from horizon.model.applying import on, update
from horizon.model.envelope import Event
from horizon.model.sharing_events import SharingSet
from horizon.model.state import State


@on(SharingSet)
def _sharing_set(state: State, event: Event, data: SharingSet) -> None:
    update(state, event, shared_with=data.forces)
