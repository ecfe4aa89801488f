"""The command that records a body's decision."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from horizon.cli.completing import (
    BODIES,
    DECISIONS,
    GATES,
    ITEMS,
    MEETINGS,
    OUTCOMES,
    PEOPLE,
    TECHNOLOGY,
)
from horizon.cli.decision_typed import completed, from_file, from_options
from horizon.cli.frame import Command, expect_option, json_option, session
from horizon.cli.output import print_json, say, wrapped
from horizon.cli.signing import signed, told_signature
from horizon.cli.typed import DAY
from horizon.model.decision import Decision
from horizon.model.wording import count, day
from horizon.model.words import Marking

FOLLOWED = click.Choice(["yes", "partly", "no"])

PARTS = [
    click.option(
        "--body", shell_complete=BODIES, help="The body. That of the meeting if not given."
    ),
    click.option("--gate", shell_complete=GATES, help="At which gate. The agenda's if not given."),
    click.option("--outcome", shell_complete=OUTCOMES, help="What it decided, from its own list."),
    click.option("--reasons", help="Why."),
    click.option(
        "--date", "decided_on", type=DAY, help="The meeting's day, or today, if not given."
    ),
    click.option("--meeting", shell_complete=MEETINGS, metavar="REF", help="Where it was decided."),
    click.option("--item", type=int, help="The item, where two are about it."),
    click.option("--chair", shell_complete=PEOPLE, metavar="NAME", help="Who decided alone."),
    click.option("--question", help="The question put. The gate's own unless given."),
    click.option("--option", "options", multiple=True, help="An option considered."),
    click.option("--legal-basis", help="The power and the condition relied on."),
    click.option("--proportionality", help="Why the end is worth the means."),
    click.option("--equality", help="Which equality information was looked at."),
    click.option("--dpo-advice", help="What the data protection officer advised."),
    click.option("--dpo-followed", type=FOLLOWED, help="Whether that was followed."),
    click.option("--dpo-why-not", help="Why not."),
    click.option("--independent-advice", help="What the independent advisers said."),
    click.option("--independent-followed", type=FOLLOWED, help="Whether that was followed."),
    click.option("--independent-why-not", help="Why not."),
    click.option("--trade-offs", help="What was weighed against what."),
    click.option(
        "--because",
        multiple=True,
        metavar="ITEM=REASON",
        shell_complete=ITEMS,
        help="Why, in view of a red line or blocker.",
    ),
    click.option(
        "--paper", "papers", multiple=True, metavar='"TITLE | VERSION | DATE"', help="A paper."
    ),
    click.option("--votes", metavar="3-1-0", help="In favour, against, abstained."),
    click.option(
        "--dissent", multiple=True, metavar='"NAME | REASON"', help='No name stands for "a member".'
    ),
    click.option(
        "--comment",
        "comments",
        multiple=True,
        metavar='"NAME | TEXT"',
        help="What an absent member wrote.",
    ),
    click.option(
        "--condition",
        "conditions",
        multiple=True,
        metavar='"TEXT | OWNER | DUE | EVIDENCE | BODY | IF MISSED"',
        help="A condition. The body that accepts it as met, and what happens if it is missed, can "
        "be left out.",
    ),
    click.option(
        "--override",
        "overrides",
        multiple=True,
        metavar='"ITEM | REASON | SIRO | UNTIL"',
        help="A blocker set aside, never a red line.",
    ),
    click.option("--effective", "effective_from", type=DAY, help="From when it takes effect."),
    click.option("--review-by", type=DAY, help="When it is looked at again."),
    click.option("--expires", "expires_on", type=DAY, help="The last day on which it holds."),
    click.option(
        "--supersedes",
        shell_complete=DECISIONS,
        metavar="NUMBER",
        help="The earlier decision it takes the place of.",
    ),
    click.option("--next-step", help="What comes next."),
    click.option("--summary", help="What may be published of it."),
    click.option(
        "--redact",
        "redactions",
        multiple=True,
        metavar='"PART | GROUND"',
        help="What is left out of that, and on what ground: FOIA s.31, LGA Sch 12A para 7.",
    ),
    click.option(
        "--marking",
        type=click.Choice([each.value for each in Marking]),
        help="Security classification. OFFICIAL unless given.",
    ),
]


def parts_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add an option for each part of a decision's record."""
    for option in reversed(PARTS):
        command = option(command)
    return command


@click.command(
    cls=Command,
    example="""horizon decide T-0005 --body AISG --gate G7 --chair "Grace Example" \\
  --outcome note --date 2026-11-20 --reasons "Small update, nothing changes"
horizon decide T-0013 --meeting AISG/2026-11-24 --outcome defer \\
  --reasons "The test plan is missing" --because LB1="Legal has not said"
horizon decide T-0029 --record decision.toml""",
)
@click.argument("ref", shell_complete=TECHNOLOGY)
@parts_options
@click.option(
    "--record",
    metavar="FILE",
    help="Read the record from a TOML file, or - for a pipe. What is given beside it counts.",
)
@expect_option
@json_option
def decide(ref: str, record: str | None, expect: int | None, as_json: bool, **given: Any) -> None:
    """Record a body's decision, with all that was on the table frozen into it.

    Options that take a text in quotes can be given again. A body with a quorum decides at a
    meeting, or its chair alone where the route allows.
    """
    register = session().register()
    held = from_file(record) if record else None
    values = completed(register, ref, from_options(given), held)
    decision = signed(register, register.decide(ref, expect=expect, **values))
    if as_json:
        print_json(decision)
    else:
        told_decision(decision)
        told_signature(register, decision)


def told_decision(decision: Decision) -> None:
    """Say that a decision was recorded, and what has to be known about it."""
    carrying = f", with {count(len(decision.conditions), 'condition')}"
    say(f"{decision.number} recorded{carrying if decision.conditions else ''}.")
    if decision.ratify_by is not None:
        say(f"It lapses unless a meeting ratifies it by {day(decision.ratify_by)}.")
    for flag in decision.flags:
        for line in wrapped(f"Flagged: {flag}", rest="  "):
            say(line)
