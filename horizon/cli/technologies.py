"""Commands about what a technology is."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from horizon.cli.completing import KINDS, TECHNOLOGY, facts_and_values
from horizon.cli.frame import Command, expect_option, json_option, session
from horizon.cli.output import print_json, print_table, say, warn
from horizon.cli.typed import DAY, object_in, pairs, text_of
from horizon.model.errors import BadInput
from horizon.model.technology import Details, Sighting, Technology
from horizon.model.words import Marking, Posture, Regime, SourceType, TimeHorizon
from horizon.register import Register
from horizon.register.inputs import checked
from horizon.register.near_names import slips

SOURCE_TYPES = [each.value for each in SourceType]

DETAILS = [
    click.option(
        "--kind",
        type=click.Choice(KINDS),
        metavar="KIND",
        help=f"What sort of technology it is: {', '.join(KINDS)}.",
    ),
    click.option("--summary", help="What it does, in a sentence or two."),
    click.option("--problem", help="The problem it would solve."),
    click.option("--supplier", help="Who supplies it."),
    click.option("--owner", help="The person in the force who owns the proposal."),
    click.option("--alias", "aliases", multiple=True, help="Another name. Can be given again."),
    click.option("--tag", "tags", multiple=True, help="A word to find it by. Can be given again."),
    click.option(
        "--horizon",
        "time_horizon",
        type=click.Choice([each.value for each in TimeHorizon]),
        help="When it could be in ordinary use.",
    ),
    click.option("--trl", type=click.IntRange(1, 9), help="Technology readiness level."),
    click.option(
        "--posture",
        type=click.Choice([each.value for each in Posture]),
        help="What the force does about it.",
    ),
    click.option(
        "--regime",
        type=click.Choice([each.value for each in Regime]),
        help="The data-protection regime.",
    ),
    click.option(
        "--marking",
        type=click.Choice([each.value for each in Marking]),
        help="Its security classification.",
    ),
]


def details_options(command: Any) -> Any:
    """Add an option for each detail."""
    for option in reversed(DETAILS):
        command = option(command)
    return command


def given(values: dict[str, Any]) -> dict[str, Any]:
    """The options that were used."""
    return {key: value for key, value in values.items() if value not in (None, ())}


def told(technology: Technology, as_json: bool, done: str) -> None:
    """Print the technology that a command changed."""
    if as_json:
        from horizon.register.views import sealed

        print_json(sealed(technology))
    else:
        say(f"{technology.label} {technology.name}: {done}.")


@click.command(
    cls=Command,
    example="""horizon add "Voice stress analysis" --kind ai --owner "Asha Example" \\
  --source "Trade press" --source-type media --url https://example.org/voice
echo \'{"name": "Gait analysis", "trl": 4}\' | horizon add --from-json -""",
)
@click.argument("name", required=False)
@details_options
@click.option("--source", help="Where it was seen.")
@click.option(
    "--source-type",
    type=click.Choice(SOURCE_TYPES),
    metavar="TYPE",
    default="other",
    show_default=True,
    help=f"What sort of source that is: {', '.join(SOURCE_TYPES)}.",
)
@click.option("--seen", type=DAY, help="The day it was seen. Today unless given.")
@click.option("--url", default="", help="A link to the source.")
@click.option("--different-because", default="", help="Why it is not the one of the same name.")
@click.option("--from-json", metavar="FILE", help="Read the details from a file, or - for a pipe.")
@json_option
def add(
    name: str | None,
    source: str | None,
    source_type: str,
    seen: date | None,
    url: str,
    different_because: str,
    from_json: str | None,
    as_json: bool,
    **details: Any,
) -> None:
    """Propose a technology.

    The details can come from a JSON object with the same names as --json prints. What is given
    on the command line counts before it.
    """
    values = given(details)
    if from_json:
        values = {**object_in(text_of(from_json), from_json), **values}
    if name:
        values["name"] = name
    if not values.get("name"):
        raise BadInput("The technology has no name", do='Write it as: horizon add "NAME"')
    register = session().register()
    sighting = _seen(register, source, source_type, seen, url=url) if source else None
    like = _like(register, str(values.get("name", "")), str(values.get("supplier", "")))
    owner = values.pop("owner", "") or ""
    checked(Details, {"name": "", **values})
    new = slips(register, [_name(owner)])
    technology = register.propose(
        sighting=sighting,
        duplicate_reason=different_because,
        owner=_name(owner),
        **{"name": "", **values},
    )
    told(technology, as_json, "proposed")
    for each in new:
        warn(each)
    if like:
        warn(f"It may be here already: {', '.join(like)}. See: horizon show {like[0].split()[0]}")


