"""The command that takes in another copy of the register."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from horizon.cli.frame import Command, json_option, session
from horizon.cli.output import print_json, say, wrapped
from horizon.cli.paths import OnThisMachine
from horizon.model.wording import count

if TYPE_CHECKING:
    from horizon.register import Register
    from horizon.register.merging_registers import Taking


@click.command(
    cls=Command,
    example="horizon merge copy/register.json\n"
    'horizon merge copy/register.json --called "the laptop" --yes',
)
@click.argument("copy", type=OnThisMachine("Copy it to a file first: horizon copy ADDRESS FILE"))
@click.option("--called", metavar="NAME", default="", help="What to call the copy in the history.")
@click.option("--yes", is_flag=True, help="Take it in. Without, only say what would happen.")
@json_option
def merge(copy: Path, called: str, yes: bool, as_json: bool) -> None:
    """Take in a copy of this register that was worked on elsewhere, as one commit.

    COPY is its register.json, with its journal beside it, or the folder of both. Everything
    recorded there since the two went apart comes in as it was recorded: who, when and what. Labels,
    decision numbers and meetings whose name this register has given away get another, and keep the
    old one marked. Where both changed the same, what this register says is kept and what the copy
    says is recorded. The copy is not touched; taking it in again changes nothing. What it took in
    from a third copy comes with it, once, whoever had it first.

    With --reason, merges two technologies: see horizon duplicates merge.
    """
    from horizon.register.locating import FILE

    path = copy / FILE if copy.is_dir() else copy
    register = session().register()
    act = register.take_in_copy if yes else register.copy_preview
    taking = act(path, origin=called.strip())
    if as_json:
        print_json(_record(register, taking, written=yes and taking.has_news))
        return
    if not taking.has_news:
        say(f"{path} holds nothing that is not here.")
        return
    _print(register, taking, path)
    if not yes:
        again = shlex.join(
            ["horizon", "merge", str(path), *(["--called", called] if called else []), "--yes"]
        )
        say(f"Nothing was written. Take it in with: {again}")
        return
    say(f"Took in {count(taking.count, 'event')} as one commit.")
    if taking.erased:
        say(f"Emptied {count(len(taking.erased), 'event')} that the copy had erased.")
    say(f"Head hash {register.state.head.paper_hash}")


def _print(register: Register, taking: Taking, path: Path) -> None:
    parting = taking.parting
    ours = sum(len(each.events) for each in parting.ours)
    say(
        f"The two went apart after event {parting.seq}: {count(taking.count, 'event')} there "
        f"{'is' if taking.count == 1 else 'are'} not here yet, {ours} since are here."
    )
    technologies = taking.made.technologies
    entered = [each for each in parting.entered if each in technologies]
    _section(
        "Comes in:",
        [f"{technologies.header(each).label} {technologies.header(each).name}" for each in entered],
    )
    _section(
        "Called otherwise here:",
        [f"{there} there is {here} here" for there, here in taking.renamed],
    )
    _section(
        "Changed on both sides; this register's is kept, the copy's stays in the history:",
        [
            f"{_name(register, taking, subject)}: {each.field} "
            f"{each.kept or 'empty'!r}, not {each.other or 'empty'!r}"
            for subject, each in taking.disagreements
        ],
    )
    _section(
        "For people to look at:",
        [f"{_name(register, taking, subject)}: {words}" for subject, words in taking.remarks],
    )


def _section(title: str, lines: list[str]) -> None:
    if lines:
        for line in wrapped(title):
            say(line)
    for each in lines:
        for line in wrapped(each, first="  ", rest="    "):
            say(line)


def _name(register: Register, taking: Taking, subject: str) -> str:
    made = taking.made
    if subject in made.technologies:
        return made.technologies.header(subject).label
    if subject in made.meetings:
        return made.meetings[subject].ref
    return made.person_name(subject) if subject else register.state.head.name


def _record(register: Register, taking: Taking, *, written: bool) -> dict[str, object]:
    return {
        "written": written,
        "fork": {"event": taking.parting.seq, "hash": taking.parting.hash},
        "events": taking.count,
        "renamed": dict(taking.renamed),
        "disagreements": [
            {"about": _name(register, taking, subject), **each.model_dump()}
            for subject, each in taking.disagreements
        ],
        "remarks": [
            {"about": _name(register, taking, subject), "words": words}
            for subject, words in taking.remarks
        ],
        "emptied": list(taking.erased),
    }
