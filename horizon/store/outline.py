"""What the lines of a journal are about, newest first, without the data of their events."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from horizon.store.interface import CommitOutline, EventOutline
from horizon.store.journal import JournalFile


class _Line(msgspec.Struct):
    events: tuple[EventOutline, ...]


_decoder = msgspec.json.Decoder(_Line)


def outlines(journal: JournalFile, end: int, lines: int) -> Iterator[CommitOutline]:
    """The lines that end before `end`, of which there are `lines`, from the last to the first.

    Raises `StoreFault` when the journal cannot be read. Ends before a line that has another form.
    """
    for place, raw in journal.backwards(end):
        try:
            events = _decoder.decode(raw).events
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return
        yield CommitOutline(place, lines, events)
        lines -= 1
