"""The Conditions of the whole register, and the Settings."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from textual.widgets import Input

from horizon import settings
from horizon.model.days import read_day
from horizon.tui.screens.all_conditions import Owed
from horizon.tui.widgets.register_table import RegisterTable
from tests.clocks import StandingClock
from tests.tui.using import NARROW, WIDE, User, using


def rows(user: User) -> list[tuple[str, ...]]:
    return [row.cells for row in user.app.screen.query_one(Owed).rows]


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])
async def test_every_open_condition_is_there_the_longest_overdue_first(
    example: Path, size: tuple[int, int]
) -> None:
    async with using(example, size=size) as user:
        await user.press("D")
        found = rows(user)
        days = [read_day(each[0]) for each in found]
        assert days == sorted(days)
        assert found[0][0] == "30 Sep 2026"
        assert found[0][1:3] == ("OVERDUE", "T-0019")
        assert "2 conditions open, 1 overdue" in user.screen
        assert "OVERDUE" in user.screen
        said = " ".join(user.screen.split())
        assert "Overdue, was due 30 September 2026. Owner: Mei Example. Condition 1 of" in said


async def test_a_day_is_found_as_it_is_shown(example: Path) -> None:
    async with using(example) as user:
        await user.press("D", "slash")
        await user.type("30 sep")
        assert [each[1] for each in rows(user)] == ["OVERDUE"]


async def test_it_narrows_to_words_and_to_what_is_overdue(example: Path) -> None:
    async with using(example) as user:
        await user.press("D", "slash")
        await user.type("asha")
        assert [each[1] for each in rows(user)] == ["open"]
        assert "of 2 in the register" in user.screen
        await user.press("escape", "escape", "v")
        assert [each[1] for each in rows(user)] == ["OVERDUE"]
        await user.press("slash")
        await user.type("ostrich")
        assert "None fits. Press Esc to see all." in user.screen
        await user.press("down", "enter", "escape")
        assert len(rows(user)) == 2
        await user.press("escape")
        await user.until(lambda: user.on == "RegisterScreen")


async def test_enter_goes_to_the_technologys_conditions_and_a_met_one_is_gone(
    example: Path,
) -> None:
    async with using(example) as user:
        await user.press("D", "enter")
        await user.until(lambda: user.on == "ConditionsScreen")
        await user.press("enter")
        await user.until(lambda: user.on == "DischargeScreen")
        await user.press("space", "ctrl+s")
        await user.until(lambda: user.on == "ConditionsScreen")
        await user.press("escape")
        await user.until(lambda: user.on == "AllConditionsScreen")
        await user.until(lambda: len(rows(user)) == 1)


async def test_a_day_that_passes_makes_a_condition_overdue(example: Path) -> None:
    async with using(example, clock=StandingClock(date(2027, 1, 4))) as user:
        await user.press("D")
        assert [each[1] for each in rows(user)] == ["OVERDUE", "OVERDUE"]


async def test_a_register_without_conditions_says_where_they_come_from(empty: Path) -> None:
    async with using(empty, size=NARROW) as user:
        await user.press("D")
        assert "No condition is open." in user.screen
        await user.press("enter", "v", "escape", "escape")
        await user.until(lambda: user.on == "RegisterScreen")


# Settings


async def test_the_name_and_the_colours_are_kept_and_used_at_once(example: Path) -> None:
    async with using(example) as user:
        await user.press("comma")
        await user.until(lambda: user.on == "SettingsScreen")
        user.app.screen.query_one("#field-user", Input).value = ""
        await user.fill("user", "Dana Example")
        await user.choose("theme", "horizon-light")
        await user.press("ctrl+s")
        await user.until(lambda: user.on == "RegisterScreen")
        assert user.register.acting == "Dana Example"
        assert user.app.theme == "horizon-light"
        held = settings.load()
        assert (held.user, held.theme) == ("Dana Example", "horizon-light")
        assert user.app.screen.query_one(RegisterTable).has_focus
        await user.until(lambda: "acting as Dana Example" in user.screen)


async def test_settings_that_cannot_be_kept_say_so_and_keep_what_was_typed(
    example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a-file").write_text("")
    monkeypatch.setenv("HORIZON_SETTINGS", os.fspath(tmp_path / "a-file" / "settings.json"))
    async with using(example) as user:
        await user.press("comma")
        user.app.screen.query_one("#field-user", Input).value = "Dana Example"
        await user.press("ctrl+s")
        await user.until(lambda: "Error: " in user.screen)
        assert "cannot be written: " in " ".join(user.screen.replace("█", " ").split())
        assert user.on == "SettingsScreen"
        assert user.register.acting == "Asha Example"
        assert user.app.screen.query_one("#field-user", Input).value == "Dana Example"


def test_settings_of_a_newer_horizon_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"columns": ["name"], "theme": "horizon-dark"}')
    settings.write(path, user="Dana Example")
    held = settings.load(path).model_dump()
    assert held["columns"] == ["name"]
    assert held["user"] == "Dana Example"
