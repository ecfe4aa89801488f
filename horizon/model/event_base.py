"""What every event's data is."""

from __future__ import annotations

from typing import ClassVar

from horizon.model.base import Model


class EventData(Model):
    """What one kind of event says. Subclasses are the closed set: see `events.EVENT_TYPES`."""

    kind: ClassVar[str]
