"""Commands about papers that have left, and about what papers are made of."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from horizon.cli.completing import RECORD, TEMPLATES
from horizon.cli.frame import Group, json_option, session
from horizon.cli.output import moment, print_json, print_table, say, wrapped
from horizon.model.wording import count

if TYPE_CHECKING:
    from horizon.papers.checking import Checked
    from horizon.papers.releasing import Waiting
    from horizon.register import Register


@click.group(cls=Group)
def papers() -> None:
    """Look after papers: their templates, what was issued, whether it is as it was."""


@papers.command("list", example="horizon papers list")
@json_option
def list_(as_json: bool) -> None:
    """List the templates that papers are made by."""
    from horizon.papers.template import shipped_templates

    found = [each.called for each in shipped_templates()]
    if as_json:
        print_json(found)
        return
    print_table(((each.id, each.about) for each in found), ("Template", "What the paper holds"))
    say("Copy one with: horizon papers show TEMPLATE > my-paper.toml")
    say("The record of a decision has none: nothing of it can be left out (horizon export record).")


@papers.command(example="horizon papers show board-paper")
@click.argument("template", shell_complete=TEMPLATES)
def show(template: str) -> None:
    """Print a template, to copy and change."""
    from horizon.papers.template import find_template

    click.echo(find_template(template).text, nl=False)


@papers.command(example="horizon papers parts")
def parts() -> None:
    """List the parts that a template may ask for, and the words in braces it may use."""
    from horizon.papers.parts import MEETING_PARTS, PARTS
    from horizon.papers.template import WORDS

    for title, known in (("Parts", PARTS), ("Parts of minutes", MEETING_PARTS)):
        say(title)
        _list({name: (part.__doc__ or "").split("\n\n")[0] for name, part in known.items()})
    say("Words in braces")
    _list({f"{{{name}}}": words for name, words in WORDS.items()})


def _list(said: Mapping[str, str]) -> None:
    for name, words in said.items():
        for line in wrapped(" ".join(words.split()), first=f"  {name:<19}", rest=" " * 21):
            say(line)


@papers.command(
    example="horizon export paper --body AISG --date 2026-12-08 -o checked.pdf\n"
    "horizon papers check checked.pdf"
)
@click.argument("file", type=click.Path(path_type=Path))
@json_option
def check(file: Path, as_json: bool) -> None:
    """Check that a file is as it was issued, and say what it came from.

    FILE may be a folder that an export made. Ends with 1 when it was changed, or was not issued
    from this register.
    """
    from horizon.papers.checking import check_file

    register = session().register()
    checked = check_file(register, file)
    if as_json:
        print_json(
            {
                "file": str(file),
                "as_issued": checked.is_as_issued,
                "faults": checked.faults,
                "paper": checked.paper,
                "line": checked.origin.line if checked.origin else None,
                "event": checked.origin.seq if checked.origin else None,
                "later_events": checked.origin.later if checked.origin else None,
            }
        )
    else:
        _say(register, checked)
    if not checked.is_as_issued:
        click.get_current_context().exit(1)


def _say(register: Register, checked: Checked) -> None:
    from horizon.papers.checking import issued_words
    from horizon.papers.items import moment as spoken

    said = "; ".join(checked.faults) or "it is as it was issued"
    lines = [f"{checked.path}: {said}."]
    if checked.paper is not None:
        lines += [*issued_words(register, checked.paper)]
    if checked.origin is not None:
        origin = checked.origin
        lines.append(
            f"It came from the register as of event {origin.seq} (line {origin.line} of the "
            f"journal), {spoken(origin.at)}."
        )
        since = count(origin.later, "event") if origin.later else "nothing"
        lines.append(f"Recorded since then: {since}, papers apart.")
    for line in lines:
        for each in wrapped(line, rest="  "):
            say(each)


ANSWERS = {"as-it-is": "r", "without-marked": "m", "keep-back": "k"}
"""What may be said of a text, and the letter for it."""


@papers.command(
    example="horizon papers release T-0018 --list\n"
    "horizon papers release T-0018 --answer as-it-is\n"
    "horizon papers release T-0018 --again --only problem --answer keep-back \\\n"
    "    --ground personal\n"
    "horizon papers release AISG/2026-11-24 --list"
)
@click.argument("refs", nargs=-1, required=True, shell_complete=RECORD)
@click.option("--list", "only_list", is_flag=True, help="Show the texts and ask nothing.")
@click.option("--only", metavar="PLACE", multiple=True, help="Only the texts at these places.")
@click.option("--again", is_flag=True, help="Also those that were released before.")
@click.option(
    "--answer",
    type=click.Choice([*ANSWERS]),
    help="Say this of every text shown, instead of being asked.",
)
@click.option("--ground", default="", help="Why something is left out, for --answer.")
@json_option
def release(
    refs: tuple[str, ...],
    only_list: bool,
    only: tuple[str, ...],
    again: bool,
    answer: str | None,
    ground: str,
    as_json: bool,
) -> None:
    """Read typed texts, and release them for public editions.

    Each text is shown with what looks like a name, an address or a case marked [[so]]. You say
    whether it may be published as it is, without what is marked, or not at all. That you released
    it is recorded. A text that changes later must be read again. REFS are technologies, and
    meetings whose minutes are to be published.
    """
    from horizon.papers.releasing import waiting

    register = session().register()
    for ref in refs:
        found = [
            each
            for each in waiting(register, ref, again=again)
            if not only or each.text.place.key in only
        ]
        if as_json:
            print_json([each.record for each in found])
            continue
        if not found:
            say(f"{register.label(register.record(ref).id)}: every text was read already.")
        for at, each in enumerate(found, 1):
            _show(each, f"{at} of {len(found)}")
            if not (only_list or answer):
                _ask(register, each)
        if answer and found and not only_list:
            how = ANSWERS[answer]
            texts = {each.text.place.key: each.released(how, ground) for each in found}
            register.release_texts(ref, texts)
            said = "kept back" if how == "k" else "released"
            say(f"{found[0].label}: {count(len(texts), 'text')} {said}.")


def _show(waiting: Waiting, place: str) -> None:
    say(f"{waiting.label} {waiting.text.place.words} ({place})")
    for line in wrapped(waiting.marked, first="  ", rest="  "):
        say(line)
    for what, text in waiting.looks:
        say(f"  Looks like: {what}: {text}")


def _ask(register: Register, waiting: Waiting) -> None:
    """Ask what may be done with a text, and on what ground something is left out; record it."""
    how = click.prompt(
        "  [r]elease as it is, without what is [m]arked, [k]eep back, or [s]kip",
        type=click.Choice(["r", "m", "k", "s"]),
        default="s",
        show_choices=False,
    )
    if how == "s":
        return
    ground = ""
    if how != "r":
        known = [each.id for each in waiting.rules.grounds]
        ground = click.prompt("  On what ground", type=click.Choice(known), default=known[0])
    released = waiting.released(how, ground)
    register.release_texts(waiting.subject, {waiting.text.place.key: released})
    say("  Kept back." if how == "k" else "  Released.")


@papers.command(example="horizon papers issued")
@json_option
def issued(as_json: bool) -> None:
    """List what was issued: papers and exports, newest first."""
    register = session().register()
    found = list(reversed(register.state.head.papers))
    if as_json:
        print_json(found)
        return
    if not found:
        say("Nothing was issued yet.")
        return
    rows = (
        (each.reference, each.what, each.format, each.edition, each.marking, moment(each.at))
        for each in found
    )
    print_table(rows, ("Reference", "What", "Format", "Edition", "Marking", "Issued"))
