"""The draft of a public record: what the register has, what it lacks, nothing made up."""

import csv
import io
import json
import shutil

import pytest

from horizon.framework.loading import FILES, shipped_folder
from horizon.framework.transparency import FILE, load_transparency, shipped_transparency
from horizon.model.errors import BadInput, RuleBroken
from horizon.model.events import AnswerGiven
from horizon.model.facts import FactValue
from horizon.model.words import Edition
from horizon.papers.atrs import NOT_RECORDED, draft, export_atrs
from horizon.papers.checking import check_file
from horizon.papers.exporting import DataOrder
from horizon.papers.writers import WRITERS
from horizon.register import Register
from horizon.register.as_at import still
from horizon.store.files import journal_path
from tests.clocks import StandingClock
from tests.papers.reading import text_of


@pytest.fixture
def register(made_example, tmp_path):
    path = tmp_path / "register.json"
    shutil.copy(made_example, path)
    shutil.copy(journal_path(made_example), journal_path(path))
    with Register.open(path, acting="Sam Example", clock=StandingClock()) as opened:
        yield opened


def said(record):
    return {each.field.id: each.says for each in record.fields}


def test_the_standard_is_data_with_its_version_and_every_field_can_be_filled():
    standard = shipped_transparency()
    assert (standard.standard.id, standard.standard.version) == ("atrs", "4.0")
    ids = [field.id for section in standard.sections for field in section.fields]
    assert len(ids) == len(set(ids)) > 50
    for gone in ("external_supplier", "scope", "process_integration", "standard_version"):
        assert gone not in ids
    for new in ("third_party", "system_level_input", "human_review", "operational_data_sources"):
        assert new in ids


def test_every_source_of_the_standard_is_one_that_the_register_has(register):
    reader = still(register)
    framework = reader.framework
    stages = {each.id for each in framework.route.stages}
    standard = shipped_transparency()
    assert set(standard.phases) <= stages
    for section in standard.sections:
        for field in section.fields:
            for source in field.sources:
                kind, _, name = source.partition(":")
                if kind == "answer":
                    assert name in framework.items, source
                if kind == "documents":
                    assert all(framework.route.document(each) for each in name.split(",")), source
                if kind == "fact":
                    assert name in framework.fact_names, source


def test_a_draft_says_what_the_register_says(register):
    record = draft(still(register), "T-0019")
    found, technology = said(record), register.technology("T-0019")
    assert found["title"] == technology.name
    assert found["phase"] == "Private beta"
    assert found["description"] == technology.summary
    assert technology.problem not in found["benefits"]
    assert found["senior_responsible_owner"] == "Fraud operations"
    assert "Mei Example" not in repr(found)
    assert found["impact_assessment"].startswith("Data protection impact assessment screening,")
    assert found["risks_and_mitigations"].startswith("Still to be met: FA3")


def test_what_the_register_has_nothing_for_is_a_gap_with_where_to_fill_it(register):
    record = draft(still(register), "T-0019")
    gaps = {each.field.id: each.where for each in record.gaps}
    held = " ".join(
        f"--evidence {e}" for e in register.technology("T-0019").answers["HO5"].evidence
    )
    assert gaps["required_training"] == f'horizon answer T-0019 HO5=yes {held} --note "..."'
    assert gaps["contact_email"].startswith("Write a team mailbox")
    assert record.report == f"{len(gaps)} of 53 fields missing, 31 of them required"
    assert gaps["benefits"].startswith("Write what it is expected to bring")
    assert all(each.where for each in record.gaps)


def test_filling_a_gap_closes_it(register):
    before = draft(still(register), "T-0019")
    register.amend("T-0019", {"summary": "It ranks. And more."})
    register.answer(
        "T-0019",
        {"HO5": AnswerGiven(answer="yes", note="Two days for every user.", evidence=("E1",))},
    )
    after = draft(still(register), "T-0019")
    assert said(after)["required_training"] == "Yes. Two days for every user."
    assert said(after)["one_sentence_description"] == "It ranks."
    assert len(after.gaps) == len(before.gaps) - 1


