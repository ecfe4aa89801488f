"""What must hold of a decision before it is recorded: its dates, what it replaces, what it sets
aside, and what its record says."""

from __future__ import annotations

from datetime import date

from horizon.framework.route import Body, Gate, Outcome
from horizon.judgement.deadlines import add_months, latest_review
from horizon.judgement.facts import applies
from horizon.judgement.gates import GateReading
from horizon.judgement.recording import WEIGHED, touched, unreasoned, unweighed
from horizon.model.decision import Decision, Override
from horizon.model.errors import BadInput, RuleBroken
from horizon.model.record import Method, Room, Votes
from horizon.model.technology import Technology
from horizon.model.wording import day, listed
from horizon.model.words import Effect, Phase
from horizon.register.actions.seating import Seating, refuse_own_minutes
from horizon.register.desk import Desk
from horizon.register.inputs import DecisionInput, one_of


def check_record(
    desk: Desk,
    technology: Technology,
    given: DecisionInput,
    gate: Gate,
    outcome: Outcome,
    seating: Seating,
) -> None:
    """Refuse a record that does not say what it must."""
    fields: dict[str, str] = {}
    if outcome.effect.approves:
        unsaid = unweighed(desk.framework, technology, gate, given.considered)
        fields |= {each: WEIGHED[each] for each in unsaid}
    missing = [*fields.values()]
    overridden = [each.item for each in given.overrides]
    open_items = unreasoned(
        touched(desk.framework, technology, gate), given.item_reasons, overridden
    )
    if open_items:
        named = "a reason for each red line and blocker it touches"
        missing.append(f"{named}: {', '.join(open_items)}")
    for name in ("dpo_advice", "independent_advice"):
        advice = getattr(given.considered, name)
        if advice.followed in ("no", "partly") and not advice.why_not:
            fields[name] = f"why {WEIGHED[name].partition(',')[0]} was not followed"
            missing.append(fields[name])
    if missing:
        raise RuleBroken(
            f"The record of a decision at gate {gate.id} ({gate.name}) is not complete",
            missing=missing,
            who="The chair and the secretary complete it.",
            fields=fields,
        )
    for item in given.item_reasons:
        one_of(item, desk.framework.items, "checklist item")
    for condition in given.conditions:
        if condition.discharged_by:
            one_of(condition.discharged_by, [e.id for e in desk.framework.route.bodies], "body")
    if given.votes is not None and seating.method is Method.CHAIRS_ACTION:
        raise BadInput("The chair decided alone, so no vote was taken", do="Leave the votes out")
    _check_votes(given.votes, outcome, seating.room)


def _check_votes(votes: Votes | None, outcome: Outcome, room: Room) -> None:
    there = len(room.quorum.counted)
    if votes is None:
        return
    if room.quorum.needed and votes.cast > there:
        raise BadInput(
            f"{votes.cast} votes were counted, but only {there} may vote on this item",
            do="Check the votes, the attendance and the interests",
        )
    if outcome.effect.approves and votes.in_favour <= votes.against:
        raise RuleBroken(
            f"{votes.in_favour} in favour and {votes.against} against does not carry "
            f"{outcome.name!r}",
            who="Record the outcome that the vote carried.",
        )


def named_dissent(desk: Desk, given: DecisionInput, room: Room) -> list[tuple[str | None, str]]:
    """Who disagreed and why. A named person must have been one of those who decided."""
    found: list[tuple[str | None, str]] = []
    for each in given.dissent:
        person = desk.person(each.person) if each.person else None
        if person is not None and room.quorum.needed and person not in room.quorum.counted:
            there = [desk.name_of(one) for one in room.quorum.counted]
            raise BadInput(
                f"{each.person} did not decide on this item, so their disagreement is not a "
                "dissent",
                do=f"It was decided by {listed(there)}. Minute what others said",
            )
        found.append((person, each.reason))
    return found


