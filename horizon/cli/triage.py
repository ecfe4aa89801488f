"""The command of the first look at signals."""

from __future__ import annotations

from datetime import date

import click

from horizon.cli.completing import TECHNOLOGY
from horizon.cli.frame import Command, expect_option, json_option, session
from horizon.cli.output import print_json, print_table, say
from horizon.cli.technologies import told
from horizon.cli.typed import DAY
from horizon.model.errors import BadInput
from horizon.model.headers import TriageHeader
from horizon.model.triage import Driver, Looked, Nature, Pestle, Verdict, suggested
from horizon.model.wording import day
from horizon.model.words import TimeHorizon
from horizon.register import Register

DEGREE = click.IntRange(1, 5)


@click.command(
    cls=Command,
    example="horizon triage\n"
    "horizon triage T-0029 --impact 4 --uncertainty 4 --pestle legal\n"
    "horizon triage T-0029 --undo",
)
@click.argument("ref", required=False, shell_complete=TECHNOLOGY)
@click.option("--impact", type=DEGREE, help="On the Policing Plan, 1 to 5.")
@click.option("--uncertainty", type=DEGREE, help="How unsure the signal is, 1 to 5.")
@click.option(
    "--verdict",
    type=click.Choice([each.value for each in Verdict]),
    help="What is done. From impact and uncertainty unless given.",
)
@click.option(
    "--mainstream",
    type=click.Choice([each.value for each in TimeHorizon]),
    help="When it could be in ordinary use.",
)
@click.option(
    "--nature",
    type=click.Choice([each.value for each in Nature]),
    default=Nature.OPPORTUNITY.value,
    show_default=True,
    help="What it is to the force.",
)
@click.option(
    "--pestle",
    multiple=True,
    type=click.Choice([each.value for each in Pestle]),
    metavar="SIDE",
    help=f"What it touches: {', '.join(Pestle)}.",
)
@click.option(
    "--driver",
    "drivers",
    multiple=True,
    type=click.Choice([each.value for each in Driver]),
    metavar="TREND",
    help="A trend of Future Operating Environment 2040 that drives it.",
)
@click.option("--trigger", default="", help="What would make us move, where it is watched.")
@click.option("--check", "check_on", type=DAY, help="The day of the next look. In half a year.")
@click.option("--note", default="", help="Why.")
@click.option("--undo", is_flag=True, help="Take the last look back.")
@expect_option
@json_option
def triage(
    ref: str | None,
    impact: int | None,
    uncertainty: int | None,
    verdict: str | None,
    mainstream: str | None,
    nature: str,
    pestle: tuple[str, ...],
    drivers: tuple[str, ...],
    trigger: str,
    check_on: date | None,
    note: str,
    undo: bool,
    expect: int | None,
    as_json: bool,
) -> None:
    """Record a first look at a signal, or list the signals that want one.

    Taking one forward (assess) needs two independent sources or an internal sponsor; suppliers
    alone are never enough. What is watched comes back on its day.
    """
    from horizon.register.signals import filled

    register = session().register()
    if ref is None:
        _list(register, as_json)
        return
    if undo:
        told(register.take_triage_back(ref, expect=expect), as_json, "the last look is taken back")
        return
    if impact is None or uncertainty is None:
        raise BadInput(
            "A first look says impact and uncertainty", do="Give --impact and --uncertainty, 1 to 5"
        )
    looked = Looked(
        verdict=Verdict(verdict) if verdict else suggested(impact, uncertainty),
        impact=impact,
        uncertainty=uncertainty,
        mainstream=TimeHorizon(mainstream) if mainstream else None,
        nature=Nature(nature),
        pestle=tuple(map(Pestle, pestle)),
        drivers=tuple(map(Driver, drivers)),
        trigger=trigger,
        check_on=check_on,
        note=note,
    )
    technology = register.whole(register.header(ref).id)
    looked = filled(looked, technology, register.today)
    made = register.triage(ref, looked, expect=expect)
    until = f" until {day(looked.check_on)}; moved by: {looked.trigger}" if looked.check_on else ""
    told(made, as_json, f"{looked.verdict}{until}")


def _list(register: Register, as_json: bool) -> None:
    from horizon.register.signals import lacking, queue

    headers = [register.state.technologies.header(each) for each in queue(register)]
    if as_json:
        print_json(
            [
                {
                    "label": each.label,
                    "name": each.name,
                    "since": each.stage_since,
                    "check_on": each.triage.check_on if each.triage else None,
                    "trigger": each.triage.trigger if each.triage else "",
                    "lacking": lacking(register, each.id),
                }
                for each in headers
            ]
        )
        return
    if not headers:
        say("No signal wants a look today.")
        return
    rows = [
        (
            each.label,
            each.name,
            _next_look(each.triage),
            lacking(register, each.id) or "nothing",
        )
        for each in headers
    ]
    print_table(rows, ("Label", "Name", "Next look", "Lacks, to be taken forward"))


def _next_look(looked: TriageHeader | None) -> str:
    if looked is None:
        return "not yet looked at"
    return day(looked.check_on) if looked.check_on else "no day set"
