"""The register as the events up to some point add up to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any

from horizon.model.base import Model, canonical
from horizon.model.headers import TechnologyHeader, header_from_json, header_of
from horizon.model.people import Person
from horizon.model.technology import Digest, Technology, Text

Tables = dict[str, dict[str, Any]]
"""The register as TinyDB keeps it: table name, then record id, then the record (or its JSON)."""


class Technologies(MutableMapping[str, Technology]):
    """Technologies by id. A record read from disk is validated only when it is asked for."""

    def __init__(self, stored: Mapping[str, bytes] | None = None) -> None:
        self._stored: dict[str, bytes] = dict(stored or {})
        self._models: dict[str, Technology] = {}
        self._headers: dict[str, TechnologyHeader] = {}

    def __getitem__(self, key: str) -> Technology:
        if key not in self._models:
            self._models[key] = Technology.model_validate_json(self._stored[key])
        return self._models[key]

    def __setitem__(self, key: str, technology: Technology) -> None:
        self._models[key] = technology
        self._stored[key] = b""
        self._headers.pop(key, None)

    def __delitem__(self, key: str) -> None:
        del self._stored[key]
        self._models.pop(key, None)
        self._headers.pop(key, None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._stored)

    def __contains__(self, key: object) -> bool:
        return key in self._stored

    def __len__(self) -> int:
        return len(self._stored)

    def header(self, key: str) -> TechnologyHeader:
        """The listed part of one technology, without validating the rest."""
        if key not in self._headers:
            stored = self._stored[key]
            self._headers[key] = header_from_json(stored) if stored else header_of(self[key])
        return self._headers[key]

    def headers(self) -> list[TechnologyHeader]:
        """All headers, in the order in which the technologies entered the register."""
        return [self.header(key) for key in self._stored]

    def json(self, key: str) -> bytes:
        """The canonical JSON of one record, as the snapshot keeps it."""
        return self._stored[key] or record_json(self._models[key])


def record_json(record: Model) -> bytes:
    """A record's canonical JSON without the fields that have their default value."""
    return canonical(record.model_dump(mode="json", exclude_defaults=True))


class FrameworkCopy(Model):
    """A framework the register has used, kept whole, with who brought it in and why."""

    digest: Digest
    content: dict[str, Any]
    adopted_at: str
    adopted_by: str
    reason: Text = ""


class IssuedPaper(Model):
    """A board paper that left the register."""

    reference: str
    body: str
    meeting_on: str
    format: str
    at: str
    by: str
    content_digest: Digest
    file_digest: Digest
    head: str


class Head(Model):
    """Where the state stands: the register's own facts and the last event it includes.

    `hash` is the hash of the last line folded; `paper_head` that of the last line which is not
    itself the issue of a paper, so that a paper can be made again byte for byte. `technologies`
    counts the labels given. `missing_history` is the old head of a register whose journal was
    lost; `history_accepted` the reason someone gave for going on without it.
    """

    register_id: str = ""
    name: str = ""
    illustrative: bool = False
    created_at: str = ""
    seq: int = 0
    hash: str = ""
    paper_seq: int = 0
    paper_hash: str = ""
    paper_at: str = ""
    labels: int = 0
    adopted_framework: str = ""
    missing_history: str = ""
    history_accepted: str = ""
    last_at: str = ""
    papers: tuple[IssuedPaper, ...] = ()
    erased: tuple[int, ...] = ()


class State:
    """Everything the register holds. Changed only by `fold.apply`."""

    def __init__(self) -> None:
        self.head = Head()
        self.technologies = Technologies()
        self.people: dict[str, Person] = {}
        self.frameworks: dict[str, FrameworkCopy] = {}
        self.meetings: dict[str, Any] = {}

    def revision_of(self, subject: str) -> int:
        """How many events there have been about `subject`, where the register counts them."""
        if subject in self.technologies:
            return self.technologies.header(subject).revision
        person = self.people.get(subject)
        return person.revision if person else 0

    def person_name(self, person_id: str) -> str:
        """The name to show for an id: the person's, or the id itself when nobody was named."""
        person = self.people.get(person_id)
        return person.name if person else person_id

    def tables(self) -> Tables:
        """The state as TinyDB tables; technologies as canonical JSON bytes."""
        return {
            "head": {"1": self.head.model_dump(mode="json", exclude_defaults=True)},
            "frameworks": _dumped(self.frameworks),
            "people": _dumped(self.people),
            "meetings": dict(self.meetings),
            "technologies": {key: self.technologies.json(key) for key in self.technologies},
        }

    @classmethod
    def from_tables(cls, tables: Mapping[str, Mapping[str, Any]]) -> State:
        """The state that `tables` describe; technologies may be JSON bytes or parsed records.

        Raises `pydantic.ValidationError` for a head, person or framework that does not fit.
        """
        state = cls()
        state.head = Head.model_validate(tables["head"]["1"])
        state.people = {
            key: Person.model_validate(each) for key, each in tables.get("people", {}).items()
        }
        state.frameworks = {
            key: FrameworkCopy.model_validate(each)
            for key, each in tables.get("frameworks", {}).items()
        }
        state.meetings = dict(tables.get("meetings", {}))
        state.technologies = Technologies(
            {
                key: each if isinstance(each, bytes) else canonical(each)
                for key, each in tables.get("technologies", {}).items()
            }
        )
        return state


def _dumped(records: Mapping[str, Model]) -> dict[str, Any]:
    return {
        key: record.model_dump(mode="json", exclude_defaults=True)
        for key, record in records.items()
    }
