"""Records of the UK Algorithmic Transparency Recording Standard, as JSON.

Two shapes are met: lists of published records (`tool_name`, `publishing_body`, `published`, `url`)
and whole records under the attribute names of the standard, versions 2.1 to 4.0. As CSV they need
no reader of their own: their column names are known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from horizon.intake.formats import Asked
from horizon.intake.formats.listing import Entry, mapping, sequence, table_of
from horizon.intake.given import Given
from horizon.intake.table import Table

FORMAT = "UK Algorithmic Transparency Recording Standard"

LISTED = {
    "name": "tool_name",
    "summary": "description",
    "source": "publishing_body",
    "url": "url",
    "date": "published",
}

STANDARD = {
    "name": "name",
    "key": "id",
    "summary": "one_sentence_description",
    "problem": "benefit",
    "supplier": "external_supplier",
    "owner": "senior_responsible_owner",
    "source": "organisation_name",
    "url": "website_url",
    "date": "date_updated",
    "note": "phase",
}

SIGNS = {"one_sentence_description", "organisation_name", "senior_responsible_owner"}


def _records(document: Any) -> Sequence[Any]:
    if isinstance(document, Mapping):
        held = sequence(document.get("records"))
        return held or ([document] if set(document) >= SIGNS else ())
    return sequence(document)


def fits(given: Given) -> bool:
    for each in _records(given.json)[:20]:
        names = set(mapping(each))
        if {"tool_name", "publishing_body"} <= names or names >= SIGNS:
            return True
    return False


def read(given: Given, asked: Asked) -> Table:
    """One row for each record."""
    records = _records(given.json)
    listed = any("tool_name" in mapping(each) for each in records)
    entries = (Entry(number, each) for number, each in enumerate(records, start=1))
    return table_of(
        given,
        entries,
        format=FORMAT,
        known=LISTED if listed else STANDARD,
        called="record",
    )
