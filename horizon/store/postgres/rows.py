"""What the events add up to, as rows: read when the fold asks for them, written when it is done.

So a change is folded onto what the database holds, in the same transaction as its events, whatever
the program that makes it has in memory.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from horizon.model.base import Model, canonical
from horizon.model.envelope import Commit
from horizon.model.headers import header_from_json
from horizon.model.state import Head, State, Tables, Technologies
from horizon.store.postgres.connecting import Connection

if TYPE_CHECKING:
    from horizon.model.meeting import Meeting

Held = TypeVar("Held")

SNAPSHOT_TABLES = ("framework", "person", "meeting")
_NAMES = {"framework": "frameworks", "person": "people", "meeting": "meetings"}


class Fetched(dict[str, Held]):
    """Records by id, each fetched when it is first asked for. Knows which were set."""

    def __init__(
        self, fetch: Callable[[str], Held | None], every: Callable[[], Iterable[str]]
    ) -> None:
        super().__init__()
        self._fetch, self._every = fetch, every
        self.touched: set[str] = set()
        self.gone: set[str] = set()

    def __contains__(self, key: object) -> bool:
        if super().__contains__(key):
            return True
        if key in self.gone or not isinstance(key, str):
            return False
        found = self._fetch(key)
        if found is None:
            return False
        super().__setitem__(key, found)
        return True

    def __missing__(self, key: str) -> Held:
        if key not in self:
            raise KeyError(key)
        return self[key]

    def __setitem__(self, key: str, value: Held) -> None:
        super().__setitem__(key, value)
        self.touched.add(key)
        self.gone.discard(key)

    def __delitem__(self, key: str) -> None:
        self[key]
        super().__delitem__(key)
        self.touched.discard(key)
        self.gone.add(key)

    def __iter__(self) -> Iterator[str]:
        for key in dict.fromkeys([*self._every(), *super().__iter__()]):
            if key in self:
                yield key

    def items(self) -> Any:
        return [(key, self[key]) for key in self]


class RowTechnologies(Technologies):
    """Technologies whose records stand in the database."""

    def __init__(self, rows: Fetched[bytes]) -> None:
        super().__init__()
        self._stored = rows


def _dump(record: Model) -> str:
    return canonical(record.model_dump(mode="json", exclude_defaults=True)).decode("utf-8")


def _clean(text: str) -> str:
    """Text as a column can hold it: the record itself keeps every letter."""
    return text.replace("\0", "")


def _record(connection: Connection, force: str, table: str, key: str) -> str | None:
    row = connection.execute(
        f"select record from horizon.{table} where force = %s and id = %s".encode(), (force, key)
    ).fetchone()
    return None if row is None else str(row[0])


def _ids(connection: Connection, force: str, table: str) -> list[str]:
    rows = connection.execute(
        f"select id from horizon.{table} where force = %s order by id".encode(), (force,)
    )
    return [row[0] for row in rows]


class RowState(State):
    """The state of a force's register, on its rows, with one commit folded onto it.

    `save` writes what the commit changed.
    """

    def __init__(self, connection: Connection, force: str, commit: Commit) -> None:
        super().__init__()
        self._connection, self._force, self._commit = connection, force, commit
        subjects = list({each.subject for each in commit.events})
        with connection.pipeline():
            head = connection.execute(b"select record from horizon.head where force = %s", (force,))
            about = connection.execute(
                b"select id, record from horizon.technology where force = %s and id = any(%s)",
                (force, subjects),
            )
            row = head.fetchone()
            ahead: dict[str, bytes | None] = dict.fromkeys(subjects)
            ahead |= {key: record.encode("utf-8") for key, record in about.fetchall()}
        if row is not None:
            self.head = Head.model_validate_json(row[0])

        def technology(key: str) -> bytes | None:
            if key in ahead:
                return ahead[key]
            found = _record(connection, force, "technology", key)
            return None if found is None else found.encode("utf-8")

        def meeting(key: str) -> Meeting | None:
            from horizon.model.meeting import Meeting

            found = _record(connection, force, "meeting", key)
            return None if found is None else Meeting.model_validate_json(found)

        self._rows: Fetched[bytes] = Fetched(
            technology, lambda: _ids(connection, force, "technology")
        )
        self.technologies = RowTechnologies(self._rows)
        self.meetings = Fetched(meeting, lambda: _ids(connection, force, "meeting"))
        from horizon.model.fold import apply

        apply(self, commit)

    def save(self, *, line: int) -> None:
        """Write the records that changed, and where the chain stands now."""
        connection, force = self._connection, self._force
        for key in self._rows.gone:
            delete(connection, force, "technology", [key])
            delete(connection, force, "shown", [key])
        changed = [self.technologies.json(key) for key in self._rows.touched]
        put_technologies(connection, force, changed)
        put(connection, force, "person", [(k, _dump(v), v.name) for k, v in self.people.items()])
        put(connection, force, "framework", [(k, _dump(v), "") for k, v in self.frameworks.items()])
        meetings = self.meetings
        assert isinstance(meetings, Fetched)
        put(connection, force, "meeting", [(k, _dump(meetings[k]), "") for k in meetings.touched])
        from horizon.model.sharing_events import SharingSet

        shared = {e.subject for e in self._commit.events if e.kind == SharingSet.kind}
        if shared:
            put_sharing(connection, force, self, shared)
        put_shown(connection, force, changed, no_more=shared)
        put_head(connection, force, self.head, line=line)


def put_technologies(connection: Connection, force: str, records: Iterable[bytes]) -> None:
    """Write these records of technologies, in place of older ones."""
    _fill(connection, "technology", _COLUMNS, [_row(force, record) for record in records])


_COLUMNS = ("force", "id", "label", "name", "stage", "marking", "words", "record")


def _row(force: str, record: bytes) -> tuple[Any, ...]:
    header = header_from_json(record)
    words = " ".join((header.name, *header.aliases, header.supplier))
    return (
        force,
        header.id,
        _clean(header.label),
        _clean(header.name),
        _clean(header.stage),
        header.marking.value,
        _clean(words.casefold()),
        record.decode("utf-8"),
    )


def _fill(
    connection: Connection, table: str, columns: Sequence[str], rows: list[tuple[Any, ...]]
) -> None:
    """Put rows into a table whose key is the first two columns, in place of older ones."""
    if not rows:
        return
    places = ", ".join(["%s"] * len(columns))
    anew = ", ".join(f"{each} = excluded.{each}" for each in columns[2:])
    connection.cursor().executemany(
        f"insert into horizon.{table} ({', '.join(columns)}) values ({places}) "
        f"on conflict (force, id) do update set {anew}".encode(),
        rows,
    )


def put_shown(
    connection: Connection, force: str, records: Iterable[bytes], *, no_more: Collection[str] = ()
) -> None:
    """Write those of these records that are shared as other forces may see them. Those of
    `no_more` that are not shared any more are taken out."""
    shown, gone = [], []
    for record in records:
        shared = msgspec.json.decode(record, type=Shared)
        if shared.shared_with:
            shown.append(shown_row(force, record))
        elif shared.id in no_more:
            gone.append(shared.id)
    _fill(connection, "shown", SHOWN, shown)
    if gone:
        delete(connection, force, "shown", gone)


SHOWN = (*_COLUMNS, "whole")
"""The columns of what other forces see."""


def shown_row(force: str, record: bytes) -> tuple[Any, ...]:
    """What other forces see of a technology, as a row of `SHOWN`."""
    from horizon.model.outward import outward

    out = outward(record)
    row = dict(zip(_COLUMNS, _row(force, out.record), strict=True))
    return (*(row | {"marking": out.marking.value}).values(), out.whole)


def show_anew(connection: Connection, force: str) -> None:
    """Write what other forces see of a force's technologies from what stands in its own rows."""
    connection.execute(b"delete from horizon.shown where force = %s", (force,))
    put_shown(connection, force, technologies_of(connection, force).values())


