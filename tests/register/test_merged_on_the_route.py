"""A merge beside what committees do: nothing they hold is lost, and nobody gets round a rule."""

from __future__ import annotations

from datetime import timedelta

import pytest

from horizon.model.intake_events import MergeReleased, MergeTaken, TechnologyMerged
from horizon.model.technology import Technology
from horizon.register import Register
from horizon.register.as_at import Archive, Moment
from horizon.register.checking import verify
from horizon.register.differing import technology_diff
from horizon.register.inputs import ItemInput
from horizon.register.views import attention, carried
from horizon.store.files import journal_path
from tests.clocks import StandingClock
from tests.papers.registers import TODAY
from tests.register.using import CHAIR, SAM, acting, approved, given, met, refused, scored


@pytest.fixture
def two(register: Register) -> Register:
    """T-0001 and T-0002, proposed by two people and found to be one technology."""
    register.propose(name="Gait recognition", supplier="Someone Ltd")
    with acting(register, "Ada Example"):
        register.propose(name="Walking style matching", aliases=("Stride",))
    return register


def legacy(register: Register, name: str) -> Technology:
    return register.enter_legacy(
        name=name,
        in_use_since="2019",
        authority="A chief officer",
        known="Nothing",
        review_by=TODAY + timedelta(days=60),
    )


def unchanged(technology: Technology) -> dict[str, object]:
    return technology.model_dump(exclude={"revision", "changed_at"})


def changed_since(register: Register, seq: int, ref: str) -> tuple[str, ...]:
    before = Archive(register).at(Moment(event=seq))
    assert before is not None
    found = technology_diff(before, register, register.technology(ref).id)
    return found.changes if found else ()


def reset(register: Register, ref: str) -> None:
    register.merge(ref, "T-0001", reason="One")
    register.unmerge(ref, reason="Two")


def events(register: Register, kind: str) -> list[int]:
    return [
        event.seq
        for _, commit in register.history()
        for event in commit.events
        if event.kind == kind
    ]


# What must stay


def test_what_a_body_has_to_look_at_again_does_not_go(two: Register) -> None:
    two.reopen("T-0002", trigger="incident", reason="A complaint was upheld")
    words = refused(two, two.merge, "T-0002", "T-0001", reason="One")
    assert "T-0002 was reopened on 24 November 2026 (A complaint was upheld)" in words
    assert "Merge T-0001 into it instead" in words
    stays = two.merge("T-0001", "T-0002", reason="One")
    assert [each.reason for each in stays.open_reopenings] == ["A complaint was upheld"]
    assert stays.id in {each.technology.id for each in attention(two)}
    assert verify(two.path).faults == ()


def test_two_that_both_wait_for_a_body_are_not_merged(two: Register) -> None:
    for ref in ("T-0001", "T-0002"):
        two.reopen(ref, trigger="incident", reason="A complaint was upheld")
    words = refused(two, two.merge, "T-0002", "T-0001", reason="One")
    assert "T-0001 cannot go either: supersede one by the other instead" in words


def test_what_is_in_use_stays_in_sight(two: Register) -> None:
    in_use = legacy(two, "Gait at the gate")
    words = refused(two, two.merge, in_use.label, "T-0001", reason="One")
    assert "T-0003 is in use, and T-0001 is not" in words
    assert "Merge T-0001 into it instead" in words
    stays = two.merge("T-0001", in_use.label, reason="One")
    assert stays.legacy is not None
    assert (stays.stage, stays.review_by) == ("in-service", in_use.review_by)


def test_of_two_in_use_one_can_go_and_comes_back_as_it_was(register: Register) -> None:
    stays, goes = legacy(register, "Gait"), legacy(register, "Walking style matching")
    before = [unchanged(each) for each in (stays, goes)]
    merged = register.merge(goes.id, stays.id, reason="One")
    assert [each.legacy for each in carried(register, merged)] == [goes.legacy]
    assert register.technology(goes.id).legacy == goes.legacy
    register.unmerge(goes.id, reason="Two")
    assert [unchanged(register.technology(each.id)) for each in (stays, goes)] == before
    assert verify(register.path).faults == ()


def test_an_entry_with_decisions_keeps_them_and_their_meeting_through_a_merge(
    worked: Register,
) -> None:
    decision = approved(worked, "T-0001")
    words = refused(worked, worked.merge, "T-0001", "T-0003", reason="One")
    assert "T-0001 has decisions on record" in words
    assert decision.number in words
    before = unchanged(worked.technology("T-0001"))
    stays = worked.merge("T-0003", "T-0001", reason="One")
    assert stays.decision(decision.number) == decision
    assert decision.meeting is not None
    item = worked.meeting(decision.meeting).item(decision.item or 0)
    assert item is not None
    assert (item.technology, item.decision) == (stays.id, decision.number)
    assert worked.reading(stays.id).standing.approved is False, "a trial that has not begun"
    worked.unmerge("T-0003", reason="Two")
    assert unchanged(worked.technology("T-0001")) == before
    assert verify(worked.path).faults == ()


