"""How quick Horizon is at a terminal, beside the tables that Textual offers.

    python -m tests.bench.bench_terminal [--sizes 10000 50000] [--rounds 5]

Each program runs on a pseudo-terminal of 120 by 40 and shows as many rows. Printed are the time
from starting the process to the first row, from a key to the last byte of its answer (median and
longest), and the memory of the process. Limits: the first row within twice a minimal Textual app
with 10,000; any key within 50 ms with 10,000 and 100 ms with 50,000.

textual-fastdatatable is measured where it is installed.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import select
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

from horizon import settings
from horizon.store.files import journal_path
from tests.bench.bench_app import HORIZON, MINIMAL, generate

QUIET = 0.06
"""Seconds without a byte after which an answer is over. The preview, which follows when the cursor
has rested for 0.15 seconds, is no part of it."""

LIMITS = {10_000: 50.0, 50_000: 100.0}
"""Milliseconds for a key, by the number of technologies."""

COLUMNS = 'COLUMNS = ("Label", "Name", "Stage", "Owner", "Standing")'

ROWS = """
def rows(size):
    return [(f"T-{at:04}", f"Technology {at} of some name", "Signal", "Asha Example",
             "No approval") for at in range(1, size + 1)]
"""

DATATABLE = f"""
import sys
from textual.app import App
from textual.widgets import DataTable
{COLUMNS}
{ROWS}
class Table(App):
    def compose(self):
        yield DataTable(cursor_type="row")
    def on_mount(self):
        table = self.query_one(DataTable)
        for each in COLUMNS:
            table.add_column(each, width=20)
        table.add_rows(rows(int(sys.argv[1])))
Table().run()
"""

FAST = f"""
import sys
from textual.app import App
from textual_fastdatatable import ArrowBackend, DataTable
{COLUMNS}
{ROWS}
class Table(App):
    def compose(self):
        found = rows(int(sys.argv[1]))
        backend = ArrowBackend.from_pydict(
            {{name: [row[at] for row in found] for at, name in enumerate(COLUMNS)}})
        yield DataTable(backend=backend, cursor_type="row")
