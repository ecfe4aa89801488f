"""What must hold of a decision before it is recorded: its dates, what it replaces, what it sets
aside, who was in the room, and what its record says."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from horizon.framework.route import Body, Gate, Outcome
from horizon.judgement.committee import barred, lacks, sitting
from horizon.judgement.deadlines import add_months, latest_review
from horizon.judgement.facts import applies
from horizon.judgement.gates import GateReading
from horizon.judgement.ratifying import ratify_by
from horizon.judgement.recording import WEIGHED, touched, unreasoned, unweighed
from horizon.judgement.tiers import read_tier
from horizon.model.errors import BadInput, RuleBroken
from horizon.model.meeting import AgendaItem, Attendance, Meeting, Seat
from horizon.model.record import Method, Room, Votes
from horizon.model.technology import Decision, Override, Technology
from horizon.model.wording import listed
from horizon.model.words import Effect, Phase
from horizon.register.desk import Desk
from horizon.register.inputs import DecisionInput, one_of


@dataclass(frozen=True, slots=True)
class Seating:
    """How a body came to its decision: the way, the room, and until when it holds unratified."""

    method: Method
    room: Room = field(default_factory=Room)
    meeting: Meeting | None = None
    item: AgendaItem | None = None
    ratify_by: date | None = None


def seated(
    desk: Desk, technology: Technology, given: DecisionInput, body: Body, gate: Gate
) -> Seating:
    """Who decided, and whether they could. Raises `RuleBroken` or `BadInput`."""
    if given.meeting and given.chair:
        raise BadInput(
            "A decision is made at a meeting or by the chair alone, not both",
            do="Give the meeting or the chair",
        )
    own = body.quorum == 0 and not given.meeting and not given.chair
    if not own or gate.phase is not None:
        _refuse_own_minutes(desk, technology)
    if own:
        return Seating(Method.OWN_RECORD)
    if given.chair:
        return _by_the_chair(desk, technology, given, body)
    if not given.meeting:
        alone = " or by chair's action" if body.chairs_action else ""
        raise RuleBroken(
            f"The {body.name} decides at a meeting, by correspondence{alone}",
            missing=["the meeting at which it decided"],
            who="Its secretary calls one and puts the technology on the agenda.",
        )
    return _at_the_meeting(desk, technology, given, body)


def _refuse_own_minutes(desk: Desk, technology: Technology) -> None:
    if desk.by in technology.proposers:
        name = desk.name_of(desk.by)
        raise RuleBroken(
            f"{name} proposed {technology.label} and cannot record a decision on it",
            missing=["somebody else who takes the minute"],
            who="Anyone who did not propose it.",
        )


def _by_the_chair(desk: Desk, technology: Technology, given: DecisionInput, body: Body) -> Seating:
    tier = read_tier(desk.framework, technology.facts).tier
    deepest = body.chairs_action
    if deepest is None or tier.depth > deepest.depth:
        allowed = f"only up to the {deepest} tier" if deepest else "at no tier"
        raise RuleBroken(
            f"The chair of the {body.name} may decide alone {allowed}, and {technology.label} is "
            f"at the {tier} tier",
            missing=["a meeting, or a decision by correspondence"],
            who="The secretary calls one.",
        )
    chair = desk.person(given.chair)
    known = desk.state.people.get(chair)
    if known is not None:
        why = barred(technology, known)
        if known.dpo:
            why = "holds the function of data protection officer, who advises and never decides"
        if why:
            raise RuleBroken(f"{known.name} {why}, and so cannot decide on {technology.label}")
    seat = Attendance(
        person=chair,
        seat=Seat.CHAIR,
        role=known.role if known else "",
        organisation=known.organisation if known else "",
    )
    return Seating(
        Method.CHAIRS_ACTION,
        Room(chair=chair, attendance=(seat,)),
        ratify_by=_ratify_by(desk, body, given.decided_on),
    )


def _at_the_meeting(
    desk: Desk, technology: Technology, given: DecisionInput, body: Body
) -> Seating:
    meeting = desk.meeting(given.meeting)
    if meeting.body != body.id:
        raise RuleBroken(f"{meeting.ref} is not a meeting of the {body.name}")
    if meeting.is_closed:
        raise RuleBroken(
            f"{meeting.ref} has been closed, so nothing more is decided at it",
            who=f"The {body.name} decides at its next meeting.",
        )
    if given.decided_on < meeting.on or (
        given.decided_on != meeting.on and not meeting.by_correspondence
    ):
        raise BadInput(
            f"{meeting.ref} is on {meeting.on}, and the decision is dated {given.decided_on}",
            do=f"Date it {meeting.on}",
        )
    item = meeting.item(given.item) if given.item else meeting.item_on(technology.id)
    if item is None or item.technology != technology.id:
        raise RuleBroken(
            f"{technology.label} is not on what is left of the agenda of {meeting.ref}",
            missing=[f"an item on {technology.label}"],
            who="The secretary puts it on the agenda.",
        )
    if item.outcome:
        raise RuleBroken(f"Item {item.number} of {meeting.ref} has ended already: {item.outcome}")
    if item.purpose != "for decision":
        raise RuleBroken(
            f"Item {item.number} of {meeting.ref} is for information, so nothing is decided on it",
            missing=[f"an item on {technology.label} for decision"],
            who="The secretary notes that item, and puts the technology on the agenda again.",
        )
    for each in meeting.seated(Seat.MINUTE_TAKER):
        if each.person in technology.proposers:
            raise RuleBroken(
                f"{desk.name_of(each.person)} takes the minutes of {meeting.ref} and proposed "
                f"{technology.label}",
                missing=["another minute-taker for this item"],
                who="The chair names one.",
            )
    found = sitting(meeting, item, technology, desk.state.people)
    missing = list(lacks(found, desk.state.people))
    if missing:
        raise RuleBroken(
            f"The {body.name} cannot decide on item {item.number} of {meeting.ref}",
            missing=[each for each, _ in missing],
            who=" ".join(dict.fromkeys(who for _, who in missing)),
        )
    by_letter = meeting.by_correspondence
    return Seating(
        Method.CORRESPONDENCE if by_letter else Method.MEETING,
        found.room,
        meeting,
        item,
        _ratify_by(desk, body, given.decided_on) if by_letter else None,
    )


def _ratify_by(desk: Desk, body: Body, decided_on: date) -> date:
    return ratify_by(desk.framework, body.id, decided_on, desk.state.meetings.values())


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
                f"The condition {condition.text!r} is due on {condition.due}, before the decision",
                do=f"Use {given.decided_on} or later",
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
    for day, what in ((given.review_by, "review date"), (given.expires_on, "expiry date")):
        if day is not None and day <= given.decided_on:
            raise BadInput(
                f"The {what} {day} is not after the decision",
                do=f"Use a day after {given.decided_on}",
            )
    begins = given.effective_from
    if begins is not None and begins < given.decided_on:
        raise BadInput(
            f"The decision cannot take effect on {begins}, before it was made",
            do=f"Use {given.decided_on} or later",
        )
    if begins is not None and given.expires_on is not None and begins > given.expires_on:
        raise BadInput(
            f"The decision would expire on {given.expires_on}, before it takes effect on {begins}",
            do=f"Use an expiry date after {begins}",
        )
    if not outcome.effect.approves:
        return
    if gate.expiry_required and given.expires_on is None:
        raise RuleBroken(
            f"An approval at gate {gate.id} ({gate.name}) always has an end date",
            missing=["the expiry date"],
            who="The deciding body sets it.",
        )
    if gate.life_months and given.expires_on:
        latest = add_months(given.decided_on, gate.life_months)
        if given.expires_on > latest:
            raise RuleBroken(
                f"An approval at gate {gate.id} ({gate.name}) lasts {gate.life_months} months at "
                f"most, so until {latest}",
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
            f"At its tier {technology.label} is reviewed by {latest} at the latest",
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
            )
    return None


def _refuse_overtaken(earlier: Decision, given: DecisionInput) -> None:
    """A decision takes the place of one made before it, in whatever order they are recorded."""
    if earlier.decided_on > given.decided_on:
        raise RuleBroken(
            f"{earlier.number} was decided on {earlier.decided_on} and stands, so a decision of "
            f"{given.decided_on} cannot take its place",
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
        _refuse_own_minutes(desk, technology)
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