# Agendas


def test_what_waits_on_an_agenda_does_not_go_until_its_item_has_ended(worked: Register) -> None:
    ref = met(worked, technology="T-0003")
    words = refused(worked, worked.merge, "T-0003", "T-0001", reason="One")
    assert f"T-0003 is on the agenda of {ref} (item 1)" in words
    assert "puts T-0001 on the agenda instead" in words
    worked.minute(ref, 1, outcome="no decision", no_decision="More is wanted")
    worked.merge("T-0003", "T-0001", reason="One")
    item = worked.meeting(ref).item(1)
    assert item is not None
    assert worked.label(item.technology or "") == "T-0003", "the minutes say what was discussed"
    assert verify(worked.path).faults == ()
    worked.unmerge("T-0003", reason="Two")
    assert worked.meeting(ref).item(1) == item
    assert verify(worked.path).faults == ()


def test_a_merged_entry_is_not_put_on_an_agenda_but_the_one_that_stays(two: Register) -> None:
    two.merge("T-0002", "T-0001", reason="One")
    ref = met(two, technology="T-0001")
    words = refused(two, two.add_items, ref, [ItemInput(technology="T-0002")])
    assert "T-0002 was merged into T-0001" in words
    two.add_items(ref, [ItemInput(title="Walking")])
    words = refused(two, two.add_items, ref, [ItemInput(technology="Stride")])
    assert "is on the agenda" in words, "under either name it is the one that stays"


def test_what_left_the_route_is_not_reopened_under_its_old_name(two: Register) -> None:
    two.merge("T-0002", "T-0001", reason="One")
    words = refused(two, two.reopen, "T-0002", trigger="incident", reason="A complaint")
    assert "has left the route" in words
    assert two.reopen("Stride", trigger="incident", reason="A complaint").reason == "A complaint"
    assert two.technology("T-0001").open_reopenings


# Who proposed it


def test_who_proposed_either_does_not_score_it(two: Register) -> None:
    two.amend("T-0001", {"owner": "Mei Example"})
    two.merge("T-0002", "T-0001", reason="One")
    words = refused(two, two.open_round, "T-0001", ["Ada Example"])
    assert "Ada Example proposed T-0001 and cannot score it" in words
    assert two.person_id in two.technology("T-0001").proposers
    two.unmerge("T-0002", reason="Two")
    two.open_round("T-0001", ["Ada Example"])
    assert verify(two.path).faults == ()


def test_a_member_who_proposed_the_merged_entry_does_not_count(two: Register) -> None:
    with acting(two, "Grace Example"):
        two.propose(name="Walk checks")
    ref = met(two, technology="T-0001")
    assert two.sitting(ref, 1).undeclared == ()
    two.merge("Walk checks", "T-0001", reason="One")
    grace = next(each.id for each in two.state.people.values() if each.name == "Grace Example")
    assert two.sitting(ref, 1).undeclared == ((grace, "proposed it"),)
    assert not two.sitting(ref, 1).quorum.is_met


def test_scores_given_to_the_merged_entry_stay_with_it(two: Register) -> None:
    two.open_round("T-0002", ["Grace Example"])
    with acting(two, "Grace Example"):
        criteria = two.framework.criteria
        two.submit_scores("T-0002", {each: scored() for each in criteria})
    two.close_round("T-0002")
    two.merge("T-0002", "T-0001", reason="One")
    assert two.technology("T-0001").rounds == ()
    assert len(two.technology("T-0002").rounds[0].submissions) == 1


# Undoing


def test_an_entry_that_had_been_withdrawn_is_withdrawn_again(two: Register) -> None:
    two.withdraw("T-0002", reason="No money")
    before = unchanged(two.technology("T-0002"))
    reset(two, "T-0002")
    assert unchanged(two.technology("T-0002")) == before
    assert two.technology("T-0002").ended_reason == "No money"


def test_merges_of_merges_are_undone_from_the_last(two: Register) -> None:
    two.propose(name="Ambling")
    two.merge("Ambling", "T-0002", reason="One")
    stays = two.merge("T-0002", "T-0001", reason="One")
    assert [each.label for each in carried(two, stays)] == ["T-0002", "T-0003"]
    words = refused(two, two.unmerge, "T-0003", reason="Two")
    assert "Undo the merge of T-0002 first" in words
    two.unmerge("T-0002", reason="Two")
    two.unmerge("T-0003", reason="Two")
    assert two.technology("T-0001").co_proposers == ()
    assert verify(two.path).faults == ()


