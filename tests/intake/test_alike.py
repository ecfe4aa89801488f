"""Rows that may be technologies the register has already, under another name."""

from __future__ import annotations

from horizon.register import Register
from horizon.register.likely import suggestions
from tests.intake.using import loaded, outcomes, planned


def test_a_row_like_a_technology_that_is_here_waits_with_the_reasons(register: Register) -> None:
    register.propose(name="DARAT")
    report = planned(register, "name\nDomestic Abuse Risk Assessment Tool\nGait\n")
    assert outcomes(report) == [(2, "possible duplicate"), (3, "new")]
    assert report.rows[0].like == (
        "T-0001 DARAT ('DARAT' is short for 'Domestic Abuse Risk Assessment Tool')",
    )
    assert "--decide 2=new, or =T-0001" in report.rows[0].do


def test_a_row_decided_to_be_new_is_remembered_as_different(register: Register) -> None:
    register.propose(name="Apache Kafka")
    text = "name,supplier\nKafka,\n"
    report = loaded(register, text, decide={"2": "new"})
    assert outcomes(report) == [(2, "new")]
    assert suggestions(register) == []
    assert register.technology("T-0002").different_from == (register.technology("T-0001").id,)
    assert outcomes(loaded(register, text)) == [(2, "unchanged")]
    register.undo_import("1", reason="Wrong")
    assert [each.label for each in register.state.technologies.headers()] == ["T-0001"]


def test_what_one_list_names_apart_is_not_held_to_be_one(register: Register) -> None:
    first = "id,name\n1,Apache Kafka\n"
    loaded(register, first)
    report = loaded(register, first + "2,Kafka\n")
    assert outcomes(report) == [(2, "unchanged"), (3, "new")]
    assert len(suggestions(register)) == 1, "but somebody may look at the two"


def test_an_import_stands_that_another_entry_was_told_apart_from(register: Register) -> None:
    loaded(register, "name\nKafka\n")
    register.propose(name="Apache Kafka", duplicate_reason="x")
    register.mark_different("T-0002", "T-0001")
    register.undo_import("1", reason="Wrong", keep_changed=True)
    assert len(register.state.technologies) == 2