def check_shortfalls(body: Body, gate: Gate, outcome: Outcome, reading: GateReading) -> None:
    """Refuse an approval without conditions where the checklist asks for some (domain reference,
    section 2), unless the body has no outcome that carries any."""
    can = any(each.effect is Effect.APPROVE_WITH_CONDITIONS for each in body.outcomes)
    if outcome.effect is Effect.APPROVE and reading.conditions and can:
        short = ", ".join(each.item.id for each in reading.conditions)
        raise RuleBroken(
            f"{body.name} cannot record {outcome.name!r} at gate {gate.id} ({gate.name}): what "
            "falls short becomes a condition",
            missing=[f"a condition with its owner, due date and the evidence needed, for {short}"],
            who="Choose the outcome that approves with conditions.",
        )


def check_dates(gate: Gate, outcome: Outcome, given: DecisionInput) -> None:
    """Refuse conditions and end dates that do not fit the outcome, the gate or each other."""
    for condition in given.conditions:
        if condition.due < given.decided_on:
            raise BadInput(
                f"The condition {condition.text!r} is due on {day(condition.due)}, before "
                "the decision",
                do=f"Use {day(given.decided_on)} or later",
            )
    if outcome.effect is Effect.APPROVE_WITH_CONDITIONS and not given.conditions:
        raise RuleBroken(
            f"The outcome {outcome.name!r} needs at least one condition",
            missing=["a condition with its owner, due date and the evidence needed"],
        )
    if given.conditions and outcome.effect is not Effect.APPROVE_WITH_CONDITIONS:
        raise RuleBroken(
            f"The outcome {outcome.name!r} cannot carry conditions",
            who="Choose the outcome that approves with conditions, or take the conditions out.",
        )
    for ends, what in ((given.review_by, "review date"), (given.expires_on, "expiry date")):
        if ends is not None and ends <= given.decided_on:
            raise BadInput(
                f"The {what} {day(ends)} is not after the decision",
                do=f"Use a day after {day(given.decided_on)}",
            )
    begins = given.effective_from
    if begins is not None and begins < given.decided_on:
        raise BadInput(
            f"The decision cannot take effect on {day(begins)}, before it was made",
            do=f"Use {day(given.decided_on)} or later",
        )
    if begins is not None and given.expires_on is not None and begins > given.expires_on:
        raise BadInput(
            f"The decision would expire on {day(given.expires_on)}, before it takes effect on "
            f"{day(begins)}",
            do=f"Use an expiry date after {day(begins)}",
        )
    if not outcome.effect.approves:
        return
    if gate.expiry_required and given.expires_on is None:
        raise RuleBroken(
            f"An approval at gate {gate.id} ({gate.name}) always has an end date",
            missing=["the expiry date"],
            who="The deciding body sets it.",
            fields={"expires_on": "the day until which it holds"},
        )
    if gate.life_months and given.expires_on:
        latest = add_months(given.decided_on, gate.life_months)
        if given.expires_on > latest:
            raise RuleBroken(
                f"An approval at gate {gate.id} ({gate.name}) lasts {gate.life_months} months at "
                f"most, so until {day(latest)}",
                who="Choose an earlier expiry date, and extend it later by a new decision.",
            )


def review_date(
    desk: Desk,
    technology: Technology,
    given: DecisionInput,
    gate: Gate,
    outcome: Outcome,
    body: Body,
) -> date | None:
    """By when it is looked at again. What is approved for lasting use is reviewed as often as its
    tier asks, and by the last such day where the body on the ethics leg names none."""
    if gate.phase is not Phase.ADOPTION or not outcome.effect.approves:
        return given.review_by
    latest = latest_review(desk.framework, technology, given.decided_on)
    if given.review_by is not None and given.review_by > latest:
        raise RuleBroken(
            f"At its tier {technology.label} is reviewed by {day(latest)} at the latest",
            who="Choose an earlier review date.",
        )
    return given.review_by or (latest if body.leg == "ethics" else None)


