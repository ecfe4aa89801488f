"""The first look at signals with a key for each verdict."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from horizon.model.headers import TechnologyHeader
from horizon.model.triage import Looked, Verdict
from horizon.model.wording import short_day
from horizon.register import Register
from horizon.tui.lists.columns import first_look
from tests.clocks import StandingClock
from tests.intake.using import loaded
from tests.tui.using import NARROW, WIDE, User, page, using


@pytest.fixture
def signals(empty: Path) -> Path:
    """Three signals with one source each."""
    with Register.open(empty, acting="Asha Example", clock=StandingClock()) as register:
        loaded(register, "name,summary,source\nGait,Walks,A\nLip,Lips,B\nEar,Ears,C\n")
    return empty


def verdict(user: User, ref: str) -> Verdict | None:
    triage = user.register.technology(ref).triage
    return triage.verdict if triage else None


async def open_queue(user: User) -> None:
    await user.press("t")
    await user.until(lambda: "1 of " in user.screen)


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_a_signal_is_shown_with_what_it_lacks_and_every_key(
    signals: Path, size: tuple[int, int]
) -> None:
    async with using(signals, size=size) as user:
        await open_queue(user)
        assert "1 of 3  ·  T-0001  Gait" in user.screen
        assert "Walks" in page(user)
        assert "a second, independent source" in page(user)
        for key in ("Assess", "Watch", "Log", "Park", "Threat", "Sponsor", "More", "Undo"):
            assert key in user.screen


async def test_two_digits_and_enter_take_the_suggested_verdict_and_undo_takes_it_back(
    signals: Path,
) -> None:
    async with using(signals) as user:
        await open_queue(user)
        await user.press("enter")
        await user.until(lambda: "two digits" in user.screen)
        await user.press("2", "1")
        assert "Suggested: Log (Enter)" in user.screen
        await user.press("enter")
        await user.until(lambda: "2 of 3" in user.screen)
        assert verdict(user, "Gait") is Verdict.LOG
        await user.press("u")
        await user.until(lambda: "1 of 3" in user.screen)
        assert verdict(user, "Gait") is None


async def test_what_cannot_be_taken_forward_is_watched_until_it_can(signals: Path) -> None:
    async with using(signals) as user:
        await open_queue(user)
        await user.press("5", "1")
        assert "Suggested: Watch (Enter)" in user.screen
        await user.press("a")
        await user.until(lambda: "cannot be taken forward yet" in user.screen)
        await user.press("i")
        await user.until(lambda: "Suggested: Assess (Enter)" in user.screen)
        assert "nothing: it can be taken forward" in page(user)
        await user.press("enter")
        await user.until(lambda: "2 of 3" in user.screen)
        assert verdict(user, "Gait") is Verdict.ASSESS


async def test_a_threat_and_its_horizon_are_said_with_a_key_each(signals: Path) -> None:
    async with using(signals) as user:
        await open_queue(user)
        await user.press("t", "h", "h", "4", "4", "w")
        await user.until(lambda: "2 of 3" in user.screen)
        triage = user.register.technology("Gait").triage
        assert triage is not None
        assert (triage.nature, triage.mainstream) == ("threat", "H2")
        assert triage.trigger.startswith("A second")
        await user.press("s", "3", "1", "p")
        await user.until(lambda: "That was the last signal" in user.screen)
        await user.until(lambda: "Watch" not in user.screen)
        assert "u Undo" in user.screen
        assert verdict(user, "Lip") is None
        assert verdict(user, "Ear") is Verdict.PARK


async def test_more_can_be_said_in_a_form(signals: Path) -> None:
    async with using(signals) as user:
        await open_queue(user)
        await user.press("4", "4", "e")
        await user.until(lambda: user.on == "TriageForm")
        await user.fill("trigger", "A court ruling")
        await user.press("ctrl+s")
        await user.until(lambda: user.on == "TriageScreen" and "2 of 3" in user.screen)
        triage = user.register.technology("Gait").triage
        assert triage is not None
        assert (triage.verdict, triage.trigger) == ("watch", "A court ruling")


async def test_a_row_of_signals_takes_three_keys_each(empty: Path) -> None:
    clock = StandingClock()
    with Register.open(empty, acting="Asha Example", clock=clock) as register:
        rows = "".join(f"Signal {chr(97 + n)},A\n" for n in range(12))
        loaded(register, f"name,source\n{rows}")
    async with using(empty, clock=clock) as user:
        await open_queue(user)
        for _ in range(12):
            await user.hold("2", "1", "enter")
        await user.until(lambda: "That was the last signal" in user.screen)
        looked = [e.triage for e in user.register.state.technologies.headers()]
        assert all(each is not None and each.verdict is Verdict.LOG for each in looked)


async def test_with_no_signal_there_is_nothing_to_do(empty: Path) -> None:
    async with using(empty, size=NARROW) as user:
        await user.press("t")
        await user.until(lambda: "No signal wants a look today." in user.screen)
        await user.press("1", "enter", "a", "s", "i", "e", "o", "u", "escape")
        assert user.on == "RegisterScreen"


async def test_ctrl_z_takes_a_first_look_back_here_and_after_the_screen_is_left(
    signals: Path,
) -> None:
    async with using(signals) as user:
        await user.press("t")
        await user.until(lambda: user.on == "TriageScreen")
        first = user.app.screen.signal  # type: ignore[attr-defined]
        await user.press("3", "3", "l")
        assert user.register.technology(first.id).triage is not None
        await user.press("ctrl+z")
        assert user.register.technology(first.id).triage is None
        assert user.app.screen.signal.id == first.id  # type: ignore[attr-defined]
        await user.press("3", "3", "l", "escape")
        await user.until(lambda: user.on == "RegisterScreen")
        await user.press("ctrl+z")
        assert user.register.technology(first.id).triage is None


async def test_sponsoring_is_said_taken_back_with_u_and_refused_a_second_time(
    signals: Path,
) -> None:
    async with using(signals) as user:
        await open_queue(user)
        await user.press("3", "1", "l")
        await user.until(lambda: "2 of 3" in user.screen)
        await user.press("i")
        await user.until(lambda: "You sponsor T-0002 now. Press u to take it back." in user.screen)
        await user.press("i")
        await user.until(lambda: "Asha Example sponsors T-0002 already." in user.screen)
        assert len(user.register.technology("Lip").sightings) == 2
        await user.press("2", "1", "l", "u", "u")
        assert "2 of 3" in user.screen
        assert len(user.register.technology("Lip").sightings) == 1
        assert verdict(user, "Lip") is None
        assert verdict(user, "Gait") is Verdict.LOG
        await user.press("u")
        await user.until(lambda: "1 of 3" in user.screen)
        assert verdict(user, "Gait") is None


async def test_a_verdict_from_the_form_says_that_u_takes_it_back(signals: Path) -> None:
    async with using(signals) as user:
        await open_queue(user)
        await user.press("2", "1", "e")
        await user.until(lambda: user.on == "TriageForm")
        await user.press("ctrl+s")
        await user.until(lambda: "T-0001: log. Press u to take it back." in user.screen)


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_the_list_says_what_came_of_a_first_look(
    signals: Path, size: tuple[int, int]
) -> None:
    async with using(signals, size=size) as user:
        until = user.register.today + timedelta(days=30)
        watched = Looked(
            verdict=Verdict.WATCH, impact=4, uncertainty=4, trigger="Use", check_on=until
        )
        user.app.act(lambda: user.register.triage("Gait", watched))
        logged = Looked(verdict=Verdict.LOG, impact=1, uncertainty=1)
        user.app.act(lambda: user.register.triage("Lip", logged))
        await user.press("v", "down", "enter")
        await user.until(lambda: f"Watch until {short_day(until)}" in user.screen)
        assert "Logged" in user.screen
        shown = {e.name: first_look(e, user.register.today) for e in headers(user)}
        assert shown == {"Gait": f"Watch until {short_day(until)}", "Lip": "Logged", "Ear": ""}
        gait = next(each for each in headers(user) if each.name == "Gait")
        assert first_look(gait, until) == f"Next look due {short_day(until)}"


def headers(user: User) -> list[TechnologyHeader]:
    return list(user.register.state.technologies.headers())
