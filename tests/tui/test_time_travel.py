"""Any screen as at another day: plainly the past, and read only."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList, TabbedContent

from horizon.register import Register
from horizon.register.as_at import PastRegister
from horizon.tui.widgets.banner import Banner
from horizon.tui.widgets.history_list import HistoryList
from horizon.tui.widgets.register_table import RegisterTable
from tests.clocks import StandingClock
from tests.tui.using import NARROW, WIDE, User, go, page, using


async def travel(user: User, moment: str) -> None:
    """Go to another moment by keys."""
    await user.press("T")
    await user.until(lambda: user.on == "TravelScreen")
    user.app.screen.query_one(Input).value = moment
    await user.press("enter")
    await user.until(lambda: user.on != "TravelScreen")
    await user.pilot.pause()


def names(user: User) -> list[str]:
    return [row.cells[1] for row in user.app.screen.query_one(RegisterTable).rows]


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])
async def test_the_register_is_shown_as_it_was_and_says_so_plainly(
    example: Path, size: tuple[int, int]
) -> None:
    async with using(example, size=size) as user:
        await user.press("v", "down", "enter")
        assert len(names(user)) == 29
        await travel(user, "2026-03-01")
        assert isinstance(user.register, PastRegister)
        assert len(names(user)) == 21
        assert "THE PAST, AS AT 1 MARCH 2026" in user.screen
        assert "Read only: T comes back  ·  Proposed framework, not adopted" in user.screen
        banner = user.app.screen.query_one(Banner)
        assert banner.has_class("past")
        colour = banner.styles.background
        await travel(user, "")
        assert not isinstance(user.register, PastRegister)
        assert len(names(user)) == 29
        assert "acting as Asha Example" in user.screen
        assert banner.styles.background != colour


async def test_a_choice_is_as_good_as_typing(example: Path) -> None:
    async with using(example) as user:
        await user.press("T", "down")
        choices = user.app.screen.query_one(OptionList)
        await user.until(lambda: choices.has_focus)
        await user.press("down", "down", "down", "enter")
        await user.until(lambda: user.on == "RegisterScreen")
        assert "AS AT 26 AUGUST 2026" in user.screen


@pytest.mark.parametrize(
    ("typed", "words"),
    [("soon", "is not a moment"), ("2027-01-01", "has not come yet"),
     ("2001-01-01", "There was no register yet on"), ("99999", "There is no event 99999")],
)  # fmt: skip
async def test_what_cannot_be_gone_to_is_said_and_the_typing_stays(
    example: Path, typed: str, words: str
) -> None:
    async with using(example, size=NARROW) as user:
        await user.press("T")
        await user.until(lambda: user.on == "TravelScreen")
        user.app.screen.query_one(Input).value = typed
        await user.press("enter")
        await user.until(lambda: words in " ".join(user.screen.split()))
        assert user.app.screen.query_one(Input).value == typed
        await user.press("escape")
        assert user.on == "RegisterScreen"


SCREENS = {"b": "BoardScreen", "R": "RadarScreen", "C": "CompareScreen",
           "D": "AllConditionsScreen", "A": "AuditScreen"}  # fmt: skip


@pytest.mark.parametrize("moment", ["2025-05-20", "2025-12-24", "400"])
async def test_every_screen_opens_in_the_past_and_comes_back_with_it(
    example: Path, moment: str
) -> None:
    async with using(example, size=NARROW) as user:
        await travel(user, moment)
        for key, name in SCREENS.items():
            await user.press(key)
            await user.until(lambda name=name: user.on == name)  # type: ignore[misc]
            await user.pilot.pause(0.2)
            assert "THE PAST, AS AT " in user.screen
            await user.press("down", "up")
            if key == "b":
                await travel(user, "today")
                assert "acting as" in user.screen
                await travel(user, moment)
            await user.press("escape")
            await user.until(lambda: user.on == "RegisterScreen")
        await user.press("v", "down", "enter", "enter")
        await user.until(lambda: user.on == "TechnologyScreen")
        for key in "12345":
            await user.press(key)
        assert "THE PAST, AS AT " in user.screen


async def test_nothing_can_be_changed_there_and_it_says_why(example: Path) -> None:
    async with using(example) as user:
        await travel(user, "2026-09-01")
        await user.press("n")
        await user.until(lambda: "This is the past, as at 1 September 2026." in user.screen)
        assert user.on == "RegisterScreen"
        await go(user, "Fraud report triage")
        for key in "fegdvacorwusS":
            await user.press(key)
            assert user.on == "TechnologyScreen"


async def test_a_technology_reads_as_it_did_with_an_event_of_its_history(example: Path) -> None:
    async with using(example) as user:
        await go(user, "Fraud report triage")
        assert "Not approved" in page(user, "text-Overview")
        await user.press("5")
        entries = user.app.screen.query_one(HistoryList)
        await user.until(lambda: entries.has_focus)
        await user.press("down", "down", "t")
        await user.until(lambda: isinstance(user.register, PastRegister))
        await user.until(lambda: user.on == "TechnologyScreen")
        await user.pilot.pause()
        assert "THE PAST, AS AT EVENT " in user.screen
        assert "Approved for trial" not in page(user, "text-Overview")
        assert user.app.screen.query_one(TabbedContent).active == "History"
        assert entries.option_count == user.register.technology("T-0019").revision


async def test_a_technology_that_was_not_there_yet_is_left(example: Path) -> None:
    async with using(example) as user:
        await go(user, "Gait recognition")
        await travel(user, "2026-03-01")
        assert user.on == "RegisterScreen"
        await user.until(lambda: "was not in the register yet" in user.screen)


async def test_a_form_is_finished_or_left_before_anybody_travels(example: Path) -> None:
    async with using(example) as user:
        await go(user, "Fraud report triage")
        await user.press("g")
        await user.until(lambda: user.on == "MoveScreen")
        await user.press("T")
        assert user.on == "MoveScreen"
        await user.until(lambda: "Finish or leave this form first." in user.screen)
        await user.press("equals_sign")
        assert user.on == "MoveScreen"


async def test_what_others_do_meanwhile_is_there_when_one_comes_back(example: Path) -> None:
    clock = StandingClock()
    async with using(example, clock=clock) as user:
        await user.press("v", "down", "enter")
        await travel(user, "2026-03-01")
        with Register.open(example, acting="Ben Example", clock=clock) as other:
            other.propose(name="Seen elsewhere")
        user.app.look()
        await user.pilot.pause()
        assert "Seen elsewhere" not in names(user)
        await travel(user, "today")
        await user.until(lambda: "Seen elsewhere" in names(user))


# What changed


async def test_what_changed_since_a_day_is_listed_and_read_in_full(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await user.press("equals_sign")
        await user.until(lambda: user.on == "TravelScreen")
        user.app.screen.query_one(Input).value = "2026-08-01"
        await user.press("enter")
        await user.until(lambda: "as they were" in user.screen)
        assert "1 Aug 2026 to 24 Nov 2026: 3 new, 12 changed, 14 as they were" in user.screen
        assert "New (3)" in user.screen
        table = user.app.screen.query_one(RegisterTable)
        while user.register.label(table.current) != "T-0019":
            await user.press("down")
        await user.press("enter")
        await user.until(lambda: user.on == "PanelScreen")
        words = page(user, "panel")
        assert "Stage: from assessing to in trial" in words
        assert "Became overdue: Condition 1 of AISG/2026/004" in words


async def test_other_days_can_be_compared_in_either_order(example: Path) -> None:
    async with using(example) as user:
        await user.press("equals_sign")
        user.app.screen.query_one(Input).value = "2026-08-01"
        await user.press("enter")
        await user.until(lambda: "as they were" in user.screen)
        await user.press("t")
        await user.until(lambda: user.on == "TravelScreen")
        user.app.screen.query_one(Input).value = "2026-02-01"
        await user.press("enter")
        await user.until(lambda: "1 Feb 2026 to 1 Aug 2026" in user.screen)
        await user.until(lambda: "as they were" in user.screen)


async def test_what_changed_about_one_technology(example: Path) -> None:
    async with using(example) as user:
        await go(user, "Fraud report triage")
        await user.press("equals_sign")
        await user.until(lambda: user.on == "TravelScreen")
        user.app.screen.query_one(Input).value = "2026-08-01"
        await user.press("enter")
        await user.until(lambda: "of T-0019" in user.screen and "1 changed" in user.screen)
        assert "Stage: from assessing to in trial" in user.screen
        await user.press("escape")
        assert user.on == "TechnologyScreen"


async def test_where_nothing_changed_it_says_so(empty: Path) -> None:
    async with using(empty, clock=StandingClock(date(2026, 11, 26))) as user:
        await user.press("equals_sign")
        user.app.screen.query_one(Input).value = "2026-11-25"
        await user.press("enter")
        await user.until(lambda: "Nothing changed." in user.screen)
