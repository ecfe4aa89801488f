"""Full use without colour, with 16 colours, with high contrast, small, and without movement."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Input

from horizon import settings
from horizon.model.errors import Conflict
from horizon.register import Register
from horizon.tui.app import HorizonApp
from horizon.tui.browser.who import WhoScreen
from horizon.tui.screens.conflict import Clash, ConflictScreen
from horizon.tui.screens.links import Link, LinksScreen
from horizon.tui.themes import DARK, THEMES
from horizon.tui.widgets.register_table import RegisterTable
from tests.clocks import StandingClock
from tests.tui.contrast import Drawn, drawn, of_256, too_faint
from tests.tui.using import NARROW, User, go, using

DATA = Path(__file__).parent.parent / "data"


async def register(user: User) -> None:
    await user.until(lambda: "Needs someone: " in user.screen)


async def views(user: User) -> None:
    await user.press("v", "down")


async def search(user: User) -> None:
    await user.press("slash")
    await user.type("zzzz")


async def technology(user: User) -> None:
    await go(user, "Fraud report triage")


def tab(number: int) -> Callable[[User], Awaitable[None]]:
    async def open_tab(user: User) -> None:
        await go(user, "Fraud report triage")
        await user.press(str(number))

    return open_tab


def on_technology(key: str) -> Callable[[User], Awaitable[None]]:
    async def open_screen(user: User) -> None:
        await go(user, "Fraud report triage")
        await user.press(key)
        await user.until(lambda: user.on != "TechnologyScreen")

    return open_screen


def by_key(*keys: str) -> Callable[[User], Awaitable[None]]:
    async def open_screen(user: User) -> None:
        await user.press(*keys)
        await user.pilot.pause(0.4)

    return open_screen


async def refused(user: User) -> None:
    await go(user, "Fraud report triage")
    await user.press("g", "enter")
    await user.until(lambda: "Refused: " in user.screen)


async def past(user: User) -> None:
    await user.press("T")
    user.app.screen.query_one(Input).value = "2026-03-01"
    await user.press("enter")
    await user.until(lambda: "THE PAST" in user.screen)


async def changes(user: User) -> None:
    await user.press("equals_sign")
    user.app.screen.query_one(Input).value = "2026-08-01"
    await user.press("enter")
    await user.until(lambda: "as they were" in user.screen)


async def links(user: User) -> None:
    await user.app.push_screen(LinksScreen([Link("https://example.org", "A paper")] * 2))


async def both_versions(user: User) -> None:
    conflict = Conflict("t", "T-0019", expected=1, found=2, changes=["Ben Example: changed trl"])
    clash = Clash("trl", "Readiness", "7", "9", "3")
    await user.app.push_screen(ConflictScreen(conflict, [clash]))


async def plan_of_import(user: User) -> None:
    await user.press("I")
    user.app.screen.query_one("#path", Input).value = str(DATA / "uk_atrs_extract.csv")
    await user.press("enter")
    await user.until(lambda: "Possible duplicates" in user.screen)


async def columns_of_import(user: User) -> None:
    await plan_of_import(user)
    await user.press("c")
    await user.until(lambda: "Is taken as" in user.screen)


async def settings_of_import(user: User) -> None:
    await plan_of_import(user)
    await user.press("f")
    await user.until(lambda: "Row that names the columns" in user.screen)


async def who(user: User) -> None:
    await user.app.push_screen(WhoScreen(user.register))


SCREENS: dict[str, Callable[[User], Awaitable[None]]] = {
    "register": register,
    "views": views,
    "search": search,
    "overview": technology,
    "scores": tab(2),
    "ethics tab": tab(3),
    "route": tab(4),
    "history": tab(5),
    "facts": on_technology("f"),
    "ethics": on_technology("e"),
    "gate": on_technology("g"),
    "decide": on_technology("d"),
    "evidence": on_technology("v"),
    "amend": on_technology("a"),
    "conditions": on_technology("c"),
    "open a round": on_technology("s"),
    "refused": refused,
    "propose": by_key("n"),
    "board": by_key("b"),
    "radar": by_key("R"),
    "compare": by_key("C"),
    "what if": by_key("C", "right"),
    "all conditions": by_key("D"),
    "audit": by_key("A"),
    "settings": by_key("comma"),
    "help": by_key("question_mark"),
    "travel": by_key("T"),
    "the past": past,
    "changes": changes,
    "write down": by_key("f2"),
    "tour": by_key("f3"),
    "columns": by_key("c"),
    "note": on_technology("n"),
    "links": links,
    "both versions": both_versions,
    "who": who,
    "import": by_key("I"),
    "plan of an import": plan_of_import,
    "columns of an import": columns_of_import,
    "settings of an import": settings_of_import,
}


GROUPS = [list(SCREENS)[start::4] for start in range(4)]
"""The screens in four groups, so that the app is opened only so often."""

ANSI = ("ansi-dark", "ansi-light")


async def back(user: User) -> None:
    """Leave every screen, and the past."""
    while len(user.app.screen_stack) > 2:
        user.app.pop_screen()
    user.app.arrive(user.app.present)
    user.app.screen.remove_class("choosing")
    user.app.screen.query_one(Input).value = ""
    user.app.screen.query_one(RegisterTable).focus()
    await user.pilot.pause()


@pytest.mark.parametrize("names", GROUPS, ids=["a", "b", "c", "d"])
async def test_every_screen_can_be_read_in_every_theme_and_fits_80_by_24(
    example: Path, names: list[str]
) -> None:
    """Our own themes have the contrast of WCAG AA: 4.5 for text and 3 for what is drawn, from the
    colours as Textual resolves them and as a terminal of 256 colours shows them. With the
    terminal's own sixteen colours, what stands on a colour has one of its own. At 80 by 24, which
    is what is left of a wide terminal at 200 per cent, nothing is pushed off the screen."""
    wrong: dict[str, list[str]] = {}
    async with using(example, size=NARROW) as user:
        for name in names:
            await SCREENS[name](user)
            await user.pilot.pause(0.1)
            found = off_the_screen(user)
            for theme in (*(each.name for each in THEMES), *ANSI):
                user.app.theme = theme
                await user.pilot.pause()
                faults = (
                    unseen(user)
                    if theme in ANSI
                    else too_faint(user.app) + too_faint(user.app, of_256)
                )
                found += [f"{theme}: {each}" for each in faults]
            if found:
                wrong[name] = found
            await back(user)
    assert wrong == {}


def off_the_screen(user: User) -> list[str]:
    """Widgets that do not fit."""
    return [
        str(widget)
        for widget in user.app.screen.children
        if widget.display
        and widget.region.area
        and (widget.region.bottom > NARROW[1] or widget.region.right > NARROW[0])
    ]


def unseen(user: User) -> list[str]:
    """Text that may not be seen where the terminal decides about colours: in the very colour that
    it stands on, or in the terminal's own ink on a colour that was chosen for another."""
    found = []
    for strip in user.app.screen._compositor.render_strips():
        for segment in strip:
            style = segment.style
            if style is None or not any(each.isalnum() for each in segment.text):
                continue
            ink, paper = style.color, style.bgcolor
            if paper is None or paper.is_default or style.reverse:
                continue
            if ink is None or ink.is_default or ink == paper:
                found.append(segment.text)
    return found


