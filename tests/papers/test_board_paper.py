"""Board papers built from a register that commands made."""

import shutil
from datetime import date, timedelta

import pytest

from horizon.model.errors import BadInput, RuleBroken
from horizon.model.wording import day
from horizon.model.words import Marking
from horizon.papers.agenda import passed_over, to_ratify
from horizon.papers.blocks import Heading, KeyValues, Numbered, Recommendations, Table
from horizon.papers.board_paper import agenda, build
from horizon.papers.writers import WRITERS
from horizon.register import Register
from horizon.register.inputs import ItemInput
from tests.example.committees import SECRETARY, convened, put_on_agenda
from tests.example.journey import CONSIDERED, ScriptClock
from tests.papers.reading import text_of
from tests.papers.registers import MEETING, TODAY, asked, make, seal


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("register") / "register.json"
    make(path).close()
    return path.parent


@pytest.fixture
def register(made, tmp_path):
    for each in made.iterdir():
        if each.suffix in (".json", ".jsonl"):
            shutil.copy(each, tmp_path)
    path = tmp_path / "register.json"
    with Register.open(path, acting="Farah Example", clock=ScriptClock(TODAY)) as opened:
        yield opened


def paper_of(register, **changes):
    return build(register, reference="AISG/2026-12-08/1", **asked(**changes))


def labels(technologies):
    return [each.label for each in technologies]


def asked_in(paper):
    block = next(each for each in paper.blocks if isinstance(each, Recommendations))
    return ["".join(run.text for run in item) for item in block.items]


def table(paper, caption):
    return next(
        each
        for each in paper.blocks
        if isinstance(each, Table) and each.caption.startswith(caption)
    )


def pairs(paper, name):
    return [
        cell
        for block in (*paper.opening, *paper.blocks)
        if isinstance(block, KeyValues)
        for key, cell in block.pairs
        if key == name
    ]


def test_the_agenda_is_what_the_body_decides_on_next(register):
    assert labels(agenda(register, "ai-sub-group")) == ["T-0001", "T-0002", "T-0004"]
    assert labels(agenda(register, "futures-team")) == ["T-0003"]


def called(register, *labelled, for_information=False):
    """A meeting of the AI Sub-Group on the day of the paper, with these on its agenda."""
    ref = register.call_meeting(body="ai-sub-group", on=MEETING).ref
    purpose = "for information" if for_information else "for decision"
    items = [ItemInput(technology=each, purpose=purpose) for each in labelled]
    return register.add_items(ref, items)


def test_the_paper_for_a_called_meeting_is_about_its_agenda_in_its_order(register):
    called(register, "T-0004", "T-0001")
    found = agenda(register, "ai-sub-group", meeting_on=MEETING)
    assert labels(found) == ["T-0004", "T-0001"]
    assert labels(passed_over(register, "ai-sub-group", MEETING)) == ["T-0002"]
    assert paper_of(register).title == "2 technologies for decision"


def test_a_meeting_that_is_called_without_technologies_hears_what_waits_for_the_body(register):
    called(register)
    assert labels(agenda(register, "ai-sub-group", meeting_on=MEETING)) == [
        "T-0001",
        "T-0002",
        "T-0004",
    ]
    assert passed_over(register, "ai-sub-group", MEETING) == ()


def test_what_is_on_the_agenda_is_asked_at_its_gate_though_the_body_has_decided_there(register):
    decide(register)
    assert "T-0001" not in labels(agenda(register, "ai-sub-group"))
    register.acting = SECRETARY
    called(register, "T-0001")
    first = asked_in(paper_of(register))[0]
    assert first.startswith(
        "decide on Meeting room booking (T-0001) at gate G2 (ethics, for a trial) again, as "
        "AISG/2026/002 still stands."
    )


def test_what_the_chair_decided_alone_comes_to_the_next_meeting_to_be_ratified(register):
    number = decide(register, meeting="", item=None, chair="Grace Example").number
    assert "T-0001" in labels(agenda(register, "ai-sub-group", meeting_on=MEETING))
    register.acting = SECRETARY
    called(register, "T-0001")
    paper = paper_of(register)
    assert asked_in(paper) == [
        f"ratify {number} on Meeting room booking (T-0001), decided between meetings. Else it "
        "lapses. See annex 1."
    ]
    said = text_of(".md", WRITERS[".md"](paper))
    assert "1 is to be ratified, as it was decided between meetings." in said
    technology = register.technology("T-0001")
    until = technology.decisions[-1].ratify_by
    assert to_ratify(register, technology, "ai-sub-group", until)
    assert not to_ratify(register, technology, "ai-sub-group", until + timedelta(days=1))
    assert not to_ratify(register, technology, "ai-sub-group", TODAY)


