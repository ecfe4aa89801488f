"""The journal as a trail to look through: newest first, read where somebody looks."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from horizon.framework.schema import Framework
from horizon.model.envelope import Commit, Event
from horizon.register.ledger import Ledger
from horizon.register.tellers import kind_in_words
from horizon.register.telling import tell
from horizon.register.views import HistoryEntry
from horizon.store.interface import Store


@dataclass(frozen=True, slots=True)
class Names:
    """What to call things, as they stand now: enough to tell an event in another thread.

    `labels` are of technologies, `titles` their labels and names.
    """

    framework: Framework
    people: Mapping[str, str]
    labels: Mapping[str, str]
    titles: Mapping[str, str]

    @classmethod
    def of(cls, register: Ledger) -> Names:
        """The names in an open register."""
        headers = register.state.technologies.headers()
        return cls(
            register.framework,
            {each.id: each.name for each in register.state.people.values()},
            {each.id: each.label for each in headers},
            {each.id: f"{each.label} {each.name}" for each in headers},
        )

    def name(self, person: str) -> str:
        return self.people.get(person, person)

    def label(self, technology_id: str) -> str:
        return self.labels.get(technology_id, technology_id)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which events to show. Empty fields ask for nothing; `text` asks for every word of it."""

    person: str = ""
    kind: str = ""
    subject: str = ""
    text: str = ""

    @property
    def is_empty(self) -> bool:
        return self == Filter()


class Trail:
    """Every event of a journal by what it is about, newest first. A hundred thousand of them take
    about two megabytes: what they say is read when it is asked for."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.generation = store.generation
        self._places = array("Q")
        self._lines = array("I")
        self._commits = array("I")
        self._positions = array("I")
        self._seqs = array("I")
        self._by, self._kind, self._subject = array("I"), array("I"), array("I")
        self._codes: dict[str, int] = {}
        self._commit_at = lru_cache(maxsize=512)(store.commit_at)

    def __len__(self) -> int:
        return len(self._seqs)

    @property
    def lines(self) -> int:
        """How many lines of the journal are known."""
        return len(self._places)

    def read(self, stop: Callable[[], bool] = lambda: False) -> Iterator[int]:
        """Read what every event is about; gives how many are known so far, now and then."""
        for count, outline in enumerate(self._store.outline()):
            commit = len(self._places)
            self._places.append(outline.place)
            self._lines.append(outline.line)
            for position in range(len(outline.events) - 1, -1, -1):
                event = outline.events[position]
                self._commits.append(commit)
                self._positions.append(position)
                self._seqs.append(event.seq)
                self._by.append(self._code(event.by))
                self._kind.append(self._code(event.kind))
                self._subject.append(self._code(event.subject))
            if count % 500 == 499:
                if stop():
                    return
                yield len(self)
        yield len(self)

    def _code(self, word: str) -> int:
        return self._codes.setdefault(word, len(self._codes))

    def position(self, seq: int) -> int:
        """Where an event stands, counted from the newest, or where it would."""
        return bisect_left(self._seqs, -seq, key=lambda each: -each)

    def event(self, at: int) -> tuple[Commit, Event] | None:
        """An event with its commit, or `None` when the journal was rewritten since."""
        commit = self._commit_at(self._places[self._commits[at]])
        position = self._positions[at]
        if commit is None or position >= len(commit.events):
            return None
        event = commit.events[position]
        return (commit, event) if event.seq == self._seqs[at] else None

    def entry(self, at: int, names: Names) -> HistoryEntry | None:
        """An event in words."""
        found = self.event(at)
        if found is None:
            return None
        event = found[1]
        return HistoryEntry(
            seq=event.seq,
            line=self._lines[self._commits[at]],
            at=event.at,
            by=names.name(event.by),
            words=tell(event, names),
            kind=event.kind,
            subject=event.subject,
            erased=event.is_erased,
        )

    def about(self, at: int) -> Filter:
        """Who, what and which technology an event is about, each as a filter asks for it."""
        found = self.event(at)
        if found is None:
            return Filter()
        return Filter(found[1].by, found[1].kind, found[1].subject)

    def matching(
        self, wanted: Filter, names: Names, stop: Callable[[], bool] = lambda: False
    ) -> Iterator[list[int]]:
        """The places of the events that fit, newest first, in batches as they are found.

        Text is looked for in what an event says, who did it, and what it is about, upper and
        lower case alike. Gives up when told to `stop`.
        """
        words = wanted.text.casefold().split()
        asked = [
            (codes, self._codes.get(value, -1))
            for codes, value in (
                (self._by, wanted.person),
                (self._kind, wanted.kind),
                (self._subject, wanted.subject),
            )
            if value
        ]
        batch: list[int] = []
        for at in range(len(self)):
            if at % 256 == 255:
                if stop():
                    return
                if batch:
                    yield batch
                    batch = []
            if any(codes[at] != code for codes, code in asked):
                continue
            if words and not self._says(at, words, names):
                continue
            batch.append(at)
        yield batch

    def _says(self, at: int, words: Sequence[str], names: Names) -> bool:
        entry = self.entry(at, names)
        if entry is None:
            return False
        about = names.titles.get(entry.subject, "")
        kind = kind_in_words(entry.kind)
        text = f"{entry.words} {entry.by} {about} {kind} {entry.kind}".casefold()
        return all(word in text for word in words)
