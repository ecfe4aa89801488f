"""Command lines on an empty register and on the example."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli.sitting import DAY, sit, until_the_day
from tests.cli.using import Buffers, CommandLine


@pytest.fixture
def horizon(
    empty: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> CommandLine:
    """The command line in a folder with an empty register."""
    return CommandLine(empty.parent, capsys, monkeypatch)


@pytest.fixture
def on_example(
    example: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> CommandLine:
    """The command line in a folder with the example register."""
    return CommandLine(example.parent, capsys, monkeypatch)


@pytest.fixture
def nowhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> CommandLine:
    """The command line in a folder without a register."""
    return CommandLine(tmp_path, capsys, monkeypatch)


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two folders, made once: "before" the meeting, and "after" it. Not to be changed."""
    folder = tmp_path_factory.mktemp("meetings")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HORIZON_SETTINGS", str(folder / "settings.json"))
        patch.delenv("HORIZON_REGISTER", raising=False)
        (folder / "before").mkdir()
        horizon = CommandLine(folder / "before", Buffers(patch), patch)
        horizon.well("init", "register.json", "--name", "Test register")
        until_the_day(horizon)
        shutil.copytree(folder / "before", folder / "after")
        horizon = CommandLine(folder / "after", Buffers(patch), patch)
        horizon.clock.go_to(DAY)
        sit(horizon)
    return folder


def opened(
    folder: Path, to: Path, capture: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch
) -> CommandLine:
    """A copy of a kept folder, on the day of the meeting."""
    shutil.copytree(folder, to, dirs_exist_ok=True)
    horizon = CommandLine(to, capture, patch)
    horizon.clock.go_to(DAY)
    horizon.clock.moment += timedelta(hours=1)
    return horizon


@pytest.fixture
def before(
    kept: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> CommandLine:
    """The morning of the meeting."""
    return opened(kept / "before", tmp_path, capsys, monkeypatch)


@pytest.fixture
def after(
    kept: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> CommandLine:
    """The meeting is over."""
    return opened(kept / "after", tmp_path, capsys, monkeypatch)
