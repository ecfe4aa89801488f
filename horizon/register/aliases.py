"""The list of names that mean one technology: `aliases.toml`, as people edit it."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from horizon.framework.loading import shipped_folder
from horizon.model.errors import BadInput

FILE = "aliases.toml"

LISTS = ("names", "words", "makers")
"""Lists of lists: what stands in one list means the same, the first spelling is used."""

WORDS = ("vendors", "common")
"""Plain lists of words."""


@dataclass(frozen=True)
class Aliases:
    """Names, words and makers that mean the same, and words that say little.

    `names` maps a name, without spaces, to the first of its list; `words` a phrase, as a tuple of
    words, to the phrase used for it; `makers` a maker to the first of its names.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    makers: Mapping[str, str] = field(default_factory=dict)
    vendors: frozenset[str] = frozenset()
    common: frozenset[str] = frozenset()
    longest: int = 1

    def rewritten(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """The words with every phrase replaced by the one used for it, the longest first."""
        found: list[str] = []
        at = 0
        while at < len(words):
            for length in range(min(self.longest, len(words) - at), 0, -1):
                used = self.words.get(words[at : at + length])
                if used is not None:
                    found += used
                    at += length
                    break
            else:
                found.append(words[at])
                at += 1
        return tuple(found)


_SEPARATE = re.compile(r"[^a-z0-9+#]+")
_PREFIXED = re.compile(r"\b([a-z])-([a-z]{3,})")
_SPELT = str.maketrans({"’": "'", "´": "'", "‐": "-", "‑": "-"})


@lru_cache(maxsize=50_000)
def split(text: str) -> tuple[str, ...]:
    """The words of a name, as they are compared: no case, accents, apostrophes or punctuation.
    A letter before a hyphen belongs to the word after it (`e-mail`)."""
    plain = text.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
        plain = "".join(each for each in plain if not unicodedata.combining(each))
        plain = plain.translate(_SPELT)
    if "'" in plain or "`" in plain:
        plain = plain.replace("'", "").replace("`", "")
    if "&" in plain:
        plain = plain.replace("&", " and ")
    if "-" in plain:
        plain = _PREFIXED.sub(r"\1\2", plain)
    if plain.isascii():
        return tuple(filter(None, _SEPARATE.split(plain)))
    kept = "".join(each if each.isalnum() or each in "+#" else " " for each in plain)
    return tuple(kept.split())


def joined(text: str) -> str:
    """A name without what people spell differently, in one piece."""
    return "".join(split(text))


def aliases(folder: Path | None = None) -> Aliases:
    """The list that comes with Horizon, and what an aliases.toml in `folder` adds to it.

    Raises `BadInput` for a file that is there and cannot be understood.
    """
    own = folder / FILE if folder is not None else None
    if own is None or not own.is_file():
        return _shipped()
    return _of([_read(shipped_folder() / FILE), _read(own)])


@cache
def _shipped() -> Aliases:
    return _of([_read(shipped_folder() / FILE)])


def _read(path: Path) -> dict[str, Any]:
    try:
        table = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadInput(
            "This list of aliases cannot be read", where=str(path), why=str(error).splitlines()[0]
        ) from None
    for key, value in table.items():
        if key in LISTS:
            _check_lists(path, key, value)
        elif key in WORDS:
            _check_words(path, key, value)
        else:
            known = ", ".join((*LISTS, *WORDS))
            raise BadInput(f"There is no {key!r} here", where=str(path), do=f"Use one of {known}")
    return table


def _check_lists(path: Path, key: str, value: Any) -> None:
    if not isinstance(value, list):
        raise BadInput(f"{key} is not a list", where=str(path), do='Write [["one", "other"]]')
    for number, each in enumerate(value, start=1):
        if not isinstance(each, list) or len(each) < 2:
            raise BadInput(
                f"{key}, number {number}, does not hold two names or more",
                where=str(path),
                do='Write it as ["Kubernetes", "K8s"]',
            )
        _check_words(path, f"{key}, number {number},", each)


def _check_words(path: Path, key: str, value: Any) -> None:
    if not isinstance(value, list) or not all(isinstance(e, str) and split(e) for e in value):
        raise BadInput(
            f"{key} does not hold words alone", where=str(path), do='Write each as "words"'
        )


def _of(tables: Iterable[Mapping[str, Any]]) -> Aliases:
    every: dict[str, list[Any]] = {key: [] for key in (*LISTS, *WORDS)}
    for table in tables:
        for key, value in table.items():
            every[key] += value
    words = {split(other): split(group[0]) for group in every["words"] for other in group[1:]}
    for phrase in map(split, every["vendors"]):
        if len(phrase) > 1:
            words[phrase] = ("".join(phrase),)
    vendors = frozenset(joined(each) for each in every["vendors"])
    common = frozenset(joined(each) for each in every["common"])
    bare = [
        [*group, *(" ".join(_bare(each, vendors, common)) for each in group)]
        for group in every["names"]
    ]
    return Aliases(
        names=_groups(bare),
        words=words,
        makers=_groups(every["makers"]),
        vendors=vendors,
        common=common,
        longest=max(map(len, words), default=1),
    )


def _bare(name: str, vendors: frozenset[str], common: frozenset[str]) -> tuple[str, ...]:
    """A name without the maker at its front, where that leaves a name."""
    first, *rest = split(name)
    return tuple(rest) if first in vendors and not set(rest) <= common else split(name)


def _groups(groups: list[list[str]]) -> dict[str, str]:
    """Every name to the first of its list. Lists that share a name are one."""
    found: dict[str, str] = {}
    for group in groups:
        keys = [joined(each) for each in group]
        first = next((found[key] for key in keys if key in found), group[0])
        for key in keys:
            found[key] = first
    return found
