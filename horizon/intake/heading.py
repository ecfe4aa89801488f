"""Where a sheet's header stands: under a cover, over two rows, in merged cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from horizon.intake.fields import NAMES, plain
from horizon.model.errors import BadInput

LOOKED_AT = 200
"""Records whose width is counted."""

COVER = 40
"""Records, blank ones left out, among which the header is looked for."""

LONGEST_NAME = 60
"""Characters of a cell that may name a column."""


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of one record and its place. `spans` are the columns that merged cells cover:
    the first column of each, and how many it takes."""

    number: int
    line: int
    cells: tuple[str, ...]
    within: str = ""
    spans: Mapping[int, int] | None = None

    @property
    def filled(self) -> int:
        return sum(1 for cell in self.cells if cell)


@dataclass(frozen=True, slots=True)
class Heading:
    """The names of the columns, the position of the first record under them, what was decided
    that a person should hear of, and the row of the header."""

    names: tuple[str, ...]
    body: int
    notices: tuple[str, ...] = ()
    row: int = 0


def find_heading(
    records: Sequence[Record],
    source: str,
    *,
    asked: int = 0,
    wanted: Sequence[str] = (),
) -> Heading:
    """The heading of a table. `asked` is the row that a person says it is, `wanted` the headers
    they name. Raises `BadInput` when there is none."""
    looked = [at for at, each in enumerate(records) if each.filled][: COVER + LOOKED_AT]
    if not looked:
        raise BadInput("There is no header row", where=source, do="Name the columns in row 1")
    words = {plain(each) for each in wanted}
    at = _asked(records, asked, source) if asked else _likeliest(records, looked, words)
    notices = []
    if at != looked[0]:
        above = sum(1 for each in looked if each < at)
        notices.append(
            f"The header is taken from row {records[at].number}. What stands above it "
            f"({above} row{'s' if above > 1 else ''}) is no part of the table."
        )
    names, body = _named(records[at]), at + 1
    below = records[at + 1] if at + 1 < len(records) else None
    over = records[at - 1] if at and records[at - 1].filled else None
    if below is not None and not asked and _continues(records[at], below, words):
        names, body = _joined(records[at], below), at + 2
        notices.append(f"Rows {records[at].number} and {below.number} together are the header.")
    elif over is not None and _groups(over, records[at]):
        names = _joined(over, records[at])
        notices = [f"Rows {over.number} and {records[at].number} together are the header."]
    return Heading(_all_named(names), body, tuple(notices), records[at].number)


def _asked(records: Sequence[Record], number: int, source: str) -> int:
    for at, each in enumerate(records):
        if each.number == number and each.filled:
            return at
    raise BadInput(f"There is nothing in row {number}", where=source, do="Name the header's row")


def _likeliest(records: Sequence[Record], looked: Sequence[int], words: set[str]) -> int:
    """The first record that is as wide as the table and names columns that lists have."""
    counts = Counter(records[at].filled for at in looked)
    usual = max(counts, key=lambda width: (counts[width], width))
    wide = [at for at in looked[:COVER] if records[at].filled >= max(1, (usual + 1) // 2)]
    if not wide:
        return looked[0]
    for at in wide:
        known = _known(records[at], words)
        if known >= min(2, usual) or (known and known == records[at].filled):
            return at
    return wide[0]


def _known(record: Record, words: set[str]) -> int:
    """How many cells name a column that lists of technologies have."""
    return sum(
        1 for cell in record.cells if cell and ((name := plain(cell)) in NAMES or name in words)
    )


def _continues(top: Record, below: Record, words: set[str]) -> bool:
    """Whether the record below is the second row of the header: it names columns where the first
    has gaps or merged cells."""
    width = max(len(top.cells), len(below.cells))
    last = max((at for at in range(width) if _cell(top, at) or _cell(below, at)), default=-1)
    gaps = [at for at in range(last + 1) if not _cell(top, at)]
    if not gaps or not all(_is_name(cell) for cell in below.cells if cell):
        return False
    if any(not _cell(below, at) for at in gaps):
        return False
    merged = any(span > 1 for span in (top.spans or {}).values())
    return merged or _known(below, words) >= 2


def _groups(over: Record, names: Record) -> bool:
    """Whether the record above names groups of columns: some of several columns each."""
    merged = [span for span in (over.spans or {}).values() if span > 1]
    width = len(_named(names))
    if merged:
        return any(span < width for span in merged)
    firsts = [at for at, cell in enumerate(over.cells) if cell]
    if len(firsts) < 2 or over.filled >= names.filled or not all(map(_is_name, over.cells)):
        return False
    repeated = Counter(plain(cell) for cell in names.cells if cell)
    return any(number > 1 for number in repeated.values())


def _joined(top: Record, below: Record) -> list[str]:
    """Names over two rows: a group's name reaches over the gaps to its right."""
    width = max(len(top.cells), len(below.cells))
    names, group, until = [], "", width
    for at in range(width):
        if _cell(top, at):
            group = _cell(top, at)
            span = (top.spans or {}).get(at, 0)
            until = at + span if span else width
        elif at >= until:
            group = ""
        own = _cell(below, at)
        if group and own and plain(group) not in plain(own):
            names.append(f"{group} {own}")
        else:
            names.append(own or (group if _cell(top, at) else ""))
    while names and not names[-1]:
        names.pop()
    return names


def _cell(record: Record, at: int) -> str:
    return record.cells[at] if at < len(record.cells) else ""


def _named(record: Record) -> list[str]:
    named = list(record.cells)
    while named and not named[-1]:
        named.pop()
    return named


def _all_named(names: Sequence[str]) -> tuple[str, ...]:
    """One line for each name; a column without one is called by its place."""
    return tuple(
        " ".join(name.split()) or f"column {place}" for place, name in enumerate(names, start=1)
    )


def _is_name(cell: str) -> bool:
    """Whether a cell can be the name of a column: short, with letters, no date and no address."""
    if not cell:
        return True
    if len(cell) > LONGEST_NAME or "://" in cell or re.match(r"\d{4}-\d\d|\d+[/.]\d+[/.]", cell):
        return False
    return any(each.isalpha() for each in cell)
