"""Why two names are alike, in words that are true of the names as they are written."""

from __future__ import annotations

import re

from horizon.model.wording import listed
from horizon.register.aliases import joined, split
from horizon.register.naming import Reading

SAME = "same"
"""Stands for the reason that the words which count are the same."""

NEARLY = "nearly the same"
NEARLY_SPELT = "spelt nearly alike"

LIKELIEST = 98
"""The most that two names can score which are not written alike."""

LEAST = 84
"""The least that the words alone in which two names differ bring a score down to."""

_BRACKETS = re.compile(r"[()\[\]]")
_PIECE = re.compile(r"[(\[][^()\[\]]*[)\]]|[^\s()\[\]]+")


def why_alike(why: str, one: Reading, other: Reading) -> str:
    """The reason found for two readings, said of the names that they are read from."""
    if why == SAME:
        return _same(one.said, other.said)
    if why not in (NEARLY, NEARLY_SPELT):
        return why
    pair = f"{one.text!r} and {other.text!r}"
    if one.said != one.text or other.said != other.text:
        return f"parts of the names that are {why}, {pair}"
    return f"nearly the same name, {pair}" if why == NEARLY else f"names that are {why}, {pair}"


def ceiling(one: Reading, other: Reading) -> int:
    """The most that two names can score: 100 only where they are written alike."""
    if joined(one.said) == joined(other.said):
        return 100
    return max(LEAST, LIKELIEST - 2 * sum(map(len, _apart(one.said, other.said))))


def _same(one: str, other: str) -> str:
    if joined(one) == joined(other):
        alike = one.casefold() == other.casefold()
        return f"the same name, {one!r}" if alike else f"the same name, {one!r} and {other!r}"
    left, right = _apart(one, other)
    if not left and not right:
        return f"the same words in another order, {one!r} and {other!r}"
    if len(left) == len(_pieces(one)) and len(right) == len(_pieces(other)):
        return _of_brackets(one, other)
    apart = [repr(" ".join(each)) for each in (left, right) if each]
    return f"names that are the same but for {listed(apart)}"


def _of_brackets(one: str, other: str) -> str:
    """Of names of which one may stand in the brackets of the other."""
    bare, other_bare = (_BRACKETS.sub(" ", each) for each in (one, other))
    left, right = _apart(bare, other_bare)
    if len(left) == len(_pieces(bare)) and len(right) == len(_pieces(other_bare)):
        return f"{one!r} and {other!r} count as the same name"
    return _same(" ".join(bare.split()), " ".join(other_bare.split()))


def _apart(one: str, other: str) -> tuple[list[str], list[str]]:
    """What is written in each name and not in the other: words, and whole brackets."""
    here, there = _pieces(one), _pieces(other)
    return _left(here, there), _left(there, here)


def _pieces(name: str) -> list[str]:
    """The words of a name as they are written; a bracket with all its words is one."""
    pieces: list[str] = []
    for piece in _PIECE.findall(name):
        between = re.split(r"(?<=\w\w)[-/](?=\w)", piece) if piece[0] not in "([" else [piece]
        pieces += [each.strip(",:;–—|") for each in between if split(each)]
    return pieces


def _left(here: list[str], there: list[str]) -> list[str]:
    """The pieces of `here` that are not in `there`, in order."""
    known = [joined(each) for each in there]
    left: list[str] = []
    for piece in here:
        key = joined(piece)
        if key in known:
            known.remove(key)
        else:
            left.append(piece)
    return left
