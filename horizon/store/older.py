"""Registers in an older format: read as if they were in the current one, and carried forward before
the first change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import msgspec

from horizon.model.envelope import AnyDraft, Commit, Event
from horizon.model.errors import StoreFault
from horizon.model.formats import CURRENT, carried_forward, refuse_unreadable
from horizon.model.state import Tables
from horizon.store import disk
from horizon.store.interface import Store

FORMAT_RAISED, REGISTER_CREATED = "format-raised", "register-created"
"""Kinds of event, known here by name alone: their models take long to load."""

_RAISED = b'"kind":"' + FORMAT_RAISED.encode() + b'"'


class _Event(msgspec.Struct):
    seq: int = 0
    kind: str = ""
    data: Any = None


class _Line(msgspec.Struct):
    events: list[_Event]


_decoder = msgspec.json.Decoder(_Line)


def formats_in(lines: Iterable[bytes], *, to_the_end: bool = True) -> list[tuple[int, int]]:
    """From which event on a journal is in which format, the oldest first.

    Looks at the first line alone unless it has to go `to_the_end`, and at nothing but what says the
    format: the rest of a newer journal may look like nothing known here.
    """
    found: list[tuple[int, int]] = []
    for number, raw in enumerate(lines):
        if number and not to_the_end and found and found[-1][1] == CURRENT:
            break
        if number == 0 or _RAISED in raw:
            found += [
                (each.seq, version) for each in _events(raw) if (version := _said(each)) is not None
            ]
    return found or [(1, 1)]


def _events(raw: bytes) -> list[_Event]:
    try:
        return _decoder.decode(raw.removeprefix(b"\xef\xbb\xbf")).events
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return []


def _said(event: _Event) -> int | None:
    """The format that an event says holds from it on."""
    key = {REGISTER_CREATED: "schema_version", FORMAT_RAISED: "to"}.get(event.kind)
    version = event.data.get(key) if key and isinstance(event.data, dict) else None
    return version if isinstance(version, int) else None


def readable(store: Store, lines: Iterable[bytes]) -> Store:
    """The store, read as if it were in the current format. Raises `StoreFault` for a newer one."""
    found = formats_in(lines, to_the_end=False)
    for _, version in found:
        refuse_unreadable(version, store.describe())
    if found[0][1] == CURRENT:
        return store
    return cast(Store, OlderStore(store, found))


class OlderStore:
    """A store whose journal began in an older format. What is not said here is as in the store."""

    def __init__(self, store: Store, formats: list[tuple[int, int]]) -> None:
        self._store, self._formats = store, formats

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def reopened(self) -> Store:
        return cast(Store, OlderStore(self._store.reopened(), self._formats))

    def snapshot(self) -> Tables | None:
        """The tables, where the register was carried forward; else the journal tells it all."""
        tables = self._store.snapshot()
        head = tables.get("head", {}).get("1", {}) if tables is not None else {}
        return tables if head.get("format", 1) == CURRENT == self._formats[-1][1] else None

    def since(self, seq: int) -> list[Commit]:
        return [self._read(each) for each in self._store.since(seq)]

    def append(self, drafts: Sequence[AnyDraft], *, by: str, at: str) -> Commit:
        return self._read(self._store.append(drafts, by=by, at=at))

    def history(self, subject: str | None = None) -> Iterator[tuple[int, Commit]]:
        for line, commit in self._store.history(subject):
            yield line, self._read(commit)

    def commit_at(self, place: int) -> Commit | None:
        found = self._store.commit_at(place)
        return found and self._read(found)

    def _read(self, commit: Commit) -> Commit:
        for event in commit.events:
            if event.kind == FORMAT_RAISED and event.seq > self._formats[-1][0]:
                self._formats.append((event.seq, int((event.data or {})["to"])))
        if self._version(commit.events[0].seq) == CURRENT:
            return commit
        events = tuple(self._carried(each) for each in commit.events)
        return commit.model_copy(update={"events": events})

    def _carried(self, event: Event) -> Event:
        version = self._version(event.seq)
        if event.data is None or version >= CURRENT:
            return event
        data = carried_forward(event.kind, event.data, version)
        return event.model_copy(update={"data": data})

    def _version(self, seq: int) -> int:
        """The format of an event: that of the last one that says it, itself included."""
        return next(version for start, version in reversed(self._formats) if start <= seq)


def keep_copy(journal: Path, version: int) -> Path:
    """Keep a copy of a journal beside it as it is, before it is carried forward, and read it back.

    Raises `StoreFault`.
    """
    kept = disk.beside(journal, f"format-{version}")
    try:
        content = journal.read_bytes()
        disk.replace(kept, [content])
        if kept.read_bytes() == content:
            return kept
    except OSError as error:
        raise StoreFault(
            f"Nothing was saved, as no copy of {journal.name} could be kept: {disk.why(error)}."
        ) from None
    raise StoreFault(f"Nothing was saved: the copy {kept.name} is not as it was written.")
