"""Decisions at meetings: quorum, interests, what a record must say, and what was decided between
meetings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from horizon.model.decision import Decision
from horizon.model.events import AnswerGiven
from horizon.model.meeting import InterestAction, InterestKind, Presence, Seat
from horizon.model.record import Advice, Considerations, Dissent, Method, Redaction, Votes
from horizon.model.wording import day
from horizon.model.words import AnswerValue
from horizon.register import ConditionInput, Register
from horizon.register.inputs import AttendanceInput, CommentInput, DissentInput, ItemInput
from tests.clocks import StandingClock
from tests.papers.registers import TODAY
from tests.register.using import MEMBERS, SAM, TOLD, acting, given, met, misread, refused


@pytest.fixture
def sam(worked: Register) -> Iterator[Register]:
    """T-0001 is ready for gate G2 at the light tier; Sam Example, who proposed nothing, records."""
    with acting(worked, SAM):
        yield worked


def decided(register: Register, **changes: Any) -> Decision:
    return register.decide("T-0001", **given(**changes))


def test_a_body_with_a_quorum_decides_at_a_meeting(sam: Register) -> None:
    said = refused(sam, decided, sam)
    assert "decides at a meeting, by correspondence or by chair's action" in said
    made = decided(sam, meeting=met(sam))
    assert (made.number, made.method, made.item) == ("AISG/2026/002", Method.MEETING, 1)
    assert [sam.name(each) for each in made.room.quorum.counted] == list(MEMBERS)
    assert sam.name(made.room.chair or "") == "Grace Example"
    assert sam.meeting("AISG/2026-11-24").items[0].decision == made.number


def test_without_quorum_an_item_is_discussed_and_nothing_more(sam: Register) -> None:
    ref = met(sam)
    sam.attend(ref, [AttendanceInput(person="Hugo Example", presence=Presence.APOLOGIES)])
    for outcome in ("approve", "defer", "reject", "note"):
        said = refused(sam, decided, sam, meeting=ref, outcome=outcome)
        assert "a quorum: 3 who may decide are needed, 2 are there" in said
    assert "says why" in refused(sam, sam.minute, ref, 1, "Heard.", outcome="no decision")
    sam.minute(ref, 1, "Heard.", outcome="no decision", no_decision="No quorum")
    assert sam.meeting(ref).items[0].outcome == "no decision"
    assert "is not on what is left of the agenda" in refused(sam, decided, sam, meeting=ref)


@pytest.mark.parametrize("tie", ["proposer", "owner", "supplier"])
def test_who_is_tied_to_it_does_not_decide_on_it(sam: Register, tie: str) -> None:
    ref = met(sam)
    who = {"proposer": "Farah Example", "owner": "Mei Example", "supplier": "Tied Example"}[tie]
    sam.name_person("Tied Example", ties=["Acme"])
    sam.amend("T-0001", {"supplier": "ACME Ltd."})
    sam.attend(ref, [AttendanceInput(person=who)])
    said = refused(sam, decided, sam, meeting=ref)
    assert f"what {who} does about their interest" in said
    kind = InterestKind.SUPPLIER if tie == "supplier" else InterestKind.PROPOSER
    told = {"person": who, "kind": kind, "nature": "As the register knows"}
    stay = refused(sam, sam.declare, ref, 1, **told, action=InterestAction.STAYED)
    assert "cannot stay as one of those who decide" in stay
    sam.declare(ref, 1, **told, action=InterestAction.NO_VOTE)
    made = decided(sam, meeting=ref)
    assert who not in [sam.name(each) for each in made.room.quorum.counted]
    assert [sam.name(each.person) for each in made.room.interests] == [who]


def test_an_interest_that_takes_one_out_can_break_the_quorum(sam: Register) -> None:
    ref = met(sam)
    sam.declare(
        ref, 1, person="Lena Example", kind=InterestKind.LINE, nature="Manages the owner",
        action=InterestAction.LEFT,
    )  # fmt: skip
    assert "2 are there" in refused(sam, decided, sam, meeting=ref)


def test_an_interest_of_another_kind_may_be_declared_by_one_who_stays(sam: Register) -> None:
    ref = met(sam)
    sam.declare(
        ref, 1, person="Lena Example", kind=InterestKind.OTHER, nature="Wrote about it once",
        action=InterestAction.STAYED,
    )  # fmt: skip
    assert len(decided(sam, meeting=ref).room.quorum.counted) == 3


def test_an_interest_that_bars_holds_whatever_seat_somebody_takes_later(sam: Register) -> None:
    ref = met(sam)
    sam.attend(ref, [AttendanceInput(person="Olga Example", seat=Seat.ADVISER)])
    sam.declare(
        ref, 1, person="Olga Example", kind=InterestKind.SUPPLIER, nature="She holds shares in it",
        action=InterestAction.STAYED,
    )  # fmt: skip
    sam.attend(ref, [AttendanceInput(person="Olga Example", seat=Seat.MEMBER)])
    said = refused(sam, decided, sam, meeting=ref)
    assert "Olga Example has an interest in it: tied to the supplier" in said
    sam.declare(
        ref, 1, person="Olga Example", kind=InterestKind.SUPPLIER, nature="She holds shares in it",
        action=InterestAction.LEFT,
    )  # fmt: skip
    assert len(decided(sam, meeting=ref).room.quorum.counted) == 3


def test_the_record_names_who_took_the_chair_when_the_chair_left(sam: Register) -> None:
    ref = met(sam)
    sam.attend(
        ref,
        [
            AttendanceInput(person="Olga Example", seat=Seat.CHAIR),
            AttendanceInput(person="Pia Example", seat=Seat.MEMBER),
        ],
    )
    sam.declare(
        ref, 1, person="Grace Example", kind=InterestKind.LINE, nature="She manages the owner",
        action=InterestAction.LEFT,
    )  # fmt: skip
    made = decided(sam, meeting=ref)
    assert made.room.chair is not None
    assert sam.name(made.room.chair) == "Olga Example"


def test_the_data_protection_officer_is_never_counted(sam: Register) -> None:
    sam.name_person("Lena Example", dpo=True)
    ref = met(sam)
    assert "2 are there" in refused(sam, decided, sam, meeting=ref)
    said = refused(sam, decided, sam, chair="Lena Example")
    assert "data protection officer, who advises and never decides" in said


def test_nobody_minutes_a_decision_on_their_own_proposal(sam: Register) -> None:
    ref = met(sam)
    with acting(sam, "Farah Example"):
        said = refused(sam, decided, sam, meeting=ref)
    assert "Farah Example proposed T-0001 and cannot record a decision on it" in said
    sam.attend(ref, [AttendanceInput(person="Farah Example", seat=Seat.MINUTE_TAKER)])
    assert "takes the minutes" in refused(sam, decided, sam, meeting=ref)


def test_a_decision_is_made_on_the_day_of_its_meeting_and_once(sam: Register) -> None:
    ref = met(sam)
    said = misread(sam, decided, sam, meeting=ref, decided_on=TODAY - timedelta(days=1))
    assert f"Date it {day(TODAY)}" in said
    decided(sam, meeting=ref)
    assert "is not on what is left" in refused(
        sam, decided, sam, meeting=ref, supersedes="AISG/2026/002"
    )
    assert "has ended already: decided" in refused(
        sam, decided, sam, meeting=ref, item=1, supersedes="AISG/2026/002"
    )
    sam.close_meeting(ref)
    said = refused(sam, decided, sam, meeting=ref, supersedes="AISG/2026/002")
    assert "has been closed" in said


def test_another_bodys_meeting_decides_nothing_for_this_one(sam: Register) -> None:
    other = sam.call_meeting(body="futures-delivery-group", on=TODAY)
    said = refused(sam, decided, sam, meeting=other.ref)
    assert "is not a meeting of the AI Sub-Group" in said
    assert "There is no meeting 'AISG/2020-01-01'" in misread(
        sam, decided, sam, meeting="AISG/2020-01-01"
    )


def test_votes_and_dissent_fit_who_was_there(sam: Register) -> None:
    ref = met(sam)
    too_many = Votes(in_favour=3, against=1)
    assert "only 3 may vote" in misread(sam, decided, sam, meeting=ref, votes=too_many)
    lost = Votes(in_favour=1, against=2)
    assert "does not carry 'Approve'" in refused(sam, decided, sam, meeting=ref, votes=lost)
    stranger = [DissentInput(person="Nobody Example", reason="No")]
    assert "did not decide on this item" in misread(
        sam, decided, sam, meeting=ref, dissent=stranger
    )
    made = decided(
        sam,
        meeting=ref,
        votes=Votes(in_favour=2, against=1),
        dissent=[
            DissentInput(person="Hugo Example", reason="Too soon"),
            DissentInput(reason="Dear"),
        ],
        comments=[CommentInput(person="Kit Example", text="Mind the cost")],
        redactions=[Redaction(part="reasons", ground="FOIA s.43")],
    )
    assert [sam.name(e.person) if e.person else "a member" for e in made.dissent] == [
        "Hugo Example",
        "a member",
    ]
    assert sam.name(made.comments[0].person) == "Kit Example"


def test_the_record_of_an_approval_says_what_was_weighed(sam: Register) -> None:
    ref = met(sam)
    said = refused(sam, decided, sam, meeting=ref, considered=Considerations())
    assert "Missing: the equality information that was looked at" in said
    unfollowed = TOLD.model_copy(update={"dpo_advice": Advice(given="Wait", followed="no")})
    said = refused(sam, decided, sam, meeting=ref, considered=unfollowed)
    assert "why the advice of the data protection officer was not followed" in said
    assert decided(sam, meeting=ref, outcome="defer", considered=Considerations()).effect == "defer"


def test_a_red_line_that_is_crossed_needs_a_reason_of_its_own(sam: Register) -> None:
    ref = met(sam)
    sam.add_items(ref, [ItemInput(technology="T-0002")])
    change = given(meeting=ref, outcome="reject")
    said = refused(sam, sam.decide, "T-0002", **change)
    assert "a reason for each red line and blocker it touches: LB1" in said
    made = sam.decide("T-0002", **change, item_reasons={"LB1": "Legal has not said."})
    assert made.item_reasons == {"LB1": "Legal has not said."}


def test_a_decision_before_its_equality_assessment_is_flagged(sam: Register) -> None:
    before = min(each.dated for each in sam.technology("1").evidence if each.document == "eqia")
    early = before - timedelta(days=1)
    made = decided(sam, meeting=met(sam, on=early), decided_on=early)
    assert any("before the equality impact assessment" in each for each in made.flags)
    later = decided(sam, meeting=met(sam), supersedes=made.number)
    assert later.flags == ()


def test_numbers_have_no_gap_whatever_the_body_or_year(sam: Register) -> None:
    first = decided(sam, meeting=met(sam), outcome="defer")
    second = decided(sam, meeting=met(sam), outcome="note")
    assert [first.number, second.number] == ["AISG/2026/002", "AISG/2026/003"]
    assert [each.ref for each in sam.state.meetings.values() if each.body == "ai-sub-group"][
        -2:
    ] == [
        "AISG/2026-11-24",
        "AISG/2026-11-24b",
    ]


def test_a_correction_is_a_record_like_any_other_and_names_nobody_who_is_not_known(
    sam: Register,
) -> None:
    made = decided(sam, meeting=met(sam))
    said = misread(sam, sam.correct, "1", made.number, {"reasons": 3}, reason="Slip")
    assert said.startswith("reasons cannot be 3")
    dissent = (Dissent(person="p-0000000000000007", reason="Too soon"),)
    said = misread(sam, sam.correct, "1", made.number, {"dissent": dissent}, reason="Slip")
    assert said == "Nobody here has the id p-0000000000000007. Use an id of the register."


def test_a_correction_points_back_and_keeps_what_was_decided(sam: Register) -> None:
    made = decided(
        sam,
        meeting=met(sam),
        outcome="approve-with-conditions",
        conditions=[
            ConditionInput(text="Report", owner="Mei Example", due=date(2027, 1, 9),
                           evidence_needed="The report")
        ],
    )  # fmt: skip
    said = misread(sam, sam.correct, "1", made.number, {"outcome": "reject"}, reason="Slip")
    assert "'outcome' is not a part of a record that can be corrected" in said
    fixed = sam.correct("1", made.number, {"reasons": "The use is fair and small."}, reason="Slip")
    assert (fixed.supersedes, fixed.correction) == (made.number, "Slip")
    assert (fixed.outcome, fixed.conditions) == (made.outcome, made.conditions)
    assert (fixed.digest, fixed.decided_on, fixed.room) == (made.digest, made.decided_on, made.room)
    held = sam.technology("1").decision(made.number)
    assert held is not None
    assert held.superseded_by == fixed.number
    assert held.reasons == "The use is fair."
    again = refused(sam, sam.correct, "1", made.number, {"reasons": "x"}, reason="Slip")
    assert f"Correct {fixed.number} instead" in again


def test_the_chair_decides_alone_only_up_to_a_tier(sam: Register) -> None:
    said = refused(sam, sam.decide, "T-0002", **given(chair="Grace Example", outcome="defer"))
    assert "only up to the standard tier, and T-0002 is at the board tier" in said
    assert "proposed it" in refused(sam, decided, sam, chair="Farah Example")
    made = decided(sam, chair="Grace Example")
    assert made.method is Method.CHAIRS_ACTION
    assert made.ratify_by == TODAY + timedelta(days=60)


@pytest.mark.parametrize(("days", "holds"), [(59, True), (60, True), (61, False)])
def test_a_chairs_action_lapses_unratified(
    sam: Register, clock: StandingClock, days: int, holds: bool
) -> None:
    made = decided(sam, chair="Grace Example")
    assert made.is_current(TODAY + timedelta(days=days)) is holds
    clock.go_to(TODAY + timedelta(days=days))
    missing = sam.gate(sam.technology("1").id, "G3").missing
    needs = [each.detail for each in missing if each.need == "decision:ai-sub-group@G2"]
    assert (needs == []) is holds


def test_the_next_meeting_ratifies_a_chairs_action_or_lets_it_lapse(
    sam: Register, clock: StandingClock
) -> None:
    made = decided(sam, chair="Grace Example")
    day = TODAY + timedelta(days=14)
    clock.go_to(day)
    ref = met(sam, on=day)
    assert sam.unratified(ref) == [(sam.technology("1").id, made.number)]
    sam.attend(ref, [AttendanceInput(person="Hugo Example", presence=Presence.APOLOGIES)])
    assert "a quorum of 3" in refused(sam, sam.ratify, "1", made.number, meeting=ref)
    sam.attend(ref, [AttendanceInput(person="Hugo Example")])
    assert sam.ratify("1", made.number, meeting=ref).ratified is not None
    assert "was ratified already" in refused(sam, sam.ratify, "1", made.number, meeting=ref)
    sam.minute(ref, 1, outcome="no decision", no_decision="Ratified only")
    sam.close_meeting(ref)
    held = sam.technology("1").decision(made.number)
    assert held is not None
    assert held.lapsed is None
    assert held.is_current(day + timedelta(days=100))


def test_what_the_next_meeting_does_not_ratify_has_lapsed_when_it_closes(
    sam: Register, clock: StandingClock
) -> None:
    made = decided(sam, chair="Grace Example")
    clock.go_to(TODAY + timedelta(days=14))
    ref = met(sam, on=sam.today)
    sam.drop_item(ref, 1)
    sam.close_meeting(ref)
    held = sam.technology("1").decision(made.number)
    assert held is not None
    assert held.lapsed is not None
    assert held.lapsed.meeting == ref
    assert not held.is_current(sam.today)


def test_what_falls_short_becomes_a_condition_of_the_approval(sam: Register) -> None:
    sam.answer("1", {"PR1": AnswerGiven(answer=AnswerValue.NO, note="None were")})
    ref = met(sam)
    assert "needed, for PR1" in refused(sam, decided, sam, meeting=ref)
    asked = ConditionInput(
        text="Consider other ways",
        owner="Mei Example",
        due=TODAY + timedelta(days=30),
        evidence_needed="The options",
    )
    made = decided(sam, meeting=ref, outcome="approve-with-conditions", conditions=[asked])
    assert len(made.conditions) == 1


def test_nothing_is_decided_on_an_item_for_information(sam: Register) -> None:
    ref = met(sam)
    sam.drop_item(ref, 1)
    sam.add_items(ref, [ItemInput(technology="1", purpose="for information")])
    assert "is for information" in refused(sam, decided, sam, meeting=ref)
    sam.minute(ref, 2, outcome="noted")
    sam.add_items(ref, [ItemInput(technology="1")])
    assert decided(sam, meeting=ref).item == 3


def test_an_item_that_is_taken_off_keeps_its_number_and_what_was_declared_in_it(
    sam: Register,
) -> None:
    ref = met(sam)
    supplier = {"person": "Hugo Example", "kind": InterestKind.SUPPLIER, "nature": "Worked there"}
    sam.declare(ref, 1, **supplier, action=InterestAction.LEFT)
    sam.drop_item(ref, 1)
    assert "taken off already" in refused(sam, sam.drop_item, ref, 1)
    assert "was taken off the agenda" in refused(sam, sam.minute, ref, 1, "Said")
    item = sam.add_items(ref, [ItemInput(technology="1")]).items[-1]
    assert item.number == 2
    hugo = next(key for key, each in sam.state.people.items() if each.name == "Hugo Example")
    assert hugo not in sam.sitting(ref, 2).quorum.counted
    sam.minute(ref, 2, "Heard")
    said = refused(sam, sam.drop_item, ref, 2)
    assert said == (
        f"Item 2 of {ref} stays on the agenda: a minute was written on it. Minute instead that "
        "there was no decision on it."
    )
    sam.minute(ref, 2, outcome="no decision", no_decision="Time")
    assert "it has ended (no decision)" in refused(sam, sam.drop_item, ref, 2)


def test_a_chair_who_decides_alone_counts_no_votes(sam: Register) -> None:
    assert "decided alone" in misread(
        sam, decided, sam, chair="Grace Example", votes=Votes(in_favour=9)
    )


def test_nobody_records_what_an_outside_body_said_of_their_own_proposal(sam: Register) -> None:
    view = {"body": "independent-ethics", "outcome": "support"}
    with acting(sam, "Farah Example"):
        assert "proposed T-0001" in refused(sam, decided, sam, **view)
    assert decided(sam, **view).method is Method.OWN_RECORD


def test_a_chairs_action_that_was_corrected_is_ratified_as_corrected(
    sam: Register, clock: StandingClock
) -> None:
    made = decided(sam, chair="Grace Example")
    right = sam.correct("1", made.number, {"reasons": "Spelt right."}, reason="A slip")
    clock.go_to(TODAY + timedelta(days=14))
    ref = met(sam, on=sam.today)
    said = refused(sam, sam.ratify, "1", made.number, meeting=ref)
    assert f"Ratify {right.number}" in said
    assert sam.ratify("1", right.number, meeting=ref).ratified is not None


def test_the_next_meeting_ratifies_also_when_it_was_moved_to_a_later_day(
    sam: Register, clock: StandingClock
) -> None:
    ref = met(sam, on=TODAY + timedelta(days=10))
    made = decided(sam, chair="Grace Example")
    assert made.ratify_by == TODAY + timedelta(days=10)
    sam.drop_item(ref, 1)
    day = TODAY + timedelta(days=17)
    sam.reschedule(ref, on=day, reason="The room was taken")
    clock.go_to(day)
    assert [number for _, number in sam.unratified(ref)] == [made.number]
    assert sam.ratify("1", made.number, meeting=ref).is_current(day + timedelta(days=90))


def test_a_meeting_after_the_next_ratifies_nothing(sam: Register, clock: StandingClock) -> None:
    met(sam, on=TODAY + timedelta(days=10))
    made = decided(sam, chair="Grace Example")
    clock.go_to(TODAY + timedelta(days=20))
    ref = met(sam, on=sam.today)
    assert sam.unratified(ref) == []
    assert "has lapsed" in refused(sam, sam.ratify, "1", made.number, meeting=ref)


def test_what_is_decided_in_writing_is_ratified_too(sam: Register) -> None:
    made = decided(sam, meeting=met(sam, by_correspondence=True))
    assert made.method is Method.CORRESPONDENCE
    assert made.ratify_by == TODAY + timedelta(days=60)
    assert len(made.room.quorum.counted) == 3


def test_a_condition_says_who_accepts_it_and_what_follows(sam: Register) -> None:
    condition = ConditionInput(
        text="Report", owner="Mei Example", due=date(2027, 1, 9), evidence_needed="The report",
        discharged_by="ddat-board", if_missed="The trial stops.",
    )  # fmt: skip
    made = decided(sam, meeting=met(sam), outcome="approve-with-conditions", conditions=[condition])
    assert made.conditions[0].discharged_by == "ddat-board"
    assert made.conditions[0].if_missed == "The trial stops."
    said = refused(
        sam, sam.discharge, "1", decision=made.number, condition=1, body="ai-sub-group",
        on=TODAY, evidence=["E1"],
    )  # fmt: skip
    assert "DDaT Board" in said
    sam.discharge("1", decision=made.number, condition=1, body="ddat-board", on=TODAY,
                  evidence=["E1"])  # fmt: skip


def test_minutes_are_confirmed_after_the_meeting_is_closed(sam: Register) -> None:
    ref = met(sam)
    assert "is not closed yet" in refused(sam, sam.confirm_minutes, ref, on=TODAY)
    assert "or a minute that there was none, on item 1 (" in refused(sam, sam.close_meeting, ref)
    decided(sam, meeting=ref)
    sam.close_meeting(ref)
    assert sam.confirm_minutes(ref, on=TODAY).confirmed is not None
    assert "were confirmed on" in refused(sam, sam.confirm_minutes, ref, on=TODAY)
    for command in (
        lambda: sam.attend(ref, [AttendanceInput(person="Kit Example")]),
        lambda: sam.minute(ref, 1, "More"),
        lambda: sam.add_items(ref, [ItemInput(title="Late")]),
    ):
        assert "has been closed" in refused(sam, command)


def test_minutes_are_confirmed_at_no_meeting_before_their_own(sam: Register) -> None:
    first = met(sam)
    second = sam.call_meeting(body="ai-sub-group", on=TODAY)
    sam.drop_item(first, 1)
    sam.close_meeting(first)
    sam.close_meeting(second.ref)
    for at in (first, second.ref):
        said = misread(sam, sam.confirm_minutes, second.ref, on=TODAY, at_meeting=at)
        assert "Name a later meeting of the same body" in said
    confirmed = sam.confirm_minutes(first, on=TODAY, at_meeting=second.ref).confirmed
    assert confirmed is not None
    assert confirmed.where == f"at {second.ref}"


def test_a_meeting_that_moved_on_is_not_overwritten(sam: Register) -> None:
    ref = met(sam)
    seen = sam.meeting(ref).revision
    sam.add_items(ref, [ItemInput(title="Training")])
    from horizon.model.errors import Conflict

    with pytest.raises(Conflict, match="set the agenda"):
        sam.attend(ref, [AttendanceInput(person="Kit Example")], expect=seen)
