"""Rows of the register's own export that come back, beside what the register holds: an edited cell
is a change of that field, and nothing else is one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from horizon.intake.cells import Unreadable, aliases, words
from horizon.intake.columns import Columns
from horizon.intake.comparing import shown
from horizon.intake.fields import SIGHTING
from horizon.intake.reading import Read
from horizon.intake.report import Change
from horizon.model.cleaning import clean
from horizon.model.errors import BadInput
from horizon.model.spreadsheet import in_one_cell
from horizon.model.technology import Sighting, Technology
from horizon.model.words import Regime
from horizon.register import Register

EMPTIED: Mapping[str, Any] = {
    "time_horizon": None,
    "trl": None,
    "posture": None,
    "regime": Regime.UNKNOWN,
}
"""What a cell that somebody emptied says, in the columns where an empty cell says nothing in other
files."""

_NOTHING = object()

_CUT = re.compile(r" \[cut: [0-9,]+ characters, whole in the JSON export\]$")
"""How a cell ends that was too long for a workbook."""

_LINE_ENDS = re.compile(r"\[U\+(?:000B|000C|0085)\]")

_WITHHELD = re.compile(r"\[Withheld(?: [0-9]+)?: |\[Name withheld\]")
"""What stands in a public edition in place of what it does not show."""


@dataclass(frozen=True, slots=True)
class Edited:
    """What was edited in a row: changes of details, each in words, and what cannot be taken."""

    changes: Mapping[str, Any]
    told: tuple[Change, ...]
    left: str = ""


def own_of(register: Register, reads: Sequence[Read], file: str) -> dict[int, str]:
    """The rows about technologies that the register holds, told by their id: place in the import
    (`Row.at`) to id. Raises `BadInput` for a public edition."""
    held = register.state.technologies
    found = {each.row.at: each.key for each in reads if each.key in held}
    for each in reads:
        if each.row.at in found and any(map(_WITHHELD.search, each.row.cells)):
            raise BadInput(
                "This is a public edition of this register, which leaves out what is not public",
                where=file,
                do="Export an internal edition, edit that and import it",
            )
    return found


def edited(read: Read, columns: Columns, technology: Technology, owner: str) -> Edited:
    """What a row says otherwise than the register. `owner` is the name of the technology's owner.

    Raises `Unreadable` for an edit that no technology can have.
    """
    changes: dict[str, Any] = {}
    told: list[Change] = []
    for field, place in columns.places.items():
        if field in ("key", *SIGHTING):
            continue
        text = read.row.cells[place]
        current = owner if field == "owner" else getattr(technology, field)
        if _says(field, text, read, current) or (field == "owner" and text == technology.owner):
            continue
        if _CUT.search(text):
            raise Unreadable(
                f"{field.replace('_', ' ')} was too long for a cell when it was exported",
                "Change it in Horizon, or take the sentence in square brackets off the end",
            )
        new = read.values.get(field, EMPTIED.get(field))
        if new is None and field not in EMPTIED:
            raise Unreadable(f"{field.replace('_', ' ')} is empty", "Fill it in")
        changes[field] = new
        told.append(Change(field, shown(current), shown(new)))
    return Edited(changes, tuple(told), _seen_otherwise(read, technology.sightings))


def _says(field: str, text: str, read: Read, current: Any) -> bool:
    """Whether a cell says what the register holds, spelt as an export spells it."""
    if field in ("aliases", "tags"):
        return aliases(_plain(text)) == aliases(_plain(in_one_cell(current)))
    if field in ("summary", "problem"):
        return _same_text(text, current)
    if field in ("name", "supplier", "owner"):
        return words(_plain(text)) == words(_plain(current))
    said = read.values.get(field, EMPTIED.get(field, _NOTHING))
    return said is not _NOTHING and bool(said == current)


def _same_text(text: str, current: str) -> bool:
    said, held = _plain(text), _plain(current)
    if cut := _CUT.search(said):
        return held.startswith(said[: cut.start()].rstrip()) and len(held) > cut.start()
    return said == held


def _plain(text: str) -> str:
    """A text as every export spells it. Some line ends are spelt out in some."""
    return _LINE_ENDS.sub("\n", clean(text.replace("_x000D_", ""))).strip()


def _seen_otherwise(read: Read, held: Sequence[Sighting]) -> str:
    """Why what a row says of a sighting is not taken, where no sighting says the same."""
    given = {
        name: read.values.get(field)
        for field, name in zip(SIGHTING, ("source", "url", "seen_on", "note"), strict=True)
        if field in read.values
    }
    if not given or (not any(given.values()) and not held):
        return ""
    for each in held:
        if all(_plain_words(value) == _plain_words(getattr(each, n)) for n, value in given.items()):
            return ""
    return "where it was seen is not changed by an import; add a sighting to it instead"


def _plain_words(value: Any) -> str:
    return words(_plain(shown(value)))
