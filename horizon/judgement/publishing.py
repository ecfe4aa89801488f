"""A record as a public edition may show it: what is typed, who is named, what is withheld.

Nothing here knows a paper or a format. A record goes in and comes out with every field that the
rules (`criteria/publication.toml`) do not let through replaced, so that whatever is made of it
later cannot say what it does not hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from horizon.framework.publication import FieldRule, Publication
from horizon.model.assessment import Evidence, Round
from horizon.model.base import Model, digest
from horizon.model.decision import Condition, Decision, Override
from horizon.model.leaving_out import NOTHING, LeftOut, left_out, left_out_of_items, part_of
from horizon.model.meeting import AgendaItem, Meeting
from horizon.model.record import Redaction
from horizon.model.release import Release
from horizon.model.state import State
from horizon.model.technology import Reopening, Technology

Record = TypeVar("Record", bound=Model)


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a technology something stands: for programs (`decisions/AISG/2026/001/reasons`)
    and in words (`decision AISG/2026/001, reasons`)."""

    key: str = ""
    words: str = ""

    def at(self, step: str, said: str = "") -> Place:
        """A place within this one."""
        said = said or step.replace("_", " ")
        key = f"{self.key}/{step}" if self.key else step
        return Place(key, f"{self.words}, {said}" if self.words and said != " " else said)


class Treatment(Protocol):
    """What to put in the place of a value."""

    def typed(self, place: Place, text: str) -> str:
        """For text that people typed and that may be released."""
        ...

    def shown(self, place: Place, text: str) -> str:
        """For text that may be shown: ids, names of stages, numbers of decisions."""
        ...

    def brief(self, place: Place, text: str) -> str:
        """For a few typed words that need no release: what a person or a register is called."""
        ...

    def person(self, place: Place, person: str, ground: str) -> str:
        """For the id of a person."""
        ...

    def withheld(self, place: Place, text: str, ground: str) -> str:
        """For text that is withheld."""
        ...


def treated(record: Record, rules: Publication, treatment: Treatment, place: Place) -> Record:
    """`record` with every field treated as its rule says."""
    kind, changes = type(record).__name__, {}
    for name, field in type(record).model_fields.items():
        value, within = getattr(record, name), place.at(name)
        if value is None or value == () or value == {} or value == "":
            continue
        rule = rules.rule(kind, name)
        if rule.marking == "personal":
            changes[name] = _people(value, rule.ground, rules, treatment, within)
        elif rule.marking == "OFFICIAL" or rule.judged:
            changes[name] = _within(value, rules, treatment, within, rule)
        elif field.default is None:
            changes[name] = None
        else:
            changes[name] = _emptied(value, rule.ground, treatment, within)
    return record.model_copy(update=changes)


def _within(
    value: Any, rules: Publication, treatment: Treatment, place: Place, rule: FieldRule
) -> Any:
    match value:
        case Redaction() if part_of(value.part) is not None:
            return value  # words of the record's own, which nobody typed
        case Model():
            return treated(value, rules, treatment, place)
        case tuple():
            return tuple(
                _within(each, rules, treatment, _element(place, each, at), rule)
                for at, each in enumerate(value, 1)
            )
        case dict():
            return {
                key: _within(each, rules, treatment, place.at(str(key)), rule)
                for key, each in value.items()
            }
        case str() if type(value) is str:  # not a word of a closed list
            if rule.free:
                return treatment.typed(place, value)
            return treatment.brief(place, value) if rule.brief else treatment.shown(place, value)
        case _:
            return value


def _people(value: Any, ground: str, rules: Publication, treatment: Treatment, place: Place) -> Any:
    match value:
        case str():
            return treatment.person(place, value, ground)
        case tuple():
            return tuple(treatment.person(place, each, ground) for each in value)
        case dict():
            return {
                treatment.person(place, person, ground): treated(each, rules, treatment, place)
                for person, each in value.items()
            }
        case _:
            return value


def _emptied(value: Any, ground: str, treatment: Treatment, place: Place) -> Any:
    match value:
        case str():
            return treatment.withheld(place, value, ground)
        case tuple():
            return ()
        case dict():
            return {}
        case _:
            return None


