"""One writer at a time: between threads of this process, and between processes."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
import weakref
from pathlib import Path

from horizon.model.errors import StoreFault
from horizon.store.disk import FLAGS, why

WAIT = 10.0
"""Seconds to wait for somebody else's change to end before giving up."""

_TURN = 0.005
"""Seconds between two tries."""

if sys.platform == "win32":
    import portalocker

    def _lock(handle: int) -> bool:
        """Lock without waiting; whether that worked. Raises `OSError` where locks are unknown."""
        try:
            portalocker.lock(handle, portalocker.LOCK_EX | portalocker.LOCK_NB)
        except portalocker.AlreadyLocked:
            return False
        except portalocker.LockException as error:
            raise OSError(str(error)) from None
        return True

    def _unlock(handle: int) -> None:
        with contextlib.suppress(portalocker.LockException):
            portalocker.unlock(handle)

else:
    # portalocker calls flock here too; the wrapping costs a tenth of a whole durable change.
    import fcntl

    def _lock(handle: int) -> bool:
        """Lock without waiting; whether that worked. Raises `OSError` where locks are unknown."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            return False
        return True

    def _unlock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)


_HOLDER_AT = 1
"""The holder's name begins here: byte 0 is what Windows locks, and cannot be read meanwhile."""


class WriteLock:
    """The advisory lock of one register, shared by everything in this process that opens it.

    `notice` says so when the folder does not keep locks (some network shares accept a lock and
    then ignore it). `turn` counts how often this process has taken it. The lock file is never
    deleted: two processes must never lock two files.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._name = os.fspath(path)
        self.notice = ""
        self.turn = 0
        self._probed = False
        self._handle: int | None = None
        self._file = (0, 0)
        self._signed = 0
        self._begin()

    def _begin(self) -> None:
        self._threads = threading.RLock()
        self._depth = self._owner = 0

    @property
    def is_held(self) -> bool:
        """Whether this thread holds the lock."""
        return self._depth > 0 and self._owner == threading.get_ident()

    def __enter__(self) -> None:
        """Hold the lock. Raises `StoreFault` when others keep it for longer than `WAIT`."""
        if not self._threads.acquire(blocking=False) and not self._threads.acquire(timeout=WAIT):
            raise StoreFault(
                f"Another part of this program has been changing {self.path.name} for more than "
                f"{WAIT:.0f} seconds. Nothing was saved. Try again in a moment."
            )
        if self._depth == 0:
            try:
                self._take(WAIT)
            except BaseException:
                self._threads.release()
                raise
            self.turn += 1
            self._owner = threading.get_ident()
        self._depth += 1

    def __exit__(self, *_: object) -> None:
        self._depth -= 1
        if self._depth == 0:
            self._let_go()
        self._threads.release()

    def _take(self, wait: float) -> None:
        until = time.monotonic() + wait
        while True:
            handle = self._open()
            while not self._locked(handle):
                if time.monotonic() > until:
                    raise StoreFault(
                        f"The register is being changed by {self._holder()} and has been for "
                        f"more than {wait:.0f} seconds. Nothing was saved. Try again in a moment."
                    )
                time.sleep(_TURN)
            try:
                now = os.stat(self._name)
            except OSError:
                now = None
            if now is not None and (now.st_ino, now.st_dev) == self._file:
                break
            self.close()  # somebody deleted the file: what was locked is not what others lock
        if not self._probed:
            self._probed = True
            self._probe()
        if now.st_mtime_ns != self._signed:
            self._sign(handle)

    def _open(self) -> int:
        if self._handle is None:
            try:
                self._handle = os.open(self.path, os.O_RDWR | os.O_CREAT | FLAGS, 0o666)
            except OSError as error:
                raise StoreFault(
                    f"The register cannot be locked for a change: {self.path}: {why(error)}."
                ) from None
            opened = os.fstat(self._handle)
            self._file, self._signed = (opened.st_ino, opened.st_dev), 0
        return self._handle

    def _let_go(self) -> None:
        if self._handle is not None:
            try:
                _unlock(self._handle)
            except OSError:
                self.close()

    def close(self) -> None:
        """Let go of the lock file itself."""
        handle, self._handle = self._handle, None
        if handle is not None:
            with contextlib.suppress(OSError):
                os.close(handle)

    def after_fork(self) -> None:
        """In a child process: what the parent holds is not held here, nor is its handle ours."""
        self.close()
        self._begin()

    __del__ = close

    def _locked(self, handle: int) -> bool:
        try:
            return _lock(handle)
        except OSError:
            self._warn()  # the folder knows no locks at all
            return True

    def _probe(self) -> None:
        """Try to lock again through a second handle while the first holds: that must fail."""
        second = os.open(self.path, os.O_RDWR | FLAGS)
        try:
            if _lock(second):
                self._warn()
        except OSError:
            return
        finally:
            os.close(second)

    def _warn(self) -> None:
        self.notice = (
            f"The folder {self.path.parent} does not keep file locks, so two people changing the "
            "register at the same moment cannot be kept apart. Let one person change it at a time."
        )

    def _sign(self, handle: int) -> None:
        """Leave word of who holds the lock, for those who wait. Failing at that is no matter."""
        name = _signature()
        with contextlib.suppress(OSError):
            os.lseek(handle, 0, os.SEEK_SET)
            os.write(handle, b"\n" + name)
            os.ftruncate(handle, _HOLDER_AT + len(name))
            self._signed = os.fstat(handle).st_mtime_ns

    def _holder(self) -> str:
        with contextlib.suppress(OSError), open(self.path, "rb") as file:
            file.seek(_HOLDER_AT)
            return file.read(200).decode("utf-8", "replace").strip() or "someone else"
        return "someone else"


_signatures: dict[int, bytes] = {}


def _signature() -> bytes:
    process = os.getpid()
    if process not in _signatures:
        import getpass
        import socket

        try:
            user = getpass.getuser()
        except (OSError, KeyError):
            user = "someone"
        words = f"{user} on {socket.gethostname()} (process {process})"
        _signatures[process] = words.encode("utf-8", "replace")
    return _signatures[process]


_locks: weakref.WeakValueDictionary[Path, WriteLock] = weakref.WeakValueDictionary()
_guard = threading.Lock()


def lock_for(path: Path) -> WriteLock:
    """The one lock that this process has for the lock file at `path`, while anyone uses it."""
    with _guard:
        lock = _locks.get(path)
        if lock is None:
            lock = _locks[path] = WriteLock(path)
        return lock


def _after_fork() -> None:
    global _guard
    _guard = threading.Lock()
    for lock in list(_locks.values()):
        lock.after_fork()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
