"""Makes the README's pictures from the app itself, on the illustrative register.

    python -m tests.example.pictures

Needs Chromium to turn the app's own SVG screenshots into PNG, and to look at the app served.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from horizon.store.files import journal_path
from tests.browsing import browsing
from tests.cli.test_serving import served
from tests.tui.using import User, go, using

ROOT = Path(__file__).parent.parent.parent
IMAGES = ROOT / "tests" / "images"
SIZE = (120, 36)

SETTLED = 8
"""Seconds after which a page in the browser is drawn, and what was said on it is gone."""

QUIETLY = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--hide-scrollbars",
]  # fmt: skip


async def register(user: User) -> None:
    """The register as it opens, on what needs someone."""
    await user.press("down", "down", "down")


async def technology(user: User) -> None:
    """A technology whose approval no longer holds."""
    await go(user, "Fraud report triage")


async def meeting(user: User) -> None:
    """A meeting, with an item on which nobody can decide before attendance is taken."""
    await user.press("m", "enter")
    await user.until(lambda: user.on == "MeetingScreen")
    await user.press("a")
    await user.until(lambda: user.on == "AttendanceScreen")
    await user.press("ctrl+s")
    await user.until(lambda: user.on == "Ask")
    await user.press("right", "enter")
    await user.until(lambda: user.on == "MeetingScreen")
    user.app.clear_notifications()
    await user.press("down")


PICTURES: dict[str, Callable[[User], Awaitable[None]]] = {
    "register": register,
    "technology": technology,
    "meeting": meeting,
}


def copied(folder: Path) -> Path:
    """A copy of the illustrative register."""
    path = folder / "register.json"
    shutil.copy(ROOT / "register.json", path)
    shutil.copy(journal_path(ROOT / "register.json"), journal_path(path))
    return path


async def take_in_browser(target: Path, folder: Path) -> None:
    """What somebody sees in a browser who has said who they are."""
    async with served(copied(folder)) as port, browsing(folder / "profile") as page:
        await page.go(f"http://localhost:{port}")
        await page.until("document.body.classList.contains('-first-byte')")
        await asyncio.sleep(SETTLED)
        await page.type("Asha Example")
        await page.enter()
        await asyncio.sleep(SETTLED)
        await page.picture(target)


async def take(name: str, folder: Path) -> str:
    """The screenshot of one picture, as SVG."""
    async with using(copied(folder), size=SIZE) as user:
        await PICTURES[name](user)
        await user.pilot.pause(0.3)
        return user.app.export_screenshot()


def draw(svg: str, target: Path, folder: Path) -> None:
    """Draw an SVG with the browser, in a font that every machine with it has."""
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    assert box is not None
    width, height = float(box[1]), float(box[2])
    plain = re.sub(r"@font-face\s*\{[^}]*\}", "", svg).replace("Fira Code", "DejaVu Sans Mono")
    page = folder / "picture.html"
    style = f"body{{margin:0}}svg{{width:{width}px;height:{height}px;display:block}}"
    page.write_text(f"<meta charset=utf-8><style>{style}</style>{plain}", encoding="utf-8")
    size = f"--window-size={int(width)},{int(height)}"
    profile = f"--user-data-dir={folder / 'profile'}"
    subprocess.run(
        ["chromium", *QUIETLY, profile, size, f"--screenshot={target}", str(page)],
        check=True,
        capture_output=True,
    )


def main() -> None:
    """Take every picture."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HORIZON_SETTINGS"] = str(Path(folder) / "settings.json")
        asyncio.run(take_in_browser(IMAGES / "browser.png", Path(folder)))
    for name in PICTURES:
        with tempfile.TemporaryDirectory() as folder:
            draw(asyncio.run(take(name, Path(folder))), IMAGES / f"{name}.png", Path(folder))
        print(IMAGES / f"{name}.png")


if __name__ == "__main__":
    main()
