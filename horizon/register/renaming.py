"""What another copy's people, decisions, meetings, technologies and numbers are called here, where
this register has given the name away since the two went apart."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from string import ascii_lowercase
from typing import Any

from horizon.model.bringing import EVIDENCE, ITEMS, ORIGINS, REOPENINGS, ROUNDS
from horizon.model.envelope import Event
from horizon.model.events import (
    DecisionRecorded,
    EvidenceAttached,
    PersonNamed,
    RoundOpened,
    TechnologyReopened,
)
from horizon.model.intake_events import RowImported
from horizon.model.meeting_events import AgendaSet, MeetingCalled
from horizon.model.state import State
from horizon.model.technology import Technology
from horizon.register.desk import person_id
from horizon.register.parting import ENTERING, Parting

NUMBERING = frozenset(
    each.kind
    for each in (
        AgendaSet,
        EvidenceAttached,
        MeetingCalled,
        RoundOpened,
        RowImported,
        TechnologyReopened,
    )
)
"""Kinds of event that begin something which has a number within its record."""

Within = dict[str, dict[str, dict[str, str]]]


@dataclass
class Renamed:
    """As `Bringing` has it: `labels` of what is entered, `names`, and numbers `within` records."""

    labels: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    within: Within = field(default_factory=dict)


def renamed(ours: State, parting: Parting) -> Renamed:
    """What things of the other copy are called here. What is here already keeps its names."""
    found = Renamed()
    known = _known(found, ours, parting)
    _people(found, ours, parting)
    _labels(found, ours, parting)
    _numbers(found, ours, parting)
    _meetings(found, ours, parting)
    for subject in sorted(parting.touched):
        if subject in ours.technologies:
            about = [each for each in parting.events if each.subject == subject]
            _within(found, ours.technologies[subject], parting, about, known[subject])
        elif subject in ours.meetings:
            _items(found, ours, parting, subject, known[subject][ITEMS])
    return found


Numbers = dict[str, set[int]]


def _known(found: Renamed, ours: State, parting: Parting) -> dict[str, Numbers]:
    """Note what is called otherwise there of all that both have. Gives the numbers within records
    that are known of the other, by the record's id and what is numbered."""
    known: dict[str, Numbers] = defaultdict(lambda: defaultdict(set))
    for there, here in parting.both:
        subject = there.subject
        if there.kind == PersonNamed.kind and there.about not in ours.people:
            _called(found, there.about, here.about)
        elif there.kind in ENTERING:
            _called(found, *(_label(s, subject) for s in (parting.end, ours)))
        elif there.kind == MeetingCalled.kind:
            _called(found, *(s.meetings[subject].ref for s in (parting.end, ours)))
        if there.kind in NUMBERING and there.data is not None and here.data is not None:
            pairs = zip(*(_numbered(each.payload()) for each in (there, here)), strict=True)
            for (what, number), (_, now) in pairs:
                known[subject][what].add(number)
                if number != now:
                    sign = "E" if what == EVIDENCE else ""
                    names = found.within.setdefault(subject, {}).setdefault(what, {})
                    names[f"{sign}{number}"] = f"{sign}{now}"
        elif there.kind == DecisionRecorded.kind:
            _called(found, *(_number(each) for each in (there, here)))
    for subject, meeting in parting.end.meetings.items():
        if ITEMS in found.within.get(subject, {}):
            found.within.setdefault(meeting.ref, {})[ITEMS] = found.within[subject][ITEMS]
    return known


def _called(found: Renamed, there: str, here: str) -> None:
    if there and here and there != here:
        found.names[there] = here


def _label(state: State, subject: str) -> str:
    """The label of a technology, or nothing where it has left."""
    return state.technologies.header(subject).label if subject in state.technologies else ""


def _number(event: Event) -> str:
    data = event.payload()
    return data.decision.number if isinstance(data, DecisionRecorded) else ""


def _people(found: Renamed, ours: State, parting: Parting) -> None:
    """A name stands for one person in a register, so the same name is the same person."""
    for key, person in parting.end.people.items():
        if key in ours.people or key in found.names or person.erased:
            continue
        here = person_id(ours, person.name)
        if here is not None and here not in parting.end.people:
            found.names[key] = here


def _labels(found: Renamed, ours: State, parting: Parting) -> None:
    last = max(ours.head.labels, parting.end.head.labels)
    for key, label in parting.entered.items():
        if int(label.rpartition("-")[2]) <= ours.head.labels:
            last += 1
            found.names[label] = f"T-{last:04d}"
        found.labels[key] = found.names.get(label, label)


