"""`horizon rebuild` makes register.json anew and leaves the journal as it is."""

from __future__ import annotations

import json
from typing import Any

from horizon.register.checking import verify
from horizon.store.files import journal_path
from tests.cli.using import CommandLine


def edited(horizon: CommandLine) -> dict[str, Any]:
    """A supplier in register.json is another than the journal says."""
    tables: dict[str, Any] = json.loads(horizon.path.read_text(encoding="utf-8"))
    first = sorted(tables["technologies"])[0]
    tables["technologies"][first]["supplier"] = "Somebody else"
    horizon.path.write_text(json.dumps(tables), encoding="utf-8")
    found: dict[str, Any] = tables["technologies"][first]
    return found


def test_a_lost_snapshot_is_the_same_again(on_example: CommandLine) -> None:
    on_example.well("rebuild")
    whole = on_example.path.read_bytes()
    journal = journal_path(on_example.path).read_bytes()
    on_example.path.unlink()
    done = on_example.well("rebuild")
    assert done.lines[0] == "register.json said what the journal says."
    assert on_example.path.read_bytes() == whole
    assert journal_path(on_example.path).read_bytes() == journal


def test_what_an_edited_snapshot_said_otherwise_is_named_and_kept(on_example: CommandLine) -> None:
    technology = edited(on_example)
    journal = journal_path(on_example.path).read_bytes()
    spoilt = on_example.path.read_bytes()
    done = on_example.well("rebuild")
    assert done.lines[0] == f"{technology['label']} {technology['name']} differed in: supplier."
    (kept,) = on_example.folder.glob("register.json.before-rebuild-*")
    assert kept.name in done.out
    assert kept.read_bytes() == spoilt
    assert journal_path(on_example.path).read_bytes() == journal
    assert verify(on_example.path).faults == ()


def test_a_snapshot_that_cannot_be_read_is_replaced_and_kept(on_example: CommandLine) -> None:
    on_example.path.write_bytes(b'{"technologies": {')
    done = on_example.well("rebuild")
    assert done.lines[0].startswith("It could not be read")
    assert list(on_example.folder.glob("register.json.before-rebuild-*"))
    assert verify(on_example.path).faults == ()


def test_a_snapshot_that_is_only_behind_is_told_so(horizon: CommandLine) -> None:
    before = horizon.path.read_bytes()
    horizon.well("capture", "Something new")
    horizon.path.write_bytes(before)
    done = horizon.well("rebuild")
    assert done.lines[0] == "It was 2 events behind."
    assert not list(horizon.folder.glob("*before-rebuild*"))


def test_a_snapshot_that_goes_further_than_the_journal_is_not_thrown_away(
    on_example: CommandLine,
) -> None:
    journal = journal_path(on_example.path)
    journal.write_bytes(b"".join(journal.read_bytes().splitlines(keepends=True)[:-2]))
    before = on_example.path.read_bytes()
    refused = on_example("rebuild")
    assert refused.code == 3
    assert "horizon recover" in refused.err
    assert on_example.path.read_bytes() == before
    on_example.well("rebuild", "--yes")
    assert verify(on_example.path).faults == ()
    (kept,) = on_example.folder.glob("register.json.before-rebuild-*")
    assert kept.read_bytes() == before


def test_a_journal_that_does_not_add_up_makes_no_snapshot(on_example: CommandLine) -> None:
    journal = journal_path(on_example.path)
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join([*lines[:5], b"{}\n", *lines[6:]]))
    before = on_example.path.read_bytes()
    refused = on_example("rebuild")
    assert (refused.code, refused.err.count("\n")) == (1, 1)
    assert "Line 6" in refused.err
    assert on_example.path.read_bytes() == before


def test_without_a_journal_there_is_nothing_to_rebuild_from(horizon: CommandLine) -> None:
    journal_path(horizon.path).unlink()
    refused = horizon("rebuild")
    assert (refused.code, refused.err.count("\n")) == (2, 1)
    assert "no journal" in refused.err
