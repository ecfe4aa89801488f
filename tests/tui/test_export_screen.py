"""The Export screen: choosing, looking, making, cancelling, and where it went."""

from __future__ import annotations

import asyncio
import csv
import io
import os
import re
from datetime import date
from pathlib import Path

import pytest
from textual.widgets import Button, Input, Select, Static

from horizon import settings
from horizon.model.errors import RuleBroken
from horizon.model.words import Edition, Marking
from horizon.papers.checking import check_file
from horizon.papers.issuing import Left, hand_over
from horizon.register import Register
from horizon.tui.exporting.exports import Choice, aside, kinds
from horizon.tui.exporting.preview import preview
from horizon.tui.opening import open_file, opener
from horizon.tui.screens.exported import exported
from horizon.tui.screens.meeting import MeetingScreen
from horizon.tui.screens.record import RecordScreen
from horizon.tui.widgets.fields import FieldBox
from horizon.tui.widgets.page import drawn
from tests.clocks import StandingClock
from tests.tui.using import NARROW, WIDE, User, go, page, using


@pytest.fixture(autouse=True)
def somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder the app was started in."""
    folder = tmp_path / "desk"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


async def choose(user: User, **chosen: str) -> None:
    for field, value in chosen.items():
        await user.choose(field, value)


async def export(user: User) -> None:
    """Press the key, and wait until it has left."""
    await user.press("ctrl+s")
    await user.until(lambda: "Exported" in user.screen)


async def test_a_pack_is_made_from_the_register_and_recorded(
    example: Path, somewhere: Path
) -> None:
    async with using(example, size=NARROW) as user:
        await user.press("x")
        await choose(user, what="ai-sub-group-pack", format="md")
        await export(user)
        made = somewhere / "ai-sub-group-pack-2026-12-08.md"
        assert "AI Sub-Group" in made.read_text(encoding="utf-8")
        said = page(user, "exported")
        assert str(made) in "".join(said.split())
        assert "AISG/2026-12-08/1" in said
        issued = user.register.state.head.papers[-1]
        assert (issued.format, issued.template.split()[0]) == ("md", "ai-sub-group-pack")
        assert check_file(user.register, made).is_as_issued
        await user.press("escape")
        assert user.on == "RegisterScreen"


async def test_what_is_on_the_list_is_what_is_exported(example: Path, somewhere: Path) -> None:
    async with using(example) as user:
        await user.press("slash")
        await user.type("lakehouse")
        await user.press("enter", "x")
        await choose(user, what="register", format="csv")
        assert "What is on the list: 1 (search: lakehouse)" in user.screen
        await export(user)
    (made,) = somewhere.iterdir()
    rows = list(csv.DictReader(io.StringIO(made.read_text(encoding="utf-8-sig"))))
    assert [row["name"] for row in rows] == ["Data lakehouse"]


async def test_a_view_that_is_not_narrowed_leaves_a_paper_to_its_own_agenda(example: Path) -> None:
    async with using(example) as user:
        await user.press("x")
        await choose(user, what="ai-sub-group-pack")
        assert "The agenda, or what the body decides on next" in user.screen
        await choose(user, about="shown")
        assert re.search(r"What is on the list: \d+ \(Needs someone\)", user.screen)


async def test_the_public_record_is_drafted_from_a_technology(
    example: Path, somewhere: Path
) -> None:
    async with using(example) as user:
        await go(user, "T-0018")
        await user.press("x")
        await choose(user, what="atrs", format="html")
        await user.until(lambda: "fields missing" in page(user, "export-preview"))
        await export(user)
        (made,) = somewhere.iterdir()
        assert made.name == "atrs-T-0018-2026-11-24.html"
        assert user.register.state.head.papers[-1].what == "atrs"


async def test_minutes_are_made_from_the_meeting_in_front(example: Path, somewhere: Path) -> None:
    async with using(example) as user:
        meeting = user.register.meeting("AISG/2026-06-30")
        await user.app.push_screen(MeetingScreen(meeting.id))
        await user.press("X")
        await user.until(
            lambda: "Draft minutes of the AI Sub-Group" in page(user, "export-preview")
        )
        await choose(user, format="md")
        await export(user)
        made = somewhere / "minutes-AISG-2026-06-30.md"
        assert "Event streaming" in made.read_text(encoding="utf-8")
        issued = user.register.state.head.papers[-1]
        assert (issued.what, issued.about) == ("minutes", meeting.ref)
        assert check_file(user.register, made).is_as_issued
        await user.press("escape")
        assert user.on == "MeetingScreen"


async def test_the_record_in_front_is_made_into_a_paper(example: Path, somewhere: Path) -> None:
    async with using(example) as user:
        number = user.register.technology("T-0023").decisions[-1].number
        await user.app.push_screen(RecordScreen(user.register.technology("T-0023").id))
        await user.press("x")
        await user.until(lambda: f"Decision record {number}" in page(user, "export-preview"))
        await choose(user, format="html", edition="public", unread="withhold")
        await export(user)
    (made,) = somewhere.iterdir()
    assert made.name == f"record-{number.replace('/', '-')}-public.html"


async def test_the_preview_stands_beside_the_form_and_follows_it(example: Path) -> None:
    async with using(example, size=WIDE) as user:
        await user.press("x")
        await choose(user, what="ai-sub-group-pack")
        await user.until(lambda: "say what happens next with" in page(user, "export-preview"))
        await choose(user, what="star")
        await user.until(lambda: "dim_technology.csv: 29 rows" in page(user, "export-preview"))
        assert "AI Sub-Group" not in page(user, "export-preview")


async def test_the_preview_comes_over_the_form_where_there_is_no_room(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await user.press("x")
        await choose(user, what="decisions-register")
        await user.press("ctrl+g")
        await user.until(lambda: "Decisions register, as at 24 November 2026" in user.screen)
        assert user.on == "PreviewScreen"
        await user.press("escape")
        assert user.on == "ExportScreen"


async def test_choices_are_offered_again(example: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    async with using(example) as user:
        await user.press("x")
        await choose(user, what="radar", format="zalando.json", sectors="objective")
        user.app.screen.query_one("#field-path", Input).value = str(elsewhere / "radar.json")
        await export(user)
    assert settings.load().export["folder"] == str(elsewhere)
    async with using(example, size=NARROW) as user:
        await user.press("x")
        for field, value in {
            "what": "radar",
            "format": "zalando.json",
            "sectors": "objective",
        }.items():
            assert user.app.screen.query_one(f"#field-{field}", Select).value == value
        path = next(each for each in user.app.screen.query(FieldBox) if each.field.name == "path")
        assert path.field.help.startswith(f"In {elsewhere}")


async def test_a_name_somebody_wrote_is_left_alone(example: Path, somewhere: Path) -> None:
    async with using(example) as user:
        await user.press("x")
        await choose(user, what="ai-sub-group-pack", format="docx")
        path = user.app.screen.query_one("#field-path", Input)
        path.value = "for-the-chair.docx"
        await choose(user, format="md")
        assert path.value == "for-the-chair.docx"
        await user.press("ctrl+s")
        await user.until(lambda: "path ends in .docx, and the format in .md" in user.screen)
        assert path.has_focus
        path.value = "nowhere/for-the-chair.md"
        await user.press("ctrl+s")
        await user.until(lambda: "a folder that is not there" in user.screen)
        assert not list(somewhere.iterdir())


async def test_a_file_is_replaced_only_when_somebody_says_so(
    example: Path, somewhere: Path
) -> None:
    there = somewhere / "register-2026-11-24.csv"
    there.write_text("mine", encoding="utf-8")
    async with using(example, size=NARROW) as user:
        await user.press("x")
        await choose(user, what="register", format="csv")
        await user.press("ctrl+s")
        await user.until(lambda: user.on == "Ask")
        await user.press("escape")
        assert there.read_text(encoding="utf-8") == "mine"
        await user.press("ctrl+s")
        await user.until(lambda: user.on == "Ask")
        await user.press("right", "enter")
        await user.until(lambda: "Exported" in user.screen)
        assert there.read_text(encoding="utf-8-sig").startswith('"technology_id",')


async def test_cancelling_writes_nothing_and_records_nothing(
    example: Path, somewhere: Path
) -> None:
    async with using(example, size=NARROW) as user:
        await user.press("x")
        await choose(user, what="police-authority-report", format="pdf")
        screen = user.app.screen
        screen.action_save()  # type: ignore[attr-defined]
        screen.action_leave()  # type: ignore[attr-defined]
        await user.until(lambda: "Cancelled. Nothing was written." in user.screen)
        await user.until(lambda: not list(user.app.workers))
        assert user.on == "ExportScreen"
        assert not screen.query_one("#save", Button).disabled
        assert not list(somewhere.iterdir())
        assert not user.register.state.head.papers
        await user.press("escape")
        assert user.on == "RegisterScreen"


async def test_the_work_is_named_while_it_is_done(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await user.press("x")
        await choose(user, what="police-authority-report", format="pdf")
        screen = user.app.screen
        working = screen.query_one("#working", Static)
        screen.action_save()  # type: ignore[attr-defined]
        said: list[str] = []
        while user.app.screen is screen:
            said.append(str(working.render()))
            await asyncio.sleep(0)
        for step in ("Judging and building the paper", "Writing it as .pdf"):
            assert any(each.startswith(step) and "Esc cancels" in each for each in said)
        await user.until(lambda: "Exported" in user.screen)


async def test_texts_are_read_before_a_public_edition_is_made(
    example: Path, somewhere: Path
) -> None:
    clock = StandingClock()
    with Register.open(example, acting="Asha Example", clock=clock) as register:
        register.amend("T-0018", {"problem": "Priya Example, 07700 900123, asked for it."})
        names = [each.name for each in register.state.people.values()]
    async with using(example, clock=clock) as user:
        await go(user, "T-0018")
        await user.press("x")
        await choose(user, what="board-paper", body="ai-sub-group", format="html", edition="public")
        await user.press("ctrl+s")
        await user.until(lambda: "Press Ctrl+R to read them here" in user.screen)
        assert not list(somewhere.iterdir())
        await user.press("ctrl+r")
        await user.until(lambda: user.on == "ReleaseScreen")
        texts = user.app.screen._texts  # type: ignore[attr-defined]
        for text in texts:
            if text.text.place.key == "problem":
                assert "[[Priya Example]], [[07700 900123]]" in page(user)
                assert "phone number: 07700 900123" in page(user)
                await user.press("m")
                await user.until(lambda: user.on == "ChooseGround")
                await user.press("enter")
                await user.until(lambda: user.on == "ReleaseScreen")
            else:
                await user.press("r")
        assert f"{len(texts)} read, not saved yet" in user.screen
        await user.press("ctrl+s")
        await user.until(lambda: user.on == "ExportScreen")
        await export(user)
        release = user.register.technology("T-0018").released["problem"]
        assert user.register.name(release.by) == "Asha Example"
        assert release.ground == "personal"
    (made,) = somewhere.iterdir()
    said = made.read_text(encoding="utf-8")
    assert "[Left out: FOIA s.40(2)]" in said
    assert not [each for each in names if each in said]
    assert "07700 900123" not in said


async def test_texts_left_unread_are_not_lost_without_asking(example: Path) -> None:
    async with using(example) as user:
        await go(user, "T-0018")
        await user.press("x")
        await choose(user, what="board-paper", body="ai-sub-group", edition="public")
        await user.until(lambda: "Press Ctrl+R" in page(user, "export-preview"))
        await user.press("ctrl+r")
        await user.until(lambda: user.on == "ReleaseScreen")
        await user.press("r", "up")
        assert "What a public edition will say" in page(user)
        await user.press("escape")
        await user.until(lambda: user.on == "Ask")
        await user.press("escape", "backspace")
        assert "What a public edition will say" not in page(user)
        await user.press("escape")
        await user.until(lambda: user.on == "ExportScreen")


async def test_texts_nobody_read_can_be_withheld_instead(example: Path, somewhere: Path) -> None:
    async with using(example) as user:
        await go(user, "T-0018")
        await user.press("x")
        await choose(user, what="board-paper", body="ai-sub-group", format="md", edition="public")
        await choose(user, unread="withhold")
        await export(user)
    (made,) = somewhere.iterdir()
    assert made.name == "board-paper-T-0018-2026-12-08-public.md"
    assert "not yet read for release" in made.read_text(encoding="utf-8")


@pytest.mark.skipif(
    os.name == "nt", reason="a program of one's own is put in the place of xdg-open"
)
async def test_it_is_opened_with_what_opens_files_here(
    example: Path, somewhere: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    opened = tmp_path / "opened"
    for name in ("xdg-open", "open"):
        program = programs / name
        program.write_text(f'#!/bin/sh\nprintf %s "$1" > "{opened}"\n', encoding="utf-8")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("DISPLAY", ":7")
    async with using(example, size=NARROW) as user:
        await user.press("x")
        await choose(user, what="radar", format="svg")
        await export(user)
        assert f"Press o to open it, or: {opener()} " in page(user, "exported")
        await user.press("o")
        await user.until(lambda: opened.exists() and bool(opened.read_text(encoding="utf-8")))
    assert opened.read_text(encoding="utf-8") == str(somewhere / "radar-2026-11-24.svg")


def test_where_nothing_opens_files_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    if os.name != "nt":
        assert open_file(tmp_path / "x.pdf")


async def test_a_register_that_cannot_be_written_to_lets_nothing_leave(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        user.register.store.read_only = "The folder cannot be written to."
        await user.press("x")
        assert user.on == "RegisterScreen"
        assert "The folder cannot be written to." in user.screen


def test_everything_on_offer_can_be_made_and_looked_at(example: Path, tmp_path: Path) -> None:
    """Each kind in each of its formats, but for those that only set the same paper."""
    with Register.open(example, acting="Asha Example", clock=StandingClock()) as register:
        one = (register.technology("T-0018").id,)
        for kind in kinds(one=True):
            papers = "docx" in dict(kind.formats).values()
            for _, form in kind.formats:
                if papers and form in ("docx", "pdf", "html", "odt"):
                    continue
                choice = Choice(
                    kind,
                    form,
                    tmp_path,
                    only=one if kind.id == "atrs" else (),
                    body="ai-sub-group",
                )
                with aside(register) as own:
                    prepared = choice.at(tmp_path / "x").prepare(own, lambda step: None)
                shown = drawn(preview(prepared), 60).plain if form != "png" else ""
                assert form == "png" or len(shown.splitlines()) > 5, (kind.id, form)
                assert choice.edition is Edition.INTERNAL


def test_a_reference_never_stands_for_two_contents(example: Path, tmp_path: Path) -> None:
    """Two people prepare, and the second hands over what has another content by now."""
    clock = StandingClock()
    with Register.open(example, acting="Asha Example", clock=clock) as register:
        register_kind = next(each for each in kinds(one=False) if each.id == "register")
        first = Choice(register_kind, "json", tmp_path / "a.json")
        one = first.prepare(register, lambda step: None)
        register.propose(name="Something new")
        two = first.at(tmp_path / "b").prepare(register, lambda step: None)
        assert one.leaving.reference == two.leaving.reference
        hand_over(register, one)
        with pytest.raises(RuleBroken, match="was issued with other content"):
            hand_over(register, two)
        assert not (tmp_path / "b.json").exists()
        assert len(register.state.head.papers) == 1


@pytest.mark.parametrize(
    ("key", "screen", "what"),
    [("R", "RadarScreen", "radar"), ("C", "CompareScreen", "register"),
     ("D", "AllConditionsScreen", "conditions-list"), ("A", "AuditScreen", "changes")],
)  # fmt: skip
async def test_what_is_on_a_screen_is_exported_from_there(
    example: Path, key: str, screen: str, what: str
) -> None:
    async with using(example, size=NARROW) as user:
        await user.reach(screen, key)
        assert "x Export" in user.screen
        await user.reach("ExportScreen", "x")
        assert user.app.screen.query_one("#field-what", Select).value == what
        await user.reach(screen, "escape")


async def test_a_day_on_which_the_body_does_not_meet_is_said_under_it(example: Path) -> None:
    async with using(example, size=WIDE) as user:
        await user.press("x")
        await choose(user, what="board-paper", body="ai-sub-group")
        box = next(
            each for each in user.app.screen.query(FieldBox) if each.field.name == "meeting_on"
        )
        said = box.query_one(".field-help", Static)
        assert box.text == "2026-12-08"
        assert str(said.content) == "A meeting is called for this day."
        box.query_one(Input).value = "2026-12-09"
        await user.until(lambda: "The next is on 8 December 2026." in str(said.content))
        box.query_one(Input).value = ""
        await user.until(lambda: "it is for no meeting" in str(said.content))


async def test_the_radar_is_exported_with_the_rings_and_sectors_on_the_screen(
    example: Path,
) -> None:
    async with using(example, size=NARROW) as user:
        await user.press("R")
        await user.until(lambda: user.on == "RadarScreen")
        await user.press("r", "s", "x")
        await user.until(lambda: user.on == "ExportScreen")
        boxes = {each.field.name: each.text for each in user.app.screen.query(FieldBox)}
        assert (boxes["rings"], boxes["sectors"]) == ("time horizon", "objective")


def test_the_command_that_checks_a_file_later_is_not_broken_within_its_name() -> None:
    name = "minutes-AISG-2026-11-30-of-the-ai-sub-group.docx"
    left = Left(
        what="minutes",
        reference="AISG/2026-11-30/1",
        marking=Marking.OFFICIAL,
        edition=Edition.INTERNAL,
        as_at=date(2026, 11, 30),
        content_digest="0" * 64,
        head="0" * 64,
        format="docx",
        path=Path(name),
    )
    lines = drawn(exported(left, 1, ""), 72).plain.split("\n")
    assert f"  horizon papers check {name}" in lines
    assert any(name in each for each in drawn(exported(left, 1, ""), 56).plain.split("\n"))
