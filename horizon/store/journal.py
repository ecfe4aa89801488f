"""The journal's file: lines are added at its end, and only an erasure ever rewrites it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from horizon.model.errors import StoreFault
from horizon.store import disk

BLOCK = 1 << 18
"""Bytes read at once on the way back through the file."""


class Identity(NamedTuple):
    """What one look at the file tells: enough to see that it grew or was replaced."""

    size: int
    mtime_ns: int
    inode: int
    device: int

    @classmethod
    def of(cls, stat: os.stat_result) -> Identity:
        return cls(stat.st_size, stat.st_mtime_ns, stat.st_ino, stat.st_dev)

    def is_same_file(self, other: Identity) -> bool:
        return (self.inode, self.device) == (other.inode, other.device)


class UnsureOfDisk(StoreFault):
    """The disk could not say whether a line was kept. Nothing more may be written until the
    register is opened again."""


class JournalFile:
    """The file at `path`. Others may put another in its place at any time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._name = os.fspath(path)
        self._handle: int | None = None

    def close(self) -> None:
        """Let go of the file."""
        handle, self._handle = self._handle, None
        if handle is not None:
            with contextlib.suppress(OSError):
                os.close(handle)

    __del__ = close

    def look(self) -> Identity | None:
        """The file's identity, by one stat; `None` when there is no file."""
        try:
            return Identity.of(os.stat(self._name))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._unreadable(error) from None

    def lines(self, offset: int = 0) -> Iterator[bytes]:
        """The lines from `offset` on with their newlines; the last may lack it."""
        try:
            with open(self.path, "rb") as file:
                file.seek(offset)
                yield from file
        except OSError as error:
            raise self._unreadable(error) from None

    def backwards(self, end: int) -> Iterator[tuple[int, bytes]]:
        """The lines before `end`, where one ends, the last one first: where each begins, and the
        line without its newline."""
        try:
            with open(self.path, "rb") as file:
                rest, at = b"", end
                while at > 0:
                    start = max(0, at - BLOCK)
                    file.seek(start)
                    block = file.read(at - start) + rest
                    at = start
                    first = block.find(b"\n") + 1 if start else 0
                    if start and not first:  # a line longer than a block
                        rest = block
                        continue
                    rest, behind = block[:first], start + len(block)
                    for line in reversed(block[first:].split(b"\n")[:-1]):
                        behind -= len(line) + 1
                        yield behind, line
        except OSError as error:
            raise self._unreadable(error) from None

    def line_at(self, offset: int) -> bytes:
        """The line that begins at `offset`, without its newline."""
        return next(self.lines(offset), b"").removesuffix(b"\n")

    def before(self, offset: int, length: int) -> bytes:
        """The `length` bytes that end at `offset`, or fewer; empty when the file is shorter."""
        try:
            with open(self.path, "rb") as file:
                if file.seek(0, os.SEEK_END) < offset:
                    return b""
                start = max(0, offset - length)
                file.seek(start)
                return file.read(offset - start)
        except OSError as error:
            raise self._unreadable(error) from None

    def whole(self) -> int:
        """Where the last whole line ends, in bytes from the beginning."""
        return sum(len(line) for line in self.lines() if line.endswith(b"\n"))

    def append(self, line: bytes, offset: int, seen: Identity | None) -> Identity:
        """Add `line` at `offset`, the end of the file, and wait until it is on the disk.

        `seen` is what the file was just now; gives what it is after.
        The bytes are read back before this returns. Raises `StoreFault`, and then the file ends
        at `offset` again; `UnsureOfDisk` when the disk could not tell.
        """
        content = line + b"\n"
        handle, size = self._open(seen)
        try:
            if size != offset:
                raise StoreFault(
                    f"{self.path.name} was written to by something else at this moment. "
                    "Nothing was saved. Try again."
                )
            try:
                self._write(handle, content, offset)
            except BaseException:
                self._cut(handle, offset, len(content))
                raise
            return Identity.of(os.fstat(handle))
        except BaseException:
            self.close()
            raise
        finally:
            if os.name == "nt":
                self.close()  # a file that is open cannot be replaced there

    def _open(self, seen: Identity | None) -> tuple[int, int]:
        """The handle for writing and the file's size; opened anew for a file not seen before."""
        if self._handle is not None:
            now = Identity.of(os.fstat(self._handle))
            if seen is not None and seen.is_same_file(now):
                return self._handle, now.size
            self.close()
        try:
            flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | disk.FLAGS
            self._handle = os.open(self._name, flags, 0o666)
            return self._handle, os.fstat(self._handle).st_size
        except OSError as error:
            raise self._unwritten(error) from None

    def _write(self, handle: int, content: bytes, offset: int) -> None:
        try:
            disk.write_all(handle, content)
        except OSError as error:
            raise self._unwritten(error) from None
        try:
            disk.sync(handle)
            if offset == 0:
                disk.sync_folder(self.path.parent)
        except OSError as error:
            # What is on the disk now is unknown, and a second fsync would report success
            # for pages that the first one gave up.
            raise UnsureOfDisk(
                f"The change could not be confirmed on the disk and was not saved: {self.path}: "
                f"{disk.why(error)}. Then close the register and open it again."
            ) from None
        if _read(handle, offset, len(content)) != content:
            raise UnsureOfDisk(
                f"Something else wrote to {self.path.name} at the same moment, so the change was "
                "not saved. Close the register and open it again."
            )

    def _cut(self, handle: int, offset: int, length: int) -> None:
        """Take back a line that was not kept, unless others have written behind it."""
        with contextlib.suppress(OSError):
            if os.fstat(handle).st_size <= offset + length:
                os.ftruncate(handle, offset)

    def set_aside(self, offset: int) -> Path:
        """Move what follows `offset`, the end of the last whole line, to a file beside.

        Raises `StoreFault`.
        """
        aside = disk.beside(self.path.with_name(self.path.name.removesuffix(".jsonl")), "torn")
        try:
            torn = b"".join(self.lines(offset))
            if b"\n" in torn:
                raise StoreFault(f"{self.path.name} grew meanwhile. Nothing was saved. Try again.")
            disk.replace(aside, [torn])
            handle = os.open(self.path, os.O_RDWR | disk.FLAGS)
            try:
                os.ftruncate(handle, offset)
                disk.sync(handle)
            finally:
                os.close(handle)
        except OSError as error:
            raise self._unwritten(error) from None
        return aside

    def rewrite(self, lines: Iterable[bytes]) -> None:
        """Put these lines (with their newlines) in the place of the whole file. For erasures."""
        try:
            disk.replace(self.path, lines)
        except OSError as error:
            raise self._unwritten(error) from None

    def _unwritten(self, error: OSError) -> StoreFault:
        return StoreFault(f"Nothing was saved: {self.path}: {disk.why(error)}.")

    def _unreadable(self, error: OSError) -> StoreFault:
        return StoreFault(f"{self.path} cannot be read: {disk.why(error)}.")


if hasattr(os, "pread"):
    _read_at = os.pread
else:

    def _read_at(handle: int, length: int, offset: int, /) -> bytes:
        os.lseek(handle, offset, os.SEEK_SET)
        return os.read(handle, length)


def _read(handle: int, offset: int, length: int) -> bytes:
    found = _read_at(handle, length, offset)
    while len(found) < length and (
        more := _read_at(handle, length - len(found), offset + len(found))
    ):
        found += more
    return found
