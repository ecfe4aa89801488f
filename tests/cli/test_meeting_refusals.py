"""What is refused about meetings and records: one clear line, the right code, nothing written."""

from __future__ import annotations

from tests.cli.sitting import EQUALITY, MEETING, PEOPLE, SECRETARY, secretary
from tests.cli.using import CommandLine, Done

MISREAD: list[tuple[list[str], str, str]] = [
    (["meeting", "call", "Nobody", "2026-12-01"], "", "'Nobody' is not a body"),
    (["meeting", "call", "AISG", "tomorrow"], "", "'tomorrow' is not a date"),
    (["meeting", "call", "AISG", "2026-12-01", "--item", "T-0099"], "", "no technology 'T-0099'"),
    (["meeting", "show", "AISG/2026-12-24"], "", "Use one of: AISG/2026-11-24"),
    (["meeting", "show", "nope"], "", "See them with: horizon meeting list"),
    (["meeting", "add", MEETING, "One", "Two", "--paper", "x"], "", "Papers belong to one item"),
    (["meeting", "add", MEETING, "One", "--paper", "x | 1 | soon"], "", "dated cannot be 'soon'"),
    (["meeting", "drop", MEETING, "9"], "", "has no item 9"),
    (["meeting", "attend", MEETING], "", "Nobody is named"),
    (["meeting", "attend", MEETING, ""], "", "person must not be empty"),
    (["meeting", "attend", MEETING, "--from", "-"], "", "Nobody is named in it"),
    (
        ["meeting", "attend", MEETING, "--from", "-"],
        "chair: Grace Example\nthe queen: Ann\n",
        "standard input, line 2: 'the queen: Ann' does not say which seat",
    ),
    (["meeting", "attend", MEETING, "--from", "-"], "member: , Chair\n", "line 1: person must not"),
    (["meeting", "attend", MEETING, "--from", "-"], "Grace\n", "says neither who sits where nor"),
    (
        ["meeting", "attend", MEETING, "--from", "-"],
        "name,seat\nAnn,throne\n",
        "standard input, line 2: 'throne' is not a seat",
    ),
    (["meeting", "interest", MEETING, "1", "Ann", "--nature", "x"], "", "Give one of --left"),
    (["meeting", "minute", MEETING, "1"], "", "Nothing to minute was given"),
    (["meeting", "minute", MEETING, "1", "--noted", "--no-decision", "x"], "", "ends in one way"),
    (["meeting", "minute", MEETING, "1", "--comment", "Ann"], "", "--comment has 1 part instead"),
    (["meeting", "confirm", "AISG/2026-1"], "", "There is no meeting 'AISG/2026-1'"),
    (["meeting", "ratify", MEETING, "AISG/2026/099"], "", "There is no decision"),
    (["record", "AISG/2026/099"], "", "There is no decision 'AISG/2026/099'"),
    (["show", "FDG/2026/099"], "", "Use one such as: FDG/2026/"),
    (["correct", "AISG/2026/1", "summary", "--reason", "x"], "", "Write it as FIELD=VALUE"),
    (["correct", "AISG/2026/1", "outcome=reject", "--reason", "x"], "", "is not a field that can"),
    (["correct", "AISG/2026/1", "votes=many", "--reason", "x"], "", "is not a count of votes"),
    (["correct", "AISG/2026/1", "comment=Ann | x", "--reason", "x"], "", "'Ann' is not a person"),
    (["reopen", "Call bot", "--trigger", "magic", "--reason", "x"], "", "is not a reason to"),
    (["reopen", "--trigger", "law", "--reason", "x"], "", "No technology is named"),
    (["reopen", "--all", "--trigger", "law", "--reason", "x"], "", "Give --item ITEM"),
    (["reopen", "1", "--item", "ZZ", "--trigger", "law", "--reason", "x"], "", "'ZZ' is not"),
    (["decide", "Call bot", "--outcome", "defer", "--reasons", "x"], "", "No body is named"),
    (["decide", "Call bot", "--body", "AISG", "--outcome", "x"], "", "No gate is named"),
    (["decide", "Call bot", "--meeting", MEETING, "--reasons", "x"], "", "outcome is needed"),
    (["decide", "1", "--meeting", MEETING, "--record", "-"], "outcome = ", "line 1: This is not"),
    (
        ["decide", "1", "--meeting", MEETING, "--record", "-"],
        'outcome = "approve"\nreasons = "x"\nvotes = { in_favour = -1 }\n',
        "standard input, line 3: votes.in_favour cannot be -1",
    ),
    (
        ["decide", "1", "--meeting", MEETING, "--record", "-"],
        'outcome = "approve"\nreasons = "x"\nconcern = "y"\n',
        "standard input, line 3: concern is not a field",
    ),
    (
        ["decide", "1", "--meeting", MEETING, "--record", "-"],
        'reasons = "x"\noutcome = "bless"\n',
        "standard input, line 2: 'bless' is not a possible outcome of AI Sub-Group",
    ),
    (
        ["decide", "1", "--meeting", MEETING, "--outcome", "note", "--reasons", "x",
         "--redact", "a|b"],
        "",
        "'b' is not a ground",
    ),
    (["export", "minutes", "--meeting", MEETING, "-o", "minutes.rtf"], "", ".docx"),
    (["export", "record", "AISG/2026/77", "-o", "record.md"], "", "There is no decision"),
    (["person", "Ann", "--tie", " "], "", "must not be empty"),
]  # fmt: skip


