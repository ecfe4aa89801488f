"""A force's chain and tables as they are read, and what was noticed on the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from horizon.model.envelope import Commit
from horizon.model.errors import StoreFault
from horizon.model.state import Tables
from horizon.store.chain import Chain, read_line
from horizon.store.interface import CommitOutline, Fault, Heard
from horizon.store.noticing import Noticing
from horizon.store.places import Server
from horizon.store.postgres import checking, parts, rows
from horizon.store.postgres.connecting import Connection, Line
from horizon.store.postgres.roles import Role
from horizon.store.postgres.versions import expect_version


@dataclass(frozen=True, slots=True)
class Member:
    """Who is at work, as the database knows them: their account, and what they may do where."""

    login: str
    force: str
    role: Role
    person: str = ""
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a chain stands in the database."""

    seq: int
    line: int
    hash: str
    generation: int


def place(connection: Connection, force: str, *, for_update: bool = False) -> Place:
    """Where the chain of a force stands; with its row locked where a change is to follow.

    Raises `StoreFault`, also when the tables were brought to another version meanwhile.
    """
    lock = " for update" if for_update else ""
    row = connection.execute(
        "select seq, line, hash, generation, (select number from horizon.version) "
        f"from horizon.chain where force = %s{lock}".encode(),
        (force,),
    ).fetchone()
    if row is None:
        raise StoreFault(f"There is no register of {force} in this database any more.")
    expect_version(row[4])
    return Place(*row[:4])


