"""Style sheets that are read once for the colours of a theme."""

from __future__ import annotations

from textual.cache import LRUCache
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

_read: dict[frozenset[tuple[str, str]], LRUCache[tuple[object, ...], list[RuleSet]]] = {}
"""What was read, for each set of colours, by what it was read from."""


class Sheets(Stylesheet):
    """The styles of all screens. Textual reads every sheet there is again when a screen brings one
    of its own, and when the theme changes; here only what was not read before is."""

    def __init__(self, variables: dict[str, str]) -> None:
        super().__init__()
        self.set_variables(variables)

    def set_variables(self, variables: dict[str, str]) -> None:
        """Take other colours. What was read for the ones before is kept for when they return."""
        self._parse_cache = LRUCache(1)  # this one is emptied
        super().set_variables(variables)
        self._parse_cache = _read.setdefault(frozenset(variables.items()), LRUCache(1_000))

    def reparse(self) -> None:
        """Take what was added, or other colours, into the rules."""
        self.parse()
