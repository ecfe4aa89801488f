"""Commands of the route: gates and moves."""

from __future__ import annotations

import click

from horizon.cli.completing import GATES, STAGES, TECHNOLOGY
from horizon.cli.frame import Command, expect_option, json_option, session
from horizon.cli.output import print_json, say
from horizon.cli.technologies import told
from horizon.framework.route import Body
from horizon.framework.schema import Framework
from horizon.register.inputs import one_of


def body_of(framework: Framework, name: str) -> Body:
    """The body of this id, name or abbreviation. Raises `BadInput` that lists them."""
    wanted = name.strip().casefold()
    for body in framework.route.bodies:
        if wanted in (body.id, body.name.casefold(), body.abbreviation.casefold()):
            return body
    one_of(name, [each.name for each in framework.route.bodies], "body")
    raise AssertionError("unreachable")


def stage_id(framework: Framework, name: str) -> str:
    """The id of a stage given by id or name. Raises `BadInput` that lists them."""
    wanted = name.strip().casefold()
    for stage in framework.route.stages:
        if wanted in (stage.id, stage.name.casefold()):
            return stage.id
    return one_of(name, [each.id for each in framework.route.stages], "stage")


def outcome_id(body: Body, name: str) -> str:
    """The id of a body's outcome given by id or name. Raises `BadInput` that lists them."""
    wanted = name.strip().casefold()
    for outcome in body.outcomes:
        if wanted in (outcome.id, outcome.name.casefold()):
            return outcome.id
    return one_of(name, [each.id for each in body.outcomes], f"possible outcome of {body.name}")


@click.command(cls=Command, example="horizon gate T-0013\nhorizon gate T-0013 G2 --json")
@click.argument("ref", shell_complete=TECHNOLOGY)
@click.argument("gate", required=False, shell_complete=GATES)
@json_option
def gate(ref: str, gate: str | None, as_json: bool) -> None:
    """Show what a gate finds: what is there, what is missing, who can supply it.

    Without a gate, those at which the technology can be decided on now.
    """
    from horizon.cli.printing import gate_text

    register = session().register()
    technology = register.technology(ref)
    wanted = [gate.upper()] if gate else list(register.gates_here(technology.id))
    readings = [register.gate(technology.id, each) for each in wanted]
    if as_json:
        print_json(
            [
                {
                    "gate": each.gate.id,
                    "passes": each.passes,
                    "findings": [
                        {
                            "need": f.need,
                            "text": f.text,
                            "met": f.met,
                            "detail": f.detail,
                            "who": f.who,
                        }
                        for f in each.findings
                    ],
                }
                for each in readings
            ]
        )
        return
    if not readings:
        say(f"No body decides on {technology.label} at stage {technology.stage}.")
    for number, reading in enumerate(readings):
        if number:
            say()
        for line in gate_text(reading):
            say(line)


@click.command(cls=Command, example='horizon move T-0005 suspended --reason "A fault in an update"')
@click.argument("ref", shell_complete=TECHNOLOGY)
@click.argument("stage", shell_complete=STAGES)
@click.option("--reason", default="", help="Why it moves.")
@expect_option
@json_option
def move(ref: str, stage: str, reason: str, expect: int | None, as_json: bool) -> None:
    """Move a technology along the route, if the gate on the way lets it through."""
    register = session().register()
    to = stage_id(register.framework, stage)
    technology = register.move(ref, to, reason=reason, expect=expect)
    told(technology, as_json, f"now at {technology.stage}")
