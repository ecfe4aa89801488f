"""How records stand that two copies of a register both changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec

from horizon.model.bringing import SEVERAL, Through
from horizon.model.brought_events import Disagreement, RecordSettled
from horizon.model.fold_brought import changed
from horizon.model.fold_intake import co_proposers
from horizon.model.state import State
from horizon.model.technology import Technology
from horizon.model.wording import listed
from horizon.register.parting import Parting
from horizon.register.three_way import GROUPS, settled_by, three_way


class _Merged(msgspec.Struct, frozen=True):
    """What an entry says of others that are the same."""

    merged: tuple[str, ...] = ()
    merged_into: str | None = None


@dataclass
class Settling:
    """One record in the making: its fields as they are to be, its label there, disagreements."""

    values: dict[str, Any] = field(default_factory=dict)
    entries: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    label: str = ""
    disagreements: list[Disagreement] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


@dataclass
class Sides:
    """What there is to go by: this register before (`ours`), the other (`parting`), and the state
    that the events alone add up to (`made`). `closing` are the fields of a scoring round that is
    closed in doing so."""

    ours: State
    parting: Parting
    through: Through
    made: State
    closing: dict[str, Any]

    @property
    def origin(self) -> str:
        return self.through.bringing.origin


def settled(sides: Sides, kept: Iterable[str]) -> Iterator[tuple[str, RecordSettled]]:
    """What is to be said of which record, so that nothing of either side is lost. `kept` are
    technologies that stay although the other copy took them out."""
    found: dict[str, Settling] = {}
    for subject in sorted(sides.parting.touched):
        _both(sides, subject, found)
    for subject in kept:
        of = found.setdefault(subject, Settling())
        of.disagreements.append(
            Disagreement(field="entry", kept="in the register", other="taken out")
        )
    for subject, label in sides.parting.entered.items():
        here = sides.through.bringing.labels[subject]
        if label != here and subject in sides.made.technologies:
            held = sides.made.technologies[subject].aliases
            marked = f"{label} ({sides.origin})"
            found[subject] = Settling({"aliases": [*held, marked]}, label=label)
    _straighten(sides, found)
    for subject, each in found.items():
        if each.values or each.entries or each.disagreements or each.label or each.remarks:
            yield (
                subject,
                RecordSettled(
                    origin=sides.origin,
                    label=each.label,
                    values=each.values,
                    entries=each.entries,
                    disagreements=tuple(each.disagreements),
                    remarks=tuple(each.remarks),
                ),
            )


def _tables(state: State) -> tuple[Any, ...]:
    return state.technologies, state.meetings, state.people


def _record(table: Any, subject: str) -> dict[str, Any]:
    if subject not in table:
        return {}
    found: dict[str, Any] = table[subject].model_dump(mode="json")
    return found


def _both(sides: Sides, subject: str, found: dict[str, Settling]) -> None:
    here = sides.through.name(subject)
    tables = zip(
        *map(_tables, (sides.ours, sides.parting.base, sides.parting.end, sides.made)), strict=True
    )
    for ours, base, end, made in tables:
        if here not in made or subject not in end:
            continue
        known = here in ours or subject in base
        if not known:
            continue
        before = sides.through.record(subject, _record(base, subject))
        mine = _record(ours, here) or before
        other = sides.through.record(subject, _record(end, subject))
        if not before:  # a person whom both named for the first time
            before = dict.fromkeys(mine)
        merged = three_way(before, mine, other)
        if "rounds" in merged.values:
            merged.values["rounds"] = _in_turn(merged.values["rounds"], mine, sides.closing)
        _keep_numbers(merged.values, other)
        _keep_label(merged.values, _record(end, subject), sides.origin)
        of = found.setdefault(here, Settling())
        of.values, of.entries = settled_by(_record(made, here), merged.values)
        of.disagreements += merged.disagreements
        of.remarks += _decided(before, mine, other)


def _keep_numbers(values: dict[str, Any], other: dict[str, Any]) -> None:
    """The numbers that decisions have in the other copy are kept beside those they had before."""
    there = {each["number"]: each["recorded_as"] for each in other.get("decisions", ())}
    for each in values.get("decisions", ()):
        held = each["recorded_as"].split(SEVERAL)
        more = [e for e in there.get(each["number"], "").split(SEVERAL) if e not in held]
        each["recorded_as"] = SEVERAL.join(e for e in (*held, *more) if e)


def _keep_label(values: dict[str, Any], there: dict[str, Any], origin: str) -> None:
    """The label of an entry in the other copy is kept as an alias where it is another here."""
    marked = f"{there.get('label')} ({origin})"
    held = values.get("aliases", [marked])
    if marked not in held and there["label"] != values["label"]:
        values["aliases"] = [*held, marked]


def _decided(before: dict[str, Any], mine: dict[str, Any], other: dict[str, Any]) -> Iterator[str]:
    """That bodies decided on it in both copies: both decisions stand, and people have to look."""
    known = {each["number"] for each in before.get("decisions") or ()}
    here, there = (
        [each["number"] for each in side.get("decisions", ()) if each["number"] not in known]
        for side in (mine, other)
    )
    there = [each for each in there if each not in here]
    if here and there:
        yield f"decided on in both: {listed(here)} here and {listed(there)} there; both stand"


def _in_turn(
    rounds: list[dict[str, Any]], mine: dict[str, Any], closing: dict[str, Any]
) -> list[dict[str, Any]]:
    """Rounds with the open one last. There is one: of two, that of the other copy is closed."""
    ours = {each["number"] for each in mine["rounds"] if not each["closed_at"]}
    waiting = [each for each in rounds if not each["closed_at"]]
    if len(waiting) > 1:
        stays = next((each for each in waiting if each["number"] in ours), waiting[0])
        rounds = [
            {**each, **closing} if each in waiting and each is not stays else each
            for each in rounds
        ]
    return sorted(rounds, key=lambda each: not each["closed_at"])


def _straighten(sides: Sides, found: dict[str, Settling]) -> None:
    """Links between entries say the same at both ends, and lead to an end."""
    state = sides.made.copy()
    for subject, each in found.items():
        if subject in state.technologies:
            state.technologies[subject] = changed(
                state.technologies[subject], each.values, each.entries
            )
    for subject in sorted(sides.parting.touched & set(sides.ours.technologies)):
        if subject in state.technologies and _goes_round(state, subject):
            _as_ours(sides, found, state, subject)
    into: dict[str, list[str]] = {}
    for key in state.technologies:
        header = state.technologies.part(key, _Merged)
        if header.merged_into:
            into.setdefault(header.merged_into, []).append(key)
    for key in list(state.technologies):
        said = state.technologies.part(key, _Merged).merged
        wanted = into.get(key, [])
        if set(said) == set(wanted):
            continue
        merged = [*(each for each in said if each in wanted)]
        merged += [each for each in wanted if each not in merged]
        of = found.setdefault(key, Settling())
        of.values |= {"merged": merged, "co_proposers": list(co_proposers(state, merged))}


def _goes_round(state: State, subject: str) -> bool:
    seen: set[str] = set()
    at: str | None = subject
    while at is not None and at in state.technologies:
        if at in seen:
            return True
        seen.add(at)
        at = state.technologies[at].superseded_by
    return False


def _as_ours(sides: Sides, found: dict[str, Settling], state: State, subject: str) -> None:
    """Where the entry stands is as this register has it."""
    ours: Technology = sides.ours.technologies[subject]
    record = ours.model_dump(mode="json")
    held = {name: record[name] for name in GROUPS["stage"]}
    theirs = state.technologies[subject]
    of = found.setdefault(subject, Settling())
    of.values |= held
    of.disagreements.append(Disagreement(field="stage", kept=ours.stage, other=theirs.stage))
    state.technologies[subject] = changed(theirs, held, {})
