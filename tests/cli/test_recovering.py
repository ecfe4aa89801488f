"""`horizon recover` says what it saved and what it could not, and ends with 1 for the latter."""

from __future__ import annotations

from horizon.store.files import journal_path
from tests.cli.using import CommandLine


def test_a_sound_register_is_saved_whole(horizon: CommandLine) -> None:
    horizon.well("capture", "Gait checker")
    head = horizon.well("verify").out.split()[-1]
    done = horizon.well("recover", "register.json", "--to", "saved")
    assert done.lines[0] == "Saved 5 events and 1 technology to saved/register.json."
    assert done.lines[1] == f"Head hash {head}"
    assert "Gait checker" in horizon.well("--register", "saved/register.json", "list").out


def test_a_lost_line_is_told_and_has_to_be_accepted(horizon: CommandLine) -> None:
    for name in ("Gait checker", "Drone tracker", "Speech analytics"):
        horizon.well("capture", name)
    journal = journal_path(horizon.path)
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join([*lines[:2], b'{"kind":"broken"\n', *lines[3:]]))
    done = horizon("recover", ".", "--to", "saved/register.json")
    assert (done.code, done.err) == (1, "")
    assert done.lines[0].startswith("Line 3 cannot be read")
    assert "T-0002 Drone tracker" in done.out
    at_new = ("--register", "saved/register.json")
    assert "Drone tracker" in horizon(*at_new, "list").out
    assert horizon(*at_new, "verify").code == 1
    horizon(*at_new, "verify", "--accept-history", "The disk failed")
    assert horizon.well(*at_new, "verify").code == 0


def test_there_must_be_something_to_save_and_room_for_it(horizon: CommandLine) -> None:
    for damaged, target in (("nowhere.json", "new.json"), ("register.json", "register.json")):
        refused = horizon("recover", damaged, "--to", target)
        assert (refused.code, refused.err.count("\n")) == (2, 1)
