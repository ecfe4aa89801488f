"""What becomes of every row of every file of a folder, imported twice.

    python -m tests.bench.bench_intake FOLDER

Prints a line for each file: its rows by outcome, how many entries of the list are gone, the
seconds it took, and whether importing the same file again would change anything.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from horizon.intake.given import Given
from horizon.intake.load import load, plan
from horizon.intake.report import Outcome
from horizon.model.errors import BadInput
from horizon.register import Register


def line(file: Path) -> str:
    """A file's rows by outcome in a register of its own, or why it cannot be imported."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.json"
        Register.create(path, name="Measured", acting="Asha Example").close()
        with Register.open(path, acting="Asha Example") as register:
            given = Given(file.name, file.read_bytes())
            began = time.perf_counter()
            try:
                report = load(register, plan(register, given))
            except BadInput as error:
                return str(error)
            spent = time.perf_counter() - began
            again = "changes" if plan(register, given).batch.has_news else "no change"
    counts = "".join(f"{number:>10}" for number in report.counts.values())
    return (
        f"{file.name:<42}{len(report.rows):>6}{counts}{len(report.gone):>6}{spent:>6.1f}  {again}"
    )


def main() -> None:
    outcomes = "".join(f"{each.value.removeprefix('possible '):>10}" for each in Outcome)
    print(f"{'file':<42}{'rows':>6}{outcomes}{'gone':>6}{'s':>6}  again")
    for file in sorted(Path(sys.argv[1]).iterdir()):
        if file.is_file() and file.suffix != ".md":
            print(line(file), flush=True)


if __name__ == "__main__":
    main()
