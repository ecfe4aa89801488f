"""The queue of pairs that may be the same: side by side, one key a verdict, every one undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from horizon.register import Register
from horizon.tui.widgets.beside import Beside
from tests.clocks import StandingClock
from tests.tui.using import NARROW, WIDE, User, using


@pytest.fixture
def pairs(empty: Path) -> Path:
    """A register with two pairs that may be the same, and one technology more."""
    with Register.open(empty, acting="Asha Example", clock=StandingClock()) as register:
        register.propose(name="Apache Kafka", summary="Streams events")
        register.propose(name="Kafka", supplier="Someone Ltd", summary="Streams events")
        register.propose(name="OPA")
        register.propose(name="Open Policy Agent")
        register.propose(name="Gait recognition")
    return empty


def beside(user: User) -> str:
    return user.app.screen.query_one(Beside).words


async def open_queue(user: User) -> None:
    await user.press("d")
    await user.until(lambda: user.on == "DuplicatesScreen")
    await user.until(lambda: "Pair 1 of 2" in user.screen)


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_a_pair_is_shown_side_by_side_with_what_is_alike_and_what_is_not(
    pairs: Path, size: tuple[int, int]
) -> None:
    async with using(pairs, size=size) as user:
        await open_queue(user)
        assert "Names that are the same but for 'Apache'" in user.screen
        assert "T-0001  Apache Kafka" in user.screen
        assert "T-0002  Kafka" in user.screen
        words = beside(user)
        assert "= Summary" in words
        assert "  Supplier" in words, "no mark where one of them says nothing"
        for key in ("Merge", "Different", "Skip", "Undo", "Other way round"):
            assert key in user.screen


async def test_merging_goes_on_to_the_next_pair_and_is_taken_back(pairs: Path) -> None:
    async with using(pairs) as user:
        await open_queue(user)
        await user.press("m")
        await user.until(lambda: "Pair 2 of 2" in user.screen)
        assert user.register.technology("T-0002").merged_into
        await user.press("u")
        await user.until(lambda: "Pair 1 of 2" in user.screen)
        assert user.register.technology("T-0002").merged_into is None


async def test_ctrl_z_takes_a_merge_back_here_and_after_the_queue_was_left(pairs: Path) -> None:
    async with using(pairs) as user:
        await open_queue(user)
        await user.press("m")
        await user.until(lambda: "Pair 2 of 2" in user.screen)
        await user.press("ctrl+z")
        await user.until(lambda: "Pair 1 of 2" in user.screen)
        await user.press("m")
        await user.until(lambda: "Pair 2 of 2" in user.screen)
        await user.press("escape")
        await user.until(lambda: user.on == "RegisterScreen")
        await user.press("ctrl+z")
        await user.until(lambda: user.register.technology("T-0002").merged_into is None)
        await user.press("ctrl+y")
        await user.until(lambda: user.register.technology("T-0002").merged_into is not None)


async def test_the_other_one_can_be_the_one_that_stays(pairs: Path) -> None:
    async with using(pairs) as user:
        await open_queue(user)
        await user.press("x")
        assert beside(user).index("T-0002") < beside(user).index("T-0001")
        await user.press("m")
        assert user.register.technology("T-0001").merged_into
        assert user.register.technology("T-0001").ended_reason == (
            "The same technology: names that are the same but for 'Apache'"
        )


async def test_the_queue_ends_and_what_was_marked_different_does_not_come_again(
    pairs: Path,
) -> None:
    async with using(pairs) as user:
        await open_queue(user)
        await user.press("d", "s")
        await user.until(lambda: "That was the last pair" in user.screen)
        await user.until(lambda: "Merge" not in user.screen)
        assert "u Undo" in user.screen
        assert "1 pair decided on" in user.screen
        await user.press("escape")
        await user.until(lambda: user.on == "RegisterScreen")
        await user.press("d")
        await user.until(lambda: "Pair 1 of 1" in user.screen)
        assert "OPA" in user.screen


async def test_a_refusal_is_said_and_the_pair_stays(
    pairs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("horizon.tui.host.LOOK_EVERY", 60)  # else the change may show up before
    clock = StandingClock()
    async with using(pairs, clock=clock) as user:
        await open_queue(user)
        with Register.open(pairs, acting="Ben Example", clock=clock) as other:
            other.amend("T-0002", {"trl": 5})
        await user.press("m")
        await user.until(lambda: "was changed by someone else" in user.screen)
        assert "Pair 1 of 2" in user.screen
        await user.press("m")
        await user.until(lambda: "Pair 2 of 2" in user.screen)


async def test_a_pair_that_somebody_else_decided_on_is_passed_over(pairs: Path) -> None:
    clock = StandingClock()
    async with using(pairs, clock=clock) as user:
        await open_queue(user)
        with Register.open(pairs, acting="Ben Example", clock=clock) as other:
            other.merge("T-0002", "T-0001", reason="One")
        user.app.look()
        await user.until(lambda: "Pair 2 of 2" in user.screen)


async def test_either_of_the_two_can_be_opened(pairs: Path) -> None:
    async with using(pairs) as user:
        await open_queue(user)
        await user.press("2")
        await user.until(lambda: user.on == "TechnologyScreen")
        assert "T-0002" in user.screen
        await user.press("escape")
        await user.until(lambda: user.on == "DuplicatesScreen")


async def test_with_nothing_alike_it_says_so_and_undo_has_nothing_to_do(empty: Path) -> None:
    async with using(empty, size=NARROW) as user:
        await user.press("d")
        await user.until(lambda: "No two entries look the same." in user.screen)
        await user.press("m", "d", "s", "x", "u", "1", "down", "escape")
        assert user.on == "RegisterScreen"


async def test_a_large_register_is_searched_beside_the_screen_and_escape_stops_it(
    empty: Path,
) -> None:
    from tests.intake.using import loaded

    clock = StandingClock()
    with Register.open(empty, acting="Asha Example", clock=clock) as register:
        rows = "".join(f"Tool {chr(97 + n // 26)}{chr(97 + n % 26)}ng\n" for n in range(400))
        loaded(register, f"name\n{rows}Kafka\nApache Kafka\n")
    async with using(empty, clock=clock) as user:
        await user.press("d")
        await user.until(lambda: "Apache Kafka" in user.screen)
        await user.press("escape", "d", "escape")
        assert user.on == "RegisterScreen"
