"""`horizon import`: a line for each row, what the shell learns from it, and its undoing."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

from tests.cli.using import CommandLine

DATA = Path(__file__).parent.parent / "data"

MIXED = "Tool;TRL\nGood;5\nBad;eleven\nGood;6\n"


def test_published_records_come_in_with_a_line_for_each_row(horizon: CommandLine) -> None:
    shutil.copy(DATA / "uk_atrs_extract.csv", horizon.folder)
    done = horizon.well("import", "uk_atrs_extract.csv")
    assert done.lines[0] == "uk_atrs_extract.csv: UTF-8, comma between cells"
    assert "  name          from column 'tool_name'" in done.lines
    assert "Row 2: new: Ask HMRC online" in done.lines
    assert done.lines[-2] == (
        "20 technologies added, 0 changed, 0 unchanged, 0 possible duplicates, 0 refused."
    )
    assert done.lines[-1] == "Undo it as a whole with: horizon imports undo 1 --reason REASON"
    again = horizon.well("import", "uk_atrs_extract.csv")
    assert "Row 2: unchanged: T-0001 Ask HMRC online" in again.lines
    assert again.lines[-1].startswith("0 technologies added, 0 changed, 20 unchanged")
    assert len(horizon.well("list", "--json").json) == 20


def test_a_dry_run_says_the_same_and_changes_nothing(horizon: CommandLine) -> None:
    shutil.copy(DATA / "uk_atrs_extract.csv", horizon.folder)
    done = horizon.well("import", "uk_atrs_extract.csv", "--dry-run", "--report", "report.csv")
    assert done.lines[-1].startswith("20 technologies would be added, 0 would be changed")
    assert horizon.well("list", "--json").json == []
    with (horizon.folder / "report.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 20
    assert (rows[0]["outcome"], rows[0]["name"]) == ("new", "Ask HMRC online")


def test_refused_rows_end_the_command_with_1_and_the_others_come_in(horizon: CommandLine) -> None:
    done = horizon("import", "-", "--map", "trl=TRL", typed=MIXED)
    assert done.code == 1
    assert (
        "Row 3: refused: TRL 'eleven': it is not a technology readiness level. "
        "Use a number from 1 to 9." in done.lines
    )
    assert "Row 4: possible duplicate: Good: row 2 has the same name" in done.lines
    assert "1 technology added, 0 changed, 0 unchanged, 1 possible duplicate, 1 refused." in (
        done.lines
    )
    assert [each["name"] for each in horizon.well("list", "--json").json] == ["Good"]


def test_the_report_as_json_names_row_column_value_and_why(horizon: CommandLine) -> None:
    done = horizon("import", "-", "--json", "--source", "Scan of 2026", typed=MIXED)
    assert done.code == 1
    told = done.json
    assert told["columns"] == {"name": "Tool", "trl": "TRL"}
    assert told["added"] is True
    assert told["counts"]["refused"] == 1
    refused = told["rows"][1]
    assert (refused["row"], refused["outcome"]) == (3, "refused")
    assert (refused["column"], refused["value"]) == ("TRL", "eleven")
    assert refused["why"]
    assert refused["do"]
    made = horizon.well("show", "Good", "--json").json
    assert made["sightings"][0]["source"] == "Scan of 2026"
    assert made["origins"][0]["place"] == "row 2 of standard input"


def test_the_map_and_the_guesses_are_said_aloud(horizon: CommandLine) -> None:
    text = "Werkzeug,Vendor,type\nHört zu,A,Pilot\n".encode("cp1252")
    done = horizon("import", "-", "--map", "name=Werkzeug", "--map", "supplier=", typed=text)
    assert done.code == 0
    assert "name          from column 'Werkzeug'" in done.out
    assert "Not used: Vendor, type" in done.out
    assert "Windows-1252" in done.err
    assert "Column 'type' was not taken for kind" in done.err
    assert horizon.well("show", "Hört zu", "--json").json["supplier"] == ""


def test_a_map_to_a_column_that_is_not_there_is_bad_input(horizon: CommandLine) -> None:
    done = horizon("import", "-", "--map", "name=Tol", typed=MIXED)
    assert done.code == 2
    assert "Did you mean Tool?" in done.err


def test_cells_cannot_steer_the_terminal(horizon: CommandLine) -> None:
    text = 'name,trl\n"\x1b[2Jx",5\n"\x9by",five\n'
    done = horizon("import", "-", "--map", "trl=trl", typed=text)
    assert done.code == 1
    assert "\x1b" not in done.out
    assert "\x9b" not in done.out


def test_a_map_is_saved_under_a_name_and_used_again(horizon: CommandLine) -> None:
    text = "Liste,,\nWerkzeug,Vendor,Art\nGang,A,KI\n"
    words = ["--map", "name=Werkzeug", "--map", "supplier=", "--header-row", "2"]
    horizon("import", "-", *words, "--kind", "sensing", "--save-map", "tools", typed=text)
    other = "Liste,,\nWerkzeug,Vendor,Art\nLippe,B,KI\n"
    done = horizon("import", "-", "--use-map", "tools", "--source", "Else", typed=other)
    assert done.code == 0
    made = horizon.well("show", "Lippe", "--json").json
    assert (made["supplier"], made["kind"]) == ("", "sensing")
    assert horizon.well("imports", "maps").lines == ["tools: name=Werkzeug, supplier="]
    missing = horizon("import", "-", "--use-map", "tool", typed=other)
    assert missing.code == 2
    assert "Did you mean tools?" in missing.err
    assert "No column map is saved" in horizon.well("imports", "maps", "--forget", "tools").out


def test_changes_that_sweep_all_rows_come_first_and_the_real_edits_last(
    horizon: CommandLine,
) -> None:
    rows = [f"Tool {n},Does {n},https://old.example/{n}" for n in range(20)]
    text = "name,summary,url\n" + "\n".join(rows)
    horizon.well("import", "-", typed=text)
    moved = text.replace("old.example", "new.example").replace("Does 7,", "Does more,")
    done = horizon.well("import", "-", typed=moved)
    shown = [line for line in done.lines if line.startswith("Row ")]
    assert len(shown) == 20
    assert shown[0] == "Row 2: changed: T-0001 Tool 0: url, as on nearly every row"
    assert shown[-1] == (
        "Row 9: changed: T-0008 Tool 7: summary 'Does 7' becomes 'Does more'; url "
        "'https://old.example/7' becomes 'https://new.example/7'"
    )
    assert "url changed on 20 of 20 rows: url 'https://old.example/0' becomes" in done.out


def test_an_import_is_listed_and_undone(horizon: CommandLine) -> None:
    assert horizon.well("imports", "list").out == "Nothing was imported yet.\n"
    horizon.well("import", "-", typed="name\nOne\nTwo\n")
    listed = horizon.well("imports", "list")
    assert "standard input" in listed.out
    assert horizon.well("imports", "list", "--json").json[0]["rows"]["new"] == 2
    done = horizon.well("imports", "undo", "1", "--reason", "Wrong list")
    assert done.out == (
        "The import of standard input is undone: 2 technologies left the register.\n"
    )
    assert horizon.well("list", "--json").json == []
    assert "undid an import, because: Wrong list" in horizon.well("history").out
    assert horizon("imports", "undo", "1", "--reason", "x").code == 3
    assert horizon("imports", "undo", "9", "--reason", "x").code == 2


def test_a_folder_is_imported_as_one(horizon: CommandLine) -> None:
    page = horizon.folder / "radar" / "2026-01-31" / "gait.md"
    page.parent.mkdir(parents=True)
    page.write_text("---\ntitle: Gait\nring: trial\n---\nWho walks.\n", encoding="utf-8")
    done = horizon.well("import", "radar")
    assert "2026-01-31/gait.md: new: Gait" in done.lines
    assert horizon.well("show", "Gait", "--json").json["summary"] == "Who walks."


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--decide", "9=new"], "nothing to decide on row 9"),
        (["--decide", "3"], "'3' is not a row"),
        (["--header-row", "7"], "There is nothing in row 7"),
        (["--format", "zalando"], "cannot be read as: Zalando technology radar"),
        (["--report", "nowhere/report.csv"], "The report cannot be saved"),
    ],
)
def test_what_cannot_be_followed_is_bad_input(
    horizon: CommandLine, words: list[str], said: str
) -> None:
    done = horizon("import", "-", "--dry-run", *words, typed="name\nOne\nTwo\n")
    assert done.code == 2
    assert said in done.err
    assert len(done.err.splitlines()) == 1


def test_a_name_on_many_rows_is_told_once_with_what_it_may_mean(horizon: CommandLine) -> None:
    rows = "".join(f"Zivver,Body {number}\n" for number in range(7))
    (horizon.folder / "list.csv").write_text(f"Name,Organisation name\n{rows}Voice,Body 1\n")
    done = horizon.well("import", "list.csv", "--dry-run")
    said = " ".join(done.out.split())
    assert "Many rows of one name: Zivver on 6. One product at several bodies is" in said
    assert "6 possible duplicates" in said


def test_a_conflict_is_shown_and_how_to_let_the_file_win(on_example: CommandLine) -> None:
    on_example.well("export", "register", "-o", "own.json")
    on_example.well("amend", "T-0005", "--supplier", "Here")
    own = on_example.folder / "own.json"
    tables = json.loads(own.read_text(encoding="utf-8"))
    held = tables["technologies"].values()
    next(e for e in held if e["label"] == "T-0005")["supplier"] = "In the file"
    own.write_text(json.dumps(tables), encoding="utf-8")
    done = on_example("import", "own.json")
    assert done.code == 0
    assert "changed here since the export; the file says 'In the file'" in done.out
    assert "1 cell in conflict" in done.out
    decision = done.lines[-1].rpartition("--decide ")[2]
    assert on_example("import", "own.json", "--decide", decision).code == 0
    assert on_example.well("show", "T-0005", "--json").json["supplier"] == "In the file"
