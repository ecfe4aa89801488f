"""Several names or tags in one line or cell, as people type them and as exports write them."""

from __future__ import annotations

import re
from collections.abc import Iterable

BETWEEN_NAMES, BETWEEN_TAGS = ";|\n", ";|\n,"
"""What stands between names, which may hold a comma themselves, and between tags."""


def split_names(text: str, marks: str = BETWEEN_NAMES) -> tuple[str, ...]:
    """What stands between `marks`, each once. What holds such a mark itself stands in double
    quotes."""
    pattern = rf'\s*(?:"((?:[^"]|"")*)"(?=\s*(?:[{marks}]|$))|([^{marks}]*))\s*(?:[{marks}]|$)'
    found = (
        " ".join((quoted.replace('""', '"') or plain).split())
        for quoted, plain in re.findall(pattern, text)
    )
    return tuple(dict.fromkeys(each for each in found if each))


def tags_typed(text: str) -> tuple[str, ...]:
    """Tags as somebody types them, between commas or semicolons."""
    return split_names(text, BETWEEN_TAGS)


def tags_in(cell: str) -> tuple[str, ...]:
    """Tags in a cell of somebody's list. Where anything else stands between them, a comma is part
    of a tag, though never its end."""
    found = split_names(cell)
    if len(found) < 2:
        return tags_typed(cell)
    return tuple(dict.fromkeys(each for tag in found if (each := tag.strip(" ,"))))


def in_one_cell(names: Iterable[str], marks: str = BETWEEN_NAMES) -> str:
    """Names between semicolons, as an import reads them back: one that holds one of `marks` itself
    stands in double quotes."""
    return "; ".join(_quoted(each, marks) for each in names)


def _quoted(name: str, marks: str) -> str:
    if any(mark in name for mark in f'{marks}"'):
        return '"' + name.replace('"', '""') + '"'
    return name
