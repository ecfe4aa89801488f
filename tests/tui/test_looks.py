"""How each screen looks: its words at two sizes, and in each theme which ink stands on which paper.

A change of looks is a choice. Keep another one with:
pytest tests/tui/test_looks.py --snapshot-update
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.screen import Screen

from horizon.tui import screens
from horizon.tui.themes import THEMES
from tests.tui.contrast import drawn, too_faint
from tests.tui.over import OVER, Made
from tests.tui.test_accessible import SCREENS, back
from tests.tui.using import NARROW, WIDE, User, using

SHOWN = {
    "register": "RegisterScreen", "views": "RegisterScreen", "search": "RegisterScreen",
    "overview": "TechnologyScreen", "scores": "TechnologyScreen",
    "ethics tab": "TechnologyScreen", "route": "TechnologyScreen", "history": "TechnologyScreen",
    "refused": "MoveScreen", "board": "BoardScreen", "all conditions": "AllConditionsScreen",
    "help": "HelpScreen", "travel": "TravelScreen", "the past": "RegisterScreen",
    "changes": "ChangesScreen", "links": "LinksScreen", "who": "WhoScreen",
    "write down": "CaptureScreen", "tour": "TourScreen", "columns": "ChooseColumns",
    "both versions": "ConflictScreen",
}  # fmt: skip
"""Those of the screens whose words depend on nothing but the register, no path and no random id,
each with the screen that it comes to."""

ELSEWHERE = {
    "AuditScreen": "test_audit_screen",
    "ColumnsScreen": "test_import_screen",
    "CompareScreen": "test_compare_screen",
    "ExportScreen": "test_export_screen",
    "ExportedScreen": "test_export_screen",
    "ImportScreen": "test_import_screen",
    "ImportSettings": "test_import_screen",
    "LineScreen": "test_technology_screens",
    "PreviewScreen": "test_export_screen",
    "RadarScreen": "test_radar_screen",
    "RatifyScreen": "test_a_meeting",
    "ReleaseScreen": "test_export_screen",
    "SettingsScreen": "test_accessible",
}
"""Screens that show a path, a hash or an order of random ids, and where they are looked at."""


def over(made: Made) -> Callable[[User], Awaitable[None]]:
    """Put a screen up over the register."""

    async def open_screen(user: User) -> None:
        await user.app.push_screen(made(user))
        await user.whole()

    return open_screen


LOOKS = {name: SCREENS[name] for name in SHOWN} | {n: over(made) for n, made in OVER.items()}

PARTS = 3


def colours(user: User) -> str:
    """Each ink on its paper, once."""
    found = {(each.ink, each.paper) for each in drawn(user.app) if each.is_text}
    return "\n".join(
        f"{'#%02x%02x%02x' % ink} on {'#%02x%02x%02x' % paper}"  # noqa: UP031
        for ink, paper in sorted(found)
    )


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])
@pytest.mark.parametrize("part", range(PARTS))
async def test_every_screen_looks_as_it_did(
    example: Path, size: tuple[int, int], part: int, snapshot: SnapshotAssertion
) -> None:
    """Each theme is put on from the one that the screen before was left in: putting on costs more
    than looking."""
    themes = list(THEMES)
    async with using(example, size=size) as user:
        for name in list(LOOKS)[part::PARTS]:
            await LOOKS[name](user)
            assert user.on == SHOWN.get(name, user.on)
            await user.pilot.pause(0.3)
            user.app.clear_notifications()
            await user.pilot.pause()
            assert user.screen == snapshot(name=f"{name}")
            for theme in themes:
                user.app.theme = theme.name
                await user.pilot.pause()
                assert colours(user) == snapshot(name=f"{name}, {theme.name}")
                assert too_faint(user.app) == [], (name, theme.name)
            themes.reverse()
            await back(user)


async def test_no_screen_is_left_out(example: Path) -> None:
    """Every screen is among the pictures, or it is said which test looks at it."""
    found: set[type] = set()
    for each in iter_modules(screens.__path__, f"{screens.__name__}."):
        held = vars(import_module(each.name)).values()
        found |= {kind for kind in held if isinstance(kind, type) and issubclass(kind, Screen)}
    ours = {kind for kind in found if kind.__module__.startswith(screens.__name__)}
    ours -= {base for kind in ours for base in kind.__mro__[1:]}  # what others are made from
    async with using(example) as user:
        seen = {type(made(user)).__name__ for made in OVER.values()} | set(SHOWN.values())
    assert {each.__name__ for each in ours} - seen == set(ELSEWHERE)
    assert not seen & set(ELSEWHERE)
    here = Path(__file__).parents[1]
    assert all(list(here.rglob(f"{test}.py")) for test in ELSEWHERE.values())
