"""Commands about what a technology is: propose, sight, amend, set facts, end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from horizon.judgement.deadlines import latest_review
from horizon.judgement.sources import sponsor
from horizon.model.base import new_id
from horizon.model.errors import BadInput, RuleBroken
from horizon.model.events import (
    DetailsAmended,
    FactsSet,
    LegacyEntered,
    ReviewDateSet,
    SightingAdded,
    TechnologyProposed,
    TechnologySuperseded,
    TechnologyWithdrawn,
)
from horizon.model.facts import Fact, FactValue
from horizon.model.technology import Details, Sighting, Technology
from horizon.model.wording import day
from horizon.model.words import Phase
from horizon.register.actions.reopening import recheck
from horizon.register.desk import Desk, plain_name
from horizon.register.inputs import Proposal, checked, one_of


def propose(desk: Desk, proposal: Proposal) -> str:
    """Draft the entry of a technology and give its id back."""
    _refuse_duplicate(desk, proposal)
    technology_id = new_id("t")
    details = proposal.details
    if proposal.owner:
        details = details.model_copy(update={"owner": desk.person(proposal.owner)})
    elif details.owner is not None and details.owner not in desk.state.people:
        raise BadInput(f"Nobody here has the id {details.owner}", do="Give the owner by name")
    route = desk.framework.route
    illustrative = desk.state.head.illustrative
    if proposal.legacy is None:
        desk.draft(
            technology_id,
            TechnologyProposed(
                details=details,
                stage=route.first_stage,
                on=desk.today,
                illustrative=illustrative,
                different_because=proposal.duplicate_reason,
            ),
        )
    else:
        if proposal.review_by is None:
            raise RuleBroken(
                "A technology already in use enters the register with a date for its review",
                missing=["the review date"],
                who="The futures team sets it.",
            )
        desk.draft(
            technology_id,
            LegacyEntered(
                details=details,
                stage=route.legacy_stage,
                on=desk.today,
                legacy=proposal.legacy,
                review_by=_not_past(desk, proposal.review_by, "review date"),
                illustrative=illustrative,
            ),
        )
    for sighting in proposal.sightings:
        desk.draft(technology_id, SightingAdded(sighting=_dated(desk, sighting)))
    return technology_id


def _refuse_duplicate(desk: Desk, proposal: Proposal) -> None:
    """A name that the register or this very command holds already needs a reason."""
    known = desk.known_names
    details = proposal.details
    plain = map(plain_name, _names(details))
    held = next((known[each] for each in plain if each in known), None)
    if held is not None and not proposal.duplicate_reason:
        label, name = held
        again = "a second entry of that name" if name == details.name else repr(details.name)
        raise RuleBroken(
            f"{label} is already called {name!r}, so {again} is refused until you say how it "
            "differs",
            missing=["the reason why this is a different technology"],
            who=f"You can add a sighting to {label} instead.",
            fields={
                "duplicate_reason": f"to say how it differs from {label}, which is already called "
                f"{name!r}"
            },
        )
    for name in _names(details):
        known.setdefault(plain_name(name), ("Another row", name))


def _names(details: Details) -> list[str]:
    return [details.name, *details.aliases]


def _dated(desk: Desk, sighting: Sighting) -> Sighting:
    desk.happened(sighting.seen_on, "A sighting cannot be dated")
    return sighting


def _not_past(desk: Desk, on: date, what: str) -> date:
    if on < desk.today:
        raise BadInput(
            f"The {what} {day(on)} has already passed", do=f"Use {day(desk.today)} or later"
        )
    return on


def add_sighting(desk: Desk, technology: Technology, sighting: Sighting) -> None:
    """Draft one more place where it was seen. Nobody sponsors a technology twice."""
    name = sponsor(sighting).casefold()
    held = desk.state.whole(technology).sightings if name else ()
    for each in map(sponsor, held):
        if each.casefold() == name:
            raise RuleBroken(f"{each} sponsors {technology.label} already")
    desk.draft(technology.id, SightingAdded(sighting=_dated(desk, sighting)))


def amend(desk: Desk, technology: Technology, changes: Mapping[str, Any], reason: str) -> None:
    """Draft the fields of `changes` that differ from what the register holds."""
    for field in changes:
        one_of(field, Details.model_fields, "field that can be amended")
    wanted = dict(changes)
    if isinstance(wanted.get("owner"), str):
        wanted["owner"] = desk.person(wanted["owner"]) if wanted["owner"].strip() else None
    before = technology.details
    amended = checked(Details, dict(before) | wanted)
    after, old = amended.model_dump(mode="json"), before.model_dump(mode="json")
    patch = {field: after[field] for field in after if after[field] != old[field]}
    if patch:
        desk.draft(technology.id, DetailsAmended(changes=patch, reason=reason))


def set_facts(desk: Desk, technology: Technology, facts: Mapping[str, str], note: str) -> None:
    """Draft the facts that change."""
    changed: dict[Fact, FactValue] = {}
    for name, value in facts.items():
        fact = Fact(one_of(str(name), list(Fact), "fact"))
        wanted = FactValue(one_of(str(value), list(FactValue), f"value for {fact}"))
        if fact not in technology.facts or technology.facts[fact] is not wanted:
            changed[fact] = wanted
    if changed:
        desk.draft(technology.id, FactsSet(facts=changed, note=note))
        after = technology.model_copy(update={"facts": {**technology.facts, **changed}})
        recheck(desk, technology, after)


def set_review(desk: Desk, technology: Technology, review_by: date, reason: str) -> None:
    _refuse_ended(desk, technology, "given a review date")
    latest = _latest_review(desk, technology)
    sooner = technology.review_by is not None and review_by <= technology.review_by
    if latest is not None and review_by > latest and not sooner:
        raise RuleBroken(
            f"At its tier {technology.label} is reviewed by {day(latest)} at the latest",
            who="A later date is set by the body that reviews it, with its decision.",
        )
    desk.draft(
        technology.id,
        ReviewDateSet(review_by=_not_past(desk, review_by, "review date"), reason=reason),
    )


def _latest_review(desk: Desk, technology: Technology) -> date | None:
    """The last day for the review of what was approved for lasting use: so many months after the
    last approval, as its tier says. `None` where it rests on no such approval."""
    stage = desk.framework.route.stage(technology.stage)
    if stage is None or stage.rests_on is not Phase.ADOPTION:
        return None
    days = [
        each.decided_on
        for each in technology.decisions
        if each.phase is Phase.ADOPTION and each.effect.approves and not each.superseded_by
    ]
    return latest_review(desk.framework, technology, max(days)) if days else None


def withdraw(desk: Desk, technology: Technology, reason: str) -> None:
    _refuse_ended(desk, technology, "withdrawn")
    _refuse_empty(reason, "withdrawn")
    stage = desk.framework.route.withdrawn_stage
    desk.draft(technology.id, TechnologyWithdrawn(reason=reason, stage=stage, on=desk.today))


def supersede(desk: Desk, technology: Technology, successor: Technology, reason: str) -> None:
    """Draft that `successor` takes the technology's place."""
    _refuse_ended(desk, technology, "superseded")
    _refuse_empty(reason, "superseded")
    following: Technology | None = successor
    while following is not None:
        if following.id == technology.id:
            raise RuleBroken(
                f"{technology.label} cannot be superseded by {successor.label}, because that would "
                f"lead back to {technology.label}"
            )
        onward = following.superseded_by
        following = desk.state.technologies[onward] if onward else None
    desk.draft(
        technology.id,
        TechnologySuperseded(
            successor=successor.id,
            reason=reason,
            stage=desk.framework.route.superseded_stage,
            on=desk.today,
        ),
    )


def _refuse_ended(desk: Desk, technology: Technology, what: str) -> None:
    stage = desk.framework.route.stage(technology.stage)
    if stage is not None and stage.ended:
        raise RuleBroken(
            f"{technology.label} has left the route ({stage.name.lower()}) and cannot be {what}"
        )


def _refuse_empty(reason: str, what: str) -> None:
    if not reason.strip():
        raise RuleBroken(
            f"A technology is {what} with a reason", missing=["the reason"], who="You supply it."
        )
