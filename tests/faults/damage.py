"""Files that are missing, old, cut, mixed up or somebody else's: what opens, and what it says."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from horizon.store.files import journal_path
from tests.faults.counting import Counts, goes_on
from tests.store.making import Desk, facts, proposed
from tests.store.test_faults import rehashed

CHANGES = 12


def made(folder: Path) -> Path:
    """A register with a dozen changes, whose register.json is two changes behind."""
    folder.mkdir(parents=True)
    path = folder / "register.json"
    desk = Desk.begun(path, technologies=CHANGES - 3)
    desk.save()
    shutil.copy(path, folder.parent / "old.json")
    desk.write(facts(1, 2))
    desk.save()
    desk.write(facts(1, 3))
    desk.write(facts(1, 4))
    desk.store.close()
    return path


def lines(path: Path) -> list[bytes]:
    return journal_path(path).read_bytes().splitlines(keepends=True)


def write(path: Path, content: list[bytes]) -> None:
    journal_path(path).write_bytes(b"".join(content))


def other(path: Path) -> Path:
    """Another register, further along, in a folder of its own."""
    folder = path.parent / "other"
    folder.mkdir()
    desk = Desk.begun(folder / "register.json", technologies=CHANGES + 5)
    desk.save()
    return folder / "register.json"


def snapshot_missing(path: Path) -> None:
    path.unlink()


def snapshot_stale(path: Path) -> None:
    shutil.copy(path.parent.parent / "old.json", path)


def snapshot_cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-700])


def snapshot_empty(path: Path) -> None:
    path.write_bytes(b"")


def snapshot_edited(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"Technology 3", b"Technology X"))


def snapshot_of_another_register(path: Path) -> None:
    shutil.copy(other(path), path)


def journal_missing(path: Path) -> None:
    journal_path(path).unlink()


def journal_forked(path: Path) -> None:
    held = lines(path)
    mine = json.loads(held[-1])
    mine["events"][0]["by"] = "p-ffffffffffffffff"
    write(path, [*held, rehashed(mine)])


def journal_gapped(path: Path) -> None:
    write(path, [*lines(path)[:-2], lines(path)[-1]])


def journal_reordered(path: Path) -> None:
    held = lines(path)
    write(path, [*held[:-2], held[-1], held[-2]])


def journal_doubled(path: Path) -> None:
    write(path, [*lines(path), lines(path)[-1]])


def journal_of_another_register(path: Path) -> None:
    shutil.copy(journal_path(other(path)), journal_path(path))


def journal_cut_before_the_snapshot(path: Path) -> None:
    write(path, lines(path)[:-4])


def conflicted_copy(path: Path) -> None:
    shutil.copy(path, path.with_name("register (Sam's conflicted copy 2026-11-24).json"))


def lock_of_a_dead_process(path: Path) -> None:
    path.with_name("register.lock").write_bytes(b"\nsam on PC-12 (process 999999)")


@dataclass(frozen=True)
class Expected:
    """`missing` changes are not shown (each said), `writes` whether the next change is taken,
    `says` what is told of it."""

    damage: Callable[[Path], None]
    missing: int = 0
    writes: bool = True
    says: str = ""


EXPECTED = (
    Expected(snapshot_missing),
    Expected(snapshot_stale),
    Expected(snapshot_cut, says="was rebuilt from the journal"),
    Expected(snapshot_empty, says="was rebuilt from the journal"),
    Expected(snapshot_edited, says="changed by something other than Horizon"),
    Expected(snapshot_of_another_register, writes=False, says="includes events up to"),
    Expected(journal_forked, writes=False, says="Line 14 .* does not follow"),
    Expected(journal_gapped, missing=2, writes=False, says="Line 12 .* does not follow"),
    Expected(journal_reordered, missing=2, writes=False, says="Line 12 .* does not follow"),
    Expected(journal_doubled, writes=False, says="Line 14 .* does not follow"),
    Expected(
        journal_of_another_register,
        missing=0,
        writes=False,
        says="tell different histories|belongs to another",
    ),
    Expected(
        journal_cut_before_the_snapshot, missing=4, writes=False, says="lines were cut from its end"
    ),
    Expected(conflicted_copy, says="There is a conflicting copy"),
    Expected(lock_of_a_dead_process),
)


def damaged(folder: Path, expected: Expected) -> tuple[Counts, list[str]]:
    """Do the damage to a register and open it; gives the counts and what was said."""
    counts = Counts()
    path = made(folder / "home")
    confirmed = len(lines(path)) + 1  # the first line holds two events
    counts.acknowledged = confirmed
    expected.damage(path)
    kept = {each: each.read_bytes() for each in (path, journal_path(path)) if each.exists()}
    desk = counts.look(path, confirmed)
    assert desk is not None
    said = [*desk.store.notices, desk.store.read_only]
    assert all(each.read_bytes() == content for each, content in kept.items())
    if expected.writes:
        assert desk.store.read_only == ""
        desk.write(proposed(77))
        desk.save()
        goes_on(path, Desk(path))
    return counts, said
