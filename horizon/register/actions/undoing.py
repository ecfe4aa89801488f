"""Taking back what one did to a technology, as long as nobody has decided on it, and doing it
again. Each is a new event: the journal keeps what was recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from horizon.model.base import canonical
from horizon.model.errors import RuleBroken
from horizon.model.events import (
    AnswersGiven,
    Commit,
    DecisionRecorded,
    DetailsAmended,
    Event,
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
from horizon.model.fold import take
from horizon.model.state import State
from horizon.model.technology import Technology
from horizon.model.undo_events import ChangeTakenBack, EntryTakenBack, NoteAdded
from horizon.register.actions.reopening import recheck
from horizon.register.desk import Desk

History = Sequence[tuple[int, Commit]]
Action = Callable[[Desk, Technology, History], "Step"]

ENTERING = frozenset((TechnologyProposed.kind, LegacyEntered.kind))

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
        StageMoved,
        TechnologySuperseded,
        TechnologyWithdrawn,
    )
)
"""Kinds of event that can be taken back. What committees decide is superseded or corrected
instead, scores are fixed when they are handed in, and imports and merges have their own undoing."""

ITS_OWN = frozenset(("id", "label", "revision", "changed_at", "erased"))
"""Fields that no change of anybody's sets by itself."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one person did to a technology at one go: its events in one line of the journal.
    `alone` says that the line is about nothing else but people named on the way."""

    events: tuple[Event, ...]
    alone: bool

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
            others = [e for e in commit.events if e.subject != subject]
            done.append(Step(events, all(e.kind == PersonNamed.kind for e in others)))
            undone.clear()
    return done, undone


def take_back(desk: Desk, technology: Technology, history: History) -> Step:
    """Draft that the acting person takes back the last thing they did to the technology."""
    done, _ = steps(history, technology.id, desk.by)
    if not done:
        raise RuleBroken(
            f"There is nothing of yours to take back on {technology.label}",
            who="Only who made a change takes it back. Anybody can change it again.",
        )
    step = done[-1]
    _refuse_fixed(technology, step)
    _refuse_decided(technology, step, history)
    if step.enters:
        _refuse_moved(technology, _image(desk.state, technology.id, history, step, after=True))
        _refuse_named(desk.state, technology)
        desk.draft(technology.id, EntryTakenBack(label=technology.label))
        return step
    before = _image(desk.state, technology.id, history, step, after=False)
    after = _image(desk.state, technology.id, history, step, after=True)
    _refuse_cited(technology, before, after)
    _set(desk, technology, step, values(technology, after, before), again=False)
    return step


def do_again(desk: Desk, technology: Technology, history: History) -> Step:
    """Draft that what the acting person took back last holds again."""
    _, undone = steps(history, technology.id, desk.by)
    if not undone:
        raise RuleBroken(f"There is nothing that you took back on {technology.label} to do again")
    step = undone[-1]
    _refuse_decided(technology, step, history)
    before = _image(desk.state, technology.id, history, step, after=False)
    after = _image(desk.state, technology.id, history, step, after=True)
    _set(desk, technology, step, values(technology, before, after), again=True)
    return step


def _set(
    desk: Desk, technology: Technology, step: Step, wanted: dict[str, Any], *, again: bool
) -> None:
    """Draft the fields as they are then. A red line that is open again is seen at once."""
    data = ChangeTakenBack(events=step.seqs, values=wanted, again=again)
    desk.draft(technology.id, data)
    whole = technology.model_dump(mode="json") | wanted
    recheck(desk, technology, Technology.model_validate_json(canonical(whole)))


def values(technology: Technology, left: Technology, wanted: Technology) -> dict[str, Any]:
    """The fields in which `left` and `wanted` differ, as they become when the technology, which
    others may have changed since, goes from the one to the other.

    Answers and facts are looked at one by one, and of lists only what was added or taken away.
    Raises `RuleBroken` where somebody has changed the very same thing since.
    """
    now, origin, target = (each.model_dump(mode="json") for each in (technology, left, wanted))
    found: dict[str, Any] = {}
    for name in Technology.model_fields:
        if name in ITS_OWN or origin[name] == target[name]:
            continue
        held, was, then = now[name], origin[name], target[name]
        if isinstance(held, dict):
            found[name] = _keys(technology, name, held, was, then)
        elif held == was:
            found[name] = then
        elif isinstance(held, list):
            found[name] = _list(technology, name, held, was, then)
        else:
            raise _changed_since(technology, name)
    return found


Table = dict[str, Any]


def _keys(technology: Technology, name: str, held: Table, was: Table, then: Table) -> Table:
    """A table in which only the keys that the change touched go back."""
    found = dict(held)
    for key in was.keys() | then.keys():
        if was.get(key) == then.get(key):
            continue
        if held.get(key) != was.get(key):
            raise _changed_since(technology, f"{name}: {key}")
        if key in then:
            found[key] = then[key]
        else:
            del found[key]
    return found


def _list(
    technology: Technology, name: str, held: list[Any], was: list[Any], then: list[Any]
) -> list[Any]:
    """A list without what the change had added, or with it again at the end."""
    kept = list(held)
    for each in _more(was, then):
        if each not in kept:
            raise _changed_since(technology, name)
        kept.reverse()
        kept.remove(each)  # the last of several alike
        kept.reverse()
    return kept + _more(then, was)


def _more(one: list[Any], other: list[Any]) -> list[Any]:
    """What the one list holds beyond the other, as often as it does."""
    left = list(other)
    found = []
    for each in one:
        if each in left:
            left.remove(each)
        else:
            found.append(each)
    return found


def _changed_since(technology: Technology, name: str) -> RuleBroken:
    return RuleBroken(
        f"{technology.label} has been changed since in the same place "
        f"({name.replace('_', ' ')}), so taking it back would undo that too",
        who="Change it as it should be instead.",
    )


def _image(state: State, subject: str, history: History, step: Step, *, after: bool) -> Technology:
    """The technology as it stood just before a step, or just after."""
    last = step.events[-1].seq if after else step.events[0].seq - 1
    beside = State()
    beside.head, beside.people, beside.meetings = state.head, state.people, dict(state.meetings)
    beside.frameworks = state.frameworks
    beside.technologies = state.technologies.without(subject)
    for _, commit in history:
        for event in commit.events:
            if event.subject == subject and event.seq <= last:
                take(beside, event)
    return beside.technologies[subject]


def _refuse_fixed(technology: Technology, step: Step) -> None:
    """What is not taken back this way."""
    if any(each.is_erased for each in step.events):
        raise RuleBroken(f"What you did last on {technology.label} was erased")
    if not step.alone:
        raise RuleBroken(
            f"What you did last on {technology.label} was done together with other things, so it "
            "is not taken back alone",
            who="Change it as it should be instead.",
        )
    for each in step.events:
        if each.kind not in UNDOABLE:
            words = each.kind.replace("-", " ")
            raise RuleBroken(
                f"What you did last on {technology.label} ({words}) is not taken back",
                who="A decision is superseded or corrected, and scores are given in another round.",
            )
        payload = each.payload()
        if isinstance(payload, StageMoved) and payload.gate:
            raise RuleBroken(
                f"{technology.label} went through gate {payload.gate} on a decision, and that "
                "is not taken back",
                who="The body that decided can decide again.",
            )


def _refuse_decided(technology: Technology, step: Step, history: History) -> None:
    """What a body decided on stays as it was on the table."""
    for _, commit in history:
        for event in commit.events:
            if (
                event.subject == technology.id
                and event.kind == DecisionRecorded.kind
                and event.seq > step.events[-1].seq
            ):
                raise RuleBroken(
                    f"{technology.label} has been decided on since, and what was on the table then "
                    "stands",
                    who="Change it as it should be now, and say why.",
                )


def _refuse_moved(technology: Technology, entered: Technology) -> None:
    """An entry that anybody worked on since is withdrawn, not taken back."""
    now, then = (
        {name: getattr(each, name) for name in Technology.model_fields if name not in ITS_OWN}
        for each in (technology, entered)
    )
    if now != then:
        raise RuleBroken(
            f"{technology.label} has been worked on since you entered it, so the entry stays",
            who="Withdraw it with a reason instead.",
        )


def _refuse_named(state: State, technology: Technology) -> None:
    """An entry that something else speaks of stays."""
    for meeting in state.meetings.values():
        if any(each.technology == technology.id for each in meeting.items):
            raise RuleBroken(
                f"{technology.label} is on the agenda of {meeting.ref}, so the entry stays",
                who="Take it off the agenda first, or withdraw it with a reason.",
            )
    for header in state.technologies.headers():
        if header.superseded_by == technology.id:
            raise RuleBroken(
                f"{header.label} was superseded by {technology.label}, so the entry stays",
                who="Withdraw it with a reason instead.",
            )


def _refuse_cited(technology: Technology, before: Technology, after: Technology) -> None:
    """Evidence that an answer or a condition leans on stays."""
    kept = {each.id for each in before.evidence}
    going = {each.id for each in after.evidence} - kept
    cited = set(_cited(technology))
    for each in sorted(going & cited):
        raise RuleBroken(
            f"{each} is cited on {technology.label}, so it is not taken back",
            who="Answer without it first.",
        )


def _cited(technology: Technology) -> Iterable[str]:
    for answer in technology.answers.values():
        yield from answer.evidence
    for decision in technology.decisions:
        for condition in decision.conditions:
            if condition.discharge is not None:
                yield from condition.discharge.evidence
