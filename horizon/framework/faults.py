"""What pydantic refuses, in the words of someone who edits the files."""

from __future__ import annotations

import copy
import typing
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Annotated, Any, Literal, NamedTuple, TypeGuard

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from horizon.framework.schema import Framework
from horizon.framework.source import Place
from horizon.framework.toml_file import nearest
from horizon.model.facts import Fact

HEADER = "framework"
"""The table of each file that says which framework it belongs to."""

SECTIONS = ("policy", "principles", "objectives", "themes", "facts", "tier_rules", "tiers", "route")
"""What a framework holds beside its header."""


KEY = "[key]"
"""What pydantic puts behind a place when the key there is wrong."""

_NOUNS = {
    "needs": "need",
    "red_line": "phase",
    "trial": "effect",
    "adoption": "effect",
    "half_widths": "evidence grade",
}


class Mistake(NamedTuple):
    """Where in the framework, what is wrong, and what to do about it."""

    place: Place
    what: str
    do: str


def read_part(key: str, value: Any) -> tuple[Any, list[Mistake]]:
    """One part of a framework as its model, and every mistake in it.

    With mistakes the part may still come back, read without what is wrong in it, so that the rest
    can be checked; it is `None` where too much is wrong.
    """
    reader = _reader(Framework.model_fields[key])
    try:
        return reader.validate_python(value), []
    except ValidationError as error:
        faults = error.errors()
    mistakes = [_mistake([key, *fault["loc"]], fault) for fault in faults if not _follows(fault)]
    rest = _without(key, value, faults)
    try:
        return (reader.validate_python(rest) if rest is not None else None), mistakes
    except ValidationError:
        return None, mistakes


def _follows(fault: Mapping[str, Any]) -> bool:
    """Whether a list only counts as too short because of a mistake told elsewhere."""
    return bool(fault["type"] == "too_short" and len(fault["input"]) >= fault["ctx"]["min_length"])


def _reader(field: FieldInfo) -> TypeAdapter[Any]:
    kind: Any = field.annotation
    for limit in field.metadata:
        kind = Annotated[kind, limit]
    return TypeAdapter(kind)


def _mistake(place: list[str | int], fault: Mapping[str, Any]) -> Mistake:
    """One refusal. `place` starts at the framework."""
    kind, given = fault["type"], fault["input"]
    field, last = _field(place), place[-1]
    keys = [step for step in (place[:-2] if last == KEY else place) if isinstance(step, str)]
    named = keys[-1]
    if kind == "extra_forbidden":
        allowed = _keys(place[:-1])
        return Mistake(place, f"there is no {str(last)!r} here", nearest(str(last), allowed, "Use"))
    if kind == "missing":
        return Mistake(place[:-1], f"{last} is missing", f"Add a line for it: {last} = ...")
    if named in ("anchors", "points"):
        return _six(place, named, given, kind)
    choices = _choices(field)
    if kind in ("enum", "literal_error") and choices:
        noun = "fact" if choices == [str(fact) for fact in Fact] else _NOUNS.get(named, named)
        return Mistake(place, f"there is no {noun} {_shown(given)}", nearest(str(given), choices))
    if kind.startswith(("int_", "greater_than", "less_than")):
        return Mistake(place, f"{named} cannot be {_shown(given)}", _whole_number(field, fault))
    if kind.startswith("bool_"):
        return Mistake(place, f"{named} cannot be {_shown(given)}", "Use true or false")
    if kind == "too_short":
        least = fault["ctx"]["min_length"]
        return Mistake(place, f"{named} has too few", f"Give at least {least}")
    if kind == "too_long":
        return Mistake(place, f"{named} has too many", f"Give {fault['ctx']['max_length']} at most")
    if kind == "string_too_short":
        return Mistake(place, f"{named} is empty", "Say something")
    if kind == "string_type":
        return Mistake(place, f"{named} cannot be {_shown(given)}", "Use text in quotes")
    if kind.startswith("date"):
        return Mistake(place, f"{named} cannot be {_shown(given)}", "Use a date: 2026-11-24")
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return Mistake(place, f"{named} cannot be {_shown(given)}", "Use a table")
    if kind.startswith(("tuple_", "list_")):
        return Mistake(place, f"{named} cannot be {_shown(given)}", "Use a list: [ ... ]")
    return Mistake(place, f"{named} cannot be {_shown(given)}", str(fault["msg"]))


