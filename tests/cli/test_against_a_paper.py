"""A journal that was cut short or made anew adds up, and shows against a paper issued before."""

from __future__ import annotations

import pytest

from horizon.store.files import journal_path
from tests.cli.using import CommandLine

PAPER = ("export", "paper", "--body", "AISG", "--date", "2026-12-08", "-o")


@pytest.mark.parametrize("name", ["p.docx", "p.odt", "p.pdf", "p.html", "p.md"])
def test_a_paper_in_any_format_names_what_the_journal_must_hold(
    on_example: CommandLine, name: str
) -> None:
    on_example.well(*PAPER, name)
    assert "It holds what head hash" in on_example.well("verify", "--against", name).out


def test_a_folder_of_tables_names_it_too(on_example: CommandLine) -> None:
    on_example.well("export", "star", "-o", "star")
    assert "It holds what head hash" in on_example.well("verify", "--against", "star").out


def test_a_head_hash_is_enough_and_so_is_how_it_begins(on_example: CommandLine) -> None:
    head = on_example.well("verify").out.split()[-1]
    for named in (head, head[:12], head[:20].upper()):
        done = on_example.well("verify", "--against", named)
        assert "and 0 events since, papers apart" in " ".join(done.out.split())


def test_a_journal_that_was_cut_short_adds_up_and_is_found_by_the_paper(
    on_example: CommandLine,
) -> None:
    on_example.well(*PAPER, "p.pdf")
    journal = journal_path(on_example.path)
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(lines[:-50]))
    on_example.path.unlink()
    assert on_example.well("verify").code == 0
    done = on_example("verify", "--against", "p.pdf")
    assert done.code == 1
    assert "cut short or made anew" in " ".join(done.out.split())
    assert on_example("verify", "--against", "p.pdf", "--json").code == 1


def test_what_names_no_head_hash_is_refused_in_one_line(on_example: CommandLine) -> None:
    (on_example.folder / "note.txt").write_text("Nothing")
    done = on_example("verify", "--against", "note.txt")
    assert done.code == 2
    assert "names no head hash" in done.err
    assert on_example("verify", "--against", "nowhere.pdf").code == 2
