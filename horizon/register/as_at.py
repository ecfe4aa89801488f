"""The register as it was: the journal folded up to a day or an event, to be looked at only.

Screens and commands look at a `PastRegister`, out of an `Archive`; papers are made from what stands
`still`. Both are folded by `state_as_at`.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from horizon.model.days import read_day
from horizon.model.envelope import AnyDraft, Commit
from horizon.model.errors import BadInput, StoreFault
from horizon.model.fold import apply
from horizon.model.state import State, Tables
from horizon.model.wording import day as said_day
from horizon.register.desk import written_on
from horizon.register.ledger import Ledger
from horizon.register.reader import Still
from horizon.register.register import Register
from horizon.store.interface import CommitOutline, Fault, Heard, Store

KEPT = 4
"""How many moments are kept folded: it takes about a second for each 10,000 events."""

History = Iterable[tuple[int, Commit]]
Stop = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Moment:
    """The end of a day, or the event with which something was so. One of the two is given."""

    day: date | None = None
    event: int | None = None

    @property
    def words(self) -> str:
        """`3 March 2026`, or `event 120`."""
        return said_day(self.day) if self.day is not None else f"event {self.event}"


_AGO = re.compile(r"^(\d{1,4}) +(day|week|month|year)s? +ago$")
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}


def moment_of(text: str, today: date) -> Moment | None:
    """What somebody typed as a moment: a date, an event's number, `yesterday`, `3 weeks ago`;
    `None` for today. Raises `BadInput`."""
    said = " ".join(text.casefold().split())
    if said in ("", "today", "now"):
        return None
    if said == "yesterday":
        return Moment(today - timedelta(days=1))
    if ago := _AGO.match(said):
        return Moment(today - timedelta(days=int(ago[1]) * _DAYS[ago[2]]))
    if number := re.match(r"^(?:event )?#?(\d{1,9})$", said):
        return Moment(event=int(number[1]))
    try:
        day = read_day(said)
    except BadInput:
        raise BadInput(
            f"{text.strip()!r} is not a moment",
            do="Use a date such as 2026-03-31, an event's number, or 3 weeks ago",
        ) from None
    if day > today:
        raise BadInput(
            f"{said_day(day)} has not come yet", do=f"Use {said_day(today)} or an earlier day"
        )
    return Moment(day) if day < today else None


@contextmanager
def journal_of(register: Ledger) -> Iterator[History]:
    """The journal of an open register, to be read beside it, in another thread for instance."""
    store = register.store.reopened()
    try:
        yield store.history()
    finally:
        store.close()


def state_as_at(
    history: History,
    *,
    day: date | None = None,
    event: int | None = None,
    heard: Heard = lambda seq: None,
    stop: Stop = lambda: False,
) -> State | None:
    """What the journal adds up to at the end of `day`, or with event `event`; else to its end.
    `None` when stopped.

    `history` is the journal from its first line, as `Ledger.history` gives it. Events that were
    written together stand together. Nobody's clock is perfect, so the first line that was written
    on a later day ends it, in the order of the journal. `heard` is told the last event folded.
    """
    state = State()
    for _, commit in history:
        if stop():
            return None
        first = commit.events[0]
        if day is not None and written_on(first.at) > day:
            break
        if event is not None and first.seq > event:
            break
        apply(state, commit)
        heard(commit.events[-1].seq)
    return state


def state_after(register: Ledger, head: str) -> State | None:
    """The register as it was after the line of its journal with this hash; `None` when its journal
    has no such line."""
    now = register.state.head
    if head in (now.hash, now.paper_hash):
        return register.state
    state = State()
    for _, commit in register.history():
        apply(state, commit)
        if commit.hash == head:
            return state
    return None


def refuse_before(register: Ledger, state: State, words: str) -> None:
    """Raise `BadInput` for a state from before the register began. `words` say when that was."""
    if not state.head.adopted_framework:
        began = written_on(register.state.head.created_at)
        raise BadInput(f"There was no register yet on {words}", do=f"It began on {said_day(began)}")


def settled(state: State) -> State:
    """The state without the papers issued since anything else happened, nor who was named for the
    first time in issuing them: what a paper is made from, so that it can be made again."""
    head = state.head
    late = [each for each in head.papers if each.seq > head.paper_seq]
    if not late:
        return state
    same = state.copy()
    same.head = head.model_copy(
        update={
            "seq": head.paper_seq,
            "hash": head.paper_hash,
            "last_at": head.paper_at,
            "revision": head.revision - len(late),
            "papers": head.papers[: -len(late)],
        }
    )
    for paper in late:
        if paper.newcomer:
            del same.people[paper.by]
    return same


def still(register: Ledger, until: date | int | None = None) -> Still:
    """The register as it stands, or stood, as something that no longer changes.

    With a day it is the state at that day's end, judged on that day; with an event's number it is
    judged on the day of the event. Raises `BadInput` for a time before the register began.
    """
    if until is None:
        return Still(settled(register.state.copy()), register.today)
    moment = Moment(event=until) if isinstance(until, int) else Moment(until)
    found = state_as_at(register.history(), day=moment.day, event=moment.event)
    assert found is not None
    refuse_before(register, found, moment.words)
    state = settled(found)
    return Still(state, moment.day or written_on(state.head.last_at))


class PastStore:
    """A store that ends with an event and cannot be written to."""

    signed_in = ""
    partial = always_saved = journal_missing = False
    mend = ""

    def __init__(self, store: Store, last: int, words: str) -> None:
        self._store, self._last = store, last
        self.notices: list[str] = []
        self.generation = store.generation
        self.kept_in = store.kept_in
        self.read_only = f"This is the past, as at {words}. Nothing can be changed there."

    def reopened(self) -> Store:
        return PastStore(self._store.reopened(), self._last, self.read_only)

    def describe(self) -> str:
        return self._store.describe()

    def lock(self) -> AbstractContextManager[None]:
        return nullcontext()

    def snapshot(self) -> Tables | None:
        return None

    def save_snapshot(self, tables: Tables) -> None:
        raise StoreFault(self.read_only)

    def since(self, seq: int) -> list[Commit]:
        return []

    def changed(self) -> bool:
        return False

    def append(self, drafts: Sequence[AnyDraft], *, by: str, at: str) -> Commit:
        raise StoreFault(self.read_only)

    def history(self, subject: str | None = None) -> Iterator[tuple[int, Commit]]:
        """The lines up to its last event."""
        for line, commit in self._store.history(subject):
            if commit.events[0].seq > self._last:
                return
            yield line, commit

    def lines(self) -> Iterator[bytes]:
        return iter(())

    def bring(self, lines: Iterable[bytes]) -> None:
        raise StoreFault(self.read_only)

    def outline(self) -> Iterator[CommitOutline]:
        return (each for each in self._store.outline() if each.events[0].seq <= self._last)

    def commit_at(self, place: int) -> Commit | None:
        return self._store.commit_at(place)

    def empty(self, seqs: Collection[int]) -> None:
        raise StoreFault(self.read_only)

    def faults(
        self, heard: Heard = lambda line: None, *, chain_alone: bool = False
    ) -> Iterator[Fault]:
        return iter(())

    def close(self) -> None:
        """The store beneath stays open: it is the present's."""


