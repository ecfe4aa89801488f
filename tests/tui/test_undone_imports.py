"""An open window while somebody else undoes the import that entered what it shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from horizon.intake.choices import WhenAlike
from horizon.register import Register
from tests.clocks import StandingClock
from tests.intake.using import loaded
from tests.tui.test_register_screen import rows
from tests.tui.test_time_travel import travel
from tests.tui.using import NARROW, using


async def test_a_screen_about_a_technology_that_is_gone_closes_and_says_why(empty: Path) -> None:
    clock = StandingClock()
    with Register.open(empty, acting="Ben Example", clock=clock) as other:
        loaded(other, "name\nGait\nLip\n")
    async with using(empty, size=NARROW, clock=clock) as user:
        await user.press("enter")
        await user.until(lambda: user.on == "TechnologyScreen")
        with Register.open(empty, acting="Ben Example", clock=clock) as other:
            other.undo_import("1", reason="The wrong list")
        user.app.look()
        await user.until(lambda: user.on == "RegisterScreen")
        await user.until(lambda: "taken back" in user.screen)
        await user.until(lambda: rows(user) == [])


async def test_unsaved_work_on_what_is_gone_stays_until_it_is_left(empty: Path) -> None:
    clock = StandingClock()
    with Register.open(empty, acting="Ben Example", clock=clock) as other:
        loaded(other, "name\nGait\n")
    async with using(empty, clock=clock) as user:
        await user.press("enter")
        await user.until(lambda: user.on == "TechnologyScreen")
        await user.press("a")
        await user.until(lambda: user.on == "AmendScreen")
        await user.fill("summary", "Typed here")
        with Register.open(empty, acting="Ben Example", clock=clock) as other:
            other.undo_import("1", reason="The wrong list")
        user.app.look()
        await user.pilot.pause()
        assert user.on == "AmendScreen"
        await user.press("ctrl+s")
        assert "There is no technology" in user.screen
        assert "Typed here" in user.screen
        await user.press("escape")
        await user.until(lambda: user.on == "Ask")
        await user.press("right", "enter")
        await user.until(lambda: user.on == "RegisterScreen")


async def test_the_past_in_which_it_was_there_is_left_for_a_day_on_which_it_is_not(
    empty: Path,
) -> None:
    clock = StandingClock()
    with Register.open(empty, acting="Ben Example", clock=clock) as other:
        loaded(other, "name\nGait\nLip\n")
        held = other.state.head.seq
        other.undo_import("1", reason="The wrong list")
    async with using(empty, size=NARROW, clock=clock) as user:
        await travel(user, str(held))
        await user.press("v", "down", "enter", "enter")
        await user.until(lambda: user.on == "TechnologyScreen")
        assert "Gait" in user.screen
        await travel(user, "today")
        await user.until(lambda: user.on == "RegisterScreen")
        await user.until(lambda: "taken back" in user.screen)


@pytest.mark.parametrize("key", ["b", "R", "C", "A", "d"])
async def test_other_screens_go_on_without_what_is_gone(empty: Path, key: str) -> None:
    clock = StandingClock()
    with Register.open(empty, acting="Ben Example", clock=clock) as other:
        other.propose(name="Kafka")
        loaded(other, "name\nGait\nLip\nApache Kafka\n", duplicates=WhenAlike.NEW)
    async with using(empty, clock=clock) as user:
        await user.press(key)
        await user.until(lambda: user.on != "RegisterScreen")
        await user.press("down", "down")
        with Register.open(empty, acting="Ben Example", clock=clock) as other:
            other.undo_import("1", reason="The wrong list")
        user.app.look()
        await user.pilot.pause(0.2)
        await user.press("up", "down", "enter")
        await user.pilot.pause()
        assert "Gait" not in user.screen or key == "A", "the audit tells of it for good"
        await user.press("escape", "escape")
        await user.until(lambda: user.on == "RegisterScreen")
        assert rows(user) == ["Kafka"]
