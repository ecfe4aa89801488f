"""An export that comes back into its own register: what was edited changes, and no more."""

import csv
import io
import json

import pytest

from horizon.intake.report import Outcome
from horizon.model.errors import BadInput
from horizon.model.words import Marking, Posture, TimeHorizon
from horizon.papers.exporting import FORMATS, Export
from horizon.register import Register
from horizon.register.as_at import still
from tests.clocks import StandingClock
from tests.intake.using import loaded, planned

STARTS = ("=1+1", "+44 1632 960000", "-1", "@sum", "'quoted", "'=x", "\t=2")


@pytest.fixture
def own(example):
    with Register.open(example, acting="Sam Example", clock=StandingClock()) as opened:
        yield opened


def exported(register, suffix):
    return FORMATS[suffix](Export(still(register), "REG/1", Marking.OFFICIAL))


def rewritten(content, **cells):
    """A CSV with cells of the row of T-0002 set to something else."""
    table = list(csv.DictReader(io.StringIO(content.decode(), newline="")))
    row = next(each for each in table if each["label"] == "T-0002")
    row.update(cells)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, table[0])
    writer.writeheader()
    writer.writerows(table)
    return out.getvalue()


def changed(report):
    """Which fields of which technologies an import changes."""
    assert report.of(Outcome.NEW) == report.of(Outcome.DUPLICATE) == []
    return {each.label: [c.field for c in each.changes] for each in report.of(Outcome.CHANGED)}


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_row_of_an_unchanged_export_is_unchanged(own, suffix):
    own.amend("T-0002", {"tags": ("a; b", "=c"), "aliases": ('say "hi"', "d|e", "'=f")})
    before = own.state.head.seq
    report = loaded(own, exported(own, suffix), f"own{suffix}")
    assert [each.outcome for each in report.rows] == [Outcome.UNCHANGED] * 29
    assert not any(each.why for each in report.rows)
    assert own.state.head.seq == before


@pytest.mark.parametrize("suffix", FORMATS)
def test_what_a_spreadsheet_would_run_comes_back_as_it_was(own, suffix):
    for at, start in enumerate(STARTS, start=2):
        own.amend(f"T-{at:04d}", {"summary": f"{start}\nand more", "supplier": start.strip()})
    assert changed(planned(own, exported(own, suffix), f"own{suffix}")) == {}


@pytest.mark.parametrize("suffix", FORMATS)
def test_characters_that_an_export_spells_out_are_no_edit(own, suffix):
    own.amend("T-0002", {"summary": "a\x07b\u202ec _x0041_ \u00a0 d\r\n\x85e", "name": "two  gaps"})
    assert changed(planned(own, exported(own, suffix), f"own{suffix}")) == {}


def test_a_text_that_was_cut_to_fit_a_cell_is_no_edit(own):
    own.amend("T-0002", {"problem": "long " * 8_000})
    assert changed(planned(own, exported(own, ".xlsx"), "own.xlsx")) == {}


@pytest.mark.parametrize(
    ("field", "cell", "becomes"),
    [
        ("name", "Another name", "Another name"),
        ("kind", "sensing", "sensing"),
        ("summary", "=2+2", "=2+2"),
        ("supplier", "", ""),
        ("trl", "", None),
        ("trl", "3", 3),
        ("time_horizon", "H3", TimeHorizon.H3),
        ("posture", "park", Posture.PARK),
        ("aliases", '"a;b"; c', ("a;b", "c")),
        ("marking", "OFFICIAL-SENSITIVE", Marking.OFFICIAL_SENSITIVE),
    ],
)
def test_an_edited_cell_changes_exactly_that_field(own, field, cell, becomes):
    before = own.technology("T-0002").details
    report = loaded(own, rewritten(exported(own, ".csv"), **{field: cell}), "own.csv")
    assert changed(report) == {"T-0002": [field]}
    assert own.technology("T-0002").details == before.model_copy(update={field: becomes})
    assert own.technology("T-0002").origins == ()


