"""Everything that does not add up in a force's tables, for `verify`. Changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from horizon.model.wording import listed
from horizon.store.chain import Chain
from horizon.store.interface import Fault, Heard
from horizon.store.postgres.connecting import Connection
from horizon.store.postgres.parts import Raw
from horizon.store.postgres.rows import SHOWN, Shared, shown_row
from horizon.store.postgres.schema import CHAIN_TABLES, POLICIES


def faults_of_chain(lines: Iterable[Raw], heard: Heard = lambda line: None) -> Iterator[Fault]:
    """Each line that was changed, misplaced or taken out, in order."""
    chain, before = Chain(), 0
    for raw in lines:
        heard(raw.line)
        if raw.line != before + 1:
            yield Fault(raw.line, None, f"follows line {before}: what was between them is gone")
        before = raw.line
        examined = chain.examine(raw.content, strict=True)
        for seq, what in examined.findings:
            yield Fault(raw.line, seq, what)
        chain.advance(examined.commit, examined.hashes)


def faults_of_tables(connection: Connection, force: str) -> Iterator[Fault]:
    """The chain's place against its last line; loose events; rights nobody should have."""
    yield from _cut(connection, force)
    yield from _loose(connection, force)
    yield from _strangers(connection, force)
    yield from _sharing(connection, force)
    yield from _shown(connection, force)
    yield from _rights(connection)


def _cut(connection: Connection, force: str) -> Iterator[Fault]:
    row = connection.execute(
        b"select c.seq, c.line, c.hash, l.last_seq, l.line, l.hash from horizon.chain c "
        b"left join lateral (select * from horizon.line where force = c.force "
        b"order by line desc limit 1) l on true where c.force = %s",
        (force,),
    ).fetchone()
    if row is not None and row[0] and row[:3] != row[3:]:
        seq, line, _, last_seq, last_line, _ = row
        yield Fault(
            0,
            last_seq,
            f"The register stands at event {seq}, line {line}, but its history ends with event "
            f"{last_seq or 0}, line {last_line or 0}, or another line is there: lines were taken "
            "out or added by something other than Horizon",
        )


def _loose(connection: Connection, force: str) -> Iterator[Fault]:
    """Events that no line counts, and data of events about something else."""
    rows = connection.execute(
        b"select e.seq, e.line from horizon.event e join horizon.line l using (force, line) "
        b"where e.force = %s and e.seq not between l.first_seq and l.last_seq order by e.seq",
        (force,),
    )
    for seq, line in rows.fetchall():
        yield Fault(line, seq, f"does not count event {seq}, which was put beside it")
    rows = connection.execute(
        b"select e.line, e.seq from horizon.event e join horizon.event_data d using (force, seq) "
        b"where e.force = %s and d.subject <> e.subject order by e.seq",
        (force,),
    )
    for line, seq in rows.fetchall():
        yield Fault(line, seq, f"has data of event {seq} that says to be about something else")


def _strangers(connection: Connection, force: str) -> Iterator[Fault]:
    """Lines written by an account under the name of somebody else. What the owner of the tables
    brought in, when the register was begun or copied, is under the names it came with."""
    rows = connection.execute(
        b"select distinct on (l.line) l.line, e.seq, l.actor from horizon.line l "
        b"join horizon.event e on e.force = l.force and e.line = l.line "
        b"join pg_class t on t.oid = 'horizon.line'::regclass "
        b"join pg_roles o on o.oid = t.relowner "
        b"left join horizon.member w on w.force = l.force and w.login = l.actor "
        b"where l.force = %s and l.actor <> o.rolname and w.person is distinct from e.by "
        b"order by l.line",
        (force,),
    )
    for line, seq, actor in rows.fetchall():
        yield Fault(line, seq, f"was written by the account {actor} under another name")


def _sharing(connection: Connection, force: str) -> Iterator[Fault]:
    """Technologies that are shown to other forces without an event that says so, or not shown
    although one does."""
    rows = connection.execute(
        b"select t.label, t.record, "
        b"array(select s.with_force from horizon.sharing s where s.force = t.force "
        b"and s.subject = t.id order by 1) from horizon.technology t where t.force = %s "
        b"and (strpos(t.record, '\"shared_with\"') > 0 or exists (select 1 from horizon.sharing s "
        b"where s.force = t.force and s.subject = t.id)) order by t.label",
        (force,),
    )
    for label, record, shown in rows.fetchall():
        said = msgspec.json.decode(record, type=Shared).shared_with
        if sorted(said) != sorted(shown):
            yield Fault(
                0,
                None,
                f"{label} is shown to {listed(shown) or 'no other force'}, but its events say "
                f"{listed(said) or 'no other force'}. The events count; have the tables made "
                "again with: horizon shared mend",
            )


def _shown(connection: Connection, force: str) -> Iterator[Fault]:
    """What other forces are shown of a technology, where it is not what they may see of it."""
    columns = ", ".join(f"s.{each}" for each in SHOWN)
    rows = connection.execute(
        f"select t.label, t.record, s.label, {columns} from horizon.technology t "
        "full join horizon.shown s on s.force = t.force and s.id = t.id "
        "where %s in (t.force, s.force) and (s.id is not null "
        "or strpos(t.record, '\"shared_with\"') > 0) order by 1, 3".encode(),
        (force,),
    )
    for label, record, shown_label, *row in rows.fetchall():
        found = tuple(row) if shown_label is not None else None
        said = None if record is None else record.encode()
        shared = said is not None and msgspec.json.decode(said, type=Shared).shared_with
        if found != (shown_row(force, said) if shared and said is not None else None):
            yield Fault(
                0,
                None,
                f"what other forces see of {label or shown_label} is not what its events and "
                "markings let them see. The events count; have the tables made again with: "
                "horizon shared mend",
            )


def _rights(connection: Connection) -> Iterator[Fault]:
    """Whoever may change or remove what was recorded, beside the owner of the tables."""
    rows = connection.execute(
        b"select distinct case when a.grantee = 0 then 'everybody' else r.rolname end, c.relname, "
        b"a.privilege_type from pg_class c join pg_namespace n on n.oid = c.relnamespace "
        b"cross join lateral aclexplode(c.relacl) a left join pg_roles r on r.oid = a.grantee "
        b"where n.nspname = 'horizon' and c.relname = any(%s) and a.grantee <> c.relowner "
        b"and a.privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE') order by 1, 2, 3",
        (list(CHAIN_TABLES),),
    )
    for who, table, right in rows.fetchall():
        yield Fault(
            0,
            None,
            f"{who} has the right to {right} what was recorded. Take it back with: "
            f'revoke {right} on horizon.{table} from "{who}"',
        )
    rows = connection.execute(
        b"select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace "
        b"where n.nspname = 'horizon' and c.relname = any(%s) and not c.relrowsecurity order by 1",
        (sorted({each[0] for each in POLICIES}),),
    )
    for (table,) in rows.fetchall():
        yield Fault(
            0,
            None,
            f"the rows of {table} are open to every force: row-level security was switched off. "
            f"Switch it on with: alter table horizon.{table} enable row level security",
        )
    rows = connection.execute(
        b"select t.relname, g.tgname from pg_trigger g join pg_class t on t.oid = g.tgrelid "
        b"join pg_namespace n on n.oid = t.relnamespace "
        b"where n.nspname = 'horizon' and not g.tgisinternal order by 1, 2"
    )
    for table, trigger in rows.fetchall():
        yield Fault(0, None, f"a trigger {trigger} was put on {table}: Horizon makes none")
