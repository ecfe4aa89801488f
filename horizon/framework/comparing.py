"""What a changed framework changes, and what that does to what was judged before.

Scoring method 3.7: a change of words carries over; a weight is a new reading of old scores; changed
anchors or value points make old scores unknown until somebody scores again; what was taken out
stays in the history. Old decisions keep the framework they were made under.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from horizon.framework.schema import ChecklistItem, Criterion, Framework

Part = TypeVar("Part")


class Sort(StrEnum):
    """What kind of change it is, in the order in which people want to hear of it."""

    WEIGHT = "weight"
    SCALE = "scale"
    MINIMUM = "minimum"
    EFFECT = "effect"
    APPLIES = "applies"
    NEW = "new"
    REMOVED = "removed"
    WORDING = "wording"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two frameworks. `about` is an id; `words` say it, and what follows
    from it for what was judged before."""

    sort: Sort
    about: str
    words: str


def compare(old: Framework, new: Framework) -> tuple[Change, ...]:
    """Every difference that a committee has to know of, gravest first."""
    found = [
        *_principles(old, new),
        *_criteria(old, new),
        *_items(old, new),
        *_rules(old, new),
    ]
    order = list(Sort)
    return tuple(sorted(found, key=lambda each: order.index(each.sort)))


def _principles(old: Framework, new: Framework) -> Iterator[Change]:
    before = {each.id: each for each in old.principles}
    for each in new.principles:
        held = before.get(each.id)
        if held is not None and held.weight != each.weight:
            words = f"{each.name} weighs {each.weight} instead of {held.weight}"
            yield Change(Sort.WEIGHT, each.id, f"{words}: the ranking is read anew.")


def _criteria(old: Framework, new: Framework) -> Iterator[Change]:
    for name, held, each in _differing(old.criteria, new.criteria):
        if held and each:
            yield from _criterion(held, each)
        elif each:
            words = f"{name} {each.name} is new: it is unknown until it is scored."
            yield Change(Sort.NEW, name, words)
        elif held:
            words = f"{name} {held.name} is gone: its scores stay in the history."
            yield Change(Sort.REMOVED, name, words)


def _differing(
    before: Mapping[str, Part], after: Mapping[str, Part]
) -> Iterator[tuple[str, Part | None, Part | None]]:
    """The parts that are not the same in both, by their ids, as they were and as they are."""
    for name in {**before, **after}:
        held, each = before.get(name), after.get(name)
        if held != each:
            yield name, held, each


def _criterion(held: Criterion, each: Criterion) -> Iterator[Change]:
    name = f"{each.id} {each.name}"
    if held.weight != each.weight:
        words = f"{name} weighs {each.weight} instead of {held.weight}: the ranking is read anew."
        yield Change(Sort.WEIGHT, each.id, words)
    if held.scale != each.scale:
        words = f"{name} has another scale: its scores are unknown until it is scored again."
        yield Change(Sort.SCALE, each.id, words)
    for phase, was, now in (
        ("trial", held.trial_minimum, each.trial_minimum),
        ("adoption", held.adoption_minimum, each.adoption_minimum),
    ):
        if was != now:
            words = (
                f"{name}: the minimum for {phase} is {_or_none(now)} instead of {_or_none(was)}."
            )
            yield Change(Sort.MINIMUM, each.id, words)
    if held.applies != each.applies:
        yield Change(Sort.APPLIES, each.id, f"{name} applies to other facts.")
    if (held.name, held.question) != (each.name, each.question) and held.scale == each.scale:
        yield Change(Sort.WORDING, each.id, f"{name} is worded differently: its scores carry over.")


def _items(old: Framework, new: Framework) -> Iterator[Change]:
    for name, held, each in _differing(old.items, new.items):
        if held and each:
            yield from _item(held, each)
        elif each:
            words = f"{name} is new: it is open until it is answered."
            yield Change(Sort.NEW, name, words)
        elif held:
            words = f"{name} is gone: its answers stay in the history."
            yield Change(Sort.REMOVED, name, words)


def _item(held: ChecklistItem, each: ChecklistItem) -> Iterator[Change]:
    for phase, was, now in (
        ("trial", held.trial, each.trial),
        ("adoption", held.adoption, each.adoption),
    ):
        if was != now:
            words = f"{each.id}: short of yes it is a {now} instead of a {was} for {phase}."
            yield Change(Sort.EFFECT, each.id, words)
    if held.red_line != each.red_line:
        said = f"a red line for {' and '.join(each.red_line)}" if each.red_line else "no red line"
        yield Change(Sort.EFFECT, each.id, f"{each.id} is {said} now.")
    if held.applies != each.applies:
        yield Change(Sort.APPLIES, each.id, f"{each.id} applies to other facts.")
    if (held.question, held.evidence) != (each.question, each.evidence):
        words = f"{each.id} is worded differently: its answers carry over, marked."
        yield Change(Sort.WORDING, each.id, words)


def _rules(old: Framework, new: Framework) -> Iterator[Change]:
    if old.policy != new.policy:
        yield Change(Sort.RULE, "policy", "The numbers of the scoring method change.")
    if old.tier_rules != new.tier_rules or old.tiers != new.tiers:
        yield Change(Sort.RULE, "tiers", "The tier rules change.")
    for what, title in (
        ("bodies", "bodies"),
        ("stages", "stages"),
        ("transitions", "ways between stages"),
        ("gates", "gates"),
        ("triggers", "reasons to reopen"),
    ):
        if getattr(old.route, what) != getattr(new.route, what):
            yield Change(Sort.RULE, what, f"The route changes: {title}{_named(old, new, what)}.")


def _named(old: Framework, new: Framework, what: str) -> str:
    """Which of the parts of the route differ, where they have names."""
    if what == "transitions":
        return ""
    before: dict[str, Any] = {each.id: each for each in getattr(old.route, what)}
    after: dict[str, Any] = {each.id: each for each in getattr(new.route, what)}
    names = [name for name, _, _ in _differing(before, after)]
    return f" ({', '.join(names)})" if names else ""


def _or_none(level: int | None) -> str:
    return "none" if level is None else str(level)
