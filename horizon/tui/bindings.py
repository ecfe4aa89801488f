"""Every key of the app, screen by screen, for the list of names that keys can be given to."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module

from textual import binding
from textual.app import App
from textual.dom import DOMNode
from textual.keys import _character_to_key as character_to_key

import horizon.tui
from horizon.model.errors import BadInput


@dataclass(frozen=True, slots=True)
class Bound:
    """One key of one screen or widget: its name, what presses it, what it does."""

    place: str
    name: str
    keys: str
    words: str
    action: str


def every_binding() -> Iterator[Bound]:
    """The keys that the app's own classes bind, in the order of their names."""
    for each in _modules(horizon.tui.__name__, list(horizon.tui.__path__)):
        try:
            module = import_module(each)
        except ImportError:  # what it needs is not installed, so nothing of it can be pressed
            continue
        for found in vars(module).values():
            if (
                isinstance(found, type)
                and issubclass(found, DOMNode)
                and found.__module__ == module.__name__
            ):
                yield from bound_in(found)


def _modules(package: str, path: list[str]) -> list[str]:
    return sorted(each.name for each in pkgutil.walk_packages(path, f"{package}."))


def bound_in(kind: type[DOMNode]) -> Iterator[Bound]:
    """The keys that a class binds itself."""
    for each in vars(kind).get("BINDINGS", ()):
        if isinstance(each, binding.Binding) and each.description:
            yield Bound(place_of(kind), each.id or "", each.key, each.description, each.action)


def place_of(kind: type[DOMNode]) -> str:
    """Where the keys of a class work, in words: `All conditions` for `AllConditionsScreen`."""
    if issubclass(kind, App):
        return "Everywhere"
    words = re.findall(r"[A-Z][a-z]*", kind.__name__.removesuffix("Screen"))
    return " ".join(words).capitalize()


def bound_together(kinds: Iterable[type[DOMNode]]) -> list[Bound]:
    """What these classes bind, with what they inherit."""
    bases = dict.fromkeys(base for kind in kinds for base in kind.__mro__)
    return [each for base in bases if issubclass(base, DOMNode) for each in bound_in(base)]


def clashes(own: Mapping[str, str], found: Sequence[Bound]) -> Iterator[tuple[str, Bound]]:
    """Keys of one's own that something else is pressed by, among what is bound together: the name
    that has the key now, and what it was of. What has a key of one's own too is no clash."""
    here = {each.name for each in found}
    for name, keys in own.items():
        wanted = {long_form(key) for key in keys.split(",")}
        for each in found:
            if name in here and each.name not in own and wanted & set(each.keys.split(",")):
                yield name, each
                break


def long_form(key: str) -> str:
    """A key as Textual names it: `slash` for `/`."""
    return character_to_key(key) if len(key) == 1 else key


def refuse_unknown(given: dict[str, str], where: str) -> None:
    """Raise `BadInput` for a name that no key has."""
    known = {each.name for each in every_binding()}
    for name in given:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            do = f"Did you mean {near[0]}?" if near else "See: horizon keys"
            raise BadInput(f"Nothing is called {name!r}", where=where, do=do)
