"""Events about what leaves the register to state: texts released, papers issued."""

from __future__ import annotations

from horizon.model import events as ev
from horizon.model.applying import on, update
from horizon.model.envelope import Event
from horizon.model.release import Release
from horizon.model.state import IssuedPaper, State


@on(ev.TextsReleased)
def _texts_released(state: State, event: Event, data: ev.TextsReleased) -> None:
    fresh = {
        place: Release(**dict(each), by=event.by, at=event.at) for place, each in data.texts.items()
    }
    meeting = state.meetings.get(event.subject)
    if meeting is None:
        technology = state.technologies[event.subject]
        update(state, event, released={**technology.released, **fresh})
        return
    state.meetings[event.subject] = meeting.model_copy(
        update={"revision": event.revision, "released": {**meeting.released, **fresh}}
    )


@on(ev.PaperIssued)
def _paper_issued(state: State, event: Event, data: ev.PaperIssued) -> None:
    paper = IssuedPaper(
        reference=data.reference,
        what=data.what,
        about=data.about,
        body=data.body,
        meeting_on=data.meeting_on.isoformat() if data.meeting_on else "",
        marking=data.marking,
        edition=data.edition,
        template=data.template,
        as_at=data.as_at.isoformat() if data.as_at else "",
        format=data.format,
        at=event.at,
        by=event.by,
        content_digest=data.content_digest,
        file_digest=data.file_digest,
        files=data.files,
        head=data.head,
        seq=event.seq,
    )
    state.head = state.head.model_copy(update={"papers": (*state.head.papers, paper)})