def superseded(desk: Desk, technology: Technology, given: DecisionInput) -> str | None:
    """The number of the decision that this one takes the place of, if it does."""
    if given.supersedes:
        earlier = technology.decision(given.supersedes)
        if earlier is None:
            raise BadInput(
                f"{technology.label} has no decision {given.supersedes!r}",
                do="Use one of: "
                + (", ".join(each.number for each in technology.decisions) or "none recorded"),
            )
        if earlier.superseded_by is not None:
            raise RuleBroken(f"{earlier.number} was already superseded by {earlier.superseded_by}")
        if (earlier.body, earlier.gate) != (given.body, given.gate):
            raise RuleBroken(
                f"{earlier.number} is a decision of {earlier.body} at gate {earlier.gate}; only "
                "the same body at the same gate can supersede it"
            )
        _refuse_overtaken(earlier, given)
        return earlier.number
    for earlier in technology.decisions:
        standing = earlier.effect.approves or earlier.effect is Effect.REJECT
        same = (earlier.body, earlier.gate) == (given.body, given.gate)
        if same and standing and earlier.is_current(desk.today):
            _refuse_overtaken(earlier, given)
            raise RuleBroken(
                f"{earlier.number} of this body at this gate still stands",
                missing=[f"that the new decision supersedes {earlier.number}"],
                who="Say so when you record it.",
                fields={"supersedes": f"{earlier.number}, which it takes the place of"},
            )
    return None


def _refuse_overtaken(earlier: Decision, given: DecisionInput) -> None:
    """A decision takes the place of one made before it, in whatever order they are recorded."""
    if earlier.decided_on > given.decided_on:
        raise RuleBroken(
            f"{earlier.number} was decided on {day(earlier.decided_on)} and stands, so a decision "
            f"of {day(given.decided_on)} cannot take its place",
            who="Minute on its item what was decided before, or let the body decide anew.",
        )


def overrides(
    desk: Desk, technology: Technology, gate: Gate, given: DecisionInput
) -> tuple[Override, ...]:
    """The blockers set aside. A red line never is (domain reference, section 2)."""
    phase = gate.phase or Phase.TRIAL
    made = []
    for each in given.overrides:
        item = desk.framework.items[one_of(each.item, desk.framework.items, "checklist item")]
        if item.is_red_line(phase):
            raise RuleBroken(
                f"{item.id} is a red line and is never overridden inside Horizon",
                who="The body can reject or defer, or the facts can change.",
            )
        if item.effect(phase) != "blocker" or not applies(item.applies, technology.facts).yes:
            raise RuleBroken(f"{item.id} blocks nothing at gate {gate.id}, so it needs no override")
        if each.expires_on <= given.decided_on:
            raise BadInput(f"The override of {item.id} would end before it starts")
        made.append(
            Override(
                item=item.id,
                reason=each.reason,
                siro=desk.person(each.siro),
                expires_on=each.expires_on,
            )
        )
    return tuple(made)


def check_correction(
    desk: Desk, technology: Technology, earlier: Decision, corrected: Decision
) -> None:
    """Refuse a correction that leaves out what a record must say, or says what cannot be."""
    if earlier.method is not Method.OWN_RECORD or earlier.phase is not None:
        refuse_own_minutes(desk, technology)
    missing = [] if corrected.reasons.strip() else ["the reasons"]
    missing += [
        words
        for name, words in WEIGHED.items()
        if earlier.considered.is_told(name) and not corrected.considered.is_told(name)
    ]
    gone = earlier.item_reasons.keys() - corrected.item_reasons.keys()
    missing += [f"the reason for {item}" for item in sorted(gone)]
    if missing:
        raise RuleBroken(
            f"A correction of {earlier.number} cannot take out what the record has to say",
            missing=missing,
            who="Say it in other words instead.",
        )
    for item in corrected.item_reasons:
        one_of(item, desk.framework.items, "checklist item")
    body = desk.framework.route.body(corrected.body)
    outcome = body.outcome(corrected.outcome) if body else None
    if outcome is not None:
        _check_votes(corrected.votes, outcome, corrected.room)
    counted = corrected.room.quorum.counted
    for each in corrected.dissent:
        if each.person and corrected.room.quorum.needed and each.person not in counted:
            raise BadInput(
                f"{desk.name_of(each.person)} did not decide on {earlier.number}, so their "
                "disagreement is not a dissent",
                do=f"It was decided by {listed([desk.name_of(one) for one in counted])}",
            )
