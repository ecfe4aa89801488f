"""The whole program in a real terminal: tmux shows what somebody would see and types for them.

    python -m tests.journeys.test_through_tmux

builds the wheel, installs it into an environment of its own and goes the same way there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from horizon.store.files import journal_path

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 30.0

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="there is no tmux here")


class Tmux:
    """One terminal of 80 by 24 in a server of its own."""

    def __init__(self, folder: Path) -> None:
        self._socket = folder / "tmux"

    def run(self, *arguments: str) -> str:
        done = subprocess.run(
            ["tmux", "-S", str(self._socket), "-f", os.devnull, *arguments],
            capture_output=True, text=True, check=False, timeout=PATIENCE,
        )  # fmt: skip
        return done.stdout

    def start(self, command: list[str], environ: dict[str, str]) -> None:
        given = [word for name, value in environ.items() for word in ("-e", f"{name}={value}")]
        self.run("new-session", "-d", "-x", "80", "-y", "24", *given, *command)

    def type(self, *keys: str) -> None:
        for each in keys:
            self.run("send-keys", each)
            time.sleep(0.05)

    @property
    def screen(self) -> str:
        return self.run("capture-pane", "-p")

    def until(self, words: str) -> str:
        end = time.monotonic() + PATIENCE
        while words not in (screen := self.screen):
            if time.monotonic() > end:
                raise AssertionError(f"{words!r} did not come:\n{screen}")
            time.sleep(0.1)
        return screen

    def end(self) -> None:
        self.run("kill-server")


def journey(horizon: list[str], folder: Path) -> None:
    """The first start, the tour, a technology in a line, undo, help, and leaving."""
    tmux = Tmux(folder)
    environ = {
        "HORIZON_SETTINGS": str(folder / "settings.json"),
        "HORIZON_USER": "Nadia Example",
        "TERM": "tmux-256color",
        "LC_ALL": "C.UTF-8",
    }
    tmux.start([*horizon, "--register", str(folder / "register.json")], environ)
    try:
        tmux.until("1 of 6  What this is")
        tmux.type("Enter", "Enter", "Enter", "Enter", "Enter", "Enter")
        tmux.until("Needs someone: ")
        tmux.type("F2")
        tmux.until("Write a technology down")
        tmux.type("Smart glasses | Trade press", "Enter")
        tmux.until("Written down: T-0030 Smart glasses")
        tmux.type("/", "smart gl")
        tmux.until("Found 1 of 30")
        tmux.type("Enter", "Enter")
        tmux.until("T-0030  Smart glasses")
        tmux.type("C-z")
        tmux.until("Found 0 of 29")
        tmux.type("Escape")
        tmux.until("Needs someone: ")
        tmux.type("?")
        tmux.until("Search")
        tmux.type("q")
        tmux.type("C-q")
        end = time.monotonic() + PATIENCE
        while tmux.screen.strip() and time.monotonic() < end:
            time.sleep(0.1)
        assert not tmux.screen.strip()
    finally:
        tmux.end()


def copied(folder: Path, register: Path = ROOT / "register.json") -> None:
    """The register that ships, to be worked on."""
    shutil.copy(register, folder / "register.json")
    shutil.copy(journal_path(register), journal_path(folder / "register.json"))


def test_the_first_five_minutes_in_a_real_terminal(tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="hz") as short:  # a socket's path may not be long
        copied(Path(short))
        journey([sys.executable, "-m", "horizon"], Path(short))


def on_the_wheel() -> None:
    """Build, install and go."""
    with tempfile.TemporaryDirectory(prefix="hz") as short:
        folder = Path(short)
        subprocess.run(
            [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", short, str(ROOT)],
            check=True,
        )
        (wheel,) = folder.glob("*.whl")
        subprocess.run([sys.executable, "-m", "venv", str(folder / "env")], check=True)
        python = folder / "env" / "bin" / "python"
        subprocess.run([str(python), "-m", "pip", "install", "-q", str(wheel)], check=True)
        copied(folder)
        journey([str(folder / "env" / "bin" / "horizon")], folder)
        print(f"{wheel.name}: the journey went well")


if __name__ == "__main__":
    on_the_wheel()
