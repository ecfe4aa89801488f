"""Sealed scoring rounds, checklist answers and references to evidence."""

from __future__ import annotations

import hashlib
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from horizon.framework.loading import load, shipped_folder
from horizon.model.assessment import Score
from horizon.model.errors import SigningFault
from horizon.model.events import AnswerGiven
from horizon.model.words import AnswerValue, EvidenceGrade
from horizon.register import Register
from horizon.register.keygen import check_readable
from horizon.register.telling import tell
from horizon.register.views import attention
from tests.papers.registers import TODAY
from tests.register.using import acting, misread, refused, scored

NOTED = "Nobody may read this yet"


@pytest.fixture
def round_open(register: Register) -> Register:
    """T-0001 with a round open for Asha Example and Ben Example."""
    register.propose(name="Voice to text")
    register.open_round("1", ["Asha Example", "Ben Example", "asha example"])
    return register


def answered(value: str, *evidence: str, note: str = "") -> AnswerGiven:
    return AnswerGiven(answer=AnswerValue(value), evidence=evidence, note=note)


def submit(register: Register, name: str, **scores: Score) -> None:
    with acting(register, name):
        register.submit_scores("1", scores)


def test_no_document_is_dated_in_the_future(worked: Register) -> None:
    tomorrow = TODAY + timedelta(days=1)
    assert "in the future" in misread(
        worked, worked.attach_evidence, "T-0001", title="Report", dated=tomorrow
    )
    assert worked.attach_evidence("T-0001", title="Report", dated=TODAY).dated == TODAY


def test_a_round_names_its_assessors_once_each_before_anybody_scores(register: Register) -> None:
    register.propose(name="Voice to text")
    said = refused(register, register.open_round, "1", [])
    assert "Missing: at least one assessor" in said
    assert "name is empty" in misread(register, register.open_round, "1", [" "])
    made = register.open_round("1", ["Asha Example", "asha EXAMPLE", "Ben Example"])
    assert made.open_round is not None
    names = [register.name(each) for each in made.open_round.assessors]
    assert names == ["Asha Example", "Ben Example"]


def test_one_round_is_open_at_a_time(round_open: Register) -> None:
    said = refused(round_open, round_open.open_round, "1", ["Carys Example"])
    assert said.startswith("Round 1 of T-0001 is still open")
    assert "Missing: scores from Asha Example, Ben Example" in said


def test_only_the_named_assessors_score_and_each_once(round_open: Register) -> None:
    said = refused(round_open, round_open.submit_scores, "1", {"S1": scored()})
    assert "Only the assessors named for round 1 may score T-0001: Asha Example, Ben Ex" in said
    submit(round_open, "asha example", S1=scored(4))
    with acting(round_open, "Asha Example"):
        again = refused(round_open, round_open.submit_scores, "1", {"S1": scored(5)})
    assert "a submission is fixed when made" in again


def test_a_submission_has_scores_for_criteria_that_there_are(round_open: Register) -> None:
    with acting(round_open, "Asha Example"):
        none = misread(round_open, round_open.submit_scores, "1", {})
        assert "Score at least one criterion" in none
        stranger = misread(round_open, round_open.submit_scores, "1", {"S9": scored()})
        assert "'S9' is not a criterion" in stranger
        bare = Score(value="na", grade=EvidenceGrade.B)
        said = refused(round_open, round_open.submit_scores, "1", {"S1": scored(), "E1": bare})
        assert "Missing: a note for E1" in said


def test_a_round_closes_when_all_have_scored_or_early_with_a_reason(round_open: Register) -> None:
    assert "has no scores yet" in refused(round_open, round_open.close_round, "1", reason="Late")
    submit(round_open, "Asha Example", S1=scored())
    said = refused(round_open, round_open.close_round, "1", reason=" ")
    assert "sealed until every assessor has submitted" in said
    assert "scores from Ben Example; or a reason" in said
    made = round_open.close_round("1", reason="Ben is away")
    assert made.closed_round is not None
    assert made.closed_round.close_reason == "Ben is away"
    for command in (round_open.close_round, round_open.submit_scores):
        more = ({"S1": scored()},) if command == round_open.submit_scores else ()
        assert "has no open scoring round" in refused(round_open, command, "1", *more)
    assert round_open.open_round("1", ["Carys Example"]).rounds[-1].number == 2


