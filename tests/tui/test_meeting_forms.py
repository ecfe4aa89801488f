"""The small forms of a meeting say what is wrong, and claim nothing that nobody chose."""

from __future__ import annotations

from pathlib import Path

from tests.clocks import StandingClock
from tests.tui.over import meeting
from tests.tui.using import NARROW, using


async def test_what_somebody_did_about_an_interest_is_chosen(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await user.reach("MeetingScreen", "m", "enter")
        await user.reach("InterestScreen", "down", "i", "ctrl+s")
        await user.until(lambda: "What they did is needed" in user.screen)


async def test_a_comment_without_a_name_says_how_to_write_one(example: Path) -> None:
    async with using(example, clock=StandingClock(), size=NARROW) as user:
        await user.reach("MeetingScreen", "m", "enter")
        await user.reach("MinuteScreen", "down", "m")
        await user.fill("comments", "I disagree")
        await user.press("ctrl+s")
        await user.until(lambda: "cannot be 'I disagree'. Write NAME" in user.screen)
        assert not meeting(user).items[0].comments


async def test_the_reason_for_no_decision_is_not_called_optional(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await user.reach("MeetingScreen", "m", "enter")
        await user.reach("MinuteScreen", "down", "x")
        assert "Why there was no decision (optional)" not in user.screen