class PastRegister(Register):
    """A register as it was, for every screen and command that only looks.

    Dates are judged against its own day. Commands that change something are refused.
    """

    def __init__(self, present: Register, state: State, moment: Moment) -> None:
        self.moment = moment
        self.day = moment.day or written_on(state.head.last_at)
        store = PastStore(present.store, state.head.seq, self.past)
        noon = datetime.combine(self.day, time(12), tzinfo=UTC)
        super().__init__(store, state, path=present.path, acting=present.acting, clock=lambda: noon)

    @property
    def past(self) -> str:
        """When it is: `3 March 2026`, or `event 120 of 3 March 2026`."""
        if self.moment.event is not None:
            return f"{self.moment.words} of {said_day(self.day)}"
        return self.moment.words

    @property
    def today(self) -> date:
        return self.day


class Archive:
    """An open register as at other moments, each folded once."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._kept: OrderedDict[Moment, PastRegister] = OrderedDict()
        self._generation = register.store.generation

    def at(
        self, moment: Moment, heard: Heard = lambda seq: None, stop: Stop = lambda: False
    ) -> PastRegister | None:
        """The register at that moment; `None` when stopped.

        May be called in another thread. Raises `BadInput` when there was no register yet, or no
        such event.
        """
        register = self._register
        if register.store.partial:
            raise BadInput(
                "What another force shares is shown as it is now, not as it was",
                do="Ask that force for the record of an earlier decision",
            )
        if register.store.generation != self._generation:
            # What was erased since must not be shown out of what was folded before.
            self._kept.clear()
            self._generation = register.store.generation
        if moment in self._kept:
            self._kept.move_to_end(moment)
            return self._kept[moment]
        if moment.event is not None and not 1 <= moment.event <= register.state.head.seq:
            raise BadInput(
                f"There is no event {moment.event}",
                do=f"Use a number from 1 to {register.state.head.seq}",
            )
        with journal_of(register) as history:
            state = state_as_at(history, day=moment.day, event=moment.event, heard=heard, stop=stop)
        if state is None:
            return None
        refuse_before(register, state, moment.words)
        past = self._kept[moment] = PastRegister(register, state, moment)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return past
