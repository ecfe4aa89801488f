"""Registers for the rules of the commands: an empty one, and one that has been worked with."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from horizon.register import Register
from horizon.store.files import journal_path
from tests.clocks import StandingClock
from tests.papers.registers import TODAY, make
from tests.register.using import CHAIR


@pytest.fixture
def clock() -> StandingClock:
    """A clock that stands on 24 November 2026 until a test moves it."""
    return StandingClock(TODAY)


@pytest.fixture
def register(tmp_path: Path, clock: StandingClock) -> Iterator[Register]:
    """A register in which nothing has happened yet."""
    path = tmp_path / "register.json"
    with Register.create(path, name="Test register", acting=CHAIR, clock=clock) as made:
        yield made


@pytest.fixture(scope="session")
def worked_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register made by commands. Not to be changed: see `worked`."""
    path = tmp_path_factory.mktemp("worked") / "register.json"
    make(path).close()
    return path


@pytest.fixture
def worked(worked_path: Path, tmp_path: Path, clock: StandingClock) -> Iterator[Register]:
    """A register with T-0001 ready for gate G2, T-0002 far from it, T-0003 a signal and T-0004 in
    a trial with a condition overdue."""
    path = tmp_path / "worked.json"
    shutil.copy(worked_path, path)
    shutil.copy(journal_path(worked_path), journal_path(path))
    with Register.open(path, acting=CHAIR, clock=clock) as opened:
        yield opened
