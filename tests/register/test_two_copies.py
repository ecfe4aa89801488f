"""Two copies of a register that went their ways, with anything happening in either: taken in,
nothing that anybody was told was kept is lost."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings

from horizon.model.envelope import Event
from horizon.register import Register
from horizon.register.checking import verify
from horizon.register.opening import replay
from horizon.register.telling import tell
from horizon.store.files import journal_path
from tests.clocks import StandingClock
from tests.papers.registers import TODAY
from tests.register.hands import Command, apart, commands, events, play
from tests.register.using import SAM


def taken_in(office: Path, laptop: Path) -> None:
    """The laptop's copy is taken in, and everything of both is there."""
    before, theirs = events(office), events(laptop)
    kept = journal_path(laptop).read_bytes()
    with Register.open(office, acting=SAM, clock=StandingClock(TODAY)) as register:
        preview = register.copy_preview(laptop)
        assert register.state.head.seq == before[-1].seq
        done = register.take_in_copy(laptop)
        assert done.taken == preview.taken
        assert not register.copy_preview(laptop).has_news
        after = [event for _, commit in register.history() for event in commit.events]
        words = [tell(each, register) for each in after]
        assert all(words)
        assert register.state.tables() == replay(register.store).tables()
    assert journal_path(laptop).read_bytes() == kept
    assert verify(office).faults == ()
    held = {each.id: each for each in after}
    for each in (*before, *theirs):
        found = held[each.id]
        assert (found.at, found.kind, found.digest) == (each.at, each.kind, each.digest)
        assert found.is_erased or found.data == each.data
    assert [each.id for each in after[: len(before)]] == [each.id for each in before]
    _nothing_is_lost(office, laptop, before)


def _nothing_is_lost(office: Path, laptop: Path, before: list[Event]) -> None:
    """What either says now is said by the one that both became, or known to be otherwise."""
    clock = StandingClock(TODAY)
    with (
        Register.open(office, acting=SAM, clock=clock) as here,
        Register.open(laptop, acting=SAM, clock=clock) as there,
    ):
        for key in there.state.technologies:
            theirs = there.state.technologies[key]
            if key not in here.state.technologies:
                continue
            ours = here.state.technologies[key]
            if ours.erased:  # what was erased in either is not there any more
                continue
            assert len(ours.decisions) >= len(theirs.decisions)
            assert {e.title for e in theirs.evidence} <= {e.title for e in ours.evidence}
            assert {e.text for e in theirs.notes} <= {e.text for e in ours.notes}
            if ours.label != theirs.label:
                old = f"{theirs.label} (laptop)"
                assert here.technology(old).id == key
        labels = [each.label for each in here.state.technologies.headers()]
        assert len(labels) == len(set(labels))
        refs = [each.ref for each in here.state.meetings.values()]
        assert len(refs) == len(set(refs))


@settings(
    max_examples=10,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),  # making a case smaller takes minutes
)
@given(ours=commands, theirs=commands, later=commands)
def test_whatever_happened_in_two_copies_is_in_the_one_that_they_became(
    worked_path: Path, ours: list[Command], theirs: list[Command], later: list[Command]
) -> None:
    with apart(worked_path, "office", "laptop") as (office, laptop):
        play(office, ours)
        play(laptop, theirs)
        taken_in(office, laptop)
        play(office, later[:5])
        play(laptop, later[5:])
        taken_in(office, laptop)
