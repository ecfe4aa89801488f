"""Processes that are killed, and processes that write at the same time: real ones."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from horizon.model.envelope import Draft
from horizon.model.errors import StoreFault
from horizon.model.events import PersonNamed
from horizon.store.files import FileStore, journal_path
from tests.store.making import Desk, facts, found, proposed, technology_id

WRITERS, CHANGES = 3, 25
spawn = multiprocessing.get_context("spawn")


def change_often(path: str, number: int) -> None:
    """Propose technologies of one's own and change one that everybody changes."""
    desk = Desk(Path(path))
    for each in range(CHANGES):
        with desk.store.lock():
            desk.catch_up()
            shared = desk.state.technologies[technology_id(1)].revision
            desk.write(proposed(number * 1000 + each), facts(1, shared + 1))
        if each % 10 == 9:
            with desk.store.lock():
                desk.catch_up()
                desk.save()


def test_processes_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "register.json"
    Desk.begun(path, technologies=1)
    writers = [
        spawn.Process(target=change_often, args=(str(path), number))
        for number in range(1, WRITERS + 1)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0] * WRITERS

    assert found(path) == []
    desk = Desk(path)
    assert len(desk.names) == 1 + WRITERS * CHANGES
    assert desk.state.technologies[technology_id(1)].revision == 1 + WRITERS * CHANGES
    assert desk.store.notices == []


ACKNOWLEDGE = """
import sys
from pathlib import Path
from tests.store.making import Desk, proposed
desk = Desk(Path(sys.argv[1]))
number = int(sys.argv[2])
while True:
    number += 1
    commit = desk.write(proposed(number, summary="words " * int(sys.argv[3])))
    if number % 7 == 0:
        desk.save()
    sys.stdout.write(f"{commit.events[-1].seq}\\n")
    sys.stdout.flush()
"""


@pytest.mark.parametrize("words", [10, 20_000], ids=["short lines", "lines of 120 KB"])
def test_a_process_killed_while_it_writes_loses_nothing_it_had_confirmed(
    tmp_path: Path, words: int
) -> None:
    path = tmp_path / "register.json"
    Desk.begun(path)
    chance = random.Random(words)
    confirmed = 2
    for turn in range(1, 7):
        with subprocess.Popen(
            [sys.executable, "-c", ACKNOWLEDGE, str(path), str(turn * 10_000), str(words)],
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
        ) as writer:
            assert writer.stdout is not None
            for _ in range(chance.randint(1, 30)):
                confirmed = int(writer.stdout.readline())
            writer.kill()
            rest = writer.stdout.read().splitlines(keepends=True)
        whole = [int(line) for line in rest if line.endswith(b"\n")]
        confirmed = max([confirmed, *whole])

        desk = Desk(path)
        assert desk.state.head.seq >= confirmed
        assert desk.store.read_only == ""
        assert [what for _, what in found(path) if "breaks off" not in what] == []
        kept = desk.state.tables()
        journal_only = Desk(path)
        journal_only.store.snapshot()
        assert kept == journal_only.state.tables()
    desk.write(proposed(9))
    assert found(path) == []


SAM = "p-00000000000000aa"
CALLS = ("open", "write", "fsync", "fdatasync", "ftruncate", "replace", "unlink", "lseek", "fchmod")


def run_until(call: int, task: Callable[[], None]) -> bool:
    """Run `task` in a child that dies just before its nth call to the system; whether it ended."""
    child = os.fork()
    if child == 0:
        left = call

        def dying(real: Callable[..., Any]) -> Callable[..., Any]:
            def counted(*args: Any, **more: Any) -> Any:
                nonlocal left
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                return real(*args, **more)

            return counted

        status = 1
        try:
            for name in CALLS:
                if hasattr(os, name):
                    setattr(os, name, dying(getattr(os, name)))
            task()
            status = 0
        finally:
            os._exit(status)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert ended in (0, -signal.SIGKILL)
    return ended == 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
@pytest.mark.parametrize("kind", ["change", "change after a torn line", "save", "erasure"])
def test_dying_before_any_call_to_the_system_leaves_a_register_that_opens(
    tmp_path: Path, kind: str
) -> None:
    ended, call = False, 0
    while not ended:
        call += 1
        path = tmp_path / str(call) / "register.json"
        path.parent.mkdir()
        desk = Desk.begun(path, technologies=2)
        desk.write(Draft(subject=SAM, revision=1, data=PersonNamed(name="Sam Example")))
        desk.save()
        desk.write(facts(1, 2))
        if "torn" in kind:
            with open(journal_path(path), "ab") as journal:
                journal.write(b'{"torn')
        desk.store.close()

        def task(path: Path = path) -> None:
            mine = Desk(path)
            if kind == "save":
                mine.save()
            elif kind == "erasure":
                mine.store.empty([5])
            else:
                mine.write(facts(1, 3))

        ended = run_until(call, task)
        fresh = Desk(path)
        assert fresh.store.read_only == ""
        assert fresh.names == ["Technology 1", "Technology 2"]
        if kind == "erasure" and ended:
            assert fresh.state.people[SAM].erased
        if not fresh.state.people[SAM].erased:
            assert fresh.state.people[SAM].name == "Sam Example"
        assert fresh.state.technologies[technology_id(1)].revision in (2, 3)
        revision = fresh.state.technologies[technology_id(1)].revision
        fresh.write(facts(1, revision + 1))
        fresh.save()
        assert found(path) == []
        assert not list(path.parent.glob(".register.json.*"))
        if fresh.state.people[SAM].erased:
            kept = [each for each in path.parent.iterdir() if b"Sam Ex" in each.read_bytes()]
            assert kept == []
    assert call > 3


def test_a_file_cut_back_to_any_moment_of_an_append_opens(tmp_path: Path) -> None:
    """What a power cut can leave of an append: any number of its bytes, or zeros in their place."""
    path = tmp_path / "register.json"
    desk = Desk.begun(path, technologies=1)
    desk.save()
    before = journal_path(path).stat().st_size
    desk.write(proposed(2))
    whole = journal_path(path).read_bytes()
    for size in range(before, len(whole), 11):
        for tail in (b"", b"\0" * (len(whole) - size)):
            journal_path(path).write_bytes(whole[:size] + tail)
            fresh = Desk(path)
            assert fresh.names == ["Technology 1"]
            fresh.write(proposed(3))
            assert Desk(path).names == ["Technology 1", "Technology 3"]
            assert found(path) == []


def test_a_register_whose_journal_cannot_be_read_says_so(tmp_path: Path) -> None:
    path = tmp_path / "register.json"
    journal_path(path).mkdir()
    with pytest.raises(StoreFault, match=r"register\.journal\.jsonl"):
        FileStore(path).since(0)
