"""Quick versions of what `python -m tests.bench.bench_faults` plays at length."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from horizon.register import Register
from tests.faults.small_disk import full_at_every_write, leave_room, small_disk
from tests.faults.working import (
    HORIZON,
    full_at_every_byte,
    killed_while_exporting,
    killed_while_importing,
    killed_while_saving,
    killed_while_working,
    writers_at_once,
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of POSIX")


def test_a_process_killed_at_random_moments_loses_nothing_it_had_confirmed(tmp_path: Path) -> None:
    counts = killed_while_working(tmp_path, changes=60)
    assert counts.acknowledged >= 60
    assert (counts.lost, counts.refused) == (0, 0)


def test_eight_processes_at_once_lose_nothing(tmp_path: Path) -> None:
    counts = writers_at_once(tmp_path, writers=8, seconds=2)
    assert counts.acknowledged > 8
    assert counts.lost == 0


def test_a_disk_full_at_any_byte_of_a_line_refuses_it_whole(tmp_path: Path) -> None:
    counts = full_at_every_byte(tmp_path, step=9)
    assert counts.acknowledged == 1
    assert counts.refused > 40
    assert counts.lost == 0


def test_an_import_that_is_killed_leaves_all_of_it_or_nothing(tmp_path: Path) -> None:
    counts = killed_while_importing(tmp_path, times=4)
    assert counts.looked == 4
    assert (counts.lost, counts.refused) == (0, 0)


def test_a_process_killed_while_it_writes_register_json_leaves_a_whole_one(tmp_path: Path) -> None:
    counts = killed_while_saving(tmp_path, times=4)
    assert counts.acknowledged >= 4
    assert (counts.lost, counts.refused) == (0, 0)


def test_an_export_that_is_killed_leaves_no_half_a_file_under_its_name(tmp_path: Path) -> None:
    path = tmp_path / "register.json"
    with Register.create(path, name="Small", acting="Sam Example") as register:
        register.propose(name="First")
    counts = killed_while_exporting(path, tmp_path, times=4)
    assert counts.looked == 4
    assert (counts.lost, counts.refused) == (0, 0)


def test_a_disk_that_is_really_full_refuses_in_words_and_loses_nothing(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as mounted:
        if not mounted:
            pytest.skip("only root may mount a small disk to fill")
        counts = full_at_every_write(tmp_path / "disk", pages=12, step=2)
    assert counts.acknowledged > 12
    assert counts.refused > 6
    assert counts.lost == 0


@pytest.mark.parametrize(
    "command",
    [
        ["add", "Second", "--summary", "word " * 2_000],
        ["export", "register", "-o", "out.xlsx"],
        ["export", "paper", "--template", "decisions-register", "-o", "out.md"],
        ["backup", "."],
    ],
    ids=lambda command: command[0],
)
def test_a_command_on_a_full_disk_ends_with_1_and_one_line(
    tmp_path: Path, command: list[str]
) -> None:
    disk = tmp_path / "disk"
    with small_disk(disk, 256) as mounted:
        if not mounted:
            pytest.skip("only root may mount a small disk to fill")
        with Register.create(disk / "register.json", name="Small", acting="Sam") as register:
            register.propose(name="First")
        leave_room(disk / "filler", 0)
        done = subprocess.run(
            [*HORIZON, "register.json", *command],
            cwd=disk,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1, done
        said = done.stderr.splitlines()
        assert len(said) == 1
        assert "the disk is full" in said[0] or "no space left" in said[0]
        assert not list(disk.glob("out.*"))
