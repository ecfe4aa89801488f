"""Dates as people type them, the day first as in Britain."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from horizon.model.days import example, read_day
from horizon.model.errors import BadInput
from horizon.model.wording import day

DAYS = st.dates(date(1900, 1, 1), date(2999, 12, 31))


@given(DAYS)
def test_a_day_is_read_in_every_way_in_which_people_write_it(when: date) -> None:
    slashes = f"{when.day}/{when.month}/{when.year}"
    short = f"{when.day} {day(when).split()[1][:3]} {when.year}"
    for written in (when.isoformat(), slashes, slashes.replace("/", "."), day(when), short):
        assert read_day(written) == when
        assert read_day(f"  {written.upper()} ") == when


@pytest.mark.parametrize(
    "text", ["", "soon", "24/13/2026", "31 February 2027", "3 Mai 2027", "1/2/27", "3 Ju 2027"]
)
def test_what_is_no_day_is_refused_in_words(text: str) -> None:
    with pytest.raises(BadInput, match="is not a date"):
        read_day(text)


@given(DAYS)
def test_the_example_of_a_day_to_come_is_to_come(when: date) -> None:
    assert read_day(example(when)) > when
