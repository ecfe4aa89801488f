"""The register as a public edition may show it, and what it then does not show.

The state itself is made public, not the paper: what stands in for a withheld text, or for a
person, is a mark that no builder of papers can see through. Only at the end, when a paper or a
table is whole, is each mark put into words, and noted for the non-public part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any
from unicodedata import normalize

from horizon.framework.publication import SUMMARISED, UNREAD, Publication
from horizon.judgement.committee import Sitting
from horizon.judgement.lookalikes import any_of
from horizon.judgement.publishing import (
    Place,
    Releases,
    around,
    framework_texts,
    texts_in,
    treated,
)
from horizon.model.errors import RuleBroken
from horizon.model.leaving_out import NOTHING, LeftOut
from horizon.model.meeting import Meeting
from horizon.model.people import Person
from horizon.model.state import State
from horizon.model.technology import Technology
from horizon.model.wording import count
from horizon.model.words import Edition
from horizon.papers.marking import is_sensitive
from horizon.register.reader import Still

_MARK = re.compile("⟦([0-9]+)⟧")
NAME_WITHHELD = "[Name withheld]"
SHOWN = 12
"""Texts that a refusal names one by one."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """Something that a public edition does not show.

    `sort` is `text` (withheld on `ground`), `person` (shown as `instead`) or `unreleased` (nobody
    has read it for release yet). `original` is what stands in the register. `instead` is also the
    summary that a body wrote in place of its reasons.
    """

    sort: str
    label: str
    place: Place
    ground: str
    original: str
    instead: str = ""


class NotReleased(RuleBroken):
    """A public edition would show texts that nobody has read. `texts` are the labels of the
    technologies they stand in, each with the place there."""

    def __init__(
        self, rule: str, *, texts: Sequence[tuple[str, str]], missing: Sequence[str]
    ) -> None:
        self.texts = tuple(texts)
        who = f"Read them with: horizon papers release {' '.join(self.labels)}."
        super().__init__(rule, missing=missing, who=who)

    @property
    def labels(self) -> tuple[str, ...]:
        """The technologies that the texts stand in, by label."""
        return tuple(dict.fromkeys(label for label, _ in self.texts))


class Public(Still):
    """A register made public: a `Still` whose every text may be shown, or is a mark.

    `left_out` are the technologies that are marked too high to be shown at all. With
    `keep_back_unread`, texts that nobody released are withheld; else they are refused in the end.
    """

    edition = Edition.PUBLIC

    def __init__(self, whole: Still, rules: Publication, *, keep_back_unread: bool = False) -> None:
        self.original, self.rules = whole, rules
        self.left_out = tuple(filter(is_sensitive, whole.state.technologies.values()))
        self._making = _Making(whole.state, rules, keep_back_unread)
        super().__init__(self._making.state(), whole.today)

    def of(self, technologies: Iterable[Technology]) -> tuple[Technology, ...]:
        """The public records of those technologies that may be shown."""
        return tuple(
            self.state.technologies[each.id]
            for each in technologies
            if each.id in self.state.technologies
        )

    def sitting(self, ref: str, item: int) -> Sitting:
        """As the whole register counts it: ties to suppliers are not public. Who still has to say
        what they do about an interest is not told."""
        room = self.original.sitting(ref, item).room
        shown = {each: self._making.people[each].id for each in room.quorum.counted}
        counted = tuple(shown[each] for each in room.quorum.counted)
        quorum = room.quorum.model_copy(update={"counted": counted})
        chair = shown.get(room.chair) if room.chair else None
        meeting = self.meeting(ref)
        return Sitting(
            room.model_copy(
                update={
                    "chair": chair,
                    "attendance": meeting.attendance,
                    "interests": (),
                    "quorum": quorum,
                }
            )
        )

    def revealed(self, value: Any, *, numbered: bool = True) -> tuple[Any, tuple[Withheld, ...]]:
        """`value` (text, or lists and dictionaries of it) with every mark put into words, and what
        the marks stood for, in the order in which they appear.

        Raises `NotReleased` when there is a text among them that nobody has released, and
        `RuleBroken` when the name of somebody the register knows got in on another way.
        """
        telling = _Telling(self._making.marks, self.rules, numbered=numbered)
        said = telling.put(value)
        waiting = [each for each in telling.found if each.sort == "unreleased"]
        if waiting:
            raise _not_released(waiting)
        self.look_again(said)
        return said, tuple(telling.found)

    def look_again(self, value: Any) -> None:
        """The last look: no name or e-mail address of anybody, wherever it came from. Raises
        `RuleBroken` for one."""
        names = self._making.names
        for text in texts_in(value):
            if names is not None and (found := names.search(normalize("NFC", text))):
                raise RuleBroken(
                    "A public edition names nobody whom the register knows, and this one would: "
                    f"{found[0]}",
                    who="Write a role in its place, such as the office of the author.",
                )


def holds_a_mark(text: str) -> bool:
    """Whether `text` of a public state stands, all or in part, for what it may not show."""
    return bool(_MARK.search(text))


def words_of(value: Any) -> frozenset[str]:
    """Every word in `value`, in lower case."""
    return frozenset(
        word.casefold() for text in texts_in(value) for word in re.findall(r"[\w'-]+", text)
    )


@dataclass
class _Making:
    """Makes the public state, and keeps what each mark stands for."""

    whole: State
    rules: Publication
    keep_back_unread: bool
    marks: list[Withheld] = field(default_factory=list)
    people: dict[str, Person] = field(default_factory=dict)
    _known: dict[tuple[str, ...], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        known = [each for each in self.whole.people.values() if not each.erased]
        self.ours = framework_texts(self.whole)
        ordinary = words_of(list(self.ours))
        self.names = any_of((t for each in known for t in (each.name, each.email)), ordinary)

    def state(self) -> State:
        """The public state."""
        made = State()
        head = _Treating(self, "")
        made.head = treated(self.whole.head, self.rules, head, Place())
        made.frameworks = {
            key: treated(each, self.rules, head, Place())
            for key, each in self.whole.frameworks.items()
        }
        for key, technology in self.whole.technologies.items():
            if not is_sensitive(technology):
                made.technologies[key] = self._technology(technology)
        for key, shown in list(made.technologies.items()):
            made.technologies[key] = shown.model_copy(update=_links(shown, made))
        for key, meeting in self.whole.meetings.items():
            made.meetings[key] = self._meeting(meeting, made)
        made.people = {each.id: each for each in self.people.values()}
        return made

    def _technology(self, technology: Technology) -> Technology:
        gone, _ = around(technology, self.whole.technologies)
        treating = _Treating(
            self,
            technology.label,
            Releases(technology.released),
            gone,
            {
                f"decisions/{each.number}/reasons": each.summary
                for each in technology.decisions
                if each.summary
            },
        )
        shown = treated(technology, self.rules, treating, Place())
        decisions = tuple(
            each.model_copy(update={"votes": None})
            if gone.ground(f"decisions/{each.number}/votes")
            else each
            for each in shown.decisions
        )
        return shown.model_copy(update={"decisions": decisions})

    def _meeting(self, meeting: Meeting, made: State) -> Meeting:
        """A meeting without its items on technologies that are not shown at all."""
        shown_at_all = made.technologies
        items = tuple(e for e in meeting.items if not e.technology or e.technology in shown_at_all)
        gone, others = around(meeting, self.whole.technologies)
        treating = _Treating(self, meeting.ref, Releases(meeting.released, others), gone)
        shown = meeting.model_copy(update={"items": items})
        return treated(shown, self.rules, treating, Place())

    def mark(self, withheld: Withheld) -> str:
        """The mark that stands for something: the same one for the same text of the same field, so
        that records which held the same still do."""
        field_ = withheld.place.key.rpartition("/")[2]
        held = (withheld.ground, withheld.original, withheld.instead)
        key = (withheld.sort, withheld.label, field_, *held)
        if key not in self._known:
            self.marks.append(withheld)
            self._known[key] = f"⟦{len(self.marks) - 1}⟧"
        return self._known[key]

    def clean(self, text: str) -> str:
        """`text` without anybody's name or e-mail address, and without marks of its own."""
        text = normalize("NFC", text).replace("⟦", "[").replace("⟧", "]")
        return self.names.sub(NAME_WITHHELD, text) if self.names else text

    def person(self, person_id: str, label: str, place: Place, ground: str) -> str:
        """A stand-in for a person, the same each time: it has the role, and no name."""
        if person_id not in self.people:
            known = self.whole.people.get(person_id)
            role = self.clean(known.role) if known else ""
            name = known.name if known else person_id
            instead = role or NAME_WITHHELD
            shown = self.mark(Withheld("person", label, place, ground, name, instead))
            stand_in = f"p-{len(self.people) + 1:016x}"
            self.people[person_id] = Person(id=stand_in, name=shown, role=role)
        return self.people[person_id].id


