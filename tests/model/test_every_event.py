"""Every kind of event, with anything in it: kept as it was said, taken in or refused in words."""

from __future__ import annotations

import importlib
import pkgutil
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import horizon.model
from horizon.cli import run
from horizon.cli.frame import Session
from horizon.cli.output import one_line, say, table
from horizon.framework.loading import shipped
from horizon.model.applying import HANDLERS
from horizon.model.envelope import Draft
from horizon.model.errors import BadInput, HorizonError, NotUnderstood
from horizon.model.event_base import EventData
from horizon.model.events import EVENT_TYPES
from horizon.model.fold import apply
from horizon.model.state import State
from horizon.model.technology import Details
from horizon.register import Register
from horizon.register.opening import replay
from horizon.register.reader import Still
from horizon.register.tellers import TELLERS
from horizon.register.telling import tell
from horizon.store.chain import Chain, compose
from horizon.store.files import FileStore, journal_path
from horizon.tui.harmless import harmless
from tests.clocks import StandingClock
from tests.drawn import TODAY, Drawer, halves, hostile_texts, jsons, objects, texts
from tests.hostile import RAW
from tests.papers.registers import make

EXAMPLE = Path(__file__).parents[2] / "register.json"
AT = "2026-11-24T09:00:00Z"
HEX = "0123456789abcdef"
KINDS = sorted(EVENT_TYPES)

few = settings(max_examples=12, suppress_health_check=list(HealthCheck))


@cache
def begun() -> State:
    """What the example register adds up to. Not to be changed."""
    store = FileStore(EXAMPLE)
    try:
        return replay(store)
    finally:
        store.close()


def _or_new(known: list[str], prefix: str, length: int) -> st.SearchStrategy[str]:
    new = st.text(HEX, min_size=length, max_size=length).map(lambda text: prefix + text)
    return st.one_of(st.sampled_from(known), st.sampled_from(known), new)


@cache
def drawer() -> Drawer:
    """Draws events that speak of what the example register holds, and of what it does not."""
    state = begun()
    technologies = [*state.technologies]
    route = state.frameworks[state.head.adopted_framework].content["route"]
    stages = st.sampled_from([each["id"] for each in route["stages"]])
    numbers = [d.number for t in state.technologies.values() for d in t.decisions]
    held = state.technologies[technologies[0]].model_dump(mode="json")
    kept = st.sets(st.sampled_from(sorted(held))).map(lambda keys: {key: held[key] for key in keys})
    plain = Drawer(patterns=patterns(state))
    details = plain.model(Details).map(lambda made: made.model_dump(mode="json", exclude_unset=True))
    return Drawer(
        {
            "stage": stages | texts.filter(str.strip),
            "Decision.number": st.sampled_from([*numbers, "AISG/2026/999", "AISG", "a/b", "AISG/²"]),
            "decision": st.sampled_from([*numbers, "AISG/2026/999"]),
            "Technology.label": st.sampled_from(["T-0001", "T-9999", "T-x", "T", "T-²"]),
            "CopyTakenIn.labels": st.dictionaries(
                st.sampled_from(technologies), st.sampled_from(["T-0001", "T-x", "T"]), max_size=2
            ),
            "DataErased.decision_numbers": st.lists(
                st.sampled_from([*numbers, "AISG", "AISG/2026/x"]), max_size=2
            ),
            "DetailsAmended.changes": details | objects,
            "ChangeTakenBack.values": kept | objects,
            "RecordSettled.values": kept | objects,
            "RecordSettled.entries": st.just({"rounds": {"1": {"closed_at": None}}})
            | st.dictionaries(texts, st.dictionaries(texts, objects, max_size=2), max_size=2),
            "FrameworkAdopted.framework": st.just(shipped().model_dump(mode="json")) | objects,
        },
        patterns(state),
    )


def patterns(state: State) -> dict[str, st.SearchStrategy[str]]:
    return {
        "^p-[0-9a-f]{16}$": _or_new([*state.people], "p-", 16),
        "^t-[0-9a-f]{16}$": _or_new([*state.technologies], "t-", 16),
        "^[0-9a-f]{64}$": _or_new([*state.frameworks], "", 64),
    }


@cache
def events_of(kind: str) -> st.SearchStrategy[EventData]:
    """Events of one kind. Every field of its model must be one that can be drawn."""
    return drawer().model(EVENT_TYPES[kind])


@cache
def subjects() -> st.SearchStrategy[str]:
    state = begun()
    known = [*state.technologies][:6] + [*state.meetings][:3] + [*state.people][:2]
    known += [state.head.register_id, state.head.adopted_framework]
    return st.sampled_from([*state.technologies]) | st.sampled_from(known) | hostile_texts.filter(
        str.strip
    )


