"""Events about imports, duplicates and first looks in words."""

from __future__ import annotations

from horizon.model import intake_events as ev
from horizon.model.wording import count, day
from horizon.register.tellers import Speaker, because, telling


@telling(ev.ImportMade)
def _(data: ev.ImportMade, speaker: Speaker) -> str:
    rows = ", ".join(f"{number} {outcome}" for outcome, number in data.rows.items() if number)
    return f"imported {data.file} as the list {data.source!r}" + (f": {rows}" if rows else "")


@telling(ev.RowImported)
def _(data: ev.RowImported, speaker: Speaker) -> str:
    seen = ", with where it was seen" if data.sighting else ""
    return f"took in {data.place or 'a row'} of {data.source!r}{seen}"


@telling(ev.RowGone)
def _(data: ev.RowGone, speaker: Speaker) -> str:
    return f"found on {day(data.on)} that its source does not list it any more"


@telling(ev.ImportUndone)
def _(data: ev.ImportUndone, speaker: Speaker) -> str:
    return f"undid an import{because(data.reason)}"


@telling(ev.EntryUndone)
def _(data: ev.EntryUndone, speaker: Speaker) -> str:
    return f"took {data.label or 'it'} out again with the import that entered it"


@telling(ev.RowUndone)
def _(data: ev.RowUndone, speaker: Speaker) -> str:
    seen = count(len(data.sightings), "sighting")
    return f"set it back to how it was before an import, with {seen}"


@telling(ev.TechnologyMerged)
def _(data: ev.TechnologyMerged, speaker: Speaker) -> str:
    return f"merged it into {speaker.label(data.into)}{because(data.reason)}"


@telling(ev.MergeTaken)
def _(data: ev.MergeTaken, speaker: Speaker) -> str:
    names = ", ".join(data.aliases) or "none that was not here"
    return f"took {speaker.label(data.merged)} in as the same, with its names: {names}"


@telling(ev.MergeUndone)
def _(data: ev.MergeUndone, speaker: Speaker) -> str:
    return f"took it out of {speaker.label(data.into)} again{because(data.reason)}"


@telling(ev.MergeReleased)
def _(data: ev.MergeReleased, speaker: Speaker) -> str:
    return f"let {speaker.label(data.merged)} stand for itself again"


@telling(ev.MarkedDifferent)
def _(data: ev.MarkedDifferent, speaker: Speaker) -> str:
    return f"said that it is not the same as {speaker.label(data.other)}{because(data.reason)}"


@telling(ev.DifferenceTakenBack)
def _(data: ev.DifferenceTakenBack, speaker: Speaker) -> str:
    return f"left open again whether it is {speaker.label(data.other)}"


@telling(ev.SignalTriaged)
def _(data: ev.SignalTriaged, speaker: Speaker) -> str:
    return f"took a first look: {data.looked.words}"


@telling(ev.TriageTakenBack)
def _(data: ev.TriageTakenBack, speaker: Speaker) -> str:
    return "took the last look back"
