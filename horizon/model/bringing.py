"""Events that were written elsewhere and brought in: how they read in the register they came to.

They are kept as they were written, under their own ids, with who and when and the digest of their
data. Only their place in the journal is new. Where a number or a name that they use was taken here,
what brought them says what it is called here, and they are read through that: the data itself, a
decision above all, is never rewritten.

A copy that is taken in can have taken in another one before. What it has from there is read as it
reads in that copy, and then as anything of that copy reads here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import Field

from horizon.model.base import Model
from horizon.model.scalars import Digest, TechnologyId, Words

ITEMS, ROUNDS, REOPENINGS, ORIGINS = "items", "rounds", "reopenings", "origins"
NUMBERED = (ITEMS, ROUNDS, REOPENINGS, ORIGINS)
"""Lists of a record whose entries are known by their `number`."""

EVIDENCE = "evidence"
_SINGLE = {"round": ROUNDS, "item": ITEMS, "origin": ORIGINS}
"""Fields that name an entry of such a list."""

BRINGING = frozenset(("copy-taken-in", "register-recovered"))
"""Kinds of event that bring others in with them."""

SEVERAL = "; "
"""Between the numbers that a decision has in several copies."""

Names = Mapping[str, str]
Within = Mapping[str, Names]


class LineBrought(Model):
    """A line of the journal that events came from: the hash it named and its own, and of each of
    its events the id, and the number and the revision that it had there. With them its hash can be
    worked out again."""

    prev: Digest
    hash: Digest
    events: tuple[tuple[Words, int, int], ...]


class Bringing(Model):
    """What an event says that brings others with it, in the same line and behind it.

    `labels` are those that the technologies entered by them have here. `names` maps ids of people,
    numbers of decisions, references of meetings and labels to what they are here, where that
    differs. `within` does so for numbers within one record, by the record's id (a meeting's also by
    its reference there), what is numbered, and the number. Events in `set_aside` are kept for the
    record alone: what they would change is said otherwise. `seqs` maps numbers that events had
    there, and that came earlier, to those they have here.
    """

    origin: Words
    lines: tuple[LineBrought, ...] = ()
    labels: dict[TechnologyId, Words] = Field(default_factory=dict)
    names: dict[str, str] = Field(default_factory=dict)
    within: dict[str, dict[str, dict[str, str]]] = Field(default_factory=dict)
    set_aside: tuple[Words, ...] = ()
    seqs: dict[int, int] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Through:
    """How the events of one line read that were brought with it. `seqs` maps the numbers that
    events had elsewhere to those they have here. Where the copy that brought them was itself taken
    in, they read on through `then`."""

    bringing: Bringing
    seqs: Mapping[int, int]
    aside: frozenset[str]
    then: Through | None = None

    @classmethod
    def of(
        cls, bringing: Bringing, placed: Iterable[tuple[str, int]], then: Through | None = None
    ) -> Through:
        """`placed` are ids and numbers of the events that came, as they are where they came to."""
        here = dict(placed)
        seqs = {
            seq: here[key] for line in bringing.lines for key, seq, _ in line.events if key in here
        }
        return cls(bringing, bringing.seqs | seqs, frozenset(bringing.set_aside), then)

    @property
    def steps(self) -> Iterator[Through]:
        """From where the events were written, copy by copy, to here."""
        yield self
        if self.then is not None:
            yield from self.then.steps

    def data(self, kind: str, subject: str, data: dict[str, Any]) -> dict[str, Any]:
        """An event's data as it reads here. What brought others is kept as it was said."""
        if kind in BRINGING:
            return data
        for step in self.steps:
            data = step._data(kind, subject, data)
        return data

    def _data(self, kind: str, subject: str, data: dict[str, Any]) -> dict[str, Any]:
        within = self.bringing.within.get(subject, {})
        found = self._dict(data, "", within)
        if kind in ("row-imported", "row-gone"):
            found["number"] = _number(found["number"], within.get(ORIGINS, {}))
        if kind == "record-settled":
            found["entries"] = {
                what: _keys(entries, what, within) for what, entries in found["entries"].items()
            }
        return found

    def record(self, subject: str, record: dict[str, Any]) -> dict[str, Any]:
        """A whole record (its JSON) of the register they came from, as it reads here."""
        return self._dict(record, "", self.bringing.within.get(subject, {}))

    def name(self, name: str) -> str:
        """What something of this id, number, reference or label is called here."""
        for step in self.steps:
            name = step.bringing.names.get(name, name)
        return name

    def _name(self, name: str) -> str:
        return self.bringing.names.get(name, name)

    def _read(self, value: Any, key: str, within: Within) -> Any:
        if isinstance(value, dict):
            return value if key == "on_the_table" else self._dict(value, key, within)
        if isinstance(value, list):
            return self._list(value, key, within)
        if isinstance(value, str):
            return self._name(value)
        if isinstance(value, int) and key in _SINGLE:
            return _number(value, within.get(_SINGLE[key], {}))
        return value

    def _dict(self, value: dict[str, Any], key: str, within: Within) -> dict[str, Any]:
        if "on_the_table" in value and value.get("meeting"):  # its item is one of that meeting
            items = self.bringing.within.get(value["meeting"], {}).get(ITEMS, {})
            within = {**within, ITEMS: items}
        found = {self._name(each): self._read(inner, each, within) for each, inner in value.items()}
        if key == "reopening":
            found["number"] = _number(found["number"], within.get(REOPENINGS, {}))
        if key == EVIDENCE and "id" in found:
            found["id"] = within.get(EVIDENCE, {}).get(found["id"], found["id"])
        if "on_the_table" in value and found["number"] != value["number"]:
            known = [f"{value['number']} ({self.bringing.origin})", value.get("recorded_as")]
            found["recorded_as"] = SEVERAL.join(each for each in known if each)
        return found

    def _list(self, value: list[Any], key: str, within: Within) -> list[Any]:
        if key in ("events", "erased"):
            return [self.seqs.get(each, each) for each in value]
        found = [self._read(each, key, within) for each in value]
        if key == "settles":
            return [_number(each, within.get(REOPENINGS, {})) for each in found]
        if key == EVIDENCE:
            names = within.get(EVIDENCE, {})
            return [names.get(each, each) if isinstance(each, str) else each for each in found]
        if key in NUMBERED and key in within:
            return [
                {**each, "number": _number(each["number"], within[key])}
                if isinstance(each, dict)
                else each
                for each in found
            ]
        return found


def _keys(entries: dict[str, Any], what: str, within: Within) -> dict[str, Any]:
    """Single entries of a list, by what they are known by here."""
    names = within.get(what, {}) if what in (*NUMBERED, EVIDENCE) else {}
    return {names.get(key, key): each for key, each in entries.items()}


def _number(value: Any, names: Names) -> Any:
    return int(names.get(str(value), value)) if isinstance(value, int) else value
