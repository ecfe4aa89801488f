"""The conditions of the whole register that nobody has discharged yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from horizon.model.headers import ConditionHeader, DecisionHeader, TechnologyHeader
from horizon.register.ledger import Ledger


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
