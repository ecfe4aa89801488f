"""One thing changed on many technologies at once: what it would change, then all of it as one
commit, which is taken back as one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from horizon.model.days import read_day
from horizon.model.errors import BadInput
from horizon.model.facts import Fact, FactValue
from horizon.model.several import tags_typed
from horizon.model.technology import Technology
from horizon.model.wording import day
from horizon.model.words import Kind, Marking, Posture, Regime, TimeHorizon
from horizon.register.desk import person_id
from horizon.register.inputs import one_of
from horizon.register.ledger import Ledger

REVIEW = "review_by"

FACT = "fact:"
"""What stands before the name of a fact, since a detail may have the same name."""

WORDS: dict[str, list[str]] = {
    "kind": [each.value for each in Kind],
    "time_horizon": [each.value for each in TimeHorizon],
    "posture": [each.value for each in Posture],
    "regime": [each.value for each in Regime],
    "marking": [each.value for each in Marking],
}
"""Fields that hold one of a few words."""

FIELDS = ("owner", "tags", "supplier", *WORDS, "trl", REVIEW)
"""What can be changed on many technologies at once, beside facts. Names and texts are each
technology's own."""

CAN_BE_EMPTY = ("owner", "tags", "supplier", "time_horizon", "posture", "trl")


class Way(StrEnum):
    """What is done with the value: it takes the place of what is there, or, for tags, is added to
    it or taken away from it."""

    SET = "set"
    ADD = "add"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class ManyEdit:
    """One change to many technologies. `value` is of the field's own type, or a fact's: see
    `edit_of`."""

    field: str
    value: Any
    way: Way = Way.SET
    fact: Fact | None = None

    @property
    def words(self) -> str:
        """The change as people say it."""
        name = (self.fact or self.field).replace("_", " ")
        match self.way:
            case Way.ADD:
                return f"tags added: {said(self.value)}"
            case Way.REMOVE:
                return f"tags taken away: {said(self.value)}"
        return f"{name}: {said(self.value)}" if said(self.value) else f"{name} emptied"

    def on(self, technology: Technology) -> Any:
        """What the field holds afterwards."""
        if self.way is Way.ADD:
            return (*technology.tags, *(e for e in self.value if e not in technology.tags))
        if self.way is Way.REMOVE:
            gone = {each.casefold() for each in self.value}
            return tuple(
                tag
                for tag in technology.tags
                if not gone & {tag.casefold(), tag.casefold().strip(" ,")}
            )
        return self.value


@dataclass(frozen=True, slots=True)
class Planned:
    """What an edit does to one technology: `before` and `after` in words. `left` says why it is
    left as it is, where a rule stands against it."""

    id: str
    label: str
    name: str
    revision: int
    before: str
    after: str
    left: str = ""

    @property
    def changes(self) -> bool:
        return not self.left and self.before != self.after


def edit_of(field: str, text: str, way: Way = Way.SET) -> ManyEdit:
    """The edit that somebody typed. `field` is one of `FIELDS`, or a fact as `fact:trial`; empty
    text empties it. Several tags stand between commas or semicolons.

    Raises `BadInput` for a field that is not changed on many, and for a value that it cannot have.
    """
    name = field.strip().replace("-", "_")
    if name.startswith(FACT):
        fact = Fact(one_of(name.removeprefix(FACT), list(Fact), "fact"))
        value = FactValue(one_of(text.strip(), list(FactValue), f"value for {fact}"))
        return ManyEdit(name, value, fact=fact)
    one_of(name, FIELDS, "field that is changed on many at once")
    if way is not Way.SET and name != "tags":
        raise BadInput(f"Nothing is added to or taken from {name}", do="Only tags are several")
    said = text.strip()
    if not said and name not in CAN_BE_EMPTY:
        raise BadInput(f"{name} cannot be emptied", do="Give the value it should have")
    value = _value(name, said)
    if way is not Way.SET and not value:
        raise BadInput("It says no tag", do="Give one, or several between commas")
    return ManyEdit(name, value, way)


def _value(name: str, text: str) -> Any:
    if name == "tags":
        return tags_typed(text)
    if name in ("owner", "supplier"):
        return " ".join(text.split())
    if not text:
        return None
    if name in WORDS:
        spelt = {each.casefold(): each for each in WORDS[name]}
        return one_of(spelt.get(text.casefold(), text), WORDS[name], name.replace("_", " "))
    if name == "trl":
        if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= 9):
            raise BadInput(f"{text!r} is not a technology readiness level", do="Use 1 to 9")
        return int(text)
    return read_day(text)


def preview(register: Ledger, ids: Iterable[str], edit: ManyEdit) -> list[Planned]:
    """What an edit would do to each technology, in the order given, each once. Raises `BadInput`
    for a review date that has passed."""
    if edit.field == REVIEW and edit.value < register.today:
        raise BadInput(
            f"The review date {day(edit.value)} has already passed",
            do=f"Use {day(register.today)} or later",
        )
    state = register.state
    return [_planned(register, state.technologies[key], edit) for key in dict.fromkeys(ids)]


def _planned(register: Ledger, technology: Technology, edit: ManyEdit) -> Planned:
    held = technology.facts.get(edit.fact) if edit.fact else getattr(technology, edit.field)
    left = ""
    if edit.field == REVIEW:
        stage = register.framework.route.stage(technology.stage)
        if stage is not None and stage.ended:
            left = f"it has left the route ({stage.name.lower()})"
    after = edit.on(technology)
    if edit.field == "owner":
        held = register.name(held) if held else ""
        known = person_id(register.state, after) if after else None
        after = register.name(known) if known else after
    return Planned(
        technology.id,
        technology.label,
        technology.name,
        technology.revision,
        said(held),
        said(after),
        left,
    )


def said(value: Any) -> str:
    """A value as people read it; nothing is empty."""
    if isinstance(value, tuple):
        return "; ".join(value)
    if isinstance(value, date):
        return day(value)
    return "" if value is None else str(value)
