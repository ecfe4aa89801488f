"""The record of a decision answers who, what, when, on what, why, and what became of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from horizon.framework.loading import from_copy
from horizon.model.decision import Decision
from horizon.model.errors import BadInput
from horizon.model.events import AnswerGiven
from horizon.model.record import Advice, Considerations
from horizon.model.words import AnswerValue
from horizon.register import ConditionInput, Register
from horizon.register.checking import verify
from horizon.register.records import Part, Weight, find_decision, is_number, read_record
from horizon.register.views import history
from tests.clocks import StandingClock
from tests.example.committees import SECRETARY, convened, put_on_agenda
from tests.example.journey import CONSIDERED
from tests.papers.registers import TODAY
from tests.register.using import acting, misread, refused

LOG = ConditionInput(
    text="Keep a log",
    owner="Mei Example",
    due=TODAY + timedelta(days=30),
    evidence_needed="The log",
)


def decided(register: Register, ref: str = "T-0001", **changes: Any) -> Decision:
    """A decision of the AI Sub-Group at gate G2, at a meeting that was called for it."""
    technology = register.technology(ref).id
    with acting(register, SECRETARY):
        meeting = convened(register, "ai-sub-group", register.today)
        item = put_on_agenda(register, meeting, technology)
        register.acting = SECRETARY
        values = {
            "body": "ai-sub-group",
            "gate": "G2",
            "outcome": "approve",
            "decided_on": register.today,
            "meeting": meeting,
            "item": item,
            "considered": CONSIDERED,
            "reasons": "The use is fair.",
        }
        return register.decide(technology, **values | changes)


def said(part: Part) -> dict[str, str]:
    """What a part says, by what it is about."""
    return {each.name: " ".join([each.text, *each.notes]) for each in part.said}


def test_every_part_of_the_record_is_there_in_the_order_in_which_people_ask(
    worked: Register,
) -> None:
    number = decided(worked).number
    record = read_record(worked, number)
    assert [part.key for part in record.parts] == [
        "decided",
        "since",
        "conditions",
        "reasons",
        "disagreement",
        "room",
        "weighed",
        "evidence",
        "table",
        "rules",
        "publication",
        "proof",
    ]
    assert record.title == f"{number}: Approve, Meeting room booking (T-0001)"
    assert (record.state.text, record.holds) == ("It stands, and approves.", True)
    assert record.seal.fits


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("AISG/2026/001", True),
        ("aisg/2026/1", True),
        (" AISG 2026 001 ", True),
        ("AISG/2026-11-24", False),
        ("T-0001", False),
    ],
)
def test_a_number_is_known_however_it_is_typed(worked: Register, typed: str, known: bool) -> None:
    assert is_number(typed) is known
    if known:
        assert find_decision(worked, typed)[1].number == "AISG/2026/001"
    else:
        with pytest.raises(BadInput):
            find_decision(worked, typed)


def test_what_was_on_the_table_stays_as_it_was_when_the_technology_changes(
    worked: Register,
) -> None:
    number = decided(worked).number
    before = said(read_record(worked, number).part("table"))
    worked.set_facts("T-0001", {"personal_data": "yes", "biometric": "yes"})
    worked.attach_evidence("T-0001", title="A later test", dated=TODAY)
    record = read_record(worked, number)
    assert said(record.part("table")) == before
    assert before["Tier"].startswith("Light")
    assert "A later test" not in str(record.part("evidence"))
    assert record.seal.fits


def test_the_record_says_what_was_asked_and_on_which_evidence_and_note_it_was_answered(
    worked: Register,
) -> None:
    worked.attach_evidence("T-0001", title="A legal note", dated=TODAY)
    evidence = worked.technology("T-0001").evidence[-1].id
    given = AnswerGiven(answer=AnswerValue.YES, note="See 2.1", evidence=(evidence,))
    worked.answer("T-0001", {"LB3": given})
    table = read_record(worked, decided(worked).number).part("table")
    answers = next(each for each in table.said if each.name == "Answers")
    question = worked.framework.items["LB3"].question
    assert f"LB3 yes, on {evidence}: {question} Note: See 2.1" in answers.notes
    assert answers.text == f"{len(answers.notes)} yes"


def test_a_record_that_was_tampered_with_says_that_its_hash_does_not_fit(worked: Register) -> None:
    number = decided(worked).number
    technology = worked.technology("T-0001")
    decision = technology.decisions[-1]
    table = decision.on_the_table.model_copy(update={"revision": 99})
    changed = decision.model_copy(update={"on_the_table": table})
    worked.state.technologies[technology.id] = technology.model_copy(
        update={"decisions": (*technology.decisions[:-1], changed)}
    )
    record = read_record(worked, number)
    assert not record.seal.fits
    check = next(each for each in record.part("proof").said if each.name == "Check")
    assert (check.text, check.weight) == ("It does not fit", Weight.BAD)


def test_the_record_of_an_erased_decision_says_that_it_was_erased(worked: Register) -> None:
    number = decided(worked).number
    seq = read_record(worked, number).seal.seq
    worked.erase([seq], reason="It named a victim")
    assert f"{number} was recorded, and what it said has been erased" in misread(
        worked, read_record, worked, number
    )


def test_what_happened_to_a_condition_is_said_on_every_day(worked: Register) -> None:
    decision = decided(
        worked,
        outcome="approve-with-conditions",
        conditions=[
            ConditionInput(
                text="Keep a log",
                owner="Mei Example",
                due=TODAY + timedelta(days=30),
                evidence_needed="The log",
                discharged_by="ddat-board",
                if_missed="It stops",
            )
        ],
    )

    def told(day: date) -> str:
        return said(read_record(worked, decision.number, as_at=day).part("conditions"))[
            "Condition 1"
        ]

    due = TODAY + timedelta(days=30)
    assert told(due).startswith("Open, due 24 December 2026: Keep a log")
    assert told(due + timedelta(days=1)).startswith("OVERDUE since 25 December 2026, by 1 day")
    assert "To be accepted as met by: DDaT Board" in told(due)
    assert read_record(worked, decision.number, as_at=due).holds
    assert not read_record(worked, decision.number, as_at=due + timedelta(days=1)).holds
    held = worked.attach_evidence("T-0001", title="Log of December", dated=TODAY, version="2")
    asked: dict[str, Any] = {
        "decision": decision.number,
        "condition": 1,
        "on": TODAY,
        "evidence": [held.id],
    }
    assert "accepted as met by the DDaT Board, not by the AI Sub-Group" in refused(
        worked, worked.discharge, "T-0001", body="ai-sub-group", **asked
    )
    worked.discharge("T-0001", body="ddat-board", note="Looked at in full", **asked)
    after = told(due + timedelta(days=1))
    assert after.startswith("Discharged on 24 November 2026: Keep a log")
    assert f"{held.id} (Log of December, version 2, 24 November 2026)" in after
    assert "Looked at in full" in after


def test_a_condition_that_was_not_met_after_all_is_open_again_until_a_body_decides(
    worked: Register,
) -> None:
    number = decided(worked, outcome="approve-with-conditions", conditions=[LOG]).number
    held = worked.attach_evidence("T-0001", title="Log", dated=TODAY).id
    where: dict[str, Any] = {"decision": number, "condition": 1}
    back = worked.take_discharge_back
    assert "nobody recorded it as met" in refused(worked, back, "T-0001", **where, reason="Wrong")
    discharge: dict[str, Any] = where | {"body": "ai-sub-group", "on": TODAY, "evidence": [held]}
    worked.discharge("T-0001", **discharge)
    assert "with a reason" in refused(worked, back, "T-0001", **where, reason=" ")
    back("T-0001", **where, reason="The log is of another system")
    found = worked.technology("T-0001").decision(number)
    assert found is not None
    assert found.conditions[0].discharge is None
    assert "not met after all" in " ".join(e.words for e in history(worked, "T-0001"))
    (seq,) = (each.seq for each in history(worked, "T-0001") if "not met after all" in each.words)
    worked.erase([seq], reason="It named a victim")
    found = worked.technology("T-0001").decision(number)
    assert found is not None
    assert found.conditions[0].discharge is None, "nobody's data makes a condition met"
    worked.discharge("T-0001", **discharge)
    body = "futures-delivery-group"
    with acting(worked, SECRETARY):
        meeting = convened(worked, body, TODAY)
        item = put_on_agenda(worked, meeting, worked.technology("T-0001").id)
    at: dict[str, Any] = {"body": body, "gate": "G3", "meeting": meeting, "item": item}
    later = decided(worked, outcome="return", **at).number
    said = refused(worked, back, "T-0001", **where, reason="Wrong")
    assert f"decided on since ({later})" in said
    assert "Reopen the technology" in said


def test_a_condition_of_a_decision_that_was_replaced_is_not_discharged_there(
    worked: Register,
) -> None:
    conditional: dict[str, Any] = {
        "outcome": "approve-with-conditions",
        "conditions": [LOG],
    }
    first = decided(worked, **conditional).number
    second = decided(worked, **conditional, supersedes=first).number
    held = worked.attach_evidence("T-0001", title="Log", dated=TODAY).id
    asked: dict[str, Any] = {"condition": 1, "on": TODAY, "evidence": [held]}
    asked["body"] = "ai-sub-group"
    assert f"{first} was superseded by {second}" in refused(
        worked, worked.discharge, "T-0001", decision=first, **asked
    )
    worked.discharge("T-0001", decision=second, **asked)
    assert said(read_record(worked, first).part("since"))["Superseded by"].startswith(second)
    assert said(read_record(worked, second).part("since"))["Supersedes"].endswith(
        f"{first} (Approve with conditions)"
    )


def test_a_decision_keeps_its_framework_when_another_comes_into_force(worked: Register) -> None:
    number = decided(worked).number
    newer = from_copy({**worked.framework.content, "version": "9.0"})
    worked.adopt_framework(newer, reason="Agreed")
    rules = said(read_record(worked, number).part("rules"))
    assert "version 0.2" in rules["Framework"]
    assert "has worked under version 9.0 since; this decision keeps its own" in rules["Since then"]


def test_what_a_light_review_was_not_asked_to_weigh_is_no_gap_in_its_record(
    worked: Register,
) -> None:
    told = decided(worked, considered=Considerations(equality="Looked at"))
    weighed = said(read_record(worked, told.number).part("weighed"))
    assert "Not recorded" not in weighed
    assert "the trade-offs considered" in weighed["Not asked"]


def test_advice_that_was_not_followed_says_why(worked: Register) -> None:
    advice = Advice(given="Wait for the test", followed="no", why_not="It is a booking system")
    told = decided(worked, considered=CONSIDERED.model_copy(update={"dpo_advice": advice}))
    weighed = said(read_record(worked, told.number).part("weighed"))
    assert weighed["DPO's advice"] == (
        "Wait for the test Not followed, because: It is a booking system"
    )


def test_a_correction_says_what_it_changed_and_what_was_said_before(worked: Register) -> None:
    first = decided(worked).number
    with acting(worked, SECRETARY):
        second = worked.correct(
            "T-0001", first, {"reasons": "The use is fair and small."}, reason="A slip"
        ).number
    old, new = read_record(worked, first), read_record(worked, second)
    assert old.state.text == f"Corrected by {second} on 24 November 2026."
    assert (
        "It changed the reasons. It said: The use is fair." in said(new.part("since"))["Correction"]
    )
    assert new.holds
    assert not old.holds
    assert worked.meeting("AISG/2026-11-24").items[0].decision == second
    worked.close()
    assert verify(worked.path).faults == ()


def test_a_correction_takes_nothing_out_that_a_record_has_to_say(worked: Register) -> None:
    number = decided(worked).number
    with acting(worked, SECRETARY):
        assert "the reasons" in refused(
            worked, worked.correct, "T-0001", number, {"reasons": " "}, reason="x"
        )
        assert "the legal basis" in refused(
            worked,
            worked.correct,
            "T-0001",
            number,
            {"considered": Considerations(equality="Looked at")},
            reason="x",
        )
    assert "Farah Example proposed T-0001 and cannot record" in refused(
        worked, worked.correct, "T-0001", number, {"reasons": "Mine"}, reason="x"
    )


def test_what_has_happened_since_is_in_the_record_until_it_is_answered(
    worked: Register, clock: StandingClock
) -> None:
    first = decided(worked).number
    clock.go_to(TODAY + timedelta(days=7))
    worked.reopen("T-0001", trigger="change", reason="A new supplier", items=["LB3"])
    record = read_record(worked, first)
    assert record.state.text.startswith("Not approved: reopened on 1 December 2026")
    assert not record.holds
    reopened = said(record.part("since"))["Reopened"]
    assert "LB3 to answer again: A new supplier" in reopened
    assert "Not answered yet." in reopened
    assert read_record(worked, first, as_at=TODAY).holds
    evidence = worked.technology("T-0001").evidence[0].id
    worked.answer("T-0001", {"LB3": _yes(evidence)})
    second = decided(worked, supersedes=first).number
    assert said(read_record(worked, second).part("since"))["Answers"].startswith("1 December 2026")
    assert f"Answered by {second}." in said(read_record(worked, first).part("since"))["Reopened"]


def _yes(evidence: str) -> Any:
    from horizon.model.events import AnswerGiven
    from horizon.model.words import AnswerValue

    return AnswerGiven(answer=AnswerValue.YES, evidence=(evidence,))
