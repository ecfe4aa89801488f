"""Any bytes, for a bounded time, with the code's own branches as the guide (atheris).

    pip install -e ".[test,fuzz]"
    python -m tests.fuzz [--seconds 20] [--target journal ...] [--keep FOLDER]

Each target gets its share of the time in a process of its own. What breaks one is kept in a file
and named; `python -m tests.fuzz --target journal --play FILE` plays it again. Exits 1 when
something broke, 0 otherwise, and 0 with a word where atheris is not installed.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import subprocess
import sys
import tempfile
from pathlib import Path

NAMES = ("journal", "snapshot", "lists", "workbook", "search")


def fuzz(target: str, seconds: int, folder: Path) -> None:
    """Fuzz one target in this process, which ends with it."""
    import atheris

    with atheris.instrument_imports(include=["horizon"]):
        from tests.fuzz.targets import TARGETS, seeds

    corpus = folder / target
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds(target)):
        (corpus / f"seed-{number}").write_bytes(seed)
    atheris.Setup(
        [
            sys.argv[0],
            f"-max_total_time={seconds}",
            "-max_len=16384",
            "-timeout=20",
            "-rss_limit_mb=2048",
            "-verbosity=0",
            "-print_final_stats=1",
            f"-artifact_prefix={folder}/{target}-",
            str(corpus),
        ],
        TARGETS[target],
    )
    atheris.Fuzz()


def run(target: str, seconds: int, folder: Path) -> bool:
    """Fuzz one target in a process of its own, and say in a line how it went."""
    command = [sys.executable, "-m", "tests.fuzz", "--target", target, "--inside"]
    done = subprocess.run(
        [*command, "--seconds", str(seconds), "--keep", str(folder)],
        capture_output=True,
        text=True,
        errors="replace",
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        check=False,
    )
    said = (done.stdout + done.stderr).splitlines()
    tried = next((each.split()[-1] for each in said if "number_of_executed_units" in each), "?")
    if done.returncode == 0:
        print(f"{target:10} {tried:>9} inputs, none broke it", flush=True)
        return True
    print("\n".join(said[-40:]))
    print(f"{target:10} broke. Kept: {', '.join(map(str, folder.glob(f'{target}-*')))}", flush=True)
    return False


def main() -> int:
    """Fuzz, or play one input again."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=int, default=20, help="in all")
    parser.add_argument("--target", choices=NAMES, action="append")
    parser.add_argument("--keep", type=Path, help="where the corpus and what broke are kept")
    parser.add_argument("--play", type=Path, metavar="FILE")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    targets = given.target or list(NAMES)
    if given.play:
        from tests.fuzz.targets import TARGETS

        TARGETS[targets[0]](given.play.read_bytes())
        return 0
    if importlib.util.find_spec("atheris") is None:
        print('Not fuzzed: atheris is not installed. Get it with: pip install -e ".[test,fuzz]"')
        return 0
    if given.inside:
        fuzz(targets[0], given.seconds, given.keep)
    folder = given.keep or Path(tempfile.mkdtemp(prefix="horizon-fuzz-"))
    share = max(1, given.seconds // len(targets))
    went = [run(each, share, folder) for each in targets]  # all of them, also after one broke
    return int(not all(went))


if __name__ == "__main__":
    sys.exit(main())
