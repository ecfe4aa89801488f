"""Entries of a structured file as a table: each a mapping of names to text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from horizon.intake.given import Given
from horizon.intake.table import Row, RowFault, Table
from horizon.model.errors import BadInput
from horizon.model.wording import count

MOST = 200_000
"""Entries of one file."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry and its place. `values` is not a mapping where the entry is something else."""

    number: int
    values: Any
    line: int = 0
    within: str = ""


def table_of(
    given: Given,
    entries: Iterable[Entry],
    *,
    format: str,
    layout: str = "",
    known: Mapping[str, str] | None = None,
    called: str = "entry",
    notices: Sequence[str] = (),
) -> Table:
    """The entries as rows under the names that they use, in the order in which these turn up."""
    listed = list(entries)
    if len(listed) > MOST:
        raise BadInput(
            f"It has more than {MOST:,} entries", where=given.name, do="Import it in parts"
        )
    header: dict[str, None] = {}
    for each in listed:
        if isinstance(each.values, Mapping):
            header.update(dict.fromkeys(each.values))
    names = tuple(header)
    rows: list[Row] = []
    faults: list[RowFault] = []
    for at, each in enumerate(listed, start=1):
        if not isinstance(each.values, Mapping):
            why = "it is not an entry with names and values"
            do = 'Write it as {"name": "..."}'
            faults.append(RowFault(at, each.number, each.line, why, do, each.within, called))
        else:
            cells = tuple(said(each.values.get(name)) for name in names)
            rows.append(Row(at, each.number, each.line, cells, each.within, called))
    if not names:
        raise BadInput("There is no entry in it", where=given.name, do=f"It was read as: {format}")
    twice = 0 if given.is_folder or given.is_zipped else given.repeated_keys
    if twice:
        where = count(twice, "entry gives", "entries give")
        notices = (*notices, f"{where} a name twice. The last value counts.")
    return Table(
        format=format,
        header=names,
        rows=tuple(rows),
        faults=tuple(faults),
        layout=layout or format,
        notices=tuple(notices),
        known={field: name for field, name in (known or {}).items() if name in header},
    )


def said(value: Any) -> str:
    """A value of JSON or YAML as text: lists between semicolons, nothing as nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, list | tuple):
        return "; ".join(filter(None, map(said, value)))
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {text}" for name, each in value.items() if (text := said(each)))
    return str(value).replace("\r\n", "\n").replace("\r", "\n").strip()


def mapping(value: Any) -> Mapping[str, Any]:
    """`value` if it is a mapping, else an empty one."""
    return value if isinstance(value, Mapping) else {}


def sequence(value: Any) -> Sequence[Any]:
    """`value` if it is a list, else an empty one."""
    return value if isinstance(value, list) else ()


def at(names: Sequence[Any], place: Any) -> str:
    """The name at a place given as a number or a numeral, or the place itself."""
    try:
        number = int(place)
    except (TypeError, ValueError, OverflowError):
        return said(place)
    return said(names[number]) if 0 <= number < len(names) else said(place)


def spoken(**parts: str) -> str:
    """`Ring: Trial; Quadrant: Tools`, without the parts that are empty."""
    return "; ".join(f"{name}: {text}" for name, text in parts.items() if text)


_BLOCK = re.compile(r"<\s*/?\s*(p|br|li|ul|ol|h[1-6]|div|tr)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


def without_html(text: str) -> str:
    """The words of a text that may be marked up with HTML."""
    if "<" not in text and "&" not in text:
        return text
    lines = html.unescape(_TAG.sub("", _BLOCK.sub("\n", text))).split("\n")
    kept = (" ".join(line.split()) for line in lines)
    return "\n".join(line for line in kept if line)
