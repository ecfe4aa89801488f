"""What changed between two moments, in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from horizon.framework.loading import from_copy
from horizon.model.events import AnswerGiven
from horizon.model.technology import Sighting
from horizon.model.words import AnswerValue, SourceType
from horizon.register import ConditionInput, Register
from horizon.register.as_at import Archive, Moment, still
from horizon.register.differing import difference, technology_diff
from tests.clocks import StandingClock
from tests.papers.registers import TODAY
from tests.register.using import acting, approved, scored


def since(register: Register, seq: int, ref: str) -> tuple[str, ...]:
    """What changed about a technology since an event."""
    before = Archive(register).at(Moment(event=seq))
    assert before is not None
    found = technology_diff(before, register, register.technology(ref).id)
    return found.changes if found else ()


def changes(register: Register, ref: str, command: Callable[[], Any]) -> tuple[str, ...]:
    """What a command changes about a technology."""
    seq = register.state.head.seq
    command()
    return since(register, seq, ref)


def test_between_a_moment_and_itself_nothing_changed(worked: Register) -> None:
    found = difference(worked, worked)
    assert found.technologies == ()
    assert found.register == ()
    assert found.unchanged == len(worked.state.technologies)
    assert found.words == "0 new, 0 changed, 4 as they were"


def test_details_are_said_from_what_to_what(worked: Register) -> None:
    found = changes(
        worked,
        "T-0003",
        lambda: worked.amend(
            "T-0003",
            {"trl": 4, "owner": "Nia Example", "summary": "Other words.", "aliases": ("Also",),
             "kind": "generative-ai"},
        ),
    )  # fmt: skip
    assert "TRL: from none to 4" in found
    assert any(each.startswith("Owner: from ") and each.endswith("Nia Example") for each in found)
    assert any(each in ("Summary: changed", "Summary: written") for each in found)
    assert "Aliases: from none to Also" in found
    assert any(each.startswith("Kind: from ") and "to Generative AI" in each for each in found)


def test_facts_are_named_with_the_tier_they_make(worked: Register) -> None:
    found = changes(worked, "T-0003", lambda: worked.set_facts("T-0003", {"biometric": "no"}))
    assert "Facts: biometrics no" in found
    every = dict.fromkeys(worked.framework.fact_names, "no")
    found = changes(worked, "T-0003", lambda: worked.set_facts("T-0003", every))
    assert "Tier: from board to light" in found
    assert any(each.startswith("Facts: ") and each.endswith(" more") for each in found)


def test_sightings_evidence_and_answers_are_named(worked: Register) -> None:
    def work() -> None:
        seen = Sighting(source="Weekly", source_type=SourceType.MEDIA, seen_on=TODAY)
        worked.add_sighting("T-0003", seen)
        worked.attach_evidence("T-0003", title="A paper", dated=TODAY)
        item = worked.reading(worked.technology("T-0003").id).checklist.applicable[0].item.id
        worked.answer("T-0003", {item: AnswerGiven(answer=AnswerValue.NO)})

    found = changes(worked, "T-0003", work)
    assert "Sighting: Weekly, 24 November 2026" in found
    assert any(each.startswith("Evidence E") and each.endswith(": A paper") for each in found)
    assert any(each.startswith("Answers: ") and each.endswith(" no") for each in found)


def test_a_round_is_said_from_opening_to_the_score_and_never_what_is_sealed(
    worked: Register,
) -> None:
    criteria = list(worked.framework.criteria)
    seq = worked.state.head.seq
    worked.open_round("T-0003", ["Asha Example", "Ben Example"])
    assert since(worked, seq, "T-0003") == ("Scoring round 1 opened",)
    opened = worked.state.head.seq
    with acting(worked, "Asha Example"):
        worked.submit_scores("T-0003", dict.fromkeys(criteria, scored(4)))
    assert since(worked, opened, "T-0003") == ("Scoring round 1: 1 assessor more submitted",)
    with acting(worked, "Ben Example"):
        worked.submit_scores("T-0003", dict.fromkeys(criteria, scored(4)))
    worked.close_round("T-0003")
    found = since(worked, seq, "T-0003")
    assert found[0] == "Scoring round 1 closed"
    assert found[1].startswith("Score: from none to 80 (")


def test_a_decision_a_condition_and_what_replaces_it_are_named(worked: Register) -> None:
    due = TODAY + timedelta(days=30)
    asked = ConditionInput(text="Show it", owner="Nia Example", due=due, evidence_needed="Report")
    found = changes(
        worked,
        "T-0001",
        lambda: approved(worked, outcome="approve-with-conditions", conditions=[asked]),
    )
    assert any(
        each.startswith("Decision AISG/2026/") and each.endswith("with conditions, 1 condition")
        for each in found
    )
    number = worked.technology("T-0001").decisions[-1].number
    evidence = worked.technology("T-0001").evidence[0].id
    met = changes(
        worked,
        "T-0001",
        lambda: worked.discharge(
            "T-0001", decision=number, condition=1, body="ai-sub-group", on=TODAY,
            evidence=[evidence],
        ),
    )  # fmt: skip
    assert f"Condition 1 of {number} met on 24 November 2026" in met
    replaced = changes(worked, "T-0001", lambda: approved(worked, supersedes=number))
    later = worked.technology("T-0001").decisions[-1].number
    assert f"Decision {number} superseded by {later}" in replaced


def test_leaving_the_route_is_said_with_its_reason(worked: Register) -> None:
    found = changes(worked, "T-0003", lambda: worked.withdraw("T-0003", reason="Not needed"))
    assert "Ended: Not needed" in found
    assert any(each.startswith("Stage: from signal to ") for each in found)
    assert any(each.startswith("Standing: from No approval to ") for each in found)


def test_what_only_the_calendar_changed_is_said_too(worked: Register, clock: StandingClock) -> None:
    worked.set_review("T-0003", TODAY + timedelta(days=5))
    before = Archive(worked).at(Moment(event=worked.state.head.seq))
    assert before is not None
    clock.go_to(TODAY + timedelta(days=6))
    found = technology_diff(before, worked, worked.technology("T-0003").id)
    assert found is not None
    assert found.changes == ("Became overdue: Review was due 29 November 2026",)


def test_newcomers_people_and_a_new_framework_are_named(worked: Register) -> None:
    before = Archive(worked).at(Moment(event=worked.state.head.seq))
    assert before is not None
    worked.propose(name="Newcomer", owner="Quite New")
    worked.adopt_framework(
        from_copy(worked.framework.content | {"version": "9.0"}), reason="The next version"
    )
    found = difference(before, worked)
    assert [(each.name, each.changes) for each in found.of("new")] == [
        ("Newcomer", ("Entered, now signal",))
    ]
    assert any(each.startswith("Framework: from ") and "9.0" in each for each in found.register)
    assert "People named: Quite New" in found.register
    assert found.words == "1 new, 0 changed, 4 as they were"


def test_many_answers_are_counted_and_not_all_named(worked: Register) -> None:
    applicable = worked.reading(worked.technology("T-0003").id).checklist.applicable
    given = {each.item.id: AnswerGiven(answer=AnswerValue.NO) for each in applicable}
    found = changes(worked, "T-0003", lambda: worked.answer("T-0003", given))
    said = next(each for each in found if each.startswith("Answers: "))
    assert said.endswith(f"and {len(given) - 8} more")


@pytest.mark.parametrize("step", [1, 7])
def test_every_event_about_a_technology_shows_as_a_change_of_it(
    worked: Register, step: int
) -> None:
    """From one event to another of the same technology there is always something to say, except
    where the second is about what is already there."""
    archive = Archive(worked)
    seqs = [
        (event.seq, event.kind)
        for _, commit in worked.history()
        for event in commit.events
        if event.subject == worked.technology("T-0001").id
    ]
    for (before, _), (after, kind) in zip(seqs, seqs[step:], strict=False):
        old, new = archive.at(Moment(event=before)), archive.at(Moment(event=after))
        assert old is not None
        assert new is not None
        if old.state.head.seq == new.state.head.seq:
            continue  # written together
        assert technology_diff(old, new, worked.technology("T-0001").id), kind


def test_what_happened_to_a_decision_outside_the_meeting_is_named(worked: Register) -> None:
    approved(worked)
    found = changes(
        worked,
        "T-0001",
        lambda: worked.reopen("T-0001", trigger="incident", reason="Jane Doe was misread."),
    )
    assert any(
        each.startswith("Reopened on 24 November 2026 (") and each.endswith("Jane Doe was misread.")
        for each in found
    )


def test_why_an_approval_no_longer_holds_is_not_said_to_everybody(example: Path) -> None:
    with Register.open(example, acting="Asha Example", clock=StandingClock()) as register:
        before = still(register)
        in_use = next(
            each.label
            for each in register.state.technologies.headers()
            if register.reading(each.id).standing.approved
        )
        register.reopen(in_use, trigger="incident", reason="Jane Doe was misread.")
        (found,) = difference(before, register).technologies
        (standing,) = [each for each in found.told if each.sort == "standing"]
        assert "Jane Doe was misread" in standing.words
        assert standing.unquoted.startswith("Standing: from Approved for ")
        assert standing.unquoted.endswith(" to Not approved")
        assert not any("Jane" in each.unquoted for each in found.told)


def test_what_is_said_to_everybody_quotes_nobody(example: Path) -> None:
    """Over the whole life of the example register: no name, and nothing anybody typed."""
    with Register.open(example, acting="Asha Example", clock=StandingClock()) as register:
        before = Archive(register).at(Moment(date(2025, 3, 31)))
        assert before is not None
        register.amend("T-0001", {"owner": "Noor Example"})
        found = difference(before, register)
        said = [each.unquoted for one in found.technologies for each in one.told]
        quoted = [each.words for one in found.technologies for each in one.told]
        names = [each.name for each in register.state.people.values()]
        assert any(name in each for name in names for each in quoted)
        assert not any(name in each for name in names for each in said)
        assert "Owner: changed" in said
        for technology in register.state.technologies.values():
            typed = [each.source for each in technology.sightings]
            typed += [each.title for each in technology.evidence]
            assert not any(text in each for text in typed for each in said)
