"""What a changed framework changes: weights, scales, minimums, effects, wording, what came and
went."""

from __future__ import annotations

from typing import Any

from horizon.framework.comparing import Sort, compare
from horizon.framework.loading import shipped
from horizon.framework.schema import Framework


def changed(part: str, key: str, **fields: Any) -> Framework:
    """The shipped framework with fields of one criterion or item changed."""
    content: Any = shipped().model_dump(mode="json")
    groups = content["principles"] if part == "criterion" else content["themes"]
    for group in groups:
        for each in group["criteria" if part == "criterion" else "items"]:
            if each["id"] == key:
                each.update(fields)
    return Framework.model_validate({**content, "version": "9"})


def sorts(new: Framework) -> list[tuple[Sort, str]]:
    return [(each.sort, each.about) for each in compare(shipped(), new)]


def test_the_same_framework_under_another_version_changes_nothing() -> None:
    assert sorts(changed("criterion", "S1")) == []


def test_a_weight_is_read_anew() -> None:
    assert sorts(changed("criterion", "S1", weight=3)) == [(Sort.WEIGHT, "S1")]


def test_other_anchors_or_points_make_old_scores_unknown() -> None:
    anchors = [*shipped().criteria["S1"].anchors[:5], "Better than ever"]
    assert sorts(changed("criterion", "S1", anchors=anchors)) == [(Sort.SCALE, "S1")]
    points = [0, 100, 400, 600, 800, 1000]
    (found,) = compare(shipped(), changed("criterion", "S1", points=points))
    assert "its scores are unknown until it is scored again" in found.words


def test_other_words_carry_over() -> None:
    assert sorts(changed("criterion", "S1", name="Law and data")) == [(Sort.WORDING, "S1")]
    assert sorts(changed("item", "LB3", question="Is it needed?")) == [(Sort.WORDING, "LB3")]


def test_minimums_effects_and_red_lines_are_named() -> None:
    assert sorts(changed("criterion", "S1", trial_minimum=4)) == [(Sort.MINIMUM, "S1")]
    assert sorts(changed("item", "LB3", trial="blocker")) == [(Sort.EFFECT, "LB3")]
    assert sorts(changed("item", "LB3", red_line=["trial"])) == [(Sort.EFFECT, "LB3")]


def test_what_came_and_what_went_are_told_gravest_first() -> None:
    content: Any = shipped().model_dump(mode="json")
    criteria = content["principles"][0]["criteria"]
    criteria[3] = {**criteria[3], "id": "S9"}
    criteria[0]["weight"] = 2
    found = sorts(Framework.model_validate({**content, "version": "9"}))
    assert found == [(Sort.WEIGHT, "S1"), (Sort.NEW, "S9"), (Sort.REMOVED, "S4")]


def test_what_went_is_told_in_the_order_it_had() -> None:
    content: Any = shipped().model_dump(mode="json")
    theme = content["themes"][0]
    gone = [each["id"] for each in theme["items"][:-1]]
    theme["items"] = theme["items"][-1:]
    assert len(gone) > 2
    found = sorts(Framework.model_validate({**content, "version": "9"}))
    assert found == [(Sort.REMOVED, each) for each in gone]


def test_a_changed_route_names_the_gates_that_changed() -> None:
    content: Any = shipped().model_dump(mode="json")
    content["route"]["gates"][2]["needs"] = ["checklist"]
    (found,) = compare(shipped(), Framework.model_validate(content))
    assert found.words == "The route changes: gates (G2)."
