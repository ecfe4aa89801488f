"""Files and folders put in their place whole, or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from horizon.model.errors import BadInput, StoreFault
from horizon.store.disk import refuse_device
from horizon.store.staging import OLD, Staged, clear


@contextlib.contextmanager
def replacing(path: Path, content: bytes) -> Iterator[None]:
    """Have `content` on disk beside `path`; put it in the place of `path` when the block ends well.

    If anything fails, the old file is left as it was. Raises `StoreFault` when the disk refuses.
    """
    try:
        staged = _staged(path, content)
    except OSError as error:
        raise _refused(path, error) from error
    try:
        yield
        try:
            os.replace(staged.path, path)
            _sync_folder(path.parent)
        except OSError as error:
            raise _refused(path, error) from error
    finally:
        staged.path.unlink(missing_ok=True)
        staged.let_go()


@contextlib.contextmanager
def replacing_folder(path: Path, files: Mapping[str, bytes]) -> Iterator[None]:
    """Have `files` in a folder beside `path`; put it in the place of `path` when the block ends
    well.

    A folder is only replaced when it holds nothing but files of these names. If anything fails,
    the old one is left as it was. Raises `BadInput` for a folder with something else in it, or a
    file in the way, and `StoreFault` when the disk refuses.
    """
    _refuse_strangers(path, files)
    try:
        held = _begun(path, folder=True)
    except OSError as error:
        raise _refused(path, error) from error
    staged = held.path
    old = staged.with_name(f"{staged.name}{OLD}")
    try:
        try:
            for name, content in files.items():
                with (staged / name).open("wb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
            staged.chmod(0o777 & ~_umask())
        except OSError as error:
            raise _refused(path, error) from error
        yield
        try:
            if path.exists():
                held.hold(path)
                os.replace(path, old)
            os.replace(staged, path)
            _sync_folder(path.parent)
        except OSError as error:
            if old.exists() and not path.exists():
                os.replace(old, path)
            raise _refused(path, error) from error
    finally:
        shutil.rmtree(staged, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
        held.let_go()


def _refuse_strangers(path: Path, files: Mapping[str, bytes]) -> None:
    if path.exists() and not path.is_dir():
        raise BadInput("There is a file in the way", where=str(path), do="Name a folder, or a .zip")
    strange = (
        sorted(each.name for each in path.iterdir() if each.name not in files)
        if path.exists()
        else []
    )
    if strange:
        raise BadInput(
            f"The folder holds something else: {', '.join(strange[:3])}",
            where=str(path),
            do="Name a new folder, so that nothing of yours is replaced",
        )


def _begun(path: Path, *, folder: bool = False) -> Staged:
    """A new file or folder beside `path`; what a killed process left there is cleared away."""
    clear(path.parent)
    return Staged(path, folder=folder)


def _staged(path: Path, content: bytes) -> Staged:
    """A new file beside `path` that holds `content`, flushed to the disk."""
    if path.is_dir():
        raise IsADirectoryError(21, "it is a folder")
    refuse_device(path)
    staged = _begun(path)
    try:
        with staged.path.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        staged.path.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
    except BaseException:
        staged.path.unlink(missing_ok=True)
        staged.let_go()
        raise
    return staged


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    """Flush the folder's entry where the system lets a folder be opened; Windows does not."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _refused(path: Path, error: OSError) -> StoreFault:
    why = (error.strerror or str(error)).lower()
    return StoreFault(f"{path} could not be written: {why}. The paper was not made.")
