"""What is measured at each size for the table of `python -m tests.bench`, and how it is drawn."""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from horizon.model.words import Marking
from horizon.papers.exporting import FORMATS, Export
from horizon.papers.writers import WRITERS
from horizon.register import Register
from horizon.register.as_at import still
from horizon.register.checking import verify
from tests.bench import bench_app, bench_duplicates, bench_search, bench_store
from tests.bench.bench_large import chain_beside_hash
from tests.bench.bench_papers import PACK, best, paper_of, register_of

Figures = dict[str, float]


@dataclass(frozen=True)
class Measure:
    """A row of the table: what it is, its unit, and whether it says how one thing compares with
    another (`x`), which holds on any machine. Times are the processor's, but where a disk or a
    terminal is waited for (`waits`)."""

    name: str
    unit: str
    digits: int = 1
    waits: bool = False


MEASURES = {
    "change": Measure("A durable change", "ms", 2, waits=True),
    "change/bare": Measure("… beside a bare append and fsync", "x", 2),
    "change/sqlite": Measure("… beside SQLite (WAL, FULL)", "x", 2),
    "open": Measure("Open the register", "ms", 0),
    "memory": Measure("Memory with it open", "MB", 0),
    "first row": Measure("Start to first row in a terminal", "ms", 0, waits=True),
    "first row/minimal": Measure("… beside a minimal Textual app", "x", 2),
    "search": Measure("Search, a keystroke, median", "ms", 2, waits=True),
    "search/sqlite": Measure("… beside SQLite FTS5, trigrams", "x", 2),
    "keystroke": Measure("Keystroke to repaint in the app", "ms", 0, waits=True),
    "duplicates": Measure("All duplicates found", "s", 2),
    "duplicates/naive": Measure("… beside all with all (rapidfuzz)", "x", 2),
    "paper": Measure("A paper on 40, judged and built", "s", 2),
    "paper docx": Measure("… written as DOCX", "s", 2),
    "paper pdf": Measure("… written as PDF", "s", 2),
    "xlsx": Measure("The register as XLSX", "s", 2),
    "robustness": Measure("Ranking under 2,000 weights", "ms", 0),
    "chain": Measure("The chain alone checked", "ms", 1),
    "chain/sha256sum": Measure("… beside sha256sum (processor)", "x", 2),
    "verify": Measure("All of it verified", "s", 2),
}

ON_PAPER = 40
NAIVE_FROM, NAIVE_UP_TO = 1_000, 10_000
"""Entries that are compared all with all: fewer take no time either way, more take minutes."""
SHOWN_UP_TO = 10_000
"""Technologies of which a whole workbook is made here."""


def change(folder: Path) -> Figures:
    """One durable change, beside a bare append and SQLite, all taking turns in one folder."""
    with contextlib.redirect_stdout(io.StringIO()):
        bare, sqlite, _, ours = bench_store.one_change(folder, 120, 0).values()
    return {"change": ours, "change/bare": ours / bare, "change/sqlite": ours / sqlite}


OPEN = """
import resource, sys, time
from pathlib import Path
from horizon.register import Register
began = time.process_time()
register = Register.open(Path(sys.argv[1]), acting="Bench")
took = time.process_time() - began
print(took * 1000, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def opening(path: Path, size: int) -> Figures:
    """Opening the register in processes of its own, and what memory one has then."""
    took, memory = [], 0.0
    for _ in range(3):
        done = subprocess.run(
            [sys.executable, "-c", OPEN, str(path)], capture_output=True, text=True, check=True
        )
        milliseconds, memory = map(float, done.stdout.split())
        took.append(milliseconds)
    return {"open": min(took), "memory": memory}


def first_row(path: Path, size: int) -> Figures:
    """From starting the process to the first row, beside a minimal app."""
    minimal, ours = [], []
    for _ in range(3):
        minimal.append(bench_app.first_row(bench_app.MINIMAL))
        ours.append(bench_app.first_row(bench_app.HORIZON, "--register", str(path)))
    taken = statistics.median(ours)
    return {"first row": taken, "first row/minimal": taken / statistics.median(minimal)}


def search(path: Path, size: int) -> Figures:
    """A keystroke in the index alone, beside SQLite's."""
    headers = bench_search.made_up(size)
    ours, _ = bench_search.ours(headers)
    other, _ = bench_search.sqlite(headers, ranked=True)
    mine = statistics.median(bench_search.keystrokes(ours, 2))
    return {"search": mine, "search/sqlite": mine / statistics.median(
        bench_search.keystrokes(other, 2))}  # fmt: skip


def keystroke(path: Path, size: int) -> Figures:
    """From a keystroke in the app's search to the list painted again."""
    return {"keystroke": statistics.median(asyncio.run(bench_app.keystrokes(path, "redaction")))}


