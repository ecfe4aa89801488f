"""A framework is adopted only where everything that the register holds has a way on under it."""

from __future__ import annotations

import shutil
from pathlib import Path

from horizon.framework.loading import load, shipped_folder
from horizon.framework.schema import Framework
from horizon.register import Register
from tests.register.using import refused


def renaming(folder: Path, old: str, new: str) -> Framework:
    """The shipped framework with an id of its route renamed throughout."""
    shutil.copytree(shipped_folder(), folder)
    for each in folder.glob("*.toml"):
        text = each.read_text().replace('version = "0.2"', 'version = "0.3"')
        each.write_text(text.replace(f'"{old}"', f'"{new}"'))
    return load(folder)


def test_no_technology_is_left_at_a_stage_that_is_there_no_more(
    worked: Register, tmp_path: Path
) -> None:
    framework = renaming(tmp_path / "criteria", "in-trial", "trialling")
    said = refused(worked, worked.adopt_framework, framework, reason="Plainer names")
    assert "the stage in-trial (T-0004)" in said


def test_no_condition_is_left_to_a_body_that_is_there_no_more(
    worked: Register, tmp_path: Path
) -> None:
    framework = renaming(tmp_path / "criteria", "ai-sub-group", "ai-group")
    said = refused(worked, worked.adopt_framework, framework, reason="Plainer names")
    (number,) = (each.number for each in worked.technology("4").decisions if each.conditions)
    assert f"the body ai-sub-group (condition 1 of {number})" in said


def test_what_nothing_stands_on_may_change_its_name(worked: Register, tmp_path: Path) -> None:
    framework = renaming(tmp_path / "criteria", "watching", "on-watch")
    worked.adopt_framework(framework, reason="Plainer names")
    assert worked.framework.digest == framework.digest
