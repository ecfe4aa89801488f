"""The measures that the strategy asks for."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from horizon.cli.frame import Command, json_option, session
from horizon.cli.output import print_json, print_table, say
from horizon.cli.typed import DAY
from horizon.model.wording import day

YES, NO = "yes", "no"


@click.command(cls=Command, example="horizon measure --from 2026-01-01 --to 2026-12-31")
@click.option("--from", "first", type=DAY, help="The first day. 1 April before it unless given.")
@click.option("--to", "last", type=DAY, help="The last day. Today unless given.")
@json_option
def measure(first: date | None, last: date | None, as_json: bool) -> None:
    """Count the strategy's objective 4 measure: submissions to the Strategic Change Board.

    Says how many carried a scored assessment, evidence of grade C or better, an evaluation plan,
    and how many have been evaluated since.
    """
    from horizon.register.measures import WORDS, financial_year, objective_4

    register = session().register()
    until = last or register.today
    found = objective_4(register, first or financial_year(until), until)
    if as_json:
        print_json({"first": found.first, "last": found.last, **found.counts,
                    "each": found.submissions})  # fmt: skip
        return
    say(f"From {day(found.first)} to {day(found.last)}")
    for name, number in found.counts.items():
        say(f"  {number:>4}  {WORDS[name]}")
    if found.submissions:
        say()
        rows: list[Any] = [
            (each.number, f"{each.label} {each.name}", _marks(each)) for each in found.submissions
        ]
        print_table(rows, ("Decision", "Technology", "Scored, evidence, plan, evaluated"))


def _marks(each: Any) -> str:
    held = (each.scored, each.evidenced, each.evaluation_planned, each.evaluated)
    return ", ".join(YES if one else NO for one in held)
