"""How quick papers and exports are, with 40 technologies and with 400.

    python -m tests.bench.bench_papers [--sizes 40 400] [--rounds 3]

Prints for each size how long it takes to judge and build the paper, then to write it in each
format, beside the limits; then the exports of the register. Where WeasyPrint or pandoc are
installed they make the smallest of the papers from our HTML, for comparison. Times are the best of
the rounds, in one process, after everything was imported; a fresh process adds its start, which is
printed too. The second figure is processor time, which says more when the machine has other work;
a limit is held when either figure is within it.
"""

from __future__ import annotations

import argparse
import importlib
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from horizon.model.words import Marking
from horizon.papers.blocks import Paper
from horizon.papers.board_paper import build
from horizon.papers.exporting import FORMATS, Export
from horizon.papers.star import star
from horizon.papers.template import STANDARD, find_template
from horizon.papers.writers import WRITERS
from horizon.register import Register
from horizon.register.as_at import still
from horizon.register.reader import Still
from tests.example.make import make

LIMITS: dict[int, dict[str, float]] = {
    40: dict.fromkeys((*WRITERS, *FORMATS, "star"), 1.0),
    400: {".pdf": 1.5, ".docx": 2.0, ".html": 0.3, ".xlsx": 0.3, ".csv": 0.3},
}
"""Seconds."""

MEETING = date(2026, 12, 8)


def register_of(folder: Path, size: int) -> Still:
    """The illustrative register with its technologies repeated until there are `size`."""
    path = folder / "register.json"
    if not path.exists():
        make(path)
    with Register.open(path, acting="Bench") as register:
        reader = still(register)
    held = list(reader.state.technologies.values())
    for key in list(reader.state.technologies):
        del reader.state.technologies[key]
    for at in range(size):
        copy = held[at % len(held)].model_copy(
            update={"id": f"t-{at:016x}", "label": f"T-{at + 1:04d}"}
        )
        reader.state.technologies[copy.id] = copy
    return Still(reader.state, date(2026, 11, 24))


PACK = "ai-sub-group-pack"
"""The paper that the limits are for: one page for each technology."""


def paper_of(reader: Still, template: str) -> Paper:
    """A paper about every technology, judged anew."""
    return build(
        Still(reader.state, reader.today),
        body_id="ai-sub-group",
        meeting_on=MEETING,
        technologies=tuple(reader.state.technologies.values()),
        author="Bench",
        marking=Marking.OFFICIAL,
        foi="Disclosable, subject to review",
        reference="BENCH/1",
        template=find_template(template),
    )


@dataclass(frozen=True)
class Took:
    """The best of some rounds: seconds that passed and seconds of processor time, and what came
    out."""

    wall: float
    processor: float
    made: Any


def best(rounds: int, run: Callable[[], Any]) -> Took:
    """Run a few times and keep the shortest."""
    walls, processors, made = [], [], None
    for _ in range(rounds):
        wall, processor = time.perf_counter(), time.process_time()
        made = run()
        walls.append(time.perf_counter() - wall)
        processors.append(time.process_time() - processor)
    return Took(min(walls), min(processors), made)


def line(what: str, took: Took, size: int, limit: float | None) -> bool:
    """Print one measurement; gives whether it is within its limit."""
    well = limit is None or min(took.wall, took.processor) <= limit
    within = "" if limit is None else f"   limit {limit:.1f} s" + ("" if well else " !")
    kilobytes = f"{size / 1024:10,.0f} KB" if size else " " * 13
    print(f"  {what:<36}{took.wall:8.3f} s {took.processor:8.3f} s{kilobytes}{within}")
    return well


def others(paper: Paper) -> None:
    """What other programs need for the same paper, where they are installed."""
    page = WRITERS[".html"](paper)
    try:
        weasyprint = importlib.import_module("weasyprint")
    except ImportError:
        print("  WeasyPrint is not installed")
    else:
        took = best(1, lambda: weasyprint.HTML(string=page.decode()).write_pdf())
        line("WeasyPrint, HTML to PDF", took, len(took.made), None)
    pandoc = shutil.which("pandoc")
    if pandoc is None:
        try:
            pandoc = str(importlib.import_module("pypandoc").get_pandoc_path())
        except (ImportError, OSError):
            print("  pandoc is not installed")
            return
    for form in ("docx", "odt"):
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / f"paper.{form}"
            run = [pandoc, "-f", "html", "-t", form, "-o", str(out)]
            took = best(1, partial(subprocess.run, run, input=page, check=True))
            line(f"pandoc, HTML to {form}", took, out.stat().st_size, None)


def start(folder: Path) -> float:
    """Seconds until a fresh process has opened the register and imported what a paper needs."""
    script = (
        "import sys; from pathlib import Path; from horizon.register import Register; "
        "from horizon.papers.issuing import issue; import docx, typst; "
        "Register.open(Path(sys.argv[1]), acting='Bench')"
    )
    run = [sys.executable, "-c", script, str(folder / "register.json")]
    return best(3, partial(subprocess.run, run, check=True)).wall


def main() -> int:
    """Measure and print; 1 when a limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[40, 400])
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    well = True
    with tempfile.TemporaryDirectory(dir=".") as name:
        folder = Path(name)
        for size in given.sizes:
            reader = register_of(folder, size)
            print(f"{size} technologies, {datetime.now(UTC):%Y-%m-%d}")
            limits = LIMITS.get(size, {})
            for template in (PACK, STANDARD):
                built = best(given.rounds, partial(paper_of, reader, template))
                line(f"{template}: judge and build", built, 0, None)
                held = limits if template == PACK else {}
                for extension, write in WRITERS.items():
                    took = best(given.rounds, partial(write, built.made))
                    name = f"{template} {extension}"
                    well &= line(name, took, len(took.made), held.get(extension))
            export = Export(reader, "BENCH/1", Marking.OFFICIAL)
            for extension, written in FORMATS.items():
                took = best(given.rounds, partial(written, export))
                well &= line(f"register {extension}", took, len(took.made), limits.get(extension))
            took = best(given.rounds, partial(star, reader, ()))
            well &= line("star", took, sum(map(len, took.made.values())), limits.get("star"))
            if size == min(given.sizes):
                others(built.made)
        print(f"start of a fresh process: {start(folder):.2f} s")
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
