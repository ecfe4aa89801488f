"""The Audit screen: what happened, who did it, and whether it adds up."""

from __future__ import annotations

from pathlib import Path

import pytest

from horizon.model.technology import Sighting
from horizon.model.words import SourceType
from horizon.register import Register
from horizon.register.views import history
from horizon.store.files import journal_path
from horizon.tui.screens.audit import AuditScreen, Events
from tests.clocks import StandingClock
from tests.tui.using import NARROW, WIDE, User, page, using


async def audit(user: User) -> Events:
    """Go to the journal and wait until all of it is known."""
    await user.press("A")
    await user.until(lambda: isinstance(user.app.screen, AuditScreen))
    await settled(user)
    return user.app.screen.query_one(Events)


async def settled(user: User) -> None:
    """Wait until nothing is being read or looked for."""
    screen = user.app.screen
    assert isinstance(screen, AuditScreen)
    await user.pilot.pause(0.2)
    await user.until(lambda: screen._trail is not None and not screen._state)
    await user.pilot.pause()


def seqs(user: User) -> list[int]:
    return [int(row.id) for row in user.app.screen.query_one(Events).rows]


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])
async def test_everything_that_happened_is_there_newest_first(
    example: Path, size: tuple[int, int]
) -> None:
    async with using(example, size=size) as user:
        table = await audit(user)
        assert seqs(user) == [each.seq for each in history(user.register)][::-1]
        assert f"{len(table.rows)} events" in user.screen
        await user.press("end")
        assert table.current == "1"
        assert "Created the register" in user.screen


async def test_enter_shows_the_line_of_the_journal(example: Path) -> None:
    async with using(example) as user:
        await audit(user)
        await user.press("down", "enter")
        await user.until(lambda: user.on == "LineScreen")
        assert "Digest" in page(user, "line")
        await user.press("escape")
        assert user.on == "AuditScreen"


async def test_it_narrows_to_a_person_a_technology_a_kind_and_words(example: Path) -> None:
    async with using(example) as user:
        table = await audit(user)
        told = {each.seq: each for each in history(user.register)}
        await user.press("down", "down")
        chosen = told[int(table.current)]
        await user.press("t")
        await settled(user)
        assert seqs(user) == [s for s in sorted(told, reverse=True)
                              if told[s].subject == chosen.subject]  # fmt: skip
        assert table.current == str(chosen.seq)
        await user.press("e")
        await settled(user)
        assert {told[s].kind for s in seqs(user)} == {chosen.kind}
        await user.press("t", "e", "p")
        await settled(user)
        assert {told[s].by for s in seqs(user)} == {chosen.by}
        assert f"by {chosen.by}" in user.screen
        await user.press("slash")
        await user.type("moved gate g0")
        await settled(user)
        assert seqs(user)
        assert all("through gate G0" in told[s].words for s in seqs(user))
        await user.press("escape", "escape", "escape")
        await settled(user)
        assert len(seqs(user)) == len(told)
        await user.press("escape")
        await user.until(lambda: user.on == "RegisterScreen")


async def test_what_fits_nothing_says_how_to_see_all_again(example: Path) -> None:
    async with using(example) as user:
        await audit(user)
        await user.press("slash")
        await user.type("ostrich")
        await settled(user)
        assert "No event fits. Press Esc to see all." in user.screen
        await user.press("enter", "p", "t", "enter")
        assert user.on == "AuditScreen"


async def test_what_happens_meanwhile_comes_on_top_and_the_cursor_stays(example: Path) -> None:
    clock = StandingClock()
    async with using(example, clock=clock) as user:
        table = await audit(user)
        await user.press("down", "down", "down")
        held, before = table.current, len(table.rows)
        with Register.open(example, acting="Ben Example", clock=clock) as other:
            seen = Sighting(source="Weekly", source_type=SourceType.MEDIA, seen_on=clock().date())
            other.add_sighting("T-0001", seen)
        user.app.look()
        await user.until(lambda: len(table.rows) > before)
        assert table.current == held


async def test_verify_says_that_all_adds_up(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await audit(user)
        await user.press("v")
        await user.until(lambda: user.on == "PanelScreen")
        await user.pilot.pause()
        words = page(user, "panel")
        assert "technologies add up." in words
        assert user.register.state.head.paper_hash in words.replace("\n", "").replace(" ", "")


async def test_verify_names_each_fault_with_its_line(example: Path) -> None:
    path = journal_path(example)
    content = path.read_bytes()
    async with using(example) as user:
        await audit(user)
        path.write_bytes(content.replace(b"Farah Example", b"Fatah Example", 1))
        await user.press("v")
        await user.until(lambda: user.on == "PanelScreen")
        await user.pilot.pause()
        words = page(user, "panel")
        assert "found." in words
        assert "Line " in words
        assert "was changed" in words
        path.write_bytes(content)


async def test_scores_of_an_open_round_are_not_shown(example: Path) -> None:
    async with using(example) as user:
        await audit(user)
        await user.press("slash")
        await user.type("T-0024 submitted")
        await settled(user)
        await user.press("enter", "enter")
        await user.until(lambda: user.on == "LineScreen")
        assert "Sealed until the round is closed." in page(user, "line")


async def test_a_framework_that_the_register_uses_is_not_called_adopted(example: Path) -> None:
    async with using(example) as user:
        await audit(user)
        await user.press("slash")
        await user.type("framework brought into use")
        await settled(user)
        assert "Brought into use in this register: Technology assessment framework" in user.screen
        assert "framework adopted" not in user.screen
