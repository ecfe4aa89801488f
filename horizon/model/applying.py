"""What the fold's handlers share: where they are kept, and how a technology is changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from pydantic import ValidationError

from horizon.model.envelope import Event
from horizon.model.errors import NotUnderstood
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


MISFITS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    StopIteration,
    TypeError,
    ValueError,
)
"""What a handler meets in an event that speaks of what is not there, or is of another shape."""


def not_understood(event: Event, error: Exception) -> NotUnderstood:
    """What is said of an event that no handler could take in."""
    return NotUnderstood(event.seq, event.kind, _why(error, event))


def _why(error: Exception, event: Event) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        return f"{first['msg'].lower()}{f' at {where!r}' if where else ''}"
    if event.kind not in HANDLERS:
        return "its kind is not known"
    if isinstance(error, KeyError):
        return f"it speaks of {str(error)[:80]}, which is not there"
    return "what it says does not fit what came before it"


def update(state: State, event: Event, **changes: Any) -> None:
    """Replace fields of the event's technology; its revision and time move with every event."""
    technology = state.technologies[event.subject]
    state.technologies[event.subject] = technology.model_copy(
        update={"revision": event.revision, "changed_at": event.at, **changes}
    )
