"""`horizon amend-many`: shown first, done with --yes, taken back with `horizon undo`."""

from __future__ import annotations

from tests.cli.using import CommandLine


def test_it_shows_what_would_change_and_changes_nothing(on_example: CommandLine) -> None:
    done = on_example.well("amend-many", "--ref", "T-0002", "--ref", "3", "--add", "tags=plan")
    assert done.lines == [
        "T-0002 Number plate trend reports: empty becomes plan",
        "T-0003 Interview transcription: empty becomes plan",
        "tags added: plan. 2 technologies would be changed, 0 as they are already.",
        "Do it with: --yes",
    ]
    assert on_example.well("list", "tag:plan", "--json").json == []


def test_what_fits_a_search_is_changed_and_taken_back_as_one(on_example: CommandLine) -> None:
    found = [each["label"] for each in on_example.well("list", "kind:ai", "--json").json]
    done = on_example.well("amend-many", "kind:ai", "--add", "tags=plan", "--yes")
    assert done.lines[-2].startswith(f"tags added: plan. {len(found)} technologies changed")
    assert done.lines[-1] == "Take it back as one with: horizon undo"
    tagged = on_example.well("list", "tag:plan", "--json").json
    assert sorted(each["label"] for each in tagged) == sorted(found)
    assert f"and {len(found) - 1} more: taken back" in on_example.well("undo").out
    assert on_example.well("list", "tag:plan", "--json").json == []
    assert f"and {len(found) - 1} more: done again" in on_example.well("redo", found[0]).out


def test_a_filter_may_be_turned_round(on_example: CommandLine) -> None:
    done = on_example.well("amend-many", "kind:ai", "-stage:signal", "--set", "trl=3", "--json")
    assert not done.json["done"]
    assert "T-0029" not in {each["label"] for each in done.json["technologies"]}


def test_what_a_rule_leaves_is_said_and_the_shell_learns_of_it(on_example: CommandLine) -> None:
    refs = ("--ref", "T-0002", "--ref", "T-0005")
    done = on_example("amend-many", *refs, "--set", "review_by=2027-06-01", "--yes")
    assert done.code == 1
    assert "T-0002 Number plate trend reports: left as it is, because it has left" in done.out
    assert "1 technology changed, 0 as they are already, 1 left as they are." in done.out


def test_what_is_not_said_clearly_is_refused_in_a_line(on_example: CommandLine) -> None:
    for arguments, why in (
        (("--set", "trl=3"), "Nothing says which technologies are meant"),
        (("kind:ai",), "One thing is changed at a time"),
        (("kind:ai", "--set", "trl=3", "--add", "tags=x"), "One thing is changed at a time"),
        (("kind:ai", "--set", "trl"), "says no value"),
        (("kind:ai", "--set", "name=x"), "is not a field"),
        (("supplier:nobody-at-all", "--set", "trl=3"), "No technology fits"),
        (("--ref", "T-9999", "--set", "trl=3"), "T-9999"),
    ):
        done = on_example("amend-many", *arguments)
        assert done.code == 2
        assert why in done.err
        assert done.err.count("\n") == 1
