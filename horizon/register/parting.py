"""Two copies of one register: where they went apart, and what each has since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from horizon.model.brought_events import CopyTakenIn
from horizon.model.errors import RuleBroken
from horizon.model.events import Commit, DataErased, Event, LegacyEntered, TechnologyProposed
from horizon.model.fold import apply
from horizon.model.state import State

History = Iterable[tuple[int, Commit]]

ENTERING = (TechnologyProposed.kind, LegacyEntered.kind)


@dataclass(frozen=True, slots=True)
class Parting:
    """Where two copies went apart.

    `seq` and `hash` are the last event and line that both have. `new` are the other's lines that
    this one has not taken in yet. `base` is the other's state before them, `end` after them.
    `entered` are the labels that technologies were entered under in them. `earlier` are the times
    that the same copy was taken in before, and `here` maps the numbers that the events which came
    then had there to those they have here. `revisions` are the last of each subject in this one.
    """

    seq: int
    hash: str
    base: State
    end: State
    ours: tuple[Commit, ...]
    new: tuple[Commit, ...]
    entered: dict[str, str]
    earlier: tuple[CopyTakenIn, ...]
    here: dict[int, int]
    revisions: dict[str, int]

    @property
    def events(self) -> Iterator[Event]:
        """What the other recorded that is not here yet."""
        return (event for commit in self.new for event in commit.events)

    @property
    def touched(self) -> set[str]:
        """The records that those events are about, or change."""
        found = {each.subject for each in self.events}
        for each in self.events:
            data = each.payload() if each.kind == DataErased.kind else None
            if isinstance(data, DataErased):
                found.update(data.stages)
        return found


def part(ours: History, theirs: History, name: str) -> Parting:
    """Follow both journals to where they part. Raises `RuleBroken` where they are no copies of one
    register, or the other has taken in a copy of its own meanwhile."""
    mine, other = (commit for _, commit in ours), (commit for _, commit in theirs)
    base = State()
    revisions: dict[str, int] = {}
    own: Commit | None = None
    their: Commit | None = None
    for own in mine:
        revisions |= {event.subject: event.revision for event in own.events}
        their = next(other, None)
        if their is None or their.hash != own.hash:
            break
        apply(base, their)
        own = their = None
    if base.head.seq == 0:
        raise RuleBroken(
            f"{name} is another register, not a copy of this one: the two have no common beginning",
            who="Technologies come over with: horizon export register, then horizon import.",
        )
    seq, hash = base.head.seq, base.head.hash
    held = (*([own] if own else []), *mine)
    lines = [*([their] if their else []), *other]
    for commit in held:
        revisions |= {event.subject: event.revision for event in commit.events}
    known = {event.id: event.seq for commit in held for event in commit.events}
    here: dict[int, int] = {}
    while lines and all(event.id in known for event in lines[0].events):
        done = lines.pop(0)
        here |= {event.seq: known[event.id] for event in done.events}
        apply(base, done)
    if any(commit.brings for commit in lines):
        raise RuleBroken(
            f"{name} has itself taken in a copy since the two went apart",
            who=f"Take this register into {name} instead, and go on with that one.",
        )
    end, entered = _walk(base, lines)
    return Parting(
        seq=seq,
        hash=hash,
        base=base,
        end=end,
        ours=held,
        new=tuple(lines),
        entered=entered,
        earlier=_earlier(held, hash, here),
        here=here,
        revisions=revisions,
    )


def _walk(base: State, lines: Iterable[Commit]) -> tuple[State, dict[str, str]]:
    end = base.copy()
    entered: dict[str, str] = {}
    for commit in lines:
        apply(end, commit)
        for event in commit.events:
            if event.kind in ENTERING:
                entered[event.subject] = end.technologies.header(event.subject).label
    return end, entered


def _earlier(held: Iterable[Commit], fork: str, here: dict[int, int]) -> tuple[CopyTakenIn, ...]:
    """The times that this same copy was taken in: its lines are among those that are known."""
    found = []
    for commit in held if here else ():
        for event in commit.events:
            data = event.payload() if event.kind == CopyTakenIn.kind else None
            if isinstance(data, CopyTakenIn) and data.fork == fork:
                there = {seq for line in data.lines for _, seq, _ in line.events}
                if there <= here.keys():
                    found.append(data)
    return tuple(found)