def test_contrast_is_measured_as_wcag_defines_it() -> None:
    white, black, grey = (255, 255, 255), (0, 0, 0), (119, 119, 119)
    assert Drawn("a", black, white).contrast == pytest.approx(21)
    assert Drawn("a", white, white).contrast == 1
    assert Drawn("a", grey, white).contrast == pytest.approx(4.48, abs=0.01)
    assert Drawn("a", (0, 0, 255), white).contrast == pytest.approx(8.59, abs=0.01)


async def test_text_that_is_too_faint_is_found(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        assert too_faint(user.app) == []
        user.app.register_theme(replace(DARK, name="faint", foreground="#4a4f57"))
        user.app.theme = "faint"
        await user.until(lambda: bool(too_faint(user.app)))


# Without colour


async def test_everything_can_be_done_without_colour(
    example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One journey with NO_COLOR: find, open, compare, look back; all of it in shades of grey that
    can be read, with every state in words."""
    monkeypatch.setenv("NO_COLOR", "1")
    async with using(example, size=NARROW) as user:
        assert user.app.no_color

        def plain() -> None:
            pieces = list(drawn(user.app))
            assert pieces
            assert all(len(set(each.ink)) == 1 and len(set(each.paper)) == 1 for each in pieces)
            assert too_faint(user.app) == []

        plain()
        assert "! Review was due" in user.screen
        await user.press("slash")
        await user.type("fraud report")
        plain()
        await user.press("enter", "enter")
        await user.until(lambda: user.on == "TechnologyScreen")
        plain()
        assert "Overdue:" in user.screen
        for key in "2345":
            await user.press(key)
            plain()
        await user.press("c")
        await user.until(lambda: user.on == "ConditionsScreen")
        assert "overdue" in user.screen
        plain()
        await user.press("escape", "escape")
        for key in "bRCDA":
            await user.press(key)
            await user.pilot.pause(0.3)
            plain()
            await user.press("escape")
            await user.until(lambda: user.on == "RegisterScreen")
        await past(user)
        plain()
        assert "THE PAST, AS AT 1 MARCH 2026" in user.screen


@pytest.mark.parametrize("name", ["board", "radar", "compare", "views", "history"])
async def test_the_cursor_can_be_seen_without_colour(
    example: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """What is under the cursor stands on another shade than what is not."""
    monkeypatch.setenv("NO_COLOR", "1")
    async with using(example, size=NARROW) as user:
        await SCREENS[name](user)
        await user.pilot.pause(0.3)
        papers = {each.paper[0] for each in drawn(user.app) if each.is_text}
        assert max(papers) - min(papers) > 80


# Without movement


async def test_nothing_moves_for_those_who_want_it_still(example: Path) -> None:
    settings.write(motion="none")
    register = Register.open(example, acting="Asha Example", clock=StandingClock())
    app = HorizonApp(register)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        assert app.animation_level == "none"
        user = User(app, pilot)
        for keys in (("pagedown", "end", "home"), ("b", "right", "end", "escape"),
                     ("v", "down", "enter"), ("enter", "2", "3", "end", "escape")):  # fmt: skip
            for key in keys:
                await pilot.press(key)
                assert not app.animator._animations
                assert not app.animator._scheduled
        await user.press("slash")
        search_line = app.screen.query_one("#search", Input)
        assert search_line.has_focus
        assert search_line.cursor_blink is False
    register.close()


async def test_movement_is_as_usual_unless_somebody_says_otherwise(example: Path) -> None:
    register = Register.open(example, acting="Asha Example", clock=StandingClock())
    app = HorizonApp(register)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("slash")
        assert app.animation_level == "full"
        assert app.screen.query_one("#search", Input).cursor_blink
    register.close()


async def test_movement_can_be_turned_off_in_the_settings(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        user.app.animation_level = "full"
        await user.press("comma")
        await user.until(lambda: user.on == "SettingsScreen")
        await user.choose("motion", "none")
        await user.press("ctrl+s")
        await user.until(lambda: user.on == "RegisterScreen")
        assert user.app.animation_level == "none"
        assert settings.load().motion == "none"
