"""What the tellers of events share: where they are kept, and how reasons, stages and bodies are
said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeVar, cast

from horizon.framework.schema import Framework
from horizon.model.event_base import EventData


class Speaker(Protocol):
    """What it takes to name things: people, and the framework in force."""

    @property
    def framework(self) -> Framework: ...

    def name(self, person: str) -> str: ...

    def label(self, technology_id: str) -> str: ...


Data = TypeVar("Data", bound=EventData)

TELLERS: dict[str, Callable[[Any, Speaker], str]] = {}
"""What puts each kind of event into words."""


def telling(
    kind: type[Data],
) -> Callable[[Callable[[Data, Speaker], str]], Callable[[Data, Speaker], str]]:
    """Keep a function as the teller of one kind of event."""

    def keep(teller: Callable[[Data, Speaker], str]) -> Callable[[Data, Speaker], str]:
        TELLERS[kind.kind] = cast(Callable[[Any, Speaker], str], teller)
        return teller

    return keep


KINDS = {"framework-adopted": "framework brought into use"}
"""Kinds of event that are called otherwise than the journal names them: what the register uses, a
body may not have adopted."""


def kind_in_words(kind: str) -> str:
    """A kind of event as people call it: `stage-moved`, `stage moved`."""
    return KINDS.get(kind, kind.replace("-", " "))


def because(reason: str) -> str:
    return f", because: {reason}" if reason else ""


def stage_name(speaker: Speaker, stage_id: str) -> str:
    """A stage as it stands in a sentence."""
    return speaker.framework.route.stage_name(stage_id).lower()


def body_name(speaker: Speaker, body_id: str) -> str:
    body = speaker.framework.route.body(body_id)
    return body.name if body else body_id
