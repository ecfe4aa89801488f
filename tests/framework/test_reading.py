"""What the files say is what counts, not how they are laid out."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from horizon.framework.loading import FILES, from_copy, load, problems, shipped, shipped_folder
from horizon.framework.show import as_text
from horizon.framework.source import Source
from horizon.model.errors import BadInput
from tests.framework.editing import Criteria


def test_the_digest_stays_when_files_are_only_laid_out_anew(criteria: Criteria) -> None:
    for name in FILES:
        path = criteria.folder / name
        text = re.sub(r"(?m)^(\w+) = ", r"\1   =  ", path.read_text(encoding="utf-8"))
        text = re.sub(r"(?m)^\[", "\n# a new comment\n[", text)
        path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode("utf-8"))

    assert load(criteria.folder).digest == shipped().digest


def test_the_digest_stays_when_tables_are_written_another_way(criteria: Criteria) -> None:
    criteria.change(
        "tiers.toml",
        'applies = { all_of = ["biometric"] }',
        'applies.all_of = [\n  "biometric", # a bodily trait\n]',
    )

    assert load(criteria.folder).digest == shipped().digest


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("principles.toml", "weight = 25", "weight = 24"),
        ("principles.toml", "We have only the supplier's claims", "We have the supplier's claims"),
        ("ethics.toml", "core = true", "core = false"),
        ("tiers.toml", "review_months = 6", "review_months = 7"),
        ("route.toml", "life_months = 6", "life_months = 5"),
    ],
)
def test_the_digest_changes_with_any_content(
    criteria: Criteria, name: str, old: str, new: str
) -> None:
    criteria.change(name, old, new)

    assert load(criteria.folder).digest != shipped().digest


def test_the_digest_changes_with_version_and_status(criteria: Criteria) -> None:
    seen = {shipped().digest}
    for old, new in (('version = "0.2"', 'version = "1.0"'), ('"proposed"', '"adopted"')):
        for name in FILES:
            criteria.change(name, old, new)
        framework = load(criteria.folder)
        assert framework.digest not in seen
        seen.add(framework.digest)

    assert framework.is_adopted
    assert framework.status_line == (
        "Technology assessment framework for the Data Strategy 2025-2030, version 1.0"
    )


def test_the_copy_that_a_register_keeps_is_the_same_framework() -> None:
    copy = from_copy(json.loads(json.dumps(shipped().content)))

    assert copy == shipped()
    assert copy.digest == shipped().digest


def test_a_copy_from_before_a_fact_was_known_still_has_words_for_it() -> None:
    content = json.loads(json.dumps(shipped().content))
    content["facts"] = [each for each in content["facts"] if each["id"] != "scores_people"]

    names = from_copy(content).fact_names

    assert names["scores_people"] == "Scores people"


def test_the_shipped_framework_is_read_once() -> None:
    assert shipped() is shipped()


def test_principles_and_objectives_are_quoted_as_the_strategy_has_them() -> None:
    quoted = {
        "S": "Keep people's data safe, ensuring the right people are using it for the right "
        "reasons, in line with legislation, governance arrangements and information management "
        "principles.",
        "EF": "Simplify, streamline and integrate data systems and processes to improve "
        "productivity (e.g. reduce time, effort and duplication) and keep costs down.",
    }
    for principle in shipped().principles:
        assert quoted.get(principle.id, principle.text) == principle.text
    assert shipped().objectives[3].actions[0] == (
        "Technology scanning and evaluation: Establish a formal process for scanning, assessing, "
        "and adopting new technologies like artificial intelligence, machine learning, and big "
        "data platforms that could enhance operational effectiveness."
    )


# Lines

TOML = """\
[framework]
id = "x"

[[gates]]
id = "G0"
needs = [
  # why this one
  "sighting",
  "problem",
]

  [gates.inner]
  id = "inner"

