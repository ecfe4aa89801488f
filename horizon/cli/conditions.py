"""Commands about the conditions that decisions carry."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from horizon.cli.completing import BODIES, TECHNOLOGY
from horizon.cli.frame import Group, expect_option, json_option, session
from horizon.cli.output import print_json, say, table, wrapped
from horizon.cli.route import body_of
from horizon.cli.technologies import told
from horizon.cli.typed import DAY
from horizon.model.wording import day
from horizon.register import Register
from horizon.register.conditions import open_conditions


@click.group(cls=Group)
def condition() -> None:
    """List conditions, and record that one was met, or was not after all."""


@condition.command("list", example="horizon condition list")
@click.argument("ref", required=False, shell_complete=TECHNOLOGY)
@click.option("--overdue", is_flag=True, help="Only those that are overdue.")
@json_option
def list_conditions(ref: str | None, overdue: bool, as_json: bool) -> None:
    """List the conditions that are not discharged, soonest first, and who accepts them as met.

    Without a technology, those of all that have not left the route.
    """
    register = session().register()
    headers = [register.header(ref)] if ref else None
    found: list[dict[str, Any]] = [
        {
            "label": each.technology.label,
            "name": each.technology.name,
            "decision": each.decision.number,
            "number": each.condition.number,
            "text": each.condition.text,
            "owner": each.owner,
            "discharged_by": each.condition.discharged_by or each.decision.body,
            "if_missed": each.condition.if_missed,
            "due": each.condition.due,
            "overdue": each.overdue,
        }
        for each in open_conditions(register, headers)
        if each.overdue or not overdue
    ]
    if as_json:
        print_json(found)
        return
    if not found:
        say("No condition is open.")
        return
    rows = [
        (
            f"{day(each['due'])}{', overdue' if each['overdue'] else ''}",
            str(each["decision"]),
            str(each["number"]),
            str(each["label"]),
            str(each["text"]),
            str(each["owner"]),
        )
        for each in found
    ]
    drawn = table(rows, ("Due", "Decision", "No", "Label", "Condition", "Owner"))
    say(next(drawn))
    for each, line in zip(found, drawn, strict=True):
        say(line)
        missed = f" If it is missed: {each['if_missed']}" if each["if_missed"] else ""
        for more in wrapped(f"{_accepts(register, each)}.{missed}", first="  ", rest="    "):
            say(more)


def _accepts(register: Register, condition: dict[str, Any]) -> str:
    """Which body is to accept an open condition as met."""
    body = register.framework.route.body(condition["discharged_by"])
    return f"To be accepted as met by the {body.name if body else condition['discharged_by']}"


@condition.command(
    "discharge",
    example="horizon condition discharge T-0019 AISG/2026/004 1 --body AISG \\\n  --evidence E1",
)
@click.argument("ref", shell_complete=TECHNOLOGY)
@click.argument("decision")
@click.argument("number", type=int)
@click.option("--body", required=True, shell_complete=BODIES, help="The body that accepts it.")
@click.option("--on", "on_", type=DAY, help="The day it was met. Today unless given.")
@click.option("--evidence", multiple=True, metavar="E1", help="What shows it.")
@click.option("--note", default="", help="Anything worth adding.")
@expect_option
@json_option
def discharge(
    ref: str,
    decision: str,
    number: int,
    body: str,
    on_: date | None,
    evidence: tuple[str, ...],
    note: str,
    expect: int | None,
    as_json: bool,
) -> None:
    """Record that a condition was met, accepted by a body on evidence."""
    register = session().register()
    technology = register.discharge(
        ref,
        decision=decision,
        condition=number,
        body=body_of(register.framework, body).id,
        on=on_ or register.today,
        evidence=evidence,
        note=note,
        expect=expect,
    )
    told(technology, as_json, f"condition {number} of {decision} discharged")


@condition.command(
    "not-met",
    example="horizon condition not-met T-0019 AISG/2026/004 1 \\\n"
    '  --reason "The report is about another system"',
)
@click.argument("ref", shell_complete=TECHNOLOGY)
@click.argument("decision")
@click.argument("number", type=int)
@click.option("--reason", required=True, help="Why it was not met after all.")
@expect_option
@json_option
def not_met(
    ref: str, decision: str, number: int, reason: str, expect: int | None, as_json: bool
) -> None:
    """Record that a condition recorded as met was not met after all: it is open again."""
    technology = (
        session()
        .register()
        .take_discharge_back(ref, decision=decision, condition=number, reason=reason, expect=expect)
    )
    told(technology, as_json, f"condition {number} of {decision} is open again")
