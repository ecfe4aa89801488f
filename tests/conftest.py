"""What every test may stand on: settings of its own, and the example register made once."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from horizon.register import Register
from horizon.store.files import journal_path
from tests.clocks import StandingClock
from tests.example.make import make

pytest_plugins = ["tests.servers"]

# The same examples every time and on every machine, so that what passed here passes there, and no
# example fails for being slow. Other ones are looked for with `--hypothesis-profile=explore`.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None, max_examples=1_000)
settings.load_profile("same")


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the settings, register or name of whoever runs it."""
    monkeypatch.setenv("HORIZON_SETTINGS", str(tmp_path / "settings" / "settings.json"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("HORIZON_REGISTER", raising=False)
    for name in ("HORIZON_USER", "HORIZON_SIGNING_KEY", "HORIZON_ALLOWED_SIGNERS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture(scope="session")
def made_example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example register, made by its script. Not to be changed: see `example`."""
    path = tmp_path_factory.mktemp("example") / "register.json"
    make(path)
    return path


@pytest.fixture
def example(made_example: Path, tmp_path: Path) -> Path:
    """A copy of the example register that a test may change."""
    path = tmp_path / "register.json"
    shutil.copy(made_example, path)
    shutil.copy(journal_path(made_example), journal_path(path))
    return path


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A new register with nothing in it."""
    path = tmp_path / "register.json"
    Register.create(
        path, name="Test register", acting="Asha Example", clock=StandingClock()
    ).close()
    return path


def pytest_xdist_auto_num_workers() -> int:
    """Many tests wait for other processes: one worker more than there are processors."""
    return (os.cpu_count() or 1) + 1
