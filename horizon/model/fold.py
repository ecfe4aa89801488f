"""Events to state. `apply` is the only thing that changes a `State`.

The fold checks nothing: rules are checked before an event is written. What it does with an event
whose data was erased is the least that keeps the rest of the register standing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from horizon.model import events as ev
from horizon.model import (
    fold_brought,
    fold_intake,
    fold_leaving,  # noqa: F401  (its handlers count too)
    fold_meetings,
    fold_sharing,  # noqa: F401  (and its)
    fold_signing,  # noqa: F401  (and its)
    fold_undo,  # noqa: F401  (and its)
)
from horizon.model.applying import HANDLERS, MISFITS, not_understood, on, update
from horizon.model.base import canonical
from horizon.model.formats import refuse_unreadable
from horizon.model.meeting_events import DecisionRatified
from horizon.model.people import Person
from horizon.model.state import FrameworkCopy, State
from horizon.model.technology import Answer, Round, Submission, Technology

HORIZON = "horizon"
"""The `by` of what the program does itself."""


def fold(commits: Iterable[ev.Commit], state: State | None = None) -> State:
    """The state after `commits`, from `state` on, or from nothing."""
    state = state or State()
    for commit in commits:
        apply(state, commit)
    return state


def apply(state: State, commit: ev.Commit) -> None:
    """Take one line of the journal into `state`.

    Raises `NotUnderstood` for an event that cannot be taken in; then `state` is no good any more.
    """
    for event in commit.events:
        take(state, event)
    last = commit.events[-1]
    update: dict[str, Any] = {"seq": last.seq, "hash": commit.hash, "last_at": last.at}
    if commit.brings:
        fold_brought.finish(state, commit)
        update["last_at"] = commit.events[0].at
    papers = not commit.brings and any(e.kind == ev.PaperIssued.kind for e in commit.events)
    if not papers:
        update |= {"paper_seq": last.seq, "paper_hash": commit.hash, "paper_at": last.at}
    elif any(event.kind == ev.PersonNamed.kind for event in commit.events):
        *earlier, paper = state.head.papers
        update["papers"] = (*earlier, paper.model_copy(update={"newcomer": True}))
    state.head = state.head.model_copy(update=update)


def take(state: State, event: ev.Event) -> None:
    """Take one event of a line into `state`; the line's own end is for `apply`. Raises as that."""
    try:
        payload = event.payload()
        if event.is_set_aside:
            fold_brought.count(state, event)
        elif payload is None:
            _apply_erased(state, event)
        else:
            HANDLERS[event.kind](state, event, payload)
    except MISFITS as error:
        raise not_understood(event, error) from error
    if event.subject == state.head.register_id:
        state.head = state.head.model_copy(update={"revision": event.revision})


@on(ev.RegisterCreated)
def _register_created(state: State, event: ev.Event, data: ev.RegisterCreated) -> None:
    state.head = state.head.model_copy(
        update={
            "register_id": event.subject,
            "format": data.schema_version,
            "name": data.name,
            "illustrative": data.illustrative,
            "created_at": event.at,
            "missing_history": data.carried_head or "",
        }
    )


@on(ev.FormatRaised)
def _format_raised(state: State, event: ev.Event, data: ev.FormatRaised) -> None:
    refuse_unreadable(data.to, "This register")
    state.head = state.head.model_copy(update={"format": data.to})


@on(ev.TechnologyCarried)
def _technology_carried(state: State, event: ev.Event, data: ev.TechnologyCarried) -> None:
    state.technologies[event.subject] = data.technology
    number = int(data.technology.label.rpartition("-")[2])
    state.head = state.head.model_copy(update={"labels": max(state.head.labels, number)})
    for decision in data.technology.decisions:
        _count_decision(state, decision.number)


@on(ev.HistoryAccepted)
def _history_accepted(state: State, event: ev.Event, data: ev.HistoryAccepted) -> None:
    state.head = state.head.model_copy(update={"history_accepted": data.reason})


@on(ev.FrameworkAdopted)
def _framework_adopted(state: State, event: ev.Event, data: ev.FrameworkAdopted) -> None:
    state.frameworks[event.subject] = FrameworkCopy(
        digest=event.subject,
        content=data.framework,
        adopted_at=event.at,
        adopted_by=event.by,
        reason=data.reason,
        revision=event.revision,
    )
    state.head = state.head.model_copy(update={"adopted_framework": event.subject})


@on(ev.PersonNamed)
def _person_named(state: State, event: ev.Event, data: ev.PersonNamed) -> None:
    state.people[event.subject] = Person(
        id=event.subject,
        name=data.name,
        role=data.role,
        email=data.email,
        organisation=data.organisation,
        dpo=data.dpo,
        ties=data.ties,
        revision=event.revision,
    )


def _next_label(state: State, given: str) -> str:
    """Labels count what entered this register, so they survive the erasure of an entry. One that
    came from elsewhere has the label that it was `given`."""
    number = int(given.rpartition("-")[2]) if given else state.head.labels + 1
    state.head = state.head.model_copy(update={"labels": max(state.head.labels, number)})
    return f"T-{number:04d}"


