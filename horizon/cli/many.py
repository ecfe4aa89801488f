"""The command that changes one thing on many technologies."""

from __future__ import annotations

import click

from horizon.cli.completing import TECHNOLOGY
from horizon.cli.frame import json_option, session
from horizon.cli.looking import ListCommand, query_of
from horizon.cli.output import print_json, say
from horizon.model.errors import BadInput
from horizon.model.wording import count
from horizon.register import Register
from horizon.register.desk import resolve
from horizon.register.many import FIELDS, ManyEdit, Planned, Way, edit_of, preview


@click.command(
    "amend-many",
    cls=ListCommand,
    example='horizon amend-many kind:ai -stage:signal --set owner="Asha Example"\n'
    "horizon amend-many kind:ai --add tags=2027-plan --yes\n"
    "horizon amend-many --ref T-0002 --ref T-0005 --set fact:trial=no --yes\n"
    "horizon undo",
)
@click.argument("words", nargs=-1)
@click.option(
    "--ref", "refs", multiple=True, shell_complete=TECHNOLOGY, help="One of them. Can be repeated."
)
@click.option(
    "--set",
    "set_",
    metavar="FIELD=VALUE",
    help=f"What it becomes: {', '.join(FIELDS)}, or fact:NAME. No value empties it.",
)
@click.option("--add", metavar="tags=WORDS", help="Tags to add, between commas.")
@click.option("--remove", metavar="tags=WORDS", help="Tags to take away.")
@click.option("--reason", default="", help="Why it changes.")
@click.option("--yes", is_flag=True, help="Do it. Without, it is shown and nothing is changed.")
@json_option
def amend_many(
    words: tuple[str, ...],
    refs: tuple[str, ...],
    set_: str | None,
    add: str | None,
    remove: str | None,
    reason: str,
    yes: bool,
    as_json: bool,
) -> None:
    """Change one thing on many technologies, as one step that `horizon undo` takes back.

    WORDS are words and filters as `horizon list` reads them; --ref names technologies one by one.
    What would change is shown; --yes does it. Ends with 1 when a rule leaves one as it is.
    """
    register = session().register()
    edit = _edit(set_, add, remove)
    planned = preview(register, _found(register, words, refs), edit)
    changed = register.change_many(edit, planned, reason=reason) if yes else []
    if as_json:
        _say_json(edit, planned, bool(changed))
    else:
        _say(edit, planned, yes)
    if any(each.left for each in planned):
        click.get_current_context().exit(1)


def _edit(set_: str | None, add: str | None, remove: str | None) -> ManyEdit:
    given = {Way.SET: set_, Way.ADD: add, Way.REMOVE: remove}
    asked = [(way, text) for way, text in given.items() if text is not None]
    if len(asked) != 1:
        raise BadInput("One thing is changed at a time", do="Give one of --set, --add and --remove")
    way, text = asked[0]
    field, sign, value = text.partition("=")
    if not sign:
        raise BadInput(f"{text!r} says no value", do=f"Write it as --{way} FIELD=VALUE")
    return edit_of(field, value, way)


def _found(register: Register, words: tuple[str, ...], refs: tuple[str, ...]) -> list[str]:
    """The ids of what was asked for: what is named, then what fits the search."""
    from horizon.register.finding import find

    if not words and not refs:
        raise BadInput(
            "Nothing says which technologies are meant",
            do="Give words and filters as for horizon list, or --ref REF",
        )
    found = [resolve(register.state, each) for each in refs]
    if words:
        found += [each.id for each in find(register, query_of(words)).headers]
    if not found:
        raise BadInput("No technology fits", do="See what does with: horizon list WORDS")
    return found


def _say(edit: ManyEdit, planned: list[Planned], done: bool) -> None:
    for each in planned:
        say(f"{each.label} {each.name}: {line_of(each)}")
    changes = sum(each.changes for each in planned)
    left = sum(bool(each.left) for each in planned)
    would = "" if done else " would be"
    said = f"{edit.words}. {count(changes, 'technology', 'technologies')}{would} changed"
    said += f", {len(planned) - changes - left} as they are already"
    say(f"{said}, {left} left as they are." if left else f"{said}.")
    if changes:
        say("Take it back as one with: horizon undo" if done else "Do it with: --yes")


def line_of(each: Planned) -> str:
    """What becomes of one technology."""
    if each.left:
        return f"left as it is, because {each.left}"
    if not each.changes:
        return f"is {each.before or 'empty'} already"
    return f"{each.before or 'empty'} becomes {each.after or 'empty'}"


def _say_json(edit: ManyEdit, planned: list[Planned], done: bool) -> None:
    print_json(
        {
            "change": edit.words,
            "done": done,
            "technologies": [
                {
                    "id": each.id,
                    "label": each.label,
                    "name": each.name,
                    "before": each.before,
                    "after": each.after,
                    "changes": each.changes,
                    "left": each.left,
                }
                for each in planned
            ],
        }
    )
