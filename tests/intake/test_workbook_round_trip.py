"""A workbook that goes out, is edited in a spreadsheet and comes back: the edited cells change, and
what the register changed meanwhile too is shown and not written."""

import io
from datetime import date

import openpyxl
import pytest

from horizon.intake import formats
from horizon.intake.given import Given
from horizon.intake.report import Outcome, as_csv
from horizon.model.errors import BadInput
from horizon.model.words import Edition, Marking, Posture
from horizon.papers.exporting import FORMATS, DataOrder, Export, made_by
from horizon.register import Register
from horizon.register.as_at import still
from tests.clocks import StandingClock
from tests.intake.using import loaded, planned
from tests.papers.outside import resaved


@pytest.fixture
def own(example):
    with Register.open(example, acting="Sam Example", clock=StandingClock()) as opened:
        yield opened


@pytest.fixture
def workbook(own):
    return FORMATS[".xlsx"](Export(still(own), "REG/1", Marking.OFFICIAL))


def edited(content, cells, *, without=()):
    """The workbook after somebody set cells, {(label, title): value}, and took sheets out."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["Register"]
    titles = [each.value for each in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        for (label, title), value in cells.items():
            if row[titles.index("Label")].value == label:
                row[titles.index(title)].value = value
    for name in set(without) - {"properties"}:
        del book[name]
    if "properties" in without:
        book.custom_doc_props.props.clear()
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def told(report):
    """What changes of which technology, in words."""
    return [f"{row.label} {each.words}" for row in report.rows for each in row.changes]


def test_exactly_the_edited_cells_change(own, workbook):
    before = {each.id: each for each in own.state.technologies.values()}
    cells = {
        ("T-0002", "Supplier"): "New supplier",
        ("T-0003", "TRL"): 4,
        ("T-0003", "Tags"): "one; two",
        ("T-0004", "Posture"): None,
        ("T-0005", "Review by"): date(2027, 6, 1),
    }
    report = loaded(own, edited(workbook, cells), "edited.xlsx")
    assert {each.label for each in report.of(Outcome.CHANGED)} <= {
        "T-0002", "T-0003", "T-0004", "T-0005",
    }  # fmt: skip
    wanted = {
        "T-0002": {"supplier": "New supplier"},
        "T-0003": {"trl": 4, "tags": ("one", "two")},
        "T-0004": {"posture": None},
        "T-0005": {"review_by": date(2027, 6, 1)},
    }
    for each in own.state.technologies.values():
        old = before[each.id]
        same = {"revision", "changed_at", "review_reason"}
        now = each.model_dump(exclude=same)
        assert now == old.model_copy(update=wanted.get(each.label, {})).model_dump(exclude=same)


def test_what_changed_here_since_the_export_is_no_edit_of_the_sheet(own, workbook):
    own.amend("T-0002", {"supplier": "Changed here", "trl": 2})
    report = planned(own, edited(workbook, {("T-0003", "Supplier"): "In the sheet"}), "e.xlsx")
    assert [each.label for each in report.of(Outcome.CHANGED)] == ["T-0003"]
    assert len(report.of(Outcome.UNCHANGED)) == 28


def test_the_same_edit_on_both_sides_is_no_conflict(own, workbook):
    own.amend("T-0002", {"supplier": "Both"})
    report = planned(own, edited(workbook, {("T-0002", "Supplier"): "Both"}), "e.xlsx")
    assert len(report.of(Outcome.UNCHANGED)) == 29


def test_an_edit_on_both_sides_is_shown_and_not_written(own, workbook):
    own.amend("T-0002", {"supplier": "Here"})
    report = loaded(own, edited(workbook, {("T-0002", "Supplier"): "Sheet"}), "e.xlsx")
    (row,) = report.of(Outcome.CONFLICT)
    assert row.words.endswith(
        "supplier stays 'Here', changed here since the export; the file says 'Sheet'"
    )
    assert own.technology("T-0002").supplier == "Here"
    assert own.state.head.imports == ()
    assert "changed here since the export, and kept" in as_csv(report)


def test_a_row_in_conflict_still_brings_its_other_edits(own, workbook):
    own.amend("T-0002", {"supplier": "Here"})
    cells = {("T-0002", "Supplier"): "Sheet", ("T-0002", "Posture"): "park"}
    report = loaded(own, edited(workbook, cells), "e.xlsx")
    assert [each.field for each in report.of(Outcome.CHANGED)[0].changes if each.kept] == [
        "supplier"
    ]
    assert own.technology("T-0002").supplier == "Here"
    assert own.technology("T-0002").posture is Posture.PARK


@pytest.mark.parametrize("choice", ["take", "decide"])
def test_a_conflict_is_written_when_somebody_chooses_so(own, workbook, choice):
    own.amend("T-0002", {"supplier": "Here"})
    own.amend("T-0003", {"supplier": "Here too"})
    cells = {("T-0002", "Supplier"): "Sheet", ("T-0003", "Supplier"): "Sheet too"}
    content = edited(workbook, cells)
    ref = planned(own, content, "e.xlsx").of(Outcome.CONFLICT)[0].ref
    if choice == "take":
        loaded(own, content, "e.xlsx", take=frozenset(["supplier"]))
    else:
        loaded(own, content, "e.xlsx", decide={ref: "file"})
    said = [own.technology(each).supplier for each in ("T-0002", "T-0003")]
    assert said == ["Sheet", "Sheet too" if choice == "take" else "Here too"]


def test_a_review_date_changed_on_both_sides_is_a_conflict(own, workbook):
    own.set_review("T-0005", date(2027, 1, 1))
    content = edited(workbook, {("T-0005", "Review by"): date(2027, 3, 1)})
    (row,) = planned(own, content, "e.xlsx").of(Outcome.CONFLICT)
    assert row.changes[0].words == (
        "review by stays '2027-01-01', changed here since the export; the file says '2027-03-01'"
    )


@pytest.mark.parametrize(
    ("value", "why"),
    [(date(2020, 1, 1), "already passed"), ("soon", "not a date"), (None, "empty")],
)
def test_a_review_date_that_cannot_be_is_refused_with_its_cell(own, workbook, value, why):
    label = next(
        each.label
        for each in own.state.technologies.values()
        if each.review_by and each.review_by > own.today
    )
    (row,) = planned(own, edited(workbook, {(label, "Review by"): value}), "e.xlsx").of(
        Outcome.REFUSED
    )
    assert row.column == "Review by"
    assert why in row.why


@pytest.mark.parametrize("without", [("properties",), ("Cover",)])
def test_when_it_was_exported_is_said_twice_so_that_one_may_be_lost(own, workbook, without):
    own.amend("T-0002", {"supplier": "Here"})
    content = edited(workbook, {("T-0002", "Supplier"): "Sheet"}, without=without)
    assert len(planned(own, content, "e.xlsx").of(Outcome.CONFLICT)) == 1


def test_a_file_that_does_not_say_when_it_was_exported_says_so(own, workbook):
    before = own.technology("T-0002").supplier
    own.amend("T-0002", {"supplier": "Here"})
    content = edited(workbook, {}, without=("Cover", "properties"))
    report = planned(own, content, "e.xlsx")
    assert told(report) == [f"T-0002 supplier 'Here' becomes {before!r}"]
    assert any("does not say" in each for each in report.notices)


def test_stage_and_label_are_left_and_the_row_says_so(own, workbook):
    cells = {("T-0002", "Stage"): "Somewhere", ("T-0002", "Label"): None}
    rows = [each for each in planned(own, edited(workbook, cells), "e.xlsx").rows if each.why]
    assert [each.why for each in rows] == [
        "its stage is not changed by an import; move it in Horizon"
    ]


def test_a_technology_that_left_since_is_refused_and_not_entered_again(own):
    entered = own.propose(name="Short-lived", owner="Asha Example")
    content = FORMATS[".xlsx"](Export(still(own), "REG/1", Marking.OFFICIAL))
    own.take_back(entered.id)
    (row,) = planned(own, content, "e.xlsx").of(Outcome.REFUSED)
    assert "it has left the register since it was exported" in row.why


def test_a_public_edition_is_refused_by_what_it_says_of_itself(own):
    order = DataOrder(edition=Edition.PUBLIC, keep_back_unread=True)
    content = FORMATS[".xlsx"](made_by(own, "REG", order))
    with pytest.raises(BadInput, match="public edition"):
        planned(own, content, "e.xlsx")


def test_another_register_takes_its_rows_in_as_new(own, workbook, tmp_path):
    path = tmp_path / "other.json"
    with Register.create(path, name="Other", acting="Sam", clock=StandingClock()) as other:
        report = planned(other, workbook, "e.xlsx")
        assert report.of(Outcome.CHANGED) == report.of(Outcome.UNCHANGED) == []
        assert len(report.of(Outcome.NEW)) > 25


def test_libreoffice_saves_it_again_without_an_edit(own, workbook):
    own.amend("T-0002", {"supplier": "Here"})
    content = resaved(edited(workbook, {("T-0003", "Supplier"): "Sheet"}), ".xlsx")
    assert formats.read(Given("e.xlsx", content)).exported
    report = planned(own, content, "e.xlsx")
    assert [each.label for each in report.of(Outcome.CHANGED)] == ["T-0003"]
    assert len(report.of(Outcome.UNCHANGED)) == 28


def test_the_review_date_is_among_the_columns_that_are_taken(own, workbook):
    content = edited(workbook, {("T-0005", "Review by"): date(2027, 6, 1)})
    report = planned(own, content, "e.xlsx")
    assert report.taken["review_by"] == "Review by"
    assert "Review by" not in report.unused
    assert {"Label", "Stage"} <= set(report.unused)


def test_a_review_date_of_no_technology_here_is_not_taken(register, workbook):
    report = planned(register, workbook, "e.xlsx")
    assert "Review by" in report.unused
    assert "review_by" not in report.taken


def test_tags_between_commas_are_several_and_a_tag_with_a_comma_stays_one(own):
    own.amend("T-0003", {"tags": ("one, tag",)})
    content = FORMATS[".xlsx"](Export(still(own), "REG/1", Marking.OFFICIAL))
    loaded(own, edited(content, {("T-0002", "Tags"): "gait, walking,"}), "e.xlsx")
    assert own.technology("T-0002").tags == ("gait", "walking")
    assert own.technology("T-0003").tags == ("one, tag",)


def test_all_edits_of_a_row_that_cannot_be_are_said_at_once(own, workbook):
    cells = {("T-0027", "Kind"): "gadget", ("T-0027", "Review by"): "soon"}
    cells |= {("T-0028", "Review by"): "soon", ("T-0028", "Kind"): None}
    rows = planned(own, edited(workbook, cells), "e.xlsx").of(Outcome.REFUSED)
    assert [[each.column for each in row.faults] for row in rows] == [["Kind", "Review by"]] * 2
    assert own.state.head.imports == ()
