"""How each screen looks: its words at two sizes, and in each theme which ink stands on which paper.

A change of looks is a choice. Keep another one with:
pytest tests/tui/test_looks.py --snapshot-update
"""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from horizon.tui.themes import THEMES
from tests.tui.contrast import drawn
from tests.tui.test_accessible import SCREENS, back
from tests.tui.using import NARROW, WIDE, User, using

SHOWN = (
    "register", "views", "overview", "scores", "ethics tab", "route", "facts", "ethics", "gate",
    "decide", "conditions", "propose", "board", "all conditions", "help", "travel",
    "write down", "tour", "columns", "both versions",
)  # fmt: skip
"""Those of the screens whose words depend on nothing but the register: no path, no random id."""

LOOKS = {name: SCREENS[name] for name in SHOWN}


def colours(user: User) -> str:
    """Each ink on its paper, once."""
    found = {(each.ink, each.paper) for each in drawn(user.app) if each.is_text}
    return "\n".join(
        f"{'#%02x%02x%02x' % ink} on {'#%02x%02x%02x' % paper}"  # noqa: UP031
        for ink, paper in sorted(found)
    )


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])
@pytest.mark.parametrize("half", [0, 1])
async def test_every_screen_looks_as_it_did(
    example: Path, size: tuple[int, int], half: int, snapshot: SnapshotAssertion
) -> None:
    async with using(example, size=size) as user:
        for name in list(LOOKS)[half::2]:
            await LOOKS[name](user)
            await user.pilot.pause(0.3)
            user.app.clear_notifications()
            await user.pilot.pause()
            assert user.screen == snapshot(name=f"{name}")
            for theme in THEMES:
                user.app.theme = theme.name
                await user.pilot.pause()
                assert colours(user) == snapshot(name=f"{name}, {theme.name}")
            user.app.theme = THEMES[0].name
            await back(user)
