"""Processes that work on one register: killed at random moments, and eight at a time."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from horizon.model.errors import StoreFault
from horizon.store.files import journal_path
from tests.faults.counting import Counts, goes_on
from tests.store.making import Desk, found, proposed

ROOT = Path(__file__).parents[2]
spawn = multiprocessing.get_context("spawn")


def write_and_tell(path: str, first: int, words: int) -> None:
    """Propose technologies for ever, telling of each once it is confirmed; save now and then."""
    desk = Desk(Path(path))
    number = first
    while True:
        number += 1
        commit = desk.write(proposed(number, summary="words " * words))
        sys.stdout.write(f"{commit.events[-1].seq}\n")
        sys.stdout.flush()
        if number % 3 == 0:
            desk.save()


def killed_while_working(folder: Path, *, changes: int, seed: int = 5) -> Counts:
    """Kill a process that changes and saves at random moments until `changes` were confirmed."""
    counts, dice = Counts(), random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "register.json"
    Desk.begun(path)
    confirmed, turn = 2, 0
    while counts.acknowledged < changes:
        turn += 1
        words = dice.choice([5, 500, 20_000])
        script = "import sys; from tests.faults.working import write_and_tell as w; w({!r}, {}, {})"
        with subprocess.Popen(
            [sys.executable, "-c", script.format(str(path), turn * 100_000, words)],
            stdout=subprocess.PIPE,
            cwd=ROOT,
        ) as writer:
            assert writer.stdout is not None
            told = [writer.stdout.readline()]
            time.sleep(dice.random() * 0.3)
            writer.send_signal(signal.SIGKILL)
            told += writer.stdout.read().splitlines(keepends=True)
        whole = [int(line) for line in told if line.endswith(b"\n")]
        counts.acknowledged += len(whole)
        confirmed = max([confirmed, *whole])
        desk = counts.look(path, confirmed)
        assert desk is not None
        goes_on(path, desk)
        if journal_path(path).stat().st_size > 20_000_000:
            for each in folder.iterdir():
                each.unlink()
            Desk.begun(path)
            confirmed = 2
    return counts


def write_for(path: str, number: int, seconds: float, told: str) -> None:
    """Change for so long and write down each confirmed event and each refusal."""
    desk = Desk(Path(path))
    until, each = time.monotonic() + seconds, 0
    with open(told, "w", encoding="utf-8") as notes:
        while time.monotonic() < until:
            each += 1
            try:
                notes.write(f"{desk.write(proposed(number * 1_000_000 + each)).events[-1].seq}\n")
                if each % 100 == 0:
                    with desk.store.lock():
                        desk.catch_up()
                        desk.save()
            except StoreFault as fault:
                notes.write(f"refused {fault}\n")


def writers_at_once(folder: Path, *, writers: int, seconds: float) -> Counts:
    """So many processes change one register for so long."""
    counts = Counts()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "register.json"
    Desk.begun(path)
    notes = [folder / f"told-{number}" for number in range(writers)]
    running = [
        spawn.Process(target=write_for, args=(str(path), number + 1, seconds, str(note)))
        for number, note in enumerate(notes)
    ]
    for each in running:
        each.start()
    for each in running:
        each.join()
    assert [each.exitcode for each in running] == [0] * writers
    lines = [line for note in notes for line in note.read_text(encoding="utf-8").splitlines()]
    confirmed = [int(line) for line in lines if line.isdigit()]
    counts.acknowledged, counts.refused = len(confirmed), len(lines) - len(confirmed)
    assert len(set(confirmed)) == len(confirmed)
    held = {event.seq for commit in Desk(path).store.since(0) for event in commit.events}
    counts.lost = len(set(confirmed) - held)
    counts.looked = 1
    assert found(path) == []
    return counts


def full_at_every_byte(folder: Path, *, step: int) -> Counts:
    """A disk that takes only so many bytes of a line, for every `step`th number of bytes.

    In this process, by the limit on the size of files, so that it needs no rights.
    """
    counts = Counts()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "register.json"
    desk = Desk.begun(path, technologies=1)
    desk.save()
    before = journal_path(path).read_bytes()
    kept = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        room = 0
        while True:
            resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + room, kept[1]))
            try:
                desk.write(proposed(2))
                counts.acknowledged += 1
                break
            except StoreFault as fault:
                counts.refused += "Nothing was saved" in str(fault)
            assert journal_path(path).read_bytes() == before
            room += step
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, kept[1]))
        snapshot = path.read_bytes()
        try:
            desk.save()
        except StoreFault:
            counts.refused += 1
        assert path.read_bytes() == snapshot
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, kept)
        signal.signal(signal.SIGXFSZ, handler)
    fresh = counts.look(path, 4)
    assert fresh is not None
    goes_on(path, fresh)
    return counts


HORIZON = [sys.executable, "-m", "horizon", "--as", "Sam Example", "--register"]
ROWS = 2_000


def killed_once_seen(
    process: subprocess.Popen[bytes],
    begun: Callable[[], bool],
    dice: random.Random,
    *,
    at_most: float,
    behind: float,
) -> bool:
    """Kill the process up to `behind` seconds after it has begun something, or at a random moment
    before; whether it had ended by itself."""
    until = time.monotonic() + dice.choice([dice.random() * at_most, 60])
    while process.poll() is None and time.monotonic() < until and not begun():
        time.sleep(0.0005)
    if begun():
        time.sleep(dice.random() * behind)
    ended = process.poll() is not None
    process.send_signal(signal.SIGKILL)
    process.wait()
    return ended and process.returncode == 0


def killed_while_importing(folder: Path, *, times: int) -> Counts:
    """Kill `horizon import` of 2,000 rows at random moments, most of them while it writes: all rows
    are there or none, and all when it had said so."""
    counts, dice = Counts(), random.Random(11)
    folder.mkdir(parents=True, exist_ok=True)
    rows = "".join(f"Tool {n},{'words ' * 200}\n" for n in range(ROWS))
    (folder / "list.csv").write_text(f"name,summary\n{rows}", encoding="utf-8")
    path = folder / "register.json"
    subprocess.run([*HORIZON, str(path), "init", str(path)], check=True, capture_output=True)
    begun = {each.name: each.read_bytes() for each in folder.glob("register*")}
    size = journal_path(path).stat().st_size
    for _ in range(times):
        for each in folder.glob("*register*"):
            each.unlink()
        for name, content in begun.items():
            (folder / name).write_bytes(content)
        process = subprocess.Popen(
            [*HORIZON, str(path), "import", str(folder / "list.csv"), "--json"],
            stdout=subprocess.DEVNULL,
        )
        ended = killed_once_seen(
            process,
            lambda: journal_path(path).stat().st_size > size,
            dice,
            at_most=3,
            behind=0.02,
        )
        counts.acknowledged += ROWS if ended else 0
        desk = counts.look(path, 0)
        assert desk is not None
        held = len(desk.state.technologies)
        assert held in (0, ROWS)
        counts.lost += ROWS - held if ended else 0
        desk.write(proposed(900_000))  # a torn line is set aside with this
        assert found(path) == []
    return counts


def save_and_tell(path: str, technologies: int) -> None:
    """Change one thing and write register.json, for ever, telling of each change once confirmed."""
    desk = Desk(Path(path))
    number = desk.state.head.seq
    while True:
        number += 1
        commit = desk.write(proposed(technologies + number))
        sys.stdout.write(f"{commit.events[-1].seq}\n")
        sys.stdout.flush()
        desk.save()


def killed_while_saving(folder: Path, *, times: int, technologies: int = 300) -> Counts:
    """Kill a process while it writes register.json: the old one or the new one is there, whole."""
    counts, dice = Counts(), random.Random(17)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "register.json"
    desk = Desk.begun(path)
    desk.write(*(proposed(each, summary="words " * 1_000) for each in range(technologies)))
    desk.save()
    desk.store.close()
    script = "import sys; from tests.faults.working import save_and_tell as s; s({!r}, {})"
    for _ in range(times):
        with subprocess.Popen(
            [sys.executable, "-c", script.format(str(path), technologies)],
            stdout=subprocess.PIPE,
            cwd=ROOT,
        ) as process:
            assert process.stdout is not None
            told = [process.stdout.readline()]
            killed_once_seen(
                process,
                lambda: any(folder.glob(".register.json.*.tmp")),
                dice,
                at_most=0.1,
                behind=0.04,
            )
            told += process.stdout.read().splitlines(keepends=True)
        whole = [int(line) for line in told if line.endswith(b"\n")]
        counts.acknowledged += len(whole)
        json.loads(path.read_bytes())
        assert [what for _, what in found(path) if "breaks off" not in what] == []
        opened = counts.look(path, max(whole))
        assert opened is not None
        assert opened.store.notices == []
        goes_on(path, opened)
    Desk(path).save()
    assert not list(folder.glob(".register.json.*.tmp"))  # what was left is cleared away
    return counts


def killed_while_exporting(example: Path, folder: Path, *, times: int) -> Counts:
    """Kill `horizon export` at random moments, most of them while it writes: a file under its own
    name is the whole of what the register says was issued, and the register adds up."""
    counts, dice = Counts(), random.Random(3)
    papers = (
        ["export", "register", "-o", "{}.xlsx"],
        ["export", "paper", "--body", "FT", "--date", "2026-12-01", "-o", "{}.md"],
        ["export", "star", "-o", "{}-star.zip"],
    )
    for turn in range(times):
        command = [each.format(folder / f"paper-{turn}") for each in papers[turn % len(papers)]]
        to = Path(command[-1])
        confirmed = Desk(example).state.head.seq
        process = subprocess.Popen(
            [*HORIZON, str(example), *command],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        ended = killed_once_seen(
            process,
            lambda to=to: any(folder.glob(f".{to.name}.*.part")),
            dice,
            at_most=2.5,
            behind=0.02,
        )
        counts.acknowledged += ended
        desk = counts.look(example, confirmed)
        assert desk is not None
        assert [what for _, what in found(example) if "breaks off" not in what] == []
        counts.lost += ended and not to.exists()
        if to.exists():
            issued = {each.file_digest for each in desk.state.head.papers}
            assert hashlib.sha256(to.read_bytes()).hexdigest() in issued
    return counts
