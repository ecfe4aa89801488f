"""The publication rules: every field of every record has a marking, and mistakes have a line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from horizon.framework.loading import shipped_folder
from horizon.framework.publication import FILE, load_publication, shipped_publication
from horizon.model.errors import BadInput
from horizon.model.meeting import Meeting
from horizon.model.release import Release
from horizon.model.state import FrameworkCopy, Head, ImportKept, IssuedPaper
from horizon.model.technology import Note, Origin, Technology
from horizon.model.triage import Triage

NEVER_SHOWN = {ImportKept, IssuedPaper, Note, Origin, Release, Triage}
"""Records that stand only in fields which are withheld whole."""


def records(root: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A kind of record and every kind that can stand in it."""
    waiting, seen = [root], set()
    while waiting:
        kind = waiting.pop()
        if kind in seen or kind in NEVER_SHOWN:
            continue
        seen.add(kind)
        yield kind
        for field in kind.model_fields.values():
            waiting += inner(field.annotation)


def inner(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for each in get_args(annotation) for found in inner(each)]


RECORDS = sorted(
    {each for root in (Technology, Meeting, Head, FrameworkCopy) for each in records(root)},
    key=lambda each: each.__name__,
)


@pytest.mark.parametrize("record", RECORDS, ids=[each.__name__ for each in RECORDS])
def test_every_field_has_a_marking_and_every_marking_a_field(record: type[BaseModel]) -> None:
    marked = shipped_publication().records.get(record.__name__, {})
    assert set(marked) == set(record.model_fields), (
        f"Give each field of {record.__name__} a marking in criteria/{FILE}, and take out those "
        "that are gone"
    )


def test_no_record_is_marked_that_is_not_there() -> None:
    assert set(shipped_publication().records) == {each.__name__ for each in RECORDS}


def test_every_field_that_holds_a_person_is_personal() -> None:
    rules = shipped_publication()
    held = {
        (record.__name__, name)
        for record in RECORDS
        for name, field in record.model_fields.items()
        if "p-[0-9a-f]" in f"{field!r} {field.annotation!r}"
        or name in ("by", "opened_by", "closed_by", "called_by", "proposed_by", "adopted_by")
    }
    assert len(held) > 10
    for record, name in held:
        assert rules.rule(record, name).marking == "personal", (record, name)


def test_typed_text_is_never_shown_without_release() -> None:
    """Words of closed lists, ids and hashes apart, a text field is free or withheld; what people
    and organisations are called in a few words is shown without anybody's name."""
    closed = {
        "label", "stage", "number", "body", "gate", "outcome", "supersedes", "superseded_by",
        "meeting", "item", "document", "id", "at", "proposed_at", "changed_at", "opened_at",
        "closed_at", "framework", "digest", "evidence", "name", "register_id", "created_at",
        "hash", "paper_hash", "paper_at", "adopted_framework", "missing_history", "last_at",
        "adopted_at", "review_by", "ref", "called_at", "at_meeting", "settled_by", "trigger",
        "discharged_by", "decision", "followed", "ground", "method", "merged_into",
    }  # fmt: skip
    for record in RECORDS:
        for name, field in record.model_fields.items():
            rule = shipped_publication().rule(record.__name__, name)
            is_text = field.annotation in (str, str | None)
            if is_text and rule.marking == "OFFICIAL" and not (rule.free or rule.brief):
                assert name in closed, (record.__name__, name)


def test_a_field_nobody_lists_is_withheld() -> None:
    rule = shipped_publication().rule("Technology", "a_field_of_tomorrow")
    assert (rule.marking, rule.ground) == ("OFFICIAL-SENSITIVE", "unmarked")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('trl = { marking = "OFFICIAL" }', 'trl = { marking = "SECRET" }', "marking cannot be"),
        ('trl = { marking = "OFFICIAL" }', 'trl = { marking = "personal" }', "needs a ground"),
        ('trl = { marking = "OFFICIAL" }', 'trl = { marking = "OFFICIAL", fre = 1 }', "no 'fre'"),
        ('id = "unread"', 'id = "unreda"', "unread is needed"),
        ('dated = 2026-11-25', 'dated = "soon"', "dated cannot be 'soon'"),
        ('trl = { marking = "OFFICIAL" }', "trl = {", "not TOML"),
        (
            'owner = { marking = "personal", ground = "personal" }',
            'owner = { marking = "personal", ground = "private" }',
            "names the ground 'private'",
        ),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_file(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = tmp_path / FILE
    text = (shipped_folder() / FILE).read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        load_publication(path)
    assert said in str(refused.value)
    assert FILE in refused.value.where


def test_a_mistake_in_a_field_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / FILE
    text = (shipped_folder() / FILE).read_text(encoding="utf-8")
    spoilt = text.replace('trl = { marking = "OFFICIAL" }', 'trl = { marking = "SECRET" }')
    path.write_text(spoilt, encoding="utf-8")
    line = spoilt[: spoilt.index("SECRET")].count("\n") + 1
    with pytest.raises(BadInput, match=f"line {line}"):
        load_publication(path)
