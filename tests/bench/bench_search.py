"""How quickly search answers while somebody types, before anything is painted.

    python -m tests.bench.bench_search [--sizes 10000,100000] [--rounds 5]

Types five queries letter by letter into an index of made-up technologies. Prints the median and the
slowest keystroke (each the best of the rounds, which leaves out what else the machine does) beside
SQLite's FTS5 with trigrams on the same texts and, where it is installed, fzf (with the start of its
process, as a program that calls it would have). Limits: 2 ms with 10,000, 8 ms with 100,000.
"""

from __future__ import annotations

import argparse
import gc
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime

from horizon.model.headers import TechnologyHeader
from horizon.register.searching import SearchIndex
from tests.bench.bench_duplicates import WORDS

LIMITS = {10_000: 2.0, 100_000: 8.0}
SHOWN = 1_000
QUERIES = ("redaction", "facial recogniser", "recogniser facal", "transcripton", "supplier 12")


def made_up(size: int) -> list[TechnologyHeader]:
    """Technologies from a closed vocabulary: every word is in many of them."""
    dice = random.Random(7)
    words = WORDS.split()
    return [
        TechnologyHeader(
            id=f"t-{number}",
            label=f"T-{number + 1:04}",
            name=f"{' '.join(dice.sample(words, 3))} {number}".capitalize(),
            revision=1,
            stage="signal",
            stage_since=date(2026, 1, 1),
            changed_at="",
            supplier=f"Supplier {dice.randrange(400)}",
            summary=" ".join(dice.choices(words, k=20)),
        )
        for number in range(size)
    ]


def keystrokes(answer: Callable[[str], object], rounds: int) -> list[float]:
    """Milliseconds of each keystroke, the best of the rounds."""
    texts = [query[:end] for query in QUERIES for end in range(1, len(query) + 1)]
    taken = []
    for text in texts:
        best = float("inf")
        for _ in range(rounds):
            started = time.perf_counter()
            answer(text)
            best = min(best, 1000 * (time.perf_counter() - started))
        taken.append(best)
    return taken


def ours(headers: Sequence[TechnologyHeader]) -> tuple[Callable[[str], object], float]:
    """A search that remembers nothing from the keystroke before, and the seconds to prepare it."""
    started = time.perf_counter()
    index = SearchIndex(headers)
    took = time.perf_counter() - started

    def answer(text: str) -> object:
        for words in (index._of_names, index._of_makers, index._of_texts):
            words.starting.cache_clear()
            words.places.cache_clear()
        index._near_words.cache_clear()
        return index.search(text, SHOWN)

    return answer, took


def sqlite(
    headers: Sequence[TechnologyHeader], *, ranked: bool
) -> tuple[Callable[[str], object], float]:
    """SQLite's full-text search with trigrams, best first or as it comes. It finds no slips."""
    order = "order by rank" if ranked else ""
    started = time.perf_counter()
    database = sqlite3.connect(":memory:")
    database.execute("create virtual table t using fts5(name, supplier, text, tokenize='trigram')")
    database.executemany(
        "insert into t values (?, ?, ?)", ((e.name, e.supplier, e.summary) for e in headers)
    )
    took = time.perf_counter() - started

    def answer(text: str) -> object:
        words = " ".join(f'"{word}"' for word in text.split() if len(word) > 2)
        if not words:
            return database.execute(
                "select rowid from t where name like ? limit ?", (f"%{text}%", SHOWN)
            ).fetchall()
        return database.execute(
            f"select rowid from t where t match ? {order} limit ?", (words, SHOWN)
        ).fetchall()

    return answer, took


def fzf(headers: Sequence[TechnologyHeader]) -> Callable[[str], object] | None:
    """fzf over the names, or nothing where it is not installed."""
    program = shutil.which("fzf")
    if program is None:
        return None
    lines = "\n".join(each.name for each in headers).encode()

    def answer(text: str) -> object:
        return subprocess.run(
            [program, "--filter", text], input=lines, capture_output=True, check=False
        ).stdout

    return answer


def main() -> int:
    """Print all figures beside their limits; 1 when a limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="10000,100000")
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    print(f"search, {datetime.now(UTC):%Y-%m-%d}; milliseconds a keystroke, median and slowest")
    late = False
    for size in map(int, given.sizes.split(",")):
        headers = made_up(size)
        limit = LIMITS.get(size, float("inf"))
        answer, took = ours(headers)
        gc.collect()
        times = keystrokes(answer, given.rounds)
        slowest = max(times)
        late = late or slowest > limit
        print(
            f"{size:>7}  Horizon  {statistics.median(times):7.2f} {slowest:7.2f}"
            f"   (limit {limit:.0f} ms)   prepared in {took:.2f} s"
        )
        for ranked in (True, False):
            other, took = sqlite(headers, ranked=ranked)
            times = keystrokes(other, given.rounds)
            print(
                f"{size:>7}  FTS5     {statistics.median(times):7.2f} {max(times):7.2f}"
                f"   {'best first  ' if ranked else 'in any order'}   prepared in {took:.2f} s"
            )
        if (finder := fzf(headers)) is not None:
            times = keystrokes(finder, 2)
            print(f"{size:>7}  fzf      {statistics.median(times):7.2f} {max(times):7.2f}")
        else:
            print(f"{size:>7}  fzf      is not installed")
    return int(late)


if __name__ == "__main__":
    sys.exit(main())
