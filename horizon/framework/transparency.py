"""The fields of a public transparency record: `criteria/atrs.toml`, read and checked."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from horizon.framework.loading import shipped_folder
from horizon.framework.toml_file import read_toml
from horizon.model.base import Model
from horizon.model.facts import Fact
from horizon.model.scalars import Text, Words

FILE = "atrs.toml"

Source = Annotated[
    str,
    StringConstraints(
        pattern=r"^(technology:[a-z_ ]+|role:owner|fact:[a-z_]+|answer:[A-Z0-9]+|"
        r"documents:[a-z,-]+|phase|open)$"
    ),
]
"""Where the register may have an answer; the file says what each form means."""


class RecordField(Model):
    """One field of the record. Without `from` or `value` only a person can fill it in."""

    id: Words
    name: Words
    required: bool = False
    sources: tuple[Source, ...] = Field(default=(), alias="from")
    value: Text = ""
    where: Text = ""
    when: Fact | None = None

    @model_validator(mode="after")
    def _fillable(self) -> RecordField:
        if not (self.sources or self.value or self.where):
            raise ValueError(f"{self.id} has neither from, value nor where: say who fills it in")
        return self


class RecordSection(Model):
    """Fields under one heading of the record."""

    name: Words
    fields: Annotated[tuple[RecordField, ...], Field(min_length=1)]


class Standard(Model):
    """Which version of which standard the fields are those of."""

    id: Words
    version: Words
    dated: date
    name: Words


class Transparency(Model):
    """The whole file. `phases` are the standard's words for the route's stages."""

    standard: Standard
    phases: dict[str, Words]
    sections: Annotated[tuple[RecordSection, ...], Field(min_length=1)]


@cache
def shipped_transparency() -> Transparency:
    """The fields that come with Horizon."""
    path = shipped_folder() / FILE
    return load_transparency(path)


def load_transparency(path: Path) -> Transparency:
    """The fields in a file. Raises `BadInput` for the first mistake, by line."""
    return read_toml(path.read_text(encoding="utf-8"), Transparency, where=str(path))
