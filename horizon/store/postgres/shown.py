"""Another force's register, as far as that force shares it: to be looked at, as it is now.

Its chain cannot be folded here, as most of what it says is hidden. So the state comes from the rows
that the database shows, anew whenever the chain of that force moves on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

import msgspec

from horizon.model.base import canonical
from horizon.model.envelope import GENESIS, AnyDraft, Commit, Event
from horizon.model.errors import StoreFault
from horizon.model.state import Tables
from horizon.store.chain import Chain, read_line
from horizon.store.interface import CommitOutline, Fault, Heard
from horizon.store.places import Server
from horizon.store.postgres import parts, rows
from horizon.store.postgres.connecting import Connection, Line
from horizon.store.postgres.reading import Member, place
from horizon.store.postgres.store import PostgresStore

PartOf = tuple[int, Tables]


class _Links(msgspec.Struct, frozen=True):
    """Other entries that a technology names."""

    superseded_by: str | None = None
    merged_into: str | None = None
    merged: tuple[str, ...] = ()
    different_from: tuple[str, ...] = ()


def _without_loose_links(records: dict[str, bytes]) -> dict[str, bytes]:
    """The records without their links to technologies that are not among them."""
    found = {}
    for key, record in records.items():
        links = msgspec.json.decode(record, type=_Links)
        others = {links.superseded_by, links.merged_into, *links.merged, *links.different_from}
        found[key] = record if others <= {None, *records} else _cut(record, records)
    return found


def _cut(record: bytes, shown: Collection[str]) -> bytes:
    parsed = msgspec.json.decode(record)
    for name in ("superseded_by", "merged_into"):
        if parsed.get(name) not in shown:
            parsed.pop(name, None)
    for name in ("merged", "different_from"):
        if name in parsed:
            parsed[name] = [each for each in parsed[name] if each in shown]
    return canonical(parsed)


class ShownStore(PostgresStore):
    """What another force shares with the force of whoever is signed in."""

    partial = True

    def __init__(self, server: Server, member: Member, line: Line | None = None) -> None:
        super().__init__(server, member, line)
        self.force = server.force
        self._seen = 0
        self._records: dict[str, bytes] = {}
        self._frameworks: dict[str, Any] = {}  # to stand on when nothing is shared any more
        self.read_only = ""
        self.notices.clear()
        self._refuse_writing(
            f"This is what {self.force} shares with {member.force}. Only {self.force} can change "
            "it."
            + (
                ""
                if member.sensitive
                else " Scores, notes and where documents are kept are shown only to those cleared "
                "for OFFICIAL-SENSITIVE."
            )
        )

    @property
    def signed_in(self) -> str:
        """The account: whoever is signed in is a person of their own force's register."""
        return f"{self.member.login} of {self.member.force}"

    def snapshot(self) -> Tables | None:
        """What is shared now, as the tables of a register."""
        seq, tables = self._line.read(self._shown)
        self._seen = seq
        self._chain = Chain(seq, frozenset({GENESIS}))
        return tables

    def _shown(self, connection: Connection) -> PartOf:
        connection.execute(b"begin transaction isolation level repeatable read read only")
        try:
            row = connection.execute(
                b"select seq, line, register, name, illustrative, framework, last_at "
                b"from horizon.chain where force = %s",
                (self.force,),
            ).fetchone()
            assert row is not None
            seq, self._lines, register, name, illustrative, framework, last_at = row
            head = {
                "register_id": register,
                "name": f"{name} (shared by {self.force})",
                "illustrative": illustrative,
                "seq": seq,
                "adopted_framework": framework,
                "last_at": last_at,
            }
            seen = rows.technologies_of(connection, self.force, seen=True)
            technologies = self._records = _without_loose_links(seen)
            tables: Tables = {"head": {"1": head}, "technologies": technologies, "meetings": {}}
            found = rows.records_of(connection, self.force, "framework")
            if framework not in found and framework not in self._frameworks:
                raise StoreFault(f"{self.force} shares nothing with {self.member.force}.")
            self._frameworks |= found
            tables["frameworks"] = self._frameworks
            people = connection.execute(
                b"select id, name, role from horizon.people_shown(%s)", (self.force,)
            )
            tables["people"] = {
                key: {"id": key, "name": name, "role": role} for key, name, role in people
            }
            return seq, tables
        finally:
            if not connection.closed:
                connection.execute(b"rollback")

    def since(self, seq: int) -> list[Commit]:
        """Nothing: when the chain of that force has moved on, `generation` grows instead."""
        now = self._line.read(lambda connection: place(connection, self.force))
        if now.seq != self._seen:
            self._seen = now.seq
            self._chain = Chain(now.seq, frozenset({GENESIS}))
            self.generation += 1
        return []

    def changed(self) -> bool:
        """Whether that force has changed anything since."""
        said = self.read_only
        self.read_only = ""
        super().changed()
        gone, self.read_only = self.read_only, said
        if gone or not self._line.may_try:
            return False
        now = self._line.read(lambda connection: place(connection, self.force))
        return now.seq != self._seen

    def history(self, subject: str | None = None) -> Iterator[tuple[int, Commit]]:
        """What is shown of the chain; the data of events that are not is empty."""
        if subject is not None:
            found: Sequence[parts.Raw] = self._aside.read(
                lambda c: parts.about(c, self.force, subject)
            )
        else:
            found = tuple(self.raw_lines())
        for raw in found:
            commit = read_line(raw.content).commit
            if commit is not None:
                told = tuple(self._with_decision(event) for event in commit.events)
                yield raw.line, commit.model_copy(update={"events": told})

    def _with_decision(self, event: Event) -> Event:
        """An event whose data is not shown, with the decision that it recorded as it is shown."""
        record = self._records.get(event.subject)
        if event.kind != "decision-recorded" or event.data is not None or record is None:
            return event
        for each in msgspec.json.decode(record).get("decisions", ()):
            if (each["at"], each["by"]) == (event.at, event.by):
                return event.model_copy(update={"data": {"decision": each}})
        return event

    def outline(self) -> Iterator[CommitOutline]:
        """What the lines are about that are shown, newest first."""
        line = self._lines
        while page := self._outline_page(line):
            yield from page
            line = page[-1].line - 1

    def append(self, drafts: Sequence[AnyDraft], *, by: str, at: str) -> Commit:
        raise StoreFault(self.read_only)

    def empty(self, seqs: Collection[int]) -> None:
        raise StoreFault(self.read_only)

    def lines(self) -> Iterator[bytes]:
        raise StoreFault(
            f"Only {self.force} can copy its register: the rest of it is not shown here."
        )

    def bring(self, lines: Iterable[bytes]) -> None:
        raise StoreFault(self.read_only)

    def faults(
        self, heard: Heard = lambda line: None, *, chain_alone: bool = False
    ) -> Iterator[Fault]:
        raise StoreFault(
            f"Only {self.force} can verify its register: the rest of it is not shown here."
        )
