"""Several tags or names in one line or cell."""

from __future__ import annotations

import pytest

from horizon.model.several import (
    BETWEEN_TAGS,
    in_one_cell,
    split_names,
    tags_in,
    tags_typed,
)


@pytest.mark.parametrize(
    ("cell", "tags"),
    [
        ("gait, walking", ("gait", "walking")),
        ("streaming,", ("streaming",)),
        ("gait; walking, slowly; run,", ("gait", "walking, slowly", "run")),
        ('"walking, slowly"', ("walking, slowly",)),
        ('"walking, slowly"; gait', ("walking, slowly", "gait")),
        (" , ", ()),
    ],
)
def test_a_cell_of_tags(cell: str, tags: tuple[str, ...]) -> None:
    assert tags_in(cell) == tags


def test_what_is_typed_has_commas_or_semicolons_between() -> None:
    assert tags_typed("gait, walking; run,") == ("gait", "walking", "run")


def test_a_name_may_hold_a_comma() -> None:
    assert split_names("Acme, Inc.; Other") == ("Acme, Inc.", "Other")


def test_tags_come_back_from_a_cell_as_they_went_in() -> None:
    for tags in (("a, b",), ("a", "b, c"), ('say "x"', "y;z"), ("a",)):
        assert tags_in(in_one_cell(tags, BETWEEN_TAGS)) == tags
