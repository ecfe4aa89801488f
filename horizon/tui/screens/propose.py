"""Propose a technology, or enter one that is already in use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input, Static

from horizon.model.technology import Sighting
from horizon.model.wording import in_words
from horizon.model.words import Kind, Regime, SourceType
from horizon.register import Register
from horizon.register.duplicates import Duplicates
from horizon.register.inputs import checked
from horizon.register.likely import alike, index
from horizon.tui.aside import Aside, is_large
from horizon.tui.screens.drafting import DraftingForm
from horizon.tui.widgets.fields import Field

SEEN_AT = Field("source", "Seen at", help="Where it was seen: a supplier, a paper, a force.")

DIFFERENT = Field(
    "duplicate_reason",
    "Why it is different",
    help="Only if another technology has the same name.",
)


def people(register: Register) -> list[str]:
    """The names to complete from."""
    return [each.name for each in register.state.people.values() if not each.erased]


def choices(kind: type[Kind] | type[Regime] | type[SourceType]) -> list[tuple[str, str]]:
    return [(in_words(each.value), each.value) for each in kind]


def description(register: Register) -> list[Field]:
    """What every entry says of itself."""
    return [
        Field("name", "Name", required=True, help="What people call it."),
        Field("kind", "Kind", "choice", choices=choices(Kind)),
        Field("problem", "Problem", "text", help="The problem it would solve, in a sentence."),
        Field("summary", "Summary", "text", help="What it does."),
        Field("supplier", "Supplier"),
        Field(
            "owner",
            "Owner",
            help="The person in the force.",
            suggestions=people(register),
            person=True,
        ),
        Field("regime", "Data-protection regime", "choice", choices=choices(Regime)),
    ]


def details(values: dict[str, Any]) -> dict[str, Any]:
    """The filled-in details: what was left empty keeps its default."""
    names = ("name", "kind", "problem", "summary", "supplier", "owner", "regime")
    return {name: values[name] for name in names if values[name]}


class _Entry(DraftingForm):
    """A new entry, with a look at what the register holds that may be the same."""

    def on_mount(self) -> None:
        self._ready = not is_large(self.register)
        if not self._ready:
            Aside(self).begin(self.register, index, self._prepared)

    def _prepared(self, _: Duplicates) -> None:
        self._ready = True

    def drafted(self) -> str:
        return self.HEADING

    def extra(self) -> ComposeResult:
        yield Static(id="similar", classes="intro")

    @on(Input.Changed, "#field-name")
    def _look_for_similar(self, event: Input.Changed) -> None:
        header = self.register.state.technologies.header
        text = ""
        if self._ready and (found := alike(self.register, event.value)):
            names = "; ".join(
                f"{header(key).label} {header(key).name} ({why})" for key, _, why in found[:3]
            )
            text = f"It may be in the register already: {names}."
        self.box("name").tell(text)


class ProposeScreen(_Entry):
    """Propose a technology: what it is, which problem it would solve, where it was seen."""

    HEADING = "Propose a technology"
    SAVE = "Propose"

    def fields(self) -> Sequence[Field]:
        return [
            *description(self.register),
            SEEN_AT,
            Field("source_type", "Sort of source", "choice", choices=choices(SourceType)),
            Field("seen_on", "Seen on", "day", help="Today if left empty."),
            Field("url", "Link"),
            DIFFERENT,
        ]

    def submit(self, values: dict[str, Any]) -> None:
        sighting = None
        if values["source"]:
            sighting = checked(
                Sighting,
                {
                    "source": values["source"],
                    "source_type": values["source_type"] or SourceType.OTHER,
                    "seen_on": values["seen_on"] or self.register.today,
                    "url": values["url"],
                },
            )
        self.save(
            lambda: self.register.propose(
                sighting=sighting, duplicate_reason=values["duplicate_reason"], **details(values)
            ),
            f"Proposed: {values['name']}",
        )


class LegacyScreen(_Entry):
    """Enter a technology the force already runs: in use, with no recorded approval."""

    HEADING = "Enter a technology already in use"
    SAVE = "Enter"

    def intro(self) -> str:
        return "It will read as in use with no recorded approval. Say by when it is to be reviewed."

    def fields(self) -> Sequence[Field]:
        return [
            *description(self.register),
            Field("in_use_since", "In use since", required=True),
            Field("authority", "On whose authority"),
            Field("known", "What is known of its assessment", "text"),
            Field("review_by", "Review by", "day", required=True, after=self.register.today),
            DIFFERENT,
        ]

    def submit(self, values: dict[str, Any]) -> None:
        self.save(
            lambda: self.register.enter_legacy(
                in_use_since=values["in_use_since"],
                authority=values["authority"],
                known=values["known"],
                review_by=values["review_by"],
                duplicate_reason=values["duplicate_reason"],
                **details(values),
            ),
            f"Entered: {values['name']}",
        )
