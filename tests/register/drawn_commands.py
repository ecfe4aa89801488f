"""What the commands of a register are given: drawn by annotation, known and unknown mixed."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import typing
from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

import horizon.model
import horizon.register
from horizon.framework.loading import shipped
from horizon.framework.publication import Publication, shipped_publication
from horizon.framework.schema import Framework
from horizon.intake.choices import WhenAlike
from horizon.judgement.publishing import texts_of
from horizon.model.decision import Decision
from horizon.model.events import PersonNamed, ReleasedText
from horizon.model.facts import Fact, FactValue
from horizon.model.signing_events import DecisionSigned
from horizon.model.state import State
from horizon.model.technology import Details
from horizon.register import Register
from horizon.register.actions.deciding import CORRECTABLE
from horizon.register.inputs import DecisionInput
from horizon.register.ledger import Ledger
from horizon.register.many import FIELDS, Way, edit_of, preview
from tests.drawn import TODAY, Drawer, days, halves, hostile_texts, mostly, objects, texts
from tests.intake.using import planned
from tests.register.using import given

Drawn = st.SearchStrategy[Any]
Values = dict[str, Any]
LOOSE = mostly(texts, halves, 30)
"""Texts as somebody may type or paste them, halves of characters among them."""


def commands() -> dict[str, type]:
    """Every public command of a register, with the class that has it."""
    owners = Register.__mro__[: Register.__mro__.index(Ledger)]
    return {
        name: owner
        for owner in owners
        for name, found in vars(owner).items()
        if not name.startswith("_") and inspect.isfunction(found)
    }


@cache
def _names() -> Mapping[str, Any]:
    """Every class that an annotation of a command may name."""
    found: Values = {"Framework": Framework, "Publication": Publication}
    for package in (horizon.model, horizon.register):
        for each in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            module = importlib.import_module(each.name)
            found |= {key: value for key, value in vars(module).items() if key[:1].isupper()}
    return found


def _parameters(owner: type, command: str) -> Iterator[tuple[inspect.Parameter, Any]]:
    """What a command takes, with the annotations read."""
    method = getattr(owner, command)
    module = vars(importlib.import_module(owner.__module__))
    hints = typing.get_type_hints(method, {**_names(), **module}, include_extras=True)
    for each in list(inspect.signature(method).parameters.values())[1:]:
        yield each, hints[each.name]


class Arguments:
    """Draws what commands are given on a register that stands at `state`."""

    def __init__(self, state: State) -> None:
        self.state = state
        technologies = [state.technologies[key] for key in state.technologies]
        decisions = [each.number for one in technologies for each in one.decisions]
        evidence = [each.id for one in technologies for each in one.evidence]
        route, odd = shipped().route, hostile_texts
        labels = [each.label for each in technologies]
        held = next(each for one in technologies for each in one.decisions if each.conditions)
        refs = st.sampled_from([*labels, *labels, technologies[0].id, technologies[1].name])
        meetings = [each.ref for each in state.meetings.values()]
        self.meetings = mostly(st.sampled_from(meetings[-2:]), st.sampled_from(meetings) | odd, 5)
        known = [each.name for each in state.people.values()]
        people = mostly(st.sampled_from(["New Example", *known]), odd)
        bodies = mostly(st.sampled_from([each.id for each in route.bodies]), odd)
        items = mostly(st.sampled_from(sorted(shipped().items)), odd)
        numbers = mostly(st.sampled_from(decisions), odd)
        named: dict[str, Drawn] = {
            **dict.fromkeys(("ref", "into", "other", "successor", "technology"), mostly(refs, odd)),
            **dict.fromkeys(("number", "decision", "supersedes"), numbers),
            **dict.fromkeys(("owner", "person", "siro", "chair"), people),
            **dict.fromkeys(("body", "discharged_by"), bodies),
            "meeting": self.meetings,
            "gate": mostly(st.sampled_from([each.id for each in route.gates]), odd),
            "outcome": mostly(
                st.sampled_from([o.id for b in route.bodies for o in b.outcomes]), odd
            ),
            "trigger": mostly(st.sampled_from([each.id for each in route.triggers]), odd),
            "to": mostly(st.sampled_from([each.id for each in route.stages]), odd),
            "document": mostly(st.just(""), texts, 5),
            "reason": mostly(st.just("Because it is so"), LOOSE, 4),
        }
        self.named = named | {"name": LOOSE}
        ids = {
            "^p-[0-9a-f]{16}$": mostly(st.sampled_from([*state.people]), st.just(f"p-{7:016x}")),
            "^t-[0-9a-f]{16}$": st.sampled_from([*state.technologies]),
        }
        self.drawer, self.loose = Drawer(named, ids), Drawer(self.named, ids, LOOSE)
        self.exactly: dict[str, Drawn] = {
            "expect": mostly(st.none(), st.sampled_from([0, -1, 1, 40])),
            "expect_into": st.sampled_from([None, None, 3]),
            "item": st.sampled_from([1, 1, 1, 2, 9, -1]),
            "condition": st.sampled_from([1, 1, 2, 0, -7]),
            "assessors": st.lists(people, max_size=3),
            "evidence": st.lists(mostly(st.sampled_from(evidence), odd), max_size=2),
            "forces": st.lists(st.sampled_from(["KENT", "*", "all", "m e t"]) | odd, max_size=2),
            "seqs": st.lists(st.integers(-1, state.head.seq + 2), max_size=3),
            "scores": _by(
                mostly(st.sampled_from(sorted(shipped().criteria)), odd), self._of("Score")
            ),
            "answers": _by(items, self._of("AnswerGiven")),
            "facts": _by(
                mostly(st.sampled_from(Fact), odd), mostly(st.sampled_from(FactValue), odd)
            ),
            "framework": LOOSE.map(
                lambda text: shipped().model_copy(update={"title": text, "version": text})
            ),
            "rules": st.none() | st.just(shipped_publication()),
            "copy": st.sampled_from([Path("copy.json"), Path("a\x00b"), Path("no"), Path(".")]),
            "file": st.sampled_from([None, Path("copy.json"), Path("a\x00"), Path(".")]),
            "decide.ref": mostly(st.just("T-0001"), refs, 5),
            **dict.fromkeys(("correct.ref", "discharge.ref"), mostly(st.just("T-0004"), refs, 5)),
            **dict.fromkeys(
                ("correct.number", "discharge.decision"), mostly(st.just(held.number), numbers, 5)
            ),
            "discharge.on": mostly(st.just(TODAY), days, 4),
            "discharge.body": mostly(st.just(held.body), bodies, 4),
            "take_difference_back.ref": mostly(st.just("T-0005"), refs, 5),
            "take_difference_back.other": mostly(st.just("T-0003"), refs, 5),
            "move.ref": mostly(st.just("T-0003"), refs, 5),
            "attach_evidence.dated": mostly(st.just(TODAY), days, 4),
            "reschedule.on": mostly(st.just(TODAY + timedelta(days=3)), days, 3),
            "confirm_minutes.on": mostly(st.just(TODAY), days, 4),
            "reopen.items": st.lists(items, max_size=2),
            "reopen_all.items": st.lists(items, max_size=2),
            "undo_import.ref": st.sampled_from(["1", "1", "2", "0", "x"]),
            "amend.changes": mostly(_some(self.loose, Details), objects, 5),
            "correct.changes": self._corrections(),
            "minute.outcome": st.sampled_from([None, "", "decided", "no decision", "noted"]),
            "decide.given": self._decisions(),
            "name_person.known": _some(self.loose, PersonNamed, leave=("name",)),
            "name_person.name": people,
            "take_in.batch": _lists(),
            "change_many.edit": _edits(),
            "change_many.planned": st.lists(st.sampled_from([*state.technologies]), max_size=3),
            "release_texts.texts": st.lists(st.sampled_from(["", "as it is", "cut"]), max_size=3),
            "record_signature.request": st.sampled_from(decisions),
            "record_signature.signature": self._of("DecisionSigned"),
        }  # fmt: skip

    def of(self, owner: type, command: str) -> Drawn:
        """What a command may be given, by name; `fitted` makes some of it ready."""
        needed: dict[str, Drawn] = {}
        optional: dict[str, Drawn] = {}
        for parameter, annotation in _parameters(owner, command):
            drawn = self._one(owner, command, parameter, annotation)
            has = parameter.default is not parameter.empty
            (optional if has else needed)[parameter.name] = drawn
        return st.fixed_dictionaries(needed, optional=optional)

    def _one(
        self, owner: type, command: str, parameter: inspect.Parameter, annotation: Any
    ) -> Drawn:
        name = parameter.name
        if f"{command}.{name}" in self.exactly:
            return self.exactly[f"{command}.{name}"]
        if name == "ref" and owner.__name__ == "MeetingCommands":
            return self.meetings
        if parameter.kind is parameter.VAR_KEYWORD:
            return _some(self.loose, Details, always={"name": LOOSE}, leave=("owner",))
        if name in self.exactly:
            return self.exactly[name]
        if name in self.named and annotation is str:
            return self.named[name]
        return self.drawer.of(annotation)

    def _of(self, model: str) -> Drawn:
        return st.deferred(lambda: self.drawer.of(_names()[model]))

    def _decisions(self) -> Drawn:
        """A decision that could be, with some of it otherwise."""
        other = _some(self.loose, DecisionInput, most=1)
        return mostly(other.map(lambda changes: given(meeting="AISG/2026-11-24") | changes), other)

    def _corrections(self) -> Drawn:
        fields = {key: self.drawer.field(Decision, key) for key in sorted(CORRECTABLE)}
        keys = st.sets(st.sampled_from(sorted(fields)), min_size=1, max_size=2)
        usual = keys.flatmap(
            lambda chosen: st.fixed_dictionaries({key: fields[key] for key in sorted(chosen)})
        )
        return mostly(usual, objects, 4)


def _by(keys: Drawn, values: Drawn) -> Drawn:
    return st.dictionaries(keys, values, max_size=3)


def _some(
    drawer: Drawer,
    model: Any,
    *,
    always: Mapping[str, Drawn] | None = None,
    leave: tuple[str, ...] = (),
    most: int = 3,
) -> Drawn:
    """Some fields of a model, as nobody has looked at them yet; now and then one of no model."""
    fields = {key: drawer.field(model, key) for key in model.model_fields if key not in leave}
    keys = st.sets(st.sampled_from(sorted(fields)), max_size=most)
    drawn = keys.flatmap(
        lambda chosen: st.fixed_dictionaries(
            {**{key: fields[key] for key in sorted(chosen)}, **(always or {})}
        )
    )
    return mostly(drawn, drawn.map(lambda found: {**found, "colour": "blue"}))


def _lists() -> Drawn:
    """The rows of a list, and what is done with those that are alike."""
    cell = texts.map(lambda text: '"' + text.replace('"', "'") + '"')
    rows = st.lists(st.tuples(cell, cell).map(",".join), max_size=3)
    return st.tuples(rows, st.sampled_from(WhenAlike))


def _edits() -> Drawn:
    fields = st.sampled_from([*FIELDS, "fact:trial"]) | texts
    values = st.sampled_from(["", "yes", "ai", "5", "2027-01-01", "H1", "a; b"]) | LOOSE
    return st.tuples(fields, values, st.sampled_from(Way))


def fitted(register: Register, command: str, drawn: Values) -> Values:
    """What was drawn for a command, made ready for the register as it stands. Raises as a command
    does, where whoever gives it would have been refused before."""
    values = dict(drawn)
    for loose in ("given", "known", "details"):
        if isinstance(values.get(loose), dict):
            values |= values.pop(loose)
    for name in {"copy", "file"} & {key for key in values if isinstance(values[key], Path)}:
        values[name] = Path(str(register.path)).parent / values[name]
    match command:
        case "take_in":
            rows, alike = values["batch"]
            content = "\n".join(["name,summary", *rows]).encode("utf-8", "replace")
            values["batch"] = planned(register, content, duplicates=alike).batch
        case "change_many":
            values["edit"] = edit_of(*values["edit"])
            held = [each for each in values["planned"] if each in register.state.technologies]
            values["planned"] = preview(register, held, values["edit"])
        case "release_texts":
            values["texts"] = _released(register, **values)
        case "record_signature":
            values["request"] = register.to_sign(values["request"])
            number = values["request"].claim.number
            signature: DecisionSigned = values["signature"]
            values["signature"] = signature.model_copy(update={"decision": number})
    return values


def _released(
    register: Register, ref: str, texts: list[str], rules: Publication | None = None, **_: Any
) -> dict[str, ReleasedText]:
    """The first texts of a record as somebody read them, each released in some way."""
    found = texts_of(register.state, register.record(ref), rules or shipped_publication())
    return {
        each.place.key: ReleasedText(
            original=each.original,
            text=each.text if how == "as it is" else each.text[:5] if how else "",
            ground="" if how == "as it is" else shipped_publication().grounds[0].id,
        )
        for each, how in zip(found, texts, strict=False)
    }
