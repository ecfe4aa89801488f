"""Drafts: kept for one person, readable by nobody else, and gone once they are old or handed in."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from horizon import drafts
from horizon.drafts import DAYS, Draft

MINE = Draft(("register", "technology", "ben", "scores of round 1"))


def test_what_was_kept_is_there_again_until_it_is_dropped() -> None:
    assert MINE.load() == {}
    assert MINE.keep({"given": {"S1": 4}})
    assert MINE.load() == {"given": {"S1": 4}}
    MINE.drop()
    MINE.drop()
    assert MINE.load() == {}


@given(st.lists(st.tuples(st.text(), st.text()), min_size=2, max_size=8, unique=True))
def test_no_two_works_share_a_file(works: list[tuple[str, str]]) -> None:
    assert len({Draft(each).path for each in works}) == len(works)


def test_nobody_else_on_the_machine_reads_a_draft() -> None:
    MINE.keep({"given": {}})
    assert MINE.path.stat().st_mode & 0o077 == 0
    assert drafts.folder().stat().st_mode & 0o077 == 0
    assert "ben" not in MINE.path.name


@pytest.mark.parametrize("content", [b"", b"[1]", b"{", b"\xff"])
def test_a_draft_that_cannot_be_read_is_as_if_it_were_not_there(content: bytes) -> None:
    MINE.keep({})
    MINE.path.write_bytes(content)
    assert MINE.load() == {}


def test_a_folder_that_cannot_be_written_to_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a-file").touch()
    monkeypatch.setenv("HORIZON_SETTINGS", str(tmp_path / "a-file" / "settings.json"))
    assert not MINE.keep({"given": {}})
    assert MINE.load() == {}
    MINE.drop()


def test_where_drafts_are_not_wanted_none_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(drafts.NONE, "1")
    assert not MINE.keep({"given": {}})
    assert not drafts.folder().exists()


def test_a_draft_that_nobody_took_up_again_is_thrown_away_in_the_end() -> None:
    MINE.keep({"given": {}})
    for days, there in ((DAYS - 1, True), (DAYS + 1, False)):
        long_ago = time.time() - days * 24 * 60 * 60
        os.utime(MINE.path, (long_ago, long_ago))
        other = Draft(("register", "technology", "ben", f"after {days} days"))
        other.keep({"given": {}})
        assert MINE.path.exists() is there
