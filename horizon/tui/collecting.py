"""Work in the background that makes a great many things, without holding up the keys.

Python now and then stops everything to look for what can be thrown away, and the more there is the
longer it looks: most of a second with a few hundred thousand things. While such work makes what
cannot be thrown away yet, nobody looks.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_lock = Lock()
_working = 0


@contextmanager
def uncollected(*, kept: bool) -> Iterator[None]:
    """Nobody looks for what can be thrown away meanwhile. What was made and is `kept` is never
    looked at again."""
    global _working
    with _lock:
        _working += 1
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            _working -= 1
            if kept:
                gc.freeze()
            if not _working:
                gc.enable()
