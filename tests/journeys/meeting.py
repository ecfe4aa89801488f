"""How a meeting begins, by keyboard: it is called, and those who came are seated."""

from __future__ import annotations

from collections.abc import Iterable

from tests.tui.using import User


async def call(user: User, body: str = "") -> None:
    """Call a meeting from the register: of this body, or of the one that the form names."""
    await user.reach("CallScreen", "m", "n")
    if body:
        await user.choose("body", body)
    await user.reach("MeetingScreen", "ctrl+s")


async def seat(user: User, people: Iterable[tuple[str, str]]) -> None:
    """Enter who came to the meeting in front, each with a seat. It is left to be saved."""
    await user.reach("AttendanceScreen", "a")
    for name, chair in people:
        await user.reach("PersonScreen", "n")
        await user.fill("person", name)
        await user.choose("seat", chair)
        await user.reach("AttendanceScreen", "ctrl+s")
