"""The main job by commands: propose, assess in sealed rounds, answer, decide, discharge, erase."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from horizon.framework.loading import shipped_folder
from horizon.register.checking import verify
from tests.cli.sitting import convene
from tests.cli.using import CommandLine

SEALED = "the reason nobody may read yet"


def propose(horizon: CommandLine) -> None:
    horizon.well("add", "Voice to text", "--kind", "ai", "--owner", "Mei Example")


def test_an_owner_who_is_nearly_somebody_known_is_asked_about(horizon: CommandLine) -> None:
    horizon.well("add", "Voice to text", "--owner", "Mei Example")
    said = "Note: Mei Exmaple is new to the register, which knows Mei Example."
    assert said in horizon("add", "Lip reading", "--owner", "Mei Exmaple").err
    horizon.well("amend", "T-0002", "--owner", "mei example")


def test_a_proposal_from_a_pipe_has_what_the_json_says(horizon: CommandLine) -> None:
    proposal = {
        "name": "Voice to text",
        "kind": "ai",
        "aliases": ["Dictation", "Speech to text"],
        "trl": 7,
        "time_horizon": "H1",
        "owner": "Mei Example",
        "problem": "Notes are typed twice",
    }
    done = horizon.well(
        "add", "--from-json", "-", "--trl", "8", "--json", typed=json.dumps(proposal)
    )
    made = done.json
    assert made["aliases"] == ["Dictation", "Speech to text"]
    assert made["trl"] == 8, "the command line counts before the JSON"
    assert made["label"] == "T-0001"
    assert horizon.well("show", "1", "--json").json["names"][made["owner"]] == "Mei Example"


def test_a_name_like_one_that_is_there_is_pointed_out(horizon: CommandLine) -> None:
    horizon.well("add", "Automatic number plate recognition")
    done = horizon("add", "Automated number plate recognition")
    assert done.code == 0
    assert "It may be here already: T-0001 Automatic number plate recognition" in done.err


def test_a_record_can_be_read_back_by_every_name_it_has(horizon: CommandLine) -> None:
    horizon.well("add", "Voice to text", "--alias", "Dictation")
    made = horizon.well("show", "1", "--json").json
    for ref in ("T-0001", "t-1", "voice TO text", "Dictation", made["id"]):
        assert horizon.well("show", ref, "--json").json == made


def test_options_that_all_commands_share_stand_before_or_after_the_command(
    horizon: CommandLine,
) -> None:
    horizon.well("--as", "Ben Example", "add", "One")
    horizon.well("add", "Two", "--as", "Ben Example")
    horizon.well("score", "--as", "Ben Example", "open", "2", "Asha Example")
    entries = horizon.well("history", "--json").json
    assert [each["by"] for each in entries if each["kind"] == "technology-proposed"] == [
        "Ben Example",
        "Ben Example",
    ]
    assert entries[-1]["by"] == "Ben Example"


def test_details_can_be_changed_and_emptied(horizon: CommandLine) -> None:
    horizon.well("add", "Voice", "--supplier", "Someone", "--alias", "V", "--trl", "3")
    horizon.well("amend", "1", "--name", "Voice to text", "--owner", "Asha Example")
    cleared = ("--clear", "supplier", "--clear", "aliases", "--clear", "trl")
    made = horizon.well("amend", "1", *cleared, "--clear", "owner", "--json").json
    assert made["name"] == "Voice to text"
    assert (made["supplier"], made["aliases"], made["trl"], made["owner"]) == ("", [], None, None)


def test_legacy_technologies_read_as_in_use_without_approval(horizon: CommandLine) -> None:
    horizon.well("legacy", "Case search", "--since", "2019", "--review-by", "2027-06-30")
    shown = horizon.well("show", "1").out
    assert "In use, no recorded approval." in shown
    assert "In use since: 2019" in shown
    assert horizon.well("show", "1", "--json").json["reading"]["approved"] is False


def open_round(horizon: CommandLine) -> None:
    propose(horizon)
    horizon.well("score", "open", "1", "Asha Example", "Ben Example")
    horizon.well(
        *("--as", "Asha Example", "score", "submit", "1", "S1=5A", "s2=4b"),
        *("--note", f"S1={SEALED}"),
    )


def test_sealed_scores_are_printed_nowhere_before_the_round_closes(horizon: CommandLine) -> None:
    open_round(horizon)
    for command in (
        ["show", "1"],
        ["show", "1", "--json"],
        ["score", "show", "1"],
        ["score", "show", "1", "--json"],
        ["history"],
        ["history", "--json"],
        ["amend", "1", "--trl", "4", "--json"],
        ["list", "--json"],
        ["erase", "--find", SEALED],
        ["erase", "--find", SEALED, "--json"],
    ):
        done = horizon.well(*command)
        assert SEALED not in done.out.replace("\n", " "), command
        assert '"grade"' not in done.out
    assert "Waiting for Ben Example." in horizon.well("show", "1").out
    assert "Waiting for Ben Example." in horizon.well("score", "show", "1").out
    done = horizon(
        "--as", "Ben Example", "score", "submit", "1", "--from", "-", "--json", typed="S1 1 D no"
    )
    assert SEALED not in done.out
    horizon.well("score", "close", "1")
    assert SEALED in horizon.well("show", "1", "--json").out


def test_scores_can_be_piped_as_lines_or_as_json(horizon: CommandLine) -> None:
    open_round(horizon)
    lines = "# mine\n\nS1 3 C\nE1 na B There is no public role\n"
    done = horizon.well("--as", "Ben Example", "score", "submit", "1", "--from", "-", typed=lines)
    assert "2 scores submitted" in done.out
    horizon.well("score", "close", "1")
    cells = horizon.well("score", "show", "1", "--json").json["criteria"]
    assert cells["S1"] == "3-5 (A/C)"
    assert cells["E1"] == "not applicable"
    horizon.well("score", "open", "1", "Ben Example")
    scores = {"S1": {"value": 2, "grade": "A", "note": "Measured"}}
    horizon.well(
        "--as", "Ben Example", "score", "submit", "1", "--from", "-", typed=json.dumps(scores)
    )
    horizon.well("score", "close", "1")
    assert horizon.well("score", "show", "1", "--json").json["criteria"]["S1"] == "2 (A)"


def test_a_line_that_is_no_score_is_named_by_its_number(horizon: CommandLine) -> None:
    open_round(horizon)
    for text, said in (
        ("# mine\n\nS1 4", "-, line 3: 'S1 4' is not a score"),
        ("S1 4 B\nS1 5 B", "S1 is given twice"),
        ("S1 4 Z", "-, line 1: '4Z' is not a score for S1"),
        ('{"S1": 4}', "-, S1: grade is needed"),
        ('{"S1": {"value": "4", "grade": "A"}}', "-, S1: "),
        ("ZZ 4 A", "'ZZ' is not a criterion"),
    ):
        done = horizon("--as", "Ben Example", "score", "submit", "1", "--from", "-", typed=text)
        assert done.code == 2
        assert said in done.err, done.err


def test_answers_can_be_typed_or_piped_as_lines_or_as_json(horizon: CommandLine) -> None:
    propose(horizon)
    horizon.well("evidence", "1", "Assessment", "--dated", "2026-11-01", "--version", "2")
    horizon.well("answer", "1", "lb3=YES", "--evidence", "e1", "--note", "See 2.1")
    horizon.well("answer", "1", "--from", "-", typed="FA1 partly E1 Half done\nDP1 no - Not yet\n")
    horizon.well(
        *("answer", "1", "--from", "-"),
        typed='{"PR1": {"answer": "yes", "evidence": ["E1"], "note": "3.2"}, "PR2": "unknown"}',
    )
    answers = horizon.well("answer", "1", "--json").json
    given = {
        item: (each["answer"], each["evidence"], each["note"]) for item, each in answers.items()
    }
    assert given["LB3"] == ("yes", ["E1"], "See 2.1")
    assert given["FA1"] == ("partly", ["E1"], "Half done")
    assert given["DP1"] == ("no", [], "Not yet")
    assert given["PR1"] == ("yes", ["E1"], "3.2")
    assert given["PR2"][0] == "unknown"
    assert horizon("answer", "1", "--from", "-", typed="# nothing\n").code == 2


def test_a_question_can_be_read_in_full(horizon: CommandLine) -> None:
    propose(horizon)
    horizon.well("answer", "1", "LB3=no", "--note", "Nobody has counted")
    done = horizon.well("answer", "1", "lb3")
    with horizon.register() as register:
        item = register.framework.items["LB3"]
    said = " ".join(done.out.split())
    for words in (item.question, item.evidence, item.source, "Answer: no", "Nobody has counted"):
        assert " ".join(words.split()) in said
    assert list(horizon.well("answer", "1", "LB3", "PR1", "--json").json) == ["LB3", "PR1"]
    assert horizon("answer", "1", "LB3", "PR1=no").code == 2
    assert horizon("answer", "1", "ZZ9").code == 2


def test_a_decision_by_names_carries_its_conditions_to_their_discharge(
    on_example: CommandLine,
) -> None:
    meeting = convene(on_example, "ai sub-group", "2026-11-24", "T-0013")
    done = on_example.well(
        *("decide", "T-0013", "--body", "ai sub-group", "--gate", "g2", "--outcome", "Defer"),
        *("--reasons", "The test plan is missing", "--meeting", meeting, "--json"),
        *("--because", "LB1=Legal has not said"),
    )
    assert done.json["number"].startswith("AISG/2026/")
    assert done.json["decided_on"] == "2026-11-24"
    on_example.well("evidence", "T-0019", "Published test", "--json")
    held = on_example.well("show", "T-0019", "--json").json["evidence"][-1]["id"]
    discharge = ("condition", "discharge", "T-0019", "AISG/2026/004", "1", "--body", "AISG")
    assert on_example(*discharge).code == 3, "a condition is discharged on evidence"
    other = on_example(*discharge[:-1], "FDG", "--evidence", held)
    assert other.code == 3
    assert "accepted as met by the AI Sub-Group, not by the Futures Delivery Group" in other.err
    on_example.well(*discharge, "--evidence", held, "--on", "2026-11-20")
    left = on_example.well("condition", "list", "T-0019", "--json").json
    assert [each["number"] for each in left] == [2]


def test_conditions_and_overrides_are_typed_in_parts(on_example: CommandLine) -> None:
    decide = (
        *("decide", "T-0013", "--body", "AISG", "--gate", "G2"),
        *("--outcome", "approve-with-conditions", "--reasons", "x"),
    )
    short = on_example(*decide, "--condition", "Test it | Asha Example")
    assert short.code == 2
    assert "--condition has 2 parts instead of 4 to 6" in short.err
    undated = on_example(*decide, "--condition", "Test it | Asha Example | soon | A report")
    assert undated.code == 2
    assert "due cannot be 'soon'" in undated.err


def test_a_body_is_known_by_name_abbreviation_or_id(on_example: CommandLine) -> None:
    for body in ("AI Sub-Group", "aisg", "ai-sub-group"):
        on_example.well(
            *("export", "paper", "--body", body, "--date", "2026-12-08", "-o", f"{body}.md")
        )
        assert "AI Sub-Group" in (on_example.folder / f"{body}.md").read_text(encoding="utf-8")


def test_a_paper_is_recorded_and_can_be_made_again_byte_for_byte(on_example: CommandLine) -> None:
    paper = ("export", "paper", "--body", "AISG", "--date", "2026-12-08")
    first = on_example.well(*paper, "-o", "first.docx", "--json").json
    again = on_example.well(*paper, "-o", "again.docx", "--json").json
    assert first["head"] == again["head"]
    assert (first["reference"], first["technologies"]) == (
        again["reference"],
        again["technologies"],
    )
    made = [(on_example.folder / name).read_bytes() for name in ("first.docx", "again.docx")]
    assert made[0] == made[1]
    kinds = [each["kind"] for each in on_example.well("history", "--last", "2", "--json").json]
    assert kinds == ["paper-issued", "paper-issued"]
    assert first["head"] in on_example.well("verify").out


def test_finding_and_erasing_a_person_leaves_a_register_that_adds_up(
    horizon: CommandLine,
) -> None:
    horizon.well("add", "Voice to text", "--owner", "Jack Example", "--summary", "Jack's idea")
    horizon.well("person", "Jack Example", "--email", "jack@example.org")
    found = horizon.well("erase", "--find", "JACK", "--json").json
    seqs = [str(each["seq"]) for each in found]
    assert len(seqs) == 3
    said = horizon.well("erase", "--find", "JACK").out
    assert f"horizon erase {' '.join(seqs)} --reason REASON" in said
    done = horizon.well("erase", *seqs, "--reason", "Asked to be forgotten", typed="y\n")
    assert "3 events erased." in done.out
    content = (horizon.folder / "register.journal.jsonl").read_text(encoding="utf-8")
    content += horizon.path.read_text(encoding="utf-8")
    assert "jack" not in content.casefold()
    assert horizon.well("erase", "--find", "Jack").lines == ["No event contains that."]
    assert horizon.well("verify").code == 0


def test_the_events_a_register_rests_on_are_found_but_not_offered(horizon: CommandLine) -> None:
    said = horizon.well("erase", "--find", "Test register").out
    assert "Cannot be erased, as the register rests on them: 1." in said
    assert "--reason" not in said


def test_missing_history_is_accepted_with_a_reason(horizon: CommandLine) -> None:
    horizon.well("add", "Voice to text")
    (horizon.folder / "register.journal.jsonl").unlink()
    assert horizon("verify").code == 1
    taken_over = horizon("list")
    assert "history before this journal is not here" in taken_over.err
    assert horizon("verify").code == 1
    assert horizon("verify", "--accept-history", " ").code == 3
    done = horizon("verify", "--accept-history", "The old laptop was lost")
    assert done.code == 0, done.err
    assert "Voice to text" in horizon.well("list").out


def test_what_a_framework_would_change_is_printed_as_json_too(horizon: CommandLine) -> None:
    horizon.well("add", "Drones")
    found = horizon.well("criteria", "preview", str(shipped_folder()), "--json").json
    assert found == {"changes": [], "moved": [], "before": [], "weighed": [], "after": []}


def test_a_criteria_folder_with_mistakes_lists_each_one(horizon: CommandLine) -> None:
    from shutil import copytree

    folder = horizon.folder / "mine"
    copytree(shipped_folder(), folder)
    file = folder / "principles.toml"
    file.write_text(file.read_text(encoding="utf-8") + '\nweight = "heavy"\n', encoding="utf-8")
    done = horizon("criteria", "check", "mine")
    assert done.code == 1
    assert "principles.toml" in done.lines[0]
    assert horizon("criteria", "check", "mine", "--json").json[0]["where"]
    adopted = horizon("criteria", "adopt", "mine", "--reason", "Why not")
    assert adopted.code == 2
    assert "principles.toml" in adopted.err


def test_the_framework_is_shown_in_words_and_as_json(horizon: CommandLine) -> None:
    assert "Safe and secure" in horizon.well("criteria", "show").out
    shown = horizon.well("criteria", "show", "--json").json
    assert [each["id"] for each in shown["principles"]] == ["S", "E", "A", "EF", "F"]


def test_a_gate_says_what_is_missing_and_who_can_supply_it(horizon: CommandLine) -> None:
    propose(horizon)
    done = horizon.well("gate", "1")
    assert "Gate G0" in done.out
    assert "MISSING" in done.out
    assert "The gate is not passed." in done.out
    reading = horizon.well("gate", "1", "G0", "--json").json[0]
    assert reading["passes"] is False
    assert all(each["who"] for each in reading["findings"] if not each["met"])


def test_commands_leave_a_register_that_adds_up(horizon: CommandLine) -> None:
    open_round(horizon)
    horizon.well("facts", "1", "ai=yes", "--all", "unknown")
    horizon.well("review", "1", "2027-01-31")
    horizon.well("add", "Newer voice to text")
    horizon.well("supersede", "1", "2", "--reason", "A better one")
    horizon.well("withdraw", "2", "--reason", "No need after all")
    assert "by T-0002 Newer voice to text" in horizon.well("show", "1").out
    assert "Ended:        No need after all" in horizon.well("show", "2").out
    found = verify(horizon.path)
    assert (found.faults, found.technologies) == ((), 2)
    assert date.fromisoformat(horizon.well("show", "1", "--json").json["review_by"])


def test_a_list_is_narrowed_by_filters_kept_and_used_again(horizon: CommandLine) -> None:
    horizon.well(
        "add", "Voice to text", "--kind", "ai", "--tag", "vendor", "--owner", "Sam Example"
    )
    horizon.well("add", "Gait recognition", "--kind", "ai")

    def names(*words: str) -> list[str]:
        return [each["name"] for each in horizon.well("list", "--json", *words).json]

    assert names("kind:ai", "-tag:vendor") == ["Gait recognition"]
    assert names("owner:me", "--save-view", "mine") == ["Voice to text"]
    assert names("--view", "mine") == ["Voice to text"]
    assert names("owner:Sam Example") == ["Voice to text"]
    refused = horizon("list", "stage:xyz")
    assert refused.code == 2
    assert "Use one of: signal" in refused.err
    assert horizon("list", "--view", "min").code == 2
    assert horizon("list", "--save-view", "all").code == 2


def test_what_nobody_knows_is_not_told_as_what_it_does(horizon: CommandLine) -> None:
    horizon.well("add", "Speech analytics")
    horizon.well("facts", "1", "personal_data=yes", "--all", "no")
    known = " ".join(horizon.well("show", "1").out.split())
    assert "Not ruled out" not in known
    horizon.well("facts", "1", "public_space=unknown", "camera=unknown")
    said = " ".join(horizon.well("show", "1").out.split())
    before, _, after = said.partition("Not ruled out, since facts are not known:")
    assert "It watches public space" not in before
    assert "It watches public space" in after


def test_a_ranking_of_nothing_is_not_announced(horizon: CommandLine) -> None:
    checklist = Path(__file__).parent.parent / "data" / "deon_checklist.yml"
    horizon.well("criteria", "import", str(checklist), "-o", "draft")
    done = horizon.well("criteria", "preview", "draft")
    assert "No technology would read differently." in done.out
    assert "Ranking" not in done.out
