"""The conditions of decisions: the commands that discharge them, and those still open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from horizon.model.headers import ConditionHeader, DecisionHeader, TechnologyHeader
from horizon.model.wording import day
from horizon.register import actions
from horizon.register.desk import written_on
from horizon.register.ledger import Ledger

if TYPE_CHECKING:
    from horizon.model.technology import Technology


class ConditionCommands(Ledger):
    """Commands about conditions: that one was met, and that it was not after all.

    Commands raise as those of `Register` do; `ref` and `expect` are as there.
    """

    def discharge(
        self,
        ref: str,
        *,
        decision: str,
        condition: int,
        body: str,
        on: date,
        evidence: Sequence[str] = (),
        note: str = "",
        expect: int | None = None,
    ) -> Technology:
        """Record that a condition was met, accepted by `body` on evidence."""
        return self._change(
            ref,
            expect,
            lambda d, t: actions.conditions.discharge(
                d,
                t,
                decision=decision,
                condition=condition,
                body=body,
                on=on,
                evidence=evidence,
                note=note,
            ),
        )

    def take_discharge_back(
        self, ref: str, *, decision: str, condition: int, reason: str, expect: int | None = None
    ) -> Technology:
        """Record that a condition that was recorded as met was not met after all."""
        return self._change(
            ref,
            expect,
            lambda d, t: actions.conditions.take_discharge_back(
                d, t, decision=decision, condition=condition, reason=reason
            ),
        )


@dataclass(frozen=True, slots=True)
class OpenCondition:
    """A condition with the decision and the technology it is about. `owner` is a name."""

    technology: TechnologyHeader
    decision: DecisionHeader
    condition: ConditionHeader
    owner: str
    overdue: bool

    @property
    def id(self) -> str:
        """What tells it from all others: its decision and its number there."""
        return f"{self.decision.number} {self.condition.number}"


def open_conditions(
    register: Ledger, headers: Iterable[TechnologyHeader] | None = None
) -> list[OpenCondition]:
    """The conditions that are not discharged, the longest overdue first.

    Those of these technologies, or of all that have not left the route. A decision that was
    superseded asks for nothing any more.
    """
    found = list(_open(register, _on_the_route(register) if headers is None else headers))
    found.sort(key=lambda each: (each.condition.due, each.decision.number, each.condition.number))
    return found


def _on_the_route(register: Ledger) -> Iterator[TechnologyHeader]:
    ended = {stage.id for stage in register.framework.route.stages if stage.ended}
    return (each for each in register.state.technologies.headers() if each.stage not in ended)


def _open(register: Ledger, headers: Iterable[TechnologyHeader]) -> Iterator[OpenCondition]:
    today = register.today
    for header in headers:
        for decision in header.decisions:
            if decision.superseded_by is None:
                for each in decision.conditions:
                    if each.discharge is None:
                        owner = register.name(each.owner)
                        yield OpenCondition(header, decision, each, owner, today > each.due)


def not_met_after_all(register: Ledger, technology_id: str) -> dict[tuple[str, int], str]:
    """What was said of each condition that was recorded as met and then was not, by its decision
    and its number there."""
    from horizon.model.events import DischargeTakenBack

    found: dict[tuple[str, int], str] = {}
    for _, commit in register.history(technology_id):
        for event in commit.events:
            data = event.payload() if event.kind == DischargeTakenBack.kind else None
            if isinstance(data, DischargeTakenBack):
                on = day(written_on(event.at))
                said = f"Recorded as met, and not met after all. {register.name(event.by)}, {on}:"
                found[data.decision, data.condition] = f"{said} {data.reason}"
    return found
