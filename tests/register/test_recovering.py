"""Of a damaged register everything is saved that still can be, and what cannot is said."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from horizon.model.errors import BadInput, StoreFault
from horizon.register import Register
from horizon.register.checking import verify
from horizon.register.recovering import Recovered, recover
from horizon.register.views import history
from horizon.store.files import journal_path
from tests.clocks import StandingClock
from tests.papers.registers import TODAY

Lines = list[bytes]
Damage = Callable[[Lines], Lines | None]


@pytest.fixture
def damaged(worked_path: Path, tmp_path: Path) -> Path:
    """A register of a folder of its own, to be damaged."""
    path = tmp_path / "damaged" / "register.json"
    path.parent.mkdir()
    shutil.copy(worked_path, path)
    shutil.copy(journal_path(worked_path), journal_path(path))
    return path


def lines_of(path: Path) -> Lines:
    return journal_path(path).read_bytes().splitlines(keepends=True)


def saved(path: Path, lines: Lines | None, *, snapshot: bool = True) -> Recovered:
    """The register recovered from these lines (`None` for no journal). The damaged one is as it
    was afterwards, and the new one adds up but for what somebody has to accept."""
    if lines is None:
        journal_path(path).unlink()
    else:
        journal_path(path).write_bytes(b"".join(lines))
    if not snapshot:
        path.unlink()
    before = {each: each.read_bytes() for each in path.parent.iterdir()}
    new = path.parent.parent / "new" / "register.json"
    found = recover(path, new, acting="Sam Example", clock=StandingClock(TODAY))
    assert {each: each.read_bytes() for each in path.parent.iterdir()} == before
    faults = verify(new).faults
    assert len(faults) == (0 if found.is_whole else 1)
    with Register.open(new, acting="Sam Example", clock=StandingClock(TODAY)) as register:
        if faults:
            assert register.notices
            register.accept_history("We know what was lost")
        register.propose(name="Work goes on")
    assert verify(new).faults == ()
    return found


def state_of(path: Path) -> dict[str, tuple[str, str, int, tuple[str, ...]]]:
    """Label, name, stage, scores and decisions by id."""
    with Register.open(path, acting="Sam Example", clock=StandingClock(TODAY)) as register:
        held = (register.state.technologies[key] for key in register.state.technologies)
        return {
            each.id: (
                f"{each.label} {each.name}",
                each.stage,
                len(each.rounds),
                tuple(decision.number for decision in each.decisions),
            )
            for each in held
            if each.name != "Work goes on"
        }


def at(lines: Lines, kind: str, nth: int = 0) -> int:
    """Where the line stands that holds an event of this kind."""
    found = [place for place, raw in enumerate(lines) if f'"kind":"{kind}"'.encode() in raw]
    return found[nth]


def scratched(lines: Lines, place: int) -> Lines:
    """A line in which a byte is not what it was."""
    raw = lines[place]
    return [*lines[:place], raw[:60] + b"#" + raw[61:], *lines[place + 1 :]]


def test_a_sound_register_comes_over_line_by_line(damaged: Path, worked_path: Path) -> None:
    lines = lines_of(damaged)
    found = saved(damaged, lines)
    assert (found.is_whole, found.report) == (True, [])
    assert lines_of(found.path)[: len(lines)] == lines
    assert state_of(found.path) == state_of(worked_path)


def test_a_lost_snapshot_is_made_anew(damaged: Path, worked_path: Path) -> None:
    found = saved(damaged, lines_of(damaged), snapshot=False)
    assert found.is_whole
    assert found.report == ["register.json: it is not there."]
    assert state_of(found.path) == state_of(worked_path)


def test_a_torn_last_line_was_never_confirmed_and_is_kept_aside(damaged: Path) -> None:
    lines = lines_of(damaged)
    found = saved(damaged, [*lines, lines[-1][:80]])
    assert found.is_whole
    assert "breaks off (80 bytes)" in found.report[0]
    (kept,) = found.path.parent.glob("*.torn-*")
    assert kept.read_bytes() == lines[-1][:80]


def test_what_a_line_in_the_middle_did_is_known_from_the_snapshot(
    damaged: Path, worked_path: Path
) -> None:
    lines = lines_of(damaged)
    place = at(lines, "round-opened")
    found = saved(damaged, scratched(lines, place))
    assert not found.is_whole
    assert found.report[0].startswith(f"Line {place + 1} was changed")
    assert "round-opened" in found.report[0]
    assert "register.json has it in: scoring rounds" in " ".join(found.report)
    assert lines_of(found.path)[:place] == lines[:place]
    assert state_of(found.path) == state_of(worked_path)


def test_events_behind_a_lost_line_keep_who_when_and_what(damaged: Path, worked_path: Path) -> None:
    lines = lines_of(damaged)
    place = at(lines, "round-opened")
    found = saved(damaged, scratched(lines, place), snapshot=False)
    with (
        Register.open(found.path, acting="S", clock=StandingClock(TODAY)) as new,
        Register.open(worked_path, acting="S", clock=StandingClock(TODAY)) as old,
    ):
        held = {e.id: e for _, commit in new.history() for e in commit.events}
        for line, commit in old.history():
            for event in commit.events:
                if line == place + 1:
                    assert event.id not in held
                else:
                    same = held[event.id]
                    assert (same.by, same.at, same.data) == (event.by, event.at, event.data)
        assert f"lost: line {place + 1}" in " ".join(each.words for each in history(new))
    expected, is_now = state_of(worked_path), state_of(found.path)
    assert {key: each[:2] for key, each in is_now.items()} == {
        key: each[:2] for key, each in expected.items()
    }


def test_lines_that_are_gone_are_told_by_their_events(damaged: Path) -> None:
    lines = lines_of(damaged)
    place = at(lines, "round-opened")
    found = saved(damaged, [*lines[:place], *lines[place + 2 :]], snapshot=False)
    first = json.loads(lines[place])["events"][0]["seq"]
    last = json.loads(lines[place + 1])["events"][-1]["seq"]
    assert found.report[0] == f"Events {first} to {last} are missing."


def test_a_journal_that_was_cut_short_goes_on_from_the_snapshot(
    damaged: Path, worked_path: Path
) -> None:
    lines = lines_of(damaged)
    found = saved(damaged, lines[: at(lines, "decision-recorded", -1)])
    assert not found.is_whole
    assert state_of(found.path) == state_of(worked_path)


def test_without_a_journal_the_snapshot_is_taken_over(damaged: Path, worked_path: Path) -> None:
    found = saved(damaged, None)
    assert not found.is_whole
    assert "register.journal.jsonl is not there." in found.report
    assert state_of(found.path) == state_of(worked_path)


def test_damaged_data_of_one_event_leaves_the_chain_as_it_is(
    damaged: Path, worked_path: Path
) -> None:
    lines = lines_of(damaged)
    place = at(lines, "details-amended")
    spoilt = lines[place].replace(b'"reason":"Triage"', b'"reason":"Trilge"')
    assert spoilt != lines[place]
    found = saved(damaged, [*lines[:place], spoilt, *lines[place + 1 :]])
    assert found.report[0].startswith(f"Line {place + 1}: what event")
    new = [json.loads(raw)["hash"] for raw in lines_of(found.path)]
    assert new[: len(lines)] == [json.loads(raw)["hash"] for raw in lines]
    assert state_of(found.path) == state_of(worked_path)


@pytest.mark.parametrize("snapshot", [True, False])
def test_a_lost_beginning_does_not_lose_the_rest(
    snapshot: bool, damaged: Path, worked_path: Path
) -> None:
    found = saved(damaged, scratched(lines_of(damaged), 0), snapshot=snapshot)
    assert "begin" in " ".join(found.report)
    assert state_of(found.path) == state_of(worked_path)


def test_what_is_known_of_a_technology_whose_entry_is_lost_has_its_place(
    damaged: Path, worked_path: Path
) -> None:
    lines = lines_of(damaged)
    place = at(lines, "technology-proposed", 2)
    key = json.loads(lines[place])["events"][-1]["subject"]
    found = saved(damaged, scratched(lines, place), snapshot=False)
    label, *rest = state_of(found.path)[key]
    assert label.startswith("T-0003 Name lost")
    assert rest == list(state_of(worked_path)[key][1:])
    assert len(state_of(found.path)) == 4


def test_lines_out_of_order_and_there_twice_are_put_right(damaged: Path, worked_path: Path) -> None:
    lines = lines_of(damaged)
    found = saved(damaged, [*lines[:5], lines[7], *lines[5:7], lines[5], *lines[8:]])
    assert found.is_whole
    assert lines_of(found.path)[: len(lines)] == lines


def test_a_snapshot_of_another_register_is_not_relied_on(
    damaged: Path, tmp_path: Path, worked_path: Path
) -> None:
    other = tmp_path / "other.json"
    Register.create(other, name="Other", acting="Ben Example", clock=StandingClock(TODAY)).close()
    shutil.copy(other, damaged)
    found = saved(damaged, lines_of(damaged))
    assert found.is_whole
    assert any("another register" in each for each in found.report)
    assert state_of(found.path) == state_of(worked_path)


def test_where_nothing_can_be_saved_nothing_is_made(damaged: Path, tmp_path: Path) -> None:
    journal_path(damaged).write_bytes(b"rubbish\nmore rubbish\n")
    damaged.write_bytes(b"{")
    with pytest.raises(StoreFault, match="Restore a backup"):
        recover(damaged, tmp_path / "new.json", acting="Sam Example")
    assert not (tmp_path / "new.json").exists()
    with pytest.raises(BadInput, match="already"):
        recover(damaged, damaged, acting="Sam Example")
    with pytest.raises(BadInput, match="no register"):
        recover(tmp_path / "nowhere.json", tmp_path / "new.json", acting="Sam Example")
