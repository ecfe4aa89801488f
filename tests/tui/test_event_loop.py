"""Nothing keeps the keys waiting: the event loop is watched while somebody works."""

from __future__ import annotations

import asyncio
import gc
import time
import weakref
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.widgets import TextArea

from horizon.register import Register
from horizon.tui.app import get_ready
from horizon.tui.collecting import collect_seldom
from horizon.tui.screens.form import FormScreen
from tests.bench.bench_app import generate
from tests.clocks import StandingClock
from tests.tui.using import WIDE, User, go, using
from tests.watching import Watch, watched_loop


def slowness() -> float:
    """How much slower this machine is than one on which a fixed piece of work takes 7 ms; 1 for a
    quicker one. Limits grow by it, so that no slow machine fails a test."""
    tries = []
    for _ in range(5):
        started = time.thread_time()
        sum(range(1_000_000))
        tries.append(1000 * (time.thread_time() - started))
    return max(1.0, min(tries) / 7)


KEY = 30.0 * slowness()
"""Milliseconds that a turn of the loop may take for a key on a screen that is open."""

OPENING = 60.0 * slowness()
"""The same where a screen opens: Textual lays out and draws the whole of it in one turn."""

TRIES = 3
"""How often a key is pressed. The quickest counts: a machine with more to do is slower than we."""


@asynccontextmanager
async def at_work(path: Path) -> AsyncIterator[User]:
    async with using(path, size=WIDE) as user:
        user.app.get_ready()  # as it does a second after it opens
        get_ready()
        gc.collect()
        often = gc.get_threshold()
        collect_seldom()  # as the program does when it opens
        yield user
        gc.unfreeze()
        gc.set_threshold(*often)


async def turn(user: User, *keys: str) -> Watch:
    """Watch the loop while keys are pressed and what they bring about is drawn."""
    with watched_loop() as watch:
        await user.press(*keys)
        await user.pilot.pause(0.12)
    return watch


async def quickest(user: User, there: str, back: str) -> tuple[float, str]:
    """The longest turn for a key, of the quickest of several tries."""
    found = []
    for _ in range(TRIES):
        watch = await turn(user, there)
        found.append(max(watch.turns, default=(0.0, "")))
        await turn(user, back)
    return min(found)


LISTS = {
    "the register": ((), [("down", "up"), ("pagedown", "pageup"), ("end", "home"), ("o", "home")]),
    "search": (("slash",), [("d", "backspace"), ("r", "backspace")]),
    "the board": (("b",), [("down", "up"), ("right", "left"), ("end", "home")]),
    "conditions": (("D",), [("down", "up"), ("end", "home")]),
    "audit": (("A",), [("down", "up"), ("pagedown", "pageup")]),
}


@pytest.mark.parametrize("name", LISTS)
async def test_a_key_on_an_open_screen_never_holds_the_loop_up(example: Path, name: str) -> None:
    ways, keys = LISTS[name]
    async with at_work(example) as user:
        await user.press(*ways)
        await user.pilot.pause(0.5)
        slow = {}
        for there, back in keys:
            taken, what = await quickest(user, there, back)
            if taken > KEY:
                slow[there] = f"{taken:.0f} ms in {what}"
        assert slow == {}


async def test_answering_questions_never_holds_the_loop_up(example: Path) -> None:
    async with at_work(example) as user:
        await go(user, "Gait recognition")
        await user.press("e")
        await user.until(lambda: user.on == "EthicsScreen")
        for there, back in (("n", "u"), ("down", "up"), ("end", "home")):
            taken, what = await quickest(user, there, back)
            assert taken <= KEY, f"{there}: {taken:.0f} ms in {what}"


async def test_what_somebody_else_writes_never_holds_the_loop_up(example: Path) -> None:
    async with at_work(example) as user:
        with Register.open(example, acting="Ben Example", clock=StandingClock()) as other:
            found = []
            for number in range(TRIES):
                other.propose(name=f"Seen elsewhere {number}")
                with watched_loop() as watch:
                    user.app._look()
                    await user.pilot.pause(0.3)
                found.append(watch.longest)
        assert min(found) <= KEY


async def test_a_large_register_holds_the_loop_up_no_longer_than_a_small_one(
    tmp_path: Path,
) -> None:
    path = tmp_path / "large.json"
    generate(path, 2_000)
    async with at_work(path) as user:
        await user.press("v", "down", "enter")
        await user.pilot.pause(0.3)
        for there, back in (("down", "up"), ("pagedown", "pageup"), ("end", "home")):
            taken, what = await quickest(user, there, back)
            assert taken <= KEY, f"{there}: {taken:.0f} ms in {what}"
        await user.press("slash")
        for letter in "dro":
            taken, what = await quickest(user, letter, "backspace")
            await user.press(letter)
            assert taken <= KEY, f"{letter}: {taken:.0f} ms in {what}"


SCREENS = ["enter", "b", "R", "C", "D", "A", "I", "m", "n", "l", "x", "comma", "f2", "f3"]


@pytest.mark.parametrize("key", SCREENS)
async def test_a_screen_opens_without_holding_the_loop_up_for_long(example: Path, key: str) -> None:
    async with at_work(example) as user:
        taken, what = await quickest(user, key, "escape")
        assert taken <= OPENING, f"{taken:.0f} ms in {what}"


@pytest.mark.parametrize("key", ["f", "s", "e", "d", "v", "a", "o", "r", "g"])
async def test_a_form_on_a_technology_opens_without_holding_the_loop_up_for_long(
    example: Path, key: str
) -> None:
    async with at_work(example) as user:
        await go(user, "Gait recognition")
        taken, what = await quickest(user, key, "escape")
        assert taken <= OPENING, f"{taken:.0f} ms in {what}"


async def test_what_is_typed_ahead_goes_into_the_right_fields(example: Path) -> None:
    async with at_work(example) as user:
        user.app.simulate_key("n")
        await user.until(lambda: user.on == "ProposeScreen")
        for key in (*"Drone", "tab", "tab", *"lost", "tab", *"flies", "tab", *"Acme"):
            user.app.simulate_key(key)
        await user.until(lambda: "Acme" in user.screen)
        form = user.app.screen
        assert isinstance(form, FormScreen)
        written = {name: form.box(name).text for name in ("name", "problem", "summary", "supplier")}
        assert written == {
            "name": "Drone", "problem": "lost", "summary": "flies", "supplier": "Acme",
        }  # fmt: skip


async def test_a_form_that_is_left_is_let_go_of(example: Path) -> None:
    async with using(example) as user:
        await user.press("n")
        held = weakref.ref(user.app.screen.query(TextArea).first())
        await user.press("escape")
        await user.until(lambda: user.on == "RegisterScreen")
        await user.pilot.pause(0.1)
        gc.collect()
        assert held() is None


async def test_a_turn_that_is_too_long_is_seen() -> None:
    with watched_loop() as watch:
        await asyncio.sleep(0)

        async def busy() -> None:
            until = time.thread_time() + 2 * KEY / 1000
            while time.thread_time() < until:
                pass

        await asyncio.create_task(busy(), name="busy")
    assert watch.longest > KEY
    assert watch.over(KEY)[0][1] == "busy"
