"""Quick versions of what `python -m tests.bench.bench_faults` plays at length."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.faults.working import full_at_every_byte, killed_while_working, writers_at_once

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
