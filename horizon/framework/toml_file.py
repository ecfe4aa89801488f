"""A TOML file that people edit, read as a model: every mistake told by file and line."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError

from horizon.framework.source import Source
from horizon.model.errors import BadInput

Read = TypeVar("Read", bound=BaseModel)


def toml_table(text: str, where: str) -> dict[str, Any]:
    """The TOML table that a text holds. Raises `BadInput` that names the line of `where`."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = re.search(r"\(at line (\d+)", str(error))
        line = int(said[1]) if said else text.rstrip().count("\n") + 1
        what = re.sub(r" \(at .*\)$", "", str(error))
        raise BadInput(
            f"This is not TOML: {what[:1].lower()}{what[1:]}",
            where=f"{where}, line {line}",
            do="Look for a missing quote, bracket or comma on this line or just above it",
        ) from None


def read_toml(text: str, model: type[Read], *, where: str) -> Read:
    """The content of a file as a `model`. `where` is what to call the file.

    Raises `BadInput` for the first mistake: on which line, what is wrong, what to do about it.
    """
    table = toml_table(text, where)
    try:
        return model.model_validate(table)
    except ValidationError as error:
        raise _refusal(text, model, table, error.errors()[0], where) from None


def at_line(text: str, place: Sequence[str | int], where: str) -> str:
    """Where something is written: the file, and the line where that can be told."""
    line = Source(text).line(place)
    return f"{where}, line {line}" if line else where


def nearest(word: str, allowed: Sequence[str], what: str = "Use one of") -> str:
    """What is allowed, the nearest to `word` first."""
    near = difflib.get_close_matches(word, allowed, n=1)
    hint = f"Did you mean {near[0]}? " if near else ""
    return f"{hint}{what}: {', '.join(allowed)}" if allowed else ""


def _refusal(
    text: str, model: type[BaseModel], table: Any, fault: Mapping[str, Any], where: str
) -> BadInput:
    kind, given = fault["type"], fault["input"]
    place = _written(table, [*fault["loc"]])
    named = next((str(each) for each in reversed(place) if isinstance(each, str)), "the file")
    shown = repr(given)
    shown = shown if len(shown) <= 60 else f"{shown[:57]}..."
    if kind == "missing":
        return BadInput(
            f"{named} is missing",
            where=at_line(text, place[:-1], where),
            do=f"Add a line for it: {named} = ...",
        )
    if kind == "union_tag_invalid":
        key = str(fault["ctx"]["discriminator"]).strip("'")
        allowed = str(fault["ctx"]["expected_tags"]).replace("'", "").split(", ")
        tag = fault["ctx"]["tag"]
        where = at_line(text, [*place, key], where)
        return BadInput(f"there is no {key} {tag!r}", where=where, do=nearest(tag, allowed))
    if kind == "union_tag_not_found":
        key = str(fault["ctx"]["discriminator"]).strip("'")
        where = at_line(text, place, where)
        return BadInput(f"{key} is missing", where=where, do=f"Add a line for it: {key} = ...")
    where = at_line(text, place, where)
    if kind == "extra_forbidden":
        return BadInput(
            f"there is no {named!r} here",
            where=where,
            do=nearest(named, _keys(model, fault["loc"])),
        )
    if kind == "string_too_short":
        return BadInput(f"{named} is empty", where=where, do="Say something")
    if kind == "value_error":
        return BadInput(str(fault["ctx"]["error"]), where=where)
    do = str(fault["msg"])
    if kind in ("enum", "literal_error"):
        do = f"Use {str(fault['ctx']['expected']).replace(chr(39), '')}"
    elif kind.startswith("date"):
        do = "Use a date such as 2026-11-25"
    return BadInput(f"{named} cannot be {shown}", where=where, do=do)


def _written(table: Any, place: list[str | int]) -> list[str | int]:
    """A place as the file has it: without the names of the choices that a table was read as."""
    found: list[str | int] = []
    at = table
    for number, step in enumerate(place):
        last = number == len(place) - 1
        if isinstance(at, dict) and step not in at and not last:
            continue
        found.append(step)
        try:
            at = at[step]
        except (KeyError, IndexError, TypeError):
            at = None
    return found


def _keys(model: type[BaseModel], place: Sequence[str | int]) -> list[str]:
    """The keys that the table at `place`, but for its last step, may have."""
    choices = [model]
    for step in place[:-1]:
        if not isinstance(step, str):
            continue
        chosen = [each for each in choices if step in _words(each)]
        choices = chosen or [
            found
            for each in choices
            if step in each.model_fields
            for found in _models(each.model_fields[step].annotation)
        ]
    return list(choices[0].model_fields) if choices else []


def _words(model: type[BaseModel]) -> set[str]:
    """The closed words that fields of a model may hold: one of them tells choices apart."""
    return {
        word
        for field in model.model_fields.values()
        if get_origin(field.annotation) is Literal
        for word in get_args(field.annotation)
    }


def _models(annotation: Any) -> list[type[BaseModel]]:
    """The models inside `tuple[Model, ...]`, `One | Other` and their like."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for each in get_args(annotation) for found in _models(each)]