def _six(place: Place, named: str, given: Any, kind: str) -> Mistake:
    do = "Give six, one for each level from 0 to 5"
    if kind in ("too_short", "too_long"):
        return Mistake(place, f"{named} has {len(given)}, not six", do)
    return Mistake(place, f"{named} cannot hold {_shown(given)}", do)


def _whole_number(field: FieldInfo | None, fault: Mapping[str, Any]) -> str:
    limits = [*(field.metadata if field else ()), *_inner_limits(field)]
    least = next((each.ge for each in limits if hasattr(each, "ge")), None)
    most = next((each.le for each in limits if hasattr(each, "le")), None)
    if least is not None and most is not None:
        return f"Use a whole number from {least} to {most}"
    return "Use a whole number" + (f", {least} or more" if least is not None else "")


def _inner_limits(field: FieldInfo | None) -> list[Any]:
    """The limits inside `Annotated[int, limit] | None` and inside `dict[str, limited]`."""
    limits: list[Any] = []
    waiting = [field.annotation] if field else []
    while waiting:
        kind: Any = waiting.pop()
        for limit in getattr(kind, "__metadata__", ()):
            limits += getattr(limit, "metadata", None) or [limit]
        waiting += typing.get_args(kind)
    return limits


def _shown(given: Any) -> str:
    if isinstance(given, bool):
        return str(given).lower()
    said = repr(given)
    return said if len(said) <= 60 else f"{said[:57]}..."


def _without(key: str, value: Any, faults: Sequence[Any]) -> Any:
    """`value` with each fault taken out or made harmless; `None` where that cannot be done."""
    rest = {key: copy.deepcopy(value)}
    for fault in faults:
        try:
            if not _take_out(rest, [key, *fault["loc"]], fault["type"]):
                return None
        except (AttributeError, IndexError, KeyError, TypeError):
            return None
    return rest[key]


def _take_out(root: Any, place: Place, kind: str) -> bool:
    """Make the fault at `place` harmless, if it can be."""
    if "anchors" in place:
        _put(root, place[: place.index("anchors") + 1], ["?"] * 6)
        return True
    field, last, holder = _field(place), place[-1], root
    for step in place[:-1]:
        holder = holder[step]
    choices = _choices(field)
    if kind == "extra_forbidden":
        del holder[last]
    elif isinstance(last, str) and field is not None and not field.is_required():
        holder.pop(last, None)
    elif kind in ("enum", "literal_error") and choices:
        holder[last] = choices[0]
    else:
        return False
    return True


def _put(root: Any, place: Place, value: Any) -> None:
    for step in place[:-1]:
        root = root[step]
    root[place[-1]] = value


def _field(place: Place) -> FieldInfo | None:
    """The field that `place` leads to; positions in its lists do not count."""
    kind: Any = Framework
    field: FieldInfo | None = None
    for step in place:
        if isinstance(step, str) and step != KEY:
            if not _is_model(kind):
                return field
            if step not in kind.model_fields:
                return None
            field = kind.model_fields[step]
            kind = _inner(field.annotation)
    return field


def _keys(place: Place) -> list[str]:
    """The keys that the table at `place` may have."""
    if not place:
        return [key for key in Framework.model_fields if key not in SECTIONS]
    field = _field(place)
    kind = _inner(field.annotation) if field else None
    return list(kind.model_fields) if _is_model(kind) else []


def _is_model(kind: Any) -> TypeGuard[type[BaseModel]]:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _inner(annotation: Any) -> Any:
    """The model inside `tuple[Model, ...]`, `Model | None` and their like."""
    if _is_model(annotation):
        return annotation
    return next((each for each in map(_inner, typing.get_args(annotation)) if each), None)


def _choices(field: FieldInfo | None) -> list[str]:
    """The words that a field may hold, if they are a closed list."""
    waiting = [field.annotation] if field else []
    while waiting:
        kind: Any = waiting.pop(0)
        if typing.get_origin(kind) is Literal:
            return [str(each) for each in typing.get_args(kind)]
        if isinstance(kind, type) and issubclass(kind, Enum):
            return [str(each.value) for each in kind]
        waiting += typing.get_args(kind)
    return []
