"""What was taken back, and notes, in words."""

from __future__ import annotations

from horizon.model import undo_events as ev
from horizon.model.wording import field_in_words, listed
from horizon.register.tellers import Speaker, telling


@telling(ev.ChangeTakenBack)
def _(data: ev.ChangeTakenBack, speaker: Speaker) -> str:
    which = f"event{'s' if len(data.events) > 1 else ''} {', '.join(map(str, data.events))}"
    fields = listed([field_in_words(each) for each in data.values])
    did = "put back again" if data.again else "took back"
    return f"{did} what was changed in {fields} ({which})"


@telling(ev.EntryTakenBack)
def _(data: ev.EntryTakenBack, speaker: Speaker) -> str:
    return f"took the entry of {data.label} back"


@telling(ev.NoteAdded)
def _(data: ev.NoteAdded, speaker: Speaker) -> str:
    return f"noted: {data.text}"
