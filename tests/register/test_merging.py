"""Two entries found to be one, or two: both histories stay, and either is taken back."""

from __future__ import annotations

from datetime import date

import pytest

from horizon.model.errors import BadInput, Conflict
from horizon.model.technology import Sighting
from horizon.model.words import SourceType
from horizon.register import Register
from horizon.register.checking import verify
from horizon.register.likely import alike, suggestions
from horizon.register.views import attention, history
from tests.register.using import kinds, refused


@pytest.fixture
def two(register: Register) -> Register:
    """T-0001 DARAT, T-0002 the same under its long name, T-0003 something else."""
    register.propose(name="DARAT", supplier="Someone Ltd")
    register.propose(
        name="Domestic Abuse Risk Assessment Tool",
        aliases=("Dara tool",),
        sighting=Sighting(source="A force", source_type=SourceType.PEER_FORCE, seen_on=date.min),
    )
    register.propose(name="Gait recognition")
    return register


def pairs(register: Register) -> list[tuple[str, str]]:
    return [
        (register.label(each.first), register.label(each.second)) for each in suggestions(register)
    ]


def test_entries_that_may_be_one_are_suggested_with_reasons(two: Register) -> None:
    assert pairs(two) == [("T-0001", "T-0002")]
    assert suggestions(two)[0].reasons == (
        "'DARAT' is short for 'Domestic Abuse Risk Assessment Tool'",
    )


def test_a_merge_gives_the_names_and_the_label_to_the_one_that_stays(two: Register) -> None:
    stays = two.merge("T-0002", "T-0001", reason="One tool")
    assert stays.aliases == ("Domestic Abuse Risk Assessment Tool", "Dara tool", "T-0002")
    gone = two.technology("T-0002")
    assert gone.stage == two.framework.route.superseded_stage
    assert (gone.merged_into, gone.superseded_by) == (stays.id, stays.id)
    assert stays.merged == (gone.id,)
    assert gone.sightings[0].source == "A force", "nothing is moved: each keeps what it has"
    assert two.technology("dara tool").label == "T-0001"
    assert two.technology("Domestic Abuse Risk Assessment Tool").label == "T-0001"
    assert gone.id not in {each.technology.id for each in attention(two)}
    assert pairs(two) == []
    assert verify(two.path).faults == ()
    told = [each.words for each in history(two, "T-0002")]
    assert told[-1] == "merged it into T-0001, because: One tool"
    assert "took T-0002 in as the same" in next(reversed(list(history(two, "T-0001")))).words


def test_a_merge_is_undone_and_everything_stands_as_before(two: Register) -> None:
    before = [two.technology(ref).model_dump() for ref in ("T-0001", "T-0002")]
    two.merge("T-0002", "T-0001", reason="One tool")
    two.unmerge("T-0002", reason="Two after all")
    after = [two.technology(ref).model_dump() for ref in ("T-0001", "T-0002")]
    for each in (*before, *after):
        del each["revision"], each["changed_at"]
    assert after == before
    assert kinds(two, "T-0002")[-2:] == ["technology-merged", "merge-undone"]
    assert pairs(two) == [("T-0001", "T-0002")]
    assert "was not merged" in refused(two, two.unmerge, "T-0002", reason="Again")
    assert verify(two.path).faults == ()


def test_a_second_merge_is_undone_by_itself(two: Register) -> None:
    two.merge("T-0002", "T-0001", reason="One tool")
    two.unmerge("T-0002", reason="No")
    two.amend("T-0002", {"aliases": ("Other",)})
    two.merge("T-0002", "T-0003", reason="No, this one")
    assert "Other" in two.technology("T-0003").aliases
    two.unmerge("T-0002", reason="No")
    assert two.technology("T-0003").aliases == ()
    assert two.technology("T-0002").aliases == ("Other",)


def test_what_cannot_be_merged_is_refused_with_what_to_do(worked: Register) -> None:
    assert "with a reason" in refused(worked, worked.merge, "T-0003", "T-0001", reason=" ")
    assert "into itself" in refused(worked, worked.merge, "T-0003", "T-0003", reason="x")
    words = refused(worked, worked.merge, "T-0004", "T-0003", reason="x")
    assert "T-0004 has decisions on record" in words
    assert "Merge T-0003 into it instead" in words
    worked.merge("T-0003", "T-0004", reason="One")
    assert "already merged into T-0004" in refused(
        worked, worked.merge, "T-0003", "T-0001", reason="x"
    )
    assert "already merged into T-0004" in refused(
        worked, worked.merge, "T-0001", "T-0003", reason="x"
    )
    worked.propose(name="Scored alone")
    worked.open_round("Scored alone", ["Grace Example"])
    assert "still open" in refused(worked, worked.merge, "Scored alone", "T-0004", reason="x")
    with pytest.raises(BadInput):
        worked.merge("T-0002", "T-0099", reason="x")


def test_a_merge_on_an_entry_that_moved_on_is_refused(two: Register) -> None:
    seen = two.technology("T-0001").revision
    two.amend("T-0001", {"trl": 4})
    with pytest.raises(Conflict):
        two.merge("T-0002", "T-0001", reason="One", expect_into=seen)
    with pytest.raises(Conflict):
        two.merge("T-0001", "T-0002", reason="One", expect=seen)


def test_two_marked_as_different_are_not_suggested_until_that_is_taken_back(
    two: Register,
) -> None:
    two.mark_different("T-0002", "T-0001", reason="Another product")
    assert pairs(two) == []
    two.mark_different("T-0001", "T-0002", reason="Said twice")
    assert kinds(two, "T-0001")[-1] == "technology-proposed", "once is enough"
    two.take_difference_back("T-0001", "T-0002")
    assert pairs(two) == [("T-0001", "T-0002")]
    assert "Nobody has marked" in refused(two, two.take_difference_back, "T-0001", "T-0002")
    assert "different from itself" in refused(two, two.mark_different, "T-0001", "T-0001")


def test_entries_that_have_both_left_the_route_are_left_alone(two: Register) -> None:
    two.withdraw("T-0001", reason="x")
    assert pairs(two) == [("T-0001", "T-0002")], "what was turned down once may be proposed again"
    two.withdraw("T-0002", reason="x")
    assert pairs(two) == []


def test_a_newcomer_is_compared_with_what_is_there(two: Register) -> None:
    found = alike(two, "DARAT (risk tool)")
    assert [two.label(key) for key, *_ in found] == ["T-0001", "T-0002"]
    assert alike(two, "x") == []
    assert [two.label(key) for key, *_ in alike(two, "DARAT", "Other plc")] == ["T-0002"]
