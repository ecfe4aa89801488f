"""The register as the events up to some point add up to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from typing import TYPE_CHECKING, Any

from pydantic import Field

from horizon.model.base import Model, canonical
from horizon.model.headers import (
    Part,
    TechnologyHeader,
    header_from_json,
    header_of,
    part_from_json,
    part_of,
)
from horizon.model.people import Person
from horizon.model.scalars import Digest, Text
from horizon.model.words import Edition, Marking

if TYPE_CHECKING:
    from horizon.model.meeting import Meeting
    from horizon.model.technology import Technology

Tables = dict[str, dict[str, Any]]
"""The register as TinyDB keeps it: table name, then record id, then the record (or its JSON)."""


class Technologies(MutableMapping[str, "Technology"]):
    """Technologies by id. A record read from disk is validated only when it is asked for."""

    def __init__(self, stored: Mapping[str, bytes] | None = None) -> None:
        self._stored: dict[str, bytes] = dict(stored or {})
        self._models: dict[str, Technology] = {}
        self._headers: dict[str, TechnologyHeader] = {}

    def __getitem__(self, key: str) -> Technology:
        if key not in self._models:
            from horizon.model.technology import Technology

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

    def copy(self) -> Technologies:
        """The same records under their own roof: what is put in here later is not put in there."""
        same = Technologies(self._stored)
        same._models, same._headers = dict(self._models), dict(self._headers)
        return same

    def header(self, key: str) -> TechnologyHeader:
        """The listed part of one technology, without validating the rest."""
        if key not in self._headers:
            stored = self._stored[key]
            self._headers[key] = header_from_json(stored) if stored else header_of(self[key])
        return self._headers[key]

    def headers(self) -> list[TechnologyHeader]:
        """All headers, in the order in which the technologies entered the register."""
        held = self._headers.get
        return [held(key) or self.header(key) for key in self._stored]

    def part(self, key: str, kind: type[Part]) -> Part:
        """One technology as the struct `kind`, which names some of its fields, without validating
        the rest."""
        stored = self._stored[key]
        return part_from_json(stored, kind) if stored else part_of(self[key], kind)

    def without(self, key: str) -> Technologies:
        """The same technologies but for one, to be changed beside these."""
        beside = Technologies()
        beside._stored, beside._models = dict(self._stored), dict(self._models)
        beside._headers = dict(self._headers)
        if key in beside:
            del beside[key]
        return beside

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
    revision: int = 1


class IssuedPaper(Model):
    """A paper or an export that left the register: see `events.PaperIssued`.

    `seq` is the number of the event. `newcomer` is true when whoever issued it was named for the
    first time in doing so.
    """

    reference: str
    what: str = "paper"
    about: str = ""
    body: str = ""
    meeting_on: str = ""
    marking: Marking = Marking.OFFICIAL
    edition: Edition = Edition.INTERNAL
    template: str = ""
    as_at: str = ""
    format: str
    at: str
    by: str
    content_digest: Digest
    file_digest: Digest
    files: dict[str, Digest] = Field(default_factory=dict)
    head: str
    seq: int = 0
    newcomer: bool = False


class ImportKept(Model):
    """An import that was made: of which source and file, how its columns were read, and how many
    rows had which outcome. `undone_at` is empty while it stands."""

    id: str
    source: str
    file: str = ""
    file_digest: str = ""
    format: str = ""
    columns: dict[str, str] = Field(default_factory=dict)
    unused: tuple[str, ...] = ()
    rows: dict[str, int] = Field(default_factory=dict)
    at: str
    by: str
    undone_at: str = ""


class Head(Model):
    """Where the state stands: the register's own facts and the last event it includes.

    `hash` is the hash of the last line folded; `paper_hash` that of the last line which does
    not issue a paper, so that a paper can be made again byte for byte. `labels` counts
    the labels given, `decision_numbers` the decisions of each body and year (`AISG/2026`), both so
    that a number is never given twice. `format` is the journal's. `missing_history` is the old head
    of a register whose journal was lost; `lost` what could not be recovered of a damaged one, in
    words; `history_accepted` the reason someone gave for going on without it.
    """

    register_id: str = ""
    format: int = 1
    name: str = ""
    illustrative: bool = False
    created_at: str = ""
    seq: int = 0
    hash: str = ""
    paper_seq: int = 0
    paper_hash: str = ""
    paper_at: str = ""
    revision: int = 0
    labels: int = 0
    decision_numbers: dict[str, int] = Field(default_factory=dict)
    adopted_framework: str = ""
    missing_history: str = ""
    lost: str = ""
    history_accepted: str = ""
    last_at: str = ""
    papers: tuple[IssuedPaper, ...] = ()
    imports: tuple[ImportKept, ...] = ()
    erased: tuple[int, ...] = ()


class State:
    """Everything the register holds. Changed only by `fold.apply`."""

    def __init__(self) -> None:
        self.head = Head()
        self.technologies = Technologies()
        self.people: dict[str, Person] = {}
        self.frameworks: dict[str, FrameworkCopy] = {}
        self.meetings: dict[str, Meeting] = {}

    def copy(self) -> State:
        """The state as it is now, which later events do not reach."""
        same = State()
        same.head, same.technologies = self.head, self.technologies.copy()
        same.people, same.frameworks = dict(self.people), dict(self.frameworks)
        same.meetings = dict(self.meetings)
        return same

    def revision_of(self, subject: str) -> int:
        """How many events there have been about `subject`, where the register counts them."""
        if subject in self.technologies:
            return self.technologies.header(subject).revision
        if subject == self.head.register_id:
            return self.head.revision
        counted = (
            self.people.get(subject) or self.frameworks.get(subject) or self.meetings.get(subject)
        )
        return counted.revision if counted else 0

    def whole(self, technology: Technology) -> Technology:
        """A technology with the sightings of the entries that were merged into it, which keep
        them: where any of them was seen, it was seen."""
        sightings = list(technology.sightings)
        waiting = list(technology.merged)
        for key in waiting:
            if key not in self.technologies:  # a selection, or a public edition, goes without it
                continue
            merged = self.technologies[key]
            sightings += merged.sightings
            waiting += merged.merged
        if len(sightings) == len(technology.sightings):
            return technology
        return technology.model_copy(update={"sightings": tuple(sightings)})

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
            "meetings": _dumped(self.meetings),
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
        if meetings := tables.get("meetings"):
            from horizon.model.meeting import Meeting

            state.meetings = {key: Meeting.model_validate(each) for key, each in meetings.items()}
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
