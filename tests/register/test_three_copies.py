"""Three copies of a register that take each other in, in any order and as often as they like:
nothing is lost, nothing comes twice."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from horizon.model.brought_events import CopyTakenIn, EntryKept, RecordSettled
from horizon.model.envelope import Event
from horizon.register import Register
from horizon.register.checking import verify
from horizon.register.opening import replay
from horizon.register.telling import tell
from tests.clocks import StandingClock
from tests.papers.registers import TODAY
from tests.register.hands import Command, apart, commands, events, play
from tests.register.using import SAM

MERGING = (CopyTakenIn.kind, EntryKept.kind, RecordSettled.kind)

COPIES = st.integers(0, 2)
STEPS = st.lists(
    st.one_of(
        st.tuples(COPIES, commands),
        st.tuples(COPIES, COPIES).filter(lambda pair: pair[0] != pair[1]),
    ),
    min_size=2,
    max_size=8,
)
ALL = [(0, 1), (0, 2), (1, 0), (2, 1)]
"""Merges after which each of three copies has all that there was before."""


def takes_in(here: Path, other: Path) -> None:
    """One copy takes another in, and adds up afterwards."""
    before, theirs = events(here), events(other)
    with Register.open(here, acting=SAM, clock=StandingClock(TODAY)) as register:
        register.take_in_copy(other)
        assert not register.copy_preview(other).has_news
        after = [event for _, commit in register.history() for event in commit.events]
        assert all(tell(each, register) for each in after)
        assert register.state.tables() == replay(register.store).tables()
        labels = [each.label for each in register.state.technologies.headers()]
        assert len(labels) == len(set(labels))
        refs = [each.ref for each in register.state.meetings.values()]
        assert len(refs) == len(set(refs))
        for key in register.state.technologies:
            numbers = [each.number for each in register.state.technologies[key].decisions]
            assert len(numbers) == len(set(numbers))
    assert verify(here).faults == ()
    ids = [each.id for each in after]
    assert len(ids) == len(set(ids))
    assert ids[: len(before)] == [each.id for each in before]
    made = set(ids) - {each.id for each in (*before, *theirs)}
    assert {each.kind for each in after if each.id in made} <= {*MERGING, "person-named"}
    _as_they_were(after, (*before, *theirs))


def _as_they_were(after: list[Event], before: tuple[Event, ...]) -> None:
    held = {each.id: each for each in after}
    for each in before:
        found = held[each.id]
        assert (found.at, found.kind, found.digest) == (each.at, each.kind, each.digest)
        assert found.is_erased or found.data == each.data


@settings(
    max_examples=8,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),  # making a case smaller takes minutes
)
@given(steps=STEPS)
def test_any_tree_of_merges_loses_no_event_and_doubles_none(
    worked_path: Path, steps: list[tuple[int, list[Command] | int]]
) -> None:
    with apart(worked_path, "office", "laptop", "tablet") as copies:
        for copy, what in steps:
            if isinstance(what, int):
                takes_in(copies[copy], copies[what])
            else:
                play(copies[copy], what)
        for copy, other in ALL:
            takes_in(copies[copy], copies[other])
        kinds = [
            sorted(each.id for each in events(path) if each.kind not in MERGING) for path in copies
        ]
        assert set(kinds[0]) <= set(kinds[1])
        assert set(kinds[0]) <= set(kinds[2])
