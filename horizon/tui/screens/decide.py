"""Record a body's decision: what the gate finds, the outcome, reasons, conditions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Select, Static

from horizon.judgement.checklist import read_checklist
from horizon.judgement.gates import GateReading, read_gate
from horizon.judgement.recording import touched
from horizon.model.decision import Decision, Override
from horizon.model.errors import BadInput
from horizon.register import ConditionInput, OverrideInput
from horizon.register.inputs import ItemInput, checked
from horizon.tui import pages, signing
from horizon.tui.keymap import Binding
from horizon.tui.pages import route as route_page
from horizon.tui.pages.ethics import item_line
from horizon.tui.screens.decide_fields import (
    CHAIR,
    CONDITION,
    OVERRIDE,
    Unfinished,
    help_with_ways,
    item_fields,
    last_fields,
    recorded,
    seating,
    ways,
    weighed_fields,
)
from horizon.tui.screens.decide_groups import GroupsForm
from horizon.tui.screens.evidence import attach_beside
from horizon.tui.screens.gate import GateScreen
from horizon.tui.screens.propose import people
from horizon.tui.screens.seats import (
    Seat,
    earlier,
    key_of,
    life,
    option,
    outcomes,
    phase_of,
    seats,
    standing,
    summary,
    superseding,
)
from horizon.tui.widgets.field_group import FieldGroup
from horizon.tui.widgets.fields import Field, FieldBox, Section
from horizon.tui.widgets.page import Lines, Page


class DecideScreen(GroupsForm):
    """Record a decision. What is on the table now is frozen into it."""

    HEADING = "Record a decision"
    SAVE = "Record the decision"
    BINDINGS = [
        Binding("ctrl+g", "gate", "Gate"),
        Binding("f8", "attach", "Attach a document"),
    ]

    def __init__(self, technology_id: str, meeting: str = "", item: int | None = None) -> None:
        """`meeting` and `item` are where it is being decided, if that is known."""
        super().__init__(technology_id)
        self._panel: Lines = ()
        self._meeting, self._item = meeting, item

    @property
    def _seats(self) -> list[Seat]:
        return seats(self.register, self.technology)

    @property
    def _seat(self) -> Seat | None:
        """The body and gate that are chosen, once the form is whole."""
        if not self.is_whole or not self._seats:
            return None
        chosen = self.box("seat").text
        return next((each for each in self._seats if key_of(each) == chosen), None)

    def intro(self) -> str:
        if not self._seats:
            stage = pages.stage_name(self.register, self.technology.stage).lower()
            return f"No body decides at this stage ({stage}). Press Esc to go back."
        return "A decision is never edited: a later one supersedes it."

    @property
    def _first(self) -> Seat:
        """The body and gate to begin with: those of the meeting, where it is decided at one."""
        if self._meeting:
            meeting = self.register.meeting(self._meeting)
            item = meeting.item(self._item or 0)
            there = [each for each in self._seats if each[0].id == meeting.body]
            at_gate = [each for each in there if item is not None and each[1].id == item.gate]
            return (at_gate or there or self._seats)[0]
        return self._seats[0]

    def _way(self, offered: Sequence[tuple[str, str]]) -> str:
        """The way of deciding to begin with: this meeting, or the first that has it on its
        agenda."""
        keys = [key for _, key in offered]
        here = f"{self._meeting}#{self._item}" if self._item else self._meeting
        if here in keys:
            return here
        return next((key for key in keys if "#" in key), "")

    def fields(self) -> Sequence[Field | Section]:
        if not self._seats:
            return []
        seat = self._first
        offered = ways(self.register, self.technology, seat[0])
        meeting = self.register.state.meetings
        day_of = {each.ref: each.on for each in meeting.values()}
        decided_on = day_of.get(self._way(offered).partition("#")[0], self.register.today)
        shown = [(f"{b.name}, gate {g.id}: {g.name}", key_of((b, g))) for b, g in self._seats]
        before = earlier(self.technology, seat)
        return [
            Field(
                "seat", "Body and gate", "choice", required=True, choices=shown, value=key_of(seat)
            ),
            Field(
                "way",
                "Decided at",
                "choice",
                choices=offered,
                value=self._way(offered),
                help=help_with_ways(self.register, seat[0], offered),
            ),
            Field(
                "chair",
                "Chair, for chair's action",
                help="Who decided alone.",
                suggestions=people(self.register),
                person=True,
            ),
            Field(
                "outcome",
                "Outcome",
                "choice",
                required=True,
                choices=outcomes(seat[0], passes=True),
                help="One marked 'not yet' waits for the gate to be passed.",
            ),
            Field(
                "decided_on",
                "Date of the decision",
                "day",
                required=True,
                value=decided_on.isoformat(),
            ),
            Field(
                "reasons",
                "Reasons",
                "text",
                required=True,
                help="Why the body came to this outcome.",
            ),
            *item_fields(touched(self.register.framework, self.technology, seat[1])),
            Field("review_by", "Review by", "day", after=decided_on),
            Field("expires_on", "Holds until", "day", help=life(seat[1]), after=decided_on),
            Field(
                "supersedes",
                "Supersedes",
                "choice",
                help=superseding(before),
                choices=[option(each) for each in before],
                value=standing(self.technology, seat, self.register.today),
            ),
            *weighed_fields(self.register, self.technology, seat[1]),
            *last_fields(self.technology, seat[1], decided_on),
        ]

    def extra(self) -> ComposeResult:
        if self._seats:
            yield from super().extra()

    def on_mount(self) -> None:
        if self._seats:
            page = VerticalScroll(Page(id="gate"), id="gate-side")
            self.query_one("#page").mount(page)

    def filled(self) -> None:
        if self._seats and self.box("way").field.value:  # where is known: the outcome is asked
            self.box("outcome").query_one(Select).focus(scroll_visible=False)
        self.call_after_refresh(self._show_gate)
        self.call_later(self.begin_again)

    def drafted(self) -> str:
        return f"decision at {self._meeting} {self._item or ''}".rstrip()

    def work(self) -> dict[str, Any]:
        """All that stands in the form: what is offered in one field depends on others."""
        held = Unfinished(
            fields={box.field.name: box.text for box in self._loose},
            groups=[(each.name or "", each.texts) for each in self.query(FieldGroup)],
        )
        return held.model_dump()

    @property
    def _loose(self) -> list[FieldBox]:
        """The fields that belong to no condition and to no blocker that is set aside."""
        grouped = {box for group in self.query(FieldGroup) for box in group.query(FieldBox)}
        return [box for box in self.query(FieldBox) if box not in grouped]

    async def take_up(self, work: dict[str, Any]) -> int:
        try:
            held = checked(Unfinished, work)
        except BadInput:
            return 0
        if not self._seats:
            return 0
        self.put_back([self.box("seat")], held.fields)
        await self._seat_changed()
        for name, texts in held.groups:
            group = await (self._condition() if name.startswith(CONDITION) else self._override())
            if group is not None:
                wanted = {f"{group.name}-{field}": text for field, text in texts.items()}
                self.put_back(group.query(FieldBox), wanted)
        self.put_back((box for box in self._loose if box.field.name != "seat"), held.fields)
        self._show_gate()
        return len(self.changed)

    @on(Select.Changed, "#field-seat")
    async def _seat_changed(self) -> None:
        seat = self._seat
        if seat is None:
            return
        await self._ask_again(seat)
        outcome = self.box("outcome")
        outcome.offer(outcomes(seat[0], passes=self._read(seat).passes))
        outcome.blame("")
        before = earlier(self.technology, seat)
        supersedes = self.box("supersedes")
        supersedes.offer(
            [option(each) for each in before], standing(self.technology, seat, self.register.today)
        )
        supersedes.advise(superseding(before))
        self.box("expires_on").advise(life(seat[1]))
        offered = ways(self.register, self.technology, seat[0])
        way = self.box("way")
        with self.prevent(Select.Changed):
            way.offer(offered, self._way(offered))
        self._way_changed()
        way.advise(help_with_ways(self.register, seat[0], offered))
        self._show_gate()

    @on(Select.Changed, "#field-way")
    def _way_changed(self) -> None:
        """Date the decision as the meeting it is made at."""
        if not self.is_whole:
            return
        ref = self.box("way").text.partition("#")[0]
        if ref and ref != CHAIR:
            self.box("decided_on").query_one(Input).value = self.register.meeting(
                ref
            ).on.isoformat()

    async def _ask_again(self, seat: Seat) -> None:
        """Ask for reasons in view of what this gate's phase makes red lines and blockers."""
        held = [each for each in self.query(FieldBox) if each.field.name.startswith("because-")]
        wanted = list(item_fields(touched(self.register.framework, self.technology, seat[1])))
        if [each.field.name for each in held] == [each.name for each in wanted]:
            return
        for box in held:
            await box.remove()
        form = self.query_one("#form", VerticalScroll)
        await form.mount_all([FieldBox(each) for each in wanted], after=self.box("reasons"))

    @on(Select.Changed, ".field-group Select")
    @on(Input.Changed, "#field-decided_on")
    @on(FieldGroup.TakenOff)
    def _show_gate(self) -> None:
        """Show what the gate finds on the day of the decision, blockers set aside here left out."""
        seat = self._seat
        if seat is None or not self.query("#gate"):
            return
        reading = self._read(seat)
        checklist = read_checklist(self.register.framework, self.technology, phase_of(seat))
        panel = [route_page.gate(reading)]
        if checklist.conditions:
            panel.append(pages.heading("These answers become conditions of an approval"))
            panel += [item_line(each) for each in checklist.conditions]
        self._panel = pages.joined(panel)
        self.query_one("#gate", Page).show(self._panel)
        self._offer_outcomes(seat, reading.passes)
        stands = summary(reading, checklist)
        said = f"{stands} {self.intro()}" if reading.passes else stands
        self.query_one(".intro", Static).update(Content(said))

    def _offer_outcomes(self, seat: Seat, passes: bool) -> None:
        """Mark the outcomes that cannot be recorded as the gate stands now."""
        box, offered = self.box("outcome"), outcomes(seat[0], passes=passes)
        if list(box.field.choices) != offered:
            box.offer(offered, box.text)

    def _read(self, seat: Seat) -> GateReading:
        aside = [
            Override(item=box.text, reason="-", siro=_NOBODY, expires_on=date.max)
            for box in self.query(FieldBox)
            if box.field.name.startswith(OVERRIDE) and box.field.name.endswith("-item")
            if box.text
        ]
        try:
            decided_on = self.box("decided_on").read()
        except BadInput:
            decided_on = self.register.today
        return read_gate(
            self.register.framework,
            self.register.whole(self.technology.id),
            seat[1].id,
            decided_on,
            overrides=aside,
            for_decision_by=seat[0].id,
        )

    def action_attach(self) -> None:
        """Attach a document that the gate asks for, without leaving what is written here."""
        why = "The decision form stays as it is meanwhile."
        attach_beside(self, why, lambda _: self._show_gate())

    def action_gate(self) -> None:
        """Show the gate over the form, where there is no room beside it."""
        if self._panel:
            self.app.push_screen(GateScreen(self._panel))

    def submit(self, values: dict[str, Any]) -> None:
        seat = self._seat
        if seat is None:
            self.dismiss("")
            return
        if self.refuse_conditions():
            return
        wanted = [checked(ConditionInput, e.taken(values)) for e in self.groups_of(CONDITION)]
        aside = [checked(OverrideInput, e.taken(values)) for e in self.groups_of(OVERRIDE)]
        where = seating(values)
        record = recorded(values)

        def decide() -> Decision:
            meeting = where.get("meeting", "")
            if meeting and where["item"] is None:
                self.register.add_items(meeting, [ItemInput(technology=self.technology_id)])
            recorded = self.register.decide(
                self.technology_id,
                body=seat[0].id,
                gate=seat[1].id,
                outcome=values["outcome"],
                decided_on=values["decided_on"],
                reasons=values["reasons"],
                conditions=wanted,
                overrides=aside,
                review_by=values["review_by"],
                expires_on=values["expires_on"],
                supersedes=values["supersedes"] or None,
                expect=self.expect,
                **where,
                **record,
            )
            signing.begin(self.app, recorded.number)
            return recorded

        self.save(decide, "Decision recorded")


_NOBODY = "p-" + "0" * 16
"""Stands for the risk owner while a decision is only being written."""
