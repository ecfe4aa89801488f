"""YAML from outside: plain values only, and nothing that grows when it is read.

An alias in YAML stands for a copy of what it names; aliases of aliases can stand for billions of
values in a few lines. What would come to more than `MOST` values is refused before it is built.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from horizon.model.errors import BadInput

MOST = 500_000
"""Values that a document may hold, copies counted as often as they are named."""

DEEPEST = 60
"""Lists and mappings within one another."""

_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Mapping(dict[str, Any]):
    """A mapping with the line of the text on which it begins."""

    line = 0


def load(text: str, source: str) -> Any:
    """The value of a YAML document, its mappings as `Mapping`.

    Dates and numbers stay text, as they were typed. Raises `BadInput` in one line.
    """
    try:
        _refuse_growth(text, source)
        node = yaml.compose(text, Loader=_PARSER)
        return _value(node, {}) if node is not None else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f", line {mark.line + 1}" if mark else ""
        raise BadInput(
            f"This is not YAML: {error.problem or error.context or 'it cannot be read'}",
            where=f"{source}{line}",
        ) from None
    except (yaml.YAMLError, UnicodeError, ValueError, RecursionError):
        raise BadInput(
            "This YAML cannot be read", where=source, do="Save it as plain UTF-8 text"
        ) from None


def _refuse_growth(text: str, source: str) -> None:
    """Count what the document would come to, without building it."""
    sizes: dict[str, int] = {}
    named: set[str] = set()
    open_: list[tuple[str | None, int]] = [(None, 0)]  # anchor and values so far of each level
    for event in yaml.parse(text, Loader=_PARSER):
        size = 0
        if isinstance(event, yaml.AliasEvent):
            size = _size_of(event, sizes, named, source)
        elif isinstance(event, yaml.NodeEvent) and event.anchor in named:
            raise BadInput(
                f"This YAML gives the name &{event.anchor} twice",
                where=_line(event, source),
                do="Give each its own name",
            )
        elif isinstance(event, yaml.ScalarEvent):
            size = 1
            if event.anchor:
                named.add(event.anchor)
                sizes[event.anchor] = 1
        elif isinstance(event, yaml.CollectionStartEvent):
            open_.append((event.anchor, 1))
            if event.anchor:
                named.add(event.anchor)
        elif isinstance(event, yaml.CollectionEndEvent):
            anchor, size = open_.pop()
            if anchor:
                sizes[anchor] = size
        anchor, before = open_[-1]
        open_[-1] = (anchor, before + size)
        if open_[-1][1] > MOST or len(open_) > DEEPEST:
            raise BadInput(
                f"This YAML is refused: it comes to more than {MOST:,} values or is nested more "
                f"than {DEEPEST} deep, as files are that are made to fill a machine's memory",
                where=source,
                do="Write out what its aliases (*name) stand for",
            )


def _size_of(event: yaml.AliasEvent, sizes: dict[str, int], named: set[str], source: str) -> int:
    """What an alias stands for comes to. Raises `BadInput` where it stands for nothing, or for
    what it stands in itself."""
    name = event.anchor or ""
    if name in sizes:
        return sizes[name]
    why = "stands within what it stands for" if name in named else f"has no &{name} before it"
    raise BadInput(
        f"This YAML cannot be read, because *{name} {why}",
        where=_line(event, source),
        do="Write out what it stands for",
    )


def _line(event: yaml.Event, source: str) -> str:
    mark = event.start_mark
    return f"{source}, line {mark.line + 1}" if mark else source


def _value(node: yaml.Node, held: dict[int, Any]) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return "" if node.tag == "tag:yaml.org,2002:null" else str(node.value)
    if id(node) in held:
        return held[id(node)]
    if isinstance(node, yaml.SequenceNode):
        found = held[id(node)] = [_value(each, held) for each in node.value]
        return found
    assert isinstance(node, yaml.MappingNode)
    mapping = held[id(node)] = Mapping(_pairs(node, held))
    mapping.line = node.start_mark.line + 1
    return mapping


def _pairs(node: yaml.MappingNode, held: dict[int, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in node.value:
        yield (str(key.value) if isinstance(key, yaml.ScalarNode) else "?"), _value(value, held)
