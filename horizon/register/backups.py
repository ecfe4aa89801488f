"""Backups: the whole register in one file, verified after it was written, and brought back."""

from __future__ import annotations

import gzip
import os
import re
import tempfile
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from horizon.model.errors import BadInput, RuleBroken, StoreFault
from horizon.model.wording import count
from horizon.register import opening
from horizon.register.checking import verify
from horizon.register.copying import Copied, copy
from horizon.register.ledger import Ledger
from horizon.register.locating import FILE
from horizon.store.disk import beside, refuse_device, replace, why
from horizon.store.files import journal_path
from horizon.store.places import Place

ENDING = ".jsonl.gz"
_IN_NAMES = re.compile("[^A-Za-z0-9-]")
"""What of an id does not go into the name of a file: a register may come from anybody."""

KEEP = 10
"""Backups of a register that are kept in a folder, unless somebody says otherwise."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made, what it holds, and the older ones that made room for it."""

    path: Path
    held: Copied
    removed: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought back, and where the files that stood there are now, if any did."""

    held: Copied
    aside: tuple[Path, ...]


def back_up(place: Place, folder: Path, *, acting: str, now: datetime, keep: int = KEEP) -> Backup:
    """Write the register at `place` to one new file in `folder`, and read it back.

    The file is the journal, packed: a register.json is made again from it. The newest `keep`
    backups of this register stay in the folder. Raises `BadInput` for a folder that is not there,
    `StoreFault` when the register does not add up or the file is not as it was written.
    """
    if not folder.is_dir():
        raise BadInput("There is no such folder", where=str(folder), do="Make it first")
    with tempfile.TemporaryDirectory() as kept:
        carried = Path(kept) / FILE
        held = copy(place, carried, acting=acting)
        with Ledger.open(carried, acting=acting) as register:
            stem = f"horizon-{_IN_NAMES.sub('', register.state.head.register_id)[:10]}"
        journal = journal_path(carried).read_bytes()
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    path = folder / f"{stem}-{stamp}{ENDING}"
    try:
        replace(path, [gzip.compress(journal, mtime=0)])
        if _unpacked(path) != journal:
            raise StoreFault(f"{path} is not as it was written. Do not rely on it.")
        older = sorted(folder.glob(f"{stem}-*{ENDING}"), reverse=True)
        removed = tuple(each for each in older[max(1, keep) :] if each != path)
        for each in removed:
            each.unlink()
    except OSError as error:
        raise StoreFault(f"{path} cannot be written: {why(error)}.") from None
    return Backup(path, held, removed)


def restore(backup: Path, place: Path, *, acting: str, replacing: bool = False) -> Restored:
    """Bring the register in a backup back to `place`.

    What stands there is kept beside it under another name, and only moved when the backup holds
    all of it, or `replacing` says so. Raises `RuleBroken` for a newer register or another one,
    `StoreFault` for a backup that does not add up; then nothing is changed.
    """
    with tempfile.TemporaryDirectory() as folder:
        held = Path(folder) / FILE
        journal_path(held).write_bytes(_unpacked(backup))
        found = verify(held)
        if found.faults:
            fault = found.faults[0]
            raise StoreFault(f"{backup} does not add up: line {fault.line} {fault.what}.")
        aside: dict[Path, Path] = {}
        if opening.exists(place):
            if not replacing:
                _refuse_newer(held, place)
            aside = _put_aside(place)
        try:
            return Restored(copy(held, place, acting=acting), tuple(aside.values()))
        except BaseException:
            for each, kept in aside.items():
                os.replace(kept, each)
            raise


def _unpacked(backup: Path) -> bytes:
    try:
        refuse_device(backup)
        journal = gzip.decompress(backup.read_bytes())
    except gzip.BadGzipFile:
        journal = b""
    except (EOFError, ValueError, zlib.error) as error:
        raise StoreFault(f"{backup} is damaged: {error}.") from None
    except OSError as error:
        raise BadInput(f"It cannot be read: {why(error)}", where=str(backup)) from None
    if not journal:
        raise BadInput("This is not a backup", where=str(backup), do="Check the path")
    return journal


def _refuse_newer(held: Path, place: Path) -> None:
    """Raise `RuleBroken` when the register at `place` has lines that the backup does not."""
    there = journal_path(place).read_bytes() if journal_path(place).exists() else b""
    kept = journal_path(held).read_bytes()
    if kept.startswith(there):
        return
    if there.startswith(kept):
        lost = there[len(kept) :].count(b"\n")
        what = f"{place} has {count(lost, 'line')} that the backup does not, written since"
    else:
        what = f"{place} is another register, or has gone another way since the backup"
    raise RuleBroken(what, who="Say --yes to put it aside and restore all the same.")


def _put_aside(place: Path) -> dict[Path, Path]:
    """Move the two files of a register out of the way; gives where each is kept."""
    moved: dict[Path, Path] = {}
    try:
        for each in (place, journal_path(place)):
            if each.exists():
                kept = beside(each, "before-restore")
                os.replace(each, kept)
                moved[each] = kept
    except OSError as error:
        raise StoreFault(f"{place} cannot be put aside: {why(error)}.") from None
    return moved
