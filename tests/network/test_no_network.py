"""Horizon uses no network outside `horizon serve` and a register in a database."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_readme import COMMANDS, ROOT

MORE = [
    "horizon backup .",
    "horizon verify --chain",
    "horizon verify --against paper.pdf",
    "horizon criteria preview criteria",
    "horizon list --needs-someone",
]


def denied(folder: Path, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    """`tests.network.denied` on what stands in `folder`."""
    environ = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "HOME": str(folder),
        "HORIZON_USER": "Sam Example",
        "HORIZON_SETTINGS": str(folder / "settings.json"),
    }
    return subprocess.run(
        [sys.executable, "-m", "tests.network.denied", *arguments],
        cwd=folder,
        env=environ,
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the shipped register and what the commands of the README name."""
    for name in ("register.json", "register.journal.jsonl"):
        shutil.copy(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "criteria", tmp_path / "criteria")
    shutil.copytree(ROOT / "tests" / "data", tmp_path / "tests" / "data")
    (tmp_path / ".ssh").mkdir(mode=0o700)
    key = ("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / ".ssh/decisions"))
    subprocess.run(key, check=True)
    return tmp_path


def test_a_use_of_the_network_would_be_told(tmp_path: Path) -> None:
    done = denied(tmp_path, "control")
    assert done.returncode == 0, done


def test_no_command_of_the_readme_tries_the_network(folder: Path) -> None:
    lines = [each for each in COMMANDS if each.startswith("horizon ") and "<" not in each]
    assert len(lines) > 30
    done = denied(folder, "commands", given=json.dumps([*lines, *MORE]))
    assert done.returncode == 0, f"{done.stdout}{done.stderr}"
    assert len(re.findall(r"^\$ ", done.stdout, re.MULTILINE)) == len(lines) + len(MORE)
    assert "TRIED" not in done.stdout


def test_no_screen_of_the_app_tries_the_network(folder: Path) -> None:
    done = denied(folder, "app", "register.json")
    assert done.returncode == 0, f"{done.stdout}{done.stderr}"
    assert len(set(re.findall(r"\b\w+Screen\b", done.stdout))) > 14
    assert "TRIED" not in done.stdout
