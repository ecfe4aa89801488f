"""Set the record of a decision right, by a new record that points back to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from horizon.model.decision import Decision
from horizon.model.errors import BadInput
from horizon.tui import signing
from horizon.tui.screens.decide_fields import considered, texts_of, votes_in, weighed_fields
from horizon.tui.screens.form import FormScreen
from horizon.tui.widgets.fields import Field, Section

TEXTS = ("reasons", "question", "next_step", "summary")
"""The parts of a record that are one text each."""


class CorrectScreen(FormScreen):
    """Correct what the record of a decision says. What was decided stays."""

    HEADING = "Correct a record"
    SAVE = "Correct it"

    def __init__(self, technology_id: str, decision: Decision) -> None:
        super().__init__(technology_id)
        self._decision = decision

    def intro(self) -> str:
        return (
            f"{self._decision.number} stays in the journal, and the new record points back to it. "
            "Another outcome, condition or date is a new decision. Dissent, comments, papers and "
            "what is left out of publication are corrected with: horizon correct"
        )

    def fields(self) -> Sequence[Field | Section]:
        held = self._decision
        votes = held.votes
        cast = f"{votes.in_favour}-{votes.against}-{votes.abstained}" if votes else ""
        return [
            Field("why", "What was wrong, and how it is known", "text", required=True),
            Section("The record"),
            Field("reasons", "Reasons", "text", required=True, value=held.reasons),
            Field("question", "Question put", "text", value=held.question),
            Field("votes", "Votes: for, against, abstained", help="Such as 4-1-0.", value=cast),
            Field("next_step", "Next step", value=held.next_step),
            Field("summary", "Summary that can be published", "text", value=held.summary),
            *self._weighed(),
        ]

    def _weighed(self) -> list[Field | Section]:
        """What was weighed, as the record has it; nothing where its gate is not known any more."""
        gate = self.register.framework.route.gate(self._decision.gate)
        if gate is None:
            return []
        texts = texts_of(self._decision.considered)
        return [
            replace(each, value=texts.get(each.name, "")) if isinstance(each, Field) else each
            for each in weighed_fields(self.register, self.technology, gate)
        ]

    def submit(self, values: dict[str, Any]) -> None:
        changed = self.changed
        changes: dict[str, Any] = {name: values[name] for name in TEXTS if name in changed}
        if "votes" in changed:
            changes["votes"] = votes_in(values["votes"])
        if changed & texts_of(self._decision.considered).keys():
            changes["considered"] = considered(values)
        if not changes:
            raise BadInput("Nothing is changed", do="Set right what is wrong, or press Esc")

        def correct() -> Decision:
            made = self.register.correct(
                self.technology_id,
                self._decision.number,
                changes,
                reason=values["why"],
                expect=self.expect,
            )
            signing.begin(self.app, made.number)
            return made

        self.save(correct, f"{self._decision.number} corrected")