[[gates]] # the second
id = "G1"
applies = { all_of = ["ai"] }
"quoted" = 1
"""


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (["framework"], 1),
        (["framework", "id"], 2),
        (["gates"], 4),
        (["gates", 0, "id"], 5),
        (["gates", 0, "needs"], 6),
        (["gates", 0, "needs", 1], 9),
        (["gates", 0, "needs", 7], 6),
        (["gates", 0, "inner", "id"], 13),
        (["gates", 1], 15),
        (["gates", 1, "applies", "all_of", 0], 17),
        (["gates", 1, "quoted"], 18),
        (["gates", 1, "nowhere"], 15),
        (["nothing"], None),
    ],
)
def test_a_place_is_found_again_in_the_text(place: list[str | int], line: int | None) -> None:
    tomllib.loads(TOML)
    assert Source(TOML).line(place) == line


# Any damage at all


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_is_done_to_a_file_is_refused_in_words_or_read(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("spoilt")
    for name in FILES:
        (folder / name).write_bytes((shipped_folder() / name).read_bytes())
    name = data.draw(st.sampled_from(list(FILES)))
    lines = (folder / name).read_text(encoding="utf-8").splitlines()
    written = [number for number, line in enumerate(lines) if line and line[0] != "#"]
    at = data.draw(st.sampled_from(written))
    key = lines[at].partition("=")[0]
    other = st.sampled_from(["", "0", "-1", "1.5", "nan", "true", '""', '"x"', "[]", "{}", "[[1]]",
                             "[{}]", '["x"]', "2026-01-01", '{ x = 1 }', "["])  # fmt: skip
    match data.draw(st.sampled_from(["value", "drop", "double", "key"])):
        case "value":
            lines[at] = f"{key}= {data.draw(other)}"
        case "drop":
            del lines[at]
        case "double":
            lines.insert(at, lines[at])
        case _:
            lines[at] = f"x{lines[at]}"
    (folder / name).write_text("\n".join(lines), encoding="utf-8")

    found = problems(folder)

    if not found:
        load(folder)
        return
    with pytest.raises(BadInput):
        load(folder)
    for each in found:
        assert each.what
        assert Path(each.where.partition(", line ")[0]).parent == folder


# For people


def test_the_text_fits_80_columns_and_names_everything() -> None:
    framework = shipped()
    text = as_text(framework)

    assert max(map(len, text.splitlines())) <= 80
    assert text.endswith("\n")
    assert "Proposed framework, not adopted by the force." in text
    assert framework.digest[:16] in text
    for name in (*framework.items, *framework.criteria, *(g.id for g in framework.route.gates)):
        assert re.search(rf"(?m)^\s*{name}  ", text), name
    flat = " ".join(text.split())
    for body in framework.route.bodies:
        assert f"{body.name} ({body.abbreviation}): {body.authority}" in flat
    for gate in framework.route.gates:
        assert gate.question in flat
    for item in framework.items.values():
        assert item.question in flat
        assert f"Evidence: {item.evidence}" in flat
    assert "LB4 For sensitive processing" in flat
    assert "Applies: sensitive data and law enforcement processing" in flat
    assert "Contract clauses on data, audit and disclosure (for outside supplier)" in flat
    assert "Strategic Change Board at G3 (from the board tier)" in flat
    assert "A 0, B 0.5, C 1 and D 2" in flat


def test_the_text_says_who_decides_what_a_record_weighs_and_what_reopens() -> None:
    flat = " ".join(as_text(shipped()).split())

    assert "Decides with: 3 who may decide, at a meeting or by correspondence" in flat
    assert "the chair alone between meetings up to the standard tier" in flat
    assert "lapses unless the body's next meeting ratifies it, and after 60 days" in flat
    assert "not approved once its review is more than 30 days late" in flat
    assert "the legal basis (from the standard tier, for personal data)" in flat
    for trigger in shipped().route.triggers:
        assert f"{trigger.name} ({trigger.id}) Needed: {trigger.needed}" in flat
    assert "within 14 days; an approval does not hold until then" in flat
    assert "the approval or the date it rests on has run out" in flat


def test_the_text_of_an_adopted_framework_does_not_call_it_a_proposal() -> None:
    content = {**shipped().content, "status": "adopted"}

    assert "Proposed framework" not in as_text(from_copy(content))
