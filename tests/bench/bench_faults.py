"""What is lost when things go wrong, at length: the quick versions of these are in tests/faults.

    python -m tests.bench.bench_faults [--changes 1000] [--seconds 60] [--folder FOLDER]

Real processes and files. Prints a line for each kind of fault as it ends: changes confirmed,
confirmed changes that were not there afterwards, lines that broke off and were set aside,
refusals in words, how often the register was opened and checked. Exits 1 when anything was lost
that was not said to be. Needs Linux.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.example.make import make
from tests.faults.counting import Counts
from tests.faults.damage import EXPECTED, damaged
from tests.faults.power import journal_cut, unsynced_writes_dropped
from tests.faults.small_disk import full_at_every_write, small_disk
from tests.faults.working import (
    full_at_every_byte,
    killed_while_exporting,
    killed_while_importing,
    killed_while_saving,
    killed_while_working,
    writers_at_once,
)


def exporting(folder: Path) -> Counts:
    """Exports of the example register that are killed."""
    folder.mkdir()
    make(folder / "register.json")
    return killed_while_exporting(folder / "register.json", folder, times=20)


def full_disk(folder: Path) -> Counts:
    """A small disk, where one may be mounted; else the limit on the size of files."""
    with small_disk(folder / "disk") as mounted:
        if mounted:
            return full_at_every_write(folder / "disk", pages=24)
    return full_at_every_byte(folder / "limited", step=1)


def scenarios(changes: int, seconds: float) -> dict[str, Callable[[Path], Counts]]:
    """Each kind of fault with what plays it in a folder of its own."""
    return {
        "Killed at random moments": lambda at: killed_while_working(at, changes=changes),
        "Killed while importing 2,000 rows": lambda at: killed_while_importing(at, times=20),
        "Killed while writing register.json": lambda at: killed_while_saving(at, times=20),
        "Killed while exporting": exporting,
        "Journal cut at every byte of 64 KiB": lambda at: journal_cut(at, last=65536, step=1),
        "Writes not synced dropped": lambda at: unsynced_writes_dropped(at, changes=150, cuts=3),
        "Disk full at every byte of a line": lambda at: full_at_every_byte(at, step=1),
        "A small disk full at every write": full_disk,
        "Eight writers at once": lambda at: writers_at_once(at, writers=8, seconds=seconds),
    }


def row(name: str, counts: Counts, began: float, note: str = "") -> None:
    print(
        f"{name:38}{counts.acknowledged:10,}{counts.lost:6,}{counts.torn:8,}{counts.refused:9,}"
        f"{counts.looked:9,}{time.perf_counter() - began:9.1f}  {note}",
        flush=True,
    )


def main() -> int:
    """Play and print; 1 when a confirmed change was lost without a word."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--folder", type=Path, default=Path.cwd(), help="where to write (a disk)")
    parser.add_argument("--changes", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=60)
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix=".bench-faults-", dir=given.folder))
    lost = 0
    print(f"{'':38}{'confirmed':>10}{'lost':>6}{'torn':>8}{'refused':>9}{'looked':>9}{'s':>9}")
    try:
        for number, (name, play) in enumerate(scenarios(given.changes, given.seconds).items()):
            began = time.perf_counter()
            counts = play(folder / str(number))
            row(name, counts, began)
            lost += counts.lost
        for expected in EXPECTED:
            began = time.perf_counter()
            name = expected.damage.__name__
            counts, _ = damaged(folder / name, expected)
            lost += counts.lost != expected.missing
            note = f"({expected.missing} not shown, and said)" if expected.missing else ""
            row(name.replace("_", " ").capitalize(), counts, began, note)
    finally:
        shutil.rmtree(folder)
    return int(lost > 0)


if __name__ == "__main__":
    sys.exit(main())
