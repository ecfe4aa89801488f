"""Commands about the framework: check, show, adopt, draft from a checklist."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from horizon.cli.completing import BODIES
from horizon.cli.frame import Group, json_option, session
from horizon.cli.output import print_json, say, wrapped
from horizon.cli.route import body_of
from horizon.cli.typed import DAY, content_of
from horizon.model.wording import count

if TYPE_CHECKING:
    from horizon.register.changing import Effects


@click.group(cls=Group)
def criteria() -> None:
    """Check, show, adopt and draft a framework."""


@criteria.command(example="horizon criteria check\nhorizon criteria check my-criteria")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@json_option
def check(folder: Path | None, as_json: bool) -> None:
    """Check the files of a framework; without a folder, those that came with Horizon.

    Ends with 1 and a line for each mistake when there is one.
    """
    from horizon.framework.loading import load, problems, shipped_folder

    target = folder or shipped_folder()
    found = problems(target)
    if as_json:
        print_json([{"where": e.where, "what": e.what, "why": e.why, "do": e.do} for e in found])
    else:
        for problem in found:
            say(str(problem))
    if found:
        if not as_json:
            say(f"{count(len(found), 'mistake')} found.")
        click.get_current_context().exit(1)
    if as_json:
        return
    framework = load(target)
    say(
        f"{framework.id} {framework.version} is in order: {len(framework.criteria)} criteria, "
        f"{len(framework.items)} questions, {len(framework.route.gates)} gates."
    )
    say(f"{framework.status_line}. Digest {framework.digest}")


@criteria.command("show", example="horizon criteria show")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@json_option
def show_criteria(folder: Path | None, as_json: bool) -> None:
    """Show a framework: that of a folder, else of the register, else the one shipped."""
    from horizon.framework.loading import load, shipped
    from horizon.framework.show import as_text
    from horizon.register.opening import exists

    if folder:
        framework = load(folder)
    elif exists(session().path):
        framework = session().register().framework
    else:
        framework = shipped()
    if as_json:
        print_json(framework)
    else:
        say(as_text(framework).rstrip())


@criteria.command(
    "adopt",
    example="horizon criteria adopt my-criteria --body DDAT --date 2026-11-24 \\\n"
    '  --reason "Agreed after the first trials"',
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--reason", required=True, help="Why it changes.")
@click.option("--body", shell_complete=BODIES, help="The body that adopted it.")
@click.option("--date", "decided_on", type=DAY, help="The day on which it did.")
@click.option("--reference", default="", help="The minute or paper that says so.")
def adopt(
    folder: Path, reason: str, body: str | None, decided_on: date | None, reference: str
) -> None:
    """Bring the framework of a folder into force in the register.

    Prints what that changes, with the ranking before and after.
    """
    from horizon.framework.loading import load
    from horizon.register.changing import effects

    register = session().register()
    new = load(folder)
    found = effects(register, new)
    register.adopt_framework(
        new,
        reason=reason,
        decided_by=body_of(register.framework, body).id if body else "",
        decided_on=decided_on,
        reference=reference,
    )
    for line in effects_text(found):
        say(line)
    say(f"The register now works under {register.framework.id} {register.framework.version}.")


@criteria.command("preview", example="horizon criteria preview my-criteria")
@click.argument("folder", type=click.Path(path_type=Path))
@json_option
def preview(folder: Path, as_json: bool) -> None:
    """Show what adopting the framework of a folder would change. Changes nothing."""
    from horizon.framework.loading import load
    from horizon.register.changing import effects

    found = effects(session().register(), load(folder))
    if as_json:
        print_json(found)
        return
    for line in effects_text(found):
        say(line)


def effects_text(found: Effects) -> Iterator[str]:
    """What a framework would change, in words."""
    if not found.changes:
        yield "Nothing changes but the version."
        return
    yield f"{count(len(found.changes), 'change')}:"
    for each in found.changes:
        yield from wrapped(each.words, first="  ", rest="    ")
    yield ""
    if found.moved:
        yield f"{count(len(found.moved), 'technology', 'technologies')} would read differently:"
        for moved in found.moved:
            line = f"{moved.label} {moved.name}: {moved.words}."
            yield from wrapped(line, first="  ", rest="    ")
    else:
        yield "No technology would read differently."
    yield from _ranking_text(found)


def _ranking_text(found: Effects) -> Iterator[str]:
    steps = [("Ranking now", found.before)]
    if found.weights_change:
        steps.append(("With the new weights, scores as they were given", found.weighed))
    steps.append(("With the scores that lose their scale unknown", found.after))
    for title, ranking in steps if found.before or found.after else ():
        yield ""
        yield f"{title}, first {len(ranking)}:"
        for each in ranking:
            yield f"  {each.place:>2}  {each.label}  {each.name}  {each.score}"
    yield ""
    yield "Old decisions keep the framework they were made under."


@criteria.command("import", example="horizon criteria import deon.yml --output draft-criteria")
@click.argument("file", metavar="FILE")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="The folder to make.",
)
@click.option(
    "--base",
    type=click.Path(path_type=Path),
    help="The folder of the framework to add to; else that which came with Horizon.",
)
@click.option("--prefix", default="X", show_default=True, help="What the ids added begin with.")
@click.option("--version", default="", help="The draft's version. That of the base unless given.")
@json_option
def import_checklist(
    file: str, output: Path, base: Path | None, prefix: str, version: str, as_json: bool
) -> None:
    """Draft a framework from a data-ethics checklist that others keep.

    Reads the format of deon, as YAML or JSON. Every question enters as advisory, for a committee
    to decide what it should hold up. The register stays as it is until the draft is adopted.
    """
    from horizon.framework.loading import shipped_folder
    from horizon.intake.checklists import draft, read_checklist
    from horizon.intake.given import Given

    checklist = read_checklist(Given(Path(file).name, content_of(file)))
    draft(checklist, base or shipped_folder(), output, prefix=prefix, version=version)
    kept, refused = checklist.questions, checklist.refused
    if as_json:
        print_json(
            {
                "title": checklist.title,
                "folder": str(output),
                "questions": [prefix + each.id for each in kept],
                "refused": [{"place": each.place, "why": each.refused} for each in refused],
            }
        )
    else:
        for each in refused:
            say(f"{each.place}: refused: {each.refused}.")
        say(f"{output}: a draft with {count(len(kept), 'question')} of {checklist.title!r} added.")
        say(f"Change it, then check it with: horizon criteria check {output}")
    if refused:
        click.get_current_context().exit(1)
