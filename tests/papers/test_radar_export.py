"""The radar as files: pictures that carry their marking, and what other radars read."""

import csv
import io
import json
import shutil
from datetime import date

import pytest

from horizon.model.errors import BadInput, RuleBroken
from horizon.model.words import Edition
from horizon.papers.checking import check_file
from horizon.papers.exporting import DataOrder
from horizon.papers.radar_export import RadarOrder, export_radar
from horizon.register import Register
from horizon.store.files import journal_path
from tests.clocks import StandingClock

SINCE = date(2026, 3, 1)


@pytest.fixture
def register(made_example, tmp_path):
    path = tmp_path / "register.json"
    shutil.copy(made_example, path)
    shutil.copy(journal_path(made_example), journal_path(path))
    with Register.open(path, acting="Sam Example", clock=StandingClock()) as opened:
        yield opened


def exported(register, path, **order):
    export_radar(register, path, RadarOrder(**order))
    return path.read_bytes()


def test_a_picture_carries_its_marking_and_where_it_comes_from(register, tmp_path):
    svg = exported(register, tmp_path / "r.svg", since=SINCE).decode()
    assert svg.count(">OFFICIAL</text>") == 2
    assert "RADAR/2026-11-24/1  |  Register head" in svg
    assert check_file(register, tmp_path / "r.svg").is_as_issued
    (tmp_path / "r.svg").write_text(svg.replace("In use", "In us"), "utf-8")
    checked = check_file(register, tmp_path / "r.svg")
    assert checked.faults == ("the file was changed after it was issued",)
    assert checked.paper.reference == "RADAR/2026-11-24/1"


def test_a_picture_says_of_which_register_and_day_it_is_and_that_it_is_made_up(register, tmp_path):
    svg = exported(register, tmp_path / "r.svg").decode()
    for said in (
        "Technology radar. Rings by stage, sectors by kind",
        "Illustrative register of Example Police, 24 November 2026",
        "Illustrative: made up to show how Horizon works. "
        "Proposed framework, not adopted by the force",
    ):
        assert f">{said}</text>" in svg


@pytest.mark.parametrize(
    ("name", "form"),
    [("r.svg", "byor"), ("r.png", "byor"), ("r.csv", "byor"), ("r.json", "byor"),
     ("r.json", "zalando"), ("r.json", "backstage")],
)  # fmt: skip
def test_a_radar_can_be_made_again_byte_for_byte(register, tmp_path, name, form):
    first = exported(register, tmp_path / name, since=SINCE, form=form)
    assert exported(register, tmp_path / f"again-{name}", since=SINCE, form=form) == first
    kept = register.state.head.papers
    assert kept[-1].what == "radar"
    assert kept[-1].reference == kept[-2].reference


def test_build_your_own_radar_reads_its_own_columns(register, tmp_path):
    rows = list(
        csv.DictReader(
            io.StringIO(exported(register, tmp_path / "r.csv", since=SINCE).decode(), newline="")
        )
    )
    assert list(rows[0]) == ["name", "ring", "quadrant", "isNew", "status", "description"]
    assert len(rows) == 25
    assert {each["isNew"] for each in rows} == {"TRUE", "FALSE"}
    assert {each["status"] for each in rows} <= {"New", "Moved In", "Moved Out", "No Change"}
    for each in rows:
        assert (each["isNew"] == "TRUE") == (each["status"] == "New")
    same = json.loads(exported(register, tmp_path / "r.json", since=SINCE))
    assert same == rows


def test_what_was_typed_is_no_html_in_a_description(register, tmp_path):
    register.amend("T-0001", {"summary": "<script>alert(1)</script> & more"})
    entries = json.loads(exported(register, tmp_path / "r.json"))
    assert "&lt;script&gt;" in entries[0]["description"]
    assert "<script" not in json.dumps(entries)


def test_zalandos_radar_finds_places_and_movement(register, tmp_path):
    made = json.loads(exported(register, tmp_path / "r.json", since=SINCE, form="zalando"))
    assert made["date"] == "2026.11"
    for each in made["entries"]:
        assert set(each) == {"quadrant", "ring", "label", "active", "moved"}
        assert 0 <= each["ring"] < len(made["rings"])
        assert 0 <= each["quadrant"] < len(made["quadrants"])
        assert each["moved"] in (-1, 0, 1, 2)


def test_backstage_finds_each_entrys_way_newest_first(register, tmp_path):
    made = json.loads(exported(register, tmp_path / "r.json", form="backstage"))
    rings = {each["id"] for each in made["rings"]}
    quadrants = {each["id"] for each in made["quadrants"]}
    by_key = {each["key"]: each for each in made["entries"]}
    assert len(by_key) == 25
    for each in made["entries"]:
        assert each["quadrant"] in quadrants
        dates = [step["date"] for step in each["timeline"]]
        assert dates == sorted(dates, reverse=True)
        assert {step["ringId"] for step in each["timeline"]} <= rings
    first = by_key["T-0001"]["timeline"][0]
    assert first == {
        "moved": 1, "ringId": "in-use", "date": "2025-12-12", "description": "Moved to in service",
    }  # fmt: skip


def test_a_public_radar_shows_only_released_names(register, tmp_path):
    public = DataOrder(edition=Edition.PUBLIC)
    with pytest.raises(RuleBroken, match="read and released"):
        exported(register, tmp_path / "r.svg", data=public)
    back = DataOrder(edition=Edition.PUBLIC, keep_back_unread=True)
    svg = exported(register, tmp_path / "r.svg", data=back).decode()
    assert "Document redaction" not in svg
    assert "OFFICIAL | Public edition" in svg


@pytest.mark.parametrize(
    ("name", "form", "said"),
    [
        ("r.gif", "byor", r"\.svg, \.png, \.csv, \.json"),
        ("r.csv", "backstage", r"\.svg, \.png, \.json"),
    ],
)
def test_a_format_there_is_none_of_is_refused(register, tmp_path, name, form, said):
    with pytest.raises(BadInput, match=said):
        exported(register, tmp_path / name, form=form)
