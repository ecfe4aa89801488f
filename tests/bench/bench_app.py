"""How quick the app is with 10,000 technologies.

    python -m tests.bench.bench_app [--technologies 10000] [--rounds 7]

Prints, from one run: open to first row beside a minimal Textual app with the same imports (limit:
twice), and the median time from a keystroke in search to the repaint (limit: 80 ms).
"""

from __future__ import annotations

import argparse
import asyncio
import fcntl
import os
import pty
import random
import select
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from datetime import UTC, datetime
from pathlib import Path

from horizon.model.technology import Details
from horizon.register import Proposal, Register
from horizon.tui.app import HorizonApp
from horizon.tui.screens.register import RegisterScreen
from horizon.tui.widgets.register_table import RegisterTable

MINIMAL = """
import click, msgspec, platformdirs, rapidfuzz, tinydb  # what Horizon also loads
from pydantic import BaseModel, ValidationError, Field
from textual.app import App
from textual.widgets import Footer, Header, Input, OptionList, Select, Static, TextArea
from textual.widgets import Button, Label, SelectionList, TabbedContent
class Minimal(App):
    def compose(self):
        yield Header()
        yield Input()
        yield Static("T-0001 first row")
        yield Footer()
Minimal().run()
"""

HORIZON = "from horizon.cli import main; main()"

WORDS = [
    "redaction",
    "drone",
    "fraud",
    "triage",
    "speech",
    "video",
    "lakehouse",
    "graph",
    "analytics",
    "translation",
    "synthetic",
    "cryptography",
    "custody",
    "evidence",
    "disclosure",
    "search",
    "summary",
    "sensor",
    "camera",
    "network",
    "streaming",
]


def generate(path: Path, size: int) -> None:
    """A register of `size` made-up technologies, entered by the ordinary command."""
    dice = random.Random(7)
    register = Register.create(path, name="Bench", acting="Bench")
    with register:
        for start in range(0, size, 500):
            register.propose_many(
                [
                    Proposal(
                        details=Details(
                            name=f"{' '.join(dice.sample(WORDS, 3))} {number}".capitalize(),
                            summary=" ".join(dice.choices(WORDS, k=20)),
                            problem=" ".join(dice.choices(WORDS, k=15)),
                            supplier=f"Supplier {dice.randrange(400)}",
                        )
                    )
                    for number in range(start, min(start + 500, size))
                ]
            )


def first_row(program: str, *arguments: str) -> float:
    """Milliseconds from starting a process in a terminal until its first row is on the screen."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    environ = {**os.environ, "TERM": "xterm-256color"}
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        stdin=slave, stdout=slave, stderr=slave, env=environ, close_fds=True,
    )  # fmt: skip
    seen = b""
    try:
        while b"T-0001" not in seen:
            if select.select([master], [], [], 30)[0]:
                seen += os.read(master, 65536)
            else:
                raise RuntimeError("no row within 30 seconds")
        return 1000 * (time.perf_counter() - started)
    finally:
        process.kill()
        process.wait()
        os.close(master)
        os.close(slave)


async def keystrokes(path: Path, text: str) -> list[float]:
    """Milliseconds from each keystroke in search until the list is painted again."""
    register = Register.open(path, acting="Bench")
    app = HorizonApp(register)
    taken: list[float] = []
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await pilot.press("slash")
        screen = app.screen
        assert isinstance(screen, RegisterScreen)
        table = screen.query_one(RegisterTable)
        painted = asyncio.Event()
        paint = table.render_lines

        def watched(crop):  # type: ignore[no-untyped-def]
            lines = paint(crop)
            painted.set()
            return lines

        table.render_lines = watched  # type: ignore[method-assign]
        for letter in text:
            await pilot.pause()
            painted.clear()
            started = time.perf_counter()
            app.simulate_key(letter)
            await asyncio.wait_for(painted.wait(), 5)
            taken.append(1000 * (time.perf_counter() - started))
    register.close()
    return taken


def main() -> int:
    """Run both and print them beside their limits; 1 when a limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--technologies", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=7)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=".") as folder:
        path = Path(folder) / "register.json"
        generate(path, given.technologies)
        minimal, horizon = [], []
        for _ in range(given.rounds):
            minimal.append(first_row(MINIMAL))
            horizon.append(first_row(HORIZON, "--register", str(path)))
        keys = asyncio.run(keystrokes(path, "redaction"))
    print(f"{given.technologies} technologies, {datetime.now(UTC):%Y-%m-%d}")
    base, ours = statistics.median(minimal), statistics.median(horizon)
    print(f"minimal Textual app, first row  {base:7.0f} ms")
    print(f"Horizon, first row              {ours:7.0f} ms   {ours / base:.2f}x (limit 2x)")
    key = statistics.median(keys)
    print(f"keystroke to repaint, median    {key:7.0f} ms   {key / 80:.2f} of 80 ms")
    print(f"keystrokes: {', '.join(f'{each:.0f}' for each in keys)} ms")
    return int(ours > 2 * base or key > 80)


if __name__ == "__main__":
    sys.exit(main())
