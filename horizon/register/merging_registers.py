"""Another copy of this register taken in: what was recorded there since the two went apart.

Not to be taken for the merging of two entries that are one technology: see `actions/merging`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from horizon.model.bringing import Bringing, LineBrought, Through
from horizon.model.brought_events import CopyTakenIn, Disagreement, EntryKept, RecordSettled
from horizon.model.envelope import GENESIS, Brought, Commit, Draft, Event
from horizon.model.errors import BadInput, RuleBroken, StoreFault
from horizon.model.event_base import EventData
from horizon.model.events import (
    DataErased,
    DischargeTakenBack,
    FormatRaised,
    FrameworkAdopted,
    PersonNamed,
)
from horizon.model.fold import apply
from horizon.model.intake_events import EntryUndone, MergeReleased, RowUndone, TriageTakenBack
from horizon.model.meeting_events import AgendaSet, AttendanceSet
from horizon.model.state import State
from horizon.model.technology import Technology
from horizon.model.undo_events import ChangeTakenBack, EntryTakenBack
from horizon.register.checking import verify
from horizon.register.desk import Desk, person_id
from horizon.register.parting import History, Parting, part
from horizon.register.renaming import Renamed, renamed
from horizon.register.settling import Sides, settled
from horizon.store.chain import compose
from horizon.store.places import Place
from horizon.store.stores import store_at

WHOLE = frozenset(
    each.kind
    for each in (
        AgendaSet,
        AttendanceSet,
        ChangeTakenBack,
        DischargeTakenBack,
        MergeReleased,
        RowUndone,
        TriageTakenBack,
    )
)
"""Kinds of event that say how something stands as a whole, not what came to it. Where this register
changed the same record, they are kept for the record, and how it stands is settled."""

LEAVING = frozenset((EntryTakenBack.kind, EntryUndone.kind))
"""Kinds of event with which an entry leaves the register."""


@dataclass
class Taking:
    """A copy about to be taken in: the events it comes with, and what is settled beside them.

    `erased` are events of this register that the other has erased, to be emptied here too.
    """

    parting: Parting
    taken: CopyTakenIn | None = None
    settled: dict[str, RecordSettled] = field(default_factory=dict)
    made: State = field(default_factory=State)
    erased: tuple[int, ...] = ()

    @property
    def has_news(self) -> bool:
        return self.taken is not None

    @property
    def count(self) -> int:
        """How many events come in."""
        return sum(1 for _ in self.parting.events)

    @property
    def renamed(self) -> Iterator[tuple[str, str]]:
        """What is called otherwise here: its name there, and its name here; people apart."""
        new = {*self.parting.entered.values(), *self._numbers(), *self._refs()}
        for there, here in self.taken.names.items() if self.taken else ():
            if there in new:
                yield there, here

    def _numbers(self) -> Iterator[str]:
        for event in self.parting.events:
            data: Any = event.payload()
            if event.kind == "decision-recorded" and data is not None:
                yield data.decision.number

    def _refs(self) -> Iterator[str]:
        before = self.parting.base.meetings
        yield from (e.ref for k, e in self.parting.end.meetings.items() if k not in before)

    @property
    def remarks(self) -> Iterator[tuple[str, str]]:
        """What people should look at: of which record (an id), in words."""
        for subject, each in self.settled.items():
            yield from ((subject, words) for words in each.remarks)

    @property
    def disagreements(self) -> Iterator[tuple[str, Disagreement]]:
        """What both changed: of which record (an id), and what is kept."""
        for each in self.taken.disagreements if self.taken else ():
            yield "", each
        for subject, settling in self.settled.items():
            yield from ((subject, each) for each in settling.disagreements)


def history_of(place: Path) -> Iterator[tuple[int, Commit]]:
    """The journal of another copy, once it is known to add up. Raises `StoreFault`, `BadInput`."""
    _refuse_faulty(place)
    store = store_at(place)
    try:
        if store.journal_missing:
            raise BadInput("There is no journal beside it", where=str(place), do="Check the path")
        yield from store.history()
    finally:
        store.close()


def _refuse_faulty(place: Place) -> None:
    found = verify(place)
    if found.faults:
        fault = found.faults[0]
        where = f"line {fault.line} " if fault.line else ""
        raise StoreFault(
            f"{place} does not add up, so nothing was taken in: {where}{fault.what}. "
            f"Find out more with: horizon verify --register {place}"
        )


def take_in(desk: Desk, ours: History, theirs: History, *, origin: str, name: str) -> Taking:
    """Draft everything that another copy holds and this register does not.

    `origin` is what the copy is called in the journal, `name` in messages. Raises `RuleBroken` for
    what is no copy of this register.
    """
    parting = part(ours, theirs, name)
    if not parting.new:
        return Taking(parting)
    if parting.end.head.format != desk.state.head.format:
        raise RuleBroken(
            f"{name} is in another format than this register",
            who="Change something in the older one first, which carries it forward.",
        )
    _same_person_acts(desk, parting)
    names = renamed(desk.state, parting)
    drafting = _Drafting(desk, parting)
    kept, stays = _entries(desk.state, parting, names)
    taken = _taken(desk.state, parting, names, origin, stays)
    drafting.add(desk.state.head.register_id, taken)
    for technology in kept:
        drafting.add(technology.id, EntryKept(technology=technology))
    for event in parting.events:
        drafting.bring(event)
    commit = drafting.commit()
    made = desk.state.copy()
    apply(made, commit)
    through = Through.of(taken, ((each.id, each.seq) for each in commit.events))
    closing = {
        "closed_at": desk.at,
        "closed_by": desk.by,
        "close_reason": f"Another round was open when the copy {origin!r} was taken in.",
    }
    sides = Sides(_with(desk.state, kept), parting, through, made, closing)
    found = dict(settled(sides, stays))
    for subject, each in found.items():
        drafting.add(subject, each)
    apply(made := desk.state.copy(), drafting.commit())
    return Taking(parting, taken, found, made, _erased(desk.state, parting))


def _same_person_acts(desk: Desk, parting: Parting) -> None:
    """Whoever is new here, but known to the copy, goes by the id that they have there."""
    if desk.by in desk.state.people or not desk.drafts:
        return
    there = person_id(parting.end, desk.name_of(desk.by))
    if there is not None:
        desk.begin_again()
        desk.by = there


def _with(state: State, kept: Iterable[Technology]) -> State:
    """The state with the entries that stay after all."""
    beside = state.copy()
    for each in kept:
        beside.technologies[each.id] = each
    return beside


def _erased(ours: State, parting: Parting) -> tuple[int, ...]:
    """Events that are here with their data, and that the copy has erased."""
    found: set[int] = set()
    for event in parting.events:
        data = event.payload()
        if isinstance(data, DataErased):
            found.update(seq for seq in data.events if seq <= parting.seq)
            found.update(parting.here[seq] for seq in data.events if seq in parting.here)
    return tuple(sorted(found - set(ours.head.erased)))


class _Drafting:
    """Drafts with the revisions that follow on those in this register's journal."""

    def __init__(self, desk: Desk, parting: Parting) -> None:
        self.desk, self._last = desk, Counter(parting.revisions)
        for each in desk.drafts:
            self._last[each.subject] += 1

    def add(self, subject: str, data: EventData) -> None:
        self._last[subject] += 1
        self.desk.drafts.append(Draft(subject=subject, revision=self._last[subject], data=data))

    def bring(self, event: Event) -> None:
        self._last[event.subject] += 1
        self.desk.drafts.append(Brought(revision=self._last[event.subject], original=event))

    def commit(self) -> Commit:
        """The line as it would be written now."""
        desk, head = self.desk, self.desk.state.head
        return compose(
            desk.drafts, by=desk.by, at=desk.at, after=head.seq, prev=head.hash or GENESIS
        )[1]


