"""The command that reopens what was decided, because something has happened since."""

from __future__ import annotations

from datetime import date

import click

from horizon.cli.completing import QUESTIONS, TECHNOLOGY, TRIGGERS
from horizon.cli.frame import Command, expect_option, json_option, session
from horizon.cli.output import print_json, say, wrapped
from horizon.cli.typed import DAY
from horizon.model.errors import BadInput
from horizon.model.wording import count
from horizon.register import Register
from horizon.register.inputs import one_of


@click.command(
    cls=Command,
    example='horizon reopen T-0005 --trigger monitoring --reason "Errors doubled"\n'
    'horizon reopen --all --item FA2 --trigger law --reason "New guidance"',
)
@click.argument("ref", required=False, shell_complete=TECHNOLOGY)
@click.option("--all", "all_", is_flag=True, help="Everything that a question named applies to.")
@click.option(
    "--trigger",
    required=True,
    shell_complete=TRIGGERS,
    metavar="TRIGGER",
    help="What kind of thing happened, from the route: monitoring, change, incident, law, ...",
)
@click.option("--reason", required=True, help="What happened.")
@click.option(
    "--item",
    "items",
    multiple=True,
    shell_complete=QUESTIONS,
    metavar="ITEM",
    help="A question to answer again. Can be given again.",
)
@click.option("--on", "on_", type=DAY, help="The day it happened. Today unless given.")
@expect_option
@json_option
def reopen(
    ref: str | None,
    all_: bool,
    trigger: str,
    reason: str,
    items: tuple[str, ...],
    on_: date | None,
    expect: int | None,
    as_json: bool,
) -> None:
    """Record that something happened, so that a body has to look again.

    Some kinds suspend an approval until then. The owner is told what is needed.
    """
    register = session().register()
    wanted = [each.upper() for each in items]
    kind = trigger_of(register, trigger)
    if all_:
        if ref or expect is not None:
            raise BadInput("--all is about every technology", do="Leave out REF and --expect")
        if not wanted:
            raise BadInput("--all needs the questions it is about", do="Give --item ITEM")
        _all(register, kind, reason, wanted, on_, as_json)
        return
    if not ref:
        raise BadInput("No technology is named", do="Give its label, or --all with --item")
    reopened = register.reopen(
        ref, trigger=kind, reason=reason, on=on_, items=wanted, expect=expect
    )
    if as_json:
        print_json(reopened)
        return
    technology = register.technology(ref)
    owner = register.name(technology.owner) if technology.owner else "Its owner, once named,"
    say(f"{technology.label} {technology.name} reopened. {_standing(register, technology.id)}")
    for line in wrapped(f"{owner} supplies: {reopened.needed}", rest="  "):
        say(line)


def trigger_of(register: Register, name: str) -> str:
    """The id of a reason to reopen, given by id or name. Raises `BadInput` that lists them."""
    wanted = name.strip().casefold()
    for each in register.framework.route.triggers:
        if wanted in (each.id, each.name.casefold()):
            return each.id
    return one_of(name, [e.id for e in register.framework.route.triggers], "reason to reopen")


def _standing(register: Register, technology_id: str) -> str:
    from horizon.register.views import standing_of

    return f"{standing_of(register, register.header(technology_id)).words}."


def _all(
    register: Register,
    trigger: str,
    reason: str,
    items: list[str],
    on_: date | None,
    as_json: bool,
) -> None:
    found = register.reopen_all(trigger=trigger, reason=reason, items=items, on=on_)
    if as_json:
        print_json(
            [
                {"label": each.label, "name": each.name, "reopening": each.reopenings[-1]}
                for each in found
            ]
        )
        return
    say(f"{count(len(found), 'technology', 'technologies')} reopened.")
    for each in found:
        for line in wrapped(
            f"{each.label}  {each.name}: {_standing(register, each.id)}", rest=" " * 8
        ):
            say(line)
