"""A name taken apart for comparison: its other readings, its words, numbers and initials."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from horizon.register.aliases import Aliases, joined, split

_TIES = (
    "a an and as at by de der die das door een en for from het in into is met naar of on op or the "
    "to und van via voor with bij"
)
STOP = frozenset(_TIES.split())
"""Words that tie others together."""

_FORMS = (
    "ag bv co company corp corporation gmbh group holdings inc incorporated international limited "
    "llc llp ltd nv plc pty sa technologies"
)
LEGAL = frozenset(_FORMS.split())
"""Words of a company's name that say in what form it is one."""

SORTS = ("software", "platform", "systeem", "system", "tool", "toolkit", "service")
"""Endings that make a compound say what sort of thing it is (`anonimiseringssoftware`)."""

ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}

_VERSION = re.compile(r"\b(?:v|ver|version|versie|release|rel)\.?\s*(?=\d)", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
_DOTTED = re.compile(r"(?<![\w.])(\d+(?:\.\d+)+)(?![\w])")
_WITH_NUMBER = re.compile(r"([a-z]{4,})(\d{1,4})")
_LETTER = re.compile(r"(?<=\w\s)([A-H])(?![\w'’.])")
"""A letter that tells the members of a series apart, as in `Profile A` and `Profile B`."""

_SPACES = re.compile(r"[\s_/.,:]+")
_PARENS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_PARTS = re.compile(r"\s+[-–—|/]\s+|\s*[:;|]\s+|\s*[–—]\s*|\s+/\s*|\s*/\s+")
_OTHERWISE = re.compile(
    r",?\s*\b(?:also known as|a\.?k\.?a\.?|formerly(?: known as)?|previously(?: known as)?)\b:?\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a name. `whole` is false for a part of it.

    `words` are in order, without ties and numbers; `core` those of them that say which thing it
    is, `sort` those that say what sort of thing or whose. `numbers` are versions and members of a
    series. `key` is the core in one piece, `bare` the words without makers, `spelt` all that is
    written. `pieces` are the words
    as initials are taken from them, `capitals` the capital letters of the name. `within` is the
    core of the whole name that this is read from and `said` that name as it is written, `makers`
    are the makers it names.
    """

    text: str
    said: str
    whole: bool
    within: tuple[str, ...]
    makers: frozenset[str]
    words: tuple[str, ...]
    core: tuple[str, ...]
    sort: tuple[str, ...]
    numbers: tuple[str, ...]
    key: str
    bare: str
    full: str
    spelt: str
    pieces: tuple[str, ...]
    capitals: str
    initials: frozenset[str] = field(repr=False)

    @property
    def is_maker(self) -> bool:
        """Whether nothing but a maker says which thing it is (`Oracle Cloud`)."""
        return self.bare == "".join(self.sort)


@dataclass(frozen=True, slots=True)
class Naming:
    """All readings of a technology's name and aliases. `plain` says that nothing in the name says
    which of its sort it is."""

    readings: tuple[Reading, ...]
    plain: bool


def naming(names: Iterable[str], vendors: frozenset[str], table: Aliases) -> Naming:
    """The readings of a name and its aliases. `vendors` are words that name its makers."""
    found: dict[tuple[str, tuple[str, ...]], Reading] = {}
    plain = False
    for number, name in enumerate(names):
        within: tuple[str, ...] = ()
        for text, whole in _texts(name):
            made = reading(text, vendors, table, whole=whole, within=within, said=name)
            within = within or (made.core if made else ())
            if made is None or (text != name and _is_plain(made, table)):
                continue  # `Chatbot` alone is no other name of `Chatbot - planning law`
            if number == 0 and text == name:
                plain = _is_plain(made, table)
            held = found.get((made.full, made.numbers))
            if held is None or (made.whole and not held.whole):
                found[made.full, made.numbers] = made
    return Naming(tuple(found.values()), plain)


def _is_plain(made: Reading, table: Aliases) -> bool:
    return all(_is_sort(word, frozenset(), table) for word in made.words)


def _texts(name: str) -> Iterator[tuple[str, bool]]:
    """The name, what stands outside and inside its brackets, and its parts."""
    yield name, True
    outside = _PARENS.sub(" ", name)
    insides = _PARENS.findall(name)
    if insides:
        if split(outside):
            yield outside, True
        yield from _insides(outside, insides)
    for text in [outside] if insides else [name]:
        for each in _OTHERWISE.split(text) if _OTHERWISE.search(text) else ():
            if split(each):
                yield each, True
        parts = [each for each in _PARTS.split(text.strip()) if split(each)]
        if len(parts) > 1:
            yield from ((each, False) for each in parts)


def _insides(outside: str, insides: list[str]) -> Iterator[tuple[str, bool]]:
    """What stands in brackets, where it is another name of all that stands before it.

    Brackets may hold the short form of a part alone: `Profile X National Approach (NA)`.
    """
    words = [each for each in split(outside) if each not in STOP]
    letters = "".join(each[0] for each in words)
    for inside in insides:
        for text in _OTHERWISE.split(inside) if _OTHERWISE.search(inside) else [inside]:
            inner = split(text)
            short = "".join(inner)
            if len(short) < 2 or (short in letters and short != letters and len(short) <= 6):
                continue
            spells = "".join(each[0] for each in inner if each not in STOP) == joined(outside)
            yield text, len(inner) == 1 or spells


def reading(
    text: str,
    vendors: frozenset[str],
    table: Aliases,
    *,
    whole: bool = True,
    within: tuple[str, ...] = (),
    said: str = "",
) -> Reading | None:
    """A name read one way, or `None` when there is no word in it."""
    spelt, dotted = text, []
    if any(each.isdigit() for each in text):
        spelt = _VERSION.sub(" ", text)
        dotted = [_plain_number(each) for each in _DOTTED.findall(spelt)]
        spelt = _DOTTED.sub(" ", spelt)
    members = [each.casefold() for each in _LETTER.findall(spelt)]
    if members:
        spelt = _LETTER.sub(" ", spelt)
    raw = split(spelt)
    if not raw:
        return None
    pieces = [each for each in raw if each not in STOP]
    words: list[str] = []
    numbers: list[str] = [*dotted, *members]
    for at, word in enumerate(raw):
        if _NUMBER.fullmatch(word):
            numbers.append(word.lstrip("0") or "0")
        elif word in ROMAN and at:
            numbers.append(ROMAN[word])
        elif match := _WITH_NUMBER.fullmatch(word):
            words.append(match[1])
            numbers.append(match[2].lstrip("0") or "0")
        elif len(word) > 5 and word.endswith("js"):
            words += [word[:-2], "js"]
        else:
            words.append(word)
    words = list(table.rewritten(tuple(words)))
    numbers += [each for each in words if each.isdigit()]
    kept = tuple(each for each in words if each not in STOP and not each.isdigit())
    if not kept:
        kept = tuple(raw)
        numbers = []
    sorts = [_is_sort(word, vendors, table) for word in kept]
    if all(sorts):  # nothing but sorts and makers: `Splunk Enterprise` is Splunk's
        makers = [word in vendors or word in table.vendors for word in kept]
        sorts = [not each for each in makers] if any(makers) else [False] * len(kept)
    core = tuple(word for word, is_sort in zip(kept, sorts, strict=True) if not is_sort)
    sort = tuple(word for word, is_sort in zip(kept, sorts, strict=True) if is_sort)
    return Reading(
        text=" ".join(text.split()),
        said=" ".join((said or text).split()),
        whole=whole,
        within=within or core,
        makers=frozenset(joined(table.makers.get(e, e)) for e in kept if e in table.vendors),
        words=kept,
        core=core,
        sort=sort,
        numbers=tuple(sorted(numbers)),
        key="".join(core),
        bare="".join(e for e in kept if e not in vendors and e not in table.vendors),
        full="".join(kept),
        spelt="".join(raw),
        pieces=tuple(pieces),
        capitals="".join(each for each in text if each.isupper()).casefold(),
        initials=_initials(spelt, raw, frozenset(sort)),
    )


def _plain_number(text: str) -> str:
    """A number of a version without the zeros that say nothing: `2.0` is `2`."""
    return re.sub(r"(\.0+)+$", "", text)


def _is_sort(word: str, vendors: frozenset[str], table: Aliases) -> bool:
    if (
        word in vendors
        or word in table.vendors
        or word in LEGAL
        or {word, word.removesuffix("s")} & table.common
    ):
        return True
    return any(
        word.endswith(each)
        and len(word) > len(each) + 4
        and not word.startswith(("multi", "cross"))
        for each in SORTS
    )


def _initials(text: str, raw: tuple[str, ...], sort: frozenset[str]) -> frozenset[str]:
    """The short forms that a name of several words may go by: with and without ties, makers at
    its front and the sort of thing at its end, compounds as one word or as several."""
    if len(raw) < 2:
        return frozenset()
    found: set[str] = set()
    heads = raw
    if "-" in text:
        heads = tuple(parts[0] for each in _SPACES.split(text) if (parts := split(each)))
    for words in {raw, heads}:
        for some in {words, tuple(each for each in words if each not in STOP)}:
            for start in range(_front(some, sort) + 1):
                for end in range(_back(some, sort), len(some) + 1):
                    if end - start > 1:
                        kept = some[start:end]
                        found.add("".join([word[0] for word in kept]))
                        found.add("".join(map(_kept_whole, kept)))
    return frozenset(each for each in found if len(each) >= 3)


def _front(words: tuple[str, ...], sort: frozenset[str]) -> int:
    return next((at for at, word in enumerate(words) if word not in sort), 0)


def _back(words: tuple[str, ...], sort: frozenset[str]) -> int:
    return next((at for at in range(len(words), 0, -1) if words[at - 1] not in sort), len(words))


def _kept_whole(word: str) -> str:
    """Numbers and short forms stay whole in a short form: `AI Fairness 360` is AIF360."""
    return word if word.isdigit() or len(word) <= 2 else word[0]
