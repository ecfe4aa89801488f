"""What came in from elsewhere, in words."""

from __future__ import annotations

from horizon.model import brought_events as ev
from horizon.model.wording import count, field_in_words, listed
from horizon.register.tellers import Speaker, telling


@telling(ev.CopyTakenIn)
def _(data: ev.CopyTakenIn, speaker: Speaker) -> str:
    events = sum(len(line.events) for line in data.lines)
    named = [
        f"{there} there is {here} here"
        for there, here in data.names.items()
        if not there.startswith("p-")
    ]
    return (
        f"took in the copy {data.origin!r}: {count(events, 'event')} recorded there since event "
        f"{data.fork_seq}, up to {data.head[:12]}" + (f"; {listed(named)}" if named else "")
    )


@telling(ev.RegisterRecovered)
def _(data: ev.RegisterRecovered, speaker: Speaker) -> str:
    return f"recovered what could be saved of {data.origin}" + (
        f"; lost: {data.lost}" if data.lost else ""
    )


@telling(ev.RecordSettled)
def _(data: ev.RecordSettled, speaker: Speaker) -> str:
    said = [f"it is {data.label} there"] if data.label else []
    said += [
        f"kept {each.field} {each.kept or 'empty'!r} where it says {each.other or 'empty'!r}"
        for each in data.disagreements
    ]
    said += data.remarks
    if not said:
        fields = map(field_in_words, (*data.values, *data.entries))
        said = [f"put together {', '.join(fields)}"]
    return f"settled it with {data.origin!r}: {'; '.join(said)}"


@telling(ev.EntryKept)
def _(data: ev.EntryKept, speaker: Speaker) -> str:
    return f"kept {data.technology.label} {data.technology.name!r}, which one side had taken out"