def put(connection: Connection, force: str, table: str, rows: list[tuple[str, str, str]]) -> None:
    """Write these records (id, record, name) of a table, in place of older ones."""
    for key, record, name in rows:
        if table == "person":
            connection.execute(
                b"insert into horizon.person (force, id, name, record) values (%s, %s, %s, %s) "
                b"on conflict (force, id) do update set name = excluded.name, "
                b"record = excluded.record",
                (force, key, _clean(name), record),
            )
        else:
            connection.execute(
                f"insert into horizon.{table} (force, id, record) values (%s, %s, %s) "
                "on conflict (force, id) do update set record = excluded.record".encode(),
                (force, key, record),
            )


def put_sharing(connection: Connection, force: str, state: State, keys: Iterable[str]) -> None:
    """Let the forces that these technologies are shared with see them, and no others."""
    shared = [key for key in keys if key in state.technologies]
    wanted = {
        (key, whom) for key in shared for whom in state.technologies.part(key, Shared).shared_with
    }
    rows = connection.execute(
        b"select subject, with_force from horizon.sharing where force = %s and subject = any(%s)",
        (force, shared),
    )
    held = {(subject, whom) for subject, whom in rows.fetchall()}
    for subject, whom in held - wanted:
        connection.execute(
            b"delete from horizon.sharing where force = %s and subject = %s and with_force = %s",
            (force, subject, whom),
        )
    for subject, whom in sorted(wanted - held):
        connection.execute(
            b"insert into horizon.sharing (force, subject, with_force) values (%s, %s, %s)",
            (force, subject, whom),
        )


