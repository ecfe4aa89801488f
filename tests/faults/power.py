"""Power cuts: what can be on the disk when it goes dark before any call to the system."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from horizon.store.files import journal_path
from tests.faults.counting import Counts, goes_on
from tests.store.making import Desk, facts, proposed, technology_id

PAGE = 4096
CALLS = ("write", "fsync", "fdatasync", "ftruncate", "replace", "unlink")


class Disk:
    """Follows one folder: what of it was synced, and what only stands in memory.

    A file's bytes are safe when the file was synced; its name when the folder was. `dark` makes
    the folder as it may be found after a power cut: of every page and every name that was not
    synced, the old or the new one, each by chance.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.contents: dict[int, bytes] = {}
        self.names: dict[str, int] = {}
        for each in folder.iterdir():
            self._keep(each)
        self._keep_names()

    def _keep(self, path: Path) -> None:
        self.contents[path.stat().st_ino] = path.read_bytes()

    def _keep_names(self) -> None:
        self.names = {each.name: each.stat().st_ino for each in self.folder.iterdir()}

    def synced(self, handle: int) -> None:
        """The system said that this file, or this folder, is on the disk."""
        path = Path(os.readlink(f"/proc/self/fd/{handle}"))
        if path == self.folder:
            self._keep_names()
        elif path.parent == self.folder:
            self._keep(path)

    def dark(self, to: Path, dice: random.Random) -> None:
        """Make the folder `to` as it may be found afterwards."""
        to.mkdir()
        now = {each.name: each for each in self.folder.iterdir()}
        for name in sorted({*now, *self.names}):
            kept, there = self.names.get(name), now.get(name)
            choices = [each for each in (kept, there) if each is not None]
            if kept is None or there is None:
                choices.append(None)
            chosen = dice.choice(choices)
            if isinstance(chosen, Path):
                old = self.contents.get(chosen.stat().st_ino, b"")
                (to / name).write_bytes(_mixed(old, chosen.read_bytes(), dice))
            elif chosen is not None:
                (to / name).write_bytes(self.contents.get(chosen, b""))


def _mixed(old: bytes, new: bytes, dice: random.Random) -> bytes:
    size = dice.choice([len(old), len(new), dice.randint(*sorted((len(old), len(new))))])
    pages = []
    for start in range(0, size, PAGE):
        before, after = old[start : start + PAGE], new[start : start + PAGE]
        page = after if before == after or dice.random() < 0.5 else before
        pages.append(page.ljust(min(PAGE, size - start), b"\0")[: size - start])
    return b"".join(pages)


@contextmanager
def watched(disk: Disk, before: Callable[[], None]) -> Iterator[None]:
    """Calls to the system as ever, with `before` called ahead of each that changes the disk."""
    real = {name: getattr(os, name) for name in CALLS if hasattr(os, name)}

    def wrapped(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def called(*args: Any, **more: Any) -> Any:
            with unwatched():
                before()
            result = call(*args, **more)
            if name in ("fsync", "fdatasync"):
                disk.synced(args[0])
            return result

        return called

    @contextmanager
    def unwatched() -> Iterator[None]:
        watching = {name: getattr(os, name) for name in real}
        for name, call in real.items():
            setattr(os, name, call)
        try:
            yield
        finally:
            for name, call in watching.items():
                setattr(os, name, call)

    for name, call in real.items():
        setattr(os, name, wrapped(name, call))
    try:
        yield
    finally:
        for name, call in real.items():
            setattr(os, name, call)


def unsynced_writes_dropped(folder: Path, *, changes: int, cuts: int) -> Counts:
    """Go dark before every call to the system of so many changes and snapshots, each `cuts` times.

    Every confirmed change must be there whatever the disk kept of what was not synced.
    """
    counts, dice = Counts(), random.Random(7)
    home = folder / "home"
    home.mkdir(parents=True)
    path = home / "register.json"
    desk = Desk.begun(path, technologies=1)
    desk.save()
    disk = Disk(home)

    def dark() -> None:
        for _ in range(cuts):
            there = folder / f"dark-{counts.looked}"
            disk.dark(there, dice)
            opened = counts.look(there / path.name, desk.state.head.seq)
            if opened is not None and not opened.store.read_only:
                goes_on(there / path.name, opened)
            for each in there.iterdir():
                each.unlink()
            there.rmdir()

    with watched(disk, dark):
        for number in range(changes):
            size = 1 if number % 5 else 1500
            revision = desk.state.technologies[technology_id(1)].revision + 1
            desk.write(proposed(number + 2, summary="word " * size), facts(1, revision))
            counts.acknowledged += 1
            if number % 10 == 4:
                desk.save()
    return counts


def journal_cut(folder: Path, *, last: int, step: int) -> Counts:
    """Cut the journal at every `step`th byte of its last `last` bytes, and beside each line's end.

    What was whole must be read, and nothing else; whatever broke off is set aside.
    """
    counts = Counts()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "register.json"
    desk = Desk.begun(path)
    while journal_path(path).stat().st_size < last + 2000:
        desk.write(proposed(desk.state.head.seq, summary="word " * (800 + desk.state.head.seq)))
    content = journal_path(path).read_bytes()
    counts.acknowledged = desk.state.head.seq
    ends = [at + 1 for at, byte in enumerate(content) if byte == 10]
    begin = max(ends[0], len(content) - last)
    beside = {end + by for end in ends for by in (-1, 0, 1)}
    places = sorted(
        {*range(begin, len(content), step), *(beside & set(range(begin, len(content))))}
    )
    seqs = {end: number + 2 for number, end in enumerate(ends)}
    for turn, size in enumerate(places):
        path.unlink(missing_ok=True)
        journal_path(path).write_bytes(content[:size])
        whole = max(end for end in ends if end <= size)
        opened = counts.look(path, seqs[whole])
        assert opened is not None
        assert not opened.store.read_only
        assert opened.state.head.seq == seqs[whole], size
        if turn % 97 == 0:
            goes_on(path, opened)
            kept = b"".join(each.read_bytes() for each in folder.glob("*.torn-*"))
            assert kept == content[whole:size]
            for each in folder.glob("*.torn-*"):
                each.unlink()
    return counts
