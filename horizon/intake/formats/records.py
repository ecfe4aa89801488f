"""JSON records that no other reader knows: a list of objects, or an object that holds one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from horizon.intake.formats import Asked
from horizon.intake.formats.listing import Entry, table_of
from horizon.intake.given import Given
from horizon.intake.table import Table


def fits(given: Given) -> bool:
    return bool(_records(given.json)[0])


def read(given: Given, asked: Asked) -> Table:
    """One row for each object; objects within an object as `name.part`."""
    records, name = _records(given.json)
    entries = (
        Entry(number, _flat(each) if isinstance(each, Mapping) else each)
        for number, each in enumerate(records, start=1)
    )
    layout = f"JSON records{f' under {name!r}' if name else ''}"
    return table_of(given, entries, format="JSON records", layout=layout)


def _records(document: Any) -> tuple[Sequence[Any], str]:
    """The longest list of objects, and the name it stands under."""
    lists: list[tuple[Sequence[Any], str]] = []
    if isinstance(document, list):
        lists.append((document, ""))
    elif isinstance(document, Mapping):
        lists = [(each, name) for name, each in document.items() if isinstance(each, list)]
    fit = [each for each in lists if any(isinstance(item, Mapping) for item in each[0])]
    return max(fit, key=lambda each: len(each[0]), default=((), ""))


def _flat(values: Mapping[str, Any]) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, Mapping):
            flat |= {f"{name}.{part}": each for part, each in value.items()}
        else:
            flat[name] = value
    return flat
