"""A text of millions of characters that came into a journal before there was a limit."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from textual.widgets import Input, Static

from horizon.model.envelope import Draft
from horizon.model.events import DetailsAmended
from horizon.register import Register
from horizon.register.checking import verify
from horizon.tui.widgets.fields import FieldBox
from tests.clocks import StandingClock
from tests.tui.using import User, go, page, using

LONG = ("A word or two. " * 200_000).strip()
"""A paragraph of 3 MB. A field in which it could be written would take some seconds to open."""

WITHIN = 1.0
"""Seconds of processor time."""


@pytest.fixture
def long(example: Path) -> Path:
    with Register.open(example, acting="Sam Example", clock=StandingClock()) as register:
        held = register.technology("T-0019")
        changes = {"problem": LONG, "supplier": LONG[:199_999]}
        data = DetailsAmended(changes=changes, reason="From before the limit")
        draft = Draft(subject=held.id, revision=held.revision + 1, data=data)
        with register.store.lock():
            register.store.append([draft], by=register.person_id, at="2026-11-24T09:00:00Z")
    return example


async def went(user: User, *keys: str, on: str) -> float:
    """Processor time until a screen is there."""
    began = time.thread_time()
    await user.press(*keys)
    await user.until(lambda: user.on == on)
    await user.whole()
    await user.pilot.pause()
    return time.thread_time() - began


async def test_it_is_shown_and_its_form_opens_at_once(long: Path) -> None:
    async with using(long) as user:
        began = time.thread_time()
        await user.fill_search("Fraud report triage")
        await user.until(lambda: "A word or two." in page(user, "preview-text"))
        assert time.thread_time() - began < WITHIN
        assert await went(user, "enter", "enter", on="TechnologyScreen") < WITHIN
        assert "more characters; horizon show prints them all" in page(user, "text-Overview")
        assert await went(user, "a", on="AmendScreen") < WITHIN
        assert "This text has 2,999,999 characters" in words_of(user, "problem")


def words_of(user: User, field: str) -> str:
    """What stands over a field of a form."""
    box = user.app.screen.query_one(f"#box-{field}", FieldBox)
    return " ".join(str(each.render()) for each in box.query(Static))


async def test_saving_the_form_leaves_it_as_it_is(long: Path) -> None:
    async with using(long) as user:
        await go(user, "T-0019")
        await user.press("a")
        await user.until(lambda: user.on == "AmendScreen")
        await user.whole()
        assert not user.app.screen.has_work  # type: ignore[attr-defined]
        user.app.screen.query_one("#field-trl", Input).value = "9"
        await user.fill("reason", "Better known")
        await user.press("ctrl+s")
        await user.until(lambda: user.on == "TechnologyScreen")
        held = user.register.technology("T-0019")
        assert (held.trl, held.problem, held.supplier) == (9, LONG, LONG[:199_999])
    assert verify(long).faults == ()


async def test_what_is_written_below_stands_in_its_place(long: Path) -> None:
    async with using(long) as user:
        await go(user, "T-0019")
        await user.press("a")
        await user.until(lambda: user.on == "AmendScreen")
        await user.whole()
        await user.fill("problem", "Said in a line")
        await user.fill("reason", "Too long")
        await user.press("ctrl+s")
        await user.until(lambda: user.on == "TechnologyScreen")
        held = user.register.technology("T-0019")
        assert (held.problem, held.supplier) == ("Said in a line", LONG[:199_999])


async def test_somebody_elses_short_text_can_take_its_place_in_the_form(long: Path) -> None:
    async with using(long) as user:
        await go(user, "T-0019")
        await user.press("a")
        await user.until(lambda: user.on == "AmendScreen")
        await user.whole()
        box = user.app.screen.query_one("#box-problem", FieldBox)
        box.put("Short")
        assert (box.text, box.is_changed) == ("Short", True)
        box.put(LONG)
        assert (box.text, box.is_changed) == (LONG, False)
