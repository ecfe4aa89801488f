"""What people type or pipe in: dates, NAME=VALUE words, lines, JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from horizon.model.base import Model
from horizon.model.days import read_day
from horizon.model.errors import BadInput
from horizon.model.wording import count
from horizon.register.inputs import checked
from horizon.store.disk import refuse_device

Entry = TypeVar("Entry", bound=Model)

if TYPE_CHECKING:
    DayType = click.ParamType[date]
else:
    DayType = click.ParamType


class Day(DayType):
    """A date such as 2026-11-24, or as Britain writes it."""

    name = "date"

    def convert(
        self, value: Any, param: click.Parameter | None, context: click.Context | None
    ) -> date:
        if isinstance(value, date):
            return value
        try:
            return read_day(value)
        except BadInput as error:
            self.fail(str(error), param, context)


DAY = Day()


def pairs(words: Sequence[str], what: str) -> dict[str, str]:
    """`NAME=VALUE` words as a dictionary.

    Raises `BadInput` for one without the sign, and for a name that is given twice.
    """
    found: dict[str, str] = {}
    for word in words:
        name, sign, value = (part.strip() for part in word.partition("="))
        if not sign or not name:
            raise BadInput(f"{word!r} is not a {what}", do=f"Write it as {what.upper()}=VALUE")
        put(found, name, value, what)
    return found


def put(found: dict[str, Any], name: str, value: Any, what: str) -> None:
    """Keep `value` under `name`. Raises `BadInput` when something is there already."""
    if name in found:
        raise BadInput(f"{name} is given twice", do=f"Give each {what} once")
    found[name] = value


def parts(text: str, names: Sequence[str], option: str, *, needed: int = 0) -> dict[str, str]:
    """`a | b | c` as the named parts; those after the first `needed` (all unless given) may be left
    out. Raises `BadInput` when there are more or fewer."""
    given = [part.strip() for part in text.split("|")]
    least = needed or len(names)
    if not least <= len(given) <= len(names):
        allowed = str(least) if least == len(names) else f"{least} to {len(names)}"
        shape = " | ".join(names)
        raise BadInput(
            f"{option} has {count(len(given), 'part')} instead of {allowed}",
            do=f'Write it as {option} "{shape}"',
        )
    return dict(zip(names, given, strict=False))


def content_of(source: str) -> bytes:
    """The bytes of a file, or of standard input for `-`. Raises `BadInput`."""
    if source == "-":
        return sys.stdin.buffer.read()
    try:
        refuse_device(Path(source))
        return Path(source).read_bytes()
    except OSError as error:
        raise BadInput(
            "The file cannot be read",
            where=source,
            why=error.strerror or str(error),
            do="Check the path",
        ) from None


def text_of(source: str) -> str:
    """The text of a file, or of standard input for `-`. Raises `BadInput` if it is not UTF-8."""
    try:
        return content_of(source).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(
            f"This is not UTF-8 text (byte {error.start + 1})", where=source, do="Save it as UTF-8"
        ) from None


def lines_in(text: str) -> Iterator[tuple[int, str]]:
    """The lines that say something, with their numbers: not blank, not a # comment."""
    for number, line in enumerate(text.splitlines(), start=1):
        kept = line.strip()
        if kept and not kept.startswith("#"):
            yield number, kept


def entries_in(
    text: str,
    source: str,
    sort: type[Entry],
    alone: str,
    read: Callable[[str, str], tuple[str, Entry]],
) -> Iterator[tuple[str, Entry]]:
    """Entries and what each is about, from lines or from a JSON object.

    `read` takes a line, and where it stands. In JSON a value that is no object is that of the field
    `alone`. Raises `BadInput`.
    """
    if text.lstrip()[:1] not in ("{", "["):
        for number, line in lines_in(text):
            yield read(line, f"{source}, line {number}")
        return
    for about, values in object_in(text, source).items():
        given = values if isinstance(values, dict) else {alone: values}
        yield about.upper(), checked(sort, given, where=f"{source}, {about}")


def object_in(text: str, source: str) -> dict[str, Any]:
    """The JSON object that a text holds. Raises `BadInput` for anything else."""
    try:
        values = json.loads(text, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        raise BadInput(
            f"This is not JSON: {error.msg}", where=f"{source}, line {error.lineno}"
        ) from None
    except (RecursionError, ValueError) as error:
        raise BadInput(
            "This JSON cannot be read", where=source, why=str(error), do='Use {"name": "..."}'
        ) from None
    if not isinstance(values, dict):
        raise BadInput("This is not a JSON object", where=source, do='Use {"name": "..."}')
    return values


def _once(items: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in items:
        if name in found:
            raise ValueError(f"{name!r} is given twice")
        found[name] = value
    return found
