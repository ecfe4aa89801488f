"""A disk of a few hundred kilobytes, really mounted and really full."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

from horizon.model.errors import BadInput, StoreFault
from horizon.papers.exporting import export_register
from horizon.register import Register
from horizon.register.checking import verify
from horizon.store.files import journal_path
from tests.faults.counting import Counts

KILOBYTES = 640
PAGE = 4096
FULL = ("the disk is full", "no space left on device")


def may_mount() -> bool:
    """Whether this process may make disks: root, where that is allowed."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


@contextlib.contextmanager
def small_disk(folder: Path, kilobytes: int = KILOBYTES) -> Iterator[bool]:
    """A disk of so many kilobytes at `folder`; whether it could be mounted."""
    folder.mkdir(parents=True, exist_ok=True)
    size = f"size={kilobytes}k"
    mount = ["mount", "-t", "tmpfs", "-o", size, "horizon-test", str(folder)]
    mounted = may_mount() and not subprocess.run(mount, capture_output=True, check=False).returncode
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)


def leave_room(filler: Path, pages: int) -> None:
    """Fill the disk with a file until so many pages are free."""
    with open(filler, "ab", buffering=0) as file:
        with contextlib.suppress(OSError):
            while True:
                file.write(b"\0" * PAGE)
        file.truncate(max(0, file.seek(0, os.SEEK_END) - pages * PAGE))


def full_at_every_write(disk: Path, *, pages: int, step: int = 1) -> Counts:
    """On a disk with 0, 1, 2, ... pages free: change a little, change a lot, write register.json,
    export. Each is done whole or refused in words; what was confirmed is there; it adds up.

    `disk` is the folder where the small disk stands.
    """
    counts, path, filler = Counts(), disk / "register.json", disk / "filler"
    with Register.create(path, name="Small", acting="Sam Example") as register:
        register.propose(name="First")
    names = {"First"}

    def change(register: Register, words: int) -> None:
        name = f"Technology {counts.acknowledged} of {words} words"
        register.propose(name=name, summary="word " * words)
        names.add(name)

    def export(register: Register, words: int) -> None:
        export_register(register, disk / "out.json")

    def save(register: Register, words: int) -> None:
        register.close()

    tasks: list[tuple[Callable[[Register, int], None], int]] = [
        (change, 3), (change, 1_500), (export, 0), (change, 4_000), (save, 0)
    ]  # fmt: skip
    for free in range(0, pages, step):
        leave_room(filler, free)
        register = Register.open(path, acting="Sam Example")
        for task, words in tasks:
            before, refused = journal_path(path).read_bytes(), ""
            try:
                task(register, words)
            except (StoreFault, BadInput) as fault:
                refused = str(fault).lower()
            if refused:
                counts.refused += 1
                assert any(each in refused for each in FULL), refused
                assert task is not change or journal_path(path).read_bytes() == before
            else:
                counts.acknowledged += 1
            assert {each.name for each in register.state.technologies.headers()} == names
        _shown(path, names, counts)
        filler.unlink()
        for each in disk.glob("out.json"):
            each.unlink()
        # With room again the same window goes on.
        register = Register.open(path, acting="Sam Example")
        change(register, 3)
        counts.acknowledged += 1
        register.close()
        if journal_path(path).stat().st_size > KILOBYTES * 1024 // 3:
            break
    assert verify(path).faults == ()
    return counts


def _shown(path: Path, names: set[str], counts: Counts) -> None:
    """Look at the files as another program would that opens them now."""
    counts.looked += 1
    with Register.open(path, acting="Sam Example") as fresh:
        shown = {each.name for each in fresh.state.technologies.headers()}
        counts.lost += len(names - shown)
        assert shown == names
        assert fresh.read_only == ""
    assert verify(path).faults == ()
