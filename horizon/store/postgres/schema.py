"""The tables of a shared register, who may do what with them, and the functions beside them.

Plain SQL on purpose: tables, row-level security and functions in SQL; no triggers, no advisory
locks, no LISTEN/NOTIFY, so that engines that speak PostgreSQL's language can carry it too.
"""

from __future__ import annotations

from collections.abc import Iterator

from horizon.store.postgres.roles import OPEN_TO_OTHERS, Role, permits
from horizon.store.postgres.searching import TRIGRAM_TABLES, find_function

VERSION = 2
"""Of the tables below. It grows with every change to them."""

CHAIN_TABLES = ("line", "event", "event_data")
"""What is only ever added to."""

RECORD_TABLES = ("technology", "shown", "person", "framework", "meeting")
"""What is kept of each thing. `shown` holds what is shared as other forces see it."""

STATE_TABLES = ("head", *RECORD_TABLES)
"""What the events add up to. Made again from them when in doubt."""

TABLES = """
create schema if not exists horizon;
create table if not exists horizon.version (number integer not null);
create table if not exists horizon.chain (
  force text primary key,
  seq bigint not null default 0,
  line bigint not null default 0,
  hash text not null,
  generation bigint not null default 0,
  register text not null default '',
  name text not null default '',
  illustrative boolean not null default false,
  framework text not null default '',
  last_at text not null default ''
);
create table if not exists horizon.member (
  login text not null,
  force text not null references horizon.chain,
  role text not null,
  person text,
  sensitive boolean not null default false,
  primary key (login, force)
);
create table if not exists horizon.permit (
  role text not null,
  kind text not null,
  primary key (role, kind)
);
create table if not exists horizon.line (
  force text not null references horizon.chain,
  line bigint not null,
  first_seq bigint not null,
  last_seq bigint not null,
  prev text not null,
  hash text not null,
  actor text not null default session_user,
  written timestamptz not null default now(),
  primary key (force, line),
  unique (force, last_seq)
);
create table if not exists horizon.event (
  force text not null,
  line bigint not null,
  seq bigint not null,
  id text not null,
  at text not null,
  by text not null,
  kind text not null,
  subject text not null,
  revision bigint not null,
  digest text not null,
  primary key (force, seq),
  unique (force, id),
  foreign key (force, line) references horizon.line
);
create index if not exists event_subject on horizon.event (force, subject);
create table if not exists horizon.event_data (
  force text not null,
  seq bigint not null,
  subject text not null,
  salt text not null,
  data text not null,
  primary key (force, seq),
  foreign key (force, seq) references horizon.event
);
create table if not exists horizon.head (
  force text primary key references horizon.chain,
  record text not null
);
create table if not exists horizon.technology (
  force text not null references horizon.chain,
  id text not null,
  label text not null,
  name text not null,
  stage text not null,
  marking text not null,
  words text not null,
  record text not null,
  primary key (force, id)
);
create table if not exists horizon.shown (
  force text not null references horizon.chain,
  id text not null,
  label text not null,
  name text not null,
  stage text not null,
  marking text not null,
  words text not null,
  record text not null,
  whole boolean not null,
  primary key (force, id)
);
create table if not exists horizon.person (
  force text not null references horizon.chain,
  id text not null,
  name text not null,
  record text not null,
  primary key (force, id)
);
create table if not exists horizon.framework (
  force text not null references horizon.chain,
  id text not null,
  record text not null,
  primary key (force, id)
);
create table if not exists horizon.meeting (
  force text not null references horizon.chain,
  id text not null,
  record text not null,
  primary key (force, id)
);
create table if not exists horizon.sharing (
  force text not null references horizon.chain,
  subject text not null,
  with_force text not null,
  primary key (force, subject, with_force)
);
"""

_MINE = "force in (select m.force from horizon.member m where m.login = session_user)"
_WRITING = (
    "force in (select m.force from horizon.member m "
    "where m.login = session_user and m.role <> 'reader')"
)
_KEEPING = (
    "force in (select m.force from horizon.member m "
    "where m.login = session_user and m.role in ('secretary', 'administrator'))"
)
_SHARED = (
    "exists (select 1 from horizon.sharing s join horizon.member m "
    "on m.login = session_user and s.with_force in ('*', m.force) and {cleared} "
    "where s.force = {table}.force and s.subject = {table}.id)"
)
_SHARED_WHOLE = _SHARED.format(table="technology", cleared="m.sensitive")
_SHARED_AS_SHOWN = _SHARED.format(
    table="shown", cleared="(shown.marking = 'OFFICIAL' or m.sensitive)"
)
_SEEN = (
    "exists (select 1 from horizon.{seen} t "
    "where t.force = {table}.force and t.id = {table}.subject)"
)
_EVENT_SEEN = _SEEN.format(seen="shown", table="event")
_DATA_SEEN = (
    _SEEN.format(seen="technology", table="event_data")
    + " or exists (select 1 from horizon.shown t join horizon.event e on e.force = t.force "
    "and e.subject = t.id where t.force = event_data.force and e.seq = event_data.seq "
    "and t.whole and (e.kind in ({open}) or (e.kind = 'sharing-set' "
    "and horizon.is_among_us(event_data.data))))"
).format(open=", ".join(f"'{kind}'" for kind in sorted(OPEN_TO_OTHERS)))
_LINE_SEEN = (
    "exists (select 1 from horizon.event e where e.force = line.force and e.line = line.line)"
)
_FRAMEWORK_SEEN = "exists (select 1 from horizon.shown t where t.force = framework.force)"
_PERMITTED = (
    "exists (select 1 from horizon.member m join horizon.permit p on p.role = m.role "
    "where m.login = session_user and m.force = event.force and m.person = event.by "
    "and p.kind = event.kind)"
)
_MY_LINE = "horizon.is_my_line(force, line, seq)"

