"""Nothing keeps the keys waiting: the event loop is watched while somebody works."""

from __future__ import annotations

import asyncio
import gc
import time
import weakref
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.widgets import Static, TextArea

from horizon.register import Register
from horizon.tui.app import IDLE, get_ready
from horizon.tui.collecting import collect_seldom
from horizon.tui.screens.form import FormScreen
from horizon.tui.widgets.register_table import RegisterTable
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


LONGEST = 30.0
"""Milliseconds that a turn of the loop may take, for a key on a screen that is open and for one
that opens a screen."""

TRIES = 8
"""How often a key is pressed at most. One answer that is quick enough counts: a machine with more
to do is slower than we."""


def limit() -> float:
    """The milliseconds that a turn may take on this machine now."""
    return LONGEST * slowness()


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
        if found[-1][0] <= LONGEST:
            break
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
            if taken > limit():
                slow[there] = f"{taken:.0f} ms in {what}"
        assert slow == {}


async def test_answering_questions_never_holds_the_loop_up(example: Path) -> None:
    async with at_work(example) as user:
        await go(user, "Gait recognition")
        await user.press("e")
        await user.until(lambda: user.on == "EthicsScreen")
        for there, back in (("n", "u"), ("down", "up"), ("end", "home")):
            taken, what = await quickest(user, there, back)
            assert taken <= limit(), f"{there}: {taken:.0f} ms in {what}"


async def test_what_somebody_else_writes_never_holds_the_loop_up(example: Path) -> None:
    async with at_work(example) as user:
        with Register.open(example, acting="Ben Example", clock=StandingClock()) as other:
            found = []
            for number in range(3):
                other.propose(name=f"Seen elsewhere {number}")
                with watched_loop() as watch:
                    user.app.look()
                    await user.pilot.pause(0.3)
                found.append(watch.longest)
        assert min(found) <= limit()


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "register.json"
    generate(path, 2_000)
    return path


async def test_a_large_register_holds_the_loop_up_no_longer_than_a_small_one(large: Path) -> None:
    async with at_work(large) as user:
        await user.press("v", "down", "enter")
        await user.pilot.pause(0.3)
        for there, back in (("down", "up"), ("pagedown", "pageup"), ("end", "home")):
            taken, what = await quickest(user, there, back)
            assert taken <= limit(), f"{there}: {taken:.0f} ms in {what}"
        await user.press("slash")
        for letter in "dro":
            taken, what = await quickest(user, letter, "backspace")
            await user.press(letter)
            assert taken <= limit(), f"{letter}: {taken:.0f} ms in {what}"


async def test_what_takes_long_in_a_large_register_never_holds_the_loop_up(large: Path) -> None:
    async with at_work(large) as user:
        table = user.app.screen.query_one(RegisterTable)

        async def longest(*keys: str, until: Callable[[], bool]) -> float:
            with watched_loop() as watch:
                await user.press(*keys)
                await user.until(until)
                await user.pilot.pause(0.12)
            return watch.longest

        def says(id: str, words: str) -> Callable[[], bool]:
            return lambda: words in str(user.app.screen.query_one(id, Static).content)

        first, size = table.rows[0].id, len(table.rows)
        found = {
            "sorted": await longest("o", "o", "o", until=lambda: table.rows[0].id != first),
            "filtered": await longest(
                "slash", *"tier", "colon", *"board", until=says("#count", "Found")
            ),
            "cleared": await longest("escape", until=lambda: len(table.rows) == size),
            "radar": await longest("escape", "R", until=says("#about", "2000 on it")),
            "duplicates": await longest("escape", "d", until=says("#pair", "No two entries")),
        }
        assert {what: f"{took:.0f} ms" for what, took in found.items() if took > limit()} == {}


async def test_what_a_left_screen_drew_is_thrown_away_while_nobody_presses_a_key(
    example: Path,
) -> None:
    async with at_work(example) as user:
        await user.press("n")
        drawn = weakref.ref(user.app.screen.query(TextArea).first()._styles_cache)
        await user.press("escape")
        await user.until(lambda: user.on == "RegisterScreen")
        user.app._touched -= IDLE
        await user.pilot.pause(IDLE / 2)
        assert drawn() is None


async def test_nothing_is_tidied_while_somebody_types(example: Path) -> None:
    async with at_work(example) as user:
        await user.press("n", "escape")
        before = gc.get_stats()[2]["collections"]
        for _ in range(12):
            await user.press("down")
            await user.pilot.pause(0.1)
        assert gc.get_stats()[2]["collections"] == before


SCREENS = ["enter", "b", "R", "C", "D", "A", "I", "m", "n", "l", "x", "comma", "f2", "f3"]


@pytest.mark.parametrize("key", SCREENS)
async def test_a_screen_opens_without_holding_the_loop_up_for_long(example: Path, key: str) -> None:
    async with at_work(example) as user:
        taken, what = await quickest(user, key, "escape")
        assert taken <= limit(), f"{taken:.0f} ms in {what}"


@pytest.mark.parametrize("key", ["f", "s", "e", "d", "v", "a", "o", "r", "g"])
async def test_a_form_on_a_technology_opens_without_holding_the_loop_up_for_long(
    example: Path, key: str
) -> None:
    async with at_work(example) as user:
        await go(user, "Gait recognition")
        taken, what = await quickest(user, key, "escape")
        assert taken <= limit(), f"{taken:.0f} ms in {what}"


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
            until = time.thread_time() + 2 * LONGEST / 1000
            while time.thread_time() < until:
                pass

        await asyncio.create_task(busy(), name="busy")
    assert watch.longest > LONGEST
    assert watch.over(LONGEST)[0][1] == "busy"
