"""What is refused: one clear line, the right exit code, nothing written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.using import CommandLine

DATABASE = "postgresql://asha:secret@h/db"
"""Would become a folder of that name where a file is asked for."""

BAD_INPUT = [
    (["show"], "Missing argument 'REF'"),
    (["show", "T-0099"], "There is no technology 'T-0099'"),
    (["measure", "--from", "2026-02-01", "--to", "2026-01-01"], "ends on 1 January 2026"),
    (["shwo", "T-0001"], "Did you mean show?"),
    (["list", "--stage", "nowhere"], "'nowhere' is not a stage"),
    (["list", "--kind", "magic"], "Invalid value for '--kind'"),
    (["list", "--colour"], "No such option"),
    (["add"], 'Write it as: horizon add "NAME"'),
    (["add", "  "], "name must not be empty"),
    (["add", "X", "--trl", "10"], "--trl"),
    (["add", "X", "--source", "A paper", "--seen", "24/13/2026"], "'24/13/2026' is not a date"),
    (["add", "X", "--source", "A paper", "--seen", "2026-11-25"], "25 November 2026, which is in"),
    (["add", "--from-json", "missing.json"], "missing.json: The file cannot be read"),
    (["amend", "T-0001"], "Nothing to change was given"),
    (["amend", "T-0001", "--name", " "], "name must not be empty"),
    (["facts", "T-0001", "personal_data"], "'personal_data' is not a fact"),
    (["facts", "T-0001", "personal_dat=yes"], "Did you mean personal_data?"),
    (["facts", "T-0001", "personal_data=maybe"], "'maybe' is not a value"),
    (["facts", "T-0001", "ai=yes", "ai=no"], "ai is given twice"),
    (["answer", "T-0001", "ZZ9=yes"], "'ZZ9' is not a checklist item"),
    (["answer", "T-0001", "LB1=perhaps"], "answer cannot be 'perhaps'"),
    (["answer", "T-0001", "--note", "because"], "no answer"),
    (["score", "submit", "T-0001", "S1=4"], "'4' is not a score for S1"),
    (["score", "submit", "T-0001", "S1=6A"], "'6A' is not a score for S1"),
    (["score", "submit", "T-0001", "S1=4A", "--note", "S2=why"], "a note for S2 and no score"),
    (["gate", "T-0001", "G99"], "'G99' is not a gate"),
    (["move", "T-0001", "nowhere"], "'nowhere' is not a stage"),
    (
        [
            "decide",
            "T-0001",
            "--body",
            "Nobody",
            "--gate",
            "G0",
            "--outcome",
            "x",
            "--reasons",
            "y",
        ],
        "'Nobody' is not a body",
    ),
    (
        ["decide", "1", "--body", "AISG", "--gate", "G0", "--outcome", "x", "--reasons", "y"],
        "'x' is not a possible outcome of AI Sub-Group",
    ),
    (["review", "T-0001", "2026-11-23"], "The review date 23 November 2026 has already passed"),
    (["evidence", "T-0001", "Plan", "--document", "poem"], "'poem' is not a kind of document"),
    (["evidence", "T-0001", "Plan", "--file", "missing.pdf"], "missing.pdf"),
    (["export", "paper", "--body", "AISG", "--date", "2026-12-08", "-o", "paper.xyz"], ".docx"),
    (["import", "missing.csv"], "missing.csv: The file cannot be read"),
    (["import", "-"], "This file is empty"),
    (["erase"], "No events were named"),
    (["erase", "999", "--reason", "x", "--yes"], "There is no event 999"),
    (["erase", "999", "--reason", "x"], "Find them with: horizon erase --find"),
    (["evidence", "T-0001", "Plan", "--dated", "2026-11-25"], "25 November 2026, which is in"),
    (["export", "star", "-o", "tables.csv"], "Name a folder, or a file that ends in .zip"),
    (["init", "other.txt"], "A register is a file that ends in .json"),
    (["restore", "missing.gz"], "missing.gz: It cannot be read: it is not there. Check"),
    (["restore", "register.json"], "register.json: This is not a backup"),
    (["restore", "empty.gz"], "empty.gz: This is not a backup"),
    (["restore", "."], "it is a folder. Name a file in it"),
    (["verify", "--against", "1234"], "neither a paper nor a head hash"),
    (["meeting", "show", "nope"], "Call one with: horizon meeting call"),
    (["people", "x"], "Got unexpected extra argument (x). See: horizon people --help"),
    (["init", "register.json"], "There is a register here already"),
    (["init", DATABASE], "db on h is in a database, not in a file. Use: horizon shared init"),
    (["backup", DATABASE], "db on h is in a database, not in a file"),
    (["restore", DATABASE], "db on h is in a database, not in a file"),
    (["merge", DATABASE], "Copy it to a file first: horizon copy ADDRESS FILE"),
    (["recover", DATABASE, "--to", "new.json"], "A database is restored from its own backup"),
    (["recover", "register.json", "--to", DATABASE], "Name a file or folder on this machine"),
    (["init", "other", "--name", " "], "The register's name is empty"),
    (["criteria", "check", "missing"], "missing"),
    (["completion", "tcsh"], "tcsh"),
    (["--register", "other.json", "list"], "There is no register here"),
]


@pytest.mark.parametrize(("arguments", "said"), BAD_INPUT, ids=[" ".join(a) for a, _ in BAD_INPUT])
def test_bad_input_is_refused_in_one_line_with_code_2(
    horizon: CommandLine, arguments: list[str], said: str
) -> None:
    horizon.well("add", "Voice to text")
    (horizon.folder / "empty.gz").touch()
    before = (horizon.folder / "register.journal.jsonl").read_bytes()
    done = horizon(*arguments)
    assert done.code == (1 if arguments[:2] == ["criteria", "check"] else 2), done.err
    assert said in done.err + done.out
    assert len(done.err.splitlines()) <= 1
    assert "Traceback" not in done.err
    assert "secret" not in done.err
    assert not (horizon.folder / "postgresql:").exists()
    assert (horizon.folder / "register.journal.jsonl").read_bytes() == before


RULES = [
    (["add", "voice-to-text"], "T-0001 is already called"),
    (["move", "T-0001", "candidate"], "T-0001 does not pass gate G0"),
    (["move", "T-0001", "in-service"], "There is no way from signal to in-service"),
    (["score", "submit", "T-0001", "S1=4A"], "has no open scoring round"),
    (["score", "close", "T-0001"], "has no open scoring round"),
    (["answer", "T-0001", "LB3=yes"], "LB3 can be answered yes only with evidence"),
    (["withdraw", "T-0001", "--reason", " "], "is withdrawn with a reason"),
    (["erase", "1", "--reason", "x", "--yes"], "cannot be erased"),
    (["erase", "4"], "Data is erased with a reason"),
    (["verify", "--accept-history", "whole"], "history is whole"),
    (
        ["decide", "1", "--body", "FT", "--gate", "G0", "--outcome", "promote", "--reasons", "y"],
        "Futures team",
    ),
]


@pytest.mark.parametrize(("arguments", "said"), RULES, ids=[" ".join(a) for a, _ in RULES])
def test_what_a_rule_refuses_names_the_rule_with_code_3(
    horizon: CommandLine, arguments: list[str], said: str
) -> None:
    horizon.well("add", "Voice to text")
    done = horizon(*arguments)
    assert done.code == 3, done.err
    assert said in done.err
    assert len(done.err.splitlines()) == 1


def test_a_technology_that_moved_on_is_a_conflict_with_code_4(horizon: CommandLine) -> None:
    horizon.well("add", "Voice to text")
    horizon.well("--as", "Ben Example", "amend", "1", "--trl", "5", "--expect", "1")
    done = horizon("amend", "1", "--trl", "6", "--expect", "1")
    assert done.code == 4
    assert "started from revision 1, the register now has revision 2" in done.err
    assert "Ben Example: changed readiness level to 5" in done.err
    assert horizon.well("show", "1", "--json").json["trl"] == 5


def test_a_conflict_tells_the_newest_changes_and_counts_those_before_them(
    horizon: CommandLine,
) -> None:
    horizon.well("add", "Voice to text")
    for level in range(2, 8):
        horizon.well("--as", "Ben Example", "amend", "1", "--trl", str(level))
    done = horizon("amend", "1", "--trl", "9", "--expect", "1")
    assert "Since then: 3 more; Ben Example: changed readiness level to 5;" in done.err
    assert "level to 7. Look at the newer version" in done.err


@pytest.mark.parametrize("typed", ["personal_data=maybe", "foo=yes"])
def test_only_what_is_spelt_alike_is_suggested(horizon: CommandLine, typed: str) -> None:
    horizon.well("add", "Voice to text")
    assert "Did you mean" not in horizon("facts", "T-0001", typed).err
    assert "Did you mean" not in horizon("show", "Nope").err


def test_a_fault_in_the_journal_is_named_by_its_line_with_code_1(horizon: CommandLine) -> None:
    horizon.well("add", "Voice to text")
    horizon.well("add", "Gait analysis")
    journal = horizon.folder / "register.journal.jsonl"
    journal.write_bytes(journal.read_bytes().replace(b"Voice to text", b"Voice to test"))
    done = horizon("verify")
    assert done.code == 1
    assert done.lines[0].startswith("Line 2")
    told = horizon("verify", "--json")
    assert told.code == 1
    assert told.json["faults"][0]["line"] == 2


def test_a_register_that_adds_up_says_so_with_its_head_hash(horizon: CommandLine) -> None:
    horizon.well("add", "Voice to text")
    done = horizon.well("verify")
    assert "1 technology add up." in done.out
    with horizon.register() as register:
        assert f"Head hash {register.state.head.paper_hash}" in done.out


def test_a_folder_that_cannot_be_written_to_is_a_line_and_not_a_traceback(
    nowhere: CommandLine,
) -> None:
    (nowhere.folder / "file").write_text("")
    done = nowhere("init", "file/register.json")
    assert done.code == 1
    assert "file" in done.err
    assert len(done.err.splitlines()) == 1


def test_a_snapshot_that_is_not_one_is_a_line_and_not_a_traceback(nowhere: CommandLine) -> None:
    (nowhere.folder / "register.json").write_text('{"head": 7}')
    for command in ("list", "show", "verify"):
        done = nowhere(*([command, "1"] if command == "show" else [command]))
        assert done.code == 1
        assert len((done.err + done.out).splitlines()) <= 2, done.err


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "7",
        '{"name": "A", "name": "B"}',
        "[" * 100_000,
        '{"name": "A", "trl": ' + "9" * 5000 + "}",
        '{"name": "A", "trl": NaN}',
        '{"name": ["A"]}',
        '{"name": "A", "owner": 7}',
        '{"name": "A", "owner": "p-0123456789abcdef", "colour": "red"}',
        '{"name": "A", "stage": "in-service"}',
        '{"name": "A \\ud800"}',
        '{"name": "A", "sighting": 3}',
        '{"name": "A", "duplicate_reason": "x"}',
        '{"self": 1}',
    ],
)
def test_json_that_is_no_proposal_is_refused(horizon: CommandLine, text: str) -> None:
    done = horizon("add", "--from-json", "-", typed=text)
    assert done.code == 2, done.err
    assert len(done.err.splitlines()) == 1
    assert len(done.err) < 2000
    assert horizon.well("list", "--json").json == []


def test_input_that_is_not_utf_8_is_refused(horizon: CommandLine) -> None:
    done = horizon("add", "--from-json", "-", typed=b'{"name": "Caf\xe9"}')
    assert done.code == 2
    assert "not UTF-8 text (byte 14)" in done.err


@pytest.mark.skipif(os.name == "nt", reason="bytes as arguments are for POSIX")
def test_an_argument_that_is_not_text_is_refused(horizon: CommandLine) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "horizon", "add", b"Caf\xe9"],
        cwd=horizon.folder,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert b"is not text" in done.stderr
    assert b"Traceback" not in done.stderr


def test_no_answer_to_a_question_changes_nothing(horizon: CommandLine) -> None:
    horizon.well("add", "Voice to text", "--owner", "Asha Example")
    done = horizon("erase", "5", "--reason", "Asked", typed="n\n")
    assert done.code == 130
    again = horizon("erase", "5", "--reason", "Asked", typed="")
    assert again.code == 130
    assert not any(each["erased"] for each in horizon.well("history", "--json").json)


def test_two_registers_do_not_mix(horizon: CommandLine, tmp_path: Path) -> None:
    horizon.well("init", "other", "--name", "Other")
    horizon.well("add", "Voice to text", "--register", "other")
    horizon.well("--register", "other/register.json", "add", "Gait analysis")
    assert len(horizon.well("list", "--register", "other", "--json").json) == 2
    assert horizon.well("list", "--json").json == []
    assert json.loads((tmp_path / "other" / "register.json").read_text())
