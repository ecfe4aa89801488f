"""Parts of `horizon verify`: how far it is, the chain alone, the files of the framework."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from horizon.cli.frame import session
from horizon.cli.output import print_json, say
from horizon.model.errors import BadInput
from horizon.model.wording import count
from horizon.store.interface import Fault
from horizon.store.places import Server

if TYPE_CHECKING:
    from horizon.framework.schema import Framework

_EVERY = 2_000
"""Lines of the journal between two words on how far it is."""


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


def say_faults(faults: Iterable[Fault]) -> None:
    """A line for each fault: where it is, and what."""
    for fault in faults:
        place = f"Line {fault.line}" if fault.line else session().path.name
        event = f" (event {fault.seq})" if fault.seq else ""
        say(f"{place}{event}: {fault.what}")


def as_records(faults: Iterable[Fault]) -> list[dict[str, object]]:
    """Faults as `--json` prints them."""
    return [{"line": f.line, "event": f.seq, "what": f.what} for f in faults]


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


def framework_words(used: Framework | None, folder: Path | None) -> tuple[str, bool]:
    """How the files of a framework differ from the one in use, and whether they are the same.

    `folder` is the one that was named; without it, the files that came with Horizon, which are
    only compared where they claim to be the version in use. The words are empty where there is
    nothing to say.
    """
    from horizon.framework.loading import load, shipped_folder

    if used is None or (folder is None and isinstance(session().path, Server)):
        return "", True
    where = folder or shipped_folder()
    try:
        files = load(where)
    except BadInput as mistake:
        return (
            f"The files in {where} cannot be read as a framework ({mistake}). The register keeps "
            f"its own copy of {used.id} {used.version} and goes on under that.",
            False,
        )
    if files.digest == used.digest:
        said = f"The files in {where} are the framework in use: {used.id} {used.version}."
        return (said if folder else "", True)
    if folder is None and (files.id, files.version) != (used.id, used.version):
        return "", True  # another one was adopted, or a newer one came with Horizon: no news
    return (
        f"The files in {where} are not the framework in use, {used.id} {used.version}: they were "
        "changed after it was adopted, or are another version. They are a draft, and nothing is "
        f"judged by them. See what they would change with: horizon criteria preview {where}",
        False,
    )
