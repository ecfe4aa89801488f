"""Commands that keep a register from being lost."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from horizon.cli.frame import Command, session
from horizon.cli.output import say, wrapped
from horizon.cli.paths import OnThisMachine
from horizon.model.errors import BadInput, RuleBroken
from horizon.model.wording import count
from horizon.register.backups import KEEP, back_up
from horizon.register.backups import restore as bring_back


@click.command(cls=Command, example="horizon backup .\nhorizon backup . --keep 30")
@click.argument("folder", type=OnThisMachine())
@click.option(
    "--keep",
    type=click.IntRange(min=1),
    default=KEEP,
    show_default=True,
    help="How many backups of this register stay in the folder.",
)
def backup(folder: Path, keep: int) -> None:
    """Back the register up: its whole history in one file, read back after it was written.

    Keep it on another disk. Older backups of this register in the folder are removed; those of
    others are not touched.
    """
    current = session()
    made = back_up(current.path, folder, acting=current.acting, now=current.clock(), keep=keep)
    say(f"Backed up {_held(made.held.events, made.held.technologies)} to {made.path}.")
    say(f"Head hash {made.held.head}")
    if made.removed:
        say(f"Removed {count(len(made.removed), 'older backup')}.")


@click.command(
    cls=Command,
    epilog="\b\nExample:\n  horizon restore horizon-r-ab12cd34-20261125T093000Z.jsonl.gz",
)
@click.argument("file", type=OnThisMachine())
@click.option("--yes", is_flag=True, help="Also over a newer register, which is put aside.")
def restore(file: Path, yes: bool) -> None:
    """Bring the register back from a backup, to --register or where the register is.

    A register that is there is put aside under another name, never deleted. One that has more than
    the backup is put aside only when you say so.
    """
    current = session()
    place = current.path
    if not isinstance(place, Path):
        raise BadInput(
            "A backup is restored to a file",
            do="Restore it to a file, then: horizon copy FILE DATABASE",
        )
    try:
        done = bring_back(file, place, acting=current.acting, replacing=yes)
    except RuleBroken as refused:
        if not sys.stdin.isatty():
            raise
        say(f"{refused.rule}.")
        click.confirm("Put it aside and restore the backup?", abort=True)
        done = bring_back(file, place, acting=current.acting, replacing=True)
    say(f"Restored {_held(done.held.events, done.held.technologies)} to {place}.")
    say(f"Head hash {done.held.head}")
    for each in done.aside:
        say(f"What was there is kept as {each.name}.")


@click.command(cls=Command, example="horizon rebuild")
@click.option("--yes", is_flag=True, help="Also where it goes further than the journal.")
def rebuild(yes: bool) -> None:
    """Make register.json anew from the journal, and say what it had said otherwise.

    The journal is not touched. A register.json that said other things is kept beside it.
    """
    from horizon.register.rebuilding import rebuild as make_anew

    done = make_anew(session().path, replacing=yes)
    for each in done.differences:
        for line in wrapped(each):
            say(line)
    if not done.differences:
        say("register.json said what the journal says.")
    say(f"Made anew from {_held(done.events, done.technologies)}.")
    say(f"Head hash {done.head}")
    if done.aside:
        say(f"What was there is kept as {done.aside.name}.")


@click.command(cls=Command, example="horizon recover register.json --to recovered/register.json")
@click.argument(
    "damaged",
    type=OnThisMachine("A database is restored from its own backup; horizon verify checks it"),
)
@click.option("--to", "target", required=True, type=OnThisMachine(), help="The new register.")
def recover(damaged: Path, target: Path) -> None:
    """Save what a damaged register still holds in a new one. The damaged one is only read.

    DAMAGED is its register.json, whether that is there or not, with what there is of its journal
    beside it. What is missing is said line by line, and verify asks for somebody to accept it.

    Ends with 1 when something that was once confirmed could not be saved.
    """
    from horizon.register.locating import FILE
    from horizon.register.recovering import recover as save

    source = damaged / FILE if damaged.is_dir() else damaged
    place = target / FILE if target.is_dir() or not target.suffix else target
    current = session()
    done = save(source, place, acting=current.acting, clock=current.clock)
    for each in done.report:
        for line in wrapped(each):
            say(line)
    say(f"Saved {_held(done.events, done.technologies)} to {place}.")
    if done.head:
        say(f"Head hash {done.head}")
    if not done.is_whole:
        click.get_current_context().exit(1)


def _held(events: int, technologies: int) -> str:
    return f"{count(events, 'event')} and {count(technologies, 'technology', 'technologies')}"
