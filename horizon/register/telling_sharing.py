"""Events about sharing in words."""

from __future__ import annotations

from horizon.model.sharing_events import SharingSet
from horizon.register.tellers import Speaker, because, telling


@telling(SharingSet)
def _(data: SharingSet, speaker: Speaker) -> str:
    if not data.forces:
        return f"shares it with no other force any more{because(data.reason)}"
    whom = "all forces" if data.forces == ("*",) else ", ".join(data.forces)
    return f"shared it with {whom}{because(data.reason)}"
