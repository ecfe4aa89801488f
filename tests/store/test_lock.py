"""One writer at a time: threads, processes, and folders that keep no locks."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from horizon.model.errors import StoreFault
from horizon.store import lock
from horizon.store.files import FileStore
from tests.store.making import Desk, facts, found

HOLD = """
import sys
from pathlib import Path
from horizon.store.files import FileStore
with FileStore(Path(sys.argv[1])).lock():
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "register.json"
    Desk.begun(path, technologies=1)
    return path


def test_the_same_thread_may_take_the_lock_again(path: Path) -> None:
    one, two = FileStore(path), FileStore(path)
    with one.lock(), one.lock(), two.lock():
        pass
    with two.lock():
        pass


def test_another_process_that_holds_the_lock_is_waited_for_and_named(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        monkeypatch.setattr(lock, "WAIT", 0.1)
        with pytest.raises(StoreFault, match=rf"process {other.pid}\).*Nothing was saved"):
            Desk(path).write(facts(1, 2))
        monkeypatch.setattr(lock, "WAIT", 30)
        other.stdin.write("\n")
        other.stdin.flush()
        Desk(path).write(facts(1, 2))
    assert found(path) == []


def test_a_process_that_is_killed_leaves_no_lock_behind(path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        other.kill()
    Desk(path).write(facts(1, 2))


def test_another_thread_that_holds_the_lock_is_waited_for(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with FileStore(path).lock():
            held.set()
            done.wait(30)

    thread = threading.Thread(target=hold)
    thread.start()
    assert held.wait(30)
    monkeypatch.setattr(lock, "WAIT", 0.1)
    with pytest.raises(StoreFault, match="Another part of this program"):
        Desk(path).write(facts(1, 2))
    done.set()
    thread.join()
    Desk(path).write(facts(1, 2))


def test_threads_that_write_at_once_lose_nothing(path: Path) -> None:
    def write(number: int) -> None:
        desk = Desk(path)
        for _ in range(10):
            with desk.store.lock():
                desk.catch_up()
                revision = desk.state.technologies["t-0000000000000001"].revision
                desk.write(facts(1, revision + 1))

    threads = [threading.Thread(target=write, args=(each,)) for each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Desk(path).state.technologies["t-0000000000000001"].revision == 41
    assert found(path) == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_a_forked_child_does_not_share_the_lock_of_its_parent(path: Path) -> None:
    store = FileStore(path)
    with store.lock():
        child = os.fork()
        if child == 0:
            lock.WAIT = 0.1
            try:
                with store.lock():
                    os._exit(1)
            except StoreFault:
                os._exit(0)
            os._exit(2)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    with store.lock():
        pass


def test_a_lock_file_that_was_deleted_is_made_anew_for_everyone(path: Path) -> None:
    one, two = Desk(path), Desk(path)
    one.write(facts(1, 2))
    path.with_name("register.lock").unlink()
    two.write(facts(1, 3))
    one.write(facts(1, 4))
    assert path.with_name("register.lock").exists()
    assert found(path) == []


def test_a_folder_that_ignores_locks_is_found_out_and_said_once(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some network shares accept every lock; here the system call does."""
    gc.collect()
    monkeypatch.setattr(lock, "_lock", lambda _: True)
    desk = Desk(path)
    desk.write(facts(1, 2))
    desk.write(facts(1, 3))
    told = [each for each in desk.store.notices if "does not keep file locks" in each]
    assert len(told) == 1


def test_a_folder_that_knows_no_locks_can_still_be_written_to(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unsupported(_: int) -> bool:
        raise OSError("not supported")

    gc.collect()
    monkeypatch.setattr(lock, "_lock", unsupported)
    desk = Desk(path)
    desk.write(facts(1, 2))
    assert any("does not keep file locks" in each for each in desk.store.notices)


def test_a_folder_that_keeps_locks_gives_no_notice(path: Path) -> None:
    desk = Desk(path)
    desk.write(facts(1, 2))
    assert desk.store.notices == []


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc to count open files")
def test_stores_that_are_let_go_leave_no_file_open(tmp_path: Path) -> None:
    before = len(os.listdir("/proc/self/fd"))
    for each in range(20):
        desk = Desk.begun(tmp_path / f"{each}.json")
        desk.store.close()
    del desk
    gc.collect()
    assert len(os.listdir("/proc/self/fd")) <= before + 1