Table().run()
"""

DOWN, PAGE_DOWN, END, HOME = "\x1b[B", "\x1b[6~", "\x1b[F", "\x1b[H"


class Terminal:
    """A program on a pseudo-terminal."""

    def __init__(self, program: str, arguments: Sequence[str], environ: dict[str, str]) -> None:
        self.file, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            [sys.executable, "-c", program, *arguments],
            stdin=slave, stdout=slave, stderr=slave, close_fds=True,
            env={**os.environ, "TERM": "xterm-256color", **environ},
        )  # fmt: skip
        os.close(slave)

    def until(self, words: bytes) -> float:
        """Milliseconds from the start until these words are there."""
        seen = b""
        while words not in seen:
            if not select.select([self.file], [], [], 120)[0]:
                raise RuntimeError(f"{words!r} did not come")
            seen += os.read(self.file, 65536)
        return 1000 * (time.perf_counter() - self.started)

    def settle(self, seconds: float) -> None:
        """Read what comes until it has been quiet for so long."""
        while select.select([self.file], [], [], seconds)[0]:
            os.read(self.file, 65536)

    def answer(self, key: str) -> float:
        """Milliseconds from a key until the last byte that it brings about."""
        pressed = last = time.perf_counter()
        os.write(self.file, key.encode())
        wait = 5.0
        while select.select([self.file], [], [], wait)[0]:
            os.read(self.file, 65536)
            last, wait = time.perf_counter(), QUIET
        return 1000 * (last - pressed)

    @property
    def megabytes(self) -> float:
        """The memory that the process holds, where the system tells."""
        status = Path(f"/proc/{self.process.pid}/status")
        if not status.exists():
            return 0.0
        line = next(e for e in status.read_text().splitlines() if e.startswith("VmRSS"))
        return int(line.split()[1]) / 1024

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self.file)


@contextmanager
def terminal(program: str, *arguments: str, **environ: str) -> Iterator[Terminal]:
    """A program on a terminal, ended afterwards."""
    found = Terminal(program, arguments, environ)
    try:
        yield found
    finally:
        found.end()


@dataclass(frozen=True)
class Measured:
    """One program: first row and keys in milliseconds, memory in megabytes."""

    name: str
    first: float
    keys: dict[str, list[float]]
    megabytes: float

    @property
    def longest(self) -> float:
        return max((max(each) for each in self.keys.values()), default=0.0)


def measure(
    name: str, program: str, arguments: Sequence[str], letters: str,
    rounds: int, environ: dict[str, str],
) -> Measured:  # fmt: skip
    """Start a program several times, and press keys the last time."""
    first = []
    for _ in range(rounds - 1):
        with terminal(program, *arguments, **environ) as screen:
            first.append(screen.until(b"T-0001"))
    with terminal(program, *arguments, **environ) as screen:
        first.append(screen.until(b"T-0001"))
        screen.settle(2.5)
        keys = {
            "down": [screen.answer(DOWN) for _ in range(15)],
            "page": [screen.answer(PAGE_DOWN) for _ in range(10)],
            "ends": [screen.answer(each) for each in (END, HOME) * 4],
        }
        if letters:
            screen.answer("/")
            keys["search"] = [screen.answer(each) for each in letters]
            screen.answer("\r")
        return Measured(name, statistics.median(first), keys, screen.megabytes)


def run(size: int, rounds: int, folder: Path) -> int:
    """Measure everything at one size and print it; how many limits were passed."""
    path = folder / f"register-{size}.json"
    generate(path, size)
    environ = {"HORIZON_SETTINGS": str(folder / "settings.json")}
    settings.write(folder / "settings.json", toured=True, user="Bench")
    minimal = measure_first(MINIMAL, rounds)
    found = [
        measure("Horizon", HORIZON, ["--register", str(path)], "redac", rounds, environ),
        measure("DataTable", DATATABLE, [str(size)], "", rounds, {}),
    ]  # fmt: skip
    if find_spec("textual_fastdatatable"):
        found.append(measure("fastdatatable", FAST, [str(size)], "", rounds, {}))
    print(f"\n{size:,} technologies, {datetime.now(UTC):%Y-%m-%d}, journal "
          f"{journal_path(path).stat().st_size / 1e6:.0f} MB")  # fmt: skip
    print(f"{'':<16}{'first row':>10}{'down':>14}{'page':>14}{'ends':>14}{'search':>14}{'MB':>8}")
    print(f"{'minimal app':<16}{minimal:>7.0f} ms")
    for each in found:
        shown = "".join(
            f"{f'{statistics.median(taken):.0f} / {max(taken):.0f}':>11} ms"
            if (taken := each.keys.get(key)) else f"{'-':>14}"
            for key in ("down", "page", "ends", "search")
        )  # fmt: skip
        print(f"{each.name:<16}{each.first:>7.0f} ms{shown}{each.megabytes:>8.0f}")
    ours, limit = found[0], LIMITS.get(size, 100.0)
    share = ours.first / minimal
    print(f"first row {share:.2f}x a minimal app (limit 2x at 10,000); "
          f"longest key {ours.longest:.0f} of {limit:.0f} ms")  # fmt: skip
    return int(size == 10_000 and share > 2) + int(ours.longest > limit)


def measure_first(program: str, rounds: int) -> float:
    """The median time to the first row."""
    found = []
    for _ in range(rounds):
        with terminal(program) as screen:
            found.append(screen.until(b"T-0001"))
    return statistics.median(found)


def main() -> int:
    """Measure every size; 1 where a limit was passed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000, 50_000])
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=".") as folder:
        return int(sum(run(size, given.rounds, Path(folder)) for size in given.sizes) > 0)


if __name__ == "__main__":
    sys.exit(main())
