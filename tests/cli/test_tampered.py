"""A register that somebody changed on purpose, as `horizon verify` tells it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from horizon.store.files import journal_path
from tests.cli.using import CommandLine
from tests.faults import tampering

ROOT = Path(__file__).parents[2]


def forged_name(lines: list[dict[str, Any]]) -> None:
    """Somebody else proposed it, and always had."""
    proposals = [
        event
        for line in lines
        for event in line["events"]
        if event["kind"] == "technology-proposed"
    ]
    proposals[0]["data"]["details"]["name"] = "What we would rather have proposed"


def left_out(lines: list[dict[str, Any]]) -> None:
    """The last ten lines, as if they had never been."""
    del lines[-10:]


@pytest.mark.parametrize("change", [forged_name, left_out])
def test_a_chain_rebuilt_from_the_beginning_adds_up_and_is_found_by_an_issued_paper(
    on_example: CommandLine, change: Callable[[list[dict[str, Any]]], None]
) -> None:
    paper = ("export", "paper", "--body", "AISG", "--date", "2026-12-08", "-o", "paper.md")
    on_example.well(*paper)
    head = on_example.well("verify").out.split()[-1]
    tampering.rebuilt(on_example.path, change)
    assert "add up" in on_example.well("verify").out
    assert on_example.well("verify", "--chain").code == 0
    for named in ("paper.md", head):
        done = on_example("verify", "--against", named)
        assert done.code == 1
        assert "cut short or made anew" in " ".join(done.out.split())


def test_the_chain_alone_names_the_line_and_ends_with_1(on_example: CommandLine) -> None:
    assert "each unchanged" in on_example.well("verify", "--chain").out
    journal = journal_path(on_example.path)
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join([*lines[:6], *lines[7:]]))
    done = on_example("verify", "--chain")
    assert done.code == 1
    assert done.lines[0].startswith("Line 7 ")
    assert on_example("verify", "--chain", "--json").json["faults"][0]["line"] == 7
    refused = on_example("verify", "--chain", "--against", "0" * 64)
    assert refused.code == 2
    assert len(refused.err.splitlines()) == 1


def test_criteria_files_edited_after_use_are_said_to_judge_nothing(horizon: CommandLine) -> None:
    folder = horizon.folder / "mine"
    folder.mkdir()
    for each in (ROOT / "criteria").glob("*.toml"):
        (folder / each.name).write_bytes(each.read_bytes())
    assert "are the framework in use" in horizon.well("verify", "--criteria", "mine").out
    for name in ("principles", "objectives", "ethics", "tiers", "route"):
        file = folder / f"{name}.toml"
        kept = file.read_text(encoding="utf-8")
        file.write_text(kept.replace('name = "', 'name = "Other ', 1), encoding="utf-8")
        done = horizon("verify", "--criteria", "mine")
        assert done.code == 1, name
        assert "They are a draft, and nothing is judged by them" in " ".join(done.out.split())
        file.write_text(kept, encoding="utf-8")
    (folder / "ethics.toml").write_text("[[", encoding="utf-8")
    done = horizon("verify", "--criteria", "mine", "--json")
    assert done.code == 1
    assert "cannot be read as a framework" in done.json["criteria"]
