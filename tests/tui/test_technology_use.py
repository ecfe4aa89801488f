"""A technology's screen in use: keys, mouse, history, and other people at work meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import OptionList

from horizon.register import Register
from horizon.tui.screens.move import WayList
from horizon.tui.widgets.history_list import HistoryList
from horizon.tui.widgets.keys import Keys
from tests.clocks import StandingClock
from tests.tui.using import NARROW, WIDE, User, go, page, using


async def click_on(user: User, selector: str, words: str) -> None:
    """Click where a widget says these words."""
    widget = user.app.screen.query_one(selector)
    lines = str(widget.render()).split("\n")
    at = next(y for y, line in enumerate(lines) if words in line)
    region = widget.content_region
    await user.pilot.click(offset=(region.x + lines[at].index(words) + 1, region.y + at))
    await user.pilot.pause()


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_every_key_can_be_read_at_any_width(example: Path, size: tuple[int, int]) -> None:
    async with using(example, size=size) as user:
        await go(user, "Fraud report triage")
        for words in (
            "Facts", "Score", "Ethics", "Gate", "Decide", "Evidence", "Amend", "Conditions",
            "Sighting", "Review", "Withdraw", "Commands", "Help",
        ):  # fmt: skip
            assert words in "\n".join(user.screen.split("\n")[-3:])


async def test_a_click_on_a_key_presses_it(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await go(user, "Fraud report triage")
        await click_on(user, "Keys", "Conditions")
        await user.until(lambda: user.on == "ConditionsScreen")
        assert user.app.screen.query_one(Keys)


async def test_a_click_on_what_a_gate_misses_opens_what_supplies_it(example: Path) -> None:
    async with using(example) as user:
        await go(user, "Fraud report triage")
        await user.press("4")
        await user.until(lambda: "Test results for each protected group" in user.screen)
        await click_on(user, "#text-Route", "Test results for each protected group")
        await user.until(lambda: user.on == "EvidenceScreen")


async def test_history_is_newest_first_and_enter_shows_the_line(example: Path) -> None:
    async with using(example) as user:
        await go(user, "Fraud report triage")
        await user.press("5")
        entries = user.app.screen.query_one(HistoryList)
        await user.until(lambda: "Moved from trial approved to in trial" in entries.words)
        assert entries.words.index("Moved from trial") < entries.words.index("Proposed 'Fraud")
        await user.press("enter")
        await user.until(lambda: user.on == "LineScreen")
        line, commit = list(user.register.history(user.register.technology("19").id))[-1]
        words = page(user, "line")
        change = "Stage:       from trial approved to in trial"
        assert words.index(change) < words.index("In the journal") < words.index(commit.hash)
        assert f"Line:        {line}" in words
        await user.press("escape")
        await user.until(lambda: user.on == "TechnologyScreen")


async def test_scores_of_an_open_round_are_not_shown_in_its_line(example: Path) -> None:
    async with using(example) as user:
        await go(user, "Body-worn video tagging")
        await user.press("5")
        entries = user.app.screen.query_one(HistoryList)
        await user.until(lambda: "Submitted" in entries.words)
        said = entries.words.split("\n")[1::2]
        entries.highlighted = next(at for at, each in enumerate(said) if "Submitted" in each)
        await user.press("enter")
        await user.until(lambda: user.on == "LineScreen")
        assert "Sealed until the round is closed." in page(user, "line")
        assert '"value"' not in page(user, "line")


async def test_history_grows_while_it_is_looked_at(example: Path) -> None:
    clock = StandingClock()
    async with using(example, clock=clock) as user:
        await go(user, "Fraud report triage")
        await user.press("5")
        with Register.open(example, acting="Ben Example", clock=clock) as other:
            other.amend("Fraud report triage", {"trl": 9}, reason="Seen in use")
        user.app.look()
        entries = user.app.screen.query_one(HistoryList)
        await user.until(lambda: "Changed readiness level to 9" in entries.words)


async def test_saving_facts_again_after_a_conflict_leaves_what_others_set(example: Path) -> None:
    clock = StandingClock()
    async with using(example, clock=clock) as user:
        await go(user, "Policy search assistant")
        await user.press("f")
        await user.until(lambda: user.on == "FactsScreen")
        facts = user.app.screen.query_one(OptionList)
        facts.highlighted = facts.get_option_index("biometric")
        await user.press("y")
        with Register.open(example, acting="Ben Example", clock=clock) as other:
            other.set_facts("Policy search assistant", {"camera": "yes"})
        await user.reach("Ask", "ctrl+s")  # it was approved at a lighter tier
        await user.press("right", "enter")
        await user.until(lambda: "was changed by someone else" in user.screen)
        await user.reach("Ask", "ctrl+s")
        await user.reach("TechnologyScreen", "right", "enter")
        held = user.register.technology("Policy search assistant").facts
        assert {str(fact): str(value) for fact, value in held.items() if value == "yes"}.keys() >= {
            "biometric",
            "camera",
        }


async def test_amending_sends_only_what_was_changed_here(example: Path) -> None:
    clock = StandingClock()
    async with using(example, clock=clock) as user:
        await go(user, "Fraud report triage")
        await user.press("a")
        await user.until(lambda: user.on == "AmendScreen")
        await user.fill("supplier", " and others")
        with Register.open(example, acting="Ben Example", clock=clock) as other:
            other.amend("Fraud report triage", {"trl": 9})
        await user.press("ctrl+s")
        await user.until(lambda: "was changed by someone else" in user.screen)
        await user.press("ctrl+s")
        await user.until(lambda: user.on == "TechnologyScreen")
        now = user.register.technology("Fraud report triage")
        assert now.trl == 9
        assert "and others" in now.supplier


async def test_quitting_asks_before_unsaved_work_is_thrown_away(example: Path) -> None:
    async with using(example) as user:
        await go(user, "Fraud report triage")
        await user.press("f", "u")
        await user.press("ctrl+q")
        await user.until(lambda: user.on == "Ask")
        await user.press("enter")
        await user.until(lambda: user.on == "FactsScreen")
        assert "*unknown" in user.screen


async def test_a_click_on_a_way_shows_what_it_asks_for_and_moves_nothing(example: Path) -> None:
    async with using(example) as user:
        technology = next(
            each
            for each in user.register.state.technologies.headers()
            if each.stage == "in-service"
        )
        await go(user, technology.id)
        await user.press("g")
        await user.until(lambda: user.on == "MoveScreen")
        ways = user.app.screen.query_one(WayList)
        await user.pilot.click(ways, offset=(3, 1))
        await user.until(lambda: ways.highlighted == 1)
        assert user.on == "MoveScreen"
        assert user.register.header(technology.id).stage == "in-service"


async def test_an_assessors_name_is_completed_after_a_comma(example: Path) -> None:
    async with using(example) as user:
        await go(user, "Live facial recognition")
        await user.press("s")
        await user.until(lambda: user.on == "OpenRoundScreen")
        await user.type("Sam Example, ash")
        await user.until(lambda: "Asha Example" in user.screen)
        await user.press("right", "ctrl+s")
        await user.until(lambda: user.on == "TechnologyScreen")
        current = user.register.technology("Live facial recognition").open_round
        assert current is not None
        named = [user.register.name(each) for each in current.assessors]
        assert named == ["Sam Example", "Asha Example"]
