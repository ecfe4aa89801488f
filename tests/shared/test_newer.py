"""A window on a database that meets what only a newer Horizon understands."""

from __future__ import annotations

import pytest

from horizon.model.applying import HANDLERS
from horizon.model.envelope import Draft
from horizon.model.errors import NotUnderstood, StoreFault
from horizon.model.event_base import EventData
from horizon.model.events import EVENT_TYPES
from tests.shared.using import Database


class FromTheNextVersion(EventData):
    """What only a newer Horizon knows."""

    kind = "from-the-next-version"


def test_a_window_stays_as_it_was_when_somebody_writes_what_it_cannot_understand(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    database.begin()
    with database.open() as near, database.open() as window:
        near.propose(name="Drones", summary="They fly")
        window.refresh()
        near.add_note("T-0001", "Seen before what is not understood")
        draft = Draft(
            subject=near.technology("T-0001").id,
            revision=near.technology("T-0001").revision + 1,
            data=FromTheNextVersion(),
        )
        as_was = near.state.tables()
        with monkeypatch.context() as newer, near.store.lock():
            newer.setitem(EVENT_TYPES, draft.data.kind, FromTheNextVersion)  # type: ignore[misc]
            newer.setitem(HANDLERS, draft.data.kind, lambda state, event, data: None)
            near.store.append([draft], by=near.person_id, at="2026-11-24T10:00:00Z")
        with pytest.raises(NotUnderstood, match="its kind is not known"):
            window.refresh()
        (note,) = window.technology("T-0001").notes
        assert note.text == "Seen before what is not understood"
        assert window.state.tables() == as_was
        with pytest.raises(StoreFault, match="its kind is not known"):
            window.add_note("T-0001", "More")