def _element(place: Place, element: Any, at: int) -> Place:
    """A place in a list, by what the element is called where it is called something."""
    match element:
        case Decision():
            return Place(f"{place.key}/{element.number}", f"decision {element.number}")
        case Condition():
            before = place.words.rpartition(", ")[0]
            return Place(f"{place.key}/{element.number}", f"{before}, condition {element.number}")
        case Evidence():
            return Place(f"{place.key}/{element.id}", f"evidence {element.id}")
        case Round():
            return Place(f"{place.key}/{element.number}", f"round {element.number}")
        case Reopening():
            return Place(f"{place.key}/{element.number}", f"reopening {element.number}")
        case AgendaItem():
            return Place(f"{place.key}/{element.number}", f"item {element.number}")
        case Override():
            return Place(f"{place.key}/{element.item}", f"{place.words}, {element.item}")
        case _:
            one = place.words.removesuffix("s") if isinstance(element, Model) else place.words
            return Place(f"{place.key}/{at}", f"{one} {at}")


class Releases:
    """The releases that count for the texts of one record.

    A release counts at its place, and wherever else the very same text stands: in what was frozen
    into a decision, among its papers, on an agenda. `others` are the releases of other records
    that share texts with this one. Where the same text was released in several ways, the way that
    shows least counts.
    """

    def __init__(
        self, own: Mapping[str, Release], others: Iterable[Mapping[str, Release]] = ()
    ) -> None:
        self._own = own
        self._of_text: dict[str, Release] = {}
        for each in (release for held in (own, *others) for release in held.values()):
            found = self._of_text.get(each.original)
            if found is None or len(each.text) < len(found.text):
                self._of_text[each.original] = each

    def of(self, place: Place, text: str) -> Release | None:
        """The release of a text at a place, unless the text has changed since."""
        original = digest(text)
        found = self._own.get(place.key)
        if found is not None and found.original == original:
            return found
        return self._of_text.get(original)


@dataclass(frozen=True, slots=True)
class FreeText:
    """A typed text that a public edition may show once it is released. `release` is the newest
    release of this very text, if there is one."""

    place: Place
    text: str
    release: Release | None

    @property
    def original(self) -> str:
        """The digest by which a release names the text."""
        return digest(self.text)


class _Collecting:
    """Notes every typed text that was not left out, and changes nothing."""

    def __init__(self, left_out: LeftOut) -> None:
        self._left_out = left_out
        self.found: list[tuple[Place, str]] = []

    def typed(self, place: Place, text: str) -> str:
        if not self._left_out.ground(place.key):
            self.found.append((place, text))
        return text

    def shown(self, place: Place, text: str) -> str:
        return text

    def brief(self, place: Place, text: str) -> str:
        return text

    def person(self, place: Place, person: str, ground: str) -> str:
        return person

    def withheld(self, place: Place, text: str, ground: str) -> str:
        return text


def free_texts(
    record: Technology | Meeting,
    rules: Publication,
    *,
    gone: LeftOut = NOTHING,
    others: Iterable[Mapping[str, Release]] = (),
) -> Iterator[FreeText]:
    """The typed texts of a technology or a meeting that a public edition may show, in the order of
    the record, each with its release if it has one.

    What a body left out (`gone`) needs none, and is not among them. `others` are as in `Releases`.
    """
    collecting = _Collecting(gone)
    treated(record, rules, collecting, Place())
    releases = Releases(record.released, others)
    for place, text in collecting.found:
        yield FreeText(place, text, releases.of(place, text))


def around(
    record: Technology | Meeting, technologies: Mapping[str, Technology]
) -> tuple[LeftOut, tuple[Mapping[str, Release], ...]]:
    """What says how a record's texts may be published beside its own releases: what bodies left
    out, and the releases of the technologies that a meeting was about."""
    if isinstance(record, Technology):
        return left_out(record), ()
    ids = dict.fromkeys(each.technology for each in record.items)
    return left_out_of_items(record, technologies), tuple(
        technologies[each].released for each in ids if each and each in technologies
    )


def texts_of(state: State, record: Technology | Meeting, rules: Publication) -> Iterator[FreeText]:
    """The typed texts of a record that a public edition may show and that need a release: not what
    bodies left out, and not the framework's own words."""
    ours = framework_texts(state)
    gone, others = around(record, state.technologies)
    found = free_texts(record, rules, gone=gone, others=others)
    return (each for each in found if each.text not in ours)


def framework_texts(state: State) -> frozenset[str]:
    """Every text of the frameworks that the register has used. Nobody typed it here."""
    return frozenset(texts_in([each.content for each in state.frameworks.values()]))


def texts_in(value: Any) -> Iterator[str]:
    """Every text in lists and dictionaries, keys too."""
    match value:
        case str():
            yield value
        case Mapping():
            for key, each in value.items():
                yield from texts_in(key)
                yield from texts_in(each)
        case list() | tuple():
            for each in value:
                yield from texts_in(each)
