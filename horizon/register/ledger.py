"""An open register without its commands: how it is opened, read, caught up and written."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from pydantic import ValidationError

from horizon.model.errors import BadInput, Conflict, NotUnderstood, StoreFault
from horizon.model.formats import CURRENT
from horizon.model.state import State
from horizon.register import actions, opening
from horizon.register.desk import Desk, local_day, person_id, resolve
from horizon.register.near_names import known_names, nearest
from horizon.register.reader import Reader, Result
from horizon.store.files import journal_path
from horizon.store.places import Place
from horizon.store.stores import store_at

if TYPE_CHECKING:
    from horizon.framework.schema import Framework
    from horizon.model.envelope import Commit
    from horizon.model.technology import Technology
    from horizon.store.interface import Store

Clock = Callable[[], datetime]

SNAPSHOT_EVERY = 300
"""Commits between two writings of register.json while the register stays open."""


def utc_now() -> datetime:
    """The time now, in UTC."""
    return datetime.now(UTC)


class Ledger(Reader):
    """A register's files, open, with the state they add up to.

    `state` is what the journal adds up to, `framework` the one the register has adopted,
    `acting` the name of the person at work. `notices` are lines for that person; `read_only` is
    empty, or says why nothing can be written. Use it as a context manager, or call `close`.

    `written` are the subjects of each change made through it, oldest first; `looking` says why
    somebody may only look, where that is so.
    """

    path: Place

    def __init__(
        self, store: Store, state: State, *, path: Place, acting: str, clock: Clock
    ) -> None:
        super().__init__(state)
        self.store, self.path = store, path
        self.acting, self.clock = self._signed_in(acting), clock
        self._unsaved = 0
        self._news: set[str] = set()
        self.written: list[tuple[str, ...]] = []
        self.looking = self._not_understood = ""
        self._opened = state.head.seq

    @classmethod
    def open(
        cls, path: Place, *, acting: str, clock: Clock = utc_now, create: bool = False
    ) -> Self:
        """Open the register at `path`. In a database `acting` is who has signed in there.

        `create` makes a new one when there is none; else that raises `BadInput`. A register.json
        without its journal is taken over under a new register id. Raises `StoreFault` when the
        files cannot be read.
        """
        if not opening.exists(path):
            if create and isinstance(path, Path):
                return cls.create(path, name=path.stem, acting=acting, clock=clock)
            raise BadInput(
                "There is no register here", where=str(path), do="Create one with: horizon init"
            )
        store = store_at(path)
        state, unsaved = opening.load(store)
        register = cls(store, state, path=path, acting=acting, clock=clock)
        register._unsaved = unsaved
        if store.journal_missing and not store.read_only:
            register._take_over()
        return register

    @classmethod
    def create(
        cls,
        path: Place,
        *,
        name: str,
        acting: str,
        illustrative: bool = False,
        framework: Framework | None = None,
        clock: Clock = utc_now,
    ) -> Self:
        """A new register at `path`, which adopts `framework` (the shipped one) as it begins."""
        if opening.exists(path):
            raise BadInput("There is a register here already", where=str(path), do="Open it")
        if isinstance(path, Path):
            path.parent.mkdir(parents=True, exist_ok=True)
        store = store_at(path)
        register = cls(store, State(), path=path, acting=acting, clock=clock)
        from horizon.framework.loading import shipped

        first = framework or shipped()
        with store.lock():
            desk = Desk(register.state, first, moment=clock(), acting=acting)
            actions.keeping.begin(desk, name=name, illustrative=illustrative)
            actions.keeping.adopt(
                desk, first, reason="The framework that Horizon ships, as a start."
            )
            register._write(desk)
        register.save_snapshot()
        return register

    def _take_over(self) -> None:
        """Begin a journal from a register.json that came without one, naming the old head."""
        from horizon.framework.loading import shipped

        carried = self.state
        with self.store.lock():
            self.state = State()
            desk = Desk(self.state, shipped(), moment=self.clock(), acting=self.acting)
            actions.keeping.carry(desk, carried, acting=self.acting)
            self._write(desk)
        self.save_snapshot()

    def _signed_in(self, asserted: str) -> str:
        """The name of whoever the store knows to be at work, else the name that was given."""
        known = self.store.signed_in
        return self.state.person_name(known) if known else asserted

    # Reading

    @property
    def notices(self) -> list[str]:
        """What the person should know about the state of the files, a line each."""
        notices = list(self.store.notices)
        if self.state.head.lost and not self.state.head.history_accepted:
            notices.append(
                f"Not all of this register could be recovered ({self.state.head.lost}). "
                "Someone must accept that with a reason: horizon verify --accept-history REASON"
            )
        elif self.state.head.missing_history and not self.state.head.history_accepted:
            notices.append(
                "The history before this journal is not here. "
                "Someone must accept that with a reason: horizon verify --accept-history REASON"
            )
        return notices

    @property
    def mistaken(self) -> str:
        """What to say where the person at work has a name that is nearly somebody else's, and that
        nobody has; else empty."""
        near = nearest(self.acting, known_names(self))
        return f"You act as {self.acting}, who is new here. The register knows {near}." * bool(near)

    @property
    def read_only(self) -> str:
        """Empty, or why nothing can be written."""
        return self.looking or self._not_understood or self.store.read_only

    @property
    def past(self) -> str:
        """Empty, or the moment in the past that this shows, in words."""
        return ""

    @property
    def today(self) -> date:
        """The calendar day that dates are judged against."""
        return local_day(self.clock())

    @property
    def person_id(self) -> str:
        """The id of the person acting, or empty until their first act names them."""
        return self.store.signed_in or person_id(self.state, self.acting) or ""

    def history(self, technology_id: str | None = None) -> Iterator[tuple[int, Commit]]:
        """The journal's lines about a technology, or all of them: line number and commit."""
        return self.store.history(technology_id)

    # Writing

    def refresh(self) -> frozenset[str]:
        """Read what others wrote since; gives the ids of what changed since the last refresh."""
        if self.store.changed():
            self._catch_up()
        news, self._news = frozenset(self._news), set()
        return news

    def _catch_up(self) -> None:
        generation = self.store.generation
        commits = self.store.since(self.state.head.seq)
        events = [event for commit in commits for event in commit.events]
        if self.store.generation != generation:
            self._rebuild()  # what an erasure emptied may already be part of the state
            self._news.update(self.state.technologies)
        else:
            self._fold(commits)
        self._unsaved += len(commits)
        self._news.update(event.subject for event in events)

    def _fold(self, commits: Sequence[Commit]) -> None:
        """Take commits into the state. What reads events is loaded with the first of them."""
        if commits:
            from horizon.model.fold import apply

            for commit in commits:
                seq = self.state.head.seq
                try:
                    apply(self.state, commit)
                except NotUnderstood as error:
                    self._not_understood = str(error)
                    self.state = opening.replay_to(self.store, seq)  # not what it took in half way
                    self._readings.clear()
                    raise

    def _rebuild(self) -> None:
        self.state = opening.replay(self.store)
        self._readings.clear()

    def _desk(self) -> Desk:
        acting = self.store.signed_in or self.acting
        return Desk(self.state, self.framework, moment=self.clock(), acting=acting)

    def _write(self, desk: Desk) -> None:
        commit = self.store.append(desk.drafts, by=desk.by, at=desk.at)
        self._fold([commit])
        self._unsaved += 1
        self.written.append(tuple(dict.fromkeys(each.subject for each in commit.events)))

    def _do(
        self,
        action: Callable[[Desk], Result],
        *,
        subject: str | None = None,
        expect: int | None = None,
    ) -> Result:
        """Run one command: lock, catch up, check, append, fold. No news, no line."""
        if self.read_only:
            raise StoreFault(self.read_only)
        with self.store.lock():
            self._catch_up()
            if subject is not None and expect is not None:
                self._refuse_conflict(subject, expect)
            self._raise_format()
            desk = self._desk()
            try:
                result = action(desk)
            except ValidationError as error:
                from horizon.register.inputs import said

                raise BadInput(said(error)) from None
            if desk.has_news:
                self._write(desk)
        if self._unsaved >= SNAPSHOT_EVERY:
            self.save_snapshot()
        return result

    def _raise_format(self) -> None:
        """Carry an older register forward, once a copy of it is kept beside."""
        version = self.state.head.format
        if version == CURRENT or not isinstance(self.path, Path):
            return
        from horizon.model.events import FormatRaised
        from horizon.store.older import keep_copy

        kept = keep_copy(journal_path(self.path), version)
        desk = self._desk()
        raised = FormatRaised(origin=version, to=CURRENT, kept=kept.name)
        desk.draft(self.state.head.register_id, raised)
        self._write(desk)
        self.store.notices.append(
            f"This register was in format {version} and is in format {CURRENT} now. What was there "
            f"is kept as {kept.name}."
        )

    def _refuse_conflict(self, subject: str, expect: int) -> None:
        found = self.state.revision_of(subject)
        if found == expect:
            return
        from horizon.register.telling import tell

        newer = [
            event
            for _, commit in self.history(subject)
            for event in commit.events
            if event.subject == subject and event.revision > expect
        ]
        if newer and all(each.kind == "decision-signed" for each in newer):
            return  # a signature changes nothing that anybody works on
        raise Conflict(
            subject,
            self.label(subject),
            expected=expect,
            found=found,
            changes=[f"{self.name(each.by)}: {tell(each, self)}" for each in newer],
        )

    def _of(
        self,
        ref: str,
        expect: int | None,
        action: Callable[[Desk, Technology], Result],
    ) -> Result:
        """Run a command about one technology and give what it gives."""
        technology_id = resolve(self.state, ref)
        return self._do(
            lambda desk: action(desk, desk.technology(technology_id)),
            subject=technology_id,
            expect=expect,
        )

    def _change(
        self,
        ref: str,
        expect: int | None,
        action: Callable[[Desk, Technology], Any],
    ) -> Technology:
        """Run a command about one technology and give the technology as it is then."""
        technology_id = resolve(self.state, ref)
        self._of(technology_id, expect, action)
        return self.state.technologies[technology_id]

    def go_on_from(self, other: Ledger) -> None:
        """Stand where another handle on the same register stands, which is let go with that: what
        was done through it, in a thread of its own, is done here without being read again."""
        self.store, other.store = other.store, self.store
        self._news.update(subject for subjects in other.written for subject in subjects)
        if other._opened != self.state.head.seq:  # somebody else wrote before or meanwhile
            self._news.update(other.state.technologies)
        self.state, self._unsaved = other.state, other._unsaved
        self._opened = self.state.head.seq
        self.written += other.written
        other.store.close()

    def save_snapshot(self) -> None:
        """Write register.json as the journal now adds up."""
        if self.read_only or self.store.always_saved or self.state.head.format != CURRENT:
            return
        with self.store.lock():
            self._catch_up()
            self.store.save_snapshot(self.state.tables())
            self._unsaved = 0

    def save_if_behind(self) -> None:
        """Write register.json if anything happened since it was written."""
        if self._unsaved:
            self.save_snapshot()

    def close(self) -> None:
        """Save the snapshot if anything happened since, and let the files go."""
        with contextlib.suppress(StoreFault):  # the journal has everything already
            self.save_if_behind()
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
