"""Events of assessment to state: facts, scores, answers, evidence."""

from __future__ import annotations

from typing import Any

from horizon.model import events as ev
from horizon.model.applying import on, update
from horizon.model.assessment import Answer, Round, Submission
from horizon.model.envelope import Event
from horizon.model.state import State
from horizon.model.technology import Technology


@on(ev.FactsSet)
def _facts_set(state: State, event: Event, data: ev.FactsSet) -> None:
    technology = state.technologies[event.subject]
    update(state, event, facts={**technology.facts, **data.facts})


@on(ev.RoundOpened)
def _round_opened(state: State, event: Event, data: ev.RoundOpened) -> None:
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


def with_round(technology: Technology, number: int, **changes: Any) -> tuple[Round, ...]:
    """The rounds, with fields of one of them replaced."""
    return tuple(
        each.model_copy(update=changes) if each.number == number else each
        for each in technology.rounds
    )


@on(ev.ScoresSubmitted)
def _scores_submitted(state: State, event: Event, data: ev.ScoresSubmitted) -> None:
    technology = state.technologies[event.subject]
    current = next((each for each in technology.rounds if each.number == data.round), None)
    if current is None:  # the opening of the round was erased
        return update(state, event)
    submissions = {
        **current.submissions,
        data.assessor: Submission(at=event.at, scores=data.scores),
    }
    return update(state, event, rounds=with_round(technology, data.round, submissions=submissions))


@on(ev.RoundClosed)
def _round_closed(state: State, event: Event, data: ev.RoundClosed) -> None:
    technology = state.technologies[event.subject]
    rounds = with_round(
        technology,
        data.round,
        closed_at=event.at,
        closed_by=event.by,
        close_reason=data.reason,
    )
    update(state, event, rounds=rounds)


@on(ev.AnswersGiven)
def _answers_given(state: State, event: Event, data: ev.AnswersGiven) -> None:
    technology = state.technologies[event.subject]
    given = {
        item: Answer(**dict(each), by=event.by, at=event.at, framework=data.framework)
        for item, each in data.answers.items()
    }
    update(state, event, answers={**technology.answers, **given})


@on(ev.EvidenceAttached)
def _evidence_attached(state: State, event: Event, data: ev.EvidenceAttached) -> None:
    technology = state.technologies[event.subject]
    update(state, event, evidence=(*technology.evidence, data.evidence))
