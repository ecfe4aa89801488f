"""register.json: readable, whole, fitted to its journal, and never believed against it."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest
from tinydb import where
from tinydb.table import Document

from horizon.model.base import canonical
from horizon.model.errors import StoreFault
from horizon.store import snapshot
from horizon.store.files import FileStore, journal_path
from horizon.store.snapshot import SnapshotDB, SnapshotStorage, Unreadable
from tests.store.making import AT, PERSON, Desk, beginning, facts, found, proposed, technology_id


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "register.json"
    desk = Desk.begun(path, technologies=3)
    desk.save()
    return path


def test_a_saved_register_opens_as_it_was_without_reading_the_journal(path: Path) -> None:
    store = FileStore(path)
    tables = store.snapshot()
    assert tables is not None
    # Damage before the place where the snapshot stands is for verify to find.
    lines = journal_path(path).read_bytes().splitlines(keepends=True)
    lines[1] = lines[1].replace(b"Technology 1", b"Technology X")
    journal_path(path).write_bytes(b"".join(lines))
    assert store.since(5) == []
    assert not store.changed()
    assert store.notices == []
    path.unlink()
    journal_path(path).write_bytes(b"".join(lines).replace(b"Technology X", b"Technology 1"))
    assert tables == Desk(path).state.tables()


def test_a_snapshot_that_is_behind_is_completed_from_the_journal(path: Path) -> None:
    Desk(path).write(facts(1, 2))
    desk = Desk(path)
    assert [commit.events[0].seq for commit in desk.caught_up] == [6]
    assert desk.store.notices == []


def test_the_file_is_indented_sorted_json_that_people_can_compare(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    content = json.loads(text)
    assert text == json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    assert content["technologies"][technology_id(2)]["name"] == "Technology 2"
    assert content["people"][PERSON]["name"] == "Alex Example"


def test_a_large_file_has_one_record_a_line_and_reads_the_same(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = path.read_bytes()
    monkeypatch.setattr(snapshot, "INDENTED_UP_TO", 3)
    Desk(path).save()
    large = path.read_bytes()
    assert large != small
    assert json.loads(large) == json.loads(small)
    technologies = [line for line in large.splitlines() if b'"t-0' in line]
    assert len(technologies) == 3
    assert Desk(path).names == ["Technology 1", "Technology 2", "Technology 3"]


def test_technologies_come_back_in_the_order_in_which_they_entered(tmp_path: Path) -> None:
    path = tmp_path / "register.json"
    desk = Desk.begun(path)
    for number in (9, 3, 12, 1):
        desk.write(proposed(number))
    desk.save()
    assert Desk(path).names == ["Technology 9", "Technology 3", "Technology 12", "Technology 1"]


def test_content_that_did_not_change_is_not_written_again(path: Path) -> None:
    before = path.stat()
    Desk(path).save()
    after = path.stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_the_mode_of_the_file_is_kept(path: Path) -> None:
    path.chmod(0o640)
    desk = Desk(path)
    desk.write(facts(1, 2))
    desk.save()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_what_a_killed_process_left_behind_is_cleared_away(path: Path) -> None:
    left = path.with_name(".register.json.abc123.tmp")
    left.write_text("half a reg")
    desk = Desk(path)
    desk.write(facts(1, 2))
    desk.save()
    assert sorted(each.name for each in path.parent.iterdir()) == [
        "register.journal.jsonl",
        "register.json",
        "register.lock",
    ]


def test_a_deleted_snapshot_is_rebuilt_names_included(path: Path) -> None:
    before = path.read_bytes()
    path.unlink()
    desk = Desk(path)
    assert desk.state.person_name(PERSON) == "Alex Example"
    desk.save()
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "content",
    [b"", b"  \n", b"{", b"not json", b"[]", b"null", b'{"head": 3}', b'{"head": {"1": \xff}}'],
)
def test_a_snapshot_that_cannot_be_read_is_rebuilt_and_the_broken_one_kept(
    path: Path, content: bytes
) -> None:
    path.write_bytes(content)
    assert [line for line, _ in found(path)] == [0]
    desk = Desk(path)
    assert desk.names == ["Technology 1", "Technology 2", "Technology 3"]
    assert any("cannot be read" in each for each in desk.store.notices)
    assert path.read_bytes() == content
    desk.save()
    (kept,) = path.parent.glob("register.json.damaged-*")
    assert kept.read_bytes() == content
    assert found(path) == []
    assert Desk(path).store.notices == []


def test_a_snapshot_cut_anywhere_is_rebuilt(path: Path) -> None:
    whole = path.read_bytes()
    for end in range(0, len(whole) - 2, 97):
        path.write_bytes(whole[:end])
        assert Desk(path).names == ["Technology 1", "Technology 2", "Technology 3"]


def test_a_snapshot_edited_by_hand_is_not_believed(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("Technology 2", "Technology X")
    path.write_text(text, encoding="utf-8")
    assert any("changed by something other than Horizon" in what for _, what in found(path))
    desk = Desk(path)
    assert desk.names == ["Technology 1", "Technology 2", "Technology 3"]
    assert any("changed by something other than Horizon" in each for each in desk.store.notices)
    desk.save()
    assert len(list(path.parent.glob("register.json.damaged-*"))) == 1
    assert found(path) == []


def test_a_snapshot_only_laid_out_anew_is_still_believed(path: Path) -> None:
    path.write_text("\ufeff" + path.read_text(encoding="utf-8").replace("\n", "\r\n"), "utf-8")
    assert found(path) == []
    assert Desk(path).store.notices == []


def test_a_snapshot_ahead_of_its_journal_makes_the_register_read_only(path: Path) -> None:
    lines = journal_path(path).read_bytes().splitlines(keepends=True)
    journal_path(path).write_bytes(b"".join(lines[:-1]))
    assert any(line == 0 and "includes events up to 5" in what for line, what in found(path))
    desk = Desk(path)
    assert desk.names == ["Technology 1", "Technology 2"]
    assert "includes events up to 5" in desk.store.read_only
    with pytest.raises(StoreFault, match="includes events up to 5"):
        desk.save()
    with pytest.raises(StoreFault, match="includes events up to 5"):
        desk.write(proposed(4))


def test_a_snapshot_of_another_register_makes_the_register_read_only(
    path: Path, tmp_path: Path
) -> None:
    Desk.begun(tmp_path / "other.json", technologies=3).save()
    os.replace(tmp_path / "other.json", path)
    desk = Desk(path)
    assert "different histories" in desk.store.read_only
    assert any(line == 0 and "different histories" in what for line, what in found(path))


def test_a_snapshot_without_its_journal_is_given_and_said_to_be_so(path: Path) -> None:
    journal_path(path).unlink()
    store = FileStore(path)
    assert store.journal_missing
    tables = store.snapshot()
    assert tables is not None
    assert len(tables["technologies"]) == 3
    assert store.since(0) == []
    journal_path(path).write_bytes(b"")
    assert FileStore(path).journal_missing


def test_a_broken_snapshot_without_its_journal_is_refused_in_words(path: Path) -> None:
    journal_path(path).unlink()
    path.write_bytes(b"{")
    with pytest.raises(StoreFault, match="no journal beside it"):
        FileStore(path).snapshot()


def test_a_new_journal_can_begin_beside_a_snapshot_that_lost_its_own(path: Path) -> None:
    journal_path(path).unlink()
    store = FileStore(path)
    assert store.snapshot() is not None
    store.append([*beginning(), proposed(1)], by=PERSON, at=AT)
    assert not store.journal_missing
    assert [line for line, _ in store.history()] == [1]


def test_a_state_that_is_behind_is_never_saved(path: Path) -> None:
    desk, other = Desk(path), Desk(path)
    tables = desk.state.tables()
    other.write(facts(1, 2))
    desk.catch_up()
    with pytest.raises(StoreFault, match="moved on"):
        desk.store.save_snapshot(tables)


def test_conflicting_copies_beside_the_register_are_mentioned(path: Path) -> None:
    copy = path.with_name("register (Sam's conflicted copy 2026-11-24).json")
    copy.write_bytes(b"{}")
    assert any(copy.name in each for each in Desk(path).store.notices)


def test_the_snapshot_is_a_tinydb_with_ids_of_our_own(path: Path) -> None:
    db = SnapshotDB(path)
    assert db.tables() == {"frameworks", "head", "meetings", "people", "technologies"}
    technologies = db.table("technologies")
    (second,) = technologies.search(where("name") == "Technology 2")
    assert second.doc_id == technology_id(2)
    assert technologies.get(doc_id=technology_id(3))["label"] == "T-0003"
    with pytest.raises(ValueError, match="its own id"):
        technologies.insert({"name": "nobody"})


def test_a_tinydb_of_ours_writes_the_file_the_same_way(tmp_path: Path) -> None:
    db = SnapshotDB(tmp_path / "db.json")
    db.table("people").insert(Document({"b": 1, "a": "é"}, doc_id="p-2"))
    db.table("people").insert(Document({"name": "x"}, doc_id="p-1"))
    db.table("people").update({"b": 2}, doc_ids=["p-2"])
    text = (tmp_path / "db.json").read_text(encoding="utf-8")
    content = json.loads(text)
    assert content == {"people": {"p-1": {"name": "x"}, "p-2": {"a": "é", "b": 2}}}
    assert text == json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def test_records_may_be_written_as_bytes_or_as_mappings(tmp_path: Path) -> None:
    record = {"z": [1, {"y": None}], "a": "é\u0000"}
    one, two = SnapshotStorage(tmp_path / "one"), SnapshotStorage(tmp_path / "two")
    one.write({"t": {"k": record}, "empty": {}})
    two.write({"t": {"k": canonical(record)}, "empty": {}})
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert one.read() == {"t": {"k": record}, "empty": {}}
    (tmp_path / "one").write_bytes(b"{")
    with pytest.raises(Unreadable):
        one.read()