def test_what_the_facts_rule_out_is_not_asked_for(register):
    record = draft(still(register), "T-0019")
    third = next(each for each in record.fields if each.field.id == "companies_house_number")
    assert not third.asked
    assert not third.missing
    register.set_facts("T-0019", {"supplier": FactValue.UNKNOWN})
    record = draft(still(register), "T-0019")
    third = next(each for each in record.fields if each.field.id == "companies_house_number")
    assert third.missing


@pytest.mark.parametrize("extension", [*WRITERS, ".csv", ".json"])
def test_the_draft_is_made_in_every_format_and_recorded(register, tmp_path, extension):
    path = tmp_path / f"draft{extension}"
    left, _ = export_atrs(register, "T-0019", path)
    assert left.reference == "ATRS/2026-11-24/T-0019/1"
    checked = check_file(register, path)
    assert checked.is_as_issued
    assert checked.paper.what == "atrs"
    again = tmp_path / f"again{extension}"
    export_atrs(register, "T-0019", again)
    assert again.read_bytes() == path.read_bytes()


def test_the_paper_says_not_recorded_and_lists_what_is_missing(register, tmp_path):
    export_atrs(register, "T-0019", tmp_path / "draft.md")
    text = text_of(".md", (tmp_path / "draft.md").read_bytes())
    assert NOT_RECORDED in text
    assert "37 of 53 fields missing, 31 of them required." in text
    assert "Does not apply" in text
    assert "horizon answer T-0019 HO5=yes" in text


def test_the_data_has_one_row_for_each_field(register, tmp_path):
    export_atrs(register, "T-0019", tmp_path / "draft.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "draft.csv").read_text("utf-8"))))
    assert {each["state"] for each in rows} == {"given", "missing", "not asked"}
    export_atrs(register, "T-0019", tmp_path / "draft.json")
    whole = json.loads((tmp_path / "draft.json").read_bytes())
    assert len(whole["fields"]) == len(rows)
    assert whole["standard_version"] == "4.0"
    assert whole["draft"] is True


def test_a_public_draft_shows_only_what_was_released(register, tmp_path):
    public = DataOrder(edition=Edition.PUBLIC)
    with pytest.raises(RuleBroken, match="read and released"):
        export_atrs(register, "T-0019", tmp_path / "draft.json", public)
    back = DataOrder(edition=Edition.PUBLIC, keep_back_unread=True)
    export_atrs(register, "T-0019", tmp_path / "draft.json", back)
    text = (tmp_path / "draft.json").read_text("utf-8")
    assert register.technology("T-0019").summary not in text
    assert "not yet read for release" in text


def test_a_technology_or_a_format_that_is_not_there_is_refused(register, tmp_path):
    with pytest.raises(BadInput, match="no technology 'T-0999'"):
        export_atrs(register, "T-0999", tmp_path / "draft.md")
    with pytest.raises(BadInput, match=r"cannot be written as \.xls"):
        export_atrs(register, "T-0019", tmp_path / "draft.xls")


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('from = ["phase"]', 'from = ["phases"]', "from cannot be 'phases'"),
        ('id = "phase", ', "", "id is missing"),
        ('required = true, from = ["phase"]', "required = true", "neither from, value nor where"),
        ('when = "supplier"', 'when = "supplied"', "when cannot be 'supplied'"),
    ],
)
def test_a_mistake_in_the_field_map_is_told_by_line(tmp_path, old, new, what):
    text = (shipped_folder() / FILE).read_text("utf-8")
    assert old in text
    path = tmp_path / FILE
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(BadInput) as refused:
        load_transparency(path)
    assert what in refused.value.what
    assert "line" in refused.value.where


def test_the_field_map_is_no_part_of_the_framework():
    assert FILE not in FILES
