"""Tick the documents that support an answer."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static
from textual.widgets.selection_list import Selection

from horizon.model.technology import Technology
from horizon.model.wording import printable
from horizon.tui.keymap import Binding
from horizon.tui.widgets.keys import Keys
from horizon.tui.widgets.ticks import Ticks

ATTACH = "attach"
"""Given back instead of evidence: the document has to be attached first."""


class ChooseEvidence(ModalScreen[tuple[str, ...] | str | None]):
    """Tick the documents that support the answer.

    Gives back the ids that are ticked, `ATTACH`, or nothing when it is left.
    """

    BINDINGS = [
        Binding("enter,ctrl+s", "done", "Done", priority=True),
        Binding("n", "attach", "Attach a new document"),
        Binding("escape", "leave", "Leave as it was"),
    ]

    def __init__(self, technology: Technology, needed: str, chosen: tuple[str, ...]) -> None:
        super().__init__()
        self._technology, self._needed, self._chosen = technology, needed, chosen

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="dialog", can_focus=False):
            yield Static(f"Which evidence? Needed: {self._needed}", classes="dialog-title")
            yield Ticks[str](
                *[
                    Selection(
                        Content(printable(f"{each.id} {each.title} {each.version}")),
                        each.id,
                        initial_state=each.id in self._chosen,
                    )
                    for each in self._technology.evidence
                ]
            )
            yield Static("Space ticks, Enter is done, n attaches a new document.")
        yield Keys()

    def on_mount(self) -> None:
        self.query_one(Ticks).focus()

    def action_done(self) -> None:
        ticked: list[str] = self.query_one(Ticks).selected
        self.dismiss(tuple(sorted(ticked)))

    def action_attach(self) -> None:
        self.dismiss(ATTACH)

    def action_leave(self) -> None:
        self.dismiss(None)
