"""Horizon's own JSON: a register.json, an export as JSON or JSON Lines, and what `horizon show
--json` and `list --json` print.

What a technology is (details, aliases, tags) and where it was seen comes over. Its assessments and
decisions do not: they are records of another register, which no import can repeat.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from horizon.intake.formats import Asked
from horizon.intake.formats.listing import Entry, mapping, said, sequence, table_of
from horizon.intake.given import Given
from horizon.intake.own import REVIEW
from horizon.intake.table import Exported, Table
from horizon.model.several import BETWEEN_TAGS, in_one_cell
from horizon.model.technology import Details

DETAILS = (
    "name",
    "kind",
    "aliases",
    "tags",
    "summary",
    "problem",
    "supplier",
    "owner",
    "time_horizon",
    "trl",
    "posture",
    "regime",
    "marking",
)

DEFAULTS = {
    name: each.default
    for name, each in Details.model_fields.items()
    if name in DETAILS and not each.is_required()
}
"""What a record leaves out, where it leaves out what has its default value."""

LEFT = ("facts", "evidence", "answers", "rounds", "decisions", "legacy")
"""What stays behind, where a record has it."""


def _records(document: Any) -> tuple[Sequence[Any], Mapping[str, Any]]:
    """The records, and the names of people by id."""
    document = _of_lines(document)
    if isinstance(document, Mapping):
        tables = mapping(document.get("technologies"))
        if tables and "head" in document:
            people = mapping(document.get("people"))
            names = {key: mapping(each).get("name", "") for key, each in people.items()}
            return [
                {"id": key, **DEFAULTS, **each} if isinstance(each, Mapping) else {"id": key}
                for key, each in tables.items()
            ], names
        named = mapping(document.get("names"))
        return ([document], named) if _is_ours(document) else ((), {})
    return [each for each in sequence(document) if _is_ours(each)] and sequence(document), {}


def _of_lines(document: Any) -> Any:
    """The tables of a register out of JSON Lines, one record a line; else the document itself."""
    lines = [mapping(each) for each in sequence(document)]
    if not lines or any(set(each) != {"table", "id", "record"} for each in lines):
        return document
    tables: dict[str, dict[str, Any]] = {}
    for each in lines:
        tables.setdefault(said(each["table"]), {})[said(each["id"])] = each["record"]
    return tables


def _is_ours(record: Any) -> bool:
    """Whether a record has what only a technology of Horizon has together."""
    names = mapping(record)
    id = names.get("id", "")
    return {"label", "name", "stage", "revision"} <= set(names) and str(id).startswith("t-")


def fits(given: Given) -> bool:
    return any(map(_is_ours, _records(given.json)[0][:20]))


def read(given: Given, asked: Asked) -> Table:
    """One row for each technology."""
    records, names = _records(given.json)
    left = [each for each in LEFT if any(mapping(record).get(each) for record in records)]
    notices = []
    if left:
        words = ", ".join(left)
        notices.append(f"Not read, because only their own register can vouch for it: {words}.")
    table = table_of(
        given,
        _entries(records, names),
        format="Horizon's own JSON",
        known={"key": "id", "url": "url", "source": "source", "date": "seen on", "note": "note"}
        | {name: name for name in DETAILS},
        called="technology",
        notices=notices,
    )
    return replace(table, exported=_exported(given.json))


def _exported(document: Any) -> Exported | None:
    """What a register whole says of itself."""
    tables = _of_lines(document)
    if not isinstance(tables, Mapping):
        return None
    head = mapping(mapping(tables.get("head")).get("1")).get("hash")
    note = mapping(mapping(tables.get("export")).get("1"))
    return Exported(said(head), said(note.get("edition"))) if head else None


def _entries(records: Sequence[Any], names: Mapping[str, Any]) -> Iterator[Entry]:
    for number, each in enumerate(records, start=1):
        if not isinstance(each, Mapping):
            yield Entry(number, each)
            continue
        values = {name: each[name] for name in ("id", *DETAILS, REVIEW) if name in each}
        owner = values.get("owner")
        if isinstance(owner, str) and owner in names:
            values["owner"] = names[owner]
        values |= {
            name: in_one_cell(map(said, sequence(values[name])), BETWEEN_TAGS)
            for name in ("aliases", "tags")
            if isinstance(values.get(name), list)
        }
        seen = mapping((sequence(each.get("sightings")) or [{}])[-1])
        if "sightings" in each:
            values |= {
                "source": seen.get("source"),
                "seen on": seen.get("seen_on"),
                "url": seen.get("url"),
                "note": seen.get("note"),
            }
        yield Entry(number, values)
