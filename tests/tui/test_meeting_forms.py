"""The small forms of a meeting say what is wrong, and claim nothing that nobody chose."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from textual.widgets import OptionList

from horizon.model.meeting import Presence, Seat
from horizon.register import Register
from horizon.register.inputs import AttendanceInput
from horizon.tui.screens.meeting import MeetingScreen
from tests.clocks import StandingClock
from tests.tui.over import meeting
from tests.tui.using import NARROW, WIDE, page, using


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
