"""Dates as people type them."""

from __future__ import annotations

import re
from datetime import date

from horizon.model.errors import BadInput
from horizon.model.wording import MONTHS

_EXAMPLE = date(2026, 11, 24)

_NUMBERS = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_NAMED = re.compile(r"(\d{1,2}) ([a-z]{3,9})\.? (\d{4})")


def example(after: date | None = None) -> str:
    """A day as it is typed, for who wonders how: one that lies some time `after` another, where
    days to come are asked for."""
    return str(date(after.year + 1, 3, 31) if after else _EXAMPLE)


def read_day(text: str) -> date:
    """The day that somebody typed: `2027-03-03`, `3/3/2027` with the day first, as in Britain, `3
    March 2027` or `3 Mar 2027`. Raises `BadInput`."""
    said = " ".join(text.casefold().split())
    try:
        if found := _NUMBERS.fullmatch(said):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if found := _NAMED.fullmatch(said):
            named = (
                at for at, name in enumerate(MONTHS, 1) if name.casefold().startswith(found[2])
            )
            month, *others = named
            if not others:
                return date(int(found[3]), month, int(found[1]))
        return date.fromisoformat(said)
    except ValueError:
        raise BadInput(f"{text!r} is not a date", do=f"Use one such as {example()}") from None
