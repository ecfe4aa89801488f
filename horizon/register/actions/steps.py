"""What a person did to a technology step by step, as the journal tells it: each can be taken back
and done again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from horizon.model.envelope import Commit, Event
from horizon.model.events import (
    AnswersGiven,
    DetailsAmended,
    EvidenceAttached,
    FactsSet,
    LegacyEntered,
    PersonNamed,
    ReviewDateSet,
    RoundOpened,
    SightingAdded,
    StageMoved,
    TechnologyProposed,
    TechnologySuperseded,
    TechnologyWithdrawn,
)
from horizon.model.intake_events import (
    DifferenceTakenBack,
    MarkedDifferent,
    MergeReleased,
    MergeTaken,
    MergeUndone,
    SignalTriaged,
    TechnologyMerged,
    TriageTakenBack,
)
from horizon.model.undo_events import ChangeTakenBack, EntryTakenBack, NoteAdded
from horizon.register.images import History

ENTERING = frozenset((TechnologyProposed.kind, LegacyEntered.kind))

TOGETHER = frozenset(each.kind for each in (DetailsAmended, FactsSet, ReviewDateSet))
"""Kinds of event that are done to many technologies at once and taken back together."""

UNDOABLE = ENTERING | frozenset(
    each.kind
    for each in (
        AnswersGiven,
        DetailsAmended,
        DifferenceTakenBack,
        EvidenceAttached,
        FactsSet,
        MarkedDifferent,
        NoteAdded,
        ReviewDateSet,
        RoundOpened,
        SightingAdded,
        SignalTriaged,
        StageMoved,
        TechnologySuperseded,
        TechnologyWithdrawn,
        TriageTakenBack,
    )
)
"""Kinds of event that can be taken back. What committees decide is superseded or corrected
instead, scores are fixed when they are handed in, and imports and merges have their own undoing."""

MERGING = frozenset((TechnologyMerged.kind, MergeTaken.kind))
UNMERGING = frozenset((MergeUndone.kind, MergeReleased.kind))


@dataclass(frozen=True, slots=True)
class Step:
    """What one person did to a technology at one go: its events in one line of the journal.

    `beside` are the other technologies of the line, where the same was done to many at once: all of
    it is taken back together. `alone` says that the line is about nothing else but people named on
    the way; `line` is the number of its first event.
    """

    events: tuple[Event, ...]
    alone: bool
    beside: tuple[str, ...] = ()
    line: int = 0

    @property
    def seqs(self) -> tuple[int, ...]:
        return tuple(each.seq for each in self.events)

    @property
    def first(self) -> int:
        return self.events[0].seq

    @property
    def last(self) -> int:
        return self.events[-1].seq

    @property
    def enters(self) -> bool:
        """Whether the technology entered the register with it."""
        return any(each.kind in ENTERING for each in self.events)

    @property
    def merges(self) -> bool:
        """Whether two entries became one with it."""
        return any(each.kind in MERGING for each in self.events)


def steps(history: History, subject: str, by: str) -> tuple[list[Step], list[Step]]:
    """What somebody did to a technology and could take back, and what they took back and could do
    again; the last thing last in both."""
    done: list[Step] = []
    undone: list[Step] = []
    for _, commit in history:
        if commit.brings:  # what came from elsewhere was not done here at one go
            undone.clear()
            continue
        events = tuple(each for each in commit.events if each.subject == subject)
        if any(each.kind in UNMERGING for each in events):
            _unmerged(done, undone)
            continue
        if not events or events[0].by != by:
            continue
        first = next((e for e in events if e.kind == ChangeTakenBack.kind), None)
        data = first.payload() if first is not None else None
        if isinstance(data, ChangeTakenBack):
            origin, target = (undone, done) if data.again else (done, undone)
            found = next((each for each in origin if each.seqs == data.events), None)
            if found is not None:
                origin.remove(found)
                target.append(found)
        else:
            done.append(_step(events, commit))
            undone.clear()
    return done, undone


def _unmerged(done: list[Step], undone: list[Step]) -> None:
    """Move the last merge to what was taken back, whoever undid it."""
    found = next((each for each in reversed(done) if each.merges), None)
    if found is not None:
        done.remove(found)
        undone.append(found)


def _step(events: tuple[Event, ...], commit: Commit) -> Step:
    named = {each.subject for each in commit.events if each.kind == PersonNamed.kind}
    others = [e for e in commit.events if e.subject not in (*named, events[0].subject)]
    if all(each.kind in TOGETHER for each in (*events, *others)):
        beside = tuple(dict.fromkeys(each.subject for each in others))
        return Step(events, True, beside, commit.events[0].seq)
    return Step(events, not others)


def last_of(history: Iterable[tuple[int, Commit]], by: str) -> str:
    """The technology to which somebody did something last that they have not taken back, or
    empty. Of several that were changed at once, the first."""
    done: list[tuple[str, tuple[int, ...]]] = []
    merges: dict[frozenset[str], set[int]] = {}
    for _, commit in history:
        if commit.brings:
            continue
        mine = [e for e in commit.events if e.by == by and e.subject.startswith("t-")]
        taken = [each.payload() for each in mine if each.kind == ChangeTakenBack.kind]
        back = [each for each in taken if isinstance(each, ChangeTakenBack)]
        gone = {seq for each in back if not each.again for seq in each.events}
        again = [each.events for each in back if each.again]
        left = {each.subject for each in mine if each.kind == EntryTakenBack.kind}
        parted = {each.subject for each in mine if each.kind in UNMERGING}
        if parted:
            gone |= merges.get(frozenset(parted), set())
        elif any(each.kind in MERGING for each in mine):
            merges[frozenset(each.subject for each in mine)] = {each.seq for each in mine}
        done = [e for e in done if not gone.intersection(e[1]) and e[0] not in left]
        if again:
            done.append((mine[0].subject, again[0]))
        elif mine and not taken and not left and not parted:
            done.append((mine[0].subject, tuple(each.seq for each in mine)))
    return done[-1][0] if done else ""