POLICIES: tuple[tuple[str, str, str, str], ...] = (
    # table, what for, which rows are seen, which rows may be written
    ("chain", "select", "exists (select 1 from horizon.member where login = session_user)", ""),
    ("chain", "update", _WRITING, _WRITING),
    ("member", "select", "login = session_user or force in (select horizon.my_forces())", ""),
    ("line", "select", f"{_MINE} or {_LINE_SEEN}", ""),
    ("line", "insert", "", f"actor = session_user and {_WRITING}"),
    ("event", "select", f"{_MINE} or {_EVENT_SEEN}", ""),
    ("event", "insert", "", f"{_PERMITTED} and {_MY_LINE}"),
    ("event_data", "select", f"{_MINE} or {_DATA_SEEN}", ""),
    ("event_data", "insert", "", _WRITING),
    ("head", "select", _MINE, ""),
    ("head", "insert", "", _WRITING),
    ("head", "update", _WRITING, _WRITING),
    ("technology", "select", f"{_MINE} or {_SHARED_WHOLE}", ""),
    ("shown", "select", f"{_MINE} or {_SHARED_AS_SHOWN}", ""),
    ("framework", "select", f"{_MINE} or {_FRAMEWORK_SEEN}", ""),
    ("person", "select", _MINE, ""),
    ("meeting", "select", _MINE, ""),
    *(
        (table, what, "" if what == "insert" else _WRITING, "" if what == "delete" else _WRITING)
        for table in RECORD_TABLES
        for what in ("insert", "update", "delete")
    ),
    (
        "sharing",
        "select",
        f"{_MINE} or with_force = '*' or with_force in "
        "(select m.force from horizon.member m where m.login = session_user)",
        "",
    ),
    ("sharing", "insert", "", _KEEPING),
    ("sharing", "delete", _KEEPING, ""),
)
"""Row-level security. The owner of the tables stands outside it."""

FUNCTIONS = """
create or replace function horizon.my_forces() returns setof text
language sql stable security definer set search_path = pg_catalog as $$
  select m.force from horizon.member m where m.login = session_user
$$;
create or replace function horizon.is_my_line(place text, number bigint, counted bigint)
returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select exists (select 1 from horizon.line l where l.force = place and l.line = number
    and l.actor = session_user and counted between l.first_seq and l.last_seq)
$$;
create or replace function horizon.sees(place text, subject text, marking text) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select exists (select 1 from horizon.member m where m.login = session_user and (m.force = $1 or (
    ($3 = 'OFFICIAL' or m.sensitive) and exists (select 1 from horizon.sharing s
      where s.force = $1 and s.subject = $2 and s.with_force in ('*', m.force)))))
$$;
create or replace function horizon.is_among_us(data text) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select not exists (
    select 1 from json_array_elements_text(replace(data, '\\u0000', '')::json -> 'forces') f
    where f <> '*' and f not in (
      select m.force from horizon.member m where m.login = session_user))
$$;
create or replace function horizon.people_shown(place text)
returns table (id text, name text, role text)
language sql stable security definer set search_path = pg_catalog as $$
  select p.id, p.name, coalesce(replace(p.record, '\\u0000', '')::json ->> 'role', '')
  from horizon.person p
  where p.force = place and p.id in (
    select (regexp_matches(t.record, 'p-[0-9a-f]{16}', 'g'))[1] from horizon.shown t
    where t.force = place and horizon.sees(t.force, t.id, t.marking)
    union
    select (regexp_matches(t.record, 'p-[0-9a-f]{16}', 'g'))[1] from horizon.technology t
    where t.force = place and horizon.sees(t.force, t.id, 'OFFICIAL-SENSITIVE'))
$$;
create or replace function horizon.erase(place text, wanted bigint[]) returns bigint
language sql security definer set search_path = pg_catalog as $$
  with allowed as (
    select 1 from horizon.member m where m.login = session_user and m.force = place
      and m.role = 'administrator'
  ), told as (
    select (jsonb_array_elements_text(
      replace(d.data, '\\u0000', '')::jsonb -> 'events'))::bigint as seq
    from horizon.event e join horizon.event_data d using (force, seq)
    where e.force = place and e.kind = 'data-erased'
  ), gone as (
    delete from horizon.event_data d where d.force = place and d.seq = any (wanted)
      and d.seq in (select seq from told) and exists (select 1 from allowed) returning d.seq
  ), counted as (
    update horizon.chain set generation = generation + 1
    where force = place and exists (select 1 from gone)
  )
  select count(*) from gone
$$;
"""

