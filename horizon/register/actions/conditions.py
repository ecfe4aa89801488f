"""Conditions of decisions: that one was met, accepted by a body on evidence, or not after all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from horizon.model.decision import Condition, Decision, Discharge
from horizon.model.errors import BadInput, RuleBroken
from horizon.model.events import ConditionDischarged, DischargeTakenBack
from horizon.model.technology import Technology
from horizon.model.wording import day, listed
from horizon.register.desk import Desk, decision_of
from horizon.register.inputs import one_of


def discharge(
    desk: Desk,
    technology: Technology,
    *,
    decision: str,
    condition: int,
    body: str,
    on: date,
    evidence: Sequence[str],
    note: str,
) -> None:
    """Draft that a condition was met, on evidence that the register holds."""
    found, wanted = _condition_of(technology, decision, condition)
    if wanted.discharge is not None:
        raise RuleBroken(
            f"Condition {condition} of {decision} was already discharged on "
            f"{day(wanted.discharge.on)}"
        )
    _refuse_other_body(desk, found, wanted, body)
    if on > desk.today or on < found.decided_on:
        raise BadInput(
            f"A condition of {decision} cannot be discharged on {day(on)}",
            do=f"Use a date from {day(found.decided_on)} to {day(desk.today)}",
        )
    for reference in evidence:
        one_of(
            reference,
            [each.id for each in technology.evidence],
            f"evidence reference of {technology.label}",
        )
    if not evidence:
        raise RuleBroken(
            f"Condition {condition} of {decision} is discharged on evidence",
            missing=[wanted.evidence_needed],
            who=f"{desk.state.person_name(wanted.owner)} supplies it.",
        )
    desk.draft(
        technology.id,
        ConditionDischarged(
            decision=decision,
            condition=condition,
            discharge=Discharge(
                on=on, body=body, evidence=tuple(evidence), note=note, by=desk.by, at=desk.at
            ),
        ),
    )


def take_discharge_back(
    desk: Desk, technology: Technology, *, decision: str, condition: int, reason: str
) -> None:
    """Draft that a condition that was recorded as met was not met after all. What a body has
    decided since may rest on it, so then it is for that body to look again."""
    _, wanted = _condition_of(technology, decision, condition)
    if wanted.discharge is None:
        raise RuleBroken(f"Condition {condition} of {decision} is open: nobody recorded it as met")
    if not reason.strip():
        raise RuleBroken(
            "That a condition was not met after all is recorded with a reason",
            missing=["the reason"],
            who="You supply it.",
        )
    later = [each.number for each in technology.decisions if each.at > wanted.discharge.at]
    if later:
        raise RuleBroken(
            f"{technology.label} has been decided on since ({listed(later)}), with condition "
            f"{condition} of {decision} recorded as met",
            who="Reopen the technology with what was found, and the body decides again.",
        )
    desk.draft(
        technology.id, DischargeTakenBack(decision=decision, condition=condition, reason=reason)
    )


def _condition_of(
    technology: Technology, decision: str, condition: int
) -> tuple[Decision, Condition]:
    """A condition and the decision that carries it, which was not superseded."""
    found = decision_of(technology, decision)
    if found.superseded_by is not None:
        raise RuleBroken(
            f"{decision} was superseded by {found.superseded_by}",
            who="Where the later decision carries the condition too, it is discharged there.",
        )
    wanted = next((each for each in found.conditions if each.number == condition), None)
    if wanted is None:
        raise BadInput(
            f"{decision} has no condition {condition}",
            do=f"It has {len(found.conditions)}, numbered from 1" if found.conditions else "",
        )
    return found, wanted


def _refuse_other_body(desk: Desk, decision: Decision, wanted: Condition, body: str) -> None:
    """A condition is met when the body that was named for it says so: the deciding body, where no
    other was."""
    route = desk.framework.route
    one_of(body, [each.id for each in route.bodies], "body")
    asked = wanted.discharged_by or decision.body
    if body == asked:
        return
    given, needed = route.body(body), route.body(asked)
    raise RuleBroken(
        f"Condition {wanted.number} of {decision.number} is accepted as met by the "
        f"{needed.name if needed else asked}, not by the {given.name if given else body}",
        missing=[f"the {needed.name if needed else asked} accepting it"],
        who="Its secretary records that.",
    )
