"""The connection to a database: made anew when it was lost, and its errors in plain words."""

from __future__ import annotations

import contextlib
import logging
import random
import time
from collections.abc import Callable
from typing import TypeVar

import psycopg
from psycopg import errors
from psycopg.rows import TupleRow

from horizon.model.errors import StoreFault
from horizon.store.places import Server

# What the library has to say about a connection it gave up goes nowhere: the screen is the app's.
logging.getLogger("psycopg").addHandler(logging.NullHandler())

Connection = psycopg.Connection[TupleRow]
Result = TypeVar("Result")

PATIENCE = 3
"""Seconds to wait for an answer when connecting."""

WAIT = 10.0
"""Seconds in which something is tried again that the database could not fit in among others."""

TRIES = 5
"""How often a change is tried whose end nobody saw."""

NOT_FITTED_IN = (errors.SerializationFailure, errors.DeadlockDetected)
"""Errors after which the same may simply be tried again."""

IDLE = psycopg.pq.TransactionStatus.IDLE

PAUSES = (5.0, 10.0, 30.0)
"""Seconds between two tries to get a lost connection back, longer each time."""

SETUP = (
    "set client_encoding = 'UTF8'",
    "set lock_timeout = '10s'",
    "set idle_in_transaction_session_timeout = '60s'",
    "set default_transaction_isolation = 'read committed'",
)
"""So that nobody waits for ever, and nobody who went away keeps others waiting."""


def is_lost(error: BaseException, connection: Connection | None = None) -> bool:
    """Whether the connection is gone, so that nobody knows what became of what was asked last."""
    if connection is not None and (connection.closed or connection.broken):
        return True
    return isinstance(error, errors.AdminShutdown | errors.CrashShutdown | errors.CannotConnectNow)


class Line:
    """One connection to the database of `server`, opened when it is first needed."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._connection: Connection | None = None
        self._tries = 0
        self._not_before = 0.0

    @property
    def may_try(self) -> bool:
        """Whether it is open, or it is time to try again."""
        held = self._connection
        return (held is not None and not held.closed) or time.monotonic() >= self._not_before

    def open(self) -> Connection:
        """The connection. Raises `StoreFault` when there can be none."""
        held = self._connection
        if held is not None and not held.closed and not held.broken:
            return held
        self.close()
        try:
            made = psycopg.connect(
                self.server.conninfo,
                autocommit=True,
                connect_timeout=PATIENCE,
                keepalives_idle=10,
                keepalives_interval=5,
                keepalives_count=3,
                tcp_user_timeout=15_000,
                application_name="horizon",
            )
            for statement in SETUP:
                made.execute(statement.encode())
        except psycopg.Error as error:
            self._not_before = time.monotonic() + PAUSES[min(self._tries, len(PAUSES) - 1)]
            self._tries += 1
            raise StoreFault(unreachable(self.server, error)) from None
        self._tries = 0
        self._connection = made
        return made

    def read(self, work: Callable[[Connection], Result]) -> Result:
        """What `work` reads; asked again when the connection turns out to be gone, or others came
        between.

        Within a transaction it is asked once: what came before is gone with it. Raises
        `StoreFault`.
        """
        connection = self.open()
        may_ask_again = connection.info.transaction_status is IDLE
        until, lost_before = time.monotonic() + WAIT, False
        while True:
            try:
                return work(self.open())
            except psycopg.Error as error:
                lost = is_lost(error, self._connection)
                crowded = isinstance(error, NOT_FITTED_IN) and time.monotonic() < until
                if not may_ask_again or not (crowded or (lost and not lost_before)):
                    raise StoreFault(trouble(self.server, error)) from None
                if lost:
                    lost_before = True
                    self.close()
                else:
                    self.roll_back()
                    time.sleep(random.uniform(0, 0.02))

    def roll_back(self) -> None:
        """End a transaction that was not committed; what it had written is gone."""
        held = self._connection
        if held is None:
            return
        try:
            if held.info.transaction_status is not IDLE:
                held.execute(b"rollback")
        except psycopg.Error:
            self.close()

    def close(self) -> None:
        """Let go of the connection."""
        held, self._connection = self._connection, None
        if held is not None:
            with contextlib.suppress(psycopg.Error):
                held.close()


def _said(error: psycopg.Error) -> str:
    """What the server or its library said, on one line and without its own hints."""
    if error.diag.message_primary:
        return error.diag.message_primary
    lines = [each.strip() for each in str(error).splitlines() if each.strip()]
    return lines[0] if lines else type(error).__name__


def unreachable(server: Server, error: psycopg.Error) -> str:
    """Why there is no connection, and what to do."""
    said = str(error).casefold()
    name = server.name
    if "password authentication failed" in said or "no password supplied" in said:
        return (
            f"{name} does not accept the password. It may have been changed: put the new one into "
            "~/.pgpass or PGPASSWORD, or ask whoever looks after the database."
        )
    if "does not exist" in said and "role" in said:
        return (
            f"{name} does not know you: {_said(error)}. Ask for the right to use the register: "
            "horizon shared grant"
        )
    if "does not exist" in said and "database" in said:
        return f"{name} is not there: {_said(error)}. Check the address."
    if "no pg_hba.conf entry" in said or "peer authentication failed" in said:
        return (
            f"{name} does not let you in from here: {_said(error)}. Ask whoever looks after the "
            "database."
        )
    if "too many connections" in said or "too many clients" in said:
        return f"{name} has no room for one more person at this moment. Try again later."
    if "starting up" in said or "shutting down" in said or "recovery" in said:
        return f"{name} is just starting or stopping. Nothing can be saved until it is up again."
    return (
        f"{name} cannot be reached. Nothing can be saved until it can be again. Check the network, "
        f"or ask whoever looks after the database. ({_said(error)})"
    )


def trouble(server: Server, error: psycopg.Error) -> str:
    """What went wrong with something asked of the database, and what to do."""
    if is_lost(error):
        return f"The connection to {server.name} was lost. Nothing was saved. Try again."
    if isinstance(error, errors.DiskFull) or "could not extend file" in str(error):
        return (
            f"Nothing was saved: the disk of {server.name} is full. Ask whoever looks after the "
            "database to free some space."
        )
    if isinstance(error, errors.LockNotAvailable):
        return (
            "The register is being changed by somebody else and has been for more than 10 seconds. "
            "Nothing was saved. Try again in a moment."
        )
    if isinstance(error, errors.ReadOnlySqlTransaction):
        return f"Nothing was saved: {server.name} can only be read at this moment. Try again later."
    if isinstance(error, errors.UndefinedTable | errors.InvalidSchemaName):
        return f"{server.name} holds no shared register. Make one with: horizon shared init"
    if isinstance(error, errors.InsufficientPrivilege):
        return (
            f"{server.name} does not let you do that: {_said(error)}. Ask for the right with: "
            "horizon shared grant"
        )
    if isinstance(error, psycopg.OperationalError):
        return f"{server.name} could not do that: {_said(error)}. Nothing was saved. Try again."
    return f"{server.name} refused that: {_said(error)}. Nothing was saved."
