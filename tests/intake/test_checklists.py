"""A checklist that others keep becomes a draft framework, and nothing of it enters the register."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from horizon.framework.loading import load, shipped, shipped_folder
from horizon.intake.checklists import draft, read_checklist
from horizon.intake.given import Given
from horizon.model.errors import BadInput
from tests.cli.using import CommandLine

DATA = Path(__file__).parent.parent / "data"


def deon() -> Given:
    return Given("deon_checklist.yml", (DATA / "deon_checklist.yml").read_bytes())


def test_deons_checklist_is_a_draft_with_every_question_as_advisory(tmp_path: Path) -> None:
    checklist = read_checklist(deon())
    assert checklist.title == "Data Science Ethics Checklist"
    assert len(checklist.questions) == 21
    draft(checklist, shipped_folder(), tmp_path / "draft", prefix="DE", version="")
    made = load(tmp_path / "draft")
    assert len(made.items) == len(shipped().items) + 21
    asked = made.items["DEA1"]
    assert asked.question.startswith("If there are human subjects, have they given informed")
    assert asked.help == "Informed consent."
    assert (asked.trial, asked.adoption, asked.red_line) == ("advisory", "advisory", ())
    assert asked.source == "Data Science Ethics Checklist, A1"
    assert [each.name for each in made.themes][-1] == "Deployment"
    assert made.version == f"{shipped().version}-draft"
    assert made.digest != shipped().digest


def test_lines_that_ask_nothing_are_told_and_left_out() -> None:
    text = (
        "title: T\nsections:\n- section_id: A\n  lines:\n  - line: Why?\n  - line_id: A.2\n  - x\n"
    )
    checklist = read_checklist(Given("c.yml", text.encode()))
    assert [each.id for each in checklist.questions] == ["A1"]
    assert [(each.place, each.refused) for each in checklist.refused] == [
        ("section A, line 2 (line 6 of the file)", "it asks nothing"),
        ("section A, line 3", "it asks nothing"),
    ]


def test_a_draft_never_overwrites_and_ids_that_clash_leave_nothing_behind(tmp_path: Path) -> None:
    checklist = read_checklist(deon())
    draft(checklist, shipped_folder(), tmp_path / "draft", prefix="DE", version="2.0")
    assert load(tmp_path / "draft").version == "2.0"
    with pytest.raises(BadInput, match="there already"):
        draft(checklist, shipped_folder(), tmp_path / "draft", prefix="X", version="")
    with pytest.raises(BadInput, match="does not fit into the framework"):
        draft(checklist, tmp_path / "draft", tmp_path / "again", prefix="DE", version="")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["draft"]


def test_the_command_says_what_to_do_next_and_leaves_the_register_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = CommandLine(tmp_path, capsys, monkeypatch)
    (tmp_path / "deon.yml").write_bytes(deon().content)
    done = nowhere.well("criteria", "import", "deon.yml", "-o", "draft")
    assert "21 questions" in done.out
    assert nowhere.well("criteria", "check", "draft")
    assert not (tmp_path / "register.json").exists()
    refused = nowhere("criteria", "import", "deon.yml", "-o", "draft")
    assert refused.code == 2


@given(st.binary(max_size=200) | st.text("ab:-[]{}&*!|> \n\"'", max_size=200).map(str.encode))
def test_any_bytes_are_a_checklist_or_refused(content: bytes) -> None:
    for around in (content, b"title: a\nsections:\n" + content):
        try:
            checklist = read_checklist(Given("c.yml", around))
        except BadInput:
            continue
        assert checklist.questions or checklist.refused
