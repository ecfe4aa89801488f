"""How alike two names are, each read in one way: a score from 0 to 100, and why.

Names of the same words score highest, then names that one can come from the other by: initials,
another ending, a slip in a long word. What one says and the other does not counts against them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from horizon.register.name_reasons import NEARLY, NEARLY_SPELT, SAME
from horizon.register.naming import Reading

EXTENDED = 72
"""The most that a name with another word in it can score: `TensorFlow Privacy` is not
`TensorFlow`."""

APART = 60
"""The most that two names can score of which each has a word that the other lacks."""

OTHER_NUMBER = 55
"""The most that two names can score that differ in a number: another version or another one of a
series."""

NEAR = 86
"""How alike two words must be, at least, to be one word with a slip in it."""


def alike(one: Reading, other: Reading) -> tuple[float, str]:
    """How alike two readings are, and why, which `why_alike` puts in words."""
    if numbers_differ(one, other):
        same = one.key == other.key
        why = f"the same name with another number: {one.text!r}, {other.text!r}" if same else ""
        return (OTHER_NUMBER if same else 0.0), why
    penalty = 6.0 if one.numbers != other.numbers else 0.0
    if one.full == other.full:
        return 100 - penalty, SAME
    if one.key == other.key:
        sorts = set(one.sort), set(other.sort)
        if all(sorts) and sorts[0] != sorts[1] and one.is_maker and other.is_maker:
            return APART, ""  # Oracle's database is not Oracle's cloud
        extra = _sort_penalty(one, other)
        return 100 - penalty - extra, SAME
    if (one.key == other.full and len(one.key) >= 4) or (
        other.key == one.full and len(other.key) >= 4
    ):
        return 96 - penalty, SAME
    short = _short_form(one, other) or _short_form(other, one)
    if short:
        return short[0], short[1]
    return _aligned(one, other, penalty)


def _sort_penalty(one: Reading, other: Reading) -> float:
    """What words that say the sort of thing cost: one is no matter, several are."""
    extra = set(one.sort) ^ set(other.sort)
    makers = {each for each in extra if each not in one.bare and each not in other.bare}
    return (0.0, 3.0, 9.0, 24.0, 40.0)[min(len(extra - makers), 4)] + 2.0 * min(len(makers), 2)


def numbers_differ(one: Reading, other: Reading) -> bool:
    """Whether both names have numbers, and other ones."""
    return bool(one.numbers and other.numbers and one.numbers != other.numbers)


def conflict(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether each name has a word that the other lacks: then a part they share decides nothing."""
    _, left, right = _matched(one, other)
    if left and right:
        _short_words(left, right, other)
        _short_words(right, left, one)
    return bool(left and right)


def _short_form(short: Reading, long: Reading) -> tuple[float, str] | None:
    """Whether one is made of the initials of the other."""
    key = short.key
    if len(short.core) != 1 or not 3 <= len(key) <= 8 or key in long.pieces:
        return None
    if len(long.pieces) > 1 and (key in long.initials or key == long.capitals):
        score = 86.0 if len(key) == 3 else 91.0
        return score, f"{short.text!r} is short for {long.text!r}"
    if len(key) > 3 and key.endswith("s") and key[:-1] in long.initials:
        return 84.0, f"{short.text!r} is short for {long.text!r} and what it is"
    inside = any(each.isupper() for each in short.text[1:]) and not short.text.isupper()
    if inside and len(long.core) > 1 and _blends(key, long.pieces):
        return 84.0, f"{short.text!r} is made of the beginnings of {long.text!r}"
    number = re.fullmatch(r"([a-z])(\d{1,2})([a-z])", key)
    if number and len(long.core) == 1:
        word = long.core[0]
        if (word[0], len(word) - 2, word[-1]) == (number[1], int(number[2]), number[3]):
            return 90.0, f"{short.text!r} is short for {long.text!r}"
    return None


