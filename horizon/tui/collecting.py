"""Throwing away what is not needed any more, without holding up the keys.

Python now and then stops everything to look for what can be thrown away, and the more there is the
longer it looks: most of a second with a few hundred thousand things. So it looks often at what is
new, and at everything only while nobody presses a key. While work in the background makes what
cannot be thrown away yet, nobody looks.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from textual._styles_cache import StylesCache

from horizon.model.collecting import no_collecting

NEW, YOUNG, OLD = 5_000, 4, 500
"""After how many new things Python looks at those, after how many such looks at what outlived
them, and after how many of these at everything: at most some 10 ms, and in practice never."""

MUCH = 3
"""Looks at what is new, after which it is worth while to look at everything."""


@contextmanager
def uncollected(*, kept: bool) -> Iterator[None]:
    """Nobody looks for what can be thrown away meanwhile. What was made and is `kept` is never
    looked at again."""
    with no_collecting():
        try:
            yield
        finally:
            if kept:
                gc.freeze()


def collect_seldom() -> None:
    """Never look at what is there now: opening a form makes as much as would set off a look at
    everything, for which every key waits."""
    gc.freeze()
    gc.set_threshold(NEW, YOUNG, OLD)


def tidy() -> None:
    """Throw away what is left of screens that were left. For when nobody presses a key: it takes
    some 10 to 80 ms, or nothing where little was made."""
    _, looks, all_looks = gc.get_count()
    if gc.isenabled() and (looks >= MUCH or all_looks):
        # Textual remembers the colours of the last 1,000 widgets, and with them all they drew.
        StylesCache.get_inner_outer.cache_clear()
        gc.collect()
