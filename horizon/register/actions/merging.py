"""Commands of duplicates: merge, undo a merge, say that two are different, take that back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from horizon.model.errors import RuleBroken
from horizon.model.intake_events import (
    DifferenceTakenBack,
    MarkedDifferent,
    MergeReleased,
    MergeTaken,
    MergeUndone,
    TechnologyMerged,
)
from horizon.model.state import State
from horizon.model.technology import Technology
from horizon.model.wording import day, listed
from horizon.register.desk import Desk, plain_name
from horizon.register.images import History, image


def merge(desk: Desk, goes: Technology, stays: Technology, reason: str) -> None:
    """Draft that `goes` is `stays`: it leaves the route, its names become names of `stays`.

    What was recorded on either stays where it was recorded. So an entry on which the register
    still rests (decisions, use, something to be decided on again) is never the one that goes, and
    what is being done with it is ended first.
    """
    if goes.id == stays.id:
        raise RuleBroken(f"{goes.label} cannot be merged into itself")
    if not reason.strip():
        raise RuleBroken(
            "Two entries are merged with a reason", missing=["the reason"], who="You supply it."
        )
    for each in (goes, stays):
        if each.merged_into:
            into = desk.state.technologies.header(each.merged_into).label
            raise RuleBroken(f"{each.label} was already merged into {into}")
        if each.superseded_by:
            by = desk.state.technologies.header(each.superseded_by).label
            raise RuleBroken(
                f"{each.label} is superseded by {by}", who=f"Merge with {by} where it is that one."
            )
    _refuse_what_must_stay(desk, goes, stays)
    _refuse_what_is_under_way(desk, goes, stays)
    held = {plain_name(each) for each in (stays.name, *stays.aliases)}
    aliases: list[str] = []
    for name in (goes.name, *goes.aliases, goes.label):
        if plain_name(name) not in held:
            held.add(plain_name(name))
            aliases.append(name)
    stage = desk.framework.route.superseded_stage
    desk.draft(goes.id, TechnologyMerged(into=stays.id, reason=reason, stage=stage, on=desk.today))
    desk.draft(stays.id, MergeTaken(merged=goes.id, aliases=tuple(aliases)))


def _refuse_what_must_stay(desk: Desk, goes: Technology, stays: Technology) -> None:
    why = next(_needed(desk, goes, stays), "")
    if why:
        can_go = not any(_needed(desk, stays, goes))
        raise RuleBroken(
            f"{goes.label} {why}",
            who=f"Merge {stays.label} into it instead."
            if can_go
            else f"{stays.label} cannot go either: supersede one by the other instead.",
        )


def _needed(desk: Desk, technology: Technology, other: Technology) -> Iterator[str]:
    """Why an entry stays where it stands, whatever it turns out to be; words after its label."""
    if technology.decisions:
        numbers = listed([each.number for each in technology.decisions])
        yield (
            f"has decisions on record ({numbers}), which count for the entry that they were made on"
        )
    if _is_in_use(desk, technology) and not _is_in_use(desk, other):
        yield f"is in use, and {other.label} is not: what is in use stays in sight"
    for each in technology.open_reopenings:
        yield (
            f"was reopened on {day(each.on)} ({each.reason}), and no body has decided on that yet"
        )


def _is_in_use(desk: Desk, technology: Technology) -> bool:
    stage = desk.framework.route.stage(technology.stage)
    return stage is not None and stage.in_use


def _refuse_what_is_under_way(desk: Desk, goes: Technology, stays: Technology) -> None:
    if goes.open_round is not None:
        raise RuleBroken(
            f"Round {goes.open_round.number} of {goes.label} is still open",
            who="Close it first; what was scored is kept.",
        )
    for meeting in desk.state.meetings.values():
        item = None if meeting.is_closed else meeting.item_on(goes.id)
        if item is not None:
            raise RuleBroken(
                f"{goes.label} is on the agenda of {meeting.ref} (item {item.number}), and that "
                "item has not ended",
                who=f"Its secretary drops it, and puts {stays.label} on the agenda instead.",
            )


@dataclass(frozen=True, slots=True)
class Before:
    """An entry as it was before it was merged, and the names that the merge gave to the other."""

    technology: Technology
    names: tuple[str, ...]


def unmerge(desk: Desk, gone: Technology, before: Before | None, reason: str) -> None:
    """Draft the undoing of a merge."""
    if gone.merged_into is None:
        raise RuleBroken(f"{gone.label} was not merged into another entry")
    if not reason.strip():
        raise RuleBroken("A merge is undone with a reason", missing=["the reason"])
    stays = desk.state.technologies[gone.merged_into]
    if stays.merged_into:
        onward = desk.state.technologies.header(stays.merged_into).label
        raise RuleBroken(
            f"{stays.label}, into which {gone.label} was merged, was itself merged into {onward}",
            who=f"Undo the merge of {stays.label} first.",
        )
    if before is None:
        raise RuleBroken(
            f"The journal does not hold the merge of {gone.label}, so nobody knows where it stood",
            who="Propose it anew.",
        )
    desk.draft(
        gone.id,
        MergeUndone(
            into=gone.merged_into,
            reason=reason,
            stage=before.technology.stage,
            since=before.technology.stage_since,
            ended_reason=before.technology.ended_reason,
        ),
    )
    desk.draft(gone.merged_into, MergeReleased(merged=gone.id, aliases=before.names))


def mark_different(desk: Desk, one: Technology, other: Technology, reason: str) -> None:
    """Draft that two entries, however alike, are two technologies."""
    if one.id == other.id:
        raise RuleBroken(f"{one.label} cannot be different from itself")
    if other.id not in one.different_from and one.id not in other.different_from:
        desk.draft(one.id, MarkedDifferent(other=other.id, reason=reason))


def take_difference_back(desk: Desk, one: Technology, other: Technology) -> None:
    """Draft that it is open again whether two entries are one."""
    found = False
    for each, against in ((one, other), (other, one)):
        if against.id in each.different_from:
            desk.draft(each.id, DifferenceTakenBack(other=against.id))
            found = True
    if not found:
        raise RuleBroken(f"Nobody has marked {one.label} and {other.label} as different")


def before_merge(state: State, history: History, technology_id: str) -> Before | None:
    """An entry before its last merge, out of the journal's lines about it; `None` where the journal
    does not hold one."""
    for _, commit in reversed(history):
        for event in commit.events:
            if event.subject == technology_id and event.kind == TechnologyMerged.kind:
                names = [
                    name
                    for each in commit.events
                    if isinstance(taken := each.payload(), MergeTaken)
                    and taken.merged == technology_id
                    for name in taken.aliases
                ]
                before = image(state, technology_id, history, event.seq - 1)
                return Before(before, tuple(names)) if before is not None else None
    return None