def _taken(
    ours: State, parting: Parting, names: Renamed, origin: str, stays: Iterable[str]
) -> CopyTakenIn:
    last = parting.new[-1]
    framework, disagreements = _framework(ours, parting)
    return CopyTakenIn(
        origin=origin,
        lines=tuple(
            LineBrought(
                prev=each.prev,
                hash=each.hash,
                events=tuple((e.id, e.seq, e.revision) for e in each.events),
            )
            for each in parting.new
        ),
        labels=names.labels,
        names=names.names,
        within=names.within,
        set_aside=tuple(_aside(ours, parting, names, set(stays))),
        seqs={seq: parting.here[seq] for seq in _spoken_of(parting) if seq in parting.here},
        fork_seq=parting.seq,
        fork=parting.hash,
        head_seq=last.events[-1].seq,
        head=last.hash,
        framework=framework,
        disagreements=disagreements,
    )


def _framework(ours: State, parting: Parting) -> tuple[str, tuple[Disagreement, ...]]:
    """The framework in force: the one that somebody adopted since, this register's where both."""
    before, here, there = (
        each.head.adopted_framework for each in (parting.base, ours, parting.end)
    )
    if here == before:
        return there, ()
    if there in (before, here):
        return here, ()
    said = Disagreement(field="framework in force", kept=here[:16], other=there[:16])
    return here, (said,)


