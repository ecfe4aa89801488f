"""Files to import, and registers to import them into."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from horizon.register import Register
from tests.clocks import StandingClock

DATA = Path(__file__).parent.parent / "data"


@pytest.fixture
def register(empty: Path) -> Iterator[Register]:
    """An open register with nothing in it, on 24 November 2026."""
    with Register.open(empty, acting="Sam Example", clock=StandingClock()) as opened:
        yield opened


@pytest.fixture
def atrs() -> bytes:
    """Published records of the Algorithmic Transparency Recording Standard."""
    return (DATA / "uk_atrs_extract.csv").read_bytes()
