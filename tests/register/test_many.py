"""One thing is changed on many technologies at once, seen before, and taken back as one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from horizon.model.errors import BadInput, Conflict, RuleBroken
from horizon.model.technology import Details
from horizon.register import Proposal, Register
from horizon.register.checking import verify
from horizon.register.many import Planned, Way, edit_of, preview
from tests.clocks import StandingClock

NAMES = ("Alpha", "Bravo", "Charlie", "Delta")


@pytest.fixture
def four(tmp_path: Path) -> Iterator[Register]:
    """Four technologies: the first two have a tag, the first a supplier."""
    path = tmp_path / "register.json"
    with Register.create(path, name="Test", acting="Sam Example", clock=StandingClock()) as made:
        made.propose_many(
            [
                Proposal(details=Details(name=each, tags=("old", "kept")[: max(2 - at, 0)]))
                for at, each in enumerate(NAMES)
            ]
        )
        made.amend("T-0001", {"supplier": "Before"})
        yield made


def everything(register: Register) -> list[str]:
    return list(register.state.technologies)


def changed(register: Register, field: str, text: str, way: Way = Way.SET) -> list[Planned]:
    """Change one thing on all four."""
    edit = edit_of(field, text, way)
    return register.change_many(edit, preview(register, everything(register), edit))


def held(register: Register, field: str) -> list[object]:
    return [getattr(each, field) for each in register.state.technologies.values()]


def test_a_preview_says_before_and_after_of_each_and_changes_nothing(four: Register) -> None:
    before = four.state.head.seq
    planned = preview(four, everything(four), edit_of("supplier", "Before"))
    assert [(each.before, each.after, each.changes) for each in planned] == [
        ("Before", "Before", False),
        ("", "Before", True),
        ("", "Before", True),
        ("", "Before", True),
    ]
    assert four.state.head.seq == before


@pytest.mark.parametrize(
    ("field", "text", "name", "value"),
    [
        ("kind", "Sensing", "kind", "sensing"),
        ("supplier", " New  supplier ", "supplier", "New supplier"),
        ("supplier", "", "supplier", ""),
        ("trl", "7", "trl", 7),
        ("trl", "", "trl", None),
        ("time-horizon", "h2", "time_horizon", "H2"),
        ("posture", "watch", "posture", "watch"),
        ("regime", "uk-gdpr", "regime", "uk-gdpr"),
        ("marking", "official-sensitive", "marking", "OFFICIAL-SENSITIVE"),
        ("tags", "x; y; x", "tags", ("x", "y")),
        ("tags", "x, y; z,", "tags", ("x", "y", "z")),
        ("tags", '"x, y", z', "tags", ("x, y", "z")),
        ("review_by", "2027-03-01", "review_by", date(2027, 3, 1)),
    ],
)
def test_each_field_is_changed_on_all(
    four: Register, field: str, text: str, name: str, value: object
) -> None:
    changed(four, field, text)
    assert held(four, name) == [value] * 4


def test_a_fact_is_set_on_all_though_a_detail_has_the_same_name(four: Register) -> None:
    changed(four, "fact:supplier", "no")
    assert [each["supplier"] for each in held(four, "facts")] == ["no"] * 4  # type: ignore[index]
    assert held(four, "supplier") == ["Before", "", "", ""]


def test_a_tag_that_was_kept_with_its_comma_is_taken_away_without(four: Register) -> None:
    for each in ("T-0001", "T-0002"):
        four.amend(each, {"tags": ("streaming,", "old")})
    changed(four, "tags", "streaming,", Way.REMOVE)
    assert held(four, "tags")[:2] == [("old",), ("old",)]


def test_tags_are_added_and_taken_away_beside_those_that_are_there(four: Register) -> None:
    changed(four, "tags", "new; old", Way.ADD)
    new = ("new", "old")
    assert held(four, "tags") == [("old", "kept", "new"), ("old", "new"), new, new]
    changed(four, "tags", "OLD", Way.REMOVE)
    assert held(four, "tags") == [("kept", "new"), ("new",), ("new",), ("new",)]


def test_an_owner_is_a_person_by_name_whether_known_or_new(four: Register) -> None:
    changed(four, "owner", "sam example")
    assert {four.name(str(each)) for each in held(four, "owner")} == {"Sam Example"}
    changed(four, "owner", "Somebody New")
    assert {four.name(str(each)) for each in held(four, "owner")} == {"Somebody New"}
    changed(four, "owner", "")
    assert held(four, "owner") == [None] * 4


def test_it_is_one_line_of_the_journal_and_the_same_again_is_none(four: Register) -> None:
    lines = sum(1 for _ in four.history())
    assert len(changed(four, "posture", "watch")) == 4
    assert changed(four, "posture", "watch") == []
    assert sum(1 for _ in four.history()) == lines + 1


def test_it_is_taken_back_as_one_and_done_again_as_one(four: Register) -> None:
    changed(four, "supplier", "After")
    lines = sum(1 for _ in four.history())
    step = four.take_back("T-0003")
    assert step.about == "T-0003 and 3 more"
    assert held(four, "supplier") == ["Before", "", "", ""]
    assert sum(1 for _ in four.history()) == lines + 1
    four.do_again("T-0002")
    assert held(four, "supplier") == ["After"] * 4
    assert verify(four.path).faults == ()


def test_what_was_changed_last_is_found_without_a_name(four: Register) -> None:
    changed(four, "supplier", "After")
    four.take_back(four.last_changed())
    assert held(four, "supplier") == ["Before", "", "", ""]
    four.take_back(four.last_changed())
    assert held(four, "supplier") == [""] * 4


def test_another_change_since_in_another_field_stays(four: Register) -> None:
    changed(four, "supplier", "After")
    four.amend("T-0002", {"summary": "Since"})
    four.take_back("T-0001")
    assert held(four, "supplier") == ["Before", "", "", ""]
    assert four.technology("T-0002").summary == "Since"


def test_a_change_since_in_the_same_field_refuses_the_whole(four: Register) -> None:
    changed(four, "supplier", "After")
    four.amend("T-0002", {"supplier": "Since"})
    with pytest.raises(RuleBroken, match="T-0002 has been changed since"):
        four.take_back("T-0001")
    assert held(four, "supplier") == ["After", "Since", "After", "After"]


def test_nobody_takes_back_what_another_did(four: Register) -> None:
    changed(four, "supplier", "After")
    four.acting = "Asha Example"
    with pytest.raises(RuleBroken, match="nothing of yours"):
        four.take_back("T-0001")
    with pytest.raises(RuleBroken, match="nothing of yours"):
        four.last_changed()


def test_a_technology_that_moved_on_since_it_was_seen_refuses_the_whole(four: Register) -> None:
    edit = edit_of("supplier", "After")
    seen = preview(four, everything(four), edit)
    four.amend("T-0002", {"summary": "Meanwhile"})
    with pytest.raises(Conflict):
        four.change_many(edit, seen)
    assert held(four, "supplier") == ["Before", "", "", ""]


def test_what_has_left_the_route_gets_no_review_date_and_the_rest_do(four: Register) -> None:
    four.withdraw("T-0002", reason="Not needed")
    edit = edit_of("review_by", "2027-03-01")
    planned = preview(four, everything(four), edit)
    assert [each.left for each in planned if each.left] == ["it has left the route (withdrawn)"]
    assert len(four.change_many(edit, planned)) == 3


@pytest.mark.parametrize(
    ("field", "text", "way", "why"),
    [
        ("name", "Same", Way.SET, "is not a field"),
        ("fact:nonsense", "yes", Way.SET, "is not a fact"),
        ("fact:trial", "maybe", Way.SET, "value for trial"),
        ("kind", "", Way.SET, "cannot be emptied"),
        ("kind", "tea", Way.SET, "is not a kind"),
        ("trl", "10", Way.SET, "readiness"),
        ("review_by", "soon", Way.SET, "is not a date"),
        ("supplier", "x", Way.ADD, "Nothing is added"),
        ("tags", " , ", Way.ADD, "says no tag"),
        ("tags", " ; ", Way.ADD, "says no tag"),
    ],
)
def test_what_no_technology_can_have_is_refused(field: str, text: str, way: Way, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        edit_of(field, text, way)


def test_a_review_date_that_has_passed_is_refused(four: Register) -> None:
    with pytest.raises(BadInput, match="already passed"):
        preview(four, everything(four), edit_of("review_by", "2020-01-01"))
