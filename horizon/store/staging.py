"""Files and folders in the making beside where they will stand, and what killed processes left.

Whoever makes one holds a lock on it until it stands in its place. The system lets go of the lock
when the process ends, however it ends. So what has the name of one and can be locked was left, and
may go; where locks are not kept, or on Windows, nothing is taken for left.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

from horizon.store.disk import FLAGS

SUFFIX = ".horizon.part"
OLD = ".old"
"""Ends the name of a folder that is put aside until the one in the making stands in its place."""

_OURS = re.compile(rf"\.(?P<name>.+)\.[a-z0-9_]{{8}}{re.escape(SUFFIX)}(?P<old>{re.escape(OLD)})?")


class Staged:
    """A new file or folder beside `path`, under a name of its own. Held until `let_go`."""

    def __init__(self, path: Path, *, folder: bool = False) -> None:
        """Raises `OSError` where none can be made."""
        prefix = f".{path.name}."
        self._held: list[int] = []
        while True:
            if folder:
                self.path = Path(tempfile.mkdtemp(SUFFIX, prefix, path.parent))
            else:
                handle, name = tempfile.mkstemp(SUFFIX, prefix, path.parent)
                os.close(handle)
                self.path = Path(name)
            self.hold(self.path)
            if self.path.exists():  # else another process took it for left, just before
                return
            self.let_go()

    def hold(self, path: Path) -> None:
        """Hold another one too."""
        handle = _held(path)
        if handle is not None:
            self._held.append(handle)

    def let_go(self) -> None:
        while self._held:
            os.close(self._held.pop())


def clear(folder: Path) -> None:
    """Remove what killed processes left in the making in a folder. What one had put aside goes back
    to its place where nothing stands there now. What cannot be removed stays."""
    with contextlib.suppress(OSError):
        for each in sorted(folder.iterdir()):
            match = _OURS.fullmatch(each.name)
            if match and _is_left(each):
                _remove(each, folder / match["name"] if match["old"] else each)


def _remove(left: Path, place: Path) -> None:
    if not place.exists():
        os.rename(left, place)
    elif left.is_dir():
        shutil.rmtree(left, ignore_errors=True)
    else:
        left.unlink(missing_ok=True)


if sys.platform == "win32":

    def _held(path: Path) -> int | None:
        """No handle: what is open cannot be moved to its place there."""
        return None

    def _is_left(path: Path) -> bool:
        return False

else:
    import fcntl

    def _held(path: Path) -> int | None:
        """A handle that keeps others from taking it for left, or `None` where that cannot be."""
        handle = None
        try:
            handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | FLAGS)
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if handle is not None:
                os.close(handle)
            return None
        return handle

    def _is_left(path: Path) -> bool:
        """Whether nobody holds it, as far as this folder keeps locks at all."""
        first = _held(path)
        if first is None:
            return False
        second = _held(path)
        os.close(first)
        if second is not None:
            os.close(second)
        return second is None
