"""How events travel, apart from what they say.

An event travels in an envelope (`Event`) that says who, when and about what, and carries the
digest of its data. The data itself can be emptied by an erasure; the envelope never changes. What
the data can be is the closed set in `events`, which is loaded when something is read of it.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from horizon.model.base import Model, canonical
from horizon.model.event_base import EventData
from horizon.model.scalars import Digest, Words


class Event(Model):
    """One event in its envelope.

    `seq` counts all events of the register from 1; `revision` counts the events about `subject`
    from 1; `at` is UTC; `by` is a person's id, or `horizon` for what the program does itself.
    `digest` is SHA-256 over `salt` and the canonical JSON of `data`. `salt` and `data` are
    `None` once erased.
    """

    seq: Annotated[int, Field(ge=1)]
    id: Words
    at: Words
    by: Words
    kind: Words
    subject: Words
    revision: Annotated[int, Field(ge=0)]
    salt: str | None
    data: dict[str, Any] | None
    digest: Digest

    @property
    def is_erased(self) -> bool:
        return self.data is None

    def payload(self) -> EventData | None:
        """The typed data, or `None` when it was erased.

        Raises `KeyError` for a kind this version does not know and `pydantic.ValidationError`
        for data that does not fit its kind.
        """
        if self.data is None:
            return None
        from horizon.model.events import EVENT_TYPES

        return EVENT_TYPES[self.kind].model_validate(self.data)

    def sealed_part(self) -> dict[str, Any]:
        """What the line's hash covers: everything but salt and data."""
        return self.model_dump(mode="json", exclude={"salt", "data"})


class Draft(Model):
    """An event that has not been written yet: the store gives it its place in the journal."""

    subject: Words
    revision: int
    data: EventData


class Commit(Model):
    """One line of the journal: events that stand or fall together, chained to what came before.

    `hash` is SHA-256 over `prev` and the sealed parts of the events.
    """

    prev: Digest
    events: tuple[Event, ...]
    hash: Digest


GENESIS = "0" * 64
"""The `prev` of the first line."""


def data_digest(salt: str, data: Mapping[str, Any]) -> str:
    """SHA-256 over the salt's text and the canonical JSON of `data`."""
    return hashlib.sha256(salt.encode("ascii") + canonical(data)).hexdigest()


def commit_hash(prev: str, sealed_parts: list[dict[str, Any]]) -> str:
    """The hash that chains one line to the one before it."""
    return hashlib.sha256(prev.encode("ascii") + canonical(sealed_parts)).hexdigest()


def new_salt() -> str:
    """32 hexadecimal digits that keep short data from being guessed from its digest."""
    return secrets.token_hex(16)
