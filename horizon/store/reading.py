"""How far the journal has been read, and what came since."""

from __future__ import annotations

from collections.abc import Iterator

from horizon.model.envelope import Commit
from horizon.model.errors import StoreFault
from horizon.store.chain import Chain, Examined, read_line
from horizon.store.journal import Identity, JournalFile


class JournalReader:
    """A place in the journal, with the chain up to there.

    `offset` is in bytes and `line` counts from 1; `seen` is the file when it was last read to its
    end. `torn` is the length of a last line without its newline. `stopped` is empty, or says why
    reading ended before the end. `rewritten` counts how often what was read had been emptied
    since, which only an erasure does.
    """

    def __init__(self, journal: JournalFile) -> None:
        self.journal = journal
        self.rewritten = 0
        self.stopped = ""
        self.start()

    def start(self, chain: Chain | None = None, offset: int = 0, line: int = 0) -> None:
        """Go to a place; without arguments, before the first line."""
        self.chain, self.offset, self.line = chain or Chain(), offset, line
        self.seen: Identity | None = None
        self.torn = 0

    def since(self, seq: int) -> list[Commit]:
        """All commits after event `seq`; reads only what is new when that is the place it is at.

        Raises `StoreFault` when the journal is gone or ends before `seq`.
        """
        if seq == self.chain.seq:
            return self.catch_up()
        self.start()
        found = [each for each in self.catch_up() if each.events[-1].seq > seq]
        if (self.chain.seq or 0) < seq and not self.stopped:
            raise StoreFault(
                f"{self.journal.path} ends with event {self.chain.seq}, but event {seq} was read "
                "before. Restore the journal from a backup, then open the register again."
            )
        return found

    def catch_up(self) -> list[Commit]:
        """The commits behind the place it is at. Raises `StoreFault` when the journal is gone."""
        now = self.journal.look()
        if now == self.seen:
            return []
        if now is None or (now.size == 0 and self.offset):
            raise StoreFault(
                f"{self.journal.path} is gone. Nothing can be saved. Restore it from a backup, "
                "then open the register again."
            )
        replaced = self.seen is not None and not now.is_same_file(self.seen)
        if (replaced or now.size < self.offset) and not self._find_again():
            self.seen = now
            return []
        return self._read_on(now)

    def take(self, commit: Commit, length: int) -> None:
        """Go on behind a line of `length` bytes that adds up."""
        self.chain.advance(commit, frozenset({commit.hash}))
        self.offset += length
        self.line += 1

    def _read_on(self, now: Identity, *, sure: bool = False) -> list[Commit]:
        """Read to the end. `sure` when the file is known to be the one read before."""
        found: list[Commit] = []
        self.torn = 0
        for raw in self.journal.lines(self.offset):
            if not raw.endswith(b"\n"):
                self.torn = len(raw)
                break
            examined = self.chain.examine(raw[:-1])
            if examined.commit is None or examined.findings:
                if self.offset and not found and not sure and self._find_again():
                    # An erasure had rewritten the file without the system showing it.
                    return self._read_on(now, sure=True)
                self._stop(self.line + 1, examined)
                break
            self.take(examined.commit, len(raw))
            found.append(examined.commit)
        self.seen = now
        return found

    def _find_again(self) -> bool:
        """Find its place in a journal that was put in the place of the one read before.

        The same history with data emptied is an erasure; anything else is refused.
        """
        seq, hashes = self.chain.seq, self.chain.hashes
        chain, offset, line = Chain(), 0, 0
        for raw in self.journal.lines():
            if (chain.seq, chain.hashes) == (seq, hashes):
                break
            examined = chain.examine(raw.removesuffix(b"\n"))
            if examined.findings:
                self._stop(line + 1, examined)
                return False
            if not raw.endswith(b"\n"):
                break
            chain.advance(examined.commit, examined.hashes)
            offset, line = offset + len(raw), line + 1
        if (chain.seq, chain.hashes) != (seq, hashes):
            self.stopped = self.stopped or (
                f"{self.journal.path.name} was replaced by another journal. Nothing can be saved. "
                "Close the register and open it again."
            )
            return False
        if offset != self.offset:
            self.rewritten += 1
        self.chain, self.offset, self.line = chain, offset, line
        return True

    def _stop(self, line: int, examined: Examined) -> None:
        self.stopped = self.stopped or (
            f"Line {line} of {self.journal.path.name} {examined.findings[0][1]}. It and what "
            "follows are not shown, and nothing can be saved. Find out more with: horizon verify"
        )

    def history(self, subject: str | None = None) -> Iterator[tuple[int, Commit]]:
        """Line number and commit from the first line on, wherever it is at.

        All of them, or those about one subject. Ends before a line that does not add up.
        """
        if self.journal.look() is None:
            return
        chain, wanted = Chain(), (subject or "").encode()
        for line, raw in enumerate(self.journal.lines(), start=1):
            if not raw.endswith(b"\n"):
                return
            if wanted not in raw:
                continue
            examined = read_line(raw[:-1]) if subject else chain.examine(raw[:-1])
            if examined.commit is None or examined.findings:
                self._stop(line, examined)
                return
            chain.advance(examined.commit, examined.hashes)
            if subject is None or any(each.subject == subject for each in examined.commit.events):
                yield line, examined.commit
