"""What happened to a technology, newest first; enter shows what each changed."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import indent, wrap

from textual import on
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from horizon.model.wording import printable
from horizon.register.record_case import moment
from horizon.register.views import HistoryEntry
from horizon.tui.keymap import Binding

LEAD = "  "
"""What stands before what happened, on each of its lines."""

LEAST = 20
"""Characters that a line keeps on the smallest screen."""


class HistoryList(OptionList):
    """Events in words. Each can be opened."""

    BINDINGS = [
        Binding("enter", "select", "Show", tooltip="What it changed, and its line of the journal"),
        Binding("t", "as_at", "As it was then", id="as-at-this", tooltip="Everything, read only"),
    ]

    class Opened(Message):
        """Somebody wants to see this event as the journal holds it."""

        def __init__(self, entry: HistoryEntry) -> None:
            super().__init__()
            self.entry = entry

    class AsAt(Message):
        """Somebody wants to see everything as it was with this event."""

        def __init__(self, entry: HistoryEntry) -> None:
            super().__init__()
            self.entry = entry

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._entries: list[HistoryEntry] = []
        self._width = 0

    def show(self, entries: Sequence[HistoryEntry]) -> None:
        """Put other entries in, oldest first as the journal has them. The cursor stays on its
        event."""
        held = self._entries[self.highlighted].seq if self.highlighted is not None else None
        self._entries = list(reversed(entries))
        seqs = [each.seq for each in self._entries]
        self._put(seqs.index(held) if held in seqs else 0)

    def _put(self, at: int) -> None:
        """List the entries as they fit the width, with the cursor on one of them."""
        self._width = self.scrollable_content_region.width
        options = [Option(_prompt(each, self._width), id=str(each.seq)) for each in self._entries]
        self.clear_options()
        self.add_options(options)
        self.highlighted = at if options else None

    def on_resize(self) -> None:
        if self._entries and self.scrollable_content_region.width != self._width:
            self._put(self.highlighted or 0)

    @property
    def words(self) -> str:
        """Everything on it."""
        return "\n".join(_prompt(each).plain for each in self._entries)

    def action_as_at(self) -> None:
        if self.highlighted is not None:
            self.post_message(self.AsAt(self._entries[self.highlighted]))

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Opened(self._entries[event.option_index]))


def _prompt(each: HistoryEntry, width: int = 0) -> Content:
    """Without colours of its own: those of the cursor must be able to take their place."""
    when = moment(each.at)
    said = printable(each.words[:1].upper() + each.words[1:])
    lines = wrap(said, max(width - len(LEAD), LEAST)) if width else [said]
    return Content(f"{when}  {printable(each.by)}\n{indent(chr(10).join(lines), LEAD)}")
