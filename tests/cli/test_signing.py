"""Signing from the command line: set up, sign, check, stop; and what is said when it cannot be."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from horizon import settings
from horizon.register import keygen, signers
from horizon.register.checking import verify
from horizon.store.files import journal_path
from tests.cli.test_terminal import ended, terminal
from tests.cli.using import CommandLine
from tests.keys import made_key, public

DECIDE = (
    *("decide", "T-0005", "--body", "AISG", "--gate", "G7", "--chair", "Grace Example"),
    *("--outcome", "note", "--date", "2026-11-20", "--reasons", "Nothing changes"),
)
NUMBER = "AISG/2026/008"
EARLIER = "AISG/2026/004"


def one(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())


@pytest.fixture
def set_up(on_example: CommandLine) -> CommandLine:
    """A command line with signing set up."""
    made_key(on_example.folder / "key")
    on_example.well("sign", "setup", "key")
    return on_example


def allowed(horizon: CommandLine) -> Path:
    return horizon.folder / "register.allowed_signers"


def test_setting_up_takes_one_command_and_says_what_it_did(on_example: CommandLine) -> None:
    key = made_key(on_example.folder / "key")
    assert "Signing is not set up" in on_example.well("sign", "setup").out
    said = one(on_example.well("sign", "setup", "key").out)
    assert keygen.fingerprint(public(key).split()[1]) in said
    assert allowed(on_example).read_text().startswith(
        f'"Sam Example" namespaces="{keygen.NAMESPACE}" {public(key)} '
    )  # fmt: skip
    assert f"signed with {key}" in on_example.well("sign", "setup").out
    again = on_example.well("sign", "setup", "key").out
    assert "allows it already, as that of Sam Example" in again
    assert len(allowed(on_example).read_text().splitlines()) == 1


def test_a_decision_that_is_recorded_is_signed_at_once(set_up: CommandLine) -> None:
    said = one(set_up.well(*DECIDE).out)
    assert f"{NUMBER} signed by Sam Example with key SHA256:" in said
    record = one(set_up.well("record", NUMBER).out)
    assert "Signature: Signed by Sam Example with key SHA256:" in record
    assert "The signature of Sam Example holds" in record
    assert f"signed decision {NUMBER} with key" in one(set_up.well("history", "T-0005").out)
    checked = set_up.well("verify").out
    assert "97 decisions: 1 signed and 96 unsigned." in checked


def test_a_correction_is_signed_too(set_up: CommandLine) -> None:
    done = set_up.well("correct", EARLIER, "next_step=Report", "--reason", "Left out", "--json")
    (signature,) = done.json["signatures"]
    assert signature["key"].startswith("SHA256:")


def test_earlier_decisions_are_signed_later(set_up: CommandLine) -> None:
    assert "Unsigned" in set_up.well("record", EARLIER).out
    assert f"{EARLIER} signed by Sam Example" in one(set_up.well("sign", "decision", EARLIER).out)
    found = set_up.well("verify", "--json").json["decisions"]
    assert found["signed"] == [EARLIER]
    assert (len(found["unsigned"]), found["not_holding"], found["carried"]) == (95, [], [])
    again = set_up("sign", "decision", EARLIER)
    assert (again.code, "with that key already" in again.err) == (3, True)
    assert set_up("sign", "decision", "AISG/2026/999").code == 2


def test_what_signs_nothing_never_loses_the_decision(set_up: CommandLine) -> None:
    (set_up.folder / "key").unlink()
    done = set_up(*DECIDE)
    assert done.code == 0
    assert f"{NUMBER} recorded" in done.out
    assert f"{NUMBER} is recorded, but unsigned. There is no key at" in done.err
    assert f"Sign it with: horizon sign decision {NUMBER}" in done.err
    assert len(done.err.splitlines()) == 1
    assert "Unsigned" in set_up.well("record", NUMBER).out


def test_nobody_signs_under_another_name(set_up: CommandLine) -> None:
    done = set_up("--as", "Lena Example", *DECIDE)
    assert done.code == 0
    assert "but unsigned. The signature of Lena Example would not hold" in done.err


def test_a_signature_that_does_not_hold_is_a_fault_with_its_line(set_up: CommandLine) -> None:
    set_up.well(*DECIDE)
    line = len(set_up.path.with_suffix(".journal.jsonl").read_bytes().splitlines())
    aside = allowed(set_up).rename(set_up.folder / "aside")
    missing = set_up("verify")
    assert missing.code == 1
    assert "cannot be checked. There is no file of allowed signers" in one(missing.out)
    assert "96 unsigned and 1 not checked." in missing.out
    allowed(set_up).write_text(f"lena {public(made_key(set_up.folder / 'lena'))}\n")
    done = set_up("verify")
    assert done.code == 1
    assert done.out.startswith(f"Line {line} (event ")
    assert f"the signature of Sam Example on {NUMBER} does not hold: its key is not" in done.out
    assert "1 fault found" in done.out
    assert "96 unsigned and 1 with a signature that does not hold." in done.out
    assert set_up("verify", "--json").json["decisions"]["not_holding"] == [NUMBER]
    assert "! The signature of Sam Example does not hold" in set_up.well("record", NUMBER).out
    set_up.well("verify", "--allowed-signers", str(aside))
    assert verify(set_up.path).faults == ()


def test_the_record_as_json_holds_what_ssh_keygen_checks(set_up: CommandLine) -> None:
    set_up.well(*DECIDE)
    (found,) = set_up.well("record", NUMBER, "--json").json["signatures"]
    (set_up.folder / "signature").write_text(found["signature"])
    check = ["ssh-keygen", "-Y", "verify", "-f", allowed(set_up), "-I", found["by"]]
    done = subprocess.run(
        [*check, "-n", found["namespace"], "-s", set_up.folder / "signature"],
        input=found["message"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(found["message"])["event"]["kind"] == "decision-recorded"


def test_stopping_leaves_what_was_signed(set_up: CommandLine) -> None:
    set_up.well("sign", "decision", EARLIER)
    assert "unsigned" in set_up.well("sign", "stop").out
    assert "signed by" not in set_up.well(*DECIDE).out
    done = set_up("sign", "decision", NUMBER)
    assert (done.code, "horizon sign setup KEY" in done.err) == (3, True)
    assert "1 signed and 96 unsigned" in set_up.well("verify").out


def test_the_environment_names_another_key_and_another_file(
    set_up: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(signers.KEY, str(made_key(set_up.folder / "other")))
    assert "but unsigned" in set_up(*DECIDE).err
    file = set_up.folder / "others"
    file.write_text(f'"Sam Example" {public(set_up.folder / "other")}\n')
    monkeypatch.setenv(signers.ALLOWED, str(file))
    set_up.well("sign", "decision", NUMBER)
    assert "1 signed and 96 unsigned" in set_up.well("verify").out


def test_where_the_file_cannot_be_written_its_line_is_printed_and_nothing_is_signed(
    on_example: CommandLine,
) -> None:
    key = made_key(on_example.folder / "key")
    done = on_example.well("sign", "setup", "key", "--allowed-signers", "no/such/folder/signers")
    assert "Give whoever keeps it this line" in one(done.out)
    line = next(each for each in done.lines if public(key) in each)
    assert "but unsigned. There is no file of allowed signers" in on_example(*DECIDE).err
    file = on_example.folder / "no" / "such" / "folder" / "signers"
    file.parent.mkdir(parents=True)
    file.write_text(line + "\n")
    on_example.well("sign", "decision", NUMBER)
    on_example.well("verify")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("setup", "nowhere"), 2, "There is no such key. Make one with: ssh-keygen"),
        (("setup", "note"), 1, "note is not an SSH key"),
        (("setup", "locked"), 1, "Load the key into ssh-agent first: ssh-add"),
        (("setup", "open"), 1, "can be read by others, so it is not used"),
        (("decision", EARLIER), 3, "Signing is not set up"),
        (("setup", "key", "--as", "No, Really*"), 2, "cannot hold the name"),
    ],
)
def test_what_cannot_be_set_up_is_refused_in_one_line(
    on_example: CommandLine,
    words: tuple[str, ...],
    code: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    (on_example.folder / "note").write_text("Nothing")
    made_key(on_example.folder / "key")
    made_key(on_example.folder / "locked", passphrase="a long secret")
    shutil.copy(on_example.folder / "key", on_example.folder / "open")
    (on_example.folder / "open").chmod(0o644)
    done = on_example("sign", *words)
    assert done.code == code, done.err
    assert said in done.err
    assert len(done.err.splitlines()) == 1
    assert settings.load().signing_key == ""
    assert not allowed(on_example).exists()


def test_without_ssh_keygen_decisions_are_recorded_unsigned(
    set_up: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", os.devnull)
    done = set_up(*DECIDE)
    assert done.code == 0
    assert "but unsigned. ssh-keygen is not installed here" in done.err


def test_somebody_at_a_screen_reader_signs_as_well(set_up: CommandLine) -> None:
    answers = ("12", "T-0029", "G0", "", "", "Watch", "Nobody has tried it", "2027-05-31", "0")
    done = set_up.well("--plain", typed="\n".join(answers))
    assert any(each.startswith("FT/2026/001 signed by Sam Example with") for each in done.lines)


def test_a_passphrase_is_asked_for_in_the_terminal_and_stopping_there_loses_nothing(
    on_example: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    made_key(on_example.folder / "key", passphrase="a long secret")
    for words, typed, code, said in (
        (("sign", "setup", "key"), "a long secret\r", 0, "are signed with SHA256:"),
        (("sign", "decision", EARLIER), "wrong\r", 1, "That is not the passphrase"),
        (DECIDE, "\x03", 0, "You stopped it. Sign it with:"),
    ):
        with terminal(on_example.folder, *words) as (screen, process):
            screen.until("Enter passphrase")
            screen.type(typed)
            screen.until(said)
            assert ended(process, screen) == code
    assert "Unsigned" in on_example.well("record", NUMBER).out


def test_signatures_of_a_copy_hold_where_it_was_taken_in(set_up: CommandLine) -> None:
    laptop = set_up.folder / "laptop"
    laptop.mkdir()
    for path in (set_up.path, journal_path(set_up.path), allowed(set_up)):
        shutil.copy(path, laptop / path.name)
    elsewhere = [each.replace("Nothing changes", "Said at the laptop") for each in DECIDE]
    assert f"{NUMBER} signed" in one(set_up.well(*DECIDE).out)
    assert f"{NUMBER} signed" in one(
        set_up.well("--register", "laptop/register.json", *elsewhere).out
    )
    set_up.well("merge", "laptop/register.json", "--yes")
    found = set_up.well("verify", "--json").json["decisions"]
    assert (found["signed"], found["not_holding"]) == ([NUMBER, "AISG/2026/009"], [])
    record = one(set_up.well("record", "AISG/2026/009").out)
    assert "Said at the laptop" in record
    assert "The signature of Sam Example holds" in record


@pytest.mark.parametrize("order", [("laptop",), ("tablet", "laptop"), ("laptop", "tablet")])
def test_signatures_of_a_copy_of_a_copy_hold_and_count_once(
    set_up: CommandLine, order: tuple[str, ...]
) -> None:
    for name in ("laptop", "tablet"):
        folder = set_up.folder / name
        folder.mkdir()
        for path in (set_up.path, journal_path(set_up.path), allowed(set_up)):
            shutil.copy(path, folder / path.name)
        said = [each.replace("Nothing changes", f"Said at the {name}") for each in DECIDE]
        set_up.well("--register", f"{name}/register.json", *said)
    set_up.well(*DECIDE)
    set_up.well("--register", "laptop/register.json", "merge", "tablet/register.json", "--yes")
    for name in order:
        set_up.well("merge", f"{name}/register.json", "--yes")
    found = set_up.well("verify", "--json").json["decisions"]
    numbers = [NUMBER, "AISG/2026/009", "AISG/2026/010"]
    assert (sorted(found["signed"]), found["not_holding"]) == (numbers, [])
    told = [one(set_up.well("record", each).out) for each in numbers]
    for name in ("laptop", "tablet"):
        assert sum(f"Said at the {name}" in each for each in told) == 1
    assert all("The signature of Sam Example holds" in each for each in told)
