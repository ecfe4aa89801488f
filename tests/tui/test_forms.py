"""Forms keep what was typed, whatever happens."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input, Select, Static
from textual.widgets.select import InvalidSelectValueError

from horizon.judgement.checklist import asked_of
from horizon.register import Register
from horizon.tui.widgets.fields import FieldBox
from horizon.tui.widgets.register_table import RegisterTable
from horizon.tui.widgets.ticks import Ticks
from tests.clocks import StandingClock
from tests.tui.using import NARROW, User, go, using


def written(user: User, field: str) -> str:
    return user.app.screen.query_one(f"#field-{field}", Input).value


async def open_first(user: User) -> None:
    await user.press("enter")
    await user.until(lambda: user.on == "TechnologyScreen")


async def test_escape_asks_before_typing_is_thrown_away(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await user.press("n")
        await user.fill("name", "Half an idea")
        await user.press("escape")
        await user.until(lambda: user.on == "Ask")
        await user.press("enter")
        await user.until(lambda: user.on == "ProposeScreen")
        assert written(user, "name") == "Half an idea"
        await user.press("escape", "right", "enter")
        await user.until(lambda: user.on == "RegisterScreen")


async def test_escape_leaves_at_once_when_nothing_was_typed(example: Path) -> None:
    async with using(example) as user:
        await user.press("n", "escape")
        await user.until(lambda: user.on == "RegisterScreen")


async def test_what_is_wrong_is_said_at_the_field_and_typing_is_kept(example: Path) -> None:
    async with using(example) as user:
        await open_first(user)
        await user.press("r")
        await user.fill("reason", "Later")
        review = user.app.screen.query_one("#field-review_by", Input)
        review.value = "next week"
        await user.press("ctrl+s")
        await user.until(lambda: "is not a date" in user.screen)
        assert written(user, "reason") == "Later"
        assert review.has_focus


async def test_a_refusal_names_the_rule_and_keeps_the_typing(example: Path) -> None:
    async with using(example) as user:
        await user.press("n")
        await user.fill("name", "Document redaction")
        await user.fill("supplier", "Somebody")
        assert "It may be in the register already" in user.screen
        await user.press("ctrl+s")
        await user.until(lambda: "Error: needs to say how it differs from T-0001" in user.screen)
        assert user.app.focused is user.app.screen.query_one("#field-duplicate_reason")
        assert written(user, "supplier") == "Somebody"
        user.app.screen.query_one("#form").scroll_home(animate=False)
        await user.until(lambda: "Refused: T-0001 is already called" in user.screen)
        await user.fill("duplicate_reason", "It redacts video, not documents")
        await user.press("ctrl+s")
        await user.until(lambda: user.on == "RegisterScreen")


async def test_a_conflict_shows_what_the_other_did_and_saving_again_adds_to_it(
    example: Path,
) -> None:
    clock = StandingClock()
    async with using(example, clock=clock) as user:
        await open_first(user)
        technology = user.app.screen.technology  # type: ignore[attr-defined]
        await user.press("r")
        await user.fill("reason", "Mine")
        review = user.app.screen.query_one("#field-review_by", Input)
        review.value = "2027-09-30"
        with Register.open(example, acting="Ben Example", clock=clock) as other:
            other.amend(technology.id, {"trl": 9}, reason="Seen in use")
        await user.press("ctrl+s")
        await user.until(lambda: "was changed by someone else" in user.screen)
        assert "Ben Example: changed readiness level to 9" in user.screen
        assert written(user, "reason") == "Mine"
        await user.press("ctrl+s")
        await user.until(lambda: user.on == "TechnologyScreen")
        now = user.register.technology(technology.id)
        assert (now.trl, str(now.review_by)) == (9, "2027-09-30")


async def test_a_technology_in_use_is_entered_and_never_reads_as_approved(empty: Path) -> None:
    async with using(empty) as user:
        await user.press("l")
        await user.fill("name", "Old case search")
        await user.fill("in_use_since", "2018")
        await user.fill("review_by", "2027-03-31")
        await user.press("ctrl+s")
        await user.until(lambda: user.on == "RegisterScreen")
        row = user.app.screen.query_one(RegisterTable).rows[0]
        assert row.cells[-1] == "In use, no recorded approval"


async def test_letters_typed_just_before_saving_are_saved_too(example: Path) -> None:
    """On a slow machine letters and Ctrl+S arrive at once."""
    async with using(example) as user:
        await user.press("n")
        await user.until(lambda: user.on == "ProposeScreen")
        for letter in "Smartglasses":
            user.app.simulate_key(letter)
        user.app.simulate_key("ctrl+s")
        await user.until(lambda: user.on == "RegisterScreen")
        assert user.register.technology("T-0030").name == "Smartglasses"


async def test_letters_find_what_they_begin_in_a_list_of_choices(example: Path) -> None:
    async with using(example) as user:
        await user.press("n", "tab", "enter")
        await user.type("gener")
        await user.press("enter")
        assert user.app.screen.query_one("#field-kind", Select).value == "generative-ai"


@pytest.mark.parametrize("typed", ["31/12/2027", "31 December 2027", "31 dec 2027", "2027-12-31"])
async def test_a_day_can_be_typed_as_people_write_it(example: Path, typed: str) -> None:
    async with using(example) as user:
        await open_first(user)
        await user.press("r")
        user.app.screen.query_one("#field-review_by", Input).value = typed
        await user.fill("reason", "Later")
        await user.reach("TechnologyScreen", "ctrl+s")
        assert str(user.app.screen.technology.review_by) == "2027-12-31"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("keys", "meant"), [(("right",), "Grace Example"), (("right", "right"), "Grace Exampel")]
)
async def test_a_name_that_is_nearly_somebodys_is_asked_about_before_it_is_saved(
    example: Path, keys: tuple[str, ...], meant: str
) -> None:
    async with using(example) as user:
        await go(user, "T-0013")
        await user.press("s")
        await user.fill("assessors", "Ben Example, Grace Exampel")
        await user.press("ctrl+s")
        await user.until(lambda: user.on == "Ask")
        assert "which knows Grace Example." in user.screen
        await user.press("escape")
        await user.until(lambda: user.on == "OpenRoundScreen")
        assert user.register.technology("T-0013").open_round is None, "Esc saves nothing"
        await user.press("ctrl+s")
        await user.until(lambda: user.on == "Ask")
        await user.press(*keys, "enter")
        await user.until(lambda: user.on == "TechnologyScreen")
        opened = user.register.technology("T-0013").open_round
        assert opened is not None
        assert [user.register.name(e) for e in opened.assessors] == ["Ben Example", meant]


async def test_a_name_like_nobodys_is_told_when_it_is_saved(example: Path) -> None:
    async with using(example) as user:
        await go(user, "T-0013")
        await user.press("s")
        await user.fill("assessors", "Ben Example, Xenia Other")
        await user.reach("TechnologyScreen", "ctrl+s")
        said = [str(each.message) for each in user.app._notifications]
        assert said == [
            "The round is open. New in the register: Xenia Other. Is that how it is spelt?"
        ]


async def test_a_notice_is_not_said_over_a_form_that_opens_after_it(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        for said in ("Something was saved", "Something else was saved"):
            user.app.notify(said)
            await user.pilot.pause()
        assert [each.message for each in user.app._notifications] == [said]
        user.app.notify("This cannot be read", severity="warning")
        await user.pilot.pause()
        await user.reach("ProposeScreen", "n")
        assert [each.severity for each in user.app._notifications] == ["warning"]


async def test_a_proposal_is_left_for_later_or_thrown_away(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await user.reach("ProposeScreen", "n")
        await user.fill("name", "Smart glasses")
        await user.reach("Ask", "escape")
        await user.reach("RegisterScreen", "right", "enter")
        await user.reach("ProposeScreen", "n")
        await user.until(lambda: "Smart glasses" in user.screen)
        await user.reach("Ask", "escape")
        await user.reach("RegisterScreen", "right", "right", "enter")
        await user.reach("ProposeScreen", "n")
        assert "Smart glasses" not in user.screen


async def test_questions_to_be_asked_again_are_ticked_in_a_list_of_those_that_apply(
    example: Path,
) -> None:
    async with using(example, size=NARROW) as user:
        await go(user, "Live facial recognition")
        await user.press("p")
        await user.until(lambda: user.on == "ReopenScreen")
        screen = user.app.screen
        screen.query_one("#field-items", Ticks).focus()
        await user.press("down", "space")
        screen.query_one("#box-items").scroll_visible(animate=False)
        await user.until(lambda: "[x] " in user.screen)
        asked = [e.item for e in asked_of(user.register.framework, user.register.technology("13"))]
        offered = screen.query_one("#box-items", FieldBox)
        assert [value for _, value in offered.field.choices] == [each.id for each in asked]
        assert asked[1].question in offered.field.choices[1][0]
        await user.choose("trigger", "law")
        await user.fill("reason", "A new act")
        await user.press("ctrl+s")
        await user.until(lambda: user.on == "TechnologyScreen")
        assert user.register.technology("13").reopenings[-1].items == (asked[1].id,)


async def test_the_whole_question_under_the_cursor_is_said_above_the_list(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await go(user, "Live facial recognition")
        await user.press("p")
        await user.until(lambda: user.on == "ReopenScreen")
        user.app.screen.query_one("#field-items", Ticks).focus()
        await user.press("down")
        question = user.register.framework.items["LB2"].question
        help = user.app.screen.query_one("#box-items .field-help", Static)
        await user.until(lambda: question in str(help.render()))


async def test_a_choice_that_always_holds_has_no_line_that_chooses_none(example: Path) -> None:
    async with using(example) as user:
        await user.press("comma")
        await user.until(lambda: user.on == "SettingsScreen")
        colours = user.app.screen.query_one("#field-theme", Select)
        assert Select.NULL not in [value for _, value in colours._options]
        with pytest.raises(InvalidSelectValueError):
            colours.value = Select.NULL
