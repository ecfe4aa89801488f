"""Taking back what one did to a technology, as long as nobody has decided on it, and doing it
again. Each is a new event: the journal keeps what was recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from horizon.model.base import canonical
from horizon.model.errors import RuleBroken
from horizon.model.events import (
    ConditionDischarged,
    DecisionRecorded,
    RoundClosed,
    ScoresSubmitted,
    StageMoved,
    TechnologyReopened,
)
from horizon.model.intake_events import MergeTaken, TechnologyMerged
from horizon.model.state import State
from horizon.model.technology import Technology
from horizon.model.undo_events import ChangeTakenBack, EntryTakenBack
from horizon.model.wording import day, field_in_words
from horizon.register.actions.merging import before_merge, merge, unmerge
from horizon.register.actions.reopening import recheck
from horizon.register.actions.steps import UNDOABLE, Step, steps
from horizon.register.desk import Desk
from horizon.register.images import History, image

HistoriesOf = Callable[[Sequence[str]], Mapping[str, History]]
"""The journal's lines about each of some technologies."""

Action = Callable[[Desk, Technology, HistoriesOf], Step]

TABLES = frozenset(("answers", "facts", "released"))
"""Fields of which each key is changed by itself."""

ITS_OWN = frozenset(("id", "label", "revision", "changed_at", "erased"))
"""Fields that no change of anybody's sets by itself."""


def take_back(desk: Desk, technology: Technology, histories: HistoriesOf) -> Step:
    """Draft that the acting person takes back the last thing they did to the technology, and to
    all others to which it was done at once."""
    history = histories([technology.id])[technology.id]
    done, _ = steps(history, technology.id, desk.by)
    if not done:
        raise RuleBroken(
            f"There is nothing of yours to take back on {technology.label}",
            who="Only who made a change takes it back. Anybody can change it again.",
        )
    step = done[-1]
    if step.enters:
        _leave(desk, technology, step, history)
        return step
    if step.merges:
        _, goes, lines = _merge_of(technology, step, histories)
        before = before_merge(desk.state, lines, goes)
        unmerge(desk, desk.technology(goes), before, "Taken back")
        return step
    _back(desk, technology, step, history)
    for other, held in histories(step.beside).items():
        done, _ = steps(held, other, desk.by)
        _back(desk, *_same_line(desk, other, step, done), held)
    return step


def _leave(desk: Desk, technology: Technology, step: Step, history: History) -> None:
    """Draft that an entry is taken back."""
    _refuse_fixed(technology, step)
    _refuse_decided(technology, step, history)
    _refuse_moved(technology, _image(desk.state, technology.id, history, step.last))
    _refuse_named(desk.state, technology)
    desk.draft(technology.id, EntryTakenBack(label=technology.label))


def _back(desk: Desk, technology: Technology, step: Step, history: History) -> None:
    """Draft that a change is taken back."""
    _refuse_fixed(technology, step)
    _refuse_use(desk, technology, step)
    _refuse_decided(technology, step, history)
    before = _image(desk.state, technology.id, history, step.first - 1)
    after = _image(desk.state, technology.id, history, step.last)
    _refuse_cited(technology, before, after)
    _set(desk, technology, step, values(technology, after, before), again=False)


def do_again(desk: Desk, technology: Technology, histories: HistoriesOf) -> Step:
    """Draft that what the acting person took back last holds again."""
    history = histories([technology.id])[technology.id]
    _, undone = steps(history, technology.id, desk.by)
    if not undone:
        raise RuleBroken(f"There is nothing that you took back on {technology.label} to do again")
    step = undone[-1]
    if step.merges:
        said, goes, _ = _merge_of(technology, step, histories)
        merge(desk, desk.technology(goes), desk.technology(said.into), said.reason)
        return step
    _again(desk, technology, step, history)
    for other, held in histories(step.beside).items():
        _, undone = steps(held, other, desk.by)
        _again(desk, *_same_line(desk, other, step, undone), held)
    return step


def _again(desk: Desk, technology: Technology, step: Step, history: History) -> None:
    """Draft that a change that was taken back holds again."""
    _refuse_decided(technology, step, history)
    before = _image(desk.state, technology.id, history, step.first - 1)
    after = _image(desk.state, technology.id, history, step.last)
    _set(desk, technology, step, values(technology, before, after), again=True)