def _blends(key: str, words: Sequence[str], at: int = 0) -> bool:
    """Whether a word is made of the beginnings, of two letters or more, of words in order:
    `OxRec` of `Oxford risk of recidivism`. The first word must begin it."""
    for place in range(at, len(words) if at else 1):
        word = words[place]
        for size in range(2, min(len(key), len(word) - 1) + 1):
            if not word.startswith(key[:size]):
                break
            rest = key[size:]
            if (not rest and place) or (rest and _blends(rest, words, place + 1)):
                return True
    return False


def _aligned(one: Reading, other: Reading, penalty: float) -> tuple[float, str]:
    """Names word by word: how much of them is the same, and what is left on either side."""
    matched, left, right = _matched(one.core, other.core)
    if left and right:
        matched += _short_words(left, right, other.words) + _short_words(right, left, one.words)
    if not matched:
        return _in_one_piece(one, other, penalty)
    total = len(one.core) + len(other.core)
    dice = 100 * (total - len(left) - len(right)) / max(total, 1)
    if not left and not right:
        extra = _sort_penalty(one, other)
        return 92 - penalty - extra, NEARLY
    if left and right:
        near = _in_one_piece(one, other, penalty)
        return max((min(APART, dice), ""), near)
    return min(EXTENDED, dice) - penalty, SAME


def _matched(one: Sequence[str], other: Sequence[str]) -> tuple[float, list[str], list[str]]:
    """How many words are the same, and those left over on either side."""
    left, right = list(one), list(other)
    found = 0.0
    for word in one:
        if word in right:
            right.remove(word)
            left.remove(word)
            found += 1
    for word in list(left):
        for each in right:  # the innermost loop of all: a generator costs a twentieth more
            if word[:3] == each[:3] and _is_near(word, each):
                right.remove(each)
                left.remove(word)
                found += 0.9
                break
    if left and right:
        found += _compounds(left, right) + _compounds(right, left)
    return found, left, right


def _compounds(one: list[str], other: list[str]) -> int:
    """Take out words that the other side writes as several; gives how many."""
    found = 0
    for word in list(one):
        for at in range(len(other) - 1):
            size = next((n for n in (2, 3) if "".join(other[at : at + n]) == word), 0)
            if size:
                one.remove(word)
                del other[at : at + size]
                found += 1
                break
    return found


_ENDINGS = frozenset(("s", "es", "en", "len", "n", "ing", "e"))
"""What a plural or another form of a word adds to it, in English and Dutch."""


def _is_near(one: str, other: str) -> bool:
    """Whether two words are one: singular and plural, or with a slip in a long word."""
    if one[:3] != other[:3]:
        return False
    short, long = sorted((one, other), key=len)
    if len(short) >= 4 and long.startswith(short) and long[len(short) :] in _ENDINGS:
        return True
    same = next(
        (at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]),
        len(short),
    )
    if same >= 6 and len(long) - same <= 3:
        return True
    return len(short) >= 7 and fuzz.ratio(one, other) >= NEAR


def _short_words(here: list[str], there: list[str], words: Sequence[str]) -> int:
    """Take out words on one side that are the initials of `words` in a row on the other, of
    which `there` are left over; gives how many."""
    found = 0
    for word in list(here):
        size = len(word)
        for at in range(len(words) - size + 1 if 3 <= size <= 5 else 0):
            run = words[at : at + size]
            if "".join(each[0] for each in run) == word and any(each in there for each in run):
                here.remove(word)
                there[:] = [each for each in there if each not in run]
                found += 1
                break
    return found


def _in_one_piece(one: Reading, other: Reading, penalty: float) -> tuple[float, str]:
    """Names of one long word, or written together, with a slip in them."""
    short, long = sorted((one.key, other.key), key=len)
    if len(short) < 6 or one.key[:2] != other.key[:2] or len(long) - len(short) > 3:
        return 0.0, ""
    sizes = len(one.core), len(other.core)
    if max(sizes) > 2 or sizes == (2, 2):
        return 0.0, ""
    ratio = fuzz.ratio(one.key, other.key, score_cutoff=NEAR)
    if not ratio:
        return 0.0, ""
    return ratio - 4 - penalty, NEARLY_SPELT