def test_without_the_journal_that_holds_it_a_merge_stays_and_says_why(
    two: Register, clock: StandingClock
) -> None:
    two.merge("T-0002", "T-0001", reason="One")
    before = unchanged(two.technology("T-0001"))
    two.close()
    journal_path(two.path).unlink()
    with Register.open(two.path, acting=CHAIR, clock=clock) as again:
        again.accept_history("The disk broke")
        assert unchanged(again.technology("T-0001")) == before
        words = refused(again, again.unmerge, "T-0002", reason="Two")
        assert "The journal does not hold the merge of T-0002" in words
        assert verify(again.path).faults == ()


@pytest.mark.parametrize("kind", ["technology-merged", "merge-taken"])
def test_what_was_said_of_a_merge_can_be_erased_and_the_merge_stands(
    two: Register, kind: str
) -> None:
    two.merge("T-0002", "T-0001", reason="Jo Example said so")
    two.erase(events(two, kind), reason="Asked to")
    stays, gone = two.technology("T-0001"), two.technology("T-0002")
    assert (gone.merged_into, stays.merged) == (stays.id, (gone.id,))
    assert set(stays.co_proposers) == {gone.proposed_by}
    assert verify(two.path).faults == ()
    two.unmerge("T-0002", reason="Two")
    assert two.technology("T-0002").stage == "signal"
    assert verify(two.path).faults == ()


@pytest.mark.parametrize("kind", ["merge-undone", "merge-released"])
def test_what_was_said_of_its_undoing_can_be_erased_and_the_two_stay_apart(
    two: Register, kind: str
) -> None:
    reset(two, "T-0002")
    two.erase(events(two, kind), reason="Asked to")
    stays, gone = two.technology("T-0001"), two.technology("T-0002")
    assert (gone.merged_into, gone.superseded_by, gone.stage) == (None, None, "signal")
    assert (stays.merged, stays.co_proposers) == ((), ())
    assert verify(two.path).faults == ()


# Looking back


def test_what_changed_says_who_was_merged_and_who_was_taken_out(two: Register) -> None:
    seq = two.state.head.seq
    two.merge("T-0002", "T-0001", reason="One")
    assert "Merged into T-0001" in changed_since(two, seq, "T-0002")
    assert not any("Superseded by" in each for each in changed_since(two, seq, "T-0002"))
    assert "T-0002 was merged into it" in changed_since(two, seq, "T-0001")
    seq = two.state.head.seq
    two.unmerge("T-0002", reason="Two")
    two.mark_different("T-0001", "T-0002")
    assert "Stands for itself again" in changed_since(two, seq, "T-0002")
    told = changed_since(two, seq, "T-0001")
    assert "T-0002 was taken out of it again" in told
    assert "Said not to be the same as T-0002" in told


def test_the_past_shows_both_as_they_stood(two: Register) -> None:
    seq = two.state.head.seq
    two.merge("T-0002", "T-0001", reason="One")
    past = Archive(two).at(Moment(event=seq))
    assert past is not None
    assert past.technology("Stride").label == "T-0002"
    assert two.technology("Stride").label == "T-0001"


def test_a_link_that_one_side_alone_knows_is_a_fault(two: Register) -> None:
    stays, gone = two.technology("T-0001"), two.technology("T-0002")
    taken = MergeTaken(merged=gone.id, aliases=())
    merged = TechnologyMerged(into=stays.id, reason="One", stage="merged", on=TODAY)
    released = MergeReleased(merged=gone.id, aliases=())
    two._do(lambda desk: desk.draft(stays.id, taken))
    (fault,) = verify(two.path).faults
    assert fault.what == "T-0001 took T-0002 in, which does not say that it was merged"
    two._do(lambda desk: desk.draft(gone.id, merged))
    assert verify(two.path).faults == ()
    two._do(lambda desk: desk.draft(stays.id, released))
    (fault,) = verify(two.path).faults
    assert fault.what == "T-0002 was merged into T-0001, which does not say so"


def test_decisions_are_recorded_by_somebody_who_proposed_neither(worked: Register) -> None:
    with acting(worked, SAM):
        worked.propose(name="Booking rooms")
    worked.merge("Booking rooms", "T-0001", reason="One")
    ref = met(worked, technology="T-0001")
    with acting(worked, SAM):
        words = refused(worked, worked.decide, "T-0001", **given(meeting=ref))
    assert "Sam Example proposed T-0001" in words
