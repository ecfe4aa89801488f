"""Another copy of a register taken in: the cases that need care."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from horizon.model.base import canonical
from horizon.model.envelope import commit_hash
from horizon.model.errors import RuleBroken
from horizon.model.events import AnswerGiven
from horizon.model.words import AnswerValue
from horizon.register import Register
from horizon.register.checking import verify
from horizon.register.views import history
from horizon.store.files import journal_path
from tests.clocks import StandingClock
from tests.faults.tampering import rebuilt
from tests.intake.using import loaded
from tests.papers.registers import TODAY
from tests.register.using import acting, approved, scored


class Two(NamedTuple):
    office: Register
    laptop: Register

    def one(self) -> Register:
        """The office's, once the laptop's is taken in."""
        self.office.take_in_copy(Path(str(self.laptop.path)))
        assert verify(self.office.path).faults == ()
        return self.office

    def told(self, ref: str) -> str:
        return "\n".join(each.words for each in history(self.office, ref))


@pytest.fixture
def two(worked_path: Path, tmp_path: Path) -> Iterator[Two]:
    clock = StandingClock(TODAY)
    opened = []
    for name in ("office", "laptop"):
        path = tmp_path / name / "register.json"
        path.parent.mkdir()
        shutil.copy(worked_path, path)
        shutil.copy(journal_path(worked_path), journal_path(path))
        opened.append(Register.open(path, acting="Farah Example", clock=clock))
    with opened[0], opened[1]:
        yield Two(*opened)


@pytest.fixture
def tablet(worked_path: Path, tmp_path: Path) -> Iterator[Register]:
    path = tmp_path / "tablet" / "register.json"
    path.parent.mkdir()
    shutil.copy(worked_path, path)
    shutil.copy(journal_path(worked_path), journal_path(path))
    with Register.open(path, acting="Farah Example", clock=StandingClock(TODAY)) as register:
        yield register


def test_the_same_name_is_the_same_person(two: Two) -> None:
    for register in two:
        register.name_person("Newly Met", role=f"At the {Path(str(register.path)).parent.name}")
    two.laptop.acting = "Newly Met"
    two.laptop.propose(name="Gait checker")
    one = two.one()
    assert [e.name for e in one.state.people.values()].count("Newly Met") == 1
    proposer = one.technology("Gait checker").proposed_by
    assert one.state.people[proposer].role == "At the office"
    with acting(one, "Newly Met"), pytest.raises(RuleBroken, match="proposed"):
        one.open_round("Gait checker", ["Newly Met"])


def test_of_two_open_rounds_the_copys_is_closed_and_every_score_is_kept(two: Two) -> None:
    for register, value in zip(two, (2, 5), strict=True):
        register.open_round("T-0003", ["Asha Example", "Ben Example"])
        with acting(register, "Asha Example"):
            register.submit_scores("T-0003", {"S1": scored(value)})
    rounds = two.one().technology("T-0003").rounds
    assert [(each.number, each.is_closed) for each in rounds] == [(2, True), (1, False)]
    values = [s.scores["S1"].value for each in rounds for s in each.submissions.values()]
    assert values == [5, 2]
    with acting(two.office, "Ben Example"):
        two.office.submit_scores("T-0003", {"S1": scored(3)})
    two.office.close_round("T-0003")
    assert verify(two.office.path).faults == ()


def test_two_decisions_on_one_technology_both_stand_and_people_are_told(two: Two) -> None:
    approved(two.office)
    approved(two.laptop, outcome="reject")
    preview = two.office.copy_preview(Path(str(two.laptop.path)))
    assert any("decided on in both" in words for _, words in preview.remarks)
    decisions = two.one().technology("T-0001").decisions[-2:]
    assert [each.outcome for each in decisions] == ["approve", "reject"]
    assert decisions[1].recorded_as == f"{decisions[0].number} (laptop)"
    assert decisions[1].meeting == f"{decisions[0].meeting}b"
    assert two.office.meeting(str(decisions[1].meeting)).items[0].decision == decisions[1].number
    assert "both stand" in two.told("T-0001")


def test_an_entry_that_one_side_took_out_and_the_other_worked_on_stays(two: Two) -> None:
    made = two.office.propose(name="Held in common")
    two.office.close()
    for path in (Path(str(two.office.path)), journal_path(Path(str(two.office.path)))):
        shutil.copy(path, Path(str(two.laptop.path)).with_name(path.name))
    clock = StandingClock(TODAY)
    with (
        Register.open(two.office.path, acting="Farah Example", clock=clock) as office,
        Register.open(two.laptop.path, acting="Farah Example", clock=clock) as laptop,
    ):
        office.take_back(made.label)
        laptop.add_note(made.label, "Asked about at the stand")
        one = Two(office, laptop).one()
        assert [each.text for each in one.technology(made.label).notes] == [
            "Asked about at the stand"
        ]
        assert "which one side had taken out" in Two(office, laptop).told(made.label)


def test_links_between_entries_agree_at_both_ends(two: Two) -> None:
    made = two.laptop.propose(name="Quantum thing")
    two.laptop.merge("T-0003", made.label, reason="One and the same")
    two.office.withdraw("T-0003", reason="No longer wanted")
    one = two.one()
    assert one.technology("T-0003").ended_reason == "No longer wanted"
    assert one.technology("T-0003").merged_into is None
    assert one.technology("Quantum thing").merged == ()
    assert "kept stage" in two.told("T-0003")


def test_what_came_in_is_not_taken_back_as_if_it_was_done_here(two: Two) -> None:
    two.office.add_note("T-0003", "Said here")
    two.laptop.add_note("T-0003", "Said there")
    one = two.one()
    taken = one.take_back("T-0003")
    assert "Said here" in taken.words
    assert [each.text for each in one.technology("T-0003").notes] == ["Said there"]


LIST = "name,supplier\nRow one,First\nRow two,Second\n"
ABOUT = LIST.replace("Row one", "Gait checker")


def test_an_import_that_came_in_is_undone_as_one_where_labels_clash_too(two: Two) -> None:
    for name in ("Drone tracker", "Tooth reader", "Plate camera"):
        two.office.propose(name=name)
    two.laptop.propose(name="Gait checker")
    two.laptop.propose(name="Lip reader")
    loaded(two.laptop, ABOUT, decide={"2": "Gait checker"})
    two.laptop.amend("Lip reader", {"supplier": "Third"}, reason="Better known")
    one = two.one()
    assert [each.place for each in one.technology("Gait checker").origins] != []
    _, entered, changed = one.undo_import("1", reason="Wrong list")
    assert (entered, changed) == (1, 1)
    names = [each.name for each in one.state.technologies.headers()]
    assert "Row two" not in names
    assert {"Drone tracker", "Gait checker", "Lip reader"} <= set(names)
    assert one.technology("Gait checker").origins == ()
    assert one.technology("Lip reader").supplier == "Third"
    assert verify(one.path).faults == ()


def test_what_either_side_worked_on_beside_an_import_stays(two: Two) -> None:
    made = two.laptop.propose(name="Gait checker")
    two.one()
    two.office.amend(made.label, {"supplier": "Ours"}, reason="Better known")
    loaded(two.laptop, ABOUT, decide={"2": made.label})
    two.laptop.add_note("Row two", "Asked about at the stand")
    two.laptop.amend(made.label, {"supplier": "Theirs"}, reason="Better known")
    one = two.one()
    with pytest.raises(RuleBroken, match="somebody has worked on"):
        one.undo_import("1", reason="Wrong list")
    _, entered, changed = one.undo_import("1", reason="Wrong list", keep_changed=True)
    assert (entered, changed) == (0, 0)
    assert one.technology(made.label).supplier == "Ours"


def test_an_import_undone_in_both_is_undone_once_and_what_went_on_there_comes_in(two: Two) -> None:
    loaded(two.laptop, LIST)
    one = two.one()
    one.undo_import("1", reason="Wrong list")
    two.laptop.add_note("Row one", "Asked about at the stand")
    two.laptop.undo_import("1", reason="Wrong list", keep_changed=True)
    one = two.one()
    assert [each.text for each in one.technology("Row one").notes] == ["Asked about at the stand"]
    assert "Row two" not in [each.name for each in one.state.technologies.headers()]
    with pytest.raises(RuleBroken, match="already undone"):
        one.undo_import("1", reason="Wrong list")


def test_an_import_that_came_from_a_third_copy_is_undone_as_one(two: Two, tablet: Register) -> None:
    loaded(tablet, LIST)
    two.office.propose(name="Drone tracker")
    two.laptop.propose(name="Gait checker")
    two.laptop.take_in_copy(Path(str(tablet.path)))
    one = two.one()
    assert one.undo_import("1", reason="Wrong list")[1:] == (2, 0)
    assert verify(one.path).faults == ()


def attached(register: Register, *titles: str) -> None:
    for title in titles:
        register.attach_evidence("T-0003", title=title, dated=TODAY)


def answered(register: Register, evidence: str) -> None:
    given = AnswerGiven(answer=AnswerValue.PARTLY, note="See there", evidence=(evidence,))
    register.answer("T-0003", {"LB1": given})


def rests_on(register: Register) -> list[str]:
    """What the documents are called that the answer rests on."""
    held = register.technology("T-0003")
    titles = {each.id: each.title for each in held.evidence}
    assert len(titles) == len(held.evidence)
    return [titles[each] for each in held.answers["LB1"].evidence]


def test_what_a_copy_of_a_copy_names_is_found_under_the_number_that_it_has_here(
    two: Two, tablet: Register
) -> None:
    attached(two.office, "Ours", "Ours too")
    attached(two.laptop, "Laptop's")
    attached(tablet, "Tablet's")
    answered(tablet, "E1")
    two.laptop.take_in_copy(Path(str(tablet.path)))
    assert rests_on(two.laptop) == ["Tablet's"]
    assert rests_on(two.one()) == ["Tablet's"]


@pytest.mark.parametrize("first", [True, False], ids=["had by both", "had by the office"])
def test_what_a_copy_names_that_both_have_from_a_third_is_found_here(
    two: Two, tablet: Register, first: bool
) -> None:
    attached(two.office, "Ours", "Ours too")
    attached(two.laptop, "Laptop's")
    attached(tablet, "Tablet's")
    two.office.take_in_copy(Path(str(tablet.path)))
    if not first:
        attached(tablet, "Tablet's second")
    two.laptop.take_in_copy(Path(str(tablet.path)))
    for number, title in (
        (("E2", "Tablet's"),)
        if first
        else (
            ("E2", "Tablet's second"),
            ("E3", "Tablet's"),
        )
    ):
        answered(two.laptop, number)
        assert rests_on(two.laptop) == [title]
        assert rests_on(two.one()) == [title]
    one = two.office
    assert len(one.technology("T-0003").evidence) == (4 if first else 5)


def test_what_both_had_from_a_third_copy_is_where_they_went_apart(
    two: Two, tablet: Register
) -> None:
    tablet.amend("T-0003", {"supplier": "Found there"}, reason="Better known")
    for register in (two.office, two.laptop):
        register.propose(name=f"At the {Path(str(register.path)).parent.name}")
        register.take_in_copy(Path(str(tablet.path)))
    two.laptop.amend("T-0003", {"supplier": "Found since"}, reason="Better known")
    taking = two.office.copy_preview(Path(str(two.laptop.path)))
    assert list(taking.disagreements) == []
    assert two.one().technology("T-0003").supplier == "Found since"


def test_verify_finds_events_that_are_not_what_the_copy_held(two: Two) -> None:
    two.laptop.add_note("T-0003", "Said there")
    two.office.add_note("T-0002", "Said here")
    two.one().close()
    path = Path(str(two.office.path))
    lines = journal_path(path).read_bytes().splitlines()
    last = json.loads(lines[-1])
    brought = next(each for each in last["events"] if each["kind"] == "note-added")
    brought["at"] = "2026-11-25T09:00:00Z"
    sealed = [
        {key: value for key, value in event.items() if key not in ("salt", "data")}
        for event in last["events"]
    ]
    last["hash"] = commit_hash(last["prev"], sealed)
    journal_path(path).write_bytes(b"\n".join([*lines[:-1], canonical(last)]) + b"\n")
    path.unlink()
    (fault,) = verify(path).faults
    assert "does not bring in what it says" in fault.what


def test_verify_finds_it_too_where_the_event_had_come_from_a_third_copy(
    two: Two, tablet: Register
) -> None:
    tablet.add_note("T-0003", "Said there")
    for register in (two.office, two.laptop):
        register.add_note("T-0002", "Said here")
        register.take_in_copy(Path(str(tablet.path)))
    two.one().close()
    third = two.laptop.technology("T-0003").id

    def change(lines: list[dict[str, Any]]) -> None:
        events = [event for line in lines for event in line["events"]]
        brought = [e for e in events if e["kind"] == "note-added" and e["subject"] == third]
        assert len(brought) == 1
        brought[0]["at"] = "2026-11-25T09:00:00Z"

    rebuilt(Path(str(two.office.path)), change)
    faults = verify(Path(str(two.office.path))).faults
    assert len(faults) == 3  # as the tablet wrote it, twice, and as the laptop took it in
    assert all("does not bring in what it says" in each.what for each in faults)
