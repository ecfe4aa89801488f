"""The list of a register so large that what it shows is made aside: it shows the same as a small
one, a moment later, and no key goes astray meanwhile."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from textual.events import Key
from textual.widgets import Input, OptionList

from horizon.register import Register
from horizon.tui.aside import FEW
from horizon.tui.lists.listing import Asked, look_up
from horizon.tui.lists.views import View
from horizon.tui.widgets.register_table import RegisterTable
from tests.bench.bench_app import generate
from tests.clocks import StandingClock
from tests.tui.using import User, using

SIZE = FEW + 100


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "register.json"
    generate(path, SIZE)
    return path


@pytest.fixture
def large(made: Path, tmp_path: Path) -> Path:
    """A register of its own for each test."""
    folder = tmp_path / "register"
    shutil.copytree(made.parent, folder)
    return folder / made.name


def table(user: User) -> RegisterTable:
    return user.app.screen.query_one(RegisterTable)


def listed(user: User) -> list[str]:
    return [row.id for row in table(user).rows]


def counted(user: User) -> str:
    """How many technologies there are, by the list of views."""
    options = user.app.screen.query_one("#views", OptionList)
    return str(options.get_option_at_index(1).prompt).split()[0]


def type_ahead(user: User, text: str, *then: str) -> None:
    """Type faster than anybody: nothing waits for an answer."""
    for letter in text:
        user.app.post_message(Key(letter, letter))
    for key in then:
        user.app.post_message(Key(key, None))


@pytest.mark.parametrize(
    ("query", "sorted_by"),
    [("tier:board", None), ("stage:signal graph", None), ("", (1, False)), ("", (1, True))],
)
async def test_what_is_made_aside_is_what_would_be_made_at_once(
    large: Path, query: str, sorted_by: tuple[int, bool] | None
) -> None:
    with Register.open(large, acting="Asha Example", clock=StandingClock()) as register:
        asked = Asked(View("All"), query, sorted_by, register.person_id)
        expected = [each.header.id for each in look_up(register, asked).shown]
    async with using(large) as user:
        await user.press("v", "down", "enter")
        if sorted_by:
            await user.press(*["o"] * (3 if not sorted_by[1] else 4))
        else:
            await user.press("slash")
            type_ahead(user, query)
        await user.until(lambda: listed(user) == expected)


async def test_enter_never_opens_what_a_slow_search_did_not_find(large: Path) -> None:
    async with using(large) as user:
        wanted = user.register.state.technologies.headers()[-1]
        await user.press("slash")
        type_ahead(user, f"tier:board {wanted.label}", "enter", "enter")
        await user.until(lambda: "Found 1 of" in user.screen or user.on != "RegisterScreen")
        await user.pilot.pause(0.2)
        assert getattr(user.app.screen, "technology_id", wanted.id) == wanted.id


async def test_what_somebody_else_enters_is_listed_and_counted_while_one_searches(
    large: Path,
) -> None:
    async with using(large) as user:
        await user.press("slash")
        await user.until(lambda: counted(user) == str(SIZE))
        with Register.open(large, acting="Ben Example", clock=StandingClock()) as other:
            other.propose(name="Zebra crossing watcher")
        user.app.look()
        type_ahead(user, "zebra")
        await user.until(lambda: "Zebra crossing watcher" in user.screen)
        await user.until(lambda: counted(user) == str(SIZE + 1))


async def test_the_cursor_stays_on_what_was_found_when_the_search_is_cleared(large: Path) -> None:
    async with using(large) as user:
        before = listed(user)
        await user.press("o", "o", "o")
        await user.until(lambda: listed(user) != before)
        wanted = user.register.state.technologies.headers()[-1]
        await user.press("slash")
        type_ahead(user, wanted.label)
        await user.until(lambda: listed(user) == [wanted.id])
        await user.press("escape")
        await user.until(lambda: len(listed(user)) == SIZE)
        assert table(user).current == wanted.id


async def test_what_was_just_entered_is_under_the_cursor(large: Path) -> None:
    async with using(large) as user:
        await user.press("n")
        await user.fill("name", "Zebra crossing watcher")
        await user.press("ctrl+s")
        await user.until(lambda: user.on == "RegisterScreen" and len(listed(user)) == SIZE + 1)
        assert user.register.technology("Zebra crossing watcher").id == table(user).current


async def test_what_may_be_the_same_is_said_of_a_line_once_it_was_looked_for(large: Path) -> None:
    async with using(large) as user:
        header = user.register.state.technologies.headers()[-1]
        await user.reach("CaptureScreen", "f2")
        user.app.screen.query_one("#capture", Input).value = header.name.lower()
        await user.until(lambda: f"already: {header.label}" in user.screen)
