"""What works on every screen: undo, writing down, copying, links, notes, tags, columns, keys."""

from __future__ import annotations

import re
from pathlib import Path
from typing import ClassVar

import pytest
from textual.binding import Binding as Plain
from textual.widget import Widget
from textual.widgets import Input, OptionList, TextArea

from horizon import settings
from horizon.model.days import read_day
from horizon.model.errors import BadInput
from horizon.register import Register
from horizon.tui.app import HorizonApp
from horizon.tui.bindings import bound_in, every_binding, refuse_unknown
from horizon.tui.keymap import Binding, keys_path, read_keys
from horizon.tui.lists.views import COLUMNS, View, cells, listed, ordered
from horizon.tui.screens.tour import CARDS
from horizon.tui.widgets.register_table import RegisterTable
from tests.clocks import StandingClock
from tests.tui.test_register_screen import rows
from tests.tui.using import NARROW, WIDE, User, go, page, using


def said(user: User) -> str:
    """What the app said last in a notification."""
    return [str(each.message) for each in user.app._notifications][-1]


# Undo and redo


async def test_a_change_is_undone_and_done_again_with_two_keys(example: Path) -> None:
    async with using(example) as user:
        await go(user, "Gait recognition")
        await user.press("f", "n", "ctrl+s")
        await user.until(lambda: user.on == "TechnologyScreen")
        held = dict(user.register.technology("Gait recognition").facts)
        assert held
        await user.press("ctrl+z")
        assert user.register.technology("Gait recognition").facts != held
        assert said(user).startswith("Taken back: T-0029, set facts to no")
        await user.press("ctrl+y")
        assert user.register.technology("Gait recognition").facts == held


async def test_on_the_register_the_last_thing_done_in_this_window_is_undone(example: Path) -> None:
    async with using(example) as user:
        await user.press("f2")
        await user.type("Smart glasses")
        await user.press("enter")
        await user.until(lambda: user.on == "RegisterScreen")
        assert user.register.technology("Smart glasses").label == "T-0030"
        await user.press("ctrl+z")
        await user.until(lambda: len(user.register.state.technologies) == 29)
        await user.press("ctrl+y")
        await user.until(lambda: len(user.register.state.technologies) == 30)
        assert user.register.technology("Smart glasses").label == "T-0031"


