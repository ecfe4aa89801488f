"""Files that are missing, old, cut, mixed up or somebody else's; rights that are taken away."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

import pytest

from horizon.model.errors import StoreFault
from horizon.register import Register
from horizon.register.checking import verify
from horizon.store.files import journal_path
from tests.clocks import StandingClock
from tests.faults.damage import (
    EXPECTED,
    Expected,
    damaged,
    journal_doubled,
    journal_missing,
    snapshot_missing,
)
from tests.store.making import Desk, found, proposed


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda each: each.damage.__name__)
def test_what_was_done_to_the_files_is_said_and_what_is_confirmed_is_kept(
    tmp_path: Path, expected: Expected
) -> None:
    counts, said = damaged(tmp_path, expected)
    assert counts.lost == expected.missing
    assert counts.refused == (not expected.writes)
    assert bool(expected.says) == any(said), said
    assert re.search(expected.says, "\n".join(said)), said


@pytest.mark.parametrize(
    ("damage", "opens", "verifies"),
    [(snapshot_missing, 0, 0), (journal_doubled, 1, 1), (journal_missing, 0, 1)],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_exit_codes_tell_a_shell_whether_a_damaged_register_can_be_changed(
    example: Path, damage: object, opens: int, verifies: int
) -> None:
    assert callable(damage)
    damage(example)
    for arguments, code in (
        (["verify"], verifies),
        (["amend", "T-0001", "--trl", "4", "--reason", "Looked again"], opens),
    ):
        done = subprocess.run(
            [sys.executable, "-m", "horizon", "--as", "Sam Example", *arguments],
            cwd=example.parent,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, (arguments, done.stdout, done.stderr)
        assert "Traceback" not in done.stderr


def test_a_clock_that_goes_back_does_not_mix_up_the_history(tmp_path: Path) -> None:
    path, clock = tmp_path / "register.json", StandingClock()
    with Register.create(path, name="Test", acting="Sam Example", clock=clock) as register:
        register.propose(name="Before")
        clock.go_to(date(2019, 1, 1))
        register.propose(name="After")
    assert verify(path).faults == ()
    path.unlink()
    with Register.open(path, acting="Sam Example", clock=clock) as register:
        assert [each.name for each in register.state.technologies.headers()] == ["Before", "After"]


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become another user"
)
def test_rights_taken_away_in_mid_work_are_said_and_nothing_confirmed_is_lost() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "register.json"
        desk = Desk.begun(path, technologies=3)
        desk.save()
        desk.store.close()
        for each in (folder, *folder.iterdir()):
            os.chown(each, 65534, 65534)
        child = os.fork()
        if child == 0:
            status = 1
            try:
                os.setgid(65534)
                os.setuid(65534)
                status = _work_on(path)
            finally:
                os._exit(status)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        assert Desk(path).state.head.seq == 6
        assert found(path) == []


def _work_on(path: Path) -> int:
    """0 when all that was refused was refused in words, after one change that was taken."""
    desk = Desk(path)
    desk.write(proposed(4))
    desk.store.close()
    os.chmod(journal_path(path), 0o444)
    os.chmod(path.parent, 0o555)
    refused = 0
    for task in (lambda: desk.write(proposed(5)), desk.save, lambda: desk.store.empty([3])):
        try:
            task()
        except StoreFault as fault:
            refused += "do not have the right" in str(fault)
    return 0 if refused == 3 else 3
