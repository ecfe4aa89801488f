"""Screens put up over the register, which takes less than the keys that lead to them do."""

from __future__ import annotations

from collections.abc import Callable

from textual.screen import Screen

from horizon.framework.publication import shipped_publication
from horizon.model.decision import Condition, Decision
from horizon.model.meeting import Meeting
from horizon.model.technology import Technology
from horizon.tui.screens import meeting_forms, meetings, small_forms
from horizon.tui.screens.ask import Ask
from horizon.tui.screens.attendance import AttendanceScreen, PersonScreen
from horizon.tui.screens.change_many import ChangeManyScreen
from horizon.tui.screens.choose_evidence import ChooseEvidence
from horizon.tui.screens.choose_one import ChooseOne, WriteLine
from horizon.tui.screens.conditions import ConditionsScreen, DischargeScreen, NotMetScreen
from horizon.tui.screens.correct import CorrectScreen
from horizon.tui.screens.decide import DecideScreen
from horizon.tui.screens.duplicates import DuplicatesScreen
from horizon.tui.screens.ethics import EthicsScreen
from horizon.tui.screens.evidence import EvidenceScreen
from horizon.tui.screens.facts import FactsScreen
from horizon.tui.screens.gate import GateScreen
from horizon.tui.screens.measure import MeasureScreen
from horizon.tui.screens.meeting import MeetingScreen
from horizon.tui.screens.move import MoveScreen
from horizon.tui.screens.name_view import NameView
from horizon.tui.screens.note import NoteScreen
from horizon.tui.screens.panel import PanelScreen
from horizon.tui.screens.propose import LegacyScreen, ProposeScreen
from horizon.tui.screens.record import RecordScreen
from horizon.tui.screens.release import ChooseGround
from horizon.tui.screens.saved_maps import SavedMaps
from horizon.tui.screens.score import ScoreScreen
from horizon.tui.screens.triage import Draft, TriageForm, TriageScreen
from horizon.tui.widgets.page import Line
from tests.tui.using import User

Made = Callable[[User], Screen[object]]

LINES = (
    Line("First", "bold"),
    Line("Then something that goes on for longer than a line has room."),
)


def technology(user: User, label: str = "T-0019") -> Technology:
    return user.register.technology(label)


def meeting(user: User, *, closed: bool = False) -> Meeting:
    """The meeting that is to come, or the last one whose minutes nobody has confirmed."""
    held = user.register.state.meetings.values()
    found = [each for each in held if each.is_closed == closed and each.confirmed is None]
    return max(found, key=lambda each: (each.on, each.ref))


def on_technology(kind: Callable[[str], Screen[object]], label: str = "T-0019") -> Made:
    return lambda user: kind(technology(user, label).id)


def on_item(kind: Callable[[str, int], Screen[object]]) -> Made:
    return lambda user: kind(meeting(user).id, 1)


def on_condition(kind: Callable[[str, Decision, Condition], Screen[object]]) -> Made:
    def made(user: User) -> Screen[object]:
        decision = next(each for each in technology(user).decisions if each.conditions)
        return kind(technology(user).id, decision, decision.conditions[0])

    return made


OVER: dict[str, Made] = {
    "facts": on_technology(FactsScreen),
    "ethics": on_technology(EthicsScreen),
    "gate": on_technology(MoveScreen),
    "decide": on_technology(DecideScreen),
    "conditions": on_technology(ConditionsScreen),
    "evidence": on_technology(EvidenceScreen),
    "amend": on_technology(small_forms.AmendScreen),
    "note": on_technology(NoteScreen),
    "open a round": on_technology(small_forms.OpenRoundScreen),
    "propose": lambda _: ProposeScreen(),
    "sighting": on_technology(small_forms.SightingScreen),
    "review": on_technology(small_forms.ReviewScreen),
    "withdraw": on_technology(small_forms.WithdrawScreen),
    "supersede": on_technology(small_forms.SupersedeScreen),
    "reopen": on_technology(small_forms.ReopenScreen),
    "close a round": on_technology(small_forms.CloseRoundScreen, "T-0024"),
    "score": on_technology(ScoreScreen, "T-0024"),
    "records": on_technology(RecordScreen, "T-0023"),
    "discharge": on_condition(DischargeScreen),
    "choose evidence": lambda user: ChooseEvidence(technology(user), "A legal note", ("E2",)),
    "legacy": lambda _: LegacyScreen(),
    "change many": lambda user: ChangeManyScreen([technology(user).id]),
    "first look": lambda _: TriageScreen(),
    "first look, more": lambda user: TriageForm(technology(user, "T-0029").id, Draft()),
    "duplicates": lambda _: DuplicatesScreen(),
    "measure": lambda _: MeasureScreen(),
    "meetings": lambda _: meetings.MeetingsScreen(),
    "call": lambda _: meetings.CallScreen(),
    "meeting": lambda user: MeetingScreen(meeting(user).id),
    "attendance": lambda user: AttendanceScreen(meeting(user).id),
    "person": lambda _: PersonScreen(None),
    "interest": on_item(meeting_forms.InterestScreen),
    "minute": on_item(meeting_forms.MinuteScreen),
    "add items": lambda user: meeting_forms.AddItemsScreen(meeting(user).id),
    "close the meeting": lambda user: meeting_forms.CloseScreen(meeting(user).id),
    "confirm": lambda user: meeting_forms.ConfirmScreen(meeting(user, closed=True).id),
    "ask": lambda _: Ask("You have not saved this. Leave all the same?", ("Stay", "Leave")),
    "panel": lambda _: PanelScreen("The whole row", LINES),
    "gate panel": lambda _: GateScreen(LINES),
    "choose a ground": lambda _: ChooseGround(shipped_publication().grounds, ""),
    "choose one": lambda _: ChooseOne(
        "Which?", [(f"{at}", f"Number {at}") for at in range(20)], "9"
    ),
    "write a line": lambda _: WriteLine("Save the report as", value="report.csv"),
    "name a view": lambda _: NameView("kind:sensing"),
    "saved maps": lambda _: SavedMaps({}, ()),
    "correct": lambda user: CorrectScreen(
        technology(user, "T-0023").id, technology(user, "T-0023").decisions[-1]
    ),
    "not met": on_condition(NotMetScreen),
}