class ChainReader(Noticing):
    """What a store on a database reads. `line` is a connection that is open already.

    Outlines and history are read on a connection beside it, as they may be read in another thread.
    """

    partial = False
    always_saved = True
    journal_missing = False
    kept_in = "the tables"
    mend = "have them made again with: horizon shared mend"

    def __init__(self, server: Server, member: Member, line: Line | None = None) -> None:
        super().__init__()
        self.server, self.member = server, member
        self.force = member.force
        self.generation = 0
        self._base = 0
        self._line = line or Line(server)
        self._aside = Line(server)
        self._chain = Chain()
        self._lines = 0
        self._gone = ""
        self._held: Place | None = None
        if member.role is Role.READER:
            self._refuse_writing(
                f"You can read this register but not change it: {member.login} is a reader of "
                f"{self.force}."
            )

    @property
    def signed_in(self) -> str:
        """The id of the person whose account this is."""
        return self.member.person

    def reopened(self) -> Self:
        """Another store on the same register, with connections of its own."""
        return type(self)(self.server, self.member)

    def describe(self) -> str:
        """The database and the force."""
        return self.server.name

    def close(self) -> None:
        """Let go of the connections."""
        self._line.close()
        self._aside.close()

    # What the events add up to

    def snapshot(self) -> Tables | None:
        """The tables as the last change left them; `None` and a notice where they do not stand at
        the end of the chain."""
        found, tables, last = self._line.read(self._whole)
        self._base = found.generation
        if tables is None:
            return None
        head = tables["head"]["1"]
        if (head.get("seq", 0), head.get("hash", "")) != (found.seq, found.hash) or last not in (
            None,
            found.hash,
        ):
            self._tell(
                "The tables of the register do not stand at the end of its history, so it was read "
                "from the history. Find out more with: horizon verify"
            )
            return None
        self._chain = Chain(found.seq, frozenset({found.hash}))
        self._lines = found.line
        return tables

    def _whole(self, connection: Connection) -> tuple[Place, Tables | None, str | None]:
        """Everything as at one moment."""
        connection.execute(b"begin transaction isolation level repeatable read read only")
        try:
            found = place(connection, self.force)
            row = connection.execute(
                b"select hash from horizon.line where force = %s and line = %s",
                (self.force, found.line),
            ).fetchone()
            tables = rows.tables_of(connection, self.force)
            return found, tables, None if row is None else row[0]
        finally:
            if not connection.closed:
                connection.execute(b"rollback")

    # The chain

    def changed(self) -> bool:
        """Whether the chain has grown or was emptied somewhere since: one question.

        When the database cannot be reached the store is read-only until it can be again.
        """
        if not self._line.may_try:
            return False
        try:
            found = self._line.read(lambda connection: place(connection, self.force))
        except StoreFault as fault:
            self._lose(str(fault))
            return False
        if self._gone and self.read_only == self._gone:
            self.read_only = ""
        self._gone = ""
        return self._is_news(found)

    def _lose(self, reason: str) -> None:
        """Only reading is possible until the database can be reached again. The reason may change
        meanwhile: a server that was away is then just starting."""
        if self.read_only in ("", self._gone):
            self.read_only = self._gone = reason

    def _is_news(self, found: Place) -> bool:
        return found.seq != self._chain.seq or found.generation != self._base + self.generation

    def since(self, seq: int) -> list[Commit]:
        """All commits after event `seq`, each checked against the one before it."""
        if seq != self._chain.seq:
            self._chain, self._lines = Chain(), 0
        elif self._held is not None and not self._is_news(self._held):
            return []
        commits: list[Commit] = []
        more = True
        while more:
            page = self._line.read(
                lambda connection: parts.page_after(connection, self.force, self._chain.seq or 0)
            )
            more = len(page) == parts.PAGE
            for raw in page:
                examined = self._chain.examine(raw.content)
                if examined.commit is None or examined.findings:
                    self._stop(raw.line, examined.findings[0][1])
                    return commits
                self._chain.advance(examined.commit, frozenset({examined.commit.hash}))
                self._lines = raw.line
                if examined.commit.events[-1].seq > seq:
                    commits.append(examined.commit)
        now = self._held or self._line.read(lambda connection: place(connection, self.force))
        if now.seq < (self._chain.seq or 0) or (self._chain.seq or 0) < seq:
            raise StoreFault(
                f"The history of {self.force} ends with event {now.seq}, but a later event was "
                "read before. Ask whoever looks after the database to restore it from a backup."
            )
        self.generation = now.generation - self._base
        return commits

    def _stop(self, line: int, what: str) -> None:
        self._refuse_writing(
            f"Line {line} of {self.describe()} {what}. It and what follows are not shown, and "
            "nothing can be saved. Find out more with: horizon verify"
        )

    def history(self, subject: str | None = None) -> Iterator[tuple[int, Commit]]:
        """Line number and commit, oldest first: all of them, or those about one subject.

        Ends before a line that does not add up, and makes the store read-only.
        """
        if subject is not None:
            found = self._aside.read(lambda c: parts.about(c, self.force, subject))
            for raw in found:
                examined = read_line(raw.content)
                if examined.commit is None or examined.findings:
                    self._stop(raw.line, examined.findings[0][1])
                    return
                yield raw.line, examined.commit
            return
        chain = Chain()
        for raw in self.raw_lines():
            examined = chain.examine(raw.content)
            if examined.commit is None or examined.findings:
                self._stop(raw.line, examined.findings[0][1])
                return
            chain.advance(examined.commit, examined.hashes)
            yield raw.line, examined.commit

    def raw_lines(self) -> Iterator[parts.Raw]:
        """The lines as a journal would spell them, from the first on."""
        seq = 0
        while page := self._page(seq):
            yield from page
            seq = page[-1].last

    def lines(self) -> Iterator[bytes]:
        """Every line as a journal spells it, without its newline."""
        return (raw.content for raw in self.raw_lines())

    def _page(self, seq: int) -> list[parts.Raw]:
        return self._aside.read(lambda connection: parts.page_after(connection, self.force, seq))

    def outline(self) -> Iterator[CommitOutline]:
        """What every commit read so far is about, newest first."""
        line = self._lines
        while line > 0 and (page := self._outline_page(line)):
            yield from page
            line = page[-1].line - 1

    def _outline_page(self, line: int) -> list[CommitOutline]:
        return self._aside.read(lambda connection: parts.outline_page(connection, self.force, line))

    def commit_at(self, place: int) -> Commit | None:
        """The commit at a place that `outline` gave: the number of its line."""
        raw = self._aside.read(lambda connection: parts.at(connection, self.force, place))
        return None if raw is None else read_line(raw.content).commit

    def faults(
        self, heard: Heard = lambda line: None, *, chain_alone: bool = False
    ) -> Iterator[Fault]:
        """Everything that does not add up in the chain, and rights that should not be there."""
        yield from checking.faults_of_chain(self.raw_lines(), heard)
        if not chain_alone:
            yield from self._aside.read(lambda c: list(checking.faults_of_tables(c, self.force)))