def duplicates(path: Path, size: int) -> Figures:
    """All pairs, beside comparing all names with all."""
    cards = bench_duplicates.made_up(size)
    found = {"duplicates": best(1, lambda: bench_duplicates.ours(cards)).processor}
    if NAIVE_FROM <= size <= NAIVE_UP_TO:
        naive = best(1, lambda: bench_duplicates.naive(cards)).processor
        found["duplicates/naive"] = found["duplicates"] / naive
    return found


def papers(path: Path, size: int) -> Figures:
    """A paper on forty technologies, and the whole register as a workbook."""
    with tempfile.TemporaryDirectory(dir=path.parent) as name:
        reader = register_of(Path(name), ON_PAPER)
        built = best(2, lambda: paper_of(reader, PACK))
        found: Figures = {"paper": built.processor}
        for form in ("docx", "pdf"):
            found[f"paper {form}"] = best(1, lambda f=form: WRITERS[f".{f}"](built.made)).processor
    if size <= SHOWN_UP_TO:
        with Register.open(path, acting="Bench") as register:
            export = Export(still(register), "BENCH/1", Marking.OFFICIAL)
        found["xlsx"] = best(1, lambda: FORMATS[".xlsx"](export)).processor
    return found


def robustness(path: Path, size: int) -> Figures:
    """How sure a ranking of a tenth of them is, under 2,000 sets of weights."""
    from horizon.judgement import counting
    from horizon.judgement.samples import View
    from tests.judgement.comparing import by_chance

    candidates = by_chance(max(10, size // 10), give=100)
    view = View.any_weights(5)
    took = best(3, lambda: counting.tally(candidates, view, k=5, seed=1, samples=2_000))
    return {"robustness": 1000 * took.processor}


def checks(path: Path, size: int) -> Figures:
    """The chain alone beside sha256sum, and everything."""
    chain, hashed = chain_beside_hash(path, 5)
    whole = best(1, lambda: verify(path))
    assert whole.made.faults == ()
    found = {"chain": 1000 * chain, "verify": whole.processor}
    # The start of sha256sum's own process is all there is to see of a small file.
    return found | ({"chain/sha256sum": chain / hashed} if path.stat().st_size > 1e6 else {})


def measured(size: int) -> Iterator[tuple[str, Figures]]:
    """Everything at one size; a register of so many technologies is made for it."""
    with tempfile.TemporaryDirectory(dir=".") as name:
        folder = Path(name)
        os.environ["HORIZON_SETTINGS"] = str(folder / "settings.json")
        path = folder / "register.json"
        bench_app.generate(path, size)
        parts: Sequence[Callable[[Path, int], Figures]] = (
            opening, first_row, search, keystroke, duplicates, papers, robustness, checks
        )  # fmt: skip
        beside = folder / "change"
        beside.mkdir()
        yield "change", change(beside)
        for part in parts:
            yield part.__name__, part(path, size)


def growth(figures: Mapping[int, float], unit: str) -> str:
    """How much more the largest takes than the smallest, beside how much larger it is."""
    if unit == "x" or len(figures) < 2:
        return ""
    small, large = min(figures), max(figures)
    if not figures[small]:
        return ""
    return f"{figures[large] / figures[small]:.1f}x for {large // small:,}x"


def drawn(found: Mapping[int, Figures]) -> str:
    """The table in Markdown, with the machine and the date."""
    sizes = sorted(found)
    lines = [
        f"{datetime.now(UTC):%-d %B %Y}, {machine()}. Processor time, but for lines marked *.",
        "",
        f"| Technologies | {' | '.join(f'{each:,}' for each in sizes)} | Grows |",
        f"|---|{'---:|' * len(sizes)}---|",
    ]
    for key, measure in MEASURES.items():
        held = {size: found[size][key] for size in sizes if key in found[size]}
        if not held:
            continue
        cells = [_cell(held.get(size), measure) for size in sizes]
        name = measure.name + (f" ({measure.unit})" if measure.unit != "x" else "")
        name += "*" if measure.waits else ""
        lines.append(f"| {name} | {' | '.join(cells)} | {growth(held, measure.unit)} |")
    return "\n".join(lines)


def _cell(value: float | None, measure: Measure) -> str:
    if value is None:
        return "-"
    return f"{value:,.{measure.digits}f}{'x' if measure.unit == 'x' else ''}"


def machine() -> str:
    """What the figures were measured on."""
    model = platform.processor() or platform.machine()
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                model = line.partition(":")[2].strip()
                break
    return f"{os.cpu_count()} cores of {model}, Python {platform.python_version()}"
