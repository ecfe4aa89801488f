"""What the tests of commands say often."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest

from horizon.model.assessment import Score
from horizon.model.decision import Decision
from horizon.model.errors import BadInput, HorizonError, RuleBroken
from horizon.model.meeting import Seat
from horizon.model.record import Considerations
from horizon.model.words import EvidenceGrade
from horizon.register import Register
from horizon.register.inputs import AttendanceInput, ItemInput
from tests.papers.registers import TODAY

CHAIR = "Farah Example"


@contextmanager
def acting(register: Register, name: str) -> Iterator[None]:
    """Somebody else at the same register for a moment."""
    before, register.acting = register.acting, name
    try:
        yield
    finally:
        register.acting = before


def refused(register: Register, command: Callable[..., Any], *arguments: Any, **values: Any) -> str:
    """The words with which a rule refuses a command. Nothing is written, in memory or on disk."""
    return _words(RuleBroken, register, lambda: command(*arguments, **values))


def misread(register: Register, command: Callable[..., Any], *arguments: Any, **values: Any) -> str:
    """The words with which input that cannot be understood is refused."""
    return _words(BadInput, register, lambda: command(*arguments, **values))


def _words(kind: type[HorizonError], register: Register, attempt: Callable[[], object]) -> str:
    state, lines = register.state.tables(), list(register.history())
    with pytest.raises(kind) as refusal:
        attempt()
    assert register.state.tables() == state
    assert list(register.history()) == lines
    return str(refusal.value)


def kinds(register: Register, ref: str | None = None) -> list[str]:
    """The kinds of all events in the journal, or of those about one technology."""
    subject = register.technology(ref).id if ref else None
    return [
        event.kind
        for _, commit in register.history()
        for event in commit.events
        if subject in (None, event.subject)
    ]


def scored(value: int = 4, note: str = "") -> Score:
    return Score(value=value, grade=EvidenceGrade.B, note=note)


SAM = "Sam Example"
"""Who records: somebody who proposed nothing."""

MEMBERS = ("Grace Example", "Hugo Example", "Lena Example")
TOLD = Considerations(equality="The screening of May was looked at")


def met(register: Register, *, on: date = TODAY, technology: str = "T-0001", **more: Any) -> str:
    """A meeting of the AI Sub-Group with three members and a technology on its agenda."""
    meeting = register.call_meeting(
        body="ai-sub-group", on=on, items=[ItemInput(technology=technology)], **more
    )
    register.attend(
        meeting.ref,
        [
            AttendanceInput(person=name, seat=Seat.MEMBER if at else Seat.CHAIR)
            for at, name in enumerate(MEMBERS)
        ],
    )
    return meeting.ref


def approved(register: Register, ref: str = "T-0001", **changes: Any) -> Decision:
    """A decision of the AI Sub-Group at gate G2 at a meeting, an approval unless told otherwise."""
    with acting(register, SAM):
        return register.decide(ref, **given(meeting=met(register, technology=ref), **changes))


def given(**changes: Any) -> dict[str, Any]:
    """A decision of the AI Sub-Group as it is recorded."""
    return {
        "body": "ai-sub-group",
        "gate": "G2",
        "outcome": "approve",
        "decided_on": TODAY,
        "reasons": "The use is fair.",
        "considered": TOLD,
    } | changes
