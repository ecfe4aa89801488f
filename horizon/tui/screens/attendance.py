"""Who is at a meeting, in which seat. One key for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual import on
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from horizon.model.meeting import Meeting, Presence, Seat
from horizon.model.wording import count, printable
from horizon.register.inputs import AttendanceInput, checked
from horizon.register.meeting_words import SEATS
from horizon.tui import pages
from horizon.tui.keymap import Binding
from horizon.tui.screens.ask import Ask
from horizon.tui.screens.conflict import Clash
from horizon.tui.screens.form import FormScreen
from horizon.tui.screens.propose import people
from horizon.tui.screens.sides import SidesScreen
from horizon.tui.widgets.fields import Field
from horizon.tui.widgets.page import MUTED

SAME = "Yes, the same"


BOX = len("[x] ")
"""Characters at the beginning of a line that tick it when they are clicked."""


class PeopleList(OptionList):
    """People, each with a box that a click ticks."""

    class Ticked(Message):
        """The box of the highlighted person was clicked."""

    def on_click(self, event: Click) -> None:
        at = event.get_content_offset(self)
        if at is not None and at.x < BOX and "option" in event.style.meta:
            self.post_message(self.Ticked())


class AttendanceScreen(SidesScreen):
    """Take attendance: space for present or apologies, a letter for the seat."""

    LIST = PeopleList
    BINDINGS = [
        Binding("space", "there", "Present or apologies"),
        Binding("c", "seat('chair')", "Chair"),
        Binding("m", "seat('member')", "Member"),
        Binding("a", "seat('adviser')", "Adviser"),
        Binding("t", "seat('minute-taker')", "Minute-taker"),
        Binding("o", "seat('observer')", "Observer"),
        Binding("n", "add", "Add a person"),
    ]

    def __init__(self, meeting_id: str) -> None:
        super().__init__()
        self.meeting_id = meeting_id
        self._people: list[AttendanceInput] = []
        self._held: list[AttendanceInput] = []
        self._theirs: dict[str, AttendanceInput] = {}
        self._last: Meeting | None = None  # whose people are offered, none kept for this one yet

    @property
    def meeting(self) -> Meeting:
        return self.register.meeting(self.meeting_id)

    def on_mount(self) -> None:
        meeting = self.meeting
        self.expect = meeting.revision
        self._held = self._as_input(meeting)
        self._people = list(self._held)
        if not self._people:
            self._last = self.register.last_meeting(meeting.body, meeting.on)
            self._people = self._as_input(self._last) if self._last else []
        self._list(0)
        self.query_one(OptionList).focus()

    def _as_input(self, meeting: Meeting) -> list[AttendanceInput]:
        return [
            AttendanceInput(
                person=self.register.name(each.person),
                seat=each.seat,
                presence=each.presence,
                role=each.role,
                organisation=each.organisation,
            )
            for each in meeting.attendance
        ]

    @property
    def has_work(self) -> bool:
        return self._people != self._held

    def clashes(self) -> list[Clash]:
        """Those whom two people put down differently. Whom only the other touched is taken over."""
        before, mine = _by_name(self._held), _by_name(self._people)
        now = self._theirs = _by_name(self._as_input(self.meeting))
        found = []
        for name in dict.fromkeys([*before, *now, *mine]):
            was, theirs, own = before.get(name), now.get(name), mine.get(name)
            if theirs in (was, own):
                continue
            if own == was:
                self._take_over(name)
            else:
                found.append(Clash(name, name, *map(_put_down, (was, theirs, own))))
        self._held = list(now.values())
        self._list(0)
        return found

    def take_theirs(self, names: frozenset[str]) -> None:
        for name in names:
            self._take_over(name)
        self._list(0)

    def _take_over(self, name: str) -> None:
        """Put somebody down as the other did."""
        theirs = self._theirs.get(name)
        held = _by_name(self._people) | ({name: theirs} if theirs is not None else {})
        self._people = [each for key, each in held.items() if key != name or theirs is not None]

    def _list(self, at: int) -> None:
        options = self.query_one(OptionList)
        options.clear_options()
        for each in self._people:
            there = "[x]" if each.presence is Presence.PRESENT else "[ ]"
            seat = SEATS[each.seat]
            said = printable(f"{there} {seat:<13}{each.person}")
            options.add_option(Option(Content(said)))
        if self._people:
            options.highlighted = min(at, len(self._people) - 1)
        present = [each for each in self._people if each.presence is Presence.PRESENT]
        deciding = sum(each.seat.decides for each in present)
        said = f"{count(len(present), 'person', 'people')} there, {deciding} in deciding seats"
        said += f", {self.meeting.quorum} needed for a quorum"
        if self.has_work:
            said += " · not saved yet"
        self.query_one("#heading", Static).update(
            Content(f"Attendance: {self.meeting.ref}\n{said}")
        )
        self._show()

    @on(OptionList.OptionHighlighted)
    def _show(self) -> None:
        at = self.query_one(OptionList).highlighted
        if at is None or at >= len(self._people):
            self.show(
                pages.line("Nobody is listed yet.")
                + pages.line("Press n to add the first person.", MUTED)
            )
            return
        each = self._people[at]
        known = {p.name: p for p in self.register.state.people.values()}.get(each.person)
        dpo = known is not None and known.dpo
        self.show(
            pages.joined(
                [
                    pages.line(each.person, "bold"),
                    pages.line(),
                    pages.field("Is", each.presence),
                    pages.field("Seat", SEATS[each.seat]),
                    pages.field("Role", each.role or (known.role if known else "")),
                    pages.field("Of", each.organisation or (known.organisation if known else "")),
                    pages.field(
                        "Note", "The data protection officer advises, and is not counted." * dpo
                    ),
                    pages.line(),
                    pages.line("The chair and members decide. The others never do.", MUTED),
                    pages.line(f"Listed first: those at {self._last.ref}.", MUTED)
                    if self._last is not None
                    else (),
                ]
            )
        )

    def _put(self, **changes: Any) -> None:
        at = self.query_one(OptionList).highlighted
        if at is not None and at < len(self._people):
            self._people[at] = self._people[at].model_copy(update=changes)
            self.say("")
            self._list(at)

    @on(PeopleList.Ticked)
    def _ticked(self) -> None:
        self.action_there()

    def action_there(self) -> None:
        at = self.query_one(OptionList).highlighted
        if at is not None and at < len(self._people):
            there = self._people[at].presence is Presence.PRESENT
            self._put(presence=Presence.APOLOGIES if there else Presence.PRESENT)

    def action_seat(self, seat: str) -> None:
        self._put(seat=Seat(seat))

    def action_add(self) -> None:
        self.app.push_screen(PersonScreen(self._add))

    def _add(self, person: AttendanceInput) -> None:
        names = [each.person.casefold() for each in self._people]
        if person.person.casefold() in names:
            at = names.index(person.person.casefold())
            self._people[at] = person
        else:
            at = len(self._people)
            self._people.append(person)
        self._list(at)

    def action_save(self) -> None:
        if not self.has_work:
            self.dismiss("")
        elif self._last is not None and self._people == self._as_input(self._last):
            there = sum(each.presence is Presence.PRESENT for each in self._people)
            who = count(there, "person", "people")
            question = (
                f"This is the list of {self._last.ref} as it was: {who} there. Is it so today?"
            )
            self.app.push_screen(Ask(question, ("Back to the list", SAME)), self._answered)
        else:
            self._take()

    def _answered(self, answer: str | None) -> None:
        if answer == SAME:
            self._take()

    def _take(self) -> None:
        self.save(
            lambda: self.register.attend(self.meeting_id, self._people, expect=self.expect),
            "Attendance taken",
        )


def _by_name(people: Sequence[AttendanceInput]) -> dict[str, AttendanceInput]:
    return {each.person: each for each in people}


def _put_down(each: AttendanceInput | None) -> str:
    """How somebody is put down, in words."""
    if each is None:
        return "not listed"
    more = [part for part in (each.role, each.organisation) if part]
    return ", ".join([SEATS[each.seat], each.presence, *more])


class PersonScreen(FormScreen):
    """Add somebody to the attendance."""

    HEADING = "Add a person"
    SAVE = "Add"

    def __init__(self, add: Any) -> None:
        super().__init__()
        self._add = add

    def fields(self) -> Sequence[Field]:
        seats = [(name, seat.value) for seat, name in SEATS.items()]
        return [
            Field("person", "Name", required=True, suggestions=people(self.register), person=True),
            Field("seat", "Seat", "choice", required=True, choices=seats, value=Seat.MEMBER.value),
            Field("role", "Role", help="What the register knows of them, if left empty."),
            Field("organisation", "Organisation"),
        ]

    def submit(self, values: dict[str, Any]) -> None:
        self._add(checked(AttendanceInput, values))
        self.dismiss("")
