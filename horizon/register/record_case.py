"""One decision with what it takes to say it in words: its framework, its body, its day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from horizon.framework.route import Body, Gate
from horizon.framework.schema import Framework
from horizon.model.assessment import Evidence
from horizon.model.decision import Decision
from horizon.model.technology import Reopening, Technology
from horizon.model.wording import day, listed
from horizon.register.reader import Reader


@dataclass(frozen=True)
class Case:
    """A decision as it is told on the day `as_at`. `framework` is the one it was made under."""

    register: Reader
    technology: Technology
    decision: Decision
    framework: Framework
    as_at: date

    @classmethod
    def of(cls, register: Reader, technology: Technology, decision: Decision, as_at: date) -> Case:
        """The case of a decision. Without a copy of its framework, in the words of today's."""
        held = decision.on_the_table.framework in register.state.frameworks
        framework = (
            register.framework_of(decision.on_the_table.framework) if held else register.framework
        )
        return cls(register, technology, decision, framework, as_at)

    @cached_property
    def body(self) -> Body | None:
        return self.framework.route.body(self.decision.body)

    @property
    def body_name(self) -> str:
        return self.body.name if self.body else self.decision.body

    @cached_property
    def gate(self) -> Gate | None:
        return self.framework.route.gate(self.decision.gate)

    @property
    def gate_name(self) -> str:
        """`G2 (Ethics, for a trial)`."""
        name = f" ({self.gate.name})" if self.gate else ""
        return f"{self.decision.gate}{name}"

    @property
    def outcome(self) -> str:
        """The outcome in the body's own words."""
        return self.outcome_of(self.decision)

    def outcome_of(self, decision: Decision) -> str:
        """The outcome of another decision about the technology, in its body's words."""
        return self.framework.route.outcome_name(decision.body, decision.outcome)

    def body_called(self, body_id: str) -> str:
        """The name of a body."""
        body = self.framework.route.body(body_id)
        return body.name if body else body_id

    def name(self, person: str) -> str:
        return self.register.name(person)

    @cached_property
    def first(self) -> Decision:
        """The decision itself, where this record only sets an earlier one right."""
        found = self.decision
        while found.correction and found.supersedes:
            earlier = self.technology.decision(found.supersedes)
            if earlier is None:
                break
            found = earlier
        return found

    @cached_property
    def then(self) -> Technology:
        """The technology with what was on the table, as the body had it before it."""
        table = self.decision.on_the_table
        return self.technology.model_copy(
            update={
                "facts": table.facts,
                "answers": table.answers,
                "rounds": table.rounds,
                "evidence": table.evidence,
                "reopenings": tuple(self._open_then()),
            }
        )

    def _open_then(self) -> list[Reopening]:
        """The reopenings that nobody had settled when the decision was made."""
        settled_at = {each.number: each.at for each in self.technology.decisions}
        made = self.first.at
        return [
            each.model_copy(update={"settled_by": ""})
            for each in self.technology.reopenings
            if each.at <= made and (not each.settled_by or settled_at[each.settled_by] >= made)
        ]

    def evidence(self, reference: str) -> Evidence | None:
        """A piece of evidence by its number, as attached by now."""
        return next((each for each in self.technology.evidence if each.id == reference), None)


def moment(at: str) -> str:
    """A moment of the journal as people write it: `9 November 2026 at 09:02 UTC`."""
    found = datetime.fromisoformat(at)
    return f"{day(found)} at {found:%H:%M} UTC"


def titled(title: str, version: str, dated: date | None) -> str:
    """A document as people name it: `Legal advice, version 1.0, 3 March 2026`."""
    parts = [title, f"version {version}" if version else "", day(dated) if dated else ""]
    return ", ".join(each for each in parts if each)


def evidence_named(case: Case, references: tuple[str, ...]) -> str:
    """References with the titles of what they stand for: `E3 (Test report, 3 March 2026)`."""
    named = []
    for each in references:
        held = case.evidence(each)
        named.append(f"{each} ({titled(held.title, held.version, held.dated)})" if held else each)
    return listed(named)
