"""Commands that make what leaves the register: papers, minutes, records, tables, data."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Unpack, cast

import click

from horizon.cli.completing import BODIES, DECISIONS, MEETINGS, TECHNOLOGY, TEMPLATES
from horizon.cli.export_options import data_options, output_option, paper_options
from horizon.cli.frame import Group, session
from horizon.cli.output import print_json, say, told, warn, wrapped
from horizon.cli.route import body_of
from horizon.cli.typed import DAY
from horizon.model.wording import count, day, listed

if TYPE_CHECKING:
    from horizon.judgement.radar_rings import Rings, Sectors
    from horizon.papers.blocks import Purpose
    from horizon.papers.exporting import DataOrder
    from horizon.papers.issuing import Left, Ordered


@click.group(cls=Group)
def export() -> None:
    """Make papers, minutes, tables and data.

    What leaves is recorded in the register with its digest. The same register on the same day
    gives the same file.
    """


@export.command(
    example='horizon export paper --body "AI Sub-Group" --date 2026-12-08 -o paper.docx\n'
    "horizon export paper --template decisions-register -o decisions.pdf\n"
    "horizon export paper T-0013 --body AISG --date 2026-12-08 -o paper.md\n"
    "horizon export paper T-0018 --body AISG --date 2026-12-08 -o public.html \\\n"
    "    --edition public --keep-back-unread"
)
@click.argument("refs", nargs=-1, shell_complete=TECHNOLOGY)
@click.option("--body", shell_complete=BODIES, help="The body. The template's unless given.")
@click.option(
    "--date",
    "meeting_on",
    type=DAY,
    help="The day of the meeting. Without one the paper is for today.",
)
@click.option(
    "--template",
    default="board-paper",
    show_default=True,
    shell_complete=TEMPLATES,
    metavar="NAME|FILE",
    help="What it contains: a name of horizon papers list, or a file.",
)
@click.option(
    "--purpose",
    type=click.Choice(["for decision", "for information"]),
    help="What the body is asked for. As the template says unless given.",
)
@click.option(
    "--since",
    type=DAY,
    metavar="DAY",
    help="The day that changes are told from. The body's last meeting unless given.",
)
@paper_options
def paper(
    refs: tuple[str, ...],
    body: str | None,
    meeting_on: date | None,
    template: str,
    purpose: str | None,
    since: date | None,
    output: Path,
    as_json: bool,
    **ordered: Unpack[Ordered],
) -> None:
    """Make a board paper about what a body is to decide, or about the technologies named.

    The body is its name, abbreviation or id. Where its meeting on that day is called, the paper is
    about what is on the agenda; else about what the body decides on next. The paper is recorded in
    the register with its digest. The head hash stands for all that was recorded before it.

    A public edition names nobody, and shows typed text only once somebody has read and released it
    (horizon papers release). What it does not show is in the non-public part.
    """
    from horizon.papers.agenda import not_called, passed_over
    from horizon.papers.issuing import issue, reminders
    from horizon.papers.parts.texts import REMINDER
    from horizon.papers.template import find_template

    register = session().register()
    chosen = find_template(template, makes="board papers")
    with told(quiet=as_json) as tell:
        made = issue(
            register,
            output,
            body_id=body_of(register.framework, body).id if body else "",
            meeting_on=meeting_on,
            refs=refs,
            template=chosen,
            purpose=cast("Purpose | None", purpose),
            since=since,
            tell=tell,
            **ordered,
        )
    on, of_agenda = meeting_on or register.today, chosen.called.scope == "agenda" and not refs
    if meeting_on or body or of_agenda:
        warn(not_called(register, made.body, on))
    about = count(len(made.technologies), "technology", "technologies")
    _say(made, f"paper {made.reference}, {about}", as_json)
    if as_json:
        return
    if left := reminders(made):
        say(f"For its author to write: {count(left, 'place')}, marked {REMINDER.strip(': ')!r}.")
    if of_agenda and not ordered.get("as_at"):
        over = passed_over(register, made.body, on)
        if over:
            labels = listed([each.label for each in over])
            say("\n".join(wrapped(f"Waiting too, and not on the agenda: {labels}.", rest="  ")))


@export.command(
    example="horizon export minutes --meeting AISG/2026-11-24 -o minutes.docx\n"
    "horizon export minutes --meeting AISG/2026-11-24 -o minutes.md",
)
@click.option(
    "--meeting", required=True, shell_complete=MEETINGS, metavar="REF", help="Whose minutes."
)
@click.option(
    "--template",
    default="minutes",
    show_default=True,
    metavar="NAME|FILE",
    help="Their headings, order and your own texts: a file like horizon papers show minutes.",
)
@paper_options
def minutes(
    meeting: str, template: str, output: Path, as_json: bool, **ordered: Unpack[Ordered]
) -> None:
    """Make the minutes of a meeting: a draft, until they are confirmed.

    A public edition can be made once the meeting is closed. It names nobody, and leaves out what
    the body left out of its decisions.
    """
    from horizon.papers.issuing import issue_minutes
    from horizon.papers.template import find_template

    chosen = find_template(template, makes="minutes")
    register = session().register()
    made = issue_minutes(register, output, meeting=meeting, template=chosen, **ordered)
    if made.meeting_on and made.meeting_on > register.today:
        warn(f"{made.about} is still to come, on {day(made.meeting_on)}.")
    _say(made, f"minutes {made.reference}", as_json)


@export.command("record", example="horizon export record AISG/2026/004 -o AISG-2026-004.pdf")
@click.argument("number", shell_complete=DECISIONS)
@paper_options
def record_paper(number: str, output: Path, as_json: bool, **ordered: Unpack[Ordered]) -> None:
    """Make the whole record of a decision into a paper, for an audit or a request."""
    from horizon.papers.issuing import issue_record

    made = issue_record(session().register(), output, number=number, **ordered)
    _say(made, f"record {made.reference}", as_json)


@export.command(
    example="horizon export register -o register.xlsx\n"
    "horizon export register -o register.jsonl --as-at 2026-06-30\n"
    "horizon export register T-0013 T-0014 -o two.csv"
)
@click.argument("refs", nargs=-1, shell_complete=TECHNOLOGY)
@output_option("The file to make: .xlsx, .csv, .json or .jsonl.")
@data_options
def register(order: DataOrder, output: Path, as_json: bool) -> None:
    """Make a table of the register, or all of it as data; or only of the technologies named.

    A workbook has a sheet for each sort of record, a CSV the technologies, which horizon import
    reads back. JSON holds everything but sealed scores, and opens as a register.
    """
    from horizon.papers.exporting import export_register

    with told(quiet=as_json) as tell:
        made = export_register(session().register(), output, order, tell)
    _say(made, f"register {made.reference}", as_json)


@export.command(example="horizon export star -o dashboard\nhorizon export star -o dashboard.zip")
@output_option("The folder to make, or a file that ends in .zip.")
@data_options
def star(order: DataOrder, output: Path, as_json: bool) -> None:
    """Make flat tables for a dashboard (Power BI): facts, and what their ids stand for.

    relationships.csv says how the tables join, columns.csv what every column holds.
    """
    from horizon.papers.exporting import export_star

    with told(quiet=as_json) as tell:
        made = export_star(session().register(), output, order, tell)
    _say(made, f"star {made.reference}", as_json)


@export.command(
    example="horizon export radar -o radar.svg --since 2026-06-30\n"
    "horizon export radar -o radar.csv --sectors objective\n"
    "horizon export radar -o backstage.json --for backstage"
)
@click.argument("refs", nargs=-1, shell_complete=TECHNOLOGY)
@output_option("The file to make: .svg, .png, .csv or .json.")
@click.option(
    "--rings",
    type=click.Choice(["stage", "time horizon"]),
    default="stage",
    show_default=True,
    help="What the rings are.",
)
@click.option(
    "--sectors",
    type=click.Choice(["kind", "objective"]),
    default="kind",
    show_default=True,
    help="What the sectors are.",
)
@click.option("--since", type=DAY, metavar="DAY", help="The day that movement is told from.")
@click.option(
    "--for",
    "form",
    type=click.Choice(["byor", "zalando", "backstage"]),
    default="byor",
    show_default=True,
    help="Which radar program a .csv or .json is for.",
)
@data_options
def radar(
    order: DataOrder,
    output: Path,
    rings: str,
    sectors: str,
    since: date | None,
    form: str,
    as_json: bool,
) -> None:
    """Make the technology radar, as a picture or for another radar program.

    It shows every technology that has not left the route, or those named.

    A blip's number is its technology's: 13 is T-0013. A shape says whether it moved.
    """
    from horizon.papers.radar_export import RadarOrder, export_radar
    from horizon.papers.radar_formats import HOSTED

    asked = RadarOrder(
        rings=cast("Rings", rings),
        sectors=cast("Sectors", sectors),
        since=since,
        form=form,
        data=order,
    )
    made, many = export_radar(session().register(), output, asked)
    _say(made, f"radar {made.reference}", as_json)
    if output.suffix.lower() in (".csv", ".json") and many != HOSTED and not as_json:
        drawn = count(many, "sector")
        say(f"It has {drawn}, and such radars draw {HOSTED}. Try: --sectors objective")


@export.command(
    example="horizon export atrs T-0018 -o draft.docx\nhorizon export atrs T-0018 -o draft.json"
)
@click.argument("ref", shell_complete=TECHNOLOGY)
@output_option("The file to make: .docx, .odt, .pdf, .html, .md, .csv or .json.")
@data_options
def atrs(order: DataOrder, ref: str, output: Path, as_json: bool) -> None:
    """Make a draft of a technology's public record (ATRS), and say what it lacks.

    Nothing is made up: a field that the register has nothing for says so, and is listed with where
    to fill it in.
    """
    from horizon.papers.atrs import export_atrs

    made, record = export_atrs(session().register(), ref, output, order)
    if as_json:
        _say(made, "", as_json)
        return
    say(f"{made.path}: draft {made.reference}, {made.marking}. {record.report}.")
    for each in record.gaps:
        need = "required" if each.field.required else "optional"
        for line in wrapped(f"{each.field.name} ({need}): {each.where}", first="  ", rest="    "):
            say(line)


@export.command(example="horizon export schema -o register.schema.json")
@output_option("The file to make.")
def schema(output: Path) -> None:
    """Make the JSON Schema (2020-12) of the register's JSON.

    It says nothing about what is in the register, so it is not recorded.
    """
    from horizon.papers.interchange import SHIPPED
    from horizon.papers.writers.placing import replacing

    with replacing(output, SHIPPED.read_bytes()):
        pass
    say(f"{output}: JSON Schema, 2020-12.")


def _say(made: Left, what: str, as_json: bool) -> None:
    """What left, where it is, and the hash that stands for what it was made from."""
    if as_json:
        print_json(
            {
                "file": str(made.path),
                "reference": made.reference,
                "marking": made.marking,
                "technologies": made.technologies,
                "head": made.head,
            }
        )
        return
    say(f"{made.path}: {what}, {made.marking}.")
    say(f"Head hash {made.head}")