def _enter(state: State, event: ev.Event, **fields: Any) -> None:
    state.technologies[event.subject] = Technology(
        id=event.subject,
        label=_next_label(state, event.given_label),
        revision=event.revision,
        proposed_at=event.at,
        proposed_by=event.by,
        changed_at=event.at,
        **fields,
    )


@on(ev.TechnologyProposed)
def _technology_proposed(state: State, event: ev.Event, data: ev.TechnologyProposed) -> None:
    _enter(
        state,
        event,
        **dict(data.details),
        stage=data.stage,
        stage_since=data.on,
        illustrative=data.illustrative,
    )


@on(ev.LegacyEntered)
def _legacy_entered(state: State, event: ev.Event, data: ev.LegacyEntered) -> None:
    _enter(
        state,
        event,
        **dict(data.details),
        stage=data.stage,
        stage_since=data.on,
        illustrative=data.illustrative,
        legacy=data.legacy,
        review_by=data.review_by,
        review_reason="In use before the register; no approval is recorded.",
    )


@on(ev.SightingAdded)
def _sighting_added(state: State, event: ev.Event, data: ev.SightingAdded) -> None:
    technology = state.technologies[event.subject]
    update(state, event, sightings=(*technology.sightings, data.sighting))


@on(ev.DetailsAmended)
def _details_amended(state: State, event: ev.Event, data: ev.DetailsAmended) -> None:
    technology = state.technologies[event.subject]
    details = technology.details.model_dump(mode="json") | data.changes
    amended = type(technology.details).model_validate_json(canonical(details))
    update(state, event, **dict(amended))


@on(ev.FactsSet)
def _facts_set(state: State, event: ev.Event, data: ev.FactsSet) -> None:
    technology = state.technologies[event.subject]
    update(state, event, facts={**technology.facts, **data.facts})


@on(ev.RoundOpened)
def _round_opened(state: State, event: ev.Event, data: ev.RoundOpened) -> None:
    technology = state.technologies[event.subject]
    opened = Round(
        number=data.round,
        framework=data.framework,
        scales=data.scales,
        assessors=data.assessors,
        opened_at=event.at,
        opened_by=event.by,
    )
    update(state, event, rounds=(*technology.rounds, opened))


def _with_round(technology: Technology, number: int, **changes: Any) -> tuple[Round, ...]:
    return tuple(
        each.model_copy(update=changes) if each.number == number else each
        for each in technology.rounds
    )


@on(ev.ScoresSubmitted)
def _scores_submitted(state: State, event: ev.Event, data: ev.ScoresSubmitted) -> None:
    technology = state.technologies[event.subject]
    current = next((each for each in technology.rounds if each.number == data.round), None)
    if current is None:  # the opening of the round was erased
        return update(state, event)
    submissions = {
        **current.submissions,
        data.assessor: Submission(at=event.at, scores=data.scores),
    }
    return update(state, event, rounds=_with_round(technology, data.round, submissions=submissions))


@on(ev.RoundClosed)
def _round_closed(state: State, event: ev.Event, data: ev.RoundClosed) -> None:
    technology = state.technologies[event.subject]
    rounds = _with_round(
        technology,
        data.round,
        closed_at=event.at,
        closed_by=event.by,
        close_reason=data.reason,
    )
    update(state, event, rounds=rounds)


@on(ev.AnswersGiven)
def _answers_given(state: State, event: ev.Event, data: ev.AnswersGiven) -> None:
    technology = state.technologies[event.subject]
    given = {
        item: Answer(**dict(each), by=event.by, at=event.at, framework=data.framework)
        for item, each in data.answers.items()
    }
    update(state, event, answers={**technology.answers, **given})


@on(ev.EvidenceAttached)
def _evidence_attached(state: State, event: ev.Event, data: ev.EvidenceAttached) -> None:
    technology = state.technologies[event.subject]
    update(state, event, evidence=(*technology.evidence, data.evidence))


@on(ev.StageMoved)
def _stage_moved(state: State, event: ev.Event, data: ev.StageMoved) -> None:
    changes: dict[str, Any] = {"stage": data.to, "stage_since": data.on}
    legacy = state.technologies[event.subject].legacy
    if legacy is not None and data.gate:
        changes["legacy"] = legacy.model_copy(update={"cleared_on": data.on})
    update(state, event, **changes)


@on(ev.DecisionRecorded)
def _decision_recorded(state: State, event: ev.Event, data: ev.DecisionRecorded) -> None:
    technology = state.technologies[event.subject]
    _count_decision(state, data.decision.number)
    earlier = tuple(
        each.model_copy(update={"superseded_by": data.decision.number})
        if each.number == data.decision.supersedes
        else each
        for each in technology.decisions
    )
    settled = set(data.decision.settles)
    reopenings = tuple(
        each.model_copy(update={"settled_by": data.decision.number})
        if each.number in settled
        else each
        for each in technology.reopenings
    )
    changes: dict[str, Any] = {
        "decisions": (*earlier, data.decision),
        "reopenings": reopenings,
    }
    if data.decision.review_by is not None:
        changes |= {
            "review_by": data.decision.review_by,
            "review_reason": f"Set by decision {data.decision.number}.",
        }
    update(state, event, **changes)
    fold_meetings.decided(state, data.decision)


