"""A journey for each group that works with a register, by keyboard alone on a small terminal, and
what each costs in keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from horizon.register.checking import verify
from tests.clocks import StandingClock
from tests.journeys.counting import counting
from tests.tui.using import NARROW, page, using

SIGHTINGS = [f"Signal {number} | Trade press | Forces are trying it" for number in range(1, 21)]


async def test_the_futures_team_writes_down_what_it_saw_and_gets_one_ready(empty: Path) -> None:
    """Twenty sightings at two keys each; then one of them has its facts, a note and a tag, and
    goes on to the next stage. A slip is taken back."""
    async with using(empty, size=NARROW) as somebody:
        user = counting(somebody)
        for line in SIGHTINGS:
            await user.reach("CaptureScreen", "f2")
            await user.write(line)
            await user.reach("RegisterScreen", "enter")
        assert len(user.register.state.technologies) == 20
        assert user.keys == 2 * 20
        await user.press("ctrl+z")
        await user.until(lambda: len(user.register.state.technologies) == 19)
        await user.press("ctrl+y")
        await user.until(lambda: len(user.register.state.technologies) == 20)

        user.keys = 0
        await user.reach("TechnologyScreen", "g", "enter")
        await user.reach("TechnologyScreen", "f", "y", "N", "ctrl+s")
        await user.reach("NoteScreen", "n")
        await user.fill("text", "Ask the vendor for its test results")
        await user.reach("TechnologyScreen", "ctrl+s")
        assert "Ask the vendor" in page(user, "text-Overview")
        assert user.keys <= 8
    assert verify(empty).faults == ()


async def test_the_ai_sub_group_answers_the_ethics_questions(example: Path) -> None:
    """One key for each question that is not a yes; a yes costs two more for its evidence, which is
    ticked already from the second on."""
    async with using(example, size=NARROW) as somebody:
        user = counting(somebody)
        ref = "T-0029"
        user.register.attach_evidence(ref, title="Pack", dated=user.register.today)
        await user.press("slash")
        await user.type("gait")
        await user.reach("TechnologyScreen", "enter", "enter")
        await user.reach("EthicsScreen", "e")
        applicable = user.register.reading(user.register.technology(ref).id).checklist.applicable
        user.keys = 0
        for number, _ in enumerate(applicable):
            if number % 3:
                await user.press("n", "down")
            else:
                await user.reach("ChooseEvidence", "y")
                await user.press(*(("space", "enter") if number == 0 else ("enter",)))
                await user.until(lambda: user.on == "EthicsScreen")
                await user.press("down")
        await user.reach("TechnologyScreen", "ctrl+s")
        assert not user.register.reading(user.register.technology(ref).id).checklist.open
        assert user.keys <= 2.4 * len(applicable) + 2


async def test_a_board_secretary_finds_what_is_due_and_copies_the_record(example: Path) -> None:
    """What is overdue, whose it is and on which decision; the record goes to the clipboard."""
    async with using(example, size=NARROW) as somebody:
        user = counting(somebody)
        await user.press("D", "v")
        await user.until(lambda: "overdue" in user.screen.casefold())
        await user.press("y")
        assert "AISG/2026" in user.app.clipboard or "FDG/2026" in user.app.clipboard
        await user.reach("RegisterScreen", "escape", "escape")
        await user.press("slash")
        await user.type("fraud report")
        await user.reach("TechnologyScreen", "enter", "enter")
        await user.reach("RecordScreen", "K")
        await user.press("y")
        assert "Reasons" in user.app.clipboard or "reasons" in user.app.clipboard
        assert user.keys <= 14
        await user.reach("TechnologyScreen", "escape")


async def test_an_auditor_checks_the_journal_and_looks_back_and_changes_nothing(
    example: Path,
) -> None:
    """Somebody from outside: the whole history, one person's part of it, the check of the chain,
    the register on another day, and what changed since."""
    async with using(example, acting="Audit Example", size=NARROW) as somebody:
        user = counting(somebody)
        before = user.register.state.head.seq
        await user.reach("AuditScreen", "A")
        await user.press("p")
        await user.pilot.pause(0.3)
        await user.press("escape", "v")
        await user.until(lambda: "29 technologies add up." in user.screen)
        await user.reach("RegisterScreen", "escape", "escape")
        await user.reach("TravelScreen", "T")
        await user.write("2026-06-30")
        await user.press("enter")
        await user.until(lambda: "THE PAST, AS AT 30 JUNE 2026" in user.screen)
        for key in ("n", "f2", "ctrl+z"):
            await user.press(key)
            await user.pilot.pause()
            assert user.on == "RegisterScreen"
        await user.reach("TravelScreen", "T")
        await user.press("enter")
        await user.until(lambda: "THE PAST" not in user.screen)
        await user.reach("TravelScreen", "equals_sign")
        await user.write("2026-06-30")
        await user.press("enter")
        await user.until(lambda: "as they were" in user.screen)
        assert user.register.state.head.seq == before
        assert user.keys <= 20


@pytest.mark.parametrize("key", ["c", "comma"])
async def test_a_first_time_user_gets_back_from_anywhere_with_escape(
    example: Path, key: str
) -> None:
    async with using(example, size=NARROW, clock=StandingClock()) as user:
        await user.reach("RegisterScreen", key, "escape")