def _seen(
    register: Register, source: str, source_type: str, on: date | None, **more: str
) -> Sighting:
    """A source where it was seen, today unless given."""
    said = {"source": source, "source_type": source_type, "seen_on": on or register.today, **more}
    return checked(Sighting, said)


def _like(register: Register, name: str, supplier: str) -> list[str]:
    """What the register already holds that this may be, with why."""
    from horizon.register.likely import alike

    header = register.state.technologies.header
    return [
        f"{header(key).label} {header(key).name} ({why})"
        for key, _, why in alike(register, name, supplier)
    ]


def _name(owner: Any) -> str:
    if not isinstance(owner, str):
        raise BadInput("owner is not the name of a person", do='Write "owner": "Asha Example"')
    return owner


@click.command(
    cls=Command,
    example='horizon legacy "Case search" --since 2019 --authority "Bought by IT" \\\n'
    "  --review-by 2027-06-30",
)
@click.argument("name")
@details_options
@click.option("--since", required=True, help="When its use began.")
@click.option("--authority", default="", help="On whose authority it came into use.")
@click.option("--known", default="", help="What is known of its assessment.")
@click.option("--review-by", type=DAY, required=True, help="The day by which it is reviewed.")
@json_option
def legacy(
    name: str,
    since: str,
    authority: str,
    known: str,
    review_by: date,
    as_json: bool,
    **details: Any,
) -> None:
    """Enter a technology that is already in use."""
    technology = (
        session()
        .register()
        .enter_legacy(
            name=name,
            in_use_since=since,
            authority=authority,
            known=known,
            review_by=review_by,
            **given(details),
        )
    )
    told(technology, as_json, "entered as in use, with no recorded approval")


@click.command(
    cls=Command,
    example='horizon sight T-0013 "Trade press" --type media --title "A trial abroad"',
)
@click.argument("ref", shell_complete=TECHNOLOGY)
@click.argument("source")
@click.option(
    "--type",
    "source_type",
    type=click.Choice(SOURCE_TYPES),
    metavar="TYPE",
    default="other",
    show_default=True,
    help=f"What sort of source it is: {', '.join(SOURCE_TYPES)}.",
)
@click.option("--seen", type=DAY, help="The day it was seen. Today unless given.")
@click.option("--title", default="", help="What the source is called.")
@click.option("--url", default="", help="A link to it.")
@click.option("--note", default="", help="Anything worth adding.")
@expect_option
@json_option
def sight(
    ref: str,
    source: str,
    source_type: str,
    seen: date | None,
    title: str,
    url: str,
    note: str,
    expect: int | None,
    as_json: bool,
) -> None:
    """Add a dated source where a technology was seen."""
    register = session().register()
    sighting = _seen(register, source, source_type, seen, title=title, url=url, note=note)
    told(register.add_sighting(ref, sighting, expect=expect), as_json, "sighting added")


CLEARED: dict[str, Any] = {
    "aliases": (),
    "tags": (),
    "summary": "",
    "problem": "",
    "supplier": "",
    "owner": None,
    "time_horizon": None,
    "trl": None,
    "posture": None,
}
"""What an emptied detail holds."""


