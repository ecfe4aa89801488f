"""Counts that go on over several lines: each is drawn whole, and a click finds it there."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from horizon.tui.widgets.filter_line import FilterLine

WORDS = ("all", "new (12)", "changed (3)", "possible duplicate (1)")


class Counted(App[None]):
    """Counts on a screen of their own."""

    def __init__(self) -> None:
        super().__init__()
        self.chosen: list[int] = []

    def compose(self) -> ComposeResult:
        yield FilterLine(id="counts")

    def on_mount(self) -> None:
        self.query_one(FilterLine).show(WORDS, 1)

    def on_filter_line_chosen(self, event: FilterLine.Chosen) -> None:
        self.chosen.append(event.number)


def lines_of(line: FilterLine) -> list[str]:
    return str(line.render()).splitlines()


async def test_counts_that_do_not_fit_go_on_below_and_none_is_cut() -> None:
    app = Counted()
    async with app.run_test(size=(40, 10)):
        line = app.query_one(FilterLine)
        assert lines_of(line) == [
            "0 all   [1 new (12)]   2 changed (3)",
            "3 possible duplicate (1)",
        ]
        assert line.size.height == 2


@pytest.mark.parametrize(
    ("x", "y", "chosen"),
    [(0, 0, [0]), (4, 0, [0]), (5, 0, []), (8, 0, [1]), (19, 0, [1]), (23, 0, [2]), (3, 1, [3])],
)
async def test_a_click_on_a_count_chooses_it_and_one_between_two_does_nothing(
    x: int, y: int, chosen: list[int]
) -> None:
    app = Counted()
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.click(FilterLine, offset=(x, y))
        await pilot.pause()
        assert app.chosen == chosen


async def test_a_click_below_the_last_count_of_a_line_does_nothing() -> None:
    app = Counted()
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.click(FilterLine, offset=(30, 1))
        await pilot.pause()
        assert app.chosen == []
