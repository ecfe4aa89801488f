"""What the last lines of the screen say can be pressed is what can be pressed there and then."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input, OptionList

from horizon.register import Register
from horizon.register.inputs import ItemInput
from horizon.tui.keymap import MOVES, spelt
from horizon.tui.screens.meeting import MeetingScreen
from tests.clocks import StandingClock
from tests.tui.using import NARROW, User, go, page, using


def shown(user: User) -> str:
    """The lines of keys."""
    return "\n".join(user.screen.splitlines()[-3:])


@pytest.mark.parametrize(
    ("key", "words"),
    [("ctrl+s", "Ctrl+S"), ("escape", "Esc"), ("enter", "Enter"), ("slash", "/"), ("f2", "F2"),
     ("question_mark", "?"), ("R", "R"), ("r", "r"), ("shift+tab", "Shift+Tab"), ("up", "↑")],
)  # fmt: skip
def test_keys_are_called_what_stands_on_them(key: str, words: str) -> None:
    assert spelt(key) == words


async def test_while_a_search_is_typed_no_letter_is_shown_that_would_be_typed_too(
    example: Path,
) -> None:
    async with using(example, size=NARROW) as user:
        assert "n Propose" in shown(user)
        assert "t First look" in shown(user)
        await user.press("slash")
        await user.until(lambda: "Enter To the list  Esc Clear search" in shown(user))
        assert "n Propose" not in shown(user)
        assert "F1 Help" in shown(user)
        await user.type("n?")
        assert user.app.screen.query_one(Input).value == "n?"
        await user.press("f1")
        await user.until(lambda: user.on == "HelpScreen")


async def test_a_dialog_covers_the_keys_that_do_not_work_below_it(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await user.press("f2")
        await user.until(lambda: "Enter Write it down  Esc Leave" in user.screen)
        assert "n Propose" not in user.screen
        await user.press("escape", "n")
        await user.until(lambda: "Tab Next field  Ctrl+S Propose" in shown(user))
        await user.type("Gait checker")
        await user.press("escape")
        await user.until(lambda: "Enter Answer" in shown(user))
        assert "Save" not in shown(user)


async def test_help_is_shown_where_there_is_no_room_for_every_key(example: Path) -> None:
    async with using(example, size=(50, 24)) as user:
        await user.until(lambda: "Ctrl+P Commands  ? Help" in shown(user))
        assert "Settings" not in shown(user)


async def test_help_says_what_a_key_is_for(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await user.press("question_mark")
        await user.until(lambda: "Propose: a new technology, as a form" in user.screen)
        assert "Esc Close" in shown(user)


async def test_what_is_said_does_not_cover_the_keys(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await user.press("y")
        await user.until(lambda: "Copied: T-0007" in user.screen)
        assert "Ctrl+P Commands  ? Help" in shown(user)


async def test_a_field_of_one_line_takes_the_first_line_of_what_was_copied(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await user.press("y", "f2")
        await user.until(lambda: user.on == "CaptureScreen")
        await user.press("ctrl+v")
        field = user.app.screen.query_one(Input)
        await user.until(lambda: field.value == "T-0007 Fraud network graph analytics")


async def test_a_meeting_of_another_day_says_from_when_it_decides(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await user.press("m", "enter")
        await user.until(lambda: user.on == "MeetingScreen")
        await user.press("down", "d")
        await user.until(lambda: "This meeting is on 8 December 2026" in user.screen)
        assert user.on == "MeetingScreen"


async def test_no_key_is_shown_that_would_only_be_refused(example: Path) -> None:
    async with using(example) as user:
        await go(user, "Gait recognition")
        await user.reach("ConditionsScreen", "c")
        await user.until(lambda: "Esc Back" in shown(user))
        assert "Discharge" not in shown(user)
        assert "Attach" not in shown(user)
        await user.press("escape")
        await go(user, "Fraud report triage")
        await user.reach("ConditionsScreen", "c")
        await user.until(lambda: "Enter Discharge" in shown(user))


async def test_a_meeting_that_is_over_offers_what_can_still_be_done(example: Path) -> None:
    async with using(example) as user:
        await user.reach("MeetingsScreen", "m")
        over = next(at for at, each in enumerate(user.app.screen._found) if each.is_closed)  # type: ignore[attr-defined]
        user.app.screen.query_one(OptionList).highlighted = over
        await user.reach("MeetingScreen", "enter")
        await user.until(lambda: "Export minutes" in shown(user))
        for words in ("Attendance", "Decide", "Minute ", "Add item", "Ratify", "C Close"):
            assert words not in shown(user)
        await user.press("a")
        await user.until(lambda: "is over." in user.screen)


async def test_a_meeting_offers_what_is_done_to_an_item_once_there_is_one(example: Path) -> None:
    with Register.open(example, acting="Sam Example", clock=StandingClock()) as register:
        ref = register.call_meeting(body="ai-sub-group", on=register.today).ref
        async with using(example, acting="Sam Example") as user:
            await user.app.push_screen(MeetingScreen(ref))
            await user.until(lambda: "a Attendance" in shown(user))
            assert "m Minute" not in shown(user)
            register.add_items(ref, [ItemInput(title="Terms", purpose="for information")])
            user.app.look()
            await user.until(lambda: "m Minute" in shown(user))


async def test_escape_takes_away_what_a_list_says_before_it_leaves_the_list(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await user.reach("MeetingsScreen", "m")
        over = next(at for at, each in enumerate(user.app.screen._found) if each.is_closed)  # type: ignore[attr-defined]
        user.app.screen.query_one(OptionList).highlighted = over
        await user.reach("MeetingScreen", "enter")
        await user.press("a")
        await user.until(lambda: "is over." in user.screen)
        await user.press("escape")
        assert user.on == "MeetingScreen"
        assert "is over." not in user.screen
        await user.reach("MeetingsScreen", "escape")


def commands(user: User) -> list[str]:
    return [each.title for each in user.app.get_system_commands(user.app.screen)]


async def test_keys_that_only_move_are_no_commands_and_are_called_what_they_do(
    example: Path,
) -> None:
    async with using(example, size=NARROW) as user:
        for keys in ((), ("R",), ("tab",), ("escape", "enter")):
            await user.press(*keys)
            named = commands(user)
            assert "Colours: Light" in named
            assert not MOVES & {*named}
            assert not [each for each in named if each.startswith(("Scroll", "Focus", "Page"))]
            await user.press("question_mark")
            await user.until(lambda: user.on == "HelpScreen")
            words = page(user, "keys")
            assert "Part of the screen before" in words
            for each in ("scroll", "focus next", "  left"):  # nothing is wider than the screen
                assert each not in words.casefold()
            await user.press("escape")


async def test_help_ends_with_what_the_short_words_mean(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await user.press("question_mark")
        await user.until(lambda: user.on == "HelpScreen")
        words = page(user, "keys")
        assert "A red line is not cleared" in words
        assert "AISG  AI Sub-Group" in words
        assert "G7  Review in use" in words
