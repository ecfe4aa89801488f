"""Disks that are full, folders that cannot be written to, disks that fail."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from horizon.model.errors import StoreFault
from horizon.store.files import journal_path
from tests.store.making import Desk, found, proposed

LONG = "many words " * 2000


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 256 KB of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root may mount a small disk to fill")
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "horizon-test", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small disk is not allowed here")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_a_full_disk_refuses_a_change_in_words_and_keeps_all_there_was(small_disk: Path) -> None:
    path = small_disk / "register.json"
    desk = Desk.begun(path)
    desk.save()
    number = 0

    def fill() -> None:
        nonlocal number
        while True:
            desk.write(proposed(number + 1, summary=LONG))
            number += 1

    with pytest.raises(StoreFault, match=r"Nothing was saved.*the disk is full") as refused:
        fill()
    assert str(path.with_name("register.journal.jsonl")) in str(refused.value)
    assert number > 1
    assert found(path) == []
    assert journal_path(path).read_bytes().endswith(b"\n")
    assert desk.store.read_only == ""
    assert len(Desk(path).names) == number

    path.unlink()
    desk.write(proposed(number + 1))  # with room again, the same window goes on
    assert len(Desk(path).names) == number + 1


def test_a_full_disk_keeps_the_old_snapshot(small_disk: Path) -> None:
    path = small_disk / "register.json"
    desk = Desk.begun(path)
    desk.save()
    before = path.read_bytes()
    for number in range(1, 9):
        desk.write(proposed(number, summary=LONG))
    with pytest.raises(StoreFault, match="the disk is full"):
        desk.save()
    assert path.read_bytes() == before
    assert not list(small_disk.glob(".*.tmp"))
    assert len(Desk(path).names) == 8


def test_a_full_disk_keeps_the_journal_when_an_erasure_does_not_fit(small_disk: Path) -> None:
    path = small_disk / "register.json"
    desk = Desk.begun(path)
    for number in range(1, 8):
        desk.write(proposed(number, summary=LONG))
    before = journal_path(path).read_bytes()
    with pytest.raises(StoreFault, match="the disk is full"):
        desk.store.empty([3])
    assert journal_path(path).read_bytes() == before
    assert found(path) == []


@pytest.fixture
def read_only_disk(tmp_path: Path) -> Iterator[Path]:
    """A register in a folder that nobody, not even root, can write to."""
    folder = tmp_path / "disk"
    folder.mkdir()
    Desk.begun(folder / "register.json", technologies=2).save()
    (folder / "register.lock").unlink()
    if os.name != "nt" and os.geteuid() == 0:
        bind = ["mount", "--bind", str(folder), str(folder)]
        remount = ["mount", "-o", "remount,bind,ro", str(folder)]
        if subprocess.run(bind, capture_output=True, check=False).returncode:
            pytest.skip("root can write everywhere, and mounting is not allowed here")
        subprocess.run(remount, check=True)
        yield folder
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
    else:
        folder.chmod(0o555)
        yield folder
        folder.chmod(0o755)


def test_a_folder_that_can_only_be_read_opens_and_says_so(read_only_disk: Path) -> None:
    desk = Desk(read_only_disk / "register.json")
    assert desk.names == ["Technology 1", "Technology 2"]
    assert "do not have the right to write" in desk.store.read_only
    assert str(read_only_disk) in desk.store.read_only
    assert found(read_only_disk / "register.json") == []
    for refused in (
        lambda: desk.store.append([proposed(3)], by="p", at="x"),
        desk.save,
        lambda: desk.store.empty([3]),
    ):
        with pytest.raises(StoreFault, match="do not have the right"):
            refused()
    with pytest.raises(StoreFault, match="cannot be locked"), desk.store.lock():
        pass


def test_a_torn_line_in_a_folder_that_can_only_be_read_stays_where_it_is(tmp_path: Path) -> None:
    path = tmp_path / "register.json"
    Desk.begun(path, technologies=1)
    with open(journal_path(path), "ab") as journal:
        journal.write(b"{")
    desk = Desk(path)
    desk.store.read_only = "said so"
    assert desk.names == ["Technology 1"]
    with pytest.raises(StoreFault, match="said so"):
        desk.write(proposed(2))
    assert journal_path(path).read_bytes().endswith(b"\n{")


def test_a_journal_that_belongs_to_others_opens_for_reading(tmp_path: Path) -> None:
    if os.name == "nt" or os.geteuid() != 0:
        pytest.skip("only root can become another user")
    path = tmp_path / "register.json"
    Desk.begun(path, technologies=1).save()
    # Temporary folders keep other users out; one in a folder of the system does not.
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        for name in ("register.json", "register.journal.jsonl"):
            shutil.copy(tmp_path / name, folder)
        child = os.fork()
        if child == 0:
            status = 1
            try:
                os.setgid(65534)
                os.setuid(65534)
                desk = Desk(Path(folder) / "register.json")
                said = "do not have the right to write" in desk.store.read_only
                status = 0 if said and desk.names == ["Technology 1"] else 2
            finally:
                os._exit(status)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@pytest.fixture
def failing_sync(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The system's own fsync, failing as on a disk with bad blocks; counts the calls."""
    calls: list[int] = []

    def fail(handle: int) -> None:
        calls.append(handle)
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    for name in ("fdatasync", "fsync"):
        if hasattr(os, name):
            monkeypatch.setattr(os, name, fail)
    return calls


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS syncs through fcntl")
def test_a_failed_sync_ends_writing_and_is_never_tried_again(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    path = tmp_path / "register.json"
    desk = Desk.begun(path, technologies=1)
    before = journal_path(path).read_bytes()
    calls = request.getfixturevalue("failing_sync")
    with pytest.raises(StoreFault, match="could not be confirmed"):
        desk.write(proposed(2))
    assert len(calls) == 1
    assert journal_path(path).read_bytes() == before
    assert "open it again" in desk.store.read_only
    with pytest.raises(StoreFault, match="could not be confirmed"):
        desk.write(proposed(2))
    with pytest.raises(StoreFault, match="could not be confirmed"):
        desk.save()
    assert len(calls) == 1
    request.getfixturevalue("monkeypatch").undo()
    Desk(path).write(proposed(2))


def test_an_interruption_while_writing_takes_the_line_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "register.json"
    desk = Desk.begun(path, technologies=1)
    before = journal_path(path).read_bytes()

    def interrupt(handle: int) -> None:
        raise KeyboardInterrupt

    for name in ("fdatasync", "fsync"):
        if hasattr(os, name):
            monkeypatch.setattr(os, name, interrupt)
    with pytest.raises(KeyboardInterrupt):
        desk.write(proposed(2))
    monkeypatch.undo()
    assert journal_path(path).read_bytes() == before
    desk.write(proposed(2))
    assert found(path) == []


def test_a_file_that_may_not_grow_is_refused_in_words(
    tmp_path: Path,
) -> None:
    """The limit on file size that administrators can set, in a process of its own."""
    if sys.platform == "win32":
        pytest.skip("this system has no such limit")
    path = tmp_path / "register.json"
    Desk.begun(path, technologies=1)
    size = journal_path(path).stat().st_size
    script = f"""
import resource, signal
from pathlib import Path
from tests.store.making import Desk, proposed
from horizon.model.errors import StoreFault
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
desk = Desk(Path({str(path)!r}))
resource.setrlimit(resource.RLIMIT_FSIZE, ({size + 100}, {size + 100}))
try:
    desk.write(proposed(2))
except StoreFault as fault:
    print(fault)
"""
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "largest size that is allowed" in done.stdout
    assert journal_path(path).stat().st_size == size
    assert found(path) == []
