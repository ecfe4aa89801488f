"""How dates, counts and lists are said to people."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def day(value: date) -> str:
    """A date as people write it, whatever the machine's language: `3 March 2027`."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def short_day(value: date) -> str:
    """The same with the month in three letters, where there is little room: `3 Mar 2027`."""
    return f"{value.day} {MONTHS[value.month - 1][:3]} {value.year}"


_MACHINE = re.compile(r"\d{4}-\d\d-\d\d($|[T ]\d\d:)")


def spoken_day(text: str) -> str:
    """The day of a date or a moment that is written as machines do; anything else as it is."""
    try:
        return day(date.fromisoformat(text[:10])) if _MACHINE.match(text) else text
    except ValueError:
        return text


_LONG_DAY = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})\b")
_MORE = re.compile(r" \(and (\d+) more\)$")
_END = re.compile(r" \d{1,2} [A-Z][a-z]{2} \d{4}( \+\d+)?$")

_BEFORE = 10
"""Characters that are worth keeping of what stands before a day."""


def brief(words: str, width: int) -> str:
    """`words` as a column of a table says them: months in three letters, `(and 2 more)` as `+2`.

    Where a day ends them, which is what people look for, what stands before it is cut so that all
    takes `width` characters; other words may take more.
    """
    short = _LONG_DAY.sub(lambda found: f"{found[1]} {found[2][:3]} {found[3]}", words)
    short = _MORE.sub(r" +\1", short)
    end = _END.search(short)
    if len(short) <= width or end is None or width < len(end[0]) + _BEFORE:
        return short
    return f"{short[: width - len(end[0]) - 1].rstrip()}…{end[0]}"


_CAPITALS = {"ai": "AI", "uk": "UK", "gdpr": "GDPR"}


def in_words(value: str) -> str:
    """One of the closed words (`words.py`) as people write it: `generative-ai`, `Generative AI`."""
    said = " ".join(_CAPITALS.get(each, each) for each in value.split("-"))
    return said[:1].upper() + said[1:]


_FIELDS = {
    "co_proposers": "other proposers",
    "different_from": "what it differs from",
    "ended_reason": "why it ended",
    "legacy": "entry as already in use",
    "merged": "entries merged into it",
    "merged_into": "entry it was merged into",
    "origins": "where it was imported from",
    "released": "texts to be published",
    "review_by": "review date",
    "review_reason": "why that review date",
    "rounds": "scoring rounds",
    "shared_with": "who it is shared with",
    "stage_since": "day of the stage",
    "superseded_by": "what supersedes it",
    "trl": "readiness level",
}


def field_in_words(field: str) -> str:
    """A field of a record as people call it: `stage_since`, `day of the stage`."""
    return _FIELDS.get(field, field.replace("_", " "))


def count(number: int, thing: str, things: str = "") -> str:
    """A number with its noun: `1 condition`, `2 conditions`."""
    return f"{number} {thing if number == 1 else things or thing + 's'}"


def listed(words: Sequence[str], last: str = "and") -> str:
    """`a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


_CONTROLS = {
    code: f"\\x{code:02x}"
    for code in (*range(0x20), *range(0x7F, 0xA0))
    if code not in (0x09, 0x0A)
} | {
    code: f"\\u{code:04x}"
    for code in (
        *(0x061C, 0x200E, 0x200F, 0x2028, 0x2029, 0xFEFF),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    )
}


def steers(character: str) -> bool:
    """Whether a character can steer a terminal or turn the direction of what follows. Tabs and
    line ends do not count; halves of a character do."""
    return ord(character) in _CONTROLS or "\ud800" <= character <= "\udfff"


def printable(text: str) -> str:
    """`text` with control characters and direction overrides spelt out, so that what somebody
    typed can never steer a terminal. Tabs and line ends stay."""
    return text.translate(_CONTROLS).encode("utf-8", "replace").decode("utf-8")


def span(days: int) -> str:
    """So many days as people say it: `12 days`, `5 months`, `2 years`."""
    if days < 60:
        return count(max(days, 0), "day")
    if days < 730:
        return count(days // 30, "month")
    return count(days // 365, "year")