async def test_what_is_written_down_is_said_to_be_near_what_is_here(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await user.press("f2")
        await user.until(lambda: user.on == "CaptureScreen")
        line = user.app.screen.query_one(Input)
        line.value = "Gait recognitions | Police Expo 2026"
        line.post_message(Input.Submitted(line, line.value))
        near = "Gait recognitions. It may be the same as T-0029 Gait recognition. "
        await user.until(lambda: bool(user.app._notifications) and near in said(user))
        await user.press("f2")
        await user.type("Nothing of the kind")
        await user.press("enter")
        await user.until(lambda: "Nothing of the kind. Ctrl+Z takes it back." in said(user))


async def test_a_screen_on_an_entry_that_is_taken_back_is_left(example: Path) -> None:
    async with using(example) as user:
        user.register.propose(name="Smart glasses")
        await go(user, "Smart glasses")
        await user.press("ctrl+z")
        await user.until(lambda: user.on == "RegisterScreen")


async def test_where_an_entry_was_taken_back_the_cursor_stays_at_its_row(example: Path) -> None:
    async with using(example) as user:
        await user.press("v", "down", "enter")  # All
        user.app.act(lambda: user.register.propose(name="Drone catching nets"))
        await user.until(lambda: "Drone catching" in user.screen)
        table = user.app.screen.query_one(RegisterTable)
        table.go_to(user.register.technology("Drone catching nets").id)
        at = table.cursor
        assert at > 5
        await user.press("ctrl+z")
        await user.until(lambda: "Drone catching nets" not in user.screen)
        assert table.cursor in (at, len(table.rows) - 1)


async def test_what_cannot_be_undone_says_why(example: Path) -> None:
    async with using(example) as user:
        await user.press("ctrl+z")
        assert "nothing in this window" in said(user)
        await go(user, "Fraud report triage")
        await user.press("ctrl+z")
        assert "T-0019" in said(user)


async def test_undo_goes_back_over_what_was_done_in_this_window_and_no_further(
    example: Path,
) -> None:
    with Register.open(example, acting="Asha Example", clock=StandingClock()) as register:
        register.add_note("T-0001", "Yesterday")
    async with using(example) as user:
        for ref in ("T-0001", "T-0002", "T-0001"):
            user.app.act(lambda ref=ref: user.register.add_note(ref, "Today"))
        held = []
        for _ in range(4):
            await user.press("ctrl+z")
            held.append([len(user.register.technology(e).notes) for e in ("T-0001", "T-0002")])
        assert held == [[2, 1], [2, 0], [1, 0], [1, 0]]
        assert "nothing in this window" in said(user)
        await user.press("ctrl+y", "ctrl+y", "ctrl+y", "ctrl+y")
        assert [len(user.register.technology(e).notes) for e in ("T-0001", "T-0002")] == [3, 1]
        assert "taken nothing back" in said(user)


async def test_undo_never_reaches_behind_a_form(example: Path) -> None:
    async with using(example) as user:
        user.app.act(lambda: user.register.add_note("T-0001", "Something"))
        await go(user, "T-0001")
        await user.press("a")
        await user.until(lambda: user.on == "AmendScreen")
        await user.press("ctrl+z")
        assert "Finish or leave this form" in said(user)
        assert user.register.technology("T-0001").notes


async def test_undo_works_on_a_technology_opened_from_a_meeting(example: Path) -> None:
    async with using(example) as user:
        user.app.act(lambda: user.register.add_note("T-0013", "Something"))
        await user.reach("MeetingScreen", "m", "enter")
        await user.reach("TechnologyScreen", "down", "enter")
        await user.press("ctrl+z")
        assert not user.register.technology("T-0013").notes


async def test_undo_at_a_meeting_takes_nothing_else_back_and_says_what_can_be_done(
    example: Path,
) -> None:
    async with using(example) as user:
        user.app.act(lambda: user.register.add_note("T-0013", "Something"))
        await user.reach("MeetingScreen", "m", "enter", "ctrl+z")
        assert "What was done at a meeting is not taken back" in said(user)
        assert user.register.technology("T-0013").notes


async def test_another_day_is_not_shown_over_a_meeting_and_the_keys_say_so(example: Path) -> None:
    async with using(example) as user:
        await user.reach("MeetingScreen", "m", "enter")
        for key in ("T", "equals_sign"):
            user.app.clear_notifications()
            await user.press("escape", key)
            assert user.on == "MeetingsScreen"
            assert "Go back first" in said(user)
            await user.reach("MeetingScreen", "enter")


# Writing down


async def test_a_line_half_written_is_not_thrown_away_unasked(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await user.reach("CaptureScreen", "f2")
        await user.type("Half an idea")
        await user.reach("Ask", "escape")
        await user.reach("CaptureScreen", "enter")
        assert "Half an idea" in user.screen
        await user.press("escape", "right", "enter")
        await user.until(lambda: user.on == "RegisterScreen")


async def test_what_may_be_the_same_is_said_while_a_line_is_written(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await user.reach("CaptureScreen", "f2")
        await user.type("Gait recogniton")
        assert "It may be in the register already: T-0029 Gait recognition." in user.screen
        await user.reach("RegisterScreen", "ctrl+s")
        assert user.register.technology("Gait recogniton").label == "T-0030"


@pytest.mark.parametrize("keys", [(), ("b",), ("A",), ("m",), ("n",), ("comma",)])
async def test_a_technology_is_written_down_in_a_line_from_anywhere(
    example: Path, keys: tuple[str, ...]
) -> None:
    async with using(example, size=NARROW) as user:
        await user.press(*keys)
        await user.pilot.pause(0.3)
        before = user.on
        await user.press("ctrl+n")
        await user.until(lambda: user.on == "CaptureScreen")
        line = user.app.screen.query_one(Input)
        line.value = "Smart glasses | Trade press https://example.org/g | Two forces try them"
        await user.press("enter")
        await user.until(lambda: user.on == before)
        (seen,) = user.register.technology("Smart glasses").sightings
        assert (seen.source, seen.url, seen.note) == (
            "Trade press",
            "https://example.org/g",
            "Two forces try them",
        )


async def test_a_name_that_is_there_already_can_be_seen_again(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        before = len(user.register.technology("T-0029").sightings)
        await user.press("f2")
        user.app.screen.query_one(Input).value = "Gait-Recognition | A conference"
        await user.press("enter")
        await user.until(lambda: "T-0029 is called that already" in user.screen)
        assert user.on == "CaptureScreen"
        await user.press("enter")
        await user.until(lambda: user.on == "RegisterScreen")
        assert len(user.register.technology("T-0029").sightings) == before + 1


# Copying and links


async def test_the_record_under_the_cursor_or_in_front_is_copied(example: Path) -> None:
    async with using(example) as user:
        await user.press("y")
        assert user.app.clipboard.startswith("T-00")
        assert "Standing:" in user.app.clipboard
        await go(user, "Fraud report triage")
        await user.press("3", "y")
        assert user.app.clipboard.startswith("T-0019 Fraud report triage")
        assert page(user, "text-Ethics") in user.app.clipboard
        await user.press("5", "y")
        assert user.app.clipboard


async def test_every_screen_gives_something_to_copy(example: Path) -> None:
    async with using(example) as user:
        for key in "bRCDAm":
            await user.press(key)
            await user.pilot.pause(0.4)
            user.app._clipboard = ""
            await user.press("y")
            assert user.app.clipboard, key
            await user.press("escape")
            await user.until(lambda: user.on == "RegisterScreen")


async def test_links_are_opened_and_only_web_addresses(
    empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Register.open(empty, acting="Asha Example", clock=StandingClock()) as register:
        ref = register.propose(name="Gait analysis").id
    async with using(empty) as user:
        opened: list[str] = []
        monkeypatch.setattr(user.app, "open_url", opened.append)
        await user.press("v", "down", "enter", "O")
        assert "no link" in said(user)
        seen = {"source_type": "media", "seen_on": user.register.today}
        from horizon.model.technology import Sighting

        user.register.add_sighting(ref, Sighting(source="A", url="file:///etc/passwd", **seen))
        await user.press("O")
        assert "no link" in said(user)
        user.register.add_sighting(ref, Sighting(source="A", url="https://example.org/1", **seen))
        await user.press("O")
        assert opened == ["https://example.org/1"]
        user.register.add_sighting(ref, Sighting(source="B", url="https://example.org/2", **seen))
        await user.press("O")
        await user.until(lambda: user.on == "LinksScreen")
        await user.press("down", "enter")
        await user.until(lambda: user.on == "RegisterScreen")
        assert opened[-1] == "https://example.org/2"


# Notes, tags, columns


async def test_a_note_is_written_and_read_on_the_overview(example: Path) -> None:
    async with using(example) as user:
        await go(user, "Gait recognition")
        await user.press("n")
        await user.until(lambda: user.on == "NoteScreen")
        await user.fill("text", "Ask the university about its data")
        await user.press("ctrl+s")
        await user.until(lambda: user.on == "TechnologyScreen")
        assert "Asha Example: Ask the university about its data" in page(user, "text-Overview")


async def test_a_tag_is_completed_from_those_in_use(example: Path) -> None:
    async with using(example) as user:
        user.register.amend("T-0001", {"tags": ("Camera", "Custody")})
        user.register.amend("T-0002", {"tags": ("Custody",)})
        await go(user, "Gait recognition")
        await user.press("a")
        await user.until(lambda: user.on == "AmendScreen")
        tags = user.app.screen.query_one("#field-tags", Input)
        tags.focus()
        await user.type("cus")
        await user.until(lambda: tags._suggestion == "Custody")
        await user.press("right", "ctrl+s")
        await user.until(lambda: user.on == "TechnologyScreen")
        assert user.register.technology("Gait recognition").tags == ("Custody",)


async def test_columns_are_chosen_and_remembered_for_each_register(
    example: Path, tmp_path: Path
) -> None:
    async with using(example, size=WIDE) as user:
        await user.press("c", "space", "down", "space", "down", "space", "enter")
        await user.until(lambda: user.on == "RegisterScreen")
        titles = user.screen.splitlines()[3]
        assert "Kind" in titles
        assert "Owner" not in titles
        assert "Stage" not in titles
        await user.press("o", "o", "o")
        order = rows(user)
    async with using(example, size=WIDE) as user:
        await user.until(lambda: "Kind" in user.screen.splitlines()[3])
        assert rows(user) == order == sorted(order, key=str.casefold)
        await user.press("c", "down", "down", "down", "down", "space", "enter")
        await user.until(lambda: user.on == "RegisterScreen")
        await user.until(lambda: "Supplier" in user.screen.splitlines()[3])
        assert not user.app._notifications, "all of them have room"
        await user.press("c", *["down"] * 5, *["space", "down"] * 7, "enter")
        await user.until(lambda: "No room for " in said(user))
        await user.press("c", "u")
        await user.until(lambda: "Kind" not in user.screen.splitlines()[3])
    other = tmp_path / "other.json"
    Register.create(other, name="Other", acting="Asha Example", clock=StandingClock()).close()
    async with using(other, size=WIDE) as user:
        assert "Kind" not in user.screen.splitlines()[3]


async def test_a_layout_that_cannot_be_read_is_the_usual_one(example: Path) -> None:
    settings.write(layouts={"x": 3, "y": {"columns": 4, "sorts": [1]}})
    register = Register.open(example, acting="Asha Example", clock=StandingClock())
    name = register.state.head.register_id
    register.close()
    settings.write(layouts={name: {"columns": {"a": 1}, "sorts": {"All": "x"}}})
    async with using(example) as user:
        assert "Label" in user.screen


# Keys


async def test_letters_move_as_in_vim_wherever_they_mean_nothing_else(example: Path) -> None:
    async with using(example) as user:
        table = user.app.screen.query_one(RegisterTable)
        await user.press("j", "j", "k")
        assert table.cursor == 1
        await user.press("G")
        assert table.cursor == len(table.rows) - 1
        await user.press("g")
        assert table.cursor == 0
        await go(user, "Fraud report triage")
        await user.press("j", "j")
        scroll = user.app.screen.query_one("#Overview VerticalScroll")
        await user.until(lambda: scroll.scroll_offset.y == 2)
        await user.press("k")
        await user.until(lambda: scroll.scroll_offset.y == 1)
        await user.press("e")
        await user.until(lambda: user.on == "EthicsScreen")
        await user.press("j", "j")
        assert user.app.screen.query_one(OptionList).highlighted == 2


async def test_letters_are_typed_where_something_is_written(example: Path) -> None:
    async with using(example) as user:
        await user.press("slash")
        await user.type("jkhlgGyO")
        assert user.app.screen.query_one("#search", Input).value == "jkhlgGyO"


async def test_a_file_gives_keys_of_ones_own(example: Path) -> None:
    keys_path().parent.mkdir(parents=True, exist_ok=True)
    keys_path().write_text('[keys]\nsearch = "f5,F"\npropose = "N"\n', encoding="utf-8")
    async with using(example) as user:
        assert "N Propose" in user.screen
        await user.press("n", "slash")
        assert user.on == "RegisterScreen"
        assert not user.app.screen.query_one("#search", Input).has_focus
        await user.press("F")
        assert user.app.screen.query_one("#search", Input).has_focus
        await user.press("escape", "N")
        await user.until(lambda: user.on == "ProposeScreen")


async def test_a_key_of_ones_own_that_takes_the_place_of_another_is_said_once(
    example: Path,
) -> None:
    keys_path().parent.mkdir(parents=True, exist_ok=True)
    keys_path().write_text('[keys]\nsearch = "n"\n', encoding="utf-8")
    async with using(example) as user:
        await user.press("down", "down")
        words = [str(e.message) for e in user.app._notifications]
        assert sum("takes the place of 'Propose' (n)" in each for each in words) == 1
        assert user.on == "RegisterScreen"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[keys", "cannot be read"),
        ("keys = 3", "keys is not a table"),
        ("[keys]\nsearch = 3", "search: 3 is not a key"),
        ('[keys]\nsearch = "shift of f"', "is not a key"),
        ('[keys]\nsearch = "ctrl+m"', "a terminal sends enter for ctrl+m"),
        ('[keys]\nsearch = "f"\nviews = "x,f"', "f is given to search and to views"),
    ],
)
async def test_keys_that_cannot_be_used_are_said_and_the_usual_ones_hold(
    example: Path, text: str, said: str
) -> None:
    keys_path().parent.mkdir(parents=True, exist_ok=True)
    keys_path().write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match=re.escape(said)):
        read_keys(keys_path())
    async with using(example) as user:
        assert any(said in str(each.message) for each in user.app._notifications)
        await user.press("slash")
        assert user.app.screen.query_one("#search", Input).has_focus


def test_every_key_of_the_app_has_a_name_and_can_be_bound_anew() -> None:
    """A key whose class takes Textual's own Binding has no name: import it from
    horizon.tui.keymap."""
    found = list(every_binding())
    assert len(found) > 150
    assert [each for each in found if not each.name] == []
    assert {"search", "propose", "undo", "write-down"} <= {each.name for each in found}


def test_no_two_keys_of_a_screen_share_a_name() -> None:
    seen: dict[tuple[str, str], set[str]] = {}
    for each in every_binding():
        seen.setdefault((each.place, each.name), set()).add(each.action)
    assert {key: words for key, words in seen.items() if len(words) > 1} == {}


def test_a_name_that_no_key_has_is_refused_with_the_nearest() -> None:
    with pytest.raises(BadInput, match="Did you mean propose"):
        refuse_unknown({"propos": "x"}, "keys.toml")


class Odd(Widget):
    """A widget whose author did not know."""

    BINDINGS: ClassVar = [Plain("x", "odd", "Odd"), Binding("y", "even", "Even one")]


def test_a_binding_of_textual_itself_has_no_name() -> None:
    assert [each.name for each in bound_in(Odd)] == ["", "even-one"]


# The tour


async def test_the_tour_has_six_cards_and_leads_back(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await user.press("f3")
        await user.until(lambda: user.on == "TourScreen")
        assert len(CARDS) == 6
        for number, card in enumerate(CARDS, start=1):
            await user.until(lambda at=f"{number} of 6  {card.title}": at in user.screen)
            for key, _ in card.keys:
                assert key in user.screen
            await user.press("enter")
        await user.until(lambda: user.on == "RegisterScreen")
        assert (settings.load().model_extra or {})["toured"] is True


async def test_the_tour_names_keys_that_do_what_it_says(example: Path) -> None:
    """A card that names a key the app does not have would be worse than none."""
    known = {key for each in every_binding() for key in each.keys.split(",")}
    spelt = {"/": "slash", "?": "question_mark", ",": "comma", "Enter": "enter", "Esc": "escape"}
    for card in CARDS:
        for key, _ in card.keys:
            name = spelt.get(key, key if len(key) == 1 else key.lower())
            assert name in known, key


async def test_help_tells_the_keys_of_every_screen_and_dialog(example: Path) -> None:
    ways: list[tuple[str, ...]] = [
        (), ("n",), ("m",), ("b",), ("R",), ("C",), ("D",), ("A",), ("comma",), ("c",), ("f3",),
        ("I",),
        ("enter",), ("enter", "f"), ("enter", "e"), ("enter", "g"), ("enter", "d"), ("enter", "K"),
        ("enter", "c"), ("enter", "5", "enter"),
    ]  # fmt: skip
    async with using(example, size=NARROW) as user:
        for keys in ways:
            await user.press(*keys)
            await user.pilot.pause(0.2)
            before = user.on
            if isinstance(user.app.focused, Input | TextArea):  # there a question mark is written
                user.app.screen.set_focus(None)
            await user.press("question_mark")
            await user.until(lambda: user.on == "HelpScreen")
            assert user.app.screen._about.__doc__  # type: ignore[attr-defined]
            await user.press("escape")
            await user.until(lambda before=before: user.on == before)
            while user.on != "RegisterScreen":
                user.app.pop_screen()
                await user.pilot.pause()


async def test_the_first_time_the_tour_begins_by_itself(example: Path) -> None:
    register = Register.open(example, acting="Asha Example", clock=StandingClock())
    app = HorizonApp(register)
    app.first_run = True
    async with app.run_test(size=NARROW) as pilot:
        user = User(app, pilot)
        await user.until(lambda: user.on == "TourScreen")
        await user.press("escape")
        await user.until(lambda: user.on == "RegisterScreen")
    register.close()


async def test_columns_of_days_say_them_as_people_do_and_are_sorted_by_date(example: Path) -> None:
    async with using(example) as user:
        everything = listed(user.register, View("All"))
        for title in ("Review by", "Stage since", "Changed"):
            at = [each.title for each in COLUMNS].index(title)
            shown = [
                cells(user.register, each)[at]
                for each in ordered(user.register, everything, (at, False))
            ]
            days = [read_day(each) for each in shown if each]
            assert days == sorted(days)
            assert len({*days}) > 5
            assert not any("-" in each for each in shown)
            assert shown.index("") == len(days) if "" in shown else len(days) == len(shown)


async def test_the_help_of_a_line_that_is_written_scrolls_nothing(example: Path) -> None:
    async with using(example) as user:
        await user.press("f2")
        await user.until(lambda: user.on == "CaptureScreen")
        await user.press("f1")
        await user.until(lambda: user.on == "HelpScreen")
        *_, moving = user.app.screen._keys()  # type: ignore[attr-defined]
        assert not {"Up", "Down", "Page up", "Page down"} & set(moving)
        assert "Move cursor right, or take what is suggested" in moving