def _links(technology: Technology, made: State) -> dict[str, Any]:
    """What a technology says of others, without those that are not shown at all."""
    one = {name: getattr(technology, name) for name in ("superseded_by", "merged_into")}
    many = {name: getattr(technology, name) for name in ("merged", "different_from")}
    return {name: other if other in made.technologies else None for name, other in one.items()} | {
        name: tuple(each for each in others if each in made.technologies)
        for name, others in many.items()
    }


@dataclass
class _Treating:
    """How the values of one technology or meeting, or of the register itself, are treated.

    `summaries` are what bodies wrote to be published in place of a text, by its place.
    """

    making: _Making
    label: str
    releases: Releases = field(default_factory=lambda: Releases({}))
    left_out: LeftOut = NOTHING
    summaries: Mapping[str, str] = field(default_factory=dict)

    def typed(self, place: Place, text: str) -> str:
        making = self.making
        ground = self.left_out.ground(place.key)
        if not ground:
            if text in making.ours:
                return text
            found = self.releases.of(place, text)
            if found is not None and found.text:
                return making.clean(found.text)
            ground = found.ground if found is not None else ""
        instead = ""
        if place.key in self.summaries:
            summary = Place(f"{place.key.rpartition('/')[0]}/summary", _beside(place, "summary"))
            instead = self.typed(summary, self.summaries[place.key])
            ground = ground or SUMMARISED
        if ground:
            return making.mark(Withheld("text", self.label, place, ground, text, instead))
        sort, ground = ("text", UNREAD) if making.keep_back_unread else ("unreleased", "")
        return making.mark(Withheld(sort, self.label, place, ground, text))

    def shown(self, place: Place, text: str) -> str:
        return text

    def brief(self, place: Place, text: str) -> str:
        return self.making.clean(text)

    def person(self, place: Place, person: str, ground: str) -> str:
        if person not in self.making.whole.people:  # the program itself
            return person
        return self.making.person(person, self.label, place, ground)

    def withheld(self, place: Place, text: str, ground: str) -> str:
        return self.making.mark(Withheld("text", self.label, place, ground, text))


