"""What the register asks of a store: the verbs that files and PostgreSQL answer alike."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import msgspec

if TYPE_CHECKING:
    from horizon.model.envelope import AnyDraft, Commit
    from horizon.model.state import Tables


Heard = Callable[[int], None]
"""Told how far something that takes its time has come."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the store that does not add up.

    `line` counts the journal's lines from 1; 0 stands for the snapshot. `seq` is the event it is
    about, where that can be told. `what` continues the sentence "Line 12 ...".
    """

    line: int
    seq: int | None
    what: str


class EventOutline(msgspec.Struct, frozen=True):
    """An event without its data: enough to count it and to find it again."""

    seq: int
    at: str
    by: str
    kind: str
    subject: str


@dataclass(frozen=True, slots=True)
class CommitOutline:
    """A commit without its data. `place` is for `commit_at`; `line` counts from 1."""

    place: int
    line: int
    events: Sequence[EventOutline]


class Store(Protocol):
    """Where commits are kept for good, and the snapshot that saves reading all of them.

    Every method but `changed` and `close` may raise `StoreFault`.
    """

    @property
    def signed_in(self) -> str:
        """The id of the person whom the store knows to be at work, or empty where it takes their
        word for it."""
        ...

    @property
    def partial(self) -> bool:
        """Whether it shows only a part of a register, whose commits do not add up to it: then the
        state is what `snapshot` gives, anew whenever `generation` grows."""
        ...

    @property
    def always_saved(self) -> bool:
        """Whether `snapshot` is up to date with every change, so that nothing is left to save."""
        ...

    @property
    def journal_missing(self) -> bool:
        """Whether there is a snapshot with something in it, and no commits beside it."""
        ...

    @property
    def kept_in(self) -> str:
        """What to call the place of the snapshot: `register.json`."""
        ...

    @property
    def mend(self) -> str:
        """How to have the snapshot made again, to follow "The journal counts;"."""
        ...

    @property
    def read_only(self) -> str:
        """Empty, or why nothing can be written, in words for the user."""
        ...

    @property
    def notices(self) -> list[str]:
        """One-line news for the user: a torn line set aside, a snapshot that was rebuilt."""
        ...

    @property
    def generation(self) -> int:
        """How often what was already read has been rewritten (an erasure) since opening.

        When it grows, a state folded before may still hold what was emptied: fold it anew.
        """
        ...

    def reopened(self) -> Store:
        """Another store on the same register, to be read beside this one in another thread."""
        ...

    def describe(self) -> str:
        """What to call the store in messages."""
        ...

    def lock(self) -> AbstractContextManager[None]:
        """Nobody else writes while it is held. The same thread may take it again."""
        ...

    def snapshot(self) -> Tables | None:
        """The saved tables (technologies as JSON bytes), or `None` to begin from nothing.

        What is given fits the commits: `since` the snapshot's event gives the rest.
        """
        ...

    def save_snapshot(self, tables: Tables) -> None:
        """Keep `tables`, which must include everything that `since` has given so far."""
        ...

    def since(self, seq: int) -> list[Commit]:
        """All commits after event `seq`, each checked against the one before it."""
        ...

    def changed(self) -> bool:
        """Whether there may be commits that were not read yet. Cheap enough for every second."""
        ...

    def append(self, drafts: Sequence[AnyDraft], *, by: str, at: str) -> Commit:
        """Write one commit durably and give it back as it was written.

        To be called with the lock held and everything since read. When it raises, nothing was
        written.
        """
        ...

    def history(self, subject: str | None = None) -> Iterator[tuple[int, Commit]]:
        """Line number and commit, oldest first: all of them, or those about one subject."""
        ...

    def lines(self) -> Iterator[bytes]:
        """Every line as a journal spells it, without its newline, oldest first."""
        ...

    def bring(self, lines: Iterable[bytes]) -> None:
        """Begin with the lines of a register that is kept elsewhere: all of them or none.

        Raises `StoreFault` when there is something here already, or a line does not add up.
        """
        ...

    def outline(self) -> Iterator[CommitOutline]:
        """What every commit read so far is about, newest first. May be read in another thread."""
        ...

    def commit_at(self, place: int) -> Commit | None:
        """The commit at a place that `outline` gave, or `None` if it is no longer there."""
        ...

    def empty(self, seqs: Collection[int]) -> None:
        """Empty the salt and data of these events for good. Their digests stay in the chain."""
        ...

    def faults(
        self, heard: Heard = lambda line: None, *, chain_alone: bool = False
    ) -> Iterator[Fault]:
        """Everything that does not add up, in order. Changes nothing. `heard` is told of each
        line that was looked at. `chain_alone` leaves out what takes long: see `quick`."""
        ...

    def close(self) -> None:
        """Let go of what is held."""
        ...
