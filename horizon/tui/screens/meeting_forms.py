"""The short forms of a meeting: interests, minutes, agenda, ratifying, closing, confirming."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual import on
from textual.widgets import Input, Select

from horizon.model.meeting import (
    AgendaItem,
    InterestAction,
    InterestKind,
    ItemOutcome,
    Meeting,
    Seat,
)
from horizon.model.wording import count, day
from horizon.register.actions.moving import gates_open_to
from horizon.register.inputs import CommentInput, ItemInput, checked
from horizon.register.meeting_words import OutOfMeeting, read_meeting
from horizon.tui.pages import meeting as meeting_page
from horizon.tui.screens.decide_fields import comments_in
from horizon.tui.screens.drafting import DraftingForm
from horizon.tui.screens.form import FormScreen
from horizon.tui.widgets.fields import Field

ACTIONS = [
    ("Left the room", InterestAction.LEFT.value),
    ("Took no part in the vote", InterestAction.NO_VOTE.value),
    ("Stayed and decided", InterestAction.STAYED.value),
]

FOR_GOOD = "This cannot be taken back."

ENDS = [
    ("Goes on: only a minute", "open"),
    ("No decision", "no decision"),
    ("Noted", "noted"),
]


ENDED: dict[str, ItemOutcome] = {"open": "", "no decision": "no decision", "noted": "noted"}
"""How the choices end an item."""


class MeetingForm(FormScreen):
    """A form about one meeting, and often one of its items."""

    def __init__(self, meeting_id: str, number: int = 0) -> None:
        super().__init__()
        self.meeting_id, self.number = meeting_id, number

    @property
    def meeting(self) -> Meeting:
        return self.register.meeting(self.meeting_id)

    @property
    def item(self) -> AgendaItem:
        found = self.meeting.item(self.number)
        assert found is not None
        return found

    def on_mount(self) -> None:
        self.expect = self.meeting.revision

    def intro(self) -> str:
        return f"Item {self.number} of {self.meeting.ref}: {self.item.title}"


class InterestScreen(MeetingForm):
    """Declare an interest in an item, and what the person does about it."""

    HEADING = "Declare an interest"
    SAVE = "Declare"

    def intro(self) -> str:
        found = self.register.sitting(self.meeting.ref, self.number).undeclared
        names = "; ".join(f"{self.register.name(person)} {why}" for person, why in found)
        said = f" Still to declare: {names}." if names else ""
        return f"{super().intro()}.{said}"

    def fields(self) -> Sequence[Field]:
        meeting = self.meeting
        there = [(self.register.name(e.person),) * 2 for e in meeting.attendance]
        found = self.register.sitting(meeting.ref, self.number).undeclared
        person, why = (self.register.name(found[0][0]), found[0][1]) if found else ("", "")
        kind = InterestKind.SUPPLIER if "supplier" in why else InterestKind.PROPOSER
        return [
            Field(
                "person", "Who", "choice", required=True, choices=there, value=person,
                help="" if there else "Take attendance first (a).",
            ),
            Field(
                "kind",
                "What kind of interest",
                "choice",
                required=True,
                choices=[(each.value.capitalize(), each.value) for each in InterestKind],
                value=kind.value if why else "",
            ),
            Field("nature", "The interest", required=True, value=why[:1].upper() + why[1:]),
            Field(
                "action",
                "What they did",
                "choice",
                required=True,
                choices=ACTIONS,
            ),
        ]  # fmt: skip

    @property
    def has_work(self) -> bool:
        return bool(self.changed)

    def submit(self, values: dict[str, Any]) -> None:
        self.save(
            lambda: self.register.declare(
                self.meeting_id,
                self.number,
                person=values["person"],
                kind=InterestKind(values["kind"]),
                nature=values["nature"],
                action=InterestAction(values["action"]),
                expect=self.expect,
            ),
            "Interest recorded",
        )


class MinuteScreen(MeetingForm, DraftingForm):
    """Write what was said on an item, or that it ended without a decision."""

    HEADING = "Minute"

    def __init__(self, meeting_id: str, number: int, ends: str = "") -> None:
        super().__init__(meeting_id, number)
        self._ends = ends

    def drafted(self) -> str:
        return f"minute of item {self.number} of {self.meeting_id}"

    @property
    def sent(self) -> frozenset[str]:
        return frozenset(("text", "ends", "no_decision"))

    def fields(self) -> Sequence[Field]:
        item = self.item
        fields = [
            Field("text", "What was said", "text", value=item.minute),
            Field(
                "comments",
                "Comments of absent members",
                "text",
                help="One a line, as NAME: what they wrote. Added to those already there.",
            ),
        ]
        if item.outcome != "decided":
            ending = [
                Field(
                    "ends",
                    "How it ends",
                    "choice",
                    required=True,
                    choices=ENDS,
                    value=self._ends or item.outcome or "open",
                    help="A decision is recorded with d on the item, not here.",
                ),
                Field(
                    "no_decision",
                    "Why there was no decision",
                    value=item.no_decision,
                    required=self._ends == "no decision",
                    help="Such as: discussed, but no quorum; more information wanted; not reached.",
                ),
            ]
            if self._ends == "no decision":  # asked for by its key: the reason is what is wanted
                return [*reversed(ending), *fields]
            fields += ending
        return fields

    def submit(self, values: dict[str, Any]) -> None:
        ends = ENDED[values["ends"]] if "ends" in values else None
        comments = [
            checked(CommentInput, {"person": name, "text": said})
            for name, said in comments_in(values["comments"])
        ]
        self.save(
            lambda: self.register.minute(
                self.meeting_id,
                self.number,
                values["text"],
                comments=comments,
                outcome=ends,
                no_decision=values.get("no_decision", ""),
                expect=self.expect,
            ),
            "Minuted",
        )


class AddItemsScreen(MeetingForm):
    """Put technologies or other matters on the agenda."""

    HEADING = "Add to the agenda"
    SAVE = "Add"

    def intro(self) -> str:
        return f"{self.meeting.ref}, {meeting_page.body_name(self.register, self.meeting.body)}"

    def fields(self) -> Sequence[Field]:
        return [
            Field(
                "technologies",
                "Technologies on which this body can decide now",
                "many",
                choices=self._waiting(),
                help="Space ticks. What would be decided stands in brackets.",
            ),
            _purpose("purpose", "What they are for", "for decision"),
            Field("title", "Or something else"),
            _purpose("title_purpose", "What that is for", "for information"),
        ]

    def _waiting(self) -> list[tuple[str, str]]:
        """What the body can decide on as it stands: label, name and gate."""
        route, meeting = self.register.framework.route, self.meeting
        on_it = {each.technology for each in meeting.items if not each.outcome}
        found = []
        for header in self.register.state.technologies.headers():
            gates = [route.gate(each) for each in gates_open_to(route, header)]
            here = [each.name for each in gates if each and meeting.body in each.bodies]
            if here and header.id not in on_it:
                found.append((f"{header.label} {header.name} ({here[0]})", header.id))
        return found

    def submit(self, values: dict[str, Any]) -> None:
        items = [
            ItemInput(technology=each, purpose=values["purpose"]) for each in values["technologies"]
        ]
        if values["title"]:
            items.append(ItemInput(title=values["title"], purpose=values["title_purpose"]))
        if not items:
            self.say("Tick a technology, or write what else it is about.")
            return
        self.save(
            lambda: self.register.add_items(self.meeting_id, items, expect=self.expect),
            f"{count(len(items), 'item')} added",
        )


def _purpose(name: str, label: str, value: str) -> Field:
    choices = [("Decision", "for decision"), ("Information", "for information")]
    return Field(name, label, "choice", required=True, choices=choices, value=value)


class RatifyScreen(MeetingForm):
    """Ratify a decision that was made between meetings."""

    HEADING = "Ratify"
    SAVE = "Ratify"

    def intro(self) -> str:
        lapse = "What is not ratified when the meeting is closed has lapsed."
        return "\n".join([*map(_decided, self._found), f"{FOR_GOOD} {lapse}"])

    @property
    def _found(self) -> tuple[OutOfMeeting, ...]:
        return read_meeting(self.register, self.meeting_id).to_ratify

    def fields(self) -> Sequence[Field]:
        found = [
            (
                f"{each.decision.number}: {each.technology.label} {each.technology.name}",
                f"{each.technology.id} {each.decision.number}",
            )
            for each in self._found
        ]
        return [Field("decision", "Decision", "choice", required=True, choices=found)]

    @property
    def has_work(self) -> bool:
        return False

    def submit(self, values: dict[str, Any]) -> None:
        technology, _, number = values["decision"].partition(" ")
        self.save(
            lambda: self.register.ratify(technology, number, meeting=self.meeting_id),
            f"{number} ratified",
        )


def _decided(each: OutOfMeeting) -> str:
    """What was decided out of a meeting, when and how."""
    what = f"{each.decision.number} on {each.technology.label} {each.technology.name}"
    return f"{what}: {each.outcome}, on {day(each.decision.decided_on)} ({each.how})."


class CloseScreen(MeetingForm):
    """Close the meeting: nothing more is decided at it."""

    HEADING = "Close the meeting"
    SAVE = "Close it"

    def intro(self) -> str:
        waiting = [number for _, number in self.register.unratified(self.meeting_id)]
        lapse = "it lapses" if len(waiting) == 1 else "they lapse"
        said = f" It was not asked to ratify {', '.join(waiting)}: {lapse}." if waiting else ""
        return f"Nothing more is decided at {self.meeting.ref} after this.{said}"

    def filled(self) -> None:
        self.say("" if self.meeting.by_correspondence else _not_there(self.meeting))

    def fields(self) -> Sequence[Field]:
        return []

    def submit(self, values: dict[str, Any]) -> None:
        self.save(
            lambda: self.register.close_meeting(self.meeting_id, expect=self.expect),
            "Meeting closed",
        )


def _not_there(meeting: Meeting) -> str:
    """What the minutes will say is missing of who was there; empty where nothing is."""
    if not meeting.present:
        return "Nobody is recorded as present. Leave this and take attendance first (a)."
    if all(each.seat is not Seat.CHAIR for each in meeting.present):
        return "Nobody is recorded in the chair. Leave this and take attendance first (a)."
    return ""


class ConfirmScreen(MeetingForm):
    """Record that the minutes were agreed as accurate."""

    HEADING = "Confirm the minutes"
    SAVE = "Confirm"

    def intro(self) -> str:
        return f"The minutes of {self.meeting.ref} were agreed as accurate. {FOR_GOOD}"

    @property
    def _later(self) -> list[Meeting]:
        """The body's meetings since this one, at which its minutes may have been agreed."""
        meeting, held = self.meeting, self.register.state.meetings.values()
        since = [e for e in held if e.follows(meeting) and e.on <= self.register.today]
        return sorted(since, key=lambda each: (each.on, each.ref))

    def fields(self) -> Sequence[Field]:
        later = self._later
        name = meeting_page.body_name(self.register, self.meeting.body)
        now = next((each for each in later if not each.is_closed), None)
        agreed = now.on if now else self.register.today
        return [
            Field(
                "where",
                "Where they were agreed",
                "choice",
                required=True,
                choices=[*((_at(each), each.ref) for each in later), ("In writing", IN_WRITING)],
                value=now.ref if now else "",
                help="" if later else f"The {name} has not met since.",
            ),
            Field("on", "Confirmed on", "day", required=True, value=agreed.isoformat()),
        ]

    @on(Select.Changed, "#field-where")
    def _where_changed(self) -> None:
        """Date it as the meeting at which they were agreed."""
        if self.is_whole and self.box("where").text not in ("", IN_WRITING):
            agreed = self.register.meeting(self.box("where").text).on
            self.box("on").query_one(Input).value = agreed.isoformat()

    def submit(self, values: dict[str, Any]) -> None:
        where = values["where"]
        self.save(
            lambda: self.register.confirm_minutes(
                self.meeting_id,
                on=values["on"],
                at_meeting="" if where == IN_WRITING else where,
            ),
            "Minutes confirmed",
        )


IN_WRITING = "in writing"
"""Stands for no meeting among those at which minutes were agreed."""


def _at(meeting: Meeting) -> str:
    return f"At {meeting.ref}, {day(meeting.on)}"
