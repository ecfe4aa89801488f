"""What is found when somebody changes a register on purpose: quick versions are in tests/faults.

    python -m tests.bench.bench_tampering [--register register.json] [--bytes 300]

Prints for each kind of change how often it was tried, how often it was found, and how often the
line that was changed was the first one named. Every bit of every line of a small register is
flipped, for the whole check and for the chain alone; then every bit of so many bytes of every line
of the given register (without one: the illustrative register). A chain made anew from the beginning
adds up; it is looked for with the head hash of an issued paper. Exits 1 when anything was missed.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from horizon.papers.checking import held_at
from horizon.register import Register
from horizon.register.checking import verify
from horizon.store.files import journal_path
from tests.faults import tampering
from tests.faults.tampering import KINDS, Journal, Tried
from tests.store.making import Desk, facts

ROOT = Path(__file__).parents[2]


def small(folder: Path) -> Path:
    """A register of five lines, one of them with three events."""
    path = folder / "small.json"
    desk = Desk.begun(path, technologies=3)
    desk.write(facts(1, 2), facts(2, 2), facts(3, 2))
    return path


def first_words(lines: list[dict[str, Any]], number: int) -> None:
    """Change the salt of one event: the least that makes another chain."""
    event = lines[number]["events"][0]
    event["salt"] = "0" * len(event["salt"])


def rebuilt_chains(path: Path, times: int) -> Tried:
    """Chains made anew from one line on, each put to the head hash of the register as it was."""
    tried, content = Tried(), journal_path(path).read_bytes()
    head = verify(path).head
    count = content.count(b"\n")
    for number in range(1, count - 1, max(1, count // times)):
        tampering.rebuilt(path, lambda lines, number=number: first_words(lines, number))
        with Register.open(path, acting="Sam Example") as register:
            assert register.read_only == ""
            assert not register.notices
            held = held_at(register, head)
        tried.count(f"from line {number + 1}", number, None if held else number)
        journal_path(path).write_bytes(content)
        path.unlink()
    return tried


def main() -> int:
    """Play and print; 1 when a change was not found, or another line was named."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--register", type=Path, default=ROOT / "register.json")
    parser.add_argument("--bytes", type=int, default=300, help="of each line; 0 for all")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "register.json"
        shutil.copy(given.register, path)
        shutil.copy(journal_path(given.register), journal_path(path))
        journal = Journal(path)
        few = Journal(small(folder))
        scenarios: dict[str, Callable[[], Tried]] = {
            "One bit flipped, whole check, small": lambda: tampering.every_bit(few),
            "One bit flipped, chain alone, small": lambda: tampering.every_bit(few, quick=True),
            "One bit flipped, chain alone": lambda: tampering.every_bit(
                journal, quick=True, at_most=given.bytes
            ),
            **{kind: lambda play=play: play(journal) for kind, play in KINDS.items()},
            "A record of register.json edited": lambda: tampering.snapshot_edited(path),
            "A chain made anew, against a paper": lambda: rebuilt_chains(path, 10),
        }
        missed: list[str] = []
        print(f"{len(journal.lines):,} lines in {journal_path(given.register).name}")
        print(f"{'':38}{'tried':>12}{'found':>12}{'named':>12}{'s':>9}")
        for kind, play in scenarios.items():
            began = time.perf_counter()
            tried = play()
            print(
                f"{kind:38}{tried.tried:12,}{tried.found:12,}{tried.named:12,}"
                f"{time.perf_counter() - began:9.1f}",
                flush=True,
            )
            missed += tried.missed
    for each in missed:
        print(each)
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
