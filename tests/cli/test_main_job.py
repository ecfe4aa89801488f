"""The main job from a shell: from a first sighting to a decision with conditions, on paper."""

from __future__ import annotations

from horizon.register.checking import verify
from tests.cli.sitting import SECRETARY, WEIGHED, convene, decide
from tests.cli.using import CommandLine

REF = "Speech analytics"


def test_a_technology_goes_from_sighting_to_board_paper_by_commands_alone(
    horizon: CommandLine,
) -> None:
    well = horizon.well
    well(
        *("add", REF, "--kind", "ai", "--owner", "Mei Example", "--source", "Mei Example"),
        *("--source-type", "internal"),
        *("--problem", "Calls are sampled by hand", "--horizon", "H1", "--trl", "7"),
    )
    well("facts", REF, "personal_data=yes", "ai=yes", "--all", "no")
    well("move", REF, "candidate")
    refused = horizon("move", REF, "triaged")
    assert refused.code == 3
    assert "A review date" in refused.err
    answers = well("answer", REF, "--json").json
    asked = [item for item, each in answers.items() if each["applies"]]
    well("answer", REF, "--from", "-", typed="".join(f"{item} unknown\n" for item in asked))
    well("review", REF, "2027-06-30")
    group = convene(horizon, "FDG", "2026-11-24", REF)
    decide(horizon, REF, group, "prioritise", "--reasons", "It answers a need that the force has")
    well("move", REF, "triaged")
    well("move", REF, "assessing")
    score(horizon)
    sub_group = convene(horizon, "AISG", "2026-11-24", REF)
    refused = horizon(*approve(horizon, sub_group))
    assert refused.code == 3
    for words in ("red lines that are not cleared", "Equality impact assessment", "can supply"):
        assert words in refused.err
    for document in ("dpia-screening", "eqia", "dpo-advice", "trial-protocol"):
        ends = ("--ends", "2027-03-31") if document == "trial-protocol" else ()
        well("evidence", REF, f"The {document}", "--document", document, *ends)
    yes = "".join(f"{item} yes E1\n" for item in asked)
    own = horizon("--as", "Sam Example", "answer", REF, "--from", "-", typed=yes)
    assert own.code == 3
    assert "Sam Example proposed T-0001 and cannot clear its red lines (LB1, HO1, " in own.err
    well("--as", "Asha Example", "answer", REF, "--from", "-", typed=yes)
    assert "The gate is passed." in well("gate", REF, "G2").out
    unweighed = horizon(*approve(horizon, sub_group))
    assert unweighed.code == 3
    assert "the equality information that was looked at" in unweighed.err
    own = horizon("--as", "Sam Example", *approve(horizon, sub_group)[2:], *WEIGHED)
    assert own.code == 3
    assert "Sam Example proposed T-0001 and cannot record a decision on it" in own.err
    made = well(*approve(horizon, sub_group), *WEIGHED, "--json").json
    assert made["number"] == "AISG/2026/001"
    assert [each["due"] for each in made["conditions"]] == ["2027-01-31", "2027-02-28"]
    assert "AISG/2026/001" in well("condition", "list").out
    done = horizon(
        *("export", "paper", REF, "--body", "AI Sub-Group"),
        *("--date", "2026-12-08", "-o", "paper.md"),
    )
    assert done.code == 0
    assert "No meeting of the AI Sub-Group is called for 8 December 2026." in done.err
    paper = (horizon.folder / "paper.md").read_text(encoding="utf-8")
    assert REF in paper
    assert "Settle matter 1" in paper
    record = well("record", "AISG/2026/1").out
    assert "Quorum:           3 needed, 3 there" in record
    assert "Settle matter 1" in record
    found = verify(horizon.path)
    assert found.faults == ()
    assert found.head in paper


def score(horizon: CommandLine) -> None:
    """A round of two assessors: one scores everything, one a part."""
    horizon.well("score", "open", REF, "Asha Example", "Ben Example")
    criteria = horizon.well("criteria", "show", "--json").json
    scored = [each["id"] for principle in criteria["principles"] for each in principle["criteria"]]
    scored += [each["fit"]["id"] for each in criteria["objectives"]]
    for name, part in (("Asha Example", scored), ("Ben Example", scored[:9])):
        lines = "".join(f"{criterion} 4 A\n" for criterion in part)
        horizon.well("--as", name, "score", "submit", REF, "--from", "-", typed=lines)
    done = horizon.well("score", "close", REF)
    assert "overall 80" in done.out
    shown = horizon.well("score", "show", REF)
    assert "Round 1, 2 assessors." in shown.out
    assert " = 80" in shown.out


def approve(horizon: CommandLine, meeting: str) -> tuple[str, ...]:
    """The decision of the AI Sub-Group that approves with two conditions."""
    body = next(
        each
        for each in horizon.well("criteria", "show", "--json").json["route"]["bodies"]
        if each["abbreviation"] == "AISG"
    )
    outcome = next(
        each["name"] for each in body["outcomes"] if each["effect"] == "approve with conditions"
    )
    return (
        *("--as", SECRETARY, "decide", REF, "--meeting", meeting, "--outcome", outcome),
        *("--reasons", "Lawful and proportionate, with two things to settle"),
        *("--condition", "Settle matter 1 | Asha Example | 2027-01-31 | A note"),
        *("--condition", "Settle matter 2 | Ben Example | 2027-02-28 | A note"),
    )
