"""What the fold's handlers share: where they are kept, and how a technology is changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from horizon.model.envelope import Event
from horizon.model.event_base import EventData
from horizon.model.state import State

Data = TypeVar("Data", bound=EventData)
Handler = Callable[[State, Event, Any], None]

HANDLERS: dict[str, Handler] = {}
"""What takes each kind of event into the state."""


def on(
    kind: type[Data],
) -> Callable[[Callable[[State, Event, Data], None]], Callable[[State, Event, Data], None]]:
    """Keep a function as the handler of one kind of event."""

    def keep(
        handler: Callable[[State, Event, Data], None],
    ) -> Callable[[State, Event, Data], None]:
        HANDLERS[kind.kind] = cast(Handler, handler)
        return handler

    return keep


def update(state: State, event: Event, **changes: Any) -> None:
    """Replace fields of the event's technology; its revision and time move with every event."""
    technology = state.technologies[event.subject]
    state.technologies[event.subject] = technology.model_copy(
        update={"revision": event.revision, "changed_at": event.at, **changes}
    )
