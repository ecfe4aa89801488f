"""Textual keeps the style sheet of every screen that was opened once: a rule that names no class
of ours would hold on every other screen from then on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.screen import Screen

import horizon.tui
from horizon.tui.themes import DARK, THEMES
from tests.tui.using import NARROW, using

TUI = Path(horizon.tui.__file__).parent
SHEETS = sorted(path for path in TUI.glob("styles/*.tcss") if path.name != "app.tcss")


class Own(Screen[None]):
    """A screen that brings styles."""

    CSS = "Own { background: red; }"


def our_classes() -> set[str]:
    code = "\n".join(path.read_text(encoding="utf-8") for path in TUI.rglob("*.py"))
    return set(re.findall(r"^class (\w+)", code, re.MULTILINE))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.stem)
def test_every_rule_of_a_screen_begins_with_a_class_of_ours(sheet: Path) -> None:
    written = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    selectors = [
        each.strip()
        for rule in re.findall(r"([^{}]+)\{[^{}]*\}", written)
        for each in rule.split(",")
    ]
    assert selectors
    ours = our_classes()
    assert [each for each in selectors if re.split(r"\W", each)[0] not in ours] == []


async def test_a_meeting_can_be_read_after_the_comparison_was_open(example: Path) -> None:
    """Both have something called detail, which the comparison hides on a small screen."""
    async with using(example, size=NARROW) as user:
        await user.press("C")
        await user.until(lambda: user.on == "CompareScreen")
        await user.press("escape")
        await user.until(lambda: user.on == "RegisterScreen")
        await user.press("m", "enter")
        await user.until(lambda: user.on == "MeetingScreen")
        await user.until(lambda: "take attendance" in user.screen)


async def test_what_was_read_is_not_read_again_for_another_screen_or_a_theme_put_back_on(
    example: Path,
) -> None:
    async with using(example) as user:
        held = []  # so that no two have one id

        def read() -> set[int]:
            held.append(user.app.stylesheet.rules)
            return {id(rule) for rule in held[-1]}

        other = next(each.name for each in THEMES if each.name != DARK.name)
        before = read()
        await user.app.push_screen(Own())
        opened = read()
        assert before < opened
        user.app.theme = other
        await user.until(lambda: not read() & opened)
        user.app.theme = DARK.name
        await user.until(lambda: read() == opened)