@click.command(
    cls=Command,
    example='horizon amend T-0013 --trl 7 --reason "A trial abroad"\n'
    "horizon amend T-0013 --clear supplier",
)
@click.argument("ref", shell_complete=TECHNOLOGY)
@click.option("--name", help="Its name.")
@details_options
@click.option("--clear", multiple=True, type=click.Choice(list(CLEARED)), help="Empty a detail.")
@click.option("--reason", default="", help="Why it changes.")
@expect_option
@json_option
def amend(
    ref: str,
    clear: tuple[str, ...],
    reason: str,
    expect: int | None,
    as_json: bool,
    **details: Any,
) -> None:
    """Change details of a technology.

    Aliases that are given take the place of those it had.
    """
    changes = {each: CLEARED[each] for each in clear} | given(details)
    if not changes:
        raise BadInput("Nothing to change was given", do="See horizon amend --help")
    register = session().register()
    new = slips(register, [changes.get("owner") or ""])
    technology = register.amend(ref, changes, reason=reason, expect=expect)
    for each in new:
        warn(each)
    told(technology, as_json, "amended")


@click.command(
    cls=Command,
    example="horizon facts T-0029\nhorizon facts T-0029 biometric=yes generative=no --all unknown",
)
@click.argument("ref", shell_complete=TECHNOLOGY)
@click.argument("changes", nargs=-1, shell_complete=facts_and_values, metavar="[FACT=VALUE]...")
@click.option(
    "--all",
    "rest",
    type=click.Choice(["yes", "no", "unknown"]),
    help="Set every fact nobody has set yet to this.",
)
@click.option("--note", default="", help="Where this is known from.")
@expect_option
@json_option
def facts(
    ref: str,
    changes: tuple[str, ...],
    rest: str | None,
    note: str,
    expect: int | None,
    as_json: bool,
) -> None:
    """Set facts to yes, no or unknown, or show them."""
    register = session().register()
    technology = register.technology(ref)
    names = register.framework.fact_names
    wanted = pairs(changes, "fact")
    if rest:
        wanted = {each: rest for each in names if each not in technology.facts} | wanted
    if wanted:
        technology = register.set_facts(ref, wanted, note=note, expect=expect)
        told(technology, as_json, f"tier {register.reading(technology.id).tier.tier}")
        return
    values = {each: technology.facts.get(each) for each in names}
    if as_json:
        print_json({each.value: value for each, value in values.items()})
        return
    rows = [(each.value, value or "not set", names[each]) for each, value in values.items()]
    print_table(rows, ("Fact", "Value", "Name"))


@click.command(cls=Command, example='horizon review T-0013 2027-03-31 --reason "Next trial report"')
@click.argument("ref", shell_complete=TECHNOLOGY)
@click.argument("by", type=DAY)
@click.option("--reason", default="", help="Why then.")
@expect_option
@json_option
def review(ref: str, by: date, reason: str, expect: int | None, as_json: bool) -> None:
    """Set the day by which a technology is looked at again."""
    technology = session().register().set_review(ref, by, reason=reason, expect=expect)
    told(technology, as_json, f"review by {by}")


@click.command(cls=Command, example='horizon withdraw T-0028 --reason "No longer needed"')
@click.argument("ref", shell_complete=TECHNOLOGY)
@click.option("--reason", required=True, help="Why it is withdrawn.")
@expect_option
@json_option
def withdraw(ref: str, reason: str, expect: int | None, as_json: bool) -> None:
    """Take a technology off the route."""
    told(session().register().withdraw(ref, reason=reason, expect=expect), as_json, "withdrawn")


@click.command(
    cls=Command, example='horizon supersede T-0026 T-0015 --reason "One assistant does both"'
)
@click.argument("ref", shell_complete=TECHNOLOGY)
@click.argument("successor", shell_complete=TECHNOLOGY)
@click.option("--reason", required=True, help="Why it is superseded.")
@expect_option
@json_option
def supersede(ref: str, successor: str, reason: str, expect: int | None, as_json: bool) -> None:
    """Record that another technology takes this one's place."""
    register = session().register()
    technology = register.supersede(ref, successor, reason=reason, expect=expect)
    told(technology, as_json, "superseded")
