"""The Import screen: a file chosen, read, looked at row by row, decided on, and taken in."""

from __future__ import annotations

import asyncio
import contextlib
import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from textual.events import Paste
from textual.widgets import Input, OptionList

from horizon import settings
from horizon.intake import maps
from horizon.intake.choices import Choices, WhenAlike
from horizon.intake.given import Given
from horizon.intake.load import plan
from horizon.intake.report import Outcome
from horizon.register import Register
from horizon.register.checking import verify
from horizon.tui.pages.imports import GONE, NEW, REFUSED, TWICE
from horizon.tui.screens.import_file import ImportScreen
from horizon.tui.widgets.register_table import RegisterTable
from tests.clocks import StandingClock
from tests.intake.using import loaded
from tests.tui.test_event_loop import at_work, limit
from tests.tui.using import NARROW, WIDE, User, page, using
from tests.watching import watched_loop

DATA = Path(__file__).parent.parent / "data"
ATRS = DATA / "uk_atrs_extract.csv"

ALIKE = "name,supplier,summary\nVoice to text,Acme,Types\nvoice-to-text,Other,Types too\nNew,A,B\n"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder the app was started in."""
    folder = tmp_path / "desk"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def written(desk: Path, text: str, name: str = "list.csv") -> Path:
    path = desk / name
    path.write_text(text, encoding="utf-8")
    return path


def screen(user: User) -> ImportScreen:
    found = user.app.screen_stack[2]
    assert isinstance(found, ImportScreen)
    return found


def in_front(user: User, name: str) -> bool:
    """Whether a screen has come to the front and can be typed into."""
    return user.on == name and user.app.focused is not None


def run_on(user: User) -> str:
    """What the screen says, as if no line were broken."""
    return " ".join(user.screen.replace("█", "").split())


async def patiently(user: User, true: Callable[[], bool]) -> None:
    """Wait until something holds that a thread brings about, on a machine with much to do too."""
    for _ in range(9):
        with contextlib.suppress(AssertionError):
            await user.until(true)
            return
    await user.until(true)


async def sees(user: User, words: str) -> None:
    """Wait until words can be read on the screen."""
    await patiently(user, lambda: words in user.screen)


async def says(user: User, words: str) -> None:
    """Wait until words are told beside the list."""
    await patiently(user, lambda: words in page(user))


async def ready(user: User) -> None:
    """Wait for a plan that knows of everything that was decided."""
    here = screen(user)
    await patiently(user, lambda: not here.is_busy and not here.is_behind and here._resting is None)


async def choose(user: User, path: Path | str) -> None:
    """Open the screen if it is not open, and give it a file."""
    if user.on == "RegisterScreen":
        await user.press("I")
        await patiently(user, lambda: user.on == "ImportScreen")
    user.app.screen.query_one("#path", Input).value = str(path)
    await user.press("enter")
    await ready(user)


async def take_in(user: User) -> None:
    await user.press("ctrl+s")
    await patiently(user, lambda: in_front(user, "Ask"))
    await user.press("right", "enter")
    await patiently(user, lambda: "Imported, as one change" in user.screen)


def lines(user: User) -> list[tuple[str, ...]]:
    """The rows on the screen: row, outcome and name."""
    return [row.cells[:3] for row in screen(user).query_one(RegisterTable).rows]


def counts(user: User) -> dict[str, int]:
    report = screen(user).report
    assert report is not None
    return {name: number for name, number in report.counts.items() if number}


# From a file to the register and back


async def test_a_file_is_planned_imported_as_one_change_and_undone_as_one_step(
    empty: Path,
) -> None:
    async with using(empty, size=NARROW) as user:
        before = len(list(user.register.history()))
        await choose(user, ATRS)
        await sees(user, "CSV, UTF-8, comma between cells, names in row 1, 20 rows")
        await sees(user, "[0 All 20]   1 New 20")
        assert len(list(user.register.history())) == before, "a plan changes nothing"
        await user.press("ctrl+s")
        await patiently(user, lambda: in_front(user, "Ask"))
        await sees(user, "Import this as one change? 20 technologies added, 0 changed.")
        await user.press("escape")
        assert not user.register.state.technologies
        await take_in(user)
        assert len(user.register.state.technologies) == 20
        assert len(list(user.register.history())) == before + 1
        await says(user, "T-0001")
        await user.press("u")
        await patiently(user, lambda: not user.register.state.technologies)
        await ready(user)
        assert counts(user) == {"new": 20}, "it can be imported again"
        await take_in(user)
        await user.press("escape")
        await patiently(user, lambda: user.on == "RegisterScreen")
        assert len(user.register.state.technologies) == 20
        assert len(list(user.register.history())) == before + 3
    assert verify(empty).faults == ()


async def test_undo_on_the_register_takes_the_whole_import_back_and_then_what_was_before_it(
    empty: Path, desk: Path
) -> None:
    async with using(empty) as user:
        user.app.act(lambda: user.register.propose(name="Mine"))
        user.app.act(lambda: user.register.add_note("Mine", "Something"))
        await choose(user, written(desk, "name\nGait\nLip\n"))
        await take_in(user)
        await user.press("escape", "ctrl+z")
        await patiently(user, lambda: len(user.register.state.technologies) == 1)
        assert user.register.technology("Mine").notes
        await user.press("ctrl+z")
        await patiently(user, lambda: not user.register.technology("Mine").notes)


async def test_where_somebody_worked_on_it_since_the_rest_can_be_undone(
    empty: Path, desk: Path
) -> None:
    clock = StandingClock()
    async with using(empty, clock=clock) as user:
        await choose(user, written(desk, "name\nGait\nLip\nNose\n"))
        await take_in(user)
        with Register.open(empty, acting="Ben Example", clock=clock) as other:
            other.add_note("Lip", "Worth a look")
        await user.press("u")
        await patiently(user, lambda: in_front(user, "Ask"))
        await sees(user, "has worked on T-0002 since")
        await user.press("right", "enter")
        await patiently(user, lambda: len(user.register.state.technologies) == 1)
        assert user.register.technology("Lip").notes


async def test_what_an_import_only_added_a_sighting_to_does_not_keep_it_from_being_undone(
    example: Path, desk: Path
) -> None:
    """T-0016 is on the agenda of a meeting, before the import and after it."""
    async with using(example) as user:
        sightings = len(user.register.technology("T-0016").sightings)
        await choose(user, ATRS)
        await user.press("4", "s")
        await ready(user)
        await take_in(user)
        assert len(user.register.technology("T-0016").sightings) == sightings + 1
        await user.press("u")
        await patiently(
            user, lambda: len(user.register.technology("T-0016").sightings) == sightings
        )


async def test_the_same_file_again_has_nothing_to_import(empty: Path, desk: Path) -> None:
    async with using(empty) as user:
        await choose(user, ATRS)
        await take_in(user)
        await user.press("o")
        await choose(user, ATRS)
        assert counts(user) == {"unchanged": 20}
        await user.press("ctrl+s")
        await patiently(user, lambda: "There is nothing to import." in user.screen)
        await user.press("escape")
        assert user.on == "RegisterScreen"


# Choosing a file


async def test_names_are_completed_and_files_chosen_from_a_list(empty: Path, desk: Path) -> None:
    (desk / "incoming").mkdir()
    written(desk / "incoming", "name\nGait\n", "scan-2026-10.csv")
    written(desk / "incoming", "name\nLip\n", "scan-2026-11.csv")
    written(desk / "incoming", "not for import", "letter.docx")
    async with using(empty, size=NARROW) as user:
        await user.press("I")
        await user.type("inc")
        path = user.app.screen.query_one("#path", Input)
        await patiently(user, lambda: path._suggestion == "incoming/")
        await user.press("tab")
        await patiently(user, lambda: path.value == "incoming/")
        await user.press("tab")
        await patiently(user, lambda: path.value == "incoming/scan-2026-1")
        await patiently(user, lambda: "scan-2026-11.csv" in user.screen)
        assert "letter.docx" not in user.screen
        await user.press("down", "down", "enter")
        await ready(user)
        assert lines(user) == [("2", "new", "Lip")]
    assert settings.load().importing["folder"] == str(desk / "incoming")
    async with using(empty, size=NARROW) as user:
        await user.press("I")
        path = user.app.screen.query_one("#path", Input)
        assert path.value == f"{desk / 'incoming'}/"


@pytest.mark.parametrize("pasted", [True, False])
async def test_a_whole_path_takes_the_place_of_the_folder_that_stands_there(
    empty: Path, desk: Path, pasted: bool
) -> None:
    (desk / "incoming").mkdir()
    path = written(desk / "incoming", "name\nGait\n")
    settings.save(importing={"folder": str(DATA)})
    async with using(empty, size=NARROW) as user:
        await user.press("I")
        line = user.app.screen.query_one("#path", Input)
        assert line.value == f"{DATA}/"
        if pasted:
            line.post_message(Paste(f"{path}\n"))
            await user.pilot.pause()
        else:
            line.insert_text_at_cursor("/")
            line.insert_text_at_cursor(str(path)[1:])
        assert line.value == str(path)
        await user.press("enter")
        await ready(user)
        assert lines(user) == [("2", "new", "Gait")]


async def test_home_takes_the_place_of_a_folder_and_a_name_goes_behind_it(
    empty: Path, desk: Path
) -> None:
    settings.save(importing={"folder": str(DATA)})
    async with using(empty) as user:
        await user.press("I")
        line = user.app.screen.query_one("#path", Input)
        line.insert_text_at_cursor("uk/")
        assert line.value == f"{DATA}/uk/"
        line.insert_text_at_cursor("~")
        line.insert_text_at_cursor("/scan.csv")
        assert line.value == "~/scan.csv"


async def test_enter_takes_what_is_offered_where_nothing_has_the_name_as_it_stands(
    empty: Path, desk: Path
) -> None:
    written(desk, "name\nGait\n", "scan-2026-10.csv")
    async with using(empty, size=NARROW) as user:
        await user.press("I")
        assert "→ Take the rest" in user.screen
        assert "Enter Open" in user.screen
        assert "↓ To the files" in user.screen
        await user.type("scan")
        path = user.app.screen.query_one("#path", Input)
        await patiently(user, lambda: path._suggestion == "scan-2026-10.csv")
        await user.press("enter")
        await ready(user)
        assert lines(user) == [("2", "new", "Gait")]


async def test_a_name_that_is_whole_is_opened_though_a_longer_one_is_offered(
    empty: Path, desk: Path
) -> None:
    written(desk, "name\nGait\n", "scan")
    written(desk, "name\nLip\n", "scan.csv")
    async with using(empty, size=NARROW) as user:
        await user.press("I")
        await user.type("scan")
        path = user.app.screen.query_one("#path", Input)
        await patiently(user, lambda: path._suggestion == "scan.csv")
        await user.press("enter")
        await ready(user)
        assert lines(user) == [("2", "new", "Gait")]


async def test_a_folder_of_markdown_files_is_read_as_a_whole(empty: Path, desk: Path) -> None:
    (desk / "radar").mkdir()
    for name in ("Kafka", "Spark"):
        text = f'---\ntitle: "{name}"\nring: adopt\nquadrant: tools\n---\nIt is {name}.\n'
        written(desk / "radar", text, f"{name}.md")
    async with using(empty) as user:
        await user.press("I")
        user.app.screen.query_one("#path", Input).value = "radar"
        await user.press("enter")
        files = user.app.screen.query_one("#files", OptionList)
        await patiently(user, lambda: "this folder as a whole" in user.screen)
        await patiently(user, files.has_focus.__bool__)
        await user.press("end", "enter")
        await ready(user)
        assert [name for _, _, name in lines(user)] == ["Kafka", "Spark"]


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (None, "nowhere.csv", "The file cannot be read. No such file or directory."),
        (b"", "empty.csv", "This file is empty"),
        (b"PK\x03\x04 broken", "broken.xlsx", "This workbook is damaged and cannot be read"),
        (b'{"a": [', "torn.json", "no format that can be imported"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "old.xls", "an old or a password-protected"),
        (b"name\n\x81\x8d\x8f\n", "bytes.csv", "neither UTF-8 nor Windows-1252"),
    ],
)
async def test_a_bad_file_is_one_clear_line_and_another_can_be_chosen(
    empty: Path, desk: Path, content: bytes | None, name: str, said: str
) -> None:
    if content is not None:
        (desk / name).write_bytes(content)
    async with using(empty) as user:
        await choose(user, desk / name)
        message = user.app.screen.query_one("#message")
        await patiently(user, lambda: name in str(message.render()))
        told = " ".join(str(message.render()).split())
        if name == "torn.json":
            assert "No column gives the name".casefold() in told.casefold() or said in told
        else:
            assert said in told
        assert name in told
        assert "Traceback" not in user.screen
        await user.press("escape")
        await patiently(user, lambda: user.on == "RegisterScreen")


async def test_a_register_that_cannot_be_written_to_takes_no_file_in(empty: Path) -> None:
    async with using(empty) as user:
        user.register.store.read_only = "The folder cannot be written to."
        await user.press("I")
        assert user.on == "RegisterScreen"
        await sees(user, "The folder cannot be written to.")


# The rows


async def test_a_refused_row_says_column_value_reason_and_what_would_fix_it(
    empty: Path, desk: Path
) -> None:
    text = "name,kind,colour\nGood,ai,red\nBad,magic,blue\n"
    async with using(empty, size=WIDE) as user:
        await choose(user, written(desk, text))
        await sees(user, "1 New 1")
        await sees(user, "5 Refused 1")
        await user.press("5")
        assert lines(user) == [("3", "refused", "Bad")]
        await says(user, "Column:      kind")
        said = page(user)
        assert "Value:       magic" in said
        assert "Reason:      it is not a kind of technology" in said
        assert "Fix:         Use one of: ai, machine-learning" in said
        assert "colour: blue" in said
        await user.press("1")
        assert lines(user) == [("2", "new", "Good")]
        await user.press("enter")
        await patiently(user, lambda: user.on == "PanelScreen")
        await sees(user, "colour: red")
        await user.press("escape", "0")
        assert len(lines(user)) == 2


async def test_the_row_under_the_cursor_is_told_below_the_list_on_a_small_screen(
    empty: Path, desk: Path
) -> None:
    async with using(empty, size=NARROW) as user:
        await choose(user, written(desk, "name,supplier\nGait,Acme\nLip,Other\n"))
        await sees(user, "Supplier:    Acme")
        await user.press("down")
        await sees(user, "Supplier:    Other")


async def test_a_newer_edition_shows_the_true_differences_and_what_is_gone(empty: Path) -> None:
    first, second = (DATA / f"zalando_radar_2026-0{day}.json" for day in ("3-26", "5-06"))
    async with using(empty) as user:
        await choose(user, first)
        await take_in(user)
        headless = plan(user.register, Given(second.name, second.read_bytes()), Choices())
        await user.press("o")
        await choose(user, second)
        plan_shown = screen(user).current_plan
        assert plan_shown is not None
        assert screen(user).report is not None
        assert screen(user).report.counts == headless.counts  # type: ignore[union-attr]
        assert plan_shown.count(GONE) == len(headless.gone) > 0
        number = plan_shown.groups.index(GONE)
        await user.press(str(number))
        assert {name for _, _, name in lines(user)} == {each.name for each in headless.gone}
        await says(user, "It stays in the register")
        await take_in(user)
        assert len(user.register.state.technologies) == sum(headless.counts.values()) + len(
            headless.gone
        )


async def test_a_column_that_changed_on_every_row_stands_apart_from_the_real_edits(
    empty: Path, desk: Path
) -> None:
    def edition(site: str, summary: str) -> str:
        rows = [f"Tool {n},{summary if n == 3 else 'Same'},https://{site}/{n}" for n in range(9)]
        return "\n".join(["name,summary,url", *rows]) + "\n"

    async with using(empty) as user:
        await choose(user, written(desk, edition("old.example.org", "Before")))
        await take_in(user)
        await user.press("o")
        await choose(user, written(desk, edition("new.example.org", "After")))
        await user.press("2")
        assert [name for _, _, name in lines(user)] == ["Tool 3"]
        await says(user, "Before")
        await says(user, "After")
        await sees(user, "3 Changed alike 8")
        await sees(user, "Link changed on 9 rows alike")


# Possible duplicates


async def test_possible_duplicates_are_decided_on_one_by_one(empty: Path, desk: Path) -> None:
    clock = StandingClock()
    with Register.open(empty, acting="Ben Example", clock=clock) as other:
        other.propose(name="Voice to text")
        other.propose(name="Lip reading")
    text = "name\nVoice-to-text\nLIP READING\nlip-reading\nNose\n"
    async with using(empty, size=NARROW, clock=clock) as user:
        await choose(user, written(desk, text))
        await user.press("4")
        assert [outcome for _, outcome, _ in lines(user)] == ["duplicate?"] * 3
        same = "T-0001 Voice to text has the same name"
        await patiently(user, lambda: same in " ".join(page(user).split()))
        await user.press("s")
        assert lines(user)[0][1] == "→ same"
        assert screen(user).row.name == "LIP READING"  # type: ignore[union-attr]
        await user.press("d")
        await user.press("x")
        assert [outcome for _, outcome, _ in lines(user)] == ["→ same", "→ new", "→ left out"]
        await ready(user)
        assert counts(user) == {"new": 2, "changed": 1, "possible duplicate": 1}
        await sees(user, "Possible duplicates 1 and 2 decided")
        await user.press("u")
        await ready(user)
        assert [outcome for _, outcome, _ in lines(user)] == ["→ same", "→ new", "duplicate?"]
        await take_in(user)
        left = "Left out: 1 possible duplicate."
        await patiently(user, lambda: left in " ".join(user.screen.replace("█", " ").split()))
        assert len(user.register.technology("T-0001").sightings) == 1
        names = [each.name for each in user.register.state.technologies.headers()]
        assert sorted(names) == ["LIP READING", "Lip reading", "Nose", "Voice to text"]
        await user.press("end")
        await says(user, "It was held back. Import the file again to decide on it.")
        assert "Left open, it is held back" not in page(user)


async def test_only_the_digits_that_there_are_are_offered(empty: Path, desk: Path) -> None:
    async with using(empty, size=NARROW) as user:
        await choose(user, written(desk, "name\nGait\n"))
        assert "0-5 Show only" in user.screen
        await user.press("question_mark")
        await patiently(user, lambda: in_front(user, "HelpScreen"))
        here, *_ = user.app.screen._keys()  # type: ignore[attr-defined]
        assert set(here["Show only"]) == {"0-5"}
        await user.press("escape")
        assert not user.app.screen.check_action("show", (6,))
        assert user.app.screen.check_action("show", (5,))


async def test_a_moment_is_shown_as_its_day(empty: Path, desk: Path) -> None:
    text = "name,date\nGait,2025-06-26T07:39:09Z\n"
    async with using(empty) as user:
        await choose(user, written(desk, text))
        await says(user, "26 June 2025")
        assert "T07:39" not in page(user)


async def test_which_one_it_is_the_same_as_can_be_said(empty: Path, desk: Path) -> None:
    clock = StandingClock()
    with Register.open(empty, acting="Ben Example", clock=clock) as other:
        other.propose(name="Voice to text", aliases=("V2T",))
        other.propose(name="Lip reading")
    async with using(empty, clock=clock) as user:
        await choose(user, written(desk, "name,aliases\nLip-reading,V2T\nvoice to text,\n"))
        await user.press("4", "s")
        await patiently(user, lambda: in_front(user, "ChooseOne"))
        await user.press("down", "enter")
        assert screen(user).choices.decide == {"2": "T-0001"}
        await user.press("home", "s")
        await patiently(user, lambda: in_front(user, "ChooseOne"))
        await user.press("down", "down", "enter")
        await patiently(user, lambda: in_front(user, "WriteLine"))
        await user.type("nothing like it")
        await user.press("enter")
        await patiently(user, lambda: "There is no technology" in user.screen)
        assert screen(user).choices.decide == {"2": "T-0001"}


async def test_all_possible_duplicates_are_decided_on_at_once(empty: Path, desk: Path) -> None:
    async with using(empty) as user:
        await choose(user, written(desk, ALIKE))
        assert counts(user) == {"new": 2, "possible duplicate": 1}
        await user.press("a", "down", "enter")
        await ready(user)
        assert screen(user).choices.duplicates is WhenAlike.SIGHTING
        assert counts(user) == {"new": 2, "changed": 1}
        await user.press("a", "down", "enter")
        await ready(user)
        assert counts(user) == {"new": 3}
        await take_in(user)
        assert len(user.register.state.technologies) == 3


async def test_a_decision_just_made_is_part_of_what_is_imported(empty: Path, desk: Path) -> None:
    """The plan follows decisions a moment later; saving does not overtake it."""
    async with using(empty) as user:
        await choose(user, written(desk, ALIKE))
        await user.press("4", "d", "ctrl+s")
        await patiently(user, lambda: in_front(user, "Ask"))
        await sees(user, "3 technologies added, 0 changed")
        await user.press("right", "enter")
        await patiently(user, lambda: len(user.register.state.technologies) == 3)


async def test_decisions_are_not_lost_without_asking(empty: Path, desk: Path) -> None:
    async with using(empty) as user:
        await choose(user, written(desk, ALIKE))
        await user.press("4", "d")
        await ready(user)
        for key in ("escape", "o"):
            await user.press(key)
            await patiently(user, lambda: in_front(user, "Ask"))
            await user.press("escape")
            assert screen(user).choices.decide == {"3": "new"}
        await user.press("ctrl+q")
        await patiently(user, lambda: in_front(user, "Ask"))
        await user.press("escape", "escape")
        await patiently(user, lambda: in_front(user, "Ask"))
        await user.press("right", "enter")
        await patiently(user, lambda: user.on == "RegisterScreen")
        assert not user.register.state.technologies


async def test_what_somebody_else_entered_meanwhile_is_planned_anew(
    empty: Path, desk: Path
) -> None:
    clock = StandingClock()
    async with using(empty, clock=clock) as user:
        await choose(user, written(desk, "name\nGait\nLip\n"))
        assert counts(user) == {"new": 2}
        with Register.open(empty, acting="Ben Example", clock=clock) as other:
            other.propose(name="lip")
        user.app.look()
        await patiently(user, lambda: screen(user)._resting is not None)
        await ready(user)
        assert counts(user) == {"new": 1, "possible duplicate": 1}


async def test_who_was_quicker_by_a_moment_keeps_the_import_from_being_half_made(
    empty: Path, desk: Path
) -> None:
    clock = StandingClock()
    async with using(empty, clock=clock) as user:
        await choose(user, written(desk, "name\nGait\nLip\n"))
        await user.press("ctrl+s")
        await patiently(user, lambda: in_front(user, "Ask"))
        with Register.open(empty, acting="Ben Example", clock=clock) as other:
            other.propose(name="lip")
        await user.press("right", "enter")
        await patiently(user, lambda: "look at it again" in run_on(user))
        await ready(user)
        await patiently(user, lambda: len(user.register.state.technologies) == 1)
        assert counts(user) == {"new": 1, "possible duplicate": 1}


async def test_a_technology_that_moved_on_meanwhile_is_not_overwritten(
    empty: Path, desk: Path
) -> None:
    clock = StandingClock()
    with Register.open(empty, acting="Ben Example", clock=clock) as other:
        loaded(other, "name,summary\nGait,First\n")
    async with using(empty, clock=clock) as user:
        await choose(user, written(desk, "name,summary\nGait,Second\n"))
        await user.press("ctrl+s")
        await patiently(user, lambda: in_front(user, "Ask"))
        with Register.open(empty, acting="Ben Example", clock=clock) as other:
            other.amend("Gait", {"summary": "Ours"})
        await user.press("right", "enter")
        await patiently(user, lambda: "look at it again" in run_on(user))
        await ready(user)
        await says(user, "stays Ours, because somebody edited it here")
        await patiently(user, lambda: user.register.technology("Gait").summary == "Ours")


# Columns, settings, saved maps


async def test_a_file_whose_columns_nobody_knows_is_read_once_one_gives_the_name(
    empty: Path, desk: Path
) -> None:
    text = "Werkzeug;Hersteller\nGait;Acme\nLip;Other\n"
    async with using(empty, size=NARROW) as user:
        await choose(user, written(desk, text))
        await patiently(user, lambda: "gives the name. Press c" in " ".join(user.screen.split()))
        await user.press("ctrl+s")
        assert user.on == "ImportScreen"
        await user.press("c")
        await patiently(user, lambda: in_front(user, "ColumnsScreen"))
        await sees(user, "Gait; Lip")
        await user.press("enter")
        await patiently(user, lambda: in_front(user, "ChooseOne"))
        await user.press("down", "enter")
        await patiently(user, lambda: "Taken as Name" in page(user))
        await user.press("down", "enter")
        await patiently(user, lambda: in_front(user, "ChooseOne"))
        await sees(user, "Supplier: who sells or makes it")
        user.app.screen.query_one(OptionList).highlighted = 5
        await user.press("enter", "ctrl+s")
        await ready(user)
        assert counts(user) == {"new": 2}
        await user.press("m")
        await patiently(user, lambda: in_front(user, "SavedMaps"))
        await patiently(user, lambda: "Esc Back" in user.screen)
        assert "Forget it" not in user.screen, "nothing was kept yet"
        await user.press("enter")
        await patiently(user, lambda: in_front(user, "WriteLine"))
        await user.type("tools")
        await user.press("enter")
        await patiently(user, lambda: "Kept as a way to read a file: tools" in user.screen)
        assert maps.saved_map("tools").columns == {"name": "Werkzeug", "supplier": "Hersteller"}
        await take_in(user)
        assert user.register.technology("Gait").supplier == "Acme"


async def test_a_saved_map_is_used_on_another_file(empty: Path, desk: Path) -> None:
    maps.save_map("tools", maps.SavedMap(columns={"name": "Werkzeug", "supplier": "Hersteller"}))
    maps.save_map("others", maps.SavedMap(columns={"name": "Tool"}))
    async with using(empty) as user:
        await choose(user, written(desk, "Werkzeug;Hersteller\nNose;Acme\n", "more.csv"))
        await user.press("m")
        await patiently(user, lambda: in_front(user, "SavedMaps"))
        await sees(user, "Read it as: others (this file has other columns)")
        await user.press("enter")
        await ready(user)
        assert counts(user) == {"new": 1}
        await user.press("m")
        await patiently(user, lambda: in_front(user, "SavedMaps"))
        await user.press("down", "delete")
        await patiently(user, lambda: "Forgotten: others" in user.screen)
        assert set(maps.saved_maps()) == {"tools"}


async def test_a_column_that_was_guessed_wrong_is_left_out(empty: Path, desk: Path) -> None:
    async with using(empty) as user:
        await choose(user, written(desk, "name,status,note\nGait,Live,Mine\n"))
        await user.press("c")
        await patiently(user, lambda: in_front(user, "ColumnsScreen"))
        await user.press("down", "down", "delete")
        await user.press("escape")
        await patiently(user, lambda: in_front(user, "Ask"))
        await user.press("escape", "ctrl+s")
        await ready(user)
        await take_in(user)
        (seen,) = user.register.technology("Gait").sightings
        assert seen.note == ""


async def test_the_sheet_and_the_header_row_are_shown_and_can_be_set(
    empty: Path, desk: Path
) -> None:
    path = desk / "scan.xlsx"
    with xlsxwriter.Workbook(path) as book:
        first, second = book.add_worksheet("Tools"), book.add_worksheet("Other things")
        for row, cells in enumerate([["A list"], ["name", "supplier"], ["Gait", "Acme"]]):
            first.write_row(row, 0, cells)
        for row, cells in enumerate([["Thing", "Maker"], ["Lip", "Other"], ["Nose", "Other"]]):
            second.write_row(row, 0, cells)
    async with using(empty) as user:
        await choose(user, path)
        await sees(user, "Excel workbook, sheet 'Tools', names in row 2, 1 row")
        await user.press("f")
        await patiently(user, lambda: in_front(user, "ImportSettings"))
        await user.choose("sheet", "Other things")
        await user.choose("kind", "sensing")
        await user.fill("source", "Autumn scan")
        await user.press("ctrl+s")
        await ready(user)
        await sees(user, "no column gives the name")
        await user.press("c", "enter", "down", "enter", "ctrl+s")
        await ready(user)
        assert [name for _, _, name in lines(user)] == ["Lip", "Nose"]
        await take_in(user)
        found = user.register.technology("Lip")
        assert found.kind == "sensing"
        assert found.sightings[0].source == "Autumn scan"
        assert user.register.state.head.imports[-1].source == "Autumn scan"


async def test_the_source_can_be_let_win_where_something_was_edited_here(
    empty: Path, desk: Path
) -> None:
    clock = StandingClock()
    with Register.open(empty, acting="Ben Example", clock=clock) as other:
        loaded(other, "name,summary\nGait,First\n")
        other.amend("Gait", {"summary": "Ours"})
    async with using(empty, clock=clock) as user:
        await choose(user, written(desk, "name,summary\nGait,Second\n"))
        await says(user, "stays Ours, because somebody edited it here")
        await user.press("f")
        await patiently(user, lambda: in_front(user, "ImportSettings"))
        ticks = user.app.screen.query_one("#field-take")
        ticks.focus()
        await user.press("space", "ctrl+s")
        await ready(user)
        await take_in(user)
        assert user.register.technology("Gait").summary == "Second"


async def test_a_setting_that_cannot_be_is_refused_and_the_plan_stands(
    empty: Path, desk: Path
) -> None:
    maps.save_map("others", maps.SavedMap(columns={"name": "Tool"}))
    async with using(empty) as user:
        await choose(user, written(desk, ALIKE))
        await user.press("4", "d")
        await ready(user)
        await user.press("f")
        await patiently(user, lambda: in_front(user, "ImportSettings"))
        await user.fill("header_row", "99")
        await user.press("ctrl+s")
        await ready(user)
        await patiently(user, lambda: "There is nothing in row 99" in user.screen)
        assert counts(user) == {"new": 3}
        await user.press("m", "down", "enter")
        await patiently(user, lambda: "'Tool' is not a column of list.csv" in user.screen)
        assert counts(user) == {"new": 3}
        assert screen(user).choices.decide == {"3": "new"}


# The report


async def test_the_report_is_saved_as_csv_and_replaced_only_when_somebody_says_so(
    empty: Path, desk: Path
) -> None:
    async with using(empty) as user:
        await choose(user, written(desk, "name,kind\nGait,ai\nLip,magic\n"))
        await user.press("r")
        await patiently(user, lambda: in_front(user, "WriteLine"))
        await user.press("enter")
        await patiently(user, lambda: "Saved:" in user.screen)
        (made,) = desk.glob("list-report-*.csv")
        rows = list(csv.DictReader(io.StringIO(made.read_text(encoding="utf-8-sig"))))
        assert [(row["row"], row["outcome"]) for row in rows] == [("2", "new"), ("3", "refused")]
        made.write_text("mine", encoding="utf-8")
        await user.press("r", "enter")
        await patiently(user, lambda: in_front(user, "Ask"))
        await user.press("escape")
        assert made.read_text(encoding="utf-8") == "mine"
        await user.press("r", "enter")
        await patiently(user, lambda: in_front(user, "Ask"))
        await user.press("right", "enter")
        await patiently(user, lambda: made.read_text(encoding="utf-8-sig").startswith("row,"))
        await user.press("r")
        await patiently(user, lambda: in_front(user, "WriteLine"))
        user.app.screen.query_one(Input).value = str(desk / "nowhere" / "report.csv")
        await user.press("enter")
        await patiently(user, lambda: "nowhere/report.csv: The report" in user.screen)


# Long files


def long(desk: Path, rows: int = 3_500) -> Path:
    text = "".join(f"Tool {n},Summary of tool {n},Supplier {n % 50}\n" for n in range(rows))
    return written(desk, f"name,summary,supplier\n{text}", "long.csv")


async def test_a_long_file_is_planned_without_holding_the_loop_up(empty: Path, desk: Path) -> None:
    path = long(desk)
    async with at_work(empty) as user:
        await user.press("I")
        await user.pilot.pause(0.3)
        user.app.screen.query_one("#path", Input).value = str(path)
        await user.pilot.pause(0.3)
        said: set[str] = set()
        with watched_loop() as watch:
            here = screen(user)
            here._read(str(path))
            while here.report is None:
                said.add(here._busy)
                await asyncio.sleep(0.01)
            await user.pilot.pause(0.3)
        assert watch.longest <= 2 * limit(), watch.over(limit())
        assert [each for each in watch.over(limit()) if "screen_update" not in each[1]] == []
        assert any(each.startswith("Planning  ") and each.endswith("%") for each in said)
        assert counts(user) == {"new": 3_500}
        with watched_loop() as watch:
            await user.press("end", "pageup", "home", "1", "5", "0", "down")
            await user.pilot.pause(0.2)
        assert watch.longest <= limit(), watch.over(limit())


async def test_reading_a_long_file_can_be_cancelled(empty: Path, desk: Path) -> None:
    path = long(desk)
    async with using(empty, size=NARROW) as user:
        await user.press("I")
        here = screen(user)
        here.query_one("#path", Input).value = str(path)
        here._read(str(path))
        here.action_leave()  # at once: a press would wait until all is read
        await patiently(user, lambda: "Cancelled. Nothing was changed." in user.screen)
        await patiently(user, lambda: not list(user.app.workers))
        assert here.report is None
        assert here.is_choosing
        await user.press("escape")
        await patiently(user, lambda: user.on == "RegisterScreen")
        assert not user.register.state.head.imports


async def test_the_groups_hold_every_row_once(empty: Path, desk: Path) -> None:
    text = "name,kind\nGait,ai\nGait,other\nLip,magic\nNose,ai\n"
    async with using(empty) as user:
        await choose(user, written(desk, text))
        plan_shown = screen(user).current_plan
        report = screen(user).report
        assert plan_shown is not None
        assert report is not None
        assert [plan_shown.count(each) for each in (NEW, TWICE, REFUSED)] == [2, 1, 1]
        every = [at for group, places in plan_shown.places.items() if group.id != "all"
                 for at in places]  # fmt: skip
        assert sorted(every) == list(range(len(report.rows)))
        assert sum(counts(user).values()) == len(report.rows)
        assert {each.outcome for each in report.rows} <= set(Outcome)
