"""What three journeys cost in keys at 80 by 24, letters of texts apart. Fewer is better: a count
that goes down is written down here and in the README, one that goes up needs a reason."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from horizon.model.technology import Sighting
from horizon.model.words import Effect, SourceType
from horizon.register import Register
from tests.clocks import StandingClock
from tests.journeys.counting import counting
from tests.tui.using import NARROW, using

MEETING_DAY = date(2026, 12, 8)

TRIAGE, DECISION, PAPER = 61, 10, 2
"""Keys for the first look at 20 sightings, for an ethics decision, and for a board paper."""


@pytest.fixture
def twenty(empty: Path) -> Path:
    """A register with 20 signals that nobody has looked at."""
    with Register.open(empty, acting="Farah Example", clock=StandingClock()) as register:
        for number in range(1, 21):
            seen = Sighting(
                source="Trade press", source_type=SourceType.MEDIA, seen_on=register.today
            )
            register.propose(name=f"Signal number {number}", sighting=seen)
    return empty


async def test_a_first_look_at_20_sightings_takes_three_keys_each_and_one_to_begin(
    twenty: Path,
) -> None:
    """Impact, uncertainty, and Enter for what they suggest."""
    async with using(twenty, size=NARROW) as somebody:
        user = counting(somebody)
        await user.press("t")
        for number in range(1, 21):
            await user.until(lambda at=f"{number} of 20": at in user.screen)
            await user.press("4", str(1 + number % 5), "enter")
        await user.until(lambda: "That was the last signal" in user.screen)
        assert all(each.triage for each in user.register.state.technologies.values())
        assert user.keys == TRIAGE


async def test_an_ethics_decision_takes_ten_keys_from_the_item_to_the_record(
    example: Path,
) -> None:
    """On the item of a meeting with a quorum: the technology, its answers, the outcome, the
    reasons. What the gate asks for besides is asked for when it is missing."""
    clock = StandingClock(MEETING_DAY)
    async with using(example, acting="Sam Example", clock=clock, size=NARROW) as somebody:
        user = counting(somebody)
        await user.reach("MeetingScreen", "m", "enter")
        await user.reach("AttendanceScreen", "a")
        await user.reach("Ask", "ctrl+s")
        await user.reach("MeetingScreen", "right", "enter")
        await user.press(*["down"] * 5)
        await user.until(lambda: "5. Policy search assistant" in user.screen)

        user.keys = 0
        await user.reach("TechnologyScreen", "enter")
        await user.press("3")
        await user.until(lambda: "Red lines" in user.screen)
        await user.reach("DecideScreen", "d")
        await user.press("enter", "down", "enter", "tab", "tab")
        await user.write("Lawful, and little can go wrong.")
        await user.press("ctrl+s")
        await user.until(lambda: "needs the equality information" in user.screen)
        await user.write("The screening of May")
        await user.reach("TechnologyScreen", "ctrl+s")
        decision = user.register.technology("Policy search assistant").decisions[-1]
        assert (decision.decided_on, decision.effect) == (MEETING_DAY, Effect.APPROVE)
        assert user.keys == DECISION


async def test_a_board_paper_for_the_next_meeting_takes_two_keys(
    example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The body and the day are those of the next meeting that is called."""
    monkeypatch.chdir(tmp_path)
    async with using(example, acting="Sam Example", size=NARROW) as somebody:
        user = counting(somebody)
        await user.reach("ExportScreen", "x")
        await user.press("ctrl+s")
        await user.until(lambda: "Exported" in user.screen)
        assert (tmp_path / "board-paper-2026-12-08.docx").stat().st_size > 10_000
        assert user.keys == PAPER


def test_the_readme_says_what_is_counted_here() -> None:
    readme = (Path(__file__).parent.parent.parent / "README.md").read_text(encoding="utf-8")
    said = (
        f"a first look at 20 signals takes {TRIAGE} keys, a decision {DECISION} from its item on "
        f"the agenda, and the paper for the next meeting {PAPER}"
    )
    assert said in readme
