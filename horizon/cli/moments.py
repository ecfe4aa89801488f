"""Commands about other moments: what changed between two of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from horizon.cli.completing import TECHNOLOGY
from horizon.cli.frame import Command, json_option, session
from horizon.cli.output import print_json, say, wrapped

if TYPE_CHECKING:
    from horizon.register import Register
    from horizon.register.differing import TechnologyDiff


def register_at(text: str) -> Register:
    """The register as at a moment that somebody typed; the present for today."""
    from horizon.register.as_at import Archive, moment_of

    register = session().register()
    moment = moment_of(text, register.today)
    if moment is None:
        return register
    past = Archive(register).at(moment)
    assert past is not None
    return past


@click.command(
    cls=Command,
    example="horizon diff --from 2026-06-30 --to 2026-11-01\nhorizon diff T-0019 --from 2026-06-30",
)
@click.argument("ref", required=False, shell_complete=TECHNOLOGY)
@click.option(
    "--from", "start", required=True, metavar="MOMENT", help="A date, or an event's number."
)
@click.option(
    "--to", "end", default="today", metavar="MOMENT", help="The same. Today unless given."
)
@json_option
def diff(ref: str | None, start: str, end: str, as_json: bool) -> None:
    """Say what changed between two moments, of one technology or of all.

    MOMENT is a date, an event's number, or words such as "3 weeks ago". A day counts to its end.
    """
    from horizon.register.differing import difference, summed_up, technology_diff

    before, after = register_at(start), register_at(end)
    if before.state.head.seq > after.state.head.seq or before.today > after.today:
        before, after = after, before
    if ref is not None:
        found = summed_up(before, after, [technology_diff(before, after, after.header(ref).id)])
    else:
        found = difference(before, after)
    if as_json:
        print_json(
            {
                "from": {"day": before.today, "event": before.state.head.seq},
                "to": {"day": after.today, "event": after.state.head.seq},
                "register": found.register if ref is None else [],
                "technologies": [
                    {
                        "id": each.id,
                        "label": each.label,
                        "name": each.name,
                        "sort": each.sort,
                        "changes": each.changes,
                    }
                    for each in found.technologies
                ],
                "unchanged": found.unchanged,
            }
        )
        return
    for line in wrapped(f"From {_said(before)} to {_said(after)}: {found.words}."):
        say(line)
    if ref is None:
        for line in found.register:
            _say_line(line)
    for each in found.technologies:
        _say_technology(each)


def _said(register: Register) -> str:
    from horizon.model.wording import day

    return f"{day(register.today)} (event {register.state.head.seq})"


def _say_technology(each: TechnologyDiff) -> None:
    say()
    sort = f" ({each.sort})" if each.sort != "changed" else ""
    for line in wrapped(f"{each.label} {each.name}{sort}", rest="  "):
        say(line)
    for change in each.changes:
        _say_line(change)


def _say_line(text: str) -> None:
    for line in wrapped(text, first="  ", rest="    "):
        say(line)
