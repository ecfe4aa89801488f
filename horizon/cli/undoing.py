"""Commands that write something down quickly, and that take back what one did."""

from __future__ import annotations

import click

from horizon.cli.completing import TECHNOLOGY
from horizon.cli.frame import Command, expect_option, json_option, session
from horizon.cli.output import print_json, say
from horizon.cli.technologies import told


@click.command(
    cls=Command,
    example='horizon capture "Scent sensing | Trade press | Two forces are trying it"\n'
    'horizon capture "Smart glasses"',
)
@click.argument("line")
@click.option("--different-because", default="", help="Why it is not the one of the same name.")
@json_option
def capture(line: str, different_because: str, as_json: bool) -> None:
    """Write a technology down in one line.

    LINE is "NAME | SOURCE | WHY"; only the name is needed. A link may stand anywhere in it.
    """
    from horizon.register.capturing import capture as captured

    technology = captured(session().register(), line, duplicate_reason=different_because)
    told(technology, as_json, "proposed")


@click.command(cls=Command, example='horizon note T-0013 "Ask the supplier about the logs"')
@click.argument("ref", shell_complete=TECHNOLOGY)
@click.argument("text")
@expect_option
@json_option
def note(ref: str, text: str, expect: int | None, as_json: bool) -> None:
    """Write a note on a technology: no evidence, and nothing is decided on it."""
    told(session().register().add_note(ref, text, expect=expect), as_json, "noted")


def _step(ref: str | None, expect: int | None, as_json: bool, *, again: bool) -> None:
    from dataclasses import asdict

    register = session().register()
    if ref is None:
        ref = register.last_changed()
    command = register.do_again if again else register.take_back
    step = command(ref, expect=expect)
    if as_json:
        print_json(asdict(step))
    else:
        say(f"{step.about}: {'done again' if again else 'taken back'}: {step.words}.")


@click.command(cls=Command, example="horizon undo T-0013")
@click.argument("ref", required=False, shell_complete=TECHNOLOGY)
@expect_option
@json_option
def undo(ref: str | None, expect: int | None, as_json: bool) -> None:
    """Take back the last thing you did to a technology, or to any without REF.

    What was changed on many at once is taken back as one. Only what nobody has decided on is
    taken back, and the journal keeps both.
    """
    _step(ref, expect, as_json, again=False)


@click.command(cls=Command, example="horizon redo T-0013")
@click.argument("ref", shell_complete=TECHNOLOGY)
@expect_option
@json_option
def redo(ref: str, expect: int | None, as_json: bool) -> None:
    """Do again what you took back last on a technology."""
    _step(ref, expect, as_json, again=True)
