"""One meeting, run from the keyboard: attendance, quorum, interests, decisions, minutes."""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.content import Content
from textual.widgets import OptionList, Static

from horizon.model.errors import HorizonError
from horizon.model.meeting import TAKEN_OFF, AgendaItem, Meeting
from horizon.model.wording import count, day, printable
from horizon.register.actions.meetings import stays
from horizon.tui.keymap import Binding
from horizon.tui.messages import RegisterChanged
from horizon.tui.pages import meeting as meeting_page
from horizon.tui.screens import meeting_forms as forms
from horizon.tui.screens.ask import Ask
from horizon.tui.screens.attendance import AttendanceScreen
from horizon.tui.screens.sides import ListedScreen
from horizon.tui.widgets.page import Hanging, Line

ON_ITEM = frozenset(("interest", "decide", "minute", "no_decision", "drop"))
"""What is done to one item of the agenda."""

RUNNING = ON_ITEM | {"attendance", "add", "ratify", "close"}
"""What is done at a meeting that is not over."""

DROP = "Drop it"


class AgendaList(OptionList):
    """The meeting itself, then its items."""

    BINDINGS = [Binding("enter", "select", "Open")]


class MeetingScreen(ListedScreen):
    """Run a meeting. The first line is the meeting itself, the others are its items."""

    LIST = AgendaList
    NOT_TAKEN_BACK = (
        "What was done at a meeting is not taken back. Take attendance again, drop an item with -, "
        "declare an interest again as it is, or minute what was wrong. A new decision takes the "
        "place of a wrong one, and of one that was ratified by mistake."
    )
    BINDINGS = [
        Binding("a", "attendance", "Attendance", tooltip="Who is there, and in which seat"),
        Binding(
            "i",
            "interest",
            "Interest",
            tooltip="What somebody has to do with an item, and whether they leave for it",
        ),
        Binding("d", "decide", "Decide", tooltip="Record what the body decided on an item"),
        Binding("m", "minute", "Minute", tooltip="Write down what was said on an item"),
        Binding(
            "x",
            "no_decision",
            "No decision",
            tooltip="End an item without a decision, and say why",
        ),
        Binding(
            "plus,equals_sign",
            "add",
            "Add item",
            key_display="+",
            tooltip="A technology, or another matter, at the end of the agenda",
        ),
        Binding(
            "minus",
            "drop",
            "Drop item",
            key_display="-",
            tooltip="Take it off the agenda, where its number is not used again",
        ),
        Binding(
            "r",
            "ratify",
            "Ratify",
            tooltip="Agree to what was decided between meetings, or it lapses",
        ),
        Binding(
            "C",
            "close",
            "Close",
            tooltip="End the meeting, after which nothing more is decided at it",
        ),
        Binding(
            "F",
            "confirm",
            "Confirm minutes",
            tooltip="Record that they were agreed as accurate, at a later meeting or in writing",
        ),
        Binding("X", "export", "Export minutes", tooltip="The minutes, or another paper"),
        Binding("ctrl+s", "save", "Open", show=False),
    ]

    def __init__(self, meeting_id: str) -> None:
        super().__init__()
        self.meeting_id = meeting_id
        self._ratifies = False

    @property
    def meeting(self) -> Meeting:
        return self.register.meeting(self.meeting_id)

    @property
    def _item(self) -> AgendaItem | None:
        """The item under the cursor, or `None` on the meeting itself."""
        at, items = self.query_one(OptionList).highlighted, self.meeting.items
        return items[at - 1] if at and at <= len(items) else None

    @on(RegisterChanged)
    def _list(self) -> None:
        meeting = self.meeting
        self._ratifies = bool(self.register.unratified(self.meeting_id))
        there = len(meeting.present)
        lines: list[str | Hanging] = [f"   Meeting: {count(there, 'person', 'people')} there"]
        for each in meeting.items:
            state = each.decision or meeting_page.STATES[each.outcome]
            label = f"{self.register.label(each.technology)} " if each.technology else ""
            line = Line(f"{label}{each.title}\n{state}", lead=f"{each.number:>2} ")
            lines.append(Hanging(line))
        self.put(lines)
        self._show()

    @on(OptionList.OptionHighlighted)
    def _show(self) -> None:
        meeting, item = self.meeting, self._item
        name = meeting_page.body_name(self.register, meeting.body)
        taken = sum(bool(each.outcome) for each in meeting.agenda)
        below = f"{taken} of {count(len(meeting.agenda), 'item')} taken"
        if meeting.is_closed:
            below = f"{meeting_page.state_of(meeting)} · {below}"
        elif item is not None and item.is_undecided:
            found = self.register.sitting(meeting.ref, item.number)
            below = f"{below} · {meeting_page.quorum_words(found)}"
        heading = f"{name}, {day(meeting.on)}: {meeting.ref}\n{below}"
        self.query_one("#heading", Static).update(Content(printable(heading)))
        lines = (
            meeting_page.meeting_lines(self.register, meeting)
            if item is None
            else meeting_page.item_lines(self.register, meeting, item)
        )
        self.show(lines)

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.action_save()

    def action_save(self) -> None:
        from horizon.tui.screens.record import RecordScreen
        from horizon.tui.screens.technology import TechnologyScreen

        item = self._item
        if item is None:
            self.action_attendance()
        elif item.technology and item.decision:
            self.app.push_screen(RecordScreen(item.technology, item.decision))
        elif item.technology:
            self.app.push_screen(TechnologyScreen(item.technology))

    def offers(self, action: str) -> bool:
        meeting = self.meeting
        if meeting.is_closed:
            done = {"confirm"} if meeting.confirmed is not None else set()
            return action not in RUNNING | done
        if action == "confirm" or (action in ON_ITEM and not meeting.items):
            return False
        if self._item is not None and action in ON_ITEM:
            return not (stays(self._item) if action == "drop" else self._item.is_off)
        return action != "ratify" or self._ratifies

    def _may(self, *, item: bool = True) -> bool:
        """Whether something can be done now; says why not."""
        why = self.register.read_only
        if self.meeting.is_closed:
            why = f"{self.meeting.ref} is over. Its minutes are confirmed with Shift+F."
        elif item and self._item is None:
            why = "Choose an item first."
        elif item and self._item is not None and self._item.is_off:
            why = f"Item {self._item.number} was {TAKEN_OFF}."
        self.say(why)
        return not why

    def action_export(self) -> None:
        """Make the minutes into a file, or another paper."""
        from horizon.tui.exporting.exports import minutes_of
        from horizon.tui.screens.export import ExportScreen

        self.app.push_screen(ExportScreen(first=minutes_of(self.meeting.ref)))

    def action_attendance(self) -> None:
        if self._may(item=False):
            self.app.push_screen(AttendanceScreen(self.meeting_id))

    def action_interest(self) -> None:
        if self._may() and self._item is not None:
            self.app.push_screen(forms.InterestScreen(self.meeting_id, self._item.number))

    def action_decide(self) -> None:
        """Open the decision form on the item, filled in from its gate and this meeting."""
        from horizon.tui.screens.decide import DecideScreen

        item = self._item
        if not self._may() or item is None:
            return
        if item.outcome:
            self.say(f"This item has ended: {item.decision or item.outcome}.")
        elif self.meeting.on > self.register.today:
            self.say(f"This meeting is on {day(self.meeting.on)}. Decide from that day on.")
        elif not item.technology:
            self.say("This item is about no technology. Minute what was agreed (m).")
        else:
            self.app.push_screen(DecideScreen(item.technology, self.meeting.ref, item.number))

    def action_minute(self) -> None:
        if self._may() and self._item is not None:
            self.app.push_screen(forms.MinuteScreen(self.meeting_id, self._item.number))

    def action_no_decision(self) -> None:
        if self._may() and self._item is not None:
            self.app.push_screen(
                forms.MinuteScreen(self.meeting_id, self._item.number, ends="no decision")
            )

    def action_add(self) -> None:
        if self._may(item=False):
            self.app.push_screen(forms.AddItemsScreen(self.meeting_id))

    def action_drop(self) -> None:
        item = self._item
        if not self._may() or item is None:
            return
        number = item.number
        if why := stays(item):
            instead = "" if item.outcome else " Press x to minute that there was no decision."
            self.say(f"Item {number} stays on the agenda: {why}.{instead}")
            return

        def answered(answer: str | None) -> None:
            if answer == DROP:
                self._run(lambda: self.register.drop_item(self.meeting_id, number))

        question = f"Drop item {number}, {item.title}, from the agenda?"
        self.app.push_screen(Ask(question, ("Keep it", DROP)), answered)

    def action_ratify(self) -> None:
        if not self._may(item=False):
            return
        if self.register.unratified(self.meeting_id):
            self.app.push_screen(forms.RatifyScreen(self.meeting_id))
        else:
            self.say("Nothing waits to be ratified.")

    def action_close(self) -> None:
        """Close the meeting, or go to the first item that keeps it open."""
        if not self._may(item=False):
            return
        waiting = self.meeting.undecided
        if not waiting or self.meeting.on > self.register.today:
            self.app.push_screen(forms.CloseScreen(self.meeting_id))
            return
        first = waiting[0]
        self.query_one(OptionList).highlighted = self.meeting.items.index(first) + 1
        decide = "record a decision (d) or " if first.technology else ""
        others = count(len(waiting) - 1, "more item has", "more items have")
        more = f" {others} not ended either." if len(waiting) > 1 else ""
        self.say(
            f"Item {first.number}, {first.title}, is for decision and has not ended: {decide}press "
            f"x to minute that there was none, with the reason.{more}"
        )

    def action_confirm(self) -> None:
        if not self.meeting.is_closed:
            self.say("Close the meeting first (Shift+C).")
        elif self.meeting.confirmed is not None:
            self.say("The minutes are confirmed already.")
        else:
            self.say("")
            self.app.push_screen(forms.ConfirmScreen(self.meeting_id))

    def _run(self, command: Callable[[], object]) -> None:
        done = self.app.act(command)
        if isinstance(done, HorizonError):
            self.refused(done)
