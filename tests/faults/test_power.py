"""The power goes: in the middle of a line, and before anything was synced."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.faults.power import journal_cut, unsynced_writes_dropped


def test_a_journal_cut_anywhere_keeps_every_whole_line_and_sets_the_rest_aside(
    tmp_path: Path,
) -> None:
    counts = journal_cut(tmp_path, last=32 * 1024, step=149)
    assert counts.looked > 200
    assert (counts.lost, counts.refused) == (0, 0)
    assert counts.torn > 150


@pytest.mark.skipif(sys.platform != "linux", reason="finds what was synced through /proc")
def test_whatever_the_disk_drops_of_what_was_not_synced_no_confirmed_change_is_lost(
    tmp_path: Path,
) -> None:
    counts = unsynced_writes_dropped(tmp_path, changes=15, cuts=2)
    assert counts.acknowledged == 15
    assert counts.looked > 60
    assert counts.lost == 0
