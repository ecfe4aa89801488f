"""`horizon` at a real terminal: it offers to create a register, opens the app, and quits."""

from __future__ import annotations

import os
import re
import select
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

pty = pytest.importorskip("pty", reason="terminals of POSIX")

PATIENCE = 30.0
"""Seconds before a terminal that does not answer fails the test."""


class Terminal:
    """A process on a terminal of 80 by 24."""

    def __init__(self, file: int) -> None:
        self.file = file
        self.seen = ""

    def until(self, words: str) -> str:
        """Read until these words were printed; gives everything printed so far."""
        end = time.monotonic() + PATIENCE
        while words not in self.plain:
            if time.monotonic() > end:
                raise AssertionError(f"{words!r} was not printed:\n{self.plain}")
            if not self.read(0.1) and words not in self.plain:
                raise AssertionError(f"ended without {words!r}:\n{self.plain}")
        return self.plain

    def read(self, seconds: float) -> bool:
        """Read what is printed within some time; `False` once there will be nothing more."""
        if not select.select([self.file], [], [], seconds)[0]:
            return True
        try:
            content = os.read(self.file, 65536)
        except OSError:  # the process ended
            return False
        self.seen += content.decode("utf-8", "replace")
        return bool(content)

    @property
    def plain(self) -> str:
        """What was printed, without escape sequences."""
        return re.sub(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[^\[]", "", self.seen)

    def type(self, keys: str) -> None:
        os.write(self.file, keys.encode())


@contextmanager
def terminal(folder: Path, *arguments: str) -> Iterator[tuple[Terminal, int]]:
    """`horizon ARGUMENTS` on a terminal, and its process."""
    process, file = pty.fork()
    if process == 0:  # pragma: no cover - the other process
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # ignored where a shell runs tests aside
        os.chdir(folder)
        os.environ.update(HORIZON_USER="Sam Example", TERM="xterm-256color", COLUMNS="80")
        os.environ["XDG_DATA_HOME"] = str(folder / "data")
        os.execv(sys.executable, [sys.executable, "-m", "horizon", *arguments])
    try:
        yield Terminal(file), process
    finally:
        try:
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
        except (ProcessLookupError, ChildProcessError):
            pass
        os.close(file)


def ended(process: int, screen: Terminal) -> int:
    """The exit code of a process that ends by itself. What it still prints is read: a full
    terminal would hold it up."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found, status = os.waitpid(process, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        screen.read(0.02)
    raise AssertionError("it did not end")


def test_where_there_is_no_register_one_is_offered_and_no_means_no(tmp_path: Path) -> None:
    with terminal(tmp_path) as (screen, process):
        screen.until("Create one? [y/N]")
        screen.type("n\r")
        screen.until("Nothing was created.")
        assert ended(process, screen) == 0
    assert list(tmp_path.rglob("register.json")) == []


def test_where_there_is_no_register_yes_creates_one_and_opens_it(tmp_path: Path) -> None:
    with terminal(tmp_path) as (screen, process):
        screen.until("Create one? [y/N]")
        screen.type("y\r")
        screen.until("1 of 6")
        screen.type("q")
        screen.until("The register is empty. Press n")
        screen.type("\x11")  # Ctrl+Q
        assert ended(process, screen) == 0
    assert len(list(tmp_path.rglob("register.json"))) == 1


def test_horizon_opens_the_app_on_the_register_here(example: Path) -> None:
    with terminal(example.parent) as (screen, process):
        screen.until("Illustrative register of Example Police")
        screen.type("\x11")
        assert ended(process, screen) == 0


def test_a_list_uses_the_width_of_the_terminal(example: Path) -> None:
    with terminal(example.parent, "list") as (screen, process):
        printed = screen.until("Gait recognition")
        assert all(len(line) <= 80 for line in printed.splitlines())
        assert ended(process, screen) == 0


def test_an_import_asks_before_it_changes_the_register(empty: Path) -> None:
    folder = empty.parent
    (folder / "list.csv").write_text("name\nGait\nLip\n", encoding="utf-8")
    with terminal(folder, "import", "list.csv") as (screen, process):
        assert "2 technologies would be added" in screen.until("Import this? [y/N]")
        screen.type("n\n")
        screen.until("2 technologies would be added, 0 would be changed")
        assert ended(process, screen) == 0
    with terminal(folder, "import", "list.csv") as (screen, process):
        screen.until("Import this? [y/N]")
        screen.type("y\n")
        screen.until("2 technologies added")
        assert ended(process, screen) == 0


def test_a_long_import_shows_how_far_it_is_and_ctrl_c_leaves_nothing(empty: Path) -> None:
    folder = empty.parent
    rows = "".join(f"Tool {n},{'words ' * 40}{n}\n" for n in range(3500))
    (folder / "list.csv").write_text(f"name,summary\n{rows}", encoding="utf-8")
    before = (folder / "register.journal.jsonl").read_bytes()
    with terminal(folder, "import", "list.csv", "--yes") as (screen, process):
        screen.until("Ctrl+C stops it")
        screen.type("\x03")
        screen.until("stopped")
        assert ended(process, screen) == 130
    assert (folder / "register.journal.jsonl").read_bytes() == before


@pytest.mark.parametrize(
    ("what", "file"), [("register", "out.csv"), ("star", "out.zip"), ("paper", "out.md")]
)
def test_an_export_says_at_a_terminal_what_it_is_doing(example: Path, what: str, file: str) -> None:
    more = ("--body", "AISG") if what == "paper" else ()
    with terminal(example.parent, "export", what, *more, "-o", file) as (screen, process):
        screen.until("Reading")
        screen.until(f"{what} ")
        assert ended(process, screen) == 0
