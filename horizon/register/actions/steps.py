"""What a person did to a technology step by step, as the journal tells it: each can be taken back
and done again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
from horizon.model.intake_events import SignalTriaged, TriageTakenBack
from horizon.model.undo_events import ChangeTakenBack, EntryTakenBack, NoteAdded

History = Sequence[tuple[int, Commit]]

ENTERING = frozenset((TechnologyProposed.kind, LegacyEntered.kind))

TOGETHER = frozenset(each.kind for each in (DetailsAmended, FactsSet, ReviewDateSet))
"""Kinds of event that are done to many technologies at once and taken back together."""

UNDOABLE = ENTERING | frozenset(
    each.kind
    for each in (
        AnswersGiven,
        DetailsAmended,
        EvidenceAttached,
        FactsSet,
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
    def enters(self) -> bool:
        """Whether the technology entered the register with it."""
        return any(each.kind in ENTERING for each in self.events)


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
    for _, commit in history:
        if commit.brings:
            continue
        mine = [e for e in commit.events if e.by == by and e.subject.startswith("t-")]
        taken = [each.payload() for each in mine if each.kind == ChangeTakenBack.kind]
        back = [each for each in taken if isinstance(each, ChangeTakenBack)]
        gone = {seq for each in back if not each.again for seq in each.events}
        again = [each.events for each in back if each.again]
        left = {each.subject for each in mine if each.kind == EntryTakenBack.kind}
        done = [e for e in done if not gone.intersection(e[1]) and e[0] not in left]
        if again:
            done.append((mine[0].subject, again[0]))
        elif mine and not taken and not left:
            done.append((mine[0].subject, tuple(each.seq for each in mine)))
    return done[-1][0] if done else ""
