"""Horizon line by line: everything is asked and printed in order, nothing is drawn."""

from __future__ import annotations

import re
from pathlib import Path

from horizon.register.checking import verify
from tests.cli.sitting import MEETING, SECRETARY, convene, prepare, propose
from tests.cli.using import CommandLine, Done


def plainly(horizon: CommandLine, *lines: str) -> Done:
    """Start it and type these lines, then leave."""
    done = horizon("--plain", typed="\n".join([*lines, "0", ""]))
    assert done.code == 0, done.out + done.err
    assert "\x1b" not in done.out
    assert not re.search("[\u2500-\u259f]", done.out)
    assert done.lines[-1] == "You left Horizon. Everything you saved is in the register."
    return done


def test_it_says_where_one_is_and_what_can_be_done(on_example: CommandLine) -> None:
    done = plainly(on_example)
    assert done.lines[0].startswith("Horizon. Illustrative register of Example Police. You act as")
    assert "29 technologies." in done.lines
    assert "1. What needs someone." in done.lines
    assert "13. Make a board paper." in done.lines


def test_it_ends_where_there_is_nothing_more_to_read(on_example: CommandLine) -> None:
    done = on_example("--plain", typed="")
    assert (done.code, done.lines[-1][:8]) == (0, "You left")


def test_looking(on_example: CommandLine) -> None:
    done = plainly(
        on_example, "1", "find", "lakehouse", "yes", "3", "yes", "show", "T-0019", "conditions"
    )
    assert "T-0007, Fraud network graph analytics. Review was due 19 May 2026." in done.lines
    assert "1 technology fits." in done.lines
    assert any(each == "T-0008, Data lakehouse." for each in done.lines)
    assert "9 more. Go on? yes or no (empty is no, 0 gives up):" in done.lines
    assert any(each.startswith("T-0029, Gait recognition. Signal.") for each in done.lines)
    assert any(each.startswith("Overdue, was due") for each in done.lines)


def test_a_technology_is_heard_in_whole_sentences(on_example: CommandLine) -> None:
    done = plainly(on_example, "show", "T-0019", "show", "T-0008")
    assert "Overall, 78 (65 to 84), 100% scored." in done.lines
    (tier,) = [each for each in done.lines if each.startswith("Tier: Full. It makes")]
    assert tier.endswith("built specially or hard to reverse.")
    assert not [each for each in done.lines if "  " in each or each != each.strip()]
    assert not [each for each in done.lines if ".." in each or "OVERDUE" in each]


def test_every_question_says_how_to_leave_it(on_example: CommandLine) -> None:
    """What is asked last when there is nothing more to read."""
    told = ["6", "Lip reading", "AI", "", "", "", "", "Fair", "vendor", "2026-11-01"]
    several = [told[:size] for size in range(len(told) + 1)]
    several += [["9", "T-0029"], ["10", "T-0029"], ["10", "T-0029", "yes"], ["3"], ["13", "1"]]
    several += [["12", "T-0029"], ["12", "T-0029", "G0"], ["12", "T-0029", "G0", ""]]
    for typed in several:
        done = on_example("--plain", typed="\n".join([*typed, ""]))
        *_, asked, left = done.lines
        assert left.startswith("You left")
        assert re.search("0 to leave:$|0 gives up[)]:$", asked), (typed, asked)


def test_scores_that_are_not_handed_in_are_said_to_be_lost(on_example: CommandLine) -> None:
    with on_example.register("Asha Example") as register:
        register.open_round("T-0028", ["Sam Example"])
    done = plainly(on_example, "score", "T-0028", "0", "b", "", ".", "no")
    assert "1 of 24 scored. Once handed in, scores are fixed." in done.lines
    assert "Nothing was handed in, and these scores are not kept." in done.lines


def test_what_is_not_understood_is_said_and_asked_again(on_example: CommandLine) -> None:
    done = plainly(on_example, "99", "4", "", "T-9999", "Gait recognition", "?")
    assert "There is no task '99'." in done.lines
    assert "That is needed. 0 gives up." in done.lines
    assert any("There is no technology 'T-9999'" in each for each in done.lines)
    assert done.lines.count("1. What needs someone.") == 2


def test_a_question_mark_says_what_may_be_answered(on_example: CommandLine) -> None:
    done = plainly(on_example, "10", "?", "T-0024", "?", "yes", ".")
    assert "Write its label, such as T-0001, or its name, and press Enter." in done.lines
    assert "Write yes or no and press Enter. An empty line is no." in done.lines


