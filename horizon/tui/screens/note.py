"""Write a note on a technology."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from horizon.tui.screens.form import FormScreen
from horizon.tui.widgets.fields import Field


class NoteScreen(FormScreen):
    """Write a note on a technology: no evidence, and nothing is decided on it."""

    HEADING = "Note"
    SAVE = "Keep the note"

    def intro(self) -> str:
        return "Everybody who reads the register reads it. Ctrl+Z takes it back."

    def fields(self) -> Sequence[Field]:
        return [Field("text", "Note", "text", required=True)]

    def submit(self, values: dict[str, Any]) -> None:
        self.save(
            lambda: self.register.add_note(self.technology_id, values["text"], expect=self.expect),
            "Noted",
        )
