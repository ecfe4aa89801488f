"""Commands that bring technologies in from elsewhere, and take an import back."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from horizon.cli.completing import KINDS
from horizon.cli.frame import Command, Group, json_option, session
from horizon.cli.import_printing import counted, say_end, say_json, say_report
from horizon.cli.output import moment, print_json, print_table, say, wrapped
from horizon.cli.typed import content_of, pairs
from horizon.intake import maps
from horizon.intake.choices import Choices, WhenAlike
from horizon.intake.fields import FIELDS
from horizon.intake.formats import FORMATS, Asked
from horizon.intake.given import Given
from horizon.intake.load import load, plan
from horizon.intake.report import Outcome, Report, as_csv
from horizon.model.errors import BadInput
from horizon.model.wording import spoken_day
from horizon.model.words import Kind, SourceType
from horizon.register.imports import undone_words
from horizon.store.disk import refuse_device

SHOWN_FROM = 500
"""Rows from which progress is shown."""


@click.command(
    "import",
    cls=Command,
    example="horizon import records.csv --dry-run\n"
    "horizon import records.csv --map name=Tool --map supplier= --yes\n"
    "horizon import records.csv --save-map tools --report report.csv\n"
    "cat records.csv | horizon import - --use-map tools --duplicates sighting",
)
@click.argument("file", metavar="FILE")
@click.option("--dry-run", is_flag=True, help="Say what would happen and change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask before the register is changed.")
@click.option(
    "--map",
    "mapped",
    multiple=True,
    metavar="FIELD=COLUMN",
    help="Which column a field comes from. Without a column, from none.",
)
@click.option("--save-map", metavar="NAME", help="Keep the columns and what is said of the file.")
@click.option("--use-map", metavar="NAME", help="Read the file as it was saved under a name.")
@click.option("--format", type=click.Choice(list(FORMATS)), metavar="FORMAT", help="Its format.")
@click.option("--sheet", help="The sheet of a workbook.")
@click.option("--header-row", type=click.IntRange(min=1), help="The row that names the columns.")
@click.option("--source", default="", help="What the list is called, whatever its file is called.")
@click.option(
    "--source-type",
    type=click.Choice([each.value for each in SourceType]),
    metavar="TYPE",
    help=f"What sort of source it is: {', '.join(SourceType)}.",
)
@click.option(
    "--kind",
    type=click.Choice(KINDS),
    metavar="KIND",
    help="The kind of technology where no column says it.",
)
@click.option(
    "--duplicates",
    type=click.Choice([each.value for each in WhenAlike]),
    default=WhenAlike.HOLD.value,
    show_default=True,
    help="Rows like what is here: hold back, add as sighting, or enter as new.",
)
@click.option(
    "--decide",
    "decided",
    multiple=True,
    metavar="ROW=WHAT",
    help="A row that may be a duplicate: new, skip, sighting or a label. One in conflict: file.",
)
@click.option(
    "--take",
    multiple=True,
    type=click.Choice(list(FIELDS)),
    metavar="FIELD",
    help="Let the source win where a field was edited here too.",
)
@click.option("--partial", is_flag=True, help="It is not the whole list: nothing in it is gone.")
@click.option("--report", "report_to", metavar="FILE", help="Save the report as CSV.")
@json_option
def import_(
    file: str,
    dry_run: bool,
    yes: bool,
    mapped: tuple[str, ...],
    save_map: str | None,
    use_map: str | None,
    decided: tuple[str, ...],
    duplicates: str,
    take: tuple[str, ...],
    partial: bool,
    report_to: str | None,
    as_json: bool,
    **about: Any,
) -> None:
    """Bring in technologies from a file, a folder or a pipe (-), as one change.

    CSV, TSV, Excel, JSON, YAML and the formats of technology radars and algorithm registers are
    told apart by content. Each row is reported as new, changed, unchanged, possible duplicate or
    refused. At a terminal you are asked before the register is changed. The same list can be
    imported again: only what changed at the source is taken. An export of this register brings
    what was edited in it. Ends with 1 when a row is refused.
    """
    register = session().register()
    chosen = _choices(
        use_map, pairs(mapped, "field"), about, pairs(decided, "row"), duplicates, take, partial
    )
    report = plan(register, _given(file), chosen, _Shown() if not as_json else _nothing)
    if save_map:
        maps.save_map(save_map, _to_save(chosen, report))
    if not as_json:
        say_report(report)
    if report_to:
        _save(as_csv(report), report_to)  # before anything is changed: it may not be possible
    if not dry_run and _agreed(report, file, yes):
        report = load(register, report)
        if report_to:
            _save(as_csv(report), report_to)
    if as_json:
        say_json(report)
    else:
        say_end(report)
    if report.of(Outcome.REFUSED):
        click.get_current_context().exit(1)


def _nothing(done: int, all: int) -> None:
    """Progress that nobody sees."""


class _Shown:
    """Progress on standard error, at a terminal, for long files."""

    def __call__(self, done: int, all: int) -> None:
        if all >= 2 * SHOWN_FROM and sys.stderr.isatty():
            click.echo(f"\rReading {100 * done // all:>3}% (Ctrl+C stops it) ", err=True, nl=False)


def _given(file: str) -> Given:
    if file == "-":
        return Given("standard input", content_of(file))
    path = Path(file)
    return Given.of_folder(path) if path.is_dir() else Given.of_file(path)


def _choices(
    use_map: str | None,
    mapped: dict[str, str],
    about: Mapping[str, Any],
    decided: dict[str, str],
    duplicates: str,
    take: tuple[str, ...],
    partial: bool,
) -> Choices:
    """What was asked for; what a saved map says counts where nothing else is said."""
    saved = maps.saved_map(use_map) if use_map else maps.SavedMap()
    given = {name: value for name, value in about.items() if value}
    for what in decided.values():
        if what in ("", "hold"):
            raise BadInput(
                "A row is decided as nothing", do="Use new, skip, sighting, file or a label"
            )
    return Choices(
        mapped={**saved.columns, **mapped},
        source=given.get("source", saved.source),
        source_type=SourceType(given.get("source_type", saved.source_type)),
        kind=Kind(given.get("kind", saved.kind)),
        asked=Asked(
            sheet=given.get("sheet", saved.sheet),
            header_row=given.get("header_row", saved.header_row),
        ),
        format=given.get("format", saved.format),
        duplicates=WhenAlike(duplicates),
        decide=decided,
        take=frozenset(take),
        partial=partial,
    )


def _to_save(chosen: Choices, report: Report) -> maps.SavedMap:
    """How the file was read, so that another like it is read in the same way."""
    left_out = {field: "" for field, header in chosen.mapped.items() if not header}
    return maps.SavedMap(
        columns={**report.columns, **left_out},
        format=chosen.format,
        sheet=chosen.asked.sheet,
        header_row=chosen.asked.header_row,
        source=chosen.source,
        source_type=chosen.source_type,
        kind=chosen.kind,
    )


def _agreed(report: Report, file: str, yes: bool) -> bool:
    """Whether the register may be changed. Only a person at a terminal is asked."""
    asked = sys.stdin.isatty() and sys.stdout.isatty() and not yes and file != "-"
    if not asked or not report.batch.has_news:
        return True
    say(counted(report, "would be"))
    return bool(click.confirm("Import this?", default=False))


def _save(text: str, file: str) -> None:
    path = Path(file)
    try:
        refuse_device(path)
        new = path.with_name(path.name + ".new")
        new.write_text(text, encoding="utf-8-sig", newline="")
        new.replace(path)
    except OSError as error:
        raise BadInput(
            "The report cannot be saved", where=file, why=error.strerror or str(error)
        ) from None


@click.group(cls=Group)
def imports() -> None:
    """List and undo imports."""


@imports.command("list", example="horizon imports list")
@json_option
def list_imports(as_json: bool) -> None:
    """List the imports that were made, with the number to undo each by."""
    register = session().register()
    kept = register.state.head.imports
    if as_json:
        print_json([each.model_dump(mode="json") for each in kept])
        return
    if not kept:
        say("Nothing was imported yet.")
        return
    rows = [
        (
            str(number),
            moment(each.at),
            each.file,
            each.source,
            str(each.rows.get(Outcome.NEW, 0)),
            str(each.rows.get(Outcome.CHANGED, 0)),
            f"undone {spoken_day(each.undone_at)}" if each.undone_at else register.name(each.by),
        )
        for number, each in enumerate(kept, start=1)
    ]
    print_table(rows, ("No", "When", "File", "Source", "New", "Changed", "By"))


@imports.command("undo", example='horizon imports undo 2 --reason "Wrong columns"')
@click.argument("number")
@click.option("--reason", required=True, help="Why it is undone.")
@click.option(
    "--keep-changed", is_flag=True, help="Leave out technologies that were worked on since."
)
@json_option
def undo(number: str, reason: str, keep_changed: bool, as_json: bool) -> None:
    """Undo an import as one step: what it entered leaves, what it changed is set back.

    The journal keeps both. NUMBER is from the list of imports. It is refused when somebody has
    worked on one of the technologies since.
    """
    register = session().register()
    kept, entered, changed = register.undo_import(number, reason=reason, keep_changed=keep_changed)
    if as_json:
        print_json({"import": kept.id, "file": kept.file, "left": entered, "set_back": changed})
        return
    say(undone_words(kept.file, entered, changed))


@imports.command("maps", example="horizon imports maps")
@click.option("--forget", metavar="NAME", help="Forget the map of this name.")
@json_option
def saved(forget: str | None, as_json: bool) -> None:
    """List the column maps that were saved, or forget one."""
    if forget:
        maps.forget_map(forget)
    known = maps.saved_maps()
    if as_json:
        print_json({name: each.model_dump(mode="json") for name, each in known.items()})
        return
    for name, each in known.items():
        columns = ", ".join(f"{k}={v}" for k, v in each.columns.items())
        for line in wrapped(f"{name}: {columns}", rest="  "):
            say(line)
    if not known:
        say("No column map is saved. Save one with: horizon import FILE --save-map NAME")
