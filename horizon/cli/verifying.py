"""`horizon verify`: that the register adds up, and holds what a paper stands for."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from horizon.cli.frame import Command, json_option, session
from horizon.cli.output import print_json, say, warn, wrapped
from horizon.cli.signing import settled_file
from horizon.model.errors import BadInput
from horizon.model.wording import count
from horizon.store.interface import Fault
from horizon.store.places import Server

if TYPE_CHECKING:
    from horizon.framework.schema import Framework
    from horizon.register.checking import Verification
    from horizon.register.signatures import Signatures

_EVERY = 2_000
"""Lines of the journal between two words on how far it is."""


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
    chained = check_register(quiet=as_json)
    paper = check_held(head) if head and not chained.faults else Said()
    framework = check_framework(chained.framework, criteria)
    if framework.words and criteria is None:
        warn(framework.words)
    found = with_signatures(chained, settled_file(allowed))
    for notice in found.notices:
        warn(notice)
    if as_json:
        print_json(_as_record(found, paper, framework))
    else:
        _say_found(found, [paper, *([framework] if criteria else [])])
    if found.faults or not paper.holds or not (framework.holds or criteria is None):
        click.get_current_context().exit(1)


@dataclass(frozen=True, slots=True)
class Said:
    """What a check has to say, if anything, and whether what it looked at is as it should be."""

    words: str = ""
    holds: bool = True


def check_chain(*, as_json: bool) -> None:
    """Check the chain alone, and print that. Ends with 1 when something does not add up."""
    from horizon.register.checking import verify_chain

    how_far = HowFar(quiet=as_json)
    found = verify_chain(session().path, how_far)
    how_far.done()
    if as_json:
        print_json({"faults": as_records(found.faults), "lines": found.lines})
    else:
        say_faults(found.faults)
        lines = count(found.lines, "line")
        if found.faults:
            say(f"{count(len(found.faults), 'fault')} found. {lines} looked at.")
        else:
            say(f"{lines}, each unchanged and following from the one before.")
            say("Only the chain was checked. Check all else with: horizon verify")
    if found.faults:
        click.get_current_context().exit(1)


def check_register(*, quiet: bool) -> Verification:
    """Check the chain, the snapshot, the records and what they refer to."""
    from horizon.register.checking import verify as check

    how_far = HowFar(quiet=quiet)
    found = check(session().path, how_far)
    how_far.done()
    return found


def check_held(head: str) -> Said:
    """Whether the journal holds what a head hash stands for."""
    from horizon.papers.checking import held_at

    origin = held_at(session().register(), head)
    session().close()
    if origin is None:
        return Said(
            f"But it does not hold what head hash {head} stands for: the journal was cut short or "
            "made anew since, or that is another register's.",
            False,
        )
    since = f"{count(origin.later, 'event')} since, papers apart"
    said = f"line {origin.line}, up to event {origin.seq}, and {since}"
    return Said(f"It holds what head hash {head[:12]} stands for: {said}.")


def check_framework(used: Framework | None, folder: Path | None) -> Said:
    """How the files of a framework differ from the one in use, and whether they are the same.

    `folder` is the one that was named; without it, the files that came with Horizon, which are
    only compared where they claim to be the version in use. The words are empty where there is
    nothing to say.
    """
    from horizon.framework.loading import load, shipped_folder

    if used is None or (folder is None and isinstance(session().path, Server)):
        return Said()
    where = folder or shipped_folder()
    try:
        files = load(where)
    except BadInput as mistake:
        return Said(
            f"The files in {where} cannot be read as a framework ({mistake}). The register keeps "
            f"its own copy of {used.id} {used.version} and goes on under that.",
            False,
        )
    if files.digest == used.digest:
        said = f"The files in {where} are the framework in use: {used.id} {used.version}."
        return Said(said if folder else "")
    if folder is None and (files.id, files.version) != (used.id, used.version):
        return Said()  # another one was adopted, or a newer one came with Horizon: no news
    return Said(
        f"The files in {where} are not the framework in use, {used.id} {used.version}: they were "
        "changed after it was adopted, or are another version. They are a draft, and nothing is "
        f"judged by them. See what they would change with: horizon criteria preview {where}",
        False,
    )


def _as_record(found: Verification, paper: Said, framework: Said) -> dict[str, Any]:
    """What was found, as `--json` prints it."""
    return (
        {
            "faults": as_records(found.faults),
            "head": found.head,
            "events": found.events,
            "technologies": found.technologies,
        }
        | ({"decisions": _decisions(found.signatures)} if found.signatures else {})
        | ({"against": paper.words} if paper.words else {})
        | ({"criteria": framework.words} if framework.words else {})
    )


def _decisions(found: Signatures) -> dict[str, Any]:
    """Which decisions are signed and which are not, by number."""
    return {
        "signed": found.signed,
        "unsigned": found.unsigned,
        "not_holding": found.refuted,
        "carried": found.carried,
    }


def _say_found(found: Verification, further: Sequence[Said]) -> None:
    """What was found, in words, with what further checks say."""
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
    for each in further:
        for line in wrapped(each.words) if each.words else ():
            say(line)
    if found.head:
        say(f"Head hash {found.head}")


def say_faults(faults: Iterable[Fault]) -> None:
    """A line for each fault: where it is, and what."""
    for fault in faults:
        place = f"Line {fault.line}" if fault.line else session().path.name
        event = f" (event {fault.seq})" if fault.seq else ""
        say(f"{place}{event}: {fault.what}")


def as_records(faults: Iterable[Fault]) -> list[dict[str, object]]:
    """Faults as `--json` prints them."""
    return [{"line": f.line, "event": f.seq, "what": f.what} for f in faults]


class HowFar:
    """Says on standard error, at a terminal, which line of the journal is looked at."""

    def __init__(self, *, quiet: bool) -> None:
        self._shown = False
        self._quiet = quiet or not sys.stderr.isatty()
        self._pass, self._last = "Checking", 0

    def __call__(self, line: int) -> None:
        """Hear that a line was looked at. Lines that begin anew are read for what they say."""
        if line < self._last:
            self._pass = "Reading"
        self._last = line
        if line % _EVERY == 0 and not self._quiet:
            self._shown = True
            click.echo(f"\r{self._pass} line {line:,} ", err=True, nl=False)

    def done(self) -> None:
        """Take the words away again."""
        if self._shown:
            click.echo(f"\r{' ' * 40}\r", err=True, nl=False)
