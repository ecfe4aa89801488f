"""The conditions of a decision and the blockers it sets aside: fields that come and go."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Button, Select

from horizon.framework.route import Outcome
from horizon.judgement.checklist import read_checklist
from horizon.model.words import Effect
from horizon.tui.keymap import Binding
from horizon.tui.screens.decide_fields import (
    CONDITION,
    OVERRIDE,
    condition_fields,
    override_fields,
)
from horizon.tui.screens.drafting import DraftingForm
from horizon.tui.screens.seats import Seat, phase_of
from horizon.tui.widgets.field_group import FieldGroup


class GroupsForm(DraftingForm):
    """A decision form to which conditions and blockers are added, and from which they are taken."""

    BINDINGS = [
        Binding("ctrl+n,f6", "add_condition", "Add condition"),
        Binding("ctrl+o", "add_override", "Set blocker aside"),
        Binding("f9", "take_off", "Take it off"),
    ]

    def __init__(self, technology_id: str) -> None:
        super().__init__(technology_id)
        self._made = 0

    @property
    def _seat(self) -> Seat | None:
        """The body and gate that are chosen, once the form is whole."""
        raise NotImplementedError

    def _show_gate(self) -> None:
        """Show what the gate finds."""
        raise NotImplementedError

    def groups_of(self, start: str) -> list[FieldGroup]:
        """The conditions, or the blockers that are set aside."""
        return [each for each in self.query(FieldGroup) if (each.name or "").startswith(start)]

    def extra(self) -> ComposeResult:
        yield Vertical(id="groups")
        yield Button("Add a condition (Ctrl+N)", id="add-condition", compact=True)
        yield Button("Set a blocker aside (Ctrl+O)", id="add-override", compact=True)

    def offers(self, action: str) -> bool:
        if action == "take_off":
            return bool(self.query(FieldGroup))
        return action != "add_condition" or not self._carries_none

    @property
    def _outcomes(self) -> Sequence[Outcome]:
        return self._seat[0].outcomes if self._seat else ()

    @property
    def _carries_none(self) -> str:
        """The outcome that is chosen, where it carries no conditions; else nothing."""
        chosen = self.box("outcome").text if self._seat else ""
        return next(
            (
                each.name
                for each in self._outcomes
                if each.id == chosen and each.effect is not Effect.APPROVE_WITH_CONDITIONS
            ),
            "",
        )

    @on(Select.Changed, "#field-outcome")
    @on(FieldGroup.TakenOff)
    def _carries(self) -> None:
        """Blame nothing any more that was said of an outcome and its conditions."""
        if self.is_whole and self._seat is not None:
            self.box("outcome").blame("")
            for group in self.groups_of(CONDITION):
                self.box(group.first.removeprefix("#field-")).blame("")
        self.refresh_bindings()

    @on(Button.Pressed, "#add-condition")
    async def _add_condition_pressed(self) -> None:
        await self.action_add_condition()

    @on(Button.Pressed, "#add-override")
    async def _add_override_pressed(self) -> None:
        await self.action_add_override()

    async def action_add_condition(self) -> None:
        outcome = self._carries_none
        if not outcome:
            await self._condition()
            return
        said = f"{outcome!r} carries no conditions. Choose another outcome first."
        self.point_at(self.box("outcome"), said)

    async def _condition(self) -> FieldGroup | None:
        """A few more fields, and the outcome that conditions need."""
        seat = self._seat
        if seat is None:
            return None
        self._made += 1
        name = f"{CONDITION}{self._made}"
        reading = read_checklist(self.register.framework, self.technology, phase_of(seat))
        asked = [f"{each.item.id}: {each.item.evidence}" for each in reading.conditions]
        fields = condition_fields(self.register, name, asked)
        group = await self._add(FieldGroup(name, "this condition", fields))
        outcome = self.box("outcome").input
        conditional = next(
            (o.id for o in self._outcomes if o.effect is Effect.APPROVE_WITH_CONDITIONS), ""
        )
        if conditional and isinstance(outcome, Select) and outcome.value is Select.NULL:
            outcome.value = conditional
        return group

    async def action_add_override(self) -> None:
        await self._override()

    async def _override(self) -> FieldGroup | None:
        """Four fields for a blocker that the body sets aside. Never a red line."""
        seat = self._seat
        if seat is None:
            return None
        reading = read_checklist(self.register.framework, self.technology, phase_of(seat))
        blockers = [each for each in reading.blockers if not each.red_line]
        if not blockers:
            self.say("No blocker stands in the way here. A red line is never set aside.")
            return None
        self.say("")
        self._made += 1
        name = f"{OVERRIDE}{self._made}"
        fields = override_fields(self.register, name, blockers)
        return await self._add(FieldGroup(name, "this blocker", fields))

    async def _add(self, group: FieldGroup) -> FieldGroup:
        await self.query_one("#groups", Vertical).mount(group)
        group.query_one(group.first).focus(scroll_visible=False)
        self.call_after_refresh(group.scroll_visible, animate=False)
        self._show_gate()
        return group

    async def action_take_off(self) -> None:
        """Take off the condition or blocker that is written in, or else the last one."""
        groups = list(self.query(FieldGroup))
        if not groups:
            return
        within = self.focused.ancestors if self.focused is not None else []
        here = [each for each in groups if each in within]
        left = [each for each in groups if each is not (here or groups)[-1]]
        await (here or groups)[-1].take_off()
        if left:
            self.query_one(left[-1].first).focus()
        else:
            self.box("outcome").input.focus()

    def refuse_conditions(self) -> bool:
        """Whether there are conditions that the outcome cannot carry: the cursor goes to the first
        of them."""
        outcome, held = self._carries_none, self.groups_of(CONDITION)
        if not (outcome and held):
            return False
        box = self.box(held[0].first.removeprefix("#field-"))
        said = f"{outcome!r} carries no conditions. Take this one off (F9), or choose another."
        self.point_at(box, said)
        return True
