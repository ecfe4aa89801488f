"""Two people at once: what another window did appears, nothing typed is lost, and of two versions
one chooses field by field. The other is a process of its own."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from pathlib import Path

from textual.widgets import Input, OptionList

from horizon.register import Register
from horizon.tui.widgets.register_table import RegisterTable
from tests.clocks import StandingClock
from tests.tui.using import NARROW, User, go, page, using

WITHIN = 6.0
"""Seconds after which what another process wrote is on the screen: thrice the two that are
promised, for a machine with other things to do."""


async def elsewhere(path: Path, *arguments: str) -> float:
    """Run a command in another process; gives when it was done."""
    command = [sys.executable, "-m", "horizon", "--register", str(path), "--as", "Ben Example"]
    done = await asyncio.create_subprocess_exec(
        *command, *arguments, stdout=asyncio.subprocess.DEVNULL, env=dict(os.environ)
    )
    assert await done.wait() == 0
    return time.monotonic()


async def seen_after(user: User, done: float, text: str) -> float:
    """Seconds until something can be read on the screen."""
    while text not in user.screen:
        await asyncio.sleep(0.05)
        assert time.monotonic() - done < 20, user.screen
    return time.monotonic() - done


async def test_what_another_process_enters_is_on_the_screen_within_two_seconds(
    example: Path,
) -> None:
    async with using(example) as user:
        await user.press("v", "down", "enter", "down", "down")
        table = user.app.screen.query_one(RegisterTable)
        current = table.current
        done = await elsewhere(example, "add", "Seen elsewhere")
        assert await seen_after(user, done, "Seen elsewhere") < WITHIN
        assert table.current == current


async def test_a_look_after_the_last_screen_has_closed_does_nothing(example: Path) -> None:
    async with using(example) as user:
        pass
    assert user.app.screen_stack == []
    user.app.look()  # as a timer does that fires while the program closes


async def test_a_search_and_its_cursor_stay_when_somebody_else_writes(example: Path) -> None:
    async with using(example) as user:
        await user.press("slash")
        await user.type("fraud")
        await user.press("down", "down")
        table = user.app.screen.query_one(RegisterTable)
        current = table.current
        assert table.cursor == 1
        done = await elsewhere(example, "add", "Fraud forecasting")
        assert await seen_after(user, done, "Fraud forecasting") < WITHIN
        assert user.app.screen.query_one("#search", Input).value == "fraud"
        assert table.current == current


async def test_a_technology_in_front_is_drawn_anew_where_it_was_read(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await go(user, "Fraud report triage")
        await user.press("down", "down", "down")
        scroll = user.app.screen.query_one("#Overview VerticalScroll")
        await user.until(lambda: scroll.scroll_offset.y == 3)
        done = await elsewhere(example, "amend", "T-0019", "--tag", "Hotline")
        while "Hotline" not in page(user, "text-Overview"):
            await asyncio.sleep(0.05)
        assert time.monotonic() - done < WITHIN
        assert scroll.scroll_offset.y == 3


async def test_somebody_who_types_is_told_at_once_and_keeps_every_letter(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await go(user, "Fraud report triage")
        await user.press("a")
        await user.until(lambda: user.on == "AmendScreen")
        supplier = user.app.screen.query_one("#field-supplier", Input)
        supplier.focus()
        supplier.value = "Half a na"
        await user.pilot.pause()
        supplier.cursor_position = 4
        done = await elsewhere(example, "amend", "T-0019", "--trl", "9")
        assert await seen_after(user, done, "has just been changed") < WITHIN
        assert (supplier.value, supplier.cursor_position) == ("Half a na", 4)
        assert supplier.has_focus
        await user.type("lf")
        assert supplier.value == "Halflf a na"


async def in_conflict(user: User, path: Path) -> None:
    """Amend two fields of a technology that somebody else amends meanwhile, and save."""
    await go(user, "Fraud report triage")
    await user.press("a")
    await user.until(lambda: user.on == "AmendScreen")
    for field, text in (("supplier", "My supplier"), ("trl", "3")):
        user.app.screen.query_one(f"#field-{field}", Input).value = text
    with Register.open(path, acting="Ben Example", clock=StandingClock()) as other:
        other.amend("T-0019", {"supplier": "Their supplier", "trl": 9, "summary": "New"})
    await user.press("ctrl+s")
    await user.until(lambda: user.on == "ConflictScreen")


async def test_a_conflict_shows_both_versions_and_saves_what_is_chosen(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await in_conflict(user, example)
        for words in ("Ben Example: changed", "theirs  Their supplier", "yours   My supplier",
                      "theirs  9", "yours   3"):  # fmt: skip
            assert words in user.screen
        await user.press("t", "m", "enter")
        await user.until(lambda: user.on == "TechnologyScreen")
        held = user.register.technology("T-0019")
        assert (held.supplier, held.trl, held.summary) == ("Their supplier", 3, "New")


async def test_leaving_a_conflict_goes_back_to_what_was_typed(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await in_conflict(user, example)
        await user.press("escape")
        await user.until(lambda: user.on == "AmendScreen")
        assert user.app.screen.query_one("#field-supplier", Input).value == "My supplier"
        assert user.register.technology("T-0019").supplier == "Their supplier"
        await user.press("ctrl+s")
        await user.until(lambda: user.on == "TechnologyScreen")
        held = user.register.technology("T-0019")
        assert (held.supplier, held.trl, held.summary) == ("My supplier", 3, "New")


async def test_a_third_version_while_one_chooses_is_a_conflict_again(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await in_conflict(user, example)
        with Register.open(example, acting="Cal Example", clock=StandingClock()) as third:
            third.amend("T-0019", {"trl": 5})
        user.app.look()  # the window may learn of it before Enter is pressed
        await user.press("enter")
        await user.until(lambda: "theirs  5" in user.screen)
        assert user.on == "ConflictScreen"
        await user.press("enter")
        await user.until(lambda: user.on == "TechnologyScreen")
        assert user.register.technology("T-0019").trl == 3


async def test_answers_and_facts_are_chosen_one_by_one(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await go(user, "Gait recognition")
        await user.press("f")
        await user.until(lambda: user.on == "FactsScreen")
        await user.press("y", "y")
        facts = list(user.app.screen._given)  # type: ignore[attr-defined]
        assert len(facts) == 2
        with Register.open(example, acting="Ben Example", clock=StandingClock()) as other:
            other.set_facts("T-0029", dict.fromkeys(facts, "no"))
        await user.press("ctrl+s")
        await user.until(lambda: user.on == "ConflictScreen")
        assert user.app.screen.query_one(OptionList).option_count == 2
        await user.press("t", "m", "enter")
        await user.until(lambda: user.on == "TechnologyScreen")
        held = user.register.technology("T-0029").facts
        assert [str(held[each]) for each in facts] == ["no", "yes"]


async def test_an_answer_that_two_gave_is_chosen(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await go(user, "Gait recognition")
        await user.press("e")
        await user.until(lambda: user.on == "EthicsScreen")
        await user.press("n")
        item = next(iter(user.app.screen._given))  # type: ignore[attr-defined]
        done = await elsewhere(
            example, "answer", "T-0029", f"{item}=unknown", "--note", "Ask Legal"
        )
        assert await seen_after(user, done, "has just been changed") < WITHIN
        await user.press("ctrl+s")
        await user.until(lambda: user.on == "ConflictScreen")
        assert "theirs  unknown: Ask Legal" in user.screen
        await user.press("t", "enter")
        await user.until(lambda: user.on == "TechnologyScreen")
        assert user.register.technology("T-0029").answers[item].note == "Ask Legal"
