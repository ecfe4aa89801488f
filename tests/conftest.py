"""What every test may stand on: settings of its own, and the example register made once."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from pathlib import Path

import portalocker
import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import WorkStealingScheduling
from xdist.scheduler.protocol import Scheduling

from horizon import drafts
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


MEMORY, ROOM = Path("/dev/shm"), 2 << 30
"""Where files are kept in memory on Linux, and the bytes that must be free there to be used."""


def pytest_configure() -> None:
    """Keep the tests' files in memory where there is room: each of many thousand changes waits for
    its disk. A folder that TMPDIR names is kept to."""
    if "TMPDIR" in os.environ or not os.access(MEMORY, os.W_OK):
        return
    if shutil.disk_usage(MEMORY).free >= ROOM:
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


@pytest.fixture(scope="module", autouse=True)
def collected_seldom() -> None:
    """Python does not look again for what can be thrown away among what is there when the tests of
    a file begin, and looks seldom, as in the program (`horizon.tui.collecting`)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(5_000, 10, 20)


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the settings, register or name of whoever runs it."""
    monkeypatch.setenv("HORIZON_SETTINGS", str(tmp_path / "settings" / "settings.json"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("HORIZON_REGISTER", raising=False)
    for name in ("HORIZON_USER", "HORIZON_SIGNING_KEY", "HORIZON_ALLOWED_SIGNERS", drafts.NONE):
        monkeypatch.delenv(name, raising=False)
    for name in ("NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def made_example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example register, made by its script. Not to be changed: see `example`."""
    own = tmp_path_factory.getbasetemp()
    folder = own.parent / "example" if "PYTEST_XDIST_WORKER" in os.environ else own / "example"
    path = folder / "register.json"
    with portalocker.Lock(folder.with_name("example.lock"), timeout=300):
        if not folder.exists():  # no other process of this run has made it
            draft = tmp_path_factory.mktemp("draft") / path.name
            make(draft)
            draft.parent.rename(folder)
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


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling | None:
    """Unless `--dist` asks for another way, each worker begins with a part of the files and takes
    from the others when it is done: what a file's tests share is made once, and nobody waits at the
    end."""
    return WorkStealingScheduling(config, log) if config.getoption("dist") == "load" else None
