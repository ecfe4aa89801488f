"""The small forms of a meeting say what is wrong, and claim nothing that nobody chose."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from textual.widgets import OptionList

from horizon.model.meeting import Presence, Seat
from horizon.register import Register
from horizon.register.inputs import AttendanceInput, ItemInput
from horizon.tui.screens.conditions import DischargeScreen
from horizon.tui.screens.meeting import MeetingScreen
from tests.clocks import StandingClock
from tests.tui.over import meeting
from tests.tui.using import NARROW, WIDE, User, page, using


async def test_what_somebody_did_about_an_interest_is_chosen(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await user.reach("MeetingScreen", "m", "enter")
        await user.reach("InterestScreen", "down", "i", "ctrl+s")
        await user.until(lambda: "What they did is needed" in user.screen)


async def test_a_comment_without_a_name_says_how_to_write_one(example: Path) -> None:
    async with using(example, clock=StandingClock(), size=NARROW) as user:
        await user.reach("MeetingScreen", "m", "enter")
        await user.reach("MinuteScreen", "down", "m")
        await user.fill("comments", "I disagree")
        await user.press("ctrl+s")
        await user.until(lambda: "cannot be 'I disagree'. Write NAME" in user.screen)
        assert not meeting(user).items[0].comments


async def test_the_reason_for_no_decision_is_not_called_optional(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await user.reach("MeetingScreen", "m", "enter")
        await user.reach("MinuteScreen", "down", "x")
        assert "Why there was no decision (optional)" not in user.screen


async def test_a_meeting_says_what_was_decided_and_counts_what_is_missing_as_the_form_does(
    example: Path,
) -> None:
    async with using(example) as user:
        over = max(
            (each for each in user.register.state.meetings.values() if each.is_closed),
            key=lambda each: (any(e.decision for e in each.items), each.on),
        )
        item = next(each for each in over.items if each.decision)
        decision = user.register.technology(item.technology or "").decision(item.decision)
        assert decision is not None
        outcome = user.register.framework.route.outcome_name(decision.body, decision.outcome)
        await user.app.push_screen(MeetingScreen(over.id))
        await user.until(lambda: f"{item.decision}: {outcome}" in page(user))
        await user.press(*["down"] * item.number)
        await user.until(lambda: decision.reasons[:40] in page(user))


async def test_an_item_is_dropped_only_when_that_was_meant(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await user.reach("MeetingScreen", "m", "enter")
        before = len(meeting(user).items)
        await user.reach("Ask", "down", "minus")
        assert "Drop item 1" in user.screen
        await user.reach("MeetingScreen", "escape")
        assert len(meeting(user).items) == before
        await user.reach("Ask", "minus")
        await user.reach("MeetingScreen", "right", "enter")
        await user.until(lambda: len(meeting(user).agenda) == before - 1)
        assert "taken off the agenda" in user.screen
        assert f"0 of {before - 1} items taken" in user.screen
        assert "Drop item" not in user.screen
        await user.press("i")
        assert "Item 1 was taken off the agenda." in user.screen


async def test_an_item_that_was_begun_offers_no_key_to_drop_it_and_says_why_at_once(
    example: Path,
) -> None:
    async with using(example, size=NARROW) as user:
        await user.reach("MeetingScreen", "m", "enter", "down")
        assert "Drop item" in user.screen
        await user.reach("MinuteScreen", "m")
        await user.fill("text", "Heard")
        await user.reach("MeetingScreen", "ctrl+s")
        await user.until(lambda: "Drop item" not in user.screen)
        await user.press("minus")
        await user.until(lambda: "Item 1 stays on the agenda: a minute was" in user.screen)
        assert user.on == "MeetingScreen"
        assert "Press x to minute that" in user.screen


async def test_the_people_of_the_last_meeting_are_recorded_unchanged_only_when_that_was_meant(
    example: Path,
) -> None:
    async with using(example, size=NARROW) as user:
        await user.reach("MeetingScreen", "m", "enter")
        await user.reach("AttendanceScreen", "a")
        await user.reach("Ask", "ctrl+s")
        assert "This is the list of" in user.screen
        await user.reach("AttendanceScreen", "escape")
        assert not meeting(user).attendance
        await user.reach("Ask", "ctrl+s")
        await user.reach("MeetingScreen", "right", "enter")
        assert meeting(user).present


async def test_closing_says_that_nobody_was_there(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await user.reach("MeetingScreen", "m", "enter")
        assert not meeting(user).present
        await user.reach("CloseScreen", "C")
        assert "Nobody is recorded" in user.screen


async def test_two_who_minute_the_same_item_see_both_versions(example: Path) -> None:
    clock = StandingClock()
    async with using(example, size=NARROW, clock=clock) as user:
        await user.reach("MeetingScreen", "m", "enter")
        await user.reach("MinuteScreen", "down", "m")
        await user.fill("text", "Mine")
        with Register.open(example, acting="Ben Example", clock=clock) as other:
            other.minute(meeting(user).ref, 1, "Theirs")
        await user.reach("ConflictScreen", "ctrl+s")
        assert "( ) theirs  Theirs" in user.screen
        assert "(x) yours   Mine" in user.screen
        await user.reach("MeetingScreen", "enter")
        assert meeting(user).items[0].minute == "Mine"


async def test_two_who_take_attendance_lose_nobody(example: Path) -> None:
    clock = StandingClock()
    async with using(example, size=NARROW, clock=clock) as user:
        ref = meeting(user).ref
        seated = [
            AttendanceInput(person=name, seat=Seat.MEMBER)
            for name in ("Ben Example", "Grace Example")
        ]
        with Register.open(example, acting="Ben Example", clock=clock) as other:
            other.attend(ref, seated)
        await user.reach("MeetingScreen", "m", "enter")
        await user.until(lambda: bool(meeting(user).attendance))
        await user.reach("AttendanceScreen", "a")
        await user.press("space")  # Ben gave apologies
        absent, chair = Presence.APOLOGIES, Seat.CHAIR
        with Register.open(example, acting="Ben Example", clock=clock) as other:
            changed = [seated[0].model_copy(update={"seat": chair})]
            changed += [seated[1].model_copy(update={"presence": absent})]
            changed += [AttendanceInput(person="Farah Example", seat=Seat.MEMBER)]
            other.attend(ref, changed)
        await user.reach("ConflictScreen", "ctrl+s")
        assert "Grace" not in user.app.screen.query_one(OptionList).get_option_at_index(0).prompt
        await user.reach("MeetingScreen", "t", "enter")
        found = {
            user.register.name(each.person): (each.seat, each.presence)
            for each in meeting(user).attendance
        }
        assert found == {
            "Ben Example": (chair, Presence.PRESENT),
            "Grace Example": (Seat.MEMBER, absent),
            "Farah Example": (Seat.MEMBER, Presence.PRESENT),
        }


async def test_a_minute_that_was_begun_is_there_again_whatever_became_of_the_window(
    example: Path,
) -> None:
    async with using(example, size=NARROW) as user:
        await user.reach("MeetingScreen", "m", "enter")
        await user.reach("MinuteScreen", "down", "m")
        await user.fill("text", "The trial was")
        draft = user.app.screen.draft  # type: ignore[attr-defined]
        await user.until(lambda: draft.is_kept)
    async with using(example, size=NARROW) as user:
        await user.reach("MeetingScreen", "m", "enter")
        await user.reach("MinuteScreen", "down", "m")
        await user.until(lambda: "The trial was" in user.screen)
        await user.reach("MeetingScreen", "ctrl+s")
        assert meeting(user).items[0].minute == "The trial was"
        assert not draft.is_kept


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_where_minutes_were_agreed_is_chosen_and_never_taken_for_granted(
    empty: Path, size: tuple[int, int]
) -> None:
    clock = StandingClock()
    with Register.open(empty, acting="Asha Example", clock=clock) as register:
        first = register.call_meeting(body="ai-sub-group", on=register.today)
        register.close_meeting(first.ref)
    async with using(empty, size=size, clock=clock) as user:
        await user.app.push_screen(MeetingScreen(first.id))
        await user.reach("ConfirmScreen", "F")
        assert "This cannot be taken back." in " ".join(user.screen.split())
        assert "has not met since" in user.screen
        await user.press("ctrl+s")
        assert user.on == "ConfirmScreen", "nothing was chosen"
        assert user.register.meeting(first.ref).confirmed is None
        await user.choose("where", "in writing")
        await user.reach("MeetingScreen", "ctrl+s")
        assert "in writing" in page(user)


async def test_minutes_are_agreed_at_the_bodys_next_meeting_where_that_is_open(
    empty: Path,
) -> None:
    clock = StandingClock()
    with Register.open(empty, acting="Asha Example", clock=clock) as register:
        first = register.call_meeting(body="ai-sub-group", on=register.today)
        register.close_meeting(first.ref)
        clock.go_to(register.today + timedelta(days=14))
        register.call_meeting(body="futures-delivery-group", on=register.today)
        later = register.call_meeting(body="ai-sub-group", on=register.today)
        register.call_meeting(body="ai-sub-group", on=register.today + timedelta(days=14))
    async with using(empty, clock=clock) as user:
        await user.app.push_screen(MeetingScreen(first.id))
        await user.reach("ConfirmScreen", "F")
        await user.reach("MeetingScreen", "ctrl+s")
        confirmed = user.register.meeting(first.ref).confirmed
        assert confirmed is not None
        assert (confirmed.at_meeting, confirmed.on) == (later.ref, later.on)


@pytest.fixture
def today(example: Path) -> tuple[Path, StandingClock]:
    """The example on the day of a meeting with one technology and one other matter, at which a
    decision made between meetings is to be ratified."""
    clock = StandingClock()
    with Register.open(example, acting="Sam Example", clock=clock) as register:
        called = register.call_meeting(
            body="ai-sub-group",
            on=register.today,
            items=[ItemInput(technology="T-0019"), ItemInput(title="Terms of reference")],
        )
        names = ("Grace Example", "Hugo Example", "Lena Example")
        register.attend(called.ref, [AttendanceInput(person=each) for each in names])
    return example, clock


def said_in(user: User) -> str:
    """What a screen says above its page, on one line."""
    lines = user.screen.splitlines()
    return " ".join(line.split("█")[-1].strip() for line in lines if "█" in line)


def here(user: User) -> str:
    """The meeting in front."""
    screen = user.app.screen
    assert isinstance(screen, MeetingScreen)
    return screen.meeting.ref


async def at_the_meeting(user: User) -> None:
    await user.reach("MeetingsScreen", "m")
    await user.reach("MeetingScreen", "enter")


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_closing_goes_to_the_item_that_keeps_the_meeting_open_and_names_the_keys(
    today: tuple[Path, StandingClock], size: tuple[int, int]
) -> None:
    path, clock = today
    async with using(path, clock=clock, size=size) as user:
        await at_the_meeting(user)
        user.register.minute(here(user), 1, outcome="no decision", no_decision="Time")
        await user.press("C")
        said = "Item 2, Terms of reference, is for decision and has not ended: press x to minute"
        await user.until(lambda: said in said_in(user))
        assert user.on == "MeetingScreen"
        await user.reach("MinuteScreen", "x")
        await user.fill("no_decision", "Not reached")
        await user.reach("MeetingScreen", "ctrl+s")
        assert "No decision: Not reached" in page(user)
        assert "iscussed" not in page(user)
        await user.reach("CloseScreen", "C")


async def test_a_matter_that_is_no_technology_is_for_information_unless_chosen(
    today: tuple[Path, StandingClock],
) -> None:
    path, clock = today
    async with using(path, clock=clock, size=NARROW) as user:
        await at_the_meeting(user)
        await user.reach("AddItemsScreen", "plus")
        assert "(Review in use)" in user.screen
        assert "(G7)" not in user.screen
        await user.fill("title", "Any other business")
        await user.reach("MeetingScreen", "ctrl+s")
        assert user.register.meeting(here(user)).items[-1].purpose == "for information"


async def test_what_is_ratified_is_told_whole_and_chosen(
    today: tuple[Path, StandingClock],
) -> None:
    path, clock = today
    async with using(path, clock=clock) as user:
        await at_the_meeting(user)
        ref = here(user)
        waiting = user.register.unratified(ref)
        await user.reach("RatifyScreen", "r")
        said = " ".join(user.screen.split())
        assert "chair's action of Grace Example" in said
        assert "This cannot be taken back." in said
        await user.press("ctrl+s")
        assert user.on == "RatifyScreen"
        assert user.register.unratified(ref) == waiting
        await user.choose("decision", " ".join(waiting[0]))
        await user.reach("MeetingScreen", "ctrl+s")
        assert len(user.register.unratified(ref)) == len(waiting) - 1
        await user.press("ctrl+z")
        await user.until(lambda: "ratified by mistake" in " ".join(user.screen.split()))


async def test_a_click_on_the_box_of_a_person_ticks_it_and_one_on_the_name_does_not(
    today: tuple[Path, StandingClock],
) -> None:
    path, clock = today
    async with using(path, clock=clock, size=NARROW) as user:
        await at_the_meeting(user)
        await user.reach("AttendanceScreen", "a")
        await user.pilot.click("#choices", offset=(2, 1))
        await user.until(lambda: "2 people there" in user.screen)
        await user.pilot.click("#choices", offset=(22, 1))
        await user.pilot.pause()
        assert "2 people there" in user.screen
        await user.pilot.click("#choices", offset=(2, 1))
        await user.until(lambda: "3 people there" in user.screen)


async def test_minutes_to_be_confirmed_are_counted_and_come_before_those_that_are(
    example: Path,
) -> None:
    async with using(example, size=NARROW) as user:
        await user.reach("MeetingsScreen", "m")
        held = user.register.state.meetings.values()
        waiting = sum(each.is_closed and each.confirmed is None for each in held)
        assert f"{waiting} with minutes to confirm" in user.screen
        listed = [line.split("│")[0].split() for line in user.screen.splitlines() if "│" in line]
        states = [each[1] for each in listed if len(each) == 2]
        assert states == sorted(states, key=["open", "closed", "confirmed"].index)


async def test_an_open_meeting_says_how_the_last_minutes_are_confirmed(example: Path) -> None:
    async with using(example, size=WIDE) as user:
        await user.reach("MeetingScreen", "m", "enter")
        assert "Once they are agreed here, go back, open AISG/2026-06-30" in page(user)


async def test_the_owner_of_a_condition_who_records_it_as_accepted_is_told_whose_word_counts(
    example: Path,
) -> None:
    with Register.open(example, acting="Asha Example", clock=StandingClock()) as register:
        technology, decision, condition = next(
            (header, each, one)
            for header in register.state.technologies.headers()
            for each in register.technology(header.id).decisions
            for one in each.conditions
            if one.discharge is None
        )
        owner = register.name(condition.owner)
    for acting, told in ((owner, True), ("Asha Example", owner == "Asha Example")):
        async with using(example, acting=acting, size=NARROW) as user:
            form = DischargeScreen(technology.id, decision, condition)
            await user.app.push_screen(form)
            await user.whole()
            assert ("You own this condition" in " ".join(user.screen.split())) is told