def _merge_of(
    technology: Technology, step: Step, histories: HistoriesOf
) -> tuple[TechnologyMerged, str, History]:
    """A merge as it was recorded of the entry that it lets go, with the id of that entry and its
    lines of the journal. `technology` is that entry, or the one that stays."""
    taken = next((e.payload() for e in step.events if e.kind == MergeTaken.kind), None)
    goes = taken.merged if isinstance(taken, MergeTaken) else technology.id
    history = histories([goes])[goes]
    commit = next(c for _, c in history if any(e.seq == step.first for e in c.events))
    for each in commit.events:
        said = each.payload()
        if isinstance(said, TechnologyMerged):
            return said, goes, history
    raise _erased(technology)


def _erased(technology: Technology) -> RuleBroken:
    return RuleBroken(f"What you did last on {technology.label} was erased")


def _same_line(
    desk: Desk, other: str, step: Step, among: Sequence[Step]
) -> tuple[Technology, Step]:
    """Another technology of the same line of the journal, and the step that it is there."""
    if other not in desk.state.technologies:
        raise RuleBroken(
            "It was done to several technologies at once, and one of them has left the register",
            who="Change the others as they should be instead.",
        )
    technology = desk.state.technologies[other]
    found = next((each for each in among if each.line == step.line), None)
    if found is None:
        raise _changed_since(technology, "what was done to several at once")
    return technology, found


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
        if name in TABLES:
            found[name] = _keys(technology, name, held, was, then)
        elif held == was:
            found[name] = then
        elif isinstance(held, list):
            found[name] = _list(technology, name, held, was, then)
        else:
            raise _changed_since(technology, name)
    return found


INSTEAD = {
    DecisionRecorded.kind: "A new decision takes its place. Its words alone are corrected on its "
    "record, or with: horizon correct",
    ScoresSubmitted.kind: "Scores are fixed once they are handed in. Another round asks anew.",
    RoundClosed.kind: "Another round asks for scores anew.",
    ConditionDischarged.kind: "If it was not met after all, press u on it among the conditions, or "
    "use: horizon condition not-met",
    TechnologyReopened.kind: "The body settles it with a decision, also where nothing was wrong.",
}
"""What to do about something that is not taken back, by the kind of event."""

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
        f"({field_in_words(name)}), so taking it back would undo that too",
        who="Change it as it should be instead.",
    )


def _image(state: State, subject: str, history: History, last: int) -> Technology:
    """The technology as it stood after the event of this number."""
    found = image(state, subject, history, last)
    assert found is not None
    return found


def _refuse_fixed(technology: Technology, step: Step) -> None:
    """What is not taken back this way."""
    if any(each.is_erased for each in step.events):
        raise _erased(technology)
    for each in step.events:
        if each.kind in INSTEAD:
            raise RuleBroken(
                f"What you did last on {technology.label} ({each.kind.replace('-', ' ')}) is not "
                "taken back with one key",
                who=INSTEAD[each.kind],
            )
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
                who="Change it as it should be instead.",
            )
        payload = each.payload()
        if isinstance(payload, StageMoved) and payload.gate:
            raise RuleBroken(
                f"{technology.label} went through gate {payload.gate} on a decision, and that "
                "is not taken back",
                who="The body that decided can decide again.",
            )


def _refuse_use(desk: Desk, technology: Technology, step: Step) -> None:
    """What was taken out of use comes back through its gate, but for a slip of the same day."""
    for each in step.events:
        payload = each.payload()
        if isinstance(payload, StageMoved) and payload.on < desk.today:
            origin = desk.framework.route.stage(payload.origin)
            if origin is not None and origin.in_use:
                raise RuleBroken(
                    f"{technology.label} was taken out of use on {day(payload.on)}, and that is "
                    "not taken back",
                    who="It comes back into use through the gate on that way, after a review.",
                )


def _refuse_decided(technology: Technology, step: Step, history: History) -> None:
    """What a body decided on stays as it was on the table."""
    for _, commit in history:
        for event in commit.events:
            if (
                event.subject == technology.id
                and event.kind == DecisionRecorded.kind
                and event.seq > step.last
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
                f"{technology.label} is or was on the agenda of {meeting.ref}, so the entry stays",
                who="Withdraw it with a reason instead.",
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
