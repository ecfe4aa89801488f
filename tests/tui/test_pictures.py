"""The screens that matter most, as text, kept beside the test: a change of looks is a choice.

Update them with: pytest tests/tui/test_pictures.py --snapshot-update
"""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.tui.using import NARROW, WIDE, using


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])
async def test_the_register_looks_as_it_did(
    example: Path, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    async with using(example, size=size) as user:
        if size == WIDE:  # the preview is made once the cursor has come to rest
            await user.until(lambda: "Standing:" in user.screen)
        assert user.screen == snapshot


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])
async def test_a_technology_looks_as_it_did(
    example: Path, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    async with using(example, size=size) as user:
        await user.press("slash")
        await user.type("fraud report")
        await user.press("enter", "enter")
        await user.until(lambda: user.on == "TechnologyScreen")
        assert user.screen == snapshot
