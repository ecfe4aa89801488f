"""The short forms about one technology."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from textual import on

from horizon.framework.schema import ChecklistItem
from horizon.judgement.checklist import asked_of
from horizon.model.technology import Sighting
from horizon.model.words import Marking, Posture, SourceType, TimeHorizon
from horizon.register.inputs import checked
from horizon.tui.screens.form import FormScreen
from horizon.tui.screens.propose import SEEN_AT, choices, description, people
from horizon.tui.tags import known_tags
from horizon.tui.widgets.fields import Field
from horizon.tui.widgets.ticks import Ticks

EMPTY = {"time_horizon": None, "posture": None, "kind": "other", "regime": "unknown"}
"""What a choice that was emptied stands for."""


class AmendScreen(FormScreen):
    """Change what the register says a technology is."""

    HEADING = "Amend"

    def fields(self) -> Sequence[Field]:
        held = self.technology
        values = {
            **held.details.model_dump(mode="json"),
            "owner": self.register.name(held.owner) if held.owner else "",
        }
        plain = [
            *description(self.register),
            Field("aliases", "Other names", "names", help="Separated by commas."),
            Field(
                "tags",
                "Tags",
                "names",
                help="Words to find it by, separated by commas.",
                suggestions=known_tags(self.register),
            ),
            Field(
                "time_horizon",
                "Time horizon",
                "choice",
                choices=[
                    ("H1: within 2 years", TimeHorizon.H1),
                    ("H2: 2 to 5 years", TimeHorizon.H2),
                    ("H3: later", TimeHorizon.H3),
                ],
            ),
            Field("trl", "Technology readiness level", "number", help="1 to 9."),
            Field(
                "posture",
                "Posture",
                "choice",
                choices=[(each.value.capitalize(), each.value) for each in Posture],
            ),
            Field(
                "marking",
                "Marking",
                "choice",
                required=True,
                choices=[(each.value, each.value) for each in Marking],
            ),
        ]
        filled = []
        for each in plain:
            value = values[each.name]
            if isinstance(value, list):
                value = ", ".join(value)
            filled.append(replace(each, value=str(value) if value is not None else ""))
        return [*filled, Field("reason", "Reason", help="Why it changes.")]

    @property
    def sent(self) -> frozenset[str]:
        return self.changed - {"reason"}

    def submit(self, values: dict[str, Any]) -> None:
        """Only what was changed here is sent, so that what others changed meanwhile stays."""
        reason = values.pop("reason")
        changes = {name: value for name, value in values.items() if name in self.changed}
        if not changes:
            self.say("Nothing was changed.")
            return
        for name in EMPTY.keys() & changes.keys():
            changes[name] = changes[name] or EMPTY[name]
        self.save(
            lambda: self.register.amend(
                self.technology_id, changes, reason=reason, expect=self.expect
            ),
            "Saved",
        )


class SightingScreen(FormScreen):
    """Add a dated source where the technology was seen."""

    HEADING = "Add a sighting"
    SAVE = "Add"

    def fields(self) -> Sequence[Field]:
        return [
            replace(SEEN_AT, required=True),
            Field(
                "source_type",
                "Sort of source",
                "choice",
                help="Internal is for whoever in the force stands up for it.",
                required=True,
                choices=choices(SourceType),
            ),
            Field(
                "seen_on", "Seen on", "day", required=True, value=self.register.today.isoformat()
            ),
            Field("title", "Title"),
            Field("url", "Link"),
            Field("note", "Note", "text"),
        ]

    def submit(self, values: dict[str, Any]) -> None:
        sighting = checked(Sighting, values)
        self.save(
            lambda: self.register.add_sighting(self.technology_id, sighting, expect=self.expect),
            "Sighting added",
        )


class ReviewScreen(FormScreen):
    """Set the day by which the technology is looked at again."""

    HEADING = "Review date"

    @property
    def sent(self) -> frozenset[str]:
        return frozenset({"review_by"})

    def fields(self) -> Sequence[Field]:
        held = self.technology.review_by
        return [
            Field(
                "review_by",
                "Review by",
                "day",
                required=True,
                value=held.isoformat() if held else "",
                after=self.register.today,
            ),
            Field("reason", "Reason"),
        ]

    def submit(self, values: dict[str, Any]) -> None:
        self.save(
            lambda: self.register.set_review(
                self.technology_id, values["review_by"], reason=values["reason"], expect=self.expect
            ),
            "Review date set",
        )


class WithdrawScreen(FormScreen):
    """Take the technology off the route. It stays in the register with its history."""

    HEADING = "Withdraw"
    SAVE = "Withdraw"

    def intro(self) -> str:
        return "It leaves the route: nobody pursues it. It stays in the register with its history."

    def fields(self) -> Sequence[Field]:
        return [Field("reason", "Reason", "text", required=True)]

    def submit(self, values: dict[str, Any]) -> None:
        self.save(
            lambda: self.register.withdraw(
                self.technology_id, reason=values["reason"], expect=self.expect
            ),
            "Withdrawn",
        )


class SupersedeScreen(FormScreen):
    """Record that another technology takes this one's place."""

    HEADING = "Supersede"
    SAVE = "Supersede"

    def intro(self) -> str:
        return "Another technology takes its place. It stays in the register with its history."

    def fields(self) -> Sequence[Field]:
        names = [each.name for each in self.register.state.technologies.headers()]
        return [
            Field(
                "successor",
                "By which technology",
                required=True,
                suggestions=names,
                help="Its label or its name.",
            ),
            Field("reason", "Reason", "text", required=True),
        ]

    def submit(self, values: dict[str, Any]) -> None:
        self.save(
            lambda: self.register.supersede(
                self.technology_id,
                values["successor"],
                reason=values["reason"],
                expect=self.expect,
            ),
            "Superseded",
        )


