"""Commands about entries that may be the same: list, merge, tell apart."""

from __future__ import annotations

import click

from horizon.cli.completing import TECHNOLOGY
from horizon.cli.frame import Group, expect_option, json_option, session
from horizon.cli.output import print_json, say, wrapped
from horizon.cli.technologies import told
from horizon.model.wording import count


@click.group(cls=Group, invoke_without_command=True)
@click.pass_context
def duplicates(context: click.Context) -> None:
    """List, merge and tell apart entries that may be the same. Without a command, lists them."""
    if context.invoked_subcommand is None:
        context.invoke(list_duplicates, ref=None, most=None, as_json=False)


@duplicates.command("list", example="horizon duplicates\nhorizon duplicates list T-0013 --json")
@click.argument("ref", required=False, shell_complete=TECHNOLOGY)
@click.option("--most", type=click.IntRange(min=1), help="Only so many, the likeliest.")
@json_option
def list_duplicates(ref: str | None, most: int | None, as_json: bool) -> None:
    """List entries that may be the same, likeliest first, with why.

    With REF, those that may be the same as one technology. Nothing is merged by itself.
    """
    from horizon.register.likely import suggestions

    register = session().register()
    wanted = register.header(ref).id if ref else None
    found = [each for each in suggestions(register) if wanted in (None, each.first, each.second)][
        :most
    ]
    header = register.state.technologies.header
    if as_json:
        print_json(
            [
                {
                    "first": {"label": header(each.first).label, "name": header(each.first).name},
                    "second": {
                        "label": header(each.second).label,
                        "name": header(each.second).name,
                    },
                    "score": each.score,
                    "reasons": each.reasons,
                }
                for each in found
            ]
        )
        return
    for each in found:
        first, second = header(each.first), header(each.second)
        say(f"{each.score:>3}  {first.label} {first.name}")
        say(f"     {second.label} {second.name}")
        for reason in each.reasons:
            for line in wrapped(reason, first=" " * 9, rest=" " * 9):
                say(line)
    if not found:
        say("No two entries look the same.")
        return
    say(f"{count(len(found), 'pair')}. Decide on each with one of:")
    say("  horizon duplicates merge LABEL INTO --reason REASON")
    say("  horizon duplicates different LABEL OTHER")


@duplicates.command(example='horizon duplicates merge T-0028 T-0012 --reason "One product"')
@click.argument("ref", shell_complete=TECHNOLOGY)
@click.argument("into", shell_complete=TECHNOLOGY)
@click.option("--reason", required=True, help="How you know that they are one.")
@expect_option
@json_option
def merge(ref: str, into: str, reason: str, expect: int | None, as_json: bool) -> None:
    """Record that one entry is another: REF leaves the route, INTO stays.

    Both keep their history, evidence and sightings. The names and the label of REF become names
    of INTO. An entry with decisions never goes. It can be undone.
    """
    register = session().register()
    label = register.header(ref).label
    stays = register.merge(ref, into, reason=reason, expect=expect)
    told(stays, as_json, f"{label} is merged into it")


@duplicates.command(example='horizon duplicates unmerge T-0028 --reason "Two versions"')
@click.argument("ref", shell_complete=TECHNOLOGY)
@click.option("--reason", required=True, help="Why they are two after all.")
@expect_option
@json_option
def unmerge(ref: str, reason: str, expect: int | None, as_json: bool) -> None:
    """Undo a merge: the entry stands again where it stood before."""
    told(
        session().register().unmerge(ref, reason=reason, expect=expect),
        as_json,
        "it stands for itself again",
    )


@duplicates.command(
    example='horizon duplicates different T-0012 T-0028 --reason "Two makers"\n'
    "horizon duplicates different T-0012 T-0028 --undo",
)
@click.argument("ref", shell_complete=TECHNOLOGY)
@click.argument("other", shell_complete=TECHNOLOGY)
@click.option("--reason", default="", help="How they differ.")
@click.option("--undo", is_flag=True, help="Leave it open again.")
@json_option
def different(ref: str, other: str, reason: str, undo: bool, as_json: bool) -> None:
    """Record that two entries are two technologies, however alike they look.

    They are not pointed out as possible duplicates any more.
    """
    register = session().register()
    if undo:
        made, done = register.take_difference_back(ref, other), "it is open again whether"
    else:
        made, done = register.mark_different(ref, other, reason=reason), "it is not the same as"
    told(made, as_json, f"{done} {register.header(other).label}{' is the same' if undo else ''}")
