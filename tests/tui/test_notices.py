"""Notices at the foot of the screen, and the clock."""

from __future__ import annotations

from pathlib import Path
from time import time

import pytest
from textual.widgets._toast import Toast

from horizon.tui.notices import Notice
from tests.tui.using import NARROW, using


def test_a_notice_whose_time_is_over_is_over_and_has_no_negative_time_left() -> None:
    over = Notice("Saved.", timeout=5, raised_at=time() - 6)
    assert over.has_expired
    assert over.time_left > 0
    assert not Notice("Saved.", timeout=5).has_expired


async def test_what_the_app_says_is_such_a_notice(empty: Path) -> None:
    async with using(empty) as user:
        user.app.notify("Nothing was saved.", timeout=30)
        await user.until(lambda: bool(user.app.screen.query(Toast)))
        assert [type(each) for each in user.app._notifications] == [Notice]
        assert "Nothing was saved." in user.screen


@pytest.mark.parametrize("letters", [*range(70, 82), 160])
async def test_a_notice_is_never_cut(empty: Path, letters: int) -> None:
    async with using(empty, size=NARROW) as user:
        user.app.notify(("word " * letters)[: letters - 3] + "END")
        await user.until(lambda: "END" in user.screen)
