"""A register of 10,000 technologies with 200,000 events: opened, changed, verified, exported.

    python -m tests.bench.bench_large [--technologies 10000] [--events 20] [--keep FOLDER]

The check of the chain alone is measured beside sha256sum over the same file, taking turns, in
processor time, since another program may have the machine meanwhile (limit: three times). Beside
it the whole check, which reads what every line says, folds it and compares it with register.json.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from horizon.papers.exporting import export_register, export_star
from horizon.register import Register
from horizon.register.checking import verify, verify_chain
from horizon.store.files import journal_path
from tests.bench.bench_shared import simulated

CHAIN_LIMIT = 3.0


def generate(path: Path, technologies: int, events: int) -> None:
    """A register of so many technologies with so many events each, and its register.json."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(journal_path(path), "wb") as file:
        for line in simulated("COLP", technologies, events):
            file.write(line + b"\n")


def timed(what: str, task: Callable[[], object]) -> float:
    """Do it, say how long that took, and give the seconds."""
    began, spent = time.perf_counter(), time.process_time()
    task()
    took = time.perf_counter() - began
    print(f"{what:42}{took:9.2f} s {time.process_time() - spent:9.2f} s processor", flush=True)
    return took


def of_children(command: list[str]) -> float:
    """Seconds of processor time that a command takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def chain_beside_hash(path: Path, rounds: int) -> tuple[float, float]:
    """Median seconds of the chain's check and of sha256sum, taking turns."""
    chain, hashed = [], []
    for _ in range(rounds):
        began = time.process_time()
        assert verify_chain(path).faults == ()
        chain.append(time.process_time() - began)
        hashed.append(of_children(["sha256sum", str(journal_path(path))]))
    return statistics.median(chain), statistics.median(hashed)


def verified_with_progress(path: Path) -> None:
    """The whole check, saying now and then which line it is at."""

    def heard(line: int) -> None:
        if line % 50_000 == 0:
            print(f"    line {line:,}", flush=True)

    found = verify(path, heard)
    assert found.faults == ()
    print(f"    {found.events:,} events and {found.technologies:,} technologies add up")


def main() -> int:
    """Measure and print; 1 when the chain's check takes more than three times the hash."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--technologies", type=int, default=10_000)
    parser.add_argument("--events", type=int, default=20, help="of each technology")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--keep", type=Path, help="Use, or make and keep, the register here.")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=".") as name:
        folder = given.keep or Path(name)
        path = folder / "register.json"
        os.environ.setdefault("HORIZON_SETTINGS", str(folder / "settings.json"))
        if not journal_path(path).exists():
            timed("Made", lambda: generate(path, given.technologies, given.events))
        size = journal_path(path).stat().st_size
        print(f"{given.technologies:,} technologies, journal of {size / 1e6:.0f} MB")
        path.unlink(missing_ok=True)

        def opened() -> None:
            nonlocal register
            register = Register.open(path, acting="Alex Example")

        register: Register
        timed("Opened from the journal alone", opened)
        timed("Closed, with register.json written", lambda: register.close())
        timed("Opened with register.json", opened)
        timed("A technology proposed", lambda: register.propose(name="One more of them"))
        timed("Ten of them changed", lambda: [
            register.amend(f"T-{number:04}", {"problem": "Looked at again"}, reason="Bench")
            for number in range(1, 11)
        ])  # fmt: skip
        for form in ("xlsx", "csv", "json"):
            to = folder / f"out.{form}"
            timed(f"Exported as {form}", lambda to=to: export_register(register, to))
        timed("Exported as a star", lambda: export_star(register, folder / "star.zip"))
        register.close()
        timed("Verified, all of it", lambda: verified_with_progress(path))
        chain, hashed = chain_beside_hash(path, given.rounds)
        print(f"{'The chain alone':42}{chain:9.2f} s processor")
        print(f"{'sha256sum of the journal':42}{hashed:9.2f} s processor")
        print(f"The chain's check takes {chain / hashed:.2f} of that (limit {CHAIN_LIMIT:.0f})")
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"Memory at its highest: {memory:.0f} MB")
    return int(chain > CHAIN_LIMIT * hashed)


if __name__ == "__main__":
    sys.exit(main())
