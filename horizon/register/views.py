"""What people look at: what needs someone, what happened, how the register stands."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import msgspec

from horizon.judgement.deadlines import deadlines
from horizon.judgement.holding import said, suspending
from horizon.judgement.standing import Standing, standing, standing_decisions
from horizon.model.headers import TechnologyHeader
from horizon.model.triage import Verdict
from horizon.model.words import Effect
from horizon.register.desk import named
from horizon.register.reader import Reader
from horizon.register.signals import queue

if TYPE_CHECKING:
    from horizon.framework.route import Route, Stage
    from horizon.model.technology import Technology
    from horizon.register.ledger import Ledger

__all__ = [
    "Attention",
    "HistoryEntry",
    "Summary",
    "attention",
    "carried",
    "events_with",
    "history",
    "sealed",
    "standing_of",
    "summary",
    "waiting",
]

SOON = timedelta(days=30)
"""How long before a day that something starts to need someone."""

WAITING = "waiting"

ATTENTION = "attention"
"""The name under which a register keeps what needs someone."""


class Attention(msgspec.Struct, frozen=True):
    """Why a technology needs someone. `kind` is overdue, soon or waiting."""

    technology: TechnologyHeader
    words: str
    kind: str
    due: date | None


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One event in words. `line` is its line in the journal."""

    seq: int
    line: int
    at: str
    by: str
    words: str
    kind: str
    subject: str
    erased: bool


@dataclass(frozen=True, slots=True)
class Summary:
    """How the register stands. `stages` maps stage ids to counts, in the order of the route."""

    technologies: int
    stages: dict[str, int]
    overdue: int
    soon: int
    waiting: int


def attention(register: Reader) -> list[Attention]:
    """What needs someone: first what is overdue, then what is due within 30 days, then what waits
    for triage; within each the longest-standing first."""
    return register.kept(ATTENTION, lambda: _attention(register))


def _attention(register: Reader) -> list[Attention]:
    framework, today = register.framework, register.today
    found: list[Attention] = []
    for header in register.state.technologies.headers():
        stage = framework.route.stage(header.stage)
        if stage is not None and stage.ended:
            continue
        for each in deadlines(framework, header, today):
            if each.overdue or each.due - today <= SOON:
                kind = "overdue" if each.overdue else "soon"
                found.append(Attention(header, each.words, kind, each.due))
        if stage is not None:
            found += _unapproved(header, stage, today)
            found += _scored(header)
            found += _triage(framework.route, header, stage, today)
    order = {"overdue": 0, "soon": 1, WAITING: 2}
    found.sort(key=lambda each: (order[each.kind], each.due or today, each.technology.label))
    return found


def _unapproved(header: TechnologyHeader, stage: Stage, today: date) -> Iterator[Attention]:
    """What rests on an approval that does not hold, where no deadline tells why: it was reopened,
    or rejected."""
    if stage.rests_on is None:
        return
    happened = list(suspending(header, today))
    if happened:
        since = min(each.on for each in happened)
        yield Attention(header, f"Not approved: {said(happened, why=False)}", "overdue", since)
    for each in standing_decisions(header, stage.rests_on):
        if each.effect is Effect.REJECT:
            words = f"Not approved: {each.number} rejected it"
            yield Attention(header, words, "overdue", each.decided_on)


def _scored(header: TechnologyHeader) -> Iterator[Attention]:
    """A scoring round that waits for its assessors, or to be closed."""
    last = header.rounds[-1] if header.rounds else None
    if last is not None and last.closed_at is None:
        words = f"Round {last.number} is open for scores"
        yield Attention(header, words, WAITING, header.stage_since)


def waiting(register: Reader) -> set[str]:
    """The ids of what waits for triage, for a first look, or for another one that is due."""
    route, today = register.framework.route, register.today
    found = set(queue(register))
    for header in register.state.technologies.headers():
        stage = route.stage(header.stage)
        if stage is not None and not stage.ended:
            found.update(each.technology.id for each in _triage(route, header, stage, today))
    return found


def _triage(
    route: Route, header: TechnologyHeader, stage: Stage, today: date
) -> Iterator[Attention]:
    """What waits for triage or for a first look."""
    if not stage.waiting or _is_watched(header, today):
        return
    first = header.stage == route.first_stage
    waits = _first_look(route, header, stage) if first else _waiting(header, stage)
    if waits is not None:
        yield waits


