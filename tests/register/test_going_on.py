"""A register that goes on from where another handle on the same files stands."""

from __future__ import annotations

from pathlib import Path

from horizon.register import Register
from horizon.register.checking import verify
from tests.clocks import StandingClock


def opened(path: Path, clock: StandingClock, acting: str = "Asha Example") -> Register:
    return Register.open(path, acting=acting, clock=clock)


def test_what_was_done_through_another_handle_is_there_and_counts_as_written_here(
    empty: Path,
) -> None:
    clock = StandingClock()
    register, own = opened(empty, clock), opened(empty, clock)
    made = own.propose(name="Gait")
    register.go_on_from(own)
    assert register.technology("Gait").id == made.id
    assert [made.id in each for each in register.written] == [True]
    assert made.id in register.refresh(), "everybody hears of it"
    assert register.refresh() == frozenset()
    register.add_note("Gait", "Still at work")
    assert register.technology("Gait").revision == made.revision + 1
    register.close()
    with opened(empty, clock) as again:
        assert [each.text for each in again.technology("Gait").notes] == ["Still at work"]
    assert verify(empty).faults == ()


def test_what_others_wrote_before_and_after_is_not_missed(empty: Path) -> None:
    clock = StandingClock()
    register = opened(empty, clock)
    with opened(empty, clock, "Ben Example") as other:
        before = other.propose(name="Before").id
        own = opened(empty, clock)
        mine = own.propose(name="Mine").id
        after = other.propose(name="After").id
        register.go_on_from(own)
        assert register.refresh() >= {before, mine, after}
    assert [each.name for each in register.state.technologies.headers()] == [
        "Before",
        "Mine",
        "After",
    ]
    register.close()


def test_what_was_done_here_meanwhile_stays(empty: Path) -> None:
    clock = StandingClock()
    register, own = opened(empty, clock), opened(empty, clock)
    own.propose(name="There")
    here = register.propose(name="Here").id
    register.go_on_from(own)
    register.refresh()
    assert register.technology("Here").id == here
    assert len(register.state.technologies) == 2
    register.close()
    assert verify(empty).faults == ()
