"""How dates and counts are said where there is room, and where there is little."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from horizon.model.wording import brief, day

LATE = "! Condition 1 of AISG/2026/004 was due 30 September 2026 (and 1 more)"


@pytest.mark.parametrize(
    ("words", "width", "said"),
    [
        ("Review due 1 December 2026", 40, "Review due 1 Dec 2026"),
        (LATE, 100, "! Condition 1 of AISG/2026/004 was due 30 Sep 2026 +1"),
        (LATE, 40, "! Condition 1 of AISG/20… 30 Sep 2026 +1"),
        (LATE, 20, "! Condition 1 of AISG/2026/004 was due 30 Sep 2026 +1"),
        ("Waiting for triage (and 2 more)", 5, "Waiting for triage +2"),
        ("May be the same as May 2026", 5, "May be the same as May 2026"),
    ],
)
def test_a_column_says_days_briefly_and_keeps_them(words: str, width: int, said: str) -> None:
    assert brief(words, width) == said


@given(st.dates(date(1900, 1, 1)), st.text(max_size=80), st.integers(25, 80))
def test_a_day_at_the_end_stands_within_the_width(on: date, before: str, width: int) -> None:
    said = brief(f"{before} due {day(on)}", width)
    assert len(said) <= width
    assert said.endswith(f" {on.year}")
