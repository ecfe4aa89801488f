"""The Dutch algorithm register (algoritmes.overheid.nl), as JSON.

Two shapes are met: the snapshots with Dutch names (`title`, `doel`, `organisatie`,
`laatst_gewijzigd`) and the exchange format 1.0 (`name`, `description_short`, `organization`).
What is said in Dutch stays in Dutch.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from horizon.intake.formats import Asked
from horizon.intake.formats.listing import Entry, mapping, sequence, table_of
from horizon.intake.given import Given
from horizon.intake.table import Table

SNAPSHOT = {
    "name": "title",
    "key": "id",
    "summary": "doel",
    "source": "organisatie",
    "url": "url",
    "date": "laatst_gewijzigd",
    "note": "status",
}

EXCHANGE = {
    "name": "name",
    "key": "source_id",
    "summary": "description_short",
    "problem": "purpose_and_impact",
    "supplier": "supplier",
    "source": "organization",
    "url": "source_code_link",
    "tags": "search_terms",
    "date": "start_date",
    "note": "status",
}


def _records(document: Any) -> Sequence[Any]:
    if isinstance(document, dict):
        return sequence(document.get("algoritmes")) or sequence(document.get("algorithms"))
    return sequence(document)


def fits(given: Given) -> bool:
    return any(
        {"title", "doel", "organisatie"} <= set(mapping(each))
        or {"name", "description_short", "publication_category"} <= set(mapping(each))
        for each in _records(given.json)[:20]
    )


def read(given: Given, asked: Asked) -> Table:
    """One row for each algorithm."""
    records = _records(given.json)
    snapshot = any("doel" in mapping(each) for each in records)
    entries = (Entry(number, each) for number, each in enumerate(records, start=1))
    return table_of(
        given,
        entries,
        format="Dutch algorithm register",
        known=SNAPSHOT if snapshot else EXCHANGE,
        called="record",
    )
