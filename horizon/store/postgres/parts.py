"""The lines of a force's chain as the journal spells them, read from the tables and written there.

A line is kept in parts (its hash, its events, their data), so that data can be hidden or emptied
and the rest still adds up. Put together again it is, byte for byte, the line of a journal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import msgspec

from horizon.model.envelope import Commit
from horizon.store.interface import CommitOutline, EventOutline
from horizon.store.postgres.connecting import Connection

PAGE = 500
"""Lines read at once."""

_spell = msgspec.json.Encoder(order="sorted").encode

_COLUMNS = (
    "l.line, l.prev, l.hash, e.seq, e.id, e.at, e.by, e.kind, e.subject, e.revision, e.digest"
)
_JOINS = (
    "join horizon.event e on e.force = %(force)s and e.seq between l.first_seq and l.last_seq "
    "left join horizon.event_data d on d.force = %(force)s and d.seq = e.seq"
)

AFTER = f"""
with l as (
  select line, prev, hash, first_seq, last_seq from horizon.line
  where force = %(force)s and last_seq > %(seq)s order by last_seq limit %(page)s
)
select {_COLUMNS}, d.salt, d.data from l {_JOINS} order by l.line, e.seq
"""

ABOUT = f"""
with l as (
  select line, prev, hash, first_seq, last_seq from horizon.line
  where force = %(force)s and line in (
    select line from horizon.event where force = %(force)s and subject = %(subject)s)
)
select {_COLUMNS}, d.salt, d.data from l {_JOINS} order by l.line, e.seq
"""

AT = f"""
with l as (
  select line, prev, hash, first_seq, last_seq from horizon.line
  where force = %(force)s and line = %(line)s
)
select {_COLUMNS}, d.salt, d.data from l {_JOINS} order by e.seq
"""

OUTLINE = """
with l as (
  select line, first_seq, last_seq from horizon.line
  where force = %(force)s and line <= %(line)s order by line desc limit %(page)s
)
select l.line, e.seq, e.at, e.by, e.kind, e.subject from l
join horizon.event e on e.force = %(force)s and e.seq between l.first_seq and l.last_seq
order by l.line desc, e.seq
"""


class Raw(msgspec.Struct, frozen=True):
    """A line of the chain: its number, its bytes without the newline, and its last event."""

    line: int
    content: bytes
    last: int


def _put_together(rows: Sequence[tuple[Any, ...]]) -> Iterator[Raw]:
    for line, found in groupby(rows, key=lambda row: row[0]):
        held = list(found)
        events = [
            {
                "seq": seq,
                "id": id_,
                "at": at,
                "by": by,
                "kind": kind,
                "subject": subject,
                "revision": revision,
                "digest": digest,
                "salt": salt,
                "data": None if data is None else msgspec.Raw(data.encode("utf-8")),
            }
            for _, _, _, seq, id_, at, by, kind, subject, revision, digest, salt, data in held
        ]
        content = _spell({"prev": held[0][1], "events": events, "hash": held[0][2]})
        yield Raw(line, content, held[-1][3])


def page_after(connection: Connection, force: str, seq: int) -> list[Raw]:
    """The next lines after event `seq`, at most a page of them."""
    given = {"force": force, "seq": seq, "page": PAGE}
    return list(_put_together(connection.execute(AFTER.encode(), given).fetchall()))


def about(connection: Connection, force: str, subject: str) -> list[Raw]:
    """The lines that hold an event about `subject`."""
    given = {"force": force, "subject": subject}
    return list(_put_together(connection.execute(ABOUT.encode(), given).fetchall()))


def at(connection: Connection, force: str, line: int) -> Raw | None:
    """One line by its number."""
    given = {"force": force, "line": line}
    return next(_put_together(connection.execute(AT.encode(), given).fetchall()), None)


def outline_page(connection: Connection, force: str, line: int) -> list[CommitOutline]:
    """What the lines up to `line` are about, the newest first, at most a page of them."""
    given = {"force": force, "line": line, "page": PAGE}
    rows = connection.execute(OUTLINE.encode(), given).fetchall()
    return [
        CommitOutline(number, number, tuple(EventOutline(*row[1:]) for row in found))
        for number, found in groupby(rows, key=lambda row: row[0])
    ]


_LINE = ("force", "line", "first_seq", "last_seq", "prev", "hash")
_EVENT = ("seq", "id", "at", "by", "kind", "subject", "revision", "digest")
_DATA = ("force", "seq", "subject", "salt", "data")


class _Parts(msgspec.Struct):
    events: list[dict[str, msgspec.Raw]]


_parts = msgspec.json.Decoder(_Parts)


def insert_all(
    connection: Connection,
    force: str,
    first: int,
    lines: Sequence[tuple[bytes, Commit]],
    *,
    bulk: bool = False,
) -> None:
    """Write lines as they are spelled, with what they say, numbered from `first` on.

    The tables refuse a number that was given before. `bulk` is quicker for many, and only for the
    owner of the tables: row-level security does not look at what is copied in.
    """
    heads: list[tuple[Any, ...]] = []
    events: list[tuple[Any, ...]] = []
    held: list[tuple[Any, ...]] = []
    for number, (line, commit) in enumerate(lines, start=first):
        last = commit.events[-1].seq
        heads.append((force, number, commit.events[0].seq, last, commit.prev, commit.hash))
        spelled = _parts.decode(line).events
        for event, part in zip(commit.events, spelled, strict=True):
            events.append((force, number, *(getattr(event, name) for name in _EVENT)))
            if event.salt is not None:
                data = bytes(part["data"]).decode("utf-8")
                held.append((force, event.seq, event.subject, event.salt, data))
    fill = _copy_in if bulk else _insert
    fill(connection, "line", _LINE, heads)
    fill(connection, "event", ("force", "line", *_EVENT), events)
    fill(connection, "event_data", _DATA, held)


def _insert(
    connection: Connection, table: str, columns: Sequence[str], rows: list[tuple[Any, ...]]
) -> None:
    places = ", ".join(["%s"] * len(columns))
    statement = f"insert into horizon.{table} ({', '.join(columns)}) values ({places})"
    if rows:
        connection.cursor().executemany(statement.encode(), rows)


def _copy_in(
    connection: Connection, table: str, columns: Sequence[str], rows: list[tuple[Any, ...]]
) -> None:
    statement = f"copy horizon.{table} ({', '.join(columns)}) from stdin"
    with connection.cursor().copy(statement.encode()) as into:
        for row in rows:
            into.write_row(row)