class Shared(msgspec.Struct, frozen=True):
    """Whom a technology is shared with, as its record says."""

    id: str
    shared_with: tuple[str, ...] = ()


def put_head(connection: Connection, force: str, head: Head, *, line: int) -> None:
    """Write where the register stands, and what everybody on the server may know of it."""
    connection.execute(
        b"insert into horizon.head (force, record) values (%s, %s) "
        b"on conflict (force) do update set record = excluded.record",
        (force, _dump(head)),
    )
    connection.execute(
        b"update horizon.chain set seq = %s, line = %s, hash = %s, register = %s, name = %s, "
        b"illustrative = %s, framework = %s, last_at = %s where force = %s",
        (
            head.seq,
            line,
            head.hash,
            head.register_id,
            _clean(head.name),
            head.illustrative,
            head.adopted_framework,
            head.last_at,
            force,
        ),
    )


def delete(connection: Connection, force: str, table: str, keys: list[str]) -> None:
    """Take records out of a table."""
    connection.execute(
        f"delete from horizon.{table} where force = %s and id = any(%s)".encode(), (force, keys)
    )


def tables_of(connection: Connection, force: str) -> Tables | None:
    """The saved tables as the register takes them; `None` where there is nothing yet."""
    row = connection.execute(
        b"select record from horizon.head where force = %s", (force,)
    ).fetchone()
    if row is None:
        return None
    tables: Tables = {"head": {"1": json.loads(row[0])}}
    for table in SNAPSHOT_TABLES:
        tables[_NAMES[table]] = records_of(connection, force, table)
    tables["technologies"] = technologies_of(connection, force)
    return tables


def records_of(connection: Connection, force: str, table: str) -> dict[str, Any]:
    """The records of a table, parsed, by id."""
    rows = connection.execute(
        f"select id, record from horizon.{table} where force = %s order by id".encode(), (force,)
    )
    return {key: msgspec.json.decode(record) for key, record in rows}


def technologies_of(connection: Connection, force: str, *, seen: bool = False) -> dict[str, bytes]:
    """The technologies of a force in their order: its own rows, or as far as whoever is signed in
    may see them (`seen`)."""
    table = "seen" if seen else "technology"
    rows = connection.execute(
        f"select length(label), label, id, record from horizon.{table} where force = %s".encode(),
        (force,),
    ).fetchall()
    rows.sort()  # the order in which they entered; a server would sort whole records on its disk
    return {key: record.encode("utf-8") for _, _, key, record in rows}


def rewrite(connection: Connection, force: str, state: State, *, line: int) -> None:
    """Make the rows say what `state` says, touching only what differs."""
    held = technologies_of(connection, force)
    made = {key: state.technologies.json(key) for key in state.technologies}
    delete(connection, force, "technology", [key for key in held if key not in made])
    put_technologies(
        connection, force, [each for key, each in made.items() if held.get(key) != each]
    )
    for table, records in (
        ("framework", state.frameworks),
        ("person", state.people),
        ("meeting", state.meetings),
    ):
        dumped = [(key, _dump(each), getattr(each, "name", "")) for key, each in _items(records)]
        kept = {row[0] for row in dumped}
        gone = [key for key in _ids(connection, force, table) if key not in kept]
        delete(connection, force, table, gone)
        put(connection, force, table, dumped)
    connection.execute(
        b"delete from horizon.sharing where force = %s and subject <> all(%s)",
        (force, list(made)),
    )
    put_sharing(connection, force, state, made)
    show_anew(connection, force)
    put_head(connection, force, state.head, line=line)


def _items(records: Any) -> Iterable[tuple[str, Model]]:
    return list(records.items())
