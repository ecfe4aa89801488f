"""All benches that say how Horizon grows, as one table in Markdown.

    python -m tests.bench [--sizes 100 1000 10000] [--large] [-o FILE]

`--large` adds 50,000 technologies. Each size is measured in a process of its own. Ratios hold on
any machine; milliseconds are this machine's, and other work on it shows in them. Beside these:
bench_faults and bench_tampering say what is lost and found, bench_large plays 200,000 events, and
each bench_* says more about its own matter.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

LARGE = 50_000


def one_size(size: int) -> dict[str, float]:
    """What is measured at one size, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", "--one", str(size)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def measure(size: int) -> None:
    """Measure here; print how far it is, and the figures on the last line."""
    from tests.bench.table import measured

    figures: dict[str, float] = {}
    for name, found in measured(size):
        print(f"{size:>8,} {name}", file=sys.stderr, flush=True)
        figures |= found
    print(json.dumps(figures))


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1_000, 10_000])
    parser.add_argument("--large", action="store_true", help=f"also {LARGE:,} technologies")
    parser.add_argument("-o", "--output", type=Path, help="where to write the table too")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        measure(given.one)
        return 0
    sizes = [*given.sizes, LARGE] if given.large else given.sizes
    from tests.bench.table import drawn

    table = drawn({size: one_size(size) for size in sizes})
    print(table)
    if given.output:
        given.output.write_text(table + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
