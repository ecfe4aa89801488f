"""What one event changed is said with its values: from what to what."""

from __future__ import annotations

from datetime import timedelta

from horizon.model.envelope import Event
from horizon.model.events import AnswerGiven
from horizon.model.words import AnswerValue
from horizon.register import Register
from horizon.register.happening import happened
from horizon.register.telling_parts import Said
from tests.papers.registers import TODAY
from tests.register.using import approved


def told(register: Register, ref: str, kind: str) -> dict[str, Said]:
    """What the newest event of a kind changed, by name."""
    history = list(register.history(register.technology(ref).id))
    events: list[Event] = [each for _, commit in history for each in commit.events]
    newest = [each for each in events if each.kind == kind][-1]
    return {each.name: each for each in happened(register, newest, history)}


def test_details_and_dates_are_told_from_what_to_what(worked: Register) -> None:
    worked.amend("T-0003", {"trl": 4, "owner": "Mei Example"})
    worked.amend("T-0003", {"trl": 5, "owner": "Sam Example"})
    changed = told(worked, "T-0003", "details-amended")
    assert changed["Readiness level"].text == "from 4 to 5"
    assert changed["Owner"].text == "from Mei Example to Sam Example"
    worked.set_review("T-0003", TODAY + timedelta(days=7))
    worked.set_review("T-0003", TODAY + timedelta(days=8))
    said = told(worked, "T-0003", "review-date-set")["Review date"].text
    assert said == "from 1 December 2026 to 2 December 2026"


def test_answers_and_facts_are_told_with_the_question_and_the_note(worked: Register) -> None:
    worked.answer("T-0002", {"LB1": AnswerGiven(answer=AnswerValue.UNKNOWN)})
    worked.answer("T-0002", {"LB1": AnswerGiven(answer=AnswerValue.NO, note="Asked Legal")})
    question = worked.framework.items["LB1"].question
    answered = told(worked, "T-0002", "answers-given")[f"LB1 {question}"]
    assert answered.text == "from unknown to no"
    assert answered.notes == ("Asked Legal",)
    worked.set_facts("T-0002", {"camera": "yes"})
    worked.set_facts("T-0002", {"camera": "no"})
    assert told(worked, "T-0002", "facts-set")["Cameras"].text == "from yes to no"


def test_scores_are_told_by_the_name_of_what_was_scored(worked: Register) -> None:
    name = worked.framework.criteria["S1"].name
    scored = told(worked, "T-0001", "scores-submitted")[f"S1 {name}"]
    assert " of 5, evidence " in scored.text


def test_a_decision_is_told_by_the_name_of_its_outcome(worked: Register) -> None:
    made = approved(worked)
    decided = told(worked, "T-0001", "decision-recorded")
    assert decided["Outcome"].text == "Approve"
    assert decided["Reasons"].text == made.reasons
    assert decided["Decided by"].text == "AI Sub-Group, at gate G2 (Ethics, for a trial)"


def test_what_was_taken_back_is_told_as_a_change_too(worked: Register) -> None:
    worked.amend("T-0003", {"trl": 4})
    worked.take_back("T-0003")
    assert told(worked, "T-0003", "change-taken-back")["Readiness level"].text == (
        "from 4 to nothing"
    )


def test_looking_at_what_happened_changes_nothing(worked: Register) -> None:
    before = worked.state.tables()
    for line, commit in list(worked.history()):
        for event in commit.events:
            assert line
            happened(worked, event, list(worked.history(event.subject)))
    assert worked.state.tables() == before
