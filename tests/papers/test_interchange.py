"""The register whole, as JSON: what its schema says, and that nothing is lost on the way."""

import json
from datetime import date

import pytest
from jsonschema import Draft202012Validator

from horizon.papers.exporting import DataOrder, export_register
from horizon.papers.interchange import SCHEMA, SHIPPED, schema_text, tables_of
from horizon.register import Register
from horizon.register.as_at import still
from horizon.register.checking import verify
from tests.clocks import StandingClock
from tests.papers.registers import seal


@pytest.fixture
def register(example):
    with Register.open(example, acting="Sam Example", clock=StandingClock()) as opened:
        yield opened


def exported(register, path):
    export_register(register, path)
    return path.read_bytes()


def test_the_schema_that_ships_is_what_the_models_say():
    again = "python -m horizon.papers.interchange"
    assert SHIPPED.read_text(encoding="utf-8") == schema_text(), f"Make it again with: {again}"


def test_the_schema_is_one_of_2020_12():
    schema = json.loads(SHIPPED.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == SCHEMA


def test_what_is_exported_fits_the_schema(register, tmp_path):
    seal(register, "T-0029", "a zebra note")
    validator = Draft202012Validator(
        json.loads(SHIPPED.read_text(encoding="utf-8")),
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    )
    whole = json.loads(exported(register, tmp_path / "out.json"))
    assert [each.message for each in validator.iter_errors(whole)] == []
    assert whole["export"]["1"]["marking"] == "OFFICIAL"
    next(iter(whole["technologies"].values()))["stage_since"] = "yesterday"
    assert list(validator.iter_errors(whole))


def test_everything_that_the_register_holds_is_in_the_json(register, tmp_path):
    whole = json.loads(exported(register, tmp_path / "out.json"))
    held = register.state.tables()
    for key, record in held["technologies"].items():
        if register.state.technologies[key].open_round is None:
            assert whole["technologies"][key] == json.loads(record)
    assert set(whole["technologies"]) == set(held["technologies"])
    assert (whole["people"], whole["frameworks"]) == (held["people"], held["frameworks"])


def test_json_lines_say_the_same_one_record_a_line(register, tmp_path):
    whole = json.loads(exported(register, tmp_path / "out.json"))
    again: dict = {name: {} for name in whole}
    lines = exported(register, tmp_path / "out.jsonl").splitlines()
    for line in map(json.loads, lines):
        again[line["table"]][line["id"]] = line["record"]
    assert again == whole
    assert json.loads(lines[0])["table"] == "export"


def test_the_json_opens_as_a_register_and_leaves_it_as_it_came(register, tmp_path):
    first = tmp_path / "taken" / "register.json"
    first.parent.mkdir()
    first.write_bytes(exported(register, tmp_path / "out.json"))
    with Register.open(first, acting="Sam Example", clock=StandingClock()) as taken:
        before, after = tables_of(still(register)), tables_of(still(taken))
        assert after["technologies"] == before["technologies"]
        assert set(after["frameworks"]) == set(before["frameworks"])
        assert {key: each["name"] for key, each in after["people"].items()} == {
            key: each["name"] for key, each in before["people"].items()
        }
        assert "journal" in " ".join(taken.notices) or "history" in " ".join(taken.notices)
    assert any("history" in fault.what or "carried" in fault.what for fault in verify(first).faults)


def test_scores_of_an_open_round_stay_sealed(register, tmp_path):
    seal(register, "T-0029", "a zebra note")
    for name in ("out.json", "out.jsonl", "out.xlsx", "out.csv"):
        assert b"zebra" not in exported(register, tmp_path / name)
    kept = json.loads((tmp_path / "out.json").read_bytes())["technologies"]
    technology = register.technology("T-0029")
    submitted = kept[technology.id]["rounds"][-1]["submissions"]
    assert [each["scores"] for each in submitted.values()] == [{}]


def test_an_export_of_an_earlier_day_is_what_was_there_then(register, tmp_path):
    path = tmp_path / "then.json"
    made = export_register(register, path, DataOrder(as_at=date(2025, 12, 31)))
    then = json.loads(path.read_bytes())
    assert len(then["technologies"]) < len(register.state.technologies)
    assert made.as_at == date(2025, 12, 31)
    assert made.head == then["head"]["1"]["hash"]
