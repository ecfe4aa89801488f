"""`horizon duplicates`: pairs with reasons, merged and told apart."""

from __future__ import annotations

from tests.cli.using import CommandLine


def two(horizon: CommandLine) -> None:
    horizon.well("add", "Apache Kafka")
    horizon("add", "Kafka")


def test_pairs_are_listed_with_why_and_what_to_do(horizon: CommandLine) -> None:
    assert horizon.well("duplicates").out == "No two entries look the same.\n"
    two(horizon)
    done = horizon.well("duplicates")
    assert done.lines[:3] == [
        " 96  T-0001 Apache Kafka",
        "     T-0002 Kafka",
        "         names that are the same but for 'Apache'",
    ]
    assert "horizon duplicates merge LABEL INTO" in done.out
    told = horizon.well("duplicates", "list", "T-0002", "--json").json
    assert told == [
        {
            "first": {"label": "T-0001", "name": "Apache Kafka"},
            "second": {"label": "T-0002", "name": "Kafka"},
            "score": 96,
            "reasons": ["names that are the same but for 'Apache'"],
        }
    ]


def test_an_entry_that_may_be_here_already_is_pointed_out_when_it_is_added(
    horizon: CommandLine,
) -> None:
    horizon.well("add", "Apache Kafka")
    done = horizon("add", "Kafka")
    assert done.code == 0
    assert (
        "It may be here already: T-0001 Apache Kafka (names that are the same but for" in done.err
    )


def test_a_pair_is_merged_and_taken_apart_again(horizon: CommandLine) -> None:
    two(horizon)
    done = horizon.well("merge", "T-0002", "T-0001", "--reason", "One")
    assert done.out == "T-0001 Apache Kafka: T-0002 is merged into it.\n"
    assert "into T-0001 Apache Kafka" in horizon.well("show", "T-0002").out
    assert "T-0002" in horizon.well("show", "T-0001").out
    horizon.well("duplicates", "unmerge", "T-0002", "--reason", "No")
    assert len(horizon.well("duplicates", "list", "--json").json) == 1
    refused = horizon("duplicates", "merge", "T-0002", "T-0001", "--reason", "x", "--expect", "1")
    assert refused.code == 4


def test_a_pair_is_told_apart_and_left_open_again(horizon: CommandLine) -> None:
    two(horizon)
    horizon.well("different", "T-0001", "T-0002", "--reason", "Two makers")
    assert horizon.well("duplicates", "list", "--json").json == []
    horizon.well("duplicates", "different", "T-0001", "T-0002", "--undo")
    assert len(horizon.well("duplicates", "list", "--json").json) == 1
    assert horizon("duplicates", "different", "T-0001", "T-0002", "--undo").code == 3
