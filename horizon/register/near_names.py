"""Names of people that nobody has yet and that are nearly somebody's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from horizon.register.reader import Reader
    from horizon.register.register import Register

NEW = "A new person"
"""What to answer of a name that is meant as it is written."""

LONG = 5
"""Letters of a word, at least, that may have two slips."""


def known_names(register: Reader) -> dict[str, str]:
    """Everybody's name, by how it is compared."""
    people = register.state.people.values()
    return {_key(each.name): each.name for each in people if not each.erased}


def slips(register: Reader, names: Iterable[str]) -> list[str]:
    """What to say of names that nobody has yet, and that are nearly somebody's."""
    known = known_names(register)
    new = (each for each in dict.fromkeys(names) if each not in register.state.people)
    return [said for each in new if (said := slip_in(each, known))]


def slip_in(name: str, known: Mapping[str, str]) -> str:
    """What to say of a name that none of the `known` is and one nearly is; empty otherwise."""
    near = nearest(name, known)
    return new_beside(name, near) if near else ""


def new_beside(name: str, near: str) -> str:
    """That nobody has a name which is nearly somebody's."""
    return f"{name} is new to the register, which knows {near}."


def is_known(name: str, known: Mapping[str, str]) -> bool:
    """Whether one of the `known` has this name."""
    return _key(name) in known


def nearest(name: str, known: Mapping[str, str]) -> str:
    """The known name that a name which nobody has is nearly; empty where there is none."""
    key = _key(name)
    if not key or key in known:
        return ""
    return next((known[each] for each in known if _is_near(key, each)), "")


def of_new(register: Register, before: Mapping[str, str]) -> str:
    """What to say of those whose names have come in since `before`; empty where none has."""
    own = register.person_id
    new = sorted(
        each.name
        for each in register.state.people.values()
        if _key(each.name) not in before and each.id != own and not each.erased
    )
    said = [slip_in(each, before) for each in new]
    plain = ", ".join(name for name, slip in zip(new, said, strict=True) if not slip)
    parts = [each for each in said if each]
    parts += [f"New in the register: {plain}."] if plain else []
    return " ".join([*parts, "Is that how it is spelt?"]) if parts else ""


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


def _is_near(one: str, other: str) -> bool:
    """Whether two names are one slip of a key apart, or one in each word, or two in one long
    word."""
    from rapidfuzz.distance import OSA

    if OSA.distance(one, other, score_cutoff=1) <= 1:
        return True
    words, others = one.split(), other.split()
    if len(words) != len(others):
        return False
    apart = [pair for pair in zip(words, others, strict=True) if pair[0] != pair[1]]
    if len(apart) == 1:
        return _is_near_word(*apart[0])
    return all(a[0] == b[0] and OSA.distance(a, b, score_cutoff=1) <= 1 for a, b in apart)


def _is_near_word(one: str, other: str) -> bool:
    from rapidfuzz.distance import OSA

    long = min(len(one), len(other)) >= LONG
    return long and one[0] == other[0] and OSA.distance(one, other, score_cutoff=2) <= 2
