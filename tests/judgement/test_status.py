"""One word for where an assessment stands, gravest first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from horizon.framework.loading import shipped
from horizon.judgement.checklist import RedLine, read_checklist
from horizon.judgement.scoring import GateState, read_scores
from horizon.judgement.status import Status, StatusReading, read_status
from horizon.model.assessment import Score
from horizon.model.facts import Fact, FactValue
from horizon.model.words import AnswerValue, EvidenceGrade, Phase
from tests.judgement.making import SMALL, answers, facts, round_of, score, technology

ALL_YES = {"RED": "yes", "LATE": "yes", "BLOCK": "yes", "GROWS": "yes", "MILD": "yes"}
DEEP = facts(Fact.PERSONAL_DATA)


def read(
    given: dict[str, str], *sheet: Score, known: dict[Fact, FactValue] = DEEP
) -> StatusReading:
    rounds = (round_of({"S1": sheet[0]}),) if sheet else ()
    subject = technology(facts=known, answers=answers(**given), rounds=rounds)
    return read_status(
        read_checklist(SMALL, subject, Phase.TRIAL), read_scores(SMALL, subject, Phase.TRIAL)
    )


@pytest.mark.parametrize(
    ("changed", "sheet", "status", "reasons"),
    [
        ({}, (score(3),), Status.CLEAR, ()),
        ({}, (), Status.OPEN, ("Not yet shown to reach its minimum: S1.",)),
        ({}, (score(2, "B"),), Status.OPEN, ("Not yet shown to reach its minimum: S1.",)),
        ({"MILD": None}, (score(3),), Status.OPEN, ("Not answered yet: MILD.",)),
        ({"BLOCK": "unknown"}, (score(3),), Status.OPEN, ("Not answered yet: BLOCK.",)),
        ({"MILD": "no"}, (score(3),), Status.CLEAR, ()),
        ({"BLOCK": "partly"}, (score(3),), Status.CLEAR, ()),
        ({}, (score(1),), Status.BELOW_GATE, ("S1 is below its minimum of 2.",)),
        ({"BLOCK": "no"}, (score(3),), Status.BELOW_GATE, ("BLOCK blocks.",)),
        (
            {"BLOCK": "no", "MILD": None},
            (score(1),),
            Status.BELOW_GATE,
            ("S1 is below its minimum of 2.", "BLOCK blocks."),
        ),
        ({"RED": None}, (score(3),), Status.HELD, ("Red line RED is not cleared.",)),
        ({"RED": "partly"}, (score(1),), Status.HELD, ("Red line RED is not cleared.",)),
        ({"RED": "no"}, (score(5),), Status.STOP, ("Red line RED is crossed.",)),
        ({"RED": "no", "BLOCK": "no"}, (score(1),), Status.STOP, ("Red line RED is crossed.",)),
    ],
)
def test_the_gravest_thing_that_applies_is_the_status(
    changed: dict[str, str | None],
    sheet: tuple[Score, ...],
    status: Status,
    reasons: tuple[str, ...],
) -> None:
    given = {item: value for item, value in (ALL_YES | changed).items() if value}
    found = read(given, *sheet)
    assert (found.status, found.reasons) == (status, reasons)


@pytest.mark.parametrize(
    ("value", "status", "said"),
    [("partly", Status.HELD, "not cleared"), ("no", Status.STOP, "crossed")],
)
def test_several_red_lines_are_named_in_one_sentence(value: str, status: Status, said: str) -> None:
    framework = shipped()
    known = facts(Fact.PERSONAL_DATA, Fact.AFFECTS_INDIVIDUALS)
    lines = [
        each.item.id
        for each in read_checklist(framework, technology(facts=known), Phase.TRIAL).red_lines
    ]
    given = answers(**dict.fromkeys(lines, value))
    subject = technology(facts=known, answers=given)
    found = read_status(
        read_checklist(framework, subject, Phase.TRIAL),
        read_scores(framework, subject, Phase.TRIAL),
    )
    assert len(lines) > 1
    assert found.status is status
    assert found.reasons == (f"Red lines {said}: {', '.join(lines)}.",)


def test_a_crossed_red_line_stops_even_beside_one_that_is_only_unknown() -> None:
    known = facts(Fact.PERSONAL_DATA, Fact.SENSITIVE, Fact.CAMERA)
    found = read({**ALL_YES, "RED": "no"}, score(5), known=known)
    assert found.status is Status.STOP


def test_not_applicable_where_it_may_not_be_said_is_never_clear() -> None:
    subject = technology(
        facts=DEEP,
        answers=answers(**ALL_YES, THEN="yes") | answers(GROWS="not applicable"),
        rounds=(round_of({"S1": score(5)}),),
    )
    found = read_status(
        read_checklist(SMALL, subject, Phase.ADOPTION), read_scores(SMALL, subject, Phase.ADOPTION)
    )
    assert (found.status, found.reasons) == (Status.BELOW_GATE, ("GROWS blocks.",))


def test_the_order_is_that_of_the_method() -> None:
    assert [each.value for each in sorted(Status, key=lambda each: each.gravity)] == [
        "stop", "held", "below gate", "open", "clear",
    ]  # fmt: skip


values = st.sampled_from([str(each) for each in AnswerValue])
some_scores = st.builds(
    Score, value=st.one_of(st.integers(0, 5), st.just("na")), grade=st.sampled_from(EvidenceGrade)
)


@given(
    st.dictionaries(st.sampled_from(Fact), st.sampled_from(FactValue)),
    st.dictionaries(st.sampled_from(sorted(shipped().items)), values),
    st.dictionaries(st.sampled_from(sorted(shipped().criteria)), some_scores),
    st.sampled_from(Phase),
)
def test_clear_means_that_nothing_at_all_stands_in_the_way(
    known: dict[Fact, FactValue], given: dict[str, str], sheet: dict[str, Score], phase: Phase
) -> None:
    subject = technology(facts=known, answers=answers(**given), rounds=(round_of(sheet),))
    checklist = read_checklist(shipped(), subject, phase)
    scores = read_scores(shipped(), subject, phase)
    found = read_status(checklist, scores)
    crossed = any(each.line is RedLine.CROSSED for each in checklist.red_lines)
    assert (found.status is Status.STOP) == crossed
    clear = (
        not checklist.blockers
        and not checklist.open
        and all(each.state is GateState.PASS for each in scores.gates)
    )
    assert (found.status is Status.CLEAR) == clear
    assert bool(found.reasons) == (not clear)