def test_what_is_to_be_ratified_is_on_the_paper_when_its_meeting_is_moved_to_a_later_day(register):
    ref = called(register).ref
    number = decide(register, meeting="", item=None, chair="Grace Example").number
    register.acting = SECRETARY
    moved = MEETING + timedelta(days=7)
    register.reschedule(ref, on=moved, reason="The room was taken")
    assert register.technology("T-0001").decisions[-1].ratify_by == MEETING
    assert [each for _, each in register.unratified(ref)] == [number]
    assert "T-0001" in labels(agenda(register, "ai-sub-group", meeting_on=moved))


def test_what_is_on_the_agenda_for_information_is_noted(register):
    called(register, "T-0001", for_information=True)
    assert asked_in(paper_of(register)) == ["note how T-0001 stands."]


def test_a_body_waits_for_the_gate_before_its_own(register):
    assert labels(agenda(register, "dip-board")) == []
    assert "T-0001" not in labels(agenda(register, "futures-delivery-group"))
    decide(register)
    assert "T-0001" in labels(agenda(register, "futures-delivery-group"))
    assert "T-0001" not in labels(agenda(register, "ai-sub-group"))


def test_a_tier_below_a_body_does_not_reach_it(register):
    decide(register)
    assert labels(agenda(register, "strategic-change-board")) == []


def test_nobody_knows_a_body_that_is_not_there(register):
    with pytest.raises(BadInput, match="is not a body"):
        agenda(register, "cabinet")
    with pytest.raises(BadInput, match="is not a body"):
        paper_of(register, body_id="cabinet")


def test_a_meeting_with_nothing_to_decide_needs_technologies_named(register):
    with pytest.raises(BadInput, match="Nothing in the register waits for DIP Board"):
        paper_of(register, body_id="dip-board")
    named = [register.technology("T-0003")]
    assert paper_of(register, body_id="dip-board", technologies=named).blocks


def test_what_is_ready_is_for_decision_and_what_is_not_says_why(register):
    first, second, third = asked_in(paper_of(register))
    assert first.startswith("decide on Meeting room booking (T-0001) at gate G2")
    assert "Live facial recognition (T-0002), which cannot be approved yet" in second
    assert "red line LB1 is crossed" in second
    assert third == (
        "say what happens next with Fraud report triage (T-0004), whose approval no longer holds: "
        "condition 1 of AISG/2026/001 is overdue since 31 October 2026. See annex 3."
    )


def test_an_approval_comes_back_to_its_body_when_a_condition_is_overdue(register):
    before = date(2026, 10, 30)
    assert labels(agenda(register, "ai-sub-group", today=before)) == ["T-0001", "T-0002"]
    after = date(2026, 10, 31)
    assert labels(agenda(register, "ai-sub-group", today=after)) == ["T-0001", "T-0002", "T-0004"]


def test_an_approval_comes_back_to_its_body_when_it_has_expired(register):
    ends = register.technology("T-0004").decisions[-1].expires_on
    assert "T-0004" not in labels(agenda(register, "dip-board", today=ends))
    late = ends + timedelta(days=1)
    assert "T-0004" in labels(agenda(register, "dip-board", today=late))
    only = asked_in(paper_of(register, body_id="dip-board", as_at=late))[0]
    assert f"whose approval no longer holds: DIP/2026/001 expired on {day(ends)}" in only


def test_what_has_left_the_route_comes_back_to_nobody(register):
    register.withdraw("T-0004", reason="It is not needed.")
    assert "T-0004" not in labels(agenda(register, "ai-sub-group"))


def test_status_is_always_a_word(register):
    rows = table(paper_of(register), "Technologies in this paper").rows
    assert [row[4].text for row in rows][:2] == ["Clear", "Stop"]
    assert rows[0][5].text == "Ready"
    assert rows[1][5].text.endswith("missing")
    assert rows[2][5].text == "Approval lapsed"


def test_a_red_line_that_is_crossed_stands_in_the_annex_with_its_answer(register):
    row = next(row for row in table(paper_of(register), "Red lines").rows if row[0].text == "LB1")
    assert (row[2].text, row[3].text) == ("No", "Crossed")
    assert row[1].note == "Legal has not said."


