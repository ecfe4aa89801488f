"""A record that two sides changed: what each changed holds, and where both changed the same, ours.

Records are their JSON. What the two have in common from before is the base; a side has changed what
is not as it was there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from horizon.model.base import canonical
from horizon.model.brought_events import ENTRY_KEYS, Disagreement
from horizon.model.wording import field_in_words, spoken_day

OWN = frozenset(
    ("id", "label", "ref", "revision", "changed_at", "proposed_at", "proposed_by", "co_proposers")
)
"""Fields that no side changes by itself, or that follow from others."""

GROUPS: Mapping[str, tuple[str, ...]] = {
    "stage": (
        "stage",
        "stage_since",
        "ended_reason",
        "superseded_by",
        "merged_into",
        "legacy",
    ),
    "review date": ("review_by", "review_reason"),
    "closing": ("closed_at", "closed_by"),
}
"""Fields that only make sense together: one side's or the other's."""

BY_KEY = frozenset(("answers", "facts", "released", "submissions", *ENTRY_KEYS))
"""What is put together entry by entry. Anything else is one thing."""

SHOWN = 200
"""Letters of a value that a disagreement repeats."""

_NONE: Any = object()

Fields = dict[str, Any]
Entries = dict[str, dict[str, dict[str, Any]]]


@dataclass
class Merged:
    """The record put together, and what both sides had changed."""

    values: dict[str, Any] = field(default_factory=dict)
    disagreements: list[Disagreement] = field(default_factory=list)

    def disagree(self, name: str, ours: Any, theirs: Any) -> None:
        self.disagreements.append(Disagreement(field=name, kept=_shown(ours), other=_shown(theirs)))


def three_way(
    base: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any]
) -> Merged:
    """`ours` with what `theirs` changed since `base`. Fields of its `OWN` stay as ours has them."""
    found = Merged()
    grouped = {name for names in GROUPS.values() for name in names}
    for title, names in GROUPS.items():
        held = [name for name in names if name in ours]
        parts = [tuple(each.get(name) for name in held) for each in (base, ours, theirs)]
        chosen = parts[1]
        if parts[1] == parts[0]:
            chosen = parts[2]
        elif parts[2] not in (parts[0], parts[1]):
            found.disagree(title, parts[1][0], parts[2][0])
        found.values.update(zip(held, chosen, strict=True))
    for name in ours:
        if name in OWN:
            found.values[name] = ours[name]
        elif name not in grouped:
            sides = (base.get(name, _NONE), ours[name], theirs.get(name, _NONE))
            found.values[name] = _merge(found, name, field_in_words(name), *sides)
    return found


def _merge(found: Merged, name: str, path: str, base: Any, ours: Any, theirs: Any) -> Any:
    if ours == theirs or _same(theirs, base):
        return ours
    if _same(ours, base):
        return theirs
    if ours is _NONE or theirs is _NONE:  # one side took it out, the other worked on it
        return theirs if ours is _NONE else ours
    if isinstance(ours, list) and isinstance(theirs, list):
        return _lists(found, name, path, base, ours, theirs)
    if isinstance(ours, dict) and isinstance(theirs, dict) and name in BY_KEY:
        return _tables(found, path, base if isinstance(base, dict) else {}, ours, theirs)
    found.disagree(path, ours, theirs)
    return ours


def _same(one: Any, other: Any) -> bool:
    """Whether two are the same; nothing said is the same as an empty value."""
    return bool(one == other or ((one is _NONE or not one) and (other is _NONE or not other)))


def _tables(
    found: Merged,
    path: str,
    base: Mapping[str, Any],
    ours: Mapping[str, Any],
    theirs: Mapping[str, Any],
    *,
    within: bool = False,
) -> dict[str, Any]:
    """Tables put together key by key; `within` an entry of a list, keys are fields."""
    made: dict[str, Any] = {}
    for key in dict.fromkeys((*ours, *theirs)):
        sides = (each.get(key, _NONE) for each in (base, ours, theirs))
        value = _merge(found, key if within else "", f"{path} {key.replace('_', ' ')}", *sides)
        if value is not _NONE:
            made[key] = value
    return made


def _lists(
    found: Merged, name: str, path: str, base: Any, ours: list[Any], theirs: list[Any]
) -> list[Any]:
    before = base if isinstance(base, list) else []
    if name not in ENTRY_KEYS:
        return _added(before, ours, theirs)
    key = ENTRY_KEYS[name]
    sides = [{each[key]: each for each in side} for side in (before, ours, theirs)]
    made: list[Any] = []
    for entry in dict.fromkeys((*sides[1], *sides[2])):
        was, here, there = (side.get(entry, _NONE) for side in sides)
        if isinstance(here, dict) and isinstance(there, dict):
            old = was if isinstance(was, dict) else {}
            made.append(_tables(found, f"{path} {entry}", old, here, there, within=True))
        else:
            kept = _merge(found, "", f"{path} {entry}", was, here, there)
            if kept is not _NONE:
                made.append(kept)
    return made


def _added(before: list[Any], ours: list[Any], theirs: list[Any]) -> list[Any]:
    """Ours with what they added, without what they took out."""
    was, here, there = (Counter(map(canonical, each)) for each in (before, ours, theirs))
    added = (there - was) - (here - was)
    gone = was - there
    made = []
    for each in ours:
        if gone[canonical(each)] > 0:
            gone[canonical(each)] -= 1
        else:
            made.append(each)
    for each in theirs:
        if added[canonical(each)] > 0:
            added[canonical(each)] -= 1
            made.append(each)
    return made


def settled_by(now: Mapping[str, Any], then: Mapping[str, Any]) -> tuple[Fields, Entries]:
    """What has to be said of a record that stands as `now` for it to stand as `then`: fields, and
    single entries of its lists where the lists hold the same entries. Its `OWN` fields stay."""
    values: dict[str, Any] = {}
    entries: dict[str, dict[str, dict[str, Any]]] = {}
    for name, wanted in then.items():
        if name in OWN or wanted == now[name]:
            continue
        key = ENTRY_KEYS.get(name, "")
        if key and [each[key] for each in wanted] == [each[key] for each in now[name]]:
            entries[name] = {
                str(one[key]): {field: one[field] for field in one if one[field] != other[field]}
                for one, other in zip(wanted, now[name], strict=True)
                if one != other
            }
        else:
            values[name] = wanted
    return values, entries


def _shown(value: Any) -> str:
    text = "" if value is None else _spelled(value)
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


def _spelled(value: Any) -> str:
    if isinstance(value, dict):
        said = {k: v for k, v in value.items() if v and k not in ("by", "at", "framework")}
        return ", ".join(f"{k.replace('_', ' ')} {_spelled(v)}" for k, v in said.items())
    if isinstance(value, list | tuple):
        return ", ".join(_spelled(each) for each in value)
    return spoken_day(str(value))
