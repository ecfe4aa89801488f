"""What the import commands print: how a file was read, what becomes of each row, and counts."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Any

import click

from horizon.cli.frame import session
from horizon.cli.output import one_line, print_json, say, warn, wrapped
from horizon.intake.choices import TAKE
from horizon.intake.report import Outcome, Report, RowReport
from horizon.model.wording import count
from horizon.register.desk import plain_name

MANY = 5
"""Rows of one name from which they are told together."""

NAMES_SHOWN = 5


def say_report(report: Report) -> None:
    """How the file was read, then what becomes of its rows: first those that need no look."""
    if sys.stderr.isatty():
        click.echo("\r" + " " * 40 + "\r", err=True, nl=False)
    say(f"{report.file}: {report.layout}")
    for field, column in report.taken.items():
        say(f"  {field:<13} from column {column!r}")
    if report.unused:
        for line in wrapped(f"Not used: {', '.join(report.unused)}", rest="  "):
            say(line)
    for notice in report.notices:
        warn(notice)
    quiet: list[RowReport] = []
    others: list[RowReport] = []
    for row in report.rows:
        still = row.outcome is Outcome.UNCHANGED or report.is_swept(row)
        (quiet if still else others).append(row)
    for row in (*quiet, *others):
        click.echo(one_line(_line(row, report)))
    for gone in report.gone:
        say(f"Gone: {gone.label} {gone.name} is not in this edition any more. It stays.")


def _line(row: RowReport, report: Report) -> str:
    place = row.place[:1].upper() + row.place[1:]
    words = row.words
    if report.is_swept(row):
        changed = ", ".join(each.field for each in row.changes)
        words = f"{row.label} {row.name}: {changed}, as on nearly every row"
    return f"{place}: {row.outcome}: {words}"


def say_end(report: Report) -> None:
    """Counts, and what can be done about what was left out."""
    known = len(report.of(Outcome.CHANGED)) + len(report.of(Outcome.UNCHANGED))
    for field, number in report.swept.items():
        first = next(
            change for row in report.rows for change in row.changes if change.field == field
        )
        say(f"{field} changed on {number} of {known} rows: {first.words}")
    say(counted(report, "" if report.done else "would be"))
    if report.gone:
        say(f"Gone from the source: {count(len(report.gone), 'technology', 'technologies')}.")
    held = report.of(Outcome.DUPLICATE)
    if held:
        for line in wrapped(_of_one_name(held), rest="  "):
            say(line)
        say("Possible duplicates are held back. Add them all as sightings, or enter them all, with")
        say("  --duplicates sighting, --duplicates new")
        say(f"or decide on each: --decide {held[0].ref}=new, skip, sighting or a label")
    kept = [(row, each) for row in report.rows for each in row.changes if each.kept]
    if clash := next(((row, each) for row, each in kept if each.since), None):
        row, change = clash
        say("Where both the file and the register changed, the register stays. Let the file win:")
        say(f"  --take {change.field}, or in one row with --decide {row.ref}={TAKE}")
    if any(not each.since for _, each in kept):
        say("What was edited here stays. Let the source win in a field with: --take FIELD")
    if report.import_id:
        number = len(session().register().state.head.imports)
        say(f"Undo it as a whole with: horizon imports undo {number} --reason REASON")


def counted(report: Report, would: str) -> str:
    counts = report.counts
    technologies = count(counts[Outcome.NEW], "technology", "technologies")
    would = f" {would}" if would else ""
    conflicts = sum(change.since for row in report.rows for change in row.changes)
    in_conflict = f", {count(conflicts, 'cell')} in conflict" if conflicts else ""
    return (
        f"{technologies}{would} added, {counts[Outcome.CHANGED]}{would} changed, "
        f"{counts[Outcome.UNCHANGED]} unchanged, "
        f"{count(counts[Outcome.DUPLICATE], 'possible duplicate')}, "
        f"{counts[Outcome.REFUSED]} refused{in_conflict}."
    )


def say_json(report: Report) -> None:
    print_json(
        {
            "file": report.file,
            "source": report.source,
            "format": report.format,
            "layout": report.layout,
            "columns": report.taken,
            "unused": report.unused,
            "notices": report.notices,
            "added": report.done,
            "import": report.import_id,
            "counts": report.counts,
            "rows": list(_rows(report)),
            "gone": [{"label": each.label, "name": each.name} for each in report.gone],
        }
    )


def _rows(report: Report) -> Iterator[dict[str, Any]]:
    for row in report.rows:
        yield {
            "row": row.row,
            "line": row.line,
            "ref": row.ref,
            "place": row.place,
            "name": row.name,
            "outcome": row.outcome.value,
            "label": row.label,
            "changes": [
                {
                    "field": e.field,
                    "before": e.before,
                    "after": e.after,
                    "kept": e.kept,
                    "changed_here_since": e.since,
                }
                for e in row.changes
            ],
            "possible_duplicate_of": row.like,
            "column": row.column,
            "value": row.value,
            "why": row.why,
            "do": row.do,
            "also": [
                {"column": e.column, "value": e.value, "why": e.why, "do": e.do} for e in row.more
            ],
        }


def _of_one_name(held: Sequence[RowReport]) -> str:
    """Which names are on many of the rows held back, the commonest first; empty where none is.

    A list of what public bodies use names a product once for each of them.
    """
    rows: dict[str, list[str]] = {}
    for each in held:
        rows.setdefault(plain_name(each.name), []).append(each.name)
    many = sorted((e for e in rows.values() if len(e) >= MANY), key=len, reverse=True)
    if not many:
        return ""
    named = ", ".join(f"{names[0]} on {len(names)}" for names in many[:NAMES_SHOWN])
    more = f" and {count(len(many) - NAMES_SHOWN, 'other name')}" if len(many) > NAMES_SHOWN else ""
    return (
        f"Many rows of one name: {named}{more}. One product at several bodies is one technology, "
        "seen several times: a sighting each."
    )
