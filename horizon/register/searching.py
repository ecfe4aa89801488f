"""Finding technologies as somebody types: over names, short forms, suppliers, tags and text.

What is written comes first (a whole name, the beginning of a name, of any word of it, of a
supplier or tag, of a word in the text, a part of a word), then what is spelt nearly so: a short
list of words by their trigrams, ranked by `WRatio` (`storage.md`, section 4).
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice

from rapidfuzz import fuzz

from horizon.model.headers import TechnologyHeader

FUZZY_FROM = 4
"""Letters from which a word also finds what is spelt a little differently."""

TEXT_FROM = 3
"""Letters from which a word is looked for in texts and within words too."""

ENOUGH = 40
"""Technologies found as written from which near misses are no longer looked for."""

NEARLY = 75
"""How alike (0 to 100) two words must be to count as one with a slip."""

SHORT_LIST = 200
"""Words whose trigrams fit best that are compared letter by letter."""

AT_MOST = 100
"""Near misses that are given."""

_END = "\U0010ffff"
_WORD = re.compile(r"[^\W_]+")
_TIES = frozenset(("a", "an", "and", "as", "for", "in", "of", "on", "the", "to", "with"))


def words_of(text: str) -> list[str]:
    """The words of a text as they are searched: no case, no punctuation."""
    return _WORD.findall(text.casefold())


class _Words:
    """Words, and in which technologies each stands.

    The places are kept in arrays, which the garbage collector does not look through.
    """

    def __init__(self, texts: Iterable[Iterable[str]]) -> None:
        held: dict[str, array[int]] = {}
        for at, words in enumerate(texts):
            for word in set(words):
                places = held.get(word)
                if places is None:
                    places = held[word] = array("I")
                places.append(at)
        self.held = held
        self.sorted = sorted(held)
        self.places = lru_cache(maxsize=256)(lambda word: frozenset(held[word]))
        self.starting = lru_cache(maxsize=256)(self._starting)

    def _starting(self, beginning: str) -> frozenset[int]:
        """The technologies with a word that begins so."""
        first = bisect_left(self.sorted, beginning)
        last = bisect_left(self.sorted, beginning + _END, first)
        if last - first == 1:
            return self.places(self.sorted[first])
        return frozenset().union(*(self.held[word] for word in self.sorted[first:last]))

    def having(self, words: Iterable[str]) -> frozenset[int]:
        """The technologies with one of these words."""
        return frozenset().union(*(self.held[word] for word in words if word in self.held))


Alternatives = tuple[frozenset[int], ...]
"""Sets of technologies of which it takes one to fit a word."""


class SearchIndex:
    """Technologies prepared for search.

    Preparing 10,000 takes a fraction of a second; after that a keystroke takes less than a
    millisecond or two, and with 100,000 a few milliseconds.
    """

    def __init__(self, headers: Sequence[TechnologyHeader]) -> None:
        self._count = len(headers)
        self._titles = [" ".join((each.name, *each.aliases)) for each in headers]
        spoken: dict[str, array[int]] = {}
        numbers: dict[str, int] = {}
        for at, each in enumerate(headers):
            for name in {each.label.casefold(), *map(str.casefold, (each.name, *each.aliases))}:
                spoken.setdefault(name, array("I")).append(at)
            numbers[each.label.rpartition("-")[2].lstrip("0")] = at
        self._spoken, self._numbers = spoken, numbers
        self._sorted = sorted(spoken)
        self._of_names = _Words(
            chain(words_of(title), _shorts(each.name))
            for title, each in zip(self._titles, headers, strict=True)
        )
        self._of_makers = _Words(
            words_of(" ".join((each.supplier, *each.tags))) for each in headers
        )
        self._of_texts = _Words(words_of(each.summary) for each in headers)
        self._vocabulary = [
            word
            for word in {*self._of_names.held, *self._of_makers.held}
            if len(word) >= FUZZY_FROM and not word.isdigit()
        ]
        self._in_one = "\n".join(["", *self._of_names.sorted, ""])
        self._trigrams: dict[str, array[int]] = {}
        for at, word in enumerate(self._vocabulary):
            for trigram in _trigrams(word):
                self._trigrams.setdefault(trigram, array("I")).append(at)
        self._near_words = lru_cache(maxsize=256)(self._look_near)

    def search(
        self, query: str, limit: int | None = None, within: frozenset[int] | None = None
    ) -> list[int]:
        """Positions of what fits `query`, best first: what is found as written, then names and
        suppliers that are spelt nearly so. An empty query finds everything, in order.

        With a `limit` the search ends when so many are found; `within` leaves out all others.
        """
        words = words_of(query)
        if not words:
            every = range(self._count) if within is None else sorted(within)
            return list(every)[:limit] if not query.strip() else []
        if len(words) > 1 and len(words[-1]) == 1:
            words = words[:-1]  # a word just begun says nothing yet
        most = self._count if limit is None else limit
        spoken = " ".join(query.casefold().split())
        seen: set[int] = set()
        found: list[int] = []
        for some in self._as_written(spoken, words, most if within is None else self._count):
            if isinstance(some, list):
                new = [e for e in some if e not in seen and (within is None or e in within)]
            else:
                inside = some if within is None else some & within
                new = self._in_order(inside, seen, most - len(found))
            found += new
            if len(found) >= most:
                return found[:most]
            seen.update(new)
        if len(found) < ENOUGH and len(spoken) >= FUZZY_FROM:
            near = self._nearly(spoken, words, seen)
            found += near if within is None else [each for each in near if each in within]
        return found[:most]

    def _in_order(self, places: frozenset[int], seen: set[int], most: int) -> list[int]:
        """The first of some places that were not seen, as the register has them. Of many places
        the first few are sooner met by counting than by sorting all."""
        if len(places) <= 4 * most:
            return sorted(places - seen)[:most]
        met = (at for at in range(self._count) if at in places and at not in seen)
        return list(islice(met, most))

    def _as_written(
        self, spoken: str, words: list[str], most: int
    ) -> Iterator[list[int] | frozenset[int]]:
        """What fits as written, group by group, the best first. A list is in order; a set is yet
        to be put in the order of the register."""
        exact = [*self._spoken.get(spoken, ())]
        yield exact + ([self._numbers[spoken]] if spoken in self._numbers else [])
        first = bisect_left(self._sorted, spoken)
        last = bisect_left(self._sorted, spoken + _END, first)
        begun = chain.from_iterable(self._spoken[name] for name in self._sorted[first:last])
        yield list(dict.fromkeys(islice(begun, 2 * most)))
        names: list[Alternatives] = [(self._of_names.starting(word),) for word in words]
        yield _all(names)
        whole = [
            (*sets, self._of_makers.starting(word)) for sets, word in zip(names, words, strict=True)
        ]
        yield from _in_turn(whole)
        if max(map(len, words)) < TEXT_FROM:
            return
        yield from _in_turn(
            [
                (*sets, self._of_texts.starting(word)) if len(word) >= TEXT_FROM else sets
                for sets, word in zip(whole, words, strict=True)
            ]
        )
        within = [
            self._of_names.having(self._containing(word)) if len(word) >= TEXT_FROM else _NONE
            for word in words
        ]
        if any(within):
            yield _all([(*sets, some) for sets, some in zip(whole, within, strict=True)])

    def _containing(self, part: str) -> Iterator[str]:
        """The words of names that have `part` in them."""
        text, at = self._in_one, 0
        while (at := text.find(part, at)) >= 0:
            end = text.index("\n", at)
            yield text[text.rindex("\n", 0, at) + 1 : end]
            at = end

    def _nearly(self, spoken: str, words: list[str], seen: set[int]) -> list[int]:
        """What fits when words may have a slip in them, the likeliest names first."""
        slips = [word for word in words if len(word) >= FUZZY_FROM]
        if not slips:
            return []
        sets: list[Alternatives] = []
        for word in words:
            some = [self._of_names.starting(word), self._of_makers.starting(word)]
            if len(word) >= FUZZY_FROM:
                near = self._near_words(word)
                some += [self._of_names.having(near), self._of_makers.having(near)]
            sets.append(tuple(some))
        fit = self._in_order(_all(sets), seen, SHORT_LIST)
        titles = self._titles
        fit.sort(key=lambda at: -fuzz.WRatio(spoken, titles[at].casefold()))
        return fit[:AT_MOST]

    def _look_near(self, word: str) -> tuple[str, ...]:
        """The words of names and suppliers that are nearly `word`, or begin nearly so."""
        counts: Counter[int] = Counter()
        for trigram in _trigrams(word):
            counts.update(self._trigrams.get(trigram, ()))
        found = []
        for at, _ in counts.most_common(SHORT_LIST):
            other = self._vocabulary[at]
            best = fuzz.ratio(word, other)
            if best < NEARLY and len(other) > len(word):
                best = fuzz.ratio(word, other[: len(word) + 1])
            if best >= NEARLY:
                found.append(other)
        return tuple(found)


_NONE: frozenset[int] = frozenset()


def _in_turn(words: list[Alternatives]) -> Iterator[frozenset[int]]:
    """What fits every word; for one word its sets in turn, which need not be put together."""
    if len(words) == 1:
        yield from words[0]
    else:
        yield _all(words)


def _all(words: list[Alternatives]) -> frozenset[int]:
    """What fits every word, in one of its sets. Small sets meet first: what two share is small."""
    first, *rest = sorted(words, key=lambda sets: sum(map(len, sets)))
    found: Iterable[frozenset[int]] = first
    for sets in rest:
        found = (_NONE.union(*(one & other for one in found for other in sets)),)
    several = tuple(found)
    return several[0] if len(several) == 1 else _NONE.union(*several)


def _shorts(name: str) -> Iterator[str]:
    """The initials of a name of several words, with and without its small words."""
    words = words_of(name)
    if len(words) > 1:
        yield "".join(word[0] for word in words)
        kept = [word[0] for word in words if word not in _TIES]
        if 1 < len(kept) < len(words):
            yield "".join(kept)


def _trigrams(word: str) -> set[str]:
    padded = f" {word}"
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


def marks(words: Sequence[str], text: str) -> list[tuple[int, int]]:
    """Where in a text the words begin a word of it, or else stand within it or nearly so."""
    lower = text.lower()
    if len(lower) != len(text):
        return []
    found: list[tuple[int, int]] = []
    for word in words:
        places = [m.start() for m in re.finditer(rf"(?<![^\W_]){re.escape(word)}", lower)]
        if not places and len(word) >= TEXT_FROM and (at := lower.find(word)) >= 0:
            places = [at]
        if places:
            found += [(at, at + len(word)) for at in places]
        elif initials := _initials(word, lower):
            found += [(at, at + 1) for at in initials]
        elif len(word) >= FUZZY_FROM:
            near = fuzz.partial_ratio_alignment(word, lower, score_cutoff=NEARLY)
            if near is not None and near.dest_end > near.dest_start:
                rest = _WORD.match(lower, near.dest_end)
                more = len(rest[0]) if rest is not None and len(rest[0]) <= 2 else 0
                found.append((near.dest_start, near.dest_end + more))
    return _joined(sorted(found))


def _initials(word: str, text: str) -> list[int]:
    """Where the words of a text begin whose initials a word is, or begins to be."""
    every = [(match.start(), match[0]) for match in _WORD.finditer(text)]
    for words in (every, [each for each in every if each[1] not in _TIES]):
        if len(word) > 1 and "".join(each[1][0] for each in words).startswith(word):
            return [at for at, _ in words[: len(word)]]
    return []


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans with those that touch made one."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
