"""Work that makes a great many things at once."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_lock = Lock()
_working = 0
_was_on = True


@contextmanager
def no_collecting() -> Iterator[None]:
    """Without the garbage collector: much is made here and nothing of it is garbage yet. Where
    several threads work so, it is on again, if it was, when the last of them is done."""
    global _working, _was_on
    with _lock:
        if not _working:
            _was_on = gc.isenabled()
        _working += 1
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            _working -= 1
            if not _working and _was_on:
                gc.enable()
