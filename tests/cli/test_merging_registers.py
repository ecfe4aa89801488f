"""`horizon merge` takes in a copy that was worked on elsewhere."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from horizon.register import Register
from horizon.register.checking import verify
from horizon.register.records import find_decision
from horizon.store.files import journal_path
from tests.cli.using import CommandLine

LAPTOP, TABLET = "laptop/register.json", "tablet/register.json"


@pytest.fixture
def office(on_example: CommandLine) -> CommandLine:
    """The example, and a copy of it in the folder `laptop`; T-0028 is the last label of both."""
    copied(on_example, "laptop")
    return on_example


def copied(office: CommandLine, name: str) -> None:
    """A copy of the register in a folder of this name."""
    (office.folder / name).mkdir()
    for path in (office.path, journal_path(office.path)):
        shutil.copy(path, office.folder / name / path.name)


def at(office: CommandLine, name: str, *arguments: str) -> None:
    office.well("--register", f"{name}/register.json", *arguments)


def at_laptop(office: CommandLine, *arguments: str) -> None:
    at(office, "laptop", *arguments)


def last_label(office: CommandLine) -> int:
    with office.register() as register:
        return register.state.head.labels


def test_a_preview_says_what_would_happen_and_writes_nothing(office: CommandLine) -> None:
    last = last_label(office)
    at_laptop(office, "add", "Gait checker")
    office.well("add", "Drone tracker")
    at_laptop(office, "amend", "T-0002", "--supplier", "Supplier of the laptop")
    office.well("amend", "T-0002", "--supplier", "Supplier of the office")
    before = journal_path(office.path).read_bytes()
    done = office.well("merge", LAPTOP)
    assert f"  T-{last + 2:04d} Gait checker" in done.lines
    assert f"  T-{last + 1:04d} there is T-{last + 2:04d} here" in done.lines
    assert "T-0002: supplier 'Supplier of the office'" in " ".join(done.out.split())
    assert "not 'Supplier of the laptop'" in " ".join(done.out.split())
    assert done.lines[-1] == f"Nothing was written. Take it in with: horizon merge {LAPTOP} --yes"
    assert journal_path(office.path).read_bytes() == before


def test_what_was_recorded_at_the_laptop_is_here_and_clashes_are_settled_in_sight(
    office: CommandLine,
) -> None:
    last = last_label(office)
    at_laptop(office, "add", "Gait checker", "--as", "Newly Met")
    office.well("add", "Drone tracker")
    at_laptop(office, "amend", "T-0002", "--supplier", "Supplier of the laptop")
    office.well("amend", "T-0002", "--supplier", "Supplier of the office")
    lines = journal_path(office.path).read_bytes().count(b"\n")
    done = office.well("merge", LAPTOP, "--called", "Lena's laptop", "--yes")
    assert journal_path(office.path).read_bytes().count(b"\n") == lines + 1
    assert verify(office.path).faults == ()
    assert "Newly Met: proposed 'Gait checker'" in office.well("history", f"T-{last + 2:04d}").out
    assert "Gait checker" in office.well("show", f"T-{last + 1:04d} (Lena's laptop)").out
    assert "Drone tracker" in office.well("show", f"T-{last + 1:04d}").out
    assert "Supplier of the office" in office.well("show", "T-0002").out
    told = " ".join(office.well("history", "T-0002").out.split())
    assert "changed supplier to 'Supplier of the laptop'" in told
    assert "kept supplier 'Supplier of the office' where it says 'Supplier of the laptop'" in told
    assert "Took in" in done.out


def test_taking_it_in_again_changes_nothing_and_going_on_there_brings_only_what_is_new(
    office: CommandLine,
) -> None:
    at_laptop(office, "add", "Gait checker")
    office.well("add", "Drone tracker")
    office.well("merge", LAPTOP, "--yes")
    before = journal_path(office.path).read_bytes()
    again = office.well("merge", LAPTOP, "--yes")
    assert again.out == f"{LAPTOP} holds nothing that is not here.\n"
    assert journal_path(office.path).read_bytes() == before
    at_laptop(office, "note", "Gait checker", "Asked about again")
    done = office.well("merge", LAPTOP, "--json", "--yes").json
    assert (done["written"], done["events"], done["disagreements"]) == (True, 1, [])
    assert "Asked about again" in office.well("history", "Gait checker").out
    assert verify(office.path).faults == ()


def test_a_decision_of_the_copy_keeps_its_record_under_a_number_that_is_free(
    after: CommandLine,
) -> None:
    number = decided(after)
    (after.folder / "laptop").mkdir()
    for path in (after.path, journal_path(after.path)):
        shutil.copy(path, after.folder / "laptop" / path.name)
    here, there = (corrected(after, path, number) for path in (after.path, Path(LAPTOP)))
    assert here == there
    after.well("merge", LAPTOP, "--yes")
    series, _, last = here.rpartition("/")
    moved = f"{series}/{int(last) + 1:03d}"
    assert "Said here" in after.well("record", here).out
    kept = after.well("record", moved).out
    assert "Said there" in kept
    assert after.well("record", f"{there} (laptop)").out == kept
    raw = journal_path(after.path).read_text(encoding="utf-8").splitlines()[-1]
    assert f'"number":"{there}"' in raw
    assert f'"number":"{moved}"' not in raw
    assert verify(after.path).faults == ()


def decided(horizon: CommandLine) -> str:
    with horizon.register() as register:
        return next(
            each.number
            for key in register.state.technologies
            for each in register.state.technologies[key].decisions
            if each.superseded_by is None
        )


def corrected(horizon: CommandLine, path: Path, number: str) -> str:
    """The number under which a copy sets a decision's record right."""
    said = "Said here" if path == horizon.path else "Said there"
    with Register.open(path, acting="Ruth Example", clock=horizon.clock) as register:
        technology, _ = find_decision(register, number)
        made = register.correct(technology.id, number, {"reasons": said}, reason="A slip")
        return made.number