def test_an_empty_register_says_what_to_do_and_a_technology_is_proposed(
    nowhere: CommandLine,
) -> None:
    nowhere.well("init", str(nowhere.path))
    done = plainly(
        nowhere,
        *("6", "Speech analytics", "AI", "Calls are sampled by hand", "", "", "Asha Example"),
        *("Trade press", "media", "2026-13-01", "2026-11-01", "https://example.org/s"),
        *("6", "Speech analytics", "", "", "", "", "", "", "It listens in another language"),
        *("8", "T-0002"),
    )
    assert "The register is empty. Propose the first technology: choose task 6." in done.lines
    assert "'2026-13-01' is not a date. Use one such as 2026-11-24." in done.lines
    assert "Proposed: T-0001, Speech analytics." in done.lines
    assert any(each.startswith("Refused: T-0001 is already called") for each in done.lines)
    assert "Proposed: T-0002, Speech analytics." in done.lines
    assert any(each.startswith("Taken back on T-0002: proposed") for each in done.lines)
    with nowhere.register() as register:
        (header,) = register.state.technologies.headers()
        (seen,) = register.technology(header.id).sightings
        assert (seen.source, seen.source_type, str(seen.seen_on)) == (
            "Trade press",
            "media",
            "2026-11-01",
        )


def test_facts_answers_and_a_note(on_example: CommandLine) -> None:
    done = plainly(
        on_example,
        *("facts", "T-0029", "y", "n", "maybe", "u", "."),
        *(
            "10",
            "T-0029",
            "yes",
            "n",
            "Not for now",
            "yes",
            "E9",
            "new",
            "Test report",
            "",
            "Shelf",
        ),
        *("Done", "."),
        *("note", "T-0029", "Ask the university"),
    )
    assert any(each.startswith("3 set. The tier is") for each in done.lines)
    assert "'maybe' is none of: yes, no, unknown." in done.lines
    assert "There is no E9." in done.lines
    assert "Attached as E1." in done.lines
    with on_example.register() as register:
        held = register.technology("T-0029")
        first = list(register.framework.fact_names)[:3]
        assert [str(held.facts[each]) for each in first] == ["yes", "no", "unknown"]
        given = sorted((each.answer.value, each.note) for each in held.answers.values())
        assert given == [("no", "Not for now"), ("yes", "Done")]
        assert [each.text for each in held.notes] == ["Ask the university"]
    assert verify(on_example.path).faults == ()


def test_scores_are_handed_in_sealed(on_example: CommandLine) -> None:
    with on_example.register("Asha Example") as register:
        register.open_round("T-0028", ["Sam Example"])
        size = len(register.framework.criteria)
    criteria = ["4", "b", ""] * (size - 2) + ["7", "na", "", "No model is learned", ""]
    done = plainly(on_example, "score", "T-0028", *criteria, "yes")
    assert "Write a digit from 0 to 5, or na." in done.lines
    assert f"{size - 1} of {size} scored. Once handed in, scores are fixed." in done.lines
    assert "Handed in. They are sealed until the round is closed." in done.lines
    with on_example.register() as register:
        current = register.technology("T-0028").open_round
        assert current is not None
        assert len(current.submissions) == 1
    again = plainly(on_example, "score", "T-0028")
    assert any("You act as Sam Example" in each for each in again.lines)


def test_a_decision_of_a_body_without_meetings_is_recorded(on_example: CommandLine) -> None:
    done = plainly(
        on_example,
        *("record", "T-0029", "G0", "", "", "Watch", "Nobody has tried it", "2027-05-31"),
    )
    assert "FT/2026/001 recorded, with 0 conditions." in done.lines, done.out
    with on_example.register() as register:
        decision = register.technology("T-0029").decisions[-1]
        assert (decision.reasons, str(decision.review_by)) == ("Nobody has tried it", "2027-05-31")
    assert verify(on_example.path).faults == ()


