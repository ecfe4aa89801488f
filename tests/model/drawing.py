"""Events of every kind around a register: they speak of what it holds, and of what it does not."""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import strategies as st

from horizon.framework.loading import shipped
from horizon.model.envelope import Commit, Draft
from horizon.model.event_base import EventData
from horizon.model.events import EVENT_TYPES
from horizon.model.state import State
from horizon.model.technology import Details
from horizon.store.chain import compose
from tests.drawn import Drawer, hostile_texts, objects, texts

AT = "2026-11-24T09:00:00Z"
HEX = "0123456789abcdef"

Texts = st.SearchStrategy[str]


class Around:
    """Draws events for a register that stands at `state`, which is not changed."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.technologies, self.people = [*state.technologies], [*state.people]
        self.subjects = self._subjects()
        self.of = cache(self._of)
        self._drawer = self._drawing()

    def _of(self, kind: str) -> st.SearchStrategy[EventData]:
        """Events of one kind. Every field of its model must be one that can be drawn."""
        return self._drawer.model(EVENT_TYPES[kind])

    def written(self, subject: str, data: EventData) -> tuple[bytes, Commit]:
        """The line of the journal that would come next, and what is read from it."""
        head = self.state.head
        revision = self.state.revision_of(subject.strip()) + 1
        draft = Draft(subject=subject, revision=revision, data=data)
        return compose([draft], by=self.people[0], at=AT, after=head.seq, prev=head.hash)

    def _subjects(self) -> Texts:
        state = self.state
        others = [*self.technologies, *state.meetings, *self.people, *state.frameworks]
        others.append(state.head.register_id)
        odd = hostile_texts.filter(str.strip)
        return st.sampled_from(self.technologies) | st.sampled_from(others) | odd

    def _patterns(self) -> dict[str, Texts]:
        return {
            "^p-[0-9a-f]{16}$": _or_new(self.people, "p-", 16),
            "^t-[0-9a-f]{16}$": _or_new(self.technologies, "t-", 16),
            "^[0-9a-f]{64}$": _or_new([*self.state.frameworks], "", 64),
        }

    def _drawing(self) -> Drawer:
        state, patterns = self.state, self._patterns()
        route = state.frameworks[state.head.adopted_framework].content["route"]
        stages = st.sampled_from([each["id"] for each in route["stages"]])
        given = [each.number for t in state.technologies.values() for each in t.decisions]
        numbers = st.sampled_from([*given, "AISG/2026/999"])
        odd_numbers = st.sampled_from(["AISG", "a/b", "AISG/²", "/", "AISG/2026/x"])
        odd_labels = st.sampled_from(["T-0001", "T-9999", "T-x", "T", "T-²"])
        held = state.technologies[self.technologies[-1]].model_dump(mode="json")
        kept: st.SearchStrategy[dict[str, Any]] = st.sets(st.sampled_from(sorted(held))).map(
            lambda keys: {key: held[key] for key in keys}
        )
        details = Drawer(patterns=patterns).model(Details)
        named = {
            "stage": stages | texts.filter(str.strip),
            "decision": numbers,
            "Decision.number": numbers | odd_numbers,
            "DataErased.decision_numbers": st.lists(numbers | odd_numbers, max_size=2),
            "Technology.label": odd_labels,
            "CopyTakenIn.labels": st.dictionaries(
                st.sampled_from(self.technologies), odd_labels, max_size=2
            ),
            "DetailsAmended.changes": objects
            | details.map(lambda made: made.model_dump(mode="json", exclude_unset=True)),
            "ChangeTakenBack.values": kept | objects,
            "RecordSettled.values": kept | objects,
            "RecordSettled.entries": st.just({"rounds": {"1": {"closed_at": None}}})
            | st.dictionaries(texts, st.dictionaries(texts, objects, max_size=2), max_size=2),
            "FrameworkAdopted.framework": st.just(shipped().model_dump(mode="json")) | objects,
        }
        return Drawer(named, patterns)


def _or_new(known: list[str], prefix: str, length: int) -> Texts:
    new = st.text(HEX, min_size=length, max_size=length).map(lambda text: prefix + text)
    return st.one_of(st.sampled_from(known), st.sampled_from(known), new)
