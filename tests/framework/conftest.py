from __future__ import annotations

from pathlib import Path

import pytest

from tests.framework.editing import Criteria


@pytest.fixture
def criteria(tmp_path: Path) -> Criteria:
    return Criteria(tmp_path / "criteria")
