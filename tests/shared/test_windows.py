"""Windows of two forces on one server: what is shared is followed, what is not is never seen."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from textual.widgets import Input, TextArea

from horizon.register.checking import verify
from horizon.store.postgres.roles import Role
from tests.cli.test_terminal import terminal
from tests.postgres import TestServer
from tests.shared.cutting import Wire
from tests.shared.using import Database
from tests.tui.test_import_screen import choose, counts, patiently, take_in
from tests.tui.using import go, using

WITHIN = 6.0
"""Seconds in which the other window shows what was decided: thrice the two that are promised, for
a machine with other things to do."""


@pytest.fixture
def two(database: Database) -> Database:
    """COLP shares one of its two technologies with MPS."""
    for force in ("COLP", "MPS"):
        database.begin(force)
        database.grant(Role.SECRETARY, force)
    with database.open("sam") as register:
        register.propose(name="Speech analytics")
        register.propose(name="Licence plate reader")
        register.share("T-0001", ["MPS"], reason="A joint trial")
    return database


async def decide(user, ref: str) -> None:  # type: ignore[no-untyped-def]
    """Record the futures team's decision to watch a technology, as a person fills in the form."""
    await go(user, ref)
    await user.press("d")
    await user.until(lambda: user.on == "DecideScreen")
    await user.choose("seat", "futures-team@G0")
    await user.choose("outcome", "watch")
    await user.fill("reasons", "Nobody has tried it yet")
    user.app.screen.query_one("#field-options", TextArea).insert("Do nothing\nLook again later")
    user.app.screen.query_one("#field-review_by", Input).value = "2027-05-31"
    await user.press("ctrl+s")
    await user.until(lambda: user.on == "TechnologyScreen")
    await user.press("escape")


async def test_a_decision_on_what_is_shared_is_seen_in_the_other_forces_window(
    two: Database, tmp_path: Path
) -> None:
    """Their window is the whole program on a terminal of its own, ours is driven by key."""
    theirs = two.address("sam_mps", "COLP")
    with terminal(tmp_path, "--register", theirs) as (window, _):
        window.until("1 of 6")  # the tour, the first time
        window.seen = ""
        window.type("q")
        window.until("Speech analytics")
        window.type("\r")
        window.until("1 Overview")
        window.type("5")
        window.until("Shared it with MPS")
        assert "Watch" not in window.plain
        async with using(two.place("sam")) as user:
            await decide(user, "T-0002")  # not shared: nothing may move over there
            time.sleep(2.0)
            assert user.register.technology("T-0002").decisions
            await decide(user, "T-0001")
            decided = time.monotonic()
            window.until("Watch")
            assert time.monotonic() - decided < WITHIN
        window.type("\x1b")
        time.sleep(0.5)
        window.type("/plate")
        time.sleep(1.0)
        window.type("\x11")
        seen = window.until("Speech analytics")
    assert "Licence" not in seen
    assert "plate reader" not in seen


async def test_their_window_says_whose_it_is_and_offers_no_change_that_is_kept(
    two: Database,
) -> None:
    async with using(two.place("sam_mps", "COLP")) as user:
        assert "Register of COLP (shared by COLP)" in user.screen
        assert "acting as sam_mps of MPS" in user.screen
        assert "Read only" in user.screen
        await user.until(lambda: "Only COLP can change" in user.screen)
        await user.press("n")
        await user.pilot.pause()
        assert user.on == "RegisterScreen"


async def test_a_file_is_imported_and_the_import_undone_in_the_window_of_a_database(
    database: Database, tmp_path: Path
) -> None:
    database.begin("COLP")
    database.grant(Role.SECRETARY)
    rows = tmp_path / "list.csv"
    rows.write_text("name,supplier\nGait recognition,Acme\nRoad camera,Beta\n", encoding="utf-8")
    async with using(database.place("sam")) as user:
        await user.press("escape")
        await choose(user, rows)
        assert counts(user) == {"new": 2}
        await take_in(user)
        await user.press("escape")
        await user.until(lambda: "Road camera" in user.screen)
        with database.open() as other:
            assert len(other.state.technologies) == 2
        await user.press("ctrl+z")
        await patiently(user, lambda: not user.register.state.technologies)
    assert verify(database.place(force="COLP")).faults == ()


async def test_what_was_typed_is_kept_while_the_server_is_away(
    postgres: TestServer, prepared: str
) -> None:
    database = Database.made(postgres, "typing", template=prepared)
    database.begin("COLP")
    database.grant(Role.SECRETARY)
    wire = Wire(postgres.folder)
    try:
        place = database.place("sam")
        through = place.conninfo.replace(
            str(postgres.folder).replace("/", "%2F"), str(wire.folder).replace("/", "%2F")
        )
        assert str(wire.folder).replace("/", "%2F") in through
        async with using(type(place)(through)) as user:
            await user.press("n")
            await user.fill("name", "Speech analytics")
            wire.is_down = True
            wire.cut()
            await user.press("ctrl+s")
            await user.until(lambda: "cannot be reached" in user.screen)
            assert user.on == "ProposeScreen"
            assert user.app.screen.query_one("#field-name", Input).value == "Speech analytics"
            wire.is_down = False
            user.register.store._line._not_before = 0.0
            await user.until(lambda: not user.app.present.read_only)
            await user.press("ctrl+s")
            await user.until(lambda: user.on == "RegisterScreen")
        with database.open() as register:
            assert register.technology("T-0001").name == "Speech analytics"
    finally:
        wire.close()
