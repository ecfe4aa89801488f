"""The Route board: who stands where, and what keeps each from going on."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Static

from horizon.model.technology import Details
from horizon.model.wording import span
from horizon.register import Proposal, Register
from horizon.tui.screens.board import BoardScreen, _around
from horizon.tui.widgets.route_board import RouteBoard
from tests.clocks import StandingClock
from tests.tui.using import NARROW, WIDE, User, using


async def board(user: User) -> RouteBoard:
    """Go to the board and wait until what is in view has been looked up."""
    await user.press("b")
    await user.until(lambda: user.on == "BoardScreen")
    await looked_up(user)
    return user.app.screen.query_one(RouteBoard)


async def looked_up(user: User) -> None:
    screen = user.app.screen
    assert isinstance(screen, BoardScreen)
    shown = screen.query_one(RouteBoard)
    await user.until(lambda: all(screen._known(each) for each in shown.in_view()))
    await user.pilot.pause()


async def to_lane(user: User, shown: RouteBoard, name: str) -> None:
    """Go to the column of a stage."""
    names = [each.name for each in shown.lanes]
    await user.press(*["right"] * names.index(name))


def whole(user: User) -> str:
    """The card under the cursor in full words."""
    return str(user.app.screen.query_one("#whole", Static).content)


def label(user: User, shown: RouteBoard) -> str:
    return user.register.label(shown.current) if shown.current else ""


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])
async def test_each_stage_is_a_column_and_the_ended_ones_are_folded(
    example: Path, size: tuple[int, int]
) -> None:
    async with using(example, size=size) as user:
        shown = await board(user)
        route = user.register.framework.route
        names = [each.name for each in shown.lanes]
        assert names == [each.name for each in route.stages if not each.ended] + ["Ended"]
        headers = user.register.state.technologies.headers()
        assert sum(each.count for each in shown.lanes) == len(headers)
        assert shown.across == size[0] // 26
        assert "Signal 1" in user.screen
        await user.press("x")
        assert [each.name for each in shown.lanes] == [each.name for each in route.stages]
        assert sum(len(each.cards) for each in shown.lanes) == len(headers)


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])
async def test_what_has_ended_is_shown_under_the_cursor_and_folded_again(
    example: Path, size: tuple[int, int]
) -> None:
    async with using(example, size=size) as user:
        shown = await board(user)
        route = user.register.framework.route
        ended = {each.id for each in route.stages if each.ended}
        await user.press("x")
        assert user.register.header(shown.current).stage in ended
        assert "4 ended shown." in user.screen
        assert "x Hide ended" in user.screen
        await user.press("x")
        assert "x Show ended" in user.screen
        assert shown.lane
        assert shown.lane.name == "Ended"
        assert whole(user) == "4 technologies have left the route. Press x to see them."


async def test_a_column_that_is_empty_says_no_more_than_that(example: Path) -> None:
    async with using(example) as user:
        shown = await board(user)
        await user.press("x")
        await user.press(*["left"] * len(shown.lanes))
        names = [each.name for each in shown.lanes]
        await user.press(*["right"] * names.index("Expired"))
        assert whole(user) == "No technology is in this column."


async def test_the_line_above_the_board_is_never_cut(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        shown = await board(user)
        for _ in shown.lanes:
            above = next(each for each in user.screen.splitlines() if "Stages" in each)
            assert above.rstrip().endswith("E ethics, D delivery")
            await user.press("right")


@pytest.mark.parametrize("cards", [0, 29, 9_999])
def test_the_line_above_the_board_says_less_where_there_is_little_room(cards: int) -> None:
    said = _around("Stages 11-13 of 17", cards, cards, 73)
    assert len(said) <= 73
    assert "E ethics, D delivery" in said


async def test_what_a_signal_lacks_is_said_once_and_who_can_supply_it(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await board(user)
        said = " ".join(whole(user).split())
        assert said.startswith("T-0029 Gait recognition. No decision yet on ethics or delivery.")
        assert said.count("internal sponsor") == 1
        assert "The futures team adds a sighting" in said


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])
async def test_the_arrow_keys_reach_every_card(example: Path, size: tuple[int, int]) -> None:
    async with using(example, size=size) as user:
        shown = await board(user)
        await user.press("x")
        await user.press(*["left"] * len(shown.lanes))
        seen = set()
        for lane in shown.lanes:
            for _ in lane.cards:
                assert shown.current in shown.in_view()
                seen.add(shown.current)
                await user.press("down")
            await user.press("home", "right")
        assert len(seen) == len(user.register.state.technologies)


async def test_a_card_says_its_age_both_legs_and_what_blocks_it(example: Path) -> None:
    async with using(example) as user:
        shown = await board(user)
        await to_lane(user, shown, "In trial")
        await looked_up(user)
        while label(user, shown) != "T-0019":
            await user.press("down")
        assert "Ethics: lapsed. Delivery: approved." in whole(user)
        assert "Needs for evaluated: " in whole(user)
        assert "OVERDUE" in user.screen
        assert "E lapsed  D approved" in user.screen


async def test_what_is_ready_says_where_it_can_go(example: Path) -> None:
    async with using(example) as user:
        shown = await board(user)
        await to_lane(user, shown, "Triaged")
        assert "Nothing is missing on the way to assessing." in whole(user)
        assert "Ready: to assessing" in user.screen


async def test_within_a_column_the_longest_there_comes_first(example: Path) -> None:
    async with using(example) as user:
        shown = await board(user)
        for lane in shown.lanes:
            days = [user.register.header(each).stage_since for each in lane.cards]
            assert days == sorted(days)


async def test_enter_opens_and_g_opens_the_gate_and_a_moved_card_keeps_the_cursor(
    example: Path,
) -> None:
    async with using(example, size=NARROW) as user:
        shown = await board(user)
        await user.press("right", "right", "enter")
        await user.until(lambda: user.on == "TechnologyScreen")
        await user.press("escape")
        await user.until(lambda: user.on == "BoardScreen")
        moving = shown.current
        await user.press("g")
        await user.until(lambda: user.on == "MoveScreen")
        await user.press("enter")
        await user.until(lambda: user.on == "BoardScreen")
        assert user.register.header(moving).stage == "assessing"
        await user.until(lambda: shown.current == moving)
        assert shown.lanes[shown._lane].name == "Assessing"
        assert moving in shown.in_view()


async def test_a_register_that_cannot_be_written_opens_no_gate(example: Path) -> None:
    async with using(example) as user:
        await board(user)
        user.register.store.read_only = "The folder cannot be written to."  # type: ignore[misc]
        await user.press("g")
        assert user.on == "BoardScreen"
        await user.until(lambda: "cannot be written" in user.screen)


async def test_a_click_chooses_a_card_and_a_second_opens_it(example: Path) -> None:
    async with using(example) as user:
        shown = await board(user)
        await user.pilot.click(RouteBoard, offset=(65, 8))
        assert shown.current == shown.lanes[2].cards[1]
        await user.pilot.click(RouteBoard, offset=(65, 8))
        await user.until(lambda: user.on == "TechnologyScreen")


@pytest.mark.parametrize("size", [NARROW, (30, 12), (200, 60)])
async def test_an_empty_register_has_an_empty_board(empty: Path, size: tuple[int, int]) -> None:
    async with using(empty, size=size) as user:
        shown = await board(user)
        assert "Nothing here." in user.screen
        await user.press("left", "right", "down", "up", "enter", "g", "end", "home", "x")
        assert shown.current == ""


async def test_only_the_cards_in_view_are_made(tmp_path: Path) -> None:
    path = tmp_path / "register.json"
    clock = StandingClock()
    with Register.create(path, name="Many", acting="Asha Example", clock=clock) as register:
        register.propose_many(
            [Proposal(details=Details(name=f"Signal {number}")) for number in range(2000)]
        )
    async with using(path, clock=clock) as user:
        shown = await board(user)
        screen = user.app.screen
        assert isinstance(screen, BoardScreen)
        assert shown.lanes[0].count == 2000
        await user.press("end")
        await looked_up(user)
        assert label(user, shown) == "T-2000"
        assert "T-2000" in user.screen
        assert len(screen._blocked) <= 3 * shown.deep
        assert len(screen._cards) <= 3 * shown.deep


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "0 days"), (1, "1 day"), (59, "59 days"), (60, "2 months"), (729, "24 months"),
     (730, "2 years"), (-3, "0 days")],
)  # fmt: skip
def test_ages_are_said_as_people_say_them(days: int, words: str) -> None:
    assert span(days) == words
