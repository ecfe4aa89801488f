"""From a cell's text to what a field of a technology holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from horizon.model.scalars import LONGEST
from horizon.model.several import split_names, tags_in
from horizon.model.words import Kind, Marking, Posture, Regime, TimeHorizon


class Unreadable(Exception):
    """A cell does not hold what its field needs: why not, and what to do."""

    def __init__(self, why: str, do: str) -> None:
        self.why, self.do = why, do
        super().__init__(f"{why}. {do}")


SPELLINGS = {
    "artificial intelligence": Kind.AI,
    "ml": Kind.MACHINE_LEARNING,
    "deep learning": Kind.MACHINE_LEARNING,
    "genai": Kind.GENERATIVE_AI,
    "gen ai": Kind.GENERATIVE_AI,
    "llm": Kind.GENERATIVE_AI,
    "large language model": Kind.GENERATIVE_AI,
    "big data": Kind.BIG_DATA_PLATFORM,
    "data platform": Kind.BIG_DATA_PLATFORM,
    "rpa": Kind.AUTOMATION,
    "sensor": Kind.SENSING,
    "sensors": Kind.SENSING,
}
"""Other spellings of kinds that lists of technologies use."""


SPREADSHEET_ERROR = re.compile(r"#(REF!|N/A|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!)")
"""What a spreadsheet shows in place of a value that it cannot work out."""


FORMULA = "\ufdd0"
"""What a reader of workbooks puts before a formula for which the file holds no value. It is no
character, so that no text begins with it."""


def refuse_no_text(text: str) -> None:
    """Raises `Unreadable` for what stands in a cell without being its value."""
    if text.startswith(FORMULA):
        raise Unreadable(
            "it is a formula, and the file holds no value that it came to",
            "Open the file in a spreadsheet and save it, or type the value",
        )
    if SPREADSHEET_ERROR.fullmatch(text):
        raise Unreadable("it is an error of the spreadsheet", "Mend its formula, or empty the cell")
    if any("\ud800" <= each <= "\udfff" for each in text):
        raise Unreadable("it has a character that is only half there", "Type that part again")
    if len(text) > LONGEST:
        raise Unreadable(f"it is longer than {LONGEST:,} characters", "Shorten it")


def words(text: str) -> str:
    """One line of words: line ends and runs of spaces become one space."""
    return " ".join(text.split())


def kind(text: str) -> Kind:
    """A kind by its id or another usual spelling."""
    spoken = re.sub(r"[\s_-]+", " ", text.casefold()).strip()
    by_name = {each.value.replace("-", " "): each for each in Kind} | SPELLINGS
    if spoken in by_name:
        return by_name[spoken]
    raise Unreadable("it is not a kind of technology", f"Use one of: {', '.join(Kind)}")


def time_horizon(text: str) -> TimeHorizon:
    """H1, H2 or H3."""
    try:
        return TimeHorizon(text.upper())
    except ValueError:
        raise Unreadable("it is not a time horizon", "Use H1, H2 or H3") from None


def trl(text: str) -> int:
    """A technology readiness level from 1 to 9, with or without the letters."""
    match = re.fullmatch(r"(?:trl)?\s*([1-9])", text.casefold())
    if match is None:
        raise Unreadable("it is not a technology readiness level", "Use a number from 1 to 9")
    return int(match[1])


def marking(text: str) -> Marking:
    """OFFICIAL or OFFICIAL-SENSITIVE. Anything above has no place in this register."""
    spoken = re.sub(r"[\s:_-]+", "-", text.upper()).strip("-")
    try:
        return Marking(spoken)
    except ValueError:
        raise Unreadable(
            "it is not a marking that this register holds",
            f"Use {' or '.join(Marking)}, and keep anything above that out of Horizon",
        ) from None


def posture(text: str) -> Posture:
    """What the force does about it."""
    try:
        return Posture(text.casefold())
    except ValueError:
        raise Unreadable("it is not a posture", f"Use one of: {', '.join(Posture)}") from None


def regime(text: str) -> Regime:
    """A data-protection regime by its id, or as people write it."""
    try:
        return Regime(re.sub(r"[\s_-]+", "-", text.casefold()))
    except ValueError:
        raise Unreadable("it is not a regime", f"Use one of: {', '.join(Regime)}") from None


def url(text: str) -> str:
    """A web address. What is not one is refused, as papers print it as a link."""
    if not re.fullmatch(r"(https?://|www\.)[^\s<>\"]+", text, re.IGNORECASE):
        raise Unreadable("it is not a web address", "Write it as https://example.org")
    return text


READERS: Mapping[str, Callable[[str], Any]] = {
    "name": words,
    "summary": str,
    "problem": str,
    "supplier": words,
    "kind": kind,
    "aliases": split_names,
    "tags": tags_in,
    "key": words,
    "owner": words,
    "posture": posture,
    "regime": regime,
    "time_horizon": time_horizon,
    "trl": trl,
    "marking": marking,
    "source": words,
    "url": url,
    "note": str,
}
"""How the text of each field is read. Dates are read by `Dates`, which sees the whole column."""

_NUMBERS = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_SPOKEN = ("%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%B %d, %Y", "%b %d, %Y")


@dataclass(frozen=True, slots=True)
class Dates:
    """How a column writes its dates. `month_first` is true when a date in it can only be read so
    and none can only be read day first; `mixed` when there are some of both."""

    month_first: bool = False
    mixed: bool = False
    notices: tuple[str, ...] = ()

    @classmethod
    def of(cls, texts: Iterable[str]) -> Dates:
        """What the dates in a column show of the order that it writes day and month in."""
        pairs = [
            (int(match[1]), int(match[2]), text)
            for text in texts
            if (match := _NUMBERS.match(text.strip()))
        ]
        american = next((text for first, second, text in pairs if first <= 12 < second), "")
        british = next((text for first, second, text in pairs if second <= 12 < first), "")
        if not pairs:
            return cls()
        if american and british:
            said = f"Some dates are day first ({british}) and some month first ({american})."
            return cls(mixed=True, notices=(said,))
        if american:
            return cls(True, notices=(f"Dates are read month first, as in {american}.",))
        return cls(notices=(f"Dates are read day first, as in {(british or pairs[0][2])}.",))

    def read(self, text: str) -> date:
        """The day of a date or a moment. Raises `Unreadable`."""
        spoken = text.strip()
        for read in (self._iso, self._numbers, self._said):
            found = read(spoken)
            if found is not None:
                return found
        raise Unreadable("it is not a date", "Use a date such as 2026-11-24, or leave it empty")

    @staticmethod
    def _iso(text: str) -> date | None:
        if not re.match(r"\d{4}-\d\d-\d\d", text):
            return None
        try:
            return datetime.fromisoformat(text).date()
        except ValueError:
            return None

    def _numbers(self, text: str) -> date | None:
        match = _NUMBERS.match(text)
        if match is None:
            return None
        first, second, year = (int(each) for each in match.groups())
        if self.mixed and first <= 12 and second <= 12 and first != second:
            raise Unreadable(
                "its day and month cannot be told apart, because other dates in the column are "
                "written both ways",
                "Use a date such as 2026-11-24",
            )
        month_first = self.month_first or (self.mixed and second > 12)
        day, month = (second, first) if month_first else (first, second)
        try:
            return date(year, month, day)
        except ValueError:
            return None

    @staticmethod
    def _said(text: str) -> date | None:
        for form in _SPOKEN:
            try:
                return datetime.strptime(text, form).date()
            except ValueError:
                continue
        return None
