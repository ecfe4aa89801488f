"""Quick versions of what `python -m tests.bench.bench_tampering` plays at length."""

from __future__ import annotations

from pathlib import Path

import pytest

from horizon.model.envelope import Draft
from horizon.model.events import DetailsAmended
from tests.faults import tampering
from tests.faults.tampering import KINDS, Journal, Tried
from tests.store.making import Desk, facts, technology_id

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register of five lines, one of them with two events, one with a fraction."""
    path = tmp_path_factory.mktemp("tampering") / "register.json"
    desk = Desk.begun(path, technologies=1)
    desk.write(facts(1, 2))
    amended = DetailsAmended(changes={"trl": 4, "summary": "Café"}, reason="Looked again")
    desk.write(Draft(subject=technology_id(1), revision=3, data=amended))
    desk.save()
    return path


@pytest.fixture(scope="module")
def illustrative() -> Journal:
    return Journal(ROOT / "register.json")


def all_named(tried: Tried) -> bool:
    return tried.tried == tried.found == tried.named > 0


@pytest.mark.parametrize("quick", [False, True], ids=["whole check", "chain alone"])
def test_every_bit_of_every_line_that_flips_is_found_and_the_line_named(
    small: Path, quick: bool
) -> None:
    tried = tampering.every_bit(Journal(small), quick=quick)
    assert tried.tried > 10_000
    assert all_named(tried), tried


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_done_to_any_line_of_the_illustrative_register_is_found(
    illustrative: Journal, kind: str
) -> None:
    tried = KINDS[kind](illustrative)
    assert tried.tried > 1_000
    assert all_named(tried), tried


def test_any_record_that_is_edited_in_register_json_is_found(example: Path) -> None:
    tried = tampering.snapshot_edited(example)
    assert tried.tried > 30
    assert all_named(tried), tried
