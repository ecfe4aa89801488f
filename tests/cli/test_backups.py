"""A backup is one verified file, and what it is restored over is never lost."""

from __future__ import annotations

from pathlib import Path

from horizon.register.checking import verify
from horizon.store.files import journal_path
from tests.cli.using import CommandLine


def backups(horizon: CommandLine) -> list[Path]:
    return sorted(horizon.folder.glob("safe/*.jsonl.gz"))


def test_what_was_lost_comes_back_from_the_backup_line_for_line(on_example: CommandLine) -> None:
    (on_example.folder / "safe").mkdir()
    head = on_example.well("verify").out.split()[-1]
    assert head in on_example.well("backup", "safe").out
    before = journal_path(on_example.path).read_bytes()
    on_example.path.unlink()
    journal_path(on_example.path).unlink()
    here = ("--register", str(on_example.path))
    assert head in on_example.well(*here, "restore", str(backups(on_example)[0])).out
    assert journal_path(on_example.path).read_bytes() == before
    assert verify(on_example.path).faults == ()


def test_a_newer_register_is_put_aside_only_when_somebody_says_so(on_example: CommandLine) -> None:
    (on_example.folder / "safe").mkdir()
    on_example.well("backup", "safe")
    on_example.well("capture", "Written since")
    since = journal_path(on_example.path).read_bytes()
    saved = str(backups(on_example)[0])
    refused = on_example("restore", saved)
    assert refused.code == 3
    assert "1 line that the backup does not" in refused.err
    assert journal_path(on_example.path).read_bytes() == since
    on_example.well("restore", saved, "--yes")
    assert "Written since" not in on_example.well("list").out
    (kept,) = on_example.folder.glob("*.journal.jsonl.before-restore-*")
    assert kept.read_bytes() == since


def test_an_older_register_makes_way_for_a_backup_that_holds_all_of_it(
    on_example: CommandLine,
) -> None:
    (on_example.folder / "safe").mkdir()
    on_example.well("backup", "safe")
    journal = journal_path(on_example.path)
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(lines[:-3]))
    on_example.path.unlink()
    on_example.well("restore", str(backups(on_example)[0]))
    assert journal.read_bytes() == b"".join(lines)


def test_a_damaged_backup_is_refused_and_nothing_is_touched(on_example: CommandLine) -> None:
    (on_example.folder / "safe").mkdir()
    on_example.well("backup", "safe")
    saved = backups(on_example)[0]
    whole, before = saved.read_bytes(), journal_path(on_example.path).read_bytes()
    for damaged, code in ((whole[:-100], 1), (b"Not packed", 2), (whole[:5000] + whole[5010:], 1)):
        saved.write_bytes(damaged)
        done = on_example("restore", str(saved), "--yes")
        assert done.code == code, done.err
        assert done.err.count("\n") <= 2
    assert journal_path(on_example.path).read_bytes() == before


def test_only_the_newest_backups_of_this_register_stay(on_example: CommandLine) -> None:
    safe = on_example.folder / "safe"
    safe.mkdir()
    other = safe / "horizon-r-of-another-20200101T000000Z.jsonl.gz"
    other.write_bytes(b"x")
    on_example.well("backup", "safe")
    (made,) = [each for each in backups(on_example) if each != other]
    stem = made.name[: -len("20261124T000000Z.jsonl.gz")]
    for year in (2020, 2021, 2022):
        (safe / f"{stem}{year}0101T000000Z.jsonl.gz").write_bytes(b"x")
    done = on_example.well("backup", "safe", "--keep", "2")
    assert "Removed 3 older backups" in done.out
    left = {each.name for each in backups(on_example)}
    assert len(left) == 3
    assert {other.name, made.name} < left
