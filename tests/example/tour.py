"""Makes the README's tour from the app itself, on the illustrative register.

python -m tests.example.tour
"""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from horizon.store.files import journal_path
from tests.example.animation import Frame, animated, frame
from tests.tui.using import NARROW, User, using

ROOT = Path(__file__).parent.parent.parent
TOUR = ROOT / "tests" / "images" / "tour.svg"
TITLE = "Horizon in the terminal: a technology from the list to a meeting"


@dataclass(frozen=True, slots=True)
class Scene:
    """What is said below the screen, what is done before, and for how long it is shown."""

    said: str
    do: Callable[[User], Awaitable[None]]
    seconds: float = 4


def keys(*pressed: str, on: str, write: str = "") -> Callable[[User], Awaitable[None]]:
    """Press keys, write a text, and wait for a screen."""

    async def do(user: User) -> None:
        await user.press(*pressed)
        if write:
            await user.type(write)
        await user.until(lambda: user.on == on)

    return do


async def attendance(user: User) -> None:
    await user.press("a")
    await user.until(lambda: user.on == "AttendanceScreen")
    await user.press("ctrl+s")
    await user.until(lambda: user.on == "Ask")
    await user.press("right", "enter")
    await user.until(lambda: user.on == "MeetingScreen")
    user.app.clear_notifications()
    await user.press("down")


SCENES: Sequence[Scene] = (
    Scene("Horizon opens on what needs someone today.", keys(on="RegisterScreen")),
    Scene("/ searches. Slips of the finger are forgiven.",
          keys("slash", write="fruad rep", on="RegisterScreen"), 3),
    Scene("Enter opens it. An overdue condition undoes the approval.",
          keys("enter", "enter", on="TechnologyScreen"), 5),
    Scene("2: its scores, as intervals. What nobody scored stays open.",
          keys("2", on="TechnologyScreen"), 4),
    Scene("e: the ethics questions that apply, red lines first.",
          keys("e", on="EthicsScreen"), 4),
    Scene("g: the next gate, what it misses and who can supply it.",
          keys("escape", "g", on="MoveScreen"), 4),
    Scene("F2 writes a new one down in one line, from anywhere.",
          keys("escape", "escape", "f2", write="Gait checker | Police Expo | Asked about",
               on="CaptureScreen"), 4),
    Scene("t: a first look at signals. Two digits suggest a verdict.",
          keys("enter", "escape", "t", "4", "2", on="TriageScreen"), 4),
    Scene("b: the route as a board, with what each technology misses.",
          keys("escape", "b", on="BoardScreen"), 4),
    Scene("R: how near each is to use. Arrow keys walk from mark to mark.",
          keys("escape", "R", on="RadarScreen"), 4),
    Scene("C: how sure the ranking is, whatever the weights.",
          keys("escape", "C", on="CompareScreen"), 4),
    Scene("m: a meeting says on each item whether enough are there to decide.",
          lambda user: _meeting(user), 5),
)  # fmt: skip


async def _meeting(user: User) -> None:
    await keys("escape", "m", "enter", on="MeetingScreen")(user)
    await attendance(user)


async def taken(scenes: Sequence[Scene], folder: Path) -> list[Frame]:
    """Walk through the scenes on a copy of the illustrative register."""
    path = folder / "register.json"
    shutil.copy(ROOT / "register.json", path)
    shutil.copy(journal_path(ROOT / "register.json"), journal_path(path))
    found = []
    async with using(path, size=NARROW) as user:
        for scene in scenes:
            await scene.do(user)
            await user.pilot.pause(0.4)
            user.app.clear_notifications()
            await user.pilot.pause()
            found.append(frame(user.app, scene.said, scene.seconds))
    return found


def main() -> None:
    """Make the tour."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HORIZON_SETTINGS"] = str(Path(folder) / "settings.json")
        frames = asyncio.run(taken(SCENES, Path(folder)))
    TOUR.write_text(animated(frames, TITLE), encoding="utf-8")
    print(f"{TOUR}: {TOUR.stat().st_size // 1000} KB")


if __name__ == "__main__":
    main()
