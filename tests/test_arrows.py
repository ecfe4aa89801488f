"""The walls of the house: which room may lean on which, and what headless code never loads."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def test_the_rooms_lean_only_in_the_direction_of_the_arrows() -> None:
    found = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stdout + found.stderr


HEADLESS = """
import sys
{imports}
loaded = [name for name in {never!r} if name in sys.modules]
sys.exit(f"loaded {{loaded}}" if loaded else 0)
"""


@pytest.mark.parametrize(
    ("imports", "never"),
    [
        ("import horizon.cli", ["textual", "docx", "typst", "numpy"]),
        ("import horizon.register, horizon.register.views", ["textual", "docx", "typst", "numpy"]),
        ("import horizon.papers.board_paper, horizon.papers.writers", ["textual", "numpy"]),
        ("import horizon.register.checking", ["textual", "docx", "typst", "numpy"]),
        ("import horizon.judgement.robustness, horizon.judgement.counting", ["textual", "numpy"]),
        ("import horizon.tui.app, horizon.tui.screens.technology", ["docx", "typst", "numpy"]),
        ("import horizon.tui.app", ["horizon.model.fold", "rapidfuzz", "horizon.register.as_at"]),
    ],
)
def test_headless_code_never_loads_the_app_or_what_it_does_not_need(
    imports: str, never: list[str]
) -> None:
    found = subprocess.run(
        [sys.executable, "-c", HEADLESS.format(imports=imports, never=never)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stderr
