"""How the command line prints: plain text in columns, records as JSON, nothing that can steer a
terminal."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

import click

from horizon.model.wording import printable

NARROW = 80
"""Columns of a terminal that everything fits, and of text that is not printed to a terminal."""

WIDEST = 200
"""Columns of the widest column of a table in a file or a pipe, where nothing is narrow."""

LEAST = 10
"""Columns that a cut column keeps."""

_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def say(text: str = "") -> None:
    """Print to standard output what may hold words that somebody typed."""
    click.echo(printable(text))


def warn(text: str) -> None:
    """Print a line to standard error, if there is anything to say."""
    if text:
        click.echo(one_line(f"Note: {text}"), err=True)


@contextmanager
def told(*, quiet: bool) -> Iterator[Callable[[str], None]]:
    """Something to tell what is being done: it says so on standard error, at a terminal, and takes
    the words away at the end."""
    shown = 0

    def tell(step: str) -> None:
        nonlocal shown
        if not quiet and sys.stderr.isatty():
            click.echo(f"\r{step} … ".ljust(shown + 1), err=True, nl=False)
            shown = max(shown, len(step) + 3)

    try:
        yield tell
    finally:
        if shown:
            click.echo(f"\r{' ' * shown}\r", err=True, nl=False)


def one_line(text: str) -> str:
    """`text` safe for a terminal and on one line."""
    return " ".join(printable(text).split())


def print_json(value: Any) -> None:
    """Print a record, or a list of records, as JSON. What could steer a terminal is escaped."""
    text = json.dumps(plain(value), indent=2, ensure_ascii=False)
    click.echo(_UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text))


def plain(value: Any) -> Any:
    """`value` as JSON knows it."""
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json")
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def moment(at: str) -> str:
    """A time stamp of the journal to the minute, still in UTC: `2026-11-24 09:30Z`."""
    return f"{at[:16].replace('T', ' ')}Z"


_unbroken: ContextVar[bool] = ContextVar("unbroken", default=False)


@contextmanager
def unbroken() -> Iterator[None]:
    """Meanwhile no line is broken to fit the terminal: those who hear them get whole sentences."""
    token = _unbroken.set(True)
    try:
        yield
    finally:
        _unbroken.reset(token)


def _is_narrow() -> bool:
    """Whether there are columns to fit: a terminal's, or those that COLUMNS says."""
    return sys.stdout.isatty() or bool(os.environ.get("COLUMNS"))


def width() -> int:
    """Columns to print in: the terminal's, or 80 where that is not known."""
    if _unbroken.get():
        return sys.maxsize
    if not _is_narrow():
        return NARROW
    return max(shutil.get_terminal_size((NARROW, 24)).columns, NARROW // 2)


def cells(text: str) -> int:
    """Columns that a text takes: none for combining marks, two for wide letters."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(each) else 2 if unicodedata.east_asian_width(each) in "WF" else 1
        for each in text
    )


def cut(text: str, room: int) -> str:
    """`text` in at most `room` columns, with an ellipsis where some is left out."""
    if cells(text) <= room:
        return text
    taken, kept = 0, len(text)
    for place, each in enumerate(text):
        taken += cells(each)
        if taken > room - 1:
            kept = place
            break
    return text[:kept].rstrip() + "…"


def table(rows: Iterable[Sequence[str]], header: Sequence[str]) -> Iterator[str]:
    """Rows in aligned columns that fit the terminal: the widest columns are cut first. In a file
    or a pipe they are whole, but for what is longer than anybody reads."""
    drawn = [[one_line(each) for each in row] for row in [header, *rows]]
    sizes = [max(cells(row[place]) for row in drawn) for place in range(len(header))]
    if not _is_narrow() and not _unbroken.get():
        sizes = [min(each, WIDEST) for each in sizes]
    else:
        over = sum(sizes) + 2 * (len(sizes) - 1) - width()
        while over > 0 and max(sizes) > LEAST:
            widest = sizes.index(max(sizes))
            sizes[widest] -= 1
            over -= 1
    for row in drawn:
        padded = []
        for text, size in zip(row, sizes, strict=True):
            kept = cut(text, size)
            padded.append(kept + " " * (size - cells(kept)))
        yield "  ".join(padded).rstrip()


def wrapped(text: str, *, first: str = "", rest: str = "") -> Iterator[str]:
    """`text` in lines that fit the terminal; `first` begins the first line, `rest` the others."""
    for number, line in enumerate(printable(text).split("\n")):
        begin = rest if number else first
        yield from textwrap.wrap(
            line,
            width(),
            initial_indent=begin,
            subsequent_indent=rest,
            break_on_hyphens=False,
            break_long_words=False,
        ) or [begin.rstrip()]


def print_table(rows: Iterable[Sequence[str]], header: Sequence[str]) -> None:
    """Print rows in aligned columns."""
    for line in table(rows, header):
        click.echo(line)
