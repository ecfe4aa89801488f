"""How well and how quickly duplicates are found.

    python -m tests.bench.bench_duplicates [--sizes 1000,10000,50000]

Prints, from one run: precision, recall and F1 on the labelled set (tests/data/README.md), whole,
without the table of aliases, and with the threshold chosen on one half of the groups and judged on
the other; then the time for all pairs of made-up entries beside a naive comparison of all with all
(rapidfuzz's `cdist` in blocks, where numpy is there). Limits: F1 0.90; 10,000 entries in 3 s,
50,000 in 20 s, growing clearly less than with the square.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import math
import random
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime

from rapidfuzz import fuzz, process

from horizon.register.aliases import Aliases, aliases
from horizon.register.duplicates import Duplicates
from horizon.register.likeness import ALIKE, Card
from tests.labelled import Figures, Scored, figures, labelled, scored

WORDS = (
    "redaction drone fraud triage speech video lakehouse graph analytics translation synthetic "
    "cryptography custody evidence disclosure search summary sensor camera network streaming "
    "facial recogniser platform gait voice biometric predictive mapping hotspot transcription "
    "anonymiser classifier detector vision acoustic gunshot vehicle number plate reader assistant"
)
LIMITS = {10_000: 3.0, 50_000: 20.0}
BLOCK = 1_000


def made_up(size: int) -> list[Card]:
    """Entries from a closed vocabulary, a tenth of them another one's name with a slip or turned
    round: harder on blocking than real names, which reuse fewer words."""
    dice = random.Random(7)
    words = WORDS.split()
    cards: list[Card] = []
    for number in range(size):
        parts = dice.sample(words, dice.randint(2, 4))
        if cards and dice.random() < 0.1:
            parts = dice.choice(cards).name.lower().split()
            at = dice.randrange(len(parts))
            if dice.random() < 0.5 or len(parts[at]) < 5:
                dice.shuffle(parts)
            else:
                parts[at] = parts[at][:2] + parts[at][3:]
        cards.append(
            Card(
                id=str(number),
                name=" ".join(parts).capitalize(),
                supplier=f"Supplier {dice.randrange(400)}",
                summary=" ".join(dice.choices(words, k=20)),
            )
        )
    return cards


def ours(cards: Sequence[Card]) -> tuple[float, int]:
    """Seconds to find all suggestions, and how many there are."""
    started = time.perf_counter()
    found = Duplicates(cards, aliases()).suggestions()
    return time.perf_counter() - started, len(found)


def naive(cards: Sequence[Card]) -> float:
    """Seconds to compare the names of all with all, block by block; 0 where numpy is missing."""
    try:
        import numpy
    except ImportError:
        return 0.0
    names = [each.name.lower() for each in cards]
    started = time.perf_counter()
    for at in range(0, len(names), BLOCK):
        found = process.cdist(
            names[at : at + BLOCK],
            names[at:],
            scorer=fuzz.token_sort_ratio,
            score_cutoff=90,
            dtype=numpy.uint8,
        )
        assert found.shape[0]
    return time.perf_counter() - started


def halves(pairs: Sequence[Scored], groups: Sequence[str]) -> list[tuple[int, Figures]]:
    """The threshold that is best on one half of the groups, and what it gets right on the other."""

    def half(group: str) -> int:
        return int(hashlib.sha256(group.encode()).hexdigest(), 16) % 2

    def within(side: int) -> list[Scored]:
        return [p for p in pairs if half(groups[p[2]]) == half(groups[p[3]]) == side]

    found = []
    for side in (0, 1):
        best = max(range(60, 96), key=lambda threshold: figures(within(side), threshold).f1)
        found.append((best, figures(within(1 - side), best)))
    return found


def main() -> int:
    """Print all figures beside their limits; 1 when a limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1000,10000,50000")
    given = parser.parse_args()
    print(f"duplicates, {datetime.now(UTC):%Y-%m-%d}")
    cards, groups = labelled()
    names = [Card(each.id, each.name) for each in cards]
    bare = Aliases(**{**vars(aliases()), "names": {}})
    pairs = scored(cards, groups, aliases())
    whole = figures(pairs, ALIKE)
    same = sum(each[1] for each in pairs)
    print(f"{len(cards)} labelled entries, {same} pairs that are one of {len(pairs)}")
    print(f"all fields, with the table of aliases     {whole}   (limit F1 0.90)")
    print(f"names alone, with the table               {_of(names, groups, aliases())}")
    print(f"all fields, without the table             {_of(cards, groups, bare)}")
    for best, held_out in halves(pairs, groups):
        print(f"threshold {best} from one half, on the other  {held_out}")
    late = whole.f1 < 0.90
    times: list[tuple[int, float]] = []
    for size in map(int, given.sizes.split(",")):
        entries = made_up(size)
        took, found = ours(entries)
        times.append((size, took))
        limit = LIMITS.get(size, math.inf)
        late = late or took > limit
        beside = naive(entries) if size <= 10_000 else 0.0
        print(
            f"{size:>6} entries: {took:6.2f} s, {found} suggestions"
            + (f"   (limit {limit:.0f} s)" if limit < math.inf else "")
            + (f"   all with all, names alone: {beside:.2f} s" if beside else "")
        )
    for (small, quick), (large, slow) in itertools.pairwise(times):
        power = math.log(slow / quick) / math.log(large / small)
        print(f"{small} to {large}: grows with the power of {power:.2f}")
    return int(late)


def _of(cards: Sequence[Card], groups: Sequence[str], table: Aliases) -> Figures:
    return figures(scored(cards, groups, table), ALIKE)


if __name__ == "__main__":
    sys.exit(main())