def test_scores_in_a_sealed_round_change_no_reading_and_are_told_to_nobody(
    round_open: Register,
) -> None:
    technology_id = round_open.technology("1").id
    before = round_open.reading(technology_id).scores
    submit(round_open, "Asha Example", S1=scored(5, NOTED), S2=scored(1, NOTED))
    assert round_open.reading(technology_id).scores == before
    told = [
        tell(event, round_open) for _, commit in round_open.history() for event in commit.events
    ]
    assert "submitted 2 scores in round 1" in told
    assert NOTED not in " ".join(told)
    submit(round_open, "Ben Example", S1=scored(5))
    round_open.close_round("1")
    assert round_open.reading(technology_id).scores != before


def test_a_round_is_scored_by_the_framework_it_was_opened_under(
    round_open: Register, tmp_path: Path
) -> None:
    folder = tmp_path / "criteria"
    shutil.copytree(shipped_folder(), folder)
    for file in folder.iterdir():
        text = file.read_text(encoding="utf-8").replace('version = "', 'version = "9.', 1)
        file.write_text(text, encoding="utf-8")
    opened_under = round_open.framework.digest
    round_open.adopt_framework(load(folder), reason="A newer one")
    assert round_open.framework.digest != opened_under
    submit(round_open, "Asha Example", S1=scored())
    made = round_open.close_round("1", reason="Enough")
    assert made.rounds[-1].framework == opened_under


@pytest.mark.parametrize("value", ["yes", "partly"])
def test_yes_and_partly_are_said_on_evidence(register: Register, value: str) -> None:
    register.propose(name="Voice to text")
    said = refused(register, register.answer, "1", {"LB3": answered(value, note="Trust us")})
    assert f"LB3 can be answered {value} only with evidence" in said
    assert "Missing: a reference to: " in said
    stranger = misread(register, register.answer, "1", {"LB3": answered(value, "E1")})
    assert "'E1' is not an evidence reference of T-0001. There is none yet." in stranger
    register.attach_evidence("1", title="Assessment", dated=TODAY)
    made = register.answer("1", {"LB3": answered(value, "E1")})
    assert made.answers["LB3"].answer == value
    assert made.answers["LB3"].framework == register.framework.digest
    assert "Use one of: E1" in misread(register, register.answer, "1", {"LB3": answered("no", "E")})


def test_not_applicable_is_never_said_to_a_red_line_or_against_the_facts(
    register: Register,
) -> None:
    register.propose(name="Voice to text")
    given = answered("not applicable", note="Not for us")
    for item in register.framework.items.values():
        always = not item.applies.all_of and not item.applies.any_of
        if item.red_line or not always:
            said = refused(register, register.answer, "1", {item.id: given})
            assert f"{item.id} cannot be answered not applicable" in said
        else:
            bare = answered("not applicable")
            said = refused(register, register.answer, "1", {item.id: bare})
            assert "Missing: the reason" in said
            register.answer("1", {item.id: given})
    assert register.technology("1").answers


def test_nobody_clears_a_red_line_of_what_they_proposed(register: Register) -> None:
    register.propose(name="Voice to text")
    register.attach_evidence("1", title="Assessment", dated=TODAY)
    for item in register.framework.items.values():
        given = {item.id: answered("yes", "E1")}
        if item.red_line:
            said = refused(register, register.answer, "1", given)
            assert f"proposed T-0001 and cannot clear its red lines ({item.id})" in said
            for value in ("partly", "no", "unknown"):
                register.answer("1", {item.id: answered(value, "E1")})
            with acting(register, "Ben Example"):
                register.answer("1", given)
            refused(register, register.answer, "1", {item.id: answered("yes", "E1", note="Mine")})
        else:
            register.answer("1", given)
    assert {each.answer for each in register.technology("1").answers.values()} == {"yes"}


