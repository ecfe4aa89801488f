"""Attach a reference to a document, from a technology or beside a form that asks for one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from horizon.model.assessment import Evidence
from horizon.tui.screens.form import FormScreen
from horizon.tui.screens.propose import people
from horizon.tui.screens.work import WorkScreen
from horizon.tui.widgets.fields import Field


class EvidenceScreen(FormScreen):
    """Attach a reference to a document: the register keeps where it is, not the document."""

    HEADING = "Attach evidence"
    SAVE = "Attach"

    def __init__(self, technology_id: str, why: str = "") -> None:
        """`why` says what the document is wanted for."""
        super().__init__(technology_id)
        self._why = why

    def intro(self) -> str:
        return self._why

    def fields(self) -> Sequence[Field]:
        kinds = [(each.name, each.id) for each in self.register.framework.route.documents]
        return [
            Field("title", "Title", required=True),
            Field(
                "document",
                "What sort of document",
                "choice",
                choices=kinds,
                help="Choose it where a gate asks for one.",
            ),
            Field(
                "dated",
                "Date of the document",
                "day",
                required=True,
                value=self.register.today.isoformat(),
            ),
            Field("version", "Version"),
            Field("owner", "Owner of the document", suggestions=people(self.register), person=True),
            Field("location", "Where it is kept"),
            Field(
                "ends_on",
                "End date of the trial",
                "day",
                help="For a trial protocol.",
                after=self.register.today,
            ),
            Field("file", "File", help="Read once for its SHA-256 fingerprint, and not stored."),
        ]

    def submit(self, values: dict[str, Any]) -> None:
        file = values.pop("file")
        self.save(
            lambda: self.register.attach_evidence(
                self.technology_id,
                file=Path(file).expanduser() if file else None,
                expect=self.expect,
                **values,
            ),
            "Attached",
        )


def attach_beside(screen: WorkScreen, why: str, then: Callable[[Sequence[Evidence]], None]) -> None:
    """Attach a document from another screen on the same technology, which stays as it is, and tell
    it what is new. `why` says what the document is wanted for."""
    revision = screen.technology.revision
    before = {each.id for each in screen.technology.evidence}

    def attached(_: str | None) -> None:
        technology = screen.technology
        new = [each for each in technology.evidence if each.id not in before]
        if screen.expect == revision and technology.revision == revision + len(new):
            screen.expect = technology.revision  # nobody else came in between
        then(new)

    screen.app.push_screen(EvidenceScreen(screen.technology_id, why), attached)
