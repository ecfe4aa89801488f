"""Each format as others write it: what a row says, where it stands, what the source calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from horizon.intake import formats
from horizon.intake.columns import find_columns
from horizon.intake.given import Given
from horizon.intake.table import Table
from horizon.model.errors import BadInput
from tests.intake.using import read

DATA = Path(__file__).parent.parent / "data"


def rows(table: Table) -> list[dict[str, str]]:
    """The rows by field, as the columns are found."""
    columns = find_columns(table, {}, "list")
    return [
        {field: row.cells[at] for field, at in columns.places.items() if row.cells[at]}
        for row in table.rows
    ]


def test_a_zalando_radar_says_ring_and_quadrant_in_words() -> None:
    table = read((DATA / "zalando_radar_2026-05-06.json").read_bytes())
    assert table.layout == "Zalando technology radar of 2026.05"
    found = {each["name"]: each for each in rows(table)}
    assert len(found) == 21
    assert found["Amazon Redshift"] == {
        "name": "Amazon Redshift",
        "note": "Ring: Adopt; Quadrant: Datastores",
    }
    assert found["Flink"]["url"] == "https://engineering.zalando.com/tags/apache-flink.html"
    assert table.rows[0].place == "entry 1"


def test_a_radar_that_names_its_own_rings_is_read_with_them() -> None:
    radar = {
        "quadrants": [{"name": "Eyes"}, {"name": "Ears"}],
        "rings": [{"name": "Now"}, {"name": "Later"}],
        "entries": [
            {"quadrant": 1, "ring": 0, "label": "Gait", "active": False, "link": "../gait"},
            {"quadrant": 9, "ring": "inner", "label": "Lip"},
            "what is this",
        ],
    }
    table = read(json.dumps(radar))
    assert [each["note"] for each in rows(table)] == [
        "Ring: Now; Quadrant: Ears; Standing: no longer active",
        "Ring: inner; Quadrant: 9",
    ]
    assert "url" not in rows(table)[0]
    assert [each.place for each in table.faults] == ["entry 3"]


def test_a_backstage_radar_keeps_the_rings_a_blip_was_in_before() -> None:
    radar = {
        "title": "Our radar",
        "quadrants": [{"id": "1", "name": "Infrastructure"}],
        "rings": [{"id": "use", "name": "USE"}, {"id": "trial", "name": "TRIAL"}],
        "entries": [
            {
                "id": "kubernetes",
                "key": "k8s",
                "title": "Kubernetes",
                "quadrant": "1",
                "url": "#",
                "links": [{"url": "https://kubernetes.io", "title": "Site"}],
                "timeline": [
                    {"moved": 0, "ringId": "trial", "date": "2024-01-09T00:00:00.000Z"},
                    {
                        "moved": 1,
                        "ringId": "use",
                        "date": "2026-02-06T00:00:00.000Z",
                        "description": "In use",
                    },
                ],
            }
        ],
    }
    assert rows(read(json.dumps(radar))) == [
        {
            "name": "Kubernetes",
            "key": "kubernetes",
            "summary": "In use",
            "url": "https://kubernetes.io",
            "date": "2026-02-06",
            "note": "Ring: USE; Quadrant: Infrastructure; Before: TRIAL from 2024-01-09",
        }
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_build_your_own_radar_is_read_as_csv_in_any_encoding(encoding: str) -> None:
    text = (
        "name,ring,quadrant,isNew,description\n"
        'Gait,Trial,Tools,TRUE,"<p>Walks &amp; <b>café</b></p><ul><li>one</li></ul>"\n'
        "Lip,,Techniques,FALSE,\n"
    )
    table = read(text.encode(encoding))
    assert table.format == "Build your own radar"
    assert rows(table) == [
        {
            "name": "Gait",
            "summary": "Walks & café\none",
            "note": "Ring: Trial; Quadrant: Tools",
        },
        {"name": "Lip", "note": "Quadrant: Techniques"},
    ]
    assert [row.place for row in table.rows] == ["row 2", "row 3"]


def test_build_your_own_radar_is_read_as_json_and_with_a_status_instead() -> None:
    blip = {"name": "Gait", "ring": "Hold", "quadrant": "Tools", "isNew": "TRUE"}
    assert rows(read(json.dumps([blip]))) == [
        {"name": "Gait", "note": "Ring: Hold; Quadrant: Tools"}
    ]
    table = read("name;Ring;quadrant;status\nGait;Hold;Tools;Moved In\n")
    assert table.format == "Build your own radar"
    assert rows(table)[0]["note"] == "Ring: Hold; Quadrant: Tools"


def test_transparency_records_are_read_as_json() -> None:
    table = read((DATA / "uk_atrs_extract.json").read_bytes())
    assert table.format.startswith("UK Algorithmic Transparency")
    found = {each["name"]: each for each in rows(table)}
    assert found["DARAT"]["source"] == "Hampshire and Thames Valley Police"
    assert found["DARAT"]["date"].startswith("2024-02-29")
    assert found["DARAT"]["summary"]
    assert len(found) == 20


def test_a_whole_transparency_record_is_read_by_the_names_of_the_standard() -> None:
    record = {
        "name": "Redaction aid",
        "one_sentence_description": "Finds names",
        "organisation_name": "A force",
        "senior_responsible_owner": "Director of Information",
        "external_supplier": "Someone Ltd",
        "website_url": "https://example.org",
        "phase": "Private beta",
    }
    assert rows(read(json.dumps(record))) == [
        {
            "name": "Redaction aid",
            "summary": "Finds names",
            "supplier": "Someone Ltd",
            "owner": "Director of Information",
            "source": "A force",
            "url": "https://example.org",
            "note": "Private beta",
        }
    ]


def test_the_dutch_register_is_read_with_its_own_ids() -> None:
    table = read((DATA / "nl_algorithms_extract.json").read_bytes())
    assert table.format == "Dutch algorithm register"
    assert len(table.rows) == 18
    assert rows(table)[0] == {
        "name": "Actonomy AI Matching Systeem",
        "key": "11136893",
        "summary": rows(table)[0]["summary"],
        "source": "Gemeenschappelijke regeling Regionale ICT-dienst Utrecht",
        "url": "https://algoritmes.overheid.nl/nl/algoritme/324564/11136893",
        "date": "2026-04-07",
        "note": "in_gebruik",
    }


def test_a_landscape_says_category_line_and_maturity() -> None:
    table = read((DATA / "lfai_landscape_extract.yml").read_bytes())
    assert table.format == "Landscape file"
    assert len(table.rows) == 18
    found = {each["name"]: each for each in rows(table)}
    assert found["AIRSEAI"]["note"] == (
        "Category: Machine Learning; Subcategory: Framework; Project: sandbox"
    )
    assert table.rows[1].place == "item 2 (line 14)"


def test_a_folder_of_markdown_is_one_row_for_each_id_the_latest_edition_counts(
    tmp_path: Path,
) -> None:
    def page(path: str, text: str) -> None:
        file = tmp_path / "radar" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    page("2024-01-31/gait.md", "---\ntitle: Gait\nring: assess\nsegment: tools\n---\nWho walks.\n")
    page("2026-02-28/gait.md", "---\ntitle: Gait analysis\nring: trial\nquadrant: tools\n---\n\n")
    page("2026-02-28/lip.md", "---\r\ntitle: Lip\r\ntags: [voice, face]\r\n---\r\nReads lips.\r\n")
    page("2026-02-28/about.md", "No front matter here.\n")
    page("2026-02-28/bomb.md", "---\na: &a [x]\nb: [*c]\n---\n")
    table = formats.read(Given.of_folder(tmp_path / "radar"))
    assert rows(table) == [
        {
            "name": "Gait analysis",
            "key": "gait",
            "summary": "Who walks.",
            "date": "2026-02-28",
            "note": "Ring: trial; Quadrant: tools; Before: assess in 2024-01-31",
        },
        {
            "name": "Lip",
            "key": "lip",
            "summary": "Reads lips.",
            "tags": "voice; face",
            "date": "2026-02-28",
        },
    ]
    assert table.rows[0].place == "2026-02-28/gait.md"
    assert [each.place for each in table.faults] == ["2026-02-28/about.md", "2026-02-28/bomb.md"]


def test_a_single_page_of_a_radar_is_read_too() -> None:
    table = read("---\ntitle: Gait\nring: hold\n---\n", "gait.md")
    assert rows(table) == [{"name": "Gait", "key": "gait", "note": "Ring: hold"}]


def test_records_nobody_knows_are_read_by_their_names_with_inner_ones_flat() -> None:
    document = {
        "made": "2026",
        "tools": [
            {"Tool": "Gait", "vendor": {"name": "A", "site": "x"}, "tags": ["a", "b"], "n": 3.0},
            {"Tool": "Lip", "more": None},
        ],
    }
    table = read(json.dumps(document))
    assert table.layout == "JSON records under 'tools'"
    assert table.header == ("Tool", "vendor.name", "vendor.site", "tags", "n", "more")
    assert table.rows[0].cells == ("Gait", "A", "x", "a; b", "3", "")


def test_a_name_given_twice_in_one_entry_is_said_aloud() -> None:
    table = read('[{"name": "a", "name": "b"}]')
    assert rows(table) == [{"name": "b"}]
    assert "gives a name twice" in table.notices[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{}", "There is no list of records in this JSON"),
        ('{"a": [1, 2]}', "There is no list of records in this JSON"),
        ("[" * 100_000, "nested too deeply"),
        ("[" + "[" * 100_000 + "]" * 100_000 + "]", "nested too deeply"),
        ('[{"name": ' + "9" * 5000 + "}]", "a number in it is too long"),
        ("landscape:\n  - name: x\n    subcategories: []\n", "There is no entry in it"),
        ("landscape:\n", "There is no category in this landscape"),
        ("landscape:\n  - [\n", "line 3: This is not YAML"),
    ],
)
def test_a_file_with_nothing_to_read_is_refused_in_one_line(content: str, said: str) -> None:
    with pytest.raises(BadInput) as refused:
        read(content)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_yaml_aliases_that_grow_without_end_are_refused_before_they_do() -> None:
    lines = ["landscape: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    for number in range(1, 12):
        before = chr(96 + number)
        names = ", ".join([f"*{before}"] * 9)
        lines.append(f"{chr(97 + number)}: &{chr(97 + number)} [{names}]")
    for text in ("landscape:\n" + "\n".join(lines[1:]), "landscape:\n  &a [*a]", "\n".join(lines)):
        with pytest.raises(BadInput, match=r"landscape\.yml|list"):
            read("landscape:\n" + text.replace("landscape:", "x:"), "landscape.yml")


def test_ordinary_yaml_aliases_are_followed() -> None:
    text = (
        "landscape:\n  - name: A\n    subcategories:\n      - name: B\n        items:\n"
        "          - &one\n            name: Gait\n            organization: Someone\n"
        "          - *one\n"
    )
    assert [each["name"] for each in rows(read(text))] == ["Gait", "Gait"]


def test_a_folder_without_markdown_or_with_too_much_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no Markdown file"):
        Given.of_folder(tmp_path)
    with pytest.raises(BadInput, match="larger than"):
        Given("list.csv", b"x" * 50_000_001)
