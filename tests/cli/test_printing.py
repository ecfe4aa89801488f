"""What is printed: fits the terminal, steers no terminal, says everything in words."""

from __future__ import annotations

import re
import time
import unicodedata

import pytest

from horizon.cli.output import WIDEST, cells, table
from horizon.model.wording import day
from horizon.register.views import summary
from tests.cli.sitting import MEETING, decide, secretary
from tests.cli.using import CommandLine

HOSTILE = "Red\x1b[31m \x07bell \x9b2J csi \u202egnp.exe \x7f del"
RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")

LOOKING = [
    ["list"],
    ["list", "--needs-someone"],
    ["list", "--json"],
    ["show", "1"],
    ["show", "1", "--json"],
    ["facts", "1"],
    ["facts", "1", "--json"],
    ["answer", "1"],
    ["answer", "1", "--json"],
    ["score", "show", "1"],
    ["gate", "1"],
    ["gate", "1", "--json"],
    ["people"],
    ["people", "--json"],
    ["history"],
    ["history", "1"],
    ["history", "--json"],
    ["condition", "list"],
    ["condition", "list", "--json"],
    ["erase", "--find", "bell"],
    [],
]
ON_A_MEETING = [
    ["meeting", "list"],
    ["meeting", "list", "--json"],
    ["meeting", "show", "AISG/2026-11-24"],
    ["meeting", "show", "AISG/2026-11-24", "--json"],
    ["record", "AISG/2026/001"],
    ["record", "AISG/2026/001", "--json"],
    ["show", "1"],
    ["people"],
    ["condition", "list"],
    ["history"],
]


@pytest.mark.parametrize("command", LOOKING, ids=" ".join)
def test_nothing_that_was_typed_reaches_the_terminal_raw(
    horizon: CommandLine, command: list[str]
) -> None:
    horizon.well(
        "--as",
        f"Asha {HOSTILE}",
        *("add", HOSTILE, "--summary", f"{HOSTILE}\nsecond line", "--supplier", HOSTILE),
        *("--owner", HOSTILE, "--alias", f"also {HOSTILE}", "--source", HOSTILE),
        *("--problem", HOSTILE, "--url", f"https://example.org/{HOSTILE}"),
    )
    horizon.well("evidence", "1", HOSTILE, "--version", HOSTILE)
    horizon.well("answer", "1", "LB3=no", "--note", HOSTILE)
    done = horizon.well(*command)
    assert not RAW.search(done.out), ascii(RAW.search(done.out))


@pytest.mark.parametrize("command", ON_A_MEETING, ids=" ".join)
def test_nothing_that_was_minuted_reaches_the_terminal_raw(
    before: CommandLine, command: list[str]
) -> None:
    secretary(
        before,
        *("meeting", "attend", MEETING, "Grace Example", "Hugo Example", f"Dan {HOSTILE}"),
        *("--role", HOSTILE, "--organisation", HOSTILE),
    )
    secretary(
        before,
        *("meeting", "interest", MEETING, "3", f"Dan {HOSTILE}", "--nature", HOSTILE, "--stayed"),
    )
    secretary(
        before,
        *("meeting", "minute", MEETING, "3", "--text", f"{HOSTILE}\nsecond line"),
        *("--comment", f"Lena Example | {HOSTILE}"),
    )
    secretary(before, "meeting", "add", MEETING, HOSTILE, "--paper", f"{HOSTILE} | {HOSTILE} |")
    decide(
        before,
        "Call bot",
        MEETING,
        "defer",
        *("--reasons", HOSTILE, "--question", HOSTILE, "--dissent", f" | {HOSTILE}"),
        *("--next-step", HOSTILE, "--summary", HOSTILE, "--redact", f"{HOSTILE} | s31"),
    )
    before.well("reopen", "1", "--trigger", "law", "--reason", HOSTILE)
    done = before.well(*command)
    assert not RAW.search(done.out), ascii(RAW.search(done.out))
    for extension in (".md", ".docx", ".pdf"):
        if command == ["history"]:
            paper = ("export", "minutes", "--meeting", MEETING, "-o", f"minutes{extension}")
            before.well(*paper)


