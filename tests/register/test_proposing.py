"""What a technology is: proposed, sighted, amended, and taken off the route."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from horizon.model.facts import Fact
from horizon.model.technology import Details, Sighting
from horizon.model.words import SourceType
from horizon.register import Proposal, Register
from tests.papers.registers import TODAY
from tests.register.using import kinds, misread, refused

TOMORROW = TODAY + timedelta(days=1)


def seen(day: date = TODAY) -> Sighting:
    return Sighting(source="Trade press", source_type=SourceType.MEDIA, seen_on=day)


def test_a_proposal_gets_the_next_label_and_the_first_stage(register: Register) -> None:
    labels = [register.propose(name=name).label for name in ("Drones", "Voice to text")]
    assert labels == ["T-0001", "T-0002"]
    made = register.technology("Drones")
    assert (made.stage, made.stage_since, made.revision) == ("signal", TODAY, 1)
    assert register.name(made.proposed_by) == "Farah Example"


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("Voice to text", "Voice to text"),
        ("VOICE-TO-TEXT", "Voice to text"),
        (" voice  to text ", "Voice to text"),
        ("V.2.T", "V2T"),
    ],
)
def test_a_name_or_alias_that_is_taken_is_refused_until_someone_says_how_it_differs(
    register: Register, name: str, held: str
) -> None:
    register.propose(name="Voice to text", aliases=("V2T",))
    said = refused(register, register.propose, name=name)
    assert said.startswith(f"T-0001 is already called {held!r}, so ")
    assert "Missing: the reason why this is a different technology" in said
    assert "You can add a sighting to T-0001 instead" in said
    made = register.propose(name=name, duplicate_reason="From another supplier, on the device")
    assert made.label == "T-0002"


@pytest.mark.parametrize(
    ("details", "said"),
    [
        ({"name": "  "}, "name must not be empty"),
        ({}, "name is needed"),
        ({"name": "X", "trl": 10}, "trl cannot be 10"),
        ({"name": "X", "kind": "magic"}, "kind cannot be 'magic'; use"),
        ({"name": "X", "colour": "blue"}, "colour is not a field"),
        ({"name": "X", "trl": 0, "kind": "magic"}, "; "),
    ],
)
def test_details_that_do_not_fit_are_refused_field_by_field(
    register: Register, details: dict[str, Any], said: str
) -> None:
    assert said in misread(register, register.propose, **details)


def test_a_sighting_cannot_be_in_the_future(register: Register) -> None:
    said = misread(register, register.propose, name="Drones", sighting=seen(TOMORROW))
    assert said == (
        "A sighting cannot be dated 25 November 2026, which is in the future. "
        "Use 24 November 2026 or an earlier date."
    )
    register.propose(name="Drones", sighting=seen())
    assert "future" in misread(register, register.add_sighting, "Drones", seen(TOMORROW))
    assert len(register.add_sighting("Drones", seen()).sightings) == 2


def test_nobody_sponsors_a_technology_twice(register: Register) -> None:
    def sponsored(name: str) -> Sighting:
        source = f"Sponsored by {name}"
        return Sighting(source=source, source_type=SourceType.INTERNAL, seen_on=TODAY)

    register.propose(name="Drones")
    register.add_sighting("Drones", sponsored("Ben Example"))
    register.add_sighting("Drones", sponsored("Asha Example"))
    said = refused(register, register.add_sighting, "Drones", sponsored("ben example"))
    assert said == "Ben Example sponsors T-0001 already."


def test_several_proposals_are_one_line_of_the_journal_or_none(register: Register) -> None:
    before = len(list(register.history()))
    new = [Proposal(details=Details(name=name)) for name in ("One", "Two", "Three")]
    assert [each.label for each in register.propose_many(new)] == ["T-0001", "T-0002", "T-0003"]
    assert len(list(register.history())) == before + 1
    refused(register, register.propose_many, [Proposal(details=Details(name="Four")), new[0]])
    twins = [Proposal(details=Details(name=name)) for name in ("Five", "five")]
    refused(register, register.propose_many, twins)


def test_what_was_in_use_before_the_register_enters_with_a_review_and_no_approval(
    register: Register,
) -> None:
    legacy: dict[str, Any] = {"in_use_since": "2019", "authority": "Unknown", "known": ""}
    said = misread(
        register,
        register.enter_legacy,
        name="Case search",
        review_by=TODAY - timedelta(days=1),
        **legacy,
    )
    assert "has already passed" in said
    made = register.enter_legacy(name="Case search", review_by=TODAY, **legacy)
    assert made.stage == "in-service"
    assert kinds(register, "Case search") == ["legacy-entered"]
    standing = register.reading(made.id).standing
    assert not standing.approved
    register.propose(name="Case search 2")
    again = dict(legacy, review_by=TODAY)
    assert "already called" in refused(register, register.enter_legacy, name="Case search", **again)


def test_a_technology_already_in_use_needs_a_date_for_its_review(register: Register) -> None:
    from horizon.model.technology import Legacy

    bare = Proposal(details=Details(name="Case search"), legacy=Legacy(in_use_since="2019"))
    assert "Missing: the review date" in refused(register, register.propose_many, [bare])


def test_an_amendment_records_what_changed_and_nothing_when_nothing_did(register: Register) -> None:
    register.propose(name="Voice", supplier="Someone", owner="Asha Example")
    assert register.amend("1", {"name": "Voice", "supplier": " Someone "}).revision == 1
    assert register.amend("1", {"owner": "asha EXAMPLE"}).revision == 1
    made = register.amend("1", {"name": "Voice to text", "trl": 7}, reason="Typing error")
    assert (made.name, made.trl, made.supplier, made.revision) == ("Voice to text", 7, "Someone", 2)
    assert kinds(register, "1") == ["technology-proposed", "details-amended"]
    assert register.amend("1", {"owner": ""}).owner is None


def test_only_details_can_be_amended_and_they_must_fit(register: Register) -> None:
    register.propose(name="Voice to text")
    stage = misread(register, register.amend, "1", {"stage": "in-service"})
    assert "'stage' is not a field that can be amended" in stage
    assert "Did you mean supplier?" in misread(register, register.amend, "1", {"suplier": "x"})
    assert "name must not be empty" in misread(register, register.amend, "1", {"name": " "})


def test_facts_are_yes_no_or_unknown_and_only_changes_are_kept(register: Register) -> None:
    register.propose(name="Voice to text")
    made = register.set_facts("1", {"ai": "yes", "biometric": "unknown"}, note="From the supplier")
    assert (made.facts[Fact("ai")], made.revision) == ("yes", 2)
    assert register.set_facts("1", {"ai": "yes"}).revision == 2
    assert "Did you mean biometric?" in misread(register, register.set_facts, "1", {"biometrc": ""})
    said = misread(register, register.set_facts, "1", {"ai": "perhaps"})
    assert "Use one of: yes, no, unknown" in said


def test_a_review_date_may_be_today_and_not_yesterday(register: Register) -> None:
    register.propose(name="Voice to text")
    said = misread(register, register.set_review, "1", TODAY - timedelta(days=1))
    assert (
        said
        == "The review date 23 November 2026 has already passed. Use 24 November 2026 or later."
    )
    assert register.set_review("1", TODAY).review_by == TODAY


def test_a_technology_is_withdrawn_with_a_reason_and_then_left_alone(register: Register) -> None:
    register.propose(name="Drones")
    register.propose(name="Voice to text")
    assert "Missing: the reason" in refused(register, register.withdraw, "1", reason=" ")
    made = register.withdraw("1", reason="Nobody wants it")
    assert (made.stage, made.ended_reason) == ("withdrawn", "Nobody wants it")
    left = "T-0001 has left the route (withdrawn) and cannot be"
    assert left in refused(register, register.withdraw, "1", reason="Again")
    assert left in refused(register, register.supersede, "1", "2", reason="Better")
    assert left in refused(register, register.set_review, "1", TOMORROW)
    said = refused(register, register.move, "1", "candidate")
    assert "it has left the route" in said


def test_superseding_needs_a_reason_and_never_leads_in_a_circle(register: Register) -> None:
    for name in ("One", "Two", "Three"):
        register.propose(name=name)
    assert "Missing: the reason" in refused(register, register.supersede, "1", "2", reason="")
    assert "would lead back to T-0001" in refused(
        register, register.supersede, "1", "1", reason="Better"
    )
    made = register.supersede("1", "2", reason="Better")
    assert (made.stage, made.superseded_by) == ("merged", register.technology("2").id)
    register.supersede("2", "3", reason="Better still")
    assert "would lead back to T-0003" in refused(
        register, register.supersede, "3", "1", reason="Full circle"
    )
    assert "There is no technology 'Four'" in misread(
        register, register.supersede, "3", "Four", reason="x"
    )


def test_a_technology_is_found_by_id_label_number_name_or_alias(register: Register) -> None:
    made = register.propose(name="Voice to text", aliases=("Dictation",))
    for ref in (made.id, "T-0001", "t-1", "1", "VOICE TO TEXT", " Dictation "):
        assert register.technology(ref).id == made.id
    said = misread(register, register.technology, "Voice to tex")
    assert "Did you mean T-0001 Voice to text?" in said
    register.propose(name="voice to text", duplicate_reason="Another supplier")
    assert "is the name of T-0001, T-0002" in misread(
        register, register.technology, "voice to text"
    )


def test_an_owner_whom_the_register_does_not_know_is_no_owner(register: Register) -> None:
    details = Details(name="Drones", owner="p-0c717abca61bf5e2")
    said = misread(register, register.propose_many, [Proposal(details=details)])
    assert said == "Nobody here has the id p-0c717abca61bf5e2. Give the owner by name."
