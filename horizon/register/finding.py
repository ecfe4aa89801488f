"""Search over an open register: words by the index, filters by what is judged today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import msgspec

from horizon.framework.route import Route
from horizon.judgement.standing import Standing, standing
from horizon.judgement.tiers import read_tier
from horizon.model.facts import Fact, FactValue
from horizon.model.headers import TechnologyHeader
from horizon.model.words import Tier
from horizon.register.ledger import Ledger
from horizon.register.querying import Filter, Fits, fitting, parse
from horizon.register.reader import FINDER, Reader
from horizon.register.searching import SearchIndex, marks, words_of


class _Facts(msgspec.Struct, frozen=True):
    facts: dict[Fact, FactValue] = {}


@dataclass(frozen=True, slots=True)
class Found:
    """What fits, best first. `more` says that the search ended when it had enough; `words` are
    those that were looked for, without the filters."""

    headers: Sequence[TechnologyHeader]
    words: tuple[str, ...]
    more: bool = False

    def marks(self, text: str) -> list[tuple[int, int]]:
        """Where in a text the letters stand that made it fit."""
        return marks(self.words, text)


class Finder:
    """The technologies of a register prepared for search, as the register stands now. `me` is the
    id of whoever is searching, or empty."""

    def __init__(self, register: Reader, me: str) -> None:
        self._register, self.me = register, me
        self._headers = register.state.technologies.headers()
        self._index = SearchIndex(self._headers)
        self._tiers: dict[str, Tier] = {}
        self._allowed: tuple[tuple[Filter, ...], frozenset[int]] | None = None

    def is_quick(self, text: str) -> bool:
        """Whether a search needs no look at every technology. Raises `BadInput`."""
        filters = parse(text).filters
        return not filters or (self._allowed is not None and self._allowed[0] == filters)

    def find(self, text: str, limit: int | None = None) -> Found:
        """What fits the words and filters in `text`. Raises `BadInput` for a filter that cannot
        be understood."""
        query = parse(text)
        words = tuple(words_of(query.words))
        if not query.filters:
            found = self._index.search(query.words, limit)
            full = limit is not None and len(found) >= limit and len(self._headers) > limit
            return Found([self._headers[at] for at in found], words, more=full)
        allowed = self._fitting(query.filters, fitting(query, self))
        found = self._index.search(query.words, limit, allowed)
        full = limit is not None and len(found) >= limit and len(allowed) > limit
        return Found([self._headers[at] for at in found], words, more=full)

    def _fitting(self, filters: tuple[Filter, ...], fits: Fits) -> frozenset[int]:
        """Where the technologies stand that fit filters, kept while these stay the same."""
        if self._allowed is None or self._allowed[0] != filters:
            places = (at for at, header in enumerate(self._headers) if fits(header))
            self._allowed = (filters, frozenset(places))
        return self._allowed[1]

    # What filters ask for

    @property
    def today(self) -> date:
        return self._register.today

    @property
    def route(self) -> Route:
        return self._register.framework.route

    def person(self, person_id: str) -> str:
        return self._register.name(person_id)

    def standing(self, header: TechnologyHeader) -> Standing:
        return standing(self._register.framework, header, self.today)

    def tier(self, technology_id: str) -> Tier:
        """The tier that a technology's facts ask for, read once."""
        if technology_id not in self._tiers:
            facts = self._register.state.technologies.part(technology_id, _Facts).facts
            self._tiers[technology_id] = read_tier(self._register.framework, facts).tier
        return self._tiers[technology_id]


def finder(register: Reader, me: str) -> Finder:
    """The register prepared for a search by `me`, kept as long as nothing changes."""
    return register.kept(FINDER, lambda: Finder(register, me))


def find(register: Ledger, text: str, limit: int | None = None) -> Found:
    """What fits the words and filters in `text`, best first. Raises `BadInput`."""
    return find_by(register, register.person_id, text, limit)


def find_by(register: Reader, me: str, text: str, limit: int | None = None) -> Found:
    """The same for the person with the id `me`."""
    if not text.strip():
        return Found(register.state.technologies.headers()[:limit], ())
    return finder(register, me).find(text, limit)