def test_an_approval_at_a_meeting_is_asked_for_what_a_refusal_misses(
    nowhere: CommandLine,
) -> None:
    nowhere.well("init", str(nowhere.path))
    propose(nowhere, "Note search")
    prepare(nowhere, "Note search")
    ref = convene(nowhere, "AISG", MEETING[-10:], "Note search")
    assert ref == MEETING
    done = nowhere(
        *("--as", SECRETARY, "--plain"),
        typed="\n".join(
            [
                *("record", "Note search", "G2", "AI Sub-Group", MEETING),
                *("Approve with conditions", "Lawful once the logs are kept"),
                *("Do nothing; search by hand", "The power that Legal named", "", ""),
                *("Proceed", "yes", "", "Speed against checking"),
                *("Keep a log", "Olu Example", "2027-01-15", "The log", ""),
                *("", "2027-06-30"),
                *("The assessment of 2 November", "0", ""),
            ]
        ),
    )
    assert any(each.startswith("Refused: The record") for each in done.lines), done.out
    assert "AISG/2026/001 recorded, with 1 condition." in done.lines, done.out
    with nowhere.register() as register:
        decision = register.technology("Note search").decisions[-1]
        assert decision.considered.options == ("Do nothing", "search by hand")
        assert decision.considered.equality == "The assessment of 2 November"
        assert decision.conditions[0].text == "Keep a log"
    assert verify(nowhere.path).faults == ()


def test_a_decision_can_be_given_up(on_example: CommandLine) -> None:
    done = plainly(on_example, "record", "T-0029", "0")
    assert "Given up. Nothing more was saved." in done.lines


def test_a_paper_is_made(on_example: CommandLine, tmp_path: Path) -> None:
    file = on_example.folder / "paper.md"
    done = plainly(on_example, "paper", "AI Sub", "2026-12-08", "paper.xyz", str(file))
    assert any(each.startswith("Error: ") for each in done.lines)
    assert file.exists()
    assert any(f"horizon verify --against {file}" in each for each in done.lines)
    assert not re.search(r"[0-9a-f]{64}", done.out), "64 letters and digits are read out one by one"


def test_without_a_register_it_asks_before_making_one(nowhere: CommandLine) -> None:
    done = nowhere("--plain", typed="no\n")
    assert "Nothing was created" in done.out
    assert not nowhere.path.exists()


def test_first_looks_are_taken_one_signal_after_the_other(nowhere: CommandLine) -> None:
    nowhere.well("init", str(nowhere.path))
    for name in ("Gait", "Lip", "Ear", "Nose"):
        nowhere.well("add", name, "--source", "A fair", "--seen", "2026-11-01")
    done = plainly(
        nowhere,
        "first",
        *("9", "4", "2", "assess", "", "park", "No sponsor"),
        *("4", "5", "", "", "24/12/2026", ""),
        "",
        ".",
    )
    assert "4 signals to look at." in done.lines
    assert "'9' is not 1 to 5." in done.lines
    assert any(each.startswith("Refused: T-0001 cannot be taken forward") for each in done.lines)
    assert "Saved: park." in done.lines
    assert "Saved: watch until 24 December 2026." in done.lines
    assert "2 looked at." in done.lines
    with nowhere.register() as register:
        looks = [register.technology(name).triage for name in ("Gait", "Lip", "Ear", "Nose")]
        assert [each and each.verdict for each in looks] == ["park", "watch", None, None]


def test_a_name_that_is_nearly_somebodys_is_asked_about(on_example: CommandLine) -> None:
    told = ["6", "Lip reading", "AI", "", "", "", "Farra Example"]
    done = plainly(on_example, *told, "1", "")
    assert "Farra Example is new to the register, which knows Farah Example." in done.lines
    assert "Owner: Farah Example." in plainly(on_example, "show", "Lip reading").lines
    told[1] = "Palm reading"
    plainly(on_example, *told, "A new person", "")
    assert "Owner: Farra Example." in plainly(on_example, "show", "Palm reading").lines


def test_what_a_proposal_may_be_the_same_as_is_said(on_example: CommandLine) -> None:
    done = plainly(on_example, "6", "Gait recognitions", "AI", "", "", "", "", "")
    assert any(
        each.startswith("It may be here already: T-0029, Gait recognition (") for each in done.lines
    )


def test_what_one_did_last_is_taken_back_wherever_that_was(on_example: CommandLine) -> None:
    plainly(on_example, "7", "T-0029", "Seen at a fair")
    done = plainly(on_example, "8", "", "no", "8", "", "yes")
    assert any(each.startswith("Taken back on T-0029: ") for each in done.lines), done.out
