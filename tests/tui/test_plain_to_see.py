"""What somebody who looks for the first time must find: a whole message, the way on, the cursor."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from textual.widgets import Select

from horizon.model.technology import Sighting
from horizon.model.words import SourceType
from horizon.tui.pages import field
from horizon.tui.pages.technology import seen
from horizon.tui.screens.choose_one import ChooseOne, WriteLine
from horizon.tui.screens.meeting import MeetingScreen
from horizon.tui.themes import CONTRAST
from horizon.tui.widgets.page import drawn as page_of
from tests.tui.contrast import drawn
from tests.tui.over import meeting
from tests.tui.using import NARROW, go, page, using


async def test_in_high_contrast_the_cursor_with_the_focus_is_told_from_the_one_without(
    example: Path,
) -> None:
    """What is late is as yellow there as the cursor, so it is no sign of where one is."""
    async with using(example, size=NARROW) as user:
        user.app.theme = CONTRAST.name

        def blue(text: str) -> int:
            """How far what a text stands on is from yellow, towards white."""
            return next(each.paper[2] for each in drawn(user.app) if each.text.startswith(text))

        await user.press("down")
        assert blue("T-0014") == 0
        await user.press("v")
        await user.until(lambda: blue("T-0014") == 255)
        assert blue("15  Needs someone") == 0


async def test_all_of_a_message_fits_80_by_24(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await user.press("slash")
        await user.fill_search("stage:zzz")
        await user.until(lambda: "withdrawn or merged" in user.screen)
        await user.press("escape", "escape", "c")
        await user.until(lambda: "Space ticks one or takes the tick away." in user.screen)
        await user.press("escape", "T", "x", "enter")
        await user.until(lambda: "or 3 weeks ago." in user.screen)


async def test_what_has_no_room_below_the_board_ends_with_dots(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await user.press("b")
        await user.until(lambda: "one from a sponsor in …" in user.screen)


async def test_a_list_over_a_screen_shows_what_holds_now_and_its_keys(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        choices = [(f"{at}", f"Number {at}") for at in range(30)]
        for held in ("0", "17", "29"):
            user.app.push_screen(ChooseOne("Which?", choices, held, below="One line more"))
            await user.until(lambda held=held: f"Number {held} " in user.screen)  # type: ignore[misc]
            assert "Enter Choose  Esc Leave as it was" in user.screen
            await user.press("escape")
        user.app.push_screen(WriteLine("Which name?"))
        await user.until(lambda: "Enter Done  Esc Cancel" in user.screen)
        await user.press("escape", "n")
        select = user.app.screen.query_one("#field-kind", Select)
        select.focus()
        await user.press("enter")
        await user.until(lambda: "Esc Close the list" in user.screen)


async def test_a_key_is_named_only_where_it_does_something(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await user.press("m")
        await user.until(lambda: "Nobody yet." in page(user))
        assert "Press a" not in page(user)
        await user.press("enter")
        await user.until(lambda: "Press a to take attendance." in page(user))
        await user.press("escape")
        await user.app.push_screen(MeetingScreen(meeting(user, closed=True).id))
        await user.press("down")
        await user.until(lambda: "None declared." in page(user))
        assert "Press" not in page(user)


async def test_help_says_where_textual_moves_in_our_words(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await user.press("A", "question_mark")
        await user.until(lambda: user.on == "HelpScreen")
        keys = page(user, "keys")
        assert re.search(r"^Home +\S", keys, re.MULTILINE), keys
        assert "scroll" not in keys.casefold()
        assert "Tour: what this is, in six cards" in keys


async def test_help_explains_each_verb_of_a_first_look_and_of_a_meeting(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await user.reach("TriageScreen", "t")
        await user.reach("HelpScreen", "question_mark")
        for verb in ("Assess", "Watch", "Log", "Park", "In ordinary use", "Sponsor it", "Skip"):
            assert f"{verb}: " in page(user, "keys")
        await user.press("escape", "escape")
        await user.app.push_screen(MeetingScreen(meeting(user, closed=True).id))
        await user.reach("HelpScreen", "question_mark")
        for verb in ("Interest", "Minute", "No decision", "Ratify", "Close", "Confirm minutes"):
            assert f"{verb}: " in page(user, "keys")


async def test_what_is_wrong_is_said_of_the_field_as_it_is_called(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await go(user, "T-0019")
        await user.press("a")
        await user.fill("trl", "9")  # it is 7, so 79
        await user.press("ctrl+s")
        said = "Error: Technology readiness level cannot be 79; use 9 or less."
        await user.until(lambda: said in user.screen)
        await user.press("escape", "right", "enter", "escape")
        await go(user, "Body-worn video tagging")
        await user.press("S", "ctrl+s")
        await user.until(lambda: "Error: Reason is needed." in user.screen)
        await user.press("escape", "escape")
        await go(user, "T-0019")
        await user.press("s", "ctrl+s")
        await user.until(lambda: "Error: Assessors are needed." in user.screen)


async def test_facts_say_what_is_not_saved_yet(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await go(user, "T-0019")
        await user.press("f")
        assert "not saved yet" not in user.screen
        await user.press("n", "u")
        await user.until(lambda: "2 set here (*), not saved yet." in user.screen)
        assert "*unknown Law" in user.screen


async def test_an_empty_register_says_what_to_do_wherever_one_looks(empty: Path) -> None:
    async with using(empty, size=NARROW) as user:
        for key in ("Press n", "F2", "I to bring in a file", "F3 for a tour"):
            assert key in user.screen
        await user.press("R")
        await user.until(lambda: "On the register, n proposes a technology." in user.screen)


@pytest.mark.parametrize("theme", ["Light", "High contrast"])
async def test_a_theme_is_chosen_by_name_in_the_command_list(example: Path, theme: str) -> None:
    async with using(example, size=NARROW) as user:
        await user.press("ctrl+p")
        await user.until(lambda: user.on == "CommandPalette")
        await user.type(f"Colours: {theme}".replace(":", ""))
        await user.until(lambda: f"Colours: {theme}" in user.screen)
        await user.press("enter")
        await user.until(lambda: user.app.theme == f"horizon-{theme.split()[-1].lower()}")


def test_a_long_name_of_a_field_does_not_touch_its_value() -> None:
    assert page_of(field("In use since", "2019"), 40).plain == "In use since: 2019"
    assert page_of(field("Owner", "Mei"), 40).plain == "Owner:       Mei"


def test_a_sighting_of_which_no_more_was_said_ends_without_a_colon() -> None:
    bare = Sighting(
        source="Sponsored by Mei", source_type=SourceType.INTERNAL, seen_on=date(2026, 11, 30)
    )
    assert seen(bare) == "30 November 2026  Sponsored by Mei (internal)"
    assert seen(bare.model_copy(update={"title": "A note"})).endswith("(internal): A note")
