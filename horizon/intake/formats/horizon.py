"""Horizon's own JSON: a register.json, and what `horizon show --json` and `list --json` print.

What a technology is (details, aliases, tags) and where it was seen comes over. Its assessments and
decisions do not: they are records of another register, which no import can repeat.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from horizon.intake.formats import Asked
from horizon.intake.formats.listing import Entry, mapping, sequence, table_of
from horizon.intake.given import Given
from horizon.intake.table import Table

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

LEFT = ("facts", "evidence", "answers", "rounds", "decisions", "legacy")
"""What stays behind, where a record has it."""


def _records(document: Any) -> tuple[Sequence[Any], Mapping[str, Any]]:
    """The records, and the names of people by id."""
    if isinstance(document, Mapping):
        tables = mapping(document.get("technologies"))
        if tables and "head" in document:
            people = mapping(document.get("people"))
            names = {key: mapping(each).get("name", "") for key, each in people.items()}
            return [{"id": key, **mapping(each)} for key, each in tables.items()], names
        named = mapping(document.get("names"))
        return ([document], named) if _is_ours(document) else ((), {})
    return [each for each in sequence(document) if _is_ours(each)] and sequence(document), {}


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
        said = ", ".join(left)
        notices.append(f"Left behind, because only their own register can vouch for it: {said}.")
    return table_of(
        given,
        _entries(records, names),
        format="Horizon's own JSON",
        known={"key": "id", "url": "url", "source": "source", "date": "seen on", "note": "note"}
        | {name: name for name in DETAILS},
        called="technology",
        notices=notices,
    )


def _entries(records: Sequence[Any], names: Mapping[str, Any]) -> Iterator[Entry]:
    for number, each in enumerate(records, start=1):
        if not isinstance(each, Mapping):
            yield Entry(number, each)
            continue
        values = {name: each[name] for name in ("id", *DETAILS) if name in each}
        owner = values.get("owner")
        if isinstance(owner, str) and owner in names:
            values["owner"] = names[owner]
        seen = mapping((sequence(each.get("sightings")) or [{}])[-1])
        values |= {
            "source": seen.get("source"),
            "seen on": seen.get("seen_on"),
            "url": seen.get("url"),
            "note": seen.get("note"),
        }
        yield Entry(number, values)
