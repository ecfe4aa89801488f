"""Every command in the README does what the README says, on the register that ships."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```console\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
COMMANDS = [
    line.removeprefix("$ ")
    for block in BLOCKS
    for line in block.splitlines()
    if line.startswith("$ ")
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the shipped register and the example lists, as in a fresh clone."""
    for name in ("register.json", "register.journal.jsonl"):
        shutil.copy(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "criteria", tmp_path / "criteria")
    shutil.copytree(ROOT / "tests" / "data", tmp_path / "tests" / "data")
    (tmp_path / ".ssh").mkdir(mode=0o700)
    return tmp_path


def test_the_commands_of_the_readme_run_in_their_order(folder: Path) -> None:
    environ = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(folder),
        "HORIZON_USER": "Sam Example",
        "HORIZON_SETTINGS": str(folder / "settings.json"),
    }
    environ.pop("HORIZON_REGISTER", None)
    ran = [each for each in COMMANDS if each.startswith(("horizon ", "ssh-keygen "))]
    assert len(ran) > 8
    for command in ran:
        done = subprocess.run(
            command,
            shell=True,
            cwd=folder,
            env=environ,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    assert (folder / "paper.docx").stat().st_size > 10_000
    assert (folder / "paper.pdf").read_bytes().startswith(b"%PDF-")


def test_ci_runs_the_very_test_command_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    tests = [command for command in COMMANDS if command.endswith("pytest -n auto")]
    assert len(tests) == 1
    assert tests[0] in script.splitlines()


def test_the_command_that_opens_the_register_only_installs_and_starts_it() -> None:
    opening = [command for command in COMMANDS if command.endswith("/horizon")]
    assert opening == [
        "python3 -m venv .venv && .venv/bin/pip install --quiet -e . && .venv/bin/horizon"
    ]


def test_every_picture_of_the_readme_is_there() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    assert len(pictures) >= 2
    for picture in pictures:
        assert (ROOT / picture).is_file(), picture
