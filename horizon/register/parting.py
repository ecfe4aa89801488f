"""Two copies of one register: where they went apart, and what each has since."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

from horizon.model.brought_events import EntryKept, RegisterRecovered
from horizon.model.envelope import Commit, Event
from horizon.model.errors import RuleBroken
from horizon.model.events import DataErased, LegacyEntered, TechnologyProposed
from horizon.model.fold import apply, take
from horizon.model.state import State

History = Iterable[tuple[int, Commit]]

ENTERING = (TechnologyProposed.kind, LegacyEntered.kind)


@dataclass(frozen=True, slots=True)
class Parting:
    """Where two copies went apart, and what each has since.

    `seq` and `hash` are the last event and line that both begin with. `ours` are this one's lines
    since, `new` the other's that hold what is not here yet, and `both` the events that either has
    since, as they read there and here: they came from one of the two to the other, or to both from
    a third copy. `base` is the state that all that both have adds up to, read as there; `end` is
    the other's. `entered` are the labels under which technologies that are not here yet were
    entered there. `here` maps the numbers that the events of `both` have there to those they have
    here. `revisions` are the last of each subject in this one.
    """

    seq: int
    hash: str
    base: State
    end: State
    ours: tuple[Commit, ...]
    new: tuple[Commit, ...]
    both: tuple[tuple[Event, Event], ...]
    entered: dict[str, str]
    here: dict[int, int]
    revisions: dict[str, int]
    known: frozenset[str]
    theirs: frozenset[str]

    @property
    def events(self) -> Iterator[Event]:
        """What the other recorded or took in that is not here yet."""
        lines = (event for commit in self.new for event in commit.events)
        return (event for event in lines if event.id not in self.known)

    @property
    def own(self) -> Iterator[Event]:
        """What is here and the other does not have."""
        lines = (event for commit in self.ours for event in commit.events)
        return (event for event in lines if event.id not in self.theirs)

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
    """Follow both journals to where they part, and tell what is new in the other. Raises
    `RuleBroken` where they are no copies of one register, or the other was recovered since."""
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
    known = {event.id: event for commit in held for event in commit.events}
    both = tuple(
        (event, known[event.id]) for commit in lines for event in commit.events if event.id in known
    )
    end, entered = _walk(base, lines, known)
    _refuse_recovered(lines, known, name)
    return Parting(
        seq=seq,
        hash=hash,
        base=_common(base, lines, known),
        end=end,
        ours=held,
        new=tuple(e for e in lines if any(event.id not in known for event in e.events)),
        both=both,
        entered=entered,
        here={there.seq: here.seq for there, here in both},
        revisions=revisions,
        known=frozenset(known),
        theirs=frozenset(event.id for commit in lines for event in commit.events),
    )


def _refuse_recovered(lines: Iterable[Commit], known: Container[str], name: str) -> None:
    if any(
        event.kind == RegisterRecovered.kind and event.id not in known
        for commit in lines
        for event in commit.events
    ):
        raise RuleBroken(
            f"{name} was recovered from damage since the two went apart, so it is not taken in",
            who=f"Take this register into {name} instead, and go on with that one.",
        )


def _walk(
    base: State, lines: Iterable[Commit], known: Container[str]
) -> tuple[State, dict[str, str]]:
    """The other's state, and the labels of what was entered in its lines and is not `known`."""
    end = base.copy()
    entered: dict[str, str] = {}
    for commit in lines:
        apply(end, commit)
        for event in commit.events:
            if event.kind in ENTERING and event.id not in known:
                given = event.given_label
                entered[event.subject] = given or end.technologies.header(event.subject).label
    return end, entered


def _common(base: State, lines: Iterable[Commit], known: Container[str]) -> State:
    """The state that the lines both begin with and the events both have add up to. An entry that
    the other says is kept is there: else what is known of it would have nothing to stand on."""
    for commit in lines:
        if all(event.id in known for event in commit.events):
            apply(base, commit)
            continue
        for event in commit.events:
            if event.id in known or event.kind == EntryKept.kind:
                take(base, event)
    return base
