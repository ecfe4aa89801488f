"""Events to state. `apply` is the only thing that changes a `State`.

The fold checks nothing: rules are checked before an event is written. What it does with an event
whose data was erased is the least that keeps the rest of the register standing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, TypeVar, cast

from horizon.model import events as ev
from horizon.model.base import canonical
from horizon.model.people import Person
from horizon.model.state import FrameworkCopy, IssuedPaper, State
from horizon.model.technology import Answer, Decision, Round, Submission, Technology

HORIZON = "horizon"
"""The `by` of what the program does itself."""


def fold(commits: Iterable[ev.Commit], state: State | None = None) -> State:
    """The state after `commits`, from `state` on, or from nothing."""
    state = state or State()
    for commit in commits:
        apply(state, commit)
    return state


def apply(state: State, commit: ev.Commit) -> None:
    """Take one line of the journal into `state`."""
    for event in commit.events:
        payload = event.payload()
        if payload is None:
            _apply_erased(state, event)
        else:
            _APPLY[event.kind](state, event, payload)
    last = commit.events[-1]
    update: dict[str, Any] = {"seq": last.seq, "hash": commit.hash, "last_at": last.at}
    if any(event.kind != ev.PaperIssued.kind for event in commit.events):
        update |= {"paper_seq": last.seq, "paper_hash": commit.hash, "paper_at": last.at}
    state.head = state.head.model_copy(update=update)


Data = TypeVar("Data", bound=ev.EventData)
Handler = Callable[[State, ev.Event, Any], None]
_APPLY: dict[str, Handler] = {}


def _on(
    kind: type[Data],
) -> Callable[[Callable[[State, ev.Event, Data], None]], Callable[[State, ev.Event, Data], None]]:
    def keep(
        handler: Callable[[State, ev.Event, Data], None],
    ) -> Callable[[State, ev.Event, Data], None]:
        _APPLY[kind.kind] = cast(Handler, handler)
        return handler

    return keep


def _update(state: State, event: ev.Event, **changes: Any) -> None:
    """Replace fields of the event's technology; its revision and time move with every event."""
    technology = state.technologies[event.subject]
    state.technologies[event.subject] = technology.model_copy(
        update={"revision": event.revision, "changed_at": event.at, **changes}
    )


@_on(ev.RegisterCreated)
def _register_created(state: State, event: ev.Event, data: ev.RegisterCreated) -> None:
    state.head = state.head.model_copy(
        update={
            "register_id": event.subject,
            "name": data.name,
            "illustrative": data.illustrative,
            "created_at": event.at,
            "missing_history": data.carried_head or "",
        }
    )


@_on(ev.TechnologyCarried)
def _technology_carried(state: State, event: ev.Event, data: ev.TechnologyCarried) -> None:
    state.technologies[event.subject] = data.technology
    number = int(data.technology.label.rpartition("-")[2])
    state.head = state.head.model_copy(update={"labels": max(state.head.labels, number)})


@_on(ev.HistoryAccepted)
def _history_accepted(state: State, event: ev.Event, data: ev.HistoryAccepted) -> None:
    state.head = state.head.model_copy(update={"history_accepted": data.reason})


@_on(ev.FrameworkAdopted)
def _framework_adopted(state: State, event: ev.Event, data: ev.FrameworkAdopted) -> None:
    state.frameworks[event.subject] = FrameworkCopy(
        digest=event.subject,
        content=data.framework,
        adopted_at=event.at,
        adopted_by=event.by,
        reason=data.reason,
    )
    state.head = state.head.model_copy(update={"adopted_framework": event.subject})


@_on(ev.PersonNamed)
def _person_named(state: State, event: ev.Event, data: ev.PersonNamed) -> None:
    state.people[event.subject] = Person(
        id=event.subject,
        name=data.name,
        role=data.role,
        email=data.email,
        revision=event.revision,
    )


def _next_label(state: State) -> str:
    """Labels count what entered this register, so they survive the erasure of an entry."""
    number = state.head.labels + 1
    state.head = state.head.model_copy(update={"labels": number})
    return f"T-{number:04d}"


def _enter(state: State, event: ev.Event, **fields: Any) -> None:
    state.technologies[event.subject] = Technology(
        id=event.subject,
        label=_next_label(state),
        revision=event.revision,
        proposed_at=event.at,
        proposed_by=event.by,
        changed_at=event.at,
        **fields,
    )


@_on(ev.TechnologyProposed)
def _technology_proposed(state: State, event: ev.Event, data: ev.TechnologyProposed) -> None:
    _enter(
        state,
        event,
        **dict(data.details),
        stage=data.stage,
        stage_since=data.on,
        illustrative=data.illustrative,
    )


@_on(ev.LegacyEntered)
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


@_on(ev.SightingAdded)
def _sighting_added(state: State, event: ev.Event, data: ev.SightingAdded) -> None:
    technology = state.technologies[event.subject]
    _update(state, event, sightings=(*technology.sightings, data.sighting))


@_on(ev.DetailsAmended)
def _details_amended(state: State, event: ev.Event, data: ev.DetailsAmended) -> None:
    technology = state.technologies[event.subject]
    details = technology.details.model_dump(mode="json") | data.changes
    amended = type(technology.details).model_validate_json(canonical(details))
    _update(state, event, **dict(amended))


@_on(ev.FactsSet)
def _facts_set(state: State, event: ev.Event, data: ev.FactsSet) -> None:
    technology = state.technologies[event.subject]
    _update(state, event, facts={**technology.facts, **data.facts})


