"""What Tab offers, whatever the shell."""

from __future__ import annotations

from click.shell_completion import ShellComplete

from horizon.cli import horizon as root
from tests.cli.using import CommandLine


def offered(*words: str) -> list[str]:
    """What is offered for the last of these words."""
    *before, last = words
    found = ShellComplete(root, {}, "horizon", "_HORIZON_COMPLETE").get_completions(before, last)
    return [each.value for each in found]


def test_tab_completes_labels_stages_facts_and_questions(on_example: CommandLine) -> None:
    assert offered("h") == ["history"]
    assert offered("show", "T-001") == [f"T-001{digit}" for digit in range(10)]
    assert offered("move", "T-0001", "in-") == ["in-trial", "in-service"]
    assert "personal_data=" in offered("facts", "T-0001", "per")
    assert offered("facts", "T-0001", "ai=") == ["ai=yes", "ai=no", "ai=unknown"]
    assert offered("answer", "T-0001", "LB") == ["LB1=", "LB2=", "LB3=", "LB4="]
    assert offered("score", "submit", "T-0001", "SO") == ["SO1=", "SO2=", "SO3=", "SO4="]
    assert "dpia" in offered("evidence", "T-0001", "Plan", "--document", "dp")
    assert "ai-sub-group" in offered("decide", "T-0001", "--body", "")
    assert "defer" in offered("decide", "T-0001", "--outcome", "def")
    assert offered("gate", "T-0001", "g") == [f"G{number}" for number in range(9)]
    assert offered("list", "--kind", "sens") == ["sensing"]


def test_tab_completes_meetings_decisions_people_and_reasons_to_reopen(
    on_example: CommandLine,
) -> None:
    assert "AISG/2026-06-30" in offered("meeting", "show", "aisg/2026-06")
    assert "AISG/2026/004" in offered("record", "AISG/2026/")
    assert offered("correct", "FT/") == offered("export", "record", "FT/")
    assert "Grace Example" in offered("meeting", "attend", "AISG/2026-06-30", "Gra")
    assert "minute-taker" in offered("meeting", "attend", "x", "y", "--seat", "min")
    assert "incident" in offered("reopen", "T-0001", "--trigger", "inc")
    assert offered("reopen", "--all", "--item", "FA2") == ["FA2"]
    assert offered("decide", "T-0001", "--because", "FA2") == ["FA2="]
    assert "reschedule" in offered("meeting", "re")


def test_tab_without_a_register_offers_nothing_and_makes_nothing(nowhere: CommandLine) -> None:
    assert offered("show", "T") == []
    nowhere.path.write_text("{}")
    assert offered("show", "T") == []
    assert [each.name for each in nowhere.folder.iterdir() if each.is_file()] == ["register.json"]


def test_tab_follows_the_register_that_is_named(on_example: CommandLine) -> None:
    assert offered("--register", "missing.json", "show", "T-001") == []
    assert len(offered("--register", str(on_example.path), "show", "T-001")) == 10