def _waiting(header: TechnologyHeader, stage: Stage) -> Attention:
    """What a technology waits for at a stage where nothing happens by itself."""
    return Attention(header, stage.waiting, WAITING, header.stage_since)


def _first_look(route: Route, header: TechnologyHeader, stage: Stage) -> Attention | None:
    """What a signal waits for. One that was looked at waits for nothing, unless it is to be taken
    forward: then it is the gate on its way."""
    if header.triage is None:
        return _waiting(header, stage)
    if header.triage.verdict is not Verdict.ASSESS:
        return None
    since = date.fromisoformat(header.triage.at[:10])
    gates = (each.gate for each in route.transitions if each.origin == stage.id and each.gate)
    through = next((f" through gate {gate}" for gate in gates), "")
    return Attention(header, f"To be taken forward{through}", WAITING, since)


def _is_watched(header: TechnologyHeader, today: date) -> bool:
    """Whether a body put it off until a day that has not passed."""
    put_off = bool(header.decisions) and header.decisions[-1].effect is Effect.DEFER
    return put_off and header.review_by is not None and today <= header.review_by


def history(register: Ledger, ref: str | None = None) -> Iterator[HistoryEntry]:
    """What happened to a technology or at a meeting, or to the whole register, oldest first.

    Raises `BadInput` when `ref` names nothing.
    """
    from horizon.register.telling import tell

    subject = _subject(register, ref) if ref is not None else None
    hides = register.store.partial
    for line, commit in register.history(subject):
        for event in commit.events:
            if subject is None or event.subject == subject:
                hidden = hides and event.is_erased
                said = f"not shown to other forces ({event.kind.replace('-', ' ')})"
                yield HistoryEntry(
                    seq=event.seq,
                    line=line,
                    at=event.at,
                    by=register.name(event.by),
                    words=said if hidden else tell(event, register),
                    kind=event.kind,
                    subject=event.subject,
                    erased=event.is_erased and not hidden,
                )


def carried(register: Ledger, technology: Technology) -> list[Technology]:
    """The entries that were merged into this one, and into those: what they hold counts as seen
    and known of it, and stays where it was recorded."""
    found: list[Technology] = []
    for key in technology.merged:
        merged = register.state.technologies[key]
        found += [merged, *carried(register, merged)]
    return found


def _subject(register: Ledger, ref: str) -> str:
    """The id of the technology, or else of the meeting, that `ref` names."""
    meetings = {each.ref.casefold(): key for key, each in register.state.meetings.items()}
    if not named(register.state, ref) and ref.strip().casefold() in meetings:
        return meetings[ref.strip().casefold()]
    return register.header(ref).id


def standing_of(register: Reader, header: TechnologyHeader) -> Standing:
    """Whether a technology reads as approved today."""
    return standing(register.framework, header, register.today)


def summary(register: Reader) -> Summary:
    """Counts by stage and of what needs someone."""
    headers = register.state.technologies.headers()
    counts = Counter(each.stage for each in headers)
    needs = Counter(each.kind for each in attention(register))
    return Summary(
        technologies=len(headers),
        stages={each: counts[each] for each in _stages(register.framework.route) if counts[each]},
        overdue=needs["overdue"],
        soon=needs["soon"],
        waiting=needs[WAITING],
    )


def _stages(route: Route) -> tuple[str, ...]:
    return tuple(stage.id for stage in route.stages)


def sealed(technology: Technology) -> Technology:
    """The technology as anyone may see it: who has submitted to an open round, never what."""
    current = technology.open_round
    if current is None:
        return technology
    blank = {
        person: each.model_copy(update={"scores": {}})
        for person, each in current.submissions.items()
    }
    closed = current.model_copy(update={"submissions": blank})
    return technology.model_copy(update={"rounds": (*technology.rounds[:-1], closed)})


def events_with(register: Ledger, text: str) -> Iterator[HistoryEntry]:
    """The events whose data contain `text`, upper and lower case alike: what to erase when
    somebody asks to be forgotten."""
    wanted = text.casefold()
    held = {
        event.seq: event
        for _, commit in register.history()
        for event in commit.events
        if wanted in json.dumps(event.data, ensure_ascii=False).casefold()
    }
    return (entry for entry in history(register) if entry.seq in held)
