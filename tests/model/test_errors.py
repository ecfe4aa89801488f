"""What a refusal says is one line that nothing in it can steer."""

from __future__ import annotations

import pytest

from horizon.model.errors import LONGEST_MESSAGE, BadInput, HorizonError, RuleBroken, StoreFault
from tests.hostile import HOSTILE, RAW

ERRORS = [
    BadInput(f"There is no {HOSTILE}", where=f"a\n{HOSTILE}", do="Look"),
    RuleBroken(f"{HOSTILE} is refused", missing=[HOSTILE, "two\nlines"], who="Ask \ud800"),
    StoreFault(HOSTILE),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_a_refusal_is_one_line_without_what_steers(error: HorizonError) -> None:
    said = str(error)
    said.encode("utf-8")
    assert "\n" not in said
    assert not RAW.search(said)
    assert "[U+" in said or "\\x1b" in said  # it is spelt out, not lost


def test_of_a_very_long_refusal_the_middle_is_left_out() -> None:
    said = str(BadInput("x" * 200_000, where="list.csv", do="Use less"))
    assert len(said) <= LONGEST_MESSAGE
    assert said.startswith("list.csv: xxx")
    assert said.endswith("Use less.")


def test_beside_each_thing_that_is_missing_stands_who_can_supply_it() -> None:
    lacks = [("the cost", "The owner can supply it."), ("a day", "")]
    error = RuleBroken("It cannot be approved", lacks=lacks, who="Then try again.")
    assert error.missing == ("the cost", "a day")
    assert error.lines == ["Missing: the cost. The owner can supply it.", "Missing: a day."]
    said = "Missing: the cost (The owner can supply it); a day. Then try again."
    assert str(error) == f"It cannot be approved. {said}"