def test_an_owner_is_edited_by_name_and_taken_away_by_an_empty_cell(own):
    content = exported(own, ".csv")
    loaded(own, rewritten(content, owner="Somebody New"), "own.csv")
    assert own.name(own.technology("T-0002").owner) == "Somebody New"
    loaded(own, rewritten(content, owner=""), "own.csv")
    assert own.technology("T-0002").owner is None


def test_an_import_of_edits_is_undone_as_one(own):
    before = own.technology("T-0002").details
    loaded(own, rewritten(exported(own, ".csv"), supplier="New supplier", trl="2"), "own.csv")
    assert own.technology("T-0002").details != before
    own.undo_import("1", reason="A trial")
    assert own.technology("T-0002").details == before


def test_an_edited_record_of_json_lines_is_a_change(own):
    lines = [json.loads(each) for each in exported(own, ".jsonl").splitlines()]
    record = next(e["record"] for e in lines if e["record"].get("label") == "T-0002")
    record["tags"] = ["camera"]
    content = "".join(json.dumps(each) + "\n" for each in lines)
    assert changed(loaded(own, content, "own.jsonl")) == {"T-0002": ["tags"]}
    assert own.technology("T-0002").tags == ("camera",)


def test_a_broken_line_of_json_lines_is_named(own):
    content = exported(own, ".jsonl").replace(b'{"id":"t-', b'{"id":t-', 1)
    with pytest.raises(BadInput, match="not JSON") as refused:
        planned(own, content, "own.jsonl")
    assert "line " in refused.value.where


def test_an_id_that_the_register_does_not_hold_is_a_row_without_one(own):
    content = rewritten(
        exported(own, ".csv"), technology_id="t-0123456789abcdef", name="Quantum tea"
    )
    report = planned(own, content, "own.csv")
    (row,) = report.of(Outcome.NEW)
    assert row.name == "Quantum tea"
    assert len(report.of(Outcome.UNCHANGED)) == 28


def test_a_row_added_in_the_sheet_is_new_once(own):
    content = exported(own, ".csv").decode() + ',,"Quantum tea","sensing"' + "," * 31 + "\r\n"
    assert len(loaded(own, content, "own.csv").of(Outcome.NEW)) == 1
    again = loaded(own, content, "own.csv")
    assert {each.outcome for each in again.rows} == {Outcome.UNCHANGED}
    assert again.gone == ()


def test_a_row_that_was_copied_with_its_id_is_refused(own):
    lines = exported(own, ".csv").decode().splitlines(keepends=True)
    copied = next(each for each in lines if '"T-0003"' in each)
    content = "".join([*lines, copied.replace(own.technology("T-0003").name, "Another")])
    (row,) = planned(own, content, "own.csv").of(Outcome.REFUSED)
    assert "has the same id" in row.why


@pytest.mark.parametrize(("field", "cell"), [("kind", ""), ("marking", ""), ("kind", "nonsense")])
def test_a_cell_that_no_technology_can_have_is_refused_and_nothing_else(own, field, cell):
    report = planned(own, rewritten(exported(own, ".csv"), **{field: cell}), "own.csv")
    (row,) = report.of(Outcome.REFUSED)
    assert field in row.words
    assert len(report.of(Outcome.UNCHANGED)) == 28


def test_the_name_of_another_technology_is_refused(own):
    content = rewritten(exported(own, ".csv"), name=own.technology("T-0003").name)
    (row,) = planned(own, content, "own.csv").of(Outcome.REFUSED)
    assert "T-0003 is already called that" in row.why


def test_where_it_was_seen_is_not_changed_and_the_row_says_so(own):
    content = rewritten(exported(own, ".csv"), source="Somewhere else")
    rows = [each for each in planned(own, content, "own.csv").rows if each.why]
    assert [each.outcome for each in rows] == [Outcome.UNCHANGED]
    assert "add a sighting" in rows[0].words


def test_a_public_edition_is_not_taken_for_edits(own):
    content = rewritten(exported(own, ".csv"), summary="[Withheld: section 31]")
    with pytest.raises(BadInput, match="public edition"):
        planned(own, content, "own.csv")