def test_json_keeps_hostile_text_whole(horizon: CommandLine) -> None:
    horizon.well("add", HOSTILE)
    assert horizon.well("show", "1", "--json").json["name"] == HOSTILE


def test_a_refusal_does_not_steer_the_terminal_either(horizon: CommandLine) -> None:
    for command in (["show", HOSTILE], [HOSTILE], ["list", f"--{HOSTILE}"], ["--as"]):
        done = horizon(*command)
        assert done.code == 2
        assert not RAW.search(done.err)
        assert len(done.err.splitlines()) == 1


@pytest.mark.parametrize("label", [f"T-{number:04}" for number in range(1, 30)])
def test_a_technology_is_shown_in_80_columns(
    on_example: CommandLine, label: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for command in (["show"], ["score", "show"], ["gate"], ["answer"], ["facts"], ["history"]):
        done = on_example.well(*command, label)
        wide = [line for line in done.lines if len(line) > 80 and "https://" not in line]
        assert wide == []
        assert done.out.strip()


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize(
    "command",
    [
        ["list"],
        ["list", "--needs-someone"],
        ["people"],
        ["condition", "list"],
        ["meeting", "list"],
        ["history"],
        [],
    ],
    ids=" ".join,
)
def test_lists_fit_the_columns_of_a_terminal(
    on_example: CommandLine, command: list[str], monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    done = on_example.well(*command)
    place = str(on_example.path)
    assert [e for e in done.lines if len(e) > columns and place not in e] == []


def test_in_a_file_or_a_pipe_nothing_of_a_list_is_cut(on_example: CommandLine) -> None:
    done = on_example.well("list", "--needs-someone")
    assert "…" not in done.out
    assert "FDG/2026/002 expired on 22 July 2026" in done.out


def test_every_record_and_meeting_fits_80_columns(
    on_example: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    with on_example.register() as register:
        refs = [each.ref for each in register.state.meetings.values()]
        numbers = [
            each.number
            for header in register.state.technologies.headers()
            for each in header.decisions
        ]
    shown = [("record", each) for each in numbers[::4]] + [("meeting", "show", e) for e in refs]
    for command in shown[::3]:
        done = on_example.well(*command)
        assert [line for line in done.lines if len(line) > 80] == [], command


def test_show_says_what_a_committee_asks(on_example: CommandLine) -> None:
    done = on_example.well("show", "Drone as first responder")
    with on_example.register() as register:
        trial = register.technology("Drone as first responder").decision("FDG/2026/002")
    assert trial is not None
    assert trial.expires_on is not None
    for words in (
        "Proposed framework, not adopted by the force.",
        "Illustrative",
        f"Not approved: FDG/2026/002 expired on {day(trial.expires_on)}.",
        "OVERDUE:      Review was due 7 October 2026.",
        "Board. It watches public space with cameras.",
        "Overall          83 (74-86), 100% scored",
        "LB1 not crossed",
        "To expired: the way is open",
        "To evaluated through gate G4 (Evaluation): 2 missing",
        f"FDG/2026/002  Futures Delivery Group, gate G3, {day(trial.decided_on)}",
    ):
        assert words in done.out, words


def test_conditions_are_shown_with_owner_and_date(on_example: CommandLine) -> None:
    assert re.search(
        r"Condition 1 \(OVERDUE, was due 30 September 2026, Mei Example\)",
        on_example.well("show", "Fraud report triage").out,
    )
    listed = on_example.well("condition", "list", "--json").json
    assert [each["overdue"] for each in listed] == [True, False]
    overdue = on_example.well("condition", "list", "--overdue").lines
    assert len(overdue) == 3
    assert overdue[2] == "  To be accepted as met by the AI Sub-Group."
    assert on_example.well("condition", "list", "T-0001").lines == ["No condition is open."]


def test_show_names_every_fact_that_counts_against_it(horizon: CommandLine) -> None:
    horizon.well("add", "Voice to text")
    assert "Facts:        None set yet, so each counts as yes." in horizon.well("show", "1").out
    horizon.well("facts", "1", "personal_data=yes", "ai=unknown", "--all", "no")
    shown = " ".join(horizon.well("show", "1").out.split())
    assert "Yes: personal data. Unknown: artificial intelligence. The rest: no." in shown


def test_what_needs_someone_is_listed_by_urgency(on_example: CommandLine) -> None:
    listed = on_example.well("list", "--needs-someone", "--json").json
    with on_example.register() as register:
        from horizon.register.views import attention

        wanted = list(dict.fromkeys(each.technology.label for each in attention(register)))
    assert [each["label"] for each in listed] == wanted
    assert listed[0]["needs"]


def test_the_list_can_be_narrowed(on_example: CommandLine) -> None:
    def labels(*arguments: str) -> set[str]:
        return {each["label"] for each in on_example.well("list", *arguments, "--json").json}

    everything = labels()
    assert labels("--stage", "in-trial") == labels("--stage", "In trial") < everything
    assert labels("--stage", "in-trial", "--stage", "signal") > labels("--stage", "in-trial")
    assert labels("--kind", "sensing") == {"T-0014"} | labels("--kind", "sensing")
    assert labels("--owner", "jack example") == labels("--owner", "Jack Example") < everything
    assert labels("--search", "drone") == labels("drone") == {"T-0014"}
    assert on_example.well("list", "no such thing at all").lines == ["No technology fits."]


def test_an_empty_register_says_how_to_begin(horizon: CommandLine) -> None:
    assert "horizon add NAME" in horizon.well("list").out
    assert "0 technologies" in horizon.well().out


def test_without_a_terminal_horizon_prints_how_things_stand(on_example: CommandLine) -> None:
    done = on_example.well()
    with on_example.register() as register:
        found = summary(register)
    assert f"{found.technologies} technologies" in done.out
    assert "Proposed framework, not adopted by the force." in done.out
    assert "Illustrative" in done.out
    needs = f"{found.overdue} overdue, {found.soon} due within 30 days, {found.waiting} waiting"
    assert needs in done.out
    assert min(found.overdue, found.soon, found.waiting) > 0
    assert "T-0007  Fraud network graph analytics: Review was due" in done.out
    assert "horizon --help" in done.out


def test_without_a_register_horizon_says_how_to_create_one(nowhere: CommandLine) -> None:
    done = nowhere.well()
    assert "There is no register" in done.out
    assert "horizon init" in done.out
    assert list(nowhere.folder.glob("*.json")) == []


def test_wide_letters_line_up() -> None:
    lines = list(table([("東京の監視", "x"), ("café", "y"), ("cafe\u0301", "z")], ("Name", "Of")))
    places = [cells(line[: line.index(mark)]) for line, mark in zip(lines[1:], "xyz", strict=True)]
    assert len(set(places)) == 1


def test_a_table_cuts_its_widest_column_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = list(table([("T-0001", "n" * 90, "stage", "w" * 90)], ("Label", "Name", "At", "Why")))
    assert all(len(line) <= 80 for line in lines)
    assert lines[1].startswith("T-0001  nnn")
    assert "stage" in lines[1]
    assert unicodedata.name(lines[1][-1]) == "HORIZONTAL ELLIPSIS"


@pytest.mark.parametrize("text", ["long " * 40_000, "länger " * 40_000, "名" * 100_000])
@pytest.mark.parametrize(("columns", "fits"), [("80", 80), ("", WIDEST + 5)])
def test_a_very_long_cell_is_cut_at_once(
    text: str, columns: str, fits: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    begun = time.process_time()
    (_, row) = table([[text, "end"]], ["What", "How"])
    assert time.process_time() - begun < 2
    assert cells(row) <= fits
    assert row.endswith("end")
    assert row.startswith(text[:30])
