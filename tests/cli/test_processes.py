"""The command line as its own process: pipes, a broken pipe, a terminal, quick starts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from horizon import __version__

HORIZON = [sys.executable, "-m", "horizon"]


def ran(
    folder: Path, *arguments: str, typed: str = "", environ: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """`horizon ARGUMENTS` as a process in `folder`."""
    return subprocess.run(
        [*HORIZON, *arguments],
        cwd=folder,
        input=typed,
        env={**os.environ, "HORIZON_USER": "Sam Example", **(environ or {})},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_a_register_is_begun_filled_and_verified_from_a_shell(tmp_path: Path) -> None:
    assert ran(tmp_path, "init", ".", "--name", "Ours").returncode == 0
    added = ran(tmp_path, "add", "--from-json", "-", "--json", typed='{"name": "Café – voice"}')
    assert json.loads(added.stdout)["label"] == "T-0001"
    listed = ran(tmp_path, "list", "--json")
    assert json.loads(listed.stdout)[0]["name"] == "Café – voice"
    assert ran(tmp_path, "verify").returncode == 0
    summary = ran(tmp_path)
    assert (summary.returncode, "1 technology" in summary.stdout) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["show", "T-0001"], 0),
        (["show", "T-0099"], 2),
        (["frobnicate"], 2),
        (["score"], 2),
        (["move", "T-0001", "in-service"], 3),
        (["amend", "T-0001", "--trl", "4", "--expect", "99"], 4),
    ],
)
def test_exit_codes_reach_the_shell(example: Path, arguments: list[str], code: int) -> None:
    done = ran(example.parent, *arguments)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert (code == 0) == (done.stderr == "")


def test_a_damaged_register_ends_verify_with_1(example: Path) -> None:
    journal = example.with_name("register.journal.jsonl")
    lines = journal.read_bytes().splitlines(keepends=True)
    lines[40] = lines[40].replace(b"2025", b"2024", 1)
    journal.write_bytes(b"".join(lines))
    done = ran(example.parent, "verify")
    assert done.returncode == 1
    assert done.stdout.startswith("Line 41")


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
def test_a_pipe_that_breaks_is_quiet(example: Path) -> None:
    process = subprocess.Popen(
        [*HORIZON, "history"],
        cwd=example.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 0


def test_a_terminal_without_unicode_gets_escapes_and_no_traceback(example: Path) -> None:
    ran(example.parent, "add", "東京")
    done = ran(example.parent, "list", environ={"PYTHONIOENCODING": "latin-1"})
    assert done.returncode == 0
    assert "\\u6771\\u4eac" in done.stdout


def test_no_colour_is_sent_with_or_without_no_color(example: Path) -> None:
    for environ in ({}, {"NO_COLOR": "1"}, {"FORCE_COLOR": "1"}):
        done = ran(example.parent, "show", "T-0014", environ=environ)
        assert "\x1b" not in done.stdout


def test_the_register_is_found_by_the_environment(example: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    done = ran(elsewhere, "list", "--json", environ={"HORIZON_REGISTER": str(example)})
    assert len(json.loads(done.stdout)) == 29


def test_the_version_is_printed(tmp_path: Path) -> None:
    assert ran(tmp_path, "--version").stdout.strip().endswith(__version__)


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (["--help"], ["pydantic", "msgspec", "textual", "horizon.register"]),
        (["completion", "bash"], ["pydantic", "textual"]),
        (["list"], ["textual", "docx", "typst", "horizon.intake", "horizon.papers"]),
        (["show", "T-0001"], ["textual", "docx", "typst"]),
        ([], ["textual", "docx", "typst"]),
    ],
)
def test_a_command_imports_only_what_it_needs(
    example: Path, arguments: list[str], unwanted: list[str]
) -> None:
    program = (
        "import sys; from horizon.cli import run; "
        f"code = run({arguments!r}); "
        f"loaded = [name for name in {unwanted!r} if name in sys.modules]; "
        "print(loaded, file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=example.parent,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr.strip() == "[]"


def files(folder: Path) -> dict[str, bytes]:
    """What is in each file of a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_tab_in_bash_offers_labels_and_leaves_the_register_alone(example: Path) -> None:
    before = files(example.parent)
    environ = {
        "_HORIZON_COMPLETE": "bash_complete",
        "COMP_WORDS": "horizon show T-001",
        "COMP_CWORD": "2",
    }
    done = ran(example.parent, environ=environ)
    assert done.stderr == ""
    assert done.stdout.splitlines() == [f"plain,T-001{digit}" for digit in range(10)]
    assert files(example.parent) == before


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_printed_for_each_shell(tmp_path: Path, shell: str) -> None:
    done = ran(tmp_path, "completion", shell)
    assert done.returncode == 0
    assert "_HORIZON_COMPLETE" in done.stdout
