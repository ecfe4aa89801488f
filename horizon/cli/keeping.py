"""Commands that keep the register: begin, verify, erase, people, the framework."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from horizon.cli.completing import PEOPLE
from horizon.cli.frame import Command, Session, json_option, session
from horizon.cli.output import moment, print_json, print_table, say, warn, wrapped
from horizon.cli.signing import settled_file
from horizon.cli.verifying import HowFar, as_records, check_chain, framework_words, say_faults
from horizon.model.errors import BadInput, RuleBroken
from horizon.model.people import Person
from horizon.model.wording import count
from horizon.register import Register
from horizon.register.actions.keeping import STRUCTURAL
from horizon.register.desk import person_id
from horizon.register.locating import FILE
from horizon.register.signatures import Signatures
from horizon.register.views import HistoryEntry
from horizon.store.places import Place, Server


@click.command(cls=Command, example='horizon init new --name "Register of Example Police"')
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--name", default="Register of technologies", show_default=True, help="Its name.")
def init(path: Path | None, name: str) -> None:
    """Create a register: at PATH, else at --register, else in your data folder.

    PATH is a folder, or a file that ends in .json.
    """
    target = path or session().path
    if isinstance(target, Server):
        raise BadInput(
            "A register in a database is begun in another way",
            do='Use: horizon shared init ADDRESS --force COLP --name "NAME"',
        )
    if target.is_dir() or not target.suffix:
        target = target / FILE
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
    example="horizon verify\nhorizon verify --against paper.docx\nhorizon verify --chain",
)
@click.option(
    "--against",
    metavar="PAPER|HASH",
    help="Also check that what a paper, or the head hash on it, stands for is still held.",
)
@click.option(
    "--accept-history",
    metavar="REASON",
    help="Accept, with a reason, that earlier history is missing.",
)
@click.option(
    "--allowed-signers",
    "allowed",
    type=click.Path(path_type=Path),
    help="The file that says whose keys may sign. The one beside the register unless given.",
)
@click.option(
    "--criteria",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Also check that the files in a folder are the framework in use.",
)
@click.option("--chain", is_flag=True, help="Check the chain alone, which is quick.")
@json_option
def verify(
    against: str | None,
    accept_history: str | None,
    allowed: Path | None,
    criteria: Path | None,
    chain: bool,
    as_json: bool,
) -> None:
    """Check that the register adds up: chain, snapshot, records, references, signatures.

    A journal that somebody cut short or made anew from the beginning adds up too. It shows against
    a paper that was issued before: name the paper, or the head hash that is printed on it.

    Ends with 1 and a line for each fault when something does not.
    """
    from horizon.papers.checking import head_named
    from horizon.register.checking import verify as check
    from horizon.register.checking import with_signatures

    if chain:
        if any(each is not None for each in (against, accept_history, allowed, criteria)):
            raise BadInput("--chain checks nothing else", do="Leave the other options out")
        check_chain(as_json=as_json)
        return
    head = head_named(against) if against is not None else ""

    if accept_history is not None:
        session().register().accept_history(accept_history)
        session().close()
    how_far = HowFar(quiet=as_json)
    chained = check(session().path, how_far)
    how_far.done()
    words, holds = _held(head) if head and not chained.faults else ("", True)
    framework, same = framework_words(chained.framework, criteria)
    if framework and criteria is None:
        warn(framework)
    found = with_signatures(chained, settled_file(allowed))
    for notice in found.notices:
        warn(notice)
    if as_json:
        print_json(
            {
                "faults": as_records(found.faults),
                "head": found.head,
                "events": found.events,
                "technologies": found.technologies,
            }
            | ({"decisions": _decisions(found.signatures)} if found.signatures else {})
            | ({"against": words} if words else {})
            | ({"criteria": framework} if framework else {})
        )
    else:
        say_faults(found.faults)
        read = (
            f"{count(found.events, 'event')} and "
            f"{count(found.technologies, 'technology', 'technologies')}"
        )
        if found.faults:
            say(f"{count(len(found.faults), 'fault')} found. {read} read.")
        else:
            say(f"{read} add up.")
        if found.signatures and found.signatures.words:
            say(found.signatures.words)
        for text in (words, framework if criteria else ""):
            for line in wrapped(text) if text else ():
                say(line)
        if found.head:
            say(f"Head hash {found.head}")
    if found.faults or not holds or not (same or criteria is None):
        click.get_current_context().exit(1)


def _decisions(found: Signatures) -> dict[str, Any]:
    """Which decisions are signed and which are not, by number."""
    return {
        "signed": found.signed,
        "unsigned": found.unsigned,
        "not_holding": found.refuted,
        "carried": found.carried,
    }


def _held(head: str) -> tuple[str, bool]:
    """What a head hash says of the journal, in words, and whether the journal holds it."""
    from horizon.papers.checking import held_at

    origin = held_at(session().register(), head)
    session().close()
    if origin is None:
        return (
            f"But it does not hold what head hash {head} stands for: the journal was cut short or "
            "made anew since, or that is another register's.",
            False,
        )
    since = f"{count(origin.later, 'event')} since, papers apart"
    said = f"line {origin.line}, up to event {origin.seq}, and {since}"
    return f"It holds what head hash {head[:12]} stands for: {said}.", True


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
        for each in history(register):
            if each.seq in seqs:
                _say_entry(each)
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
