"""`horizon export`: what is made, what is printed, what is refused."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from tests.cli.using import CommandLine

PAPER = ("export", "paper", "--body", "AISG", "--date", "2026-12-08")


@pytest.mark.parametrize("name", ["p.docx", "p.odt", "p.pdf", "p.html", "p.md"])
def test_a_paper_is_made_in_every_format(on_example: CommandLine, name: str) -> None:
    done = on_example.well(*PAPER, "-o", name)
    assert done.lines[0].startswith(f"{name}: paper AISG/2026-12-08/1,")
    assert done.lines[0].endswith("OFFICIAL.")
    assert (on_example.folder / name).stat().st_size > 5_000


@pytest.mark.parametrize("name", ["r.xlsx", "r.csv", "r.json", "r.jsonl"])
def test_the_register_is_made_in_every_format_and_recorded(
    on_example: CommandLine, name: str
) -> None:
    told = on_example.well("export", "register", "-o", name, "--json").json
    content = (on_example.folder / name).read_bytes()
    with on_example.register() as register:
        kept = register.state.head.papers[-1]
    assert kept.what == "register"
    assert (kept.reference, kept.marking) == (told["reference"], "OFFICIAL")
    assert kept.file_digest == hashlib.sha256(content).hexdigest()
    assert "exported register REG/2026-11-24/1" in on_example.well("history").out


def test_a_star_is_a_folder_whose_every_file_is_recorded(on_example: CommandLine) -> None:
    on_example.well("export", "star", "-o", "dashboard")
    folder = on_example.folder / "dashboard"
    with on_example.register() as register:
        kept = register.state.head.papers[-1].files
    assert {each.name for each in folder.iterdir()} == set(kept)
    for name, digest in kept.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    note = json.loads((folder / "export.json").read_bytes())
    assert note["marking"] == "OFFICIAL"


def test_a_star_made_again_replaces_the_old_one(on_example: CommandLine) -> None:
    on_example.well("export", "star", "-o", "dashboard")
    before = {each.name: each.read_bytes() for each in (on_example.folder / "dashboard").iterdir()}
    on_example.well("export", "star", "-o", "dashboard")
    after = {each.name: each.read_bytes() for each in (on_example.folder / "dashboard").iterdir()}
    assert after == before
    assert [each.name for each in on_example.folder.iterdir() if each.name.startswith(".")] == []


def test_a_folder_with_something_else_in_it_is_not_touched(on_example: CommandLine) -> None:
    mine = on_example.folder / "mine"
    mine.mkdir()
    (mine / "notes.txt").write_text("keep me")
    done = on_example("export", "star", "-o", "mine")
    assert done.code == 2
    assert "The folder holds something else: notes.txt" in done.err
    assert [each.name for each in mine.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("export", "register", "-o", "r.xls"), ".csv, .json, .jsonl, .xlsx"),
        (("export", "register", "-o", "register"), "without an extension"),
        ((*PAPER, "-o", "p.rtf"), ".docx, .html, .md, .odt, .pdf"),
        (("export", "register", "-o", "r.csv", "--as-at", "2001-01-01"), "no register yet"),
    ],
)
def test_what_cannot_be_made_is_said_in_one_line(
    on_example: CommandLine, arguments: tuple[str, ...], said: str
) -> None:
    done = on_example(*arguments)
    assert done.code == 2
    assert len(done.err.splitlines()) == 1
    assert said in done.err


def test_what_waits_beside_the_agenda_of_a_called_meeting_is_said(on_example: CommandLine) -> None:
    done = on_example.well(*PAPER, "-o", "p.md")
    assert "5 technologies" in done.lines[0]
    said = " ".join(done.out.split())
    assert "Waiting too, and not on the agenda: T-0001" in said
    assert "T-0013" not in said
    named = on_example.well(*PAPER, "T-0013", "-o", "named.md")
    assert "Waiting too" not in named.out


def test_a_radar_says_in_words_how_many_sectors_it_has(on_example: CommandLine) -> None:
    done = on_example.well("export", "radar", "T-0013", "-o", "r.csv")
    assert "It has 1 sector, and such radars draw 4" in done.out


def test_an_export_marked_too_low_does_not_leave(on_example: CommandLine) -> None:
    on_example.well("amend", "T-0013", "--marking", "OFFICIAL-SENSITIVE")
    done = on_example("export", "register", "-o", "r.csv", "--marking", "OFFICIAL")
    assert done.code == 3
    assert "cannot carry what is marked OFFICIAL-SENSITIVE: T-0013" in done.err
    assert not (on_example.folder / "r.csv").exists()
    told = on_example.well("export", "register", "-o", "r.csv", "--json").json
    assert told["marking"] == "OFFICIAL-SENSITIVE"


@pytest.mark.parametrize("name", ["r.xlsx", "r.csv", "r.json", "r.jsonl"])
def test_the_register_can_be_exported_again_byte_for_byte(
    on_example: CommandLine, name: str, tmp_path: Path
) -> None:
    on_example.well("--as", "Somebody New", "export", "register", "-o", name)
    first = (on_example.folder / name).read_bytes()
    on_example.well("--as", "Somebody Else", "export", "register", "-o", name)
    assert (on_example.folder / name).read_bytes() == first


def test_an_export_of_a_day_is_the_same_whenever_it_is_made(on_example: CommandLine) -> None:
    day = ("--as-at", "2026-06-30")
    on_example.well("export", "register", "-o", "a.jsonl", *day)
    on_example.well("add", "Something new")
    on_example.well("export", "register", "-o", "b.jsonl", *day)
    a, b = ((on_example.folder / name).read_bytes() for name in ("a.jsonl", "b.jsonl"))
    assert a == b


def test_a_published_schema_is_a_file_and_no_event(on_example: CommandLine) -> None:
    with on_example.register() as register:
        before = register.state.head.seq
    on_example.well("export", "schema", "-o", "s.json")
    assert (
        json.loads((on_example.folder / "s.json").read_bytes())["$id"] == "urn:horizon:register:1"
    )
    with on_example.register() as register:
        assert register.state.head.seq == before


def test_a_file_can_be_checked_against_the_register(on_example: CommandLine) -> None:
    on_example.well(*PAPER, "-o", "p.html")
    done = on_example.well("papers", "check", "p.html")
    assert done.lines[0] == "p.html: it is as it was issued."
    assert "Paper AISG/2026-12-08/1 for AI Sub-Group, 8 December 2026: OFFICIAL" in done.out
    assert "Issued by Sam Example on 24 November 2026" in done.out
    assert "Recorded since then: nothing, papers apart." in done.out
    on_example.well("add", "Something new")
    later = on_example.well("papers", "check", "p.html")
    assert "Recorded since then: 1 event, papers apart." in later.out
    file = on_example.folder / "p.html"
    file.write_bytes(file.read_bytes().replace(b"Summary", b"Resume"))
    changed = on_example("papers", "check", "p.html")
    assert changed.code == 1
    assert changed.lines[0] == "p.html: the file was changed after it was issued."
    assert "AISG/2026-12-08/1" in changed.out


def test_what_was_issued_is_listed_newest_first(on_example: CommandLine) -> None:
    assert on_example.well("papers", "issued").out.strip() == "Nothing was issued yet."
    on_example.well(*PAPER, "-o", "p.html")
    on_example.well("export", "register", "-o", "r.csv")
    lines = on_example.well("papers", "issued").lines
    assert [line.split()[0] for line in lines] == [
        "Reference", "REG/2026-11-24/1", "AISG/2026-12-08/1",
    ]  # fmt: skip


def test_a_template_is_printed_changed_and_used(on_example: CommandLine) -> None:
    shown = on_example.well("papers", "show", "conditions-list").out
    own = shown.replace("Open conditions and overdue items", "What is late")
    (on_example.folder / "mine.toml").write_text(own, encoding="utf-8")
    on_example.well("export", "paper", "--template", "mine.toml", "-o", "p.md")
    assert "## What is late" in (on_example.folder / "p.md").read_text("utf-8")


def test_what_the_author_still_has_to_write_is_counted(on_example: CommandLine) -> None:
    done = on_example.well(
        "export", "paper", "T-0014", "--template", "change-board-paper", "-o", "p.md"
    )
    assert "For its author to write: 2 places, marked 'To be completed'." in done.lines


def test_a_mistake_in_a_template_is_one_line_with_its_place(on_example: CommandLine) -> None:
    shown = on_example.well("papers", "show", "conditions-list").out
    (on_example.folder / "mine.toml").write_text(shown.replace("part =", "prat =", 1), "utf-8")
    done = on_example("export", "paper", "--template", "mine.toml", "-o", "p.md")
    assert done.code == 2
    assert len(done.err.splitlines()) == 1
    assert "mine.toml, line" in done.err


def test_a_paper_for_a_day_without_a_meeting_names_the_next_one(on_example: CommandLine) -> None:
    called = ("export", "paper", "--body", "AISG", "-o", "p.md", "--date")
    assert on_example.well(*called, "2026-12-08").err == ""
    done = on_example(*called, "2026-12-09")
    assert done.code == 0
    assert done.err == (
        "Note: No meeting of the AI Sub-Group is called for 9 December 2026. "
        "The next is on 8 December 2026.\n"
    )
    assert "AI Sub-Group, 9 December 2026" in (on_example.folder / "p.md").read_text("utf-8")


@pytest.mark.parametrize("template", ["decisions-register", "triage-list"])
def test_a_paper_that_nobody_named_a_day_for_claims_no_meeting(
    on_example: CommandLine, template: str
) -> None:
    on_example.well("export", "paper", "--template", template, "-o", "p.md")
    said = (on_example.folder / "p.md").read_text("utf-8")
    assert "Meeting" not in said
    assert "at its meeting" not in said
    assert "| **For** |" in said


def test_the_internal_edition_of_a_committee_report_is_non_public(on_example: CommandLine) -> None:
    made = ("export", "paper", "T-0001", "--template", "police-authority-report", "-o", "p.md")
    on_example.well(*made)
    said = (on_example.folder / "p.md").read_text("utf-8")
    assert "| **Public or non-public** | Non-public |" in said
    on_example.well(*made, "--edition", "public", "--keep-back-unread")
    said = (on_example.folder / "p.md").read_text("utf-8")
    assert "| **Public or non-public** | Public |" in said


def test_minutes_of_a_meeting_that_is_still_to_come_are_said_to_be(on_example: CommandLine) -> None:
    done = on_example("export", "minutes", "--meeting", "AISG/2026-12-08", "-o", "m.md")
    assert done.code == 0
    assert done.err == "Note: AISG/2026-12-08 is still to come, on 8 December 2026.\n"
