"""How quick the screens on the whole register are with 10,000 technologies.

    python -m tests.bench.bench_screens [--technologies 10000] [SCREEN ...]

Prints, for each screen, the time from its key to its first paint, and from each arrow key to the
next paint: the median and the longest. Limit for a key: 50 ms.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from horizon.register import Register
from horizon.tui.app import HorizonApp
from horizon.tui.widgets.radar import RadarPicture
from horizon.tui.widgets.route_board import RouteBoard
from horizon.tui.widgets.weights import Weights
from tests.bench.bench_app import generate

LIMIT = 50

SCREENS: dict[str, tuple[str, type[Widget], list[str]]] = {
    "board": ("b", RouteBoard, ["down", "down", "pagedown", "end", "home", "right", "left"]),
    "radar": ("R", RadarPicture, ["down", "right", "up", "left"]),
    "compare": ("C", Weights, ["right", "left", "shift+right", "shift+left"]),
}
"""The key of each screen, what on it is painted, and keys that change that."""


async def painted(app: HorizonApp, widget: Widget, key: str) -> float:
    """Milliseconds from a key until the widget has been painted for it."""
    seen = asyncio.Event()
    paint = widget.render_lines

    def watched(crop: Region) -> list[Strip]:
        lines = paint(crop)
        seen.set()
        return lines

    widget.render_lines = watched  # type: ignore[method-assign]
    started = time.perf_counter()
    app.simulate_key(key)
    try:
        await asyncio.wait_for(seen.wait(), 10)
    finally:
        widget.render_lines = paint  # type: ignore[method-assign]
    return 1000 * (time.perf_counter() - started)


async def keys(path: Path, names: list[str]) -> int:
    """Open each screen and press its keys; how many went over the limit."""
    register = Register.open(path, acting="Bench")
    app = HorizonApp(register)
    over = 0
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause(1)
        gc.collect()
        gc.freeze()  # as the program does when it opens
        for name in names:
            key, kind, pressed = SCREENS[name]
            started = time.perf_counter()
            app.simulate_key(key)
            while not (found := app.screen.query(kind)) or not found.first().size.height:
                await asyncio.sleep(0.001)
            opened = 1000 * (time.perf_counter() - started)
            widget = found.first()
            await pilot.pause(0.5)
            taken = []
            for each in pressed * 3:
                taken.append(await painted(app, widget, each))
                await asyncio.sleep(0.15)
            over += sum(each > LIMIT for each in taken)
            print(
                f"{name:<12} opens in {opened:5.0f} ms   a key {statistics.median(taken):4.0f} ms, "
                f"at most {max(taken):4.0f} ms"
            )
            await pilot.press("escape")
            await pilot.pause(0.2)
    register.close()
    return over


def main() -> int:
    """Measure and print; 1 when a key took longer than the limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--technologies", type=int, default=10_000)
    parser.add_argument("screens", nargs="*", default=[])
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=".") as folder:
        path = Path(folder) / "register.json"
        generate(path, given.technologies)
        print(f"{given.technologies} technologies, {datetime.now(UTC):%Y-%m-%d}")
        over = asyncio.run(keys(path, given.screens or list(SCREENS)))
    print(f"{over} keys over {LIMIT} ms")
    return int(over > 0)


if __name__ == "__main__":
    sys.exit(main())