def _beside(place: Place, field_: str) -> str:
    """What a field is called that stands beside the one at a place."""
    return ", ".join(each for each in (place.words.rpartition(", ")[0], field_) if each)


class _Telling:
    """Puts marks into words, numbering what is withheld in the order in which it appears."""

    def __init__(self, marks: list[Withheld], rules: Publication, *, numbered: bool) -> None:
        self._marks, self._rules, self._numbered = marks, rules, numbered
        self._numbers: dict[int, int] = {}
        self.found: list[Withheld] = []
        self._seen: set[int] = set()

    def put(self, value: Any) -> Any:
        match value:
            case str():
                return _MARK.sub(self._words, value) if "⟦" in value else value
            case Mapping():
                return {
                    self.put(key): self._drawn(each) if key == "svg" else self.put(each)
                    for key, each in value.items()
                }
            case tuple():
                return tuple(self.put(each) for each in value)
            case list():
                return [self.put(each) for each in value]
            case _:
                return value

    def _drawn(self, svg: str) -> str:
        """A picture, in which words must not be taken for markup."""
        return _MARK.sub(lambda found: escape(self._words(found)), svg)

    def _words(self, found: re.Match[str]) -> str:
        at = int(found[1])
        mark = self._marks[at]
        if at not in self._seen:
            self._seen.add(at)
            self.found.append(mark)
        if mark.sort == "person":
            return mark.instead
        if mark.sort == "unreleased":
            return found[0]
        number = self._numbers.setdefault(at, len(self._numbers) + 1)
        ground = self._rules.ground(mark.ground).foi
        said = f"[Withheld {number}: {ground}]" if self._numbered else f"[Withheld: {ground}]"
        return f"{self.put(mark.instead)} {said}" if mark.instead else said


def _not_released(waiting: list[Withheld]) -> NotReleased:
    named = [f"{each.label} {each.place.words}" for each in waiting[:SHOWN]]
    if len(waiting) > SHOWN:
        named.append(f"{len(waiting) - SHOWN} more")
    texts = count(len(waiting), "text")
    return NotReleased(
        f"A public edition shows only texts that somebody has read and released, and {texts} "
        f"{'is' if len(waiting) == 1 else 'are'} not",
        texts=[(each.label, each.place.key) for each in waiting],
        missing=named,
    )
