"""Every format that was ever released opens for ever; older ones are carried forward, newer ones
refused kindly."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from horizon.model import formats
from horizon.model.base import canonical
from horizon.model.envelope import GENESIS, commit_hash, data_digest
from horizon.model.errors import HorizonError, StoreFault
from horizon.model.formats import CURRENT
from horizon.register import Register
from horizon.register.checking import verify
from horizon.register.opening import replay
from horizon.register.views import history
from horizon.store.files import journal_path
from tests.clocks import StandingClock
from tests.formats import summary

KEPT = Path(__file__).parent.parent / "data" / "formats"

Change = Callable[[dict[str, Any]], None]


def copied(number: str, to: Path) -> Path:
    shutil.copytree(KEPT / number, to, dirs_exist_ok=True)
    return to / "register.json"


def opened(path: Path) -> Register:
    return Register.open(path, acting="Farah Example", clock=StandingClock())


def spelled_again(path: Path, change: Change) -> None:
    """The journal as another Horizon would have written it: events changed, the chain made anew."""
    prev, lines = GENESIS, []
    for raw in journal_path(path).read_bytes().splitlines():
        line = json.loads(raw)
        for event in line["events"]:
            if event["data"] is not None:
                change(event)
                event["digest"] = data_digest(event["salt"], event["data"])
        sealed = [
            {key: value for key, value in event.items() if key not in ("salt", "data")}
            for event in line["events"]
        ]
        line["prev"], line["hash"] = prev, commit_hash(prev, sealed)
        prev = line["hash"]
        lines.append(canonical(line) + b"\n")
    journal_path(path).write_bytes(b"".join(lines))
    path.unlink()


def beginning_in(version: int) -> Change:
    def change(event: dict[str, Any]) -> None:
        if event["kind"] == "register-created":
            event["data"]["schema_version"] = version

    return change


@pytest.mark.parametrize("number", sorted(each.name for each in KEPT.iterdir()))
def test_a_register_of_every_released_format_opens_and_says_what_it_said(
    number: str, tmp_path: Path
) -> None:
    path = copied(number, tmp_path)
    expected = json.loads((KEPT / number / "expected.json").read_text(encoding="utf-8"))
    assert verify(path).faults == ()
    assert summary.of(path) == expected
    with opened(path) as register:
        assert register.state.tables() == replay(register.store).tables()
        register.propose(name="A change in this Horizon")
    path.unlink()
    assert verify(path).faults == ()


def test_the_format_of_today_is_among_those_that_are_kept() -> None:
    assert str(CURRENT) in {each.name for each in KEPT.iterdir()}


def test_a_journal_names_its_format_in_its_first_event(empty: Path) -> None:
    first = json.loads(journal_path(empty).read_bytes().splitlines()[0])["events"][0]
    assert (first["kind"], first["data"]["schema_version"]) == ("register-created", CURRENT)


def refused(path: Path) -> list[str]:
    """What opening and verifying it say; nothing there is changed."""
    before = {each: each.read_bytes() for each in path.parent.iterdir() if each.is_file()}
    said = []
    for attempt in (opened, verify):
        with pytest.raises(HorizonError) as refusal:
            attempt(path)
        said.append(str(refusal.value))
    after = {each: each.read_bytes() for each in path.parent.iterdir() if each.suffix != ".lock"}
    assert after == {each: kept for each, kept in before.items() if each.suffix != ".lock"}
    return said


def test_a_newer_format_is_refused_with_which_it_is_and_what_to_do(tmp_path: Path) -> None:
    path = copied("1", tmp_path)

    def newer(event: dict[str, Any]) -> None:
        beginning_in(7)(event)
        if event["kind"] == "technology-proposed":
            event["data"] = {"nobody": "knows this yet"}

    spelled_again(path, newer)
    for words in refused(path):
        assert "format 7" in words
        assert "Install the newer Horizon" in words
        assert "\n" not in words


def test_a_register_that_a_newer_horizon_carried_forward_is_refused_too(tmp_path: Path) -> None:
    path = copied("1", tmp_path)

    def newer(event: dict[str, Any]) -> None:
        if event["kind"] == "import-undone":
            event["kind"], event["data"] = "format-raised", {"origin": 1, "to": 7, "kept": ""}

    spelled_again(path, newer)
    lines = journal_path(path).read_bytes().splitlines(keepends=True)
    journal_path(path).write_bytes(b"".join(lines) + b'{"what": "follows is unknown"}\n')
    for words in refused(path):
        assert "format 7" in words


def test_a_snapshot_of_a_newer_horizon_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = copied("1", tmp_path)
    journal_path(path).unlink()
    tables = json.loads(path.read_text(encoding="utf-8"))
    tables["head"]["1"] |= {"format": 7, "something": "new"}
    path.write_text(json.dumps(tables), encoding="utf-8")
    with pytest.raises(StoreFault, match="format 7"):
        opened(path)


def with_names(kind: str, data: dict[str, Any]) -> dict[str, Any]:
    """The step from a made-up format 0, in which a technology's name was called its title."""
    if "details" not in data:
        return data
    details = dict(data["details"])
    return {**data, "details": {"name": details.pop("title"), **details}}


def made_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The kept register as if it had been written in format 0."""
    monkeypatch.setitem(formats.STEPS, 0, with_names)
    path = copied("1", tmp_path)

    def older(event: dict[str, Any]) -> None:
        beginning_in(0)(event)
        if "details" in event["data"]:
            details = event["data"]["details"]
            details["title"] = details.pop("name")

    spelled_again(path, older)
    return path


def test_an_older_format_is_read_step_by_step_and_nothing_is_written_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made_up(tmp_path, monkeypatch)
    before = journal_path(path).read_bytes()
    assert b'"title":"Quantum sensing"' in before
    expected = json.loads((KEPT / "1" / "expected.json").read_text(encoding="utf-8"))
    found = summary.of(path)
    assert found["technologies"] == expected["technologies"]
    assert verify(path).faults == ()
    with opened(path) as register:
        register.save_snapshot()
        assert "proposed 'Quantum sensing'" in [each.words for each in history(register)]
    assert journal_path(path).read_bytes() == before
    assert not path.exists()


def test_an_older_format_is_carried_forward_with_the_first_change_after_a_copy_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made_up(tmp_path, monkeypatch)
    before = journal_path(path).read_bytes()
    with opened(path) as register:
        made = register.propose(name="The first change")
        (kept,) = tmp_path.glob("register.journal.jsonl.format-0-*")
        assert any(kept.name in each for each in register.notices)
        assert register.state.head.format == CURRENT
        register.amend(made.label, {"supplier": "Somebody"})
        assert len(list(tmp_path.glob("*.format-0-*"))) == 1
        words = [each.words for each in history(register)]
    assert f"carried the register from format 0 to format {CURRENT}" in words[-3]
    assert kept.read_bytes() == before
    assert journal_path(path).read_bytes().startswith(before)
    assert verify(path).faults == ()
    for lost in (False, True):
        if lost:
            path.unlink()
        with opened(path) as register:
            assert register.technology("The first change").supplier == "Somebody"
            assert register.technology("Quantum sensing").label == "T-0002"
            assert register.state.tables() == replay(register.store).tables()


def test_a_format_that_nobody_ever_released_is_refused(tmp_path: Path) -> None:
    path = copied("1", tmp_path)
    spelled_again(path, beginning_in(0))
    for words in refused(path):
        assert "no released Horizon wrote" in words
