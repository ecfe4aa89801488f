"""What was decided, and what has become of it: the parts of a record that a reader wants first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from horizon.judgement.holding import comes_after, reopened_since, said, why_not
from horizon.judgement.standing import standing
from horizon.model.decision import Condition, Decision, Discharge
from horizon.model.record import Method
from horizon.model.technology import Reopening
from horizon.model.wording import count, day, in_words, listed
from horizon.register.record_case import Case, evidence_named, moment
from horizon.register.telling_parts import Part, Said, Weight


def decided(case: Case) -> Part:
    """Who decided what, when and how."""
    decision, technology = case.decision, case.technology
    supplier = f", supplied by {technology.supplier}" if technology.supplier else ""
    body = case.body
    said = [
        Said(case.outcome, "Outcome", notes=_effect(case)),
        Said(f"{technology.label} {technology.name}{supplier}", "About"),
        Said(f"{case.body_name}, which {body.authority}" if body else case.body_name, "Body"),
        Said(case.gate_name, "Gate"),
        Said(day(decision.decided_on), "On"),
        Said(how(case), "How"),
        Said(decision.question, "Question put"),
        Said(day(decision.effective_from) if decision.effective_from else "", "In effect from"),
        Said(day(decision.expires_on) if decision.expires_on else "", "Expires after"),
        Said(day(decision.review_by) if decision.review_by else "", "Review by"),
        Said(decision.next_step, "Next step"),
        Said(decision.marking, "Marking"),
        Said(f"{case.name(decision.by)}, {moment(decision.at)}", "Recorded by"),
        Said(_minutes(case), "Minutes"),
    ]
    return Part("decided", "What was decided", tuple(each for each in said if each.text))


def _effect(case: Case) -> tuple[str, ...]:
    """What the outcome does, where its name does not say so."""
    effect = case.decision.effect
    return () if effect in case.outcome.lower() else (f"Counted as: {effect}.",)


def how(case: Case) -> str:
    """How the body came to its decision."""
    decision = case.decision
    chair = case.name(decision.room.chair) if decision.room.chair else "the chair"
    item = f", item {decision.item}" if decision.item else ""
    match decision.method:
        case Method.MEETING:
            meeting = _meeting_place(case)
            return f"At its meeting {decision.meeting}{item}{meeting}"
        case Method.CORRESPONDENCE:
            return f"By correspondence, {decision.meeting}{item}"
        case Method.CHAIRS_ACTION:
            return f"By chair's action, out of a meeting: {chair}"
        case _:
            return "Its meetings are minuted elsewhere; this is the record that was made here"


def _meeting_place(case: Case) -> str:
    for meeting in case.register.state.meetings.values():
        if meeting.ref == case.decision.meeting and meeting.place:
            return f", {meeting.place}"
    return ""


def _minutes(case: Case) -> str:
    for meeting in case.register.state.meetings.values():
        if meeting.ref != case.decision.meeting:
            continue
        if meeting.confirmed is None:
            return f"Those of {meeting.ref} are not confirmed yet"
        confirmed = meeting.confirmed
        return f"Confirmed as accurate on {day(confirmed.on)} {confirmed.where}"
    return ""


def state(case: Case) -> Said:
    """How the decision stands on the day it is read on, in one sentence."""
    decision = case.decision
    later = case.technology.decision(decision.superseded_by or "")
    if later is not None:
        did = "Corrected" if later.correction else "Superseded"
        return Said(f"{did} by {later.number} on {day(later.decided_on)}.", weight=Weight.CARE)
    if decision.superseded_by:
        return Said(f"Superseded by {decision.superseded_by}.", weight=Weight.CARE)
    if not decision.effect.approves:
        return Said("It stands. It is not an approval.")
    lapsed = why_not(decision, case.as_at)
    if lapsed:
        return Said(f"Not approved: {lapsed}.", weight=Weight.BAD)
    open_ = suspended(case)
    if open_:
        return Said(
            f"Not approved: {said(open_, why=False)}, and nobody has decided since.",
            weight=Weight.BAD,
        )
    return Said(
        "It stands, and counts as an approval." if _effect(case) else "It stands, and approves.",
        weight=Weight.GOOD,
    )


def suspended(case: Case) -> tuple[Reopening, ...]:
    """What has suspended the approval since it was given, and nobody has decided on."""
    open_ = {each.number for each in reopened_since(case.technology, case.decision, case.as_at)}
    return tuple(each for each in case.technology.reopenings if each.number in open_)


def since(case: Case) -> Part:
    """What has become of the decision, and of the technology."""
    stands = standing(case.register.framework, case.technology, case.as_at)
    said = [
        Said(state(case).text, "State", weight=state(case).weight),
        Said(f"{stands.words}.", "Technology"),
        *_replaced(case),
        *_ratification(case),
        *_reopenings(case),
    ]
    title = f"What has become of it, as at {day(case.as_at)}"
    return Part("since", title, tuple(each for each in said if each.text))


def _replaced(case: Case) -> Iterator[Said]:
    decision = case.decision
    earlier = case.technology.decision(decision.supersedes or "")
    if decision.correction:
        yield Said(
            f"It sets {decision.supersedes} right, because: {decision.correction}",
            "Correction",
            notes=tuple(_changed(case, earlier, decision)) if earlier else (),
        )
    elif decision.supersedes:
        outcome = f" ({case.outcome_of(earlier)})" if earlier else ""
        yield Said(f"It takes the place of {decision.supersedes}{outcome}", "Supersedes")
    later = case.technology.decision(decision.superseded_by or "")
    if later is None:
        return
    if later.correction:
        yield Said(
            f"{later.number}, by {case.name(later.by)}, {moment(later.at)}, "
            f"because: {later.correction}",
            "Corrected by",
            notes=tuple(_changed(case, decision, later)),
        )
    else:
        yield Said(
            f"{later.number}, {day(later.decided_on)}: {case.outcome_of(later)}", "Superseded by"
        )


_CORRECTED = {
    "reasons": "the reasons",
    "question": "the question put",
    "considered": "what was considered",
    "item_reasons": "the reasons for red lines and blockers",
    "papers": "the papers",
    "votes": "the votes",
    "dissent": "who disagreed",
    "comments": "written comments",
    "next_step": "the next step",
    "summary": "the publishable summary",
    "redactions": "what is left out of what is published",
}


def _changed(case: Case, before: Decision, after: Decision) -> Iterator[str]:
    """What a correction changed: what it said before, where that is plain text."""
    for field, name in _CORRECTED.items():
        was = getattr(before, field)
        if was == getattr(after, field):
            continue
        told = f". It said: {was or 'nothing'}" if isinstance(was, str) else ""
        yield f"It changed {name}{told}"


def _ratification(case: Case) -> Iterator[Said]:
    decision = case.decision
    if decision.ratified is not None:
        yield Said(
            f"At {decision.ratified.meeting}, {day(decision.ratified.on)}",
            "Ratified",
            weight=Weight.GOOD,
        )
    elif decision.lapsed is not None:
        yield Said(
            f"It was not ratified at {decision.lapsed.meeting}, {day(decision.lapsed.on)}",
            "Lapsed",
            weight=Weight.BAD,
        )
    elif decision.ratify_by is not None and decision.is_unratified(case.as_at):
        yield Said(f"It was not ratified by {day(decision.ratify_by)}", "Lapsed", weight=Weight.BAD)
    elif decision.ratify_by is not None:
        yield Said(
            f"It lapses unless a meeting ratifies it by {day(decision.ratify_by)}",
            "To be ratified",
            weight=Weight.CARE,
        )


def _reopenings(case: Case) -> Iterator[Said]:
    decision = case.decision
    for each in case.technology.reopenings:
        if each.number in decision.settles:
            yield Said(f"{_happened(case, each)}", "Answers")
        elif comes_after(each, decision):
            answer = f"Answered by {each.settled_by}." if each.settled_by else "Not answered yet."
            needed = f"Needed from the owner: {each.needed}." if each.needed else ""
            weight = Weight.BAD if each.suspends and not each.settled_by else Weight.CARE
            notes = tuple(note for note in (needed, answer) if note)
            yield Said(_happened(case, each), "Reopened", notes=notes, weight=weight)


def _happened(case: Case, reopening: Reopening) -> str:
    found = case.framework.route.trigger(reopening.trigger)
    name = found.name if found else in_words(reopening.trigger)
    items = f", {listed(reopening.items)} to answer again" if reopening.items else ""
    return f"{day(reopening.on)}, {name[:1].lower()}{name[1:]}{items}: {reopening.reason}"


def flags(case: Case) -> Part:
    """Defects that Horizon saw as the decision was recorded."""
    said = tuple(Said(each, weight=Weight.CARE) for each in case.decision.flags)
    return Part("flags", "Flagged when it was recorded", said)


def conditions(case: Case) -> Part:
    """What happened to each condition."""
    said = [_condition(case, each) for each in case.decision.conditions]
    if not said:
        said = [Said("It carries none.")]
    return Part("conditions", "Conditions", tuple(said))


def _condition(case: Case, condition: Condition) -> Said:
    accepted = "Accepted" if condition.discharge else "To be accepted"
    notes = [
        f"Owner: {case.name(condition.owner)}. Due {day(condition.due)}.",
        f"Evidence needed: {condition.evidence_needed}",
        f"{accepted} as met by: {case.body_called(condition.discharged_by or case.decision.body)}",
        f"If it is missed: {condition.if_missed}" if condition.if_missed else "",
        *(_discharge(case, condition.discharge) if condition.discharge else ()),
    ]
    words, weight = condition_state(case, condition)
    return Said(
        f"{words}: {condition.text}",
        f"Condition {condition.number}",
        notes=tuple(each for each in notes if each),
        weight=weight,
    )


def condition_state(case: Case, condition: Condition) -> tuple[str, Weight]:
    """What has become of a condition: `OVERDUE since 3 March 2027, by 4 days`."""
    if condition.discharge is not None:
        return f"Discharged on {day(condition.discharge.on)}", Weight.GOOD
    if condition.is_overdue(case.as_at):
        since_ = day(condition.due + timedelta(days=1))
        late = count((case.as_at - condition.due).days, "day")
        return f"OVERDUE since {since_}, by {late}", Weight.BAD
    return f"Open, due {day(condition.due)}", Weight.PLAIN


def _discharge(case: Case, met: Discharge) -> Iterator[str]:
    yield (
        f"The {case.body_called(met.body)} accepted it as met on {day(met.on)}, on "
        f"{evidence_named(case, met.evidence) or 'no evidence that is named'}. "
        f"Recorded by {case.name(met.by)}, {moment(met.at)}."
    )
    if met.note:
        yield met.note
