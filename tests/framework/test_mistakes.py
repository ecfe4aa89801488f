"""Every mistake in the files is refused, with the file, the line, and what is allowed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from horizon.framework.loading import from_copy, load, shipped
from horizon.model.errors import BadInput
from tests.framework.editing import Criteria
from tests.framework.spoilt import ONE_MISTAKE


@pytest.mark.parametrize("mistake", [each for each, case in ONE_MISTAKE.items() if case[3]])
def test_a_mistake_is_refused_with_its_file_and_line_and_what_is_allowed(
    criteria: Criteria, mistake: str
) -> None:
    name, old, new, said = ONE_MISTAKE[mistake]
    line = criteria.change(name, old, new)

    assert criteria.fault().startswith(f"{name}, line {line}: {said}")
    with pytest.raises(BadInput) as refused:
        load(criteria.folder)
    assert f"{name}, line {line}: {said}" in str(refused.value)


@pytest.mark.parametrize("mistake", [each for each, case in ONE_MISTAKE.items() if not case[3]])
def test_a_mistake_that_shows_in_other_places_too_is_refused_in_its_file(
    criteria: Criteria, mistake: str
) -> None:
    name, old, new, _ = ONE_MISTAKE[mistake]
    line = criteria.change(name, old, new)

    lines = [int(found[1]) for each in criteria.faults() if (found := re.match(
        rf"{re.escape(name)}, line (\d+): ", each))]  # fmt: skip
    assert any(line - 5 <= each <= line + 5 for each in lines), criteria.faults()


def test_a_missing_anchor_is_refused_at_the_list_that_lacks_it(criteria: Criteria) -> None:
    line = criteria.change("principles.toml", '  "The legal basis has not been considered",\n', "")

    assert criteria.fault() == (
        f"principles.toml, line {line - 1}: criterion S1: anchors has 5, not six. "
        "Give six, one for each level from 0 to 5."
    )


def test_a_seventh_anchor_is_refused(criteria: Criteria) -> None:
    first = '"The legal basis has not been considered"'
    line = criteria.change("principles.toml", first, f'{first}, "Another"')

    assert criteria.fault().startswith(
        f"principles.toml, line {line - 1}: criterion S1: anchors has 7, not six."
    )


def test_a_missing_key_is_refused_at_its_table(criteria: Criteria) -> None:
    line = criteria.change("ethics.toml", 'evidence = "Options appraisal"\n', "")

    fault = criteria.fault()
    assert fault.endswith("item PR1: evidence is missing. Add a line for it: evidence = ...")
    table = (criteria.folder / "ethics.toml").read_text(encoding="utf-8").splitlines()[: line - 1]
    at = len(table) - table[::-1].index("[[themes.items]]")
    assert fault.startswith(f"ethics.toml, line {at}: ")


def test_a_fact_without_a_wording_is_refused(criteria: Criteria) -> None:
    criteria.change("tiers.toml", 'id = "camera"', 'id = "supplier"')

    faults = criteria.faults()
    assert any("the fact 'camera' has no wording" in each for each in faults)
    assert any("fact supplier: there is another fact 'supplier' above" in each for each in faults)


def test_gates_that_wait_for_each_other_are_refused(criteria: Criteria) -> None:
    criteria.change(
        "route.toml",
        '{ body = "futures-delivery-group", gate = "G4" }',
        '{ body = "dip-board", gate = "G6" }',
    )
    line = criteria.change(
        "route.toml",
        '{ body = "ai-sub-group", gate = "G5" }',
        '{ body = "futures-delivery-group", gate = "G4" }',
    )

    faults = criteria.faults()
    assert any("lead round in a circle, back to G4" in each for each in faults)
    assert any(
        each.startswith(f"route.toml, line {line - 1}: gate G6:") and "back to G6" in each
        for each in faults
    )


def test_all_weights_nought_are_refused(criteria: Criteria) -> None:
    path = criteria.folder / "principles.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("weight = 20", "weight = 0"), encoding="utf-8")

    assert "all principles have weight 0" in criteria.fault()


def test_a_principle_whose_criteria_weigh_nothing_is_refused(criteria: Criteria) -> None:
    for _ in range(4):
        criteria.change("principles.toml", "weight = 25", "weight = 0")

    assert "principle S: it has a weight, but none of its criteria has one." in criteria.fault()


def test_a_stage_that_nobody_can_reach_or_leave_is_refused(criteria: Criteria) -> None:
    criteria.change("route.toml", 'to = "adoption-approved"', 'to = "retired"')
    criteria.change("route.toml", 'origin = "decommissioning"', 'origin = "suspended"')

    faults = "\n".join(criteria.faults())
    assert "stage adoption-approved: no way leads to this stage" in faults
    assert "stage decommissioning: no way leads on from this stage" in faults


def test_a_gate_that_nothing_leads_to_is_refused(criteria: Criteria) -> None:
    criteria.change("route.toml", 'gate = "G0"\n', "")

    assert "gate G0: it guards no way, and no gate asks for its decisions." in criteria.fault()


def test_a_gate_that_needs_the_checklist_must_say_for_which_phase(criteria: Criteria) -> None:
    criteria.change("route.toml", 'needs = ["conditions_met"]', 'needs = ["minimums"]',
                    after='id = "G4"')  # fmt: skip

    assert "gate G4: it needs the minimums, but has no phase." in criteria.fault()


def test_a_missing_file_is_named(criteria: Criteria) -> None:
    (criteria.folder / "tiers.toml").unlink()

    assert criteria.fault() == (
        "tiers.toml: This file is missing. A framework has principles.toml, objectives.toml, "
        "ethics.toml, tiers.toml, route.toml."
    )


def test_a_folder_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(
        BadInput, match=r"nowhere: This is not a folder of criteria\. Name a folder"
    ):
        load(tmp_path / "nowhere")


def test_what_is_not_toml_is_refused_with_its_line(criteria: Criteria) -> None:
    line = criteria.change("objectives.toml", 'name = "Our people"', 'name = "Our people')

    assert criteria.fault().startswith(f"objectives.toml, line {line}: This is not TOML: ")


def test_a_bracket_that_is_never_closed_is_refused_with_a_line(criteria: Criteria) -> None:
    (criteria.folder / "objectives.toml").write_text('[framework]\nid = [\n"a"\n', encoding="utf-8")

    assert criteria.fault().startswith("objectives.toml, line 3: This is not TOML: ")


def test_a_key_given_twice_is_refused_with_its_line(criteria: Criteria) -> None:
    line = criteria.change("ethics.toml", 'id = "PR"', 'id = "PR"\nid = "PQ"')

    assert criteria.fault().startswith(
        f"ethics.toml, line {line + 1}: This is not TOML: cannot over"
    )


def test_what_is_not_utf_8_is_refused_with_its_line(criteria: Criteria) -> None:
    path = criteria.folder / "ethics.toml"
    path.write_bytes(
        path.read_bytes().replace(b"Proportionality", "Proportionalité".encode("latin-1"))
    )

    assert re.match(r"ethics\.toml, line \d+: This is not UTF-8 text\. Save it as UTF-8\.",
                    criteria.fault())  # fmt: skip


def test_a_table_in_the_wrong_file_is_refused(criteria: Criteria) -> None:
    path = criteria.folder / "tiers.toml"
    path.write_text(path.read_text(encoding="utf-8") + "\n[policy]\ncoverage_needed = 10\n",
                    encoding="utf-8")  # fmt: skip
    line = path.read_text(encoding="utf-8").count("\n") - 1

    assert criteria.fault() == (
        f"tiers.toml, line {line}: 'policy' does not belong in this file. "
        "Use: framework, facts, tier_rules, tiers."
    )


def test_an_empty_file_is_told_what_it_should_hold(criteria: Criteria) -> None:
    (criteria.folder / "ethics.toml").write_text("", encoding="utf-8")

    assert criteria.faults() == [
        "ethics.toml: There is no [framework] table. Begin the file with [framework] and its id, "
        "version, dated, status.",
        "ethics.toml: themes is missing. Add [[themes]] tables.",
    ]


def test_every_mistake_in_every_file_is_told_at_once(criteria: Criteria) -> None:
    spoilt = [
        criteria.change("principles.toml", "weight = 25", "wieght = 25"),
        criteria.change("objectives.toml", 'id = "SO2"', 'id = "SO1"'),
        criteria.change("ethics.toml", 'trial = "blocker"', 'trial = "blocks"'),
        criteria.change("ethics.toml", 'id = "PR2"', 'id = "PR1"'),
        criteria.change("tiers.toml", 'tier = "full"', 'tier = "deep"'),
        criteria.change("route.toml", 'needs = ["conditions_met"]', 'needs = ["conditions"]'),
        criteria.change("route.toml", 'document = "dpo-advice"', 'document = "dpo"'),
    ]  # fmt: skip

    faults = criteria.faults()

    told = [int(re.search(r"line (\d+)", each)[1]) for each in faults]  # type: ignore[index]
    assert len(faults) == len(spoilt), faults
    assert sorted(told) == sorted(spoilt)


def test_a_file_that_cannot_be_read_does_not_hide_mistakes_in_the_others(
    criteria: Criteria,
) -> None:
    (criteria.folder / "objectives.toml").write_text("[", encoding="utf-8")
    criteria.change("route.toml", 'bodies = ["ddat-board"]', 'bodies = ["ddat"]')

    faults = "\n".join(criteria.faults())
    assert "objectives.toml, line 1: This is not TOML" in faults
    assert "gate G8: there is no body 'ddat'" in faults


def test_no_mistake_reads_like_a_program(criteria: Criteria) -> None:
    for name, old, new, _ in ONE_MISTAKE.values():
        path = criteria.folder / name
        before = path.read_text(encoding="utf-8")
        criteria.change(name, old, new)
        for fault in criteria.faults():
            assert not re.search(
                r"Input should|valid (integer|string)|pydantic|\[key\]|None", fault
            )
            assert "—" not in fault
        path.write_text(before, encoding="utf-8")


def test_a_register_s_copy_that_does_not_fit_is_refused() -> None:
    content = {**shipped().content, "invented": 1}

    with pytest.raises(
        BadInput, match="The register's copy of its framework does not fit: invented"
    ):
        from_copy(content)
