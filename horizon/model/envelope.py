"""How events travel, apart from what they say.

An event travels in an envelope (`Event`) that says who, when and about what, and carries the
digest of its data. The data itself can be emptied by an erasure; the envelope never changes. What
the data can be is the closed set in `events`, which is loaded when something is read of it.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any

from pydantic import Field, model_validator

from horizon.model.base import Model, canonical
from horizon.model.bringing import BRINGING, Bringing, Through
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

    @property
    def is_set_aside(self) -> bool:
        """Whether it was brought in from elsewhere for the record alone, and changes nothing."""
        return False

    @property
    def about(self) -> str:
        """The id of what it is about, as it is known here."""
        return self.subject

    @property
    def given_label(self) -> str:
        """The label of the technology that it enters, where what brought it in says so."""
        return ""

    def payload(self) -> EventData | None:
        """The typed data, or `None` when it was erased.

        Raises `KeyError` for a kind this version does not know and `pydantic.ValidationError`
        for data that does not fit its kind.
        """
        if self.data is None:
            return None
        from horizon.model.events import EVENT_TYPES

        return EVENT_TYPES[self.kind].model_validate(self.data)

    @property
    def bringing(self) -> Bringing | None:
        """What it says of the events that it brings in, where it does that."""
        found: Any = self.payload() if self.kind in BRINGING else None
        return found if isinstance(found, Bringing) else None

    def sealed_part(self) -> dict[str, Any]:
        """What the line's hash covers: everything but salt and data."""
        return self.model_dump(mode="json", exclude={"salt", "data"})


class BroughtEvent(Event):
    """An event that was written elsewhere and brought in: it is read `through` what brought it, and
    what brought that in, where the copy that it came with had it from another.

    `by` is the person's id here; `written_by` the one under which it was written.
    """

    through: Through = Field(exclude=True)
    written_by: str = Field(exclude=True)

    @property
    def is_set_aside(self) -> bool:
        return any(self.id in step.aside for step in self.through.steps)

    @property
    def about(self) -> str:
        return self.through.name(self.subject)

    @property
    def given_label(self) -> str:
        *_, last = self.through.steps
        return last.bringing.labels.get(self.subject, "")

    def payload(self) -> EventData | None:
        if self.data is None:
            return None
        from horizon.model.events import EVENT_TYPES

        read = self.through.data(self.kind, self.subject, self.data)
        return EVENT_TYPES[self.kind].model_validate(read)

    def sealed_part(self) -> dict[str, Any]:
        return super().sealed_part() | {"by": self.written_by}


class Draft(Model):
    """An event that has not been written yet: the store gives it its place in the journal."""

    subject: Words
    revision: int
    data: EventData


class Brought(Model):
    """An event that was written elsewhere, to be kept as it is at a place of its own here."""

    revision: int
    original: Event

    @property
    def subject(self) -> str:
        return self.original.subject

    @property
    def data(self) -> EventData | None:
        """What it says, or `None` where that was erased."""
        return self.original.payload()


AnyDraft = Draft | Brought


class Commit(Model):
    """One line of the journal: events that stand or fall together, chained to what came before.

    `hash` is SHA-256 over `prev` and the sealed parts of the events.
    """

    prev: Digest
    events: tuple[Event, ...]
    hash: Digest

    @property
    def brings(self) -> bool:
        """Whether it brings events in that were written elsewhere."""
        return any(event.kind in BRINGING for event in self.events)

    @model_validator(mode="after")
    def _read_through(self) -> Commit:
        if not self.brings:
            return self
        events: list[Event] = []
        through: dict[str, Through] = {}
        for event in self.events:
            brought = through.get(event.id)
            events.append(_brought(event, brought) if brought else event)
            if bringing := event.bringing:
                found = Through.of(bringing, _placed(self.events, brought), brought)
                keys = (key for line in bringing.lines for key, _, _ in line.events)
                through |= dict.fromkeys(keys, found)
        self.__dict__["events"] = tuple(events)
        return self


def _placed(events: Iterable[Event], brought: Through | None) -> Iterator[tuple[str, int]]:
    """The numbers that events have where others came to: here, or in the copy that is `brought`."""
    if brought is None:
        yield from ((each.id, each.seq) for each in events)
    else:
        for line in brought.bringing.lines:
            yield from ((key, seq) for key, seq, _ in line.events)


def _brought(event: Event, through: Through) -> BroughtEvent:
    values = dict(event) | {"by": through.name(event.by), "written_by": event.by}
    return BroughtEvent.model_construct(**values, through=through)


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
