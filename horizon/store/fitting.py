"""Does register.json belong to the journal beside it, and where does it stand in it?"""

from __future__ import annotations

import re
from enum import Enum

from horizon.store.chain import read_line
from horizon.store.journal import JournalFile
from horizon.store.snapshot import Saved

_ENDING = re.compile(rb'"hash":"([0-9a-f]{64})","prev":"[0-9a-f]{64}"}\r?\n\Z')


class Fit(Enum):
    """How a snapshot and a journal fit together."""

    FITS = "fits"
    EDITED = "was changed by something other than Horizon"
    OUTDATED = "is older than an erasure"
    AHEAD = "goes further than the journal"
    OTHER = "stands on another history than the journal"

    @property
    def fits(self) -> bool:
        return self is Fit.FITS

    def words(self, saved: Saved) -> str:
        """What to say of the snapshot, to follow its name."""
        if self is Fit.AHEAD:
            return (
                f"includes events up to {saved.seq}, but the journal ends before that: "
                "lines were cut from its end, or it has not been copied yet"
            )
        if self is Fit.OTHER:
            return (
                f"and the journal tell different histories up to event {saved.seq}: "
                "one of them belongs to another register or another copy"
            )
        return str(self.value)


def fit(journal: JournalFile, saved: Saved) -> Fit:
    """How the snapshot fits: by the line it names, or by looking for that line everywhere.

    Raises `StoreFault` when the journal cannot be read.
    """
    place = saved.place
    named = place is not None and (place.seq, place.hash) == (saved.seq, saved.hash)
    if place is not None and named:
        ending = journal.before(place.offset, 200)
        if _ends_with(ending, saved.hash):
            return Fit.FITS if place.digest == saved.digest else Fit.EDITED
    last = 0
    for raw in journal.lines():
        if not raw.endswith(b"\n"):
            break
        examined = read_line(raw[:-1])
        last = examined.last or last
        if examined.last == saved.seq:
            if saved.hash not in examined.hashes:
                return Fit.OTHER
            return Fit.OUTDATED if named else Fit.EDITED
    return Fit.AHEAD if last < saved.seq else Fit.OTHER


def _ends_with(ending: bytes, hash: str) -> bool:
    """Whether the last line there is the one with this hash: `"hash"` is near its end."""
    found = _ENDING.search(ending)
    return found is not None and found[1] == hash.encode()
