"""The register whole, as JSON: what another Horizon, or another program, can take over.

The shape is that of register.json: tables of records by id. What is not in it: scores of a round
that is open, which stay sealed, and where the journal stands. Its JSON Schema travels with Horizon
(`schema_text`), and is made from the models, so that the two cannot differ.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from pydantic import Field

from horizon.model.base import Model, canonical
from horizon.model.meeting import Meeting, MeetingId
from horizon.model.people import Person
from horizon.model.scalars import Digest, PersonId, TechnologyId
from horizon.model.state import FrameworkCopy, Head, record_json
from horizon.model.technology import Technology
from horizon.model.words import Edition, Marking
from horizon.register.reader import Reader
from horizon.register.views import sealed

SCHEMA = "urn:horizon:register:1"
"""The name of the schema. Its number grows when a program that reads 1 could no longer read it."""

SHIPPED = Path(__file__).with_name("register.schema.json")


class ExportNote(Model):
    """What the file says of itself."""

    form: str = SCHEMA
    edition: Edition
    marking: Marking
    as_at: date
    reference: str
    content_digest: Digest


class OneHead(Model):
    """The table that holds the register's own facts, in its only record."""

    only: Head = Field(alias="1")


class OneNote(Model):
    """The table that holds what the file says of itself, in its only record."""

    only: ExportNote = Field(alias="1")


class RegisterFile(Model):
    """A register whole: tables of records by id. What a record leaves out has its default value."""

    export: OneNote
    head: OneHead
    people: dict[PersonId, Person]
    frameworks: dict[Digest, FrameworkCopy]
    meetings: dict[MeetingId, Meeting]
    technologies: dict[TechnologyId, Technology]


Tables = dict[str, dict[str, Any]]
"""Records as plain JSON values, by table and id."""


def tables_of(reader: Reader) -> Tables:
    """The register's tables, each record as plain JSON values, sealed rounds without scores."""
    tables = dict(reader.state.tables())
    tables["technologies"] = {
        key: json.loads(_sealed(reader, key, record))
        for key, record in tables["technologies"].items()
    }
    return {name: dict(table) for name, table in tables.items()}


def _sealed(reader: Reader, key: str, record: bytes) -> bytes:
    if b'"rounds"' not in record:
        return record
    technology = reader.state.technologies[key]
    return record if technology.open_round is None else record_json(sealed(technology))


def without_scores(tables: Tables) -> Tables:
    """The same tables without the scoring rounds: a public edition shows readings, which are made
    from them, and not what each assessor scored."""
    shown = {
        key: {name: value for name, value in record.items() if name != "rounds"}
        for key, record in tables["technologies"].items()
    }
    return {**tables, "technologies": shown}


def to_json(tables: Tables, note: ExportNote) -> bytes:
    """The tables as one JSON document, keys in order, indented to be read and compared."""
    whole = {**tables, "export": {"1": note.model_dump(mode="json")}}
    return msgspec.json.format(canonical(whole), indent=2) + b"\n"


def to_json_lines(tables: Tables, note: ExportNote) -> bytes:
    """The same records one a line, each with the table and the id that it has in the document."""
    whole = {"export": {"1": note.model_dump(mode="json")}, **tables}
    return b"".join(
        canonical({"table": name, "id": key, "record": whole[name][key]}) + b"\n"
        for name in sorted(whole, key=lambda each: (each != "export", each))
        for key in sorted(whole[name])
    )


def schema_text() -> str:
    """The JSON Schema (2020-12) of the document, as the models are now."""
    made = RegisterFile.model_json_schema(by_alias=True)
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA,
        **made,
        "title": "A register of candidate technologies, whole",
    }
    return json.dumps(schema, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    SHIPPED.write_text(schema_text(), encoding="utf-8")
