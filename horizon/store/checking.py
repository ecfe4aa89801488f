"""Everything that does not add up in a store's files, for `verify`. Changes nothing."""

from __future__ import annotations

from collections.abc import Iterator

from horizon.model.errors import StoreFault
from horizon.store import snapshot
from horizon.store.chain import Chain
from horizon.store.fitting import fit
from horizon.store.interface import Fault, Heard
from horizon.store.journal import JournalFile
from horizon.store.quick import doubtful
from horizon.store.snapshot import SnapshotStorage, Unreadable


def faults_of_lines(
    journal: JournalFile, heard: Heard = lambda line: None, *, chain_alone: bool = False
) -> Iterator[Fault]:
    """Each line that was changed, misplaced, repeated, misspelled or cut, in order.

    `chain_alone` asks only whether a line was changed and follows from the one before, which takes
    little longer than to hash the file; not whether its revisions count up.
    """
    chain = Chain()
    for line, raw in _lines(journal, chain, heard, chain_alone):
        examined = chain.examine(raw.removesuffix(b"\n"), strict=True)
        if not raw.endswith(b"\n"):
            yield Fault(
                line,
                None,
                "breaks off: the power or the program stopped while it was written. It was never "
                "confirmed, and is set aside with the next change",
            )
            return
        for seq, what in examined.findings:
            yield Fault(line, seq, what)
        chain.advance(examined.commit, examined.hashes)


def _lines(
    journal: JournalFile, chain: Chain, heard: Heard, chain_alone: bool
) -> Iterator[tuple[int, bytes]]:
    if chain_alone:
        yield from doubtful(journal.lines(), chain, heard)
        return
    for line, raw in enumerate(journal.lines(), start=1):
        heard(line)
        yield line, raw


def faults_of_snapshot(journal: JournalFile, storage: SnapshotStorage) -> Iterator[Fault]:
    """What keeps the snapshot from being used with this journal, as line 0."""
    name = storage.path.name
    try:
        saved = snapshot.load(storage)
    except (Unreadable, StoreFault) as error:
        yield Fault(0, None, f"{name} cannot be read: {error}")
        return
    if saved is None:
        return
    found = fit(journal, saved)
    if not found.fits:
        yield Fault(0, saved.seq, f"{name} {found.words(saved)}. The journal counts")
