"""Faults of the server behind a register of several forces: what was confirmed, lost and doubled.

    python -m tests.bench.bench_server_faults [--kills 10] [--times 100]

Each fault is played on a real PostgreSQL of its own: the whole server killed with -9 while programs
write, the wire cut before, during and after a commit (and back at once, or down for a while), a
full disk, a changed password, tables of another version. A line says how what somebody at the
screen was told begins. Ends with 1 when a confirmed change is not there, is there twice, or
`verify` finds a fault.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from tests.faults.serving import scenarios


def main() -> int:
    """Play and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--times", type=int, default=100, help="changes at each moment")
    given = parser.parse_args()
    wrong = 0
    columns = ("confirmed", "lost", "doubled", "faults", "refused")
    print(f"{'':44}{''.join(f'{each:>10}' for each in columns)}{'s':>8}")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PGPASSFILE"] = str(secrets := Path(folder) / "pgpass")
        for name, play in scenarios(given.kills, given.times, secrets):
            began = time.perf_counter()
            tally = play()
            counts = (len(tally.confirmed), tally.lost, tally.doubled, tally.faults)
            wrong += tally.lost + tally.doubled + tally.faults
            print(
                f"{name:44}{''.join(f'{each:>10,}' for each in counts)}{len(tally.refused):>10,}"
                f"{time.perf_counter() - began:>8.1f}",
                flush=True,
            )
            for words in sorted(set(tally.refused))[:2]:
                print(f"    {words[:150]}")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