def _count_decision(state: State, number: str) -> None:
    series, _, count = number.rpartition("/")
    numbers = dict(state.head.decision_numbers)
    numbers[series] = max(numbers.get(series, 0), int(count))
    state.head = state.head.model_copy(update={"decision_numbers": numbers})


@on(ev.ConditionDischarged)
def _condition_discharged(state: State, event: ev.Event, data: ev.ConditionDischarged) -> None:
    technology = state.technologies[event.subject]
    found = technology.decision(data.decision)
    conditions = tuple(
        each.model_copy(update={"discharge": data.discharge})
        if each.number == data.condition
        else each
        for each in (found.conditions if found else ())
    )
    _update_decision(state, event, data.decision, conditions=conditions)


def _update_decision(state: State, event: ev.Event, number: str, **changes: Any) -> None:
    """Replace fields of one decision of the event's technology."""
    technology = state.technologies[event.subject]
    decisions = tuple(
        each.model_copy(update=changes) if each.number == number else each
        for each in technology.decisions
    )
    update(state, event, decisions=decisions)


@on(DecisionRatified)
def _decision_ratified(state: State, event: ev.Event, data: DecisionRatified) -> None:
    _update_decision(state, event, data.decision, ratified=data.ratified)


@on(ev.DecisionLapsed)
def _decision_lapsed(state: State, event: ev.Event, data: ev.DecisionLapsed) -> None:
    """What a lapsed decision had answered is open again."""
    _update_decision(state, event, data.decision, lapsed=data.lapsed)
    technology = state.technologies[event.subject]
    reopenings = tuple(
        each.model_copy(update={"settled_by": ""}) if each.settled_by == data.decision else each
        for each in technology.reopenings
    )
    update(state, event, reopenings=reopenings)


@on(ev.TechnologyReopened)
def _technology_reopened(state: State, event: ev.Event, data: ev.TechnologyReopened) -> None:
    technology = state.technologies[event.subject]
    changes: dict[str, Any] = {"reopenings": (*technology.reopenings, data.reopening)}
    if data.review_by is not None:
        changes |= {
            "review_by": data.review_by,
            "review_reason": f"Reopened: {data.reopening.reason}",
        }
    update(state, event, **changes)


@on(ev.ReviewDateSet)
def _review_date_set(state: State, event: ev.Event, data: ev.ReviewDateSet) -> None:
    update(state, event, review_by=data.review_by, review_reason=data.reason)


@on(ev.TechnologyWithdrawn)
def _technology_withdrawn(state: State, event: ev.Event, data: ev.TechnologyWithdrawn) -> None:
    update(state, event, stage=data.stage, stage_since=data.on, ended_reason=data.reason)


@on(ev.TechnologySuperseded)
def _technology_superseded(state: State, event: ev.Event, data: ev.TechnologySuperseded) -> None:
    update(
        state,
        event,
        stage=data.stage,
        stage_since=data.on,
        ended_reason=data.reason,
        superseded_by=data.successor,
    )


@on(ev.DataErased)
def _data_erased(state: State, event: ev.Event, data: ev.DataErased) -> None:
    state.head = state.head.model_copy(update={"erased": (*state.head.erased, *data.events)})
    for number in data.decision_numbers:
        _count_decision(state, number)
    for key, kept in data.stages.items():
        changes: dict[str, Any] = {"stage": kept.stage, "stage_since": kept.since}
        if kept.links is not None:
            proposers = fold_intake.co_proposers(state, kept.links.merged)
            changes |= dict(kept.links) | {"co_proposers": proposers}
        state.technologies[key] = state.technologies[key].model_copy(update=changes)


def _apply_erased(state: State, event: ev.Event) -> None:
    """An event whose data is gone: its subject stays, what it said does not."""
    if event.kind == ev.PersonNamed.kind or event.subject in state.people:
        state.people[event.subject] = Person.forgotten(event.subject, event.revision)
        return
    if event.kind in (ev.TechnologyProposed.kind, ev.LegacyEntered.kind):
        _enter(
            state,
            event,
            name="Name erased",
            stage=_first_stage(state),
            stage_since=date.fromisoformat(event.at[:10]),
            erased=(event.seq,),
        )
        return
    if event.subject in state.meetings:
        fold_meetings.erased(state, event)
        return
    technology = state.technologies[event.subject]
    changes: dict[str, Any] = {"erased": (*technology.erased, event.seq)}
    if event.kind == ev.RoundClosed.kind and technology.open_round is not None:
        number = technology.open_round.number
        changes["rounds"] = _with_round(technology, number, closed_at=event.at, closed_by=event.by)
    update(state, event, **changes)


def _first_stage(state: State) -> str:
    framework = state.frameworks[state.head.adopted_framework].content
    return str(framework["route"]["first_stage"])
