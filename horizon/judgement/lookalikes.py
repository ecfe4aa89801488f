"""What in a typed text looks as if it were about a person or a case: for somebody to look at.

A mark is a question, not a finding: what looks like a name may be a place, and a name that nobody
here knows may not be marked. So nothing is released without being read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from unicodedata import normalize


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text, from `start` to before `end`, and what it looks like."""

    start: int
    end: int
    what: str


_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w/])(?:\+44\s?|\(?0)(?:[\d][\s()-]?){8,10}\d(?!\w)")
_POSTCODE = re.compile(r"\b(?:GIR\s?0AA|[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2})\b")
_STREET = re.compile(
    r"\b\d{1,4}[A-Za-z]?,?\s+(?:[A-Z][\w']+\s+){1,3}"
    r"(?:Street|St|Road|Rd|Lane|Ln|Avenue|Ave|Drive|Close|Court|Way|Place|Square|Gardens|Terrace|"
    r"Crescent|Hill|Row|Walk|Yard|Mews)\b"
)
_CASES = (
    re.compile(r"\b(?:case|crime|custody|incident|reference|ref|exhibit)\s*(?:no\.?|number|ref)?"
               r"[\s:#]*[A-Z]*\d[\w/-]{2,}", re.IGNORECASE),
    re.compile(r"\b(?:NFRC|NFIB|CAD|URN|CRN|CRIS|FIB|OIC|PNC|LL)[\s:/-]?[A-Z\d][\dA-Z/-]{3,}\b"),
    re.compile(
        r"(?<![\w-])(?!\d{4}-\d\d-\d\d\b)(?:[A-Z]{1,4}[/-])?\d{2,8}[/-]\d{2,8}(?:[/-]\d{2,4})?\b"
    ),
)  # fmt: skip
_NATIONAL_INSURANCE = re.compile(r"\b[A-CEGHJ-PR-TW-Z]{2}\s?(?:\d{2}\s?){3}[A-D]\b")
_VEHICLE = re.compile(r"\b[A-Z]{2}\d{2}\s?[A-Z]{3}\b")
_BIRTH = re.compile(r"\b(?:dob|d\.o\.b\.|born)\b[\s:]*[\w/ .-]{4,20}", re.IGNORECASE)
_WORD = r"[A-Z\u00c0-\u00de][\w\u00c0-\u024f'\u2019-]+"
_RANKED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Lord|Lady|PC|DC|PS|DS|Sgt|Sergeant|DI|DCI|"
    r"DSU|Insp|Inspector|Supt|Superintendent|Cllr|Councillor|Alderman|Judge|Justice)\.?\s+"
    rf"(?:{_WORD})(?:[ \t]+{_WORD}){{0,2}}"
)
_NAMED = re.compile(
    rf"\b{_WORD}(?:[ \t]+(?:[A-Z]\.|de|van|von|bin|al|O'|{_WORD})){{0,2}}[ \t]+{_WORD}"
)
_INITIAL = re.compile(rf"\b(?:[A-Z]\.[ \t]?){{1,3}}{_WORD}")


def marks(
    text: str, *, known: Iterable[str] = (), vocabulary: Collection[str] = frozenset()
) -> tuple[Mark, ...]:
    """The stretches of `text` that look like a person, an address or a case, in their order.

    `known` are the names and e-mail addresses of people whom the register knows; `vocabulary`
    holds words in lower case that are ordinary here, so that `Strategic Change Board` is not taken
    for a name.
    """
    people = tuple(known)
    found = [
        *_known(text, people),
        *_patterns(text),
        *_names(text, vocabulary),
        *_parts(text, people, vocabulary),
    ]
    kept: list[Mark] = []
    for mark in found:  # the surest come first
        if all(mark.end <= each.start or mark.start >= each.end for each in kept):
            kept.append(mark)
    return tuple(sorted(kept, key=lambda each: each.start))


def whole_word(phrase: str) -> re.Pattern[str]:
    """`phrase` wherever it stands by itself, in any case and with any white space between its
    words."""
    words = r"\s+".join(re.escape(each) for each in phrase.split())
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)


def any_of(names: Iterable[str], vocabulary: Collection[str]) -> re.Pattern[str] | None:
    """Any of these names and addresses, wherever it stands by itself; `None` without any.

    Upper and lower case are alike, but for a name of one word that is an ordinary word here: that
    is a name only as it is spelt.
    """
    found = []
    spoken = {" ".join(normalize("NFC", each).split()) for each in names}
    for name in sorted(spoken, key=lambda each: (-len(each), each)):
        if name:
            words = r"\s+".join(re.escape(each) for each in name.split(" "))
            found.append(words if name.casefold() in vocabulary else f"(?i:{words})")
    return re.compile(rf"(?<!\w)(?:{'|'.join(found)})(?!\w)") if found else None


_SOMEBODY = "name of somebody in the register"


def _known(text: str, known: Iterable[str]) -> Iterator[Mark]:
    for name in known:
        if name.strip():
            for found in whole_word(name).finditer(text):
                what = "e-mail address" if "@" in name else _SOMEBODY
                yield Mark(found.start(), found.end(), what)


def _parts(text: str, known: Iterable[str], vocabulary: Collection[str]) -> Iterator[Mark]:
    for name in known:
        for part in name.split():
            if len(part) > 2 and part.casefold() not in vocabulary:
                for found in whole_word(part).finditer(text):
                    yield Mark(found.start(), found.end(), f"part of the {_SOMEBODY}")


def _patterns(text: str) -> Iterator[Mark]:
    for pattern, what in (
        (_EMAIL, "e-mail address"),
        (_PHONE, "phone number"),
        (_NATIONAL_INSURANCE, "National Insurance number"),
        (_POSTCODE, "postcode"),
        (_STREET, "address"),
        (_VEHICLE, "vehicle registration"),
        (_BIRTH, "date of birth"),
        *((each, "case number") for each in _CASES),
        (_RANKED, "name"),
    ):
        for found in pattern.finditer(text):
            yield Mark(found.start(), found.end(), what)


def _names(text: str, vocabulary: Collection[str]) -> Iterator[Mark]:
    """Words in capitals next to each other, unless every one of them is an ordinary word here."""
    for pattern in (_NAMED, _INITIAL):
        for found in pattern.finditer(text):
            words = [each.casefold().strip("'\u2019.") for each in found[0].split()]
            if not all(word in vocabulary for word in words):
                yield Mark(found.start(), found.end(), "name")


def left_out(text: str, found: Iterable[Mark], instead: str = "[left out]") -> str:
    """`text` with every marked stretch replaced."""
    parts, at = [], 0
    for mark in found:
        parts += [text[at : mark.start], instead]
        at = mark.end
    return "".join([*parts, text[at:]])
