"""Which parts of the register may be published: `criteria/publication.toml`, read and checked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, model_validator

from horizon.framework.loading import shipped_folder
from horizon.framework.toml_file import read_toml
from horizon.model.base import Model, digest
from horizon.model.record import GROUNDS
from horizon.model.scalars import Text, Words

FILE = "publication.toml"

UNMARKED = "unmarked"
"""The ground on which a field is withheld that the file does not list."""

UNREAD = "unread"
"""The ground on which a text is kept back that nobody has read for release."""

SUMMARISED = "summarised"
"""The ground on which reasons are kept back for which a body wrote a summary to be published."""


class Ground(Model):
    """Why something is withheld: in words, by which exemption of the Freedom of Information Act,
    and by which paragraphs of Schedule 12A to the Local Government Act 1972."""

    id: Words
    name: Words
    foi: Words
    schedule_12a: tuple[Annotated[int, Field(ge=1, le=7)], ...] = ()


class FieldRule(Model):
    """How one field of one kind of record is treated in a public edition.

    `free` is text that people typed, `brief` a few typed words that say what a person or a register
    is called: they need no release, but name nobody. `judged` means that readings are made from it,
    though it is not shown itself.
    """

    marking: Literal["OFFICIAL", "OFFICIAL-SENSITIVE", "personal"]
    free: bool = False
    brief: bool = False
    judged: bool = False
    ground: Text = ""

    @model_validator(mode="after")
    def _grounded(self) -> FieldRule:
        if (self.marking == "OFFICIAL") == bool(self.ground):
            need = "needs no ground" if self.ground else "needs a ground"
            raise ValueError(f"a field marked {self.marking} {need}")
        if self.free and self.marking != "OFFICIAL":
            raise ValueError("only a field marked OFFICIAL can be released (free = true)")
        if self.brief and (self.free or self.marking != "OFFICIAL"):
            raise ValueError("only a field marked OFFICIAL can be brief, and then it is not free")
        return self


class Called(Model):
    """What the file is called, and how far it has come."""

    id: Words
    version: Words
    dated: date
    status: Literal["proposed", "adopted", "retired"]


class Publication(Model):
    """The whole file. `records` maps kinds of record to their fields."""

    model_config = ConfigDict(ignored_types=(cached_property,))

    publication: Called
    grounds: Annotated[tuple[Ground, ...], Field(min_length=1)]
    records: dict[str, dict[str, FieldRule]]

    @model_validator(mode="after")
    def _known(self) -> Publication:
        held = {each.id for each in self.grounds}
        for needed, what in (
            (UNMARKED, "fields not listed"),
            (UNREAD, "texts nobody has read"),
            (SUMMARISED, "reasons given in a summary"),
        ):
            if needed not in held:
                raise ValueError(f"a ground called {needed} is needed, for {what}")
        for record, fields in self.records.items():
            for name, rule in fields.items():
                if rule.ground and rule.ground not in held:
                    where = f"{record}.{name}"
                    raise ValueError(f"{where} names the ground {rule.ground!r}, which is not here")
        return self

    def rule(self, record: str, field: str) -> FieldRule:
        """The rule for a field. One that is not listed is withheld."""
        return self.records.get(record, {}).get(field) or _WITHHELD

    def ground(self, ground_id: str) -> Ground:
        """The ground of that id, or that which a body named as it left out a part of a record."""
        if ground_id in GROUNDS:
            paragraph = ground_id.rpartition("para ")[2] if "para " in ground_id else ""
            return Ground(
                id=ground_id,
                name="Left out by the body that decided",
                foi=ground_id,
                schedule_12a=(int(paragraph),) if paragraph else (),
            )
        return next(each for each in self.grounds if each.id == ground_id)

    def grounds_of(self, ids: Collection[str]) -> tuple[Ground, ...]:
        """The grounds of those ids: this file's in its order, then those that bodies named."""
        ours = tuple(each for each in self.grounds if each.id in ids)
        return (*ours, *(self.ground(each) for each in GROUNDS if each in ids))

    @property
    def called(self) -> str:
        """What a paper says of it: its id, version and date."""
        return f"{self.publication.id} {self.publication.version}"

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON of the file's content."""
        return digest(self.model_dump(mode="json"))


_WITHHELD = FieldRule(marking="OFFICIAL-SENSITIVE", ground=UNMARKED)


@cache
def shipped_publication() -> Publication:
    """The rules that come with Horizon."""
    return load_publication(shipped_folder() / FILE)


def load_publication(path: Path) -> Publication:
    """The rules in a file. Raises `BadInput` for the first mistake, by line."""
    return read_toml(path.read_text(encoding="utf-8"), Publication, where=str(path))
