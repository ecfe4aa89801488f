"""Every kind of event, with anything in it: kept as it was said, taken in or refused in words."""

from __future__ import annotations

import importlib
import pkgutil
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
from horizon.model.applying import HANDLERS
from horizon.model.envelope import Draft
from horizon.model.errors import BadInput, HorizonError, NotUnderstood, StoreFault
from horizon.model.event_base import EventData
from horizon.model.events import EVENT_TYPES, SightingAdded
from horizon.model.fold import apply
from horizon.model.technology import Sighting
from horizon.model.words import SourceType
from horizon.register import Register
from horizon.register.checking import verify
from horizon.register.opening import replay
from horizon.register.reader import Still
from horizon.register.tellers import TELLERS
from horizon.register.telling import tell
from horizon.store.chain import Chain
from horizon.store.files import FileStore, journal_path
from horizon.tui.harmless import harmless
from tests.clocks import StandingClock
from tests.drawn import TODAY, halves, jsons
from tests.hostile import RAW
from tests.model.drawing import AT, Around
from tests.papers.registers import make

EXAMPLE = Path(__file__).parents[2] / "register.json"
KINDS = sorted(EVENT_TYPES)

few = settings(
    max_examples=settings.default.max_examples // 10, suppress_health_check=list(HealthCheck)
)


@cache
def around() -> Around:
    """The example register, which has something of everything."""
    store = FileStore(EXAMPLE)
    try:
        return Around(replay(store))
    finally:
        store.close()


@pytest.fixture
def worked(tmp_path: Path) -> Path:
    """A small register that a test may change."""
    path = tmp_path / "register.json"
    make(path).close()
    return path


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
    @given(around().subjects, around().of(kind))
    def holds(subject: str, data: EventData) -> None:
        line, commit = around().written(subject, data)
        assert b"\n" not in line
        head = around().state.head
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
    @given(around().subjects, around().of(kind))
    def holds(subject: str, data: EventData) -> None:
        _, commit = around().written(subject, data)
        state = around().state.copy()
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
    @given(around().of(kind), jsons)
    def holds(data: EventData, other: Any) -> None:
        _, commit = around().written("r-1", data)
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
                apply(around().state.copy(), commit.model_copy(update={"events": (spoilt,)}))
            clear(refusal.value)
            assert kind in str(refusal.value), what

    holds()


@given(st.sampled_from(KINDS).flatmap(lambda kind: around().of(kind)), halves)
def test_half_a_character_is_kept_in_no_event(data: EventData, half: str) -> None:
    found = {name for name, each in type(data).model_fields.items() if each.annotation is str}
    for name in found:
        with pytest.raises((ValueError, BadInput)):
            around().written("r-1", type(data).model_validate({**dict(data), name: half}))
    free = {name for name, each in dict(data).items() if isinstance(each, dict)}
    for name in free:
        with pytest.raises(BadInput) as refusal:
            around().written("r-1", data.model_copy(update={name: {half: half}}))
        clear(refusal.value)


class FromTheFuture(EventData):
    """What only a newer Horizon knows."""

    kind = "from-the-future"
    what: str = "\x1b[2J"


def append(path: Path, subject: str, data: EventData) -> None:
    """Write a line as somebody else would, who knows what it means."""
    store = FileStore(path)
    beside = Around(replay(store))
    store.since(beside.state.head.seq)
    revision = beside.state.revision_of(subject.strip()) + 1
    draft = Draft(subject=subject, revision=revision, data=data)
    with store.lock():
        store.append([draft], by=beside.people[0], at=AT)
    store.close()


def test_an_open_register_stays_as_it_was_when_somebody_writes_what_it_cannot_understand(
    worked: Path,
) -> None:
    with Register.open(worked, acting="Asha Example", clock=StandingClock()) as register:
        technology = register.technology("T-0001")
        sighting = Sighting(source="Us", source_type=SourceType.MEDIA, seen_on=TODAY)
        append(worked, technology.id, SightingAdded(sighting=sighting))
        register.refresh()
        before, journal = register.state.tables(), journal_path(worked)
        append(worked, technology.id, FromTheFuture())
        held = journal.read_bytes()
        with pytest.raises(NotUnderstood, match="its kind is not known") as refusal:
            register.refresh()
        clear(refusal.value)
        assert register.read_only == str(refusal.value)
        with pytest.raises(StoreFault, match="its kind is not known"):
            register.add_note("T-0001", "More")
        assert register.state.tables() == before
        assert journal.read_bytes() == held
    (fault,) = verify(worked).faults
    assert "cannot be understood (from-the-future)" in fault.what
    with pytest.raises(StoreFault, match=r"register\.json: Event \d+ .* cannot be understood"):
        Register.open(worked, acting="Asha Example", clock=StandingClock())


LOOKS = ("verify", "list", "history", "show T-0001", "show T-0004 --json", "condition list")


def test_no_event_ends_a_command_but_in_words(
    worked: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever gives somebody a register can write any event into it, and a chain that holds."""
    store = FileStore(worked)
    near = Around(replay(store))
    store.close()
    begun = journal_path(worked).read_bytes()
    path = tmp_path / "given" / "register.json"
    path.parent.mkdir()

    @settings(few, max_examples=settings.default.max_examples // 2)
    @given(near.subjects, st.sampled_from(KINDS).flatmap(near.of), st.sampled_from(LOOKS))
    def holds(subject: str, data: EventData, look: str) -> None:
        line, _ = near.written(subject, data)
        path.unlink(missing_ok=True)
        journal_path(path).write_bytes(begun + line + b"\n")
        code = run(["--register", str(path), *look.split()], Session(clock=StandingClock()))
        said = capsys.readouterr()
        assert code in range(5), said.err
        assert "Traceback" not in said.err
        assert not RAW.search(said.out + said.err), ascii(said.out + said.err)

    holds()