def test_what_the_copy_erased_is_emptied_here_too(office: CommandLine) -> None:
    office.well("note", "T-0002", "Zebedee Person told us")
    shutil.copy(office.path, office.folder / LAPTOP)
    shutil.copy(journal_path(office.path), journal_path(office.folder / LAPTOP))
    with office.register() as register:
        seq = register.state.head.seq
    at_laptop(office, "erase", str(seq), "--reason", "Asked for", "--yes")
    office.well("note", "T-0002", "Something else")
    done = office.well("merge", LAPTOP, "--yes")
    assert "Emptied 1 event that the copy had erased." in done.lines
    for path in (office.path, journal_path(office.path)):
        assert b"Zebedee Person" not in path.read_bytes()
    assert verify(office.path).faults == ()


def test_a_paper_of_the_copy_is_still_vouched_for(office: CommandLine) -> None:
    at_laptop(office, "add", "Gait checker")
    head = office.well("--register", LAPTOP, "verify").out.split()[-1]
    refused = office("verify", "--against", head)
    assert refused.code == 1
    office.well("merge", LAPTOP, "--yes")
    assert "It holds what head hash" in office.well("verify", "--against", head).out


def test_another_register_is_refused_in_one_line(
    office: CommandLine, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other") / "register.json"
    Register.create(other, name="Other", acting="Ben Example", clock=office.clock).close()
    before = journal_path(office.path).read_bytes()
    refused = office("merge", str(other), "--yes")
    assert (refused.code, refused.err.count("\n")) == (3, 1)
    assert "no common beginning" in refused.err
    assert journal_path(office.path).read_bytes() == before


def test_a_damaged_copy_a_missing_one_and_the_register_itself_are_refused(
    office: CommandLine,
) -> None:
    before = journal_path(office.path).read_bytes()
    at_laptop(office, "add", "Gait checker")
    journal = journal_path(office.folder / LAPTOP)
    whole = journal.read_bytes()
    journal.write_bytes(whole.replace(b"Gait checker", b"Gait chucker"))
    for copy, code in ((LAPTOP, 1), ("nowhere.json", 2), (str(office.path), 2)):
        refused = office("merge", copy, "--yes")
        assert (refused.code, refused.err.count("\n")) == (code, 1), refused.err
    assert journal_path(office.path).read_bytes() == before


def test_a_copy_that_took_in_another_brings_what_it_has_from_there(office: CommandLine) -> None:
    copied(office, "tablet")
    last = last_label(office)
    office.well("add", "Drone tracker")
    at_laptop(office, "add", "Gait checker")
    at(office, "tablet", "add", "Tooth reader")
    at_laptop(office, "merge", TABLET, "--yes")
    done = office.well("merge", LAPTOP, "--yes")
    assert f"  T-{last + 1:04d} there is T-{last + 3:04d} here" in done.lines
    for label, old, name in (
        (f"T-{last + 2:04d}", f"T-{last + 1:04d} (tablet)", "Tooth reader"),
        (f"T-{last + 3:04d}", f"T-{last + 1:04d} (laptop)", "Gait checker"),
    ):
        shown = office.well("show", label).out
        assert name in shown
        assert office.well("show", old).out == shown
    assert verify(office.path).faults == ()
    assert (
        office.well("merge", TABLET, "--yes").out == f"{TABLET} holds nothing that is not here.\n"
    )


def test_what_came_from_a_third_copy_already_comes_once(office: CommandLine) -> None:
    copied(office, "tablet")
    office.well("add", "Drone tracker")
    at_laptop(office, "add", "Gait checker")
    at(office, "tablet", "add", "Tooth reader")
    at_laptop(office, "merge", TABLET, "--yes")
    at_laptop(office, "note", "Tooth reader", "Asked about at the stand")
    office.well("merge", TABLET, "--yes")
    before = office.well("show", "Tooth reader").lines[0]
    done = office.well("merge", LAPTOP, "--json", "--yes").json
    assert done["disagreements"] == []
    assert office.well("list", "Tooth reader", "--json").out.count('"Tooth reader"') == 1
    assert office.well("show", "Tooth reader").lines[0] == before
    assert "Asked about at the stand" in office.well("history", "Tooth reader").out
    assert verify(office.path).faults == ()


def test_a_copy_takes_in_the_register_that_has_taken_it_in(office: CommandLine) -> None:
    at_laptop(office, "amend", "T-0002", "--supplier", "Supplier of the laptop")
    office.well("add", "Drone tracker")
    office.well("merge", LAPTOP, "--yes")
    done = office.well("--register", LAPTOP, "merge", "register.json", "--json", "--yes").json
    assert done["disagreements"] == []
    for path in ("register.json", LAPTOP):
        assert "Supplier of the laptop" in office.well("--register", path, "show", "T-0002").out
        assert "Drone tracker" in office.well("--register", path, "show", "Drone tracker").out
        assert verify(office.folder / path).faults == ()


def test_a_paper_of_a_copy_of_a_copy_is_still_vouched_for(office: CommandLine) -> None:
    copied(office, "tablet")
    at(office, "tablet", "add", "Tooth reader")
    head = office.well("--register", TABLET, "verify").out.split()[-1]
    at_laptop(office, "merge", TABLET, "--yes")
    office.well("merge", LAPTOP, "--yes")
    assert "It holds what head hash" in office.well("verify", "--against", head).out


def test_a_copy_that_was_recovered_from_damage_is_the_one_to_go_on_with(
    office: CommandLine,
) -> None:
    at_laptop(office, "add", "Gait checker")
    at_laptop(office, "add", "Tooth reader")
    journal = journal_path(office.folder / LAPTOP)
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join([*lines[:-2], b'{"kind":"broken"\n', lines[-1]]))
    office("recover", "laptop", "--to", "saved/register.json")
    office("--register", "saved/register.json", "verify", "--accept-history", "The disk failed")
    refused = office("merge", "saved", "--yes")
    assert (refused.code, refused.err.count("\n")) == (3, 1)
    assert "was recovered from damage since the two went apart" in refused.err
    at(office, "saved", "merge", "register.json")
