"""The small forms of a meeting say what is wrong, and claim nothing that nobody chose."""

from __future__ import annotations

from pathlib import Path

from horizon.tui.screens.meeting import MeetingScreen
from tests.clocks import StandingClock
from tests.tui.over import meeting
from tests.tui.using import NARROW, page, using


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


async def test_a_meeting_says_what_was_decided_and_counts_what_is_missing_as_the_form_does(
    example: Path,
) -> None:
    async with using(example) as user:
        over = max(
            (each for each in user.register.state.meetings.values() if each.is_closed),
            key=lambda each: (any(e.decision for e in each.items), each.on),
        )
        item = next(each for each in over.items if each.decision)
        decision = user.register.technology(item.technology or "").decision(item.decision)
        assert decision is not None
        outcome = user.register.framework.route.outcome_name(decision.body, decision.outcome)
        await user.app.push_screen(MeetingScreen(over.id))
        await user.until(lambda: f"{item.decision}: {outcome}" in page(user))
        await user.press(*["down"] * item.number)
        await user.until(lambda: decision.reasons[:40] in page(user))


async def test_an_item_is_dropped_only_when_that_was_meant(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await user.reach("MeetingScreen", "m", "enter")
        before = len(meeting(user).items)
        await user.reach("Ask", "down", "minus")
        assert "Drop item 1" in user.screen
        await user.reach("MeetingScreen", "escape")
        assert len(meeting(user).items) == before
        await user.reach("Ask", "minus")
        await user.reach("MeetingScreen", "right", "enter")
        await user.until(lambda: len(meeting(user).items) == before - 1)


async def test_the_people_of_the_last_meeting_are_recorded_unchanged_only_when_that_was_meant(
    example: Path,
) -> None:
    async with using(example, size=NARROW) as user:
        await user.reach("MeetingScreen", "m", "enter")
        await user.reach("AttendanceScreen", "a")
        await user.reach("Ask", "ctrl+s")
        assert "This is the list of" in user.screen
        await user.reach("AttendanceScreen", "escape")
        assert not meeting(user).attendance
        await user.reach("Ask", "ctrl+s")
        await user.reach("MeetingScreen", "right", "enter")
        assert meeting(user).present


async def test_closing_says_that_nobody_was_there(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await user.reach("MeetingScreen", "m", "enter")
        assert not meeting(user).present
        await user.reach("CloseScreen", "C")
        assert "Nobody is recorded" in user.screen