def written(subject: str, data: EventData) -> tuple[bytes, Any]:
    """The line of the journal that comes after the example's last, and what is read from it."""
    state = begun()
    draft = Draft(subject=subject, revision=state.revision_of(subject.strip()) + 1, data=data)
    return compose(
        [draft], by=next(iter(state.people)), at=AT, after=state.head.seq, prev=state.head.hash
    )


def clear(error: HorizonError) -> None:
    """Whether what a refusal says is words on one line that steer nothing."""
    said = str(error)
    assert said.strip()
    assert "\n" not in said
    assert not RAW.search(said), ascii(said)


def _subclasses(of: type[EventData]) -> Iterator[type[EventData]]:
    for each in of.__subclasses__():
        yield each
        yield from _subclasses(each)


def test_every_kind_of_event_is_in_the_closed_set_and_can_be_folded_and_told() -> None:
    for each in pkgutil.iter_modules(horizon.model.__path__, "horizon.model."):
        importlib.import_module(each.name)
    found = [each for each in _subclasses(EventData) if each.__module__.startswith("horizon.")]
    assert {each.kind: each for each in found} == dict(EVENT_TYPES)
    assert len({each.kind for each in found}) == len(found)
    assert set(HANDLERS) == set(TELLERS) == set(EVENT_TYPES)


@pytest.mark.parametrize("kind", KINDS)
def test_what_an_event_says_is_read_back_from_its_line(kind: str) -> None:
    @few
    @given(subjects(), events_of(kind))
    def holds(subject: str, data: EventData) -> None:
        line, commit = written(subject, data)
        assert b"\n" not in line
        head = begun().head
        examined = Chain(head.seq, frozenset({head.hash})).examine(line, strict=True)
        assert examined.findings == []
        assert examined.commit == commit
        assert examined.hashes == {commit.hash}
        (event,) = commit.events
        assert event.payload() == data

    holds()


@pytest.mark.parametrize("kind", KINDS)
def test_an_event_is_taken_in_and_told_harmlessly_or_refused_in_words(
    kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    @few
    @given(subjects(), events_of(kind))
    def holds(subject: str, data: EventData) -> None:
        _, commit = written(subject, data)
        state = begun().copy()
        try:
            apply(state, commit)
            for key in {commit.events[0].subject} & set(state.technologies):
                state.technologies.json(key)
            said = tell(commit.events[0], Still(state, TODAY))
        except HorizonError as error:
            clear(error)
            return
        say(said)
        drawn = [*table([[said, said]], ["What", "Again"]), one_line(said)]
        told = capsys.readouterr().out
        assert not RAW.search("".join([told.replace("\n", ""), *drawn, harmless(said)]))

    holds()


def wrong(kind: str, data: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """An event's data with a field missing, of another shape or unknown."""
    fields = EVENT_TYPES[kind].model_fields
    yield "unknown", {**data, "colour": "blue"}
    for name, field in fields.items():
        if field.is_required():
            yield f"{name} missing", {key: data[key] for key in data if key != name}
        shape: Any = [["x"], 3.5] if isinstance(data[name], dict) else {"colour": ["blue"]}
        yield f"{name} is {shape}", {**data, name: shape}


@pytest.mark.parametrize("kind", KINDS)
def test_data_with_a_field_missing_or_unknown_or_of_another_shape_is_refused(kind: str) -> None:
    @settings(few, max_examples=3)
    @given(events_of(kind), jsons)
    def holds(data: EventData, other: Any) -> None:
        _, commit = written("r-1", data)
        (event,) = commit.events
        assert event.data is not None
        shapes = [*wrong(kind, event.data)]
        if not isinstance(other, dict):
            shapes.append(("no object", other))
        for what, said in shapes:
            if said is None:
                continue  # an erased one
            spoilt = event.model_copy(update={"data": said})
            with pytest.raises(NotUnderstood) as refusal:
                apply(begun().copy(), commit.model_copy(update={"events": (spoilt,)}))
            clear(refusal.value)
            assert kind in str(refusal.value), what

    holds()


@given(st.sampled_from(KINDS).flatmap(events_of), halves)
def test_half_a_character_is_kept_in_no_event(data: EventData, half: str) -> None:
    found = {name for name, each in type(data).model_fields.items() if each.annotation is str}
    for name in found:
        with pytest.raises((ValueError, BadInput)):
            type(data).model_validate({**dict(data), name: half})
    free = {name for name, each in dict(data).items() if isinstance(each, dict)}
    for name in free:
        with pytest.raises(BadInput) as refusal:
            written("r-1", data.model_copy(update={name: {half: half}}))
        clear(refusal.value)


