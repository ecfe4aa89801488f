"""How alike two technologies are: a score with its reasons in words.

Names alone do not decide. A name is read in several ways (`naming`); the best pair of readings
counts, and supplier, address, summary and owner speak for or against it. The score is from 0 to
100; from `ALIKE` on two entries are shown to somebody as perhaps the same. Nothing is merged here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from horizon.register.aliases import Aliases, joined, split
from horizon.register.alike_names import (
    APART,
    EXTENDED,
    OTHER_NUMBER,
    alike,
    conflict,
    numbers_differ,
)
from horizon.register.name_reasons import ceiling, why_alike
from horizon.register.naming import LEGAL, STOP, Naming, Reading, naming

ALIKE = 77
"""From this score on two entries may be the same (`storage.md`, section 4)."""

PART = 8
"""What a match with a part of a name costs: the other part may make it something else."""


@dataclass(frozen=True, slots=True)
class Card:
    """What of a technology is compared. `id` is whatever the caller knows it by."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    supplier: str = ""
    owner: str = ""
    summary: str = ""
    urls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two technologies are, and why."""

    score: int
    reasons: tuple[str, ...]

    @property
    def words(self) -> str:
        """The reasons in one line."""
        return "; ".join(self.reasons)


@dataclass(frozen=True)
class Prepared:
    """A card taken apart once, to be compared often."""

    card: Card
    naming: Naming
    maker: str
    maker_words: frozenset[str]
    addresses: frozenset[str]
    owner: str
    groups: frozenset[str]

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the summary that say something."""
        said = split(self.card.summary[:2000])
        return frozenset(each for each in said if len(each) > 2 and each not in STOP)


_LEGAL = LEGAL | {"of", "technology", "the", "uk"}


def prepared(card: Card, table: Aliases) -> Prepared:
    """A card taken apart."""
    maker = maker_of(card.supplier, table)
    maker_words = frozenset(split(card.supplier)) - _LEGAL
    found = naming((card.name, *card.aliases), maker_words, table)
    return Prepared(
        card,
        found,
        maker,
        maker_words,
        frozenset(filter(None, map(address, card.urls))),
        joined(card.owner),
        frozenset(_groups(found, table)),
    )


def maker_of(supplier: str, table: Aliases) -> str:
    """A supplier without its legal form, by the first of its names."""
    words = [each for each in split(supplier) if each not in _LEGAL] or list(split(supplier))
    for length in range(len(words), 0, -1):
        key = "".join(words[:length])
        if key in table.makers:
            return joined(table.makers[key])
    return "".join(words)


_SCHEME = re.compile(r"^[a-z]+://|^www\.", re.IGNORECASE)


def address(url: str) -> str:
    """An address without what is spelt differently: scheme, `www`, case, a slash at the end."""
    text = _SCHEME.sub("", _SCHEME.sub("", url.strip())).casefold()
    text = text.partition("#")[0].partition("?")[0].rstrip("/")
    return re.sub(r"/(index\.\w+|en|en-us|en-gb)$", "", text)


def _groups(found: Naming, table: Aliases) -> Iterable[str]:
    for each in found.readings:
        if each.whole:
            spelt = each.spelt
            for key in {spelt} if each.numbers else {each.full, each.key, each.bare, spelt}:
                if key in table.names:
                    yield table.names[key]


def likeness(one: Prepared, other: Prepared) -> Likeness:
    """How alike two cards are."""
    score, why, pair = _by_name(one, other)
    reasons = []
    same_address = one.addresses & other.addresses
    if same_address and score >= 45 and score > OTHER_NUMBER:
        score = max(score, 70) + 12
        reasons.append(f"the same address, {min(same_address)}")
    if score >= EXTENDED - 3:  # nothing could lift it far enough from below
        score = _by_maker(one, other, score, reasons)
        score = _by_words(one, other, score, reasons)
    if pair is None or score < ALIKE:
        return Likeness(max(0, round(score)), tuple(reasons))
    said = why_alike(why, *pair) + (", of other makers" if _of_other_makers(*pair) else "")
    return Likeness(min(ceiling(*pair), round(score)), (said, *reasons) if why else tuple(reasons))


def _by_maker(one: Prepared, other: Prepared, score: float, reasons: list[str]) -> float:
    if not one.maker or not other.maker:
        return score
    shared = one.maker_words & other.maker_words
    if one.maker == other.maker or shared in (one.maker_words, other.maker_words):
        reasons.append(f"the same supplier, {one.card.supplier}")
        return score + 6 if score >= EXTENDED else score + 3
    if one.addresses & other.addresses:
        return score
    reasons.append(f"but suppliers differ: {one.card.supplier} and {other.card.supplier}")
    return score - 30


def _by_words(one: Prepared, other: Prepared, score: float, reasons: list[str]) -> float:
    """What summaries and owners say: most of all about names that any tool of a sort may have."""
    common = 0.0
    if min(len(one.words), len(other.words)) >= 6:
        shared = len(one.words & other.words)
        common = shared / min(len(one.words), len(other.words))
        if common >= 0.75 and score >= EXTENDED:
            reasons.append("summaries that say nearly the same")
            score += 8
    plain = one.naming.plain and other.naming.plain
    owners_differ = bool(one.owner and other.owner and one.owner != other.owner)
    if plain and owners_differ and common < 0.4:
        reasons.append(
            f"but a name that any tool of its sort may have, at {one.card.owner} and at "
            f"{other.card.owner}"
        )
        return score - 25
    return score


def _by_name(one: Prepared, other: Prepared) -> tuple[float, str, tuple[Reading, Reading] | None]:
    """The best that two names score, of all ways to read them, with why and the two readings.
    Names without a letter have none."""
    if not (one.naming.readings and other.naming.readings):
        return 0.0, "", None
    first, second = one.naming.readings[0], other.naming.readings[0]
    shared = frozenset() if first.full == second.full else one.groups & other.groups
    if shared and not numbers_differ(first, second):
        return 96.0, f"{_shown(one, other)} both name {min(shared)}", (first, second)
    best, reason, pair = 0.0, "", None
    for mine in one.naming.readings:
        for theirs in other.naming.readings:
            score, why = alike(mine, theirs)
            if score <= best:
                continue
            if mine.core != mine.within or theirs.core != theirs.within:
                score -= PART * ((not mine.whole) + (not theirs.whole))
                if score > APART and conflict(mine.within, theirs.within):
                    score, why = APART, ""
            if _of_other_makers(mine, theirs):
                score -= 30
            if score > best:
                best, reason, pair = score, why, (mine, theirs)
    return best, reason, pair


def _of_other_makers(one: Reading, other: Reading) -> bool:
    return bool(one.makers and other.makers and not one.makers & other.makers)


def _shown(one: Prepared, other: Prepared) -> str:
    return f"{one.card.name!r} and {other.card.name!r}"
