"""Getting bytes onto the disk for good, and saying in plain words when that fails."""

from __future__ import annotations

import contextlib
import errno
import glob
import os
import stat
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

FLAGS = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOINHERIT", 0)
"""For every file opened here: bytes as they are, and no child process inherits the handle."""

_DATA_ALONE = hasattr(os, "fdatasync")
_NO_FOLDER_SYNC = {errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EBADF}

_WINDOWS_BUSY = {5, 32, 33}
"""Access denied, sharing violation, lock violation: a scanner holds the file for a moment."""

_WORDS = {
    errno.ENOSPC: "the disk is full. Free some space",
    errno.EDQUOT: "your share of the disk is used up. Free some space",
    errno.EFBIG: "the file has reached the largest size that is allowed here",
    errno.EROFS: "the disk can only be read. Ask for the right to write there",
    errno.EACCES: "you do not have the right to write there. Ask for it, or use another folder",
    errno.EPERM: "you do not have the right to write there. Ask for it, or use another folder",
    errno.ENOENT: "it is not there. Check that the folder or network drive is connected",
    errno.EISDIR: "it is a folder. Name a file in it",
    errno.EIO: "the disk or network drive reports an error. Check the disk and the connection",
    errno.ESTALE: "the network drive has lost the file. Check the connection",
}


def why(error: OSError) -> str:
    """What an operating system error means, with what to do, without a full stop."""
    return _WORDS.get(error.errno or 0, (error.strerror or str(error)).lower())


def refuse_no_name(path: Path) -> None:
    """Raise `OSError` for what no file can be called: the system takes no name with NUL in it."""
    if "\0" in str(path):
        raise OSError(errno.EINVAL, "no file can have that name")


def refuse_device(path: Path) -> None:
    """Raise `OSError` for a device, such as /dev/null: reading one may never end, and writing would
    put a file in its place. Raise it too for what cannot be the name of a file."""
    refuse_no_name(path)
    try:
        mode = os.stat(path).st_mode
    except OSError:
        return
    if stat.S_ISCHR(mode) or stat.S_ISBLK(mode):
        raise OSError(errno.EINVAL, "It is a device and not a file")


def sync(handle: int) -> None:
    """Wait until everything written to `handle` is on the disk. Raises `OSError`."""
    if sys.platform == "darwin":
        import fcntl

        # fsync leaves the data in the drive's own memory there.
        fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
    elif _DATA_ALONE:
        os.fdatasync(handle)
    else:
        os.fsync(handle)


def sync_folder(folder: Path) -> None:
    """Wait until the names in `folder` are on the disk, where the system can do that."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY | FLAGS)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        os.close(handle)


def write_all(handle: int, content: bytes) -> None:
    """Write all of `content`, however many calls that takes. Raises `OSError`."""
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(handle, rest) :]


def replace(path: Path, chunks: Iterable[bytes]) -> None:
    """Put a file of these bytes in the place of `path`: the old one or the new one, never half.

    Temporary file in the same folder, sync, rename, sync of the folder. The mode of the file is
    kept. Raises `OSError`; the old file is then as it was. To be called with the lock held, as
    it clears away what a killed process left of an earlier try.
    """
    prefix, suffix = f".{path.name}.", ".tmp"
    for left in path.parent.glob(f"{glob.escape(prefix)}*{suffix}"):
        with contextlib.suppress(OSError):
            left.unlink()
    handle, name = tempfile.mkstemp(prefix=prefix, suffix=suffix, dir=path.parent)
    try:
        try:
            for chunk in chunks:
                write_all(handle, chunk)
            sync(handle)
            _keep_mode(handle, path)
        finally:
            os.close(handle)
        _rename(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
    sync_folder(path.parent)


def _keep_mode(handle: int, path: Path) -> None:
    """Give the new file the mode and group of the old one, or those of an ordinary new file."""
    if os.name == "nt":
        return
    try:
        old = path.stat()
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        os.fchmod(handle, 0o666 & ~mask)
        return
    with contextlib.suppress(OSError):
        os.fchown(handle, -1, old.st_gid)
    with contextlib.suppress(OSError):
        os.fchmod(handle, old.st_mode & 0o7777)


def _rename(name: str, path: Path) -> None:
    wait = 0.01
    while True:
        try:
            os.replace(name, path)
            return
        except PermissionError as error:
            if getattr(error, "winerror", None) not in _WINDOWS_BUSY or wait > 1.5:
                raise
            time.sleep(wait)
            wait *= 2


def beside(path: Path, word: str) -> Path:
    """A name beside `path` that nothing has yet: `register.json.damaged-20261124T093000Z`."""
    stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    free = path.with_name(f"{path.name}.{word}-{stamp}")
    count = 1
    while free.exists():
        count += 1
        free = path.with_name(f"{path.name}.{word}-{stamp}-{count}")
    return free