@_on(ev.RoundOpened)
def _round_opened(state: State, event: ev.Event, data: ev.RoundOpened) -> None:
    technology = state.technologies[event.subject]
    opened = Round(
        number=data.round,
        framework=data.framework,
        assessors=data.assessors,
        opened_at=event.at,
        opened_by=event.by,
    )
    _update(state, event, rounds=(*technology.rounds, opened))


def _with_round(technology: Technology, number: int, **changes: Any) -> tuple[Round, ...]:
    return tuple(
        each.model_copy(update=changes) if each.number == number else each
        for each in technology.rounds
    )


@_on(ev.ScoresSubmitted)
def _scores_submitted(state: State, event: ev.Event, data: ev.ScoresSubmitted) -> None:
    technology = state.technologies[event.subject]
    current = next((each for each in technology.rounds if each.number == data.round), None)
    if current is None:  # the opening of the round was erased
        return _update(state, event)
    submissions = {
        **current.submissions,
        data.assessor: Submission(at=event.at, scores=data.scores),
    }
    return _update(
        state, event, rounds=_with_round(technology, data.round, submissions=submissions)
    )


@_on(ev.RoundClosed)
def _round_closed(state: State, event: ev.Event, data: ev.RoundClosed) -> None:
    technology = state.technologies[event.subject]
    rounds = _with_round(
        technology,
        data.round,
        closed_at=event.at,
        closed_by=event.by,
        close_reason=data.reason,
    )
    _update(state, event, rounds=rounds)


@_on(ev.AnswersGiven)
def _answers_given(state: State, event: ev.Event, data: ev.AnswersGiven) -> None:
    technology = state.technologies[event.subject]
    given = {
        item: Answer(**dict(each), by=event.by, at=event.at, framework=data.framework)
        for item, each in data.answers.items()
    }
    _update(state, event, answers={**technology.answers, **given})


@_on(ev.EvidenceAttached)
def _evidence_attached(state: State, event: ev.Event, data: ev.EvidenceAttached) -> None:
    technology = state.technologies[event.subject]
    _update(state, event, evidence=(*technology.evidence, data.evidence))


@_on(ev.StageMoved)
def _stage_moved(state: State, event: ev.Event, data: ev.StageMoved) -> None:
    _update(state, event, stage=data.to, stage_since=data.on)


@_on(ev.DecisionRecorded)
def _decision_recorded(state: State, event: ev.Event, data: ev.DecisionRecorded) -> None:
    technology = state.technologies[event.subject]
    earlier = tuple(
        each.model_copy(update={"superseded_by": data.decision.number})
        if each.number == data.decision.supersedes
        else each
        for each in technology.decisions
    )
    changes: dict[str, Any] = {"decisions": (*earlier, data.decision)}
    if data.decision.review_by is not None:
        changes |= {
            "review_by": data.decision.review_by,
            "review_reason": f"Set by decision {data.decision.number}.",
        }
    _update(state, event, **changes)


@_on(ev.ConditionDischarged)
def _condition_discharged(state: State, event: ev.Event, data: ev.ConditionDischarged) -> None:
    technology = state.technologies[event.subject]

    def discharged(decision: Decision) -> Decision:
        if decision.number != data.decision:
            return decision
        conditions = tuple(
            each.model_copy(update={"discharge": data.discharge})
            if each.number == data.condition
            else each
            for each in decision.conditions
        )
        return decision.model_copy(update={"conditions": conditions})

    _update(state, event, decisions=tuple(discharged(each) for each in technology.decisions))


@_on(ev.ReviewDateSet)
def _review_date_set(state: State, event: ev.Event, data: ev.ReviewDateSet) -> None:
    _update(state, event, review_by=data.review_by, review_reason=data.reason)


@_on(ev.TechnologyWithdrawn)
def _technology_withdrawn(state: State, event: ev.Event, data: ev.TechnologyWithdrawn) -> None:
    _update(state, event, stage=data.stage, stage_since=data.on, ended_reason=data.reason)


@_on(ev.TechnologySuperseded)
def _technology_superseded(state: State, event: ev.Event, data: ev.TechnologySuperseded) -> None:
    _update(
        state,
        event,
        stage=data.stage,
        stage_since=data.on,
        ended_reason=data.reason,
        superseded_by=data.successor,
    )


@_on(ev.DataErased)
def _data_erased(state: State, event: ev.Event, data: ev.DataErased) -> None:
    state.head = state.head.model_copy(update={"erased": (*state.head.erased, *data.events)})


@_on(ev.PaperIssued)
def _paper_issued(state: State, event: ev.Event, data: ev.PaperIssued) -> None:
    paper = IssuedPaper(
        reference=data.reference,
        body=data.body,
        meeting_on=data.meeting_on.isoformat(),
        format=data.format,
        at=event.at,
        by=event.by,
        content_digest=data.content_digest,
        file_digest=data.file_digest,
        head=data.head,
    )
    state.head = state.head.model_copy(update={"papers": (*state.head.papers, paper)})


def _apply_erased(state: State, event: ev.Event) -> None:
    """An event whose data is gone: its subject stays, what it said does not."""
    if event.kind == ev.PersonNamed.kind:
        state.people[event.subject] = Person.forgotten(event.subject, event.revision)
    elif event.kind in (ev.TechnologyProposed.kind, ev.LegacyEntered.kind):
        _enter(
            state,
            event,
            name="Name erased",
            stage="signal",
            stage_since=date.fromisoformat(event.at[:10]),
            erased=(event.seq,),
        )
    elif event.subject in state.technologies:
        erased = state.technologies[event.subject].erased
        _update(state, event, erased=(*erased, event.seq))
