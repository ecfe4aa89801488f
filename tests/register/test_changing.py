"""Another framework: what it would change is seen before anyone adopts it, and what happens to
scores, answers and decisions once they have."""

from __future__ import annotations

from typing import Any

from horizon.framework.schema import Framework
from horizon.judgement.scoring import read_scores
from horizon.register import Register
from horizon.register.changing import effects
from tests.papers.registers import TODAY


def reworked(register: Register, **fields: Any) -> Framework:
    """The register's framework with fields of criterion S1 changed."""
    content: Any = register.framework.model_dump(mode="json")
    content["principles"][0]["criteria"][0].update(fields)
    return Framework.model_validate({**content, "version": "9"})


def test_a_preview_changes_nothing_and_ranks_in_three_steps(worked: Register) -> None:
    before = worked.state.head
    anchors = [*worked.framework.criteria["S1"].anchors[:5], "Better"]
    found = effects(worked, reworked(worked, weight=9, anchors=anchors))
    assert worked.state.head == before
    assert found.weights_change
    assert [each.label for each in found.before] == ["T-0001", "T-0004"]
    scores = [[each.score for each in step] for step in (found.before, found.weighed, found.after)]
    assert scores[0] != scores[2]
    assert all("% scored" in each for each in scores[2])  # S1 gates, so no point may be printed


def test_scores_on_an_old_scale_are_unknown_until_scored_again(worked: Register) -> None:
    technology = worked.technology("T-0001")
    assert read_scores(worked.framework, technology).cells["S1"].mid is not None
    anchors = [*worked.framework.criteria["S1"].anchors[:5], "Better"]
    worked.adopt_framework(
        reworked(worked, anchors=anchors), reason="After the first trials",
        decided_by="ddat-board", decided_on=TODAY, reference="DDAT minute 4",
    )  # fmt: skip
    reading = worked.reading(technology.id).scores
    assert reading.cells["S1"].mid is None
    assert reading.cells["S2"].mid is not None
    assert any("The scale of S1 has changed since" in each for each in reading.flags)


def test_old_decisions_keep_the_framework_they_were_made_under(worked: Register) -> None:
    old = worked.framework.digest
    worked.adopt_framework(reworked(worked, weight=2), reason="Weights agreed")
    assert worked.framework.digest != old
    made = worked.technology("T-0004").decisions[0]
    assert made.on_the_table.framework == old
    assert worked.framework_of(old).digest == old


def test_a_rewording_carries_scores_over(worked: Register) -> None:
    technology = worked.technology("T-0001")
    before = worked.reading(technology.id).scores
    worked.adopt_framework(reworked(worked, name="Law and data"), reason="Plainer words")
    after = worked.reading(technology.id).scores
    assert after.overall == before.overall
