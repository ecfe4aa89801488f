"""register.json: a TinyDB file that is always whole, readable, and the same for the same register.

Tables, ids and keys are sorted. A small register is indented; a large one has one record a line,
so that one change is one changed line and records can be split without parsing them.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import msgspec
from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from horizon.model.base import canonical
from horizon.model.errors import StoreFault
from horizon.model.state import Tables
from horizon.store import disk

INDENTED_UP_TO = 2000
"""Records in all tables together up to which the file is indented."""

BYTES_TABLE = "technologies"
"""The table whose records stay JSON bytes until somebody asks for one."""

PLACE = "journal"
"""The record of table `head` that says where in the journal the snapshot stands."""

_BOM = b"\xef\xbb\xbf"
_spell = msgspec.json.Encoder().encode
"""As `canonical`, faster, for a single name."""

_split = msgspec.json.Decoder(dict[str, dict[str, msgspec.Raw]])


class Unreadable(Exception):
    """The file is there and is not a snapshot. `str()` says what it is instead."""


class _Label(msgspec.Struct):
    label: str = ""


_label = msgspec.json.Decoder(_Label)


class SnapshotStorage(Storage):
    """The TinyDB storage of register.json: whole-file reads, atomic writes.

    Records may be given to `write` as mappings or as canonical JSON bytes. To be written with
    the register's lock held.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)

    def read(self) -> dict[str, dict[str, Any]] | None:
        """All tables as dictionaries; `None` for a file that is missing or empty.

        Raises `Unreadable` when it is not a snapshot, `StoreFault` when it cannot be read.
        """
        tables = self.split()
        if tables is None:
            return None
        return {
            name: {key: msgspec.json.decode(record) for key, record in table.items()}
            for name, table in tables.items()
        }

    def split(self) -> dict[str, dict[str, bytes]] | None:
        """All tables with each record as JSON bytes on one line. Raises as `read` does."""
        content = self._content()
        if not content or content.isspace():
            return None
        try:
            tables = _split.decode(content.removeprefix(_BOM))
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise Unreadable(str(error)) from None
        return {
            name: {key: _one_line(bytes(record)) for key, record in table.items()}
            for name, table in tables.items()
        }

    def write(self, data: Mapping[str, Mapping[str, Any]]) -> None:
        """Put these tables on the disk, all or nothing. The same content is not written again.

        Raises `StoreFault`; the old file is then as it was.
        """
        compact = sum(len(table) for table in data.values()) > INDENTED_UP_TO
        content = b"".join(_compact(data))
        if not compact:
            content = msgspec.json.format(content, indent=2) + b"\n"
        try:
            if self._content() == content:
                return
            disk.replace(self.path, [content])
        except OSError as error:
            raise StoreFault(
                f"{self.path} could not be written and is as it was: {disk.why(error)}. "
                "The journal beside it has every change."
            ) from None

    def _content(self) -> bytes | None:
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreFault(f"{self.path} cannot be read: {disk.why(error)}.") from None


def _one_line(record: bytes) -> bytes:
    return msgspec.json.format(record, indent=-1) if b"\n" in record else record


def _compact(tables: Mapping[str, Mapping[str, Any]]) -> Iterator[bytes]:
    yield b"{"
    for place, name in enumerate(sorted(tables)):
        yield (b",\n" if place else b"\n") + _spell(name) + b": {"
        table = tables[name]
        for row, key in enumerate(sorted(table)):
            record = table[key]
            yield (b",\n" if row else b"\n") + _spell(key) + b": "
            yield record if isinstance(record, bytes) else canonical(record)
        yield b"\n}" if table else b"}"
    yield b"\n}\n"


@dataclass(frozen=True, slots=True)
class Place:
    """Which line of the journal a snapshot includes as its last, and the snapshot's own digest.

    `offset` is where that line ends in the file, in bytes; `line` its number from 1; `seq` its
    last event; `hash` its hash. `digest` is SHA-256 over all records but this one.
    """

    offset: int
    line: int
    seq: int
    hash: str
    digest: str


@dataclass(frozen=True, slots=True)
class Saved:
    """A snapshot as it was read. `digest` is what its records add up to now."""

    tables: Tables
    place: Place | None
    digest: str

    @property
    def seq(self) -> int:
        """The last event that the tables say they include."""
        seq = self._head.get("seq", 0)
        return seq if isinstance(seq, int) else 0

    @property
    def hash(self) -> str:
        """The hash of the last line that the tables say they include."""
        return str(self._head.get("hash", ""))

    @property
    def _head(self) -> dict[str, Any]:
        head = self.tables.get("head", {}).get("1", {})
        return head if isinstance(head, dict) else {}


def load(storage: SnapshotStorage) -> Saved | None:
    """The snapshot as the register takes it: technologies as bytes, by label; the rest parsed.

    `None` for a file that is missing. Raises `Unreadable` and `StoreFault`.
    """
    split = storage.split()
    if split is None:
        if storage.path.exists():
            raise Unreadable("it is empty")
        return None
    place = _place(split.get("head", {}).pop(PLACE, b"null"))
    try:
        tables: Tables = {
            name: {key: msgspec.json.decode(record) for key, record in table.items()}
            for name, table in split.items()
            if name != BYTES_TABLE
        }
        technologies = split.get(BYTES_TABLE, {})
        labels = {key: _label.decode(record).label for key, record in technologies.items()}
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable(str(error)) from None
    # The file sorts by id; people expect the order in which things entered the register.
    tables[BYTES_TABLE] = {
        key: technologies[key]
        for key in sorted(technologies, key=lambda each: (len(labels[each]), labels[each], each))
    }
    return Saved(tables, place, digest_of(split))


def save(storage: SnapshotStorage, tables: Tables, *, offset: int, line: int) -> None:
    """Write the tables, noting how far into the journal they reach. Raises `StoreFault`."""
    spelled = {
        name: {
            key: record if isinstance(record, bytes) else canonical(record)
            for key, record in table.items()
        }
        for name, table in tables.items()
    }
    head = tables["head"]["1"]
    place = Place(offset, line, head.get("seq", 0), head.get("hash", ""), digest_of(spelled))
    storage.write({**spelled, "head": {**spelled["head"], PLACE: canonical(asdict(place))}})


def digest_of(tables: Mapping[str, Mapping[str, bytes]]) -> str:
    """SHA-256 over names, ids and records in their order in the file."""
    total = hashlib.sha256()
    for name in sorted(tables):
        total.update(_spell(name))
        table = tables[name]
        for key in sorted(table):
            total.update(_spell(key) + table[key])
    return total.hexdigest()


def _place(record: bytes) -> Place | None:
    try:
        return msgspec.json.decode(record, type=Place | None)
    except msgspec.MsgspecError:
        return None


class RecordTable(Table):
    """A TinyDB table whose ids are the records' own, as text."""

    document_id_class = str  # type: ignore[assignment]

    def _get_next_id(self) -> int:
        raise ValueError("A record brings its own id: insert(Document(record, doc_id=id))")


class SnapshotDB(TinyDB):
    """register.json as a TinyDB, for queries: `SnapshotDB(path).table("people").all()`."""

    table_class = RecordTable
    default_storage_class = SnapshotStorage  # type: ignore[assignment]

    def __init__(self, path: str | os.PathLike[str]) -> None:
        super().__init__(path)