CALLERS = {
    "my_forces()": Role.READER,
    "sees(text, text, text)": Role.READER,
    "is_among_us(text)": Role.READER,
    "people_shown(text)": Role.READER,
    "find(text, integer)": Role.READER,
    "is_my_line(text, bigint, bigint)": Role.ASSESSOR,
    "erase(text, bigint[])": Role.ADMINISTRATOR,
}
"""Every function, and the lowest role that may call it."""

_READ = (
    "version", "chain", "member", "permit", *CHAIN_TABLES, *STATE_TABLES, "sharing", "seen",
    "register",
)  # fmt: skip

GRANTS: tuple[tuple[Role, tuple[str, ...]], ...] = (
    (
        Role.READER,
        ("usage on schema horizon", *(f"select on horizon.{table}" for table in _READ)),
    ),
    (
        Role.ASSESSOR,
        (
            "insert (force, line, first_seq, last_seq, prev, hash) on horizon.line",
            "insert on horizon.event",
            "insert on horizon.event_data",
            "update (seq, line, hash, register, name, illustrative, framework, last_at) "
            "on horizon.chain",
            "insert, update on horizon.head",
            *(f"insert, update, delete on horizon.{table}" for table in RECORD_TABLES),
        ),
    ),
    (Role.SECRETARY, ("insert, delete on horizon.sharing",)),
)
"""What each database role may do with tables at all; the policies say on which rows."""

VIEWS = """
create or replace view horizon.seen with (security_invoker = true) as
select force, id, label, name, stage, marking, record from horizon.technology
union all
select s.force, s.id, s.label, s.name, s.stage, s.marking, s.record from horizon.shown s
where not exists (select 1 from horizon.technology t where t.force = s.force and t.id = s.id);
create or replace view horizon.register with (security_invoker = true) as
select force, id, label, name, stage, marking,
  replace(record, '\\u0000', '')::jsonb as record from horizon.seen;
"""
"""What somebody may see, each technology once; and the same for people with psql, as JSON to ask
questions of."""


def _statements(text: str) -> Iterator[str]:
    """The statements of a text; those with a body in `$$` hold semicolons of their own."""
    kept = ""
    for line in text.strip().splitlines():
        kept += line + "\n"
        if line.endswith(";") and kept.count("$$") % 2 == 0:
            yield kept.strip().removesuffix(";")
            kept = ""


def group_statements(known: frozenset[str]) -> list[str]:
    """What makes the database roles; `known` are those that the server has already."""
    made = [f"create role {role.group} nologin" for role in Role if role.group not in known]
    steps = zip(list(Role), list(Role)[1:], strict=False)
    return made + [f"grant {lower.group} to {higher.group}" for lower, higher in steps]


def trigram_statements() -> list[str]:
    """What needs the extension pg_trgm, which Debian has in the package of PostgreSQL itself."""
    return [
        "create extension if not exists pg_trgm",
        *(
            f"create index if not exists {table}_words on horizon.{table} "
            "using gin (words gin_trgm_ops)"
            for table in TRIGRAM_TABLES
        ),
    ]


def statements(*, trigrams: str) -> list[str]:
    """Everything else, to be run in one transaction, any number of times.

    `trigrams` is the schema in which pg_trgm is, or empty where there is none.
    """
    made = [*_statements(TABLES), *_statements(FUNCTIONS)]
    made += _statements(find_function(trigrams=trigrams))
    made += _statements(VIEWS)
    made += [f"revoke all on function horizon.{name} from public" for name in CALLERS]
    for table in dict.fromkeys(each[0] for each in POLICIES):
        made.append(f"alter table horizon.{table} enable row level security")
    for table, what, seen, written in POLICIES:
        made.append(f"drop policy if exists may_{what} on horizon.{table}")
        using = f" using ({seen})" if seen else ""
        check = f" with check ({written})" if written else ""
        made.append(f"create policy may_{what} on horizon.{table} for {what}{using}{check}")
    made += [
        f"grant {privilege} to {role.group}"
        for role, privileges in GRANTS
        for privilege in privileges
    ]
    made += [
        f"grant execute on function horizon.{name} to {role.group}"
        for name, role in CALLERS.items()
    ]
    made += ["delete from horizon.permit"]
    rows = ", ".join(f"('{role}', '{kind}')" for role, kind in permits())
    made.append(f"insert into horizon.permit (role, kind) values {rows}")
    made += ["delete from horizon.version", f"insert into horizon.version values ({VERSION})"]
    return made