def _spoken_of(parting: Parting) -> Iterator[int]:
    """The numbers of events that the events of the copy name, or its records."""
    yield from parting.end.head.erased
    for event in parting.events:
        data = event.payload() if event.kind == ChangeTakenBack.kind else None
        if isinstance(data, ChangeTakenBack):
            yield from data.events


def _aside(ours: State, parting: Parting, names: Renamed, stays: set[str]) -> Iterator[str]:
    """The ids of events that come in for the record alone."""
    changed: dict[str, bool] = {}
    for event in parting.events:
        subject = event.subject
        if (
            event.kind == FormatRaised.kind
            or (event.kind == PersonNamed.kind and subject in names.names)
            or (event.kind == FrameworkAdopted.kind and subject in ours.frameworks)
            or (event.kind in LEAVING and subject in stays)
        ):
            yield event.id
        elif event.kind in WHOLE:
            if subject not in changed:
                changed[subject] = _changed_here(parting, subject)
            if changed[subject]:
                yield event.id


def _changed_here(parting: Parting, subject: str) -> bool:
    """Whether this register has events about a record that the other does not have."""
    return any(event.subject == subject for event in parting.own)


def _entries(
    ours: State, parting: Parting, names: Renamed
) -> tuple[list[Technology], tuple[str, ...]]:
    """Entries that this register has taken out and the copy has worked on, and those the other way
    round: both stay."""
    bringing = Bringing(origin="the copy", names=names.names, within=names.within)
    through = Through.of(bringing, ())
    wanted = parting.touched | set(_named_in(parting.end, parting.touched))
    gone_here = [
        key for key in parting.base.technologies if key in wanted and key not in ours.technologies
    ]
    kept = []
    for key in gone_here:
        record = through.record(key, parting.base.technologies[key].model_dump(mode="json"))
        kept.append(Technology.model_validate(record))
    gone_there = [e.subject for e in parting.events if e.kind in LEAVING]
    everything = (*ours.technologies, *ours.meetings) if gone_there else ()
    named = set(_named_in(ours, everything))
    stays = tuple(
        key
        for key in gone_there
        if key in ours.technologies and (key in named or _changed_here(parting, key))
    )
    return kept, stays


def _named_in(state: State, subjects: Iterable[str]) -> Iterator[str]:
    """The technologies that these records speak of."""
    for key in subjects:
        if key in state.technologies:
            each = state.technologies[key]
            yield from (each.superseded_by or "", *each.merged, *each.different_from)
        elif key in state.meetings:
            yield from (item.technology or "" for item in state.meetings[key].items)
