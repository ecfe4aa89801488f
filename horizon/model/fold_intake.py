"""Events about imports, duplicates and first looks to state."""

from __future__ import annotations

from collections.abc import Iterable

from horizon.model import intake_events as ev
from horizon.model.applying import on, update
from horizon.model.envelope import Event
from horizon.model.fold_route import leave
from horizon.model.state import ImportKept, State
from horizon.model.technology import Origin, Sighting
from horizon.model.triage import Triage


@on(ev.ImportMade)
def _import_made(state: State, event: Event, data: ev.ImportMade) -> None:
    kept = ImportKept(**dict(data), at=event.at, by=event.by)
    imports = (*state.head.imports, kept)
    state.head = state.head.model_copy(update={"imports": imports})


@on(ev.ImportUndone)
def _import_undone(state: State, event: Event, data: ev.ImportUndone) -> None:
    imports = tuple(
        each.model_copy(update={"undone_at": event.at}) if each.id == data.import_id else each
        for each in state.head.imports
    )
    state.head = state.head.model_copy(update={"imports": imports})


@on(ev.EntryUndone)
def _entry_undone(state: State, event: Event, data: ev.EntryUndone) -> None:
    del state.technologies[event.subject]


@on(ev.RowImported)
def _row_imported(state: State, event: Event, data: ev.RowImported) -> None:
    technology = state.technologies[event.subject]
    origin = Origin(
        number=data.number,
        source=data.source,
        key=data.key,
        place=data.place,
        fields=data.fields,
        leads=data.leads,
    )
    others = [each for each in technology.origins if each.number != data.number]
    update(
        state,
        event,
        origins=tuple(sorted([*others, origin], key=lambda each: each.number)),
        sightings=_seen_again(technology.sightings, data),
    )


def _seen_again(held: tuple[Sighting, ...], data: ev.RowImported) -> tuple[Sighting, ...]:
    """The sightings with that of a row, in place of the one that the row gave before."""
    if data.sighting is None:
        return held
    seen = data.sighting.model_copy(update={"origin": data.number})
    if any(each.origin == data.number for each in held):
        return tuple(seen if each.origin == data.number else each for each in held)
    return (*held, seen)


@on(ev.RowGone)
def _row_gone(state: State, event: Event, data: ev.RowGone) -> None:
    origins = tuple(
        each.model_copy(update={"gone_on": data.on}) if each.number == data.number else each
        for each in state.technologies[event.subject].origins
    )
    update(state, event, origins=origins)


@on(ev.RowUndone)
def _row_undone(state: State, event: Event, data: ev.RowUndone) -> None:
    update(state, event, **dict(data.details), sightings=data.sightings, origins=data.origins)


@on(ev.TechnologyMerged)
def _technology_merged(state: State, event: Event, data: ev.TechnologyMerged) -> None:
    leave(state, event, data, superseded_by=data.into, merged_into=data.into)


@on(ev.MergeUndone)
def _merge_undone(state: State, event: Event, data: ev.MergeUndone) -> None:
    update(
        state,
        event,
        stage=data.stage,
        stage_since=data.since,
        ended_reason=data.ended_reason,
        superseded_by=None,
        merged_into=None,
    )


@on(ev.MergeTaken)
def _merge_taken(state: State, event: Event, data: ev.MergeTaken) -> None:
    technology = state.technologies[event.subject]
    merged = (*technology.merged, data.merged)
    update(
        state,
        event,
        aliases=(*technology.aliases, *data.aliases),
        merged=merged,
        co_proposers=co_proposers(state, merged),
    )


def co_proposers(state: State, merged: Iterable[str]) -> tuple[str, ...]:
    """Who proposed any of these entries, each once."""
    return tuple(
        dict.fromkeys(person for key in merged for person in state.technologies[key].proposers)
    )


@on(ev.MergeReleased)
def _merge_released(state: State, event: Event, data: ev.MergeReleased) -> None:
    technology = state.technologies[event.subject]
    merged = tuple(each for each in technology.merged if each != data.merged)
    update(
        state,
        event,
        aliases=tuple(each for each in technology.aliases if each not in data.aliases),
        merged=merged,
        co_proposers=co_proposers(state, merged),
    )


@on(ev.MarkedDifferent)
def _marked_different(state: State, event: Event, data: ev.MarkedDifferent) -> None:
    technology = state.technologies[event.subject]
    update(state, event, different_from=(*technology.different_from, data.other))


@on(ev.DifferenceTakenBack)
def _difference_taken_back(state: State, event: Event, data: ev.DifferenceTakenBack) -> None:
    technology = state.technologies[event.subject]
    kept = tuple(each for each in technology.different_from if each != data.other)
    update(state, event, different_from=kept)


@on(ev.SignalTriaged)
def _signal_triaged(state: State, event: Event, data: ev.SignalTriaged) -> None:
    update(state, event, triage=Triage(**dict(data.looked), by=event.by, at=event.at))


@on(ev.TriageTakenBack)
def _triage_taken_back(state: State, event: Event, data: ev.TriageTakenBack) -> None:
    update(state, event, triage=data.before)