def _numbers(found: Renamed, ours: State, parting: Parting) -> None:
    given, last = ours.head.decision_numbers, dict(parting.end.head.decision_numbers)
    for event in parting.events:
        data = event.payload() if event.kind == DecisionRecorded.kind else None
        if not isinstance(data, DecisionRecorded):
            continue
        series, _, number = data.decision.number.rpartition("/")
        if int(number) <= given.get(series, 0):
            last[series] = max(last.get(series, 0), given[series]) + 1
            found.names[data.decision.number] = f"{series}/{last[series]:03d}"


_REF = re.compile(r"^(.*\d{4}-\d{2}-\d{2})[a-z]?$")


def _meetings(found: Renamed, ours: State, parting: Parting) -> None:
    taken = {each.ref for each in ours.meetings.values()}
    theirs = {each.ref for each in parting.end.meetings.values()}
    for key, meeting in parting.end.meetings.items():
        if key in ours.meetings or meeting.ref not in taken:
            continue
        match = _REF.match(meeting.ref)
        stem = match[1] if match else meeting.ref
        free = (f"{stem}{each}" for each in _letters())
        found.names[meeting.ref] = next(ref for ref in free if ref not in taken | theirs)
        taken.add(found.names[meeting.ref])


def _letters() -> Iterator[str]:
    """b, c, ... z, and then zb, zc, ..."""
    prefix = ""
    while True:
        yield from (prefix + each for each in ascii_lowercase[1:])
        prefix += "z"


def _within(
    found: Renamed, ours: Technology, parting: Parting, about: Iterable[Event], known: Numbers
) -> None:
    end = parting.end.technologies.get(ours.id)
    used: Numbers = {
        EVIDENCE: {int(each.id[1:]) for each in ours.evidence},
        ROUNDS: {each.number for each in ours.rounds},
        REOPENINGS: {each.number for each in ours.reopenings},
        ORIGINS: {each.number for each in ours.origins},
    }
    theirs: Numbers = {what: set() for what in used}
    for event in about:
        for what, number in _numbered(event.payload()):
            theirs[what].add(number)
    base = parting.base.technologies.get(ours.id)
    theirs[ORIGINS] -= known[ORIGINS]
    if base is not None:
        theirs[ORIGINS] -= {each.number for each in base.origins}
    spare = len(ours.erased) + (len(end.erased) if end is not None else 0)
    for what, numbers in theirs.items():
        sign = "E" if what == EVIDENCE else ""
        more = spare if what in (EVIDENCE, ORIGINS) else 0
        _renumber(found, ours.id, what, numbers, used[what], sign=sign, more=more)


def _renumber(
    found: Renamed,
    subject: str,
    what: str,
    numbers: set[int],
    used: set[int],
    *,
    sign: str = "",
    more: int = 0,
) -> None:
    """Give numbers that are used here the next ones that nobody has."""
    last = max(numbers | used, default=0) + more
    for number in sorted(numbers & used):
        last += 1
        names = found.within.setdefault(subject, {}).setdefault(what, {})
        names[f"{sign}{number}"] = f"{sign}{last}"


def _numbered(data: Any) -> Iterator[tuple[str, int]]:
    """What numbered entry of a technology an event begins."""
    if isinstance(data, EvidenceAttached):
        yield EVIDENCE, int(data.evidence.id[1:])
    elif isinstance(data, RoundOpened):
        yield ROUNDS, data.round
    elif isinstance(data, TechnologyReopened):
        yield REOPENINGS, data.reopening.number
    elif isinstance(data, RowImported):
        yield ORIGINS, data.number
    elif isinstance(data, AgendaSet | MeetingCalled):
        yield from ((ITEMS, each.number) for each in data.items)


def _items(found: Renamed, ours: State, parting: Parting, subject: str, known: set[int]) -> None:
    end, base = parting.end.meetings[subject], parting.base.meetings.get(subject)
    before = {each.number for each in base.items} if base else set()
    fresh = {each.number for each in end.items} - before - known
    used = {each.number for each in ours.meetings[subject].items}
    _renumber(found, subject, ITEMS, fresh, used)
    if ITEMS in found.within.get(subject, {}):
        found.within.setdefault(end.ref, {})[ITEMS] = found.within[subject][ITEMS]
