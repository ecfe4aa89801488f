"""Commands of reopening: something happened, so a body has to look again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from horizon.framework.schema import Framework
from horizon.judgement.checklist import RedLine, asked_of, read_checklist
from horizon.judgement.facts import applies
from horizon.judgement.tiers import read_tier
from horizon.model.decision import Decision
from horizon.model.errors import BadInput, RuleBroken
from horizon.model.event_base import EventData
from horizon.model.events import DecisionRecorded, DischargeTakenBack, TechnologyReopened
from horizon.model.technology import Reopening, Technology
from horizon.model.wording import day
from horizon.model.words import Effect, Phase
from horizon.register.desk import Desk
from horizon.register.inputs import one_of


def reopen(
    desk: Desk,
    technology: Technology,
    *,
    trigger: str,
    reason: str,
    on: date | None,
    items: Sequence[str],
) -> Reopening:
    """Draft a reopening. It says what the owner is to supply, and by when a body looks again."""
    route = desk.framework.route
    one_of(trigger, [each.id for each in route.triggers], "reason to reopen")
    found = route.trigger(trigger)
    assert found is not None
    stage = route.stage(technology.stage)
    if stage is not None and stage.ended:
        raise RuleBroken(
            f"{technology.label} has left the route ({stage.name.lower()}) and cannot be reopened",
            who="Propose it anew.",
        )
    if not reason.strip():
        raise RuleBroken(
            "A technology is reopened with what happened", missing=["what happened"],
            who="You supply it.",
        )  # fmt: skip
    happened = on or desk.today
    desk.happened(happened, "A technology cannot be reopened on")
    for item in items:
        one_of(item, desk.framework.items, "checklist item")
    reopening = Reopening(
        number=_last_number(technology) + 1,
        trigger=found.id,
        reason=reason,
        on=happened,
        needed=found.needed,
        items=tuple(dict.fromkeys(items)),
        suspends=found.suspends,
        by=desk.by,
        at=desk.at,
    )
    due = desk.today + timedelta(days=found.days)
    sooner = technology.review_by is None or due < technology.review_by
    desk.draft(
        technology.id,
        TechnologyReopened(reopening=reopening, review_by=due if sooner else None),
    )
    return reopening


def refuse_unasked(desk: Desk, technology: Technology, items: Sequence[str]) -> None:
    """Refuse to ask a question again that the technology is not asked."""
    asked = {each.item.id for each in asked_of(desk.framework, technology)}
    for item in items:
        if one_of(item, desk.framework.items, "checklist item") not in asked:
            read = read_checklist(desk.framework, technology, Phase.ADOPTION).items
            why = next(each.because for each in read if each.item.id == item)
            raise BadInput(
                f"{item} is not asked of {technology.label}, so it cannot be asked again",
                why=why,
                do="Leave it out",
            )


RED_LINE, DEEPER, ERASED = "red-line", "change", "record-erased"
"""The triggers of what Horizon itself sees: an answer, and facts, that an approval did not rest
on, and a record that is there no more. The last is no trigger of the route."""


def recheck(desk: Desk, technology: Technology, changed: Technology) -> None:
    """Draft a reopening where answers or facts take away what an approval rested on: no approval
    stands past a red line, or at a lighter review than the facts ask for, whenever that comes.

    `changed` is the technology as it is about to be.
    """
    for trigger, reason in shaken(desk.framework, technology, changed):
        _draft(desk, technology, trigger, reason)


def shaken(
    framework: Framework, technology: Technology, changed: Technology
) -> list[tuple[str, str]]:
    """What a change takes away that an approval rested on: the triggers, each with the reason."""
    approvals = _approvals(technology)
    phases = {each.phase for each in approvals if each.phase is not None}
    if not phases:
        return []
    found = []
    lost = _uncleared(framework, changed, phases) - _uncleared(framework, technology, phases)
    if lost:
        said = f"Red lines are not cleared any more: {', '.join(sorted(lost))}"
        found.append((RED_LINE, said))
    before, now = (read_tier(framework, each.facts).tier for each in (technology, changed))
    decided = max((each.on_the_table.tier for each in approvals), key=lambda each: each.depth)
    if now.depth > max(decided.depth, before.depth):
        said = f"Its facts ask for the {now} tier, and it was approved at the {decided} tier"
        found.append((DEEPER, said))
    return found


def _uncleared(framework: Framework, technology: Technology, phases: Collection[Phase]) -> set[str]:
    """The red lines of these phases that are not answered yes."""
    return {
        each.item.id
        for phase in phases
        for each in read_checklist(framework, technology, phase).red_lines
        if each.line is not RedLine.NOT_CROSSED
    }


def _approvals(technology: Technology) -> list[Decision]:
    """The approving decisions of a phase that nothing has superseded."""
    return [
        each
        for each in technology.decisions
        if each.phase is not None and each.effect.approves and each.superseded_by is None
    ]


def _last_number(technology: Technology) -> int:
    """The last number that a reopening of it had, also of one that was erased since."""
    settled = [number for each in technology.decisions for number in each.settles]
    return max([*(each.number for each in technology.reopenings), *settled], default=0)


def erased(desk: Desk, technology: Technology, event: EventData) -> None:
    """Draft anew what keeps an approval from holding where the record of it is erased: nothing
    reads approved again because somebody's data was taken out."""
    match event:
        case TechnologyReopened(reopening=Reopening() as lost):
            held = next((e for e in technology.open_reopenings if e.number == lost.number), None)
            if held is not None:
                said = f"What was said of it on {day(held.on)} was erased, and nobody has decided"
                _draft(desk, technology, held.trigger, said, held)
        case DecisionRecorded(decision=Decision(correction="") as lost):
            if lost.supersedes or lost.effect is Effect.REJECT:
                said = f"The record of {lost.number} was erased"
                if lost.supersedes:
                    said = f"{said}, which had taken the place of {lost.supersedes}"
                _draft(desk, technology, ERASED, said)
        case DischargeTakenBack():
            found = technology.decision(event.decision)
            for each in found.conditions if found is not None else ():
                if each.number == event.condition and each.discharge is None:
                    reason = "What was said of it was erased, and it is still open"
                    desk.draft(technology.id, event.model_copy(update={"reason": reason}))


def _draft(
    desk: Desk, technology: Technology, trigger: str, reason: str, held: Reopening | None = None
) -> None:
    """Draft a suspending reopening that nobody had to ask for, or one in the place of `held`."""
    found = desk.framework.route.trigger(trigger)
    drafted = sum(
        each.subject == technology.id and isinstance(each.data, TechnologyReopened)
        for each in desk.drafts
    )
    desk.draft(
        technology.id,
        TechnologyReopened(
            reopening=Reopening(
                number=_last_number(technology) + drafted + 1,
                trigger=trigger,
                reason=reason,
                on=held.on if held else desk.today,
                needed=found.needed if found else "A decision of the body that approved it",
                items=held.items if held else (),
                suspends=held.suspends if held else True,
                by=desk.by,
                at=held.at if held else desk.at,
            )
        ),
    )


def affected(desk: Desk, items: Sequence[str]) -> list[Technology]:
    """The technologies on the route to which any of these checklist items applies."""
    for item in items:
        one_of(item, desk.framework.items, "checklist item")
    route = desk.framework.route
    found = []
    for header in desk.state.technologies.headers():
        stage = route.stage(header.stage)
        if stage is not None and stage.ended:
            continue
        technology = desk.state.technologies[header.id]
        wanted = [desk.framework.items[item] for item in items]
        if any(applies(each.applies, technology.facts).yes for each in wanted):
            found.append(technology)
    return found
