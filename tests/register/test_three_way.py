"""Three-way: what each side changed holds, and where both changed the same, ours is kept and theirs
is said."""

from __future__ import annotations

from typing import Any

from horizon.register.three_way import settled_by, three_way

BASE: dict[str, Any] = {
    "id": "t-1",
    "label": "T-0001",
    "revision": 3,
    "name": "A thing",
    "supplier": "",
    "stage": "signal",
    "stage_since": "2026-01-01",
    "ended_reason": "",
    "tags": ["a", "b"],
    "facts": {"ai": "unknown"},
    "decisions": [{"number": "X/2026/001", "superseded_by": None, "outcome": "approve"}],
}


def merged(ours: dict[str, Any], theirs: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    found = three_way(BASE, BASE | ours, BASE | theirs)
    said = [f"{each.field}: {each.kept}, not {each.other}" for each in found.disagreements]
    return found.values, said


def test_what_one_side_changed_holds() -> None:
    values, said = merged({"supplier": "Ours"}, {"name": "Theirs"})
    assert (values["supplier"], values["name"], said) == ("Ours", "Theirs", [])


def test_what_both_changed_stays_ours_and_theirs_is_said() -> None:
    values, said = merged({"supplier": "Ours"}, {"supplier": "Theirs"})
    assert (values["supplier"], said) == ("Ours", ["supplier: Ours, not Theirs"])


def test_what_both_changed_alike_is_no_disagreement() -> None:
    values, said = merged({"supplier": "Same"}, {"supplier": "Same"})
    assert (values["supplier"], said) == ("Same", [])


def test_where_an_entry_stands_is_one_sides_whole() -> None:
    ours = {"stage": "assessing", "stage_since": "2026-02-02"}
    theirs = {"stage": "withdrawn", "stage_since": "2026-03-03", "ended_reason": "No"}
    values, said = merged(ours, theirs)
    assert (values["stage"], values["stage_since"], values["ended_reason"]) == (
        "assessing",
        "2026-02-02",
        "",
    )
    assert said == ["stage: assessing, not withdrawn"]


def test_lists_have_what_both_added_and_not_what_either_took_out() -> None:
    values, said = merged({"tags": ["a", "b", "c"]}, {"tags": ["b", "c", "d"]})
    assert (values["tags"], said) == (["b", "c", "d"], [])


def test_tables_are_put_together_key_by_key() -> None:
    values, said = merged({"facts": {"ai": "yes"}}, {"facts": {"ai": "no", "trial": "yes"}})
    assert values["facts"] == {"ai": "yes", "trial": "yes"}
    assert said == ["facts ai: yes, not no"]


def test_entries_of_a_list_are_put_together_field_by_field() -> None:
    first = BASE["decisions"][0]
    second = {"number": "X/2026/002", "superseded_by": None, "outcome": "reject"}
    third = {**second, "number": "X/2026/003"}
    values, said = merged(
        {"decisions": [{**first, "superseded_by": "X/2026/002"}, second]},
        {"decisions": [{**first, "superseded_by": "X/2026/003"}, third]},
    )
    assert [each["number"] for each in values["decisions"]] == [
        "X/2026/001",
        "X/2026/002",
        "X/2026/003",
    ]
    assert values["decisions"][0]["superseded_by"] == "X/2026/002"
    assert said == ["decisions X/2026/001 superseded by: X/2026/002, not X/2026/003"]


def test_what_is_settled_repeats_no_entry_that_is_there() -> None:
    now = BASE | {"decisions": [{**BASE["decisions"][0], "superseded_by": "X/2026/003"}]}
    values, entries = settled_by(now, BASE | {"name": "Other"})
    assert values == {"name": "Other"}
    assert entries == {"decisions": {"X/2026/001": {"superseded_by": None}}}