def test_who_proposed_one_of_two_that_were_merged_clears_no_red_line_of_both(
    register: Register,
) -> None:
    register.propose(name="Voice to text")
    with acting(register, "Ben Example"):
        register.propose(name="Speech to text")
    register.attach_evidence("1", title="Assessment", dated=TODAY)
    register.merge("2", "1", reason="The same")
    with acting(register, "Ben Example"):
        said = refused(register, register.answer, "1", {"LB1": answered("yes", "E1")})
    assert "Ben Example proposed T-0001 and cannot clear its red lines (LB1)" in said


def test_questions_that_the_facts_take_away_take_no_answer(register: Register) -> None:
    register.propose(name="Voice to text")
    assert "'ZZ9' is not a checklist item" in misread(
        register, register.answer, "1", {"ZZ9": answered("no")}
    )
    items = register.framework.items.values()
    item = next(each.id for each in items if each.applies.any_of)
    register.answer("1", {item: answered("no")})
    register.set_facts("1", dict.fromkeys(register.framework.fact_names, "no"))
    said = refused(register, register.answer, "1", {item: answered("unknown")})
    assert f"{item} does not apply to T-0001 as its facts stand" in said


def test_one_refused_answer_refuses_them_all_and_the_same_answer_is_no_news(
    register: Register,
) -> None:
    register.propose(name="Voice to text")
    refused(register, register.answer, "1", {"DP1": answered("no"), "LB3": answered("yes")})
    made = register.answer("1", {"DP1": answered("no", note="Not yet")})
    assert register.answer("1", {"DP1": answered("no", note="Not yet")}).revision == made.revision
    changed = register.answer("1", {"DP1": answered("no", note="Still not")})
    assert changed.revision == made.revision + 1


def test_evidence_is_numbered_and_its_file_is_read_once_and_never_kept(
    register: Register, tmp_path: Path
) -> None:
    register.propose(name="Voice to text")
    paper = tmp_path / "dpia.pdf"
    paper.write_bytes(b"Nobody may find this in the register")
    first = register.attach_evidence("1", title="DPIA", dated=date(2026, 11, 1), file=paper)
    assert (first.id, first.location) == ("E1", str(paper))
    assert first.sha256 == hashlib.sha256(b"Nobody may find this in the register").hexdigest()
    second = register.attach_evidence("1", title="Test plan", dated=TODAY, owner="Asha Example")
    assert (second.id, second.sha256) == ("E2", None)
    assert b"Nobody may find this in the register" not in register.path.read_bytes()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"title": " "}, "title must not be empty"),
        ({"document": "poem"}, "'poem' is not a kind of document"),
        ({"file": Path("nowhere.pdf")}, "nowhere.pdf: The evidence file cannot be read"),
    ],
)
def test_evidence_that_cannot_be_referred_to_is_refused(
    register: Register, more: dict[str, Any], said: str
) -> None:
    register.propose(name="Voice to text")
    values = {"title": "Plan", "dated": TODAY} | more
    assert said in misread(register, register.attach_evidence, "1", **values)


def test_who_proposed_or_owns_a_technology_does_not_score_it(register: Register) -> None:
    register.propose(name="Voice to text", owner="Mei Example")
    for person, why in (("Farah Example", "proposed"), ("Mei Example", "owns")):
        said = refused(register, register.open_round, "1", ["Asha Example", person])
        assert f"{person} {why} T-0001 and cannot score it" in said


def test_no_evidence_file_a_copy_or_a_key_has_nul_in_its_name(register: Register) -> None:
    register.propose(name="Drones")
    path, said = Path("a\x00b"), "o file can have that name"
    assert said in misread(
        register, register.attach_evidence, "1", title="A", dated=TODAY, file=path
    )
    assert said in misread(register, register.copy_preview, path)
    assert said in misread(register, register.take_in_copy, path)
    with pytest.raises(SigningFault, match=said):
        check_readable(path)


def test_an_open_round_needs_someone(round_open: Register) -> None:
    def said() -> list[str]:
        return [each.words for each in attention(round_open)]

    assert "Round 1 is open for scores" in said()
    with acting(round_open, "Ben Example"):
        round_open.submit_scores("1", {"S1": scored()})
    round_open.close_round("1", reason="Nobody else has time")
    assert "Round 1 is open for scores" not in said()
