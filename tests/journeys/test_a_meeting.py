"""A whole meeting of the AI Sub-Group, run from the keyboard: six items, a recusal that breaks
quorum, a dissent, a deferral, conditions that then go overdue, a chair's action that lapses."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from horizon.model.meeting import InterestAction, Seat
from horizon.model.record import Advice, Considerations
from horizon.register import Register
from horizon.register.checking import verify
from horizon.register.inputs import AttendanceInput
from horizon.store.files import journal_path
from tests.cli.using import CommandLine
from tests.clocks import StandingClock
from tests.example.journey import Journey, ScriptClock
from tests.journeys.meeting import call, seat
from tests.papers.registers import COMMON
from tests.tui.using import NARROW, User, using

DAY = date(2026, 12, 8)
MEMBERS = ("Grace Example", "Hugo Example", "Lena Example")
TOLD = Considerations(
    options=("Do nothing", "Try it"),
    legal_basis="Police Act 1996",
    proportionality="Little intrusion",
    equality="The assessment of May",
    dpo_advice=Advice(given="Proceed", followed="yes"),
    trade_offs="Speed against checking",
)
READY = ("Room booking", "Call notes", "Map layers", "Form filling", "Rota tool")


@pytest.fixture
def waiting(tmp_path: Path) -> Path:
    """A register with five technologies ready for gate G2, one of them proposed by Lena Example,
    one that is not ready, and one on which the chair decided alone in November."""
    path = tmp_path / "register.json"
    clock = ScriptClock(date(2026, 7, 1))
    with Register.create(path, name="Test", acting="Farah Example", clock=clock) as register:
        for name in READY:
            entry = {"name": name, "yes": [], "start": date(2026, 7, 1), "to": "assessing"}
            prepared(register, clock, COMMON | entry)
        entry = {"name": "Face search", "yes": ["biometric"], "start": date(2026, 7, 1)}
        prepared(register, clock, COMMON | entry | {"to": "assessing", "prepare": False})
        clock.forward_to(date(2026, 11, 2))
        register.acting = "Sam Example"
        register.decide(
            "Rota tool", body="ai-sub-group", gate="G2", outcome="approve", considered=TOLD,
            decided_on=date(2026, 11, 2), reasons="It could not wait.", chair="Grace Example",
        )  # fmt: skip
        register.name_person("Lena Example", ties=["Map Supplier"])
        register.amend("Map layers", {"supplier": "Map Supplier Ltd"}, reason="Now known")
    return path


def prepared(register: Register, clock: ScriptClock, entry: dict[str, object]) -> None:
    """Walk one entry to its stage, and supply what gate G2 asks for."""
    journey = Journey(register, entry)
    for day in journey.steps():
        clock.forward_to(day)
    gate = register.framework.route.gate("G2")
    assert gate is not None
    if entry.get("prepare", True):
        for day in journey._prepare(gate):
            clock.forward_to(day)


async def test_a_meeting_of_six_items_is_run_by_keyboard_and_stands(waiting: Path) -> None:
    clock = StandingClock(DAY)
    async with using(waiting, acting="Sam Example", clock=clock, size=NARROW) as user:
        await run_the_meeting(user)
        await read_the_record(user, "AISG/2026/003")
    assert verify(waiting).faults == ()
    with Register.open(waiting, acting="Anyone", clock=clock) as register:
        everything_stands(register, clock)


async def run_the_meeting(user: User) -> None:
    await call_and_attend(user)
    await put_all_on_the_agenda(user)
    await approve(user, 1, "Room booking")
    await approve_with_conditions_and_dissent(user, 2)
    await lose_the_quorum(user, 3)
    await defer(user, 4)
    await refer(user, 5)
    await note(user, 6)
    await close_without_ratifying(user)


async def call_and_attend(user: User) -> None:
    await call(user)
    people = zip(MEMBERS, ("chair", "member", "member"), strict=True)
    await seat(user, [*people, ("Sam Example", "minute-taker")])
    assert "4 people there, 3 in deciding seats, 3 needed for a quorum" in user.screen
    await user.reach("MeetingScreen", "ctrl+s")


async def put_all_on_the_agenda(user: User) -> None:
    """Four that are ready and one that is not, then something that is no technology."""
    await user.reach("AddItemsScreen", "plus")
    await user.press("space", "down", "space", "down", "space", "down", "space")
    await user.reach("MeetingScreen", "down", "down", "space", "ctrl+s")
    await user.reach("AddItemsScreen", "plus")
    await user.fill("title", "Report on training")
    await user.choose("purpose", "for information")
    await user.press("ctrl+s")
    await user.until(lambda: "0 of 6 items taken" in user.screen)


async def begin(user: User, item: int) -> None:
    await user.press("home", *["down"] * item)
    await user.until(lambda: f"{item}." in user.screen)


async def approve(user: User, item: int, name: str) -> None:
    await begin(user, item)
    assert name in user.screen
    await user.reach("DecideScreen", "d")
    await user.choose("outcome", "approve")
    await user.fill("reasons", "Lawful, and little can go wrong.")
    await user.press("ctrl+s")
    await user.until(lambda: "Error: needs the equality information" in user.screen)
    await user.fill("equality", "The screening of May")
    await user.reach("MeetingScreen", "ctrl+s")
    await user.until(lambda: "AISG/2026/002" in user.screen)


async def approve_with_conditions_and_dissent(user: User, item: int) -> None:
    await begin(user, item)
    await user.reach("DecideScreen", "d")
    await user.fill("reasons", "With a report on how often notes are wrong.")
    await user.fill("equality", "The screening of May")
    await user.fill("votes", "2-1-0")
    await user.fill("dissent", "Hugo Example: Two trials at once are too many.")
    await user.press("ctrl+n")
    await user.until(lambda: bool(user.app.screen.query("#field-condition-1-text")))
    await user.fill("condition-1-text", "Report how often notes are wrong")
    await user.fill("condition-1-owner", "Mei Example")
    await user.fill("condition-1-due", "2027-01-29")
    await user.fill("condition-1-evidence_needed", "The report")
    await user.reach("MeetingScreen", "ctrl+s")
    await user.until(lambda: "AISG/2026/003" in user.screen)


async def lose_the_quorum(user: User, item: int) -> None:
    """Lena Example is tied to the supplier: with her out of the room, two are left."""
    await begin(user, item)
    assert "NOT YET: 1 interest to declare" in user.screen
    await user.reach("InterestScreen", "i")
    await user.choose("action", "left")
    await user.reach("MeetingScreen", "ctrl+s")
    await user.until(lambda: "NO QUORUM: 2 may decide, 3 needed" in user.screen)
    await user.reach("DecideScreen", "d")
    await user.choose("outcome", "defer")
    await user.fill("reasons", "More is wanted.")
    await user.press("ctrl+s")
    await user.until(lambda: "3 who may decide are needed, 2 are there" in user.screen)
    await user.reach("Ask", "escape")
    await user.reach("MeetingScreen", "right", "enter")
    await user.reach("MinuteScreen", "x")
    await user.fill("no_decision", "No quorum: one member left for an interest.")
    await user.press("ctrl+s")
    await user.until(lambda: user.on == "MeetingScreen" and "3 of 6 items taken" in user.screen)


async def defer(user: User, item: int) -> None:
    await decided(user, item, "defer", "The trial plan is thin.")


async def refer(user: User, item: int) -> None:
    """The one that is not ready: nothing that approves can be recorded, a referral can."""
    await decided(user, item, "refer-out", "Independent advice comes first.")


async def decided(user: User, item: int, outcome: str, reasons: str) -> None:
    await begin(user, item)
    await user.reach("DecideScreen", "d")
    await user.choose("outcome", outcome)
    await user.fill("reasons", reasons)
    await user.reach("MeetingScreen", "ctrl+s")
    await user.until(lambda: f"{item} of 6 items taken" in user.screen)


async def note(user: User, item: int) -> None:
    await begin(user, item)
    await user.reach("MinuteScreen", "m")
    await user.fill("text", "The report was heard.")
    await user.choose("ends", "noted")
    await user.press("ctrl+s")
    await user.until(lambda: user.on == "MeetingScreen" and "6 of 6 items taken" in user.screen)


async def close_without_ratifying(user: User) -> None:
    await user.reach("CloseScreen", "C")
    assert "AISG/2026/001: it lapses" in user.screen
    await user.press("ctrl+s")
    await user.until(lambda: user.on == "MeetingScreen" and "closed" in user.screen)
    await user.press("d")
    await user.until(lambda: "is over" in user.screen)


async def read_the_record(user: User, number: str) -> None:
    await begin(user, 2)
    await user.press("enter")
    await user.until(lambda: user.on == "RecordScreen" and number in user.screen)
    page = user.app.screen.query_one("#text")
    told = page.words  # type: ignore[attr-defined]
    for each in ("Hugo Example", "Two trials at once are too many", "2 in favour", "Mei Example"):
        assert each in told


def everything_stands(register: Register, clock: StandingClock) -> None:
    """What the records say afterwards, on the day and later."""
    meeting = register.meeting("AISG/2026-12-08")
    assert [each.outcome for each in meeting.items] == [
        "decided", "decided", "no decision", "decided", "decided", "noted",
    ]  # fmt: skip
    (left,) = meeting.items[2].interests
    assert register.name(left.person) == "Lena Example"
    assert left.action is InterestAction.LEFT
    conditional = register.technology("Call notes").decision("AISG/2026/003")
    assert conditional is not None
    assert len(conditional.room.quorum.counted) == 3
    alone = register.technology("Rota tool").decision("AISG/2026/001")
    assert alone is not None
    assert alone.lapsed is not None
    assert not alone.is_current(register.today)
    for day, overdue in ((date(2027, 1, 29), False), (date(2027, 1, 30), True)):
        clock.go_to(day)
        late = register.gate(register.technology("Call notes").id, "G3").missing
        assert any("overdue" in each.detail for each in late) is overdue


async def test_attendance_begins_with_who_came_last_time(waiting: Path) -> None:
    clock = StandingClock(DAY)
    with Register.open(waiting, acting="Sam Example", clock=clock) as register:
        held = register.call_meeting(body="ai-sub-group", on=date(2026, 12, 1))
        people = [AttendanceInput(person=each, seat=Seat.MEMBER) for each in MEMBERS]
        register.attend(held.ref, people)
    async with using(waiting, acting="Sam Example", clock=clock) as user:
        await call(user)
        await user.reach("AttendanceScreen", "a")
        assert "3 people there" in user.screen
        await user.press("space")
        await user.until(lambda: "2 people there" in user.screen)
        await user.reach("Ask", "escape")
        await user.press("enter")
        assert user.on == "AttendanceScreen"
        await user.reach("MeetingScreen", "ctrl+s")
        meeting = user.register.meeting("AISG/2026-12-08")
        assert len(meeting.present) == 2


PEOPLE = """chair: Grace Example
member: Hugo Example
member: Lena Example
minute-taker: Sam Example
"""


def by_commands(horizon: CommandLine) -> None:
    """The very same meeting, by commands."""
    ref = horizon.well("meeting", "call", "AISG", DAY.isoformat(), "--json").json["ref"]
    horizon.well("meeting", "attend", ref, "--from", "-", typed=PEOPLE)
    horizon.well("meeting", "add", ref, "T-0001", "T-0002", "T-0003", "T-0004", "T-0006")
    horizon.well("meeting", "add", ref, "Report on training", "--for-information")
    decide = ("decide", "--meeting", ref, "--body", "AISG", "--gate", "G2")
    equal = ("--equality", "The screening of May")
    horizon.well(*decide, "T-0001", "--outcome", "approve", *equal,
                 "--reasons", "Lawful, and little can go wrong.")  # fmt: skip
    horizon.well(
        *decide, "T-0002", "--outcome", "approve-with-conditions", *equal,
        "--reasons", "With a report on how often notes are wrong.", "--votes", "2-1-0",
        "--dissent", "Hugo Example | Two trials at once are too many.", "--condition",
        "Report how often notes are wrong | Mei Example | 2027-01-29 | The report",
    )  # fmt: skip
    horizon.well("meeting", "interest", ref, "3", "Lena Example", "--kind", "supplier", "--left",
                 "--nature", "Is tied to its supplier, Map Supplier Ltd")  # fmt: skip
    assert horizon(*decide, "T-0003", "--outcome", "defer", "--reasons", "More").code == 3
    horizon.well("meeting", "minute", ref, "3", "--no-decision",
                 "No quorum: one member left for an interest.")  # fmt: skip
    horizon.well(*decide, "T-0004", "--outcome", "defer", "--reasons", "The trial plan is thin.")
    horizon.well(*decide, "T-0006", "--outcome", "refer-out",
                 "--reasons", "Independent advice comes first.")  # fmt: skip
    horizon.well("meeting", "minute", ref, "6", "--text", "The report was heard.", "--noted")
    horizon.well("meeting", "close", ref)


def told(register: Register, since: int) -> list[tuple[str, str, str]]:
    """What the journal says since an event, with random ids and times named by their order."""
    found: list[tuple[str, str, str]] = []
    names: dict[str, str] = {}

    def named(match: re.Match[str]) -> str:
        return names.setdefault(match[0], f"<{len(names)}>")

    for _, commit in register.history():
        for event in commit.events:
            if event.seq > since:
                said = json.dumps(event.data, sort_keys=True)
                said = re.sub(r"\d{4}-\d\d-\d\dT[\d:]+Z", "<time>", said)
                said = re.sub(r"\b(?:[pm]-)?[0-9a-f]{16,64}\b", named, said)
                found.append((event.kind, register.name(event.by), said))
    return found


async def test_the_same_meeting_by_keyboard_and_by_commands_gives_the_same_journal(
    waiting: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Register.open(waiting, acting="Sam Example", clock=StandingClock(DAY)) as register:
        since = register.state.head.seq
    other = waiting.parent / "commands"
    other.mkdir()
    for each in (waiting, journal_path(waiting)):
        shutil.copy(each, other / each.name)
    async with using(waiting, acting="Sam Example", clock=StandingClock(DAY), size=NARROW) as user:
        await run_the_meeting(user)
    horizon = CommandLine(other, capsys, monkeypatch)
    horizon.clock.go_to(DAY)
    by_commands(horizon)
    clock = StandingClock(DAY)
    with (
        Register.open(waiting, acting="Anyone", clock=clock) as typed,
        Register.open(other / "register.json", acting="Anyone", clock=clock) as scripted,
    ):
        assert len(told(typed, since)) > 12
        assert told(typed, since) == told(scripted, since)
