"""The meetings of all bodies, and the form that calls one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual import on
from textual.content import Content
from textual.widgets import OptionList, Static

from horizon.model.meeting import Meeting
from horizon.model.wording import count
from horizon.tui import pages
from horizon.tui.keymap import Binding
from horizon.tui.messages import RegisterChanged
from horizon.tui.pages import meeting as meeting_page
from horizon.tui.screens.form import FormScreen
from horizon.tui.screens.sides import ListedScreen
from horizon.tui.widgets.fields import Field
from horizon.tui.widgets.page import MUTED


class MeetingList(OptionList):
    """Meetings, one of which can be opened."""

    BINDINGS = [Binding("enter", "select", "Open")]


class MeetingsScreen(ListedScreen):
    """The meetings of every body: those to come and under way first, then those whose minutes are
    not confirmed yet, then the others."""

    LIST = MeetingList
    BINDINGS = [
        Binding("n", "call", "Call a meeting"),
        Binding("ctrl+s", "save", "Open", show=False),
    ]

    @property
    def _found(self) -> list[Meeting]:
        held = list(self.register.state.meetings.values())
        coming = sorted((e for e in held if not e.is_closed), key=lambda each: (each.on, each.ref))
        past = sorted((e for e in held if e.is_closed), key=lambda each: (each.on, each.ref))
        past.reverse()
        past.sort(key=lambda each: each.confirmed is not None)
        return [*coming, *past]

    @property
    def _at(self) -> Meeting | None:
        at, found = self.query_one(OptionList).highlighted, self._found
        return found[at] if at is not None and at < len(found) else None

    def offers(self, action: str) -> bool:
        return self._at is not None or action not in ("select", "read_on")

    @on(RegisterChanged)
    def _list(self) -> None:
        found = self._found
        coming = sum(not each.is_closed for each in found)
        confirmed = sum(each.confirmed is not None for each in found)
        waiting = len(found) - coming - confirmed
        said = (
            f"{count(coming, 'meeting')} open, {waiting} with minutes to confirm, "
            f"{confirmed} confirmed"
        )
        self.query_one("#heading", Static).update(Content(f"Meetings\n{said}"))
        self.put([f"{each.ref:<18}{meeting_page.state_of(each)}" for each in found])
        self._show()

    @on(OptionList.OptionHighlighted)
    def _show(self) -> None:
        meeting = self._at
        if meeting is None:
            self.show(
                pages.line("No meeting has been called yet.")
                + pages.line("Press n to call one.", MUTED)
            )
        else:
            self.show(meeting_page.meeting_lines(self.register, meeting, keys=False))

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.action_save()

    def action_save(self) -> None:
        from horizon.tui.screens.meeting import MeetingScreen

        if self._at is not None:
            self.app.push_screen(MeetingScreen(self._at.id))

    def action_call(self) -> None:
        if self.app.may_write():
            self.app.push_screen(CallScreen(), self._called)

    def _called(self, meeting_id: str | None) -> None:
        from horizon.tui.screens.meeting import MeetingScreen

        if meeting_id:
            self.app.push_screen(MeetingScreen(meeting_id))


class CallScreen(FormScreen):
    """Call a meeting of a body. Its agenda and attendance come next."""

    HEADING = "Call a meeting"
    SAVE = "Call it"

    def fields(self) -> Sequence[Field]:
        bodies = [
            (each.name, each.id) for each in self.register.framework.route.bodies if each.quorum
        ]
        return [
            Field("body", "Body", "choice", required=True, choices=bodies, value=bodies[0][1]),
            Field("on", "Date", "day", required=True, value=self.register.today.isoformat()),
            Field("place", "Place", help="A room, or remote."),
            Field(
                "how",
                "How",
                "choice",
                required=True,
                choices=[("At a meeting", "meeting"), ("By correspondence", "correspondence")],
                value="meeting",
                help="What is decided by correspondence is ratified at the next meeting.",
            ),
        ]

    def submit(self, values: dict[str, Any]) -> None:
        self.save(
            lambda: self.register.call_meeting(
                body=values["body"],
                on=values["on"],
                place=values["place"],
                by_correspondence=values["how"] == "correspondence",
            ),
            "Meeting called",
        )
