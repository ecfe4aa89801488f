"""The Radar: rings, sectors, marks that never hide each other, and the list beside it."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from horizon.cli.exporting import radar as radar_command
from horizon.judgement.radar_layout import Shape
from horizon.model.technology import Details
from horizon.papers.pictures.register_radar import register_radar
from horizon.papers.radar_export import RadarOrder
from horizon.papers.template import RadarPart
from horizon.register import Proposal, Register
from horizon.tui.exporting.exports import Choice
from horizon.tui.pages import radar as radar_page
from horizon.tui.screens.radar import Legend, RadarScreen
from horizon.tui.widgets.radar import RadarPicture, rings_of
from tests.clocks import StandingClock
from tests.tui.using import NARROW, WIDE, User, using


async def radar(user: User) -> RadarPicture:
    """Go to the radar and wait until it knows what moved."""
    await user.press("R")
    await user.until(lambda: isinstance(user.app.screen, RadarScreen))
    screen = user.app.screen
    assert isinstance(screen, RadarScreen)
    await user.until(lambda: screen._before is not None)
    await user.pilot.pause()
    return screen.query_one(RadarPicture)


def entries(user: User) -> tuple[radar_page.Entry, ...]:
    screen = user.app.screen
    assert isinstance(screen, RadarScreen)
    assert screen._radar is not None
    return screen._radar.entries


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])
async def test_everything_on_the_route_is_on_the_picture_and_in_the_list(
    example: Path, size: tuple[int, int]
) -> None:
    async with using(example, size=size) as user:
        picture = await radar(user)
        route = user.register.framework.route
        ended = {each.id for each in route.stages if each.ended}
        wanted = {
            each.id
            for each in user.register.state.technologies.headers()
            if each.stage not in ended
        }
        assert {each for mark in picture.marks for each in mark.ids} == wanted
        listed = {row.id for row in user.app.screen.query_one(Legend).rows if row.id}
        assert listed == wanted
        assert f"{len(wanted)} on it" in user.screen
        for mark in picture.marks:
            assert mark.text in user.screen.splitlines()[mark.row + picture.region.y]


async def test_every_row_of_the_picture_is_as_wide_as_the_widget(example: Path) -> None:
    async with using(example, size=WIDE) as user:
        picture = await radar(user)
        for y in range(picture.size.height):
            assert picture.render_line(y).cell_length == picture.size.width


async def test_the_arrow_keys_walk_the_marks_and_the_list_follows(example: Path) -> None:
    async with using(example) as user:
        picture = await radar(user)
        legend = user.app.screen.query_one(Legend)
        for key in ("down", "right", "up", "left", "down", "down"):
            await user.press(key)
            assert legend.current in picture.current
            name = user.register.header(picture.current[0]).name
            assert name in user.screen or "share this mark" in user.screen


async def test_n_goes_through_all_of_them_by_number(example: Path) -> None:
    async with using(example) as user:
        picture = await radar(user)
        seen = set(picture.current)
        for _ in picture.marks:
            await user.press("n")
            seen.update(picture.current)
        assert len(seen) == len(entries(user))


async def test_the_list_moves_the_cursor_on_the_picture(example: Path) -> None:
    async with using(example) as user:
        picture = await radar(user)
        await user.press("tab", "end")
        legend = user.app.screen.query_one(Legend)
        assert legend.has_focus
        await user.until(lambda: legend.current in picture.current)
        assert entries(user)[-1].header.id == legend.current
        await user.press("tab")
        assert picture.has_focus


@pytest.mark.parametrize("focus", [(), ("tab",)], ids=["picture", "list"])
async def test_enter_opens_and_coming_back_keeps_the_place(
    example: Path, focus: tuple[str, ...]
) -> None:
    async with using(example) as user:
        picture = await radar(user)
        await user.press(*focus, "down", "enter")
        await user.until(lambda: user.on == "TechnologyScreen")
        await user.press("escape")
        await user.until(lambda: user.on == "RadarScreen")
        assert user.app.screen.query_one(Legend).current in picture.current


async def test_rings_and_sectors_can_be_told_otherwise(example: Path) -> None:
    async with using(example) as user:
        picture = await radar(user)
        assert "rings by stage, sectors by kind" in user.screen
        await user.press("r")
        assert "rings by time horizon" in user.screen
        await user.press("r")
        headers = {each.header.name: each for each in entries(user)}
        assert headers["Document redaction"].ring == 0
        assert headers["Fraud report triage"].ring == 1
        assert headers["Gait recognition"].ring == 2
        await user.press("s")
        assert "sectors by objective" in user.screen
        names = [each.name for each in user.register.framework.objectives]
        words = [row.words for row in user.app.screen.query_one(Legend).rows if row.words]
        assert any(names[0] in each for each in words)
        assert any("Not scored for an objective" in each for each in words)
        assert {each for mark in picture.marks for each in mark.ids} == {
            each.header.id for each in entries(user)
        }


@pytest.mark.parametrize("key", ["", "r"], ids=["stage", "time horizon"])
async def test_the_screen_and_the_picture_can_be_read_together(example: Path, key: str) -> None:
    """Rings, their names and the numbers are those of the radar that is exported."""
    async with using(example) as user:
        await radar(user)
        await user.press(*key)
        screen = user.app.screen
        assert isinstance(screen, RadarScreen)
        assert screen._radar is not None
        paper = register_radar(user.register, rings=screen._rings)
        assert screen._radar.rings.names == paper.rings
        assert {(e.header.id, e.number, e.ring) for e in entries(user)} == {
            (each.id, each.number, each.ring) for each in paper.blips
        }


async def test_the_screen_shows_what_every_export_draws_unless_somebody_says_otherwise(
    example: Path,
) -> None:
    async with using(example) as user:
        await radar(user)
        screen = user.app.screen
        assert isinstance(screen, RadarScreen)
        shown = {"rings": screen._rings, "sectors": screen._sectors}
    options = {each.name: each.default for each in radar_command.params}
    assert {name: options[name] for name in shown} == shown
    assert {name: getattr(RadarOrder(), name) for name in shown} == shown
    assert {name: getattr(RadarPart(part="radar"), name) for name in shown} == shown
    chosen = {each.name: each.default for each in fields(Choice)}
    assert {name: chosen[name] for name in shown} == shown


async def test_each_ring_has_a_short_name_and_the_list_says_what_it_stands_for(
    example: Path,
) -> None:
    async with using(example) as user:
        await radar(user)
        rows = user.app.screen.query_one(Legend).rows
        words = [row.words.strip() for row in rows if row.words]
        assert words[-5:-1] == [
            "Use  In use",
            "Trial and approval",
            "Look  Being looked at",
            "Out  Suspended, decommissioning",
        ]
        assert {row.cells[2] for row in rows if row.cells} == {"Use", "Trial", "Look", "Out"}


async def test_shapes_tell_what_moved_in_the_last_90_days(tmp_path: Path) -> None:
    path, clock = tmp_path / "register.json", StandingClock(date(2026, 1, 5))
    with Register.create(path, name="Moving", acting="Asha Example", clock=clock) as register:
        for name, horizon in (("Nearer", "H3"), ("Further", "H1"), ("Same", "H2")):
            register.propose(name=name, time_horizon=horizon)
        clock.go_to(date(2026, 11, 1))
        register.amend("Nearer", {"time_horizon": "H2"})
        register.amend("Further", {"time_horizon": "H3"})
        register.amend("Same", {"summary": "Other words."})
        register.propose(name="Newcomer")
    async with using(path, clock=StandingClock(date(2026, 11, 24))) as user:
        await radar(user)
        await user.press("r")
        shapes = {each.header.name: each.shape for each in entries(user)}
        assert shapes == {"Nearer": "▲", "Further": "▼", "Same": "●", "Newcomer": "★"}
        assert "▲ moved nearer" in user.screen
    async with using(path, clock=StandingClock(date(2027, 3, 1))) as user:
        await radar(user)
        await user.press("r")
        assert {each.shape for each in entries(user)} == {"●"}


async def test_where_there_is_no_room_several_share_a_mark_and_the_list_shows_all(
    tmp_path: Path,
) -> None:
    path, clock = tmp_path / "register.json", StandingClock()
    with Register.create(path, name="Many", acting="Asha Example", clock=clock) as register:
        register.propose_many(
            [Proposal(details=Details(name=f"Tool {number:03}")) for number in range(400)]
        )
    async with using(path, size=NARROW, clock=clock) as user:
        picture = await radar(user)
        shared = [mark for mark in picture.marks if len(mark.ids) > 1]
        assert shared
        assert sum(len(mark.ids) for mark in picture.marks) == 400
        assert sum(bool(row.id) for row in user.app.screen.query_one(Legend).rows) == 400
        while len(picture.current) == 1:
            await user.press("p")
        assert f"{len(picture.current)} share this mark" in user.screen
        first = min(
            (each for each in entries(user) if each.header.id in picture.current),
            key=lambda each: each.number,
        )
        await user.press("enter")
        legend = user.app.screen.query_one(Legend)
        assert legend.has_focus
        assert legend.current == first.header.id


@pytest.mark.parametrize("size", [NARROW, (50, 14), (200, 60)])
async def test_an_empty_register_has_an_empty_radar(empty: Path, size: tuple[int, int]) -> None:
    async with using(empty, size=size) as user:
        await radar(user)
        await user.press("down", "enter", "n", "r", "s", "tab", "down", "enter", "tab")
        assert user.on == "RadarScreen"


def test_rings_are_drawn_in_braille_and_meet_themselves() -> None:
    lines = rings_of(Shape(60, 30, 2, 4))
    assert len(lines) == 30
    assert {len(line) for line in lines} == {60}
    assert all(each == " " or 0x2800 <= ord(each) <= 0x28FF for line in lines for each in line)
    assert "".join(lines).count(" ") < 60 * 30 - 150


def test_more_than_26_sectors_go_on_with_numbers() -> None:
    assert radar_page.letters(28)[25:] == ("Z", "27", "28")


async def test_what_the_rings_mean_is_read_by_keys_alone(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await user.reach("RadarScreen", "R")
        await user.until(lambda: "on it" in user.screen)
        await user.press("tab", "end")
        await user.until(lambda: "Rings, from the centre" in user.screen)
