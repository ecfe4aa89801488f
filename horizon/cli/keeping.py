"""Commands that keep the register: begin, erase, people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from horizon.cli.completing import PEOPLE
from horizon.cli.frame import Command, Session, json_option, session
from horizon.cli.output import moment, print_json, print_table, say, wrapped
from horizon.cli.paths import BEGUN_IN_A_DATABASE, OnThisMachine
from horizon.model.errors import BadInput, RuleBroken
from horizon.model.people import Person
from horizon.model.wording import count
from horizon.register import Register
from horizon.register.actions.keeping import STRUCTURAL, no_event
from horizon.register.desk import person_id
from horizon.register.locating import FILE
from horizon.register.views import HistoryEntry
from horizon.store.places import Place, Server


@click.command(cls=Command, example='horizon init new --name "Register of Example Police"')
@click.argument(
    "path",
    required=False,
    type=OnThisMachine(f"Use: {BEGUN_IN_A_DATABASE}"),
)
@click.option("--name", default="Register of technologies", show_default=True, help="Its name.")
def init(path: Path | None, name: str) -> None:
    """Create a register: at PATH, else at --register, else in your data folder.

    PATH is a folder, or a file that ends in .json.
    """
    target = path or session().path
    if isinstance(target, Server):
        raise BadInput(
            "A register in a database is begun in another way",
            do=f"Use: {BEGUN_IN_A_DATABASE}",
        )
    if target.is_dir() or not target.suffix:
        target = target / FILE
    if target.suffix != ".json":
        raise BadInput(
            "A register is a file that ends in .json",
            where=str(target),
            do="Name a folder, or such a file",
        )
    create(session(), target, name)


def create(current: Session, path: Place, name: str) -> None:
    """Make a register at `path` and say so."""
    if not name.strip():
        raise BadInput("The register's name is empty", do="Write it as --name NAME")
    with Register.create(path, name=name, acting=current.acting, clock=current.clock) as register:
        say(f"Created {register.path}.")
        say(f"It works under: {register.framework.title}.")
        say(f"{register.framework.status_line}.")


@click.command(
    cls=Command,
    example='horizon erase --find "Jack Example"\n'
    'horizon erase 12 --reason "Asked to be forgotten" --yes',
)
@click.argument("events", nargs=-1, type=int, metavar="[EVENT]...")
@click.option("--reason", default="", help="Why, without repeating what is erased.")
@click.option("--find", metavar="TEXT", help="List the events that contain this text.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def erase(events: tuple[int, ...], reason: str, find: str | None, yes: bool, as_json: bool) -> None:
    """Empty what events said, for good. Who did it, when and why stays on record.

    Numbers of events are those that horizon history shows. Copies, backups and papers are not
    reached.
    """
    from horizon.register.views import events_with, history

    register = session().register()
    if find:
        found = list(events_with(register, find))
        if as_json:
            print_json([asdict(each) for each in found])
        else:
            _say_found(found)
        return
    if not events:
        raise BadInput("No events were named", do="Find them with: horizon erase --find TEXT")
    if not reason.strip():
        raise RuleBroken("Data is erased with a reason", missing=["--reason"])
    seqs = tuple(dict.fromkeys(events))
    if not yes:
        named = {each.seq: each for each in history(register) if each.seq in seqs}
        for seq in seqs:
            if seq not in named:
                raise no_event(seq)
            _say_entry(named[seq])
        click.confirm(f"Empty {count(len(seqs), 'event')} for good?", abort=True)
    register.erase(seqs, reason=reason)
    say(f"{count(len(seqs), 'event')} erased. Copies, backups and papers were not reached.")


def _say_found(found: Sequence[HistoryEntry]) -> None:
    kept = [each for each in found if each.kind in STRUCTURAL]
    others = [each for each in found if each.kind not in STRUCTURAL]
    for each in found:
        _say_entry(each)
    if not found:
        say("No event contains that.")
    if kept:
        numbers = ", ".join(str(each.seq) for each in kept)
        say(f"Cannot be erased, as the register rests on them: {numbers}.")
    if others:
        numbers = " ".join(str(each.seq) for each in others)
        say(f"Erase {'them' if len(others) > 1 else 'it'} with:")
        say(f"  horizon erase {numbers} --reason REASON")


def _say_entry(entry: HistoryEntry) -> None:
    words = f"{entry.by}: {entry.words}"
    for line in wrapped(words, first=f"{entry.seq:>5}  {moment(entry.at)}  ", rest=" " * 26):
        say(line)


@click.command(
    cls=Command,
    example='horizon person "Asha Example" --role Assessor --organisation "The force"\n'
    'horizon person "Tom Example" --tie "Supplier K (illustrative)" --not-dpo',
)
@click.argument("name", shell_complete=PEOPLE)
@click.option("--role", default="", help="Their role.")
@click.option("--email", default="", help="Their e-mail address.")
@click.option("--organisation", default="", help="Whom they work for.")
@click.option(
    "--dpo/--not-dpo",
    default=None,
    help="Whether they are the data protection officer, who advises and never decides.",
)
@click.option(
    "--tie",
    "ties",
    multiple=True,
    metavar="SUPPLIER",
    help="A supplier they are tied to, on whose products they do not decide. Can be given again.",
)
@click.option("--no-ties", is_flag=True, help="They are tied to no supplier any more.")
@json_option
def person(
    name: str,
    role: str,
    email: str,
    organisation: str,
    dpo: bool | None,
    ties: tuple[str, ...],
    no_ties: bool,
    as_json: bool,
) -> None:
    """Name a person, or set what is known of them. What is not given stays as it is."""
    register = session().register()
    known: dict[str, Any] = {"role": role, "email": email, "organisation": organisation, "dpo": dpo}
    held = register.state.people.get(person_id(register.state, name) or "")
    before = () if no_ties or held is None else held.ties
    if ties or no_ties:
        known["ties"] = tuple(dict.fromkeys([*before, *ties]))
    named = register.name_person(name, **known)
    if as_json:
        print_json(named)
    else:
        say(f"{', '.join([named.name, *_known(named)])}.")


def _known(person: Person) -> list[str]:
    """What is known of a person, in words."""
    found = [person.role, person.organisation, "data protection officer" if person.dpo else ""]
    return [each for each in (*found, *(f"tied to {each}" for each in person.ties)) if each]


@click.command(cls=Command, example="horizon people")
@json_option
def people(as_json: bool) -> None:
    """List the people that the register knows."""
    known = session().register().state.people.values()
    if as_json:
        print_json(list(known))
        return
    rows = [
        (each.name, each.role, "; ".join(_known(each)[bool(each.role) :]), each.email)
        for each in known
    ]
    print_table(rows, ("Name", "Role", "Known", "E-mail"))
