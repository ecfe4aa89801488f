"""The objective 4 measure on the screen."""

from __future__ import annotations

from pathlib import Path

from tests.tui.using import NARROW, page, using


async def test_the_measure_is_told_year_by_year_with_each_submission(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await user.press("M")
        await user.until(lambda: user.on == "MeasureScreen")
        assert "1 April 2026 to 24 November 2026" in user.screen
        await user.press("p")
        await user.until(lambda: "1 April 2025 to 31 March 2026" in user.screen)
        assert "carried a scored assessment" in page(user)
        await user.press("down")
        await user.until(lambda: "Evaluated" in page(user))
        await user.press("enter")
        await user.until(lambda: user.on == "RecordScreen")
        assert "Strategic Change Board" in page(user)
