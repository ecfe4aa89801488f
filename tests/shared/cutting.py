"""A wire between Horizon and a server that can be cut at a chosen moment."""

from __future__ import annotations

import contextlib
import select
import shutil
import socket
import tempfile
import threading
from collections.abc import Callable
from enum import Enum
from pathlib import Path

COMMIT = b"commit"


class Moment(Enum):
    """When the wire is cut, next time a change is committed."""

    BEFORE = "before the commit reaches the server"
    DURING = "with half of the commit on its way"
    AFTER = "after the commit, before its answer"


class Wire:
    """Passes on what both sides say, until it is to be cut.

    `meanwhile` is called when the server has lost Horizon, and Horizon does not know yet;
    `is_down` keeps new connections from being made.
    """

    def __init__(self, to: Path) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="hz-wire-", dir="/tmp"))
        self.is_down = False
        self.cut_at: Moment | None = None
        self.meanwhile: Callable[[], object] = lambda: None
        self._to = str(to / ".s.PGSQL.5432")
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(self.folder / ".s.PGSQL.5432"))
        self._listening.listen(16)
        self._open: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listening.close()
        self.cut()
        shutil.rmtree(self.folder, ignore_errors=True)

    def cut(self) -> None:
        """Cut every connection, without a word to either side."""
        held, self._open = self._open, []
        for each in held:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            if self.is_down:
                near.close()
                continue
            far = socket.socket(socket.AF_UNIX)
            try:
                far.connect(self._to)
            except OSError:
                near.close()
                continue
            self._open += [near, far]
            self._pass_on(near, far)

    def _pass_on(self, near: socket.socket, far: socket.socket) -> None:
        lost = threading.Event()

        def there() -> None:
            with contextlib.suppress(OSError):
                while said := near.recv(1 << 16):
                    if self.cut_at is not None and COMMIT in said.lower():
                        moment, self.cut_at = self.cut_at, None
                        lost.set()  # what the server answers does not come back
                        if moment is Moment.DURING:
                            far.sendall(said[: len(said) // 2])
                        if moment is Moment.AFTER:
                            far.sendall(said)
                            _hear_out(near, far)
                        self._end(far)
                        self.meanwhile()
                        self.cut()
                        return
                    far.sendall(said)
            self._end(near, far)

        def back() -> None:
            with contextlib.suppress(OSError, ValueError):
                while not lost.is_set() and (said := _heard(far, lost)):
                    near.sendall(said)
            if not lost.is_set():
                self._end(near, far)

        threading.Thread(target=there, daemon=True).start()
        threading.Thread(target=back, daemon=True).start()

    def _end(self, *sockets: socket.socket) -> None:
        for each in sockets:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


READY = b"Z\x00\x00\x00\x05I"
"""How a server says that all is done and no transaction is open."""


def _hear_out(near: socket.socket, far: socket.socket) -> None:
    """Pass on the rest of what was asked, and keep the answer until it is complete."""
    heard = b""
    while not heard.endswith(READY):
        readable, _, _ = select.select([near, far], [], [], 5)
        assert readable, "the server did not answer"
        if near in readable:
            far.sendall(near.recv(1 << 16))
        if far in readable:
            heard += far.recv(1 << 16)


def _heard(far: socket.socket, lost: threading.Event) -> bytes:
    """What the server says, unless the wire is being cut: then nothing is taken from it."""
    while not lost.is_set():
        readable, _, _ = select.select([far], [], [], 0.05)
        if readable and not lost.is_set():
            return far.recv(1 << 16)
    return b""
