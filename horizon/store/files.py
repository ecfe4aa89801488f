"""The store of one register in files: `register.json` and, beside it, its journal."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from horizon.model.envelope import AnyDraft, Commit
from horizon.model.errors import BadInput, StoreFault
from horizon.model.state import Tables
from horizon.store import checking, disk, snapshot, staging
from horizon.store.chain import Chain, checked, compose, emptied, read_line
from horizon.store.fitting import Fit, fit
from horizon.store.interface import CommitOutline, Fault, Heard
from horizon.store.journal import Identity, JournalFile, UnsureOfDisk
from horizon.store.lock import lock_for
from horizon.store.noticing import Noticing
from horizon.store.outline import outlines
from horizon.store.reading import JournalReader
from horizon.store.snapshot import Saved, SnapshotStorage, Unreadable


def journal_path(path: Path) -> Path:
    """The journal of the register at `path`: `register.journal.jsonl` beside `register.json`.

    Beside the file itself, where `path` is a symbolic link to it.
    """
    real = Path(path).resolve()
    return real.with_name(f"{real.stem}.journal.jsonl")


class FileStore(Noticing):
    """A register's files, as a `Store`.

    Opening it reads nothing and writes nothing. `snapshot` and then `since` read; the first
    change makes the journal. Not to be shared between threads; two stores on one path may be.
    """

    signed_in = ""
    partial = always_saved = False
    mend = "delete register.json to have it rebuilt"

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = Path(path).resolve()
        self._journal = JournalFile(journal_path(path))
        self._lock = lock_for(self.path.with_name(f"{self.path.stem}.lock"))
        self._storage = SnapshotStorage(self.path)
        self._broken_snapshot = False
        self._gone = ""
        self._read_in_turn = 0
        self._reader = JournalReader(self._journal)
        self._see_rights()

    @property
    def generation(self) -> int:
        """How often what was already read has been rewritten by an erasure."""
        return self._reader.rewritten

    def _see_rights(self) -> None:
        for path in (self.path.parent, self._journal.path, self.path):
            if path.exists() and not os.access(path, os.W_OK):
                self.read_only = (
                    f"You can read this register but not change it: you do not have the right to "
                    f"write to {path}."
                )
                return

    @property
    def kept_in(self) -> str:
        """The name of register.json."""
        return self.path.name

    def reopened(self) -> FileStore:
        """Another store on the same files."""
        return FileStore(self.path)

    def describe(self) -> str:
        """The path of register.json."""
        return str(self.path)

    @property
    def journal_missing(self) -> bool:
        """Whether there is a register.json with something in it, and no journal beside it."""
        journal = self._journal.look()
        if journal is not None and journal.size > 0:
            return False
        try:
            return os.stat(self.path).st_size > 0
        except OSError:
            return False

    def lock(self) -> AbstractContextManager[None]:
        """Nobody else changes the register meanwhile. Raises `StoreFault` after ten seconds."""
        return self._lock

    # The snapshot

    def snapshot(self) -> Tables | None:
        """The tables of register.json if they fit the journal, else `None` and a notice why.

        A register.json that reaches further than the journal, or stands on another history, makes
        the store read-only: which of the two is right is for people to say. Raises `StoreFault`
        when there is nothing left to read the register from.
        """
        self._tell_copies()
        try:
            saved = snapshot.load(self._storage)
        except Unreadable as error:
            if self.journal_missing:
                raise StoreFault(
                    f"{self.path} cannot be read ({error}) and there is no journal beside it to "
                    "rebuild it from. Restore one of the two from a backup."
                ) from None
            self._broken_snapshot = True
            self._tell(
                f"{self.path.name} cannot be read ({error}) and was rebuilt from the journal. "
                "The broken file is kept beside it when the register is saved."
            )
            return None
        if saved is None or self.journal_missing:
            return saved.tables if saved else None
        return saved.tables if self._fits(saved) else None

    def _fits(self, saved: Saved) -> bool:
        found = fit(self._journal, saved)
        if found.fits:
            assert saved.place is not None
            chain = Chain(saved.seq, frozenset({saved.hash}))
            self._reader.start(chain, saved.place.offset, saved.place.line)
        elif found is Fit.EDITED:
            self._broken_snapshot = True
            self._tell(
                f"{self.path.name} was changed by something other than Horizon, so it was rebuilt "
                "from the journal. The changed file is kept beside it when the register is saved."
            )
        elif found is Fit.OUTDATED:
            self._tell(f"{self.path.name} was older than an erasure, so it was rebuilt.")
        else:
            self._refuse_writing(
                f"{self.path.name} {found.words(saved)}. What is shown comes from the journal, and "
                f"nothing can be saved. Restore the journal, or move {self.path.name} away."
            )
        return found.fits

    def _tell_copies(self) -> None:
        with contextlib.suppress(OSError):
            for each in sorted(self.path.parent.iterdir()):
                if each.name.startswith(self.path.stem) and "conflict" in each.name.lower():
                    self._tell(
                        f"There is a conflicting copy: {each.name}. Compare it with the register "
                        "and enter again what is missing."
                    )

    def save_snapshot(self, tables: Tables) -> None:
        """Write register.json, whole or not at all. Raises `StoreFault`."""
        if self.read_only:
            raise StoreFault(self.read_only)
        with self.lock():
            reader = self._reader
            if tables["head"]["1"].get("seq", 0) != reader.chain.seq:
                raise StoreFault(
                    f"{self.path.name} was not written: the register moved on meanwhile. Its "
                    "journal has every change."
                )
            if self._broken_snapshot and self.path.exists():
                self._keep_broken()
            staging.clear(self.path.parent)
            snapshot.save(self._storage, tables, offset=reader.offset, line=reader.line)
            self._broken_snapshot = False

    def _keep_broken(self) -> None:
        kept = disk.beside(self.path, "damaged")
        with contextlib.suppress(OSError):
            os.replace(self.path, kept)
            self._tell(f"The broken file is kept as {kept.name}.")

    # Reading the journal

    def changed(self) -> bool:
        """Whether the journal has grown or been replaced since it was last read: one stat.

        When the folder cannot be reached the store is read-only until it can be again.
        """
        try:
            now = self._journal.look()
        except StoreFault:
            now = None
        if now is None and self._reader.offset:
            self._gone = (
                f"{self._journal.path} cannot be reached. Nothing can be saved until the folder "
                "or network drive is connected again."
            )
            self.read_only = self.read_only or self._gone
            return False
        if self._gone and self.read_only == self._gone:
            self.read_only, self._gone = "", ""
        return now != self._reader.seen

    def since(self, seq: int) -> list[Commit]:
        """All commits after event `seq`.

        Reads only what is new when `seq` is where the last reading ended. A line that does not
        add up, or another journal in the place of this one, ends the reading and makes the store
        read-only. Raises `StoreFault` when the journal is gone or ends before `seq`.
        """
        if self._lock.is_held:
            self._read_in_turn = self._lock.turn
        found = self._reader.since(seq)
        if self._reader.torn:
            found += self._look_at_torn()
        self._heed()
        return found

    def _look_at_torn(self) -> list[Commit]:
        """A last line without its end: torn, or just being written by somebody else."""
        if not self._lock.is_held and not self.read_only:
            with contextlib.suppress(StoreFault), self.lock():
                more = self._reader.catch_up()
                return more + (self._look_at_torn() if self._reader.torn else [])
        self._tell(
            f"The last line of {self._journal.path.name} breaks off. It was never confirmed to "
            "anyone: the power or the program stopped while it was written. It will be set aside "
            "with the next change."
        )
        return []

    def _heed(self) -> None:
        if self._reader.stopped:
            self._refuse_writing(self._reader.stopped)

    def history(self, subject: str | None = None) -> Iterator[tuple[int, Commit]]:
        """Line number and commit, oldest first: all of them, or those about one subject.

        Ends before a line that does not add up, and makes the store read-only.
        """
        yield from self._reader.history(subject)
        self._heed()

    def lines(self) -> Iterator[bytes]:
        """Every whole line of the journal without its newline."""
        for raw in self._journal.lines():
            if raw.endswith(b"\n"):
                yield raw[:-1]

    def bring(self, lines: Iterable[bytes]) -> None:
        """Begin with these lines, as the journal; register.json is made when it is opened.

        Raises `StoreFault` when there is a register here already, or a line does not add up.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.lock():
            if self._journal.look() is not None or self.path.exists():
                raise StoreFault(f"There is a register at {self.path} already. Nothing was done.")
            self._journal.rewrite(line + b"\n" for line, _ in checked(lines))

    def outline(self) -> Iterator[CommitOutline]:
        """What every commit read so far is about, newest first.

        Raises `StoreFault` when the journal cannot be read. Ends at a line that is none.
        """
        return outlines(self._journal, self._reader.offset, self._reader.line)

    def commit_at(self, place: int) -> Commit | None:
        """The commit at a place that `outline` gave, or `None` if the file was rewritten since."""
        return read_line(self._journal.line_at(place)).commit

    # Writing the journal

    def append(self, drafts: Sequence[AnyDraft], *, by: str, at: str) -> Commit:
        """Write one commit: one line, on the disk and read back before this returns.

        Raises `StoreFault` (and then nothing was written) when others wrote meanwhile, when the
        disk refuses, or when the store is read-only; `BadInput` for text no file can hold.
        """
        if self.read_only:
            raise StoreFault(self.read_only)
        if not drafts:
            raise ValueError("a commit holds at least one event")
        with self.lock():
            if self._read_in_turn != self._lock.turn:
                self._expect_nothing_new()
            reader = self._reader
            if reader.torn:
                self._set_torn_aside(reader.offset)
            assert reader.chain.seq is not None
            (prev,) = reader.chain.hashes
            line, commit = compose(drafts, by=by, at=at, after=reader.chain.seq, prev=prev)
            if wrong := reader.chain.miscounts(commit):
                raise StoreFault(
                    f"Nothing was saved: the new line {wrong[0][1]}. "
                    "Close the register and open it again."
                )
            try:
                reader.seen = self._journal.append(line, reader.offset, reader.seen)
            except UnsureOfDisk as error:
                self._refuse_writing(str(error))
                raise
            reader.take(commit, len(line) + 1)
            if self._lock.notice:
                self._tell(self._lock.notice)
            return commit

    def _expect_nothing_new(self) -> None:
        missed = self._reader.catch_up()
        self._heed()
        if missed:
            self._reader.start()  # what was just read must be given to the caller by `since`
            raise StoreFault(
                "Somebody else changed the register at this moment. Nothing was saved. Try again."
            )
        if self.read_only:
            raise StoreFault(self.read_only)

    def _set_torn_aside(self, end: int) -> None:
        aside = self._journal.set_aside(end)
        self._reader.torn = 0
        self._tell(
            f"The last line of {self._journal.path.name} broke off and was never confirmed. "
            f"It is kept in {aside.name}."
        )

    def empty(self, seqs: Collection[int]) -> None:
        """Empty salt and data of these events, in the journal and in register.json.

        The journal is rewritten beside and put in place at once; register.json is removed, to be
        saved anew. Raises `BadInput` for an event that is not there and `StoreFault`.
        """
        if self.read_only:
            raise StoreFault(self.read_only)
        with self.lock():
            end = self._journal.whole()
            if (now := self._journal.look()) and now.size > end:
                self._set_torn_aside(end)
            wanted = frozenset(seqs)
            missing = wanted - {seq for seq in self._held() if seq in wanted}
            if missing:
                named = ", ".join(str(seq) for seq in sorted(missing))
                raise BadInput(f"There is no event {named} in the journal")
            self._journal.rewrite(self._emptied_lines(wanted))
            # Where the last line read ends now is found again by the next reading.
            self._reader.seen = Identity(0, 0, 0, 0)
            try:
                self.path.unlink(missing_ok=True)
                disk.sync_folder(self.path.parent)
            except OSError as error:
                raise StoreFault(
                    f"{self.path.name} still holds what was erased: {disk.why(error)}."
                ) from None
            self._tell_asides()

    def _held(self) -> Iterator[int]:
        for _, commit in self.history():
            for event in commit.events:
                yield event.seq
        if self.read_only:
            raise StoreFault(self.read_only)

    def _emptied_lines(self, wanted: frozenset[int]) -> Iterator[bytes]:
        for raw in self._journal.lines():
            line, _ = emptied(raw.removesuffix(b"\n"), wanted)
            yield line + b"\n"

    def _tell_asides(self) -> None:
        for word in ("torn", "damaged"):
            for each in sorted(self.path.parent.glob(f"{self.path.stem}.*.{word}-*")):
                self._tell(f"{each.name} may still hold what was erased. Look at it and delete it.")

    def faults(
        self, heard: Heard = lambda line: None, *, chain_alone: bool = False
    ) -> Iterator[Fault]:
        """Everything that does not add up in the journal, line by line, and in register.json."""
        yield from checking.faults_of_lines(self._journal, heard, chain_alone=chain_alone)
        if not chain_alone:
            yield from checking.faults_of_snapshot(self._journal, self._storage)

    def close(self) -> None:
        """Let go of the files."""
        self._journal.close()
