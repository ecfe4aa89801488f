"""Several technologies are picked on the list and one thing is changed on all of them."""

from __future__ import annotations

from pathlib import Path

from horizon.register import Register
from horizon.tui.widgets.register_table import RegisterTable
from tests.clocks import StandingClock
from tests.tui.using import NARROW, User, using


def labels(user: User) -> list[str]:
    return [row.cells[0] for row in user.app.screen.query_one(RegisterTable).rows]


def suppliers(user: User, *refs: str) -> list[str]:
    return [user.register.technology(each).supplier for each in refs]


async def pick_three(user: User) -> None:
    """Show all, and pick the first three."""
    await user.press("v", "down", "enter", "home", "space", "space", "space")


async def change_supplier(user: User, to: str) -> None:
    await user.press("e")
    await user.until(lambda: user.on == "ChangeManyScreen")
    await user.choose("field", "supplier")
    await user.fill("text", to)


async def test_a_picked_technology_has_a_star_and_the_count_is_said(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await pick_three(user)
        assert labels(user)[:4] == ["* T-0001", "* T-0002", "* T-0003", "  T-0004"]
        assert "* T-0002" in user.screen
        assert "3 picked (e changes them, Esc lets go)" in user.screen
        await user.press("up", "space")
        assert labels(user)[:4] == ["* T-0001", "* T-0002", "  T-0003", "  T-0004"]
        await user.press("escape")
        assert labels(user)[0] == "T-0001"
        assert "picked" not in user.screen


async def test_picks_hold_through_a_search_and_all_that_is_found_is_picked(example: Path) -> None:
    async with using(example) as user:
        await pick_three(user)
        await user.press("slash")
        await user.fill_search("kind:sensing")
        await user.press("enter")
        found = len(labels(user))
        await user.press("asterisk")
        assert all(each.startswith("* ") for each in labels(user))
        await user.press("escape")
        assert f"{3 + found} picked" in user.screen
        assert labels(user)[:3] == ["* T-0001", "* T-0002", "* T-0003"]


async def test_one_thing_is_seen_first_then_changed_on_all_and_taken_back_as_one(
    example: Path,
) -> None:
    refs = ("T-0001", "T-0002", "T-0003")
    async with using(example) as user:
        before = suppliers(user, *refs)
        await pick_three(user)
        await change_supplier(user, "One supplier")
        await user.until(lambda: "Changes 3 of 3" in user.screen)
        assert f"{before[0]} becomes One supplier" in user.screen
        assert suppliers(user, *refs) == before
        await user.press("ctrl+s")
        await user.until(lambda: user.on == "RegisterScreen")
        assert suppliers(user, *refs) == ["One supplier"] * 3
        assert "picked (" not in user.screen
        await user.press("ctrl+z")
        assert suppliers(user, *refs) == before
        await user.until(lambda: "Taken back: T-0001 and 2 more" in user.screen)
        await user.press("ctrl+y")
        assert suppliers(user, *refs) == ["One supplier"] * 3


async def test_it_is_taken_back_from_the_screen_of_any_of_them(example: Path) -> None:
    async with using(example) as user:
        await pick_three(user)
        before = suppliers(user, "T-0001", "T-0003")
        await change_supplier(user, "One supplier")
        await user.until(lambda: "Changes 3 of 3" in user.screen)
        await user.press("ctrl+s")
        await user.until(lambda: user.on == "RegisterScreen")
        await user.press("up", "enter")
        await user.until(lambda: user.on == "TechnologyScreen")
        await user.press("ctrl+z")
        assert suppliers(user, "T-0001", "T-0003") == before


async def test_a_field_of_few_words_is_chosen_and_a_fact_too(example: Path) -> None:
    async with using(example) as user:
        await pick_three(user)
        await user.press("e")
        await user.until(lambda: user.on == "ChangeManyScreen")
        await user.choose("field", "fact:trial")
        await user.choose("word", "no")
        await user.until(lambda: "Changes" in user.screen)
        await user.choose("field", "posture")
        await user.choose("word", "park")
        await user.until(lambda: "becomes park" in user.screen)
        await user.press("ctrl+s")
        await user.until(lambda: user.on == "RegisterScreen")
        assert user.register.technology("T-0003").posture == "park"


async def test_what_it_cannot_be_is_said_and_what_a_rule_leaves_is_named(example: Path) -> None:
    async with using(example) as user:
        await pick_three(user)
        await user.press("e")
        await user.until(lambda: user.on == "ChangeManyScreen")
        await user.choose("field", "review_by")
        await user.fill("text", "soon")
        await user.until(lambda: "is not a date" in user.screen)
        await user.press("ctrl+s")
        assert user.on == "ChangeManyScreen"
        await user.press("ctrl+u")
        user.app.screen.query_one("#field-text").value = "2027-06-01"  # type: ignore[attr-defined]
        await user.until(lambda: "T-0002 Number plate trend reports stays as it is" in user.screen)


async def test_what_another_changes_meanwhile_is_shown_and_never_overwritten_unseen(
    example: Path,
) -> None:
    clock = StandingClock()
    async with using(example, clock=clock) as user:
        await pick_three(user)
        await change_supplier(user, "One supplier")
        await user.until(lambda: "Changes 3 of 3" in user.screen)
        seen = user.app.screen._planned  # type: ignore[attr-defined]
        with Register.open(example, acting="Ben Example", clock=clock) as other:
            other.amend("T-0002", {"supplier": "Theirs"})
        user.app.look()
        await user.until(lambda: "Theirs becomes One supplier" in user.screen)
        user.app.screen._planned = seen  # type: ignore[attr-defined]
        await user.press("ctrl+s")  # as if it had been pressed before their change was shown
        await user.until(lambda: "was changed by someone else meanwhile" in user.screen)
        assert "One supplier" not in suppliers(user, "T-0001", "T-0002", "T-0003")
        await user.press("ctrl+s")
        await user.until(lambda: user.on == "RegisterScreen")
        assert suppliers(user, "T-0001", "T-0002") == ["One supplier"] * 2


async def test_nothing_picked_says_how_to_pick(example: Path) -> None:
    async with using(example) as user:
        await user.press("e")
        await user.until(lambda: "Pick technologies with Space first" in user.screen)
        assert user.on == "RegisterScreen"


async def test_nobody_becomes_the_owner_of_many_unasked(example: Path) -> None:
    async with using(example) as user:
        await pick_three(user)
        await user.reach("ChangeManyScreen", "e")
        await user.choose("field", "owner")
        await user.fill("text", "chatbots, to check")
        await user.until(lambda: "becomes chatbots" in user.screen)
        await user.reach("Ask", "ctrl+s")
        assert "Nobody in the register is called" in user.screen
        await user.reach("ChangeManyScreen", "escape")
        assert user.register.technology("T-0003").owner != "chatbots, to check"


async def test_a_tag_that_is_added_is_not_called_optional(example: Path) -> None:
    async with using(example) as user:
        await pick_three(user)
        await user.reach("ChangeManyScreen", "e")
        await user.choose("field", "tags")
        assert "Its new value (optional)" in user.screen
        await user.choose("field", "add tags")
        await user.until(lambda: "Its new value (optional)" not in user.screen)
        await user.press("ctrl+s")
        await user.until(lambda: "Error: Its new value is needed" in user.screen)
        assert getattr(user.app.focused, "id", "") == "field-text"