def test_what_a_gate_misses_stands_in_the_annex_with_who_can_supply_it(register):
    missing = table(paper_of(register), "Missing for gate G2")
    assert all(row[0].text and row[1].text for row in missing.rows)
    assert "Data protection impact assessment screening" in [row[0].text for row in missing.rows]


def test_the_annex_names_the_tier_and_every_rule_that_spoke(register):
    reading = register.reading(register.technology("T-0002").id)
    tier = pairs(paper_of(register), "Tier of review")[1]
    assert tier.text == "Board"
    for spoke in reading.tier.spoke:
        assert spoke.rule.text in tier.note
    known, _, unknown = tier.note.partition("Not ruled out, since facts are not known:")
    assert "bodily trait" in known
    assert "children" in unknown


def test_unknown_facts_are_shown_as_counting_as_yes(register):
    unknown = pairs(paper_of(register), "Not known, so counted as yes")
    assert [each.text for each in unknown][:2] == ["None", "Children or vulnerable people"]


def test_scores_are_shown_as_ranges_with_what_is_scored(register):
    rows = table(paper_of(register), "Guiding principles").rows
    assert [row[0].text for row in rows][-1] == "Overall"
    assert len(rows) == 6
    assert all(" to " in row[2].text and row[3].text.endswith("%") for row in rows)


def test_sealed_scores_never_leave_in_a_paper(register):
    seal(register, "T-0002", "a secret score note")
    paper = paper_of(register)
    assert "secret" not in repr(paper)
    assert "stay sealed" in repr(paper)


def test_an_overdue_condition_stands_on_the_first_page_and_undoes_the_approval(register):
    paper = paper_of(register, technologies=[register.technology("T-0004")])
    said = text_of(".md", WRITERS[".md"](paper))
    assert "Overdue by 25 days" in said
    assert "condition 1 of AISG/2026/001 is overdue since 31 October 2026" in said
    assert "Not approved: condition 1 of AISG/2026/" in pairs(paper, "Standing")[0].text
    assert "Asha Example" in said


def test_a_condition_due_by_the_meeting_is_told_before_it_is_overdue(register):
    technology = [register.technology("T-0004")]
    early = {"technologies": technology, "as_at": date(2026, 10, 20)}
    soon = paper_of(register, meeting_on=date(2026, 11, 2), **early)
    assert table(soon, "Conditions overdue or due").rows[0][3].text == "Due 30 October 2026"
    later = paper_of(register, meeting_on=date(2026, 10, 21), **early)
    assert "No condition is overdue" in repr(later)


def test_a_review_that_falls_due_by_the_meeting_is_on_the_agenda(register):
    register.enter_legacy(
        name="Old case system",
        in_use_since="2009",
        authority="Not known",
        known="Little",
        review_by=MEETING,
    )
    assert "Old case system" in [
        each.name for each in agenda(register, "ai-sub-group", meeting_on=MEETING)
    ]
    paper = paper_of(register, technologies=[register.technology("Old case system")])
    assert pairs(paper, "Standing")[0].text == "In use, no recorded approval"


def test_what_has_left_the_route_is_not_judged(register):
    register.withdraw("T-0003", reason="Nobody wants it.")
    paper = paper_of(register, technologies=[register.technology("T-0003")])
    assert table(paper, "Technologies in this paper").rows[0][4].text == "Ended"
    assert pairs(paper, "Why it ended")[0].text == "Nobody wants it."
    assert "Data-ethics checklist" not in repr(paper)


def test_a_checklist_that_nobody_began_is_told_by_theme(register):
    paper = paper_of(register, technologies=[register.technology("T-0003")])
    assert pairs(paper, "Proportionality")[0].text == "No answer yet: PR1, PR2, PR3 and PR4"


def test_an_approval_that_lapsed_is_told_in_the_first_table(register):
    paper = paper_of(register, technologies=[register.technology("T-0004")])
    stage = table(paper, "Technologies in this paper").rows[0][2]
    assert stage.text == "In trial"
    assert stage.note.startswith("Not approved: condition 1 of AISG/2026/")


def test_a_paper_for_information_asks_for_nothing_but_to_note(register):
    paper = paper_of(register, purpose="for information")
    assert asked_in(paper) == [
        "note how T-0001, T-0002 and T-0004 stand.",
        "note that 1 condition is overdue.",
    ]


def test_paragraphs_are_numbered_through(register):
    numbers = [each.number for each in paper_of(register).blocks if isinstance(each, Numbered)]
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_technology_has_an_annex_of_its_own(register):
    heads = [each.text for each in paper_of(register).blocks if isinstance(each, Heading)]
    assert "Annex 1: Meeting room booking (T-0001)" in heads
    assert "Annex 2: Live facial recognition (T-0002)" in heads


