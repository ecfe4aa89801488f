"""The store of one force's register in a PostgreSQL database."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from itertools import islice

import psycopg
from psycopg import errors

from horizon.model.envelope import GENESIS, AnyDraft, Commit
from horizon.model.errors import BadInput, HorizonError, RuleBroken, StoreFault
from horizon.model.state import State, Tables
from horizon.store.chain import checked, compose, read_line
from horizon.store.places import Server
from horizon.store.postgres import parts, rows
from horizon.store.postgres.connecting import (
    IDLE,
    NOT_FITTED_IN,
    TRIES,
    WAIT,
    Connection,
    Line,
    is_lost,
    trouble,
)
from horizon.store.postgres.parts import insert_all
from horizon.store.postgres.reading import ChainReader, Member, Place, place
from horizon.store.postgres.roles import Role, least_role

Whole = tuple[bytes, Commit]
"""A line as it is spelled, and what it says."""

BATCH = 500
"""Lines that are brought in at once."""


class PostgresStore(ChainReader):
    """A force's register in a database, as a `Store`.

    A change is one transaction: the chain's row is locked, events and what they add up to are
    written, and only a commit that the server has confirmed is acknowledged. Not to be shared
    between threads, but for what `Store` says.
    """

    def __init__(self, server: Server, member: Member, line: Line | None = None) -> None:
        super().__init__(server, member, line)
        self._threads = threading.RLock()
        self._depth = 0
        self._unsure: tuple[int, str] | None = None

    # Taking turns

    def lock(self) -> AbstractContextManager[None]:
        """Nobody else changes this force's register meanwhile. Raises `StoreFault` after ten
        seconds."""
        return self._turn()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._threads.acquire(timeout=WAIT):
            raise StoreFault(
                "Another part of this program has been changing the register for more than "
                f"{WAIT:.0f} seconds. Nothing was saved. Try again in a moment."
            )
        try:
            if self._depth == 0:
                self._begin()
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                if self._depth == 0:
                    self._roll_back()
        finally:
            self._threads.release()

    def _begin(self) -> None:
        """Start a transaction that holds the chain's row. Raises `StoreFault`."""

        def begin(connection: Connection) -> Place:
            with connection.pipeline():
                connection.execute(b"begin")
                return place(connection, self.force, for_update=True)

        try:
            found = self._line.read(begin)
        except HorizonError as error:
            self._roll_back()
            if not self._line.may_try:
                self._lose(str(error))
            raise
        if self._unsure is not None and found.line >= self._unsure[0]:
            self._look_what_became_of_it()
        self._unsure = None
        self._held = found

    def _look_what_became_of_it(self) -> None:
        assert self._unsure is not None
        if self._holds(self._line.open(), *self._unsure):
            self._unsure = None
            self._roll_back()
            raise StoreFault(
                "What you saved when the connection was lost had been kept after all. Nothing was "
                "saved twice: look at the register, then save again what is still missing."
            )

    def _holds(self, connection: Connection, number: int, hash: str) -> bool:
        return (
            connection.execute(
                b"select 1 from horizon.line where force = %s and line = %s and hash = %s",
                (self.force, number, hash),
            ).fetchone()
            is not None
        )

    def _roll_back(self) -> None:
        self._held = None
        self._line.roll_back()

    # Writing

    def append(self, drafts: Sequence[AnyDraft], *, by: str, at: str) -> Commit:
        """Write one commit: events, what they add up to, and the chain's place, all or nothing.

        Given back only when the server has confirmed it. Raises `StoreFault` (and then nothing
        was written, or the message says that nobody knows), `RuleBroken` for what the account may
        not do, and `BadInput` for text that no register can hold.
        """
        if self.read_only:
            raise StoreFault(self.read_only)
        if not drafts:
            raise ValueError("a commit holds at least one event")
        with self.lock():
            connection = self._line.open()
            if connection.info.transaction_status is IDLE:
                self._begin()  # a second change in the same turn
            self._expect_nothing_new()
            assert self._chain.seq is not None
            (prev,) = self._chain.hashes or {GENESIS}
            line, commit = compose(drafts, by=by, at=at, after=self._chain.seq, prev=prev)
            if wrong := self._chain.miscounts(commit):
                raise StoreFault(
                    f"Nothing was saved: the new line {wrong[0][1]}. "
                    "Close the register and open it again."
                )
            self._keep(line, commit)
            self._chain.advance(commit, frozenset({commit.hash}))
            self._lines += 1
            return commit

    def _expect_nothing_new(self) -> None:
        held = self._held
        if held is None or (held.seq, held.hash) != (self._chain.seq, *self._chain.hashes):
            raise StoreFault(
                "Somebody else changed the register at this moment. Nothing was saved. Try again."
            )

    def _keep(self, line: bytes, commit: Commit) -> None:
        """Write the line and commit it, once and only once, whatever becomes of the connection."""
        for attempt in range(TRIES):
            connection = None
            try:
                connection = self._line.open()
                if attempt and self._is_kept_or_overtaken(connection, commit):
                    return
                self._write(connection, line, commit)
                return
            except psycopg.Error as error:
                if not is_lost(error, connection) and not isinstance(error, NOT_FITTED_IN):
                    self._roll_back()
                    raise self._refused(error, commit) from None
                self._roll_back()
                if is_lost(error, connection):
                    self._line.close()
            except StoreFault as fault:
                if attempt == 0 or connection is not None:
                    raise
                self._unsure = (self._lines + 1, commit.hash)
                self._lose(str(fault))
                raise StoreFault(
                    f"The connection to {self.describe()} was lost while this was being saved, and "
                    "nobody can say whether it was. What you typed is still here. When the "
                    f"connection is back, look at the register before you save again. ({fault})"
                ) from None
        raise StoreFault(
            "Others were changing the register at the same moment, again and again. Nothing was "
            "saved. Try again."
        )

    def _is_kept_or_overtaken(self, connection: Connection, commit: Commit) -> bool:
        """After a try whose end nobody saw: whether it was kept after all. The chain's row is
        held then. Raises `StoreFault` when others came first."""
        connection.execute(b"begin")
        found = place(connection, self.force, for_update=True)
        if self._holds(connection, self._lines + 1, commit.hash):
            connection.execute(b"rollback")
            return True
        if found.hash != commit.prev:
            connection.execute(b"rollback")
            raise StoreFault(
                "The connection was lost while this was being saved, and somebody else changed the "
                "register meanwhile. Nothing was saved. Try again."
            )
        return False

    def _write(self, connection: Connection, line: bytes, commit: Commit) -> None:
        state = rows.RowState(connection, self.force, commit)
        number = self._lines + 1
        with connection.pipeline():
            insert_all(connection, self.force, number, [(line, commit)])
            state.save(line=number)
            ended = connection.execute(b"commit")
        if ended.statusmessage != "COMMIT":
            raise StoreFault(
                f"{self.describe()} did not keep this and did not say why. Nothing was saved."
            )
        self._held = None

    def _refused(self, error: psycopg.Error, commit: Commit) -> HorizonError:
        """What to say of a change that the database would not take."""
        if not isinstance(error, errors.InsufficientPrivilege):
            return StoreFault(trouble(self.server, error))
        least = max((least_role(each.kind) for each in commit.events), key=lambda role: role.rank)
        if least.rank > self.member.role.rank:
            return RuleBroken(
                f"The database lets only {_a(least)} of {self.force} record this",
                missing=[f"{self.member.login} is {_a(self.member.role)}"],
                who="Whoever looks after the database can change that with: horizon shared grant",
            )
        return StoreFault(
            f"{self.describe()} does not take this from {self.member.login}: what an account "
            "records goes under its own name, and its rights may have changed. Nothing was saved. "
            "Close the register and open it again."
        )

    def empty(self, seqs: Collection[int]) -> None:
        """Empty salt and data of these events, and make the tables again without them.

        Only events that an erasure in the chain names can be emptied, and only by an
        administrator. Raises `BadInput` for an event that is not there and `StoreFault`.
        """
        if self.read_only:
            raise StoreFault(self.read_only)
        wanted = sorted(set(seqs))
        given = (self.force, wanted)

        def work(connection: Connection) -> None:
            there = connection.execute(
                b"select seq from horizon.event where force = %s and seq = any(%s)", given
            ).fetchall()
            if missing := set(wanted) - {row[0] for row in there}:
                named = ", ".join(str(seq) for seq in sorted(missing))
                raise BadInput(f"There is no event {named} in the journal")
            connection.execute(b"select horizon.erase(%s, %s::bigint[])", given)
            left = connection.execute(
                b"select count(*) from horizon.event_data where force = %s and seq = any(%s)",
                given,
            ).fetchone()
            if left is not None and left[0]:
                raise StoreFault(
                    "The database did not empty these events: it takes an administrator, and an "
                    "event that says what is erased and why. Nothing was emptied."
                )
            from horizon.model.fold import fold

            state = fold(commit for _, commit in self._read_all(connection))
            rows.rewrite(connection, self.force, state, line=place(connection, self.force).line)

        with self.lock():
            self._doing(work)
        now = self._line.read(lambda connection: place(connection, self.force))
        self.generation = now.generation - self._base

    # Making the tables, and beginning from elsewhere

    def save_snapshot(self, tables: Tables) -> None:
        """The tables are saved with every change."""

    def remake(self) -> None:
        """Make the tables again from the events. Raises `StoreFault`."""

        def work(connection: Connection) -> None:
            from horizon.model.fold import fold

            state = fold(commit for _, commit in self._read_all(connection))
            rows.rewrite(connection, self.force, state, line=place(connection, self.force).line)

        with self.lock():
            self._doing(work)

    def _doing(self, work: Callable[[Connection], None]) -> None:
        """Do something within the turn, and commit it. Raises `StoreFault`."""
        connection = self._line.open()
        try:
            work(connection)
            connection.execute(b"commit")
        except psycopg.Error as error:
            self._roll_back()
            raise StoreFault(trouble(self.server, error)) from None

    def _read_all(self, connection: Connection) -> Iterator[tuple[int, Commit]]:
        """The history as the transaction of this turn sees it. Raises `StoreFault`."""
        seq = 0
        while page := parts.page_after(connection, self.force, seq):
            for raw in page:
                examined = read_line(raw.content)
                if examined.commit is None or examined.findings:
                    raise StoreFault(
                        f"Line {raw.line} {examined.findings[0][1]}. Nothing was done. Find out "
                        "more with: horizon verify"
                    )
                yield raw.line, examined.commit
            seq = page[-1].last

    def bring(self, lines: Iterable[bytes]) -> None:
        """Begin with these lines, and with what they add up to, in one transaction.

        Only the owner of the tables can: an account records under its own name alone. Raises
        `StoreFault`.
        """
        state = State()

        def work(connection: Connection) -> None:
            if place(connection, self.force).seq:
                raise StoreFault(f"There is a register of {self.force} here already.")
            from horizon.model.fold import apply

            number = 0
            for batch in _batches(checked(lines), BATCH):
                insert_all(connection, self.force, number + 1, batch, bulk=True)
                number += len(batch)
                for _, commit in batch:
                    apply(state, commit)
            rows.rewrite(connection, self.force, state, line=number)

        with self.lock():
            self._doing(work)


def _batches(lines: Iterable[Whole], size: int) -> Iterator[list[Whole]]:
    source = iter(lines)
    while batch := list(islice(source, size)):
        yield batch


def _a(role: Role) -> str:
    return f"{'an' if role.value[0] == 'a' else 'a'} {role.value}"