REFUSED: list[tuple[list[str], str]] = [
    (["meeting", "call", "PAB", "2026-12-01"], "its decisions are recorded from its own minutes"),
    (["meeting", "close", MEETING], "AISG/2026-11-24 cannot be closed yet"),
    (["meeting", "confirm", MEETING], "is not closed yet"),
    (["meeting", "add", MEETING, "Call bot"], "is on the agenda of AISG/2026-11-24 already"),
    (
        ["meeting", "interest", MEETING, "1", "Ann", "--nature", "x", "--left"],
        "is not among those at AISG/2026-11-24",
    ),
    (
        ["meeting", "interest", MEETING, "4", "Lena Example", "--nature", "x", "--stayed"],
        "Lena Example is tied to its supplier",
    ),
    (
        ["decide", "Call bot", "--body", "AISG", "--gate", "G2", "--outcome", "defer",
         "--reasons", "x"],
        "decides at a meeting, by correspondence or by chair's action",
    ),
    (
        ["decide", "Room booking", "--meeting", MEETING, "--outcome", "approve", "--reasons", "x"],
        "the equality information that was looked at",
    ),
    (
        ["decide", "Room booking", "--meeting", MEETING, "--outcome", "approve", "--reasons", "x",
         *EQUALITY, "--votes", "1-2-0"],
        "does not carry 'Approve'",
    ),
    (
        ["decide", "Voice match", "--meeting", MEETING, "--outcome", "note", "--reasons", "x"],
        "what Lena Example does about their interest",
    ),
    (
        ["correct", "AISG/2026/1", "reasons=", "--reason", "x"],
        "cannot take out what the record has to say",
    ),
    (
        ["correct", "AISG/2026/1", "equality=", "--reason", "x"],
        "Missing: the equality information that was looked at",
    ),
    (["meeting", "ratify", MEETING, "FDG/2026/001"], "there is nothing to ratify"),
]  # fmt: skip


def test_what_cannot_be_understood_is_one_line_with_code_2(before: CommandLine) -> None:
    secretary(before, "meeting", "attend", MEETING, "--from", "-", typed=PEOPLE)
    journal = (before.folder / "register.journal.jsonl").read_bytes()
    for arguments, typed, said in MISREAD:
        done = before("--as", SECRETARY, *arguments, typed=typed)
        _refused(done, 2, said, arguments)
    assert (before.folder / "register.journal.jsonl").read_bytes() == journal


def test_what_a_rule_refuses_names_the_rule_with_code_3(before: CommandLine) -> None:
    secretary(before, "meeting", "attend", MEETING, "--from", "-", typed=PEOPLE)
    journal = (before.folder / "register.journal.jsonl").read_bytes()
    for arguments, said in REFUSED:
        _refused(before("--as", SECRETARY, *arguments), 3, said, arguments)
    assert (before.folder / "register.journal.jsonl").read_bytes() == journal


def _refused(done: Done, code: int, said: str, arguments: list[str]) -> None:
    assert done.code == code, f"{arguments}\n{done.out}{done.err}"
    assert said in done.err, f"{arguments}\n{done.err}"
    assert len(done.err.splitlines()) == 1, done.err
    assert "Traceback" not in done.err