def test_the_paper_names_the_head_and_the_framework_it_rests_on(register):
    paper = paper_of(register)
    assert paper.head_hash == register.state.head.paper_hash
    head = pairs(paper, "Data as at")[0]
    last = register.state.head.paper_at
    assert f"{last[11:16]} UTC" in head.text
    assert head.note == "Dates judged on 24 November 2026"
    assert pairs(paper, "Head hash")[0].text == paper.head_hash
    assert pairs(paper, "Framework digest")[0].text == register.framework.digest
    assert paper.framework_status == "Proposed framework, not adopted by the force"


def test_what_is_sensitive_does_not_go_into_an_official_paper(register):
    register.amend("T-0002", {"marking": "OFFICIAL-SENSITIVE"})
    with pytest.raises(RuleBroken, match=r"T-0002.*Mark the paper OFFICIAL-SENSITIVE"):
        paper_of(register)
    paper = paper_of(register, marking=Marking.OFFICIAL_SENSITIVE)
    assert paper.marking is Marking.OFFICIAL_SENSITIVE
    assert paper_of(register, technologies=[register.technology("T-0001")])


def test_an_illustrative_register_says_so_on_every_paper(tmp_path):
    with make(tmp_path / "register.json", illustrative=True) as register:
        said = text_of(".md", WRITERS[".md"](paper_of(register)))
    assert "made up to show how Horizon works" in said


def test_a_field_that_cannot_stand_in_a_paper_is_refused_in_words(register):
    with pytest.raises(BadInput, match="foi must not be empty"):
        paper_of(register, foi="")
    with pytest.raises(BadInput, match="reference"):
        build(register, reference="x" * 200, **asked())


@pytest.mark.parametrize("extension", sorted(WRITERS))
def test_the_same_register_on_the_same_day_gives_the_same_file(register, extension):
    assert WRITERS[extension](paper_of(register)) == WRITERS[extension](paper_of(register))


def decide(register, outcome="approve", on=TODAY, **changes):
    """Have the AI Sub-Group meet and decide on T-0001 at gate G2."""
    meeting = convened(register, "ai-sub-group", on)
    item = put_on_agenda(register, meeting, register.technology("T-0001").id)
    values = {
        "body": "ai-sub-group",
        "gate": "G2",
        "outcome": outcome,
        "decided_on": on,
        "meeting": meeting,
        "item": item,
        "considered": CONSIDERED,
        "reasons": "Everything is there.",
    }
    decision = register.decide("T-0001", **values | changes)
    register.acting = "Farah Example"
    return decision


def test_what_has_happened_since_brings_it_back_to_the_ethics_body_and_into_its_annex(register):
    decide(register)
    assert "T-0001" not in labels(agenda(register, "ai-sub-group"))
    register.reopen("T-0001", trigger="incident", reason="A complaint was upheld", items=["LB3"])
    assert "T-0001" in labels(agenda(register, "ai-sub-group"))
    found = table(paper_of(register), "What has happened")
    assert found.rows[0][1].text == "A complaint was upheld"
    assert found.rows[0][2].note == "To answer again: LB3"


def test_a_chairs_action_that_lapsed_comes_back_to_its_body_and_reads_so(register):
    number = decide(register, meeting="", item=None, chair="Grace Example").number
    later = TODAY + timedelta(days=61)
    only = asked_in(paper_of(register, technologies=[register.technology("T-0001")], as_at=later))
    assert "T-0001" in labels(agenda(register, "ai-sub-group", today=later))
    assert only[0].startswith("decide on Meeting room booking")
    rows = table(
        paper_of(register, technologies=[register.technology("T-0001")], as_at=later), "Decisions"
    ).rows
    assert [row[2].note for row in rows if row[0].text == number] == [
        "Lapsed, as it was not ratified"
    ]


def test_a_paper_with_nothing_to_decide_is_for_information_unless_one_says_otherwise(register):
    sighted = [register.technology("T-0003")]
    paper = paper_of(register, technologies=sighted)
    assert paper.purpose == "for information"
    assert paper.title == "Quantum sensing, for information"
    assert paper_of(register, technologies=sighted, purpose="for decision").purpose == (
        "for decision"
    )
    ready = [register.technology("T-0001"), *sighted]
    assert paper_of(register, technologies=ready).purpose == "for decision"
