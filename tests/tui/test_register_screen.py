"""The Register screen: what needs someone, search, order, views."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from horizon.register import Register
from horizon.tui.lists.layout import Layout, keep_layout
from horizon.tui.lists.views import WHY, View
from horizon.tui.widgets.register_table import RegisterTable, _with_arrow
from tests.clocks import StandingClock
from tests.tui.using import NARROW, WIDE, User, using


def rows(user: User) -> list[str]:
    """The names in the list, in order."""
    return [row.cells[1] for row in user.app.screen.query_one(RegisterTable).rows]


async def test_it_opens_on_what_needs_someone_with_the_longest_overdue_first(example: Path) -> None:
    async with using(example) as user:
        await user.until(lambda: "Needs someone: " in user.screen)
        assert "! Review was due" in user.screen
        kinds = [row.late for row in user.app.screen.query_one(RegisterTable).rows]
        assert kinds == sorted(kinds, reverse=True)


async def test_an_empty_register_says_what_to_do(empty: Path) -> None:
    async with using(empty, size=NARROW) as user:
        await user.until(lambda: "Press n to propose the first technology" in user.screen)


async def test_typing_after_a_slash_narrows_the_whole_register_letter_by_letter(
    example: Path,
) -> None:
    async with using(example) as user:
        await user.press("slash")
        await user.type("lakeh")
        assert rows(user) == ["Data lakehouse"]
        assert "Found 1 of 29" in user.screen


async def test_a_slip_in_the_spelling_still_finds_it(example: Path) -> None:
    async with using(example) as user:
        await user.press("slash")
        await user.type("transcripton")
        assert "Interview transcription" in rows(user)


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_a_word_with_a_colon_that_is_no_filter_is_told(
    example: Path, size: tuple[int, int]
) -> None:
    async with using(example, size=size) as user:
        await user.press("slash")
        await user.type("seen:hmrc")
        shown = " ".join(user.screen.split())
        assert "Nothing fits. seen: is no filter. Filters: stage: kind: owner:" in shown


async def test_escape_clears_the_search_and_then_goes_back_to_the_list(example: Path) -> None:
    async with using(example) as user:
        before = rows(user)
        await user.press("slash")
        await user.type("zzzz")
        assert rows(user) == []
        assert "Nothing fits" in user.screen
        await user.press("escape")
        assert user.app.screen.query_one("#search", Input).value == ""
        await user.press("escape")
        assert user.app.screen.query_one(RegisterTable).has_focus
        assert rows(user) == before


async def test_the_order_changes_with_a_key_and_back_again(example: Path) -> None:
    async with using(example) as user:
        await user.press("v", "down", "enter")
        as_entered = rows(user)
        for _ in range(3):
            await user.press("o")
        assert rows(user) == sorted(as_entered, key=str.casefold)
        await user.press("o")
        assert rows(user) == sorted(as_entered, key=str.casefold, reverse=True)
        assert "sorted by Name, backwards" in user.screen


async def test_a_click_on_a_heading_sorts_by_it(example: Path) -> None:
    async with using(example) as user:
        await user.pilot.click(RegisterTable, offset=(10, 0))
        assert rows(user) == sorted(rows(user), key=str.casefold)
        assert "Name ▲" in user.screen


async def test_the_arrow_of_a_narrow_column_is_not_cut_off(example: Path) -> None:
    for size in (NARROW, WIDE):
        async with using(example, size=size) as user:
            table = user.app.screen.query_one(RegisterTable)
            for arrow in "▲▼":
                table.post_message(RegisterTable.SortAsked(0))
                await user.until(lambda shown=arrow: f"Label {shown} Name" in user.screen)
            table.post_message(RegisterTable.SortAsked(-1))
            await user.until(lambda: "Label ▼" not in user.screen)


def test_a_heading_as_wide_as_its_column_gives_a_letter_for_the_arrow() -> None:
    assert _with_arrow("Horizon", "▲", 9) == "Horizon ▲"
    assert _with_arrow("Horizon", "▲", 8) == "Horizon▲"
    assert _with_arrow("Horizon", "▲", 7) == "Horiz…▲"


async def test_why_is_sorted_by_how_pressing_it_is_and_not_by_its_words(example: Path) -> None:
    async with using(example) as user:
        own = rows(user)
        table = user.app.screen.query_one(RegisterTable)
        table.post_message(RegisterTable.SortAsked(WHY))
        await user.until(lambda: "Why ▲" in user.screen)
        assert rows(user) == own
        table.post_message(RegisterTable.SortAsked(WHY))
        await user.until(lambda: "Why ▼" in user.screen)
        assert rows(user) == own[::-1]


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_stages_are_shown_where_there_is_room_for_them(
    example: Path, size: tuple[int, int]
) -> None:
    async with using(example, size=size) as user:
        await user.press("v", "down", "enter")
        await user.until(lambda: "Stage  " in user.screen)
        table = user.app.screen.query_one(RegisterTable)
        shown = [View("All").columns[at].title for at in table.shown_columns]
        assert shown == ["Label", "Name", "Stage", "Standing"]


async def test_where_all_are_in_one_stage_the_name_has_its_room(example: Path) -> None:
    async with using(example, size=WIDE) as user:
        await user.press("v", *["down"] * 5, "enter")
        table = user.app.screen.query_one(RegisterTable)
        shown = [View("All").columns[at].title for at in table.shown_columns]
        assert shown == ["Label", "Name", "Standing"]


def titles(user: User) -> list[str]:
    """The columns on the screen."""
    table = user.app.screen.query_one(RegisterTable)
    return [View("All").columns[at].title for at in table.shown_columns]


@pytest.mark.parametrize("view", [[], ["v", "down", "enter"], ["v", *["down"] * 5, "enter"]])
async def test_a_wider_window_never_shows_fewer_columns(example: Path, view: list[str]) -> None:
    async with using(example, size=NARROW) as user:
        await user.press(*view)
        before = titles(user)
        for width in (99, 100, 109, 110, 119, 120, 121, 160, 180, 240):
            await user.pilot.resize_terminal(width, 40)
            await user.pilot.pause()
            assert set(before) <= set(titles(user)), width
            before = titles(user)


async def test_columns_that_were_chosen_have_the_room_of_what_stands_beside_the_list(
    example: Path,
) -> None:
    async with using(example, size=NARROW) as user:
        kept = Layout(columns=("Label", "Name", "Owner", "Tags", "Supplier", "Standing"))
        keep_layout(user.register.state.head.register_id, kept)
    async with using(example, size=WIDE) as user:
        await user.press("v", "down", "enter")
        await user.until(lambda: "Supplier" in titles(user))
        assert titles(user) == list(kept.columns)


async def test_a_column_is_no_wider_than_what_it_says_and_the_name_has_the_rest(
    example: Path,
) -> None:
    async with using(example, size=NARROW) as user:
        kept = Layout(columns=("Label", "Name", "Owner", "Tags", "Standing"))
        keep_layout(user.register.state.head.register_id, kept)
    async with using(example, size=NARROW) as user:
        await user.press("v", "down", "enter")
        assert all(not each.tags for each in user.register.state.technologies.headers())
        heading = user.screen.splitlines()[3]
        assert "Tags  Standing" in heading
        assert heading.index("Owner") - heading.index("Name") >= 20


async def test_a_click_on_a_row_shows_it_and_a_second_click_opens_it(example: Path) -> None:
    async with using(example) as user:
        await user.pilot.click(RegisterTable, offset=(10, 3))
        name = rows(user)[2]
        await user.until(lambda: user.screen.count(name[:20]) == 2)
        await user.pilot.click(RegisterTable, offset=(10, 3))
        await user.until(lambda: user.on == "TechnologyScreen")


async def test_another_windows_change_shows_up_and_the_cursor_stays(example: Path) -> None:
    clock = StandingClock()
    async with using(example, clock=clock) as user:
        await user.press("v", "down", "enter", "down", "down")
        table = user.app.screen.query_one(RegisterTable)
        current = table.current
        with Register.open(example, acting="Ben Example", clock=clock) as other:
            other.propose(name="Seen elsewhere")
        user.app.look()
        await user.until(lambda: "Seen elsewhere" in rows(user))
        assert table.current == current


@pytest.mark.parametrize("size", [NARROW, WIDE, (40, 12), (200, 60)])
async def test_it_draws_at_any_size(example: Path, size: tuple[int, int]) -> None:
    async with using(example, size=size) as user:
        await user.until(lambda: "Label" in user.screen)
        await user.press("end", "pageup", "home", "pagedown")


async def test_names_that_could_steer_a_terminal_are_spelt_out(empty: Path) -> None:
    clock = StandingClock()
    with Register.open(empty, acting="Asha Example", clock=clock) as register:
        register.propose(name="[/red] \x1b[31mboo\u202e", supplier="[bold")
    async with using(empty, clock=clock) as user:
        await user.until(lambda: "[/red] \\x1b[31mboo\\u202e" in user.screen)
        await user.press("enter")
        await user.until(lambda: user.on == "TechnologyScreen")
        await user.until(lambda: "\\x1b[31mboo" in user.screen)


async def test_the_help_names_every_key_of_the_screen(example: Path) -> None:
    async with using(example) as user:
        await user.press("question_mark")
        for words in ("Search", "Propose", "Views", "Open", "Sort", "Already in use"):
            assert words in user.screen
        await user.press("escape")
        assert user.on == "RegisterScreen"


async def test_the_command_list_finds_a_command_by_name(example: Path) -> None:
    async with using(example) as user:
        await user.press("ctrl+p")
        await user.type("Propose")
        await user.until(lambda: "Key: n" in user.screen)
        await user.press("enter")
        await user.until(lambda: user.on == "ProposeScreen")


async def test_the_theme_is_remembered(example: Path) -> None:
    async with using(example) as user:
        user.app.theme = "horizon-contrast"
        await user.pilot.pause()
    async with using(example) as user:
        assert user.app.theme == "horizon-contrast"


async def test_filters_narrow_the_list_and_a_wrong_one_says_what_there_is(example: Path) -> None:
    async with using(example) as user:
        await user.press("slash")
        await user.fill_search("stage:trial")
        assert "Drone as first responder" in rows(user)
        before = rows(user)
        await user.fill_search("stage:xyz")
        assert "'xyz' is no stage. Use one of: signal" in user.screen
        assert rows(user) == before, "the list stays until the filter is whole"
        await user.fill_search("sta")
        assert "Found 4 of 29  ·  stage:trial  standing:approved" in user.screen
        await user.fill_search("s")
        assert "  ·  stage:trial  supplier:acme" in user.screen
        assert user.app.screen.query_one("#count").size.height == 1, "no second line for a letter"


async def test_the_letters_that_made_a_technology_fit_are_underlined(example: Path) -> None:
    async with using(example) as user:
        await user.press("slash")
        await user.type("dfr")
        table = user.app.screen.query_one(RegisterTable)
        assert table.rows[0].marks == ((1, 0, 1), (1, 9, 10), (1, 15, 16))
        line = table.render_line(1)
        underlined = [part.text for part in line if part.style and part.style.underline]
        assert underlined == ["D", "f", "r"]


async def test_another_name_that_made_it_fit_is_shown_before_the_name(empty: Path) -> None:
    with Register.open(empty, acting="Asha Example", clock=StandingClock()) as register:
        register.propose(name="Interview transcription", aliases=("Scribe",), supplier="Acme")
    async with using(empty, size=NARROW) as user:
        await user.press("slash")
        await user.type("scribe")
        assert rows(user) == ["Scribe: Interview transcription"]
        await user.fill_search("acme")
        assert rows(user) == ["Acme: Interview transcription"]


async def test_a_search_is_kept_as_a_view_used_again_and_forgotten(example: Path) -> None:
    async with using(example) as user:
        await user.press("ctrl+s")
        await user.until(lambda: "Search for something first" in user.screen)
        await user.press("slash")
        await user.fill_search("kind:sensing")
        wanted = rows(user)
        await user.press("ctrl+s")
        await user.until(lambda: user.on == "NameView")
        await user.type("Sensors")
        await user.press("enter")
        await user.until(lambda: user.on == "RegisterScreen")
        assert "/  Sensors" in user.screen
    async with using(example) as user:
        await user.press("v", "end", "enter")
        await user.until(lambda: rows(user) == wanted)
        assert user.app.screen.query_one("#search", Input).value == "kind:sensing"
        await user.press("v", "end", "delete")
        await user.until(lambda: "Forgotten: Sensors" in user.screen)
        assert "/  Sensors" not in user.screen
