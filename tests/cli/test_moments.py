"""`horizon diff` and `horizon show --as-at`: other moments from a command line."""

from __future__ import annotations

import pytest

from tests.cli.using import CommandLine


def test_a_technology_is_shown_as_it_was(on_example: CommandLine) -> None:
    now = on_example.well("show", "T-0019").out
    then = on_example.well("show", "T-0019", "--as-at", "2026-09-15").out
    assert then.startswith("This is the past, as at 15 September 2026.")
    assert "Approved for trial until" in then
    assert "Approved for trial until" not in now
    record = on_example.well("show", "T-0019", "--as-at", "2026-09-15", "--json").json
    assert record["stage"] == "in-trial"
    assert record["reading"]["approved"]


def test_today_is_the_present(on_example: CommandLine) -> None:
    assert on_example.well("show", "T-0019", "--as-at", "today").out == (
        on_example.well("show", "T-0019").out
    )


def test_what_changed_is_listed_within_80_columns(on_example: CommandLine) -> None:
    done = on_example.well("diff", "--from", "2026-08-01", "--to", "2026-11-01")
    assert done.lines[0].startswith("From 1 August 2026 (event ")
    assert "2 new, 10 changed, 16 as they were" in " ".join(done.out.split())
    assert "T-0027 Deepfake detection (new)" in done.out
    assert all(len(line) <= 80 for line in done.lines)


def test_the_order_of_the_two_does_not_matter(on_example: CommandLine) -> None:
    forwards = on_example.well("diff", "--from", "2026-08-01", "--to", "2026-11-01").out
    assert on_example.well("diff", "--from", "2026-11-01", "--to", "2026-08-01").out == forwards


def test_the_record_names_days_events_and_changes(on_example: CommandLine) -> None:
    found = on_example.well("diff", "T-0019", "--from", "2026-08-01", "--json").json
    assert found["from"]["day"] == "2026-08-01"
    assert found["to"]["event"] > found["from"]["event"]
    (only,) = found["technologies"]
    assert only["label"] == "T-0019"
    assert "Stage: from assessing to in trial" in only["changes"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("diff", "--from", "soon"), "'soon' is not a moment."),
        (("diff", "--from", "2001-01-01"), "There was no register yet on 1 January 2001."),
        (("diff", "--from", "2099-01-01"), "1 January 2099 has not come yet."),
        (("show", "T-0029", "--as-at", "2026-03-01"), "There is no technology 'T-0029'"),
        (("show", "T-0001", "--as-at", "99999"), "There is no event 99999."),
    ],
)
def test_what_cannot_be_looked_at_is_refused_in_words(
    on_example: CommandLine, arguments: tuple[str, ...], words: str
) -> None:
    done = on_example(*arguments)
    assert done.code == 2
    assert words in done.err
