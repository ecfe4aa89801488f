"""`horizon compare`: the same ranking for scripts."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from horizon.store.files import journal_path
from tests.cli.using import CommandLine
from tests.scored import scored


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scored") / "register.json"
    scored(path, 10)
    return path


@pytest.fixture
def on_scored(
    made: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> CommandLine:
    shutil.copy(made, tmp_path / "register.json")
    shutil.copy(journal_path(made), tmp_path / "register.journal.jsonl")
    return CommandLine(tmp_path, capsys, monkeypatch)


def test_it_ranks_and_says_what_is_not_ranked_and_why(on_scored: CommandLine) -> None:
    done = on_scored.well("compare")
    assert all(len(line) <= 80 for line in done.lines)
    assert "stop  T-0001" in done.out
    assert "is crossed" in done.out
    assert "held  T-0002" in done.out
    assert "Scored under an earlier framework, so not ranked here: T-0003" in done.out
    assert "1 technology has no closed scoring round." in done.out
    assert "what-if" not in done.out


def test_the_record_has_whole_numbers_and_everything_a_run_needs_to_be_made_again(
    on_scored: CommandLine,
) -> None:
    found = on_scored.well("compare", "--json").json
    assert found["places"] == 5
    assert found["samples"] == 10_000
    assert found["seed"] == int(found["framework"][:16], 16)
    assert [each["rank"] for each in found["ranking"]] == sorted(
        each["rank"] for each in found["ranking"]
    )
    for each in found["ranking"]:
        for view in ("any_weights", "near_weights", "with_evidence"):
            assert isinstance(each[view]["in_places"], int)
            central = each[view]["central_weights"]
            assert central is None or sum(central.values()) == 100
    assert [each["label"] for each in found["not_ranked"]] == ["T-0001", "T-0002"]
    assert [each["label"] for each in found["earlier_framework"]] == ["T-0003"]
    assert found["not_scored"] == ["T-0004"]
    again = on_scored.well("compare", "--json", "--seed", str(found["seed"])).json
    assert again == found
    assert on_scored.well("compare", "--json", "--seed", "7").json != found


def test_other_weights_are_a_what_if_and_nothing_is_saved(on_scored: CommandLine) -> None:
    before = on_scored("history", "--json").json
    done = on_scored.well("compare", "--weight", "Ethical=90", "--weight", "S=0")
    assert "These weights are a what-if and are not saved." in done.out
    found = on_scored.well("compare", "--weight", "Ethical=90", "--json").json
    assert found["what_if"]
    assert found["weights"]["E"] == 90
    assert found["board_weights"]["E"] == 20
    assert on_scored("history", "--json").json == before


def test_of_two_it_also_says_what_would_swap_them(on_scored: CommandLine) -> None:
    labels = [each["label"] for each in on_scored.well("compare", "--json").json["ranking"]]
    done = on_scored.well("compare", labels[-1], labels[0])
    assert f"{labels[0]} leads {labels[-1]} by" in done.out
    assert "There are places for all of them (5)" in done.out
    swaps = on_scored.well("compare", labels[0], labels[-1], "--json").json["swaps"]
    assert len(swaps) >= 5


def test_what_is_out_of_use_is_left_out_unless_it_is_asked_for(on_example: CommandLine) -> None:
    done = on_example.well("compare")
    assert "T-0009" not in done.out
    assert "2 technologies are suspended or decommissioning: left out unless --all" in done.out
    assert "Not approved: FDG/2026/002 expired on 22 July 2026." in " ".join(done.out.split())
    assert done.lines[-1].startswith("To count the same again: 10,000 samples, seed ")
    found = on_example.well("compare", "--json").json
    assert found["left_out"] == ["T-0004", "T-0009"]
    everything = on_example.well("compare", "--all", "--json").json
    assert everything["left_out"] == []
    marks = {each["label"]: each["mark"] for each in everything["ranking"]}
    assert marks["T-0009"] == "Suspended: not on its way to use."
    assert "T-0009" in on_example.well("compare", "T-0009", "T-0007").out


def test_one_alone_is_said_to_show_nothing(on_scored: CommandLine) -> None:
    assert "One technology alone shows nothing." in on_scored.well("compare", "T-0005").out


def test_an_empty_register_has_nothing_to_rank(horizon: CommandLine) -> None:
    assert "Nothing can be ranked" in horizon.well("compare").out
    assert horizon.well("compare", "--json").json["ranking"] == []


@pytest.mark.parametrize(
    ("weight", "words"),
    [
        ("Kind=3", "'Kind' is not a principle. Use one of: S (Safe and secure), E"),
        ("S=2.5", "'2.5' is not a weight. Use a whole number, 0 or more."),
        ("S=-1", "'-1' is not a weight."),
        ("S=True", "'True' is not a weight."),
        ("S", "'S' is not a principle. Write it as PRINCIPLE=VALUE."),
    ],
)
def test_a_weight_that_is_none_is_refused(on_scored: CommandLine, weight: str, words: str) -> None:
    done = on_scored("compare", "--weight", weight)
    assert done.code == 2
    assert words in done.err


def test_weights_that_are_all_0_are_refused(on_scored: CommandLine) -> None:
    every = [part for name in ("S", "E", "A", "EF", "F") for part in ("--weight", f"{name}=0")]
    done = on_scored("compare", *every)
    assert done.code == 2
    assert "All weights are 0." in done.err
