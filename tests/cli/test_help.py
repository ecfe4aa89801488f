"""Help: short, plain, fitting the terminal; its examples work on the register that ships."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from horizon.cli import horizon as root
from horizon.cli.frame import Command
from horizon.framework.loading import shipped_folder
from horizon.register.checking import verify
from tests.cli.using import CommandLine, Done
from tests.keys import made_key

DATA = Path(__file__).parent.parent / "data"


def commands(group: click.Group, *path: str) -> Iterator[tuple[tuple[str, ...], Command]]:
    """Every command with its path, in the order of the help."""
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        if isinstance(found, click.Group):
            yield from commands(found, *path, name)
        else:
            assert isinstance(found, Command), name
            yield (*path, name), found


COMMANDS = list(commands(root))

ORDER = (
    "init add capture legacy import imports-list imports-maps imports-undo sight amend "
    "amend-many facts review list triage "
    "duplicates-list duplicates-different duplicates-merge duplicates-unmerge "
    "show history diff compare people person evidence answer score-open score-submit score-close "
    "score-show gate meeting-call meeting-list meeting-attend meeting-add meeting-drop "
    "meeting-interest meeting-minute decide meeting-reschedule meeting-show meeting-ratify "
    "meeting-close meeting-confirm record condition-list condition-discharge condition-not-met "
    "sign-setup correct sign-decision sign-stop reopen "
    "move export-paper export-minutes export-record export-register export-star export-radar "
    "export-atrs export-schema papers-list papers-show papers-parts papers-check papers-issued "
    "papers-release note undo redo supersede withdraw criteria-check criteria-import criteria-show "
    "criteria-preview criteria-adopt measure erase verify backup rebuild recover copy merge "
    "shared-share keys "
    "completion"
)
"""The examples are run in this order: an opened round before its scores, an ending at the end."""

GO_ON = ("serve", "restore")
"""Commands that go on until they are stopped, or take a file that has another name each time:
their examples are not run here."""


IN_A_DATABASE = [
    "shared-init",
    "shared-grant",
    "shared-revoke",
    "shared-forces",
    "shared-find",
    "shared-mend",
]
"""Their examples are run in tests/shared, where there is a database."""

RECORD = """body = "FT"
gate = "G0"
outcome = "watch"
reasons = "Nobody has tried it outside a laboratory"
review_by = 2027-05-31

[considered]
options = ["Do nothing", "Look again in six months"]
"""
"""The decision that an example reads from a file."""


def examples(help_text: str) -> list[str]:
    """The commands under "Example:" in a help text, as typed in a shell."""
    _, _, shown = help_text.partition("Example:\n")
    return re.sub(r"\\\n\s+", "", shown).strip().splitlines()


def typed(horizon: CommandLine, line: str) -> Done:
    """Run one example. Only a simple command before a pipe is understood."""
    before, pipe, rest = line.partition(" | horizon ")
    command = f"horizon {rest}" if pipe else line
    given = ""
    if pipe:
        program, *words = shlex.split(before)
        if program == "cat":
            given = (horizon.folder / words[0]).read_text(encoding="utf-8")
        else:
            given = words[0].replace("\\n", "\n")
    name, *arguments = shlex.split(command)
    assert name == "horizon"
    return horizon(*arguments, typed=given)


def test_the_examples_in_the_help_work_on_the_register_that_ships(on_example: CommandLine) -> None:
    shutil.copytree(shipped_folder(), on_example.folder / "my-criteria")
    for file in (on_example.folder / "my-criteria").iterdir():
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace('version = "', 'version = "9.'), encoding="utf-8")
    (on_example.folder / "records.csv").write_text("Tool,Supplier\nImport test,Someone\n")
    (on_example.folder / "decision.toml").write_text(RECORD)
    shutil.copy(DATA / "deon_checklist.yml", on_example.folder / "deon.yml")
    made_key(on_example.folder / "my_key")
    by_name = {"-".join(path): path for path, _ in COMMANDS}
    assert sorted(by_name) == sorted([*ORDER.split(), *GO_ON, *IN_A_DATABASE])
    for name in ORDER.split():
        found = examples(on_example(*by_name[name], "--help").out)
        assert found, f"{name} has no example"
        for line in found:
            done = typed(on_example, line)
            assert (done.code, done.err) == (0, ""), f"{line}\n{done.out}{done.err}"
    assert verify(on_example.path).faults == ()


@pytest.mark.parametrize(
    ("path", "command"), COMMANDS, ids=[" ".join(path) for path, _ in COMMANDS]
)
def test_help_says_what_a_command_does_within_80_columns(
    path: tuple[str, ...], command: Command, nowhere: CommandLine
) -> None:
    done = nowhere.well(*path, "--help")
    assert all(len(line) <= 80 for line in done.lines), done.out
    sentence = (command.help or "").split("\n")[0]
    assert sentence.endswith(".")
    assert len(sentence) <= 100
    assert "--register PATH" in done.out
    assert "--as NAME" in done.out
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, f"{path} {option.name}"


def test_the_list_of_commands_fits_one_screen(nowhere: CommandLine) -> None:
    done = nowhere.well("--help")
    assert all(len(line) <= 80 for line in done.lines)
    assert len(done.lines) <= 75
    for path, _ in COMMANDS:
        assert path[0] in done.out


def test_every_command_that_changes_a_technology_or_a_meeting_takes_the_revision_seen() -> None:
    changing = (
        "sight amend note facts review withdraw supersede undo redo evidence answer score-open "
        "score-submit score-close move decide condition-discharge condition-not-met correct "
        "reopen meeting-attend meeting-add meeting-drop meeting-interest meeting-minute "
        "meeting-reschedule meeting-ratify meeting-close meeting-confirm triage duplicates-merge "
        "duplicates-unmerge shared-share"
    )
    for path, command in COMMANDS:
        takes = any(option.name == "expect" for option in command.params)
        assert takes == ("-".join(path) in changing.split()), path


def test_a_group_tells_in_whole_sentences_what_its_commands_do(horizon: CommandLine) -> None:
    for group in {path[0] for path, _ in COMMANDS if len(path) > 1}:
        listed = horizon.well(group, "--help").out.partition("Commands:")[2]
        assert listed.strip().endswith(".")
        assert "..." not in listed
