"""Makes the illustrative register that Horizon ships, through the register's own commands.

    python -m tests.example.make register.json

Nothing in it is about a real force: people are called Example, and the register says on every
screen and paper that it is illustrative.
"""

from __future__ import annotations

import heapq
import sys
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from horizon.register import Register
from horizon.register.inputs import ItemInput
from horizon.store.files import journal_path
from tests.example.committees import SECRETARY, close_past
from tests.example.journey import Journey, ScriptClock

NAME = "Illustrative register of Example Police"
COMING = date(2026, 12, 8)
"""The day of the AI Sub-Group's meeting that is still to come."""

CONTENT = Path(__file__).parent / "technologies.toml"


def make(path: Path, *, until: date | None = None) -> None:
    """Write the example register to `path` and its journal beside it."""
    content: dict[str, Any] = tomllib.loads(CONTENT.read_text(encoding="utf-8"))
    entries = content["technology"]
    clock = ScriptClock(min(each["start"] for each in entries))
    register = Register.create(
        path, name=NAME, acting="Farah Example", illustrative=True, clock=clock
    )
    with register:
        for person in content["person"]:
            register.name_person(**person)
        _run(register, [Journey(register, entry) for entry in entries], clock, until)
        if until is None:
            _call_the_next(register)


def _run(
    register: Register, journeys: list[Journey], clock: ScriptClock, until: date | None
) -> None:
    """Interleave the journeys by day, so that the journal reads in the order of time. Meetings are
    closed once their day is over."""
    last = date.min
    waiting: list[tuple[date, int, Any]] = []
    for number, journey in enumerate(journeys):
        steps = journey.steps()
        heapq.heappush(waiting, (next(steps), number, steps))
    while waiting:
        day, number, steps = heapq.heappop(waiting)
        if until is not None and day > until:
            continue
        clock.forward_to(day)
        if day > last:
            close_past(register, day)
            last = day
        following = next(steps, None)
        if following is not None:
            heapq.heappush(waiting, (following, number, steps))


def _call_the_next(register: Register) -> None:
    """Call the meeting to come, with what waits for it on its agenda."""
    register.acting = SECRETARY
    waiting = ("Live facial recognition", "Case file summarising", "Body-worn video tagging",
               "Data lakehouse", "Policy search assistant")  # fmt: skip
    items = [ItemInput(technology=each) for each in waiting]
    items.append(ItemInput(title="Training of reviewers", purpose="for information"))
    register.call_meeting(body="ai-sub-group", on=COMING, place="Room 1 and online", items=items)


if __name__ == "__main__":
    target = Path(sys.argv[1])
    for old in (target, journal_path(target)):
        old.unlink(missing_ok=True)
    make(target)
