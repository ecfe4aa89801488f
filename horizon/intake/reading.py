"""From a row of text to what it says of a technology."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from horizon.intake.cells import FORMULA, READERS, Unreadable, refuse_no_text
from horizon.intake.columns import Columns
from horizon.intake.fields import SIGHTING
from horizon.intake.report import CellFault
from horizon.intake.table import Row
from horizon.model.base import canonical
from horizon.model.errors import BadInput
from horizon.model.scalars import LONGEST
from horizon.model.technology import Details, Sighting
from horizon.model.words import Kind, SourceType
from horizon.register import Proposal
from horizon.register.inputs import checked

NOTHING: Mapping[str, Any] = {"aliases": (), "tags": ()} | dict.fromkeys(
    ("summary", "problem", "supplier", "owner", "note", "url", "source"), ""
)
"""What an empty cell of a column says. In other columns it says nothing."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a row says: each field that a column gives, typed; `fields` are digests of them."""

    row: Row
    key: str
    values: Mapping[str, Any]
    fields: Mapping[str, str]

    @property
    def name(self) -> str:
        return str(self.values["name"])

    @property
    def details(self) -> dict[str, Any]:
        """The fields that describe the technology; the owner by name."""
        return {k: v for k, v in self.values.items() if k not in (*SIGHTING, "key")}


@dataclass(frozen=True, slots=True)
class Unread:
    """A row that is refused for its `faults`. `key` and `name` are what can be told of it all the
    same."""

    row: Row
    name: str
    key: str
    faults: tuple[CellFault, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """How the rows of one import are read. `today` is the day of a sighting without a date."""

    columns: Columns
    file: str
    source: str
    source_type: SourceType
    kind: Kind
    today: date

    def read(self, row: Row) -> Read | Unread:
        """What a row says, or why it is refused."""
        texts = {name: row.cells[place] for name, place in self.columns.places.items()}
        name = " ".join(texts["name"].removeprefix(FORMULA).split())
        key = " ".join(texts.get("key", "").split())
        values: dict[str, Any] = {}
        faults: list[CellFault] = []
        for field, text in texts.items():
            if not text:
                if field in NOTHING:
                    values[field] = NOTHING[field]
                continue
            try:
                values[field] = self._value(field, text)
            except Unreadable as error:
                column = self.columns.named[field]
                said = text.removeprefix(FORMULA)[:LONGEST]
                faults.append(CellFault(column, said, error.why, error.do))
        if not name:
            column = self.columns.named["name"]
            faults.append(CellFault(column, "", "it is empty", "Give the technology a name"))
        if faults:
            return Unread(row, name, key, tuple(faults))
        digests = {field: digest_of(value) for field, value in values.items() if field != "key"}
        found = Read(row, key, values, digests)
        try:
            self.proposal(found)
        except BadInput as error:
            return Unread(row, name, key, (CellFault("", "", error.what, error.do),))
        return found

    def _value(self, field: str, text: str) -> Any:
        refuse_no_text(text)
        if field != "date":
            return READERS[field](text)
        day = self.columns.dates.read(text)
        if day > self.today:
            raise Unreadable(
                "it is in the future, and a sighting has happened",
                f"Use {self.today} or an earlier date, or leave it empty",
            )
        return day

    def proposal(self, read: Read, *, different: str = "") -> Proposal:
        """The technology that a row proposes; its sighting is given apart."""
        details = {k: v for k, v in read.details.items() if v not in ("", ())}
        owner = details.pop("owner", "")
        return Proposal(
            details=checked(Details, {"kind": self.kind, **details}),
            owner=owner,
            duplicate_reason=different,
        )

    def sighting(self, read: Read, seen_on: date | None = None) -> Sighting:
        """Where the row says that the technology was seen; `seen_on` counts where it gives no
        date."""
        said = [each for each in (read.values.get("source", ""), self.source) if each]
        return checked(
            Sighting,
            {
                "source": ", ".join(said) or self.file,
                "source_type": self.source_type,
                "seen_on": read.values.get("date") or seen_on or self.today,
                "url": read.values.get("url", ""),
                "note": read.values.get("note", ""),
            },
        )


def digest_of(value: Any) -> str:
    """16 hexadecimal digits that tell two values of a field apart."""
    plain = list(value) if isinstance(value, tuple) else value
    if isinstance(value, date):
        plain = value.isoformat()
    return hashlib.sha256(canonical(plain)).hexdigest()[:16]


def read_all(
    reading: Reading, rows: tuple[Row, ...], progress: Callable[[int], None]
) -> Iterator[Read | Unread]:
    """Every row read; `progress` hears how many are done and may stop it by raising."""
    for number, row in enumerate(rows):
        if number % 100 == 0:
            progress(number)
        yield reading.read(row)
