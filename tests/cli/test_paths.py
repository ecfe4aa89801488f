"""Names and texts that would lead somewhere else, run for ever, or fill everything."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from horizon.model.scalars import LONGEST
from horizon.register import Register
from horizon.store.files import journal_path
from tests.cli.using import CommandLine
from tests.clocks import StandingClock
from tests.faults.tampering import rebuilt

TRICKS = [
    "../../etc/passwd", "/etc/passwd", "C:\\Windows\\win.ini", "\\\\host\\share\\x", "CON",
    "nul.txt", "file:///etc/passwd", "javascript:alert(1)", "$(touch x)", "`touch x`", "; touch x",
    "%00", "~/x",
]  # fmt: skip


@pytest.mark.parametrize("trick", TRICKS)
def test_where_evidence_is_kept_is_a_text_that_nothing_opens(
    horizon: CommandLine, trick: str
) -> None:
    horizon.well("add", "Gait checker")
    horizon.well("evidence", "1", trick, "--location", trick)
    before = {each.name for each in horizon.folder.iterdir()}
    shown = json.loads(horizon.well("show", "1", "--json").out)["evidence"][0]
    assert (shown["location"], shown["title"], shown["sha256"]) == (trick, trick, None)
    from horizon.tui.screens.links import links_of

    with horizon.register() as register:
        assert links_of(register.technology("1")) == []
    assert {each.name for each in horizon.folder.iterdir()} == before


@pytest.mark.skipif(sys.platform == "win32", reason="devices of POSIX")
@pytest.mark.parametrize(
    "command",
    [
        ["evidence", "1", "Endless", "--file", "/dev/zero"],
        ["import", "/dev/zero"],
        ["papers", "check", "/dev/zero"],
        ["verify", "--against", "/dev/zero"],
        ["add", "--from-json", "/dev/zero"],
    ],
    ids=lambda command: command[0],
)
def test_a_device_is_refused_in_one_line_and_not_read_for_ever(
    horizon: CommandLine, command: list[str]
) -> None:
    horizon.well("add", "Gait checker")
    done = horizon(*command)
    assert done.code in (1, 2)
    assert ". It is a device and not a file." in done.err
    assert len(done.err.splitlines()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="devices of POSIX")
def test_nothing_takes_the_place_of_a_device(horizon: CommandLine, tmp_path: Path) -> None:
    horizon.well("add", "Gait checker")
    (tmp_path / "list.csv").write_text("name\nLip reader\n")
    for name in ("null.json", "null.csv"):
        (tmp_path / name).symlink_to("/dev/null")
    refused = horizon("export", "register", "-o", "null.json")
    assert (refused.code, ": it is a device" in refused.err) == (1, True)
    refused = horizon("import", "list.csv", "--yes", "--report", "null.csv")
    assert (refused.code, ". It is a device" in refused.err) == (2, True)
    assert all(each.is_symlink() for each in tmp_path.glob("null.*"))
    assert Path("/dev/null").is_char_device()


def test_a_backup_of_a_register_from_elsewhere_keeps_to_its_folder(tmp_path: Path) -> None:
    """Its id comes from its journal, and a hostile one would name other files, or all of them."""
    from horizon.register.backups import back_up

    path = tmp_path / "register.json"
    Register.create(path, name="Theirs", acting="Sam", clock=StandingClock()).close()

    def rename(lines: list[dict[str, Any]]) -> None:
        for line in lines:
            for event in line["events"]:
                if event["kind"] == "register-created":
                    event["subject"] = "*/../../x"

    rebuilt(path, rename)
    folder = tmp_path / "backups"
    folder.mkdir()
    others = [folder / f"horizon-r-{number}-20260101T000000Z.jsonl.gz" for number in range(5)]
    for each in others:
        each.write_bytes(b"another register's")
    now = StandingClock()()
    made = back_up(path, folder, acting="Sam", now=now, keep=1)
    assert made.path.parent == folder
    assert made.removed == ()
    assert all(each.exists() for each in others)


@pytest.mark.parametrize("text", ["a" * (LONGEST + 1), "word " * 2_000_000], ids=["long", "10 MB"])
def test_a_text_that_is_too_long_is_refused_in_one_line(horizon: CommandLine, text: str) -> None:
    given = json.dumps({"name": "Gait checker", "summary": text})
    done = horizon("add", "--from-json", "-", typed=given)
    assert done.code == 2
    assert "too long to keep" in done.err
    assert len(done.err) < 300
    horizon.well(
        "add", "--from-json", "-", typed=json.dumps({"name": "A", "summary": "é" * 99_000})
    )
    before = journal_path(horizon.path).read_bytes()
    done = horizon("import", "-", "--yes", typed=f"name,summary\nLip reader,{text}\n")
    assert done.code in (1, 2)  # a row, or the whole file
    said = " ".join((done.out + done.err).split())
    assert "it is longer than 100,000 characters" in said or "too long to keep" in said
    assert len(said) < 1_000
    assert journal_path(horizon.path).read_bytes() == before


@pytest.mark.parametrize("field", ["name", "summary", "problem", "supplier", "owner", "tags"])
def test_half_a_character_is_refused_in_any_field_and_nul_is_kept_and_never_printed(
    horizon: CommandLine, field: str
) -> None:
    def given(text: str) -> str:
        said: dict[str, Any] = {"name": "Gait checker"}
        said[field] = [text] if field == "tags" else text
        return json.dumps(said)

    done = horizon("add", "--from-json", "-", typed=given("half \ud800 of it"))
    assert done.code == 2
    assert len(done.err.splitlines()) == 1
    done = horizon("add", "--from-json", "-", typed=given("nul \x00 in it"))
    assert done.code in (0, 2)
    for command in (["show", "1"], ["list"], ["history"]):
        assert "\x00" not in horizon(*command).out