class ReopenScreen(FormScreen):
    """Record that something happened, so that a body has to look again."""

    HEADING = "Reopen"
    SAVE = "Reopen"

    def intro(self) -> str:
        return (
            "Say what happened. The owner is told what to supply, and a review falls due. This is "
            "not taken back: an approval that it suspends holds again once a body has decided."
        )

    def fields(self) -> Sequence[Field]:
        triggers = [
            (f"{each.name}{' (suspends its approval)' if each.suspends else ''}", each.id)
            for each in self.register.framework.route.triggers
        ]
        return [
            Field("trigger", "What kind of change", "choice", required=True, choices=triggers),
            Field("reason", "What happened", "text", required=True),
            Field(
                "on",
                "When it happened",
                "day",
                required=True,
                value=self.register.today.isoformat(),
            ),
            Field(
                "items",
                "Questions to be answered again",
                "many",
                help="Space ticks one. These are the questions that apply here.",
                choices=[
                    (_question(each.item), each.item.id)
                    for each in asked_of(self.register.framework, self.technology)
                ],
            ),
        ]

    @on(Ticks.SelectionHighlighted, "#field-items")
    def _in_full(self, event: Ticks.SelectionHighlighted[str]) -> None:
        """Say the whole question under the cursor: the list has room for its beginning."""
        item = self.register.framework.items[event.selection.value]
        self.box("items").advise(f"{_question(item)} Space ticks it.")

    def submit(self, values: dict[str, Any]) -> None:
        self.save(
            lambda: self.register.reopen(self.technology_id, expect=self.expect, **values),
            "Reopened",
        )


def _question(item: ChecklistItem) -> str:
    return f"{item.id}{' (red line)' if item.red_line else ''}  {item.question}"


class OpenRoundScreen(FormScreen):
    """Name the assessors of a scoring round. Nobody sees scores until it is closed."""

    HEADING = "Open a scoring round"
    SAVE = "Open the round"

    def intro(self) -> str:
        tier = self.register.reading(self.technology_id).tier.tier
        wanted = self.register.framework.tier_depth(tier).assessors
        return (
            f"The {tier} tier asks for {wanted} or more assessors, none of whom proposed or owns "
            "it. Horizon shows nobody another's scores until the round closes. Whoever can open "
            "the register's files can read them."
        )

    def fields(self) -> Sequence[Field]:
        return [
            Field(
                "assessors",
                "Assessors",
                "names",
                required=True,
                value="",
                help="Names, separated by commas.",
                suggestions=people(self.register),
                person=True,
            ),
        ]

    def submit(self, values: dict[str, Any]) -> None:
        self.save(
            lambda: self.register.open_round(
                self.technology_id, values["assessors"], expect=self.expect
            ),
            "The round is open",
        )


class CloseRoundScreen(FormScreen):
    """Close the scoring round and show its scores."""

    HEADING = "Close the scoring round"
    SAVE = "Close the round"

    def intro(self) -> str:
        current = self.technology.open_round
        waiting = [self.register.name(each) for each in current.waiting_for] if current else []
        if waiting:
            return f"Still waiting for {', '.join(waiting)}. Closing it now needs a reason."
        return "Everybody has submitted."

    def fields(self) -> Sequence[Field]:
        current = self.technology.open_round
        return [Field("reason", "Reason", required=bool(current and current.waiting_for))]

    def submit(self, values: dict[str, Any]) -> None:
        self.save(
            lambda: self.register.close_round(
                self.technology_id, reason=values["reason"], expect=self.expect
            ),
            "The round is closed",
        )
