"""The conditions of a technology's decisions, and the record that one was met."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from textual import on
from textual.widgets import OptionList

from horizon.model.assessment import Evidence
from horizon.model.decision import Condition, Decision
from horizon.model.technology import Technology
from horizon.model.wording import count, day
from horizon.register.conditions import not_met_after_all
from horizon.tui import pages
from horizon.tui.keymap import Binding
from horizon.tui.messages import RegisterChanged
from horizon.tui.pages import route as route_page
from horizon.tui.pages.technology import document
from horizon.tui.screens.evidence import EvidenceScreen, attach_beside
from horizon.tui.screens.form import FormScreen
from horizon.tui.screens.sides import ListedScreen
from horizon.tui.widgets.fields import Field
from horizon.tui.widgets.page import MUTED

Found = tuple[Decision, Condition]


def conditions(technology: Technology) -> list[Found]:
    """The conditions of decisions that stand: open ones by due date, then those that were met."""
    found = [
        (decision, condition)
        for decision in technology.decisions
        if decision.superseded_by is None
        for condition in decision.conditions
    ]
    return sorted(found, key=lambda each: (each[1].discharge is not None, each[1].due))


class ConditionList(OptionList):
    """Conditions, one of which can be discharged."""

    BINDINGS = [Binding("enter", "select", "Discharge")]


class ConditionsScreen(ListedScreen):
    """Every condition with how it stands. Enter records that one was met."""

    LIST = ConditionList
    BINDINGS = [
        Binding("v", "attach", "Attach evidence"),
        Binding("u", "not_met", "Not met after all"),
        Binding("ctrl+s", "save", "Discharge", show=False),
    ]

    def __init__(self, technology_id: str) -> None:
        super().__init__(technology_id)
        self._not_met: dict[tuple[str, int], str] = {}

    @property
    def _found(self) -> list[Found]:
        return conditions(self.technology)

    @property
    def _at(self) -> Found | None:
        at = self.query_one(OptionList).highlighted
        found = self._found
        return found[at] if at is not None and at < len(found) else None

    @on(RegisterChanged)
    def _list(self) -> None:
        found, today = self._found, self.register.today
        self._not_met = not_met_after_all(self.register, self.technology_id)
        late = sum(condition.is_overdue(today) for _, condition in found)
        left = sum(condition.discharge is None for _, condition in found)
        said = f"{left} of {count(len(found), 'condition')} open, {late} overdue"
        self.entitle("Conditions", said)
        self.put(
            [
                f"{_state(condition, today):<8}{decision.number} no. {condition.number}"
                for decision, condition in found
            ]
        )
        self._show()

    def offers(self, action: str) -> bool:
        at = self._at
        if action == "select":
            return at is not None and at[1].discharge is None
        if action == "not_met":
            return at is not None and at[1].discharge is not None
        return at is not None or action not in ("attach", "read_on")

    @on(OptionList.OptionHighlighted)
    def _show(self) -> None:
        if self._at is None:
            self.show(
                pages.line("No decision carries a condition.")
                + pages.line("A decision that approves with conditions makes them.", MUTED)
            )
            return
        decision, condition = self._at
        body = self.register.framework.route.body(decision.body)
        parts = [
            pages.line(condition.text, "bold"),
            pages.line(),
            pages.field("State", route_page.state_of(self.register, condition), "bold"),
            pages.field("Owner", self.register.name(condition.owner)),
            pages.field("Needed", condition.evidence_needed),
            pages.field("Decision", f"{decision.number}, {body.name if body else decision.body}"),
        ]
        discharge = condition.discharge
        if discharge is not None:
            accepted = self.register.framework.route.body(discharge.body)
            held = {each.id: each for each in self.technology.evidence}
            parts.append(pages.field("Accepted by", accepted.name if accepted else discharge.body))
            parts += [
                pages.field("On", document(self.register, held[e]) if e in held else e)
                for e in discharge.evidence
            ]
            parts.append(pages.field("Note", discharge.note))
            parts.append(pages.field("Recorded", self.register.name(discharge.by)))
        elif said := self._not_met.get((decision.number, condition.number)):
            parts.append(pages.field("Before", said))
        if discharge is None and condition.is_overdue(self.register.today):
            parts += [
                pages.line(),
                pages.line(
                    "While it is overdue, the approval reads as not approved. "
                    "Press Enter when it has been met."
                ),
            ]
        elif discharge is None:
            parts += [pages.line(), pages.line("Press Enter when it has been met.", MUTED)]
        self.show(pages.joined(parts))

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.action_discharge()

    def action_discharge(self) -> None:
        """Record that the condition under the cursor was met."""
        if self._at is None:
            return
        decision, condition = self._at
        if condition.discharge is not None:
            self.say("This condition was met already. If it was not after all, press u.")
        elif not self.technology.evidence:
            self.say("A condition is met on evidence. Press v to attach the document first.")
        else:
            self.say("")
            self.app.push_screen(DischargeScreen(self.technology_id, decision, condition))

    def action_not_met(self) -> None:
        """Record that the condition under the cursor was not met after all."""
        if self._at is None:
            return
        decision, condition = self._at
        if condition.discharge is None:
            self.say("This condition is open. Press Enter when it has been met.")
        else:
            self.say("")
            self.app.push_screen(NotMetScreen(self.technology_id, decision, condition))

    def action_save(self) -> None:
        self.action_discharge()

    def action_attach(self) -> None:
        self.say("")
        self.app.push_screen(EvidenceScreen(self.technology_id))


def _state(condition: Condition, today: date) -> str:
    if condition.discharge is not None:
        return "met"
    return "overdue" if condition.is_overdue(today) else "open"


def _called(evidence: Evidence) -> str:
    return f"{evidence.id} {evidence.title}"


class ConditionForm(FormScreen):
    """A form about one condition."""

    def __init__(self, technology_id: str, decision: Decision, condition: Condition) -> None:
        super().__init__(technology_id)
        self._decision, self._condition = decision, condition

    @property
    def _about(self) -> str:
        """The condition in a sentence."""
        named = f"Condition {self._condition.number} of {self._decision.number}"
        return f"{named}: {self._condition.text}."


class DischargeScreen(ConditionForm):
    """Record that a condition was met, accepted by a body on evidence."""

    HEADING = "Discharge a condition"
    SAVE = "Discharge"
    BINDINGS = [Binding("f8", "attach", "Attach a document")]

    def intro(self) -> str:
        state = route_page.state_of(self.register, self._condition)
        body = self.register.framework.route.body(self._decision.body)
        own = (
            f" You own this condition; record only what the {body.name if body else 'body'} "
            "accepted."
            if self._condition.owner == self.register.person_id
            else ""
        )
        return f"{self._about} {state}.{own} If the document is not listed, F8 attaches it."

    def fields(self) -> Sequence[Field]:
        bodies = [(each.name, each.id) for each in self.register.framework.route.bodies]
        evidence = [(_called(each), each.id) for each in self.technology.evidence]
        return [
            Field(
                "evidence",
                "Evidence",
                "many",
                required=True,
                choices=evidence,
                help=f"Needed: {self._condition.evidence_needed}. Space ticks.",
            ),
            Field(
                "body",
                "Accepted by",
                "choice",
                required=True,
                choices=bodies,
                value=self._decision.body,
            ),
            Field("on", "Accepted on", "day", required=True, value=self.register.today.isoformat()),
            Field("note", "Note", "text"),
        ]

    def action_attach(self) -> None:
        """Attach the document that shows it, and tick it."""
        why = f"Needed: {self._condition.evidence_needed}"
        attach_beside(self, why, self._attached)

    def _attached(self, new: Sequence[Evidence]) -> None:
        box = self.box("evidence")
        box.add_choices([(_called(each), each.id) for each in new])

    def submit(self, values: dict[str, Any]) -> None:
        self.save(
            lambda: self.register.discharge(
                self.technology_id,
                decision=self._decision.number,
                condition=self._condition.number,
                body=values["body"],
                on=values["on"],
                evidence=values["evidence"],
                note=values["note"],
                expect=self.expect,
            ),
            "Condition discharged",
        )


class NotMetScreen(ConditionForm):
    """Record that a condition that was recorded as met was not met after all."""

    HEADING = "Not met after all"
    SAVE = "Open again"

    def intro(self) -> str:
        due = day(self._condition.due)
        then = (
            f"It was due on {due}, so the approval reads as not approved until it is met."
            if self.register.today > self._condition.due
            else f"It is due on {due}."
        )
        return f"{self._about} This opens it again. {then}"

    def fields(self) -> Sequence[Field]:
        return [Field("reason", "Reason", "text", required=True, help="What was found.")]

    def submit(self, values: dict[str, Any]) -> None:
        self.save(
            lambda: self.register.take_discharge_back(
                self.technology_id,
                decision=self._decision.number,
                condition=self._condition.number,
                reason=values["reason"],
                expect=self.expect,
            ),
            "The condition is open again",
        )
