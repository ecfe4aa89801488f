"""A technology in use, for tests of what happens to it later."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from horizon.model.decision import Decision
from horizon.model.meeting import Seat
from horizon.register import Register
from horizon.register.inputs import AttendanceInput, ItemInput
from tests.clocks import StandingClock
from tests.example.journey import CONSIDERED, ScriptClock
from tests.papers.registers import COMMON, walk
from tests.register.using import CHAIR, MEMBERS, SAM, acting

ADOPTED = "T-0001"


def make_in_use(path: Path) -> None:
    """A register with one technology in use: in service since the spring of 2026."""
    clock = ScriptClock(date(2026, 1, 5))
    with closing(Register.create(path, name="Test", acting=CHAIR, clock=clock)) as register:
        entry = {"name": "Redaction", "yes": ["personal_data"], "start": date(2026, 1, 6)}
        walk(register, clock, COMMON | entry | {"to": "in-service"})


def opened(path: Path, on: date) -> tuple[Register, StandingClock]:
    """The register on a day, and its clock."""
    clock = StandingClock(on)
    return Register.open(path, acting=CHAIR, clock=clock), clock


def seated(register: Register, body: str, technology: str = ADOPTED) -> str:
    """A meeting of the body today with a quorum, and the technology on its agenda."""
    meeting = register.call_meeting(
        body=body, on=register.today, items=[ItemInput(technology=technology)]
    )
    seats = [Seat.CHAIR, Seat.MEMBER, Seat.MEMBER]
    register.attend(
        meeting.ref,
        [
            AttendanceInput(person=name, seat=seat)
            for name, seat in zip(MEMBERS, seats, strict=True)
        ],
    )
    return meeting.ref


def decided(
    register: Register,
    body: str,
    gate: str,
    outcome: str = "approve",
    *,
    technology: str = ADOPTED,
    **more: Any,
) -> Decision:
    """A decision at a meeting that is held today, or at the one that is named."""
    meeting = more.pop("meeting", None) or seated(register, body, technology)
    with acting(register, SAM):
        return register.decide(
            technology,
            body=body,
            gate=gate,
            outcome=outcome,
            reasons="It was weighed.",
            considered=CONSIDERED,
            meeting=meeting,
            **({"decided_on": register.today} | more),
        )


def reported(register: Register, documents: Sequence[str] = ("monitoring-report", "eqia")) -> None:
    """The documents that a review asks for, dated today."""
    for each in documents:
        register.attach_evidence(ADOPTED, title=each, dated=register.today, document=each)
