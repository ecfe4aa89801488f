"""What is behind the damage in a journal comes in again: its events as they were, and how things
stood by register.json."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from horizon.model.bringing import LineBrought
from horizon.model.brought_events import RecordSettled, RegisterRecovered
from horizon.model.envelope import Brought, Commit, Draft
from horizon.model.errors import NotUnderstood
from horizon.model.event_base import EventData
from horizon.model.events import (
    FrameworkAdopted,
    LegacyEntered,
    PersonNamed,
    TechnologyCarried,
    TechnologyProposed,
)
from horizon.model.fold import HORIZON, apply, take
from horizon.model.meeting_events import MeetingCarried
from horizon.model.state import State
from horizon.model.technology import Details
from horizon.model.wording import count, field_in_words, listed
from horizon.register.checking import people_at, people_of
from horizon.register.desk import Desk
from horizon.register.ledger import Ledger
from horizon.register.three_way import settled_by
from horizon.store.chain import compose
from horizon.store.salvaging import Salvaged
from horizon.store.snapshot import Saved

ENTERING = (TechnologyProposed.kind, LegacyEntered.kind)


@dataclass(frozen=True, slots=True)
class Missing:
    """What the chain of a damaged journal does not give: see `Salvaged`. `saved` is a register.json
    that goes further than the chain. `based` is the event up to which the new register has been
    taken over from register.json, so that what was before it comes for the record alone."""

    found: Salvaged
    saved: Saved | None
    based: int = 0

    @property
    def is_nothing(self) -> bool:
        return self.found.is_whole and self.saved is None

    @property
    def words(self) -> str:
        """What is lost, in a few words; empty where nothing is."""
        lost = []
        numbers = sorted(each.number for each in self.found.broken)
        if numbers:
            lost.append(f"line{'s' if len(numbers) > 1 else ''} {listed(list(map(str, numbers)))}")
        for first, last in self._gaps():
            one = first == last
            lost.append(f"event {first}" if one else f"events {first} to {last}")
        if self.found.emptied:
            seqs = listed([str(each) for each in self.found.emptied])
            lost.append(f"the data of event {seqs}")
        return "; ".join(lost)

    def _gaps(self) -> Iterator[tuple[int, int]]:
        yield from self.found.untold
        lines = (*self.found.chained, *self.found.behind)
        last = max((each.last for each in lines), default=0)
        if self.saved is not None and self.saved.seq > last:
            yield last + 1, self.saved.seq


def again(register: Ledger, missing: Missing, name: str) -> list[str]:
    """Write one line with all that is behind the damage. Gives what is to be said of it."""
    told: list[str] = []

    def write(desk: Desk) -> None:
        told.extend(_Again(desk, register, missing, name).draft())

    register._do(write)
    return told


class _Again:
    def __init__(self, desk: Desk, register: Ledger, missing: Missing, name: str) -> None:
        self.desk, self.missing, self.name = desk, missing, name
        self.lines = missing.found.behind
        self.revisions = Counter[str]()
        for _, commit in register.history():
            for event in commit.events:
                self.revisions[event.subject] = event.revision
        self.first = list(desk.drafts)
        self.stubs = self._stubs()

    def draft(self) -> Iterator[str]:
        labels = self._labels()
        based = self.missing.based
        known = [e.id for each in self.lines if each.last <= based for e in each.commit.events]
        aside: list[str] = []
        state = self._made(labels, known)
        for event in self._commit().events:
            if not self._takes(state, event):
                aside.append(event.id)
        aside = [*known, *(each for each in aside if each not in known)]
        made = self._made(labels, aside)
        apply(made, self._commit())
        self._settle(made)
        made = self._folded()
        for person in sorted(self._unnamed(made)):
            self._add(person, PersonNamed(name=f"Name lost ({person[-4:]})"))
        events = sum(len(each.commit.events) for each in self.lines)
        if events:
            yield (
                f"{count(events, 'event')} behind the damage came in again, with who and when and "
                f"under the same ids, in one line."
            )
        if self.stubs:
            entries = count(len(self.stubs), "technology", "technologies")
            yield f"Under a name in place of the one that is lost: {entries}."
        if resting := len(aside) - len(known):
            yield (
                f"{count(resting, 'event')} of them rest on what is lost, and are kept for the "
                "record alone."
            )
        yield from self.told

    def _takes(self, state: State, event: Any) -> bool:
        try:
            take(state, event)
        except NotUnderstood:
            return False
        return True

    def _add(self, subject: str, data: EventData, revision: int = 0) -> None:
        self.counted[subject] = max(self.counted[subject] + 1, revision)
        self.desk.drafts.append(Draft(subject=subject, revision=self.counted[subject], data=data))

    def _commit(self) -> Commit:
        head = self.desk.state.head
        return compose(
            self.desk.drafts, by=self.desk.by, at=self.desk.at, after=head.seq, prev=head.hash
        )[1]

    def _folded(self) -> State:
        state = self.desk.state.copy()
        apply(state, self._commit())
        return state

    def _made(self, labels: dict[str, str], aside: list[str] | tuple[str, ...]) -> State:
        """Draft the beginning of the line anew; gives the state before it."""
        self.told: list[str] = []
        self.counted = Counter(self.revisions)
        self.desk.drafts[:] = self.first
        for each in self.first:
            self.counted[each.subject] += 1
        self._add(
            self.desk.state.head.register_id,
            RegisterRecovered(
                origin=self.name,
                lines=tuple(
                    LineBrought(
                        prev=each.commit.prev,
                        hash=each.commit.hash,
                        events=tuple((e.id, e.seq, e.revision) for e in each.commit.events),
                    )
                    for each in self.lines
                ),
                labels=labels,
                set_aside=tuple(aside),
                lost=self.missing.words,
                emptied=self.missing.found.emptied,
            ),
        )
        for key, stub in self.stubs.items():
            self._add(key, stub)
        for line in self.lines:
            for event in line.commit.events:
                self.counted[event.subject] += 1
                self.desk.drafts.append(
                    Brought(revision=self.counted[event.subject], original=event)
                )
        return self.desk.state.copy()

    def _labels(self) -> dict[str, str]:
        """The labels of what was entered behind the damage: as register.json has them, else counted
        on, over those that were entered in broken lines."""
        known = self._snapshot()
        lost = sum(each.entries for each in self.missing.found.broken)
        last, labels = self.desk.state.head.labels + max(lost, len(self.stubs)), {}
        for line in self.lines:
            for event in line.commit.events:
                if event.kind not in ENTERING:
                    continue
                last += 1
                if known is not None and event.subject in known.technologies:
                    label = known.technologies.header(event.subject).label
                    last = max(last, int(label.rpartition("-")[2]))
                else:
                    label = f"T-{last:04d}"
                labels[event.subject] = label
        return labels

    def _stubs(self) -> dict[str, TechnologyProposed]:
        """Entries in place of those that are lost, so that what is known of them has its place."""
        if self.missing.saved is not None or self.missing.based:
            return {}
        held = set(self.desk.state.technologies)
        found: dict[str, TechnologyProposed] = {}
        for line in self.lines:
            for event in line.commit.events:
                if event.kind in ENTERING:
                    held.add(event.subject)
                elif event.subject.startswith("t-") and event.subject not in held:
                    held.add(event.subject)
                    found[event.subject] = TechnologyProposed(
                        details=Details(name=f"Name lost ({event.subject[-4:]})"),
                        stage=self.desk.framework.route.first_stage,
                        on=date.fromisoformat(event.at[:10]),
                    )
        return found

    def _snapshot(self) -> State | None:
        saved = self.missing.saved
        return State.from_tables(saved.tables) if saved is not None else None

    def _settle(self, made: State) -> None:
        """Have things stand as register.json has them, with what the lines after it say."""
        wanted, saved = self._snapshot(), self.missing.saved
        if wanted is None or saved is None:
            return
        for line in self.lines:
            if line.first > saved.seq:
                for event in line.commit.events:
                    self._takes(wanted, event)
        entries = 0
        for digest, copy in wanted.frameworks.items():
            if digest not in made.frameworks:
                self._add(digest, FrameworkAdopted(framework=copy.content, reason=copy.reason))
        for key, person in wanted.people.items():
            if key not in made.people and not person.erased:
                held = {field: getattr(person, field) for field in PersonNamed.model_fields}
                self._add(key, PersonNamed.model_validate(held))
                entries += 1
        for key in wanted.technologies:
            technology = wanted.technologies[key]
            if key in made.technologies:
                entries += self._differs(key, made.technologies[key], technology)
                continue
            revision = max(technology.revision, self.counted[key] + 1)
            whole = technology.model_copy(update={"revision": revision})
            self._add(key, TechnologyCarried(technology=whole), revision)
            self.told.append(f"Known only from register.json: {whole.label} {whole.name}.")
            entries += 1
        for key, meeting in wanted.meetings.items():
            if key in made.meetings:
                entries += self._differs(key, made.meetings[key], meeting)
                continue
            revision = max(meeting.revision, self.counted[key] + 1)
            held_meeting = meeting.model_copy(update={"revision": revision})
            self._add(key, MeetingCarried(meeting=held_meeting), revision)
            self.told.append(f"Known only from register.json: {meeting.ref}.")
            entries += 1
        if not entries:
            self.told.append("register.json knows nothing more than the journal.")

    def _differs(self, key: str, made: Any, wanted: Any) -> int:
        """Draft what a record holds by register.json and not by the journal."""
        now, then = made.model_dump(mode="json"), wanted.model_dump(mode="json")
        values, entries = settled_by(now, {**then, "erased": now["erased"]})
        if not values and not entries:
            return 0
        self._add(key, RecordSettled(origin=self.name, values=values, entries=entries))
        name = getattr(wanted, "label", "") or getattr(wanted, "ref", "")
        fields = ", ".join(map(field_in_words, (*values, *entries)))
        self.told.append(f"{name} stands as register.json has it in: {fields}.")
        return 1

    def _unnamed(self, made: State) -> set[str]:
        """People who did something, or are named, and whose own name is lost."""
        found = {event.by for line in self.lines for event in line.commit.events} - {HORIZON}
        for key in made.technologies:
            found |= people_of(made.technologies[key])
        for meeting in made.meetings.values():
            found |= people_at(meeting)
        return {each for each in found - made.people.keys() if each.startswith("p-")}
