"""What would take an approval away is asked about before it is saved."""

from __future__ import annotations

from pathlib import Path

from tests.tui.using import User, go, using

APPROVED = "T-0001"


async def begin(user: User, key: str) -> None:
    await go(user, APPROVED)
    await user.press(key)
    await user.until(lambda: user.on in ("FactsScreen", "EthicsScreen"))


async def asked(user: User, *keys: str) -> None:
    await user.press(*keys)
    await user.until(lambda: user.on == "Ask")
    assert "Saving reopens" in user.screen


async def test_facts_that_take_an_approval_away_are_saved_only_when_somebody_says_so(
    example: Path,
) -> None:
    async with using(example) as user:
        await begin(user, "f")
        await asked(user, "down", "down", "y", "ctrl+s")
        assert "Red lines are not cleared any more: LB4." in user.screen
        await user.reach("FactsScreen", "enter")
        assert not user.register.technology(APPROVED).reopenings
        await asked(user, "ctrl+s")
        await user.reach("TechnologyScreen", "right", "enter")
        assert user.register.technology(APPROVED).reopenings


async def test_answers_that_take_an_approval_away_are_saved_only_when_somebody_says_so(
    example: Path,
) -> None:
    async with using(example) as user:
        await begin(user, "e")
        await asked(user, "n", "ctrl+s")
        await user.reach("EthicsScreen", "escape")
        assert user.register.technology(APPROVED).answers["LB1"].answer == "yes"
        await asked(user, "ctrl+s")
        await user.reach("TechnologyScreen", "right", "enter")
        assert user.register.technology(APPROVED).answers["LB1"].answer == "no"


async def test_what_takes_nothing_away_is_saved_without_a_question(example: Path) -> None:
    async with using(example) as user:
        await begin(user, "f")
        await user.reach("TechnologyScreen", "n", "ctrl+s")
        assert user.register.technology(APPROVED).facts["personal_data"] == "no"
