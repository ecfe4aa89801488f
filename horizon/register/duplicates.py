"""Which entries may be the same technology: the pairs to look at, likeliest first.

Comparing every two of 50,000 entries is out of the question, so only entries that share a key are
compared: a name, an alias of it, its initials, an address, a rare word, or all of it but one word
or one letter. No common key is left out for being common (`storage.md`, section 4: that loses
nearly everything); a large group of one key is compared neighbour by neighbour instead.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from horizon.model.collecting import no_collecting
from horizon.register.aliases import Aliases
from horizon.register.likeness import ALIKE, Card, Likeness, Prepared, likeness, prepared
from horizon.register.naming import Reading

RARE = 25
"""Entries that a word may be in and still bring them together by itself."""

GROUP = 40
"""Entries of one key that are all compared with one another."""

NEIGHBOURS = 5
"""Entries of a larger group that each is compared with, in the order of their names."""

MOST = 40
"""Comparisons of one entry, most telling keys first."""

LONGEST_SLIP = 28
"""Letters of a name in which one slip is looked for."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two entries that may be the same, with why. `first` entered before `second`."""

    first: str
    second: str
    score: int
    reasons: tuple[str, ...]


class Duplicates:
    """Entries prepared to be compared with one another and with newcomers."""

    def __init__(
        self,
        cards: Sequence[Card],
        table: Aliases,
        progress: Callable[[int, int], None] = lambda done, all: None,
    ) -> None:
        self._table, self._progress = table, progress
        self._prepared: list[Prepared] = []
        self._groups: dict[str, list[int]] = defaultdict(list)
        with no_collecting():
            for at, card in enumerate(cards):
                if at % 500 == 0:
                    progress(at, 2 * len(cards))
                self._prepared.append(prepared(card, table))
            self._count = Counter(
                word for each in self._prepared for word in {w for r in _own(each) for w in r.core}
            )
            for at, each in enumerate(self._prepared):
                for key in self._keys(each):
                    self._groups[key].append(at)

    def like(self, card: Card, limit: int = 5) -> list[tuple[str, Likeness]]:
        """The entries that may be the same as a newcomer, likeliest first."""
        new = prepared(card, self._table)
        seen: dict[int, None] = {}
        for key in self._keys(new):
            seen.update(dict.fromkeys(self._groups.get(key, ())[:200]))
        found = [
            (self._prepared[at].card.id, alike)
            for at in seen
            if (alike := likeness(new, self._prepared[at])).score >= ALIKE
        ]
        found.sort(key=lambda each: -each[1].score)
        return found[:limit]

    def suggestions(self, apart: Collection[frozenset[str]] = ()) -> list[Suggestion]:
        """All pairs that may be the same and are not known to be `apart`, likeliest first."""
        found: list[Suggestion] = []
        every = len(self._prepared)
        for number, (one, other) in enumerate(self.pairs()):
            if number % 5000 == 0:
                self._progress(every + min(one, every), 2 * every)
            first, second = self._prepared[one], self._prepared[other]
            alike = likeness(first, second)
            if alike.score >= ALIKE and frozenset((first.card.id, second.card.id)) not in apart:
                found.append(Suggestion(first.card.id, second.card.id, alike.score, alike.reasons))
        found.sort(key=lambda each: -each.score)
        return found

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Pairs of positions that share a key, each once; small groups first."""
        seen: set[int] = set()
        done = [0] * len(self._prepared)
        every = len(self._prepared)
        for group in sorted(self._groups.values(), key=len):
            for one, other in self._of_group(group):
                if done[one] >= MOST and done[other] >= MOST:
                    continue
                code = one * every + other
                if code not in seen:
                    seen.add(code)
                    done[one] += 1
                    done[other] += 1
                    yield one, other

    def _of_group(self, group: Sequence[int]) -> Iterator[tuple[int, int]]:
        if len(group) <= GROUP:
            for at, one in enumerate(group):
                for other in group[at + 1 :]:
                    yield one, other
            return
        order = sorted(group, key=lambda at: (self._prepared[at].naming.readings[0].full, at))
        for at, one in enumerate(order):
            for other in order[at + 1 : at + 1 + NEIGHBOURS]:
                yield min(one, other), max(one, other)

    def _keys(self, each: Prepared) -> Iterable[str]:
        keys: dict[str, None] = {}
        for made in each.naming.readings:
            keys.update(dict.fromkeys(self._keys_of(made)))
        keys.update((f"g:{name}", None) for name in each.groups)
        keys.update((f"u:{url}", None) for url in each.addresses)
        return keys

    def _keys_of(self, made: Reading) -> Iterator[str]:
        """What a reading is brought together by. Numbers that differ keep readings apart, so they
        are part of the keys of names."""
        marks = {"|".join(made.numbers), ""}
        for mark in marks:
            yield f"n:{made.key}#{mark}"
            yield f"n:{made.full}#{mark}"
        if len(made.words) > 1:
            yield from (f"i:{each}" for each in made.initials if len(each) <= 8)
            if 3 <= len(made.capitals) <= 8:
                yield f"i:{made.capitals}"
        if len(made.core) == 1 and 3 <= len(made.key) <= 8:
            yield f"i:{made.key}"
            if made.key.endswith("s"):
                yield f"i:{made.key[:-1]}"
        if len(made.core) == 1 and len(made.key) > 4:
            yield f"i:{made.key[0]}{len(made.key) - 2}{made.key[-1]}"
        yield from (f"w:{word}" for word in made.core if self._is_rare(word))
        mark = "|".join(made.numbers)
        stems = sorted({word[:6] for word in made.core})
        if len(stems) > 1:
            yield f"s:{' '.join(stems)}#{mark}"
            if len(stems) > 2:
                for at in range(len(stems)):
                    yield f"s:{' '.join(stems[:at] + stems[at + 1 :])}#{mark}"
        if len(made.core) <= 2 and 6 <= len(made.key) <= LONGEST_SLIP:
            for at in range(1, len(made.key)):
                yield f"c:{made.key[:at]}{made.key[at + 1 :]}#{mark}"

    def _is_rare(self, word: str) -> bool:
        return len(word) > 2 and self._count[word] <= RARE


def _own(each: Prepared) -> Iterator[Reading]:
    """The readings of the whole name and of aliases."""
    return (made for made in each.naming.readings if made.whole)
